// Tensor: a strided view of counted storage; how one is made, and the views that only sizes, strides and offset define.
// Knows no gradients: what autograd keeps on a tensor lies here, but only autograd reads it.
#pragma once
#include <span>

#include "base/error.h"
#include "base/object.h"
#include "tensor/dims.h"
#include "tensor/dtype.h"

namespace nabla {

/// The memory under one or more tensors, and the count of in-place changes made to it.
struct Storage final : Object {
  explicit Storage(std::int64_t bytes);
  /// The same memory with a count of its own: what `.data` shows.
  explicit Storage(Ref<Storage> shown);
  ~Storage() override;
  /// At once, without the queue of Object: a storage owns nothing that could be a chain.
  void release() noexcept {
    if (--refs == 0) delete this;
  }

  char* data;
  std::int64_t bytes;
  std::uint32_t* version = &own_version_;
  Ref<Storage> whole;  // whose memory it is, if another's
  const Storage* memory() const noexcept { return whole ? whole.get() : this; }
  /// From now on the count is that of `other`: of a tensor that was given other memory and counts on.
  void count_with(Ref<Storage> other) noexcept {
    version = other->version;
    counter_ = std::move(other);
  }

 private:
  std::uint32_t own_version_ = 0;
  Ref<Storage> counter_;  // whose count it is, if another's
};

struct TensorImpl;
using Tensor = Ref<TensorImpl>;

struct TensorImpl final : Object {
  char* memory = nullptr;   // the first element
  std::int64_t offset = 0;  // of the first element in the storage, in elements
  std::int64_t numel = 0;
  Dims sizes;
  Dims strides;  // in elements
  DType dtype = DType::float32;

  // Autograd's: see autograd/variable.h.
  bool requires_grad = false;
  bool retains_grad = false;
  bool is_data = false;             // made by `.data` or for numpy: what is done through it does not count as a change of the tensor it was made of
  std::uint32_t output_number = 0;  // which output of grad_fn this is
  Ref<Object> grad_fn;              // the Node that made it; null for a leaf
  Object* accumulator = nullptr;    // a leaf's AccumulateGrad node, which lives or is spare
  Tensor grad;
  Ref<Object> view;                 // a view's base and hooks, made when needed (VariableExtra)
  std::uint64_t id = 0;             // its number in the trace; 0 until the recorder gives one

  TensorImpl();
  ~TensorImpl() override;
  /// Without the queue of Object: of what a tensor owns, all that could be a chain is released through that.
  void release() noexcept {
    if (--refs == 0) discard();
  }
  void discard() noexcept override;  // see Note [Spare objects]

  std::size_t dim() const noexcept { return sizes.size(); }
  char* data() const noexcept { return memory; }
  template <class T>
  T* data_as() const noexcept {
    return reinterpret_cast<T*>(data());
  }
  bool is_contiguous() const noexcept;

  /// Is it one floating element that lies in the tensor itself, of rank 0 or 1? Then which (Plain), else -1.
  int plain() const noexcept { return plain_; }
  /// How often the memory was changed in place.
  std::uint32_t version() const noexcept { return storage_ ? *storage_->version : version_; }
  void raise_version() noexcept { ++(storage_ ? *storage_->version : version_); }
  /// The memory as an object that other tensors can share. See Note [Own element].
  const Ref<Storage>& storage() const {
    if (!storage_) share();
    return storage_;
  }
  void set_storage(Ref<Storage> storage, std::int64_t offset, DType dtype);
  /// Begins `elements` later in the same storage.
  void advance(std::int64_t elements) noexcept {
    offset += elements;
    memory += elements * item_size(dtype);
  }
  /// Can no other tensor see this memory?
  bool owns_memory() const noexcept { return !storage_ || (storage_->refs == 1 && !storage_->whole); }

 private:
  friend Tensor empty(const Dims& sizes, DType dtype);
  friend Tensor make_plain(int kind);
  void share() const;
  void own_element() noexcept;
  void drop_grad() noexcept;

  mutable Ref<Storage> storage_;
  std::uint32_t version_ = 0;
  mutable std::int8_t plain_ = -1;
  union {
    alignas(8) mutable char own_[8];
    TensorImpl* next_spare_;
  };
  static TensorImpl* spares_[4];
  static Type* python_type_;
  friend void set_tensor_type(Type* type);
};

/// The kinds of plain tensors, made of two bits.
enum Plain : int { kPlainDouble = 1, kPlainVector = 2 };
inline DType plain_dtype(int kind) noexcept { return kind & kPlainDouble ? DType::float64 : DType::float32; }

// Note [Spare objects]
// A loop over a small graph makes and drops the same few kinds of objects again and again, and would spend its time on filling in and
// clearing their fields. So plain tensors, nodes of short calls and sinks of leaves are not destroyed but kept aside, all that does
// not differ from one to the next still in place.

// Note [Own element]
// Most tensors of a small graph have one element that nobody else looks at. It lies in the tensor itself (`own_`, its version beside
// it), until another tensor wants to show the same memory: then it moves into a storage, for good.

/// Called when a tensor dies that the trace has numbered (id != 0); set by the recorder, null when off.
extern void (*tensor_died)(const TensorImpl& x);

/// The Python class of a plain tensor, set once by the layer that makes Python classes.
void set_tensor_type(Type* type);

// ---- making ----

/// Uninitialised memory.
Tensor empty(const Dims& sizes, DType dtype);
/// The same, of x's sizes, for a tensor x of one element.
Tensor empty_one(const TensorImpl& x, DType dtype);
/// The same of a kind of plain tensor, and the slow half of that.
Tensor new_plain(int kind);
inline Tensor make_plain(int kind) {
  TensorImpl* const x = TensorImpl::spares_[kind];
  if (!x) return new_plain(kind);
  TensorImpl::spares_[kind] = x->next_spare_;
  pool_take_back(sizeof(TensorImpl));
  x->type = TensorImpl::python_type_;
  return Tensor(x);
}
Tensor full(const Dims& sizes, Scalar value, DType dtype);
Tensor zeros(const Dims& sizes, DType dtype);
Tensor scalar_tensor(Scalar value, DType dtype);  // 0-d

/// Gives x other sizes in its memory, from where it begins; where the memory is too short, in a longer copy of it, whose new elements are
/// not set. The memory left is returned if other tensors show it: in PyTorch they would show the longer one.
Ref<Storage> resize(TensorImpl& x, const Dims& sizes, const Dims& strides);

// ---- views: new tensors over the same storage, without autograd ----

Tensor as_strided(const Tensor& x, const Dims& sizes, const Dims& strides, std::int64_t offset);
Tensor alias(const Tensor& x);
/// Sizes may grow from 1 (stride 0) and gain leading dimensions. RuntimeError in PyTorch's words where they can't.
Tensor expand(const Tensor& x, const Dims& sizes);
Tensor transpose(const Tensor& x, std::int64_t a, std::int64_t b);  // dims already in range
Tensor permute(const Tensor& x, const Dims& order);                 // dims already in range
Tensor select(const Tensor& x, std::int64_t dim, std::int64_t index);
Tensor slice(const Tensor& x, std::int64_t dim, std::int64_t start, std::int64_t length, std::int64_t step);
Tensor unsqueeze(const Tensor& x, std::int64_t dim);
/// The strides that show x with these sizes, if there are any; false when a copy is needed. Source: the rule that a group of
/// dimensions can be merged when each stride is the next one's stride times its size.
bool view_strides(const Tensor& x, const Dims& sizes, Dims* strides);

// ---- reading and writing elements ----

/// The element at an offset in elements from the tensor's first.
Scalar element(const TensorImpl& x, std::int64_t at);
void set_element(const TensorImpl& x, std::int64_t at, Scalar value);
/// The only element of a one-element tensor.
Scalar item(const Tensor& x);
/// Offset, in elements, of the i-th element in row-major order.
std::int64_t offset_of(const TensorImpl& x, std::int64_t index);

}  // namespace nabla
