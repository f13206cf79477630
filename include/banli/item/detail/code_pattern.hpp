// Reading patterns of code_scheme.hpp, and the built-in schemes; include that one.
#pragma once

#include <algorithm>
#include <array>

#include <banli/base/nearest.hpp>
#include <banli/base/utf8.hpp>
#include <banli/item/code_scheme.hpp>

namespace banli {

namespace detail {

/// Says of each byte of a field what it may be.
inline void lay_out(code_layout& l, const code_field& f, std::size_t begin, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t at = begin + i;
    if (f.fixed()) {
      l.fixed[at] = 0xFF;
      l.text[at] = static_cast<std::uint8_t>(f.literal[i]);
      continue;
    }
    if (f.of != code_characters::capitals) l.digits[at] = 0x80;
    if (f.of != code_characters::digits) l.capitals[at] = 0x80;
  }
}

/// What a field asks of its text beyond the characters.
inline void demand(code_layout& l, const code_field& f, std::size_t begin, std::size_t size) {
  const auto add = [&](code_demand what) {
    l.rules.push_back({what, static_cast<std::uint8_t>(f.group), static_cast<std::uint16_t>(begin),
                       static_cast<std::uint16_t>(size)});
  };
  if (f.of == code_characters::credit)
    add(f.checked ? code_demand::credit_code : code_demand::credit_text);
  if (f.group > 0) add(f.group == 2 && size == 8 ? code_demand::pairs : code_demand::levels);
  if (f.meaning == code_meaning::number || f.meaning == code_meaning::year)
    add(f.least == f.most ? code_demand::number : code_demand::plain_number);
  if (f.meaning == code_meaning::date) add(code_demand::date);
}

/// The layout of codes whose number, if it varies, is `longer` than its shortest.
inline code_layout layout_of(const std::vector<code_field>& fields, std::size_t longer) {
  code_layout l;
  std::size_t at = 0;
  std::size_t i = 0;
  for (const code_field& f : fields) {
    const std::size_t own = f.least == f.most ? 0 : longer;
    const std::size_t size = f.fixed() ? f.literal.size() : static_cast<std::size_t>(f.least) + own;
    l.begin[i++] = static_cast<std::uint16_t>(at);
    lay_out(l, f, at, size);
    demand(l, f, at, size);
    if (f.meaning == code_meaning::number) {
      l.number_begin = static_cast<std::uint16_t>(at);
      l.number_size = static_cast<std::uint16_t>(size);
    }
    at += size;
  }
  l.begin[i] = static_cast<std::uint16_t>(at);
  return l;
}

/// All layouts of a scheme; none where its codes could be longer than a layout.
inline code_layouts lay_out(const std::vector<code_field>& fields) {
  code_layouts out;
  std::size_t varies = 0;
  for (const code_field& f : fields) {
    out.shortest += f.fixed() ? f.literal.size() : static_cast<std::size_t>(f.least);
    varies += static_cast<std::size_t>(f.most - f.least);
  }
  if (out.shortest + varies > code_layout::most_bytes) return out;
  for (std::size_t longer = 0; longer <= varies; ++longer)
    out.by_size.push_back(layout_of(fields, longer));
  return out;
}

} // namespace detail

/// Reads one pattern into the fields of a scheme.
class detail_scheme_reader {
 public:
  detail_scheme_reader(std::string_view pattern, code_scheme& into)
      : pattern_(pattern), scheme_(into) {}

  static result<code_scheme> read(std::string id, text name, std::string_view pattern,
                                  const code_scheme_limits& limits) {
    code_scheme s;
    if (id.empty() || name.en.empty() || name.zh.empty())
      return make_error(errc::missing_field,
                        "a code scheme needs an id and names in both languages",
                        "编码规则应有标识和中英文名称");
    if (pattern.size() > limits.pattern_bytes)
      return make_error(errc::limit_exceeded, "the pattern has more than {} bytes",
                        "编码模式超过 {} 字节", limits.pattern_bytes);
    s.id_ = std::move(id);
    s.name_ = std::move(name);
    s.pattern_ = pattern;
    s.limits_ = limits;
    if (auto wrong = detail_scheme_reader{pattern, s}.run()) return std::move(*wrong);
    s.layouts_ = detail::lay_out(s.fields_);
    return s;
  }

 private:
  using failed = std::optional<error>;

  failed wrong(std::size_t byte, std::string_view en, std::string_view zh) const {
    const auto column = static_cast<int>(detail::count_points(pattern_.substr(0, byte))) + 1;
    return at(make_error(errc::bad_code_scheme, "pattern '{}', character {}: {}",
                         "编码模式“{0}”第 {1} 个字符:{3}", pattern_, column, en, zh),
              {{}, 0, column});
  }

  failed run() {
    if (!detail::is_utf8(pattern_)) return make_error(errc::bad_utf8, "not UTF-8", "不是 UTF-8");
    std::string literal;
    for (at_ = 0; at_ < pattern_.size();) {
      const char c = pattern_[at_];
      const bool doubled = at_ + 1 < pattern_.size() && pattern_[at_ + 1] == c;
      if ((c == '{' || c == '}') && doubled) {
        literal += c;
        at_ += 2;
      } else if (c == '}') {
        return wrong(at_, "'}' without '{'", "“}”没有对应的“{”");
      } else if (c == '{') {
        flush(literal);
        if (auto f = read_field()) return f;
      } else {
        literal += c;
        ++at_;
      }
    }
    flush(literal);
    return judge();
  }

  void flush(std::string& literal) {
    if (literal.empty()) return;
    code_field f;
    f.literal = std::move(literal);
    scheme_.fields_.push_back(std::move(f));
    literal.clear();
  }

  failed read_field() {
    const std::size_t open = at_;
    const std::size_t close = pattern_.find('}', open);
    if (close == std::string_view::npos)
      return wrong(open, "this '{' is never closed", "此“{”没有结束");
    std::string_view inside = pattern_.substr(open + 1, close - open - 1);
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    code_field f;
    f.name = inside.substr(0, colon);
    if (f.name.empty()) return wrong(open + 1, "a field needs a name", "字段应有名称");
    if (scheme_.field(f.name) < scheme_.fields_.size())
      return wrong(open + 1, "this field stands twice", "字段重复");
    f.meaning = meaning_of(f.name);
    at_ = open + 1 + colon;
    if (auto e = colon == inside.size() ? by_name(f, open) : by_text(f, close)) return e;
    at_ = close + 1;
    scheme_.fields_.push_back(std::move(f));
    return std::nullopt;
  }

  static code_meaning meaning_of(std::string_view name) {
    if (name == "n") return code_meaning::number;
    if (name == "year") return code_meaning::year;
    if (name == "date") return code_meaning::date;
    if (name == "type") return code_meaning::type;
    return code_meaning::plain;
  }

  /// A field without a description: only the names that mean something need none.
  failed by_name(code_field& f, std::size_t open) const {
    switch (f.meaning) {
    case code_meaning::number:
      f.least = 1;
      f.most = 9;
      return std::nullopt;
    case code_meaning::year: f.least = f.most = 4; return std::nullopt;
    case code_meaning::date: f.least = f.most = 8; return std::nullopt;
    case code_meaning::type:
      f.of = code_characters::capitals;
      f.least = f.most = 2;
      return std::nullopt;
    case code_meaning::plain: break;
    }
    return wrong(open + 1, "say how long it is: {area:d8}", "应写明长度:{area:d8}");
  }

  failed by_text(code_field& f, std::size_t close) {
    ++at_; // the colon
    constexpr std::string_view classes = "dAXU";
    if (at_ < close && classes.find(pattern_[at_]) != std::string_view::npos)
      f.of = static_cast<code_characters>(classes.find(pattern_[at_++]));
    else if (f.meaning != code_meaning::number)
      return wrong(at_, "expected d, A, X or U", "应为 d、A、X 或 U");
    f.least = f.most = take_number(close);
    if (f.least < 1 || f.least > 40)
      return wrong(at_, "expected a length, 1 to 40", "应为 1 至 40 的长度");
    if (at_ < close && pattern_[at_] == '/') {
      ++at_;
      f.group = take_number(close);
      if (f.group < 1 || f.least % f.group != 0)
        return wrong(at_, "levels must divide the length", "层级长度应能整除字段长度");
    }
    if (at_ < close && pattern_[at_] == '!') {
      ++at_;
      f.checked = true;
      if (f.of != code_characters::credit || f.least != 18)
        return wrong(at_ - 1, "a check character ends U18", "校验码只用于 U18");
    }
    if (at_ != close) return wrong(at_, "expected '}'", "应为“}”");
    return standing(f, close);
  }

  /// What the names that mean something must look like.
  failed standing(const code_field& f, std::size_t close) const {
    const bool digits = f.of == code_characters::digits;
    if (f.meaning == code_meaning::number && (!digits || f.least > 9 || f.group > 0))
      return wrong(close, "a number has 1 to 9 digits", "序号应为 1 至 9 位数字");
    if (f.meaning == code_meaning::year && (!digits || f.least != 4))
      return wrong(close, "a year has 4 digits", "年份应为 4 位数字");
    if (f.meaning == code_meaning::date && (!digits || f.least != 8))
      return wrong(close, "a date has 8 digits", "日期应为 8 位数字");
    return std::nullopt;
  }

  int take_number(std::size_t close) {
    int n = 0;
    for (; at_ < close && pattern_[at_] >= '0' && pattern_[at_] <= '9' && n < 1000; ++at_)
      n = n * 10 + (pattern_[at_] - '0');
    return n;
  }

  /// A pattern as a whole: not too long, and every code can be read in one way only.
  failed judge() const {
    const auto& all = scheme_.fields_;
    if (all.size() > code_scheme::most_fields) return wrong(0, "too many fields", "字段过多");
    if (std::ranges::all_of(all, &code_field::fixed))
      return wrong(0, "a scheme needs a field", "编码规则应至少有一个字段");
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      if (all[i].least == all[i].most) continue;
      const code_field& after = all[i + 1];
      const bool digit_follows = after.fixed() ? after.literal[0] >= '0' && after.literal[0] <= '9'
                                               : after.of != code_characters::capitals;
      if (digit_follows)
        return wrong(pattern_.size(), "a digit must not follow a number of any length",
                     "不定长的序号之后不能是数字");
    }
    return std::nullopt;
  }

  std::string_view pattern_;
  code_scheme& scheme_;
  std::size_t at_ = 0;
};

inline result<code_scheme> code_scheme::build(std::string id, text name, std::string_view pattern,
                                              const code_scheme_limits& limits) {
  return detail_scheme_reader::read(std::move(id), std::move(name), pattern, limits);
}

inline std::size_t code_scheme::field(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &code_field::name);
  return static_cast<std::size_t>(found - fields_.begin());
}

inline std::int64_t code_scheme::highest() const {
  const std::size_t n = field("n");
  if (n == fields_.size()) return 0;
  std::int64_t above = 1;
  for (int i = 0; i < fields_[n].most; ++i) above *= 10;
  return above - 1;
}

namespace detail {

enum class scheme_place : std::uint8_t {
  county,
  county_letters,
  credit_code,
  national_base,
  national_item,
  national_handling,
  national_case,
  application,
  case_number,
  index_number,
  form_number,
  document_number
};

struct scheme_line {
  std::string_view id, en, zh, pattern;
};

inline constexpr auto scheme_lines = std::to_array<scheme_line>({
    {"county", "item code 10-2-4", "政务服务事项编码",
     "{area:d8/2}{department:A2}-{type:A2}-{n:4}"},
    {"county_letters", "item code 10-2-4, letters in the area", "事项编码(区划可用字母)",
     "{area:X8}{department:A2}-{type:A2}-{n:4}"},
    {"credit_code", "unified social credit code", "统一社会信用代码", "{body:U18!}"},
    {"national_base", "national base code", "基本编码",
     "{region:d2}{type:d2}{sector:d2}{n:3}{sub:d3}"},
    {"national_item", "national implementation code", "实施编码",
     "{body:U18!}{level:d1}{region:d2}{type:d2}{sector:d2}{n:3}{sub:d3}"},
    {"national_handling", "national code of a handling item", "业务办理项编码",
     "{body:U18!}{level:d1}{region:d2}{type:d2}{sector:d2}{main:d3}{sub:d3}{n:2}"},
    {"national_case", "national case number", "办件流水号",
     "{body:U18!}{level:d1}{region:d2}{type:d2}{sector:d2}{main:d3}{sub:d3}{date}{n:4}"},
    {"application", "application number", "申请编号", "SQ{area:d8/2}-{date}-{n:4}"},
    {"case_number", "case number", "办件编号", "{department:A2}-{year}-{n:6}"},
    {"index_number", "index number of disclosed information", "索引号", "{body:X9}/{year}-{n:5}"},
    {"form_number", "form number", "表格编号",
     "{area:d8/2}{department:A2}-{type:A2}-{item:d4}-B{n:2}"},
    {"document_number", "document number", "文号", "深审核准({year}){n}号"},
});

inline const std::vector<code_scheme>& schemes() {
  static const std::vector<code_scheme> all = [] {
    std::vector<code_scheme> out;
    for (const scheme_line& l : scheme_lines)
      out.push_back(
          code_scheme::build(std::string{l.id}, {std::string{l.en}, std::string{l.zh}}, l.pattern)
              .value());
    return out;
  }();
  return all;
}

inline const code_scheme& scheme_at(scheme_place p) {
  return schemes()[static_cast<std::size_t>(p)];
}

} // namespace detail

inline std::span<const code_scheme> code_scheme::built_in() { return detail::schemes(); }

inline result<const code_scheme*> code_scheme::find(std::string_view id) {
  std::vector<std::string_view> known;
  for (const code_scheme& s : built_in()) {
    if (s.id() == id) return &s;
    known.push_back(s.id());
  }
  return with_hint(
      make_error(errc::unknown_value, "there is no code scheme '{}'", "没有编码规则“{}”", id),
      suggestion(id, known));
}

inline const code_scheme& code_scheme::county() {
  return detail::scheme_at(detail::scheme_place::county);
}
inline const code_scheme& code_scheme::county_letters() {
  return detail::scheme_at(detail::scheme_place::county_letters);
}
inline const code_scheme& code_scheme::credit_code() {
  return detail::scheme_at(detail::scheme_place::credit_code);
}
inline const code_scheme& code_scheme::national_base() {
  return detail::scheme_at(detail::scheme_place::national_base);
}
inline const code_scheme& code_scheme::national_item() {
  return detail::scheme_at(detail::scheme_place::national_item);
}
inline const code_scheme& code_scheme::national_handling() {
  return detail::scheme_at(detail::scheme_place::national_handling);
}
inline const code_scheme& code_scheme::national_case() {
  return detail::scheme_at(detail::scheme_place::national_case);
}
inline const code_scheme& code_scheme::application() {
  return detail::scheme_at(detail::scheme_place::application);
}
inline const code_scheme& code_scheme::case_number() {
  return detail::scheme_at(detail::scheme_place::case_number);
}
inline const code_scheme& code_scheme::index_number() {
  return detail::scheme_at(detail::scheme_place::index_number);
}
inline const code_scheme& code_scheme::form_number() {
  return detail::scheme_at(detail::scheme_place::form_number);
}
inline const code_scheme& code_scheme::document_number() {
  return detail::scheme_at(detail::scheme_place::document_number);
}

} // namespace banli
