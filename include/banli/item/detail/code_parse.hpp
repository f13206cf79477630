// Reading and writing codes of code_scheme.hpp; include that one.
#pragma once

#include <chrono>
#include <utility>

#include <banli/base/utf8.hpp>
#include <banli/item/code_scheme.hpp>

namespace banli {

namespace detail {

inline constexpr std::string_view credit_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// For each byte the classes it belongs to, one bit a class.
inline constexpr std::array<std::uint8_t, 256> classes_of_bytes = [] {
  std::array<std::uint8_t, 256> out{};
  const auto add = [&](std::string_view characters, code_characters of) {
    for (const char c : characters)
      out[static_cast<unsigned char>(c)] |=
          static_cast<std::uint8_t>(1U << static_cast<unsigned>(of));
  };
  constexpr std::string_view digits = "0123456789";
  constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  add(digits, code_characters::digits);
  add(capitals, code_characters::capitals);
  add(digits, code_characters::either);
  add(capitals, code_characters::either);
  add(credit_alphabet, code_characters::credit);
  return out;
}();

constexpr bool is_of(code_characters of, char c) {
  return (classes_of_bytes[static_cast<unsigned char>(c)] >> static_cast<unsigned>(of) & 1U) != 0;
}

inline text name_of(code_characters of) {
  switch (of) {
  case code_characters::digits: return {"a digit", "数字"};
  case code_characters::capitals: return {"a capital letter", "大写字母"};
  case code_characters::either: return {"a digit or a capital letter", "数字或大写字母"};
  case code_characters::credit:
    return {"a digit or a capital letter other than I, O, S, V, Z",
            "数字或大写字母(不含 I、O、S、V、Z)"};
  }
  return {};
}

/// What a character of a credit code counts; 0x80 for one that is none of its alphabet.
inline constexpr std::array<std::uint8_t, 256> credit_values = [] {
  std::array<std::uint8_t, 256> out{};
  out.fill(0x80);
  for (std::size_t i = 0; i < credit_alphabet.size(); ++i)
    out[static_cast<unsigned char>(credit_alphabet[i])] = static_cast<std::uint8_t>(i);
  return out;
}();

/// 3 to the power of the position, modulo 31 (GB 32100-2015, table 3); 1 for the check character.
inline constexpr std::array<std::uint8_t, 18> credit_weights{1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                             29, 25, 13, 8,  24, 10, 30, 28, 1};

inline bool is_credit_text(std::string_view s) {
  unsigned all = 0;
  for (const char c : s) all |= credit_values[static_cast<unsigned char>(c)];
  return all < 0x80;
}

/// What a digit or capital letter adds to the sum at each of the eighteen places, modulo 31; 1,024
/// for a character outside the alphabet, more than all others add up to.
inline constexpr auto credit_shares = [] {
  std::array<std::array<std::uint16_t, 'Z' - '0' + 1>, 18> out{};
  for (std::size_t i = 0; i < out.size(); ++i)
    for (std::size_t c = 0; c < out[i].size(); ++c) {
      const unsigned value = credit_values['0' + c];
      out[i][c] = static_cast<std::uint16_t>(value < 0x80 ? value * credit_weights[i] % 31 : 1024);
    }
  return out;
}();

/// Whether eighteen digits and capital letters end in their check character.
inline bool is_credit_code(std::string_view eighteen) {
  const char* const s = eighteen.data();
  const unsigned sum = [s]<std::size_t... I>(std::index_sequence<I...>) {
    return (0U + ... + credit_shares[I][static_cast<std::size_t>(s[I] - '0')]);
  }(std::make_index_sequence<18>{}); // no loop is left
  return sum < 1024 && sum % 31 == 0;
}

/// Levels: the first is not 0, and below a 0 there are only 0.
inline bool levels_hold(std::string_view part, std::size_t group) {
  std::uint64_t above = 0; // one bit a level, the last level lowest
  std::uint64_t full = 0;
  for (std::size_t i = 0; i < part.size(); i += group) {
    unsigned any = 0;
    for (std::size_t k = i; k < i + group; ++k) any |= static_cast<unsigned>(part[k] ^ '0');
    above = above << 1 | (any != 0 ? 1U : 0U);
    full = full << 1 | 1U;
  }
  const std::uint64_t zeros = full ^ above;
  return above != 0 && (zeros & (zeros + 1)) == 0;
}

inline std::int64_t number_of(std::string_view digits) {
  std::int64_t n = 0;
  for (const char c : digits) n = n * 10 + (c - '0');
  return n;
}

/// Whether eight digits are a day of the calendar, from the year 1.
inline bool is_day(std::string_view s) {
  const auto two = [s](std::size_t at) {
    return static_cast<unsigned>((s[at] - '0') * 10 + (s[at + 1] - '0'));
  };
  const unsigned year = two(0) * 100 + two(2);
  if (two(6) - 1 < 28 && two(4) - 1 < 12) return year > 0;
  return year > 0 &&
         std::chrono::year_month_day{std::chrono::year{static_cast<int>(year)},
                                     std::chrono::month{two(4)}, std::chrono::day{two(6)}}
             .ok();
}

inline bool meets(const code_rule& r, std::string_view part) {
  switch (r.what) {
  case code_demand::credit_code: return is_credit_code(part);
  case code_demand::credit_text: return is_credit_text(part);
  case code_demand::pairs: return levels_hold(part.substr(0, 8), 2); // most areas: no loop is left
  case code_demand::levels: return levels_hold(part, r.group);
  case code_demand::number: return number_of(part) > 0;
  case code_demand::plain_number: return part[0] != '0';
  case code_demand::date: return is_day(part);
  }
  return false;
}

/// A yes or no without words: a code that is refused has to be read again for them, by code_reader.
inline bool read_quickly(const code_scheme& scheme, std::string_view code, parsed_code& out) {
  const code_layout* l = scheme.layouts().of(code.size());
  if (l == nullptr || code.size() > scheme.most_bytes() || !l->holds(code)) return false;
  for (const code_rule& r : l->rules)
    if (!meets(r, {code.data() + r.begin, r.size})) return false;
  out.scheme = &scheme;
  out.code = code;
  out.begin = l->begin;
  out.number = number_of({code.data() + l->number_begin, l->number_size});
  return true;
}

/// Reads one code from left to right, one function a field.
class code_reader {
 public:
  code_reader(const code_scheme& scheme, std::string_view code) : scheme_(scheme), code_(code) {}

  result<parsed_code> run() {
    if (code_.size() > scheme_.most_bytes())
      return make_error(errc::limit_exceeded, "a code of {} bytes, more than {}",
                        "编码有 {} 字节,超过 {}", code_.size(), scheme_.most_bytes());
    result<parsed_code> read{parsed_code{}};
    parsed_code& out = *read;
    out.scheme = &scheme_;
    out.code = code_;
    std::size_t i = 0;
    for (const code_field& f : scheme_.fields()) {
      if (!(f.fixed() ? literal(f) : field(f))) return fail();
      out.begin[++i] = static_cast<std::uint16_t>(at_);
      if (f.meaning == code_meaning::number) out.number = number_;
    }
    if (at_ == code_.size()) return read;
    wrong(at_, {"the end", "编码结尾"});
    return fail();
  }

 private:
  bool wrong(std::size_t byte, text expected) {
    wrong_at_ = byte;
    expected_ = std::move(expected);
    return false;
  }

  error fail() const {
    const int column = static_cast<int>(count_points(code_.substr(0, wrong_at_))) + 1;
    return at(make_error(errc::bad_item_code, "'{}': character {} should be {}",
                         "“{0}”:第 {1} 个字符应为{3}", code_, column, expected_->en, expected_->zh),
              {{}, 0, column});
  }

  bool literal(const code_field& f) {
    const std::string_view want = f.literal;
    if (code_.substr(at_).starts_with(want)) {
      at_ += want.size();
      return true;
    }
    for (std::size_t i = 0; i < want.size();) { // name the first character that differs
      const std::size_t size = decode_any(want, i).size;
      const std::string_view character = want.substr(i, size);
      if (!code_.substr(std::min(at_ + i, code_.size())).starts_with(character))
        return wrong(std::min(at_ + i, code_.size()),
                     {fmt::format("'{}'", character), fmt::format("“{}”", character)});
      i += size;
    }
    return false;
  }

  bool field(const code_field& f) {
    const std::size_t begin = at_;
    const std::size_t end = std::min(begin + static_cast<std::size_t>(f.most), code_.size());
    while (at_ < end && is_of(f.of, code_[at_])) ++at_;
    if (at_ - begin < static_cast<std::size_t>(f.least)) return wrong(at_, name_of(f.of));
    const std::string_view part = code_.substr(begin, at_ - begin);
    if (f.group > 0 && !levels(part, begin, static_cast<std::size_t>(f.group))) return false;
    if (f.checked && !check_character(part, begin)) return false;
    return f.meaning == code_meaning::plain || meaning(f, part, begin);
  }

  bool levels(std::string_view part, std::size_t begin, std::size_t group) {
    if (part.substr(0, group).find_first_not_of('0') == std::string_view::npos)
      return wrong(begin + group - 1, {"above 0: the first level is never 0", "非 0:首级不能为 0"});
    bool ended = false;
    for (std::size_t i = group; i < part.size(); i += group) {
      const std::size_t digit = part.substr(i, group).find_first_not_of('0');
      if (ended && digit != std::string_view::npos)
        return wrong(begin + i + digit, {"0, because the level above it is 0", "0,因为上一级为 0"});
      ended = digit == std::string_view::npos;
    }
    return true;
  }

  bool check_character(std::string_view part, std::size_t begin) {
    const char want = credit_check_character(part.substr(0, 17)).value_or('?');
    if (part[17] == want) return true;
    return wrong(begin + 17,
                 {fmt::format("'{}', the check character", want), fmt::format("校验码“{}”", want)});
  }

  bool meaning(const code_field& f, std::string_view part, std::size_t begin) {
    if (f.meaning == code_meaning::type) return true;
    const bool counts = f.meaning == code_meaning::number;
    if (counts && f.least != f.most && part[0] == '0')
      return wrong(begin, {"a number without a zero before it", "不带前导零的序号"});
    std::int64_t n = 0;
    for (const char c : part) n = n * 10 + (c - '0');
    if (counts) number_ = n;
    if (counts || f.meaning == code_meaning::year)
      return n > 0 || wrong(begin + part.size() - 1, {"above 0", "大于 0 的数字"});
    const auto year = static_cast<int>(n / 10'000);
    const auto month = static_cast<unsigned>(n / 100 % 100);
    if (year < 1) return wrong(begin + 3, {"above 0", "大于 0 的数字"});
    if (month < 1 || month > 12) return wrong(begin + 5, {"of a month, 01 to 12", "月份 01 至 12"});
    const std::chrono::year_month_day day{std::chrono::year{year}, std::chrono::month{month},
                                          std::chrono::day{static_cast<unsigned>(n % 100)}};
    return day.ok() || wrong(begin + 7, {"of a day of that month", "该月的日期"});
  }

  const code_scheme& scheme_;
  std::string_view code_;
  std::size_t at_ = 0;
  std::int64_t number_ = 0;
  std::size_t wrong_at_ = 0;
  std::optional<text> expected_; ///< at the wrong character
};

} // namespace detail

inline std::optional<char> credit_check_character(std::string_view seventeen) {
  if (seventeen.size() != 17 || !detail::is_credit_text(seventeen)) return std::nullopt;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < seventeen.size(); ++i)
    sum +=
        static_cast<std::size_t>(detail::credit_values[static_cast<unsigned char>(seventeen[i])] *
                                 detail::credit_weights[i]);
  return detail::credit_alphabet[(31 - sum % 31) % 31];
}

inline std::string_view parsed_code::part(std::string_view name) const {
  const bool none = scheme == nullptr || name.empty();
  const std::size_t i = none ? code_scheme::most_fields : scheme->field(name);
  return none || i == scheme->fields().size() ? std::string_view{} : part(i);
}

inline result<parsed_code> parse_code(const code_scheme& scheme, std::string_view text) {
  parsed_code read;
  if (detail::read_quickly(scheme, text, read)) return read;
  return detail::code_reader{scheme, text}.run();
}

inline result<parsed_code> parse_code(const code_scheme& scheme, std::string_view text,
                                      const item_type_table& types) {
  result<parsed_code> code = parse_code(scheme, text);
  if (!code || types.find(code->part("type")) != nullptr) return code;
  const std::string_view type = code->part("type");
  const auto before = static_cast<std::size_t>(type.data() - text.data());
  const int column = static_cast<int>(detail::count_points(text.substr(0, before))) + 1;
  return at(types.unknown(type), {{}, 0, column});
}

inline result<std::string> format(const code_scheme& scheme, const code_values& values,
                                  std::int64_t number) {
  std::string out;
  std::size_t used = 0;
  for (const code_field& f : scheme.fields()) {
    if (f.fixed()) {
      out += f.literal;
    } else if (f.meaning == code_meaning::number) {
      if (number < 1 || number > scheme.highest())
        return make_error(errc::code_exhausted, "number {} does not fit: 1 to {}",
                          "序号 {} 超出范围:1 至 {}", number, scheme.highest());
      out += fmt::format("{:0{}}", number, f.least);
    } else {
      const auto value = values.find(f.name);
      if (value == values.end())
        return make_error(errc::missing_field, "the code needs '{}'", "编码缺少“{}”", f.name);
      out += value->second;
      ++used;
    }
  }
  if (used < values.size())
    for (const auto& [name, value] : values)
      if (const std::size_t i = scheme.field(name);
          name.empty() || i == scheme.fields().size() ||
          scheme.fields()[i].meaning == code_meaning::number)
        return make_error(errc::unknown_field, "the code has no field '{}' to be given",
                          "编码没有可填写的字段“{}”", name);
  if (auto read = parse_code(scheme, out); !read) return std::move(read.error());
  return out;
}

} // namespace banli
