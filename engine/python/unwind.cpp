// From the place where an exception was raised to its handler; what is "being handled"; matching; context.
#include "python/builtins/builtins.h"
#include "python/interpreter.h"

namespace nabla {

Value handled_exception(const Frame* frame) {
  for (; frame; frame = frame->back) {
    if (!frame->handled.is_undefined()) return frame->handled;
  }
  return Value();
}

void Interpreter::set_context(Exception& exception) {
  const Value handled = handled_exception(m.frame_);
  if (handled.is_undefined() || handled.as_object() == &exception) return;
  // What is raised must not become its own context, further down.
  for (auto* one = static_cast<Exception*>(handled.as_object()); !one->context.is_undefined();) {
    auto* next = static_cast<Exception*>(one->context.as_object());
    if (next == &exception) {
      one->context = Value();
      break;
    }
    one = next;
  }
  exception.context = handled;
}

namespace {

const Handler* find_handler(const Frame* frame) {
  const std::uint32_t at = frame->instruction() - 1;
  const Handler* best = nullptr;
  for (const Handler& handler : frame->code->handlers) {
    if (at >= handler.begin && at < handler.end && (!best || handler.depth > best->depth)) best = &handler;
  }
  return best;
}

}  // namespace

bool Interpreter::unwind(const Value& raised, Frame* stop, bool add_entry) {
  auto value = raised;
  auto* exception = static_cast<Exception*>(value.as_object());
  for (Frame* frame = m.frame_; frame; frame = m.frame_) {
    if (add_entry && !frame->code->source->is_library) exception->traceback.push_back({Ref<Code>(const_cast<Code*>(frame->code)), frame->place()});
    add_entry = true;
    if (!exception->is_limit) {
      if (const Handler* handler = find_handler(frame)) {
        Value* r = frame->registers();
        for (std::uint16_t i = handler->reg; i < frame->code->registers; ++i) r[i] = Value();
        r[handler->reg] = value;
        frame->pc = frame->code->instructions.data() + handler->handler;
        return true;
      }
    }
    Frame* back = frame->back;
    const Entry entry = frame->entry;
    if (entry == Entry::call && back->pc[-1].op == Op::get_attribute) {  // a property, or __getattr__
      const Value& object = frame->registers()[0];
      if (!as<Cell>(object)) note_attribute(value, object, back->sites[back->pc[-1].c].name);
    }
    const std::uint16_t into = frame->result;
    const bool out = frame == stop;
    m.frame_ = back;
    --m.depth_;
    if (Generator* generator = frame->generator) {
      generator->running = false;
      generator->frame = nullptr;
      free_frame(frame);
      generator->release();
      if (is_instance(value, exception_type("StopIteration"))) {
        Value error = make_exception(exception_type("RuntimeError"), {string("generator raised StopIteration")});
        auto* outer = static_cast<Exception*>(error.as_object());
        outer->cause = outer->context = value;
        outer->suppress_context = true;
        outer->traceback = exception->traceback;
        value = error;
        exception = outer;
      }
    } else {
      free_frame(frame);
      if (entry == Entry::iterate && is_instance(value, exception_type("StopIteration"))) {  // a __next__ that for_iter called
        const Instruction& loop = back->pc[-1];
        back->registers()[loop.a] = Value();
        back->pc += static_cast<std::int16_t>(loop.c);
        return true;
      }
    }
    if (out) {
      if (!(value == raised)) throw Raise{value};
      return false;
    }
    if (entry == Entry::delegate && is_instance(value, exception_type("StopIteration"))) {
      back->registers()[back->pc[-1].b] = Value();
      back->registers()[into] = get_attribute(value, intern("value"));
      return true;
    }
  }
  return false;
}

Value Interpreter::raise_operand(const Value& value, const char* mistake) {
  if (auto* type = as<Type>(value); type && type->is_subtype_of(Exception::class_type())) {
    Value made = nabla::call(value, {});
    if (!as<Exception>(made)) {
      fail("TypeError", "calling ", repr(value), " should have returned an instance of BaseException, not ", repr(Value::object(type_of(made))));
    }
    return made;
  }
  if (!as<Exception>(value)) fail("TypeError", mistake);
  return value;
}

bool exception_matches(const Value& exception, const Value& classes) {
  const auto one = [&](const Value& candidate) {
    Type* type = as<Type>(candidate);
    if (!type || !type->is_subtype_of(Exception::class_type())) {
      fail("TypeError", "catching classes that do not inherit from BaseException is not allowed");
    }
    return is_instance(exception, type);
  };
  if (const auto* tuple = as<Tuple>(classes)) {
    for (const Value& candidate : tuple->items) {
      if (one(candidate)) return true;
    }
    return false;
  }
  return one(classes);
}

}  // namespace nabla
