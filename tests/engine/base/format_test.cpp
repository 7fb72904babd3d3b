// Floats as text.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/format.h"

using namespace nabla;

TEST_CASE("shortest: writes floats as Python's repr does") {
  CHECK(shortest(0.0) == "0.0");
  CHECK(shortest(-0.0) == "-0.0");
  CHECK(shortest(14.0) == "14.0");
  CHECK(shortest(0.1 + 0.2) == "0.30000000000000004");
  CHECK(shortest(1e-4) == "0.0001");
  CHECK(shortest(1e-5) == "1e-05");
  CHECK(shortest(1e15) == "1000000000000000.0");
  CHECK(shortest(1e16) == "1e+16");
  CHECK(shortest(1.5e300) == "1.5e+300");
  CHECK(shortest(5e-324) == "5e-324");
  CHECK(shortest(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
  CHECK(shortest(HUGE_VAL) == "inf");
  CHECK(shortest(-HUGE_VAL) == "-inf");
  CHECK(shortest(std::nan("")) == "nan");
}

TEST_CASE("fixed, scientific, general: round the exact value, half to even") {
  CHECK(fixed(0.125, 2) == "0.12");
  CHECK(fixed(2.5, 0) == "2");
  CHECK(fixed(1e22, 1) == "10000000000000000000000.0");
  CHECK(scientific(12345.678, 3) == "1.235e+04");
  CHECK(scientific(0, 2) == "0.00e+00");
  CHECK(general(0.0001, 6) == "0.0001");
  CHECK(general(1234567, 6) == "1.23457e+06");
  CHECK(fixed(-HUGE_VAL, 2) == "-inf");
}
