// What is there before an operator is applied: its arguments, the type they promote to, and how it is found by its name.
#include "ops/opdef.h"

#include <unordered_map>

#include "ops/support.h"
#include "tensor/layout.h"

namespace nabla {

Arg::Arg(Scalar s) noexcept : integer_(s.integer) {
  kind_ = s.kind == Scalar::Kind::boolean ? Kind::boolean : s.kind == Scalar::Kind::integer ? Kind::integer : Kind::real;
}

Scalar Arg::scalar() const noexcept {
  if (kind_ == Kind::tensor) return item(tensor());
  if (kind_ == Kind::real) return Scalar::of(real_);
  return kind_ == Kind::boolean ? Scalar::of(integer_ != 0) : Scalar::of(integer_);
}

Tensor Call::operand(int i) const {
  if (args[i].is_tensor()) return args[i].tensor();
  const Scalar s = args[i].scalar();
  return scalar_tensor(s, s.kind == Scalar::Kind::boolean ? DType::bool_ : s.is_real() ? DType::float64 : DType::int64);
}

namespace {

DType promoted(const Arg* args, int count) {
  ResultType type;
  if (count == 2 && args[0].is_number() && args[1].is_number()) {  // the first as a 0-d tensor of its own type
    type.add_tensor(args[0].kind() == Arg::Kind::real ? DType::float64 : args[0].kind() == Arg::Kind::integer ? DType::int64 : DType::bool_, true);
    type.add_number(args[1].scalar().kind);
    return type.get();
  }
  for (int i = 0; i < count; ++i) {
    const Arg& arg = args[i];
    if (arg.is_tensor()) {
      type.add_tensor(arg.impl()->dtype, arg.impl()->dim() == 0);
    } else if (arg.is_number()) {
      type.add_number(arg.scalar().kind);
    } else if (arg.kind() == Arg::Kind::tensors) {
      for (const Tensor& x : arg.tensors()) {
        if (x) type.add_tensor(x->dtype, x->dim() == 0);
      }
    }
  }
  return type.get();
}

}  // namespace

DType Call::result_type() const { return count == 2 ? operands_type() : promoted(args, count); }
DType Call::promote_operands() const { return promoted(args, 2); }

bool OpDef::is_differentiable() const {
  for (const Gradient& g : gradients) {
    if (g.state != Gradient::State::not_differentiable) return true;
  }
  return false;
}

const Gradient& OpDef::gradient_of(int argument) const {
  static const Gradient none{};
  return static_cast<std::size_t>(argument) < gradients.size() ? gradients.begin()[argument] : none;
}

const OpDef* find_op(std::string_view name) {
  static const auto table = [] {
    std::unordered_map<std::string_view, const OpDef*> names;
    for (const OpDef* def : all_ops()) {
      names.emplace(def->name, def);
      for (const char* alias : def->aliases) names.emplace(alias, def);
    }
    return names;
  }();
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace nabla
