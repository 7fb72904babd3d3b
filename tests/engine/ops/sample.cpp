// Reading samples: calls f(...), p(...), i(...), b(...), numbers, tuples, lists, names, `* number`, `+ number` and a leading minus.
#include "ops/sample.h"

#include <cstdlib>
#include <functional>

#include "base/error.h"
#include "ops/formula.h"
#include "tensor/random.h"

namespace nabla::test {
namespace {

struct Item {
  enum class Kind { value, list } kind = Kind::value;
  Arg value;
  std::vector<Item> items;
  std::string name;  // of a keyword argument
};

class Reader {
 public:
  explicit Reader(const std::string& text) : text_(text), random_(std::hash<std::string>()(text)) {}

  std::vector<Item> arguments() {
    std::vector<Item> out;
    skip();
    while (at_ < text_.size()) {
      out.push_back(argument());
      if (!take(',')) break;
      skip();
    }
    if (at_ != text_.size()) fail("SyntaxError", "in sample: ", text_);
    return out;
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    skip();
    return true;
  }
  std::string word() {
    std::string out;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) out += text_[at_++];
    return out;
  }

  Item argument() {
    const std::size_t start = at_;
    std::string name = word();
    if (!name.empty() && take('=')) {
      Item item = expression();
      item.name = std::move(name);
      return item;
    }
    at_ = start;
    return expression();
  }

  Item expression() {
    Item item = primary();
    while (item.value.is_tensor()) {
      if (take('*')) item.value = Arg(item.value.tensor() * primary().value);
      else if (take('+')) item.value = Arg(item.value.tensor() + primary().value);
      else break;
    }
    return item;
  }

  Item primary() {
    skip();
    if (take('(')) return list(')');
    if (take('[')) return list(']');
    if (take('-')) {
      Item item = primary();
      if (item.value.is_tensor()) item.value = Arg(-item.value.tensor());
      else if (item.value.kind() == Arg::Kind::real) item.value = Arg(-item.value.real());
      else item.value = Arg(-item.value.integer());
      return item;
    }
    if (take('\'')) {
      Item item{.value = Arg(word())};
      take('\'');
      return item;
    }
    if (std::isdigit(static_cast<unsigned char>(text_[at_]))) return number();
    const std::string name = word();
    if (name == "None") return {};
    if (name == "True" || name == "False") return {.value = Arg(name == "True")};
    if (!take('(')) fail("SyntaxError", "unknown name in sample: ", name);
    Dims sizes;
    for (const Item& item : list(')').items) sizes.push_back(item.value.integer());
    return {.value = Arg(tensor(name, sizes))};
  }

  Item list(char end) {
    Item out{.kind = Item::Kind::list};
    while (!take(end)) {
      out.items.push_back(expression());
      take(',');
    }
    return out;
  }

  Item number() {
    char* end = nullptr;
    const char* begin = text_.c_str() + at_;
    const double value = std::strtod(begin, &end);
    const std::string digits(begin, static_cast<const char*>(end));
    at_ += digits.size();
    if (digits.find_first_of(".e") != std::string::npos) return {.value = Arg(value)};
    return {.value = Arg(static_cast<std::int64_t>(value))};
  }

  Tensor tensor(const std::string& maker, const Dims& sizes) {
    const DType dtype = maker == "b" ? DType::bool_ : maker == "i" ? DType::int64 : DType::float64;
    const Tensor out = empty(sizes, dtype);
    for (std::int64_t i = 0; i < out->numel; ++i) {
      const double u = random_.uniform_double();
      if (maker == "b") out->data_as<bool>()[i] = u < 0.5;
      else if (maker == "i") out->data_as<std::int64_t>()[i] = u < 0.5;
      else if (maker == "p") out->data_as<double>()[i] = 0.2 + 1.5 * u;
      else out->data_as<double>()[i] = (u < 0.5 ? -1 : 1) * (0.1 + 0.8 * random_.uniform_double());
    }
    return out;
  }

  const std::string& text_;
  RandomGenerator random_;
  std::size_t at_ = 0;
};

/// An item as an argument of this type; false when it does not fit.
bool fits(const Item& item, const ParameterDef& parameter, bool numbers, Arg* out) {
  using Type = ParameterDef::Type;
  const Arg& value = item.value;
  *out = value;
  if (item.kind == Item::Kind::value && value.is_none()) return parameter.optional;
  switch (parameter.type) {
    case Type::tensor: return value.is_tensor() || (numbers && value.is_number());
    case Type::number: return value.is_number();
    case Type::real: return value.kind() == Arg::Kind::real || value.kind() == Arg::Kind::integer;
    case Type::integer: return value.kind() == Arg::Kind::integer;
    case Type::boolean: return value.kind() == Arg::Kind::boolean;
    case Type::text: return value.kind() == Arg::Kind::text;
    case Type::dtype:
    case Type::index: return false;
    case Type::ints:
    case Type::size: {
      Dims items;
      if (item.kind == Item::Kind::value) {
        if (value.kind() != Arg::Kind::integer) return false;
        items.push_back(value.integer());
      }
      for (const Item& part : item.items) items.push_back(part.value.integer());
      *out = Arg(items);
      return true;
    }
    case Type::tensors: {
      std::vector<Tensor> items;
      if (item.kind != Item::Kind::list) return false;
      for (const Item& part : item.items) items.push_back(part.value.tensor());
      *out = Arg(std::move(items));
      return true;
    }
  }
  return false;
}

bool bind(const std::vector<Item>& items, const ParsedSignature& signature, Call* call) {
  const auto& parameters = signature.parameters;
  std::vector<bool> given(parameters.size(), false);
  std::size_t next = 0;
  for (const Item& item : items) {
    std::size_t at = next++;
    if (!item.name.empty()) {
      for (at = 0; at < parameters.size() && parameters[at].name != item.name; ++at) {
      }
    } else if (at < parameters.size() && parameters[at].keyword_only) {
      return false;
    }
    if (at >= parameters.size() || given[at] || !fits(item, parameters[at], call->def.numbers, &call->args[at])) return false;
    given[at] = true;
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (given[i]) continue;
    if (!parameters[i].has_default) return false;
    call->args[i] = parameters[i].default_value;
  }
  call->count = static_cast<std::uint8_t>(parameters.size());
  return true;
}

}  // namespace

Call read_sample(const OpDef& def, const std::string& text) {
  const GradMode off(false);
  const std::vector<Item> items = Reader(text).arguments();
  for (std::size_t s = 0; s < def.signatures.size(); ++s) {
    Call call(def, static_cast<int>(s));
    if (bind(items, def.parsed()[s], &call)) return call;
  }
  fail("TypeError", def.name, ": no signature fits the sample ", text);
}

std::vector<Tensor> float_inputs(const Call& call) {
  std::vector<Tensor> out;
  for (int i = 0; i < call.count; ++i) {
    if (call[i].is_tensor() && is_floating(call[i].impl()->dtype)) out.push_back(call.tensor(i));
    if (call[i].kind() != Arg::Kind::tensors) continue;
    for (const Tensor& x : call[i].tensors()) out.push_back(x);
  }
  return out;
}

Call with_inputs(const Call& call, const std::vector<Tensor>& inputs) {
  Call out = call;
  std::size_t next = 0;
  for (int i = 0; i < call.count; ++i) {
    if (call[i].is_tensor() && is_floating(call[i].impl()->dtype)) out.args[i] = Arg(inputs[next++]);
    if (call[i].kind() != Arg::Kind::tensors) continue;
    std::vector<Tensor> list;
    for (std::size_t k = 0; k < call[i].tensors().size(); ++k) list.push_back(inputs[next++]);
    out.args[i] = Arg(std::move(list));
  }
  return out;
}

std::vector<Tensor> results_of(Call call) {
  if (call.def.gives_many(call.signature)) return run_many(call);
  return {run(call)};
}

}  // namespace nabla::test
