// The builtin types, called from C++. Programs under tests/programs try them from Python; here stands what is easier said directly.
#include <doctest/doctest.h>

#include <algorithm>

#include "python/builtins/support.h"
#include "python/exception.h"
#include "python/function.h"

using namespace nabla;

namespace {

Value real(double x) { return Value::number(x); }
Value whole(std::int64_t n) { return integer(n); }
Value text(const char* characters) { return string(characters); }

Value method(const Value& self, std::string_view name, std::initializer_list<Value> arguments = {}) {
  return call(get_attribute(self, intern(name)), arguments);
}
Value builtin(std::string_view name) { return *builtins_dict().find(intern(name)); }

/// "ZeroDivisionError: division by zero": what was raised, or "" when nothing was.
template <class Body>
std::string raised(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.kind + ": " + error.message;
  } catch (const Raise& raise) {
    const auto* exception = as<Exception>(raise.value);
    return exception->type->name + ": " + exception_message(*exception);
  }
  return "";
}

struct Python {
  Python() { init_python(); }
};

}  // namespace

TEST_CASE_FIXTURE(Python, "numbers: // and % round towards minus infinity") {
  CHECK(repr(binary(Binary::floordiv, whole(-7), whole(2))) == "-4");
  CHECK(repr(binary(Binary::mod, whole(-7), whole(3))) == "2");
  CHECK(repr(binary(Binary::mod, whole(7), whole(-3))) == "-2");
  CHECK(repr(binary(Binary::floordiv, real(-7.5), whole(2))) == "-4.0");
  CHECK(repr(binary(Binary::mod, real(-7.5), whole(2))) == "0.5");
  CHECK(repr(binary(Binary::pow, whole(2), whole(-1))) == "0.5");
  CHECK(repr(binary(Binary::bit_and, Value::boolean(true), Value::boolean(false))) == "False");
  CHECK(repr(binary(Binary::add, Value::boolean(true), Value::boolean(true))) == "2");
}

TEST_CASE_FIXTURE(Python, "numbers: errors are in CPython's words") {
  CHECK(raised([] { binary(Binary::truediv, whole(1), whole(0)); }) == "ZeroDivisionError: division by zero");
  CHECK(raised([] { binary(Binary::truediv, real(1), whole(0)); }) == "ZeroDivisionError: float division by zero");
  CHECK(raised([] { binary(Binary::mod, whole(1), whole(0)); }) == "ZeroDivisionError: integer modulo by zero");
  CHECK(raised([] { binary(Binary::pow, real(10), whole(400)); }) == "OverflowError: (34, 'Numerical result out of range')");
  CHECK(repr(binary(Binary::pow, whole(2), whole(64))) == "18446744073709551616");
  CHECK(raised([] { binary(Binary::add, text("a"), whole(1)); }) == "TypeError: can only concatenate str (not \"int\") to str");
  CHECK(raised([] { binary(Binary::add, whole(1), text("a")); }) == "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
  CHECK(raised([] { compare(Compare::lt, whole(1), text("a")); }) == "TypeError: '<' not supported between instances of 'int' and 'str'");
  CHECK(raised([] { call(builtin("int"), {text("x")}); }) == "ValueError: invalid literal for int() with base 10: 'x'");
}

TEST_CASE_FIXTURE(Python, "numbers: equal numbers have equal hashes, and compare exactly") {
  CHECK(hash(whole(5)) == hash(real(5.0)));
  CHECK(hash(whole(1)) == hash(Value::boolean(true)));
  CHECK(repr(call(builtin("hash"), {whole(-1)})) == "-2");
  CHECK(hash(real(0.5)) == 1152921504606846976u);
  CHECK_FALSE(equal(whole((std::int64_t{1} << 53) + 1), real(9007199254740992.0)));
  CHECK(truth(compare(Compare::gt, whole((std::int64_t{1} << 53) + 1), real(9007199254740992.0))));
}

TEST_CASE_FIXTURE(Python, "format specs: follow the mini-language") {
  CHECK(format(real(3.14159), ".2f") == "3.14");
  CHECK(format(real(1234567.891), "15,.2f") == "   1,234,567.89");
  CHECK(format(whole(1234567), "012,") == "0,001,234,567");
  CHECK(format(whole(255), "#06x") == "0x00ff");
  CHECK(format(whole(-5), "^+7") == "  -5   ");
  CHECK(format(real(0.256), ".1%") == "25.6%");
  CHECK(format(real(1e20), "") == "1e+20");
  CHECK(format(real(12345.0), ".3") == "1.23e+04");
  CHECK(format(text("ab"), "*^6.1") == "**a***");
  CHECK(format(Value::boolean(true), "d") == "1");
  CHECK(raised([] { format(real(1), "d"); }) == "ValueError: Unknown format code 'd' for object of type 'float'");
  CHECK(raised([] { format(whole(1), ".2"); }) == "ValueError: Precision not allowed in integer format specifier");
  CHECK(raised([] { format(list({}), "5"); }) == "TypeError: unsupported format string passed to list.__format__");
}

TEST_CASE_FIXTURE(Python, "percent formatting and str.format") {
  CHECK(percent_format("%5.2f|%-4d|%s|%%", tuple({real(3.14159), whole(7), text("x")})) == " 3.14|7   |x|%");
  CHECK(percent_format("%03d", whole(7)) == "007");
  CHECK(raised([] { percent_format("%d %d", whole(1)); }) == "TypeError: not enough arguments for format string");
  CHECK(raised([] { percent_format("%d", text("a")); }) == "TypeError: %d format: a real number is required, not str");
  CHECK(repr(method(text("{0:>{1}}|{0!r}"), "format", {text("a"), whole(4)})) == "\"   a|'a'\"");
  CHECK(raised([] { method(text("{} {}"), "format", {whole(1)}); }) == "IndexError: Replacement index 1 out of range for positional args tuple");
}

TEST_CASE_FIXTURE(Python, "str: counts in code points, quotes as CPython does") {
  const Value word = text("naïve ∇");
  CHECK(length(word) == 7);
  CHECK(str(get_item(word, whole(-1))) == "∇");
  CHECK(str(get_item(word, make<Slice>(Value::none(), Value::none(), whole(-1)))) == "∇ evïan");
  CHECK(repr(method(word, "find", {text("∇")})) == "6");
  CHECK(repr(text("it's")) == "\"it's\"");
  CHECK(repr(text("a\n\t\x01'\"")) == R"('a\n\t\x01\'"')");
  CHECK(repr(method(text("  a b  c "), "split")) == "['a', 'b', 'c']");
  CHECK(repr(method(text("a,b,c"), "rsplit", {text(","), whole(1)})) == "['a,b', 'c']");
  CHECK(raised([] { get_item(text("abc"), whole(3)); }) == "IndexError: string index out of range");
  CHECK(raised([] { method(text(","), "join", {list({text("a"), whole(1)})}); }) == "TypeError: sequence item 1: expected str instance, int found");
}

TEST_CASE_FIXTURE(Python, "list: slices can be assigned and deleted") {
  const Value items = list({whole(0), whole(1), whole(2), whole(3), whole(4)});
  set_item(items, make<Slice>(whole(1), whole(3), Value::none()), list({text("a"), text("b"), text("c")}));
  CHECK(repr(items) == "[0, 'a', 'b', 'c', 3, 4]");
  set_item(items, make<Slice>(Value::none(), Value::none(), whole(2)), Value());
  CHECK(repr(items) == "['a', 'c', 4]");
  CHECK(raised([&] { set_item(items, make<Slice>(Value::none(), Value::none(), whole(2)), list({whole(1)})); }) ==
        "ValueError: attempt to assign sequence of size 1 to extended slice of size 2");
  CHECK(raised([&] { get_item(items, text("a")); }) == "TypeError: list indices must be integers or slices, not str");
  CHECK(raised([&] { get_item(items, whole(3)); }) == "IndexError: list index out of range");
}

TEST_CASE_FIXTURE(Python, "list: shows and survives itself") {
  const Value items = list({whole(1)});
  as<List>(items)->items.push_back(items);
  CHECK(repr(items) == "[1, [...]]");
  const Value other = list({whole(1)});
  as<List>(other)->items.push_back(other);
  CHECK(raised([&] { equal(items, other); }) == "RecursionError: maximum recursion depth exceeded in comparison");
  as<List>(items)->items.clear();
  as<List>(other)->items.clear();
}

TEST_CASE_FIXTURE(Python, "sort: is stable, forwards and backwards") {
  for (const std::size_t size : {2u, 15u, 16u, 17u, 100u, 1000u}) {
    CAPTURE(size);
    std::vector<Value> items;
    std::uint32_t state = 1;
    for (std::size_t n = 0; n < size; ++n) {
      state = state * 1664525 + 1013904223;
      items.push_back(tuple({whole(state >> 28), whole(static_cast<std::int64_t>(n))}));
    }
    const Value first = native("first(pair, /)", [](const Value* p) { return as<Tuple>(p[0])->items[0]; });
    for (const bool reverse : {false, true}) {
      std::vector<Value> sorted = items;
      sort_items(sorted, first, reverse);
      bool good = true;
      for (std::size_t n = 1; n < size; ++n) {
        const auto &a = as<Tuple>(sorted[n - 1])->items, &b = as<Tuple>(sorted[n])->items;
        const std::int64_t x = int_of(a[0]), y = int_of(b[0]);
        good = good && (x == y ? int_of(a[1]) < int_of(b[1]) : (x < y) != reverse);
      }
      CHECK(good);
    }
  }
}

TEST_CASE_FIXTURE(Python, "dict: keeps order, and equal numbers are one key") {
  const Value dict = make<Dict>();
  set_item(dict, text("b"), whole(1));
  set_item(dict, text("a"), whole(2));
  set_item(dict, whole(1), text("one"));
  set_item(dict, real(1.0), text("still one"));
  CHECK(repr(dict) == "{'b': 1, 'a': 2, 1: 'still one'}");
  CHECK(repr(method(dict, "keys")) == "dict_keys(['b', 'a', 1])");
  CHECK(repr(method(dict, "pop", {text("b")})) == "1");
  CHECK(raised([&] { get_item(dict, text("b")); }) == "KeyError: 'b'");
  CHECK(raised([&] { set_item(dict, list({}), whole(1)); }) == "TypeError: unhashable type: 'list'");
}

TEST_CASE_FIXTURE(Python, "set: integers come in CPython's order") {
  CHECK(repr(make_set(list({whole(3), whole(1), whole(2)}), Set::class_type())) == "{1, 2, 3}");
  CHECK(repr(make_set(list({whole(10), whole(5), whole(100), whole(1)}), Set::class_type())) == "{1, 10, 100, 5}");
  CHECK(repr(make_set(list({whole(100), whole(50), whole(2), whole(77), whole(1000), whole(33)}), Set::class_type())) == "{33, 2, 100, 1000, 77, 50}");
}

TEST_CASE_FIXTURE(Python, "random: gives CPython's numbers") {
  const Ref<Module> module = make_standard_module("random");
  const auto draw = [&](std::string_view name, std::initializer_list<Value> arguments = {}) { return repr(method(module, name, arguments)); };
  draw("seed", {whole(42)});
  CHECK(draw("random") == "0.6394267984578837");
  CHECK(draw("random") == "0.025010755222666936");
  CHECK(draw("getrandbits", {whole(40)}) == "267469214295");
  CHECK(draw("randint", {whole(1), whole(6)}) == "2");
  CHECK(draw("choice", {text("abc")}) == "'a'");
  CHECK(draw("gauss", {real(0), real(1)}) == "-0.12758828378288709");
  CHECK(draw("normalvariate", {real(0), real(1)}) == "-0.1380590627428119");
  Value items = list({whole(0), whole(1), whole(2), whole(3), whole(4), whole(5), whole(6), whole(7), whole(8), whole(9)});
  draw("shuffle", {items});
  CHECK(repr(items) == "[2, 5, 7, 8, 6, 1, 4, 0, 9, 3]");
  CHECK(draw("sample", {make<Range>(0, 100, 1), whole(5)}) == "[75, 35, 0, 97, 20]");
  draw("seed", {whole((std::int64_t{1} << 40) + 5)});
  CHECK(draw("random") == "0.5043802970418443");
  draw("seed", {real(0.5)});
  CHECK(draw("random") == "0.2794930785867423");
  reset_builtins();
}

TEST_CASE_FIXTURE(Python, "modules: each name that is listed fills") {
  for (const char* name : {"math", "random", "time", "sys", "itertools", "_functools", "_collections", "collections.abc", "numbers", "operator",
                           "copy", "_typing", "string", "__future__"}) {
    CAPTURE(name);
    const Ref<Module> module = make_standard_module(name);
    REQUIRE(module);
    CHECK(module->dict->count > 2);
  }
  CHECK_FALSE(make_standard_module("numpy"));
}
