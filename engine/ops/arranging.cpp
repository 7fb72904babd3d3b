// The same elements in other places, as copies or new views: fliplr, flipud, rot90, repeat_interleave, diag_embed, diagflat, unfold,
// tril_indices, triu_indices, block_diag, dstack, column_stack, atleast_1d to 3d, broadcast_to, broadcast_tensors, meshgrid, cartesian_prod,
// combinations.
#include <numeric>

#include "ops/families.h"
#include "ops/forward.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

Tensor view_of(const char* name, const Tensor& x, std::int64_t i) { return apply(*find_op(name), x, i); }

// ---- at least so many dimensions ----

Tensor at_least(const Tensor& x, int rank) {
  if (x->dim() == 0) return reshape_to(x, Dims(static_cast<std::size_t>(rank), 1));
  if (rank == 1) return x;
  Tensor out = x->dim() == 1 ? view_of("unsqueeze", x, 0) : x;
  return rank == 3 && out->dim() == 2 ? view_of("unsqueeze", out, -1) : out;
}
std::vector<Tensor> all_at_least(Call& c, int rank) {
  std::vector<Tensor> out;
  for (const Tensor& x : c[0].tensors()) out.push_back(at_least(x, rank));
  return out;
}

/// Positions of a triangle's elements, rows above columns.
Tensor triangle_positions(const Call& c, bool upper) {
  const std::int64_t rows = c.integer(0), columns = c.integer(1), shift = c.integer(2);
  if (rows < 0) fail("RuntimeError", "row must be non-negative, got", rows);
  if (columns < 0) fail("RuntimeError", "col must be non-negative, got", columns);
  std::vector<std::int64_t> at[2];
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < columns; ++j) {
      if (upper ? j - i < shift : j - i > shift) continue;
      at[0].push_back(i);
      at[1].push_back(j);
    }
  }
  const Tensor out = empty({2, static_cast<std::int64_t>(at[0].size())}, c.has(3) ? c[3].dtype() : DType::int64);
  if (out->dtype != DType::int64 && out->dtype != DType::int32) not_implemented_for(c.def.name, out->dtype);
  for (std::int64_t k = 0; k < out->numel; ++k) set_element(*out, k, Scalar::of(at[k / out->sizes[1]][k % out->sizes[1]]));
  return out;
}

std::int64_t wrapped(const Call& c, int i, std::int64_t otherwise) { return wrap_dim(c.integer(i, otherwise), c.tensor(0)->dim()); }

}  // namespace

const OpDef kFliplr{
    .name = "fliplr",
    .signatures = {{"fliplr(Tensor input)"}},
    .doc = "Reverses the order of the columns.",
    .latex = "x_{i, n-j}",
    .forward =
        [](Call& c) {
          if (c.tensor(0)->dim() < 2) fail("RuntimeError", "Input must be >= 2-d.");
          return apply(*find_op("flip"), c.tensor(0), Dims{1});
        },
    .composite = true,
    .samples = {"f(2, 3)"},
    .failures = {{"torch.fliplr(torch.ones(2))", "RuntimeError: Input must be >= 2-d."}},
};

const OpDef kFlipud{
    .name = "flipud",
    .signatures = {{"flipud(Tensor input)"}},
    .doc = "Reverses the order of the rows.",
    .latex = "x_{n-i}",
    .forward =
        [](Call& c) {
          if (c.tensor(0)->dim() < 1) fail("RuntimeError", "Input must be >= 1-d.");
          return apply(*find_op("flip"), c.tensor(0), Dims{0});
        },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kRot90{
    .name = "rot90",
    .signatures = {{"rot90(Tensor input, int k=1, size dims=(0,1))"}},
    .doc = "Turns the plane of two dimensions by quarter turns.",
    .latex = "x_{j, n-i}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Dims dims = c.has(2) ? c[2].ints() : Dims{0, 1};
          if (dims.size() != 2) fail("RuntimeError", "expected total rotation dims == 2, but got dims = ", dims.size());
          if (x->dim() < 2) fail("RuntimeError", "expected total dims >= 2, but got total dims = ", x->dim());
          const std::int64_t a = wrap_dim(dims[0], x->dim()), b = wrap_dim(dims[1], x->dim()), k = ((c.integer(1, 1) % 4) + 4) % 4;
          if (a == b) fail("RuntimeError", "expected rotation dims to be different, but got dim0 = ", dims[0], " and dim1 = ", dims[1]);
          const GradMode off(false);
          const OpDef& flip = *find_op("flip");
          if (k == 1) return transpose(apply(flip, x, Dims{b}), a, b);
          if (k == 2) return apply(flip, x, Dims{a, b});
          return k == 3 ? transpose(apply(flip, x, Dims{a}), a, b) : copy(x);
        },
    .gradients = {gradient(
        [](const Backward& b) {
          Call call(b.node.def);
          call.count = 3;
          call.args[0] = Arg(b.g);
          call.args[1] = Arg(-b.arg(1).integer());
          call.args[2] = b.arg(2);
          return run(call);
        },
        "g_{n-j, i}")},
    .samples = {"f(2, 3)", "f(2, 3), 2", "f(2, 3, 2), -1, (0, 2)"},
};

const OpDef kRepeatInterleave{
    .name = "repeat_interleave",
    .signatures = {{"repeat_interleave(Tensor input, Tensor repeats, int? dim=None, *, int? output_size=None)"},
                   {"repeat_interleave(Tensor repeats, *, int? output_size=None)"},
                   {"repeat_interleave(Tensor input, int repeats, int? dim=None, *, int? output_size=None)"}},
    .doc = "Repeats each position so many times in a row.",
    .latex = R"(x_{\lfloor i / n \rfloor})",
    .forward =
        [](Call& c) {
          const Arg& promised = c[c.signature == 1 ? 1 : 3];
          const auto positions = [&promised](const Tensor& repeats) {
            if (repeats->dtype != DType::int64 && repeats->dtype != DType::int32) not_implemented_for("repeat_interleave_cpu", repeats->dtype);
            if (repeats->numel == 0) return empty({0}, repeats->dtype);
            if (!promised.is_none() && promised.integer() < 0) {
              fail("RuntimeError", "Trying to create tensor with negative dimension ", promised.integer(), ": [", promised.integer(), "]");
            }
            const Tensor counts = contiguous(cast(repeats, DType::int64));
            std::vector<std::int64_t> out;
            const std::int64_t *const each = counts->data_as<std::int64_t>(), total = std::accumulate(each, each + counts->numel, std::int64_t{0});
            for (std::int64_t i = 0; i < counts->numel; ++i) {
              const std::int64_t count = each[i];
              if (!promised.is_none() && promised.integer() != total) fail("RuntimeError", "allocated size does not match required size");
              if (count < 0) fail("RuntimeError", "repeats can not be negative");
              out.insert(out.end(), static_cast<std::size_t>(count), i);
            }
            const Tensor index = empty({static_cast<std::int64_t>(out.size())}, DType::int64);
            std::copy(out.begin(), out.end(), index->data_as<std::int64_t>());
            return index;
          };
          if (c.signature == 1) {
            const bool counts = c.tensor(0)->dtype == DType::int64 || c.tensor(0)->dtype == DType::int32;
            if (counts && c.tensor(0)->dim() != 1) fail("RuntimeError", "repeat_interleave only accept 1D vector as repeat");
            return positions(c.tensor(0));
          }
          Tensor x = c.tensor(0);
          std::int64_t dim = 0;
          if (c.has(2) && x->dim() == 0) fail("IndexError", "Dimension specified as ", c.integer(2), " but tensor has no dimensions");
          if (c.has(2)) dim = wrap_dim(c.integer(2), x->dim());
          else x = reshape_to(x, {-1});
          const std::int64_t size = x->dim() ? x->sizes[dim] : 1;
          Tensor repeats = c.signature == 2 ? full({1}, Scalar::of(c.integer(1)), DType::int64) : c.tensor(1);
          if (repeats->dim() > 1) fail("RuntimeError", "repeats must be 0-dim or 1-dim tensor");
          if (repeats->dim() == 0 || repeats->sizes[0] == 1) repeats = expand_to(repeats, {size});
          else if (repeats->sizes[0] != size) {
            fail("RuntimeError", "repeats must have the same size as input along dim");
          }
          return apply(*find_op("index_select"), x, dim, in_lanes({repeats}, [&](const std::vector<Tensor>& from) { return positions(from[0]); }));
        },
    .composite = true,
    .samples = {"f(2, 3), 2", "f(2, 3), 2, 1", "f(2, 3), i(2), 0"},
};

const OpDef kDiagEmbed{
    .name = "diag_embed",
    .signatures = {{"diag_embed(Tensor input, int offset=0, int dim1=-2, int dim2=-1)"}},
    .doc = "Matrices with the last dimension on their diagonals, zeros elsewhere.",
    .latex = R"(\operatorname{diag} x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::size_t rank = x->dim() + 1;
          const std::int64_t shift = c.integer(1), a = wrap_dim(c.integer(2, -2), rank), b = wrap_dim(c.integer(3, -1), rank);
          if (a == b) fail("RuntimeError", "diagonal dimensions cannot be identical ", c.integer(2, -2), ", ", c.integer(3, -1));
          const std::int64_t size = x->sizes[x->dim() - 1] + std::abs(shift);
          Dims sizes = x->sizes;
          sizes.erase(x->dim() - 1);
          sizes.insert(std::min(a, b), size);
          sizes.insert(std::max(a, b), size);
          const Tensor out = zeros(sizes, x->dtype);
          Call seen(*find_op("diagonal"));
          seen.args[0] = Arg(out);
          seen.args[1] = Arg(shift);
          seen.args[2] = Arg(a);
          seen.args[3] = Arg(b);
          copy_into(seen.def.forward(seen), x);
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const auto or_else = [&](int i, std::int64_t otherwise) { return b.arg(i).is_none() ? otherwise : b.arg(i).integer(); };
          return apply(*find_op("diagonal"), b.g, or_else(1, 0), or_else(2, -2), or_else(3, -1));
        },
        "g_{ii}")},
    .tangent = auto_linear,
    .samples = {"f(3)", "f(2, 3)", "f(2, 3), 1", "f(2, 2), -1, 0, 2"},
};

const OpDef kDiagflat{
    .name = "diagflat",
    .signatures = {{"diagflat(Tensor input, int offset=0)"}},
    .doc = "The matrix with all elements on its diagonal.",
    .latex = R"(\operatorname{diag} x)",
    .forward =
        [](Call& c) {
          const Tensor flat = apply(*find_op("view"), apply(*find_op("contiguous"), c.tensor(0)), Dims{-1});
          return apply(*find_op("diag"), flat, c.integer(1));
        },
    .composite = true,
    .samples = {"f(2, 2)", "f(2), 1"},
};

const OpDef kUnfoldMethod{
    .name = "unfold",
    .signatures = {{"unfold(Tensor input, int dimension, int size, int step)"}},
    .spellings = kMethod,
    .doc = "Windows of a dimension, one every step positions, as a new last dimension.",
    .latex = "x_{s i + k}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = wrapped(c, 1, 0), size = c.integer(2), step = c.integer(3), most = x->dim() ? x->sizes[dim] : 1;
          if (size > most) fail("RuntimeError", "maximum size for tensor at dimension ", dim, " is ", most, " but size is ", size);
          if (step <= 0) fail("RuntimeError", "step is ", step, " but must be > 0");
          Dims sizes = x->sizes, strides = x->strides;
          sizes.push_back(size);
          strides.push_back(x->dim() ? strides[dim] : 1);
          if (x->dim()) {
            sizes[dim] = (most - size) / step + 1;
            strides[dim] *= step;
          }
          return as_strided(x, sizes, strides, x->offset);
        },
    .gradients = {gradient(placed, R"(\sum g)")},
    .view = true,
    .samples = {"f(5), 0, 2, 1", "f(2, 5), 1, 3, 2"},
    .failures = {{"torch.ones(2).unfold(0, 3, 1)", "RuntimeError: maximum size for tensor at dimension 0 is 2 but size is 3"}},
};

const OpDef kTrilIndices{
    .name = "tril_indices",
    .signatures = {{"tril_indices(int row, int col, int offset=0, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Where the elements of a lower triangle stand: rows, then columns.",
    .latex = R"(\{(i, j) : j \le i + d\})",
    .forward = [](Call& c) { return triangle_positions(c, false); },
    .factory = true,
    .samples = {},
};

const OpDef kTriuIndices{
    .name = "triu_indices",
    .signatures = {{"triu_indices(int row, int col, int offset=0, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Where the elements of an upper triangle stand: rows, then columns.",
    .latex = R"(\{(i, j) : j \ge i + d\})",
    .forward = [](Call& c) { return triangle_positions(c, true); },
    .factory = true,
    .samples = {},
};

const OpDef kBlockDiagOf{
    .name = "block_diag",
    .signatures = {{"block_diag(tensors... tensors)"}},
    .spellings = kTorch,
    .doc = "The matrices along the diagonal of a large one, zeros elsewhere.",
    .latex = R"(\operatorname{diag}(x_1, x_2, \dots))",
    .forward =
        [](Call& c) {
          std::int64_t rows = 0, columns = 0;
          ResultType type;
          std::vector<Tensor> list;
          for (std::size_t i = 0; i < c[0].tensors().size(); ++i) {
            const Tensor& x = c[0].tensors()[i];
            if (x->dim() > 2) fail("RuntimeError", "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ", i, " has ", x->dim(), " dimensions");
            Dims sizes = x->sizes;
            while (sizes.size() < 2) sizes.insert(0, 1);
            list.push_back(as_strided(contiguous(x), sizes, contiguous_strides(sizes), x->is_contiguous() ? x->offset : 0));
            rows += sizes[0];
            columns += sizes[1];
            type.add_tensor(x->dtype, x->dim() == 0);
          }
          const Tensor out = zeros({rows, columns}, list.empty() ? default_dtype() : type.get());
          rows = columns = 0;
          for (const Tensor& x : list) {
            copy_into(slice(slice(out, 0, rows, x->sizes[0], 1), 1, columns, x->sizes[1], 1), x);
            rows += x->sizes[0];
            columns += x->sizes[1];
          }
          return out;
        },
    .gradients = {gradients(
        [](const Backward& b) {
          std::vector<Tensor> out;
          std::int64_t row = 0, column = 0;
          for (const Tensor& x : b.arg(0).tensors()) {
            const std::int64_t rows = x->dim() < 2 ? 1 : x->sizes[0], columns = x->dim() ? x->sizes[x->dim() - 1] : 1;
            out.push_back(reshape_to(slice_of(slice_of(b.g, 0, row, rows), 1, column, columns), x->sizes));
            row += rows;
            column += columns;
          }
          return out;
        },
        "g_i")},
    .tangent = auto_linear,
    .no_out = true,
    .spread_alone = true,
    .samples = {"[f(2, 2), f(1, 3)]", "[f(2), f()]"},
};

const OpDef kDstack{
    .name = "dstack",
    .signatures = {{"dstack(tensors tensors)"}},
    .spellings = kTorch,
    .doc = "Puts tensors behind one another, along a third dimension.",
    .latex = "[x_1, x_2, \\dots]",
    .forward =
        [](Call& c) {
          if (c[0].tensors().empty()) fail("RuntimeError", "dstack expects a non-empty TensorList");
          return concatenate(all_at_least(c, 3), 2);
        },
    .composite = true,
    .samples = {"[f(2, 3), f(2, 3)]", "[f(2), f(2)]"},
};

const OpDef kColumnStack{
    .name = "column_stack",
    .signatures = {{"column_stack(tensors tensors)"}},
    .spellings = kTorch,
    .doc = "Puts tensors side by side; vectors become columns.",
    .latex = "[x_1, x_2, \\dots]",
    .forward =
        [](Call& c) {
          if (c[0].tensors().empty()) fail("RuntimeError", "column_stack expects a non-empty TensorList");
          std::vector<Tensor> list;
          for (const Tensor& x : c[0].tensors()) list.push_back(x->dim() <= 1 ? reshape_to(x, {x->numel, 1}) : x);
          return apply(*find_op("hstack"), Arg(std::move(list)));
        },
    .composite = true,
    .samples = {"[f(2, 3), f(2)]"},
};

const OpDef kAtleast1d{
    .name = "atleast_1d",
    .signatures = {{"atleast_1d(Tensor input)"}, {.text = "atleast_1d(tensors... tensors)", .many = true}},
    .spellings = kTorch,
    .doc = "Scalars become vectors.",
    .latex = "x",
    .forward = [](Call& c) { return at_least(c.tensor(0), 1); },
    .forward_many = [](Call& c) { return all_at_least(c, 1); },
    .composite = true,
    .no_out = true,
    .by_place = true,
    .samples = {"f()", "f(2)", "[f(), f(2)]"},
};

const OpDef kAtleast2d{
    .name = "atleast_2d",
    .signatures = {{"atleast_2d(Tensor input)"}, {.text = "atleast_2d(tensors... tensors)", .many = true}},
    .spellings = kTorch,
    .doc = "Vectors become matrices of one row.",
    .latex = "x",
    .forward = [](Call& c) { return at_least(c.tensor(0), 2); },
    .forward_many = [](Call& c) { return all_at_least(c, 2); },
    .composite = true,
    .no_out = true,
    .by_place = true,
    .samples = {"f()", "f(2)", "[f(), f(2)]"},
};

const OpDef kAtleast3d{
    .name = "atleast_3d",
    .signatures = {{"atleast_3d(Tensor input)"}, {.text = "atleast_3d(tensors... tensors)", .many = true}},
    .spellings = kTorch,
    .doc = "Adds dimensions of size 1 until there are three.",
    .latex = "x",
    .forward = [](Call& c) { return at_least(c.tensor(0), 3); },
    .forward_many = [](Call& c) { return all_at_least(c, 3); },
    .composite = true,
    .no_out = true,
    .by_place = true,
    .samples = {"f(2)", "f(2, 3)", "[f(), f(2)]"},
};

const OpDef kBroadcastTo{
    .name = "broadcast_to",
    .signatures = {{"broadcast_to(Tensor input, size size)"}},
    .doc = "Repeats dimensions of size 1 without copying.",
    .latex = "x",
    .forward = [](Call& c) { return apply(*find_op("expand"), c.tensor(0), c[1].ints()); },
    .composite = true,
    .samples = {"f(3), (2, 3)"},
};

const OpDef kBroadcastTensors{
    .name = "broadcast_tensors",
    .signatures = {{"broadcast_tensors(tensors... tensors)"}},
    .spellings = kTorch,
    .doc = "All tensors expanded to their common size.",
    .latex = "x_1, x_2, \\dots",
    .forward_many =
        [](Call& c) {
          Dims sizes;
          for (const Tensor& x : c[0].tensors()) sizes = broadcast(sizes, x->sizes);
          std::vector<Tensor> out;
          for (const Tensor& x : c[0].tensors()) out.push_back(expand_to(x, sizes));
          return out;
        },
    .composite = true,
    .no_out = true,
    .spread_alone = true,
    .samples = {"[f(3), f(2, 1)]"},
};

const OpDef kMeshgrid{
    .name = "meshgrid",
    .signatures = {{"meshgrid(tensors... tensors, *, str? indexing=None)"}},
    .spellings = kTorch,
    .doc = "The coordinates of a grid's points, one tensor for each direction.",
    .latex = "x_i, y_j",
    .forward_many =
        [](Call& c) {
          const std::vector<Tensor>& list = c[0].tensors();
          if (list.empty()) fail("RuntimeError", "meshgrid expects a non-empty TensorList");
          if (!c.has(1)) {
            warn_once("UserWarning",
                      "torch.meshgrid: in an upcoming release, it will be required to pass the indexing argument.");
          }
          const std::string indexing = c.has(1) ? c[1].text() : "ij";
          if (indexing != "ij" && indexing != "xy") {
            fail("RuntimeError", "torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: ", indexing);
          }
          const bool swap = indexing == "xy" && list.size() >= 2;
          std::vector<Tensor> inputs = list;
          if (swap) std::swap(inputs[0], inputs[1]);
          Dims sizes;
          for (const Tensor& x : inputs) {
            if (x->dtype != inputs[0]->dtype) fail("RuntimeError", "meshgrid expects all tensors to have the same dtype");
          }
          for (const Tensor& x : inputs) {
            if (x->dim() > 1) fail("RuntimeError", "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got one of sizes ", x->sizes);
            sizes.push_back(x->numel);
          }
          std::vector<Tensor> out;
          for (std::size_t i = 0; i < inputs.size(); ++i) {
            Dims line(inputs.size(), 1);
            line[i] = inputs[i]->numel;
            out.push_back(apply(*find_op("expand"), apply(*find_op("view"), inputs[i], line), sizes));
          }
          if (swap) std::swap(out[0], out[1]);
          return out;
        },
    .composite = true,
    .no_out = true,
    .samples = {"[f(2), f(3)], indexing='ij'", "[f(2), f(3)], indexing='xy'"},
};

const OpDef kCartesianProd{
    .name = "cartesian_prod",
    .signatures = {{"cartesian_prod(tensors... tensors)"}},
    .spellings = kTorch,
    .doc = "All combinations of one element of each vector, as rows.",
    .latex = "x \\times y",
    .forward =
        [](Call& c) {
          std::vector<Tensor> list = c[0].tensors();
          for (const Tensor& x : list) {
            if (x->dim() != 1) fail("RuntimeError", "Expect a 1D vector, but got shape ", x->sizes);
          }
          if (list.size() == 1) return list[0];
          Call grid(kMeshgrid);
          grid.count = 2;
          grid.args[0] = Arg(list);
          grid.args[1] = Arg(std::string("ij"));
          std::vector<Tensor> columns;
          for (const Tensor& x : run_many(grid)) columns.push_back(reshape_to(x, {-1}));
          return apply(*find_op("stack"), std::move(columns), 1);
        },
    .composite = true,
    .no_out = true,
    .spread_alone = true,
    .samples = {"[f(2), f(3)]"},
};

const OpDef kCombinations{
    .name = "combinations",
    .signatures = {{"combinations(Tensor input, int r=2, bool with_replacement=False)"}},
    .spellings = kTorch,
    .doc = "All choices of r elements of a vector, as rows.",
    .latex = "\\{x_i, x_j\\}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t r = c.integer(1, 2), n = x->numel;
          if (x->dim() != 1) fail("RuntimeError", "Expect a 1D vector, but got shape ", x->sizes);
          if (r < 0) fail("RuntimeError", "Expect a non-negative number, but got ", r);
          if (r == 0) return empty({0}, x->dtype);
          std::vector<std::int64_t> at(static_cast<std::size_t>(r), 0), all;
          std::int64_t count = 0;
          const auto choose = [&](auto self, std::size_t place, std::int64_t from) -> void {
            if (place == at.size()) {
              all.insert(all.end(), at.begin(), at.end());
              ++count;
              return;
            }
            for (std::int64_t i = from; i < n; ++i) {
              at[place] = i;
              self(self, place + 1, c.flag(2) ? i : i + 1);
            }
          };
          choose(choose, 0, 0);
          std::vector<Tensor> columns;
          for (std::int64_t k = 0; k < r; ++k) {
            const Tensor index = empty({count}, DType::int64);
            for (std::int64_t i = 0; i < count; ++i) index->data_as<std::int64_t>()[i] = all[i * r + k];
            columns.push_back(apply(*find_op("index_select"), x, 0, index));
          }
          return apply(*find_op("stack"), std::move(columns), 1);
        },
    .composite = true,
    .samples = {"f(3)", "f(3), 2, True"},
};

const std::vector<const OpDef*>& arranging_ops() {
  static const std::vector<const OpDef*> ops{&kFliplr,    &kFlipud,    &kRot90,       &kRepeatInterleave, &kDiagEmbed, &kDiagflat, &kUnfoldMethod, &kTrilIndices,      &kTriuIndices, &kBlockDiagOf,
                                             &kDstack,    &kColumnStack, &kAtleast1d, &kAtleast2d,        &kAtleast3d, &kBroadcastTo, &kBroadcastTensors, &kMeshgrid, &kCartesianProd, &kCombinations};
  return ops;
}

}  // namespace nabla
