// What must fail fails in PyTorch's words: every failure that an operator's definition lists, as a program.
#include <doctest/doctest.h>

#include "ops/opdef.h"
#include "program.h"

TEST_CASE("every operator: what its definition says must fail does, in PyTorch's words") {
  for (const nabla::OpDef* def : nabla::all_ops()) {
    for (const nabla::Failure& failure : def->failures) {
      CAPTURE(std::string(def->name));
      const program::Result result = program::run(program::script(std::string("import torch\n") + failure.code + "\n"));
      CHECK(result.status == nabla::Status::error);
      CHECK(result.err.find(std::string(failure.error)) != std::string::npos);
      if (result.err.find(failure.error) == std::string::npos) MESSAGE(result.err);
    }
  }
}
