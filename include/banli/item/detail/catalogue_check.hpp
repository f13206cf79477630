// The baseline, names, counts and checks of catalogue.hpp; include that one.
#pragma once

#include <array>
#include <charconv>
#include <set>

#include <banli/base/nearest.hpp>
#include <banli/item/catalogue.hpp>
#include <banli/item/catalogue_baseline.hpp>
#include <banli/item/item_code.hpp>

namespace banli {

namespace detail {

inline constexpr std::array<std::string_view, 3> part_names{"disclosure", "power", "convenience"};
inline constexpr std::array<std::string_view, 3> part_labels{"政府信息公开事项", "行政职权事项",
                                                             "便民服务事项"};

inline catalogue read_baseline() {
  catalogue out;
  out.area = "国办函〔2011〕99号";
  std::array<int, 3> last{};
  auto part = catalogue_part::disclosure;
  std::string_view sector;
  std::string_view rest = catalogue_baseline;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (line.front() == '@') {
      part = static_cast<catalogue_part>(std::string_view{"DPC"}.find(line[1]));
      sector = line.substr(2);
      continue;
    }
    catalogue_line l;
    l.key = {part, ++last[static_cast<std::size_t>(part)]};
    l.sector = sector;
    l.name = line;
    out.lines.push_back(std::move(l));
  }
  return out;
}

} // namespace detail

inline const catalogue& catalogue::baseline() {
  static const catalogue all = detail::read_baseline();
  return all;
}

inline std::string_view to_string(catalogue_part part) {
  return detail::part_names[static_cast<std::size_t>(part)];
}

inline std::string_view label(catalogue_part part) {
  return detail::part_labels[static_cast<std::size_t>(part)];
}

inline std::string to_text(const catalogue_key& key, language l) {
  return l == language::zh ? fmt::format("{}第{}项", label(key.part), key.number)
                           : fmt::format("{} {}", to_string(key.part), key.number);
}

inline result<catalogue_part> parse_catalogue_part(std::string_view text) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view label = detail::part_labels[i];
    const std::string_view stem = label.substr(0, label.size() - 6); // without 事项
    if (text == detail::part_names[i] || text == label || text == stem)
      return static_cast<catalogue_part>(i);
    known.push_back(detail::part_names[i]);
    known.push_back(label);
  }
  return with_hint(make_error(errc::unknown_value, "'{}' is no part of the catalogue",
                              "目录没有“{}”这一部分", text),
                   suggestion(text, known));
}

inline result<catalogue_key> parse_catalogue_key(std::string_view text) {
  const std::size_t digit = std::min(text.find_first_of("0123456789"), text.size());
  std::string_view name = text.substr(0, digit);
  std::string_view number = text.substr(digit);
  if (name.ends_with("第")) name.remove_suffix(3);
  while (name.ends_with(' ')) name.remove_suffix(1);
  if (number.ends_with("项")) number.remove_suffix(3);
  const auto part = parse_catalogue_part(name);
  if (!part) return part.error();
  int n = 0;
  const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), n);
  if (failed != std::errc{} || end != number.data() + number.size() || n < 1)
    return make_error(errc::bad_value, "'{}' should end in a number from 1", "“{}”应以序号结尾",
                      text);
  return catalogue_key{*part, n};
}

namespace detail {

/// The position of a line of the baseline.
inline std::optional<std::size_t> line_at(const catalogue& baseline, const catalogue_key& key) {
  for (std::size_t i = 0; i < baseline.lines.size(); ++i)
    if (baseline.lines[i].key == key) return i;
  return std::nullopt;
}

/// Collects the faults of one catalogue.
class catalogue_checker {
 public:
  catalogue_checker(const catalogue& c, const locator& where) : all_(c), where_(where) {}

  problems run() {
    for (line_ = 0; line_ < all_.lines.size(); ++line_) {
      const catalogue_line& l = all_.lines[line_];
      if (l.name.empty())
        add("name", make_error(errc::missing_field, "line {} has no name", "第 {} 行没有事项名称",
                               line_ + 1));
      number(l);
      if (l.covers) link(l, *l.covers, "covers");
      if (l.refines) link(l, *l.refines, "refines");
    }
    return std::move(found_);
  }

 private:
  void add(std::string_view field, error e) {
    found_.push_back(at(std::move(e), where_(fmt::format("/lines/{}/{}", line_, field))));
  }

  void number(const catalogue_line& l) {
    if (l.key.number < 0)
      add("number",
          make_error(errc::bad_value, "number {} is below 0", "序号 {} 小于 0", l.key.number));
    else if (l.key.number > 0 && !numbers_.insert(l.key).second)
      add("number", make_error(errc::duplicate_id, "{} stands twice", "{1}重复", to_text(l.key),
                               to_text(l.key, language::zh)));
  }

  void link(const catalogue_line& l, const catalogue_key& to, std::string_view field) {
    if (!line_at(catalogue::baseline(), to))
      add(field, make_error(errc::unknown_reference, "the baseline has no {}", "基准目录没有{1}",
                            to_text(to), to_text(to, language::zh)));
    else if (to.part != l.key.part)
      add(field, make_error(errc::bad_value, "a line of one part cannot stand for {}",
                            "不同部分的事项不能对应{1}", to_text(to), to_text(to, language::zh)));
  }

  const catalogue& all_;
  const locator& where_;
  std::set<catalogue_key> numbers_;
  std::size_t line_ = 0;
  problems found_;
};

} // namespace detail

inline problems check(const catalogue& c, const locator& where, std::size_t most_lines) {
  if (c.lines.size() > most_lines)
    return {at(make_error(errc::limit_exceeded, "{} lines, more than {}", "共 {} 行,超过 {}",
                          c.lines.size(), most_lines),
               where("/lines"))};
  return detail::catalogue_checker{c, where}.run();
}

inline catalogue_counts count(const catalogue& c) {
  catalogue_counts out;
  std::set<std::string_view> sectors;
  std::set<std::string_view> units;
  for (const catalogue_line& l : c.lines) {
    if (l.key.part == catalogue_part::disclosure) ++out.disclosure;
    if (l.key.part == catalogue_part::power) ++out.power;
    if (l.key.part == catalogue_part::convenience) ++out.convenience;
    if (l.key.part == catalogue_part::power && !l.sector.empty()) sectors.insert(l.sector);
    if (!l.unit.empty()) units.insert(l.unit);
  }
  out.sectors = sectors.size();
  out.units = units.size();
  return out;
}

inline catalogue catalogue_of(std::span<const service_item> items) {
  catalogue out;
  for (const service_item& item : items) {
    catalogue_line l;
    l.key.part = item.type == "BM" ? catalogue_part::convenience : catalogue_part::power;
    l.name = item.name;
    l.unit = item.body;
    out.lines.push_back(std::move(l));
  }
  return out;
}

inline platform_counts count(std::span<const service_item> items) {
  platform_counts out;
  std::set<std::string_view> bodies;
  std::set<std::pair<std::string_view, std::string_view>> sections;
  std::set<std::string> towns;
  for (const service_item& item : items) {
    ++(item.on_platform ? out.items : out.listed);
    if (!item.body.empty()) bodies.insert(item.body);
    if (!item.section.empty()) sections.emplace(item.department.text(), item.section);
    const auto code = parse_item_code(item.code.text());
    if (code && code->level() == area_level::town) towns.insert(code->area.text());
  }
  out.bodies = bodies.size();
  out.sections = sections.size();
  out.towns = towns.size();
  return out;
}

} // namespace banli
