// Indexing from C++: which positions are taken, with which operators, and assignment to them. What Python writes in brackets is
// tested in tests/programs.
#include <doctest/doctest.h>

#include "base/error.h"
#include "ops/formula.h"
#include "ops/indexing.h"
#include "tensor/print.h"

using namespace nabla;

namespace {

Tensor counting(const Dims& sizes) {
  init_ops();
  const Tensor out = empty(sizes, DType::int64);
  for (std::int64_t i = 0; i < out->numel; ++i) set_element(*out, i, Scalar::of(i));
  return out;
}

Tensor whole(std::initializer_list<std::int64_t> items) {
  const Tensor out = empty({static_cast<std::int64_t>(items.size())}, DType::int64);
  std::int64_t at = 0;
  for (std::int64_t item : items) set_element(*out, at++, Scalar::of(item));
  return out;
}

IndexItem at(std::int64_t i) { return {.kind = IndexItem::Kind::integer, .start = i}; }
IndexItem at(const Tensor& t) { return {.kind = IndexItem::Kind::tensor, .tensor = t}; }
IndexItem from_to(std::int64_t start, std::int64_t stop, std::int64_t step = 1) {
  return {.kind = IndexItem::Kind::slice, .start = start, .stop = stop, .step = step, .has_start = true, .has_stop = true};
}
const IndexItem kAll{.kind = IndexItem::Kind::slice};
const IndexItem kNew{.kind = IndexItem::Kind::new_axis};
const IndexItem kDots{.kind = IndexItem::Kind::ellipsis};

std::string taken(const Tensor& x, std::vector<IndexItem> items) {
  Index list;
  list.items = std::move(items);
  return elements_text(index(x, list)) + " " + cat(index(x, list)->sizes);
}

std::string message_of(const Tensor& x, std::vector<IndexItem> items) {
  try {
    taken(x, std::move(items));
  } catch (const Error& error) {
    return error.kind + ": " + error.message;
  }
  return "";
}

}  // namespace

TEST_CASE("index: integers, slices, None and ... make views") {
  const Tensor x = counting({2, 3});
  CHECK(taken(x, {at(1)}) == "[3, 4, 5] [3]");
  CHECK(taken(x, {at(-1), at(0)}) == "3 []");
  CHECK(taken(x, {kAll, from_to(0, 3, 2)}) == "[[0, 2],\n [3, 5]] [2, 2]");
  CHECK(taken(x, {kDots, at(1)}) == "[1, 4] [2]");
  CHECK(taken(x, {kNew, at(0)}) == "[[0, 1, 2]] [1, 3]");
  CHECK(taken(x, {from_to(5, 9)}) == "[] [0, 3]");
}

TEST_CASE("index: tensors take elements, adjacent ones in place, others in front") {
  const Tensor x = counting({2, 3, 2});
  CHECK(taken(x, {at(whole({1, 0}))}) == "[[[ 6,  7],\n  [ 8,  9],\n  [10, 11]],\n\n [[ 0,  1],\n  [ 2,  3],\n  [ 4,  5]]] [2, 3, 2]");
  CHECK(taken(x, {kAll, at(whole({2, 0})), at(whole({1, 0}))}) == "[[ 5,  0],\n [11,  6]] [2, 2]");
  CHECK(taken(x, {at(whole({0, 1})), kAll, at(whole({1, 0}))}) == "[[ 1,  3,  5],\n [ 6,  8, 10]] [2, 3]");
  const Tensor mask = gt(x, 8);
  CHECK(taken(x, {at(mask)}) == "[ 9, 10, 11] [3]");
}

TEST_CASE("index: what is out of range or too much is refused in PyTorch's words") {
  const Tensor x = counting({2, 3});
  CHECK(message_of(x, {at(5)}) == "IndexError: index 5 is out of bounds for dimension 0 with size 2");
  CHECK(message_of(x, {at(0), at(-4)}) == "IndexError: index -4 is out of bounds for dimension 1 with size 3");
  CHECK(message_of(x, {at(0), at(0), at(0)}) == "IndexError: too many indices for tensor of dimension 2");
  CHECK(message_of(x, {from_to(0, 2, -1)}) == "ValueError: step must be greater than zero");
  CHECK(message_of(x, {at(whole({0, 5}))}) == "IndexError: index 5 is out of bounds for dimension 0 with size 2");
}

TEST_CASE("set_index: numbers, broadcast tensors and masks") {
  const Tensor x = counting({2, 3});
  const auto set = [&](std::vector<IndexItem> items, const Arg& value) {
    Index list;
    list.items = std::move(items);
    set_index(x, list, value);
  };
  set({at(0), at(0)}, Arg(9));
  set({kAll, at(2)}, Arg(whole({7, 8})));
  set({at(whole({1, 1})), at(whole({0, 1}))}, Arg(-1));
  CHECK(elements_text(x) == "[[ 9,  1,  7],\n [-1, -1,  8]]");
  set({at(gt(x, 7))}, Arg(0));
  CHECK(elements_text(x) == "[[ 0,  1,  7],\n [-1, -1,  0]]");
  CHECK_THROWS_AS(set({at(0)}, Arg(whole({1, 2}))), Error);
}
