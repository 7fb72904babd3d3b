// Writing the trace: the operations, the passes back through them, and the steps of optimizers.
#include <algorithm>

#include "base/format.h"
#include "optim/rule.h"
#include "runtime/trace_writer.h"

namespace nabla {
namespace {

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

}  // namespace

Dims TraceWriter::sizes_of(std::uint32_t index) const {
  const Slot& slot = recorder_->slots()[index];
  if (slot.living) return slot.living->sizes;
  Dims sizes(slot.value.dims, 0);
  for (int i = 0; i < slot.value.dims; ++i) sizes[i] = slot.value.sizes[i];
  return sizes;
}

bool TraceWriter::is_broadcast(const Place& place, const Recorder::Operand& operand) const {
  const OpDef& def = *place.def;
  const bool elementwise = def.numbers || (def.sign && std::string_view(def.sign) != "@");
  return elementwise && place.results.size() == 1 && !(sizes_of(operand.slot) == sizes_of(place.results[0]));
}

void TraceWriter::write_operand(const Place& place, const Recorder::Operand& operand) {
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

void TraceWriter::write_operations() {
  json_.key("operations").begin_array();
  if (recorder_) {
    for (std::size_t i = 0; i < recorder_->places().size(); ++i) {
      if (recorder_->places()[i].def) write_operation(i, recorder_->places()[i]);
    }
  }
  json_.end_array();
}

void TraceWriter::write_operation(std::size_t id, const Place& place) {
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

void TraceWriter::write_non_finite() {
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

std::int64_t TraceWriter::tensor_of_edge(const Place& place, std::size_t edge) const {
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

void TraceWriter::write_maybe(const Preview& preview) {
  if (preview.present) write_preview(json_, preview);
  else json_.null();
}

void TraceWriter::write_subject(const Recorder::Subject& subject) {
  json_.key("tensor");
  if (is_known(subject)) json_.integer(slot_id(subject.slot));
  else json_.null();
}

void TraceWriter::write_passes() {
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

void TraceWriter::write_step(const Recorder::Step& step) {
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

void TraceWriter::write_optimizer_steps() {
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

void TraceWriter::write_change(const OptimizerDef& def, const Recorder::Change& change) {
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

void TraceWriter::write_rule(const OptimizerDef& def, const Recorder::Change& change) {
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

}  // namespace nabla
