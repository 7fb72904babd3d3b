// Arrays as text, to numpy's letter. The layout rules' source: numpy/core/arrayprint.py of 1.24, whose output is tested against.
#include <cmath>
#include <cstring>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "python/object.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

/// The shortest digits of x in its own type.
Decimal digits_of(double x, DType dtype) { return dtype == DType::float32 ? shortest_digits(static_cast<float>(x)) : shortest_digits(x); }

/// "12.5" or "12." : positional, at most `precision` decimals, trailing zeros dropped.
std::string positional(double x, DType dtype, int precision) {
  const Decimal decimal = digits_of(x, dtype);
  const int count = static_cast<int>(decimal.digits.size());
  std::string out;
  if (count - decimal.point <= precision) {
    out = std::signbit(x) ? "-" : "";
    if (decimal.point <= 0) out += "0";
    for (int i = 0; i < decimal.point; ++i) out += i < count ? decimal.digits[static_cast<std::size_t>(i)] : '0';
    out += '.';
    if (x == 0) return out;
    for (int i = decimal.point; i < 0; ++i) out += '0';
    for (int i = std::max(decimal.point, 0); i < count; ++i) out += decimal.digits[static_cast<std::size_t>(i)];
    return out;
  }
  out = fixed(x, precision);
  if (precision == 0) return out + ".";
  while (out.back() == '0') out.pop_back();
  return out;
}

/// The digits before the exponent ("-1.25", "3."), at most `precision` of them behind the point; `exponent` is set.
std::string mantissa(double x, DType dtype, int precision, int* exponent) {
  const Decimal decimal = digits_of(x, dtype);
  std::string digits = decimal.digits;
  *exponent = x == 0 ? 0 : decimal.point - 1;
  if (static_cast<int>(digits.size()) - 1 > precision) {
    const std::string text = scientific(std::fabs(x), precision);
    const std::size_t e = text.find('e');
    digits = text.substr(0, 1);
    if (precision > 0) digits += text.substr(2, e - 2);
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    *exponent = std::atoi(text.c_str() + e + 1);
  }
  return cat(std::signbit(x) ? "-" : "", digits.substr(0, 1), ".", digits.substr(1));
}

std::string exponent_text(int exponent, std::size_t width) {
  std::string digits = std::to_string(std::abs(exponent));
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return cat("e", exponent < 0 ? "-" : "+", digits);
}

/// Decides once for a whole array how its elements are written.
class Formatter {
 public:
  Formatter(DType dtype, bool zero_d) : dtype_(dtype), zero_d_(zero_d) {}

  void see(Scalar value) {
    if (!is_floating(dtype_)) {
      width_ = std::max(width_, plain(value).size());
      return;
    }
    const double x = value.real;
    if (!std::isfinite(x)) {
      special_ = std::max<std::size_t>(special_, x < 0 ? 4 : 3);
      return;
    }
    seen_.push_back(x);
    if (x == 0) return;
    largest_ = std::max(largest_, std::fabs(x));
    smallest_ = std::min(smallest_, std::fabs(x));
  }

  void decide() {
    if (!is_floating(dtype_)) return;
    const ArrayPrintOptions& options = array_print_options();
    scientific_ = largest_ >= 1e8 || (!options.suppress && largest_ > 0 && (smallest_ < 1e-4 || largest_ / smallest_ > 1000.0));
    for (double x : seen_) {
      int exponent = 0;
      const std::string text = scientific_ ? mantissa(x, dtype_, options.precision, &exponent) : positional(x, dtype_, options.precision);
      const std::size_t point = text.find('.');
      left_ = std::max(left_, point);
      right_ = std::max(right_, text.size() - point - 1);
      exponent_ = std::max(exponent_, std::to_string(std::abs(exponent)).size());
    }
    exponent_ = std::max<std::size_t>(exponent_, 2);
    const std::size_t tail = scientific_ ? right_ + exponent_ + 2 : right_;
    if (special_ > tail + 1) left_ = std::max(left_, special_ - tail - 1);
    width_ = left_ + 1 + tail;
  }

  std::string operator()(Scalar value) const {
    std::string text;
    if (!is_floating(dtype_)) {
      text = plain(value);
    } else if (!std::isfinite(value.real)) {
      text = std::isnan(value.real) ? "nan" : value.real < 0 ? "-inf" : "inf";
    } else if (scientific_) {
      int exponent = 0;
      text = mantissa(value.real, dtype_, static_cast<int>(right_), &exponent);
      text.append(right_ - (text.size() - text.find('.') - 1), '0');
      text += exponent_text(exponent, exponent_);
    } else {
      text = positional(value.real, dtype_, array_print_options().precision);
      text.append(right_ - (text.size() - text.find('.') - 1), ' ');
    }
    if (text.size() < width_) text.insert(0, width_ - text.size(), ' ');
    return text;
  }

 private:
  std::string plain(Scalar value) const {
    if (dtype_ == DType::bool_) return value.integer ? (zero_d_ ? "True" : " True") : "False";
    return std::to_string(value.integer);
  }

  DType dtype_;
  bool zero_d_;
  std::vector<double> seen_;
  double smallest_ = INFINITY, largest_ = 0;
  bool scientific_ = false;
  std::size_t left_ = 0, right_ = 0, exponent_ = 0, special_ = 0, width_ = 0;
};

struct Printer {
  const TensorImpl& x;
  Formatter format;
  bool summarize;
  std::string separator;

  /// Calls `each(i)` for the positions that are printed, -1 standing for what is left out.
  template <class Each>
  void positions(std::size_t dim, Each each) const {
    const std::int64_t size = x.sizes[dim], edge = array_print_options().edgeitems;
    const bool cut = summarize && size > 2 * edge;
    for (std::int64_t i = 0; i < (cut ? edge : size); ++i) each(i);
    if (!cut) return;
    each(-1);
    for (std::int64_t i = size - edge; i < size; ++i) each(i);
  }

  void see(std::size_t dim, std::int64_t offset) {
    if (dim == x.dim()) return format.see(element(x, offset));
    positions(dim, [&](std::int64_t i) {
      if (i >= 0) see(dim + 1, offset + i * x.strides[dim]);
    });
  }

  static void extend(std::string& out, std::string& line, const std::string& word, std::size_t width, const std::string& indent) {
    if (line.size() + word.size() > width && line.size() > indent.size()) {
      out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
      line = indent;
    }
    line += word;
  }

  std::string text(std::size_t dim, std::int64_t offset, const std::string& indent, std::int64_t width) const {
    const std::size_t rest = x.dim() - dim;
    if (rest == 0) return format(element(x, offset));
    const std::string tight = separator.substr(0, separator.find_last_not_of(' ') + 1);
    std::string out;
    if (rest == 1) {
      const std::int64_t room = width - static_cast<std::int64_t>(std::max<std::size_t>(tight.size(), 1));
      std::string line = indent;
      bool first = true;
      positions(dim, [&](std::int64_t i) {
        if (!first) line += separator;
        first = false;
        extend(out, line, i < 0 ? "..." : format(element(x, offset + i * x.strides[dim])), static_cast<std::size_t>(std::max<std::int64_t>(room, 0)), indent);
      });
      out += line;
    } else {
      bool first = true;
      positions(dim, [&](std::int64_t i) {
        if (!first) out += tight + std::string(rest - 1, '\n');
        first = false;
        out += indent + (i < 0 ? "..." : text(dim + 1, offset + i * x.strides[dim], indent + " ", width - 1));
      });
    }
    return "[" + out.substr(std::min(indent.size(), out.size())) + "]";
  }
};

std::string elements(const Tensor& x, const std::string& separator, std::size_t prefix, std::size_t suffix) {
  if (x->numel == 0) return "[]";
  Printer printer{*x, Formatter(x->dtype, x->dim() == 0), x->numel > array_print_options().threshold, separator};
  printer.see(0, 0);
  printer.format.decide();
  return printer.text(0, 0, std::string(prefix + 1, ' '), array_print_options().linewidth - static_cast<std::int64_t>(suffix));
}

}  // namespace

ArrayPrintOptions& array_print_options() {
  static ArrayPrintOptions options;
  return options;
}

std::string shape_text(const Dims& sizes) {
  std::string out = "(";
  for (std::size_t i = 0; i < sizes.size(); ++i) out += cat(i ? "," : "", sizes[i]);
  return out + (sizes.size() == 1 ? ",)" : ")");
}

std::string scalar_text(const TensorImpl& x, std::int64_t at) {
  const Scalar s = element(x, at);
  if (s.kind == Scalar::Kind::boolean) return s.integer ? "True" : "False";
  if (!s.is_real()) return std::to_string(s.integer);
  if (x.dtype == DType::float64 || !std::isfinite(s.real)) return shortest(s.real);
  const Decimal decimal = shortest_digits(static_cast<float>(s.real));
  if (decimal.point <= 16 && decimal.point >= -3) {
    const std::string out = positional(s.real, x.dtype, 100);
    return out.back() == '.' ? out + "0" : out;
  }
  int exponent;
  std::string out = mantissa(s.real, x.dtype, 20, &exponent);
  if (out.back() == '.') out.pop_back();
  return out + exponent_text(exponent, 2);
}

std::string array_str(const Tensor& x) { return x->dim() == 0 ? scalar_text(*x, 0) : elements(x, " ", 0, 0); }

std::string array_repr(const Tensor& x) {
  const bool implied = (x->dtype == DType::float64 || x->dtype == DType::int64 || x->dtype == DType::bool_) && x->numel > 0;
  std::string out = "array(";
  const std::size_t prefix = out.size();
  if (x->numel > 0 || x->sizes == Dims{0}) {
    out += elements(x, ", ", prefix, 1);
  } else {
    std::string sizes;
    for (std::size_t i = 0; i < x->dim(); ++i) sizes += cat(i ? ", " : "", x->sizes[i]);
    out += cat("[], shape=(", sizes, x->dim() == 1 ? ",)" : ")");
  }
  if (implied) return out + ")";
  out += ",";
  const std::string dtype = cat("dtype=", name_of(x->dtype), ")");
  const std::size_t newline = out.rfind('\n');
  const std::size_t last_line = out.size() - (newline == std::string::npos ? 0 : newline + 1);
  const bool wraps = static_cast<std::int64_t>(last_line + dtype.size() + 1) > array_print_options().linewidth;
  return out + (wraps ? "\n" + std::string(prefix, ' ') : " ") + dtype;
}

}  // namespace nabla
