// The counted object: the one ancestor of tensors, graph nodes and Python objects, and Ref, the pointer that owns one.
// Objects come from a pool by size class, and are freed iteratively: releasing a chain of any length uses no stack.
// Must not know what a tensor or a Python type is: `Type` stays an opaque name here.
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>

namespace nabla {

struct Type;  // a Python class; defined in python/object.h, only carried here

/// Memory from free lists by size class (16-byte steps up to 512 bytes, then malloc). Never returns null: it raises MemoryError.
void* pool_allocate(std::size_t bytes);
void pool_free(void* memory, std::size_t bytes) noexcept;
/// Bytes now handed out by the pool and by count_bytes(); the memory limit of a run is held against this number.
std::size_t live_bytes() noexcept;
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

  static void* operator new(std::size_t bytes) { return pool_allocate(bytes); }
  static void operator delete(void* memory, std::size_t bytes) noexcept { pool_free(memory, bytes); }

 private:
  /// Deletes this object; when called from inside another destructor, queues it, so that the stack stays flat.
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
