// What writes the trace. First it is settled which tensors are shown and under which numbers, then everything is written in order.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/json.h"
#include "runtime/recorder.h"
#include "runtime/trace.h"

namespace nabla {

void write_span(Json& json, const SourceSpan* span);
inline void write_span(Json& json, const std::optional<SourceSpan>& span) { write_span(json, span ? &*span : nullptr); }
void write_element(Json& json, DType dtype, double x);
void write_preview(Json& json, const Preview& preview);
void write_preview(Json& json, const TensorImpl& x);

class TraceWriter {
  using Place = Recorder::Place;
  using Slot = Recorder::Slot;

 public:
  TraceWriter(const RunReport& report, const Dict* globals, const Recorder* recorder);
  std::string write();

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

  void find_bindings();
  void find_variables(const Dict& globals);
  /// The name that a tensor has in the program's own text goes before what a function calls it; of several the newest.
  void find_name(const TensorImpl& x, Str* name);
  /// The number of a variable's tensor, which is shown by that.
  std::int64_t id_of(const TensorImpl& x, Str* name);
  std::int64_t slot_id(std::uint32_t index) const;
  void show(std::uint32_t slot);
  bool is_known(const Recorder::Subject& subject) const;
  void show(const Recorder::Subject& subject);
  void find_shown();
  /// `2 - x` is the operator rsub, with its operands the other way round.
  static bool is_reflected(const Place& place) { return place.sign && std::string_view(place.def->name) == "rsub"; }
  bool ran_backward(const Place& place) const { return place.pass != 0 && place.pass == recorder_->last_pass(); }

  // ---- the parts, in order

  void write_cells();
  void write_error();
  void write_variables();
  void write_names(const Shown& shown);
  template <class T>
  void write_tangent(const T& tangent) {
    json_.key("tangent");
    write_preview(json_, tangent);
  }
  void write_living(const TensorImpl& x, const Slot* slot);
  void write_dead(const Slot& slot);
  /// Where the elements of a tensor lie that a view shows, or that is one.
  void write_memory(const Shown& shown, const Slot* slot);
  void write_tensors();
  /// The sizes that the trace shows of the tensor in this slot.
  Dims sizes_of(std::uint32_t index) const;
  /// Is this operand of an elementwise operator repeated to the size of the result?
  bool is_broadcast(const Place& place, const Recorder::Operand& operand) const;
  void write_operand(const Place& place, const Recorder::Operand& operand);
  void write_operations();
  void write_operation(std::size_t id, const Place& place);
  void write_non_finite();
  void write_maybe(const Preview& preview);
  /// To which of the operation's tensors, in their order, a node's edge leads; -1 when to none of them.
  std::int64_t tensor_of_edge(const Place& place, std::size_t edge) const;
  void write_subject(const Recorder::Subject& subject);
  void write_passes();
  void write_step(const Recorder::Step& step);
  void write_optimizer_steps();
  void write_change(const OptimizerDef& def, const Recorder::Change& change);
  /// The lines of the rule that took part in a change, and what their symbols were.
  void write_rule(const OptimizerDef& def, const Recorder::Change& change);
  void write_histories();
  void write_bindings();
  void write_loops();
  void write_omitted();

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

}  // namespace nabla
