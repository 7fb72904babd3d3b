// Calls: entering frames for functions, methods, classes and whatever else can be called, without C++ recursion where it is Python code.
#include "python/builtins/builtins.h"
#include "python/fast_paths.h"
#include "python/interpreter.h"
#include "python/type_name.h"

namespace nabla {

void Interpreter::enter(Frame* frame) {
  frame->back = m.frame_;
  m.frame_ = frame;
}

void Interpreter::leave(Frame* frame, Value value) {
  const std::uint16_t into = frame->result;
  const Entry entry = frame->entry;
  m.frame_ = frame->back;
  --m.depth_;
  free_frame(frame);
  if (entry == Entry::sign || entry == Entry::answer) {
    settle(entry, std::move(value));
  } else {
    m.frame_->registers()[into] = std::move(value);
  }
}

void Interpreter::call_function(Function* function, Value* args, std::uint32_t positional, const Tuple* keywords, std::uint16_t result, Entry entry, Value instance) {
  const Code* code = function->code.get();
  if (m.depth_ >= m.recursion_limit) fail("RecursionError", "maximum recursion depth exceeded");
  Frame* frame = make_frame(code, function, function->globals.get());
  try {
    bind_arguments(frame, *function, Args{args, positional, keywords});
  } catch (...) {
    free_frame(frame);
    throw;
  }
  const std::uint32_t count = positional + (keywords ? static_cast<std::uint32_t>(keywords->items.size()) : 0);
  for (std::uint32_t i = 0; i < count; ++i) args[i] = Value();
  if (!function->closure.empty()) load_closure(frame, *function);
  if (code->flags & Code::generator) {
    auto generator = make<Generator>(frame);
    generator->name = function->word(Function::name);
    generator->qualname = function->word(Function::qualname);
    if (entry == Entry::construct) check_init_result(generator);
    m.frame_->registers()[result] = std::move(generator);
    return;
  }
  frame->entry = entry;
  frame->result = result;
  frame->instance = std::move(instance);
  ++m.depth_;
  enter(frame);
}

void Interpreter::call(Value callee, Value* args, std::uint32_t positional, const Tuple* keywords, std::uint16_t result, bool room) {
  const std::uint32_t count = positional + (keywords ? static_cast<std::uint32_t>(keywords->items.size()) : 0);
  const auto give = [&](Value value) {
    for (std::uint32_t i = 0; i < count; ++i) args[i] = Value();
    m.frame_->registers()[result] = std::move(value);
  };
  if (!callee.is_object()) fail("TypeError", "'", type_name(callee), "' object is not callable");
  if (cycles_are_due()) collect_cycles();
  Object* object = callee.as_object();
  const Type* kind = object->type;
  if (kind == Function::class_type()) return call_function(static_cast<Function*>(object), args, positional, keywords, result, Entry::call, Value());

  if (kind == NativeFunction::class_type()) {
    auto* native = static_cast<NativeFunction*>(object);
    Generator* generator = positional > 0 && !keywords ? as<Generator>(args[0]) : nullptr;
    if (native->machine_call != MachineCall::no && generator && generator->frame && !generator->running) {
      const Value kept = args[0];
      switch (native->machine_call) {
        case MachineCall::next:
          if (positional == 1) {
            args[0] = Value();
            return enter_generator(generator, Value::none(), Entry::next, result);
          }
          break;
        case MachineCall::generator_next: args[0] = Value(); return enter_generator(generator, Value::none(), Entry::next, result);
        case MachineCall::generator_send:
          if (positional == 2 && (generator->started || args[1].is_none())) {
            args[0] = Value();
            return enter_generator(generator, std::move(args[1]), Entry::next, result);
          }
          break;
        case MachineCall::generator_throw: {
          const Value exception = positional > 1 ? raise_operand(args[1]) : Value();
          if (!exception.is_undefined()) throw_into(generator, exception, Entry::next, result);
          break;
        }
        default: break;
      }
    }
    return give(call_native(*native, Args{args, positional, keywords}));
  }

  if (kind == Memo::class_type()) {
    auto* memo = static_cast<Memo*>(object);
    auto* function = as<Function>(memo->function);
    if (function && !(function->code->flags & Code::generator)) {
      Value key;
      Value known = memo->recall(Args{args, positional, keywords}, key);
      if (!known.is_undefined()) return give(std::move(known));
      return call_function(function, args, positional, keywords, result, Entry::memo, tuple({callee, std::move(key)}));
    }
  }

  // What is left has a self to put before the arguments.
  const auto with_self = [&](Value function, Value self, Entry entry, Value instance) {
    std::vector<Value> moved;
    Value* first = args - 1;
    if (!room) {
      moved.reserve(count + 1);
      moved.push_back(std::move(self));
      for (std::uint32_t i = 0; i < count; ++i) moved.push_back(std::move(args[i]));
      first = moved.data();
    } else {
      *first = std::move(self);
    }
    if (auto* python = as<Function>(function)) return call_function(python, first, positional + 1, keywords, result, entry, std::move(instance));
    call(std::move(function), first, positional + 1, keywords, result, false);
  };
  if (kind->is_subtype_of(BoundMethod::class_type())) {
    const auto* method = static_cast<BoundMethod*>(object);
    return with_self(method->function, method->self, Entry::call, Value());
  }
  if (kind == type_type() || (kind->is_heap && !kind->slots.call && kind->is_subtype_of(type_type()))) {
    auto* type = static_cast<Type*>(object);
    if (type->construct == construct_python) {
      const Value* init = type->find(names::init);
      const Function* function = init ? as<Function>(*init) : nullptr;
      if (function && !(function->code->flags & Code::generator)) {
        bool initialize = false;
        Value made = construct_new(type, Args{args, positional, keywords}, initialize);
        if (!initialize) return give(std::move(made));
        const Value kept = type_of(made)->lookup(names::init);
        if (as<Function>(kept)) return with_self(kept, made, Entry::construct, made);
        check_init_result(nabla::call(bind_attribute(kept, made, type_of(made)), Args{args, positional, keywords}));
        return give(std::move(made));
      }
    }
    return give(nabla::call(callee, Args{args, positional, keywords}));
  }
  if (kind->is_heap) {
    const Value* found = kind->find(names::call);
    if (found && as<Function>(*found)) return with_self(*found, callee, Entry::call, Value());
  }
  give(nabla::call(callee, Args{args, positional, keywords}));
}

void Interpreter::call_spread(Value* base, std::uint16_t result) {
  Value callee = std::move(base[0]);
  const Value list = std::move(base[1]), dict = std::move(base[2]);
  std::vector<Value> values{Value()};  // room for a self
  const auto& items = static_cast<List*>(list.as_object())->items;
  values.insert(values.end(), items.begin(), items.end());
  Ref<Tuple> keywords;
  if (const auto* named = as<Dict>(dict); named && named->count) {
    std::vector<Value> names;
    for (const Dict::Entry& entry : named->entries) {
      if (entry.key.is_undefined()) continue;
      names.push_back(Value::object(intern(*text_of(entry.key))));
      values.push_back(entry.value);
    }
    keywords = make<Tuple>(std::move(names));
  }
  call(std::move(callee), values.data() + 1, static_cast<std::uint32_t>(items.size()), keywords.get(), result, true);
}

namespace {
std::string callee_name(const Value& callee) {
  if (const auto* f = as<Function>(callee)) return str(f->word(Function::qualname)) + "()";
  if (const auto* f = as<NativeFunction>(callee)) return f->name->text + "()";
  if (const auto* f = as<BoundMethod>(callee)) return callee_name(f->function);
  if (const auto* f = as<Type>(callee)) return f->name + "()";
  return str(callee);
}
}  // namespace

void extend_list(std::vector<Value>& into, const Value& source, const Value* callee) {
  const Type* type = type_of(source);
  if (!type->slots.iterate && !type->slots.get_item) {
    if (callee) fail("TypeError", callee_words(*callee), " argument after * must be an iterable, not ", type->name);
    fail("TypeError", "Value after * must be an iterable, not ", type->name);
  }
  std::vector<Value> items = to_vector(source);
  into.insert(into.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
}

void merge_dict(Dict& into, const Value& other, const Value* callee) {
  const auto add = [&](const Value& key, const Value& value) {
    if (callee) {
      if (!text_of(key)) fail("TypeError", "keywords must be strings");
      if (into.find(key)) fail("TypeError", callee_words(*callee), " got multiple values for keyword argument '", *text_of(key), "'");
    }
    into.set(key, value);
  };
  if (const auto* dict = as<Dict>(other)) {
    const std::vector<Dict::Entry> entries = dict->entries;
    for (const Dict::Entry& entry : entries) {
      if (!entry.key.is_undefined()) add(entry.key, entry.value);
    }
    return;
  }
  static Str* const keys = intern("keys");
  const Value method = find_attribute(other, keys);
  if (method.is_undefined()) {
    if (callee) fail("TypeError", callee_words(*callee), " argument after ** must be a mapping, not ", type_of(other)->name);
    fail("TypeError", "'", type_of(other)->name, "' object is not a mapping");
  }
  for (const Value& key : to_vector(nabla::call(method, {}))) add(key, get_item(other, key));
}

std::string callee_words(const Value& callee) {
  const auto* function = as<Function>(callee);
  return (function ? str(function->word(Function::module)) + "." : "") + callee_name(callee);
}

// ------------------------------------------------------------------------------------------------------------- nested

Value Machine::call_function(Function* function, Args args) {
  const NativeCall guard;
  if (!frame_) left_ = slice_ = std::max<std::int64_t>(left_, 0);
  Interpreter interpreter{*this};
  // A frame of no code stands below, whose register 0 takes the result should it come at once (a generator).
  std::vector<Value> values(args.values, args.values + args.positional + args.keyword_count());
  const Code* code = function->code.get();
  if (depth_ >= recursion_limit) fail("RecursionError", "maximum recursion depth exceeded");
  Frame* frame = make_frame(code, function, function->globals.get());
  try {
    bind_arguments(frame, *function, Args{values.data(), args.positional, args.keywords});
  } catch (...) {
    free_frame(frame);
    throw;
  }
  values.clear();
  if (!function->closure.empty()) load_closure(frame, *function);
  if (code->flags & Code::generator) {
    auto generator = make<Generator>(frame);
    generator->name = function->word(Function::name);
    generator->qualname = function->word(Function::qualname);
    return generator;
  }
  frame->entry = Entry::native;
  frame->back = frame_;
  frame_ = frame;
  ++depth_;
  Value result;
  interpreter.execute(frame, true, result);
  return result;
}

// ------------------------------------------------------------------------------------- what else instructions ask for

void Interpreter::make_function(Frame* frame, const Instruction& i, Value* r) {
  const Ref<Code>& code = frame->code->codes[i.b];
  auto function = make<Function>(code, Ref<Dict>(frame->globals));
  if (auto* defaults = as<Tuple>(r[i.c])) function->defaults = std::move(defaults->items);
  if (auto* defaults = as<Tuple>(r[i.c + 1])) function->keyword_defaults = std::move(defaults->items);
  if (!function->defaults.empty() || !function->keyword_defaults.empty()) function->tag |= Visitor::kFollowed;
  r[i.c] = Value();
  r[i.c + 1] = Value();
  if (!code->captures.empty()) {
    function->closure.reserve(code->captures.size());
    for (const std::uint16_t reg : code->captures) function->closure.emplace_back(static_cast<Cell*>(r[reg].as_object()));
    function->link();
  }
  r[i.a] = std::move(function);
}

void Interpreter::make_class(Value* r, const Instruction& i, Str* name) {
  const Value body = std::move(r[0]);
  std::vector<Value> bases;
  Value keywords;
  if (i.b == kSpreadBases) {  // a list of bases, and a dict of keywords or nothing
    bases = std::move(static_cast<List*>(r[1].as_object())->items);
    keywords = std::move(r[2]);
  } else {
    for (std::uint16_t n = 0; n < i.b; ++n) bases.push_back(std::move(r[1 + n]));
  }
  r[0] = build_class(name, std::move(bases), body, as<Dict>(keywords));
}

void Interpreter::unpack(const Value& value, Value* out, std::uint32_t count) {
  const auto* list = as<List>(value);
  const auto* tuple = as<Tuple>(value);
  if (list || tuple) {
    const std::vector<Value>& items = list ? list->items : tuple->items;
    if (items.size() < count) fail("ValueError", "not enough values to unpack (expected ", count, ", got ", items.size(), ")");
    if (items.size() > count) fail("ValueError", "too many values to unpack (expected ", count, ")");
    for (std::uint32_t i = 0; i < count; ++i) out[i] = items[i];
    return;
  }
  if (!type_of(value)->slots.iterate && !type_of(value)->slots.get_item) fail("TypeError", "cannot unpack non-iterable ", type_of(value)->name, " object");
  const Value iterator = iterate(value);
  for (std::uint32_t i = 0; i < count; ++i) {
    out[i] = next(iterator);
    if (out[i].is_undefined()) fail("ValueError", "not enough values to unpack (expected ", count, ", got ", i, ")");
  }
  if (!next(iterator).is_undefined()) fail("ValueError", "too many values to unpack (expected ", count, ")");
}

void Interpreter::unpack_star(const Value& value, Value* out, std::uint32_t before, std::uint32_t after) {
  if (!type_of(value)->slots.iterate && !type_of(value)->slots.get_item) fail("TypeError", "cannot unpack non-iterable ", type_of(value)->name, " object");
  std::vector<Value> items = to_vector(value);
  if (items.size() < before + after) fail("ValueError", "not enough values to unpack (expected at least ", before + after, ", got ", items.size(), ")");
  for (std::uint32_t i = 0; i < before; ++i) out[i] = items[i];
  for (std::uint32_t i = 0; i < after; ++i) out[before + 1 + i] = items[items.size() - after + i];
  out[before] = list(std::vector<Value>(items.begin() + before, items.end() - after));
}

void Interpreter::with_enter(const Value& manager, Value* out) {
  Type* type = type_of(manager);
  const Value enter = type->lookup(names::enter), exit = type->lookup(names::exit);
  if (enter.is_undefined()) fail("TypeError", "'", type->name, "' object does not support the context manager protocol");
  if (exit.is_undefined()) fail("TypeError", "'", type->name, "' object does not support the context manager protocol (missed __exit__ method)");
  Value bound = bind_attribute(exit, manager, type);
  out[1] = nabla::call(bind_attribute(enter, manager, type), {});
  out[0] = std::move(bound);
}

std::string ascii_of(const Value& value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const std::string text = repr(value);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i++]);
    if (byte < 0x80) {
      out += static_cast<char>(byte);
      continue;
    }
    std::uint32_t c = byte < 0xE0 ? byte & 0x1F : byte < 0xF0 ? byte & 0x0F : byte & 0x07;
    while (i < text.size() && (text[i] & 0xC0) == 0x80) c = c << 6 | (text[i++] & 0x3F);
    const int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    out += c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kDigits[c >> shift & 15];
  }
  return out;
}

}  // namespace nabla
