// Runs documents for the tests: what they printed, and their trace.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json_value.h"
#include "runtime/runtime.h"

namespace program {

inline constexpr std::uint64_t kSlice = 1'000'000;

inline nabla::Document script(std::string source) {
  return {nabla::Document::Kind::script, "a.py", {{nabla::Document::Cell::Kind::code, std::move(source)}}};
}
inline nabla::Document notebook(const std::vector<std::string>& cells) {
  nabla::Document out;
  for (const std::string& source : cells) out.cells.push_back({nabla::Document::Cell::Kind::code, source});
  return out;
}

struct Result {
  nabla::Status status = nabla::Status::running;
  std::string out;     // stdout and echoes
  std::string err;     // warnings, errors, notes
  std::string text;    // the trace, as it travels
  json::Value trace;

  /// The tensor of this name; of several the one made last.
  const json::Value& tensor(std::string_view name) const {
    const auto& tensors = trace["graph"]["tensors"].items;
    for (auto one = tensors.rbegin(); one != tensors.rend(); ++one) {
      const json::Value& names = (*one)["names"];
      if (names.size() && names.items.back().text == name) return *one;
    }
    FAIL("no tensor ", name);
    return trace;
  }
  const json::Value& variable(std::string_view name) const {
    const json::Value* found = trace["variables"].find("name", name);
    REQUIRE_MESSAGE(found, "no variable ", name);
    return *found;
  }
  const std::vector<json::Value>& operations() const { return trace["graph"]["operations"].items; }
  const json::Value& operation(std::string_view label) const {
    const json::Value* found = trace["graph"]["operations"].find("label", label);
    REQUIRE_MESSAGE(found, "no operation ", label);
    return *found;
  }
};

inline void finish(nabla::Runtime& runtime, Result& result, std::uint64_t slice = kSlice) {
  do {
    result.status = runtime.step(slice);
    for (const nabla::OutputChunk& chunk : runtime.take_output()) {
      const bool plain = chunk.kind == nabla::OutputChunk::Kind::stdout_ || chunk.kind == nabla::OutputChunk::Kind::result;
      (plain ? result.out : result.err) += chunk.text;
    }
  } while (result.status == nabla::Status::running);
  result.text = runtime.snapshot();
  result.trace = json::parse(result.text);
}

inline Result run(nabla::Document document, const nabla::Limits& limits = {}, bool record = true, std::uint64_t slice = kSlice) {
  nabla::Runtime runtime;
  runtime.open(std::move(document), limits, record);
  Result result;
  finish(runtime, result, slice);
  return result;
}

}  // namespace program
