// The classes of numpy: ndarray, the scalars and their abstract bases, dtype; and how arrays, tensors and Python's values become one another.
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/format.h"
#include "ops/elementary.h"
#include "python/builtins/builtins.h"
#include "tensor/loops.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

struct NumpyDType final : Object {
  const DType dtype;
  explicit NumpyDType(DType dtype) : Object(class_type()), dtype(dtype) {}
  static Type* class_type() {
    static Type* const type = make_torch_type("numpy.dtype", nullptr, "numpy");
    return type;
  }
};

Type* make_class(std::string_view name, Type* base) { return make_torch_type(cat("numpy.", name).c_str(), base, "numpy"); }

/// generic, number, integer, signedinteger, unsignedinteger, inexact, floating.
struct Abstract {
  Type* generic = make_class("generic", object_type());
  Type* number = make_class("number", generic);
  Type* integer = make_class("integer", number);
  Type* signedinteger = make_class("signedinteger", integer);
  Type* unsignedinteger = make_class("unsignedinteger", integer);
  Type* inexact = make_class("inexact", number);
  Type* floating = make_class("floating", inexact);
};
const Abstract& abstract() {
  static const Abstract types;
  return types;
}

const std::array<Type*, kDTypeCount>& scalar_types() {
  static const auto types = [] {
    std::array<Type*, kDTypeCount> out;
    for (int i = 0; i < kDTypeCount; ++i) {
      const auto dtype = static_cast<DType>(i);
      Type* const base = dtype == DType::bool_ ? abstract().generic : dtype == DType::uint8 ? abstract().unsignedinteger : is_floating(dtype) ? abstract().floating : abstract().signedinteger;
      Type* const type = make_class(dtype == DType::bool_ ? "bool_" : name_of(dtype), base);
      if (dtype == DType::float64) {  // it is a Python float, too
        type->bases.emplace_back(float_type());
        type->mro.insert(type->mro.end() - 1, float_type());
      }
      out[static_cast<std::size_t>(i)] = type;
    }
    return out;
  }();
  return types;
}

DType dtype_of_scalar(const Type* type) {
  for (int i = 0; i < kDTypeCount; ++i) {
    if (scalar_types()[static_cast<std::size_t>(i)] == type) return static_cast<DType>(i);
  }
  return DType::float64;
}

/// The names of each dtype besides its own, in the order of DType.
constexpr std::string_view kAliases[] = {" bool bool_ bool8 ? b1 |b1 ", " uint8 u1 B ubyte |u1 ",       " int8 i1 b byte |i1 ",
                                         " int16 i2 h short <i2 ",      " int32 i4 i intc <i4 ",        " int64 i8 l q int int_ long <i8 ",
                                         " float32 f4 f single <f4 ",   " float64 f8 d double float float_ <f8 "};
/// What numpy has besides.
constexpr std::string_view kOthers =
    " float16 half f2 e float128 longdouble complex complex64 complex128 complex_ c8 c16 F D uint16 uint32 uint64 u2 u4 u8 H I L Q object object_ O str U S bytes ";

bool is_one_of(std::string_view names, std::string_view name) {
  return name.find(' ') == std::string_view::npos && names.find(cat(" ", name, " ")) != std::string_view::npos;
}

[[noreturn]] void no_dtype(std::string_view name) { throw Error{"NotImplementedError", cat("numpy.", name, " is not part of nabla"), {"its arrays hold bool, uint8, int8 to int64, float32 and float64"}}; }

bool find_dtype(const Value& value, DType* out) {
  if (const auto* dtype = as<NumpyDType>(value)) {
    *out = dtype->dtype;
    return true;
  }
  if (const Type* type = as<Type>(value)) {
    for (int i = 0; i < kDTypeCount; ++i) {
      if (scalar_types()[static_cast<std::size_t>(i)] != type) continue;
      *out = static_cast<DType>(i);
      return true;
    }
    *out = type == bool_type() ? DType::bool_ : type == int_type() || type == abstract().integer || type == abstract().signedinteger ? DType::int64 : DType::float64;
    return type == bool_type() || type == int_type() || type == float_type() || type == abstract().integer || type == abstract().signedinteger ||
           type == abstract().floating || type == abstract().inexact || type == abstract().number;
  }
  if (const std::string* name = text_of(value)) {
    for (int i = 0; i < kDTypeCount; ++i) {
      if (!is_one_of(kAliases[i], *name)) continue;
      *out = static_cast<DType>(i);
      return true;
    }
  }
  return false;
}

// ---------------------------------------------------------------------------------------------------------------- slots

TensorImpl& self_of(const Value& value) { return *static_cast<TensorImpl*>(value.as_object()); }
Tensor same(const Value& value) { return Tensor(&self_of(value)); }

[[noreturn]] void only_one(const char* kind, const char* text) { fail(kind, text); }

Value item_of(const Value& self) {
  const TensorImpl& x = self_of(self);
  if (x.numel != 1) only_one("ValueError", "can only convert an array of size 1 to a Python scalar");
  return wrap(element(x, 0));
}

Scalar number_of(const Value& self) {
  const TensorImpl& x = self_of(self);
  if (x.numel != 1) only_one("TypeError", "only size-1 arrays can be converted to Python scalars");
  return element(x, 0);
}

Value to_int_number(const Value* p) {
  const Scalar s = number_of(p[0]);
  if (s.is_real() && s.real != s.real) fail("ValueError", "cannot convert float NaN to integer");
  if (s.is_real() && (s.real - s.real) != 0) fail("OverflowError", "cannot convert float infinity to integer");
  return integer(s.to_int());
}

Value to_index_number(const Value* p) {
  const TensorImpl& x = self_of(p[0]);
  if (x.dim() != 0 || !is_integral(x.dtype)) {
    if (is_numpy_scalar(p[0])) fail("TypeError", "'", p[0].as_object()->type->name, "' object cannot be interpreted as an integer");
    only_one("TypeError", "only integer scalar arrays can be converted to a scalar index");
  }
  return integer(element(x, 0).integer);
}

bool array_truth(const Value& self) {
  const TensorImpl& x = self_of(self);
  if (x.numel > 1) fail("ValueError", "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()");
  if (x.numel == 0) {
    warn("DeprecationWarning", "The truth value of an empty array is ambiguous. Returning False, but in future this will result in an error. Use `array.size > 0` to check that an array is not empty.");
    return false;
  }
  return element(x, 0).to_bool();
}

std::int64_t array_length(const Value& self) {
  if (is_numpy_scalar(self)) fail("TypeError", "object of type '", self.as_object()->type->name, "' has no len()");
  if (self_of(self).dim() == 0) fail("TypeError", "len() of unsized object");
  return self_of(self).sizes[0];
}

Value array_iterate(const Value& self) {
  const TensorImpl& x = self_of(self);
  if (is_numpy_scalar(self)) fail("TypeError", "'", self.as_object()->type->name, "' object is not iterable");
  if (x.dim() == 0) fail("TypeError", "iteration over a 0-d array");
  std::vector<Value> items;
  for (std::int64_t i = 0; i < x.sizes[0]; ++i) items.push_back(array_get_item(self, integer(i)));
  return make<ListIterator>(make<List>(std::move(items)));
}

bool array_contains(const Value& self, const Value& item) {
  const Value equal = array_compare(Compare::eq, self, item);
  const TensorImpl* found = as_array(equal);
  if (!found) return truth(equal);
  for (std::int64_t i = 0; i < found->numel; ++i) {
    if (element(*found, offset_of(*found, i)).integer) return true;
  }
  return false;
}

std::string array_format(const Value& self, std::string_view spec) {
  if (is_numpy_scalar(self)) return spec.empty() ? array_str(same(self)) : format(item_of(self), spec);
  if (!spec.empty()) {
    if (self_of(self).dim() == 0) return format(item_of(self), spec);
    fail("TypeError", "unsupported format string passed to numpy.ndarray.__format__");
  }
  return array_str(same(self));
}

/// The methods are lib/numpy.py's: looked up once more when that is loaded.
Value array_attribute(const Value& self, Str* name) {
  static bool loading = false;
  Type* type = self.as_object()->type;
  if (!loading) {
    loading = true;
    try {
      need_numpy();
    } catch (...) {
      loading = false;
      throw;
    }
    loading = false;
    if (type->find(name)) return get_attribute(self, name);
  }
  if (!name->text.starts_with("__")) fail("AttributeError", "'", type->name, "' object has no attribute '", name->text, "'");
  return Value();
}

Value construct_scalar(Type* type, Args args) {
  const DType dtype = dtype_of_scalar(type);
  if (args.positional == 0) return result_of(scalar_tensor(Scalar::of(0), dtype));
  if (const std::string* text = text_of(args[0]); text && dtype != DType::bool_) {
    const Value number = call(Value::object(is_floating(dtype) ? float_type() : int_type()), {args[0]});
    return result_of(scalar_tensor(to_scalar(number), dtype));
  }
  return result_of(array_from(args[0], &dtype));
}

void fill_slots(Type* type) {
  Slots& slots = type->slots;
  slots.binary = array_binary;
  slots.unary = array_unary;
  slots.compare = array_compare;
  slots.get_item = array_get_item;
  slots.set_item = array_set_item;
  slots.contains = array_contains;
  slots.length = array_length;
  slots.truth = array_truth;
  slots.iterate = array_iterate;
  slots.repr = [](const Value& self) { return is_numpy_scalar(self) ? array_str(same(self)) : array_repr(same(self)); };
  slots.str = [](const Value& self) { return array_str(same(self)); };
  slots.format = array_format;
  slots.hash = nullptr;
  slots.get_attribute = array_attribute;
  type->is_final = true;
}

Value sizes_tuple(const Dims& sizes, std::int64_t scale = 1) {
  std::vector<Value> items;
  for (const std::int64_t size : sizes) items.push_back(integer(size * scale));
  return tuple(std::move(items));
}

void set_shape(const Value& self, const Value& value) {
  TensorImpl& x = self_of(self);
  const Value reshaped = call(get_attribute(self, intern("reshape")), {value});
  const TensorImpl* out = as_array(reshaped);
  if (!out || out->storage() != x.storage()) fail("AttributeError", "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.");
  x.sizes = out->sizes;
  x.strides = out->strides;
}

constexpr Property kProperties[] = {
    {"shape", [](const Value& self) { return sizes_tuple(self_of(self).sizes); }, set_shape},
    {"strides", [](const Value& self) { return sizes_tuple(self_of(self).strides, item_size(self_of(self).dtype)); }},
    {"ndim", [](const Value& self) { return integer(static_cast<std::int64_t>(self_of(self).dim())); }},
    {"size", [](const Value& self) { return integer(self_of(self).numel); }},
    {"itemsize", [](const Value& self) { return integer(item_size(self_of(self).dtype)); }},
    {"nbytes", [](const Value& self) { return integer(self_of(self).numel * item_size(self_of(self).dtype)); }},
    {"dtype", [](const Value& self) { return numpy_dtype(self_of(self).dtype); }},
};
constexpr Method kMethods[] = {
    {"tolist(self)", [](const Value* p) { return to_list(same(p[0])); }},
    {"__float__(self)", [](const Value* p) { return Value::number(number_of(p[0]).to_double()); }},
    {"__int__(self)", to_int_number},
    {"__index__(self)", to_index_number},
};

void make_dtype() {
  Type* type = NumpyDType::class_type();
  type->is_final = true;
  type->construct = [](Type*, Args args) -> Value {
    if (args.positional != 1) fail("TypeError", "dtype() missing required argument 'dtype' (pos 0)");
    return numpy_dtype(to_numpy_dtype(args[0]));
  };
  type->slots.repr = [](const Value& self) { return cat("dtype('", name_of(as<NumpyDType>(self)->dtype), "')"); };
  type->slots.str = [](const Value& self) { return std::string(name_of(as<NumpyDType>(self)->dtype)); };
  type->slots.hash = [](const Value& self) { return static_cast<std::uint64_t>(as<NumpyDType>(self)->dtype) + 1; };
  type->slots.compare = [](Compare op, const Value& a, const Value& b) {
    DType other;
    if (op != Compare::eq && op != Compare::ne) return Value::not_implemented();
    return Value::boolean((find_dtype(b, &other) && other == as<NumpyDType>(a)->dtype) == (op == Compare::eq));
  };
  static constexpr Property kDType[] = {
      {"name", [](const Value& self) { return string(std::string(name_of(as<NumpyDType>(self)->dtype))); }},
      {"type", [](const Value& self) { return Value::object(scalar_type(as<NumpyDType>(self)->dtype)); }},
      {"itemsize", [](const Value& self) { return integer(item_size(as<NumpyDType>(self)->dtype)); }},
      {"kind", [](const Value& self) {
         const DType dtype = as<NumpyDType>(self)->dtype;
         return string(dtype == DType::bool_ ? "b" : dtype == DType::uint8 ? "u" : is_floating(dtype) ? "f" : "i");
       }},
  };
  add_properties(type, kDType);
}

}  // namespace

Type* ndarray_type() {
  static Type* const type = make_torch_type("numpy.ndarray", nullptr, "numpy");
  return type;
}
Type* scalar_type(DType dtype) { return scalar_types()[static_cast<std::size_t>(dtype)]; }

Value numpy_dtype(DType dtype) {
  static const auto objects = [] {
    std::vector<Ref<NumpyDType>> out;
    for (int i = 0; i < kDTypeCount; ++i) {
      out.push_back(make<NumpyDType>(static_cast<DType>(i)));
      out.back()->type = make_class(cat("dtype[", name_of(static_cast<DType>(i)), "]"), NumpyDType::class_type());
    }
    return out;
  }();
  return objects[static_cast<std::size_t>(dtype)];
}

DType to_numpy_dtype(const Value& value) {
  DType dtype;
  if (find_dtype(value, &dtype)) return dtype;
  if (value.is_none()) return DType::float64;
  if (const std::string* name = text_of(value)) {
    if (is_one_of(kOthers, *name)) no_dtype(*name);
    fail("TypeError", "data type '", *name, "' not understood");
  }
  if (const Type* type = as<Type>(value); type && (type->name == "str" || type->name == "complex" || type->name == "object")) no_dtype(type->name);
  fail("TypeError", "Cannot interpret '", repr(value), "' as a data type");
}

TensorImpl* as_array(const Value& value) noexcept {
  if (!value.is_object()) return nullptr;
  Object* const object = value.as_object();
  if (object->type == ndarray_type() || is_numpy_scalar(value)) return static_cast<TensorImpl*>(object);
  return nullptr;
}
bool is_numpy_scalar(const Value& value) noexcept {
  if (!value.is_object() || !value.as_object()->type) return false;
  const Type* const type = value.as_object()->type;
  return type->module == "numpy" && type->is_subtype_of(abstract().generic);
}
Value plain_number(const Value& value) { return is_numpy_scalar(value) ? wrap(element(self_of(value), 0)) : Value(); }

namespace {
/// x as an object of numpy's: x itself when nobody else has it.
Tensor retyped(const Tensor& x, Type* type) {
  const Tensor out = x->refs == 1 && x->type == known_tensor_type && !x->id && !x->view && !x->requires_grad && !x->grad_fn ? x : alias(x);
  out->type = type;
  out->is_data = true;
  return out;
}
}  // namespace

Value array_of(const Tensor& x) { return wrap(retyped(x, ndarray_type())); }
Value result_of(const Tensor& x) {
  if (x->dim() != 0) return array_of(x);
  return wrap(retyped(x->owns_memory() && x->type == known_tensor_type ? x : copy(x), scalar_type(x->dtype)));
}

Tensor tensor_of_array(TensorImpl& array) {
  for (std::size_t d = 0; d < array.dim(); ++d) {
    if (array.strides[d] >= 0 || array.sizes[d] < 2) continue;
    Tensor out = empty(array.sizes, array.dtype);
    for (std::int64_t i = 0; i < array.numel; ++i) set_element(*out, i, element(array, offset_of(array, i)));
    return out;
  }
  Tensor out = alias(Tensor(&array));
  out->type = known_tensor_type;
  return out;
}

Tensor numpy_of_tensor(TensorImpl& x) {
  if (requires_grad(x) && grad_enabled()) fail("RuntimeError", "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
  return alias(Tensor(&x));
}

// -------------------------------------------------------------------------------------------------------- nested sequences

namespace {

bool is_sequence(const Value& value) { return as<List>(value) || as<Tuple>(value) || as<Range>(value); }

/// The array or tensor in a value.
Tensor array_like(const Value& value) {
  if (TensorImpl* x = as_array(value)) return tensor_of_array(*x);
  if (TensorImpl* x = as_tensor(value)) return numpy_of_tensor(*x);
  return {};
}

/// What is found out about nested data before it is copied.
struct Survey {
  Dims sizes;
  std::size_t ragged = ~std::size_t{0};  // the first dimension in which lengths differ
  DType dtype = DType::float64;
  bool any = false;

  void add(DType one) {
    dtype = any ? numpy_promote(dtype, one) : one;
    any = true;
  }
  void see_size(std::size_t dim, std::int64_t size, bool first) {
    if (first) sizes.push_back(size);
    else if (dim >= sizes.size() || sizes[dim] != size) ragged = std::min(ragged, dim);
  }
  void see(const Value& value, std::size_t dim, bool first) {
    if (const Tensor x = array_like(value)) {
      for (std::size_t d = 0; d < x->dim(); ++d) see_size(dim + d, x->sizes[d], first);
      if (!first && dim + x->dim() < sizes.size()) ragged = std::min(ragged, dim + x->dim());
      return add(x->dtype);
    }
    if (is_sequence(value)) {
      const std::vector<Value> items = to_vector(value);
      see_size(dim, static_cast<std::int64_t>(items.size()), first);
      for (std::size_t i = 0; i < items.size(); ++i) see(items[i], dim + 1, first && i == 0);
      return;
    }
    if (!first && dim < sizes.size()) ragged = std::min(ragged, dim);
    if (value.is_bool()) return add(DType::bool_);
    if (is_int(value)) return add(DType::int64);
    if (value.is_float()) return add(DType::float64);
    const std::string& name = type_of(value)->name;
    const std::string hint = name == "generator" || name == "map" || name == "zip" || name == "set" || name == "filter" ? "make a list of it first" : "its arrays hold numbers and truth values";
    throw Error{"NotImplementedError", cat("a numpy array of ", name, " is not part of nabla"), {hint}};
  }
};

void fill(const TensorImpl& out, std::int64_t& at, const Value& value) {
  if (const Tensor x = array_like(value)) {
    for (std::int64_t i = 0; i < x->numel; ++i) set_element(out, at++, element(*x, offset_of(*x, i)));
  } else if (is_sequence(value)) {
    for (const Value& item : to_vector(value)) fill(out, at, item);
  } else {
    const Scalar s = to_scalar(value);
    if (s.is_real() && s.real != s.real && is_integral(out.dtype)) fail("ValueError", "cannot convert float NaN to integer");
    set_element(out, at++, s);
  }
}

}  // namespace

Tensor array_from(const Value& data, const DType* dtype) {
  if (const Tensor x = array_like(data)) return !dtype || *dtype == x->dtype ? copy(x) : cast(x, *dtype);
  Survey survey;
  survey.see(data, 0, true);
  if (survey.ragged != ~std::size_t{0}) {
    Dims found;
    for (std::size_t d = 0; d < survey.ragged; ++d) found.push_back(survey.sizes[d]);
    fail("ValueError", "setting an array element with a sequence. The requested array has an inhomogeneous shape after ", survey.ragged,
         " dimensions. The detected shape was ", repr(sizes_tuple(found)), " + inhomogeneous part.");
  }
  Tensor out = empty(survey.sizes, dtype ? *dtype : survey.dtype);
  std::int64_t at = 0;
  fill(*out, at, data);
  return out;
}

Aside::Aside() : observer_(std::exchange(op_observer, nullptr)), grad_mode_(grad_enabled()), for_numpy_(std::exchange(elementary::for_numpy, true)) { set_grad_enabled(false); }
Aside::~Aside() {
  op_observer = observer_;
  elementary::for_numpy = for_numpy_;
  set_grad_enabled(grad_mode_);
}

void make_numpy_types() {
  make_dtype();
  std::vector<Type*> types(scalar_types().begin(), scalar_types().end());
  types.push_back(ndarray_type());
  for (Type* type : types) {
    fill_slots(type);
    add_properties(type, kProperties);
    add_methods(type, kMethods);
    static constexpr Method kItem[] = {{"item(self, *args)", [](const Value* p) {
      const auto& where = as<Tuple>(p[1])->items;
      if (where.empty()) return item_of(p[0]);
      if (where.size() > 1 || as<Tuple>(where[0])) return item_of(array_get_item(p[0], where.size() > 1 ? p[1] : where[0]));
      const TensorImpl& x = self_of(p[0]);
      const std::int64_t at = to_index(where[0]);
      if (at >= x.numel || at < -x.numel) fail("IndexError", "index ", at, " is out of bounds for size ", x.numel);
      return wrap(element(x, offset_of(x, at < 0 ? at + x.numel : at)));
    }}};
    add_methods(type, kItem);
  }
  static constexpr Method kSequence[] = {
      {"__len__(self)", [](const Value* p) { return integer(array_length(p[0])); }},
      {"__iter__(self)", [](const Value* p) { return array_iterate(p[0]); }},
      {"__getitem__(self, key)", [](const Value* p) { return array_get_item(p[0], p[1]); }},
  };
  add_methods(ndarray_type(), kSequence);
  for (Type* type : scalar_types()) {
    type->construct = construct_scalar;
    type->slots.set_item = nullptr;
    type->slots.length = nullptr;
    type->slots.contains = nullptr;
    type->slots.hash = [](const Value& self) { return hash(wrap(element(self_of(self), 0))); };
  }
}

}  // namespace nabla
