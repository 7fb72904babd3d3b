// UTF-8 and what is asked of characters: letters, digits, spaces, case. Exact for Latin, Greek and Cyrillic; of the other scripts
// it knows which are letters, in whole blocks.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace nabla {

/// The code point at text[at]; `at` moves past it. A broken byte gives itself.
char32_t decode(std::string_view text, std::size_t& at) noexcept;
void append_utf8(std::string& out, char32_t c);
/// The byte offset of the n-th code point.
std::size_t offset_of(std::string_view text, std::int64_t n) noexcept;
std::int64_t count_code_points(std::string_view text) noexcept;

bool is_space(char32_t c) noexcept;
bool is_digit(char32_t c) noexcept;
bool is_letter(char32_t c) noexcept;
bool is_upper(char32_t c) noexcept;
bool is_lower(char32_t c) noexcept;
/// False for what repr() must escape: controls, separators but the space, private and unassigned planes.
bool is_printable(char32_t c) noexcept;
char32_t to_upper(char32_t c) noexcept;
char32_t to_lower(char32_t c) noexcept;

/// Without white space at both ends.
std::string_view trimmed(std::string_view text) noexcept;

}  // namespace nabla
