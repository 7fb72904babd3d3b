// The types of what the machine makes: object and type themselves, functions, methods, descriptors, modules, super.
#include <new>

#include "python/open_types.h"
#include "python/library.h"
#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/frame.h"
#include "python/machine.h"
#include "python/slots.h"

namespace nabla {
namespace {

// Static storage, as Note [Making the types] says: the addresses are known before the types are made.
union Room {
  Type type;
  constexpr Room() : nothing(0) {}
  ~Room() {}
  char nothing;
};
Room g_function, g_native, g_wrapper, g_method, g_native_method, g_getset, g_property, g_static, g_class, g_super, g_cell, g_code, g_generator, g_exception;

Type* make_at(Room& room, const char* name, Type* base = object_type()) {
  Type* type = ::new (static_cast<void*>(&room.type)) Type(name, base);
  type->retain();
  type->is_final = true;
  return type;
}

std::string address(const void* object) {
  static constexpr char kDigits[] = "0123456789abcdef";
  auto number = reinterpret_cast<std::uintptr_t>(object);
  std::string digits;
  do {
    digits.insert(digits.begin(), kDigits[number % 16]);
    number /= 16;
  } while (number);
  return cat("0x", std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0'), digits);
}

template <class T>
T* self(const Value& value) {
  return static_cast<T*>(value.as_object());
}

// --------------------------------------------------------------------------------------------------------------- object

std::uint64_t hash_identity(const Value& value) {
  hashed_at_random = true;
  return value.bits() >> 4 ^ value.bits() << 60;
}

Value construct_object(Type* cls, Args args) {
  if (args.positional + args.keyword_count() > 0) fail("TypeError", cls->name, "() takes no arguments");
  return make<Instance>(cls);
}

Value object_class(const Value& object) { return Value::object(type_of(object)); }
void set_object_class(const Value& object, const Value& value) {
  auto* instance = dynamic_cast<Instance*>(object.is_object() ? object.as_object() : nullptr);
  auto* type = as<Type>(value);
  if (!instance || !type || !type->is_heap || native_base(type) != native_base(instance->type)) {
    fail("TypeError", "__class__ assignment only supported for mutable types or ModuleType subclasses");
  }
  type->retain();
  if (instance->type->is_heap) instance->type->release();
  instance->type = type;
}
Value object_dict(const Value& object) {
  if (!instance_dict(object)) missing_attribute(object, names::dict);
  if (type_of(object)->is_closed) missing_attribute(object, names::dict);
  instance_dict(object)->link();
  return Ref<Dict>(instance_dict(object));
}
void set_object_dict(const Value& object, const Value& value) {
  auto* dict = as<Dict>(value);
  if (!instance_dict(object)) missing_attribute(object, names::dict);
  if (!dict) fail("TypeError", "__dict__ must be set to a dictionary, not a '", type_of(value)->name, "'");
  auto* instance = dynamic_cast<Instance*>(object.as_object());
  if (!instance) fail("TypeError", "setting __dict__ of a '", type_of(object)->name, "' object is not part of nabla");
  instance->dict = Ref<Dict>(dict);
}
Value object_new(Args args) {
  Type* cls = args.positional ? as<Type>(args[0]) : nullptr;
  if (!cls) fail("TypeError", "object.__new__(X): X is not a type object (", args.positional ? type_of(args[0])->name : "nothing", ")");
  Type* native = native_base(cls);
  if (native == object_type()) {
    check_concrete(cls);
    return make<Instance>(cls);
  }
  if (!native->construct) fail("TypeError", "cannot create '", cls->name, "' instances");
  return native->construct(cls, args.rest());
}
Value object_init(Args args) {
  if (args.positional + args.keyword_count() <= 1) return Value::none();
  Type* type = type_of(args[0]);
  Type* native = native_base(type);
  if (native != object_type()) {
    // The mutable containers take their contents here when a class's own __init__ hands them on.
    const Value& self = args[0];
    if (native == List::class_type()) {
      std::swap(as<List>(self)->items, as<List>(native->construct(native, args.rest()))->items);
    } else if (native->is_subtype_of(Dict::class_type())) {
      const Value fresh = Dict::class_type()->construct(Dict::class_type(), args.rest());
      for (const Dict::Entry& entry : as<Dict>(fresh)->entries) {
        if (!entry.key.is_undefined()) as<Dict>(self)->set(entry.key, entry.value);
      }
    } else if (native == Set::class_type()) {
      as<Set>(self)->swap(*as<Set>(native->construct(native, args.rest())));
    }
    return Value::none();
  }
  fail("TypeError", type->name, ".__init__() takes exactly one argument (the instance to initialize)");
}
Value init_subclass(Args args) {
  const Type* cls = args.positional ? as<Type>(args[0]) : nullptr;
  if (cls && args.keyword_count()) fail("TypeError", cls->name, ".__init_subclass__() takes no keyword arguments");
  return Value::none();
}

// ----------------------------------------------------------------------------------------------------------------- type

Value type_get_attribute(const Value& object, Str* name) {
  auto* type = self<Type>(object);
  Value found = type->lookup(name);
  if (found.is_undefined() && ask_open_type(type, name)) found = type->lookup(name);
  return found.is_undefined() ? found : bind_attribute(found, Value(), type);
}
void type_set_attribute(const Value& object, Str* name, const Value& value) {
  auto* type = self<Type>(object);
  if (is_open(type)) return set_open_attribute(type, name, value);
  if (!type->is_heap) fail("TypeError", "cannot set '", name->text, "' attribute of immutable type '", type->name, "'");
  if (name == names::name && text_of(value)) {
    type->name = *text_of(value);
    return;
  }
  if (name == names::dict) fail("AttributeError", "attribute '__dict__' of 'type' objects is not writable");
  if (name == names::module && text_of(value)) type->module = *text_of(value);
  static Str* const abstract = intern("__abstractmethods__");
  if (name == abstract) type->is_abstract = !value.is_undefined() && truth(value);
  if (!value.is_undefined()) {
    type->attributes->set(name, value);
  } else if (!type->attributes->erase(Value::object(name))) {
    missing_attribute(object, name);
  }
  if (name->text.starts_with("__")) update_slots(type);
}
std::string type_repr(const Value& object) {
  const auto* type = self<Type>(object);
  const std::string qualname = type_qualname(type);
  return type->module == "builtins" ? cat("<class '", qualname, "'>") : cat("<class '", type->module, ".", qualname, "'>");
}
/// The messages of a class written in C may name its module too ("numpy.ndarray"); __name__ does not.
std::string bare_name(const Type* type) { return type->is_heap ? type->name : type->name.substr(type->name.rfind('.') + 1); }
Value type_name_of(const Value& object) { return string(bare_name(self<Type>(object))); }
Value type_qualname_of(const Value& object) { return string(type_qualname(self<Type>(object))); }
Value type_module(const Value& object) { return string(self<Type>(object)->module); }
void set_type_module(const Value& object, const Value& value) {
  if (const std::string* text = text_of(value)) self<Type>(object)->module = *text;
}
void set_type_name(const Value& object, const Value& value) {
  if (const std::string* text = text_of(value)) self<Type>(object)->name = *text;
}
Value type_doc(const Value& object) {
  const Value* doc = self<Type>(object)->attributes->find(names::doc);
  return doc ? *doc : Value::none();
}
void set_type_doc(const Value& object, const Value& value) { self<Type>(object)->attributes->set(names::doc, value); }
/// A dict that takes no items: it shows the names of a class.
Type* proxy_type() {
  static Type* const type = [] {
    Type* const made = make<Type>("mappingproxy", Dict::class_type()).detach();
    made->slots.set_item = [](const Value&, const Value&, const Value& value) { fail("TypeError", "'mappingproxy' object does not support item ", value.is_undefined() ? "deletion" : "assignment"); };
    made->slots.repr = [](const Value& self) { return cat("mappingproxy(", Dict::class_type()->slots.repr(self), ")"); };
    made->slots.str = Dict::class_type()->slots.repr;
    return made;
  }();
  return type;
}
Value type_dict(const Value& object) {
  auto copy = make<Dict>();
  copy->type = proxy_type();
  for (const Dict::Entry& entry : self<Type>(object)->attributes->entries) {
    if (!entry.key.is_undefined()) copy->set(entry.key, entry.value);
  }
  return copy;
}
Value type_base(const Value& object) {
  Type* base = self<Type>(object)->base;
  return base ? Value::object(base) : Value::none();
}
Value type_bases(const Value& object) {
  std::vector<Value> items;
  for (const Ref<Type>& base : self<Type>(object)->bases) items.push_back(base);
  return tuple(std::move(items));
}
Value type_mro(const Value& object) {
  std::vector<Value> items;
  for (Type* type : self<Type>(object)->mro) items.push_back(Value::object(type));
  return tuple(std::move(items));
}
/// type.__call__: what `cls(...)` does where the metaclass has no __call__ of its own.
Value type_call(Args args) {
  auto* type = self<Type>(args[0]);
  if (!type->construct) fail("TypeError", "cannot create '", type->name, "' instances");
  return type->construct(type, args.rest());
}
Value type_mro_method(const Value* p) { return list(as<Tuple>(type_mro(p[0]))->items); }
Value type_subclasses(const Value* p) {
  std::vector<Value> items;
  for (Type* type : self<Type>(p[0])->subclasses) items.push_back(Value::object(type));
  return list(std::move(items));
}

// ------------------------------------------------------------------------------------------------------------ functions

Dict& function_dict(Function* f) {
  if (!f->attributes) {
    f->attributes = make<Dict>();
    f->tag |= Visitor::kFollowed;
  }
  return *f->attributes;
}
Value function_get_attribute(const Value& object, Str* name) {
  const auto* f = self<Function>(object);
  const Value* value = f->attributes ? f->attributes->find(name) : nullptr;
  return value ? *value : Value();
}
void function_set_attribute(const Value& object, Str* name, const Value& value) {
  const Value* known = Function::class_type()->find(name);
  if (known && as<GetSet>(*known)) return set_attribute_default(object, name, value);
  Dict& dict = function_dict(self<Function>(object));
  if (!value.is_undefined()) {
    dict.set(name, value);
  } else if (!dict.erase(Value::object(name))) {
    missing_attribute(object, name);
  }
}
std::string function_repr(const Value& object) {
  return cat("<function ", str(self<Function>(object)->word(Function::qualname)), " at ", address(object.as_object()), ">");
}
template <Function::Word Which>
Value function_word(const Value& object) {
  return self<Function>(object)->word(Which);
}
template <Function::Word Which>
void set_function_word(const Value& object, const Value& value) {
  self<Function>(object)->set_word(Which, value);
}
Value function_defaults(const Value& object) {
  const auto& defaults = self<Function>(object)->defaults;
  return defaults.empty() ? Value::none() : tuple(defaults);
}
Value function_keyword_defaults(const Value& object) {
  const auto* f = self<Function>(object);
  auto dict = make<Dict>();
  for (std::size_t i = 0; i < f->keyword_defaults.size(); ++i) {
    if (!f->keyword_defaults[i].is_undefined()) dict->set(f->code->local_names[f->code->positional + i], f->keyword_defaults[i]);
  }
  if (!dict->count) return Value::none();
  return dict;
}
Value function_dict_of(const Value& object) {
  function_dict(self<Function>(object));
  return self<Function>(object)->attributes;
}
Value function_annotations(const Value& object) {
  Dict& dict = function_dict(self<Function>(object));
  if (!dict.find(names::annotations)) dict.set(names::annotations, make<Dict>());
  return *dict.find(names::annotations);
}
void set_function_annotations(const Value& object, const Value& value) { function_dict(self<Function>(object)).set(names::annotations, value); }
Value function_code(const Value& object) { return self<Function>(object)->code; }
Value function_globals(const Value& object) { return self<Function>(object)->globals; }
Value function_closure(const Value& object) {
  std::vector<Value> cells;
  for (const Ref<Cell>& cell : self<Function>(object)->closure) cells.push_back(cell);
  return cells.empty() ? Value::none() : tuple(std::move(cells));
}

std::string native_repr(const Value& object) {
  const auto* f = self<NativeFunction>(object);
  if (f->owner) return cat("<method '", f->name->text, "' of '", f->owner->name, "' objects>");
  return cat("<built-in function ", f->name->text, ">");
}
Value native_name(const Value& object) { return Value::object(self<NativeFunction>(object)->name); }
Value native_qualname(const Value& object) {
  const auto* f = self<NativeFunction>(object);
  return f->owner ? string(cat(f->owner->name, ".", f->name->text)) : Value::object(f->name);
}
Value none_property(const Value&) { return Value::none(); }

std::string method_repr(const Value& object) {
  const auto* method = self<BoundMethod>(object);
  if (const auto* f = as<NativeFunction>(method->function)) {
    return cat("<built-in method ", f->name->text, " of ", type_of(method->self)->name, " object at ", address(method->self.is_object() ? method->self.as_object() : nullptr), ">");
  }
  if (as<SlotWrapper>(method->function)) return cat("<method-wrapper of ", type_of(method->self)->name, " object>");
  const auto* f = as<Function>(method->function);
  return cat("<bound method ", f ? str(f->word(Function::qualname)) : repr(method->function), " of ", repr(method->self), ">");
}
Value method_get_attribute(const Value& object, Str* name) { return find_attribute(self<BoundMethod>(object)->function, name); }
Value method_call(const Value& object, Args args) { return call(object, args); }
Value method_self(const Value& object) { return self<BoundMethod>(object)->self; }
Value method_function(const Value& object) { return self<BoundMethod>(object)->function; }
Value method_compare(Compare op, const Value& a, const Value& b) {
  const auto *x = as<BoundMethod>(a), *y = as<BoundMethod>(b);
  if (!x || !y || (op != Compare::eq && op != Compare::ne)) return Value::not_implemented();
  return Value::boolean((x->self == y->self && x->function == y->function) == (op == Compare::eq));
}
std::uint64_t method_hash(const Value& object) {
  return hash_identity(self<BoundMethod>(object)->self) * 31 + hash_identity(self<BoundMethod>(object)->function);
}

// ---------------------------------------------------------------------------------------------------------- descriptors

Value construct_property(Type* cls, Args args) {
  static const Value binder = native("property(fget=None, fset=None, fdel=None, doc=None)", [](const Value* p) -> Value {
    Value doc = p[3];
    if (doc.is_none() && as<Function>(p[0])) doc = as<Function>(p[0])->word(Function::doc);
    return make<PythonProperty>(p[0], p[1], p[2], doc);
  });
  Value made = call(binder, args);
  made.as_object()->type = cls;
  return made;
}
template <int Which>
Value property_with(const Value* p) {
  const auto* old = self<PythonProperty>(p[0]);
  return make<PythonProperty>(Which == 0 ? p[1] : old->get, Which == 1 ? p[1] : old->set, Which == 2 ? p[1] : old->del, old->doc);
}
template <Value PythonProperty::*Member>
Value property_field(const Value& object) {
  return self<PythonProperty>(object)->*Member;
}
bool is_abstract(const Value& function) {
  const Value flag = find_attribute(function, intern("__isabstractmethod__"));
  return !flag.is_undefined() && truth(flag);
}
Value property_is_abstract(const Value& object) {
  const auto* property = self<PythonProperty>(object);
  return Value::boolean(is_abstract(property->get) || is_abstract(property->set) || is_abstract(property->del));
}
template <class T>
Value wraps_abstract(const Value& object) {
  return Value::boolean(is_abstract(self<T>(object)->function));
}
Value one_argument(Type* cls, Args args) {
  if (args.positional != 1 || args.keywords) fail("TypeError", cls->name, " expected 1 argument, got ", args.positional);
  return args[0];
}
Value construct_static(Type* cls, Args args) { return make<StaticMethod>(one_argument(cls, args)); }
Value construct_class_method(Type* cls, Args args) { return make<ClassMethod>(one_argument(cls, args)); }
Value static_call(const Value& object, Args args) { return call(self<StaticMethod>(object)->function, args); }

// ---------------------------------------------------------------------------------------------------------------- super

Value construct_super(Type*, Args args) {
  if (args.positional != 2) fail("RuntimeError", "super(): no arguments");
  auto* start = as<Type>(args[0]);
  if (!start) fail("TypeError", "super() argument 1 must be a type, not ", type_of(args[0])->name);
  Type* self_type = type_of(args[1]);
  if (auto* cls = as<Type>(args[1]); cls && cls->is_subtype_of(start)) self_type = cls;
  if (!self_type->is_subtype_of(start)) fail("TypeError", "super(type, obj): obj must be an instance or subtype of type");
  return make<Super>(Ref<Type>(start), args[1], self_type);
}
Value super_get_attribute(const Value& object, Str* name) {
  const auto* super = self<Super>(object);
  bool after = false;
  for (const Type* type : super->self_type->mro) {
    if (after) {
      if (const Value* found = type->attributes->find(name)) {
        const Value attribute = *found;
        const bool through_class = super->self.is_object() && super->self.as_object() == super->self_type;
        return bind_attribute(attribute, through_class ? Value() : super->self, super->self_type);
      }
    }
    after |= type == super->start.get();
  }
  return Value();
}
std::string super_repr(const Value& object) {
  const auto* super = self<Super>(object);
  return cat("<super: ", repr(super->start), ", <", super->self_type->name, " object>>");
}

// -------------------------------------------------------------------------------------------------------------- modules

Value module_get_attribute(const Value& object, Str* name) {
  Module& module = *self<Module>(object);
  const Value* value = module.dict->find(name);
  if (!value) value = find_late(module, name);
  if (!value && module.missing) module.missing(module, name);
  return value ? *value : Value();
}
void module_set_attribute(const Value& object, Str* name, const Value& value) {
  Dict& dict = *self<Module>(object)->dict;
  if (!value.is_undefined()) {
    dict.set(name, value);
  } else if (!dict.erase(Value::object(name))) {
    missing_attribute(object, name);
  }
}
Value module_dict(const Value& object) { return self<Module>(object)->dict; }
std::string module_repr(const Value& object) { return cat("<module '", self<Module>(object)->name, "'>"); }
Value construct_module(Type*, Args args) {
  const std::string* name = args.positional ? text_of(args[0]) : nullptr;
  if (!name) fail("TypeError", "module() missing required argument 'name' (pos 1)");
  return make<Module>(*name);
}

Value cell_contents(const Value& object) {
  const auto* cell = self<Cell>(object);
  if (cell->value.is_undefined()) fail("ValueError", "Cell is empty");
  return cell->value;
}
Value code_name(const Value& object) { return Value::object(self<Code>(object)->name); }
Value code_argcount(const Value& object) { return integer(self<Code>(object)->positional); }
/// The parameters and those local variables that no other function sees.
Value code_varnames(const Value& object) {
  const auto* code = self<Code>(object);
  std::vector<Value> items;
  for (std::size_t i = 0; i < std::min<std::size_t>(code->local_names.size(), code->first_free); ++i) {
    const auto captured = [i](const Ref<Code>& inner) { return std::count(inner->captures.begin(), inner->captures.end(), i) > 0; };
    if (i >= code->parameters && std::any_of(code->codes.begin(), code->codes.end(), captured)) continue;
    items.push_back(Value::object(code->local_names[i]));
  }
  return tuple(std::move(items));
}
std::string code_repr(const Value& object) {
  const auto* code = self<Code>(object);
  return cat("<code object ", code->name->text, " at ", address(code), ", file \"", code->source->filename, "\", line ", code->first_line, ">");
}

}  // namespace

std::string type_qualname(const Type* type) {
  const Value* qualname = type->is_heap ? type->attributes->find(names::qualname) : nullptr;
  const std::string* text = qualname ? text_of(*qualname) : nullptr;
  return text ? *text : bare_name(type);
}

std::string repr_default(const Value& object) {
  const Type* type = type_of(object);
  const std::string module = type->module == "builtins" ? "" : type->module + ".";
  return cat("<", module, type_qualname(type), " object at ", address(object.is_object() ? object.as_object() : nullptr), ">");
}

Type* Function::class_type() noexcept { return &g_function.type; }
Type* NativeFunction::class_type() noexcept { return &g_native.type; }
Type* SlotWrapper::class_type() noexcept { return &g_wrapper.type; }
Type* BoundMethod::class_type() noexcept { return &g_method.type; }
Type* GetSet::class_type() noexcept { return &g_getset.type; }
Type* PythonProperty::class_type() noexcept { return &g_property.type; }
Type* StaticMethod::class_type() noexcept { return &g_static.type; }
Type* ClassMethod::class_type() noexcept { return &g_class.type; }
Type* Super::class_type() noexcept { return &g_super.type; }
Type* Cell::class_type() noexcept { return &g_cell.type; }
Type* Code::class_type() noexcept { return &g_code.type; }
Type* Generator::class_type() noexcept { return &g_generator.type; }
Type* Exception::class_type() noexcept { return &g_exception.type; }

Cell::Cell() : Container(class_type(), Part::yes) {}
Function::Function(Ref<Code> code, Ref<Dict> globals) : Container(class_type(), Part::yes), code(std::move(code)), globals(std::move(globals)) {
  tag = 0;  // it leads nowhere yet
}
Function::~Function() = default;

Value Function::word(Word which) const {
  if (own_words_ && !own_words_[which].is_undefined()) return own_words_[which];
  switch (which) {
    case name: return Value::object(code->name);
    case qualname:
      if (code->full_name.is_undefined()) code->full_name = string(code->qualname);
      return code->full_name;
    case doc: return code->doc.is_undefined() ? Value::none() : code->doc;
    default: {
      const Value* found = globals->find(names::name);
      return found ? *found : Value::none();
    }
  }
}

void Function::set_word(Word which, const Value& value) {
  if (!own_words_) own_words_ = std::make_unique<Value[]>(words);
  own_words_[which] = value;
}
Code::Code(Ref<Source> source, Str* name) : Object(class_type()), source(std::move(source)), name(name) {}
BoundMethod::BoundMethod(Value the_function, Value self)
    : Container(as<NativeFunction>(the_function) ? &g_native_method.type : class_type(), Part::yes), function(std::move(the_function)), self(std::move(self)) {}
GetSet::GetSet(Str* name, Type* owner, const Property& property)
    : Object(class_type()), name(name), owner(owner), get(property.get), set(property.set) {}
PythonProperty::PythonProperty(Value get, Value set, Value del, Value doc)
    : Object(class_type()), get(std::move(get)), set(std::move(set)), del(std::move(del)), doc(std::move(doc)) {}
StaticMethod::StaticMethod(Value function) : Object(class_type()), function(std::move(function)) {}
ClassMethod::ClassMethod(Value function) : Object(class_type()), function(std::move(function)) {}
Super::Super(Ref<Type> start, Value self, Type* self_type)
    : Object(class_type()), start(std::move(start)), self(std::move(self)), self_type(self_type) {}

void fill_object_slots(Slots& object, Slots& type) {
  object.hash = hash_identity;
  object.repr = repr_default;
  type.hash = hash_identity;
  type.repr = type_repr;
  type.get_attribute = type_get_attribute;
  type.set_attribute = type_set_attribute;
}

void make_machine_types() {
  object_type()->construct = construct_object;
  type_type()->construct = construct_type;

  Type* type = make_at(g_function, "function");
  type->slots.get_attribute = function_get_attribute;
  type->slots.set_attribute = function_set_attribute;
  type->slots.repr = function_repr;
  type->slots.call = method_call;
  type = make_at(g_native, "builtin_function_or_method");
  type->slots.repr = native_repr;
  type->slots.call = method_call;
  make_at(g_wrapper, "wrapper_descriptor");
  type = make_at(g_method, "method");
  type->slots.get_attribute = method_get_attribute;
  type->slots.repr = method_repr;
  type->slots.call = method_call;
  type->slots.compare = method_compare;
  type->slots.hash = method_hash;
  make_at(g_native_method, "builtin_function_or_method", BoundMethod::class_type())->attributes_first = true;
  make_at(g_getset, "getset_descriptor");
  type = make_at(g_property, "property");
  type->construct = construct_property;
  type->is_final = false;
  type = make_at(g_static, "staticmethod");
  type->construct = construct_static;
  type->slots.call = static_call;
  make_at(g_class, "classmethod")->construct = construct_class_method;
  type = make_at(g_super, "super");
  type->construct = construct_super;
  type->slots.get_attribute = super_get_attribute;
  type->slots.repr = super_repr;
  make_at(g_cell, "cell");
  make_at(g_code, "code")->slots.repr = code_repr;
  make_at(g_generator, "generator");
  setup_generators();
  type = make_at(g_exception, "BaseException");
  type->is_final = false;
  setup_exceptions();

  type = Module::class_type();
  type->construct = construct_module;
  type->slots.get_attribute = module_get_attribute;
  type->slots.set_attribute = module_set_attribute;
  type->slots.repr = module_repr;

  for (Type* one : {type_type(), Super::class_type(), Module::class_type(), BoundMethod::class_type()}) one->attributes_first = true;

  static constexpr Property kObject[] = {{"__class__", object_class, set_object_class}};
  static constexpr Property kDict[] = {{"__dict__", object_dict, set_object_dict}};
  static constexpr Property kType[] = {{"__name__", type_name_of, set_type_name}, {"__qualname__", type_qualname_of}, {"__module__", type_module, set_type_module},
                                       {"__doc__", type_doc, set_type_doc}, {"__dict__", type_dict}, {"__base__", type_base},
                                       {"__bases__", type_bases}, {"__mro__", type_mro}};
  static constexpr Method kTypeMethods[] = {{"mro(self, /)", type_mro_method}, {"__subclasses__(self, /)", type_subclasses}};
  static constexpr RawMethod kTypeRaw[] = {{"__call__", type_call}};
  static constexpr Property kFunction[] = {
      {"__name__", function_word<Function::name>, set_function_word<Function::name>},
      {"__qualname__", function_word<Function::qualname>, set_function_word<Function::qualname>},
      {"__doc__", function_word<Function::doc>, set_function_word<Function::doc>},
      {"__module__", function_word<Function::module>, set_function_word<Function::module>},
      {"__defaults__", function_defaults}, {"__kwdefaults__", function_keyword_defaults}, {"__annotations__", function_annotations, set_function_annotations}, {"__code__", function_code}, {"__dict__", function_dict_of},
      {"__globals__", function_globals}, {"__closure__", function_closure}};
  static constexpr Property kNative[] = {{"__name__", native_name}, {"__qualname__", native_qualname}, {"__doc__", none_property}, {"__module__", none_property}};
  static constexpr Property kMethod[] = {{"__self__", method_self}, {"__func__", method_function}};
  static constexpr Method kPropertyMethods[] = {{"getter(self, function, /)", property_with<0>}, {"setter(self, function, /)", property_with<1>},
                                                {"deleter(self, function, /)", property_with<2>}};
  static constexpr Property kProperty[] = {{"fget", property_field<&PythonProperty::get>}, {"fset", property_field<&PythonProperty::set>},
                                           {"fdel", property_field<&PythonProperty::del>}, {"__doc__", property_field<&PythonProperty::doc>},
                                           {"__isabstractmethod__", property_is_abstract}};
  static constexpr Property kStatic[] = {{"__func__", [](const Value& v) { return self<StaticMethod>(v)->function; }},
                                         {"__isabstractmethod__", wraps_abstract<StaticMethod>}};
  static constexpr Property kClass[] = {{"__func__", [](const Value& v) { return self<ClassMethod>(v)->function; }},
                                        {"__isabstractmethod__", wraps_abstract<ClassMethod>}};
  static constexpr Property kModule[] = {{"__dict__", module_dict}};
  static constexpr Property kCell[] = {{"cell_contents", cell_contents}};
  static constexpr Property kCode[] = {{"co_name", code_name}, {"co_argcount", code_argcount}, {"co_varnames", code_varnames}};
  static constexpr RawMethod kObjectMethods[] = {{"__init__", object_init}};
  add_properties(object_type(), kObject);
  add_methods(object_type(), kObjectMethods);
  set_type_attribute(object_type(), "__new__", make<StaticMethod>(native_raw("__new__", object_new)));
  set_type_attribute(object_type(), "__init_subclass__", make<ClassMethod>(native_raw("__init_subclass__", init_subclass)));
  add_properties(type_type(), kType);
  add_methods(type_type(), kTypeMethods);
  add_methods(type_type(), kTypeRaw);
  add_properties(Function::class_type(), kFunction);
  add_properties(NativeFunction::class_type(), kNative);
  add_properties(BoundMethod::class_type(), kMethod);
  add_methods(PythonProperty::class_type(), kPropertyMethods);
  add_properties(PythonProperty::class_type(), kProperty);
  add_properties(StaticMethod::class_type(), kStatic);
  add_properties(ClassMethod::class_type(), kClass);
  add_properties(Module::class_type(), kModule);
  add_properties(Cell::class_type(), kCell);
  add_properties(Code::class_type(), kCode);
  // __dict__ of instances: an attribute of `object`, though it answers only where there is one.
  add_properties(object_type(), kDict);
  for (Type* one : object_type()->mro) add_slot_wrappers(one);
  for (Type* one : {int_type(), float_type(), Str::class_type(), List::class_type(), Tuple::class_type(), Dict::class_type(), Set::class_type(),
                    frozenset_type(), bool_type(), Slice::class_type(), Function::class_type(), NativeFunction::class_type(), BoundMethod::class_type(),
                    Generator::class_type(), Exception::class_type()}) {
    add_slot_wrappers(one);
  }
}

Dict& builtins_dict() noexcept {
  static Dict* const dict = [] {
    Dict* made = new Dict;
    made->retain();
    make_permanent(*made);
    return made;
  }();
  return *dict;
}

void init_python() {
  static bool done = false;
  if (done) return;
  done = true;
  make_builtin_types();
  make_machine_types();
  Dict& dict = builtins_dict();
  install_exceptions(dict);
  for (Type* type : {object_type(), type_type(), PythonProperty::class_type(), StaticMethod::class_type(), ClassMethod::class_type(), Super::class_type()}) {
    dict.set(intern(type->name), Value::object(type));
  }
  dict.set(names::name, string("builtins"));
  install_builtins(dict);
  for (const auto& [name, what] : {std::pair{"next", MachineCall::next}, {"len", MachineCall::len}, {"repr", MachineCall::repr}}) {
    static_cast<NativeFunction*>(dict.find(intern(name))->as_object())->machine_call = what;
  }
}

}  // namespace nabla
