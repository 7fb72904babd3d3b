// Tensors: views and their strides, broadcasting, copies and casts, sizes that cannot be.
#include <doctest/doctest.h>

#include "base/error.h"
#include "tensor/loops.h"
#include "tensor/tensor.h"

using namespace nabla;

namespace {

/// 0, 1, 2, ... in these sizes.
Tensor counting(const Dims& sizes, DType dtype = DType::float32) {
  const Tensor out = empty(sizes, dtype);
  for (std::int64_t i = 0; i < out->numel; ++i) set_element(*out, i, Scalar::of(i));
  return out;
}

std::vector<double> values(const Tensor& x) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < x->numel; ++i) out.push_back(element(*x, offset_of(*x, i)).to_double());
  return out;
}

std::string message_of(void (*action)()) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind + ": " + error.message;
  }
  return "no error";
}

using Values = std::vector<double>;

}  // namespace

TEST_CASE("dims: more than four live on the heap, and are copied, moved and compared like few") {
  Dims few{2, 3}, many{1, 2, 3, 4, 5, 6};
  Dims copied = many;
  CHECK(copied == many);
  copied[5] = 7;
  CHECK(!(copied == many));
  few = many;
  CHECK(few == many);
  const Dims moved = std::move(few);
  CHECK(moved.size() == 6);
  CHECK(cat(moved) == "[1, 2, 3, 4, 5, 6]");
  many = Dims{9};
  CHECK(many == Dims{9});
  many.insert(0, 8);
  many.erase(1);
  CHECK(many == Dims{8});
}

TEST_CASE("views: transpose, select, slice and unsqueeze share memory") {
  const Tensor x = counting({2, 3});
  const Tensor turned = transpose(x, 0, 1);
  CHECK(values(turned) == Values{0, 3, 1, 4, 2, 5});
  CHECK(!turned->is_contiguous());
  CHECK(values(select(x, 1, 2)) == Values{2, 5});
  CHECK(values(slice(x, 1, 0, 2, 2)) == Values{0, 2, 3, 5});
  CHECK(unsqueeze(x, 1)->sizes == Dims{2, 1, 3});
  set_element(*turned, 0, Scalar::of(9));
  CHECK(values(x) == Values{9, 1, 2, 3, 4, 5});
}

TEST_CASE("view_strides: sizes that fit the memory are seen without a copy, others are not") {
  const Tensor x = counting({2, 3, 4});
  Dims strides;
  CHECK(view_strides(x, {6, 4}, &strides));
  CHECK(strides == Dims{4, 1});
  CHECK(view_strides(x, {2, 1, 12}, &strides));
  const Tensor turned = transpose(x, 0, 1);
  CHECK(!view_strides(turned, {24}, &strides));
  CHECK(view_strides(turned, {3, 2, 2, 2}, &strides));
  CHECK(values(as_strided(turned, {3, 2, 2, 2}, strides, 0)) == values(turned));
  CHECK(view_strides(counting({0, 3}), {3, 0}, &strides));
  CHECK(view_strides(counting({}), {1, 1}, &strides));
}

TEST_CASE("broadcast: sizes are compared from the right, ones stretch") {
  CHECK(broadcast({2, 1}, {3}) == Dims{2, 3});
  CHECK(broadcast({}, {2}) == Dims{2});
  CHECK(broadcast({0}, {1}) == Dims{0});
  CHECK(message_of([] { broadcast({2}, {3}); }) ==
        "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0");
  CHECK(values(expand(counting({2, 1}), {2, 2})) == Values{0, 0, 1, 1});
}

TEST_CASE("empty: sizes that cannot be are refused") {
  CHECK(message_of([] { empty({-1}, DType::float32); }) == "RuntimeError: Trying to create tensor with negative dimension -1: [-1]");
  CHECK(message_of([] { empty({std::int64_t{1} << 40, std::int64_t{1} << 40}, DType::float32); }).starts_with("MemoryError"));
  CHECK(empty({0, 3}, DType::float32)->numel == 0);
}

TEST_CASE("copies: casts truncate and wrap as in PyTorch, any strides on either side") {
  const Tensor x = full({2}, Scalar::of(-1.7), DType::float64);
  CHECK(values(cast(x, DType::int64)) == Values{-1, -1});
  CHECK(values(cast(full({1}, Scalar::of(300), DType::int64), DType::uint8)) == Values{44});
  CHECK(values(cast(full({1}, Scalar::of(0.2), DType::float32), DType::bool_)) == Values{1});
  const Tensor target = zeros({3, 2}, DType::float32);
  copy_into(transpose(target, 0, 1), counting({2, 3}));
  CHECK(values(target) == Values{0, 3, 1, 4, 2, 5});
  copy_into(target, counting({2}));
  CHECK(values(target) == Values{0, 1, 0, 1, 0, 1});
}

TEST_CASE("promotion: dimensions outrank 0-d tensors, which outrank numbers, within a category") {
  const auto result = [](std::initializer_list<std::pair<DType, bool>> tensors, std::initializer_list<Scalar::Kind> numbers) {
    ResultType type;
    for (const auto& [dtype, zero_dim] : tensors) type.add_tensor(dtype, zero_dim);
    for (const Scalar::Kind kind : numbers) type.add_number(kind);
    return type.get();
  };
  CHECK(result({{DType::float32, false}, {DType::float64, true}}, {}) == DType::float32);
  CHECK(result({{DType::int64, false}, {DType::float64, true}}, {}) == DType::float64);
  CHECK(result({{DType::int32, false}}, {Scalar::Kind::integer}) == DType::int32);
  CHECK(result({{DType::int64, false}}, {Scalar::Kind::real}) == DType::float32);
  CHECK(result({{DType::bool_, false}}, {Scalar::Kind::integer}) == DType::int64);
  CHECK(result({{DType::uint8, false}, {DType::int8, false}}, {}) == DType::int16);
}
