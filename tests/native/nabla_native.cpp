// nabla_native FILE.py: runs one program with the native engine. What it prints goes to stdout, warnings and the traceback to
// stderr; the exit status is Python's, or 2 when the file cannot be read. The tests use it; people use `npx nabla`.
// nabla_native --hot=N FILE.py: loops are recorded after N back edges (torch/hot), or never when N is 0.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "python/hot_loop.h"
#include "runtime/runtime.h"
#include "torch/hot/hot_loop.h"

namespace {

using nabla::OutputChunk;
using nabla::Status;

constexpr std::uint64_t kSlice = 1'000'000;  // instructions between two flushes of the output

void print(const std::vector<OutputChunk>& chunks) {
  for (const OutputChunk& chunk : chunks) {
    if (chunk.kind == OutputChunk::Kind::figure) continue;
    const bool plain = chunk.kind == OutputChunk::Kind::stdout_ || chunk.kind == OutputChunk::Kind::result;
    std::fwrite(chunk.text.data(), 1, chunk.text.size(), plain ? stdout : stderr);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 2 && std::strncmp(arguments[1], "--hot=", 6) == 0) {
    nabla::hot_loops.after = std::atoi(arguments[1] + 6);
    ++arguments;
    --count;
  }
  if (count != 2) {
    std::fputs("usage: nabla_native [--hot=N] FILE.py\n", stderr);
    return 2;
  }
  const std::string path = arguments[1];
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "nabla_native: cannot read %s\n", path.c_str());
    return 2;
  }
  std::string source{std::istreambuf_iterator<char>(file), {}};

  nabla::Document document;
  document.kind = nabla::Document::Kind::script;
  document.name = path;

  for (std::string line; source.find("input(") != std::string::npos && std::getline(std::cin, line);) document.input.push_back(std::move(line));

  document.cells.push_back({nabla::Document::Cell::Kind::code, std::move(source)});

  nabla::Runtime runtime;
  runtime.open(std::move(document), {}, /*record=*/false);
  Status status = Status::running;
  while (status == Status::running) {
    status = runtime.step(kSlice);
    print(runtime.take_output());
    std::fflush(stdout);
  }
  if (nabla::hot::stats.mistaken > 0) {
    std::fprintf(stderr, "nabla_native: the machine did not confirm %llu recordings\n", static_cast<unsigned long long>(nabla::hot::stats.mistaken));
    return 3;
  }
  return runtime.exit_status();
}
