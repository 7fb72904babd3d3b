// Value: what a Python variable holds, in eight bytes. Floats, small integers, None, True, False are immediate; the rest is a
// counted Object. Also the few singletons that only the machine uses.
//
// Note [Value bits]
// The top 13 bits all set mark "not a float" (NaNs are made canonical, so no float has them). Bits 48–50 tell which kind:
// 1 = integer of 48 bits, two's complement; 2 = pointer to an Object; 3 = singleton. A wider integer is an Int object.
#pragma once
#include <cstdint>
#include <limits>
#include <utility>

#include "base/object.h"

namespace nabla {

class Value {
 public:
  Value() noexcept : bits_(kUndefined) {}  // "no value here": an unbound variable, a missing argument
  Value(const Value& other) noexcept : bits_(other.bits_) { retain(); }
  Value(Value&& other) noexcept : bits_(std::exchange(other.bits_, kUndefined)) {}
  Value& operator=(const Value& other) noexcept {
    other.retain();
    const std::uint64_t old = std::exchange(bits_, other.bits_);
    release(old);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    const std::uint64_t old = std::exchange(bits_, std::exchange(other.bits_, kUndefined));
    release(old);
    return *this;
  }
  ~Value() { release(bits_); }

  static Value none() noexcept { return Value(kNone, Bits{}); }
  static Value boolean(bool b) noexcept { return Value(b ? kTrue : kFalse, Bits{}); }
  static Value not_implemented() noexcept { return Value(kNotImplemented, Bits{}); }
  static Value ellipsis() noexcept { return Value(kEllipsis, Bits{}); }
  static Value number(double d) noexcept {
    return Value(d == d ? __builtin_bit_cast(std::uint64_t, d) : kCanonicalNaN, Bits{});
  }
  /// An integer that fits in 48 bits; `integer()` in object.h takes any.
  static Value small(std::int64_t i) noexcept { return Value(kIntTag | (static_cast<std::uint64_t>(i) & kPayload), Bits{}); }
  static constexpr bool fits_small(std::int64_t i) noexcept { return i >= kSmallMin && i <= kSmallMax; }
  static Value object(Object* object) noexcept {
    object->retain();
    return Value(kObjectTag | reinterpret_cast<std::uintptr_t>(object), Bits{});
  }
  template <class T>
  Value(Ref<T> ref) noexcept
      : bits_(ref ? kObjectTag | reinterpret_cast<std::uintptr_t>(static_cast<Object*>(ref.get())) : kNone) {
    (void)ref.detach();
  }

  bool is_undefined() const noexcept { return bits_ == kUndefined; }
  bool is_none() const noexcept { return bits_ == kNone; }
  bool is_true() const noexcept { return bits_ == kTrue; }
  bool is_false() const noexcept { return bits_ == kFalse; }
  bool is_bool() const noexcept { return bits_ == kTrue || bits_ == kFalse; }
  bool is_not_implemented() const noexcept { return bits_ == kNotImplemented; }
  bool is_ellipsis() const noexcept { return bits_ == kEllipsis; }
  bool is_float() const noexcept { return bits_ < kNotFloat; }
  bool is_small() const noexcept { return bits_ >> 48 == kIntTag >> 48; }
  bool is_object() const noexcept { return bits_ >> 48 == kObjectTag >> 48; }

  double as_float() const noexcept { return __builtin_bit_cast(double, bits_); }
  std::int64_t as_small() const noexcept { return static_cast<std::int64_t>(bits_ << 16) >> 16; }
  Object* as_object() const noexcept { return reinterpret_cast<Object*>(static_cast<std::uintptr_t>(bits_ & kPayload)); }

  /// Identity: Python's `is`.
  friend bool operator==(const Value& a, const Value& b) noexcept { return a.bits_ == b.bits_; }
  std::uint64_t bits() const noexcept { return bits_; }

 private:
  struct Bits {};
  Value(std::uint64_t bits, Bits) noexcept : bits_(bits) {}

  static constexpr std::uint64_t kNotFloat = 0xFFF8'0000'0000'0000;
  static constexpr std::uint64_t kPayload = 0x0000'FFFF'FFFF'FFFF;
  static constexpr std::uint64_t kIntTag = 0xFFF9'0000'0000'0000;
  static constexpr std::uint64_t kObjectTag = 0xFFFA'0000'0000'0000;
  static constexpr std::uint64_t kSingletonTag = 0xFFFB'0000'0000'0000;
  static constexpr std::uint64_t kUndefined = kSingletonTag | 0;
  static constexpr std::uint64_t kNone = kSingletonTag | 1;
  static constexpr std::uint64_t kFalse = kSingletonTag | 2;
  static constexpr std::uint64_t kTrue = kSingletonTag | 3;
  static constexpr std::uint64_t kNotImplemented = kSingletonTag | 4;
  static constexpr std::uint64_t kEllipsis = kSingletonTag | 5;
  static constexpr std::uint64_t kCanonicalNaN = 0x7FF8'0000'0000'0000;
  static constexpr std::int64_t kSmallMin = -(std::int64_t{1} << 47);
  static constexpr std::int64_t kSmallMax = (std::int64_t{1} << 47) - 1;

  void retain() const noexcept {
    if (is_object()) as_object()->retain();
  }
  static void release(std::uint64_t bits) noexcept {
    if (bits >> 48 == kObjectTag >> 48) reinterpret_cast<Object*>(static_cast<std::uintptr_t>(bits & kPayload))->release();
  }

  std::uint64_t bits_;
};

static_assert(sizeof(Value) == 8);

}  // namespace nabla
