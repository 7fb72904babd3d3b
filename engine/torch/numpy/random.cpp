// numpy.random's legacy stream: the Mersenne Twister, and how RandomState draws from it. Checked against numpy 1.24 to the last bit.
#include <cmath>

#include "torch/numpy/random.h"

namespace nabla {
namespace {

/// What a program that never seeds starts from: the same numbers at every run.
constexpr std::uint64_t kUnseeded = 67280421310721 & 0xffffffff;

struct Stream final : Object {
  RandomGenerator twister{kUnseeded};
  double kept = 0;
  bool has_kept = false;

  Stream() : Object(class_type()) {}
  static Type* class_type() {
    static Type* const type = make_torch_type("_Stream", nullptr, "numpy.random");
    return type;
  }

  double uniform() {
    const std::uint32_t high = twister.next32() >> 5, low = twister.next32() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }
  /// Marsaglia's polar method, of each pair of numbers the second first.
  double normal() {
    if (has_kept) {
      has_kept = false;
      return kept;
    }
    double x, y, r;
    do {
      x = 2.0 * uniform() - 1.0;
      y = 2.0 * uniform() - 1.0;
      r = x * x + y * y;
    } while (r >= 1.0 || r == 0.0);
    const double f = std::sqrt(-2.0 * std::log(r) / r);
    kept = f * x;
    has_kept = true;
    return f * y;
  }
  /// In [0, most].
  std::uint64_t below(std::uint64_t most) { return masked_draw(twister, most); }
};

Stream& stream_of(const Value& value) { return *static_cast<Stream*>(value.as_object()); }

constexpr Method kMethods[] = {
    {"seed(self, seed)",
     [](const Value* p) {
       const std::int64_t seed = to_index(p[1]);
       if (seed < 0 || seed > 0xffffffff) fail("ValueError", "Seed must be between 0 and 2**32 - 1");
       stream_of(p[0]).twister.reseed(static_cast<std::uint64_t>(seed));
       stream_of(p[0]).has_kept = false;
       return Value::none();
     }},
    {"interval(self, most)", [](const Value* p) { return integer(static_cast<std::int64_t>(stream_of(p[0]).below(static_cast<std::uint64_t>(to_index(p[1]))))); }},
};

}  // namespace

void add_numpy_random(Dict& random) {
  static const bool once = (add_methods(Stream::class_type(), kDraws<stream_of>), add_methods(Stream::class_type(), kMethods), true);
  (void)once;
  Stream::class_type()->construct = [](Type*, Args) -> Value { return make<Stream>(); };
  random.set(intern("_Stream"), Value::object(Stream::class_type()));
  add_numpy_generator(random);
}

}  // namespace nabla
