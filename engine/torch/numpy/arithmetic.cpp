// Signs between arrays, numbers and tensors: numpy's promotion, broadcasting and warnings around the operators that tensors use.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "autograd/variable.h"
#include "base/error.h"
#include "python/exception.h"
#include "python/machine.h"
#include "tensor/loops.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

constexpr std::string_view kUfuncs[] = {"add", "subtract", "multiply", "divide", "floor_divide", "remainder", "power", "matmul", "left_shift", "right_shift", "bitwise_and", "bitwise_or", "bitwise_xor"};

bool is_zero_d(const Tensor& x) { return x->dim() == 0; }
int kind_of(DType t) { return t == DType::bool_ ? 0 : is_floating(t) ? 2 : 1; }

bool fits(std::int64_t i, DType t) {
  if (t == DType::int64) return true;
  const int bits = static_cast<int>(item_size(t)) * 8;
  return t == DType::uint8 ? i >= 0 && i < 256 : i >= -(std::int64_t{1} << (bits - 1)) && i < (std::int64_t{1} << (bits - 1));
}

/// An operand as a tensor; null when numpy's signs do not take it.
Tensor operand(const Value& value) {
  if (TensorImpl* x = as_array(value)) return tensor_of_array(*x);
  if (TensorImpl* x = as_tensor(value)) return numpy_of_tensor(*x);
  if (value.is_float()) return scalar_tensor(to_scalar(value), DType::float64);
  if (value.is_bool()) return scalar_tensor(to_scalar(value), DType::bool_);
  if (is_int(value)) return scalar_tensor(to_scalar(value), DType::int64);
  if (as<List>(value) || as<Tuple>(value) || as<Range>(value)) return array_from(value, nullptr);
  return {};
}

struct Finite {
  bool nan = false, inf = false;
  void see(const TensorImpl& x) {
    if (!is_floating(x.dtype)) return;
    for (std::int64_t i = 0; i < x.numel; ++i) {
      const double v = element(x, x.is_contiguous() ? i : offset_of(x, i)).real;
      nan |= std::isnan(v);
      inf |= std::isinf(v);
    }
  }
};

[[noreturn]] void unsupported(std::string_view sign, const Value& a, const Value& b) {
  fail("TypeError", "unsupported operand type(s) for ", sign, ": '", type_of(a)->name, "' and '", type_of(b)->name, "'");
}

/// Raises an exception class that lib/numpy.py defines.
[[noreturn]] void raise_numpy(const char* name, std::string message) {
  need_numpy();
  const Value cls = get_attribute(import_module("numpy"), intern(name));
  throw Raise{call(cls, {string(std::move(message))})};
}

/// Integer division: where the divisor is zero numpy gives 0 and warns, where PyTorch raises.
Value divide_integers(Binary op, const Tensor& x, const Tensor& y) {
  Tensor divisor = copy(y);
  bool zero = false;
  for (std::int64_t i = 0; i < divisor->numel; ++i) {
    if (element(*divisor, i).integer != 0) continue;
    zero = true;
    set_element(*divisor, i, Scalar::of(1));
  }
  const Value out = tensor_binary(op, wrap(x), wrap(divisor), false);
  if (!zero) return out;
  warn("RuntimeWarning", cat("divide by zero encountered in ", kUfuncs[static_cast<int>(op)]));
  return tensor_binary(Binary::mul, out, wrap(cast(Tensor(as_tensor(tensor_compare(Compare::ne, wrap(y), integer(0)))), x->dtype)), false);
}

/// A remainder of zero has the divisor's sign.
void sign_zeros(const Tensor& out, const Tensor& divisor) {
  const Tensor wide = expand(divisor, out->sizes);
  for (std::int64_t i = 0; i < out->numel; ++i) {
    if (element(*out, offset_of(*out, i)).real == 0) set_element(*out, offset_of(*out, i), Scalar::of(std::copysign(0.0, element(*wide, offset_of(*wide, i)).real)));
  }
}

void check_matmul(const Tensor& x, const Tensor& y) {
  constexpr const char* kSignature = "gufunc signature (n?,k),(k,m?)->(n?,m?)";
  for (const Tensor* side : {&x, &y}) {
    if ((*side)->dim() == 0) {
      fail("ValueError", "matmul: Input operand ", side == &y ? 1 : 0, " does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)");
    }
  }
  const std::int64_t columns = x->sizes.back(), rows = y->sizes[y->dim() > 1 ? y->dim() - 2 : 0];
  if (columns != rows) fail("ValueError", "matmul: Input operand 1 has a mismatch in its core dimension 0, with ", kSignature, " (size ", rows, " is different from ", columns, ")");
}

Value plain(const Value& value) {
  Value out = plain_number(value);
  return out.is_undefined() ? value : out;
}

/// Where one side is a tensor: numbers of numpy are numbers to it; an array on the right makes numpy compute, and PyTorch wrap what comes out;
/// an array on the left is an error but for division.
Value with_tensor(Binary op, const Value& a, const Value& b, bool in_place) {
  if (!(as_array(a) && !is_numpy_scalar(a)) && !(as_array(b) && !is_numpy_scalar(b))) return tensor_binary(op, plain(a), plain(b), false);
  const std::string_view sign = kBinarySigns[static_cast<int>(op)];
  if (as_tensor(b)) {
    if (op == Binary::truediv) return with_tensor(Binary::mul, wrap(apply(*find_op("reciprocal"), Tensor(as_tensor(b)))), a, false);
    if (op == Binary::add) {
      fail("TypeError",
           "Concatenation operation is not implemented for NumPy arrays, use np.concatenate() instead. Please do not rely on this error; it may not be "
           "given on all Python implementations.");
    }
    unsupported(in_place ? cat(sign, "=") : op == Binary::pow ? "** or pow()" : sign, a, b);
  }
  const Tensor x = numpy_of_tensor(*as_tensor(a));
  const Value out = array_binary(op, array_of(x), b, false);
  TensorImpl* const result = as_array(out);
  if (!result) return out;
  const Tensor made = tensor_of_array(*result);
  return wrap(made->dtype == DType::bool_ ? cast(made, DType::uint8) : made);  // from when PyTorch had no truth values
}

}  // namespace

DType numpy_promote(DType a, DType b) {
  if (a == b) return a;
  if (a > b) std::swap(a, b);
  if (a == DType::uint8 && b == DType::int8) return DType::int16;
  if (b == DType::float32 && (a == DType::int32 || a == DType::int64)) return DType::float64;
  return b;
}

DType numpy_result_type(std::span<const Tensor> operands) {
  int array_kind = -1, number_kind = -1;
  for (const Tensor& x : operands) (is_zero_d(x) ? number_kind : array_kind) = std::max(is_zero_d(x) ? number_kind : array_kind, kind_of(x->dtype));
  const bool all = array_kind < 0 || number_kind < 0 || number_kind > array_kind;
  bool any = false;
  DType out = DType::float64;
  for (const Tensor& x : operands) {
    if (!all && is_zero_d(x)) continue;
    out = any ? numpy_promote(out, x->dtype) : x->dtype;
    any = true;
  }
  if (all || kind_of(out) != 1) return out;
  for (const Tensor& x : operands) {  // a number that an array of small integers cannot hold
    if (!is_zero_d(x) || kind_of(x->dtype) != 1) continue;
    const std::int64_t number = element(*x, 0).integer;
    while (!fits(number, out)) out = out == DType::uint8 || out == DType::int8 ? DType::int16 : out == DType::int16 ? DType::int32 : DType::int64;
  }
  return out;
}

void warn_of_floats(std::string_view function, std::span<const Tensor> inputs, const Tensor& out) {
  if (!is_floating(out->dtype)) return;
  Finite after;
  after.see(*out);
  if (!after.nan && !after.inf) return;
  Finite before;
  for (const Tensor& x : inputs) before.see(*x);
  constexpr std::string_view kPoles = " divide floor_divide remainder log log2 log10 log1p reciprocal arctanh ";
  bool pole = kPoles.find(cat(" ", function, " ")) != std::string_view::npos;
  if (function == "power") {
    for (std::int64_t i = 0; i < inputs[0]->numel; ++i) pole |= element(*inputs[0], offset_of(*inputs[0], i)).to_double() == 0;
  }
  const bool scalars = inputs.size() > 1 && std::all_of(inputs.begin(), inputs.end(), is_zero_d);
  const std::string name = cat(scalars && function != "matmul" ? "scalar " : "", function);
  if (after.inf && !before.inf) warn("RuntimeWarning", cat(pole ? "divide by zero" : "overflow", " encountered in ", name));
  if (after.nan && !before.nan) warn("RuntimeWarning", cat("invalid value encountered in ", name));
}

bool can_broadcast(std::span<const Tensor> operands) noexcept {
  for (const Tensor& x : operands) {
    for (const Tensor& y : operands) {
      for (std::size_t d = 1; d <= std::min(x->dim(), y->dim()); ++d) {
        const std::int64_t a = x->sizes[x->dim() - d], b = y->sizes[y->dim() - d];
        if (a != b && a != 1 && b != 1) return false;
      }
    }
  }
  return true;
}

void check_broadcast(std::span<const Tensor> operands) {
  if (can_broadcast(operands)) return;
  std::string shapes;
  for (const Tensor& one : operands) shapes += cat(shape_text(one->sizes), " ");
  fail("ValueError", "operands could not be broadcast together with shapes ", shapes);
}

Value array_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  if (in_place && op == Binary::matmul && as_array(a) && !is_numpy_scalar(a)) {
    fail("TypeError", "In-place matrix multiplication is not (yet) supported. Use 'a = a @ b' instead of 'a @= b'.");
  }
  if (as_tensor(a) || as_tensor(b)) return with_tensor(op, a, b, in_place);
  if (in_place && op == Binary::pow && as_array(a) && !is_floating(as_array(a)->dtype) && (as_array(b) ? is_numpy_scalar(b) : b.is_float() || b.is_small())) {
    const Scalar exponent = to_scalar(as_array(b) ? plain(b) : b);  // squares are taken of whole numbers too
    if (exponent.to_double() == 2 && as_array(a)->dtype == DType::bool_) {
      raise_numpy("_UFuncOutputCastingError", "Cannot cast ufunc 'square' output from dtype('int8') to dtype('bool') with casting rule 'same_kind'");
    }
    if (exponent.to_double() == 2 && exponent.is_real()) return array_binary(op, a, integer(2), true);
  }
  const std::string_view sign = kBinarySigns[static_cast<int>(op)], ufunc = kUfuncs[static_cast<int>(op)];
  Tensor operands[2] = {operand(a), operand(b)};
  if (!operands[0] || !operands[1]) {
    const Value& other = operands[0] ? b : a;
    const TensorImpl& known = *(operands[0] ? operands[0] : operands[1]);
    if (const std::string* text = text_of(other); text && op != Binary::mod) {
      const std::string types[] = {cat("dtype('", name_of(known.dtype), "')"), cat("dtype('<U", std::max<std::size_t>(text->size(), 1), "')")};
      raise_numpy("_UFuncNoLoopError", cat("ufunc '", ufunc, "' did not contain a loop with signature matching types (", types[operands[0] ? 0 : 1], ", ", types[operands[0] ? 1 : 0], ") -> None"));
    }
    if (other.is_none()) fail("TypeError", "unsupported operand type(s) for ", op == Binary::pow ? "** or pow()" : sign, ": '", operands[0] ? (is_floating(known.dtype) ? "float" : "int") : "NoneType", "' and '", operands[0] ? "NoneType" : is_floating(known.dtype) ? "float" : "int", "'");
    return Value::not_implemented();
  }
  DType dtype = numpy_result_type(operands);
  if (op == Binary::truediv && !is_floating(dtype)) dtype = DType::float64;
  if (dtype == DType::bool_) {
    if (op == Binary::sub) fail("TypeError", "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.");
    if (op == Binary::floordiv || op == Binary::mod || op == Binary::pow) dtype = DType::int8;
  }
  if (op >= Binary::lshift && is_floating(dtype)) {
    fail("TypeError", cat("ufunc '", ufunc, "' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''"));
  }
  if (op == Binary::matmul) check_matmul(operands[0], operands[1]);
  else if (in_place && as_array(a) && !is_numpy_scalar(a)) check_broadcast(std::array{operands[0], operands[1], operands[0]});
  else check_broadcast(operands);
  const Tensor x = cast(operands[0], dtype), y = cast(operands[1], dtype);
  if (op == Binary::pow && is_integral(dtype)) {
    for (std::int64_t i = 0; i < y->numel; ++i) {
      if (element(*y, offset_of(*y, i)).integer < 0) fail("ValueError", "Integers to negative integer powers are not allowed.");
    }
  }
  const bool integer_division = (op == Binary::floordiv || op == Binary::mod) && !is_floating(dtype);
  Tensor out;
  {
    const Aside aside;
    // numpy squares, takes roots and reciprocals for these exponents of an array, as PyTorch does for numbers
    const double exponent = op == Binary::pow && is_floating(dtype) && is_zero_d(y) && !is_zero_d(x) ? element(*y, 0).to_double() : 0;
    const bool quick = exponent == 2 || exponent == 0.5 || exponent == -1;
    const Value result = integer_division ? divide_integers(op, x, y) : tensor_binary(op, wrap(x), quick ? Value::number(exponent) : wrap(y), false);
    if (result.is_not_implemented()) return result;
    out = Tensor(as_tensor(result));
  }
  if (op == Binary::mod && is_floating(dtype)) sign_zeros(out, y);
  const Tensor inputs[] = {x, y};
  warn_of_floats(ufunc, inputs, out);
  if (!in_place || !as_array(a) || is_numpy_scalar(a)) return result_of(out);
  TensorImpl& target = *as_array(a);
  if (kind_of(out->dtype) > kind_of(target.dtype)) {
    raise_numpy("_UFuncOutputCastingError", cat("Cannot cast ufunc '", ufunc, "' output from dtype('", name_of(out->dtype), "') to dtype('", name_of(target.dtype), "') with casting rule 'same_kind'"));
  }
  if (!(out->sizes == target.sizes) && (op == Binary::matmul || !is_expandable(out->sizes, target.sizes))) {
    fail("ValueError", "non-broadcastable output operand with shape ", shape_text(target.sizes), " doesn't match the broadcast shape ", shape_text(out->sizes));
  }
  copy_into(Tensor(&target), out);
  return a;
}

Value array_unary(Unary op, const Value& a) {
  TensorImpl& array = *as_array(a);
  if (op == Unary::neg && array.dtype == DType::bool_) {
    fail("TypeError", "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.");
  }
  if (op == Unary::invert && is_floating(array.dtype)) {
    fail("TypeError", "ufunc 'invert' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''");
  }
  const Aside aside;
  const Tensor x = tensor_of_array(array);
  if (op == Unary::pos) return result_of(copy(x));
  return result_of(Tensor(as_tensor(tensor_unary(op, wrap(x)))));
}

Value array_compare(Compare op, const Value& a, const Value& b) {
  for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (!as_tensor(*one)) continue;
    if (!is_numpy_scalar(*other)) return Value::not_implemented();
    return tensor_compare(op, plain(a), plain(b));
  }
  const Tensor operands[2] = {operand(a), operand(b)};
  if (!operands[0] || !operands[1]) {
    if (op != Compare::eq && op != Compare::ne) return Value::not_implemented();
    const Tensor& known = operands[0] ? operands[0] : operands[1];
    const Value other = operands[0] ? b : a;
    if (!other.is_none() || known->dim() == 0) return Value::not_implemented();
    return result_of(full(known->sizes, Scalar::of(op == Compare::ne), DType::bool_));
  }
  if ((op == Compare::eq || op == Compare::ne) && !can_broadcast(operands)) {
    warn("DeprecationWarning", "elementwise comparison failed; this will raise an error in the future.");
    return Value::boolean(op == Compare::ne);
  }
  check_broadcast(operands);
  const DType dtype = numpy_result_type(operands);
  const Aside aside;
  return result_of(Tensor(as_tensor(tensor_compare(op, wrap(cast(operands[0], dtype)), wrap(cast(operands[1], dtype))))));
}

}  // namespace nabla
