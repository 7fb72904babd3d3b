// dtype, device and Size, and how plain values pass between Python and C++.
#include "torch/torch.h"

#include "base/error.h"
#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/type_name.h"
#include "tensor/loops.h"
#include "tensor/wide.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

std::string dtype_repr(const Value& self) { return cat("torch.", name_of(static_cast<DTypeObject*>(self.as_object())->dtype)); }

std::string device_repr(const Value& self) {
  const std::string& name = static_cast<DeviceObject*>(self.as_object())->name;
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos) return cat("device(type='", name, "')");
  return cat("device(type='", name.substr(0, colon), "', index=", name.substr(colon + 1), ")");
}

/// "cuda:0" to "cuda"; RuntimeError for what is no device at all.
std::string device_kind(const std::string& name) {
  if (name.empty()) fail("RuntimeError", "Device string must not be empty");
  const std::string kind = name.substr(0, name.find(':'));
  if (std::any_of(kind.begin(), kind.end(), [](unsigned char c) { return !std::isalpha(c) && c != '_'; })) fail("RuntimeError", "Invalid device string: '", name, "'");
  for (const char* known : {"cpu", "cuda", "ipu", "xpu", "mkldnn", "opengl", "opencl", "ideep", "hip", "ve", "fpga", "ort", "xla", "lazy",
                            "vulkan", "mps", "meta", "hpu", "privateuseone"}) {
    if (kind != known) continue;
    const std::string index = name.substr(std::min(kind.size() + 1, name.size()));
    const bool is_number = !index.empty() && index.find_first_not_of("0123456789") == index.npos && (index[0] != '0' || index.size() == 1);
    if (name.size() > kind.size() && !is_number) fail("RuntimeError", "Invalid device string: '", name, "'");
    return kind;
  }
  fail("RuntimeError",
       "Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, ort, xla, lazy, vulkan, mps, meta, hpu, "
       "privateuseone device type at start of device string: ",
       kind);
}

std::string size_repr(const Value& self) {
  std::string out = "torch.Size([";
  bool first = true;
  for (const Value& item : static_cast<Tuple*>(self.as_object())->items) {
    out += cat(first ? "" : ", ", repr(item));
    first = false;
  }
  return out + "])";
}

/// A Size stays one under slicing and adding.
Value as_size(const Value& plain) {
  const auto* items = as<Tuple>(plain);
  if (!items) return plain;
  return make<Tuple>(items->items, size_type());
}

Value construct_size(Type*, Args args) {
  std::vector<Value> items;
  if (args.positional) items = to_vector(args[0]);
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::int64_t ignored;
    if (!takes_int(items[i], &ignored)) fail("TypeError", "torch.Size() takes an iterable of 'int' (item ", i, " is '", type_name(items[i]), "')");
  }
  return make<Tuple>(std::move(items), size_type());
}

}  // namespace

Type* make_torch_type(const char* name, Type* base, const char* module) {
  Type* type = new Type(name, base ? base : object_type());
  type->retain();
  type->module = module;
  return type;
}

namespace {
Type* make_c_type(const char* name, Type* base = nullptr) {
  Type* const type = make_torch_type(name, base);
  name_with_module(type);
  return type;
}
}  // namespace

Type* DTypeObject::class_type() {
  static Type* const type = make_c_type("dtype");
  return type;
}
DTypeObject::DTypeObject(DType dtype) : Object(class_type()), dtype(dtype) {}

Value dtype_object(DType dtype) {
  static const auto objects = [] {
    std::vector<Ref<DTypeObject>> out;
    for (int i = 0; i < kDTypeCount; ++i) out.push_back(make<DTypeObject>(static_cast<DType>(i)));
    return out;
  }();
  return objects[static_cast<int>(dtype)];
}

Type* DeviceObject::class_type() {
  static Type* const type = make_c_type("device");
  return type;
}
DeviceObject::DeviceObject(std::string name) : Object(class_type()), name(std::move(name)) {}

Type* layout_type() {
  static Type* const type = [] {
    Type* const made = make_c_type("layout");
    made->slots.repr = [](const Value&) { return std::string("torch.strided"); };
    return made;
  }();
  return type;
}
Value strided_layout() {
  static const Ref<Object> strided = make<Object>(layout_type());
  return Value::object(strided.get());
}

Type* size_type() {
  static Type* const type = make_c_type("Size", Tuple::class_type());
  return type;
}

Value size_object(const Dims& sizes) {
  std::vector<Value> items;
  for (std::int64_t size : sizes) items.push_back(integer(size));
  return make<Tuple>(std::move(items), size_type());
}

MemoryFormat memory_format_of(const Value& value) {
  if (value.is_none()) return MemoryFormat::kept;
  if (type_of(value)->name != "memory_format") return MemoryFormat::none;
  return repr(value) == "torch.contiguous_format" ? MemoryFormat::rows : MemoryFormat::kept;
}

void make_types() {
  exception_type("_LinAlgError")->module = "torch._C";
  Type* dtype = DTypeObject::class_type();
  dtype->slots.repr = dtype_repr;
  static constexpr Property kDType[] = {
      {"is_floating_point", [](const Value& self) { return Value::boolean(is_floating(static_cast<DTypeObject*>(self.as_object())->dtype)); }},
      {"is_complex", [](const Value&) { return Value::boolean(false); }},
      {"is_signed", [](const Value& self) { return Value::boolean(static_cast<DTypeObject*>(self.as_object())->dtype > DType::uint8); }},
      {"itemsize", [](const Value& self) { return integer(item_size(static_cast<DTypeObject*>(self.as_object())->dtype)); }},
  };
  add_properties(dtype, kDType);

  Type* device = DeviceObject::class_type();
  device->slots.repr = device_repr;
  device->slots.str = [](const Value& self) { return static_cast<DeviceObject*>(self.as_object())->name; };
  device->slots.compare = [](Compare op, const Value& a, const Value& b) {
    const auto *x = as<DeviceObject>(a), *y = as<DeviceObject>(b);
    if (!x || !y || (op != Compare::eq && op != Compare::ne)) return Value::not_implemented();
    return Value::boolean((x->name == y->name) == (op == Compare::eq));
  };
  device->slots.hash = [](const Value& self) -> std::uint64_t { return std::hash<std::string>{}(static_cast<DeviceObject*>(self.as_object())->name); };
  device->construct = [](Type*, Args args) -> Value {
    Value given = args.positional ? args[0] : Value(), number = args.positional > 1 ? args[1] : Value();
    for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
      const std::string& name = args.keyword_name(k)->text;
      if (name == "type" || name == "device") given = args.keyword_value(k);
      else if (name == "index") number = args.keyword_value(k);
      else fail("TypeError", "device() got an unexpected keyword argument '", name, "'");
    }
    if (as<DeviceObject>(given)) return given;
    const std::string* name = given.is_undefined() ? nullptr : text_of(given);
    if (given.is_undefined()) {
      fail("TypeError", "Device() received an invalid combination of arguments - got (), but expected one of:\n * (torch.device device)\n * (str type, int index)\n");
    }
    if (is_int(given)) return make<DeviceObject>(cat("cuda:", to_index(given)));
    if (!name && number.is_undefined()) {
      fail("TypeError", "Device() received an invalid combination of arguments - got (", type_name(given), "), but expected one of:\n * (torch.device device)\n"
           "      didn't match because some of the arguments have invalid types: (!", type_name(given), "!)\n * (str type, int index)\n");
    }
    if (!name) fail("TypeError", "device(): argument 'device' must be torch.device, not ", type_of(given)->name);
    device_kind(*name);
    if (number.is_undefined() || number.is_none()) return make<DeviceObject>(*name);
    if (to_index(number) < 0) fail("RuntimeError", "Device index must not be negative");
    return make<DeviceObject>(cat(*name, ":", to_index(number)));
  };
  static constexpr Property kDevice[] = {
      {"type", [](const Value& self) { return string(device_kind(static_cast<DeviceObject*>(self.as_object())->name)); }},
      {"index",
       [](const Value& self) {
         const std::string& name = static_cast<DeviceObject*>(self.as_object())->name;
         const std::size_t colon = name.find(':');
         return colon == std::string::npos ? Value::none() : integer(std::atoll(name.c_str() + colon + 1));
       }},
  };
  add_properties(device, kDevice);

  Type* size = size_type();
  size->construct = construct_size;
  size->slots.repr = size_repr;
  size->slots.str = nullptr;
  static const auto get_item_of_tuple = size->slots.get_item;
  size->slots.get_item = [](const Value& self, const Value& key) {
    const Value item = get_item_of_tuple(self, key);
    return as<Slice>(key) ? as_size(item) : item;
  };
  static const auto binary_of_tuple = size->slots.binary;
  size->slots.binary = [](Binary op, const Value& a, const Value& b, bool in_place) {
    const Value out = binary_of_tuple(op, a, b, in_place);
    return op == Binary::add || op == Binary::mul ? as_size(out) : out;
  };
  static constexpr Method kSize[] = {
      {"numel(self)",
       [](const Value* p) {
         std::int64_t count = 1;
         for (const Value& item : static_cast<Tuple*>(p[0].as_object())->items) count *= to_index(item);
         return integer(count);
       }},
  };
  add_methods(size, kSize);
}

Value wrap(Scalar s) {
  if (s.is_real()) return Value::number(s.real);
  return s.kind == Scalar::Kind::boolean ? Value::boolean(s.integer != 0) : integer(s.integer);
}

Scalar to_scalar(const Value& value) {
  if (value.is_float()) return Scalar::of(value.as_float());
  if (value.is_bool()) return Scalar::of(value.is_true());
  if (const auto* number = as<Int>(value); number && number->wide) fail("RuntimeError", "Overflow when unpacking long");
  return Scalar::of(to_index(value));
}

bool to_dtype(const Value& value, DType* out) {
  if (const auto* dtype = as<DTypeObject>(value)) {
    *out = as_asked(dtype->dtype);
    return true;
  }
  const auto* type = as<Type>(value);
  if (type == float_type()) *out = DType::float64;
  else if (type == int_type()) *out = DType::int64;
  else if (type == bool_type()) *out = DType::bool_;
  else return false;
  return true;
}

void check_device(const Value& value, bool copies) {
  if (value.is_none()) return;
  std::string kind;
  if (const auto* device = as<DeviceObject>(value)) kind = device_kind(device->name);
  else if (const std::string* name = text_of(value)) kind = device_kind(*name);
  else if (is_int(value)) kind = "cuda";
  else fail("TypeError", "device must be a torch.device or a string, not ", type_of(value)->name);
  if (kind == "cuda") fail("AssertionError", "Torch not compiled with CUDA enabled");
  if (kind != "cpu" && kind != "meta" && copies) fail("RuntimeError", "PyTorch is not linked with support for ", kind, " devices");
  if (kind != "cpu") fail("RuntimeError", "the device '", kind, "' is not part of nabla: use 'cpu'");
}

bool takes_int(const Value& value, std::int64_t* out) {
  if (value.is_small()) {
    *out = value.as_small();
    return true;
  }
  if (const auto* wide = value.is_object() && value.as_object()->type == Int::class_type() ? static_cast<Int*>(value.as_object()) : nullptr) {
    if (wide->wide) fail("RuntimeError", "Overflow when unpacking long");
    *out = wide->number;
    return true;
  }
  const TensorImpl* x = is_numpy_scalar(value) ? as_array(value) : as_tensor(value);
  if (!x || x->dim() != 0 || !is_integral(x->dtype)) return false;
  if (is_batched(*x)) refuse_item();
  *out = element(*x, 0).integer;
  return true;
}

std::vector<Tensor> to_tensors(const Value& value, const char* function, const char* name, int position) {
  if (TensorImpl* x = as_tensor(value)) return {Tensor(x)};
  const auto* tuple = as<Tuple>(value);
  const auto* list = as<List>(value);
  if (!tuple && !list) {
    fail("TypeError", function, "(): argument '", name, "' (position ", position, ") must be tuple of Tensors, not ", type_of(value)->name);
  }
  std::vector<Tensor> out;
  for (const Value& item : tuple ? tuple->items : list->items) {
    TensorImpl* x = as_tensor(item);
    if (!x) fail("TypeError", "expected Tensor as element ", out.size(), " in argument ", position - 1, ", but got ", type_of(item)->name);
    out.emplace_back(x);
  }
  return out;
}

namespace {

Value to_list_from(const TensorImpl& x, std::size_t dim, std::int64_t offset) {
  if (dim == x.dim()) return wrap(element(x, offset));
  std::vector<Value> items;
  for (std::int64_t i = 0; i < x.sizes[dim]; ++i) items.push_back(to_list_from(x, dim + 1, offset + i * x.strides[dim]));
  return list(std::move(items));
}

}  // namespace

Value to_list(const Tensor& x) { return to_list_from(*x, 0, 0); }

namespace {

bool has_text(const Value& key) {
  const auto* list = as<List>(key);
  const auto* tuple = as<Tuple>(key);
  if (!list && !tuple) return text_of(key) != nullptr;
  const auto& items = list ? list->items : tuple->items;
  return std::any_of(items.begin(), items.end(), has_text);
}

IndexItem index_item(const Value& key) {
  IndexItem item{};
  if (TensorImpl* array = as_array(key)) return index_item(wrap(tensor_of_array(*array)));
  if (key.is_none()) {
    item.kind = IndexItem::Kind::new_axis;
  } else if (key.is_ellipsis()) {
    item.kind = IndexItem::Kind::ellipsis;
  } else if (const auto* slice = as<Slice>(key)) {
    item.kind = IndexItem::Kind::slice;
    const auto number = [](const Value& value) {
      if (value.is_float() || text_of(value)) fail("TypeError", "slice indices must be integers or None or have an __index__ method");
      return to_index(value);
    };
    if ((item.has_start = !slice->start.is_none())) item.start = number(slice->start);
    if ((item.has_stop = !slice->stop.is_none())) item.stop = number(slice->stop);
    if (!slice->step.is_none()) item.step = number(slice->step);
  } else if (key.is_bool()) {
    item.kind = IndexItem::Kind::tensor;
    item.tensor = scalar_tensor(Scalar::of(key.is_true()), DType::bool_);
  } else if (TensorImpl* x = as_tensor(key)) {
    if (is_integral(x->dtype) && x->dtype != DType::uint8 && x->dim() == 0) {
      if (is_batched(*x)) refuse_item();
      item.kind = IndexItem::Kind::integer;
      item.start = element(*x, 0).integer;
      return item;
    }
    item.kind = IndexItem::Kind::tensor;
    if (x->dtype == DType::uint8) warn("UserWarning", "indexing with dtype torch.uint8 is now deprecated, please use a dtype torch.bool instead.");
    item.tensor = x->dtype == DType::uint8 ? cast(Tensor(x), DType::bool_) : Tensor(x);
  } else if (is_int(key)) {
    item.kind = IndexItem::Kind::integer;
    item.start = to_index(key);
  } else if (as<List>(key) || as<Tuple>(key) || as<Range>(key)) {
    item.kind = IndexItem::Kind::tensor;
    if (has_text(key)) fail("TypeError", "new(): invalid data type 'str'");
    const Tensor data = from_data(key, Value::none());
    item.tensor = data->dtype == DType::bool_ ? data : cast(data, DType::int64);
  } else if (text_of(key)) {
    fail("TypeError", "new(): invalid data type 'str'");
  } else {
    fail("IndexError", "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got ",
         type_of(key)->name, ")");
  }
  return item;
}

/// A list with lists, tensors, slices, None or ... in it is taken for a tuple, as numpy once took it.
bool stands_for_tuple(const List& list) {
  if (list.items.size() >= 32) return false;
  return std::any_of(list.items.begin(), list.items.end(), [](const Value& item) {
    return as_tensor(item) || (as_array(item) && !is_numpy_scalar(item)) || as<List>(item) || as<Tuple>(item) || as<Range>(item) || as<Slice>(item) || item.is_ellipsis() || item.is_none();
  });
}

}  // namespace

Ref<Index> to_index_list(const Value& key) {
  auto index = make<Index>();
  const auto* tuple = as<Tuple>(key);
  const auto* list = as<List>(key);
  if (tuple || (list && stands_for_tuple(*list))) {
    for (const Value& part : tuple ? tuple->items : list->items) index->items.push_back(index_item(part));
  } else {
    index->items.push_back(index_item(key));
  }
  return index;
}

}  // namespace nabla
