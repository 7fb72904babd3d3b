// Generators: resumed on the machine's own stack of frames when Python code asks, nested when native code does.
#include "python/builtins/builtins.h"
#include "python/interpreter.h"

namespace nabla {

Generator::Generator(Frame* frame) : Container(class_type()), frame(frame) { frame->generator = this; }
Generator::~Generator() {
  if (frame && started && !running && !frame->code->handlers.empty() && Machine::exists()) {
    // It may stand inside `try` or `with`: what has to be cleaned up is, as by close().
    refs = 1u << 30;
    try {
      Machine::current().resume(this, make_exception(exception_type("GeneratorExit"), {}), true);
    } catch (const Raise&) {
    } catch (const Error&) {
    }
  }
  clear();
}

void Generator::clear() {
  if (running || !frame) return;
  Frame* dropped = std::exchange(frame, nullptr);
  free_frame(dropped);
}

void Interpreter::enter_generator(Generator* generator, Value sent, Entry entry, std::uint16_t result) {
  if (generator->running) fail("ValueError", "generator already executing");
  if (m.depth_ >= m.recursion_limit) fail("RecursionError", "maximum recursion depth exceeded");
  Frame* frame = generator->frame;
  if (generator->started) {
    const Instruction& last = frame->pc[-1];  // yield_ or yield_from: both take what is sent in register a
    frame->registers()[last.a] = std::move(sent);
    if (last.op == Op::yield_from) --frame->pc;
  }
  generator->started = generator->running = true;
  generator->retain();
  frame->entry = entry;
  frame->result = result;
  ++m.depth_;
  enter(frame);
}

void Interpreter::throw_into(Generator* generator, Value exception, Entry entry, std::uint16_t result) {
  enter_generator(generator, Value::none(), entry, result);
  Frame* frame = m.frame_;
  const Entry delegated = is_instance(exception, exception_type("GeneratorExit")) ? Entry::closing : Entry::delegate;
  // Where the generator delegates, the innermost one gets it.
  while (frame->pc->op == Op::yield_from && generator->started) {
    auto* inner = as<Generator>(frame->registers()[frame->pc->b]);
    if (!inner || !inner->frame || inner->running || !inner->started) break;
    ++frame->pc;
    enter_generator(inner, Value::none(), delegated, frame->pc[-1].a);
    frame = m.frame_;
  }
  if (frame->pc->op == Op::yield_from) ++frame->pc;  // it failed there
  throw Raise{std::move(exception)};
}

bool Interpreter::yield(Frame* frame, Value value, Value& result) {
  for (;;) {
    Generator* generator = frame->generator;
    Frame* back = std::exchange(frame->back, nullptr);
    const Entry entry = frame->entry;
    const std::uint16_t into = frame->result;
    generator->running = false;
    m.frame_ = back;
    --m.depth_;
    generator->release();
    if (entry == Entry::native) {
      result = std::move(value);
      return true;
    }
    if (entry == Entry::closing) fail("RuntimeError", "generator ignored GeneratorExit");
    if (entry != Entry::delegate) {
      back->registers()[into] = std::move(value);
      return false;
    }
    frame = back;  // the one that delegates yields it too
  }
}

bool Interpreter::finish_generator(Frame* frame, Value& value) {
  Generator* generator = frame->generator;
  Frame* back = frame->back;
  const Entry entry = frame->entry;
  const std::uint16_t into = frame->result;
  generator->running = false;
  generator->frame = nullptr;
  m.frame_ = back;
  --m.depth_;
  free_frame(frame);
  if (entry == Entry::native) generator->result = value;  // the others hand it on at once
  generator->release();
  switch (entry) {
    case Entry::native:
      value = Value();
      return true;
    case Entry::iterate: {
      const Instruction& loop = back->pc[-1];
      back->registers()[loop.a] = Value();
      back->pc += static_cast<std::int16_t>(loop.c);
      return false;
    }
    case Entry::delegate:
      back->registers()[back->pc[-1].b] = Value();
      back->registers()[into] = std::move(value);
      return false;
    case Entry::closing:
      back->registers()[back->pc[-1].b] = Value();
      raise("GeneratorExit", {});
    default:
      if (value.is_none()) raise("StopIteration", {});
      raise("StopIteration", {value});
  }
}

Interpreter::Delegated Interpreter::delegate(Value* r, const Instruction& i, Value& value) {
  Value sent = std::move(r[i.a]);
  if (sent.is_undefined()) sent = Value::none();
  const auto finish = [&](Value result) {
    r[i.a] = std::move(result);
    r[i.b] = Value();
    return Delegated::finished;
  };
  if (auto* generator = as<Generator>(r[i.b])) {
    if (!generator->frame) return finish(Value::none());
    enter_generator(generator, std::move(sent), Entry::delegate, i.a);
    return Delegated::entered;
  }
  static Str* const send = intern("send");
  static Str* const result_name = intern("value");
  try {
    value = sent.is_none() ? next(r[i.b]) : nabla::call(get_attribute(r[i.b], send), {sent});
  } catch (const Raise& raise) {
    if (!is_instance(raise.value, exception_type("StopIteration"))) throw;
    return finish(get_attribute(raise.value, result_name));
  }
  return value.is_undefined() ? finish(Value::none()) : Delegated::yielded;
}

/// For native code: runs nested up to the next yield.
Value Machine::resume(Generator* generator, Value sent, bool raise) {
  const NativeCall guard;
  if (!generator->frame) {
    if (raise) throw Raise{sent};
    return Value();
  }
  const Ref<Generator> kept(generator);
  Interpreter interpreter{*this};
  Value result;
  Frame* frame = generator->frame;
  if (!raise) {
    interpreter.enter_generator(generator, std::move(sent), Entry::native, 0);
    interpreter.execute(frame, true, result);
    return result;
  }
  Frame* before = frame_;
  try {
    interpreter.throw_into(generator, sent, Entry::native, 0);
  } catch (const Raise& raised) {
    if (frame_ == before) throw;
    if (!interpreter.unwind(raised.value, frame, true)) throw;
  }
  interpreter.execute(frame, true, result);
  return result;
}

namespace {

Generator* self(const Value& value) { return static_cast<Generator*>(value.as_object()); }

[[noreturn]] void stop(Generator* generator) {
  const Value result = std::move(generator->result);
  if (result.is_undefined() || result.is_none()) raise("StopIteration", {});
  raise("StopIteration", {result});
}

Value generator_next(const Value& object) { return Machine::current().resume(self(object), Value::none(), false); }
/// The same where nobody asks for what it returns.
Value generator_step(const Value& object) {
  Value value = generator_next(object);
  if (value.is_undefined()) self(object)->result = Value();
  return value;
}
Value next_method(const Value* p) {
  Value value = generator_next(p[0]);
  if (value.is_undefined()) stop(self(p[0]));
  return value;
}
Value send(const Value* p) {
  Generator* generator = self(p[0]);
  if (!generator->started && generator->frame && !p[1].is_none()) fail("TypeError", "can't send non-None value to a just-started generator");
  Value value = Machine::current().resume(generator, p[1], false);
  if (value.is_undefined()) stop(generator);
  return value;
}
Value throw_method(const Value* p) {
  Value exception = p[1];
  if (const auto* type = as<Type>(exception)) exception = call(exception, p[2].is_none() ? std::initializer_list<Value>{} : std::initializer_list<Value>{p[2]}), (void)type;
  if (!as<Exception>(exception)) fail("TypeError", "exceptions must be classes or instances deriving from BaseException, not ", type_of(p[1])->name);
  Value value = Machine::current().resume(self(p[0]), exception, true);
  if (value.is_undefined()) stop(self(p[0]));
  return value;
}
Value close(const Value* p) {
  Generator* generator = self(p[0]);
  if (!generator->frame) return Value::none();
  if (!generator->started) {
    generator->clear();
    return Value::none();
  }
  try {
    const Value value = Machine::current().resume(generator, make_exception(exception_type("GeneratorExit"), {}), true);
    if (!value.is_undefined()) fail("RuntimeError", "generator ignored GeneratorExit");
  } catch (const Raise& raised) {
    if (!is_instance(raised.value, exception_type("GeneratorExit")) && !is_instance(raised.value, exception_type("StopIteration"))) throw;
  }
  return Value::none();
}
std::string generator_repr(const Value& object) {
  std::string text = repr_default(object);
  const std::size_t space = text.find(' ');
  return cat("<generator object ", str(self(object)->qualname), text.substr(text.find(" at ", space)));
}
Value generator_name(const Value& object) { return self(object)->name; }

}  // namespace

void setup_generators() {
  Type* type = Generator::class_type();
  type->slots.iterate = [](const Value& object) { return object; };
  type->slots.next = generator_step;
  type->slots.repr = generator_repr;
  static constexpr Method kMethods[] = {{"__next__(self, /)", next_method}, {"send(self, value, /)", send},
                                        {"throw(self, type, value=None, traceback=None, /)", throw_method}, {"close(self, /)", close}};
  static constexpr Property kProperties[] = {{"__name__", generator_name}, {"gi_running", [](const Value& self) { return Value::boolean(static_cast<Generator*>(self.as_object())->running); }}};
  add_methods(type, kMethods);
  add_properties(type, kProperties);
  const auto run_by_machine = [type](std::string_view name, MachineCall what) {
    static_cast<NativeFunction*>(type->find(intern(name))->as_object())->machine_call = what;
  };
  run_by_machine("__next__", MachineCall::generator_next);
  run_by_machine("send", MachineCall::generator_send);
}

}  // namespace nabla
