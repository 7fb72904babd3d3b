// A JSON reader for the tests: reads the trace back, and fails the test when it is not JSON.
#pragma once
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json {

struct Value {
  enum class Kind { null, boolean, number, text, array, object } kind = Kind::null;
  double number = 0;  // of a boolean 0 or 1
  std::string text;
  std::vector<Value> items;
  std::vector<std::string> keys;  // of an object, one for each item

  bool is_null() const { return kind == Kind::null; }
  bool is_true() const { return kind == Kind::boolean && number == 1; }
  std::size_t size() const { return items.size(); }
  const Value& operator[](std::size_t i) const {
    REQUIRE(i < items.size());
    return items[i];
  }
  const Value& operator[](int i) const { return (*this)[static_cast<std::size_t>(i)]; }
  const Value& operator[](std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == key) return items[i];
    }
    FAIL("no member ", key);
    return *this;
  }
  /// The first element whose member `key` is this text, or a list that ends in it.
  const Value* find(std::string_view key, std::string_view wanted) const {
    for (const Value& item : items) {
      const Value& member = item[key];
      if (member.text == wanted || (member.size() && member.items.back().text == wanted)) return &item;
    }
    return nullptr;
  }
  std::vector<double> numbers() const {
    std::vector<double> out;
    for (const Value& item : items) out.push_back(item.number);
    return out;
  }
};

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  Value read() {
    Value out;
    const char c = peek();
    if (c == '{' || c == '[') {
      const char close = c == '{' ? '}' : ']';
      out.kind = c == '{' ? Value::Kind::object : Value::Kind::array;
      next();
      for (bool first = true; peek() != close; first = false) {
        if (!first) expect(',');
        if (c == '{') {
          out.keys.push_back(read_text());
          expect(':');
        }
        out.items.push_back(read());
      }
      next();
    } else if (c == '"') {
      out.kind = Value::Kind::text;
      out.text = read_text();
    } else if (take("null")) {
    } else if (take("true")) {
      out.kind = Value::Kind::boolean;
      out.number = 1;
    } else if (take("false")) {
      out.kind = Value::Kind::boolean;
    } else {
      out.kind = Value::Kind::number;
      char* end = nullptr;
      const std::string digits(rest_.substr(0, 40));
      out.number = std::strtod(digits.c_str(), &end);
      REQUIRE(end != digits.c_str());
      rest_.remove_prefix(static_cast<std::size_t>(end - digits.c_str()));
    }
    return out;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  char peek() const {
    REQUIRE(!rest_.empty());
    return rest_[0];
  }
  char next() {
    const char c = peek();
    rest_.remove_prefix(1);
    return c;
  }
  void expect(char c) { REQUIRE(next() == c); }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  std::string read_text() {
    std::string out;
    expect('"');
    for (char c = next(); c != '"'; c = next()) {
      REQUIRE(static_cast<unsigned char>(c) >= 0x20);
      if (c != '\\') {
        out += c;
        continue;
      }
      switch (const char escaped = next()) {
        case 'n': out += '\n'; break;
        case 't': out += '\t'; break;
        case 'r': out += '\r'; break;
        case 'u':
          out += static_cast<char>(std::strtol(std::string(rest_.substr(0, 4)).c_str(), nullptr, 16));
          rest_.remove_prefix(4);
          break;
        default: out += escaped;
      }
    }
    return out;
  }

  std::string_view rest_;
};

inline Value parse(std::string_view text) {
  Reader reader(text);
  Value value = reader.read();
  REQUIRE(reader.at_end());
  return value;
}

}  // namespace json
