// The module random: CPython's own stream of numbers. The generator is the Mersenne Twister (MT19937), seeded through
// init_by_array as CPython does; each distribution draws from it as CPython's does, so that a seeded program gives the same numbers.
// Where CPython would take a seed from the system, the seed is 0: a program gives the same result each time it is run.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "python/builtins/bigint.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

class MersenneTwister {
 public:
  void seed(const std::vector<std::uint32_t>& key) {
    state_[0] = 19650218;
    for (std::size_t i = 1; i < kSize; ++i) state_[i] = 1812433253u * mixed(i - 1) + static_cast<std::uint32_t>(i);
    std::size_t i = 1, j = 0;
    const auto advance = [&] {
      if (++i < kSize) return;
      state_[0] = state_[kSize - 1];
      i = 1;
    };
    for (std::size_t n = std::max(kSize, key.size()); n > 0; --n) {
      state_[i] = (state_[i] ^ mixed(i - 1) * 1664525u) + key[j] + static_cast<std::uint32_t>(j);
      advance();
      if (++j >= key.size()) j = 0;
    }
    for (std::size_t n = kSize - 1; n > 0; --n) {
      state_[i] = (state_[i] ^ mixed(i - 1) * 1566083941u) - static_cast<std::uint32_t>(i);
      advance();
    }
    state_[0] = 0x80000000u;
    position_ = kSize;
  }

  std::uint32_t next() {
    if (position_ >= kSize) refill();
    std::uint32_t y = state_[position_++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9D2C5680u;
    y ^= y << 15 & 0xEFC60000u;
    return y ^ y >> 18;
  }

  static constexpr std::size_t kSize = 624, kShift = 397;
  /// The words, then how many of them are used up.
  std::vector<Value> state() const {
    std::vector<Value> out;
    for (const std::uint32_t word : state_) out.push_back(integer(word));
    out.push_back(integer(static_cast<std::int64_t>(position_)));
    return out;
  }
  void set_state(const std::vector<Value>& from) {
    if (from.size() != kSize + 1) fail("ValueError", "state vector is the wrong size");
    const std::int64_t position = to_index(from[kSize]);
    if (position < 0 || position > static_cast<std::int64_t>(kSize)) fail("ValueError", "invalid state");
    for (std::size_t i = 0; i < kSize; ++i) state_[i] = static_cast<std::uint32_t>(to_index(from[i]));
    position_ = static_cast<std::size_t>(position);
  }

 private:

  std::uint32_t mixed(std::size_t i) const { return state_[i] ^ state_[i] >> 30; }
  void refill() {
    for (std::size_t i = 0; i < kSize; ++i) {
      const std::uint32_t y = (state_[i] & 0x80000000u) | (state_[(i + 1) % kSize] & 0x7FFFFFFFu);
      state_[i] = state_[(i + kShift) % kSize] ^ y >> 1 ^ (y & 1 ? 0x9908B0DFu : 0);
    }
    position_ = 0;
  }

  std::array<std::uint32_t, kSize> state_{};
  std::size_t position_ = kSize;
};

/// random.Random, and the one instance behind the module's functions.
struct Random final : Object {
  MersenneTwister twister;
  double spare_gauss = 0;
  bool has_spare = false;

  explicit Random(const Value& seed_value) : Object(class_type()) { seed(seed_value); }

  void seed(const Value& value) {
    has_spare = false;
    Big number = 0;
    if (is_int(value)) {
      number = abs(big_of(value));
    } else if (value.is_float()) {
      number = hash_double(value.as_float());
    } else if (text_of(value)) {
      not_part_of_nabla("random.seed() of a text", "seed with an integer");
    } else if (!value.is_none()) {
      fail("TypeError", "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.");
    }
    std::vector<std::uint32_t> key;
    do {
      key.push_back(static_cast<std::uint32_t>(number & 0xFFFFFFFF));
      number >>= 32;
    } while (!number.is_zero());
    twister.seed(key);
  }

  /// In [0, 1), with 53 bits.
  double random() {
    const std::uint32_t high = twister.next() >> 5, low = twister.next() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  std::uint64_t bits(int count) {
    if (count <= 0) return 0;
    if (count <= 32) return twister.next() >> (32 - count);
    const std::uint64_t low = twister.next();
    return low | static_cast<std::uint64_t>(twister.next() >> (64 - count)) << 32;
  }

  /// Any number of bits, drawn 32 at a time, the lowest first.
  Big wide_bits(std::uint64_t count) {
    check_bits(count);
    Big drawn = 0;
    for (std::uint64_t at = 0; at < count; at += 32) drawn |= Big(bits(static_cast<int>(std::min<std::uint64_t>(32, count - at)))) << static_cast<unsigned>(at);
    return drawn;
  }

  Big below(const Big& limit) {
    for (const std::uint64_t count = msb(limit) + 1;;) {
      Big drawn = wide_bits(count);
      if (drawn < limit) return drawn;
    }
  }

  std::int64_t below(std::int64_t limit) {
    const int count = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(limit)));
    for (;;) {
      const auto drawn = static_cast<std::int64_t>(bits(count));
      if (drawn < limit) return drawn;
    }
  }

  double gauss() {
    if (std::exchange(has_spare, false)) return spare_gauss;
    const double angle = random() * 6.283185307179586;
    const double radius = std::sqrt(-2.0 * std::log(1.0 - random()));
    spare_gauss = std::sin(angle) * radius;
    has_spare = true;
    return std::cos(angle) * radius;
  }

  /// Kinderman and Monahan's ratio of uniforms.
  double normal() {
    const double kMagic = 4 * std::exp(-0.5) / std::sqrt(2.0);
    for (;;) {
      const double u = random(), v = 1.0 - random();
      const double z = kMagic * (u - 0.5) / v;
      if (z * z / 4.0 <= -std::log(v)) return z;
    }
  }

  static Type* class_type();
};

Random& own(const Value* p) { return self_as<Random>(p[0]); }

Value seed(const Value* p) {
  own(p).seed(p[1]);
  return Value::none();
}
Value random(const Value* p) { return Value::number(own(p).random()); }
Value getrandbits(const Value* p) {
  const std::int64_t count = to_index(p[1]);
  if (count < 0) fail("ValueError", "number of bits must be non-negative");
  return integer(own(p).wide_bits(static_cast<std::uint64_t>(count)));
}
/// a + (b - a) * random(), in Python's own arithmetic (tensors are welcome).
Value uniform(const Value* p) {
  return binary(Binary::add, p[1], binary(Binary::mul, binary(Binary::sub, p[2], p[1]), random(p)));
}

Value random_integer(Random& self, const Value& start, const Value& stop) {
  const Value size = binary(Binary::sub, stop, start);
  if (int_of(size) <= 0) fail("ValueError", "empty range for randrange() (", repr(start), ", ", repr(stop), ", ", repr(size), ")");
  const Value drawn = is_wide(size) ? integer(self.below(big_of(size))) : integer(self.below(int_of(size)));
  return binary(Binary::add, start, drawn);
}
/// A bound of a range, which may be a float that is whole. randrange() itself says that this is no good.
Value whole(const Value& bound, const char* place, bool told) {
  if (!bound.is_float()) return to_integer(bound);
  const bool is_whole = std::floor(bound.as_float()) == bound.as_float();
  if (told) {
    warn("DeprecationWarning", is_whole ? "non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a subsequent version"
                                        : "randrange() will raise TypeError in the future");
  }
  if (!is_whole) fail("ValueError", "non-integer ", place, " for randrange()");
  return integer(static_cast<std::int64_t>(bound.as_float()));
}
Value randint(const Value* p) { return random_integer(own(p), whole(p[1], "arg 1", false), whole(binary(Binary::add, p[2], integer(1)), "stop", false)); }
Value randrange(const Value* given) {
  const Value p[] = {given[0], whole(given[1], "arg 1", true), given[2].is_none() ? given[2] : whole(given[2], "stop", true), given[3]};
  if (is_wide(to_integer(p[1])) && p[2].is_none()) return random_integer(own(p), integer(0), to_integer(p[1]));
  if (!p[2].is_none() && p[3] == integer(1)) return random_integer(own(p), to_integer(p[1]), to_integer(p[2]));
  const std::int64_t start = to_index(p[1]);
  if (p[2].is_none()) {
    if (start <= 0) fail("ValueError", "empty range for randrange()");
    return integer(own(p).below(start));
  }
  const std::int64_t stop = to_index(p[2]), step = to_index(p[3]);
  if (step == 0) fail("ValueError", "zero step for randrange()");
  const std::int64_t count = Range(start, stop, step).length();
  if (count <= 0) fail("ValueError", "empty range for randrange()");
  return integer(start + step * own(p).below(count));
}

Value choice(const Value* p) {
  const std::int64_t size = length(p[1]);
  if (size == 0) fail("IndexError", "Cannot choose from an empty sequence");
  return get_item(p[1], integer(own(p).below(size)));
}

Value choices(const Value* p) {
  const Value &population = p[1], &weights = p[2], &cumulative = p[3];
  const std::int64_t size = length(population), count = to_index(p[4]);
  Random& self = own(p);
  std::vector<Value> chosen;
  if (weights.is_none() && cumulative.is_none()) {
    for (std::int64_t i = 0; i < count; ++i)
      chosen.push_back(get_item(population, integer(static_cast<std::int64_t>(self.random() * static_cast<double>(size)))));
    return list(std::move(chosen));
  }
  if (!weights.is_none() && !cumulative.is_none()) fail("TypeError", "Cannot specify both weights and cumulative weights");
  if (is_int(weights)) fail("TypeError", "The number of choices must be a keyword argument: k=", repr(weights));
  std::vector<double> sums;
  Walk walk(weights.is_none() ? cumulative : weights);
  for (Value item; walk.next(item);)
    sums.push_back(to_double(item) + (weights.is_none() || sums.empty() ? 0 : sums.back()));
  if (static_cast<std::int64_t>(sums.size()) != size) fail("ValueError", "The number of weights does not match the population");
  if (sums.empty() || sums.back() <= 0) fail("ValueError", "Total of weights must be greater than zero");
  if (!std::isfinite(sums.back())) fail("ValueError", "Total of weights must be finite");
  for (std::int64_t i = 0; i < count; ++i) {
    const auto place = std::upper_bound(sums.begin(), sums.end() - 1, self.random() * sums.back());
    chosen.push_back(get_item(population, integer(place - sums.begin())));
  }
  return list(std::move(chosen));
}

Value shuffle(const Value* p) {
  Random& self = own(p);
  List* items = as<List>(p[1]);
  for (std::int64_t i = length(p[1]) - 1; i > 0; --i) {
    const std::int64_t j = self.below(i + 1);
    if (items) {
      std::swap(items->items[static_cast<std::size_t>(i)], items->items[static_cast<std::size_t>(j)]);
      continue;
    }
    const Value one = get_item(p[1], integer(i)), other = get_item(p[1], integer(j));
    set_item(p[1], integer(i), other);
    set_item(p[1], integer(j), one);
  }
  return Value::none();
}

Value sample(const Value* p) {
  if (as<Set>(p[1]) || as<Dict>(p[1]) || !type_of(p[1])->slots.length || !type_of(p[1])->slots.get_item)
    fail("TypeError", "Population must be a sequence.  For dicts or sets, use sorted(d).");
  if (!p[3].is_none()) not_part_of_nabla("random.sample(counts=)");
  const std::int64_t size = length(p[1]), count = to_index(p[2]);
  if (count < 0 || count > size) fail("ValueError", "Sample larger than population or is negative");
  Random& self = own(p);
  std::vector<Value> chosen;
  // CPython keeps a pool of what is left when the population is small, and a set of what was taken else: each draws differently.
  double table = 21;
  if (count > 5) table += std::pow(4.0, std::ceil(std::log(static_cast<double>(count * 3)) / std::log(4.0)));
  if (static_cast<double>(size) <= table) {
    std::vector<Value> pool = to_vector(p[1]);
    for (std::int64_t i = 0; i < count; ++i) {
      const auto j = static_cast<std::size_t>(self.below(size - i));
      chosen.push_back(pool[j]);
      pool[j] = pool[static_cast<std::size_t>(size - i - 1)];
    }
    return list(std::move(chosen));
  }
  auto taken = make<Dict>();
  for (std::int64_t i = 0; i < count; ++i) {
    Value j = integer(self.below(size));
    while (taken->find(j)) j = integer(self.below(size));
    taken->set(j, Value::none());
    chosen.push_back(get_item(p[1], j));
  }
  return list(std::move(chosen));
}

Value gauss(const Value* p) { return Value::number(to_double(p[1]) + own(p).gauss() * to_double(p[2])); }
Value normalvariate(const Value* p) { return Value::number(to_double(p[1]) + own(p).normal() * to_double(p[2])); }
Value lognormvariate(const Value* p) { return Value::number(std::exp(to_double(p[1]) + own(p).normal() * to_double(p[2]))); }
Value expovariate(const Value* p) {
  const double rate = to_double(p[1]);
  if (rate == 0) fail("ZeroDivisionError", "float division by zero");
  return Value::number(-std::log(1.0 - own(p).random()) / rate);
}
Value triangular(const Value* p) {
  double low = to_double(p[1]), high = to_double(p[2]), u = own(p).random();
  if (high == low) return p[1];
  double c = p[3].is_none() ? 0.5 : (to_double(p[3]) - low) / (high - low);
  if (u > c) {
    u = 1.0 - u;
    c = 1.0 - c;
    std::swap(low, high);
  }
  return Value::number(low + (high - low) * std::sqrt(u * c));
}

Value getstate(const Value* p) {
  const Random& random = own(p);
  return tuple({integer(3), tuple(random.twister.state()), random.has_spare ? Value::number(random.spare_gauss) : Value::none()});
}
Value setstate(const Value* p) {
  const auto* given = as<Tuple>(p[1]);
  const auto* words = given && given->items.size() == 3 ? as<Tuple>(given->items[1]) : nullptr;
  if (!words || !(given->items[0] == integer(3))) fail("TypeError", "setstate() takes what getstate() gave");
  Random& random = own(p);
  random.twister.set_state(words->items);
  random.has_spare = !given->items[2].is_none();
  if (random.has_spare) random.spare_gauss = to_double(given->items[2]);
  return Value::none();
}

constexpr Method kMethods[] = {
    {"def getstate(self)", getstate},
    {"def setstate(self, state)", setstate},
    {"def seed(self, a=None, version=2)", seed},
    {"random(self, /)", random},
    {"getrandbits(self, k, /)", getrandbits},
    {"def uniform(self, a, b)", uniform},
    {"def randint(self, a, b)", randint},
    {"def randrange(self, start, stop=None, step=1)", randrange},
    {"def choice(self, seq)", choice},
    {"def choices(self, population, weights=None, *, cum_weights=None, k=1)", choices},
    {"def shuffle(self, x)", shuffle},
    {"def sample(self, population, k, *, counts=None)", sample},
    {"def gauss(self, mu=0.0, sigma=1.0)", gauss},
    {"def normalvariate(self, mu=0.0, sigma=1.0)", normalvariate},
    {"def lognormvariate(self, mu, sigma)", lognormvariate},
    {"def expovariate(self, lambd)", expovariate},
    {"def triangular(self, low=0.0, high=1.0, mode=None)", triangular},
};

Value construct_random(Type*, Args args) {
  check_count("Random", args, 0, 1);
  return make<Random>(args.positional ? args[0] : Value::none());
}

Type* Random::class_type() {
  static Type* const type = [] {
    Type* made = make_type("Random", nullptr);
    made->module = "random";
    made->is_final = true;
    made->construct = construct_random;
    add_methods(made, kMethods);
    return made;
  }();
  return type;
}

Ref<Random>& shared() {
  static Ref<Random> instance = make<Random>(Value::none());
  return instance;
}

}  // namespace

void reset_random() {
  shared()->seed(Value::none());
}

void fill_random(Dict& names) {
  for (const Method& method : kMethods) {
    const std::size_t start = method.signature.starts_with("def ") ? 4 : 0;
    Str* name = intern(method.signature.substr(start, method.signature.find('(') - start));
    names.set(name, get_attribute(shared(), name));
  }
  add_value(names, "Random", Value::object(Random::class_type()));
}

}  // namespace nabla
