// Views that a tensor takes of itself: unsqueeze_, squeeze_, transpose_, swapaxes_, t_; and the operators whose nodes they leave in the graph.
#include "ops/families.h"
#include "ops/forward.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

/// Makes the first argument itself the view that `def` gives of it, in shape and history.
Tensor become(Call& c, const OpDef& def, int signature) {
  Call call(def, signature);
  call.count = c.count;
  for (int i = 1; i < c.count; ++i) call.args[i] = c[i];
  const Tensor x = c.tensor(0);
  check_in_place(x);
  if (signature == 1 && def.name == std::string_view("_transposed") && x->dim() > 2) {
    fail("RuntimeError", "t_() expects a tensor with <= 2 dimensions, but self is ", x->dim(), "D");
  }
  Call trial = call;
  trial.args[0] = Arg(detach(x));
  (void)def.forward(trial);  // for its errors
  const Tensor before = alias(x);  // stands in for x in the graph, which must not contain itself
  if (const Ref<Node> maker = grad_enabled() ? grad_fn(x) : Ref<Node>()) set_history(before, maker, x->output_number);
  x->raise_version();
  if (x->view && grad_enabled()) extra(*x)->version = x->version();  // its history is not that of the base with a change
  call.args[0] = Arg(before);
  const Tensor tangent = tangent_of(*x);
  if (tangent) {
    check_in_place(tangent);
    make_extra(before).tangent = tangent;
  }
  const Tensor out = run(call);
  if (const Tensor turned = tangent ? tangent_of(*out) : Tensor(); turned && requires_grad(*turned)) {
    make_extra(x).tangent = turned;
  } else if (turned) {  // in place too
    tangent->sizes = turned->sizes;
    tangent->strides = turned->strides;
  }
  x->sizes = out->sizes;
  x->strides = out->strides;
  x->offset = out->offset;
  if (const Ref<Node> maker = grad_fn(out)) set_history(x, maker, out->output_number);
  return x;
}
Tensor reshape_back(const Backward& b) { return reshape_to(b.g, b.sizes()); }

}  // namespace

const OpDef kUnsqueezed{
    .name = "_unsqueezed",
    .signatures = {{"_unsqueezed(Tensor input, int dim)", "UnsqueezeBackward1"}},
    .spellings = 0,
    .doc = "A dimension of size 1 more.",
    .latex = "x",
    .forward = [](Call& c) { return find_op("unsqueeze")->forward(c); },
    .gradients = {gradient(reshape_back, "g")},
    .tangent = auto_linear,
    .samples = {"f(2), 0"},
};

const OpDef kSqueezed{
    .name = "_squeezed",
    .signatures = {{"_squeezed(Tensor input)", "SqueezeBackward2"}, {"_squeezed(Tensor input, int dim)", "SqueezeBackward3"}},
    .spellings = 0,
    .doc = "Without dimensions of size 1.",
    .latex = "x",
    .forward = [](Call& c) { return find_op("squeeze")->forward(c); },
    .gradients = {gradient(reshape_back, "g")},
    .tangent = auto_linear,
    .samples = {"f(2, 1)", "f(2, 1), 1"},
};

const OpDef kTransposed{
    .name = "_transposed",
    .signatures = {{"_transposed(Tensor input, int dim0, int dim1)", "TransposeBackward1"}, {"_transposed(Tensor input)", "TBackward1"}},
    .spellings = 0,
    .doc = "Two dimensions swapped.",
    .latex = "x^{T}",
    .forward = [](Call& c) { return find_op(c.signature == 0 ? "transpose" : "t")->forward(c); },
    .gradients = {gradient(
        [](const Backward& b) { return b.signature() == 0 ? apply(*find_op("transpose"), b.g, b.arg(1), b.arg(2)) : apply(*find_op("t"), b.g); }, "g^{T}")},
    .tangent = auto_linear,
    .samples = {"f(2, 3), 0, 1", "f(2, 3)"},
};

const OpDef kUnsqueezeInPlace{
    .name = "unsqueeze_",
    .signatures = {{"unsqueeze_(Tensor input, int dim)"}},
    .spellings = kMethod,
    .doc = "Adds a dimension of size 1.",
    .latex = "x",
    .forward = [](Call& c) { return become(c, kUnsqueezed, 0); },
    .composite = true,
    .samples = {},
};

const OpDef kSqueezeInPlace{
    .name = "squeeze_",
    .signatures = {{"squeeze_(Tensor input)"}, {"squeeze_(Tensor input, int dim)"}},
    .spellings = kMethod,
    .doc = "Drops dimensions of size 1.",
    .latex = "x",
    .forward = [](Call& c) { return become(c, kSqueezed, c.signature); },
    .composite = true,
    .samples = {},
};

const OpDef kTransposeInPlace{
    .name = "transpose_",
    .signatures = {{"transpose_(Tensor input, int dim0, int dim1)"}},
    .spellings = kMethod,
    .aliases = {"swapdims_"},
    .doc = "Swaps two dimensions.",
    .latex = "x^{T}",
    .forward = [](Call& c) { return become(c, kTransposed, 0); },
    .composite = true,
    .samples = {},
};

const OpDef kSwapaxesInPlace{
    .name = "swapaxes_",
    .signatures = {{"swapaxes_(Tensor input, int axis0, int axis1)"}},
    .spellings = kMethod,
    .doc = "Swaps two dimensions.",
    .latex = "x^{T}",
    .forward = [](Call& c) { return become(c, kTransposed, 0); },
    .composite = true,
    .samples = {},
};

const OpDef kTInPlace{
    .name = "t_",
    .signatures = {{"t_(Tensor input)"}},
    .spellings = kMethod,
    .doc = "The transpose of a matrix; vectors stay.",
    .latex = "x^{T}",
    .forward = [](Call& c) { return become(c, kTransposed, 1); },
    .composite = true,
    .samples = {},
};

const std::vector<const OpDef*>& views_in_place_ops() {
  static const std::vector<const OpDef*> ops{&kUnsqueezed,       &kSqueezed,       &kTransposed,       &kUnsqueezeInPlace,
                                             &kSqueezeInPlace,   &kTInPlace,       &kTransposeInPlace, &kSwapaxesInPlace};
  return ops;
}

}  // namespace nabla
