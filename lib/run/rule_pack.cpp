#include <banli/run/rule_pack.hpp>

#include <array>
#include <string>

#include <banli/base/nearest.hpp>
#include <banli/supervision/cross_case.hpp>

#include "run/rule_pack_texts.hpp"

namespace banli {

namespace {

constexpr std::array<std::string_view, 2> pack_names{"supervision", "unit-month"};

} // namespace

std::span<const std::string_view> rule_pack_names() { return pack_names; }

result<std::string_view> rule_pack_text(std::string_view name) {
  if (name == pack_names[0]) return detail::supervision_pack_text;
  if (name == pack_names[1]) return detail::unit_month_pack_text;
  return with_hint(
      make_error(errc::unknown_reference, "there is no rule pack '{}'", "没有规则库“{}”", name),
      suggestion(name, pack_names));
}

result<rules_file> load_rule_pack(std::string_view name) {
  const auto text = rule_pack_text(name);
  if (!text) return text.error();
  rules_file_options how;
  if (name == pack_names[1]) how.words = cross_case_environment();
  return parse_rules(std::string{name} + ".yaml", *text, how);
}

} // namespace banli
