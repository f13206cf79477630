// catalogue.hpp — the catalogue of a county, and whether it covers the baseline.
//
// The catalogue of open government and government services (政务公开和政务服务目录) lists, in three
// parts, what an area must disclose, which powers it holds and which services it offers. The State
// Council's guide sets a baseline of 385 lines that every county's catalogue must contain: 65
// disclosure items, 295 powers in 30 sectors, 25 convenience services.
//
//   const catalogue& base = catalogue::baseline();
//   base.lines[65].name;              // 依法划定的电力设施保护区内进行可能危及电力设施安全作业许可
//   coverage c = cover(mine);         // of the baseline by mine
//   c.missing;                        // lines of the baseline that mine does not have
//   c.extra;                          // lines of mine beyond the baseline, with the nearest of it
//
// A line of the baseline is known by its part and number, because four names stand twice. A local
// line covers it by what is said first of:
//
//   link     the local line says so itself: covers = {power, 12}
//   number   same part and number, and the same name but for spaces and full-width signs
//   name     same part and name, whatever the number; of two equal names each covers one
//   near     same part and number, and a name that is near: covered, and the difference is told
//
// What is beyond the baseline is not wrong: convenience services may be extended locally, and a
// disclosure item is refined into sub-items (refines = {disclosure, 3}), any of which covers it.
// Other extra lines are listed apart, since a power beyond the baseline needs its own legal basis.
//
// The hard case is a local catalogue that was renumbered: numbers then agree by chance, so a number
// alone, under quite another name, covers nothing.
//
// "Three sames" (三级四同's elder sister): items of province, city and county that share a base
// code must have one name, one type and one legal basis; and items of one name and type must not
// have different base codes.
//
// Source: 国办函〔2011〕99号, guide, catalogue; the provincial rule quoted in the forms of 武山县.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// The three parts of the catalogue.
enum class catalogue_part : std::uint8_t {
  disclosure,  ///< 政府信息公开事项
  power,       ///< 行政职权事项
  convenience, ///< 便民服务事项
};

/// What identifies a line of the baseline.
struct catalogue_key {
  catalogue_part part = catalogue_part::power;
  int number = 0; ///< from 1 in every part

  friend bool operator==(const catalogue_key&, const catalogue_key&) = default;
  friend auto operator<=>(const catalogue_key&, const catalogue_key&) = default;
};

/// One line of a catalogue.
struct catalogue_line {
  catalogue_key key;    ///< number 0: not numbered
  std::string sector{}; ///< 发展改革工作
  std::string name{};
  std::string unit{};                     ///< who is responsible for it
  std::optional<catalogue_key> covers{};  ///< the line of the baseline it stands for
  std::optional<catalogue_key> refines{}; ///< the line of the baseline it is a part of

  friend bool operator==(const catalogue_line&, const catalogue_line&) = default;
};

struct catalogue {
  std::string area; ///< whose it is
  std::vector<catalogue_line> lines;

  /// The 385 lines every county's catalogue must contain.
  static const catalogue& baseline();

  friend bool operator==(const catalogue&, const catalogue&) = default;
};

/// "power", 行政职权事项; "power 12", 行政职权事项第12项.
std::string_view to_string(catalogue_part part);
std::string_view label(catalogue_part part);
std::string to_text(const catalogue_key& key, language l = language::en);
/// Reads a part by its stable or Chinese name. Errors: unknown_value, with the nearest.
result<catalogue_part> parse_catalogue_part(std::string_view text);
/// Reads "power 12" or "行政职权事项12". Errors: unknown_value; bad_value for the number.
result<catalogue_key> parse_catalogue_key(std::string_view text);

/// Every fault of a catalogue by itself: missing_field (a name), duplicate_id (a number that stands
/// twice in a part), unknown_reference (covers or refines a line the baseline does not have),
/// bad_value (a line that covers or refines one of another part, a negative number),
/// limit_exceeded. Paths are "/lines/3/name".
problems check(const catalogue& c, const locator& where = nowhere,
               std::size_t most_lines = 100'000);

/// By what a local line covers one of the baseline.
enum class covered_by : std::uint8_t { link, number, name, near, refinement };
std::string_view to_string(covered_by how);

struct coverage_match {
  std::size_t line = 0;     ///< of the local catalogue
  std::size_t baseline = 0; ///< of the baseline
  covered_by how = covered_by::number;

  friend bool operator==(const coverage_match&, const coverage_match&) = default;
};

struct extra_line {
  std::size_t line = 0;
  std::optional<std::size_t> nearest; ///< a line of the baseline still missing, of a near name

  friend bool operator==(const extra_line&, const extra_line&) = default;
};

/// How a local catalogue covers a baseline.
struct coverage {
  std::vector<coverage_match> matches; ///< in the order of the local catalogue
  std::vector<std::size_t> missing;    ///< lines of the baseline
  std::vector<extra_line> extra;       ///< neither covering nor an allowed extension
  std::vector<std::size_t> extensions; ///< convenience services beyond the baseline

  bool complete() const { return missing.empty(); }
  friend bool operator==(const coverage&, const coverage&) = default;
};

/// Compares a catalogue with a baseline.
coverage cover(const catalogue& local, const catalogue& baseline = catalogue::baseline());

/// The same as problems: missing_entry for each missing line, extra_entry for each extra line (not
/// for extensions), not_the_same for each covered under a name that differs.
problems problems_of(const coverage& c, const catalogue& local, const locator& where = nowhere,
                     const catalogue& baseline = catalogue::baseline());

/// How many lines a catalogue has (A50).
struct catalogue_counts {
  std::size_t disclosure = 0;
  std::size_t power = 0;
  std::size_t convenience = 0;
  std::size_t sectors = 0; ///< of powers
  std::size_t units = 0;   ///< different units named

  std::size_t total() const { return disclosure + power + convenience; }
  friend bool operator==(const catalogue_counts&, const catalogue_counts&) = default;
};
catalogue_counts count(const catalogue& c);

/// The powers and convenience services that items make up: type BM is a convenience service, every
/// other type a power. Disclosure items are no service items and come from elsewhere.
catalogue catalogue_of(std::span<const service_item> items);

/// How many items, bodies and towns are on the platform.
struct platform_counts {
  std::size_t items = 0;    ///< on_platform
  std::size_t listed = 0;   ///< in the catalogue, but not handled on the platform
  std::size_t bodies = 0;   ///< different handling bodies
  std::size_t sections = 0; ///< different department and section
  std::size_t towns = 0;    ///< different town areas in the codes

  friend bool operator==(const platform_counts&, const platform_counts&) = default;
};
platform_counts count(std::span<const service_item> items);

/// What must be the same.
enum class same_field : std::uint8_t { name, type, bases, base_code };
std::string_view to_string(same_field f);
std::string_view label(same_field f);

/// One way in which two items that should be the same differ.
struct same_difference {
  same_field field = same_field::name;
  std::size_t first = 0; ///< the item compared with: the first of its base code, or of its name
  std::size_t other = 0;
  std::string first_value;
  std::string other_value;

  friend bool operator==(const same_difference&, const same_difference&) = default;
};

/// Every difference among items that share a base code, and every two base codes of one name and
/// type, by rising `other`. Items without a base code are compared by name and type only.
std::vector<same_difference> three_sames(std::span<const service_item> items);

/// The same as problems, not_the_same, placed at "/3/name" of the other item.
problems problems_of(std::span<const same_difference> differences,
                     std::span<const service_item> items, const locator& where = nowhere);

} // namespace banli

#include <banli/item/detail/catalogue_check.hpp>
#include <banli/item/detail/catalogue_cover.hpp>
#include <banli/item/detail/three_sames.hpp>
