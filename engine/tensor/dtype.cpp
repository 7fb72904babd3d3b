// Names and promotion of element types.
#include "tensor/dtype.h"
#include "tensor/wide.h"

#include <cmath>
#include <limits>
#include <utility>

namespace nabla {
namespace {

DType g_default = DType::float32;

int category(int dtype) {
  if (dtype < 0) return -1;
  const auto t = static_cast<DType>(dtype);
  return t == DType::bool_ ? 0 : is_integral(t) ? 1 : 2;
}

int combine_category(int higher, int lower) {
  if (category(lower) <= category(higher)) return higher;
  return higher < 0 ? lower : static_cast<int>(promote(static_cast<DType>(higher), static_cast<DType>(lower)));
}

}  // namespace

std::string_view name_of(DType t) {
  constexpr std::string_view kNames[] = {"bool", "uint8", "int8", "int16", "int32", "int64", "float32", "float64"};
  return kNames[static_cast<int>(t)];
}

std::string_view legacy_name(DType t) {
  constexpr std::string_view kNames[] = {"Bool", "Byte", "Char", "Short", "Int", "Long", "Float", "Double"};
  return kNames[static_cast<int>(t)];
}

std::int64_t Scalar::to_int() const {
  if (!is_real()) return integer;
  if (!(std::fabs(real) < 9223372036854775808.0)) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(real);
}

DType promote(DType a, DType b) {
  if (a == b) return a;
  if (a > b) std::swap(a, b);
  if (a == DType::uint8 && b == DType::int8) return DType::int16;
  return b;
}

void ResultType::add_number(Scalar::Kind kind) {
  const DType dtype = kind == Scalar::Kind::boolean   ? DType::bool_
                      : kind == Scalar::Kind::integer ? DType::int64
                                                      : g_default;
  number_ = number_ < 0 ? static_cast<int>(dtype) : static_cast<int>(promote(static_cast<DType>(number_), dtype));
}

DType ResultType::get() const {
  // A float tensor outranks all that is below it.
  if (dims_ >= static_cast<int>(DType::float32)) return static_cast<DType>(dims_);
  const int result = combine_category(combine_category(dims_, zero_dim_), number_);
  return result < 0 ? g_default : static_cast<DType>(result);
}

DType default_dtype() { return as_asked(g_default); }
void set_default_dtype(DType dtype) { g_default = dtype; }

namespace {
bool g_wide = false;
}
bool floats_are_wide() noexcept { return g_wide; }
void set_floats_wide(bool wide) noexcept { g_wide = wide; }

}  // namespace nabla
