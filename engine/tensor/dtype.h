// Element types, their names and sizes; Scalar, a Python number on its way into a tensor; type promotion.
#pragma once
#include <cstdint>
#include <string_view>

namespace nabla {

/// Ordered so that within a category the larger value is the wider type.
enum class DType : std::uint8_t { bool_, uint8, int8, int16, int32, int64, float32, float64 };
inline constexpr int kDTypeCount = 8;

constexpr bool is_floating(DType t) { return t >= DType::float32; }
constexpr bool is_integral(DType t) { return t > DType::bool_ && t < DType::float32; }
constexpr std::int64_t item_size(DType t) {
  constexpr std::int8_t kSizes[] = {1, 1, 1, 2, 4, 8, 4, 8};
  return kSizes[static_cast<int>(t)];
}
/// Python's name: "float32".
std::string_view name_of(DType t);
/// The name that PyTorch's messages and legacy tensor types use: "Float", as in "torch.FloatTensor".
std::string_view legacy_name(DType t);

/// A Python bool, int or float.
struct Scalar {
  enum class Kind : std::uint8_t { boolean, integer, real };
  Kind kind = Kind::integer;
  union {
    std::int64_t integer = 0;
    double real;
  };
  static Scalar of(bool b) { return {Kind::boolean, b}; }
  static Scalar of(std::int64_t i) { return {Kind::integer, i}; }
  static Scalar of(int i) { return of(std::int64_t{i}); }
  static Scalar of(double d) {
    Scalar s;
    s.kind = Kind::real;
    s.real = d;
    return s;
  }
  bool is_real() const { return kind == Kind::real; }
  double to_double() const { return is_real() ? real : static_cast<double>(integer); }
  std::int64_t to_int() const;  // truncates; out of range gives the smallest integer, as in C on x86
  bool to_bool() const { return is_real() ? real != 0 : integer != 0; }
};

/// The type of two tensors' elements combined (both of the same priority).
DType promote(DType a, DType b);

/// Gathers the operands of an operator and gives the type that PyTorch computes in: tensors with dimensions outrank 0-d
/// tensors, which outrank Python numbers, as long as the category (bool < integer < float) is no higher.
/// Source: the documentation of torch.result_type.
class ResultType {
 public:
  void add_tensor(DType dtype, bool zero_dim) {
    int& slot = zero_dim ? zero_dim_ : dims_;
    if (slot < 0) slot = static_cast<int>(dtype);
    else if (slot != static_cast<int>(dtype)) slot = static_cast<int>(promote(static_cast<DType>(slot), dtype));
  }
  void add_number(Scalar::Kind kind);
  DType get() const;

 private:
  static constexpr int kNone = -1;
  int dims_ = kNone, zero_dim_ = kNone, number_ = kNone;
};

/// torch.get_default_dtype(): what Python floats become. float32 unless set_default_dtype changed it.
DType default_dtype();
void set_default_dtype(DType dtype);

}  // namespace nabla
