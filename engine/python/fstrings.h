// What CPython 3.11 does not take in f-strings, where the expressions in their braces are read from the string's own text: no backslash, no
// comment and no quote of the string's own in them, which newer Pythons allow.
#pragma once
#include "python/tokens.h"

namespace nabla {

/// The first f-string among the tokens that CPython refuses, in its words; `string` is the index of its token. With `parse`, its expressions
/// are parsed too (for a text that does not parse as a whole); else only those that could hide something.
bool check_fstrings(const std::vector<Lexeme>& tokens, bool parse, SyntaxProblem& problem, std::size_t& string);

/// Where in the text an f-string's format begins with "=", as in {x:=^40}: the parser takes that ":=" for the one of (name := value).
std::vector<const char*> formats_with_equals(const std::vector<Lexeme>& tokens);

}  // namespace nabla
