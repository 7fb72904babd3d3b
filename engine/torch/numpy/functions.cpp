// What engine/torch/lib/numpy.py stands on: conversions, calls of PyTorch's functions with arrays, sums in numpy's order, printing options.
// The names here begin with an underscore, for they are numpy.py's alone.
#include <cmath>

#include "base/error.h"
#include "python/builtins/builtins.h"
#include "python/library.h"
#include "python/machine.h"
#include "tensor/loops.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

/// Arrays and numpy scalars as tensors, within lists and tuples too; all else as it is.
Value as_tensors(const Value& value) {
  if (TensorImpl* x = as_array(value)) return wrap(tensor_of_array(*x));
  const auto* list = as<List>(value);
  const auto* items = list ? &list->items : type_of(value) == Tuple::class_type() ? &as<Tuple>(value)->items : nullptr;
  if (!items) return value;
  std::vector<Value> out;
  bool changed = false;
  for (const Value& item : *items) {
    out.push_back(as_tensors(item));
    changed |= !(out.back() == item);
  }
  if (!changed) return value;
  return list ? Value(make<List>(std::move(out))) : tuple(std::move(out));
}

Value as_results(const Value& value) {
  if (TensorImpl* x = as_tensor(value)) return result_of(Tensor(x));
  const auto* items = as<Tuple>(value);
  if (!items || type_of(value) == size_type()) return value;
  std::vector<Value> out;
  for (const Value& item : items->items) out.push_back(as_results(item));
  return tuple(std::move(out));
}

/// _call(function, *args, **kwargs): a function of PyTorch's with arrays for tensors.
Value call_with_arrays(Args args) {
  std::vector<Value> values;
  for (std::uint32_t i = 1; i < args.positional; ++i) values.push_back(as_tensors(args[i]));
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) values.push_back(as_tensors(args.keyword_value(k)));
  const Aside aside;
  return as_results(call(args[0], Args{values.data(), args.positional - 1, args.keywords}));
}

Tensor array_argument(const Value& value) {
  if (TensorImpl* x = as_array(value)) return Tensor(x);
  if (TensorImpl* x = as_tensor(value)) return numpy_of_tensor(*x);
  return array_from(value, nullptr);
}

/// _array(data, dtype, copy): data as an ndarray; the same one unless it must be another.
Value make_array(const Value* p) {
  DType dtype;
  const bool given = !p[1].is_none();
  if (given) dtype = to_numpy_dtype(p[1]);
  TensorImpl* x = as_array(p[0]);
  if (x && !is_numpy_scalar(p[0]) && !truth(p[2]) && (!given || dtype == x->dtype)) return p[0];
  if (as_tensor(p[0]) && !truth(p[2])) return array_of(cast(numpy_of_tensor(*as_tensor(p[0])), given ? dtype : as_tensor(p[0])->dtype));
  return array_of(array_from(p[0], given ? &dtype : nullptr));
}

Value check_arrays(const Value* p) {
  std::vector<Tensor> inputs;
  for (const Value& value : to_vector(p[0])) inputs.push_back(array_argument(value));
  check_broadcast(inputs);
  return Value::none();
}

Value ufunc(const Value* p) {
  const std::vector<Value> given = to_vector(p[2]);
  std::vector<Tensor> inputs;
  for (const Value& value : given) inputs.push_back(array_argument(value));
  check_broadcast(inputs);
  DType dtype = numpy_result_type(inputs);
  if (p[3].is_true() && !is_floating(dtype)) dtype = DType::float64;
  std::vector<Value> values;
  for (Tensor& x : inputs) {
    x = cast(tensor_of_array(*x), dtype);
    values.push_back(wrap(x));
  }
  Tensor out;
  {
    const Aside aside;
    const Value result = call(p[1], Args{values.data(), static_cast<std::uint32_t>(values.size()), nullptr});
    out = Tensor(as_tensor(result));
  }
  warn_of_floats(*text_of(p[0]), inputs, out);
  return result_of(out);
}

// -------------------------------------------------------------------------------------------------------------------- sums

/// numpy's order of summing a run: pairwise above 128, eight partial sums below. Source: numpy/core/src/umath/loops_utils.h.src.
template <class T>
T pairwise(const T* x, std::int64_t count, std::int64_t stride) {
  if (count < 8) {
    T out = count > 0 ? x[0] : T(0);
    for (std::int64_t i = 1; i < count; ++i) out += x[i * stride];
    return out;
  }
  if (count > 128) {
    std::int64_t half = count / 2;
    half -= half % 8;
    return pairwise(x, half, stride) + pairwise(x + half * stride, count - half, stride);
  }
  T r[8];
  for (int k = 0; k < 8; ++k) r[k] = x[k * stride];
  std::int64_t i = 8;
  for (; i < count - count % 8; i += 8) {
    for (int k = 0; k < 8; ++k) r[k] += x[(i + k) * stride];
  }
  T out = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
  for (; i < count; ++i) out += x[i * stride];
  return out;
}

/// The sum over one axis: along memory pairwise, across it row by row.
template <class T>
void sum_axis(const TensorImpl& x, const TensorImpl& out, std::size_t axis, bool along) {
  const std::int64_t count = x.sizes[axis], stride = x.strides[axis];
  Dims rest = x.sizes, steps = x.strides;
  rest.erase(axis);
  steps.erase(axis);
  for (std::int64_t i = 0; i < out.numel; ++i) {
    std::int64_t at = 0, left = i;
    for (std::size_t d = rest.size(); d-- > 0; left /= rest[d]) at += left % rest[d] * steps[d];
    const T* from = x.data_as<T>() + at;
    T total = 0;
    if (along) total = pairwise(from, count, stride);
    else for (std::int64_t k = 0; k < count; ++k) total = k ? total + from[k * stride] : from[0];
    out.data_as<T>()[i] = total;
  }
}

/// _sum(x, axis): of floats, over one axis.
Value sum_floats(const Value* p) {
  const Tensor x = tensor_of_array(*as_array(p[0]));
  const auto axis = static_cast<std::size_t>(to_index(p[1]));
  Dims sizes = x->sizes;
  sizes.erase(axis);
  const Tensor out = empty(sizes, x->dtype);
  bool along = true;  // is it the innermost axis?
  for (std::size_t d = 0; d < x->dim(); ++d) along &= x->sizes[d] < 2 || x->strides[axis] <= x->strides[d];
  if (x->dtype == DType::float32) sum_axis<float>(*x, *out, axis, along);
  else sum_axis<double>(*x, *out, axis, along);
  return result_of(out);
}

Value as_type(const Value* p) {
  TensorImpl& x = *as_array(p[0]);
  const DType dtype = to_numpy_dtype(p[1]);
  if (is_integral(dtype) && is_floating(x.dtype)) {
    for (std::int64_t i = 0; i < x.numel; ++i) {
      if (std::isfinite(element(x, offset_of(x, i)).real)) continue;
      warn("RuntimeWarning", "invalid value encountered in cast");
      break;
    }
  }
  const Tensor from = tensor_of_array(x);
  const Tensor out = dtype == from->dtype ? copy(from) : cast(from, dtype);
  return is_numpy_scalar(p[0]) ? result_of(out) : array_of(out);
}

Value set_print_options(const Value* p) {
  ArrayPrintOptions& options = array_print_options();
  if (!p[0].is_none()) options.precision = static_cast<int>(to_index(p[0]));
  if (!p[1].is_none()) options.threshold = p[1].is_float() ? (to_double(p[1]) > 9e18 ? INT64_MAX : static_cast<std::int64_t>(to_double(p[1]))) : to_index(p[1]);
  if (!p[2].is_none()) options.edgeitems = to_index(p[2]);
  if (!p[3].is_none()) options.linewidth = to_index(p[3]);
  if (!p[4].is_none()) options.suppress = truth(p[4]);
  return Value::none();
}

constexpr Method kFunctions[] = {
    {"_array(data, dtype=None, copy=True)", make_array},
    {"_tensor(x)", [](const Value* p) { return wrap(tensor_of_array(*array_argument(p[0]))); }},
    {"_ufunc(name, function, inputs, to_float=True)", ufunc},
    {"_check_broadcast(arrays)", check_arrays},
    {"_sum(x, axis)", sum_floats},
    {"_astype(x, dtype)", as_type},
    {"_torch_dtype(dtype)", [](const Value* p) { return dtype_object(to_numpy_dtype(p[0])); }},
    {"_result_dtype(arrays)",
     [](const Value* p) {
       std::vector<Tensor> inputs;
       for (const Value& value : to_vector(p[0])) inputs.push_back(array_argument(value));
       return numpy_dtype(numpy_result_type(inputs));
     }},
    {"_promote(a, b)", [](const Value* p) { return numpy_dtype(numpy_promote(to_numpy_dtype(p[0]), to_numpy_dtype(p[1]))); }},
    {"_shares_memory(a, b)", [](const Value* p) { return Value::boolean(as_array(p[0])->storage() == as_array(p[1])->storage()); }},
    {"_is_contiguous(x)", [](const Value* p) { return Value::boolean(as_array(p[0])->is_contiguous()); }},
    {"_is_scalar(x)", [](const Value* p) { return Value::boolean(is_numpy_scalar(p[0])); }},
    {"_text(x, repr)", [](const Value* p) { return string(truth(p[1]) ? array_repr(Tensor(as_array(p[0]))) : array_str(Tensor(as_array(p[0])))); }},
    {"_set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None)", set_print_options},
    {"_get_printoptions()", [](const Value*) {
       const ArrayPrintOptions& o = array_print_options();
       return tuple({integer(o.precision), integer(o.threshold), integer(o.edgeitems), integer(o.linewidth), Value::boolean(o.suppress)});
     }},
};

std::vector<std::pair<Type*, Str*>>& given_names() {
  static std::vector<std::pair<Type*, Str*>> names;
  return names;
}

/// _give(name, value): an attribute of ndarray and of all scalars.
Value give_attribute(const Value* p) {
  const Value names[] = {Value::object(ndarray_type()), Value::object(scalar_type(DType::float64)->mro[4])};
  for (const Value& type : names) {
    set_type_attribute(as<Type>(type), *text_of(p[0]), p[1]);
    given_names().emplace_back(as<Type>(type), intern(*text_of(p[0])));
  }
  return Value::none();
}

void say_part(const Module& module, Str* name) {
  if (const Value* former = module.dict->find(intern("_former"))) call(*former, {Value::object(name)});
  throw Error{"AttributeError", cat("module '", module.name, "' has no attribute '", name->text, "'"), {"nabla has the part of numpy that tutorials use"}};
}

Ref<Module> new_module(const char* name) {
  auto module = make<Module>(name);
  module->missing = say_part;
  return module;
}

Ref<Module> make_numpy() {
  auto module = new_module("numpy");
  add_array_functions(*module->dict);
  for (const char* text : {"numpy", "numpy_making", "numpy_reducing", "numpy_shaping", "numpy_searching", "numpy_products", "numpy_rest", "numpy_methods", "numpy_more"}) {
    run_text(*module, *find_text(kTorchLibrary, text));
  }
  return module;
}

Ref<Module> make_linalg() {
  auto module = new_module("numpy.linalg");
  run_text(*module, *find_text(kTorchLibrary, "numpy_linalg"));
  return module;
}

Ref<Module> make_random() {
  auto module = new_module("numpy.random");
  add_numpy_random(*module->dict);
  for (const char* text : {"numpy_distributions", "numpy_random"}) run_text(*module, *find_text(kTorchLibrary, text));
  return module;
}

}  // namespace

void add_array_functions(Dict& numpy) {
  for (const Method& function : kFunctions) {
    numpy.set(intern(function.signature.substr(0, function.signature.find('('))), native(function.signature, function.function));
  }
  numpy.set(intern("_call"), native_raw("_call", call_with_arrays));
  numpy.set(intern("_give"), native("_give(name, value)", give_attribute));
  numpy.set(intern("ndarray"), Value::object(ndarray_type()));
  numpy.set(intern("dtype"), Value::object(type_of(numpy_dtype(DType::float64))));
  for (int i = 0; i < kDTypeCount; ++i) {
    Type* const type = scalar_type(static_cast<DType>(i));
    for (Type* one : type->mro) {
      if (one->module == "numpy") numpy.set(intern(one->name.substr(6)), Value::object(one));
    }
  }
}

void need_numpy() { import_module("numpy"); }

void register_numpy_modules() {
  make_numpy_types();
  register_module("numpy", make_numpy);
  register_module("numpy.linalg", make_linalg);
  register_module("numpy.random", make_random);
}

void reset_numpy() {
  array_print_options() = ArrayPrintOptions{};
  for (const auto& [type, name] : given_names()) type->attributes->erase(Value::object(name));
  given_names().clear();
}

}  // namespace nabla
