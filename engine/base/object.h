// The counted object: the one ancestor of tensors, graph nodes and Python objects, and Ref, the pointer that owns one.
// Objects come from a pool by size class, and are freed iteratively: releasing a chain of any length uses no stack.
// Must not know what a tensor or a Python type is: `Type` stays an opaque name here.
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>

namespace nabla {

struct Type;  // a Python class; defined in python/object.h, only carried here

/// The pool's books. Free blocks hang in lists by size class; what a list cannot give comes from pool_refill().
struct Pool {
  static constexpr std::size_t kStep = 16;      // size classes are multiples of this
  static constexpr std::size_t kLargest = 512;  // above: malloc
  struct Block {
    Block* next;
  };
  Block* free[kLargest / kStep + 1];
  std::size_t live;   // bytes handed out
  std::size_t limit;  // for live; the largest number when there is none
};
extern Pool pool;
void* pool_refill(std::size_t bytes);
void pool_give_back(void* memory, std::size_t bytes) noexcept;

/// Memory from free lists by size class (16-byte steps up to 512 bytes, then malloc). Never returns null: it raises MemoryError.
inline void* pool_allocate(std::size_t bytes) {
  const std::size_t rounded = (bytes + Pool::kStep - 1) & ~(Pool::kStep - 1);
  if (rounded <= Pool::kLargest) {
    Pool::Block*& first = pool.free[rounded / Pool::kStep];
    if (first && pool.live + rounded <= pool.limit) {
      pool.live += rounded;
      void* memory = first;
      first = first->next;
      return memory;
    }
  }
  return pool_refill(rounded);
}
inline void pool_free(void* memory, std::size_t bytes) noexcept {
  const std::size_t rounded = (bytes + Pool::kStep - 1) & ~(Pool::kStep - 1);
  if (rounded > Pool::kLargest) return pool_give_back(memory, rounded);
  pool.live -= rounded;
  auto* block = static_cast<Pool::Block*>(memory);
  block->next = pool.free[rounded / Pool::kStep];
  pool.free[rounded / Pool::kStep] = block;
}
/// For objects that are kept aside when they die: out of the books, and into them again.
inline void pool_set_aside(std::size_t bytes) noexcept { pool.live -= (bytes + Pool::kStep - 1) & ~(Pool::kStep - 1); }
inline void pool_take_back(std::size_t bytes) noexcept { pool.live += (bytes + Pool::kStep - 1) & ~(Pool::kStep - 1); }
/// Bytes now handed out by the pool and by count_bytes(); the memory limit of a run is held against this number.
inline std::size_t live_bytes() noexcept { return pool.live; }
/// Adds to live_bytes() what was allocated elsewhere (negative: freed). Raises MemoryError over the limit.
void count_bytes(std::ptrdiff_t bytes);
/// The limit for live_bytes(); 0 means none. Returns the limit that was in force.
std::size_t set_memory_limit(std::size_t bytes) noexcept;

/// An object with an intrusive reference count. A new one has no owner (count 0) until a Ref takes it.
struct Object {
  std::uint32_t refs = 0;
  std::uint32_t tag = 0;  // free for the derived class (flags); costs nothing on 64-bit, four bytes on wasm
  Type* type = nullptr;   // the Python class that Python code sees; null for objects that Python never sees

  Object() = default;
  explicit Object(Type* type) : type(type) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

  void retain() noexcept { ++refs; }
  void release() noexcept {
    if (--refs == 0) destroy();
  }

  /// Called when the last owner is gone. A class may keep the object for another use instead: see Note [Spare objects].
  virtual void discard() noexcept { delete this; }

  static void* operator new(std::size_t bytes) { return pool_allocate(bytes); }
  static void operator delete(void* memory, std::size_t bytes) noexcept { pool_free(memory, bytes); }

 private:
  /// Deletes this object; when called from deep inside other destructors, queues it, so that the stack stays small.
  void destroy() noexcept;
};

/// An owning pointer to an Object. Copying counts, moving does not. May be null.
template <class T>
class Ref {
 public:
  Ref() noexcept = default;
  Ref(std::nullptr_t) noexcept {}
  explicit Ref(T* object) noexcept : object_(object) {
    if (object_) object_->retain();
  }
  Ref(const Ref& other) noexcept : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  template <class U>
  Ref(const Ref<U>& other) noexcept : Ref(static_cast<T*>(other.get())) {}
  template <class U>
  Ref(Ref<U>&& other) noexcept : object_(static_cast<T*>(other.detach())) {}
  ~Ref() {
    if (object_) object_->release();
  }
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }

  T* get() const noexcept { return object_; }
  T* operator->() const noexcept { return object_; }
  T& operator*() const noexcept { return *object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }
  friend bool operator==(const Ref& a, const Ref& b) noexcept { return a.object_ == b.object_; }

  /// Gives up ownership without releasing: the caller now owns one count.
  [[nodiscard]] T* detach() noexcept { return std::exchange(object_, nullptr); }
  /// Takes over one count that the caller owns.
  static Ref adopt(T* object) noexcept {
    Ref ref;
    ref.object_ = object;
    return ref;
  }

 private:
  T* object_ = nullptr;
};

template <class T, class... Args>
Ref<T> make(Args&&... args) {
  return Ref<T>(new T(std::forward<Args>(args)...));
}

}  // namespace nabla
