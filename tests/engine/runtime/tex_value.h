// Reads the right side of a rule's line (LaTeX with numbers in it) as the number that it says: sums, products side by side, powers, \frac,
// \sqrt, \max, \min, |.|, sign and cases. Fails the test where it meets anything else.
#pragma once
#include <doctest/doctest.h>

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tex {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  double all() {
    const double out = sum();
    CHECK_MESSAGE(next().empty(), "left over: ", std::string(rest_));
    return out;
  }

 private:
  /// What comes next: a command, or one character.
  std::string_view next() {
    while (!rest_.empty() && rest_[0] == ' ') rest_.remove_prefix(1);
    std::size_t length = rest_.empty() ? 0 : 1;
    if (length && rest_[0] == '\\') {
      while (length < rest_.size() && std::isalpha(static_cast<unsigned char>(rest_[length]))) ++length;
      if (length == 1 && rest_.size() > 1) length = 2;
    }
    return rest_.substr(0, length);
  }
  bool take(std::string_view text) {
    next();
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  void need(std::string_view text) { CHECK_MESSAGE(take(text), "expected ", std::string(text), " before ", std::string(rest_)); }
  double within(std::string_view open, std::string_view close) {
    need(open);
    const double out = sum();
    need(close);
    return out;
  }
  double sum() {
    double out = product();
    for (;;) {
      if (take("+")) out += product();
      else if (take("-")) out -= product();
      else return out;
    }
  }
  bool begins_factor() {
    const std::string_view token = next();
    if (token == "|") return !in_bars_;
    return !token.empty() && (std::isdigit(static_cast<unsigned char>(token[0])) || token == "(" || token == "\\frac" || token == "\\sqrt" || token == "\\cdot");
  }
  double product() {
    if (take("-")) return -product();
    double out = power();
    while (begins_factor()) {
      take("\\cdot");
      out *= power();
    }
    return out;
  }
  double power() {
    const double base = atom();
    if (!take("^")) return base;
    return std::pow(base, next() == "{" ? within("{", "}") : atom());
  }
  double atom() {
    const auto pair = [&](auto f) {
      need("(");
      const double a = sum();
      need(",");
      const double b = sum();
      need(")");
      return f(a, b);
    };
    if (next() == "(") return within("(", ")");
    if (next() == "|") {
      in_bars_ = true;
      need("|");
      const double out = sum();
      in_bars_ = false;
      need("|");
      return std::fabs(out);
    }
    if (take("\\frac")) {
      const double above = within("{", "}");
      return above / within("{", "}");
    }
    if (take("\\sqrt")) return std::sqrt(within("{", "}"));
    if (take("\\max")) return pair([](double a, double b) { return a < b ? b : a; });
    if (take("\\min")) return pair([](double a, double b) { return b < a ? b : a; });
    if (take("\\operatorname{sign}")) {
      const double x = within("(", ")");
      return (x > 0) - (x < 0);
    }
    if (take("\\begin{cases}")) return cases();
    next();
    const std::string text(rest_);
    char* end = nullptr;
    const double out = std::strtod(text.c_str(), &end);
    CHECK_MESSAGE(end != text.c_str(), "no number at ", text);
    rest_.remove_prefix(static_cast<std::size_t>(end - text.c_str()));
    return out;
  }
  double cases() {
    double out = 0;
    for (bool found = false; !take("\\end{cases}");) {
      const double value = sum();
      need("&");
      bool holds = take("\\text{else}");
      if (!holds) {
        const double left = sum();
        const bool greater = take("\\gt");
        if (!greater) need("\\lt");
        const double right = sum();
        holds = greater ? left > right : left < right;
      }
      take("\\\\");
      if (holds && !found) out = value, found = true;
    }
    return out;
  }

  std::string_view rest_;
  bool in_bars_ = false;
};

inline double value(std::string_view text) { return Reader(text).all(); }

}  // namespace tex
