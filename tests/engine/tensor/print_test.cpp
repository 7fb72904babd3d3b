// Tensors as text, held to what PyTorch 1.13 prints.
#include <doctest/doctest.h>

#include <cmath>

#include "tensor/print.h"

using namespace nabla;

namespace {

Tensor of(std::initializer_list<double> items, DType dtype = DType::float32) {
  const Tensor out = empty({static_cast<std::int64_t>(items.size())}, dtype);
  std::int64_t at = 0;
  for (double item : items) set_element(*out, at++, Scalar::of(item));
  return out;
}

}  // namespace

TEST_CASE("print: whole numbers, decimals and scientific notation, one choice for the whole tensor") {
  CHECK(to_text(scalar_tensor(Scalar::of(3.5), DType::float32), "") == "tensor(3.5000)");
  CHECK(to_text(of({1, 2.5, -3}), "") == "tensor([ 1.0000,  2.5000, -3.0000])");
  CHECK(to_text(of({1, 20, -300}), "") == "tensor([   1.,   20., -300.])");
  CHECK(to_text(of({1e-5, 1}), "") == "tensor([1.0000e-05, 1.0000e+00])");
  CHECK(to_text(of({1e8, 1.5}), "") == "tensor([1.0000e+08, 1.5000e+00])");
  CHECK(to_text(of({1e9, 1}), "") == "tensor([1.0000e+09, 1.0000e+00])");
  CHECK(to_text(of({1, INFINITY, -INFINITY, NAN}), "") == "tensor([1., inf, -inf, nan])");
}

TEST_CASE("print: integers and bools stand in columns, other types are named") {
  CHECK(to_text(of({1, -20, 300}, DType::int64), "") == "tensor([  1, -20, 300])");
  CHECK(to_text(of({1, 0}, DType::bool_), "") == "tensor([ True, False])");
  CHECK(to_text(of({0.1}, DType::float64), "") == "tensor([0.1000], dtype=torch.float64)");
  CHECK(to_text(of({1}), "grad_fn=<AddBackward0>") == "tensor([1.], grad_fn=<AddBackward0>)");
}

TEST_CASE("print: nothing to show") {
  CHECK(to_text(zeros({0}, DType::float32), "") == "tensor([])");
  CHECK(to_text(zeros({2, 0}, DType::float32), "") == "tensor([], size=(2, 0))");
  CHECK(to_text(zeros({2, 0}, DType::int64), "") == "tensor([], size=(2, 0), dtype=torch.int64)");
}

TEST_CASE("print: long rows are broken, large tensors summarised") {
  CHECK(to_text(zeros({1, 2, 2}, DType::float32), "") == "tensor([[[0., 0.],\n         [0., 0.]]])");
  CHECK(to_text(full({20}, Scalar::of(1), DType::float64), "") ==
        "tensor([1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1.,\n        1., 1.], dtype=torch.float64)");
  CHECK(to_text(zeros({40, 30}, DType::float32), "") ==
        "tensor([[0., 0., 0.,  ..., 0., 0., 0.],\n        [0., 0., 0.,  ..., 0., 0., 0.],\n        [0., 0., 0.,  ..., 0., 0., 0.],\n        ...,\n"
        "        [0., 0., 0.,  ..., 0., 0., 0.],\n        [0., 0., 0.,  ..., 0., 0., 0.],\n        [0., 0., 0.,  ..., 0., 0., 0.]])");
}
