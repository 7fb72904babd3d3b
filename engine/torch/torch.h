// What Python sees as `torch`: its types, its modules, and how values pass between Python and the operators.
// Everything with a list behind it (operators, dtypes, optimizers) is derived from that list.
#pragma once
#include <span>
#include <string>

#include "base/function_ref.h"
#include "ops/opdef.h"
#include "python/library.h"
#include "python/object.h"
#include "tensor/random.h"

namespace nabla {

/// Makes the types and registers the modules `torch`, `torch.autograd`, `torch.optim`, ... with the machine. Once a process.
void register_torch_modules();
/// The end of a notebook's cell: what was plotted in it is shown.
void plots_cell_ends();
/// What every run starts from: the random numbers of an unseeded program, printing and dtype defaults, grad mode on.
void reset_torch();

/// engine/torch/lib: parts of torch's modules.
extern const LibraryText kTorchLibrary[];

// ---- types ----

/// A class of module `torch` (or another), that lives for ever.
Type* make_torch_type(const char* name, Type* base = nullptr, const char* module = "torch");
Type* tensor_type();
extern Type* known_tensor_type;  // the same, once it was made
Type* parameter_type();

/// torch.float32 and its like: one object for each DType, which lives for ever.
struct DTypeObject final : Object {
  const DType dtype;
  explicit DTypeObject(DType dtype);
  static Type* class_type();
};
Value dtype_object(DType dtype);

/// torch.device: only the CPU can hold tensors.
struct DeviceObject final : Object {
  const std::string name;  // "cpu", "cuda:0"
  explicit DeviceObject(std::string name);
  static Type* class_type();
};

/// Is x an instance of a class that the program derived from Tensor (Parameters are none)?
bool is_derived(const TensorImpl& x);
/// Makes x an instance of a class derived from Tensor; what is made of it will be one too (modes.cpp).
void set_class(const Tensor& x, Type* of);
/// torch.strided, the only torch.layout.
Value strided_layout();
Type* layout_type();
struct OpNode;
/// A saved tensor's place in its node, which hooks can be given to (modes.cpp): argument i is i, output k is -1 - k.
Value saved_place(OpNode& node, int which);

/// torch.Generator.
struct GeneratorObject final : Object {
  std::unique_ptr<RandomGenerator> own;  // null: the one of torch.manual_seed
  GeneratorObject() : Object(class_type()) {}
  RandomGenerator& generator() const { return own ? *own : default_generator(); }
  static Type* class_type();
};

/// torch.Size: a tuple.
Value size_object(const Dims& sizes);
Type* size_type();

// ---- values ----

/// The tensor in a value; null when it is something else.
inline TensorImpl* as_tensor(const Value& value) noexcept {
  if (!value.is_object()) return nullptr;
  Object* const object = value.as_object();
  if (object->type == known_tensor_type) return static_cast<TensorImpl*>(object);
  return object->type && object->type->is_subtype_of(known_tensor_type) ? static_cast<TensorImpl*>(object) : nullptr;
}
inline Value wrap(const Tensor& x) { return x ? Value::object(x.get()) : Value::none(); }
Value wrap(Scalar scalar);
/// A Python number; the value must be one (is_number).
Scalar to_scalar(const Value& value);
/// A dtype argument: a DTypeObject, or one of the types bool, int, float. False when it is none.
bool to_dtype(const Value& value, DType* out);
/// A device argument; RuntimeError for a name that is none, AssertionError for one that is not here ("cuda"). `copies`: a tensor is to be moved there.
void check_device(const Value& value, bool copies = false);
/// An index `x[key]` as operators take it. IndexError in PyTorch's words.
Ref<Index> to_index_list(const Value& key);
/// A tensor or a sequence of tensors; TypeError in PyTorch's words: "f(): argument 'name' (position 1) must be ...".
std::vector<Tensor> to_tensors(const Value& value, const char* function, const char* name, int position);
/// x.tolist(): nested lists of numbers, or a number.
Value to_list(const Tensor& x);
/// torch.tensor(data, dtype): a copy of nested sequences, numbers and tensors.
Tensor from_data(const Value& data, const Value& dtype);
/// Is it an int, as PyTorch's integer arguments take it (no bool)? 0-d integer tensors count.
bool takes_int(const Value& value, std::int64_t* out);

/// "tensor([1.], grad_fn=<AddBackward0>)"
std::string tensor_repr(const Tensor& x);
/// The Python object of a graph node, of a class with the node's name.
Value wrap_node(const Ref<Node>& node);

/// What a hook's function gave in the place of a gradient (null where there was none); null for None. TypeError and RuntimeError in PyTorch's words.
Tensor replaced_gradient(const Value& function, const Tensor& before, const Value& given);
/// The functions that a program registered at one place, by the ids of their handles (torch.utils.hooks.RemovableHandle), which take them out again.
class Hooks {
 public:
  /// Gives the handle.
  Value add(const Value& function);
  void for_each(FunctionRef<void(const Value&)> visit) const;
  const Value& by_id() const { return functions_; }  // an OrderedDict
  void clear() { functions_ = Value::none(); }

 private:
  Value functions_ = Value::none();
};

/// backward() of these roots: the Python arguments gradient, retain_graph, create_graph and inputs as they came.
Value backward_from(std::span<const Tensor> roots, const Value& gradients, const Value& retain_graph, const Value& create_graph, const Value& only);

// ---- calls ----

/// How an operator is called: as a function of torch or of torch.nn.functional, as a method of its first argument, or as the
/// in-place method.
enum class Form : std::uint8_t { function, functional, method, in_place };
struct Callable;
/// Calls a function of lib/saved.py.
Value ask_saved(const char* what, std::initializer_list<Value> args);
/// What memory_format= asks for: the order in memory that the tensor given has (also None), or row-major order; none: it is no format.
enum class MemoryFormat : std::uint8_t { none, kept, rows };
MemoryFormat memory_format_of(const Value& value);
/// Binds the arguments to one of the operator's signatures and applies it. TypeErrors in PyTorch's words.
Value call_op(const Callable& as, Args args);
/// The operator behind a function or method that Python sees; null when it is none. `is_method`: its first argument is the object.
const OpDef* operator_behind(const Value& function, bool* is_method);
/// `x op y` for tensors and numbers, and the unary signs: the slots of the Tensor type.
Value tensor_binary(Binary op, const Value& a, const Value& b, bool in_place);
/// The same for tensors of one element and numbers; undefined where they are not such.
Value tensor_short_binary(Binary op, const Value& a, const Value& b);
Value tensor_unary(Unary op, const Value& a);
Value tensor_compare(Compare op, const Value& a, const Value& b);

// ---- what the files of this layer add to the modules ----

void make_types();                   // types.cpp: dtype, device, Size
void make_tensor_type();             // tensor_type.cpp
void make_grad_mode_types();         // grad_mode.cpp
void make_autograd_types();          // autograd.cpp
void make_optimizer_types();         // optimizer.cpp
/// Where operators lie; those called linalg_... and special_... in the modules of that name, without it.
struct OperatorModules {
  Ref<Dict> torch = make<Dict>(), functional = make<Dict>(), linalg = make<Dict>(), special = make<Dict>();
};
void add_operators(const OperatorModules& modules);  // call.cpp: every OpDef under its spellings
void add_tensor_operators(Type* tensor);
void add_constructors(Dict& torch);  // construct.cpp: tensor(), Tensor, FloatTensor, ...
Value tensor_new_tensor(Args args);  // construct.cpp: x.new_tensor(data)
void add_copying_tools(Dict& module);  // copying.cpp
void add_type_name(Dict& module);      // arguments.cpp
/// In anomaly mode: where the program made the node, and in the backward of which other.
void note_origin(Node& node);
/// What the hooks on saved tensors that are on make of p[0], and how it is unpacked; None where there are none.
Value pack_saved(const Value* p);
void add_grad_modes(Dict& torch);
void add_decorator_tools(Dict& module);  // grad_mode.cpp: for lib/grad_mode.py
// modes.cpp: inference, forward mode, anomalies, hooks on what is saved; the tools are for the texts in lib/
void add_modes(Dict& torch);
void add_pickle_errors(Dict& module);  // saving.cpp
void add_forward_tools(Dict& module);
void add_anomaly_tools(Dict& module);
void add_graph_tools(Dict& module);
void use_inference_mode(bool on);
void mark_inference(const Tensor& x);
void reset_modes();
// transforms.cpp: for lib/func_grad.py, lib/func_vmap.py
void add_level_tools(Dict& module);
void add_vmap_tools(Dict& module);
void reset_transforms();
/// Is it an element of a batch, inside of vmap?
bool is_batched(const TensorImpl& x);
[[noreturn]] void refuse_item();  // of what is batched
void add_autograd(Dict& autograd);   // autograd.cpp
void add_saved_tools(Dict& module);  // autograd.cpp: for lib/saved.py
void add_function_tools(Dict& module);  // function.cpp: for lib/function.py
/// The ctx object of the node of a program's own Function; undefined for others.
Value context_of_node(Node& node);
void clear_python_nodes();           // the end of a run: cuts the circles through custom functions
void add_optimizers(Dict& optim);    // optimizer.cpp
void add_parameters(Dict& nn);       // parameter.cpp: Parameter, UninitializedParameter
void add_saving(Dict& torch);        // saving.cpp: save, load
Value required_option();             // torch.optim.optimizer.required

}  // namespace nabla
