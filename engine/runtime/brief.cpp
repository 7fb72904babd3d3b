// Brief reprs: containers are walked here, so that a long one costs no more than is shown of it.
#include "runtime/brief.h"

#include "python/exception.h"
#include "python/slots.h"

namespace nabla {
namespace {

constexpr int kDepth = 8;  // containers inside one another, also those inside themselves
constexpr std::string_view kCut = "…";

class Writer {
 public:
  explicit Writer(std::size_t limit) : limit_(limit) {}

  void value(const Value& value, int depth) {
    if (is_full()) return;
    const Type* type = type_of(value);
    if (type == List::class_type()) {
      sequence("[", as<List>(value)->items, "]", depth);
    } else if (type == Tuple::class_type()) {
      const auto& items = as<Tuple>(value)->items;
      sequence("(", items, items.size() == 1 ? ",)" : ")", depth);
    } else if (type == Set::class_type() && as<Set>(value)->count != 0) {
      set(*as<Set>(value), depth);
    } else if (type == Dict::class_type()) {
      entries(*as<Dict>(value), true, depth);
    } else {
      append_without_address(type->is_heap ? repr_default(value) : repr(value));
    }
  }

  std::string take() {
    if (out_.size() <= limit_) return std::move(out_);
    std::size_t end = limit_;
    while (end > 0 && (out_[end] & 0xC0) == 0x80) --end;  // not in the middle of a character
    out_.resize(end);
    out_ += kCut;
    return std::move(out_);
  }

 private:
  /// "<__main__.A object>": where an object lies in memory says nothing, and is another place in every run.
  void append_without_address(const std::string& text) {
    constexpr std::string_view kAt = " at 0x";
    const std::size_t begin = text.starts_with('<') ? text.find(kAt) : std::string::npos;
    std::size_t end = begin == std::string::npos ? begin : text.find_first_not_of("0123456789abcdef", begin + kAt.size());
    if (begin == std::string::npos || end == std::string::npos || text[end] != '>') {
      out_ += text;
      return;
    }
    out_.append(text, 0, begin).append(text, end);
  }

  bool is_full() const { return out_.size() > limit_; }

  void sequence(std::string_view open, const std::vector<Value>& items, std::string_view close, int depth) {
    out_ += open;
    if (depth == kDepth) {
      out_ += kCut;
    } else {
      for (std::size_t i = 0; i < items.size() && !is_full(); ++i) {
        if (i > 0) out_ += ", ";
        value(items[i], depth + 1);
      }
    }
    out_ += close;
  }

  void entries(const Dict& dict, bool with_values, int depth) {
    out_ += '{';
    bool first = true;
    for (const Dict::Entry& entry : dict.entries) {
      if (entry.key.is_undefined()) continue;
      if (is_full() || depth == kDepth) {
        out_ += kCut;
        break;
      }
      if (!first) out_ += ", ";
      first = false;
      value(entry.key, depth + 1);
      if (!with_values) continue;
      out_ += ": ";
      value(entry.value, depth + 1);
    }
    out_ += '}';
  }

  void set(const Set& set, int depth) {
    out_ += '{';
    std::size_t position = 0;
    for (Value item; item = set.next(position), !item.is_undefined();) {
      if (out_.back() != '{') out_ += ", ";
      if (is_full() || depth == kDepth) {
        out_ += kCut;
        break;
      }
      value(item, depth + 1);
    }
    out_ += '}';
  }

  std::size_t limit_;
  std::string out_;
};

}  // namespace

std::string brief(const Value& value, std::size_t limit) {
  try {
    Writer writer(limit);
    writer.value(value, 0);
    return writer.take();
  } catch (const Error&) {
  } catch (const Raise&) {
  }
  return cat("<", type_of(value)->name, " object>");
}

}  // namespace nabla
