// no_grad, enable_grad, set_grad_enabled, inference_mode: context managers, and decorators of functions.
#include "autograd/node.h"
#include "base/error.h"
#include "python/builtins/builtins.h"
#include "python/machine.h"
#include "torch/torch.h"

namespace nabla {
namespace {

/// The mode inside a `with`, and what it was before. inference_mode is treated as no_grad: its tensors can be used again.
struct ModeContext final : Object {
  bool inside;
  bool before;
  ModeContext(Type* type, bool inside) : Object(type), inside(inside), before(grad_enabled()) {}
};

ModeContext& context_of(const Value& value) { return *static_cast<ModeContext*>(value.as_object()); }

Value enter(const Value* p) {
  ModeContext& context = context_of(p[0]);
  context.before = grad_enabled();
  set_grad_enabled(context.inside);
  return Value::none();
}

Value leave(const Value* p) {
  set_grad_enabled(context_of(p[0]).before);
  return Value::boolean(false);
}

Type* type_for(bool inside);

/// What @torch.no_grad() makes of a function: lib/grad_mode.py has it, so that the function's call can be sliced as any other.
Value decorated(const Value& function, bool inside) {
  const Value make = get_attribute(import_module("torch.autograd._grad_mode"), intern("decorate"));
  return call(make, {Value::object(type_for(inside)), function});
}
Value decorate(const Value& self, Args args) {
  if (args.positional != 1) fail("TypeError", "a grad mode decorates one function");
  return decorated(args[0], context_of(self).inside);
}

template <bool kInside>
Value construct_fixed(Type* type, Args args) {
  if (args.positional == 1 && !args[0].is_bool()) return decorated(args[0], kInside);  // @torch.no_grad without ()
  const bool inside = args.positional == 1 && args[0].is_false() ? !kInside : kInside;           // inference_mode(False)
  return make<ModeContext>(type, inside);
}

Value construct_set(Type* type, Args args) {
  if (args.positional + args.keyword_count() != 1) fail("TypeError", "set_grad_enabled.__init__() missing 1 required positional argument: 'mode'");
  const Value mode = args.positional ? args[0] : args.keyword_value(0);
  auto context = make<ModeContext>(type, truth(mode));
  set_grad_enabled(context->inside);  // at once, also without `with`
  return context;
}

Value enter_set(const Value* p) {
  set_grad_enabled(context_of(p[0]).inside);
  return Value::none();
}

struct ModeEntry {
  const char* name;
  Value (*construct)(Type*, Args);
  BoundFunction enter;
};
constexpr ModeEntry kModes[] = {{"no_grad", construct_fixed<false>, enter},
                                {"enable_grad", construct_fixed<true>, enter},
                                {"set_grad_enabled", construct_set, enter_set},
                                {"inference_mode", construct_fixed<false>, enter}};
Type* g_types[std::size(kModes)];
Type* type_for(bool inside) { return g_types[inside]; }

}  // namespace

void make_grad_mode_types() {
  for (std::size_t i = 0; i < std::size(kModes); ++i) {
    Type* type = g_types[i] = make_torch_type(kModes[i].name, nullptr, "torch.autograd.grad_mode");
    type->construct = kModes[i].construct;
    type->slots.call = decorate;
    const Method methods[] = {{"__enter__(self)", kModes[i].enter}, {"__exit__(self, kind, value, traceback)", leave}};
    add_methods(type, methods);
  }
}

void add_grad_modes(Dict& torch) {
  for (std::size_t i = 0; i < std::size(kModes); ++i) torch.set(intern(kModes[i].name), Value::object(g_types[i]));
  torch.set(intern("is_grad_enabled"), native("is_grad_enabled()", [](const Value*) { return Value::boolean(grad_enabled()); }));
}

}  // namespace nabla
