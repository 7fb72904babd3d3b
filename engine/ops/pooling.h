// What operators on images share: sizes of windows, dimensions that come and go, and maps along one axis.
#pragma once
#include "ops/support.h"

namespace nabla {


/// An argument that is one number or one for each of `rank` axes; `otherwise` where it is none. RuntimeError for another count.
Dims axes_of(const Arg& given, std::size_t rank, const Dims& otherwise, std::string_view error);

/// The same where one number or one for each axis must be given.
Dims required_axes(const Arg& given, std::size_t rank, std::string_view error);
/// A size for every axis, which must all be given: RuntimeError.
const Dims& wanted_sizes(const Arg& given, std::size_t rank, std::string_view error);
/// The checks of windows in PyTorch's order; `dilation` may be empty. RuntimeError for what is none.
void check_windows(const Dims& sizes, const Dims& kernel, const Dims& stride, const Dims& padding, const Dims& dilation, const char* function);
/// Of an operator on lines: must the input have two or three dimensions, and must this list hold one number?
void check_line(const TensorImpl& x, const char* function);
void check_single(const Arg& arg, const char* function, const char* name);
/// RuntimeError where a dimension other than the batch's is empty; `what` x is ("input"), and for which function.
void need_room(const TensorImpl& x, std::size_t rank, const char* what, const std::string& function);

/// How many windows fit. Source: torch.nn.MaxPool2d's documentation; a last window that would lie wholly in the padding is left out.
std::int64_t window_count(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding, std::int64_t dilation, bool ceil_mode);

/// No argument where an empty list was given: a stride may be left out in both ways.
inline Arg none_if_empty(const Arg& given) { return !given.is_none() && given.ints().empty() ? Arg() : given; }
/// Argument i, a list that must hold one number. RuntimeError when it holds another count.
std::int64_t one_int(const Call& c, int i);

/// A linear map of one axis onto another: a matrix of `out` rows and `in` columns.
struct AxisMap {
  std::int64_t out, in;
  std::vector<double> weights;
  struct Window {
    std::int64_t from, to, extent;  // extent: what an average divides by
  };
  std::vector<Window> windows;  // of averages alone
  AxisMap(std::int64_t out, std::int64_t in) : out(out), in(in), weights(static_cast<std::size_t>(out * in)) {}
  double& at(std::int64_t i, std::int64_t k) { return weights[i * in + k]; }
};

/// x with its last dimensions mapped, one map each; without autograd.
Tensor mapped(const Tensor& x, const std::vector<AxisMap>& maps);
/// The gradient of that, made of matmul: differentiable again.
Tensor mapped_back(const Tensor& g, const std::vector<AxisMap>& maps);

}  // namespace nabla
