// Storage, tensors, views and single elements.
#include "tensor/tensor.h"

#include <algorithm>
#include <cstring>

namespace nabla {
namespace {

template <class Read>
auto with_type(DType dtype, Read read) {
  switch (dtype) {
    case DType::bool_:
    case DType::uint8: return read(static_cast<std::uint8_t*>(nullptr));
    case DType::int8: return read(static_cast<std::int8_t*>(nullptr));
    case DType::int16: return read(static_cast<std::int16_t*>(nullptr));
    case DType::int32: return read(static_cast<std::int32_t*>(nullptr));
    case DType::int64: return read(static_cast<std::int64_t*>(nullptr));
    case DType::float32: return read(static_cast<float*>(nullptr));
    case DType::float64: break;
  }
  return read(static_cast<double*>(nullptr));
}

std::int64_t first_negative(const Dims& sizes) {
  return *std::find_if(sizes.begin(), sizes.end(), [](std::int64_t size) { return size < 0; });
}

Tensor shell(const Tensor& x) {
  Tensor out = make<TensorImpl>();
  out->set_storage(x->storage(), x->offset, x->dtype);
  out->is_data = x->is_data;
  return out;
}

}  // namespace

Storage::Storage(std::int64_t bytes) : bytes(bytes) {
  if (bytes > (std::int64_t{1} << 40)) fail("MemoryError", "cannot allocate ", bytes, " bytes for a tensor");
  data = static_cast<char*>(pool_allocate(static_cast<std::size_t>(std::max<std::int64_t>(bytes, 1))));
}

Storage::Storage(Ref<Storage> shown) : data(shown->data), bytes(shown->bytes), whole(shown->whole ? shown->whole : std::move(shown)) {}

Storage::~Storage() {
  if (!whole) pool_free(data, static_cast<std::size_t>(std::max<std::int64_t>(bytes, 1)));
}

void TensorImpl::share() const {
  plain_ = -1;
  storage_ = make<Storage>(item_size(dtype));
  *storage_->version = version_;
  std::memcpy(storage_->data, own_, static_cast<std::size_t>(item_size(dtype)));
  const_cast<TensorImpl*>(this)->memory = storage_->data;
}

void TensorImpl::set_storage(Ref<Storage> storage, std::int64_t at, DType type) {
  storage_ = std::move(storage);
  plain_ = -1;
  offset = at;
  dtype = type;
  memory = storage_->data + at * item_size(type);
}

void (*tensor_died)(const TensorImpl& x) = nullptr;

TensorImpl* TensorImpl::spares_[4];
Type* TensorImpl::python_type_ = nullptr;

TensorImpl::TensorImpl() : Object(python_type_) {}

TensorImpl::~TensorImpl() {
  if (id && tensor_died) tensor_died(*this);
  if (accumulator) accumulator->discard();
  if (grad) drop_grad();
}

/// A gradient may have a gradient, and so on.
void TensorImpl::drop_grad() noexcept { static_cast<Object*>(grad.detach())->release(); }

void TensorImpl::discard() noexcept {
  if (plain_ < 0) {
    delete this;
    return;
  }
  if (id && tensor_died) tensor_died(*this);
  if (grad_fn) grad_fn.detach()->release();
  if (grad) drop_grad();
  if (view) view = nullptr;
  if (accumulator) std::exchange(accumulator, nullptr)->discard();
  tag = 0;
  id = 0;
  version_ = 0;
  output_number = 0;
  requires_grad = retains_grad = is_data = false;
  next_spare_ = std::exchange(spares_[plain_], this);
  pool_set_aside(sizeof(TensorImpl));
}

bool TensorImpl::is_contiguous() const noexcept {
  if (numel <= 1) return true;
  std::int64_t expected = 1;
  for (std::size_t i = sizes.size(); i-- > 0;) {
    if (sizes[i] == 1) continue;
    if (strides[i] != expected) return false;
    expected *= sizes[i];
  }
  return true;
}

void set_tensor_type(Type* type) { TensorImpl::python_type_ = type; }

Tensor empty(const Dims& sizes, DType dtype) {
  Tensor out = make<TensorImpl>();
  out->sizes = sizes;
  out->strides.resize(sizes.size());
  std::int64_t numel = 1, stride = 1;
  for (std::size_t i = sizes.size(); i-- > 0;) {
    const std::int64_t size = sizes[i];
    out->strides[i] = stride;
    if (size == 1) continue;
    if (size < 0) fail("RuntimeError", "Trying to create tensor with negative dimension ", first_negative(sizes), ": ", sizes);
    if (size && stride > (std::int64_t{1} << 48) / size) fail("MemoryError", "cannot allocate a tensor of size ", sizes);
    numel *= size;
    stride *= std::max<std::int64_t>(size, 1);
  }
  out->numel = numel;
  out->dtype = dtype;
  if (numel == 1) out->own_element();
  else out->set_storage(make<Storage>(numel * item_size(dtype)), 0, dtype);
  return out;
}

Tensor empty_one(const TensorImpl& x, DType dtype) {
  const std::size_t rank = x.sizes.size();
  if (rank > 1 || !is_floating(dtype)) return empty(x.sizes, dtype);
  return make_plain(static_cast<int>(rank) * kPlainVector + (dtype == DType::float64 ? kPlainDouble : 0));
}

Tensor new_plain(int kind) { return empty(Dims(kind & kPlainVector ? 1 : 0, 1), plain_dtype(kind)); }

void TensorImpl::own_element() noexcept {
  memory = own_;
  if (dim() <= 1 && is_floating(dtype)) plain_ = static_cast<std::int8_t>(dim() * kPlainVector + (dtype == DType::float64 ? kPlainDouble : 0));
}

Tensor full(const Dims& sizes, Scalar value, DType dtype) {
  Tensor out = empty(sizes, dtype);
  with_type(dtype, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    T fill;
    if constexpr (std::is_floating_point_v<T>) {
      fill = static_cast<T>(value.to_double());
    } else {
      fill = dtype == DType::bool_ ? static_cast<T>(value.to_bool()) : static_cast<T>(value.to_int());
    }
    std::fill_n(out->data_as<T>(), out->numel, fill);
    return 0;
  });
  return out;
}

Tensor zeros(const Dims& sizes, DType dtype) {
  Tensor out = empty(sizes, dtype);
  std::memset(out->data(), 0, static_cast<std::size_t>(out->numel * item_size(dtype)));
  return out;
}

Tensor scalar_tensor(Scalar value, DType dtype) { return full({}, value, dtype); }

Ref<Storage> resize(TensorImpl& x, const Dims& sizes, const Dims& strides) {
  Ref<Storage> left;
  const bool alone = x.owns_memory();
  const std::int64_t count = count_elements(sizes), bytes = (x.offset + count) * item_size(x.dtype);
  const Ref<Storage> before = x.storage();
  if (count && bytes > before->bytes) {
    const Ref<Storage> grown = make<Storage>(bytes);
    std::memcpy(grown->data, before->data, static_cast<std::size_t>(before->bytes));
    *grown->version = x.version();
    x.set_storage(grown, x.offset, x.dtype);
    if (!alone) grown->count_with(left = before);
  }
  x.sizes = sizes;
  x.strides = strides;
  x.numel = count;
  return left;
}

Tensor as_strided(const Tensor& x, const Dims& sizes, const Dims& strides, std::int64_t offset) {
  Tensor out = shell(x);
  out->sizes = sizes;
  out->strides = strides;
  out->numel = count_elements(sizes);
  out->advance(offset - out->offset);
  return out;
}

Tensor alias(const Tensor& x) {
  Tensor out = shell(x);
  out->sizes = x->sizes;
  out->strides = x->strides;
  out->numel = x->numel;
  return out;
}

Tensor expand(const Tensor& x, const Dims& wanted) {
  const std::size_t rank = wanted.size();
  if (rank < x->dim()) {
    fail("RuntimeError", "expand(", x->dtype == DType::bool_ ? "CPUBoolType" : cat("torch.", legacy_name(x->dtype), "Tensor"), "{", x->sizes, "}, size=", wanted,
         "): the number of sizes provided (", rank, ") must be greater or equal to the number of dimensions in the tensor (",
         x->dim(), ")");
  }
  Dims sizes = wanted;
  Dims strides(rank, 0);
  const std::size_t added = rank - x->dim();
  for (std::size_t i = rank; i-- > 0;) {
    if (i < added) {
      if (sizes[i] == -1) {
        fail("RuntimeError", "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ", i);
      }
      if (sizes[i] == 1 && x->dim()) strides[i] = i + 1 < rank ? sizes[i + 1] * strides[i + 1] : 1;
      continue;
    }
    const std::int64_t size = x->sizes[i - added];
    if (sizes[i] == -1) sizes[i] = size;
    if (sizes[i] == size) {
      strides[i] = x->strides[i - added];
    } else if (size != 1) {
      fail("RuntimeError", "The expanded size of the tensor (", sizes[i], ") must match the existing size (", size,
           ") at non-singleton dimension ", i, ".  Target sizes: ", wanted, ".  Tensor sizes: ", x->sizes);
    }
  }
  return as_strided(x, sizes, strides, x->offset);
}

Tensor transpose(const Tensor& x, std::int64_t a, std::int64_t b) {
  Tensor out = alias(x);
  if (x->dim() > 0) {
    std::swap(out->sizes[a], out->sizes[b]);
    std::swap(out->strides[a], out->strides[b]);
  }
  return out;
}

Tensor permute(const Tensor& x, const Dims& order) {
  Tensor out = alias(x);
  for (std::size_t i = 0; i < order.size(); ++i) {
    out->sizes[i] = x->sizes[order[i]];
    out->strides[i] = x->strides[order[i]];
  }
  return out;
}

Tensor select(const Tensor& x, std::int64_t dim, std::int64_t index) {
  Tensor out = alias(x);
  out->advance(index * x->strides[dim]);
  out->sizes.erase(dim);
  out->strides.erase(dim);
  out->numel = count_elements(out->sizes);
  return out;
}

Tensor slice(const Tensor& x, std::int64_t dim, std::int64_t start, std::int64_t length, std::int64_t step) {
  Tensor out = alias(x);
  out->advance(start * x->strides[dim]);
  out->sizes[dim] = length;
  out->strides[dim] *= step;
  out->numel = count_elements(out->sizes);
  return out;
}

Tensor unsqueeze(const Tensor& x, std::int64_t dim) {
  Tensor out = alias(x);
  const bool last = static_cast<std::size_t>(dim) >= x->dim();
  out->sizes.insert(dim, 1);
  out->strides.insert(dim, last ? 1 : x->sizes[dim] * x->strides[dim]);
  return out;
}

bool view_strides(const Tensor& x, const Dims& sizes, Dims* strides) {
  strides->resize(sizes.size());
  if (x->numel == 0) {
    *strides = x->sizes == sizes ? x->strides : contiguous_strides(sizes);
    return true;
  }
  // Walk the old dimensions from the last; each run of mergeable ones must be used up exactly by some of the new dimensions.
  std::size_t to = sizes.size();
  std::size_t from = x->dim();
  std::int64_t base = x->dim() ? x->strides.back() : 1;
  std::int64_t run = 1, used = 1;
  while (from-- > 0) {
    run *= x->sizes[from];
    const bool ends = from == 0 || (x->sizes[from - 1] != 1 && x->strides[from - 1] != run * base);
    if (!ends) continue;
    while (to > 0 && (used < run || sizes[to - 1] == 1)) {
      --to;
      (*strides)[to] = used * base;
      used *= sizes[to];
    }
    if (used != run) return false;
    if (from > 0) {
      base = x->strides[from - 1];
      run = used = 1;
    }
  }
  while (to > 0 && sizes[to - 1] == 1) (*strides)[--to] = 1;
  return to == 0;
}

Scalar element(const TensorImpl& x, std::int64_t at) {
  return with_type(x.dtype, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    const T value = x.data_as<T>()[at];
    if constexpr (std::is_floating_point_v<T>) return Scalar::of(static_cast<double>(value));
    return x.dtype == DType::bool_ ? Scalar::of(value != 0) : Scalar::of(static_cast<std::int64_t>(value));
  });
}

void set_element(const TensorImpl& x, std::int64_t at, Scalar value) {
  with_type(x.dtype, [&](auto* type) {
    using T = std::remove_pointer_t<decltype(type)>;
    T& target = x.data_as<T>()[at];
    if constexpr (std::is_floating_point_v<T>) {
      target = static_cast<T>(value.to_double());
    } else {
      target = x.dtype == DType::bool_ ? static_cast<T>(value.to_bool()) : static_cast<T>(value.to_int());
    }
    return 0;
  });
}

Scalar item(const Tensor& x) { return element(*x, 0); }

std::int64_t offset_of(const TensorImpl& x, std::int64_t index) {
  std::int64_t offset = 0;
  for (std::size_t i = x.dim(); i-- > 0;) {
    offset += (index % x.sizes[i]) * x.strides[i];
    index /= x.sizes[i];
  }
  return offset;
}

}  // namespace nabla
