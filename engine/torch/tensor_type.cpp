// The classes Tensor and Parameter: attributes, methods that are not operators, and the slots of Python's syntax.
#include <algorithm>

#include "autograd/backward.h"
#include "base/error.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "ops/indexing.h"
#include "python/builtins/builtins.h"
#include "python/function.h"
#include "python/slots.h"
#include "python/machine.h"
#include "python/type_name.h"
#include "tensor/loops.h"
#include "tensor/print.h"
#include "torch/arguments.h"
#include "tensor/wide.h"
#include "torch/levels.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

TensorImpl* self_of(const Value& value) { return static_cast<TensorImpl*>(value.as_object()); }
Tensor tensor_of(const Value& value) { return Tensor(self_of(value)); }

// ------------------------------------------------------------------------------------------------------------ attributes

/// What PyTorch says when `.grad` of a tensor that does not keep it is read. Source: pytorch/pytorch#30531.
constexpr const char* kNonLeafGrad =
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated during "
    "autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the "
    "non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See "
    "github.com/pytorch/pytorch/pull/30531 for more informations.";

Value get_grad(const Value& self) {
  const TensorImpl& x = *self_of(self);
  if (!is_leaf(x) && !x.retains_grad && !x.grad) warn("UserWarning", kNonLeafGrad);
  return wrap(x.grad);
}

void set_grad(const Value& self, const Value& value) {
  TensorImpl& x = *self_of(self);
  if (value.is_none() || value.is_undefined()) {
    x.grad = nullptr;
    return;
  }
  TensorImpl* grad = as_tensor(value);
  if (!grad) fail("TypeError", "assigned grad expected to be a Tensor or None but got grad of type", type_of(value)->name);
  if (grad == &x) fail("RuntimeError", "can't assign Variable as its own grad");
  if (grad->dtype != x.dtype) fail("RuntimeError", "assigned grad has data of a different type");
  if (!(grad->sizes == x.sizes)) fail("RuntimeError", "assigned grad has data of a different size");
  x.grad = Tensor(grad);
}

Value get_data(const Value& self) {
  const Tensor out = detach(tensor_of(self));
  out->set_storage(make<Storage>(out->storage()), out->offset, out->dtype);
  out->is_data = true;
  if (detach_observer) detach_observer(out, tensor_of(self), true);
  return wrap(out);
}

void set_data(const Value& self, const Value& value) {
  TensorImpl& x = *self_of(self);
  if (value.is_undefined()) fail("RuntimeError", "Deleting tensor data is not allowed. Delete tensor instead!");
  const TensorImpl* from = as_tensor(value);
  if (!from) fail("TypeError", "Variable data has to be a tensor, but got ", type_of(value)->name);
  if (requires_grad(x) && !is_floating(from->dtype)) fail("RuntimeError", "data set to a tensor that requires gradients must be floating point or complex dtype");
  if (!(from->sizes == x.sizes && from->strides == x.strides) || from->dtype != x.dtype) keep_shape(tensor_of(self), from->dtype != x.dtype);
  // The count of changes stays x's own, or that which x has with others: so x gets the memory alone, or all of what nobody else holds.
  const bool counts_alone = x.owns_memory();
  const Ref<Storage> before = x.storage();
  if (from->storage()->memory() == before->memory()) {
    x.set_storage(before, from->offset, from->dtype);
  } else {
    x.set_storage(from->refs == 1 && from->owns_memory() ? from->storage() : make<Storage>(from->storage()), from->offset, from->dtype);
    if (counts_alone) *x.storage()->version = *before->version;
    else x.storage()->count_with(before);
  }
  x.sizes = from->sizes;
  x.strides = from->strides;
  x.numel = from->numel;
  if (is_inference(*from) != is_inference(x)) {  // with the data comes that they are of inference mode
    mark_inference(tensor_of(self));
    extra(x)->inference = is_inference(*from);
  }
}

void set_requires_grad_value(const Value& self, const Value& value) {
  if (!value.is_bool()) fail("RuntimeError", "requires_grad must be a bool");
  const TensorImpl& x = *self_of(self);
  if (value.is_true() && !is_leaf(x)) fail("RuntimeError", "you can only change requires_grad flags of leaf variables.");
  if (value.is_true() && !is_floating(x.dtype)) fail("RuntimeError", "only Tensors of floating point and complex dtype can require gradients");
  set_requires_grad(tensor_of(self), value.is_true());
}

/// A view knows of a change to its base when it is asked.
const TensorImpl& fresh(const Value& self) {
  const TensorImpl& x = *self_of(self);
  if (x.view) (void)grad_fn(tensor_of(self));
  return x;
}

Value get_version(const Value& self) {
  const TensorImpl& x = *self_of(self);
  const bool detached = is_inference(x) && extra(x)->made == Made::in_inference && !extra(x)->base;
  if (is_inference(x) && !detached) fail("RuntimeError", "Inference tensors do not track version counter.");
  return integer(x.version());
}

// What a program sets on a tensor lies in a dict of its own, made when needed.

Dict* attributes_of(const TensorImpl& x) { return x.view ? static_cast<Dict*>(extra(x)->attributes.get()) : nullptr; }

Value own_attribute(const Value& self, Str* name) {
  Dict* dict = attributes_of(*self_of(self));
  const Value* found = dict ? dict->find(name) : nullptr;
  return found ? *found : Value();
}

Dict& make_attributes(const Value& self) {
  VariableExtra& more = make_extra(tensor_of(self));
  if (!more.attributes) more.attributes = make<Dict>();
  return *static_cast<Dict*>(more.attributes.get());
}

void set_own_attribute(const Value& self, Str* name, const Value& value) {
  const Value* found = type_of(self)->find(name);
  const auto* getset = found ? as<GetSet>(*found) : nullptr;
  if (getset && !getset->set) fail("AttributeError", "attribute '", name->text, "' of 'torch._C._TensorBase' objects is not writable");
  if (getset) return getset->set(self, value);
  if (found && is_data_descriptor(*found)) return set_attribute_default(self, name, value);
  if (!value.is_undefined()) return make_attributes(self).set(name, value);
  Dict* dict = attributes_of(*self_of(self));
  if (!dict || !dict->erase(Value::object(name))) fail("AttributeError", name->text);
}

Value get_backward_hooks(const Value& self);

constexpr Property kProperties[] = {
    {"grad", get_grad, set_grad},
    {"data", get_data, set_data},
    {"requires_grad", [](const Value& self) { return Value::boolean(requires_grad(*self_of(self))); }, set_requires_grad_value},
    {"is_leaf", [](const Value& self) { return Value::boolean(is_leaf(fresh(self))); }},
    {"_backward_hooks", get_backward_hooks},
    {"retains_grad", [](const Value& self) { return Value::boolean(self_of(self)->retains_grad); }},
    {"grad_fn", [](const Value& self) { return wrap_node(grad_fn(tensor_of(self))); }},
    {"shape", [](const Value& self) { return size_object(self_of(self)->sizes); }},
    {"dtype", [](const Value& self) { return dtype_object(self_of(self)->dtype); }},
    {"device", [](const Value&) -> Value { return make<DeviceObject>("cpu"); }},
    {"ndim", [](const Value& self) { return integer(static_cast<std::int64_t>(self_of(self)->dim())); }},
    {"is_cuda", [](const Value&) { return Value::boolean(false); }},
    {"output_nr", [](const Value& self) { return integer(self_of(self)->output_number); }},
    {"is_sparse", [](const Value&) { return Value::boolean(false); }},
    {"is_quantized", [](const Value&) { return Value::boolean(false); }},
    {"is_meta", [](const Value&) { return Value::boolean(false); }},
    {"is_mps", [](const Value&) { return Value::boolean(false); }},
    {"layout", [](const Value&) { return strided_layout(); }},
    {"itemsize", [](const Value& self) { return integer(item_size(self_of(self)->dtype)); }},
    {"nbytes", [](const Value& self) { return integer(self_of(self)->numel * item_size(self_of(self)->dtype)); }},
    {"_version", get_version},
    {"__dict__", [](const Value& self) { return Value::object(&make_attributes(self)); }},
    {"_base",
     [](const Value& self) {
       const VariableExtra* more = extra(*self_of(self));
       return more ? wrap(more->base) : Value::none();
     }},
};

// ------------------------------------------------------------------------------------------------------ gradient methods

Value tensor_backward(const Value* p) {
  const Tensor root = tensor_of(p[0]);
  return backward_from({&root, 1}, p[1], p[2], p[3], p[4]);
}

struct PythonHook final : GradientHook {
  Hooks functions;
  void clear() override { functions.clear(); }
  Tensor run(const Tensor& gradient) override {
    Tensor now = gradient;
    functions.for_each([&](const Value& function) {
      if (Tensor replaced = replaced_gradient(function, now, call(function, {wrap(now)}))) now = std::move(replaced);
    });
    return now == gradient ? Tensor() : now;
  }
};

/// Those of x that are Python's, if it has any.
PythonHook* python_hooks(const Tensor& x) {
  if (const Ref<Node> node = grad_fn(x); node && node->more) {
    for (const auto& watch : node->more->hooks) {
      auto* const hook = watch.number == x->output_number ? dynamic_cast<PythonHook*>(watch.hook.get()) : nullptr;
      if (hook) return hook;
    }
  }
  if (const VariableExtra* more = extra(*x)) {
    for (const auto& one : more->hooks) {
      if (auto* const hook = dynamic_cast<PythonHook*>(one.get())) return hook;
    }
  }
  return nullptr;
}

Value register_hook(const Value* p) {
  const Tensor x = tensor_of(p[0]);
  if (!requires_grad(*x)) fail("RuntimeError", "cannot register a hook on a tensor that doesn't require gradient");
  PythonHook* hooks = python_hooks(x);
  if (!hooks) add_hook(x, Ref<GradientHook>(hooks = new PythonHook));
  return hooks->functions.add(p[1]);
}

Value get_backward_hooks(const Value& self) {
  const PythonHook* hooks = python_hooks(tensor_of(self));
  return hooks ? hooks->functions.by_id() : Value::none();
}

/// Since 2.1: called with the leaf itself once its gradient was added.
struct AccumulatedHook final : NodeHook {
  Hooks functions;
  TensorImpl* leaf;  // lives as long as its node
  explicit AccumulatedHook(TensorImpl* leaf) : leaf(leaf) {}
  void clear() override { functions.clear(); }
  void run(std::span<Tensor>, std::span<const Tensor>) override {
    functions.for_each([&](const Value& function) { call(function, {Value::object(leaf)}); });
  }
};

Value register_accumulated_hook(const Value* p) {
  const Tensor x = tensor_of(p[0]);
  if (!requires_grad(*x)) fail("RuntimeError", "cannot register a hook on a tensor that doesn't require gradient");
  if (!is_leaf(*x)) fail("RuntimeError", "post accumulate grad hooks cannot be registered on non-leaf tensors");
  auto hook = make<AccumulatedHook>(x.get());
  const Ref<Node> sink = gradient_edge(x).node;
  sink->make_more().after.push_back(hook);
  make_extra(x).kept_sink = sink;  // else the hook would go with the last graph
  leaf_hooks_exist = true;
  return hook->functions.add(p[1]);
}

Value detach_in_place(const Value* p) {
  const Tensor x = tensor_of(p[0]);
  if (inference_mode()) return p[0];
  if (is_view(*x)) {
    fail("RuntimeError", "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, "
                         "and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be "
                         "called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in "
                         "torch/optim/optimizer.py as the solution.");
  }
  cut_off(*x);
  return p[0];
}

Value requires_grad_in_place(const Value* p) {
  if (!p[1].is_bool()) fail("TypeError", "requires_grad_(): argument 'requires_grad' (position 1) must be bool, not ", type_of(p[1])->name);
  if (in_transform()) {
    fail("RuntimeError", "You are attempting to call Tensor.requires_grad_() (or perhaps using torch.autograd.functional.* APIs) inside of a function being transformed by a functorch "
                         "transform. This is unsupported, please attempt to use the functorch transforms (e.g. grad, vjp, jacrev, jacfwd, hessian) or call requires_grad_() outside of a "
                         "function being transformed instead.");
  }
  set_requires_grad(tensor_of(p[0]), p[1].is_true());
  return p[0];
}

// --------------------------------------------------------------------------------------------------- numbers and sizes

Value item_of(const Value& self) {
  const TensorImpl& x = *self_of(self);
  if (x.view && is_batched(x)) refuse_item();
  if (x.numel != 1) fail("ValueError", "only one element tensors can be converted to Python scalars");
  return wrap(element(x, 0));
}

Value to_index_number(const Value& self) {
  const TensorImpl& x = *self_of(self);
  if (is_batched(x)) refuse_item();
  if (x.numel != 1 || is_floating(x.dtype)) fail("TypeError", "only integer tensors of a single element can be converted to an index");
  return integer(element(x, 0).integer);
}

Value to_int_number(const Value& self) {
  const Scalar s = to_scalar(item_of(self));
  if (s.is_real() && s.real != s.real) fail("ValueError", "cannot convert float NaN to integer");
  if (s.is_real() && (s.real - s.real) != 0) fail("OverflowError", "cannot convert float infinity to integer");
  return integer(s.to_int());
}

Value size_of(const Value* p) {
  const TensorImpl& x = *self_of(p[0]);
  if (p[1].is_none()) return size_object(x.sizes);
  std::int64_t dim;
  if (!takes_int(p[1], &dim)) {
    explain_call("Tensor.", "size", p[0], {&p[1], 1, nullptr}, false);
    fail("TypeError", "size(): argument 'dim' (position 1) must be int, not ", type_name(p[1]));
  }
  if (x.dim() == 0) fail("IndexError", "Dimension specified as ", dim, " but tensor has no dimensions");
  return integer(x.sizes[wrap_dim(dim, x.dim())]);
}

Value stride_of(const Value* p) {
  const TensorImpl& x = *self_of(p[0]);
  if (!p[1].is_none()) {
    std::int64_t dim;
    if (!takes_int(p[1], &dim)) {
      explain_call("Tensor.", "stride", p[0], {&p[1], 1, nullptr}, false);
      fail("TypeError", "stride(): argument 'dim' (position 1) must be int, not ", type_name(p[1]));
    }
    if (x.dim() == 0) fail("IndexError", "Dimension specified as ", dim, " but tensor has no dimensions");
    return integer(x.strides[wrap_dim(dim, x.dim())]);
  }
  std::vector<Value> items;
  for (std::int64_t stride : x.strides) items.push_back(integer(stride));
  return tuple(std::move(items));
}

// ------------------------------------------------------------------------------------------------------------ conversion

Value converted(const Value& self, DType dtype, bool in_rows = false) {
  if (self_of(self)->dtype == dtype) return self;
  return wrap(in_rows ? apply(*find_op("_to_copy"), tensor_of(self), Arg(dtype), Arg(true)) : to_dtype(tensor_of(self), dtype));
}

/// The keyword memory_format= of a method that takes nothing else: does it ask for row-major order?
bool takes_format(const char* name, Args args) {
  if (args.positional > 1) fail("TypeError", name, "() takes 0 positional arguments but ", args.positional - 1, args.positional == 2 ? " was given" : " were given");
  bool in_rows = false;
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    if (args.keyword_name(k)->text != "memory_format") fail("TypeError", name, "() got an unexpected keyword argument '", args.keyword_name(k)->text, "'");
    const MemoryFormat format = memory_format_of(args.keyword_value(k));
    if (format == MemoryFormat::none) fail("TypeError", name, "(): argument 'memory_format' must be torch.memory_format, not ", type_name(args.keyword_value(k)));
    in_rows = format == MemoryFormat::rows;
  }
  return in_rows;
}

template <DType kType>
Value convert(Args args) {
  constexpr const char* kNames[] = {"bool", "byte", "char", "short", "int", "long", "float", "double"};
  const bool in_rows = takes_format(kNames[static_cast<int>(kType)], args);
  return converted(args[0], as_asked(kType), in_rows);
}

/// x.to(dtype), x.to(device), x.to(device, dtype), x.to(other), with copy= and non_blocking=.
Value tensor_to(Args args) {
  Value out = args[0];
  bool must_copy = false, in_rows = false;
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) in_rows = in_rows || (args.keyword_name(k)->text == "memory_format" && memory_format_of(args.keyword_value(k)) == MemoryFormat::rows);
  const auto apply_one = [&](const Value& value, bool only_dtype) {
    DType dtype;
    if (to_dtype(value, &dtype)) out = converted(out, dtype, in_rows);
    else if (TensorImpl* other = as_tensor(value)) out = converted(out, other->dtype, in_rows);
    else {
      if (only_dtype || !text_of(value)) explain_call("Tensor.", "to", args[0], args.rest(), false);
      check_device(value, true);
    }
  };
  if (args.positional == 1 && args.keyword_count() == 0) {
    fail("TypeError",
         "to() received an invalid combination of arguments - got (), but expected one of:\n * (torch.device device, torch.dtype dtype, bool "
         "non_blocking, bool copy, *, torch.memory_format memory_format)\n * (torch.dtype dtype, bool non_blocking, bool copy, *, "
         "torch.memory_format memory_format)\n * (Tensor tensor, bool non_blocking, bool copy, *, torch.memory_format memory_format)\n");
  }
  for (std::uint32_t i = 1; i < args.positional; ++i) {
    if (!args[i].is_bool()) apply_one(args[i], false);
  }
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    const std::string& name = args.keyword_name(k)->text;
    const Value& value = args.keyword_value(k);
    if (name == "dtype" || name == "device" || name == "other" || name == "tensor") apply_one(value, name == "dtype");
    else if (name == "copy") must_copy = truth(value);
    else if (name != "non_blocking" && name != "memory_format") fail("TypeError", "to() got an unexpected keyword argument '", name, "'");
  }
  if (must_copy && out == args[0]) return wrap(apply(*find_op("_to_copy"), tensor_of(out), Arg(self_of(out)->dtype), Arg(in_rows)));
  return out;
}

Value tensor_type_of(const Value* p) {
  if (p[1].is_none()) return string(cat("torch.", legacy_name(self_of(p[0])->dtype), "Tensor"));
  DType dtype;
  const auto* type = as<Type>(p[1]);
  const Value* of = type ? type->find(intern("dtype")) : nullptr;  // torch.LongTensor and its kin
  const bool in_rows = memory_format_of(p[3]) == MemoryFormat::rows;
  if (of && !as<DTypeObject>(*of)) of = nullptr;
  if (type == tensor_type()) return converted(p[0], default_dtype(), in_rows);
  if (type && !of) fail("ValueError", "invalid type: '", type->module == "builtins" || type->name.find('.') != std::string::npos ? "" : cat(type->module, "."), type->name, "'");
  if (to_dtype(of ? *of : p[1], &dtype)) return converted(p[0], dtype, in_rows);
  if (const std::string* name = text_of(p[1])) {
    for (int i = 0; i < kDTypeCount; ++i) {
      if (*name == cat("torch.", legacy_name(static_cast<DType>(i)), "Tensor")) return converted(p[0], static_cast<DType>(i), in_rows);
    }
    fail("ValueError", "invalid type: '", *name, "'");
  }
  fail("TypeError", "dtype must be a type, str, or dtype object");
}

/// An element of a batch stands for all of them.
void refuse_memory(const TensorImpl& x) {
  if (is_batched(x)) fail("RuntimeError", "Cannot access data pointer of Tensor that doesn't have storage");
}

Value tensor_numpy(const Value* p) {
  refuse_memory(*self_of(p[0]));
  return array_of(numpy_of_tensor(*self_of(p[0])));
}

/// How copy and pickle take tensors apart: lib/copying.py.
Value ask_copying(const char* what, const Value* p) { return call(get_attribute(import_module("torch._utils"), intern(what)), {p[0], p[1]}); }

constexpr Method kMethods[] = {
    {"def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None)", tensor_backward,
     [](const Value& self) {
       const Tensor root = tensor_of(self);
       run_backward({&root, 1}, {}, {});
       return Value::none();
     }},
    {"retain_grad(self)",
     [](const Value* p) {
       retain_grad(tensor_of(p[0]));
       return Value::none();
     }},
    {"__reversed__(self)", [](const Value* p) { return self_of(p[0])->dim() == 0 ? p[0] : wrap(apply(*find_op("flip"), tensor_of(p[0]), Dims{0})); }},
    {"def register_hook(self, hook)", register_hook},
    {"register_post_accumulate_grad_hook(self, hook)", register_accumulated_hook},
    {"is_inference(self)", [](const Value* p) { return Value::boolean(is_inference(*self_of(p[0]))); }},
    {"detach(self)",
     [](const Value* p) {
       const Tensor out = detach(tensor_of(p[0]));
       if (detach_observer) detach_observer(out, tensor_of(p[0]), false);
       if (is_derived(*self_of(p[0]))) out->type = self_of(p[0])->type;
       note_at_levels(out);
       return wrap(out);
     }},
    {"detach_(self)", detach_in_place},
    {"requires_grad_(self, requires_grad=True)", requires_grad_in_place},
    {"item(self)", [](const Value* p) { return item_of(p[0]); }},
    {"tolist(self)", [](const Value* p) {
       refuse_memory(*self_of(p[0]));
       return to_list(tensor_of(p[0]));
     }},
    {"__float__(self)", [](const Value* p) { return Value::number(to_scalar(item_of(p[0])).to_double()); }},
    {"__int__(self)", [](const Value* p) { return to_int_number(p[0]); }},
    {"__abs__(self)", [](const Value* p) { return wrap(apply(*find_op("abs"), tensor_of(p[0]))); }},
    {"__index__(self)", [](const Value* p) { return to_index_number(p[0]); }},
    {"size(self, dim=None)", size_of},
    {"stride(self, dim=None)", stride_of},
    {"dim(self)", [](const Value* p) { return integer(static_cast<std::int64_t>(self_of(p[0])->dim())); }},
    {"ndimension(self)", [](const Value* p) { return integer(static_cast<std::int64_t>(self_of(p[0])->dim())); }},
    {"numel(self)", [](const Value* p) { return integer(self_of(p[0])->numel); }},
    {"nelement(self)", [](const Value* p) { return integer(self_of(p[0])->numel); }},
    {"element_size(self)", [](const Value* p) { return integer(item_size(self_of(p[0])->dtype)); }},
    {"storage_offset(self)", [](const Value* p) { return integer(self_of(p[0])->offset); }},
    {"data_ptr(self)", [](const Value* p) { return integer(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(self_of(p[0])->data()))); }},
    {"is_floating_point(self)", [](const Value* p) { return Value::boolean(is_floating(self_of(p[0])->dtype)); }},
    {"type(self, dtype=None, non_blocking=False, *, memory_format=None)", tensor_type_of},
    {"type_as(self, other)", [](const Value* p) {
       const TensorImpl* other = as_tensor(p[1]);
       if (!other) fail("TypeError", "type_as(): argument 'other' (position 1) must be Tensor, not ", type_name(p[1]));
       return converted(p[0], other->dtype);
     }},
    {"_is_view(self)", [](const Value* p) {
       const VariableExtra* more = extra(*self_of(p[0]));
       return Value::boolean(more && more->base);
     }},
    {"storage(self)", [](const Value* p) {
       const Tensor flat = alias(tensor_of(p[0]));
       const Ref<Storage> storage = flat->storage();
       flat->set_storage(storage, 0, flat->dtype);
       flat->numel = storage->bytes / item_size(flat->dtype);
       flat->sizes = {flat->numel};
       flat->strides = {1};
       return call(get_attribute(import_module("torch.storage"), intern("TypedStorage")), {wrap(flat)});
     }},
    {"as_subclass(self, cls)", [](const Value* p) {
       Type* of = as<Type>(p[1]);
       if (!of || !of->is_subtype_of(tensor_type())) fail("TypeError", "cls must be a type (got ", type_of(p[1])->name, ")");
       const Tensor out = apply(*find_op("alias"), tensor_of(p[0]));
       set_class(out, of);
       return wrap(out);
     }},
    {"is_complex(self)", [](const Value*) { return Value::boolean(false); }},
    {"is_signed(self)", [](const Value* p) { return Value::boolean(self_of(p[0])->dtype != DType::bool_ && self_of(p[0])->dtype != DType::uint8); }},
    {"get_device(self)", [](const Value*) { return integer(-1); }},
    {"cuda(self, device=None)", [](const Value*) -> Value { fail("AssertionError", "Torch not compiled with CUDA enabled"); }},
    {"numpy(self)", tensor_numpy},
    {"__array__(self, dtype=None)", [](const Value* p) { return p[1].is_none() ? tensor_numpy(p) : call(get_attribute(tensor_numpy(p), intern("astype")), {p[1]}); }},
    {"__deepcopy__(self, memo)", [](const Value* p) { return ask_copying("_deepcopy", p); }},
    {"__reduce_ex__(self, proto)", [](const Value* p) { return ask_copying("_reduce", p); }},
};

/// x.new_zeros(size) and its like: the function of torch, with x's dtype where none is given.
Value new_like(std::string_view name, Args args) {
  std::vector<Value> values(args.values + 1, args.values + args.positional), names;
  bool has_dtype = false;
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    const bool is_dtype = args.keyword_name(k)->text == "dtype";
    if (is_dtype && args.keyword_value(k).is_none()) continue;
    has_dtype = has_dtype || is_dtype;
    names.push_back(Value::object(args.keyword_name(k)));
    values.push_back(args.keyword_value(k));
  }
  if (!has_dtype) {
    names.push_back(Value::object(intern("dtype")));
    values.push_back(dtype_object(self_of(args[0])->dtype));
  }
  const auto keywords = make<Tuple>(std::move(names));
  Value out;
  try {
    out = call(get_attribute(import_module("torch"), intern(name)), Args{values.data(), static_cast<std::uint32_t>(values.size() - keywords->items.size()), keywords.get()});
  } catch (...) {
    explain_call("Tensor.", cat("new_", name), args[0], args.rest(), false);
    throw;
  }
  follow_lanes(tensor_of(out), *self_of(args[0]));
  return out;
}

constexpr RawMethod kRawMethods[] = {
    {"to", tensor_to},
    {"cpu", [](Args args) {
       (void)takes_format("cpu", args);
       return args[0];
     }},
    {"is_contiguous", [](Args args) {
       if (args.keyword_count() == 1 && args.keyword_value(0).is_none()) fail("TypeError", "is_contiguous(): argument 'memory_format' must be torch.memory_format, not NoneType");
       (void)takes_format("is_contiguous", args);
       return Value::boolean(self_of(args[0])->is_contiguous());
     }},
    {"bool", convert<DType::bool_>},
    {"byte", convert<DType::uint8>},
    {"char", convert<DType::int8>},
    {"short", convert<DType::int16>},
    {"int", convert<DType::int32>},
    {"long", convert<DType::int64>},
    {"float", convert<DType::float32>},
    {"double", convert<DType::float64>},
    {"new_tensor", tensor_new_tensor},
    {"new_zeros", [](Args args) { return new_like("zeros", args); }},
    {"new_ones", [](Args args) { return new_like("ones", args); }},
    {"new_empty", [](Args args) { return new_like("empty", args); }},
    {"new_full", [](Args args) { return new_like("full", args); }},
};

// ----------------------------------------------------------------------------------------------------------------- slots

std::string tail_of(const Tensor& x) {
  if (const Ref<Node> node = grad_fn(x)) return cat("grad_fn=<", node->name(), ">");
  return requires_grad(*x) ? "requires_grad=True" : "";
}

std::string tensor_format(const Value& self, std::string_view spec) {
  if (self_of(self)->dim() == 0) return format(item_of(self), spec);
  if (!spec.empty()) fail("TypeError", "unsupported format string passed to ", type_of(self)->name, ".__format__");
  return str(self);
}

bool tensor_truth(const Value& self) {
  const TensorImpl& x = *self_of(self);
  if (x.view && is_batched(x)) {
    fail("RuntimeError", "vmap: It looks like you're attempting to use a Tensor in some data-dependent control flow. We don't support that yet, please shout over "
                         "at https://github.com/pytorch/functorch/issues/257 .");
  }
  if (x.numel == 0) fail("RuntimeError", "Boolean value of Tensor with no values is ambiguous");
  if (x.numel > 1) fail("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous");
  return element(x, 0).to_bool();
}

std::int64_t tensor_length(const Value& self) {
  const TensorImpl& x = *self_of(self);
  if (x.dim() == 0) fail("TypeError", "len() of a 0-d tensor");
  return x.sizes[0];
}

Value tensor_iterate(const Value& self) {
  if (self_of(self)->dim() == 0) fail("TypeError", "iteration over a 0-d tensor");
  static const OpDef* unbind = find_op("unbind");
  Call call(*unbind);
  call.args[0] = Arg(tensor_of(self));
  call.args[1] = Arg(0);
  call.count = 2;
  std::vector<Value> items;
  for (const Tensor& x : run_many(call)) items.push_back(wrap(x));
  return make<ListIterator>(make<List>(std::move(items)));
}

bool tensor_contains(const Value& self, const Value& item) {
  if (!as_tensor(item) && !is_number(item)) {
    fail("RuntimeError", "Tensor.__contains__ only supports Tensor or scalar, but you passed in a <class '", type_of(item)->name, "'>.");
  }
  const GradMode off(false);
  const Value equal = tensor_compare(Compare::eq, self, item);
  const TensorImpl& x = *self_of(equal);
  for (std::int64_t i = 0; i < x.numel; ++i) {
    if (element(x, offset_of(x, i)).integer) return true;
  }
  return false;
}

void tensor_set_item(const Value& self, const Value& key, const Value& value) {
  if (value.is_undefined()) fail("TypeError", "Tensor does not support deleting items");
  Arg source;
  if (TensorImpl* x = as_tensor(value)) source = Arg(Tensor(x));
  else if (is_number(value)) source = Arg(to_scalar(value));
  else if (is_numpy_scalar(value)) source = Arg(tensor_of_array(*as_array(value)));
  else fail("TypeError", "can't assign a ", type_name(value), " to a torch.", legacy_name(self_of(self)->dtype), "Tensor");
  set_index(tensor_of(self), *to_index_list(key), source);
}

// -------------------------------------------------------------------------------------------------------------- Parameter

Value construct_parameter(Type* cls, Args args) {
  Value data = args.positional ? args[0] : Value(), tracked = args.positional > 1 ? args[1] : Value::boolean(true);
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    const std::string& name = args.keyword_name(k)->text;
    if (name == "data") data = args.keyword_value(k);
    else if (name == "requires_grad") tracked = args.keyword_value(k);
    else fail("TypeError", "Parameter.__new__() got an unexpected keyword argument '", name, "'");
  }
  Tensor out;
  if (data.is_undefined() || data.is_none()) out = empty({0}, default_dtype());
  else if (TensorImpl* x = as_tensor(data)) out = detach(Tensor(x));
  else fail("AttributeError", "'", type_of(data)->name, "' object has no attribute 'detach'");
  out->type = cls;
  if (truth(tracked)) {
    if (!is_floating(out->dtype)) fail("RuntimeError", "Only Tensors of floating point and complex dtype can require gradients");
    set_requires_grad(out, true);
  }
  return wrap(out);
}

/// Operators that are attributes without a call (T, mT, ...), under all their names: one getter each, by its place in this list.
std::vector<Callable> property_ops() {
  std::vector<Callable> out;
  for (const OpDef* def : all_ops()) {
    if (!(def->spellings & kProperty)) continue;
    out.emplace_back(*def, def->name, Form::method);
    for (const char* name : def->aliases) out.emplace_back(*def, name, Form::method);
  }
  return out;
}
template <std::size_t kIndex>
Value property_op(const Value& self) {
  static const Callable as = property_ops().at(kIndex);
  return call_op(as, Args{&self, 1, nullptr});
}

}  // namespace

Type* known_tensor_type = nullptr;

Type* tensor_type() {
  if (!known_tensor_type) known_tensor_type = make_torch_type("Tensor");
  return known_tensor_type;
}

Type* parameter_type() {
  static Type* const type = make_torch_type("Parameter", tensor_type(), "torch.nn.parameter");
  return type;
}

Tensor replaced_gradient(const Value& function, const Tensor& before, const Value& given) {
  if (given.is_none()) return {};
  if (!before) fail("RuntimeError", "can't replace a None gradient with a non-None value");
  TensorImpl* const replaced = as_tensor(given);
  if (!replaced) fail("TypeError", "expected Variable, but hook returned '", type_of(given)->name, "'");
  const Value name = find_attribute(function, intern("__name__"));
  const std::string hook = cat("hook '", name.is_undefined() ? "<unknown>" : str(name), "' has changed the ");
  if (replaced->dtype != before->dtype) {
    fail("RuntimeError", hook, "type of value (was torch.", legacy_name(before->dtype), "Tensor got torch.", legacy_name(replaced->dtype), "Tensor)");
  }
  if (!(replaced->sizes == before->sizes)) fail("RuntimeError", hook, "size of value");
  return Tensor(replaced);
}

Value Hooks::add(const Value& function) {
  const Value pair = call(get_attribute(import_module("torch.utils.hooks"), intern("_register_hook")), {functions_, function});
  functions_ = to_vector(pair)[0];
  return to_vector(pair)[1];
}

void Hooks::for_each(FunctionRef<void(const Value&)> visit) const {
  const Ref<Dict> functions(as<Dict>(functions_));
  for (std::size_t i = 0; functions && i < functions->entries.size(); ++i) {
    const auto [hash, key, function] = functions->entries[i];
    if (!key.is_undefined()) visit(function);
  }
}

static std::string plain_repr(const Tensor& x) {
  const Tensor tangent = tangent_of(*x);
  return to_text(x, tail_of(x), tangent ? "tangent=" + format(wrap(tangent), "") : "", is_derived(*x) ? x->type->name : "tensor");
}

std::string tensor_repr(const Tensor& x) { return text_at_levels(x, plain_repr); }

void make_tensor_type() {
  Type* type = tensor_type();
  set_tensor_type(type);
  Slots& slots = type->slots;
  slots.binary = tensor_binary;
  slots.short_binary = tensor_short_binary;
  slots.unary = tensor_unary;
  slots.compare = tensor_compare;
  slots.get_item = [](const Value& self, const Value& key) { return wrap(index(tensor_of(self), *to_index_list(key))); };
  slots.set_item = tensor_set_item;
  slots.contains = tensor_contains;
  slots.length = tensor_length;
  slots.truth = tensor_truth;
  slots.iterate = tensor_iterate;
  slots.get_attribute = own_attribute;
  slots.set_attribute = set_own_attribute;
  slots.repr = [](const Value& self) { return tensor_repr(tensor_of(self)); };
  slots.str = nullptr;
  slots.format = tensor_format;
  add_tensor_operators(type);
  add_properties(type, kProperties);
  add_methods(type, kMethods);
  add_methods(type, kRawMethods);
  static constexpr Value (*kPropertyOps[])(const Value&) = {property_op<0>, property_op<1>, property_op<2>, property_op<3>,
                                                            property_op<4>, property_op<5>, property_op<6>, property_op<7>};
  const auto ops = property_ops();
  for (std::size_t i = 0; i < ops.size(); ++i) {
    const Property property{intern(ops[i].name)->text.c_str(), kPropertyOps[i]};
    add_properties(type, {&property, 1});
  }
  add_slot_wrappers(type);

  Type* parameter = parameter_type();
  inherit_slots(parameter);
  parameter->construct = construct_parameter;
  parameter->slots.repr = [](const Value& self) { return "Parameter containing:\n" + tensor_repr(tensor_of(self)); };
}

}  // namespace nabla
