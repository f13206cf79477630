#include <banli/run/rule_pack.hpp>

#include <algorithm>
#include <array>
#include <string>

#include <banli/base/nearest.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/supervision/cross_case.hpp>
#include <banli/supervision/record_watch.hpp>

#include "run/rule_pack_texts.hpp"

namespace banli {

namespace {

struct carried_pack {
  std::string_view name;
  const std::string_view* text; ///< where the build put it
  rule_subject about;
};

constexpr std::array<carried_pack, 4> packs{
    {{"supervision", &detail::supervision_pack_text, rule_subject::cases},
     {"unit-month", &detail::unit_month_pack_text, rule_subject::units},
     {"orders", &detail::orders_pack_text, rule_subject::records},
     {"disclosure", &detail::disclosure_pack_text, rule_subject::records}}};

constexpr auto pack_names = [] {
  std::array<std::string_view, packs.size()> out{};
  for (std::size_t i = 0; i < packs.size(); ++i) out[i] = packs[i].name;
  return out;
}();

const carried_pack* pack_named(std::string_view name) {
  const auto at = std::ranges::find(packs, name, &carried_pack::name);
  return at == packs.end() ? nullptr : &*at;
}

error no_such_pack(std::string_view name) {
  return with_hint(
      make_error(errc::unknown_reference, "there is no rule pack '{}'", "没有规则库“{}”", name),
      suggestion(name, pack_names));
}

rules_file read_pack(const carried_pack& p) {
  rules_file_options how;
  how.words = words_of(p.about);
  return parse_rules(std::string{p.name} + ".yaml", *p.text, how);
}

} // namespace

std::string_view to_string(rule_subject s) {
  static constexpr auto names = std::to_array<std::string_view>({"cases", "units", "records"});
  return names[static_cast<std::size_t>(s)];
}

std::string_view label(rule_subject s) {
  static constexpr auto names =
      std::to_array<std::string_view>({"办件", "单位与人员", "命中、督办与栏目"});
  return names[static_cast<std::size_t>(s)];
}

environment words_of(rule_subject s) {
  switch (s) {
  case rule_subject::cases: return fact_environment();
  case rule_subject::units: return cross_case_environment();
  case rule_subject::records: break;
  }
  return record_environment();
}

std::span<const std::string_view> rule_pack_names() { return pack_names; }

result<std::string_view> rule_pack_text(std::string_view name) {
  const carried_pack* p = pack_named(name);
  if (p == nullptr) return no_such_pack(name);
  return *p->text;
}

result<rules_file> load_rule_pack(std::string_view name) {
  const carried_pack* p = pack_named(name);
  if (p == nullptr) return no_such_pack(name);
  return read_pack(*p);
}

result<rules_file> load_named_rules(std::string_view said, rule_subject about) {
  if (const carried_pack* p = pack_named(said)) {
    if (p->about == about) return read_pack(*p);
    return make_error(errc::bad_value, "the rules of the pack '{0}' look at {1}, not at {2}",
                      "规则库“{0}”的规则针对{3},而非{4}", said, to_string(p->about),
                      to_string(about), label(p->about), label(about));
  }
  rules_file_options how;
  how.words = words_of(about);
  if (said.find('\n') != std::string_view::npos) return parse_rules("rules.yaml", said, how);
  return load_rules(std::string{said}, how);
}

} // namespace banli
