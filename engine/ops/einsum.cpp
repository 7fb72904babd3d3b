// einsum: products of tensors summed by the letters of an equation. The dimensions of every operand are brought into one common order
// (those of the result, then those summed over); then one operand after the other is multiplied in, by bmm where something is summed.
// The steps are PyTorch's, so that the graph has the same nodes.
#include <array>

#include "ops/families.h"
#include "ops/support.h"

namespace nabla {
namespace {

constexpr int kEllipsis = 52;  // the label of "...", after A-Z and a-z

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
int label_of(char c) { return c >= 'a' ? c - 'a' + 26 : c - 'A'; }
char letter_of(int label) { return static_cast<char>(label < 26 ? 'A' + label : 'a' + label - 26); }

struct Equation {
  std::vector<std::vector<int>> operands;
  std::vector<int> result;
  bool has_result = false;
};

Equation parse(const std::string& text, std::size_t count) {
  Equation out;
  const std::size_t arrow = text.find("->");
  std::vector<int> current;
  bool ellipsis = false;
  for (std::size_t i = 0; i < std::min(arrow, text.size()); ++i) {
    const char c = text[i];
    if (c == ' ') continue;
    if (c == '.') {
      if (ellipsis) fail("RuntimeError", "einsum(): found '.' for operand ", out.operands.size(), " for which an ellipsis was already found");
      if (text.compare(i, 3, "...") != 0) fail("RuntimeError", "einsum(): found '.' for operand ", out.operands.size(), " that is not part of any ellipsis");
      i += 2;
      ellipsis = true;
      current.push_back(kEllipsis);
    } else if (c == ',') {
      out.operands.push_back(std::move(current));
      current.clear();
      ellipsis = false;
      if (out.operands.size() >= count) fail("RuntimeError", "einsum(): fewer operands were provided than specified in the equation");
    } else if (is_letter(c)) {
      current.push_back(label_of(c));
    } else {
      fail("RuntimeError", "einsum(): invalid subscript given at index ", i, " in the equation string, subscripts must be in [a-zA-Z]");
    }
  }
  out.operands.push_back(std::move(current));
  if (out.operands.size() < count) fail("RuntimeError", "einsum(): more operands were provided than specified in the equation");
  if (arrow == std::string::npos) return out;
  out.has_result = true;
  ellipsis = false;
  for (std::size_t i = arrow + 2; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') continue;
    if (c == '.') {
      if (ellipsis) fail("RuntimeError", "einsum(): found '.' for output but an ellipsis (...) was already found");
      if (text.compare(i, 3, "...") != 0) fail("RuntimeError", "einsum(): found '.' for output that is not part of any ellipsis (...)");
      i += 2;
      ellipsis = true;
      out.result.push_back(kEllipsis);
    } else if (is_letter(c)) {
      out.result.push_back(label_of(c));
    } else {
      fail("RuntimeError", "einsum(): invalid subscript given at index ", i, " in the equation string, subscripts must be in [a-zA-Z]");
    }
  }
  return out;
}

Tensor sum_kept(const Tensor& x, const std::vector<bool>& dims, bool keepdim = true) { return sum(x, dims, keepdim); }
bool any(const std::vector<bool>& flags) {
  for (bool flag : flags) {
    if (flag) return true;
  }
  return false;
}

/// The product of two tensors of equal rank, summed over the marked dimensions, by bmm.
Tensor sum_product(Tensor a, Tensor b, const std::vector<bool>& summed, bool keepdim) {
  const std::size_t rank = a->dim();
  Dims batch, left, right, inner;  // in both and kept; only in a; only in b; summed
  std::vector<bool> only_a(rank, false), only_b(rank, false);
  std::int64_t batches = 1, rows = 1, columns = 1, length = 1;
  for (std::size_t i = 0; i < rank; ++i) {
    const bool in_a = a->sizes[i] != 1, in_b = b->sizes[i] != 1;
    const auto d = static_cast<std::int64_t>(i);
    if (summed[i]) {
      if (in_a && in_b) {
        inner.push_back(d);
        length *= a->sizes[i];
      } else if (in_a) {
        only_a[i] = true;
      } else if (in_b) {
        only_b[i] = true;
      }
    } else if (in_a && in_b) {
      batch.push_back(d);
      batches *= a->sizes[i];
    } else if (in_a) {
      left.push_back(d);
      rows *= a->sizes[i];
    } else {
      right.push_back(d);
      columns *= b->sizes[i];
    }
  }
  if (any(only_a)) a = sum_kept(a, only_a);
  if (any(only_b)) b = sum_kept(b, only_b);
  std::vector<bool> used(rank, false);
  const auto joined = [](std::initializer_list<const Dims*> lists) {
    Dims out;
    for (const Dims* list : lists) {
      for (std::int64_t d : *list) out.push_back(d);
    }
    return out;
  };
  // What was summed in one of them alone has size 1 in both and goes last in every order.
  Dims rest;
  for (const Dims* list : {&batch, &left, &right, &inner}) {
    for (std::int64_t d : *list) used[d] = true;
  }
  for (std::size_t i = 0; i < rank; ++i) {
    if (!used[i]) rest.push_back(static_cast<std::int64_t>(i));
  }
  const Tensor x = reshape_to(permute_to(a, joined({&batch, &left, &inner, &right, &rest})), {batches, rows, length});
  const Tensor y = reshape_to(permute_to(b, joined({&batch, &inner, &right, &left, &rest})), {batches, length, columns});
  const Dims order = joined({&batch, &left, &inner, &right, &rest});
  Dims sizes, back(rank, 0);
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t d = order[i];
    back[d] = static_cast<std::int64_t>(i);
    sizes.push_back(summed[d] || !used[d] ? 1 : std::max(a->sizes[d], b->sizes[d]));
    if (!summed[d] && used[d] && (a->sizes[d] == 0 || b->sizes[d] == 0)) sizes[i] = 0;
  }
  const OpDef& view = *find_op("view");
  Tensor out = permute_to(apply(view, apply(*find_op("bmm"), x, y), sizes), back);
  if (keepdim) return out;
  Dims kept;
  for (std::size_t i = 0; i < rank; ++i) {
    if (!summed[i]) kept.push_back(out->sizes[i]);
  }
  return apply(view, out, kept);
}

Tensor einsum(const std::string& text, const std::vector<Tensor>& given) {
  if (given.empty()) fail("ValueError", "einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list");
  Equation equation = parse(text, given.size());

  // How many dimensions "..." stands for, and how often each letter occurs.
  std::array<int, 52> uses{};
  std::int64_t wild = 0;
  bool has_ellipsis = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto& labels = equation.operands[i];
    std::int64_t letters = 0;
    bool ellipsis = false;
    for (int label : labels) {
      if (label == kEllipsis) ellipsis = has_ellipsis = true;
      else ++uses[label], ++letters;
    }
    const auto rank = static_cast<std::int64_t>(given[i]->dim());
    if (ellipsis ? letters > rank : letters != rank) {
      fail("RuntimeError", "einsum(): the number of subscripts in the equation (", letters, ellipsis ? ") is more than the number of dimensions (" : ") does not match the number of dimensions (",
           rank, ") for operand ", i, ellipsis ? "" : " and no ellipsis was given");
    }
    if (ellipsis) wild = std::max(wild, rank - letters);
  }
  if (!equation.has_result) {
    if (has_ellipsis) equation.result.push_back(kEllipsis);
    for (int label = 0; label < 52; ++label) {
      if (uses[label] == 1) equation.result.push_back(label);
    }
  }

  // Where each label's dimension stands in the common order.
  std::array<std::int64_t, 52> place;
  place.fill(-1);
  std::int64_t next = 0, wild_place = -1;
  for (int label : equation.result) {
    if (label == kEllipsis) {
      wild_place = next;
      next += wild;
      continue;
    }
    if (uses[label] == 0) fail("RuntimeError", "einsum(): output subscript ", letter_of(label), " does not appear in the equation for any input operand");
    if (place[label] >= 0) fail("RuntimeError", "einsum(): output subscript ", letter_of(label), " appears more than once in the output");
    place[label] = next++;
  }
  const std::int64_t kept = next;
  if (has_ellipsis && wild_place < 0) {
    wild_place = next;
    next += wild;
  }
  for (int label = 0; label < 52; ++label) {
    if (uses[label] && place[label] < 0) place[label] = next++;
  }
  const auto rank = static_cast<std::size_t>(next);

  // Each operand in that order; a repeated letter takes the diagonal.
  std::vector<Tensor> operands;
  std::array<std::int64_t, 52> sizes;
  sizes.fill(1);
  std::vector<std::size_t> last(rank, 0);
  for (std::size_t i = 0; i < given.size(); ++i) {
    Tensor x = given[i];
    std::vector<std::int64_t> at(rank, -1);  // dimension of x for each place
    std::int64_t d = 0;
    const auto letters = static_cast<std::int64_t>(equation.operands[i].size());
    for (int label : equation.operands[i]) {
      if (label == kEllipsis) {
        const std::int64_t count = static_cast<std::int64_t>(given[i]->dim()) - (letters - 1);
        for (std::int64_t k = wild - count; k < wild; ++k) at[wild_place + k] = d++;
        continue;
      }
      const std::int64_t p = place[label];
      if (at[p] >= 0) {
        if (x->sizes[at[p]] != x->sizes[d]) {
          fail("RuntimeError", "einsum(): subscript ", letter_of(label), " is repeated for operand ", i, " but the sizes don't match, ", x->sizes[d], " != ", x->sizes[at[p]]);
        }
        x = apply(*find_op("movedim"), apply(*find_op("diagonal"), x, 0, at[p], d), Dims{-1}, Dims{at[p]});
        continue;
      }
      if (x->sizes[d] != 1) {
        if (sizes[label] != 1 && sizes[label] != x->sizes[d]) {
          fail("RuntimeError", "einsum(): subscript ", letter_of(label), " has size ", x->sizes[d], " for operand ", i,
               " which does not broadcast with previously seen size ", sizes[label]);
        }
        sizes[label] = x->sizes[d];
      }
      at[p] = d++;
    }
    Dims order;
    for (std::size_t p = 0; p < rank; ++p) {
      if (at[p] < 0) {
        at[p] = static_cast<std::int64_t>(x->dim());
        x = unsqueeze_at(x, -1);
      }
      order.push_back(at[p]);
    }
    x = permute_to(x, order);
    for (std::size_t p = 0; p < rank; ++p) {
      if (x->sizes[p] != 1) last[p] = i;
    }
    operands.push_back(x);
  }

  const auto to_sum = [&](std::size_t step) {  // the dimensions that nobody after this operand has
    std::vector<bool> dims(rank, false);
    for (std::size_t p = static_cast<std::size_t>(kept); p < rank; ++p) dims[p] = last[p] == step;
    return dims;
  };
  Tensor out = operands[0];
  if (operands.size() == 1) return any(to_sum(0)) ? sum_kept(out, to_sum(0), false) : out;
  std::vector<bool> done(rank, false);
  for (std::size_t i = 1; i < operands.size(); ++i) {
    Tensor b = operands[i];
    std::vector<bool> in_a(rank, false), in_b(rank, false), in_both(rank, false);
    for (std::size_t p = static_cast<std::size_t>(kept); p < rank; ++p) {
      if (last[p] > i || (last[p] < i && i > 1)) continue;
      const bool a_has = out->sizes[p] != 1, b_has = b->sizes[p] != 1;
      in_both[p] = a_has && b_has;
      in_a[p] = a_has && !b_has;
      in_b[p] = b_has && !a_has;
    }
    if (any(in_a)) out = sum_kept(out, in_a);
    if (any(in_b)) b = sum_kept(b, in_b);
    const bool final = i + 1 == operands.size();
    if (!any(in_both)) {
      out = out * b;
      if (final && kept < next) {
        Dims shape;
        for (std::int64_t p = 0; p < kept; ++p) shape.push_back(out->sizes[p]);
        out = apply(*find_op("view"), out, shape);
      }
      continue;
    }
    std::vector<bool> summed = in_both;
    for (std::size_t p = static_cast<std::size_t>(kept); final && p < rank; ++p) summed[p] = true;
    out = sum_product(out, b, summed, !final);
  }
  return out;
}

}  // namespace

const OpDef kEinsum{
    .name = "einsum",
    .signatures = {{"einsum(str equation, tensors... operands)"}},
    .spellings = kTorch,
    .doc = "Products of tensors, summed over the letters that the result does not name: \"ij,jk->ik\" multiplies matrices.",
    .latex = R"(\sum_{j} x_{i j} y_{j k})",
    .forward = [](Call& c) { return einsum(c[0].text(), c[1].tensors()); },
    .composite = true,
    .no_out = true,
    .by_place = true,
    .samples = {},
    .failures = {{"torch.einsum('ijk,jk->ik', torch.ones(2, 3), torch.ones(3, 4))",
                  "RuntimeError: einsum(): the number of subscripts in the equation (3) does not match the number of dimensions (2) for operand 0 and no ellipsis was given"},
                 {"torch.einsum('ij,ik->i', torch.ones(2, 3), torch.ones(3, 4))",
                  "RuntimeError: einsum(): subscript i has size 3 for operand 1 which does not broadcast with previously seen size 2"},
                 {"torch.einsum('ij->k', torch.ones(2, 3))",
                  "RuntimeError: einsum(): output subscript k does not appear in the equation for any input operand"}},
};

const std::vector<const OpDef*>& einsum_ops() {
  static const std::vector<const OpDef*> ops{&kEinsum};
  return ops;
}

}  // namespace nabla
