// Part of mistakes.cpp: what is wrong inside one logical line, as its tokens show it.
#pragma once
#include "python/tokens.h"

namespace nabla {

/// Is the word one of these, with spaces between them?
bool one_of(std::string_view word, std::string_view words);
/// Does the word begin a statement with a block?
bool is_header(std::string_view word);
/// Does the logical line of tokens begin..end break off, so that the parser may have gone on with the next?
bool breaks_off(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end);
/// The first mistake in tokens begin..end, a logical line, or the end of a header without its colon. `never_closed`: the text ends inside a
/// bracket.
bool check_line(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end, bool never_closed, SyntaxProblem& problem);

}  // namespace nabla
