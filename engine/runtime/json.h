// A JSON writer: values, members and elements in order, commas set by itself. Numbers as the trace has them: short, and with names
// for what JSON has no word for.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace nabla {

class Json {
 public:
  Json& begin_object() { return open('{'); }
  Json& end_object() { return close('}'); }
  Json& begin_array() { return open('['); }
  Json& end_array() { return close(']'); }

  Json& key(std::string_view name);
  /// UTF-8; what is not valid becomes U+FFFD.
  Json& text(std::string_view utf8);
  Json& boolean(bool b);
  Json& null();
  Json& integer(std::int64_t i);
  /// The shortest digits that read back the same; "nan", "inf", "-inf" as strings.
  Json& number(double x);
  /// The same, with only the digits that a float32 has.
  Json& number(float x);

  // key and value in one
  Json& member(std::string_view name, std::string_view utf8) { return key(name).text(utf8); }
  Json& member(std::string_view name, const char* utf8) { return key(name).text(utf8); }
  Json& member(std::string_view name, std::integral auto i) {
    if constexpr (std::same_as<decltype(i), bool>) return key(name).boolean(i);
    else return key(name).integer(static_cast<std::int64_t>(i));
  }

  std::string take() { return std::move(out_); }

 private:
  Json& open(char bracket);
  Json& close(char bracket);
  void separate();
  Json& digits(std::string text);

  std::string out_;
  bool first_ = true;  // nothing stands yet in the innermost object or array
};

}  // namespace nabla
