// The recorder against operators applied from C++: the program's place is set by hand.
#include "runtime/recorder.h"

#include <doctest/doctest.h>

#include "autograd/backward.h"
#include "autograd/variable.h"
#include "ops/formula.h"
#include "python/function.h"
#include "tensor/loops.h"

using namespace nabla;

namespace {

std::uint64_t g_place = 0, g_clock = 0;
const Probe kByHand{[]() -> std::uint64_t { return 0; }, [] { return g_place; }, [] { return g_clock; }, [] { return SourceSpan{0, static_cast<std::uint32_t>(g_place), 0, 0, 1}; },
                    []() -> const char* { return nullptr; }, [] { return std::string(); }, [] { return std::vector<ModuleCall>(); }};

/// The program goes on to this place.
void at(std::uint64_t place) {
  g_place = place;
  ++g_clock;
}

struct Watched : Recorder {
  Watched() : Recorder(kByHand) {
    init_python();
    init_ops();
    start();
  }
  const Place& place(std::uint32_t line) const {
    for (const Place& place : places()) {
      if (place.def && place.span.line == line) return place;
    }
    FAIL("nothing was recorded at line ", line);
    return places()[0];
  }
  const Slot& result(std::uint32_t line) const { return slots()[place(line).results[0]]; }
};

Tensor leaf(double value) {
  Tensor x = full({1}, Scalar::of(value), DType::float32);
  set_requires_grad(x, true);
  return x;
}

void backward(const Tensor& y) {
  const Tensor roots[] = {y};
  run_backward(roots, {}, {});
}

}  // namespace

TEST_CASE("recorder: an operation knows its operands and its result") {
  Watched recorder;
  const Tensor x = leaf(3);
  at(1);
  const Tensor y = x * 2.0;
  const auto& place = recorder.place(1);
  CHECK(std::string(place.def->name) == "mul");
  REQUIRE(place.operands.size() == 2);
  CHECK(place.operands[0].slot == recorder.find(*x));
  CHECK(place.operands[1].value.real() == 2);
  CHECK(place.results[0] == recorder.find(*y));
}

TEST_CASE("recorder: a tensor that dies leaves its last value, its flags and its gradient") {
  Watched recorder;
  {
    const Tensor x = leaf(3);
    at(1);
    Tensor y = x * x;
    at(2);
    const Tensor z = y + 1.0;
    backward(z);
    y->data_as<float>()[0] = 10;  // changed after it was made
  }
  const auto& x = recorder.slots()[recorder.place(1).operands[0].slot];
  CHECK(!x.living);
  CHECK(x.value.values[0] == 3);
  CHECK((x.is_leaf && x.requires_grad && x.grad_is_kept));
  CHECK(x.grad.values[0] == 6);
  const auto& y = recorder.result(1);
  CHECK(y.value.values[0] == 10);
  CHECK((!y.is_leaf && y.requires_grad && !y.grad_is_kept));
  CHECK(y.grad.values[0] == 1);
  CHECK(*y.grad_fn == "MulBackward0");
}

TEST_CASE("recorder: a loop takes as much room as its body") {
  Watched recorder;
  const Tensor w = leaf(1);
  std::size_t slots = 0;
  for (int i = 0; i < 1000; ++i) {
    at(1);
    const Tensor y = w * static_cast<double>(i);
    at(2);
    const Tensor loss = y * y;
    backward(loss);
    if (i == 10) slots = recorder.slots().size();
  }
  CHECK(recorder.slots().size() == slots);
  CHECK(recorder.place(1).count == 1000);
  CHECK(recorder.place(1).operands[1].value.real() == 999);
  CHECK(recorder.place(2).operands[0].slot == recorder.place(1).results[0]);
  CHECK(recorder.result(1).value.values[0] == 999);
  CHECK(recorder.result(1).grad.values[0] == 2 * 999);
}

TEST_CASE("recorder: what an earlier iteration made is kept while the last one speaks of it") {
  Watched recorder;
  Tensor h = full({1}, Scalar::of(1), DType::float32);
  for (int i = 0; i < 5; ++i) {
    at(1);
    h = h * 2.0;
  }
  const auto& place = recorder.place(1);
  CHECK(place.operands[0].slot != place.results[0]);
  CHECK(recorder.slots()[place.operands[0].slot].value.values[0] == 16);
  CHECK(recorder.find(*h) == place.results[0]);
}

TEST_CASE("recorder: a tensor that no place speaks of any more loses its number") {
  Watched recorder;
  std::vector<Tensor> all;
  for (int i = 0; i < 100; ++i) {
    at(1);
    all.push_back(leaf(i) + 1.0);
  }
  CHECK(recorder.find(*all[5]) == Recorder::kNone);
  CHECK(recorder.slots().size() < 10);
}

TEST_CASE("recorder: operators that one instruction applies are told apart, up to a number") {
  Watched recorder;
  Tensor sum = leaf(0);
  at(1);
  for (int i = 0; i < 100; ++i) sum = sum + 1.0;
  std::uint32_t operations = 0;
  for (const auto& place : recorder.places()) operations += place.def != nullptr;
  CHECK(operations == Recorder::kMostAtOnce);
}

TEST_CASE("recorder: no more places than the limit, and the rest is counted") {
  Watched recorder;
  const Tensor x = leaf(1);
  for (std::uint32_t i = 0; i < Recorder::kMostOperations + 10; ++i) {
    at(i + 1);
    x * 2.0;
  }
  CHECK(recorder.operations_left_out() == 10);
  at(1);
  x * 2.0;
  CHECK(recorder.place(1).count == 2);
}

TEST_CASE("recorder: what backward passes compute is not the program's") {
  Watched recorder;
  const Tensor x = leaf(2);
  at(1);
  const Tensor y = pow(x, 3.0);
  at(2);
  backward(y);
  std::uint32_t operations = 0;
  for (const auto& place : recorder.places()) operations += place.def != nullptr;
  CHECK(operations == 1);
  CHECK(recorder.place(1).pass == recorder.last_pass());
}

TEST_CASE("recorder: the gradient of a tensor is named after it") {
  Watched recorder;
  const Tensor w = leaf(3);
  at(1);
  const Tensor y = w * w;
  backward(y);
  at(2);
  w->grad * 0.1;
  const auto& gradient = recorder.slots()[recorder.place(2).operands[0].slot];
  CHECK(gradient.gradient_of == recorder.find(*w));
}

TEST_CASE("recorder: names stand newest last, without repeats, and only so many") {
  Watched recorder;
  const Tensor x = leaf(1);
  for (const char* name : {"a", "b", "a", "c", "d", "e"}) {
    at(static_cast<std::uint64_t>(name[0]));
    recorder.bound(intern(name), true, x.get(), nullptr, x->dtype);
  }
  const auto& slot = recorder.slots()[recorder.find(*x)];
  std::string names;
  for (int i = 0; i < slot.name_count; ++i) names += slot.names[i]->text;
  CHECK(names == "acde");
}

TEST_CASE("recorder: a long series of numbers is thinned out evenly") {
  Watched recorder;
  const std::uint64_t count = 100'000;
  for (std::uint64_t i = 0; i < count; ++i) {
    at(1);
    const double x = static_cast<double>(i) / 2;
    recorder.bound(intern("x"), true, nullptr, &x, DType::float64);
  }
  REQUIRE(recorder.histories().size() == 1);
  const auto& history = recorder.histories()[0];
  CHECK(recorder.bindings()[0].numbers == count);
  CHECK(history.values.size() <= Recorder::kHistoryValues);
  CHECK(history.values.size() >= Recorder::kHistoryValues / 2);
  for (std::size_t i = 0; i < history.values.size(); ++i) REQUIRE(history.values[i] == static_cast<double>(i * history.stride) / 2);
  CHECK(history.last == (count - 1) / 2.0);
}

TEST_CASE("recorder: switched off, it leaves no hook behind") {
  const Tensor x = leaf(1);
  {
    Watched recorder;
    at(1);
    x * 2.0;
    CHECK(x->id != 0);
  }
  CHECK(x->id == 0);
  CHECK((!op_observer && !backward_observer && !tensor_died));
}
