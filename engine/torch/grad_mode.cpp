// no_grad, enable_grad, set_grad_enabled, inference_mode: context managers, and decorators of functions.
#include "autograd/node.h"
#include "base/error.h"
#include "python/builtins/builtins.h"
#include "python/builtins/support.h"
#include "python/code.h"
#include "python/function.h"
#include "python/machine.h"
#include "torch/torch.h"

namespace nabla {
namespace {

/// The mode inside a `with`, and what it was before.
struct ModeContext final : Object {
  bool inside;
  bool before = grad_mode();
  bool inference_before = false;
  ModeContext(Type* type, bool inside) : Object(type), inside(inside) {}
  ModeContext(Type* type, bool inside, bool before) : Object(type), inside(inside), before(before) {}
};

ModeContext& context_of(const Value& value) { return *static_cast<ModeContext*>(value.as_object()); }

Value enter(const Value* p) {
  ModeContext& context = context_of(p[0]);
  context.before = grad_mode();
  set_grad_enabled(context.inside);
  return Value::none();
}

Value leave(const Value* p) {
  set_grad_enabled(context_of(p[0]).before);
  return Value::none();
}

/// inference_mode() switches gradients off too; inference_mode(False) switches both on again.
Value enter_inference(const Value* p) {
  ModeContext& context = context_of(p[0]);
  context.inference_before = inference_mode();
  context.before = grad_mode();
  use_inference_mode(context.inside);
  set_grad_enabled(!context.inside);
  return Value::none();
}

Value leave_inference(const Value* p) {
  const ModeContext& context = context_of(p[0]);
  use_inference_mode(context.inference_before);
  set_grad_enabled(context.before);
  return Value::none();
}

/// What @torch.no_grad() makes of a function: lib/grad_mode.py has it, so that the function's call can be sliced as any other.
Value decorated(const Value& function, Type* mode, bool inside) {
  const Value make = get_attribute(import_module("torch.autograd._grad_mode"), intern("decorate"));
  return call(make, {Value::object(mode), Value::boolean(inside), function});
}
Value decorate(const Value& self, Args args) {
  if (args.positional != 1) fail("TypeError", type_of(self)->name, ".__call__() takes 2 positional arguments but ", args.positional + 1, " were given");
  return decorated(args[0], type_of(self), context_of(self).inside);
}

template <bool kInside>
Value construct_fixed(Type* type, Args args) {
  const bool decorates = args.positional == 1 && is_callable(args[0]);  // @torch.no_grad without (), as in 2.x
  if (decorates) return decorated(args[0], type, kInside);
  if (kInside && args.positional + args.keyword_count()) fail("TypeError", type->name, "() takes no arguments");
  if (args.positional) fail("TypeError", type->name, ".__init__() takes 1 positional argument but ", args.positional + 1, args.positional == 0 ? " was" : " were", " given");
  return make<ModeContext>(type, kInside, false);
}

Value construct_inference(Type* type, Args args) {
  if (args.positional == 1 && is_callable(args[0])) return decorated(args[0], type, true);
  if (args.positional + args.keyword_count() > 1) fail("TypeError", "inference_mode.__init__() takes from 1 to 2 positional arguments but ", args.positional + 1, " were given");
  const Value mode = args.positional ? args[0] : args.keyword_count() ? args.keyword_value(0) : Value::boolean(true);
  return make<ModeContext>(type, truth(mode));
}

Value construct_set(Type* type, Args args) {
  if (args.positional + args.keyword_count() != 1) fail("TypeError", "set_grad_enabled.__init__() missing 1 required positional argument: 'mode'");
  const Value mode = args.positional ? args[0] : args.keyword_value(0);
  if (!mode.is_bool()) fail("TypeError", "enabled must be a bool (got ", type_of(mode)->name, ")");
  auto context = make<ModeContext>(type, truth(mode));
  set_grad_enabled(context->inside);  // at once, also without `with`
  return context;
}

Value decorate_by_set(const Value& self, Args args) {
  set_grad_enabled(context_of(self).before);  // as in 2.x: a decorator changes no mode but that of its function
  return decorate(self, args);
}

Value enter_set(const Value* p) {
  set_grad_enabled(context_of(p[0]).inside);
  return Value::none();
}

struct ModeEntry {
  const char* name;
  Value (*construct)(Type*, Args);
  BoundFunction enter, leave;
  Value (*call)(const Value&, Args);
};
constexpr ModeEntry kModes[] = {{"no_grad", construct_fixed<false>, enter, leave, decorate},
                                {"enable_grad", construct_fixed<true>, enter, leave, decorate},
                                {"set_grad_enabled", construct_set, enter_set, leave, decorate_by_set},
                                {"inference_mode", construct_inference, enter_inference, leave_inference, decorate}};
Type* g_types[std::size(kModes)];

}  // namespace

void make_grad_mode_types() {
  for (std::size_t i = 0; i < std::size(kModes); ++i) {
    Type* type = g_types[i] = make_torch_type(kModes[i].name, nullptr, "torch.autograd.grad_mode");
    type->construct = kModes[i].construct;
    type->slots.call = kModes[i].call;
    const Method methods[] = {{"clone(self)", [](const Value* p) -> Value { return make<ModeContext>(type_of(p[0]), context_of(p[0]).inside, false); }},
                              {"__enter__(self)", kModes[i].enter}, {"__exit__(self, kind, value, traceback)", kModes[i].leave}};
    add_methods(type, methods);
    static constexpr Property kBefore[] = {{"prev", [](const Value& self) { return Value::boolean(context_of(self).before); }}};
    static constexpr Property kMode[] = {{"mode", [](const Value& self) { return Value::boolean(context_of(self).inside); }}};
    add_properties(type, kBefore);
    if (kModes[i].construct == construct_set || kModes[i].construct == construct_inference) add_properties(type, kMode);
  }
}

void add_decorator_tools(Dict& module) {
  module.set(intern("_makes_generator"), native("_makes_generator(function)", [](const Value* p) {
               const auto* function = as<Function>(p[0]);
               return Value::boolean(function && (function->code->flags & Code::generator));
             }));
}

void add_grad_modes(Dict& torch) {
  for (std::size_t i = 0; i < std::size(kModes); ++i) torch.set(intern(kModes[i].name), Value::object(g_types[i]));
  torch.set(intern("is_grad_enabled"), native("is_grad_enabled()", [](const Value*) { return Value::boolean(grad_mode()); }));
}

}  // namespace nabla
