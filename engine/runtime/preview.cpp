// Reading previews: quick for the one-element tensors that tutorials are full of.
#include "runtime/preview.h"

#include <algorithm>

namespace nabla {

void Preview::read(const TensorImpl& x) {
  present = true;
  dtype = x.dtype;
  dims = static_cast<std::uint8_t>(std::min<std::size_t>(x.dim(), kDims));
  for (int i = 0; i < dims; ++i) sizes[i] = x.sizes[i];
  count = static_cast<std::uint8_t>(std::min<std::int64_t>(x.numel, kElements));
  if (x.dtype == DType::float32 && count == 1) {
    values[0] = *x.data_as<float>();
    return;
  }
  const bool contiguous = x.is_contiguous();
  for (int i = 0; i < count; ++i) values[i] = element(x, contiguous ? i : offset_of(x, i)).to_double();
}

}  // namespace nabla
