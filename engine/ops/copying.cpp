// Copies: clone, contiguous, conversion to another dtype; and what overwrites a tensor: copy_, fill_, zero_.
#include "ops/families.h"
#include "ops/fitting.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {

const OpDef kClone{
    .name = "clone",
    .signatures = {{"clone(Tensor input)"}},
    .doc = "A copy with memory of its own, which lies as the tensor does; gradients pass.",
    .latex = "x",
    .forward = [](Call& c) { return copy_as(c.tensor(0)); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g")},
    .tangent = auto_linear,
    .slopes = slopes([](auto& s) { s.gx = s.g; }),
    .samples = {"f(2, 3)", "f()"},
};

/// A copy whose elements lie in row-major order, however x lies.
const OpDef kContiguousClone{
    .name = "clone",
    .signatures = {{"clone(Tensor input)"}},
    .spellings = 0,
    .doc = "A copy with memory of its own, in row-major order; gradients pass.",
    .latex = "x",
    .forward = [](Call& c) { return copy(c.tensor(0)); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g")},
    .tangent = auto_linear,
    .samples = {"f(2, 3)", "f()"},
};

const OpDef kContiguous{
    .name = "contiguous",
    .signatures = {{"contiguous(Tensor input)"}},
    .spellings = kMethod,
    .doc = "The tensor itself where its elements lie in row-major order, else a copy in which they do.",
    .latex = "x",
    .forward = [](Call& c) { return c.tensor(0)->is_contiguous() ? c.tensor(0) : apply(kContiguousClone, c.tensor(0)); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kToCopy{
    .name = "_to_copy",
    .signatures = {{"_to_copy(Tensor input, *, dtype? dtype=None, bool in_rows=False)"}},
    .spellings = 0,
    .doc = "A copy with another dtype; the gradient comes back in the old one.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Tensor from = c.flag(2) ? copy(x) : x;  // in row-major order, however x lies
          return c.has(1) && c[1].dtype() != x->dtype ? cast(from, c[1].dtype()) : c.flag(2) ? from : copy_as(x);
        },
    .gradients = {gradient([](const Backward& b) { return to_dtype(b.g, b.dtype()); }, "g")},
    .tangent = auto_linear,
    .samples = {"f(2, 3)"},
};

const OpDef kCopy{
    .name = "copy",
    .signatures = {{"copy(Tensor input, Tensor other, bool non_blocking=False)", "CopyBackwards"}},
    .spellings = kInPlace,
    .doc = "Overwrites the tensor with the elements of src, broadcast and converted.",
    .latex = "y",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), from = c.operand(1);
          if (!is_expandable(from->sizes, x->sizes)) {
            const Dims sizes = broadcast(x->sizes, from->sizes);
            fail("RuntimeError", "output with shape ", x->sizes, " doesn't match the broadcast shape ", sizes);
          }
          return cast(expand(from, x->sizes), x->dtype);
        },
    .gradients = {gradient([](const Backward& b) { return zeros_like(b.g); }, "0"), gradient([](const Backward& b) { return to_dtype(b.g, b.dtype(1)); }, "g")},
    .numbers = true,
    .changes_tangent = true,
    .batch_rule = BatchRule::arithmetic,
    .samples = {"f(2, 3), f(2, 3)", "f(2, 3), f(3)"},
};

const OpDef kFill{
    .name = "fill",
    .signatures = {{"fill(Tensor input, Tensor value)", "FillBackward3"}, {"fill(Tensor input, Number value)", "FillBackward2"}},
    .spellings = kInPlace,
    .doc = "Overwrites every element with one value.",
    .latex = "v",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (c[1].is_tensor() && c[1].impl()->dim() > 0) {
            fail("RuntimeError", "fill_ only supports 0-dimension value tensor but got tensor with ", c[1].impl()->dim(), " dimensions.");
          }
          need_fit(c.scalar(1), x->dtype);
          return full(x->sizes, c.scalar(1), x->dtype);
        },
    .gradients = {gradient([](const Backward& b) { return zeros_like(b.g); }, "0"),
                  gradient([](const Backward& b) { return sum(b.g); }, R"(\sum g)")},
    .changes_tangent = true,
    .overwrites = true,
    .reads_first = true,
    .batch_rule = BatchRule::own,
    .samples = {"f(2, 3), 2.0", "f(2, 3), f()"},
};

const OpDef kZero{
    .name = "zero",
    .signatures = {{"zero(Tensor input)"}},
    .spellings = kInPlace,
    .doc = "Overwrites every element with zero.",
    .latex = "0",
    .forward = [](Call& c) { return zeros(c.tensor(0)->sizes, c.tensor(0)->dtype); },
    .gradients = {gradient([](const Backward& b) { return zeros_like(b.g); }, "0")},
    .changes_tangent = true,
    .overwrites = true,
    .samples = {"f(2, 3)"},
};

const std::vector<const OpDef*>& copying_ops() {
  static const std::vector<const OpDef*> ops{&kClone, &kContiguousClone, &kContiguous, &kToCopy, &kCopy, &kFill, &kZero};
  return ops;
}

Tensor clone(const Tensor& x) { return apply(kContiguousClone, x); }
Tensor to_dtype(const Tensor& x, DType dtype) { return x->dtype == dtype ? x : apply(kToCopy, x, dtype); }
Tensor zeros_like(const Tensor& x) { return zeros(x->sizes, x->dtype); }
Tensor ones_like(const Tensor& x) { return full(x->sizes, Scalar::of(1), x->dtype); }

void copy_in_place(const Tensor& into, const Arg& from) { apply_in_place(kCopy, into, from); }

}  // namespace nabla
