// The layout rules of PyTorch's tensor printing (their source: torch/_tensor_str.py of 1.13, whose output is tested against).
#include "tensor/print.h"

#include <cmath>
#include <vector>

#include "base/format.h"

namespace nabla {
namespace {

/// Decides once for a whole tensor how its elements are written, then writes them padded to one width.
class Formatter {
 public:
  explicit Formatter(DType dtype) : dtype_(dtype) {}

  /// Takes note of a value that will be printed.
  void see(Scalar value) {
    if (!is_floating(dtype_)) {
      widen(plain(value).size());
      return;
    }
    const double x = value.real;
    if (x == 0 || !std::isfinite(x)) return;
    seen_.push_back(x);
    smallest_ = std::min(smallest_, std::fabs(x));
    largest_ = std::max(largest_, std::fabs(x));
    if (x != std::ceil(x)) whole_ = false;
  }

  void decide() {
    if (seen_.empty()) return;
    scientific_ = largest_ / smallest_ > 1000.0 || largest_ > 1.0e8 || (!whole_ && smallest_ < 1.0e-4);
    for (double x : seen_) {
      if (scientific_) widen(scientific(x, print_options().precision).size());
      else if (whole_) widen(fixed(x, 0).size() + 1);
      else widen(fixed(x, print_options().precision).size());
    }
    if (print_options().sci_mode) scientific_ = *print_options().sci_mode;
  }

  std::size_t width() const { return width_; }

  std::string operator()(Scalar value) const {
    std::string text;
    if (!is_floating(dtype_)) {
      text = plain(value);
    } else if (scientific_) {
      text = scientific(value.real, print_options().precision);
    } else if (whole_) {
      text = fixed(value.real, 0);
      if (std::isfinite(value.real)) text += '.';
    } else {
      text = fixed(value.real, print_options().precision);
    }
    if (text.size() < width_) text.insert(0, width_ - text.size(), ' ');
    return text;
  }

 private:
  static std::string plain(Scalar value) {
    if (value.kind == Scalar::Kind::boolean) return value.integer ? "True" : "False";
    return std::to_string(value.integer);
  }
  void widen(std::size_t width) { width_ = std::max(width_, width); }

  DType dtype_;
  std::vector<double> seen_;
  double smallest_ = INFINITY, largest_ = 0;
  bool whole_ = true, scientific_ = false;
  std::size_t width_ = 1;
};

struct Printer {
  const TensorImpl& x;
  Formatter format;
  bool summarize;

  /// Which positions of a dimension are printed: all, or the edges with a gap (-1) between.
  std::vector<std::int64_t> positions(std::size_t dim) const {
    const std::int64_t size = x.sizes[dim];
    const std::int64_t edge = print_options().edgeitems;
    std::vector<std::int64_t> out;
    const bool cut = summarize && size > 2 * edge;
    for (std::int64_t i = 0; i < (cut ? edge : size); ++i) out.push_back(i);
    if (cut) {
      out.push_back(-1);
      for (std::int64_t i = size - edge; i < size; ++i) out.push_back(i);
    }
    return out;
  }

  void see(std::size_t dim, std::int64_t offset) {
    if (dim == x.dim()) {
      format.see(element(x, offset));
      return;
    }
    for (std::int64_t i : positions(dim)) {
      if (i >= 0) see(dim + 1, offset + i * x.strides[dim]);
    }
  }

  std::string vector(std::size_t dim, std::int64_t offset, int indent) const {
    const int per_line = std::max(1, (print_options().linewidth - indent) / static_cast<int>(format.width() + 2));
    std::string out = "[";
    int on_line = 0;
    for (std::int64_t i : positions(dim)) {
      if (on_line == per_line) {
        out += ",\n" + std::string(indent + 1, ' ');
        on_line = 0;
      } else if (on_line > 0) {
        out += ", ";
      }
      out += i < 0 ? " ..." : format(element(x, offset + i * x.strides[dim]));
      ++on_line;
    }
    return out + "]";
  }

  std::string text(std::size_t dim, std::int64_t offset, int indent) const {
    const std::size_t rest = x.dim() - dim;
    if (rest == 0) return format(element(x, offset));
    if (rest == 1) return vector(dim, offset, indent);
    const std::string separator = "," + std::string(rest - 1, '\n') + std::string(indent + 1, ' ');
    std::string out = "[";
    bool first = true;
    for (std::int64_t i : positions(dim)) {
      if (!first) out += separator;
      first = false;
      out += i < 0 ? "..." : text(dim + 1, offset + i * x.strides[dim], indent + 1);
    }
    return out + "]";
  }
};

std::string elements(const Tensor& x, int indent) {
  Printer printer{*x, Formatter(x->dtype), static_cast<double>(x->numel) > print_options().threshold};
  printer.see(0, 0);
  printer.format.decide();
  return printer.text(0, 0, indent);
}

/// "(2, 0)", "(3,)", "()": a shape as a Python tuple.
std::string tuple_text(const Dims& sizes) {
  std::string out = "(";
  for (std::size_t i = 0; i < sizes.size(); ++i) out += cat(i ? ", " : "", sizes[i]);
  return out + (sizes.size() == 1 ? ",)" : ")");
}

}  // namespace

PrintOptions& print_options() {
  static PrintOptions options;
  return options;
}

std::string elements_text(const Tensor& x) { return x->numel == 0 ? "[]" : elements(x, 0); }

std::string to_text(const Tensor& x, const std::string& tail, const std::string& more, const std::string& name) {
  std::string out = name + "(";
  const int indent = static_cast<int>(out.size());
  std::vector<std::string> suffixes;
  const std::string dtype = cat("dtype=torch.", name_of(x->dtype));
  if (x->numel == 0) {
    if (x->dim() != 1) suffixes.push_back("size=" + tuple_text(x->sizes));
    if (x->dtype != default_dtype()) suffixes.push_back(dtype);
    out += "[]";
  } else {
    if (x->dtype != default_dtype() && x->dtype != DType::int64 && x->dtype != DType::bool_) suffixes.push_back(dtype);
    out += elements(x, indent);
  }
  if (!tail.empty()) suffixes.push_back(tail);
  if (!more.empty()) suffixes.push_back(more);
  const std::size_t newline = out.rfind('\n');
  // PyTorch measures the last line with the line break itself (and one more where there is none).
  std::size_t last_line = out.size() - (newline == std::string::npos ? 0 : newline) + (newline == std::string::npos ? 2 : 1);
  for (const std::string& suffix : suffixes) {
    if (last_line + suffix.size() + 2 > static_cast<std::size_t>(print_options().linewidth)) {
      out += ",\n" + std::string(indent, ' ') + suffix;
      last_line = indent + suffix.size();
    } else {
      out += ", " + suffix;
      last_line += suffix.size() + 2;
    }
  }
  return out + ")";
}

}  // namespace nabla
