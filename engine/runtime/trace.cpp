// Writing the trace. First it is settled which tensors are shown and under which numbers, then everything is written in order.
#include "runtime/trace.h"

#include <algorithm>
#include <unordered_map>

#include "autograd/variable.h"
#include "base/format.h"
#include "optim/rule.h"
#include "python/function.h"
#include "runtime/brief.h"
#include "runtime/json.h"
#include "runtime/modules.h"
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

using Place = Recorder::Place;
using Slot = Recorder::Slot;

const char* const kStatus[] = {"running", "done", "error"};
const char* const kCellStatus[] = {"markdown", "waiting", "running", "done", "error"};
const char* const kOutputKinds[] = {"stdout", "result", "warning", "error", "note", "figure"};

// ----------------------------------------------------------------------------------------------------------- small pieces

void write_span(Json& json, const SourceSpan* span) {
  if (!span || span->line == 0) {
    json.null();
    return;
  }
  json.begin_object().member("cell", span->cell).member("line", span->line).member("column", span->column);
  json.member("endLine", span->end_line).member("endColumn", span->end_column).end_object();
}
void write_span(Json& json, const std::optional<SourceSpan>& span) { write_span(json, span ? &*span : nullptr); }

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

// ------------------------------------------------------------------------------------------------------- operands as text

std::string text_of_index(const Index& index) {
  std::string out;
  for (const IndexItem& item : index.items) {
    if (!out.empty()) out += ", ";
    switch (item.kind) {
      case IndexItem::Kind::integer: out += cat(item.start); break;
      case IndexItem::Kind::slice:
        if (item.has_start) out += cat(item.start);
        out += ':';
        if (item.has_stop) out += cat(item.stop);
        if (item.step != 1) out += cat(":", item.step);
        break;
      case IndexItem::Kind::new_axis: out += "None"; break;
      case IndexItem::Kind::ellipsis: out += "..."; break;
      case IndexItem::Kind::tensor: out += "tensor"; break;
    }
  }
  return cat("[", out, "]");
}

std::string text_of_arg(const Arg& arg) {
  switch (arg.kind()) {
    case Arg::Kind::none: return "None";
    case Arg::Kind::boolean: return arg.integer() ? "True" : "False";
    case Arg::Kind::integer: return cat(arg.integer());
    case Arg::Kind::real: return shortest(arg.real());
    case Arg::Kind::dtype: return cat("torch.", name_of(arg.dtype()));
    case Arg::Kind::text: return cat("'", arg.text(), "'");
    case Arg::Kind::index: return text_of_index(arg.index());
    case Arg::Kind::tensor:
    case Arg::Kind::tensors: return "tensor";
    case Arg::Kind::ints: break;
  }
  std::string out;
  for (const std::int64_t i : arg.ints()) out += cat(out.empty() ? "" : ", ", i);
  return cat("(", out, arg.ints().size() == 1 ? ",)" : ")");
}

// ------------------------------------------------------------------------------------------------------------- the writer

class Writer {
 public:
  Writer(const RunReport& report, const Dict* globals, const Recorder* recorder) : report_(report), recorder_(recorder) {
    if (recorder) find_bindings();
    if (globals) find_variables(*globals);
    if (globals && recorder) parameter_names_ = parameter_names(*globals);
    if (recorder) find_shown();
  }

  std::string write() {
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

 private:
  struct Variable {
    Str* name;
    Value value;
    TensorImpl* tensor;  // null when it is none
    std::int64_t id;     // of the tensor
  };
  struct Shown {
    std::int64_t id;
    std::uint32_t slot;        // kNone for what the recorder has not seen
    const TensorImpl* living;  // null once it has died
    Str* name;                 // of one without a slot
    bool operator<(const Shown& other) const { return id < other.id; }
  };

  // ---- what is shown

  void find_bindings() {
    for (const Recorder::Binding& binding : recorder_->bindings()) {
      if (!binding.module_level) continue;
      const Recorder::Binding*& last = last_binding_[binding.name];
      if (!last || last->last < binding.last) last = &binding;
    }
  }

  void find_variables(const Dict& globals) {
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

  /// The name that a tensor has in the program's own text goes before what a function calls it; of several the newest.
  void find_name(const TensorImpl& x, Str* name) {
    const auto when = [&](Str* of) {
      const auto found = last_binding_.find(of);
      return found == last_binding_.end() ? 0 : found->second->last;
    };
    const auto [known, added] = variable_names_.try_emplace(&x, name);
    if (!added && when(name) > when(known->second)) known->second = name;
  }

  /// The number of a variable's tensor, which is shown by that.
  std::int64_t id_of(const TensorImpl& x, Str* name) {
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

  std::int64_t slot_id(std::uint32_t index) const {
    const Slot& slot = recorder_->slots()[index];
    const Place& place = recorder_->places()[slot.place];
    return place.results[slot.result] == index ? place.first_id + static_cast<std::int64_t>(slot.result) : kEarlierIds + index;
  }

  void show(std::uint32_t slot) {
    slots_shown_.resize(recorder_->slots().size());
    if (slots_shown_[slot]) return;
    slots_shown_[slot] = true;
    shown_.push_back({slot_id(slot), slot, recorder_->slots()[slot].living, nullptr});
  }

  bool is_known(const Recorder::Subject& subject) const {
    return subject.slot != Recorder::kNone && recorder_->slots()[subject.slot].made == subject.made;
  }
  void show(const Recorder::Subject& subject) {
    if (is_known(subject)) show(subject.slot);
  }

  void find_shown() {
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

  /// `2 - x` is the operator rsub, with its operands the other way round.
  static bool is_reflected(const Place& place) { return place.sign && std::string_view(place.def->name) == "rsub"; }

  bool ran_backward(const Place& place) const { return place.pass != 0 && place.pass == recorder_->last_pass(); }

  // ---- the parts, in order

  void write_cells() {
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

  void write_error() {
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

  void write_variables() {
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

  void write_names(const Shown& shown) {
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

  template <class T>
  void write_tangent(const T& tangent) {
    json_.key("tangent");
    write_preview(json_, tangent);
  }

  void write_living(const TensorImpl& x, const Slot* slot) {
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

  void write_dead(const Slot& slot) {
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

  /// Where the elements of a tensor lie that a view shows, or that is one.
  void write_memory(const Shown& shown, const Slot* slot) {
    json_.key("memory");
    if (shown.slot == Recorder::kNone || !slots_sharing_[shown.slot]) {
      json_.null();
      return;
    }
    json_.begin_object().member("offset", shown.living ? shown.living->offset : slot->offset).key("strides").begin_array();
    for (const std::int64_t stride : shown.living ? shown.living->strides : slot->strides) json_.integer(stride);
    json_.end_array().end_object();
  }

  void write_tensors() {
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

  /// The sizes that the trace shows of the tensor in this slot.
  Dims sizes_of(std::uint32_t index) const {
    const Slot& slot = recorder_->slots()[index];
    if (slot.living) return slot.living->sizes;
    Dims sizes(slot.value.dims, 0);
    for (int i = 0; i < slot.value.dims; ++i) sizes[i] = slot.value.sizes[i];
    return sizes;
  }

  /// Is this operand of an elementwise operator repeated to the size of the result?
  bool is_broadcast(const Place& place, const Recorder::Operand& operand) const {
    const OpDef& def = *place.def;
    const bool elementwise = def.numbers || (def.sign && std::string_view(def.sign) != "@");
    return elementwise && place.results.size() == 1 && !(sizes_of(operand.slot) == sizes_of(place.results[0]));
  }

  void write_operand(const Place& place, const Recorder::Operand& operand) {
    if (operand.slot != Recorder::kNone) {
      json_.begin_object().member("tensor", slot_id(operand.slot)).member("argument", operand.parameter);
      const Gradient& gradient = place.def->gradient_of(operand.parameter);
      const bool has_formula = gradient.state == Gradient::State::formula;
      json_.key("gradient");
      if (has_formula) json_.text(gradient.text);
      else json_.null();
      json_.member("why", has_formula ? "" : gradient.text).member("broadcast", is_broadcast(place, operand)).end_object();
      return;
    }
    std::string text = text_of_arg(operand.value);
    const auto& parameters = place.def->parsed()[place.signature].parameters;
    if (operand.parameter < parameters.size() && parameters[operand.parameter].has_default) {
      const ParameterDef& parameter = parameters[operand.parameter];
      if (text == text_of_arg(parameter.default_value)) return;
      text = cat(parameter.name, "=", text);
    }
    json_.begin_object().member("text", text).member("argument", operand.parameter).end_object();
  }

  void write_operations() {
    json_.key("operations").begin_array();
    if (recorder_) {
      for (std::size_t i = 0; i < recorder_->places().size(); ++i) {
        if (recorder_->places()[i].def) write_operation(i, recorder_->places()[i]);
      }
    }
    json_.end_array();
  }

  void write_operation(std::size_t id, const Place& place) {
    const OpDef& def = *place.def;
    const std::string name = Recorder::is_function(def) ? place.called : place.in_place ? cat(def.name, "_") : def.name;
    const bool reflected = is_reflected(place);
    const bool by_sign = place.sign && (reflected || (def.sign && std::string_view(def.sign) == place.sign));
    json_.begin_object().member("id", id).member("op", name);
    json_.member("label", !place.called.empty() ? place.called : !by_sign ? name : place.in_place ? cat(place.sign, "=") : place.sign);
    json_.key("inputs").begin_array();
    std::vector<const Recorder::Operand*> operands;
    for (const auto& operand : place.operands) operands.push_back(&operand);
    if (reflected && operands.size() >= 2) std::swap(operands[0], operands[1]);
    for (const auto* operand : operands) write_operand(place, *operand);
    if (place.left_out) json_.begin_object().member("text", cat("… ", place.left_out, " more")).member("argument", -1).end_object();
    json_.end_array().key("before");
    if (place.before) write_preview(json_, *place.before);
    else json_.null();
    json_.key("outputs").begin_array();
    for (const std::uint32_t slot : place.results) json_.integer(slot_id(slot));
    json_.end_array().member("latex", def.latex).member("doc", def.doc).key("span");
    write_span(json_, &place.span);
    json_.member("count", place.count).member("at", place.last).member("gradMode", place.grad_mode).member("view", place.shares);
    json_.member("keepsResult", def.keeps_output(place.signature));
    json_.member("library", place.in_library).member("ofPass", place.in_pass).key("modules").begin_array();
    for (const ModuleCall& call : place.modules) {
      json_.begin_object().member("name", call.name).member("type", call.type).member("library", call.is_library).end_object();
    }
    json_.end_array().key("backwardOrder");
    if (ran_backward(place)) json_.integer(std::lower_bound(orders_.begin(), orders_.end(), place.order) - orders_.begin());
    else json_.null();
    json_.end_object();
  }

  void write_non_finite() {
    json_.key("nonFinite");
    if (!recorder_ || recorder_->non_finite().place == Recorder::kNone) {
      json_.null();
      return;
    }
    const Recorder::NonFinite& found = recorder_->non_finite();
    json_.begin_object().member("operation", found.place).member("run", found.run).member("backward", found.is_backward);
    json_.key("value").number(found.value);
    json_.key("input");
    if (found.is_backward) json_.integer(tensor_of_edge(recorder_->places()[found.place], found.edge));
    else json_.null();
    json_.key("gradient");
    write_maybe(found.gradient);
    json_.key("operands").begin_array();
    for (const Preview& operand : found.operands) write_preview(json_, operand);
    json_.end_array().end_object();
  }

  void write_maybe(const Preview& preview) {
    if (preview.present) write_preview(json_, preview);
    else json_.null();
  }

  /// To which of the operation's tensors, in their order, a node's edge leads; -1 when to none of them.
  std::int64_t tensor_of_edge(const Place& place, std::size_t edge) const {
    using EdgeKind = ParsedSignature::EdgeKind;
    const auto& kinds = place.def->parsed()[place.signature].edges;
    std::size_t at = 0;
    for (std::size_t argument = 0; argument < kinds.size(); ++argument) {
      std::int64_t tensor = -1;
      for (const Recorder::Operand& operand : place.operands) {
        if (operand.slot == Recorder::kNone) continue;
        ++tensor;
        if (operand.parameter != argument) continue;
        if (kinds[argument] == EdgeKind::one && at == edge) return tensor;
        if (kinds[argument] == EdgeKind::list && at++ == edge) return tensor;
      }
      if (kinds[argument] == EdgeKind::one) ++at;
    }
    return -1;
  }

  void write_subject(const Recorder::Subject& subject) {
    json_.key("tensor");
    if (is_known(subject)) json_.integer(slot_id(subject.slot));
    else json_.null();
  }

  void write_passes() {
    json_.key("passes").begin_array();
    if (recorder_) {
      for (const Recorder::Pass& pass : recorder_->passes()) {
        json_.begin_object().key("span");
        write_span(json_, &pass.span);
        json_.member("at", pass.last).member("count", pass.count).member("left", pass.left_out).key("steps").begin_array();
        for (std::uint32_t i = 0; i < pass.step_count; ++i) write_step(pass.steps[i]);
        json_.end_array().end_object();
      }
    }
    json_.end_array();
  }

  void write_step(const Recorder::Step& step) {
    json_.begin_object().key("operation");
    const Place* place = step.place == Recorder::kNone ? nullptr : &recorder_->places()[step.place];
    const bool earlier = place && place->last != step.run;
    if (place) {
      json_.integer(step.place).key("tensor");
      if (!earlier && step.output < place->results.size()) json_.integer(slot_id(place->results[step.output]));
      else json_.null();
    } else {
      json_.null();
      write_subject(step.leaf);
    }
    json_.member("output", step.output).member("earlier", earlier).member("stored", step.stores).key("grad");
    write_preview(json_, step.incoming());
    json_.key("others").begin_array();
    for (const Recorder::Step::Other& other : step.others) {
      json_.begin_object().member("output", other.output).key("tensor");
      if (!earlier && other.output < place->results.size()) json_.integer(slot_id(place->results[other.output]));
      else json_.null();
      json_.key("grad");
      write_preview(json_, other.gradient);
      json_.end_object();
    }
    json_.end_array().key("before");
    write_maybe(place ? Preview() : step.leaf_before());
    json_.key("out").begin_array();
    for (std::uint32_t i = 0; place && i < step.out_count; ++i) {
      const Preview out = step.out(i);
      const std::int64_t input = out.present ? tensor_of_edge(*place, i) : -1;
      if (input < 0) continue;
      json_.begin_object().member("input", input).key("grad");
      write_preview(json_, out);
      json_.end_object();
    }
    json_.end_array().end_object();
  }

  void write_optimizer_steps() {
    json_.key("optimizerSteps").begin_array();
    if (recorder_) {
      for (const Recorder::OptimizerStep& step : recorder_->optimizer_steps()) {
        json_.begin_object().member("optimizer", step.def->name).member("doc", step.def->doc).member("latex", latex_of(*step.def)).key("span");
        write_span(json_, &step.span);
        json_.member("at", step.last).member("count", step.count).member("left", step.left_out).key("changes").begin_array();
        for (std::uint32_t i = 0; i < step.change_count; ++i) write_change(*step.def, step.changes[i].worked_out(*step.def));
        json_.end_array().end_object();
      }
    }
    json_.end_array();
  }

  void write_change(const OptimizerDef& def, const Recorder::Change& change) {
    json_.begin_object();
    write_subject(change.parameter);
    json_.key("before");
    write_preview(json_, change.before);
    json_.key("after");
    write_maybe(change.after);
    json_.key("grad");
    write_preview(json_, change.gradient);
    json_.key("state").begin_array();
    for (std::size_t i = 0; i < change.state.size(); ++i) {
      json_.begin_object().member("name", def.state[i].name).key("before");
      write_maybe(change.state_before[i]);
      json_.key("after");
      write_maybe(change.state[i]);
      json_.end_object();
    }
    json_.end_array().key("options").begin_array();
    const double* number = change.options.data();
    for (const OptionDef& option : def.options) {
      for (std::size_t i = 0; i < option.size(); ++i, ++number) {
        if (option.kind == OptionDef::Kind::inert) continue;
        const std::string name = option.size() == 1 ? option.name : cat(option.name, "[", i, "]");
        json_.begin_object().member("name", name).key("value");
        if (option.kind == OptionDef::Kind::flag) json_.boolean(*number != 0);
        else json_.number(*number);
        json_.member("isDefault", !option.required && *number == (i == 0 ? option.value : option.second)).end_object();
      }
    }
    json_.end_array();
    write_rule(def, change);
    json_.end_object();
  }

  /// The lines of the rule that took part in a change, and what their symbols were.
  void write_rule(const OptimizerDef& def, const Recorder::Change& change) {
    struct Values {
      Preview before, after;
    };
    std::vector<std::pair<std::string, Values>> known{{"grad", {change.gradient, change.gradient}}, {"param", {change.before, change.after}}};
    std::size_t at = 0;
    for (const OptionDef& option : def.options) {
      for (std::size_t i = 0; i < option.size(); ++i) {
        Preview number;
        number.set(change.options[at++], 0, DType::float64);
        known.push_back({option.size() == 1 ? option.name : cat(option.name, "[", i, "]"), {number, number}});
      }
    }
    for (std::size_t i = 0; i < change.state.size(); ++i) {
      const Preview& before = change.state_before[i].present ? change.state_before[i] : change.initial[i];
      known.push_back({def.state[i].name, {before, change.state[i]}});
    }
    for (std::size_t i = 0; i < change.quantities.size(); ++i) {  // one that no line sets is given
      const std::string_view name = def.quantities[i].name;
      const bool is_set = std::any_of(def.rule.begin(), def.rule.end(), [&](const RuleLine& line) { return line.sets == name; });
      known.push_back({std::string(name), {is_set ? Preview() : change.quantities[i], change.quantities[i]}});
    }
    const auto values_of = [&](std::string_view name) {
      const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.first == name; });
      return found == known.end() ? Values() : found->second;
    };
    const RuleText text(def, [&](std::string_view name) {
      const Preview flag = values_of(name).after;
      return flag.present && flag.count > 0 && flag.values[0] != 0;
    });
    json_.key("rule").begin_array();
    for (const RuleLine* line : text.lines()) {
      json_.begin_object().member("sets", line->sets).member("tex", text.right_side(*line)).member("keeps", text.keeps(*line)).end_object();
    }
    json_.end_array().key("symbols").begin_array();
    for (const std::string& name : text.symbols()) {
      const Values values = values_of(name);
      json_.begin_object().member("name", name).member("tex", text.letter(name)).key("before");
      write_maybe(values.before);
      json_.key("after");
      write_maybe(values.after);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_histories() {
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

  void write_bindings() {
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

  void write_loops() {
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

  void write_omitted() {
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

  const RunReport& report_;
  const Recorder* recorder_;
  Json json_;
  std::unordered_map<Str*, const Recorder::Binding*> last_binding_;  // at module level
  std::vector<Variable> variables_;
  std::unordered_map<const TensorImpl*, Str*> variable_names_;
  std::unordered_map<const TensorImpl*, std::string> parameter_names_;
  std::vector<Shown> shown_;
  std::vector<bool> slots_shown_, slots_sharing_;  // those of tensors that show one memory
  std::vector<std::uint32_t> orders_;  // of the places in the last backward pass
  std::size_t variables_left_out_ = 0;
};

}  // namespace

std::string trace_json(const RunReport& report, const Dict* globals, const Recorder* recorder) {
  return Writer(report, globals, recorder).write();
}

}  // namespace nabla
