// torch.nn.parameter: Parameter, and UninitializedParameter, whose shape comes with the first input of a lazy module.
#include "base/error.h"
#include "tensor/loops.h"
#include "torch/torch.h"

namespace nabla {
namespace {

Type* uninitialized_type() {
  static Type* const type = make_torch_type("UninitializedParameter", parameter_type(), "torch.nn.parameter");
  return type;
}

/// UninitializedParameter(requires_grad=True, device=None, dtype=None): no elements yet.
Value construct(Type* cls, Args args) {
  Value tracked = args.positional ? args[0] : Value::boolean(true), dtype = args.positional > 2 ? args[2] : Value::none();
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    const std::string& name = args.keyword_name(k)->text;
    if (name == "requires_grad") tracked = args.keyword_value(k);
    else if (name == "dtype") dtype = args.keyword_value(k);
    else if (name != "device") fail("TypeError", "UninitializedParameter.__new__() got an unexpected keyword argument '", name, "'");
  }
  DType t = default_dtype();
  if (!dtype.is_none() && !to_dtype(dtype, &t)) fail("TypeError", "dtype must be a torch.dtype");
  const Tensor out = empty({0}, t);
  out->type = cls;
  out->requires_grad = truth(tracked);
  return wrap(out);
}

/// Gives it a shape, and makes it a Parameter. The elements are zeros until somebody fills them.
Value materialize(const Value* p) {
  TensorImpl* x = as_tensor(p[0]);
  Dims sizes;
  for (const Value& size : to_vector(p[1])) sizes.push_back(to_index(size));
  DType t = x->dtype;
  if (!p[3].is_none()) to_dtype(p[3], &t);
  set_attribute(p[0], intern("data"), wrap(zeros(sizes, t)));
  x->type = parameter_type();
  return Value::none();
}

Value no_shape(const Value&) {
  fail("RuntimeError", "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in `load_state_dict` when trying to load an "
                       "uninitialized parameter into an initialized one. Call `forward` to initialize the parameters before accessing their attributes.");
}

constexpr Method kMethods[] = {{"materialize(self, shape, device=None, dtype=None)", materialize}};
constexpr Property kProperties[] = {{"shape", no_shape}};

}  // namespace

void add_parameters(Dict& nn) {
  static const bool made = [] {
    Type* type = uninitialized_type();
    type->construct = construct;
    type->slots.repr = [](const Value&) -> std::string { return "<UninitializedParameter>"; };
    add_methods(type, kMethods);
    add_properties(type, kProperties);
    return true;
  }();
  static_cast<void>(made);
  nn.set(intern("Parameter"), Value::object(parameter_type()));
  nn.set(intern("UninitializedParameter"), Value::object(uninitialized_type()));
}

}  // namespace nabla
