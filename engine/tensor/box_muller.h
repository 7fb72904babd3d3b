// Sixteen uniform numbers to sixteen normal ones, as PyTorch's CPU kernels do it.
#pragma once

namespace nabla {

/// In place: x[j] and x[j + 8] become the pair of normal numbers that these two give. float32: to the last digit of PyTorch's AVX2 kernel; float64: of its plain one.
void box_muller_16(float* x, float mean, float deviation);
void box_muller_16(double* x, double mean, double deviation);

}  // namespace nabla
