// The JSON writer: commas, escapes, bytes that are no UTF-8, and numbers.
#include "runtime/json.h"

#include <doctest/doctest.h>

#include <limits>

using nabla::Json;

TEST_CASE("JSON: commas stand between members and elements, and nowhere else") {
  Json json;
  json.begin_object().member("a", 1).key("b").begin_array().integer(1).begin_array().end_array().null().end_array().member("c", true);
  json.key("d").begin_object().end_object().end_object();
  CHECK(json.take() == R"({"a":1,"b":[1,[],null],"c":true,"d":{}})");
}

TEST_CASE("JSON: texts are escaped, and stay UTF-8") {
  const auto written = [](std::string_view text) {
    Json json;
    json.text(text);
    return json.take();
  };
  CHECK(written("say \"∇\"\\\n\t\r") == "\"say \\\"∇\\\"\\\\\\n\\t\\r\"");
  CHECK(written(std::string_view("\0\x1f", 2)) == "\"\\u0000\\u001f\"");
  CHECK(written("😀") == "\"😀\"");
  CHECK(written("\xff|\xe2\x82|\xed\xa0\x80|\xc0\x80|\xf4\x90\x80\x80") ==
        "\"\uFFFD|\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD|\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD\uFFFD\"");
}

TEST_CASE("JSON: numbers are as short as they can be, and those that JSON lacks are words") {
  Json json;
  const double infinity = std::numeric_limits<double>::infinity();
  json.begin_array().number(14.0).number(0.1).number(-0.0).number(1e20).number(1e-7).number(infinity).number(-infinity);
  json.number(std::numeric_limits<double>::quiet_NaN()).number(0.1f).number(1.0f / 3).number(16777216.0f).number(1e-8f).end_array();
  CHECK(json.take() == R"([14,0.1,-0.0,1e+20,1e-07,"inf","-inf","nan",0.1,0.33333334,16777216,1e-08])");
}
