// torch.save and torch.load. What is saved becomes bytes of our own form, in a file in memory (python/files.h).
//
// The form: a head, then one value. A value is a letter and what the letter asks for; objects that may be shared or hold themselves get
// a number in the order of their letters, and 'r' with that number means the same object again. Integers are 8 bytes, as the machine has them.
#include <cstring>
#include <unordered_map>

#include "autograd/variable.h"
#include "base/error.h"
#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/files.h"
#include "python/function.h"
#include "python/machine.h"
#include "python/modules/collections.h"
#include "python/slots.h"
#include "tensor/loops.h"
#include "torch/optimizer.h"
#include "torch/torch.h"

namespace nabla {
namespace {

constexpr std::string_view kHead = "nabla saved 1\n";
constexpr int kDeepest = 500;

/// Exceptions of the module pickle, by the names that it shows.
[[noreturn]] void fail_pickling(const char* name, std::string message) {
  Type* const type = exception_type(name);
  type->module = "_pickle";
  throw Error{name, std::move(message), {}};
}

// ---- names: classes and functions are saved as where they are found ------------------------------------------------------

/// The module in which a name of `module` lies here: PyTorch spreads its classes over files that nabla has not got.
std::string home_of(const std::string& module) {
  if (module == "torch.optim.lr_scheduler" || module == "torch.optim.swa_utils") return module;
  for (const char* home : {"torch.nn.modules", "torch.optim"}) {
    if (module.starts_with(cat(home, "."))) return home == std::string_view("torch.nn.modules") ? "torch.nn" : home;
  }
  if (module == "torch.nn.parameter") return "torch.nn";
  return module.starts_with("torch._C") ? "torch" : module;
}

/// Is all that an instance holds in its attributes?
bool has_attributes_alone(Type* kind) {
  return (kind->is_heap && native_base(kind) == object_type()) || kind->is_subtype_of(optimizers::optimizer_type());
}

/// module.name; undefined when there is none.
Value find_global(const std::string& module, const std::string& name) {
  Value at;
  std::string_view rest = name;
  for (bool first = true; !rest.empty(); first = false) {
    const std::size_t dot = rest.find('.');
    Str* const part = intern(rest.substr(0, dot));
    rest = dot == std::string_view::npos ? "" : rest.substr(dot + 1);
    try {
      if (first && module == "__main__") {
        const Value* found = Machine::current().globals().find(part);
        if (!found) return Value();
        at = *found;
      } else {
        at = get_attribute(first ? import_module(module) : at, part);
      }
    } catch (const Error&) {
      return Value();
    } catch (const Raise&) {
      return Value();
    }
  }
  return at;
}

std::string text_or(const Value& value, std::string_view otherwise) {
  const std::string* text = text_of(value);
  return text ? *text : std::string(otherwise);
}

// ------------------------------------------------------------------------------------------------------------------ saving

class Writer {
 public:
  std::string bytes{kHead};

  void value(const Value& x) {
    if (x.is_none()) return letter('N');
    if (x.is_bool()) return letter(truth(x) ? 'T' : 'F');
    if (is_int(x)) {
      letter('i');
      return number(to_index(x));
    }
    if (is_number(x)) {
      letter('d');
      const double d = to_double(x);
      std::int64_t bits;
      std::memcpy(&bits, &d, 8);
      return number(bits);
    }
    if (!x.is_object()) fail("TypeError", "cannot pickle '", type_of(x)->name, "' object");
    if (++depth_ > kDeepest) fail("RecursionError", "maximum recursion depth exceeded while pickling an object");
    object(x);
    --depth_;
  }

 private:
  void letter(char c) { bytes += c; }
  void number(std::int64_t n) { bytes.append(reinterpret_cast<const char*>(&n), 8); }
  void text(std::string_view s) {
    number(static_cast<std::int64_t>(s.size()));
    bytes += s;
  }
  void values(const std::vector<Value>& items) {
    number(static_cast<std::int64_t>(items.size()));
    for (const Value& item : std::vector<Value>(items)) value(item);
  }
  void entries(const Dict& dict) {
    number(static_cast<std::int64_t>(dict.count));
    for (const Dict::Entry& entry : std::vector<Dict::Entry>(dict.entries)) {
      if (entry.key.is_undefined()) continue;
      value(entry.key);
      value(entry.value);
    }
  }

  /// A class or a function: where it is found. Words as pickle's.
  void global(const Value& x, const std::string& module, const std::string& name) {
    if (name.find("<locals>") != std::string::npos) fail("AttributeError", "Can't pickle local object '", name, "'");
    const std::string home = home_of(module);
    if (!(find_global(home, name) == x)) fail_pickling("PicklingError", cat("Can't pickle ", repr(x), ": attribute lookup ", name, " on ", module, " failed"));
    letter('g');
    text(home);
    text(name);
  }
  void type(const Type* one) {
    const Value* qualname = one->attributes->find(intern("__qualname__"));
    global(Value::object(const_cast<Type*>(one)), one->module, qualname ? text_or(*qualname, one->name) : one->name);
  }
  void native_function(const Value& x, const std::string& name) {
    for (const char* module : {"builtins", "torch", "torch.nn.functional", "torch.linalg", "torch.special", "math"}) {
      if (find_global(module, name) == x) return global(x, module, name);
    }
    fail_pickling("PicklingError", cat("Can't pickle ", repr(x), ": attribute lookup ", name, " failed"));
  }

  void tensor(const TensorImpl& x) {
    letter('t');
    letter(static_cast<char>(x.dtype));
    letter(x.type == parameter_type() ? 'P' : '-');
    letter(x.requires_grad || x.grad_fn ? 'g' : '-');
    number(static_cast<std::int64_t>(x.sizes.size()));
    for (const std::int64_t size : x.sizes) number(size);
    const Tensor plain = contiguous(Tensor(const_cast<TensorImpl*>(&x)));
    bytes.append(plain->data_as<char>(), static_cast<std::size_t>(plain->numel * item_size(plain->dtype)));
  }

  void object(const Value& x) {
    Object* const address = x.as_object();
    if (const auto* s = text_of(x)) {
      letter('s');
      return text(*s);
    }
    if (const std::string* b = bytes_of(x)) {
      letter('b');
      return text(*b);
    }
    if (const auto* dtype = as<DTypeObject>(x)) {
      letter('D');
      return letter(static_cast<char>(dtype->dtype));
    }
    if (const auto* device = as<DeviceObject>(x)) {
      letter('V');
      return text(device->name);
    }
    if (const auto* function = as<Function>(x)) return global(x, text_or(function->word(Function::module), "__main__"), text_or(function->word(Function::qualname), "?"));
    if (const auto* one = as<Type>(x)) return type(one);
    if (const auto* function = as<NativeFunction>(x)) return native_function(x, function->name->text);
    if (const auto seen = numbers_.find(address); seen != numbers_.end()) {
      letter('r');
      return number(seen->second);
    }
    numbers_.emplace(address, static_cast<std::int64_t>(numbers_.size()));
    kept_.push_back(x);
    Type* const kind = type_of(x);
    if (const TensorImpl* t = as_tensor(x)) return tensor(*t);
    if (const auto* list = as<List>(x); list && kind == List::class_type()) {
      letter('l');
      return values(list->items);
    }
    if (const auto* items = as<Tuple>(x)) {
      letter(kind == Tuple::class_type() ? '(' : kind == size_type() ? 'z' : 'n');
      if (kind != Tuple::class_type() && kind != size_type()) type(kind);
      return values(items->items);
    }
    if (kind == Set::class_type() || kind == frozenset_type()) {
      letter(kind == frozenset_type() ? 'f' : 'e');
      return values(to_vector(x));
    }
    if (const auto* dict = as<Dict>(x); dict && !kind->is_heap) {
      if (kind == Dict::class_type()) {
        letter('{');
      } else {
        letter('o');
        type(kind);
        value(kind == defaultdict_type() ? get_attribute(x, intern("default_factory")) : Value::none());
      }
      return entries(*dict);
    }
    if (has_attributes_alone(kind)) {
      const Value own = call_special(x, intern("__getstate__"));
      letter('O');
      type(kind);
      if (!own.is_undefined()) return value(own);
      auto attributes = static_cast<Instance*>(address)->dict;
      return attributes ? value(attributes) : value(Value::none());
    }
    fail("TypeError", "cannot pickle '", kind->name, "' object");
  }

  std::unordered_map<const Object*, std::int64_t> numbers_;
  std::vector<Value> kept_;  // what __getstate__ made must not go while its address is a key
  int depth_ = 0;
};

// ----------------------------------------------------------------------------------------------------------------- loading

class Reader {
 public:
  /// `only_weights`: classes and functions of the program's own are refused.
  Reader(std::string_view bytes, bool only_weights) : bytes_(bytes), only_weights_(only_weights) {}

  Value value() {
    switch (const char c = letter()) {
      case 'N': return Value::none();
      case 'T': return Value::boolean(true);
      case 'F': return Value::boolean(false);
      case 'i': return integer(number());
      case 'd': {
        const std::int64_t bits = number();
        double d;
        std::memcpy(&d, &bits, 8);
        return Value::number(d);
      }
      case 's': return string(std::string(text()));
      case 'b': return make_bytes(std::string(text()));
      case 'D': return dtype_object(dtype());
      case 'V': return make<DeviceObject>(std::string(text()));
      case 'g': return global();
      case 'r': {
        const std::int64_t n = number();
        if (n < 0 || n >= static_cast<std::int64_t>(made_.size())) broken();
        return made_[static_cast<std::size_t>(n)];
      }
      default: return object(c);
    }
  }

 private:
  [[noreturn]] static void broken() { fail_pickling("UnpicklingError", "pickle data was truncated"); }
  std::string_view take(std::int64_t count) {
    if (count < 0 || static_cast<std::size_t>(count) > bytes_.size()) broken();
    const std::string_view out = bytes_.substr(0, static_cast<std::size_t>(count));
    bytes_.remove_prefix(static_cast<std::size_t>(count));
    return out;
  }
  char letter() { return take(1)[0]; }
  std::int64_t number() {
    std::int64_t n;
    std::memcpy(&n, take(8).data(), 8);
    return n;
  }
  std::string_view text() { return take(number()); }
  /// How many values or bytes follow: never more than there are bytes.
  std::int64_t count() {
    const std::int64_t n = number();
    if (n < 0 || static_cast<std::size_t>(n) > bytes_.size()) broken();
    return n;
  }
  DType dtype() {
    const int t = letter();
    if (t < 0 || t >= kDTypeCount) broken();
    return static_cast<DType>(t);
  }
  std::vector<Value> values() {
    std::vector<Value> items;
    for (std::int64_t left = count(); left > 0; --left) items.push_back(value());
    return items;
  }
  void entries(Dict& dict) {
    for (std::int64_t left = count(); left > 0; --left) {
      const Value key = value();
      dict.set(key, value());
    }
  }
  Value global() {
    const std::string module(text()), name(text());
    if (only_weights_ && module != "collections") {
      fail_pickling("UnpicklingError", cat("Weights only load failed. Re-running `torch.load` with `weights_only` set to `False` will likely succeed, but it can "
                                           "result in arbitrary code execution.Do it only if you get the file from a trusted source. WeightsUnpickler error: "
                                           "Unsupported class ", module, ".", name));
    }
    Value found = find_global(module, name);
    if (found.is_undefined()) fail("AttributeError", "Can't get attribute '", name, "' on <module '", module, "'>");
    return found;
  }
  Type* type() {
    if (letter() != 'g') broken();
    const Value found = global();
    Type* const one = as<Type>(found);
    if (!one) fail("TypeError", "what was saved as a class is ", repr(found), " now");
    return one;
  }

  Value tensor() {
    const DType t = dtype();
    const bool is_parameter = letter() == 'P', needs_grad = letter() == 'g';
    Dims sizes;
    std::int64_t numel = 1;
    for (std::int64_t left = count(); left > 0; --left) {
      sizes.push_back(number());
      if (sizes.back() < 0 || (sizes.back() > 0 && numel > static_cast<std::int64_t>(bytes_.size()) / sizes.back())) broken();
      numel *= sizes.back();
    }
    const Tensor x = empty(sizes, t);
    const std::string_view data = take(numel * item_size(t));
    std::memcpy(x->data_as<char>(), data.data(), data.size());
    if (is_parameter) x->type = parameter_type();
    x->requires_grad = needs_grad;
    return wrap(x);
  }

  Value object(char c) {
    if (++depth_ > kDeepest) broken();
    Value made = object_below(c);
    --depth_;
    return made;
  }
  Value object_below(char c) {
    const std::size_t place = made_.size();
    made_.emplace_back();
    const auto keep = [&](Value made) {
      made_[place] = made;
      return made;
    };
    switch (c) {
      case 't': return keep(tensor());
      case 'l': {
        const Value made = keep(list({}));
        std::vector<Value> items = values();
        as<List>(made)->items = std::move(items);
        return made;
      }
      case '(': return keep(tuple(values()));
      case 'z': return keep(make<Tuple>(values(), size_type()));
      case 'n': {
        Type* const kind = type();
        return keep(make<Tuple>(values(), kind));
      }
      case 'f':
      case 'e': {
        const Value items = list(values());
        Type* const kind = c == 'f' ? frozenset_type() : Set::class_type();
        return keep(kind->construct(kind, Args{&items, 1, nullptr}));
      }
      case '{': {
        const Value made = keep(make<Dict>());
        entries(*as<Dict>(made));
        return made;
      }
      case 'o': {
        Type* const kind = type();
        const Value factory = value();
        if (!kind->is_subtype_of(Dict::class_type()) || !kind->construct) broken();
        const Value made = keep(kind->construct(kind, Args{&factory, kind == defaultdict_type() ? 1u : 0u, nullptr}));
        entries(*as<Dict>(made));
        return made;
      }
      case 'O': {
        Type* const kind = type();
        if (!has_attributes_alone(kind)) fail("TypeError", "what was saved as a class is ", repr(Value::object(kind)), " now");
        const Value made = keep(kind->is_subtype_of(optimizers::optimizer_type()) ? optimizers::bare_optimizer(kind) : make<Instance>(kind));
        const Value state = value();
        if (!call_special(made, intern("__setstate__"), {state}).is_undefined()) return made;
        if (const Dict* attributes = as<Dict>(state)) {
          for (const Dict::Entry& entry : attributes->entries) {
            if (!entry.key.is_undefined()) static_cast<Instance*>(made.as_object())->attributes().set(entry.key, entry.value);
          }
        }
        return made;
      }
      default: broken();
    }
  }

  std::string_view bytes_;
  bool only_weights_;
  int depth_ = 0;
  std::vector<Value> made_;
};

// --------------------------------------------------------------------------------------------------------------- functions

/// The name of a file: a str, or what str() makes of a path. Undefined name: something with read() or write().
bool is_name(const Value& f, std::string* name) {
  if (const std::string* text = text_of(f)) *name = *text;
  else if (type_of(f)->find(intern("__fspath__"))) *name = str(f);
  else return false;
  return true;
}

Value torch_save(const Value* p) {
  std::string name;
  Value write;
  if (!is_name(p[1], &name)) write = get_attribute(p[1], intern("write"));
  Writer writer;
  writer.value(p[0]);
  if (!write.is_undefined()) {
    call(write, {make_bytes(std::move(writer.bytes))});
    return Value::none();
  }
  write_file(name, std::move(writer.bytes));
  return Value::none();
}

Value torch_load(const Value* p) {
  std::string name;
  Value read;
  std::string_view bytes;
  if (is_name(p[0], &name)) {
    bytes = read_file(name);
  } else {
    read = call(get_attribute(p[0], intern("read")), {});
    const std::string* content = bytes_of(read);
    if (!content) fail("TypeError", "read() must give bytes, not ", type_of(read)->name);
    bytes = *content;
  }
  if (!p[1].is_none() && (text_of(p[1]) || as<DeviceObject>(p[1]))) {
    if (str(p[1]).starts_with("cuda")) {
      fail("RuntimeError", "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running on a CPU-only "
                           "machine, please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU.");
    }
    check_device(p[1]);
  }
  if (bytes.empty()) fail("EOFError", "Ran out of input");
  if (!bytes.starts_with(kHead)) {
    fail_pickling("UnpicklingError", cat("invalid load key, '", bytes.substr(0, 1), "'."));
  }
  return Reader(bytes.substr(kHead.size()), truth(p[3])).value();
}

constexpr Method kFunctions[] = {
    {"def save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True)", torch_save},
    {"def load(f, map_location=None, pickle_module=None, *, weights_only=False, mmap=None)", torch_load},
};

}  // namespace

void add_saving(Dict& torch) {
  for (const Method& function : kFunctions) torch.set(intern(function.signature.substr(4, 4)), native(function.signature, function.function));
}

/// For lib/pickle.py: its exceptions.
void add_pickle_errors(Dict& module) {
  for (const char* name : {"PickleError", "PicklingError", "UnpicklingError"}) {
    Type* const type = exception_type(name);
    type->module = "_pickle";
    module.set(intern(name), Value::object(type));
  }
}

}  // namespace nabla
