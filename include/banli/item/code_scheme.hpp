// code_scheme.hpp — how codes and numbers are built up, as data.
//
// Every authority has its own: the county counts licences as 62052400MZ-XK-0001, the national
// platform with 31 characters, an office its letters as 深审核准(2024)12号. A scheme is one line:
//
//   auto s = code_scheme::build("letters", {"letters", "核准文号"}, "深审核准({year}){n}号");
//   format(*s, {{"year", "2024"}}, 12);            // 深审核准(2024)12号
//   parse_code(*s, "深审核准(2024)12号")->number;    // 12
//   next_code(*s, used, {{"year", "2024"}});       // 深审核准(2024)13号
//
// A pattern is text with fields in braces, {name:class length rules}; {{ and }} are braces.
//
//   class    d digits, A capital letters, X either, U the characters of a credit code (no I O S V
//   Z) length   d8 is eight characters; {n} without a length is a number of 1 to 9 digits, no zeros
//            before it; {n:4} is padded with zeros to four
//   rules    /2: levels of two digits, below a 00 only 00 (62050000, not 62050001)
//            !: the last character is the check character of GB 32100, of eighteen
//
// Four names mean something: n is the number that counts, from 1; year is four digits; date is
// eight that are a day of the calendar; type is the type of the item. The fields before {type} are
// together the body.
//
// Numbers count per value of all other fields: per body and type, per year. The next is one above
// the highest ever used; gaps stay, because a code once given belongs to its item even when that is
// void. Past the last (9999 of four digits) nothing is allocated: code_exhausted.
//
// The hard case is the national code. Implementation codes have 31 characters, and 33 with the
// handling item; that is all our sources say of them. Its standard (GB/T 39554.1-2020) is not
// freely published. That the first eighteen are the credit code of the body can be checked, by its
// check character. The rest of the layout is a reading of codes in public use and no rule we could
// look up: 12441500196720244T 3 442199806003 is taken as body, level and base code, and the base
// code 44 21 99 806 003 as region, type, sector, main item, sub-item; 43 characters of a case as
// code, day and number. So are the layouts of application, case, index and form numbers, of which
// the sources only say that there are such numbers: those here are ours. Whoever needs another
// layout writes another pattern.
//
// Sources: seed 001 附录1 (10-2-4); GB 32100-2015 (check character, checked on codes in use).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/item/detail/code_layout.hpp>
#include <banli/item/item_type.hpp>

namespace banli {

/// Which characters a field is made of.
enum class code_characters : std::uint8_t { digits, capitals, either, credit };

/// What a field means, by its name.
enum class code_meaning : std::uint8_t { plain, number, year, date, type };

/// One field of a scheme, or the fixed text between fields.
struct code_field {
  std::string name;    ///< empty for fixed text
  std::string literal; ///< the fixed text
  code_characters of = code_characters::digits;
  code_meaning meaning = code_meaning::plain;
  int least = 0;        ///< characters
  int most = 0;         ///< more than `least` for an unpadded number only
  int group = 0;        ///< characters in a level; 0: no levels
  bool checked = false; ///< ends in the check character of GB 32100

  bool fixed() const { return name.empty(); }
  friend bool operator==(const code_field&, const code_field&) = default;
};

struct code_scheme_limits {
  std::size_t pattern_bytes = 1'000;
  std::size_t code_bytes = 400;

  friend bool operator==(const code_scheme_limits&, const code_scheme_limits&) = default;
};

/// How codes of one kind are built up.
class code_scheme {
 public:
  static constexpr std::size_t most_fields = detail::code_layout::most_parts; ///< with fixed text

  /// A scheme of a pattern. Errors: bad_code_scheme, with the column of the pattern; missing_field
  /// without a name; limit_exceeded.
  static result<code_scheme> build(std::string id, text name, std::string_view pattern,
                                   const code_scheme_limits& limits = {});

  static const code_scheme& county();            ///< 62052400MZ-XK-0001 (10-2-4)
  static const code_scheme& county_letters();    ///< JS000000JT-XK-1030: letters in the area
  static const code_scheme& credit_code();       ///< 12441500196720244T (GB 32100)
  static const code_scheme& national_base();     ///< 442199806003 (12)
  static const code_scheme& national_item();     ///< credit code, level, base code (31)
  static const code_scheme& national_handling(); ///< and the handling item (33)
  static const code_scheme& national_case();     ///< code of 31, date, number of the day (43)
  static const code_scheme& application();       ///< 申请编号 SQ62052400-20240902-0001
  static const code_scheme& case_number();       ///< 办件编号 MZ-2024-000001
  static const code_scheme& index_number();      ///< 索引号 000014349/2024-00012
  static const code_scheme& form_number();       ///< 表格编号 62052400MZ-XK-0001-B01
  static const code_scheme& document_number();   ///< 文号 深审核准(2024)12号

  /// All of them, in this order.
  static std::span<const code_scheme> built_in();
  /// One of them by its id ("county", "national_item" …). Errors: unknown_value, with the nearest.
  static result<const code_scheme*> find(std::string_view id);

  const std::string& id() const { return id_; }
  const text& name() const { return name_; }
  const std::string& pattern() const { return pattern_; }
  std::span<const code_field> fields() const { return fields_; }
  /// Position of the field of a name; fields().size() if there is none.
  std::size_t field(std::string_view name) const;
  std::size_t most_bytes() const { return limits_.code_bytes; }
  /// The highest number that fits: 9999 for {n:4}; 0 for a scheme that does not count.
  std::int64_t highest() const;
  /// What parse_code() tries first.
  const detail::code_layouts& layouts() const { return layouts_; }

  friend bool operator==(const code_scheme&, const code_scheme&) = default;

 private:
  code_scheme() = default;
  friend class detail_scheme_reader;

  std::string id_;
  text name_;
  std::string pattern_;
  std::vector<code_field> fields_;
  code_scheme_limits limits_;
  detail::code_layouts layouts_;
};

/// A code taken apart. It points into the text and the scheme it was read with.
struct parsed_code {
  const code_scheme* scheme = nullptr;
  std::string_view code;
  std::array<std::uint16_t, code_scheme::most_fields + 1> begin{}; ///< of each field, and the end
  std::int64_t number = 0; ///< of the field n; 0 where there is none

  /// The text of a field, fixed text too, by its position among the fields of the scheme.
  std::string_view part(std::size_t field) const {
    return code.substr(begin[field], static_cast<std::size_t>(begin[field + 1] - begin[field]));
  }
  /// The text of a field; empty for an unknown name.
  std::string_view part(std::string_view name) const;
};

/// Values of fields by their names; fixed text and the number are not among them.
using code_values = std::map<std::string, std::string, std::less<>>;

/// Reads a code. Errors: bad_item_code, its column being the first wrong character counted in
/// characters, from 1 (for a wrong check character, that one); limit_exceeded.
result<parsed_code> parse_code(const code_scheme& scheme, std::string_view text);

/// The same, and the type must be one of the table. Errors: unknown_value besides.
result<parsed_code> parse_code(const code_scheme& scheme, std::string_view text,
                               const item_type_table& types);

/// Writes a code; the number is for the field n and 0 for a scheme without. Errors: missing_field,
/// unknown_field, code_exhausted (the number does not fit) and those of parse_code: what is written
/// can be read.
result<std::string> format(const code_scheme& scheme, const code_values& values,
                           std::int64_t number);

/// The check character of the first seventeen characters of a credit code; nothing where they are
/// not of its alphabet.
std::optional<char> credit_check_character(std::string_view seventeen);

/// What to do with numbers below the highest that nobody has.
enum class code_gaps : std::uint8_t {
  leave, ///< a code belongs to its item for ever (the rule)
  fill,  ///< the lowest free number: for drafts, whose numbers were never published
};

/// Hands out numbers per value of all other fields. Codes of other schemes may be among the used
/// ones; they are passed over, for they can never be met.
class code_allocator {
 public:
  /// `scheme` must outlive the allocator. Duplicates among `used` do no harm.
  explicit code_allocator(const code_scheme& scheme, code_gaps gaps = code_gaps::leave)
      : scheme_(&scheme), gaps_(gaps) {}

  /// Marks a code as used; false if it is none of the scheme.
  bool use(std::string_view code);
  /// The next code, which is used from now on. Errors: code_exhausted; bad_value if the scheme does
  /// not count; those of format().
  result<std::string> next(const code_values& values);

 private:
  struct counter {
    std::int64_t highest = 0;
    std::map<std::int64_t, std::int64_t> taken; ///< runs of used numbers, first -> last; for fill
  };
  void take(counter& c, std::int64_t number) const;
  std::int64_t free_in(const counter& c) const;

  const code_scheme* scheme_;
  code_gaps gaps_;
  std::unordered_map<std::string, counter> counters_; ///< by the code with its number left out
};

/// The code after all used ones. Errors as of code_allocator::next.
result<std::string> next_code(const code_scheme& scheme, std::span<const std::string> used,
                              const code_values& values, code_gaps gaps = code_gaps::leave);

/// Whose item gets a code, and of which type.
struct code_owner {
  std::string_view body; ///< 62052400MZ: the fields before the type, together
  std::string_view type; ///< XK
};

/// The same for a scheme with a type: the body is taken apart by the scheme. Errors besides:
/// bad_item_code where it does not fit the fields before the type.
result<std::string> next_code(const code_scheme& scheme, std::span<const std::string> used,
                              const code_owner& owner, code_gaps gaps = code_gaps::leave);

/// One code that stands more than once.
struct code_repeated {
  std::string_view code;
  std::vector<std::size_t> at; ///< positions among the codes given, rising
};

/// Every code that is not unique, in the order of first appearance; empty codes are none. Given all
/// bodies of a province, this is uniqueness across the province.
std::vector<code_repeated> repeated_codes(std::span<const std::string_view> codes);

/// The same as problems, one at each later appearance: duplicate_code. `where` places the code at a
/// position, asked as "/3/code".
problems check_unique(std::span<const std::string_view> codes, const locator& where = nowhere);

} // namespace banli

#include <banli/item/detail/code_allocation.hpp>
#include <banli/item/detail/code_parse.hpp>
#include <banli/item/detail/code_pattern.hpp>
