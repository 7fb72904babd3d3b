// The modules: torch, torch.nn, torch.nn.functional, torch.linalg, torch.special, torch.autograd, torch.optim, torch.cuda. Each is filled from the lists that
// the layers below keep; a name that PyTorch has and nabla has not is said to be just that.
#include <cstring>
#include <limits>

#include "base/error.h"
#include "python/exception.h"
#include "python/function.h"
#include "python/library.h"
#include "python/open_types.h"
#include "python/machine.h"
#include "python/type_name.h"
#include "tensor/loops.h"
#include "tensor/print.h"
#include "tensor/random.h"
#include "torch/numpy/numpy.h"
#include "torch/hot/hot_loop.h"
#include "torch/torch.h"

namespace nabla {
namespace {

NABLA_LATE const char kPyTorchNames[] =
#include "torch/pytorch_names.inc"
    ;

[[noreturn]] void not_yet(std::string_view place, std::string_view name) {
  fail("AttributeError", place == "Tensor" ? "torch.Tensor" : place, ".", name, " is not part of nabla yet");
}

bool has_pytorch(std::string_view place, std::string_view name) {
  const std::string_view all = kPyTorchNames;
  const std::string head = cat(place, ":");
  std::size_t begin = 0;
  while (begin < all.size() && !all.substr(begin).starts_with(head)) begin = all.find('\n', begin) + 1;
  const std::string_view names = all.substr(begin, all.find('\n', begin) - begin);
  return names.find(cat(" ", name, " ")) != std::string_view::npos;
}

void missing_in(std::string_view place, std::string_view name) {
  if (has_pytorch(place, name)) not_yet(place, name);
}

/// Methods that few programs use are written in Python (lib/tensor_methods.py): they come to the class, for the rest of the run, when the first is missed.
void missing_of_tensor(Str* name) {
  if (!has_pytorch("Tensor", name->text)) return;
  auto& torch = *static_cast<Module*>(import_module("torch").as_object());
  find_late(torch, name);
  if (!tensor_type()->find(name)) not_yet("Tensor", name->text);
}

void missing_name(const Module& module, Str* name) { missing_in(module.name, name->text); }

Ref<Module> new_module(const char* name) {
  auto module = make<Module>(name);
  module->missing = missing_name;
  return module;
}

/// The seed of a program that never seeds. PyTorch takes one from the system; here it is fixed (PyTorch's default_rng_seed_val), so
/// that what is shown does not jump with every keystroke.
constexpr std::uint64_t kUnseeded = 67280421310721;

GeneratorObject& generator_of(const Value& value) { return *static_cast<GeneratorObject*>(value.as_object()); }

std::uint64_t seed_from(const Value& value) {
  std::int64_t seed;
  if (!takes_int(value, &seed) && !takes_int(call(*builtins_dict().find(intern("int")), {value}), &seed)) fail("OverflowError", "Overflow when unpacking long");
  return static_cast<std::uint64_t>(seed);
}

// The state of a generator as a ByteTensor.
Value get_state(const RandomGenerator& generator) {
  const Tensor out = zeros({RandomGenerator::kStateBytes}, DType::uint8);
  generator.save(out->data_as<char>());
  return wrap(out);
}
void set_state(RandomGenerator& generator, const Value& state) {
  TensorImpl* x = as_tensor(state);
  if (!x || x->dtype != DType::uint8) {
    if (x) fail("TypeError", "RNG state must be a torch.ByteTensor");
    fail("TypeError", "expected a torch.ByteTensor, but got ", type_of(state)->name);
  }
  if (x->numel != RandomGenerator::kStateBytes) {
    fail("RuntimeError", "Expected either a CPUGeneratorImplStateLegacy of size 5048 or a CPUGeneratorImplState of size 5056 but found the input RNG state size to be ", x->numel);
  }
  if (!generator.load(contiguous(Tensor(x))->data_as<char>())) fail("RuntimeError", "Invalid mt19937 state");
}

constexpr Method kGeneratorMethods[] = {
    {"manual_seed(self, seed)",
     [](const Value* p) {
       std::int64_t seed;
       if (!takes_int(p[1], &seed)) fail("RuntimeError", "manual_seed expected a long, but got ", type_of(p[1])->name);
       generator_of(p[0]).generator().reseed(static_cast<std::uint64_t>(seed));
       return p[0];
     }},
    {"seed(self)",
     [](const Value* p) {
       generator_of(p[0]).generator().reseed(kUnseeded);  // the same at every run: see kUnseeded
       return integer(static_cast<std::int64_t>(kUnseeded));
     }},
    {"initial_seed(self)", [](const Value* p) { return integer(static_cast<std::int64_t>(generator_of(p[0]).generator().initial_seed())); }},
    {"get_state(self)", [](const Value* p) { return get_state(generator_of(p[0]).generator()); }},
    {"set_state(self, new_state)",
     [](const Value* p) {
       set_state(generator_of(p[0]).generator(), p[1]);
       return p[0];
     }},
};

Value torch_manual_seed(const Value* p) {
  manual_seed(seed_from(p[0]));
  return *static_cast<Module*>(import_module("torch").as_object())->dict->find(intern("default_generator"));
}

Value torch_set_default_tensor_type(const Value* p) {
  const std::string name = str(p[0]);
  const auto ends = [&](std::string_view what) { return name == cat("torch.", what) || name == cat("<class 'torch.", what, "'>"); };
  DType dtype;
  if (to_dtype(p[0], &dtype) && is_floating(dtype)) set_default_dtype(dtype);
  else if (ends("FloatTensor")) set_default_dtype(DType::float32);
  else if (ends("DoubleTensor")) set_default_dtype(DType::float64);
  else fail("TypeError", "only floating-point types are supported as the default type");
  return Value::none();
}

Value torch_set_printoptions(const Value* p) {
  PrintOptions& options = print_options();
  if (const std::string* profile = text_of(p[4])) {
    options = PrintOptions{};
    if (*profile == "short") {
      options.precision = 2;
      options.edgeitems = 2;
    } else if (*profile == "full") {
      options.threshold = std::numeric_limits<double>::infinity();
    }
  }
  if (!p[0].is_none()) options.precision = static_cast<int>(to_index(p[0]));
  if (!p[1].is_none()) options.threshold = to_double(p[1]);
  if (!p[2].is_none()) options.edgeitems = static_cast<int>(to_index(p[2]));
  if (!p[3].is_none()) options.linewidth = static_cast<int>(to_index(p[3]));
  options.sci_mode = p[5].is_none() ? std::nullopt : std::optional<bool>(truth(p[5]));
  return Value::none();
}

Value torch_set_default_dtype(const Value* p) {
  DType dtype;
  if (!to_dtype(p[0], &dtype)) fail("TypeError", "invalid dtype object: only floating-point types are supported as the default type");
  if (!is_floating(dtype)) fail("TypeError", "only floating-point types are supported as the default type");
  set_default_dtype(dtype);
  return Value::none();
}

Tensor tensor_argument(const Value& value, const char* function, const char* name, int position) {
  TensorImpl* x = as_tensor(value);
  if (!x) fail("TypeError", function, "(): argument '", name, "' (position ", position, ") must be Tensor, not ", type_of(value)->name);
  return Tensor(x);
}

constexpr Method kFunctions[] = {
    {"def manual_seed(seed)", torch_manual_seed},
    {"initial_seed()", [](const Value*) { return integer(static_cast<std::int64_t>(default_generator().initial_seed())); }},
    {"seed()",
     [](const Value*) {
       manual_seed(kUnseeded);
       return integer(static_cast<std::int64_t>(kUnseeded));
     }},
    {"get_rng_state()", [](const Value*) { return get_state(default_generator()); }},
    {"set_rng_state(new_state)",
     [](const Value* p) {
       set_state(default_generator(), p[0]);
       return Value::none();
     }},
    {"set_default_tensor_type(t)", torch_set_default_tensor_type},
    {"set_default_device(device)",
     [](const Value* p) {
       if (!p[0].is_none()) check_device(p[0]);
       return Value::none();
     }},
    {"def is_tensor(obj)", [](const Value* p) { return Value::boolean(as_tensor(p[0]) != nullptr); }},
    {"is_floating_point(input)", [](const Value* p) { return Value::boolean(is_floating(tensor_argument(p[0], "is_floating_point", "input", 1)->dtype)); }},
    {"numel(input)", [](const Value* p) { return integer(tensor_argument(p[0], "numel", "input", 1)->numel); }},
    {"def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None)", torch_set_printoptions},
    {"get_default_dtype()", [](const Value*) { return dtype_object(default_dtype()); }},
    {"def set_default_dtype(d)", torch_set_default_dtype},
    {"set_num_threads(num)", [](const Value*) { return Value::none(); }},
    {"get_num_threads()", [](const Value*) { return integer(1); }},
};

constexpr struct {
  const char* name;
  DType dtype;
} kDTypeNames[] = {{"bool", DType::bool_},     {"uint8", DType::uint8},     {"int8", DType::int8},     {"int16", DType::int16},
                   {"short", DType::int16},    {"int32", DType::int32},     {"int", DType::int32},     {"int64", DType::int64},
                   {"long", DType::int64},     {"float32", DType::float32}, {"float", DType::float32}, {"float64", DType::float64},
                   {"double", DType::float64}};

void add_functions(Dict& dict, std::span<const Method> functions) {
  for (const Method& function : functions) {
    const Value made = native(function.signature, function.function);
    dict.set(static_cast<NativeFunction*>(made.as_object())->name, made);
  }
}

/// The operators as functions, made once: modules of every run share them.
const OperatorModules& operators() {
  static const OperatorModules all = [] {
    OperatorModules out;
    add_operators(out);
    for (const Ref<Dict>& dict : {out.torch, out.functional, out.linalg, out.special}) make_permanent(*dict);
    return out;
  }();
  return all;
}

void copy_names(const Dict& from, Dict& to) {
  for (const auto& entry : from.entries) to.set(entry.key, entry.value);
}

void copy_public_names(const Dict& from, Dict& to) {
  for (const auto& entry : from.entries) {
    if (const std::string* name = text_of(entry.key); name && name->front() != '_') to.set(entry.key, entry.value);
  }
}

/// Runs a text of engine/torch/lib in a module.
void run_text(Module& module, std::string_view name) { run_text(module, *find_text(kTorchLibrary, name)); }

/// grid_sampler_2d, which has no other name in Python.
Value sample_at_grid(const Value* p) {
  Call call(*find_op("grid_sampler_2d"));
  call.count = 5;
  for (int i = 0; i < 2; ++i) call.args[i] = Arg(Tensor(tensor_argument(p[i], "grid_sampler", i ? "grid" : "input", i + 1)));
  for (int i = 2; i < 5; ++i) call.args[i] = Arg(to_index(p[i]));
  return wrap(run(call));
}

Ref<Module> make_functional() {
  auto module = new_module("torch.nn.functional");
  copy_names(*operators().functional, *module->dict);
  module->populate = [](Module& functional) {
    static constexpr Method kOwn[] = {{"_grid_sampler(input, grid, mode, padding_mode, align_corners)", sample_at_grid}};
    add_functions(*functional.dict, kOwn);
    run_text(functional, "nn_functional");
  };
  return module;
}

Ref<Module> make_linalg() {
  auto module = new_module("torch.linalg");
  copy_names(*operators().linalg, *module->dict);
  module->dict->set(intern("LinAlgError"), Value::object(exception_type("_LinAlgError")));
  module->populate = [](Module& linalg) { run_text(linalg, "linalg"); };
  return module;
}

Ref<Module> make_special() {
  auto module = new_module("torch.special");
  copy_names(*operators().special, *module->dict);
  module->populate = [](Module& special) { run_text(special, "special_functions"); };
  return module;
}

Ref<Module> python_module(const char* name, std::string_view text) {
  auto module = new_module(name);
  run_text(*module, text);
  return module;
}

/// The same, with native functions that the text uses.
Ref<Module> tooled_module(const char* name, std::string_view text, void (*add_tools)(Dict& module)) {
  auto module = new_module(name);
  add_tools(*module->dict);
  run_text(*module, text);
  return module;
}

/// The functions of torch.nn.functional need none of its classes: they are made when one is asked for.
Ref<Module> make_nn() {
  auto module = new_module("torch.nn");
  add_parameters(*module->dict);
  module->populate = [](Module& nn) {
    for (const char* text : {"module", "containers", "layers", "activations", "recurrent", "attention", "more_layers", "rare_layers", "places"}) run_text(nn, text);
  };
  return module;
}
/// torch.nn.modules: the same classes, made by torch.nn.
Ref<Module> make_nn_modules() {
  auto module = new_module("torch.nn.modules");
  module->populate = [](Module& modules) {
    auto& nn = *static_cast<Module*>(import_module("torch.nn").as_object());
    find_late(nn, intern("Module"));
    copy_names(*nn.dict, *modules.dict);
  };
  return module;
}
Ref<Module> make_parameter_module() {
  auto module = new_module("torch.nn.parameter");
  add_parameters(*module->dict);
  return module;
}

Ref<Module> make_autograd() {
  auto module = new_module("torch.autograd");
  add_autograd(*module->dict);
  add_grad_modes(*module->dict);
  module->populate = [](Module& autograd) {
    const auto copy = [&](const char* from, std::initializer_list<const char*> names) {
      Dict& there = *static_cast<Module*>(import_module(from).as_object())->dict;
      for (const char* name : names) autograd.dict->set(intern(name), *there.find(intern(name)));
    };
    copy("torch.autograd.function", {"Function", "Variable"});
    copy("torch.autograd._gradcheck", {"gradcheck", "gradgradcheck"});
    copy("torch.autograd.anomaly_mode", {"detect_anomaly", "set_detect_anomaly"});
  };
  return module;
}

/// A file of torch.autograd that programs import from: the same names.
template <const char* name>
Ref<Module> make_autograd_part() {
  auto module = new_module(name);
  auto& whole = *static_cast<Module*>(import_module("torch.autograd").as_object());
  find_late(whole, intern("Function"));
  copy_public_names(*whole.dict, *module->dict);
  return module;
}

/// torch.autograd has a function of that name, too.
Ref<Module> make_gradcheck() {
  auto module = new_module("torch.autograd.gradcheck");
  find_late(*static_cast<Module*>(import_module("torch.autograd").as_object()), intern("Function"));  // makes its names
  copy_names(*static_cast<Module*>(import_module("torch.autograd._gradcheck").as_object())->dict, *module->dict);
  return module;
}

Ref<Module> make_function() {
  auto module = new_module("torch.autograd.function");
  add_function_tools(*module->dict);
  run_text(*module, "function");
  return module;
}

Ref<Module> make_optim() {
  auto module = new_module("torch.optim");
  add_optimizers(*module->dict);
  module->populate = [](Module& optim) { run_text(optim, "lbfgs"); };
  return module;
}

Ref<Module> make_optimizer_module() {
  auto module = new_module("torch.optim.optimizer");
  add_optimizers(*module->dict);
  module->dict->set(intern("required"), required_option());
  return module;
}

/// Made on first use, as it needs its own submodule. The modules of its parts are the same module under other names.
Ref<Module> make_distributions() {
  auto module = new_module("torch.distributions");
  module->populate = [](Module& distributions) {
    for (const char* text : {"distributions", "more_distributions", "made_distributions", "rare_distributions", "distribution_pairs"}) run_text(distributions, text);
  };
  return module;
}
/// The files of torch.distributions: the same names.
Ref<Module> make_distributions_part() {
  auto module = new_module("torch.distributions.part");
  module->populate = [](Module& part) {
    auto& whole = *static_cast<Module*>(import_module("torch.distributions").as_object());
    find_late(whole, intern("Normal"));
    copy_names(*whole.dict, *part.dict);
  };
  return module;
}

/// A file of `whole` that programs import from: the same names, the last of which is `name`.
template <const char* whole, const char* name>
Ref<Module> make_part() {
  auto module = new_module(whole);
  auto& all = *static_cast<Module*>(import_module(whole).as_object());
  find_late(all, intern(name));
  copy_names(*all.dict, *module->dict);
  return module;
}

Ref<Module> make_cuda() {
  auto module = new_module("torch.cuda");
  static constexpr Method kCuda[] = {
      {"is_available()", [](const Value*) { return Value::boolean(false); }},
      {"device_count()", [](const Value*) { return integer(0); }},
      {"manual_seed(seed)", [](const Value*) { return Value::none(); }},
      {"manual_seed_all(seed)", [](const Value*) { return Value::none(); }},
  };
  add_functions(*module->dict, kCuda);
  module->populate = [](Module& cuda) { run_text(cuda, "cuda"); };
  return module;
}

Ref<Module> make_version() {
  auto module = make<Module>("torch.version");
  module->dict->set(intern("__version__"), string("1.13.1"));
  for (const char* name : {"cuda", "hip", "git_version"}) module->dict->set(intern(name), Value::none());
  module->dict->set(intern("debug"), Value::boolean(false));
  return module;
}

Ref<Module> make_torch() {
  auto module = new_module("torch");
  module->populate = [](Module& torch) {
    for (const char* text : {"limits", "small_functions", "rare_functions", "random_fills", "legacy_types"}) run_text(torch, text);
    copy_public_names(*static_cast<Module*>(import_module("torch._other_spellings").as_object())->dict, *torch.dict);
    import_module("torch._tensor_methods");
    torch.dict->set(intern("vmap"), *static_cast<Module*>(import_module("torch._func_vmap").as_object())->dict->find(intern("vmap")));
  };
  Dict& dict = *module->dict;
  copy_names(*operators().torch, dict);
  add_functions(dict, kFunctions);
  add_constructors(dict);
  add_grad_modes(dict);
  add_saving(dict);
  add_modes(dict);
  for (const auto& entry : kDTypeNames) dict.set(intern(entry.name), dtype_object(entry.dtype));
  dict.set(intern("Tensor"), Value::object(tensor_type()));
  dict.set(intern("Size"), Value::object(size_type()));
  dict.set(intern("dtype"), Value::object(DTypeObject::class_type()));
  dict.set(intern("device"), Value::object(DeviceObject::class_type()));
  dict.set(intern("layout"), Value::object(layout_type()));
  dict.set(intern("strided"), strided_layout());
  dict.set(intern("Generator"), Value::object(GeneratorObject::class_type()));
  dict.set(intern("default_generator"), make<GeneratorObject>());
  dict.set(intern("pi"), Value::number(3.141592653589793));
  dict.set(intern("e"), Value::number(2.718281828459045));
  dict.set(intern("inf"), Value::number(std::numeric_limits<double>::infinity()));
  dict.set(intern("nan"), Value::number(std::numeric_limits<double>::quiet_NaN()));
  dict.set(intern("__version__"), string("1.13.1"));
  return module;
}

}  // namespace

Type* GeneratorObject::class_type() {
  static Type* const type = [] {
    Type* const made = make_torch_type("Generator", nullptr, "torch._C");
    name_with_module(made);
    return made;
  }();
  return type;
}

void register_torch_modules() {
  static bool done = false;
  if (done) return;
  done = true;
  init_ops();
  hot::serve_hot_loops();
  make_types();
  make_tensor_type();
  make_grad_mode_types();
  make_autograd_types();
  make_optimizer_types();
  add_methods(GeneratorObject::class_type(), kGeneratorMethods);
  static constexpr Property kGenerator[] = {{"device", [](const Value&) -> Value { return make<DeviceObject>("cpu"); }}};
  add_properties(GeneratorObject::class_type(), kGenerator);
  GeneratorObject::class_type()->construct = [](Type*, Args args) -> Value {
    if (args.positional + args.keyword_count() > 0) {
      if (str(args.values[0]).starts_with("cuda")) fail("RuntimeError", "Device type CUDA is not supported for torch.Generator() api.");
      check_device(args.values[0]);
    }
    auto made = make<GeneratorObject>();
    made->own = std::make_unique<RandomGenerator>(kUnseeded);
    return made;
  };
  static const auto get_attribute_before = tensor_type()->slots.get_attribute;
  const auto missing_attribute = [](const Value& self, Str* name) {
    const Value found = get_attribute_before ? get_attribute_before(self, name) : Value();
    if (found.is_undefined()) missing_of_tensor(name);
    return found;
  };
  open_type(tensor_type(), missing_of_tensor);
  open_type(parameter_type(), nullptr);
  tensor_type()->slots.get_attribute = missing_attribute;
  parameter_type()->slots.get_attribute = missing_attribute;
  register_module("torch", make_torch);
  register_module("torch.nn", make_nn);
  register_module("torch.nn.functional", make_functional);
  register_module("torch.nn.parameter", make_parameter_module);
  for (const char* name : {"torch.nn.modules", "torch.nn.parallel"}) register_module(name, make_nn_modules);
  for (const char* part : {"activation", "batchnorm", "container", "conv", "dropout", "flatten", "linear", "loss", "module", "normalization", "padding", "pooling", "rnn", "sparse",
                           "transformer", "upsampling", "utils"}) {
    register_module(cat("torch.nn.modules.", part), make_nn_modules);
  }
  static constexpr char kGradMode[] = "torch.autograd.grad_mode", kVariable[] = "torch.autograd.variable";
  register_module(kGradMode, make_autograd_part<kGradMode>);
  register_module(kVariable, make_autograd_part<kVariable>);
  register_module("torch.linalg", make_linalg);
  register_module("torch.special", make_special);
  register_module("torch.autograd", make_autograd);
  register_module("torch.optim", make_optim);
  register_module("torch.optim.optimizer", make_optimizer_module, false);
  register_module("torch.version", make_version);
  register_module("torch.backends", [] { return python_module("torch.backends", "backends"); });
  register_module("torch._first_mistakes", [] { return python_module("torch._first_mistakes", "first_mistakes"); });
  register_module("torch._call_forms", [] { return python_module("torch._call_forms", "call_forms"); });
  register_module("torch._call_words", [] { return tooled_module("torch._call_words", "call_words", add_type_name); });
  register_module("torch._python_functions", [] { return python_module("torch._python_functions", "python_functions"); });
  register_module("torch._out_types", [] { return python_module("torch._out_types", "out_types"); });
  register_module("torch._other_spellings", [] { return python_module("torch._other_spellings", "other_spellings"); });
  register_module("torch._old_forms", [] { return python_module("torch._old_forms", "old_forms"); });
  register_module("torch._tensor_methods", [] { return python_module("torch._tensor_methods", "tensor_methods"); });
  register_module("torch._utils", [] { return tooled_module("torch._utils", "copying", add_copying_tools); });
  register_module("torch.testing", [] { return python_module("torch.testing", "testing"); });
  register_module("torch.optim.swa_utils", [] { return python_module("torch.optim.swa_utils", "swa_utils"); });
  register_module("torch.random", [] { return python_module("torch.random", "random_module"); });
  register_module("torch.cuda", make_cuda);
  register_module("torch.autograd.function", make_function);
  register_module("torch.autograd.functional", [] { return python_module("torch.autograd.functional", "functional"); });
  register_module("torch.autograd.gradcheck", make_gradcheck);
  register_module("torch.autograd._gradcheck", [] { return python_module("torch.autograd._gradcheck", "gradcheck"); });
  register_module("torch.autograd._grad_mode", [] { return tooled_module("torch.autograd._grad_mode", "grad_mode", add_decorator_tools); });
  register_module("torch.autograd._saved", [] { return tooled_module("torch.autograd._saved", "saved", add_saved_tools); });
  register_module("torch.autograd.forward_ad", [] { return tooled_module("torch.autograd.forward_ad", "forward_ad", add_forward_tools); });
  register_module("torch.autograd.graph", [] { return tooled_module("torch.autograd.graph", "graph", add_graph_tools); });
  register_module("torch.autograd.anomaly_mode", [] { return tooled_module("torch.autograd.anomaly_mode", "anomaly_mode", add_anomaly_tools); });
  register_module("torch.storage", [] { return python_module("torch.storage", "storage"); });
  register_module("torch.func", [] { return python_module("torch.func", "func"); });
  register_module("torch._func_trees", [] { return python_module("torch._func_trees", "func_trees"); });
  register_module("torch._func_grad", [] { return tooled_module("torch._func_grad", "func_grad", add_level_tools); });
  register_module("torch._func_jacobians", [] { return python_module("torch._func_jacobians", "func_jacobians"); });
  register_module("torch._func_vmap", [] { return tooled_module("torch._func_vmap", "func_vmap", add_vmap_tools); });
  register_module("torch._func_rules", [] { return python_module("torch._func_rules", "func_rules"); });
  register_module("torch._func_modules", [] { return python_module("torch._func_modules", "func_modules"); });
  register_module("functorch", [] { return python_module("functorch", "functorch"); });
  register_module("torch.nn.init", [] { return python_module("torch.nn.init", "init"); });
  register_module("torch.nn.utils", [] { return python_module("torch.nn.utils", "nn_utils"); });
  register_module("torch.nn.utils.rnn", [] { return python_module("torch.nn.utils.rnn", "nn_sequences"); });
  register_module("torch.nn.utils.parametrize", [] { return python_module("torch.nn.utils.parametrize", "parametrize"); });
  register_module("torch.nn.utils.parametrizations", [] { return python_module("torch.nn.utils.parametrizations", "parametrizations"); });
  register_module("torch.nn.utils.prune", [] { return python_module("torch.nn.utils.prune", "prune"); });
  register_module("torch.distributions", make_distributions);
  for (const char* part : {"normal", "bernoulli", "categorical", "uniform", "exponential", "independent", "laplace", "cauchy", "poisson", "geometric", "binomial",
                           "gamma", "chi2", "studentT", "dirichlet", "multivariate_normal", "one_hot_categorical", "mixture_same_family",
                           "transformed_distribution", "log_normal", "half_normal", "half_cauchy", "gumbel", "distribution", "kl", "weibull", "pareto", "kumaraswamy", "logistic_normal", "von_mises",
                           "negative_binomial", "fishersnedecor", "continuous_bernoulli", "relaxed_bernoulli", "relaxed_categorical", "lowrank_multivariate_normal",
                           "constraint_registry", "exp_family", "beta", "multinomial", "utils"}) {
    register_module(cat("torch.distributions.", part), make_distributions_part);
  }
  register_module("torch.distributions.transforms", [] { return python_module("torch.distributions.transforms", "transforms"); });
  register_module("torch.distributions.constraints", [] { return python_module("torch.distributions.constraints", "constraints"); });
  register_module("sklearn", [] { return make<Module>("sklearn"); });
  register_module("sklearn.datasets", [] { return python_module("sklearn.datasets", "sklearn_datasets"); });
  register_module("sklearn._iris", [] { return python_module("sklearn._iris", "iris_data"); });
  register_module("sklearn._digits", [] { return python_module("sklearn._digits", "digits_data"); });
  register_module("sklearn.model_selection", [] { return python_module("sklearn.model_selection", "sklearn_tools"); });
  register_module("sklearn.preprocessing", [] { return python_module("sklearn.preprocessing", "sklearn_tools"); });
  register_module("sklearn.metrics", [] { return python_module("sklearn.metrics", "sklearn_tools"); });
  register_module("torch.optim.lr_scheduler", [] { return python_module("torch.optim.lr_scheduler", "lr_scheduler"); });
  register_numpy_modules();
  register_plot_modules();
  register_module("torch.utils", [] { return new_module("torch.utils"); });
  register_module("pickle", [] { return tooled_module("pickle", "pickle", add_pickle_errors); });
  register_module("torch.utils.checkpoint", [] { return tooled_module("torch.utils.checkpoint", "checkpoint", add_graph_tools); });
  static constexpr char kData[] = "torch.utils.data", kNnUtils[] = "torch.nn.utils", kFunc[] = "torch.func", kOptim[] = "torch.optim";
  static constexpr char kLoader[] = "DataLoader", kClip[] = "clip_grad_norm_", kCall[] = "functional_call", kLast[] = "LBFGS";
  for (const char* part : {"dataset", "sampler", "dataloader"}) register_module(cat("torch.utils.data.", part), make_part<kData, kLoader>);
  for (const char* part : {"clip_grad", "convert_parameters"}) register_module(cat("torch.nn.utils.", part), make_part<kNnUtils, kClip>);
  register_module("torch.nn.utils.stateless", make_part<kFunc, kCall>);
  for (const char* part : {"sgd", "adam", "adamw", "adagrad", "adadelta", "adamax", "asgd", "rmsprop", "rprop", "nadam", "radam", "lbfgs"}) {
    register_module(cat("torch.optim.", part), make_part<kOptim, kLast>, false);
  }
  register_module("torch.amp", [] { return python_module("torch.amp", "amp"); });
  register_module("torch.cuda.amp", [] { return python_module("torch.cuda.amp", "cuda_amp"); });
  register_module("torch.utils.hooks", [] { return python_module("torch.utils.hooks", "hooks"); });
  register_module("torch.utils.data", [] { return python_module("torch.utils.data", "data"); });
}

void reset_torch() {
  reset_modes();
  reset_numpy();
  reset_plots();
  set_grad_enabled(true);
  forget_warnings();
  set_default_dtype(DType::float32);
  print_options() = PrintOptions{};
  manual_seed(kUnseeded);
}

}  // namespace nabla
