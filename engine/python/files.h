// Files that live in memory: a name and its bytes. They stay for as long as the process (the page's worker, node) lives, over all its runs;
// nothing is ever written to a disk: a program from the net must not.
#pragma once
#include <cstddef>
#include <map>
#include <string>

namespace nabla {

inline std::map<std::string, std::string>& memory_files() {
  static std::map<std::string, std::string> all;
  return all;
}
/// What all files may take together, in bytes.
inline constexpr std::size_t kFileRoom = std::size_t{64} << 20;

/// Makes or replaces a file. OSError when there is no room for it.
void write_file(const std::string& name, std::string bytes);
/// Its bytes; FileNotFoundError when there is none.
const std::string& read_file(const std::string& name);

}  // namespace nabla
