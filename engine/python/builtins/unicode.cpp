// UTF-8 decoding, and character classes by ranges.
#include "python/builtins/unicode.h"

namespace nabla {

char32_t decode(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (size == 1 || at + size > text.size()) return byte(at++);
  char32_t c = lead & (0xFF >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) c = c << 6 | (byte(at + i) & 0x3F);
  at += size;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  out += static_cast<char>((0xFF00 >> (tails + 1) & 0xFF) | c >> (6 * tails));
  for (int i = tails - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
}

namespace {
bool starts_code_point(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }
}  // namespace

std::size_t offset_of(std::string_view text, std::int64_t n) noexcept {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if (starts_code_point(text[at]) && n-- == 0) break;
  return at;
}

std::int64_t count_code_points(std::string_view text) noexcept {
  std::int64_t count = 0;
  for (const char c : text) count += starts_code_point(c);
  return count;
}

// ----------------------------------------------------------------------------------------------------------- classes

namespace {

struct Block {
  char32_t first, last;
};
template <std::size_t n>
bool within(const Block (&blocks)[n], char32_t c) noexcept {
  for (const Block& block : blocks)
    if (c >= block.first && c <= block.last) return true;
  return false;
}

constexpr Block kLetters[] = {
    {0xAA, 0xAA},       {0xB5, 0xB5},       {0xBA, 0xBA},       {0xC0, 0xD6},       {0xD8, 0xF6},       {0xF8, 0x2C1},
    {0x370, 0x374},     {0x376, 0x377},     {0x37A, 0x37D},     {0x37F, 0x37F},     {0x386, 0x386},     {0x388, 0x3F5},
    {0x3F7, 0x481},     {0x48A, 0x52F},     {0x531, 0x556},     {0x561, 0x587},     {0x5D0, 0x5EA},     {0x620, 0x64A},
    {0x671, 0x6D3},     {0x904, 0x939},     {0xE01, 0xE30},     {0x10A0, 0x10FF},   {0x1100, 0x11FF},   {0x1E00, 0x1FBC},
    {0x1FC2, 0x1FCC},   {0x1FD0, 0x1FDB},   {0x1FE0, 0x1FEC},   {0x1FF2, 0x1FFC},   {0x2071, 0x2071},   {0x207F, 0x207F},
    {0x2090, 0x209C},   {0x2102, 0x2102},   {0x210A, 0x2113},   {0x2115, 0x2115},   {0x2119, 0x211D},   {0x2124, 0x2139},
    {0x3005, 0x3006},   {0x3031, 0x3035},   {0x3041, 0x3096},   {0x309D, 0x309F},   {0x30A1, 0x30FA},   {0x30FC, 0x30FF},
    {0x3105, 0x312F},   {0x3131, 0x318E},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA48C},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAD9},   {0xFF21, 0xFF3A},   {0xFF41, 0xFF5A},   {0xFF66, 0xFFBE},   {0x1D400, 0x1D7CB}, {0x20000, 0x2FA1D}};

constexpr Block kSpaces[] = {{0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
                             {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};

constexpr Block kUnprintable[] = {{0x00, 0x1F},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x378, 0x379},     {0x600, 0x605},
                                  {0x61C, 0x61C},   {0x6DD, 0x6DD},   {0x70F, 0x70F},   {0x1680, 0x1680},   {0x180E, 0x180E},
                                  {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000},   {0xD800, 0xF8FF},
                                  {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0x10FFFF}};

/// Scripts whose upper and lower letters alternate: an even code point is upper (or odd, from `odd` on).
constexpr Block kEvenUpper[] = {{0x100, 0x137}, {0x14A, 0x177}, {0x1DE, 0x1EF}, {0x1F8, 0x21F}, {0x222, 0x233},
                                {0x370, 0x373}, {0x3D8, 0x3EF}, {0x460, 0x481}, {0x48A, 0x4BF}, {0x4D0, 0x52F},
                                {0x1E00, 0x1E95}, {0x1EA0, 0x1EFF}};
constexpr Block kOddUpper[] = {{0x139, 0x148}, {0x179, 0x17E}, {0x1CD, 0x1DC}, {0x4C1, 0x4CE}};

}  // namespace

bool is_space(char32_t c) noexcept { return c < 0x80 ? c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F) : within(kSpaces, c); }
bool is_digit(char32_t c) noexcept {
  return (c >= '0' && c <= '9') || c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ||
         (c >= 0x2080 && c <= 0x2089) || (c >= 0x660 && c <= 0x669) || (c >= 0x966 && c <= 0x96F) || (c >= 0xFF10 && c <= 0xFF19);
}
bool is_letter(char32_t c) noexcept {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  return within(kLetters, c);
}
bool is_printable(char32_t c) noexcept { return c >= 0x20 && c < 0x7F ? true : !within(kUnprintable, c); }

char32_t to_lower(char32_t c) noexcept {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB && c != 0x3A2) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c == 0x386) return 0x3AC;
  if (c >= 0x388 && c <= 0x38A) return c + 37;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 63;
  if (c == 0x130) return 'i';
  if (c == 0x178) return 0xFF;
  if (c == 0x4C0) return 0x4CF;
  if (c >= 0x531 && c <= 0x556) return c + 48;
  if (c >= 0xFF21 && c <= 0xFF3A) return c + 32;
  if (within(kEvenUpper, c)) return c | 1;
  if (within(kOddUpper, c)) return c & 1 ? c + 1 : c;
  return c;
}

char32_t to_upper(char32_t c) noexcept {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  if ((c >= 0xE0 && c <= 0xFE && c != 0xF7) || (c >= 0x3B1 && c <= 0x3CB && c != 0x3C2) || (c >= 0x430 && c <= 0x44F)) return c - 32;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  if (c == 0x3C2) return 0x3A3;
  if (c == 0x3AC) return 0x386;
  if (c >= 0x3AD && c <= 0x3AF) return c - 37;
  if (c == 0x3CC) return 0x38C;
  if (c == 0x3CD || c == 0x3CE) return c - 63;
  if (c == 0xB5) return 0x39C;
  if (c == 0xFF) return 0x178;
  if (c == 0x131) return 'I';
  if (c == 0x17F) return 'S';
  if (c == 0x4CF) return 0x4C0;
  if (c >= 0x561 && c <= 0x586) return c - 48;
  if (c >= 0xFF41 && c <= 0xFF5A) return c - 32;
  if (within(kEvenUpper, c)) return c & ~char32_t{1};
  if (within(kOddUpper, c)) return c & 1 ? c : c - 1;
  return c;
}

bool is_upper(char32_t c) noexcept { return to_lower(c) != c; }
bool is_lower(char32_t c) noexcept { return to_upper(c) != c || c == 0xDF || c == 0xAA || c == 0xBA; }

std::string_view trimmed(std::string_view text) noexcept {
  std::size_t first = 0;
  for (std::size_t at = 0; at < text.size() && is_space(decode(text, at));) first = at;
  text.remove_prefix(first);
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && !starts_code_point(text[last])) --last;
    std::size_t at = last;
    if (!is_space(decode(text, at))) break;
    text = text.substr(0, last);
  }
  return text;
}

}  // namespace nabla
