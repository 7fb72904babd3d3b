// Making tensors from Python data: torch.tensor, as_tensor, the legacy constructors Tensor, FloatTensor and their like.
#include "base/error.h"
#include "ops/formula.h"
#include "python/builtins/builtins.h"
#include "python/machine.h"
#include "python/type_name.h"
#include "tensor/loops.h"
#include "torch/arguments.h"
#include "torch/levels.h"
#include "torch/numpy/numpy.h"
#include "torch/torch.h"
#include "tensor/wide.h"

namespace nabla {
namespace {

/// The tensor, or the memory of the array, in a value; null when it is neither.
Tensor data_of(const Value& value) {
  if (TensorImpl* x = as_tensor(value)) return Tensor(x);
  if (TensorImpl* x = as_array(value)) return tensor_of_array(*x);
  return {};
}

/// Also a deque, and what a class of the program's own answers by number.
bool is_sequence(const Value& value) {
  if (as<List>(value) || as<Tuple>(value) || as<Range>(value)) return true;
  const Slots& slots = type_of(value)->slots;
  return slots.get_item && slots.length && !as<Dict>(value) && !text_of(value) && !bytes_of(value) && !data_of(value);
}

/// The sizes of nested sequences, read off their first items.
Dims infer_sizes(Value data) {
  Dims sizes;
  for (;;) {
    if (const Tensor x = data_of(data)) {
      for (std::int64_t size : x->sizes) sizes.push_back(size);
      return sizes;
    }
    if (!is_sequence(data)) return sizes;
    const std::int64_t count = length(data);
    sizes.push_back(count);
    if (count == 0) return sizes;
    data = get_item(data, integer(0));
  }
}

/// A text is a sequence of texts, to any depth.
void check_depth(Value data) {
  constexpr int kMostDims = 128;
  for (int depth = 1; is_sequence(data) && length(data) > 0; ++depth) {
    if (depth > kMostDims) fail("ValueError", "too many dimensions '", type_name(data), "'");
    data = get_item(data, integer(0));
  }
  if (const std::string* text = text_of(data); text && !text->empty()) fail("ValueError", "too many dimensions 'str'");
}

/// The narrowest of bool, int64, the default float (or a tensor's own type) that holds everything.
DType infer_dtype(const Value& data) {
  if (data.is_float()) return default_dtype();
  if (data.is_bool()) return DType::bool_;
  if (is_int(data)) return DType::int64;
  if (const Tensor x = data_of(data)) return x->dtype;
  if (text_of(data) || bytes_of(data)) fail("TypeError", "new(): invalid data type '", type_of(data)->name, "'");
  if (!is_sequence(data)) {
    const Type* type = type_of(data);
    fail("RuntimeError", "Could not infer dtype of ", type->module == "torch" ? "torch." : "", type->name);
  }
  const std::int64_t count = length(data);
  if (count == 0) return default_dtype();
  const NativeCall deeper;
  bool first = true;
  DType out = DType::bool_;
  for (const Value& item : to_vector(data)) {
    const DType one = infer_dtype(item);
    out = first ? one : promote(out, one);
    first = false;
  }
  return out;
}

void need_single(const TensorImpl& x, DType wanted) {
  if (x.numel == 1) return;
  if (is_floating(wanted)) fail("ValueError", "only one element tensors can be converted to Python scalars");
  if (wanted == DType::bool_) fail("RuntimeError", "Boolean value of Tensor with ", x.numel ? "more than one" : "no", " value", x.numel ? "" : "s", " is ambiguous");
  fail("TypeError", "only integer tensors of a single element can be converted to an index");
}

void store(const TensorImpl& out, std::int64_t at, const Value& value) {
  if (const Tensor x = data_of(value)) {
    if (is_batched(*x)) refuse_item();
    need_single(*x, out.dtype);
    set_element(out, at, element(*x, 0));
    return;
  }
  if (is_sequence(value) || !is_number(value)) {
    if (is_floating(out.dtype)) fail("TypeError", "must be real number, not ", type_of(value)->name);
    fail("TypeError", "'", type_of(value)->name, "' object cannot be interpreted as an integer");
  }
  const auto* wide = as<Int>(value);
  const Scalar s = is_floating(out.dtype) && wide && wide->wide ? Scalar::of(to_double(value)) : to_scalar(value);
  if (is_integral(out.dtype) && out.dtype != DType::int64) {
    const std::int64_t i = s.to_int();
    const int bits = static_cast<int>(item_size(out.dtype)) * 8;
    const std::int64_t most = (std::int64_t{1} << (out.dtype == DType::uint8 ? bits : bits - 1)) - 1;
    const std::int64_t least = out.dtype == DType::uint8 ? -most : -most - 1;
    if (i > most || i < least) fail("RuntimeError", "value cannot be converted to type ", name_of(out.dtype), " without overflow");
  }
  set_element(out, at, s);
}

void fill(const TensorImpl& out, std::size_t dim, std::int64_t& at, const Value& data) {
  if (dim == out.dim()) {
    store(out, at++, data);
    return;
  }
  std::vector<Value> items;
  if (TensorImpl* x = as_array(data); x && x->dim() > 0) {
    if (x->sizes[0] != out.sizes[dim]) fail("ValueError", "expected sequence of length ", out.sizes[dim], " at dim ", dim, " (got ", x->sizes[0], ")");
    for (std::int64_t i = 0; i < x->sizes[0]; ++i) fill(out, dim + 1, at, array_get_item(data, integer(i)));
    return;
  }
  if (const Tensor x = data_of(data)) {
    if (x->dim() == 0) fail("TypeError", "not a sequence");
    need_single(*x, out.dtype);
    store(out, at++, data);
    return;
  }
  if (!is_sequence(data)) fail("TypeError", "not a sequence");
  items = to_vector(data);
  if (static_cast<std::int64_t>(items.size()) != out.sizes[dim]) {
    fail("ValueError", "expected sequence of length ", out.sizes[dim], " at dim ", dim, " (got ", items.size(), ")");
  }
  for (const Value& item : items) {
    if (TensorImpl* x = as_array(item); x && x->dim() > 0) {
      warn_once("UserWarning", "Creating a tensor from a list of numpy.ndarrays is extremely slow. Please consider converting the list to a single numpy.ndarray with numpy.array() before converting to a tensor.");
    }
    fill(out, dim + 1, at, item);
  }
}

Value set_tracked(const Tensor& out, const Value& requires_grad) {
  if (requires_grad.is_true()) {
    if (!is_floating(out->dtype)) fail("RuntimeError", "Only Tensors of floating point and complex dtype can require gradients");
    out->requires_grad = true;
  }
  return wrap(out);
}

void check_flag(std::string_view function, const char* name, const Value& value) {
  if (!value.is_bool()) fail("TypeError", function, "(): argument '", name, "' must be bool, not ", type_of(value)->name);
}

/// torch.tensor's own words for misplaced arguments, which are PyTorch's and not CPython's. Of as_tensor and new_tensor too.
struct TensorArguments {
  Value data, dtype = Value::none(), requires_grad = Value::boolean(false);

  TensorArguments(std::string_view function, Args args) {
    if (args.positional > 1) fail("TypeError", function, "() takes 1 positional argument but ", args.positional, " were given");
    if (args.positional) data = args[0];
    for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
      const std::string& name = args.keyword_name(k)->text;
      const Value& value = args.keyword_value(k);
      if (name == "data" && data.is_undefined()) {
        data = value;
      } else if (name == "dtype") {
        DType ignored;
        if (!value.is_none() && !to_dtype(value, &ignored)) {
          fail("TypeError", function, "(): argument 'dtype' must be torch.dtype, not ", type_of(value)->name);
        }
        dtype = value;
      } else if (name == "requires_grad" && function != "as_tensor") {
        check_flag(function, "requires_grad", value);
        requires_grad = value;
      } else if (name == "device") {
        check_device(value);
      } else if (name != "pin_memory" || function != "tensor") {
        fail("TypeError", function, "() got an unexpected keyword argument '", name, "'");
      }
    }
    if (data.is_undefined()) fail("TypeError", function, "() missing 1 required positional arguments: \"data\"");
  }
};

void advise_cloning(const Value& data, const char* function) {
  if (!as_tensor(data)) return;
  warn("UserWarning", cat("To copy construct from a tensor, it is recommended to use sourceTensor.clone().detach() or "
                          "sourceTensor.clone().detach().requires_grad_(True), rather than ", function, "(sourceTensor)."));
}

Value torch_tensor(Args args) {
  const TensorArguments given("tensor", args);
  advise_cloning(given.data, "torch.tensor");
  return set_tracked(from_data(given.data, given.dtype), given.requires_grad);
}

Value torch_as_tensor(Args args) {
  const TensorArguments given("as_tensor", args);
  DType dtype;
  if (TensorImpl* x = as_tensor(given.data)) return !to_dtype(given.dtype, &dtype) || dtype == x->dtype ? given.data : wrap(to_dtype(Tensor(x), dtype));
  if (TensorImpl* x = as_array(given.data)) return wrap(!to_dtype(given.dtype, &dtype) ? tensor_of_array(*x) : cast(tensor_of_array(*x), dtype));
  return wrap(from_data(given.data, given.dtype));
}

Value torch_from_numpy(const Value* p) {
  TensorImpl* x = as_array(p[0]);
  if (!x || is_numpy_scalar(p[0])) fail("TypeError", "expected np.ndarray (got ", type_of(p[0])->name, ")");
  for (std::size_t d = 0; d < x->dim(); ++d) {
    if (x->strides[d] >= 0 || x->sizes[d] < 2) continue;
    fail("ValueError",
         "At least one stride in the given numpy array is negative, and tensors with negative strides are not currently supported. (You can probably "
         "work around this by making a copy of your array  with array.copy().) ");
  }
  return wrap(tensor_of_array(*x));
}

/// As C++ prints the types of elements.
const char* element_name(DType dtype) {
  constexpr const char* kNames[] = {"bool", "unsigned char", "signed char", "short int", "int", "long int", "float", "double"};
  return kNames[static_cast<int>(dtype)];
}

/// Tensor(2, 3), Tensor([1, 2]), FloatTensor(...): sizes give uninitialised memory (zeros here), data gives a copy of that type, and a tensor itself
/// again, which must have the type, where one is asked for (`strict`).
Value legacy(DType dtype, Args args, bool strict) {
  if (TensorImpl* const x = args.positional == 1 && !args.keyword_count() ? as_tensor(args[0]) : nullptr) {
    const auto options = [](DType type) {
      return cat("TensorOptions(dtype=", element_name(type), ", device=cpu, layout=Strided, requires_grad=false (default), pinned_memory=false (default), memory_format=(nullopt))");
    };
    if (strict && x->dtype != dtype) fail("TypeError", "expected ", options(dtype), " (got ", options(x->dtype), ")");
    return wrap(alias(Tensor(x)));
  }
  Dims sizes;
  bool all_ints = true;
  for (std::uint32_t i = 0; i < args.positional; ++i) {
    std::int64_t size;
    if (!takes_int(args[i], &size)) {
      all_ints = false;
      break;
    }
    sizes.push_back(size);
  }
  if (args.keyword_count()) explain_call("Tensor.", "new", Value::none(), args, false);
  if (all_ints) return wrap(zeros(args.positional ? sizes : Dims{0}, dtype));
  if (!sizes.empty()) {
    fail("TypeError", "new(): argument 'size' must be tuple of ints, but found element of type ", type_name(args[static_cast<std::uint32_t>(sizes.size())]), " at pos ", sizes.size() + 1);
  }
  if (text_of(args[0])) fail("TypeError", "new(): invalid data type 'str'");
  if (args.positional > 1) explain_call("Tensor.", "new", Value::none(), args, false);
  if (args.positional > 1 || !(is_sequence(args[0]) || data_of(args[0]))) {
    fail("TypeError", "new(): data must be a sequence (got ", type_of(args[0])->name, ")");
  }
  if (type_of(args[0]) == size_type()) {
    Dims wanted;
    for (const Value& item : to_vector(args[0])) wanted.push_back(to_index(item));
    return wrap(zeros(wanted, dtype));
  }
  return wrap(from_data(args[0], dtype_object(dtype)));
}

template <DType kType>
Value legacy_constructor(Args args) {
  return legacy(as_asked(kType), args, true);
}

}  // namespace

Tensor from_data(const Value& data, const Value& dtype) {
  DType type;
  const bool given = to_dtype(dtype, &type);
  if (const Tensor x = data_of(data)) {
    const Tensor copied = copy(x), out = given ? cast(copied, type) : copied;
    if (inference_mode()) mark_inference(out);
    note_at_levels(out);
    return out;
  }
  if (is_sequence(data)) check_depth(data);
  if (!given) type = infer_dtype(data);
  else if (!is_sequence(data) && !is_number(data)) infer_dtype(data);  // for its error
  const Dims sizes = infer_sizes(data);
  Tensor out = empty(sizes, type);
  if (inference_mode()) mark_inference(out);
  note_at_levels(out);
  std::int64_t at = 0;
  if (out->numel > 0 || sizes.size() > 1) fill(*out, 0, at, data);
  return out;
}

Value tensor_new_tensor(Args args) {
  const TensorArguments given("new_tensor", Args{args.values + 1, args.positional - 1, args.keywords});
  advise_cloning(given.data, "tensor.new_tensor");
  return set_tracked(from_data(given.data, given.dtype.is_none() ? dtype_object(as_tensor(args[0])->dtype) : given.dtype), given.requires_grad);
}

void add_constructors(Dict& torch) {
  const auto add = [&](const char* name, RawFunction function) { torch.set(intern(name), native_raw(name, function)); };
  add("tensor", torch_tensor);
  add("as_tensor", torch_as_tensor);
  torch.set(intern("from_numpy"), native("from_numpy(ndarray)", torch_from_numpy));
  // The classes that stand before these are in lib/legacy_types.py.
  add("_FloatTensor", legacy_constructor<DType::float32>);
  add("_DoubleTensor", legacy_constructor<DType::float64>);
  add("_LongTensor", legacy_constructor<DType::int64>);
  add("_IntTensor", legacy_constructor<DType::int32>);
  add("_ShortTensor", legacy_constructor<DType::int16>);
  add("_CharTensor", legacy_constructor<DType::int8>);
  add("_BoolTensor", legacy_constructor<DType::bool_>);
  add("_ByteTensor", legacy_constructor<DType::uint8>);
  tensor_type()->construct = [](Type* of, Args args) {
    const Value out = legacy(default_dtype(), args, false);
    set_class(Tensor(as_tensor(out)), of);
    return out;
  };
}

}  // namespace nabla
