// Binding the arguments of a Python call to an operator's signatures.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "torch/torch.h"

namespace nabla {

/// An operator as Python finds it: under one of its names, as a function or a method.
struct Callable {
  const OpDef& def;
  Form form;
  std::string name;  // with the underscore of an in-place method
  bool is_python;    // is it a function that PyTorch writes in Python?
  Callable(const OpDef& def, std::string_view name, Form form);

  /// The index of the first parameter that is not self.
  int first() const { return form == Form::method || form == Form::in_place ? 1 : 0; }
  /// How many of the parameters can be given: what torch has in common with torch.nn.functional lacks what is Python's there (inplace, return_indices), and the other way round (cudnn_enable).
  int usable(const std::vector<ParameterDef>& parameters) const;
  /// May a call take this signature? Methods need one that begins with a tensor; a first parameter "self" is for methods alone, "tensor" for functions.
  bool may_use(int signature) const {
    const auto& parameters = def.parsed()[signature].parameters;
    if (parameters.empty() || first() == 0) return parameters.empty() || parameters[0].name != "self" || parameters[0].type != ParameterDef::Type::tensor;
    return parameters[0].type == ParameterDef::Type::tensor && parameters[0].name != "repeats" && parameters[0].name != "tensor";
  }
};

/// One attempt to bind arguments to a signature.
class Binding {
 public:
  Binding(const Callable& as, int signature, Args args)
      : call(as.def, signature), as_(as), def_(as.def), parameters_(as.def.parsed()[signature].parameters), args_(args), first_(as.first()), usable_(as.usable(parameters_)) {}

  Call call;
  bool requires_grad = false;  // of a function that makes tensors
  std::vector<Tensor> into;    // out=: where the results go
  bool in_rows = false;        // memory_format=torch.contiguous_format, where the operator would keep the order of its argument's dimensions
  RandomGenerator* generator = nullptr;  // of an operator that draws random numbers; null: the default one

  /// False when the arguments do not fit; TypeError instead when `report`.
  bool bind(bool report);

 private:
  std::string_view type_text(const ParameterDef& parameter) const;
  bool read_spread(int i);
  bool read_output_size(int i, const Value& value);
  bool read_spread_tensors(int i);
  const Value* keyword(const std::string& name) const;
  bool take_out(const Value& value);
  bool take_factory_keywords(std::uint32_t left);
  bool is_no_args() const;
  bool missing(int from);
  std::string called() const;
  bool too_many();
  bool wrong_type(int i, const Value& value, bool positional);

  const Callable& as_;
  const OpDef& def_;
  const std::vector<ParameterDef>& parameters_;
  Args args_;
  int first_;  // 1 when the first parameter is self
  int usable_;  // parameters that the caller can give
  bool report_ = false;
};

/// Raises what PyTorch says of these arguments (without self), by its own call forms of that name ("Tensor.", "size"); comes back where it would take
/// them, or has no such forms: with what a function in Python gives, or None. `numbers`: do numbers stand for tensors?
Value explain_call(std::string_view place, std::string_view name, const Value& self, Args args, bool numbers);
/// Raises what PyTorch says of a tensor given as out= for this result of an operator whose types differ; comes back where it converts.
void refuse_out_type(std::string_view name, std::string_view result, DType wants, DType has, const Call& of);
/// Of several mistakes in a call that failed with this error, raises the one that PyTorch finds first (lib/first_mistakes.py); comes back where that is this error, with None,
/// or with what PyTorch gives nevertheless.
Value tell_first_mistake(const Callable& as, Args args, const Error& error);
/// The result in a form that is deprecated, numbers before tensors; undefined where these arguments fit none.
Value call_old_form(const Callable& as, Args args);
/// The TypeError for arguments that fit no signature, or what PyTorch's function in Python gives for them.
Value no_match(const Callable& as, Args args);

}  // namespace nabla
