// numpy.random.default_rng: PCG64, seeded through SeedSequence, and how Generator draws from it. Checked against numpy 1.24.
#include <array>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "torch/numpy/random.h"

namespace nabla {
namespace {

using Wide = unsigned __int128;

/// The layers of the ziggurat for normal numbers (Marsaglia and Tsang), with 52 bits.
struct Ziggurat {
  static constexpr double kRight = 3.6541528853610087963519472518;
  double width[256], height[256];
  std::uint64_t inside[256];

  Ziggurat() {
    constexpr double kScale = 4503599627370496.0;
    const auto f = [](double x) { return std::exp(-0.5 * x * x); };
    double x = kRight;
    const double area = kRight * f(kRight) + std::sqrt(M_PI / 2) * std::erfc(kRight / std::sqrt(2.0));
    width[0] = area / f(kRight) / kScale;
    inside[0] = static_cast<std::uint64_t>(kRight * f(kRight) / area * kScale);
    height[0] = 1;
    width[255] = kRight / kScale;
    height[255] = f(kRight);
    for (int i = 254; i >= 1; --i) {
      const double next = std::sqrt(-2 * std::log(area / x + f(x)));
      inside[i + 1] = static_cast<std::uint64_t>(next / x * kScale);
      x = next;
      width[i] = x / kScale;
      height[i] = f(x);
    }
    inside[1] = 0;
  }
};

struct Pcg final : Object {
  Wide state = 0, step = 0;
  std::uint32_t half = 0;
  bool has_half = false;

  Pcg() : Object(class_type()) {}
  static Type* class_type() {
    static Type* const type = make_torch_type("_Pcg", nullptr, "numpy.random");
    return type;
  }

  /// SeedSequence: a pool of four words that each word of the seed is mixed into.
  void seed(std::vector<std::uint32_t> words) {
    if (words.empty()) words.push_back(0);
    std::uint32_t constant = 0x43b0d7e5;
    const auto scramble = [](std::uint32_t value, std::uint32_t& constant, std::uint32_t factor) {
      value ^= constant;
      constant *= factor;
      value *= constant;
      return value ^ value >> 16;
    };
    const auto hash = [&](std::uint32_t value) { return scramble(value, constant, 0x931e8875); };
    const auto mix = [](std::uint32_t x, std::uint32_t y) {
      const std::uint32_t mixed = 0xca01f9ddu * x - 0x4973f715u * y;
      return mixed ^ mixed >> 16;
    };
    std::array<std::uint32_t, 4> pool;
    for (std::size_t i = 0; i < 4; ++i) pool[i] = hash(i < words.size() ? words[i] : 0);
    for (std::size_t from = 0; from < 4; ++from) {
      for (std::size_t to = 0; to < 4; ++to) {
        if (from != to) pool[to] = mix(pool[to], hash(pool[from]));
      }
    }
    for (std::size_t from = 4; from < words.size(); ++from) {
      for (std::uint32_t& to : pool) to = mix(to, hash(words[from]));
    }
    std::uint32_t other = 0x8b51f9dd;
    std::uint64_t out[4] = {};
    for (std::size_t i = 0; i < 8; ++i) out[i / 2] |= std::uint64_t{scramble(pool[i % 4], other, 0x58f38ded)} << (i % 2 * 32);
    state = 0;
    step = (Wide{out[2]} << 64 | out[3]) << 1 | 1;
    advance();
    state += Wide{out[0]} << 64 | out[1];
    advance();
    has_half = false;
  }

  void advance() { state = state * (Wide{2549297995355413924u} << 64 | 4865540595714422341u) + step; }
  std::uint64_t next64() {
    advance();
    const auto high = static_cast<std::uint64_t>(state >> 64), mixed = high ^ static_cast<std::uint64_t>(state);
    const unsigned turn = static_cast<unsigned>(high >> 58);
    return mixed >> turn | mixed << (-turn & 63);
  }
  std::uint32_t next32() {
    if (has_half) {
      has_half = false;
      return half;
    }
    const std::uint64_t both = next64();
    half = static_cast<std::uint32_t>(both >> 32);
    has_half = true;
    return static_cast<std::uint32_t>(both);
  }
  double uniform() { return static_cast<double>(next64() >> 11) * 0x1p-53; }

  double normal() {
    static const Ziggurat layers;
    for (;;) {
      std::uint64_t r = next64();
      const auto layer = static_cast<std::size_t>(r & 0xff);
      r >>= 8;
      const std::uint64_t size = r >> 1 & 0xfffffffffffff;
      double x = static_cast<double>(size) * layers.width[layer];
      if (r & 1) x = -x;
      if (size < layers.inside[layer]) return x;
      if (layer != 0) {
        if ((layers.height[layer - 1] - layers.height[layer]) * uniform() + layers.height[layer] < std::exp(-0.5 * x * x)) return x;
        continue;
      }
      for (;;) {
        const double far = -0.27366123732975827203338247596 * std::log1p(-uniform()), up = -std::log1p(-uniform());
        if (up + up > far * far) return size >> 8 & 1 ? -(Ziggurat::kRight + far) : Ziggurat::kRight + far;
      }
    }
  }

  /// In [0, most]: what shuffles draw.
  std::uint64_t interval(std::uint64_t most) { return masked_draw(*this, most); }

  /// In [0, most], by Lemire's multiplication.
  std::uint64_t below(std::uint64_t most) {
    if (most == 0) return 0;
    if (most < 0xffffffff) {
      const auto count = static_cast<std::uint32_t>(most + 1);
      std::uint64_t product = std::uint64_t{next32()} * count;
      if (static_cast<std::uint32_t>(product) < count) {
        const std::uint32_t least = (0xffffffffu - static_cast<std::uint32_t>(most)) % count;
        while (static_cast<std::uint32_t>(product) < least) product = std::uint64_t{next32()} * count;
      }
      return product >> 32;
    }
    if (most == 0xffffffff) return next32();
    if (most == ~std::uint64_t{0}) return next64();
    const std::uint64_t count = most + 1;
    Wide product = Wide{next64()} * count;
    if (static_cast<std::uint64_t>(product) < count) {
      const std::uint64_t least = (~std::uint64_t{0} - most) % count;
      while (static_cast<std::uint64_t>(product) < least) product = Wide{next64()} * count;
    }
    return static_cast<std::uint64_t>(product >> 64);
  }
};

Pcg& pcg_of(const Value& value) { return *static_cast<Pcg*>(value.as_object()); }

constexpr Method kMethods[] = {
    {"seed(self, seed)",
     [](const Value* p) {
       const std::int64_t seed = to_index(p[1]);
       if (seed < 0) fail("ValueError", "expected non-negative integer");
       std::vector<std::uint32_t> words{static_cast<std::uint32_t>(seed)};
       if (seed >> 32) words.push_back(static_cast<std::uint32_t>(seed >> 32));
       pcg_of(p[0]).seed(words);
       return Value::none();
     }},
    {"interval(self, most)", [](const Value* p) { return integer(static_cast<std::int64_t>(pcg_of(p[0]).interval(static_cast<std::uint64_t>(to_index(p[1]))))); }},
    {"below(self, most)", [](const Value* p) { return integer(static_cast<std::int64_t>(pcg_of(p[0]).below(static_cast<std::uint64_t>(to_index(p[1]))))); }},
};

}  // namespace

void add_numpy_generator(Dict& random) {
  static const bool once = (add_methods(Pcg::class_type(), kDraws<pcg_of>), add_methods(Pcg::class_type(), kMethods), true);
  (void)once;
  Pcg::class_type()->construct = [](Type*, Args) -> Value { return make<Pcg>(); };
  random.set(intern("_Pcg"), Value::object(Pcg::class_type()));
}

}  // namespace nabla
