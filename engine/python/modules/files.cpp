// The module `_files`, on which os stands: what files there are in memory.
#include "python/files.h"

#include "base/error.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

std::string name_of_file(const Value& path) {
  const std::string* text = text_of(path);
  return text ? *text : str(path);
}

[[noreturn]] void not_found(const std::string& name) {
  throw Error{"FileNotFoundError", cat("[Errno 2] No such file or directory: ", repr(string(name))),
              {"files live in memory here, for as long as the page is open: those of the machine cannot be read"}};
}

Value names(const Value*) {
  std::vector<Value> out;
  for (const auto& [name, bytes] : memory_files()) out.push_back(string(name));
  return list(std::move(out));
}
Value size(const Value* p) { return integer(static_cast<std::int64_t>(read_file(name_of_file(p[0])).size())); }
Value remove(const Value* p) {
  const std::string name = name_of_file(p[0]);
  if (!memory_files().erase(name)) not_found(name);
  return Value::none();
}

constexpr Method kFunctions[] = {{"names()", names}, {"size(path)", size}, {"remove(path)", remove}};

}  // namespace

void write_file(const std::string& name, std::string bytes) {
  std::size_t taken = bytes.size();
  for (const auto& [other, content] : memory_files()) taken += other == name ? 0 : content.size();
  if (taken > kFileRoom) fail("OSError", "[Errno 28] No space left on device: ", repr(string(name)));
  memory_files()[name] = std::move(bytes);
}

const std::string& read_file(const std::string& name) {
  const auto found = memory_files().find(name);
  if (found == memory_files().end()) not_found(name);
  return found->second;
}

void fill_files(Dict& names_of) { add_functions(names_of, kFunctions); }

}  // namespace nabla
