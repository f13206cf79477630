#include <banli/run/rule_pack.hpp>

#include <array>
#include <string>

#include <banli/base/nearest.hpp>
#include <banli/supervision/cross_case.hpp>
#include <banli/supervision/record_watch.hpp>

#include "run/rule_pack_texts.hpp"

namespace banli {

namespace {

constexpr std::array<std::string_view, 4> pack_names{"supervision", "unit-month", "orders",
                                                     "disclosure"};

} // namespace

std::span<const std::string_view> rule_pack_names() { return pack_names; }

result<std::string_view> rule_pack_text(std::string_view name) {
  const std::array<std::string_view, pack_names.size()> texts{
      detail::supervision_pack_text, detail::unit_month_pack_text, detail::orders_pack_text,
      detail::disclosure_pack_text};
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (name == pack_names[i]) return texts[i];
  return with_hint(
      make_error(errc::unknown_reference, "there is no rule pack '{}'", "没有规则库“{}”", name),
      suggestion(name, pack_names));
}

result<rules_file> load_rule_pack(std::string_view name) {
  const auto text = rule_pack_text(name);
  if (!text) return text.error();
  rules_file_options how;
  if (name == "unit-month") how.words = cross_case_environment();
  if (name == "orders" || name == "disclosure") how.words = record_environment();
  return parse_rules(std::string{name} + ".yaml", *text, how);
}

} // namespace banli
