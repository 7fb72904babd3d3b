// Measure: a number of a line search as PyTorch has it: a Python float, or a 0-d tensor, whose arithmetic rounds to its type.
#pragma once
#include <cmath>

namespace nabla {

struct Measure {
  enum class Kind : unsigned char { number, float32, float64 };
  double value = 0;
  Kind kind = Kind::number;

  Measure(double value = 0, Kind kind = Kind::number) : value(kind == Kind::float32 ? static_cast<float>(value) : value), kind(kind) {}

  /// As it is read beside another: a number beside a float32 tensor is rounded to it.
  double beside(const Measure& other) const { return other.kind == Kind::float32 ? static_cast<float>(value) : value; }

  friend Measure operator+(Measure a, Measure b) { return {a.beside(b) + b.beside(a), joint(a, b)}; }
  friend Measure operator-(Measure a, Measure b) { return {a.beside(b) - b.beside(a), joint(a, b)}; }
  friend Measure operator*(Measure a, Measure b) { return {a.beside(b) * b.beside(a), joint(a, b)}; }
  /// A number over a tensor is the tensor's reciprocal times the number.
  friend Measure operator/(Measure a, Measure b) { return a.kind < b.kind ? Measure(1 / b.value, b.kind) * a : Measure(a.beside(b) / b.beside(a), joint(a, b)); }
  Measure operator-() const { return {-value, kind}; }
  friend bool operator<(Measure a, Measure b) { return a.beside(b) < b.beside(a); }
  friend bool operator>(Measure a, Measure b) { return a.beside(b) > b.beside(a); }
  friend bool operator<=(Measure a, Measure b) { return a.beside(b) <= b.beside(a); }
  friend bool operator>=(Measure a, Measure b) { return a.beside(b) >= b.beside(a); }

 private:
  static Kind joint(const Measure& a, const Measure& b) { return a.kind > b.kind ? a.kind : b.kind; }
};

inline Measure abs(Measure x) { return {std::fabs(x.value), x.kind}; }
inline Measure sqrt(Measure x) { return {std::sqrt(x.value), x.kind}; }
/// As Python's: the first where they are equal or one is NaN.
inline Measure least(Measure a, Measure b) { return b < a ? b : a; }
inline Measure greatest(Measure a, Measure b) { return b > a ? b : a; }

}  // namespace nabla
