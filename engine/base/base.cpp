// The pool, iterative release, and the warning channel.
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <vector>

#include "base/error.h"
#include "base/object.h"

namespace nabla {
namespace {

constexpr std::size_t kPage = 16 * 1024;    // holds blocks of one size class
constexpr std::size_t kChunk = 16 * kPage;  // what the pool takes from malloc at a time
constexpr std::size_t kReserve = 256 * 1024;
constexpr std::size_t kLargeBlock = 4096;  // see Note [Large blocks]

/// Memory that is never counted, for what must not fail.
template <class T>
struct Uncounted {
  using value_type = T;
  Uncounted() = default;
  T* allocate(std::size_t count) {
    if (void* memory = std::malloc(count * sizeof(T))) return static_cast<T*>(memory);
    throw std::bad_alloc();
  }
  void deallocate(T* memory, std::size_t) noexcept { std::free(memory); }
  friend bool operator==(const Uncounted&, const Uncounted&) noexcept { return true; }
};

constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);
constexpr int kDeepest = 40;  // releases inside one another

char* g_chunk = nullptr;
char* g_chunk_end = nullptr;
bool g_reserve_spent = false;
WarningHandler g_warning_handler = nullptr;
int g_depth = 0;  // of releases
std::vector<Object*, Uncounted<Object*>> g_condemned;  // waiting for the outermost of them

/// The first time that the limit is hit it is raised a little: there must be room for the exception that says so.
void spend_reserve() noexcept {
  if (!g_reserve_spent) pool.limit += kReserve;
  g_reserve_spent = true;
}

[[noreturn]] void out_of_memory() {
  const std::size_t limit = pool.limit;
  spend_reserve();
  fail("MemoryError", "the program holds more than ", limit / (1024 * 1024), " MB of tensors and objects");
}

#ifdef __wasm__
std::uint8_t g_size_class[(std::size_t{1} << 31) / kPage];  // of each page of the pool, 0 for the others: see Note [Small blocks]
#endif

/// Takes a block from a size class's list, which gets a new page when it is empty. Null when there is no memory.
void* take(std::size_t size_class) noexcept {
  Pool::Block*& first = pool.free[size_class];
  if (!first) {
    if (g_chunk == g_chunk_end) {
      g_chunk = static_cast<char*>(std::aligned_alloc(kPage, kChunk));
      g_chunk_end = g_chunk ? g_chunk + kChunk : nullptr;
      if (!g_chunk) return nullptr;
    }
#ifdef __wasm__
    g_size_class[reinterpret_cast<std::uintptr_t>(g_chunk) / kPage] = static_cast<std::uint8_t>(size_class);
#endif
    const std::size_t bytes = size_class * Pool::kStep;
    for (std::size_t end = kPage / bytes * bytes; end > 0; end -= bytes) {
      auto* block = reinterpret_cast<Pool::Block*>(g_chunk + end - bytes);
      block->next = first;
      first = block;
    }
    g_chunk += kPage;
  }
  void* memory = first;
  first = first->next;
  return memory;
}

}  // namespace

Pool pool{.free = {}, .live = 0, .limit = kNoLimit};

void* pool_refill(std::size_t rounded) {
  if (pool.live + rounded > pool.limit) out_of_memory();
  void* memory = rounded <= Pool::kLargest ? take(rounded / Pool::kStep) : std::malloc(rounded);
  if (!memory) fail("MemoryError", "out of memory");
  pool.live += rounded;
  return memory;
}

void pool_give_back(void* memory, std::size_t rounded) noexcept {
  pool.live -= rounded;
  std::free(memory);
}

void count_bytes(std::ptrdiff_t bytes) {
  if (bytes > 0 && pool.live + static_cast<std::size_t>(bytes) > pool.limit) out_of_memory();
  pool.live += static_cast<std::size_t>(bytes);
}

std::size_t set_memory_limit(std::size_t bytes) noexcept {
  g_reserve_spent = false;
  const std::size_t before = std::exchange(pool.limit, bytes ? bytes : kNoLimit);
  return before == kNoLimit ? 0 : before;
}

// Note [Large blocks]
// The pool counts objects and tensors; what lists, dicts and strings hold comes from the C++ library. So its large blocks are counted
// too, here where all of them pass: a program that doubles a string is stopped as well as one that makes objects. Small blocks belong to
// objects that are counted, and are left alone for speed. Over the limit std::bad_alloc is thrown, which the machine makes a MemoryError.
//
// Note [Small blocks]
// Emscripten's malloc takes several times as long as the pool, and a program in Python makes as many small blocks as objects (what a tuple, a
// dict or a closure holds). So there the small ones come from the pool's lists too, uncounted. The size that a delete is not told follows from
// the address: a page holds blocks of one size, and with 2 GB of addresses a table of all pages is small.
static void* allocate_block(std::size_t bytes) {
#ifdef __wasm__
  if (bytes <= Pool::kLargest) {
    const std::size_t size_class = bytes ? (bytes + Pool::kStep - 1) / Pool::kStep : 1;
    Pool::Block*& first = pool.free[size_class];
    if (Pool::Block* const block = first) {
      first = block->next;
      return block;
    }
    if (void* memory = take(size_class)) return memory;
    throw std::bad_alloc();
  }
#endif
  if (bytes >= kLargeBlock && pool.live + bytes > pool.limit) {
    spend_reserve();
    throw std::bad_alloc();
  }
  void* memory = std::malloc(bytes ? bytes : 1);
  if (!memory) throw std::bad_alloc();
  if (const std::size_t size = malloc_usable_size(memory); size >= kLargeBlock) pool.live += size;
  return memory;
}

static void free_block(void* memory) noexcept {
#ifdef __wasm__
  if (const std::size_t size_class = g_size_class[reinterpret_cast<std::uintptr_t>(memory) / kPage]) {
    auto* block = static_cast<Pool::Block*>(memory);
    block->next = pool.free[size_class];
    pool.free[size_class] = block;
    return;
  }
#endif
  if (!memory) return;
  if (const std::size_t size = malloc_usable_size(memory); size >= kLargeBlock) pool.live -= size;
  std::free(memory);
}

// Note [Iterative release]
// A destructor releases what its object owns. Were each release to delete at once, a chain of n objects (a graph, a linked
// list) would need n stack frames. So releases delete at once only to a small depth; what lies deeper queues up and is deleted by the
// outermost.
void Object::destroy() noexcept {
  if (g_depth >= kDeepest) {
    g_condemned.push_back(this);
    return;
  }
  ++g_depth;
  discard();
  if (g_depth == 1) {
    while (!g_condemned.empty()) {
      Object* next = g_condemned.back();
      g_condemned.pop_back();
      next->discard();
    }
  }
  --g_depth;
}

void Piece::write(std::string& out) const {
  switch (kind_) {
    case Kind::c_string: out += static_cast<const char*>(object_); break;
    case Kind::string: out += *static_cast<const std::string*>(object_); break;
    case Kind::view: out += *static_cast<const std::string_view*>(object_); break;
    case Kind::number: out += std::to_string(number_); break;
    case Kind::boolean: out += number_ ? "True" : "False"; break;
    case Kind::character: out += static_cast<char>(number_); break;
    case Kind::other: write_(out, object_); break;
  }
}

std::string join(const Piece* pieces, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) pieces[i].write(out);
  return out;
}

void fail_with(const char* kind, const Piece* pieces, std::size_t count) { throw Error{kind, join(pieces, count), {}}; }

void warn(std::string_view category, std::string_view message, int levels) {
  if (g_warning_handler) g_warning_handler(category, message, levels);
}

namespace {
std::vector<const char*> g_said;
}

bool is_first_time(const char* key) {
  for (const char* said : g_said) {
    if (said == key) return false;
  }
  g_said.push_back(key);
  return true;
}

void warn_once(std::string_view category, const char* message) {
  if (is_first_time(message)) warn(category, message);
}

void forget_warnings() { g_said.clear(); }

WarningHandler set_warning_handler(WarningHandler handler) { return std::exchange(g_warning_handler, handler); }

}  // namespace nabla

// See Note [Large blocks].
void* operator new(std::size_t bytes) { return nabla::allocate_block(bytes); }
void operator delete(void* memory) noexcept { nabla::free_block(memory); }
void operator delete(void* memory, std::size_t) noexcept { nabla::free_block(memory); }
