// numpy over the same tensors. An ndarray is a TensorImpl whose Python class is numpy.ndarray, a scalar (numpy.float64, ...) a 0-d one whose class
// is that scalar's: so memory is shared with tensors, and the operators compute for both. Neither is ever part of a graph or of the trace.
// What numpy writes in Python too (functions, methods) is engine/torch/lib/numpy.py, which is loaded when first needed.
#pragma once
#include <string>

#include "torch/torch.h"

namespace nabla {

// ---- classes (array.cpp) ----

Type* ndarray_type();
/// numpy.float64, numpy.int64, ...
Type* scalar_type(DType dtype);
/// The dtype object of a DType, which lives for ever.
Value numpy_dtype(DType dtype);
/// A dtype argument: a dtype, a scalar class, one of Python's float, int and bool, or a name. TypeError in numpy's words.
DType to_numpy_dtype(const Value& value);

/// The array or scalar in a value; null when it is something else.
TensorImpl* as_array(const Value& value) noexcept;
bool is_numpy_scalar(const Value& value) noexcept;
/// A numpy scalar as Python's number; undefined for anything else.
Value plain_number(const Value& value);

/// An ndarray over the memory of x.
Value array_of(const Tensor& x);
/// What a numpy function gives for a result: an ndarray, or a scalar when it has no dimensions.
Value result_of(const Tensor& x);
/// An array's memory as an ordinary tensor (negative strides, which the operators do not know, are copied away).
Tensor tensor_of_array(TensorImpl& array);
/// numpy.array(data): a copy of nested sequences, numbers, arrays and tensors. `dtype` may be null. ValueError for ragged data.
Tensor array_from(const Value& data, const DType* dtype);
/// RuntimeError in PyTorch's words for a tensor that requires grad.
Tensor numpy_of_tensor(TensorImpl& x);

/// While one lives, operators are not recorded, build no graph and take the C library's functions of doubles.
class Aside {
 public:
  Aside();
  ~Aside();
  Aside(const Aside&) = delete;

 private:
  OpObserver observer_;
  bool grad_mode_, for_numpy_;
};

// ---- arithmetic (arithmetic.cpp) ----

Value array_binary(Binary op, const Value& a, const Value& b, bool in_place);
Value array_unary(Unary op, const Value& a);
Value array_compare(Compare op, const Value& a, const Value& b);
DType numpy_promote(DType a, DType b);
/// The type that numpy computes these operands in: arrays decide, unless a number is of a higher kind.
DType numpy_result_type(std::span<const Tensor> operands);
/// RuntimeWarnings for infinities and NaNs that were not in the inputs, in numpy's words.
void warn_of_floats(std::string_view function, std::span<const Tensor> inputs, const Tensor& out);
/// ValueError: "operands could not be broadcast together with shapes (2,3) (2,) "
void check_broadcast(std::span<const Tensor> operands);

// ---- indexing (subscript.cpp) ----

Value array_get_item(const Value& self, const Value& key);
void array_set_item(const Value& self, const Value& key, const Value& value);

// ---- text (text.cpp) ----

struct ArrayPrintOptions {
  int precision = 8;
  std::int64_t threshold = 1000;
  std::int64_t edgeitems = 3;
  std::int64_t linewidth = 75;
  bool suppress = false;
};
ArrayPrintOptions& array_print_options();
std::string array_repr(const Tensor& x);
std::string array_str(const Tensor& x);
/// "(2,3)", "(3,)": a shape as numpy's messages have it.
std::string shape_text(const Dims& sizes);
/// One element as numpy prints a scalar: the shortest digits of its own type.
std::string scalar_text(const TensorImpl& x, std::int64_t at);

// ---- the modules ----

void make_numpy_types();                   // array.cpp
void add_array_functions(Dict& numpy);     // functions.cpp: what lib/numpy.py stands on
void add_numpy_random(Dict& random);       // random.cpp
void register_numpy_modules();             // functions.cpp
void register_plot_modules();              // plots.cpp
void reset_plots();
/// A new run: numpy's Python part is to be loaded again.
void reset_numpy();
/// Loads lib/numpy.py, which gives the classes their methods.
void need_numpy();

}  // namespace nabla
