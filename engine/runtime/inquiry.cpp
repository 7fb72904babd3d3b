// See Note [Inquiries].
#include "runtime/inquiry.h"

#include <algorithm>

#include "autograd/backward.h"
#include "autograd/variable.h"
#include "ops/opdef.h"
#include "ops/operands.h"
#include "python/builtins/builtins.h"
#include "python/function.h"
#include "python/visible.h"
#include "runtime/json.h"
#include "tensor/wide.h"
#include "torch/torch.h"

namespace nabla {
namespace {

/// Elements of a tensor in an answer.
constexpr std::int64_t kMostElements = 65'536;
constexpr int kMostDepth = 16;

/// Raised to break the program off; no handler of the program stops it.
Value break_off() {
  Value value = make_exception(exception_type("InquiryBreak"), {});
  static_cast<Exception*>(value.as_object())->is_limit = true;
  return value;
}

void write(Json& json, const TensorImpl& x) {
  json.begin_object().key("shape").begin_array();
  for (const std::int64_t size : x.sizes) json.integer(size);
  json.end_array().key("values").begin_array();
  for (std::int64_t i = 0; i < std::min(x.numel, kMostElements); ++i) {
    const Scalar value = element(x, offset_of(x, i));
    if (x.dtype == DType::float32) json.number(static_cast<float>(value.to_double()));
    else json.number(value.to_double());
  }
  json.end_array().end_object();
}

void write(Json& json, const Value& value, int depth = 0) {
  if (depth > kMostDepth) fail("ValueError", "answer(): nested too deeply");
  const auto write_all = [&](const std::vector<Value>& items) {
    json.begin_array();
    for (const Value& item : items) write(json, item, depth + 1);
    json.end_array();
  };
  if (value.is_none()) json.null();
  else if (value.is_bool()) json.boolean(truth(value));
  else if (is_int(value)) json.integer(to_index(value));
  else if (value.is_float()) json.number(value.as_float());
  else if (const std::string* text = text_of(value)) json.text(*text);
  else if (const TensorImpl* x = as_tensor(value)) write(json, *x);
  else if (const auto* list = as<List>(value)) write_all(list->items);
  else if (const auto* tuple = as<Tuple>(value)) write_all(tuple->items);
  else if (const auto* dict = as<Dict>(value)) {
    json.begin_object();
    for (const Dict::Entry& entry : dict->entries) {
      if (entry.key.is_undefined()) continue;
      json.key(str(entry.key));
      write(json, entry.value, depth + 1);
    }
    json.end_object();
  } else {
    fail("TypeError", "answer(): cannot say a ", type_of(value)->name);
  }
}

Value list_of(std::span<const Tensor> tensors) {
  std::vector<Value> items;
  for (const Tensor& x : tensors) items.push_back(wrap(x));
  return list(std::move(items));
}

}  // namespace

Inquiry* Inquiry::current_ = nullptr;

/// What the text finds in its namespace.
struct InquiryFunctions {
  static Value answer(const Value* p) {
    Json json;
    write(json, p[0]);
    Inquiry& inquiry = *Inquiry::current_;
    inquiry.answer_(inquiry.context_, json.take() + "\n");
    return Value::none();
  }

  static Value evaluate(const Value* p) {
    const std::string* text = text_of(p[0]);
    auto* names = as<Dict>(p[1]);
    if (!text || !names) fail("TypeError", "evaluate(): takes a text and a dict");
    return Inquiry::current_->evaluate(*text, Ref<Dict>(names));
  }

  static Value first_use(const Value* p) {
    TensorImpl* x = as_tensor(p[0]);
    if (!x) fail("TypeError", "first_use(): takes a tensor, not ", type_of(p[0])->name);
    const auto& slots = Inquiry::current_->slots_;
    if (!x->id || slots[x->id - 1].first_use == 0 || slots[x->id - 1].version != x->version()) return Value::none();
    return integer(static_cast<std::int64_t>(slots[x->id - 1].first_use));
  }

  static Value again(const Value* p) {
    Inquiry& inquiry = *Inquiry::current_;
    inquiry.next_moves_.clear();
    for (const Value& item : to_vector(p[0])) {
      const std::vector<Value> move = to_vector(item);
      if (move.size() != 3) fail("ValueError", "again(): a move is a use, an element and a value");
      inquiry.next_moves_.push_back({static_cast<std::uint64_t>(to_index(move[0])), to_index(move[1]), to_double(move[2])});
    }
    std::stable_sort(inquiry.next_moves_.begin(), inquiry.next_moves_.end(), [](const auto& a, const auto& b) { return a.use < b.use; });
    inquiry.next_ = Inquiry::Next::again;
    return Value::none();
  }

  static Value finish(const Value*) {
    Inquiry::current_->next_ = Inquiry::Next::finish;
    return Value::none();
  }
};

Inquiry::Inquiry(Questions questions, Answer answer, void* context) : questions_(std::move(questions)), answer_(answer), context_(context) {
  current_ = this;
  set_floats_wide(questions_.wide);
  operand_observer = [](TensorImpl& x, bool overwritten) { current_->used(x, overwritten); };
  pass_observer = [](std::span<const Tensor> roots, std::span<const Tensor> seeds) { current_->before_pass(roots, seeds); };
  tensor_died = [](const TensorImpl& x) {
    current_->slots_[x.id - 1] = {};
    current_->free_.push_back(static_cast<std::uint32_t>(x.id - 1));
  };
}

Inquiry::~Inquiry() {
  operand_observer = nullptr;
  pass_observer = nullptr;
  tensor_died = nullptr;
  set_floats_wide(false);
  forget_tensors();
  current_ = nullptr;
}

void Inquiry::forget_tensors() {
  for (Slot& slot : slots_) {
    if (slot.x) slot.x->id = 0;
  }
  slots_.clear();
  free_.clear();
}

// ------------------------------------------------------------------------------------------------------------------ the text

void Inquiry::begin() {
  names_ = make<Dict>();
  names_->set(intern("__name__"), string("inquiry"));
  static constexpr Method kFunctions[] = {
      {"answer(value, /)", InquiryFunctions::answer},       {"evaluate(text, names, /)", InquiryFunctions::evaluate},
      {"first_use(tensor, /)", InquiryFunctions::first_use}, {"again(moves=(), /)", InquiryFunctions::again},
      {"finish()", InquiryFunctions::finish},
  };
  for (const Method& method : kFunctions) {
    names_->set(intern(method.signature.substr(0, method.signature.find('('))), native(method.signature, method.function));
  }
  Diagnostics diagnostics;
  const Ref<Code> code = compile(questions_.text, "inquiry", 0, Mode::script, false, diagnostics);
  if (!code) throw Raise{diagnostics.error};
  asking_ = true;
  Machine::current().call_function(make<Function>(code, names_).get(), Args{});
  asking_ = false;
}

Value Inquiry::evaluate(const std::string& text, const Ref<Dict>& names) {
  Ref<Code>& code = compiled_[text];
  if (!code) {
    Diagnostics diagnostics;
    code = compile(cat("__value__ = (\n", text, "\n)"), "formula", 0, Mode::script, false, diagnostics);
    if (!code) throw Raise{diagnostics.error};
  }
  Machine::current().call_function(make<Function>(code, names).get(), Args{});
  return *names->find(intern("__value__"));
}

/// What goes wrong in the inquiry is kept: it must not look like a fault of the program, nor be caught by it.
void Inquiry::ask(const char* name, std::initializer_list<Value> args) {
  const Value* function = names_->find(intern(name));
  if (!function || next_ != Next::nothing || !fault_.is_undefined()) return;
  asking_ = true;
  const bool mode = grad_enabled();
  set_grad_enabled(true);
  try {
    call(Value(*function), args);
  } catch (const Raise& raise) {
    fault_ = raise.value;
  } catch (const Error& error) {
    fault_ = to_exception(error);
  }
  set_grad_enabled(mode);
  asking_ = false;
}

void Inquiry::before_pass(std::span<const Tensor> roots, std::span<const Tensor> seeds) {
  if (asking_) return;
  ++passes_;
  const bool has_seeds = std::any_of(seeds.begin(), seeds.end(), [](const Tensor& seed) { return static_cast<bool>(seed); });
  ask("before_pass", {integer(passes_), list_of(roots), has_seeds ? list_of(seeds) : Value::none(), visible_names()});
  if (next_ != Next::nothing || !fault_.is_undefined()) throw Raise{break_off()};
}

void Inquiry::at_end() {
  ask("at_end", {visible_names()});
  if (!fault_.is_undefined()) throw Raise{fault_};
}

void Inquiry::at_error(std::string_view text) {
  ask("at_error", {string(std::string(text)), visible_names()});
  if (!fault_.is_undefined()) throw Raise{fault_};
}

bool Inquiry::broke_off(const Exception& exception) const {
  if (!fault_.is_undefined()) throw Raise{fault_};
  return next_ != Next::nothing || exception.is_limit;
}

void Inquiry::start_over() {
  next_ = Next::nothing;
  moves_.swap(next_moves_);
  moved_ = 0;
  uses_ = 0;
  passes_ = 0;
  forget_tensors();
}

// --------------------------------------------------------------------------------------------------------------------- uses

Inquiry::Slot& Inquiry::slot_of(TensorImpl& x) {
  if (x.id) return slots_[x.id - 1];
  if (free_.empty()) {
    slots_.emplace_back();
    x.id = slots_.size();
  } else {
    x.id = free_.back() + 1;
    free_.pop_back();
  }
  Slot& slot = slots_[x.id - 1];
  slot.x = &x;
  return slot;
}

void Inquiry::used(TensorImpl& x, bool overwritten) {
  if (asking_) return;
  ++uses_;
  Slot& slot = slot_of(x);
  if (slot.first_use == 0 || slot.version != x.version()) {
    slot.first_use = uses_;
    slot.version = x.version();
  }
  for (; moved_ < moves_.size() && moves_[moved_].use <= uses_; ++moved_) {
    const Move& move = moves_[moved_];
    if (move.use == uses_ && move.element >= 0 && move.element < x.numel) set_element(x, offset_of(x, move.element), Scalar::of(move.value));
  }
  if (!overwritten || !x.is_data) return;
  // A change through `.data` raises no version.
  const char* const end = x.memory + x.numel * static_cast<std::int64_t>(item_size(x.dtype));
  for (Slot& other : slots_) {
    if (other.x && other.x != &x && other.x->memory < end && x.memory < other.x->memory + other.x->numel * static_cast<std::int64_t>(item_size(other.x->dtype))) {
      other.first_use = 0;
    }
  }
}

}  // namespace nabla
