// The texts of what is written in Python below torch: the files of engine/torch/lib, compiled in by CMakeLists.txt.
#pragma once
#include <string_view>

namespace nabla {

struct LibraryText {
  std::string_view name;  // of the file, without ".py"; empty at the end of the list
  std::string_view text;
};
extern const LibraryText kLibraryTexts[];

}  // namespace nabla
