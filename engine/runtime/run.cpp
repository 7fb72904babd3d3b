// Running a document: cells one after the other, output and errors on the way, and the end, which leaves nothing behind.
#include "runtime/run.h"

#include <algorithm>
#include <cctype>
#include <new>

#include "autograd/node.h"
#include "base/error.h"
#include "python/builtins/builtins.h"
#include "python/names.h"
#include "runtime/describe.h"
#include "runtime/modules.h"
#include "python/input.h"
#include "runtime/own_path.h"
#include "torch/numpy/numpy.h"
#include "torch/torch.h"

namespace nabla {
namespace {

// ------------------------------------------------------------------------------------------------- asked by the recorder

/// `reshape` where the instruction is the call `x.reshape(2, 3)`, and `[0]` where it is `x[0]`.
std::string current_call() {
  const Code* code = Machine::current().code();
  const Place place = Machine::current().place();
  if (!code || place.line != place.end_line) return "";
  std::string_view text = code->source->line(place.line);
  text = text.substr(0, place.end_column);
  const bool is_index = text.ends_with(']') && text.find_first_of("-+~", place.column) != place.column;
  if (!is_index && !text.ends_with(')')) return "";
  const char opening = is_index ? '[' : '(';
  int depth = 0;
  std::size_t open = text.size();
  while (open > 0 && (depth += (text[open - 1] == text.back()) - (text[open - 1] == opening)) > 0) --open;
  if (open == 0) return "";
  const std::size_t end = open - 1;
  if (is_index) return std::string(text.substr(end));
  std::size_t begin = end;
  while (begin > 0 && (std::isalnum(static_cast<unsigned char>(text[begin - 1])) || text[begin - 1] == '_')) --begin;
  return std::string(text.substr(begin, end - begin));
}

const Probe kMachineProbe{own_path, [] { return Machine::current().call_path(); }, [] { return Machine::current().steps(); },
                          [] { return Machine::current().span(); }, [] { return Machine::current().sign(); }, current_call, module_calls};

std::uint32_t utf16_length(std::string_view utf8) {
  std::uint32_t units = 0;
  for (const char c : utf8) units += (c & 0xC0) == 0x80 ? 0 : (c & 0xF8) == 0xF0 ? 2 : 1;
  return units;
}

/// The first `count` code points of a text.
std::string_view first_characters(std::string_view utf8, std::uint32_t count) {
  std::size_t end = 0;
  while (end < utf8.size() && (count > 0 || (utf8[end] & 0xC0) == 0x80)) {
    if ((utf8[end] & 0xC0) != 0x80) --count;
    ++end;
  }
  return utf8.substr(0, end);
}

bool is_exit(const Exception& exception) { return exception.type->is_subtype_of(exception_type("SystemExit")); }

}  // namespace

Run* Run::active_ = nullptr;

// ----------------------------------------------------------------------------------------------------- beginning and end

Run::Run(Document document, const Limits& limits, bool record) : document_(std::move(document)), limits_(limits), record_(record) {
  if (active_) {
    active_->break_off("Interrupted", "another run took its place");
    active_->last_trace_ = active_->snapshot();
    active_->end();
  }
  active_ = this;
  report_.status = Status::running;
  report_.cells.resize(document_.cells.size());
  for (std::size_t i = 0; i < document_.cells.size(); ++i) {
    if (document_.cells[i].kind == Document::Cell::Kind::markdown) report_.cells[i].status = CellState::Status::markdown;
  }
  machine_ = std::make_unique<Machine>();
  static const bool once = (register_torch_modules(), true);
  (void)once;
  reset_torch();
  reset_builtins();
  input_lines().assign(document_.input.begin(), document_.input.end());
  machine_->context = this;
  machine_->step_limit = limits.steps;
  machine_->recursion_limit = limits.recursion;
  machine_->on_output = [](void* run, std::string_view text, bool to_stderr) {
    static_cast<Run*>(run)->print(to_stderr ? OutputChunk::Kind::warning : OutputChunk::Kind::stdout_, text, {});
  };
  machine_->on_result = [](void* run, const Value& value) {
    static_cast<Run*>(run)->print(OutputChunk::Kind::result, repr(value) + "\n", {});
  };
  machine_->on_figure = [](void* run, std::string_view json) { static_cast<Run*>(run)->show_figure(json); };
  machine_->on_warning = [](void* run, std::string_view text, const SourceSpan& span) {
    static_cast<Run*>(run)->print(OutputChunk::Kind::warning, text, span);
  };
  if (record_) {
    machine_->on_store = [](void* run, Str* name, const Value& value, bool module_level) {
      static_cast<Run*>(run)->stored(name, value, module_level);
    };
    machine_->on_round = [](void* run, const Value& iterator) { static_cast<Run*>(run)->begin_round(iterator); };
    recorder_ = std::make_unique<Recorder>(kMachineProbe);
    recorder_->start();
  }
  set_memory_limit(live_bytes() + limits.memory);
}

Run::~Run() { end(); }

/// Leaves the engine as it was before the run.
void Run::end() {
  if (!machine_) return;
  set_memory_limit(0);
  recorder_ = nullptr;
  inquiry_ = nullptr;
  machine_->on_output = nullptr;
  machine_->on_result = nullptr;
  machine_->on_warning = nullptr;
  machine_->on_figure = nullptr;
  machine_->on_store = nullptr;
  machine_->on_round = nullptr;
  compiled_.clear();
  begun_.clear();
  sources_.clear();
  waiting_error_.reset();
  machine_->reset();
  clear_gradients();
  clear_python_nodes();
  reset_torch();
  machine_ = nullptr;
  active_ = nullptr;
}

void Run::break_off(std::string kind, std::string message) {
  if (report_.status != Status::running) return;
  report_.status = Status::error;
  exit_status_ = 1;
  std::string text = cat(kind, ": ", message, "\n");
  if (in_cell_) {
    report_.cells[cell_].status = CellState::Status::error;
    output(OutputChunk::Kind::error, text, {});
  }
  report_.error = RunError{std::move(kind), std::move(message), {}, std::move(text), {}};
}

void Run::inquire(Questions questions) {
  inquiry_ = std::make_unique<Inquiry>(std::move(questions), [](void* run, std::string_view text) {
    auto& pending = static_cast<Run*>(run)->pending_;
    if (pending.empty()) pending.push_back({OutputChunk::Kind::result, 0, {}});
    pending.back().text += text;
  }, this);
}

// -------------------------------------------------------------------------------------------------------------- running

Status Run::step(std::uint64_t budget) {
  if (report_.status != Status::running) return report_.status;
  held_ = false;
  try {
    advance(budget);
  } catch (const Raise& raise) {
    if (const auto* exception = as<Exception>(raise.value)) fail_with(*exception);
    else break_off("SystemError", "something that is no exception was raised");
  } catch (const Error& error) {
    break_off(error.kind, error.message);
  } catch (const std::bad_alloc&) {
    break_off("MemoryError", "out of memory");
  } catch (const std::exception& fault) {
    break_off("SystemError", fault.what());
  }
  return report_.status;
}

void Run::advance(std::uint64_t budget) {
  if (compiles_first() && compiled_.empty()) compile_script();
  if (inquiry_ && !inquiry_->has_begun()) inquiry_->begin();
  const std::uint64_t begin = machine_->steps();
  while (report_.status == Status::running) {
    if (!in_cell_ && !start_cell()) {
      if (report_.status != Status::running) return;
      if (is_over(nullptr)) report_.status = Status::done;
      continue;
    }
    const std::uint64_t used = machine_->steps() - begin;
    if (used >= budget) return;
    switch (machine_->run(budget - used)) {
      case RunState::idle:
      case RunState::running: return;
      case RunState::finished:
        held_ = false;
        end_cell();
        break;
      case RunState::failed:
        if (is_over(machine_->error())) fail_with(*machine_->error());
        break;
    }
  }
}

bool Run::is_over(const Exception* exception) {
  if (!inquiry_) return true;
  if (!exception || is_exit(*exception)) inquiry_->at_end();
  else if (!inquiry_->broke_off(*exception)) inquiry_->at_error(format_exception_only(*exception));
  switch (inquiry_->next()) {
    case Inquiry::Next::nothing: return true;
    case Inquiry::Next::finish: report_.status = Status::done; return false;
    case Inquiry::Next::again: break;
  }
  inquiry_->start_over();
  waiting_error_.reset();
  in_cell_ = false;
  cell_ = 0;
  machine_->globals().clear();  // modules stay; what only a cycle keeps alive stays too, to the end of the run
  machine_->globals().set(names::name, string("__main__"));
  machine_->globals().set(names::doc, Value::none());
  clear_gradients();
  clear_python_nodes();
  reset_torch();
  return false;
}

Run::Compiled Run::compile_cell(std::size_t index) {
  Compiled out;
  const std::string name = is_script() ? document_.name : cat("<cell ", index + 1, ">");
  const Mode mode = compiles_first() ? Mode::script : is_script() ? Mode::live : Mode::notebook;
  out.code = compile(document_.cells[index].source, name, static_cast<std::uint32_t>(index), mode, record_, out.diagnostics);
  if (out.code) sources_.push_back(out.code->source);
  return out;
}

void Run::compile_script() {
  for (std::size_t i = 0; i < document_.cells.size(); ++i) {
    compiled_.push_back(report_.cells[i].status == CellState::Status::markdown ? Compiled{} : compile_cell(i));
    const Value& error = compiled_[i].diagnostics.error;
    if (error.is_undefined()) continue;
    cell_ = i;
    in_cell_ = true;
    fail_with(*as<Exception>(error));
    return;
  }
}

bool Run::start_cell() {
  while (cell_ < report_.cells.size() && report_.cells[cell_].status == CellState::Status::markdown) ++cell_;
  if (cell_ == report_.cells.size()) return false;
  in_cell_ = true;
  report_.cells[cell_].status = CellState::Status::running;
  if (inquiry_ && compiled_.empty()) compiled_.resize(document_.cells.size());  // compiled once, to be run again and again
  if (inquiry_ && !compiles_first() && !compiled_[cell_].code) compiled_[cell_] = compile_cell(cell_);
  Compiled compiled = inquiry_ ? compiled_[cell_] : compiles_first() ? std::move(compiled_[cell_]) : compile_cell(cell_);
  say_notes(compiled.diagnostics.notes);
  const Value& error = compiled.diagnostics.error;
  if (!error.is_undefined() && !compiled.code) {
    fail_with(*as<Exception>(error));
    return false;
  }
  if (!error.is_undefined()) waiting_error_ = error;
  if (compiled.code) {
    begun_.push_back(compiled.code);
    machine_->start(compiled.code);
  } else {
    end_cell();
  }
  return true;
}

void Run::end_cell() {
  if (waiting_error_) {
    const Value error = *waiting_error_;
    fail_with(*as<Exception>(error));
    return;
  }
  if (!is_script()) plots_cell_ends();
  report_.cells[cell_].status = CellState::Status::done;
  in_cell_ = false;
  ++cell_;
}

// --------------------------------------------------------------------------------------------------------------- errors

void Run::fail_with(const Exception& exception) {
  set_memory_limit(0);  // what is said about an error may need more than the program was allowed
  const Internal internal;
  if (is_exit(exception)) {
    exit_with(exception);
    return;
  }
  report_.status = Status::error;
  exit_status_ = 1;
  RunError error{exception.type->name, exception_message(exception), exception.notes, format_traceback(exception), span_of(exception)};
  if (in_cell_) report_.cells[cell_].status = CellState::Status::error;
  output(OutputChunk::Kind::error, error.traceback, error.span);
  report_.error = std::move(error);
}

/// sys.exit(): no traceback; a text goes to stderr, and the run ends here, well or not.
void Run::exit_with(const Exception& exception) {
  const auto& items = as<Tuple>(exception.args)->items;
  const Value status = items.empty() ? Value::none() : items[0];
  if (status.is_none()) exit_status_ = 0;
  else if (is_int(status)) exit_status_ = static_cast<int>(to_index(status) & 0xFF);
  else exit_status_ = 1;
  const bool has_text = !status.is_none() && !is_int(status);
  report_.status = exit_status_ == 0 ? Status::done : Status::error;
  report_.cells[cell_].status = exit_status_ == 0 ? CellState::Status::done : CellState::Status::error;
  if (exit_status_ == 0) return;
  const std::string message = exception_message(exception);
  RunError error{exception.type->name, message, {}, has_text ? message + "\n" : "", span_of(exception)};
  if (has_text) output(OutputChunk::Kind::error, error.traceback, error.span);
  report_.error = std::move(error);
}

std::optional<SourceSpan> Run::span_of(const Exception& exception) const {
  if (exception.syntax) {
    const Exception::Syntax& syntax = *exception.syntax;
    const auto column = [&](std::uint32_t of) { return syntax.shift + utf16_length(first_characters(syntax.text, of ? of - 1 : 0)); };
    const bool one_line = syntax.end_line <= syntax.line;
    const std::uint32_t begin = column(syntax.column);
    const std::uint32_t end = one_line ? std::max(column(syntax.end_column), begin) : syntax.shift + utf16_length(syntax.text);
    return SourceSpan{static_cast<std::uint32_t>(cell_), syntax.line, begin, syntax.line, end};
  }
  // The innermost frame that is the document's own.
  for (const Exception::Entry& entry : exception.traceback) {
    for (const auto& source : sources_) {
      if (entry.code->source == source) return to_span(*source, entry.place);
    }
  }
  return {};
}

// --------------------------------------------------------------------------------------------------------------- output

void Run::output(OutputChunk::Kind kind, std::string_view text, const std::optional<SourceSpan>& span) {
  if (text.empty() || report_.cells.empty() || inquiry_) return;
  const std::size_t cell = std::min(cell_, report_.cells.size() - 1);
  if (!pending_.empty() && pending_.back().kind == kind && pending_.back().cell == cell) pending_.back().text += text;
  else pending_.push_back({kind, static_cast<std::uint32_t>(cell), std::string(text)});
  auto& outputs = report_.cells[cell].outputs;
  if (!outputs.empty() && outputs.back().kind == kind && !outputs.back().span && !span) outputs.back().text += text;
  else outputs.push_back({kind, std::string(text), span});
}

void Run::print(OutputChunk::Kind kind, std::string_view text, const std::optional<SourceSpan>& span) {
  if (inquiry_) return;
  const std::size_t room = limits_.output - printed_;
  std::size_t fits = std::min(text.size(), room);
  while (fits < text.size() && fits > 0 && (text[fits] & 0xC0) == 0x80) --fits;  // not in the middle of a character
  printed_ += fits;
  output(kind, text.substr(0, fits), span);
  if (fits < text.size()) {
    printed_ = limits_.output;
    fail("OutputLimitError", "the program prints more than ", limits_.output, " bytes");
  }
}

void Run::show_figure(std::string_view json) {
  if (report_.cells.empty()) return;
  const std::size_t cell = std::min(cell_, report_.cells.size() - 1);
  auto& outputs = report_.cells[cell].outputs;
  const auto is_same = [&](const auto& output) {  // a figure's text begins with its id
    return output.kind == OutputChunk::Kind::figure && output.text.compare(0, output.text.find(','), json.substr(0, json.find(','))) == 0;
  };
  const auto before = std::find_if(outputs.begin(), outputs.end(), is_same);
  if (before == outputs.end() && figures_ >= limits_.figures) {
    fail("OutputLimitError", "the program shows more than ", limits_.figures, " figures");
  }
  if (json.size() > limits_.figure) fail("OutputLimitError", "a figure of more than ", limits_.figure, " bytes");
  if (before != outputs.end()) {
    before->text = json;
  } else {
    outputs.push_back({OutputChunk::Kind::figure, std::string(json), std::nullopt});
    ++figures_;
  }
  const auto waiting = std::find_if(pending_.begin(), pending_.end(), is_same);
  if (waiting != pending_.end()) waiting->text = json;
  else pending_.push_back({OutputChunk::Kind::figure, static_cast<std::uint32_t>(cell), std::string(json)});
}

void Run::say_notes(const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    const SourceSpan span{note.cell, note.line, 0, note.line + 1, 0};
    output(OutputChunk::Kind::note, note.text.ends_with('\n') ? note.text : note.text + "\n", span);
  }
}

void Run::stored(Str* name, const Value& value, bool module_level) {
  if (name->text[0] == '_') return;
  if (is_numpy_scalar(value)) return stored(name, plain_number(value), module_level);
  if (value.is_float()) {
    const double x = value.as_float();
    recorder_->bound(name, module_level, nullptr, &x, DType::float64);
  } else if (value.is_small()) {
    const auto x = static_cast<double>(value.as_small());
    recorder_->bound(name, module_level, nullptr, &x, DType::int64);
  } else if (const TensorImpl* x = as_tensor(value)) {
    recorder_->bound(name, module_level, x, nullptr, x->dtype);
  } else if (module_level) {
    recorder_->bound(name, module_level, nullptr, nullptr, DType::float64);
  }
}

/// Which round it is, and of how many, where the iterator knows.
void Run::begin_round(const Value& iterator) {
  std::int64_t of = -1, number = -1;
  if (const auto* range = as<RangeIterator>(iterator)) {
    of = range->length;
    number = of - range->remaining;
  } else if (const auto* items = as<ListIterator>(iterator); items && items->list) {
    of = static_cast<std::int64_t>(items->list->items.size());
    number = static_cast<std::int64_t>(items->index);
  } else if (const auto* items = as<TupleIterator>(iterator); items && items->tuple) {
    of = static_cast<std::int64_t>(items->tuple->items.size());
    number = static_cast<std::int64_t>(items->index);
  }
  const Recorder::Loop* loop = recorder_->round(number, of);
  if (!loop || hold_loop_ < 0 || loop != recorder_->loops().data() + hold_loop_ || loop->rounds != hold_rounds_ + 1) return;
  held_ = true;
  machine_->pause();
}

std::string Run::describe(std::string_view path) {
  if (!machine_) return "null";
  const std::size_t limit = set_memory_limit(0);
  const Internal internal;
  std::string json = nabla::describe(machine_->globals(), path);
  set_memory_limit(limit);
  return json;
}

std::string Run::snapshot() {
  if (!machine_) return last_trace_;
  const std::size_t limit = set_memory_limit(0);
  const Internal internal;
  report_.steps = machine_->steps();
  report_.position.reset();
  if (report_.status == Status::running && in_cell_) report_.position = machine_->span();
  std::string json = trace_json(report_, &machine_->globals(), recorder_.get());
  set_memory_limit(limit);
  return json;
}

}  // namespace nabla
