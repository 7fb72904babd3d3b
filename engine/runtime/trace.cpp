// Writing the trace: what is shown, and all of it but what ran (trace_steps.cpp).
#include "runtime/trace.h"

#include <algorithm>

#include "autograd/variable.h"
#include "python/function.h"
#include "runtime/brief.h"
#include "runtime/modules.h"
#include "runtime/trace_writer.h"
#include "torch/torch.h"

namespace nabla {
namespace {

constexpr int kVersion = 1;
constexpr std::size_t kReprBytes = 300;
constexpr std::size_t kMostVariables = 200;
constexpr std::int64_t kElements = 256;  // of a living tensor; of a dead one there are Preview::kElements

// Results have the numbers that their places keep for them. What an earlier run of a place made, and what the recorder has never
// seen, is numbered apart, so that the others keep their numbers from one snapshot to the next.
constexpr std::int64_t kEarlierIds = 1'000'000, kUnseenIds = 2'000'000;

const char* const kStatus[] = {"running", "done", "error"};
const char* const kCellStatus[] = {"markdown", "waiting", "running", "done", "error"};
const char* const kOutputKinds[] = {"stdout", "result", "warning", "error", "note", "figure"};

}  // namespace

void write_span(Json& json, const SourceSpan* span) {
  if (!span || span->line == 0) {
    json.null();
    return;
  }
  json.begin_object().member("cell", span->cell).member("line", span->line).member("column", span->column);
  json.member("endLine", span->end_line).member("endColumn", span->end_column).end_object();
}

void write_element(Json& json, DType dtype, double x) {
  if (dtype == DType::float32) json.number(static_cast<float>(x));
  else json.number(x);
}

void write_preview(Json& json, const Preview& preview) {
  json.begin_object().key("shape").begin_array();
  for (int i = 0; i < preview.dims; ++i) json.integer(preview.sizes[i]);
  json.end_array().member("dtype", name_of(preview.dtype)).key("values").begin_array();
  for (int i = 0; i < preview.count; ++i) write_element(json, preview.dtype, preview.values[i]);
  json.end_array().end_object();
}

void write_preview(Json& json, const TensorImpl& x) {
  json.begin_object().key("shape").begin_array();
  for (const std::int64_t size : x.sizes) json.integer(size);
  json.end_array().member("dtype", name_of(x.dtype)).key("values").begin_array();
  for (std::int64_t i = 0; i < std::min(x.numel, kElements); ++i) write_element(json, x.dtype, element(x, offset_of(x, i)).to_double());
  json.end_array().end_object();
}

TraceWriter::TraceWriter(const RunReport& report, const Dict* globals, const Recorder* recorder) : report_(report), recorder_(recorder) {
  if (recorder) find_bindings();
  if (globals) find_variables(*globals);
  if (globals && recorder) parameter_names_ = parameter_names(*globals);
  if (recorder) find_shown();
}

std::string TraceWriter::write() {
  json_.begin_object().member("version", kVersion).member("status", kStatus[static_cast<int>(report_.status)]);
  json_.member("steps", report_.steps).key("position");
  write_span(json_, report_.position);
  write_cells();
  write_error();
  write_variables();
  json_.key("graph").begin_object();
  write_tensors();
  write_operations();
  write_non_finite();
  json_.end_object();
  write_passes();
  write_optimizer_steps();
  write_histories();
  write_bindings();
  write_loops();
  write_omitted();
  json_.end_object();
  return json_.take();
}

void TraceWriter::find_bindings() {
  for (const Recorder::Binding& binding : recorder_->bindings()) {
    if (!binding.module_level) continue;
    const Recorder::Binding*& last = last_binding_[binding.name];
    if (!last || last->last < binding.last) last = &binding;
  }
}

void TraceWriter::find_variables(const Dict& globals) {
  for (const Dict::Entry& entry : globals.entries) {
    if (entry.key.is_undefined() || !as<Str>(entry.key) || entry.value.is_undefined()) continue;
    Str* name = as<Str>(entry.key);
    const Value& value = entry.value;
    if (name->text.starts_with('_') || as<Module>(value) || as<Type>(value) || as<Function>(value) || as<NativeFunction>(value)) continue;
    if (variables_.size() == kMostVariables) {
      ++variables_left_out_;
      continue;
    }
    TensorImpl* tensor = as_tensor(value);
    variables_.push_back({name, value, tensor, tensor ? id_of(*tensor, name) : 0});
    if (tensor) find_name(*tensor, name);
  }
}

void TraceWriter::find_name(const TensorImpl& x, Str* name) {
  const auto when = [&](Str* of) {
    const auto found = last_binding_.find(of);
    return found == last_binding_.end() ? 0 : found->second->last;
  };
  const auto [known, added] = variable_names_.try_emplace(&x, name);
  if (!added && when(name) > when(known->second)) known->second = name;
}

std::int64_t TraceWriter::id_of(const TensorImpl& x, Str* name) {
  const std::uint32_t slot = recorder_ ? recorder_->find(x) : Recorder::kNone;
  if (slot != Recorder::kNone) {
    show(slot);
    return slot_id(slot);
  }
  for (const Shown& other : shown_) {
    if (other.living == &x) return other.id;
  }
  const auto id = kUnseenIds + static_cast<std::int64_t>(shown_.size());
  shown_.push_back({id, Recorder::kNone, &x, name});
  return id;
}

std::int64_t TraceWriter::slot_id(std::uint32_t index) const {
  const Slot& slot = recorder_->slots()[index];
  const Place& place = recorder_->places()[slot.place];
  return place.results[slot.result] == index ? place.first_id + static_cast<std::int64_t>(slot.result) : kEarlierIds + index;
}

void TraceWriter::show(std::uint32_t slot) {
  slots_shown_.resize(recorder_->slots().size());
  if (slots_shown_[slot]) return;
  slots_shown_[slot] = true;
  shown_.push_back({slot_id(slot), slot, recorder_->slots()[slot].living, nullptr});
}

bool TraceWriter::is_known(const Recorder::Subject& subject) const {
  return subject.slot != Recorder::kNone && recorder_->slots()[subject.slot].made == subject.made;
}

void TraceWriter::show(const Recorder::Subject& subject) {
  if (is_known(subject)) show(subject.slot);
}

void TraceWriter::find_shown() {
  slots_sharing_.resize(recorder_->slots().size());
  for (const Place& place : recorder_->places()) {
    if (!place.def) continue;
    if (place.shares && !place.operands.empty() && place.operands[0].slot != Recorder::kNone) {
      slots_sharing_[place.operands[0].slot] = true;
      for (const std::uint32_t slot : place.results) slots_sharing_[slot] = true;
    }
    for (const Recorder::Operand& operand : place.operands) {
      if (operand.slot != Recorder::kNone) show(operand.slot);
    }
    for (const std::uint32_t slot : place.results) show(slot);
    if (ran_backward(place)) orders_.push_back(place.order);
  }
  for (const Recorder::Pass& pass : recorder_->passes()) {
    for (std::uint32_t i = 0; i < pass.step_count; ++i) show(pass.steps[i].leaf);
  }
  for (const Recorder::OptimizerStep& step : recorder_->optimizer_steps()) {
    for (std::uint32_t i = 0; i < step.change_count; ++i) show(step.changes[i].parameter);
  }
  std::sort(orders_.begin(), orders_.end());
  std::sort(shown_.begin(), shown_.end());
}

void TraceWriter::write_cells() {
  json_.key("cells").begin_array();
  for (const CellState& cell : report_.cells) {
    json_.begin_object().member("status", kCellStatus[static_cast<int>(cell.status)]).key("outputs").begin_array();
    for (const Output& output : cell.outputs) {
      json_.begin_object().member("kind", kOutputKinds[static_cast<int>(output.kind)]).member("text", output.text).key("span");
      write_span(json_, output.span);
      json_.end_object();
    }
    json_.end_array().end_object();
  }
  json_.end_array();
}

void TraceWriter::write_error() {
  json_.key("error");
  if (!report_.error) {
    json_.null();
    return;
  }
  const RunError& error = *report_.error;
  json_.begin_object().member("kind", error.kind).member("message", error.message).key("notes").begin_array();
  for (const std::string& note : error.notes) json_.text(note);
  json_.end_array().member("traceback", error.traceback).key("span");
  write_span(json_, error.span);
  json_.end_object();
}

void TraceWriter::write_variables() {
  json_.key("variables").begin_array();
  for (const Variable& variable : variables_) {
    const auto found = last_binding_.find(variable.name);
    json_.begin_object().member("name", variable.name->text).member("type", type_of(variable.value)->name);
    json_.member("repr", brief(variable.value, kReprBytes)).key("span");
    write_span(json_, found == last_binding_.end() ? nullptr : &found->second->span);
    json_.key("tensor");
    if (variable.tensor) json_.integer(variable.id);
    else json_.null();
    json_.end_object();
  }
  json_.end_array();
}

void TraceWriter::write_names(const Shown& shown) {
  json_.key("names").begin_array();
  if (shown.slot == Recorder::kNone) {
    json_.text(shown.name->text);
  } else {
    const Slot& slot = recorder_->slots()[shown.slot];
    const auto variable = variable_names_.find(slot.living);
    Str* const newest = slot.living && variable != variable_names_.end() ? variable->second : nullptr;
    for (int i = 0; i < slot.name_count; ++i) {
      if (slot.names[i] != newest) json_.text(slot.names[i]->text);
    }
    if (newest) json_.text(newest->text);
    if (slot.name_count == 0 && slot.gradient_of != Recorder::kNone) {
      const Slot& owner = recorder_->slots()[slot.gradient_of];
      if (owner.made == slot.owner_made && owner.name_count) json_.text(owner.names[owner.name_count - 1]->text + ".grad");
    } else if (slot.name_count == 0 && slot.living) {
      const auto found = parameter_names_.find(slot.living);
      if (found != parameter_names_.end()) json_.text(found->second);
    }
  }
  json_.end_array();
}

void TraceWriter::write_living(const TensorImpl& x, const Slot* slot) {
  json_.key("value");
  write_preview(json_, x);
  json_.key("grad");
  const bool flowed = slot && slot->grad.present;
  if (x.grad) write_preview(json_, *x.grad);
  else if (flowed) write_preview(json_, slot->grad);
  else json_.null();
  json_.member("gradIsKept", static_cast<bool>(x.grad));
  if (x.view && extra(x)->tangent) write_tangent(*extra(x)->tangent);
  else if (slot && slot->tangent) write_tangent(*slot->tangent);
  json_.member("requiresGrad", requires_grad(x)).member("isLeaf", is_leaf(x)).member("retainsGrad", x.retains_grad).key("gradFn");
  if (x.grad_fn) json_.text(static_cast<const Node*>(x.grad_fn.get())->name());
  else json_.null();
  json_.member("version", x.version());
  json_.member("graphFreed", x.grad_fn && static_cast<const Node*>(x.grad_fn.get())->freed);
}

void TraceWriter::write_dead(const Slot& slot) {
  json_.key("value");
  write_preview(json_, slot.value);
  json_.key("grad");
  if (slot.grad.present) write_preview(json_, slot.grad);
  else json_.null();
  json_.member("gradIsKept", slot.grad_is_kept);
  if (slot.tangent) write_tangent(*slot.tangent);
  json_.member("requiresGrad", slot.requires_grad).member("isLeaf", slot.is_leaf).member("retainsGrad", slot.retains_grad).key("gradFn");
  if (!slot.is_leaf && slot.grad_fn) json_.text(*slot.grad_fn);
  else json_.null();
  json_.member("version", 0).member("graphFreed", false);
}

void TraceWriter::write_memory(const Shown& shown, const Slot* slot) {
  json_.key("memory");
  if (shown.slot == Recorder::kNone || !slots_sharing_[shown.slot]) {
    json_.null();
    return;
  }
  json_.begin_object().member("offset", shown.living ? shown.living->offset : slot->offset).key("strides").begin_array();
  for (const std::int64_t stride : shown.living ? shown.living->strides : slot->strides) json_.integer(stride);
  json_.end_array().end_object();
}

void TraceWriter::write_tensors() {
  json_.key("tensors").begin_array();
  for (const Shown& shown : shown_) {
    const Slot* slot = shown.slot == Recorder::kNone ? nullptr : &recorder_->slots()[shown.slot];
    json_.begin_object().member("id", shown.id);
    write_names(shown);
    if (shown.living) write_living(*shown.living, slot);
    else write_dead(*slot);
    write_memory(shown, slot);
    json_.member("accumulated", slot ? slot->accumulated : 0).key("span");
    if (slot) {
      write_span(json_, &recorder_->places()[slot->place].span);
    } else {
      const auto found = last_binding_.find(shown.name);
      write_span(json_, found == last_binding_.end() ? nullptr : &found->second->span);
    }
    json_.end_object();
  }
  json_.end_array();
}

void TraceWriter::write_histories() {
  json_.key("histories").begin_array();
  if (recorder_) {
    for (const Recorder::Binding& binding : recorder_->bindings()) {
      if (binding.history == Recorder::kNone) continue;
      const Recorder::History& history = recorder_->histories()[binding.history];
      if (history.counts) continue;
      json_.begin_object().member("name", binding.name->text).key("span");
      write_span(json_, &binding.span);
      json_.key("values").begin_array();
      for (const double x : history.values) write_element(json_, history.dtype, x);
      if ((binding.numbers - 1) & (history.stride - 1)) write_element(json_, history.dtype, history.last);
      json_.end_array().member("count", binding.numbers).end_object();
    }
  }
  json_.end_array();
}

void TraceWriter::write_bindings() {
  json_.key("bindings").begin_array();
  if (recorder_) {
    for (const Recorder::Binding& binding : recorder_->bindings()) {
      const bool is_tensor = is_known(binding.tensor);
      if (!is_tensor && !binding.is_number) continue;
      json_.begin_object().member("name", binding.name->text).member("at", binding.last).key("span");
      write_span(json_, &binding.span);
      json_.key("text");
      if (is_tensor) json_.null();
      else if (binding.dtype == DType::int64) json_.text(cat(static_cast<std::int64_t>(binding.last_number)));
      else json_.text(brief(Value::number(binding.last_number), kReprBytes));
      const bool is_shown = is_tensor && binding.tensor.slot < slots_shown_.size() && slots_shown_[binding.tensor.slot];
      json_.key("tensor");
      if (is_shown) json_.integer(slot_id(binding.tensor.slot));
      else json_.null();
      json_.key("value");
      if (!is_tensor || is_shown) json_.null();
      else if (const Slot& slot = recorder_->slots()[binding.tensor.slot]; slot.living) write_preview(json_, *slot.living);
      else write_preview(json_, slot.value);
      json_.end_object();
    }
  }
  json_.end_array();
}

void TraceWriter::write_loops() {
  json_.key("loops").begin_array();
  if (recorder_) {
    for (const Recorder::Loop& loop : recorder_->loops()) {
      json_.begin_object().key("span");
      write_span(json_, &loop.span);
      json_.member("rounds", loop.rounds);
      const auto write_known = [this](std::int64_t number) {
        if (number >= 0) json_.integer(number);
        else json_.null();
      };
      json_.key("round");
      write_known(loop.round);
      json_.key("of");
      write_known(loop.of);
      json_.end_object();
    }
  }
  json_.end_array();
}

void TraceWriter::write_omitted() {
  json_.key("omitted").begin_array();
  const auto say = [this](std::uint64_t count, const std::string& text) {
    if (count) json_.text(text);
  };
  say(variables_left_out_, cat(variables_left_out_, " of ", variables_.size() + variables_left_out_, " variables are not listed"));
  if (recorder_) {
    const std::uint64_t operations = recorder_->operations_left_out();
    std::uint64_t ran = operations;
    for (const Place& place : recorder_->places()) ran += place.def ? place.count : 0;
    say(operations, cat(operations, " of ", ran, " operations are not drawn: the trace holds ", Recorder::kMostOperations, " places in the code"));
    const std::uint64_t rolled_up = recorder_->operations_rolled_up();
    say(rolled_up, cat(rolled_up, rolled_up == 1 ? " operation is" : " operations are", " drawn as one with the one before: of what a single call applies, ", Recorder::kMostAtOnce, " operations are told apart"));
    say(recorder_->bindings_left_out(), cat(recorder_->bindings_left_out(), " assignments were not recorded: the trace holds ", Recorder::kMostBindings, " places in the code"));
    say(recorder_->histories_left_out(), cat(recorder_->histories_left_out(), " series of numbers are not kept: the trace holds ", Recorder::kMostHistories));
  }
  json_.end_array();
}

std::string trace_json(const RunReport& report, const Dict* globals, const Recorder* recorder) {
  return TraceWriter(report, globals, recorder).write();
}

}  // namespace nabla
