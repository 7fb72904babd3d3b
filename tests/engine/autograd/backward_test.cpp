// Backward: gradients that meet and accumulate, graphs of any length, versions, hooks, retained gradients, changes of views.
#include <doctest/doctest.h>

#include "autograd/backward.h"
#include "base/error.h"
#include "ops/formula.h"
#include "ops/indexing.h"
#include "tensor/loops.h"

using namespace nabla;

namespace {

Tensor leaf(std::initializer_list<double> items) {
  init_ops();
  const Tensor x = empty({static_cast<std::int64_t>(items.size())}, DType::float32);
  std::int64_t at = 0;
  for (double item : items) set_element(*x, at++, Scalar::of(item));
  x->requires_grad = true;
  return x;
}

void backward(const Tensor& y, BackwardOptions options = {}) { run_backward({&y, 1}, {}, options); }

std::vector<double> values(const Tensor& x) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < x->numel; ++i) out.push_back(element(*x, offset_of(*x, i)).to_double());
  return out;
}
using Values = std::vector<double>;

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.message;
  }
  return "no error";
}

struct Doubler final : GradientHook {
  int calls = 0;
  Tensor run(const Tensor& gradient) override {
    ++calls;
    return gradient * 2;
  }
};

Tensor in_place(const char* name, const Tensor& x, const Arg& y) {
  Call call(*find_op(name));
  call.count = 2;
  call.args[0] = Arg(x);
  call.args[1] = y;
  return run_in_place(call);
}

IndexItem at(std::int64_t i) { return {.kind = IndexItem::Kind::integer, .start = i}; }

}  // namespace

TEST_CASE("backward: where paths meet, gradients add up; a second pass adds to .grad") {
  const Tensor x = leaf({2});
  backward(x * x + x * 3);
  CHECK(values(x->grad) == Values{7});
  backward(x * x);
  CHECK(values(x->grad) == Values{11});
}

TEST_CASE("backward: a diamond of tensors with many elements gives the same as one of numbers") {
  const Tensor x = leaf({2, 3});
  const Tensor y = x * x;
  backward(sum(y * y + y));
  CHECK(values(x->grad) == Values{36, 114});
}

TEST_CASE("backward: a chain of a million nodes is built, walked and freed without overflow") {
  for (const std::size_t size : {1, 2}) {
    const Tensor x = size == 1 ? leaf({1}) : leaf({1, 1});
    Tensor y = x;
    for (int i = 0; i < 1'000'000; ++i) y = y + 1;
    backward(sum(y));
    CHECK(values(x->grad)[0] == 1);
    y = Tensor();
  }
}

TEST_CASE("backward: a graph is freed after use, unless it is retained") {
  const Tensor x = leaf({2});
  const Tensor y = exp(x) * x;
  backward(y, {.retain_graph = true});
  backward(y);
  CHECK(message_of([&] { backward(y); }).starts_with("Trying to backward through the graph a second time"));
}

TEST_CASE("backward: roots without history, non-scalar roots and wrong seeds are refused") {
  const Tensor x = leaf({1, 2});
  CHECK(message_of([&] { backward(x * 2); }) == "grad can be implicitly created only for scalar outputs");
  CHECK(message_of([] { backward(full({1}, Scalar::of(1), DType::float32)); }) ==
        "element 0 of tensors does not require grad and does not have a grad_fn");
  const Tensor y = x * 2, seed = full({3}, Scalar::of(1), DType::float32);
  CHECK(message_of([&] { run_backward({&y, 1}, {&seed, 1}, {}); }) ==
        "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of torch.Size([2]).");
}

TEST_CASE("backward: second derivatives through create_graph") {
  const Tensor x = leaf({3});
  const Tensor y = pow(x, 3);
  BackwardOptions options{.retain_graph = true, .create_graph = true, .inputs = {&x, 1}, .collect = true};
  const Tensor first = run_backward({&y, 1}, {}, options)[0];
  CHECK(values(first) == Values{27});
  const Tensor second = run_backward({&first, 1}, {}, options)[0];
  CHECK(values(second) == Values{18});
  CHECK(!x->grad);
}

TEST_CASE("backward: unused inputs raise, or are null when that is allowed") {
  const Tensor x = leaf({3}), other = leaf({1});
  const Tensor y = x * 2;
  BackwardOptions options{.retain_graph = true, .inputs = {&other, 1}, .collect = true};
  CHECK(message_of([&] { run_backward({&y, 1}, {}, options); }).starts_with("One of the differentiated Tensors appears to not have been used"));
  options.allow_unused = true;
  CHECK(!run_backward({&y, 1}, {}, options)[0]);
}

TEST_CASE("versions: a value that a formula needs must not have changed since") {
  for (const double second : {0.5, 2.0}) {
    const Tensor x = second == 2.0 ? leaf({1}) : leaf({1, second});
    const Tensor y = exp(x);
    in_place("add", y, Arg(1));
    CHECK(message_of([&] { backward(sum(y)); }).find("modified by an inplace operation: [torch.FloatTensor") != std::string::npos);
    const Tensor z = x * 2;
    in_place("add", z, Arg(1));  // nothing of z is needed
    backward(sum(z));
    CHECK(values(x->grad)[0] == 2);
  }
}

TEST_CASE("in place: leaves that require grad and expanded tensors refuse") {
  const Tensor x = leaf({1});
  CHECK(message_of([&] { in_place("add", x, Arg(1)); }) == "a leaf Variable that requires grad is being used in an in-place operation.");
  const Tensor wide = expand(full({1}, Scalar::of(1), DType::float32), {3});
  CHECK(message_of([&] { in_place("add", wide, Arg(1)); }).starts_with("unsupported operation: more than one element"));
  const GradMode off(false);
  in_place("add", x, Arg(1));
  CHECK(values(x) == Values{2});
}

TEST_CASE("hooks: on leaves and inside the graph, they may replace the gradient") {
  const Tensor x = leaf({1});
  const Tensor y = x * 3;
  auto on_leaf = make<Doubler>();
  auto inside = make<Doubler>();
  add_hook(x, on_leaf);
  add_hook(y, inside);
  backward(y * 1);
  CHECK(values(x->grad) == Values{12});
  CHECK(on_leaf->calls == 1);
}

TEST_CASE("retain_grad: a tensor inside the graph keeps its gradient, also of one element") {
  const Tensor x = leaf({1});
  const Tensor y = x * 3;
  retain_grad(y);
  backward(y * y);
  REQUIRE(y->grad);
  CHECK(values(y->grad) == Values{6});
  CHECK(values(x->grad) == Values{18});
}

TEST_CASE("views: a change through a view reaches the history of its base") {
  const Tensor x = leaf({1, 2, 3}), v = leaf({10});
  const Tensor y = x * 2;
  Index index;
  index.items = {at(1)};
  set_index(y, index, Arg(sum(v * 3)));
  CHECK(grad_fn(y)->name() == "CopySlices");
  backward(sum(y * y));
  CHECK(values(x->grad) == Values{8, 0, 24});
  CHECK(values(v->grad) == Values{180});
}

TEST_CASE("views: after a change of the base a view asks for its history anew") {
  const Tensor x = leaf({1, 2});
  const Tensor y = x * 2;
  Index first;
  first.items = {at(0)};
  const Tensor part = index(y, first);
  in_place("mul", y, Arg(5));
  CHECK(values(part) == Values{10});
  backward(part);
  CHECK(values(x->grad) == Values{10, 0});
}
