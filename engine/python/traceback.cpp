// Tracebacks as CPython 3.11 prints them: frames with their source lines, carets under the expression that failed, repeated frames
// rolled up, chained exceptions, suggestions.
#include <algorithm>

#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/frame.h"
#include "python/machine.h"
#include "python/slots.h"
#include "python/syntax.h"
#include "python/traceback.h"

namespace nabla {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

std::string_view strip(std::string_view line) {
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  while (!line.empty() && (is_blank(line.back()) || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// Note [Carets]
// CPython marks the range of the instruction that failed with ^. If the range lies in one line and is by itself a binary operation or
// a subscript, the operator (or the brackets) gets ^ and the rest ~. A range that is the whole line gets no marks, unless it has both.
void append_carets(std::string& out, std::string_view line, const Place& place) {
  std::size_t indent = 0;
  while (indent < line.size() && is_blank(line[indent])) ++indent;
  const std::size_t begin = std::min<std::size_t>(place.column, line.size());
  std::size_t end = std::min<std::size_t>(place.end_column, line.size());
  Anchors anchors;
  if (place.line == place.end_line) {
    if (begin < end) anchors = find_anchors(line.substr(begin, end - begin));
  } else {
    end = line.size();
    while (end > begin && is_blank(line[end - 1])) --end;
  }
  if (end - begin == line.size() - indent && !anchors.found) return;
  if (end <= begin) return;
  out += "    ";
  for (std::size_t i = indent; i < end; ++i) {
    if ((line[i] & 0xC0) == 0x80) continue;
    if (i < begin) {
      out += ' ';
    } else if (anchors.found) {
      out += i - begin >= anchors.begin && i - begin < anchors.end ? '^' : '~';
    } else {
      out += '^';
    }
  }
  out += '\n';
}

void append_entry(std::string& out, const Exception::Entry& entry) {
  const Source& source = *entry.code->source;
  out += cat("  File \"", source.filename, "\", line ", entry.place.line, ", in ", entry.code->name->text, "\n");
  const std::string_view line = source.line(entry.place.line);
  if (strip(line).empty()) return;
  out += cat("    ", line.substr(line.find_first_not_of(" \t\f")), "\n");
  append_carets(out, line, entry.place);
}

void append_entries(std::string& out, const Exception& exception) {
  constexpr std::size_t kShown = 3;  // CPython shows so many equal frames and counts the rest
  if (exception.traceback.empty()) return;
  out += "Traceback (most recent call last):\n";
  std::size_t repeated = 0;
  const Exception::Entry* last = nullptr;
  const auto flush = [&] {
    if (repeated > kShown) {
      const std::size_t more = repeated - kShown;
      out += cat("  [Previous line repeated ", more, " more time", more == 1 ? "" : "s", "]\n");
    }
  };
  for (auto entry = exception.traceback.rbegin(); entry != exception.traceback.rend(); ++entry) {
    if (entry->code->source->is_library) continue;  // no file that a learner has
    const bool same = last && last->code->name == entry->code->name && last->place.line == entry->place.line && last->code->source == entry->code->source;
    if (!same) {
      flush();
      repeated = 0;
    }
    last = &*entry;
    if (++repeated <= kShown) append_entry(out, *entry);
  }
  flush();
}

void append_syntax(std::string& out, const Exception::Syntax& syntax) {
  out += cat("  File \"", syntax.filename, "\", line ", syntax.line, "\n");
  const std::string_view text = syntax.text;
  if (strip(text).empty()) return;
  const std::string_view stripped = text.substr(static_cast<std::size_t>(strip(text).data() - text.data()));  // blanks at the end are shown
  out += cat("    ", stripped, "\n");
  if (syntax.column == 0) return;
  const std::size_t indent = code_points(text.substr(0, static_cast<std::size_t>(stripped.data() - text.data())));
  const std::size_t begin = syntax.column - 1;
  if (begin < indent) return;
  std::size_t end = syntax.end_line == syntax.line && syntax.end_column > syntax.column ? syntax.end_column - 1 : begin + 1;
  if (syntax.end_line > syntax.line) end = indent + code_points(stripped);
  end = std::max(end, begin + 1);
  out += cat("    ", std::string(begin - indent, ' '), std::string(end - begin, '^'), "\n");
}

/// What its class says that it has; undefined where it says nothing.
Value own_names(const Value& object) {
  try {
    return call_special(object, intern("__dir__"));
  } catch (const Raise&) {
  } catch (const Error&) {
  }
  return Value();
}

std::string suggestion(const Exception& exception) {
  if (!exception.missing || exception.type->is_subtype_of(exception_type("ImportError"))) return "";
  if (exception.searched.is_undefined()) return exception.suggestion;
  std::vector<std::string_view> names;
  const auto add = [&names](Dict* dict) {
    if (!dict) return;
    for (const Dict::Entry& entry : dict->entries) {
      if (const std::string* name = text_of(entry.key)) names.push_back(*name);
    }
  };
  const Value& object = exception.searched;
  const Value own = own_names(object);
  if (const auto* list = own.is_undefined() ? nullptr : as<List>(own)) {
    for (const Value& name : list->items) {
      if (const std::string* text = text_of(name)) names.push_back(*text);
    }
  } else {
    add(instance_dict(object));
    if (const auto* module = as<Module>(object)) add(module->dict.get());
    const Type* type = as<Type>(object) ? as<Type>(object) : type_of(object);
    for (const Type* one : type->mro) add(one->attributes.get());
  }
  std::sort(names.begin(), names.end());
  return suggest_name(exception.missing->text, names);
}

}  // namespace

std::string format_stack() {
  std::vector<const Frame*> frames;
  for (const Frame* frame = Machine::current().frame(); frame; frame = frame->back) {
    if (!frame->code->source->is_library) frames.push_back(frame);
  }
  std::string out;
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    const Source& source = *(*frame)->code->source;
    const std::uint32_t line = (*frame)->place().line;
    out += cat("  File \"", source.filename, "\", line ", line, ", in ", (*frame)->code->name->text, "\n");
    const std::string_view text = strip(source.line(line));
    if (!text.empty()) out += cat("    ", text, "\n");
  }
  return out;
}

std::string exception_message(const Exception& exception) {
  try {
    if (exception.syntax) {
      const auto& items = as<Tuple>(exception.args)->items;
      return items.empty() ? "None" : str(items[0]);
    }
    return str(Value::object(const_cast<Exception*>(&exception)));
  } catch (const Raise&) {
  } catch (const Error&) {
  }
  return "<exception str() failed>";
}

namespace {

std::string notes_of(const Exception& exception) {
  static Str* const notes = intern("__notes__");
  std::string out;
  const Value* found = exception.dict ? exception.dict->find(notes) : nullptr;
  if (const auto* list = found ? as<List>(*found) : nullptr) {
    for (const Value& note : list->items) out += cat(str(note), "\n");
  }
  return out;
}

/// format_exception_only() without the notes.
std::string last_line(const Exception& exception, bool suggests) {
  std::string out;
  if (exception.syntax) append_syntax(out, *exception.syntax);
  const Type* type = exception.type;
  if (type->module != "builtins" && type->module != "__main__") out += type->module + ".";
  out += type_qualname(type);
  const std::string message = exception_message(exception);
  if (!message.empty()) out += cat(": ", message);
  const std::string name = suggests ? suggestion(exception) : "";
  if (!name.empty()) out += cat(". Did you mean: '", name, "'?");
  return out += '\n';
}

}  // namespace

std::string format_exception_only(const Exception& exception, bool suggests) { return last_line(exception, suggests) + notes_of(exception); }

namespace {

/// The exceptions of an ExceptionGroup, or null.
const std::vector<Value>* members_of(const Exception& exception) {
  static Str* const exceptions = intern("exceptions");
  const auto is_group = [](const Type* type) { return type->name == "BaseExceptionGroup" && type->module == "builtins"; };
  if (std::none_of(exception.type->mro.begin(), exception.type->mro.end(), is_group)) return nullptr;
  const Value* found = exception.dict ? exception.dict->find(exceptions) : nullptr;
  const auto* tuple = found ? as<Tuple>(*found) : nullptr;
  return tuple ? &tuple->items : nullptr;
}

/// Writes exceptions with those that they were caused by, groups in boxes inside one another.
class TracebackWriter {
 public:
  std::string out;
  bool suggests = true;

  void chain(const Exception& exception) {
    // Outermost cause first; an exception already shown ends the chain.
    std::vector<std::pair<const Exception*, const char*>> chain{{&exception, nullptr}};
    for (const Exception* one = &exception;;) {
      const char* words = nullptr;
      const Exception* before = nullptr;
      if (!one->cause.is_undefined()) {
        before = as<Exception>(one->cause);
        words = "\nThe above exception was the direct cause of the following exception:\n\n";
      } else if (!one->context.is_undefined() && !one->suppress_context) {
        before = as<Exception>(one->context);
        words = "\nDuring handling of the above exception, another exception occurred:\n\n";
      }
      const bool seen = std::any_of(chain.begin(), chain.end(), [&](const auto& link) { return link.first == before; });
      if (!before || seen) break;
      chain.back().second = words;
      chain.push_back({before, nullptr});
      one = before;
    }
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
      if (link->second) write(link->second);
      if (const std::vector<Value>* members = members_of(*link->first)) {
        group(*link->first, *members);
        continue;
      }
      std::string text;
      append_entries(text, *link->first);
      write(text);
      message(*link->first);
    }
  }

 private:
  std::size_t depth_ = 0;
  bool need_close_ = false;

  std::string indent() const { return std::string(2 * depth_, ' '); }
  void write(std::string_view text, char margin = '|') {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1);
      if (depth_) out += cat(indent(), margin, " ");
      out += text.substr(0, end + 1);
      text.remove_prefix(end + 1);
      margin = '|';
    }
  }

  /// A message of several lines is not moved in, as in CPython.
  void message(const Exception& exception) {
    const std::string text = last_line(exception, suggests);
    const std::size_t first = exception.syntax ? text.size() : text.find('\n') + 1;
    write(std::string_view(text).substr(0, first));
    out += std::string_view(text).substr(first);
    write(notes_of(exception));
  }

  void group(const Exception& exception, const std::vector<Value>& members) {
    constexpr std::size_t kDepth = 10, kWidth = 15;
    if (depth_ > kDepth) return write(cat("... (max_group_depth is ", kDepth, ")\n"));
    const bool outermost = depth_ == 0;
    if (outermost) depth_ = 1;
    std::string text;
    append_entries(text, exception);
    if (!text.empty()) write("Exception Group " + text, outermost ? '+' : '|');
    message(exception);
    const std::size_t count = std::min(members.size(), kWidth + 1);
    need_close_ = false;
    for (std::size_t i = 0; i < count; ++i) {
      if (i + 1 == count) need_close_ = true;
      out += cat(indent(), i == 0 ? "+-" : "  ", "+---------------- ", i < kWidth ? cat(i + 1) : "...", " ----------------\n");
      ++depth_;
      if (i < kWidth) {
        chain(*static_cast<Exception*>(members[i].as_object()));
      } else {
        write(cat("and ", members.size() - kWidth, " more exception", members.size() - kWidth == 1 ? "" : "s", "\n"));
      }
      if (i + 1 == count && need_close_) {
        out += indent() + "+------------------------------------\n";
        need_close_ = false;
      }
      --depth_;
    }
    if (outermost) depth_ = 0;
  }
};

}  // namespace

std::string format_traceback(const Exception& exception, bool suggests) {
  TracebackWriter writer;
  writer.suggests = suggests;
  writer.chain(exception);
  return std::move(writer.out);
}

// CPython's distance: a change of letter costs 2, of case 1; too far apart is nothing.
std::string suggest_name(std::string_view wrong, const std::vector<std::string_view>& names) {
  constexpr std::size_t kMove = 2, kCase = 1, kLongest = 40, kMost = 750;
  const auto substitution = [](char a, char b) -> std::size_t {
    if (a == b) return 0;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b) ? kCase : kMove;
  };
  const auto distance = [&](std::string_view a, std::string_view b, std::size_t most) -> std::size_t {
    while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
    if (a.empty() || b.empty()) return (a.size() + b.size()) * kMove;
    if (a.size() > kLongest || b.size() > kLongest) return most + 1;
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j * kMove;
    for (std::size_t i = 0; i < a.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = (i + 1) * kMove;
      for (std::size_t j = 0; j < b.size(); ++j) {
        const std::size_t next = std::min({diagonal + substitution(a[i], b[j]), row[j] + kMove, row[j + 1] + kMove});
        diagonal = row[j + 1];
        row[j + 1] = next;
      }
    }
    return row[b.size()];
  };
  if (names.size() >= kMost) return "";
  std::string_view best;
  std::size_t best_distance = 0;
  for (const std::string_view name : names) {
    if (name == wrong) continue;
    std::size_t most = (wrong.size() + name.size() + 3) * kMove / 6;
    if (!best.empty()) most = std::min(most, best_distance - 1);
    const std::size_t found = distance(wrong, name, most);
    if (found <= most && (best.empty() || found < best_distance)) {
      best = name;
      best_distance = found;
    }
  }
  return std::string(best);
}

}  // namespace nabla
