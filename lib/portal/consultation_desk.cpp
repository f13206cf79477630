#include <banli/portal/consultation_desk.hpp>

#include <array>

#include "portal_words.hpp"

namespace banli {

namespace {

constexpr auto routed_words = std::to_array<detail::portal_word>(
    {{"item", "所咨询事项"}, {"unit", "咨询对象"}, {"words", "咨询内容"}, {"reception", "转总台"}});

constexpr auto reply_words = std::to_array<detail::portal_word>(
    {{"open", "待答复"}, {"overdue", "逾期未答复"}, {"in_time", "按时答复"}, {"late", "逾期答复"}});

} // namespace

std::string_view to_string(routed_by r) { return routed_words[static_cast<std::size_t>(r)].name; }
std::string_view label(routed_by r) { return routed_words[static_cast<std::size_t>(r)].label; }
std::string_view to_string(reply_standing s) {
  return reply_words[static_cast<std::size_t>(s)].name;
}
std::string_view label(reply_standing s) { return reply_words[static_cast<std::size_t>(s)].label; }

result<routing> route(const consultation& asked, const service_column& column,
                      const column_search& search, const consultation_rules& rules) {
  if (!asked.item.empty()) {
    const auto known = column.open(asked.item); // says what was meant, if it is not known
    if (!known) return known.error();
    return routing{known->consultation.unit, routed_by::item, asked.item};
  }
  if (!asked.unit.empty()) {
    if (auto known = column.known_department(asked.unit); !known) return known.error();
    return routing{asked.unit, routed_by::unit, {}};
  }
  for (const std::string& words : {asked.title, asked.words}) {
    const auto found = search.find(words, 1);
    if (found && !found->hits.empty()) {
      const search_hit& best = found->hits.front();
      return routing{column.items()[best.index].department, routed_by::words, best.item};
    }
  }
  if (!rules.reception.empty()) return routing{rules.reception, routed_by::reception, {}};
  return make_error(errc::unknown_reference,
                    "consultation '{}' is about nothing known, and there is no reception",
                    "咨询“{}”未涉及已知事项,也未设总台", asked.number);
}

result<reply_clock> reply_clock_of(const consultation& asked, const workday_calendar& calendar,
                                   const consultation_rules& rules, instant now) {
  const auto d = due_date(calendar, rules.reply, asked.asked);
  if (!d) return d.error();
  reply_clock out{*d->due, reply_standing::open, d->provisional};
  const instant until = asked.answered.value_or(now);
  const bool late = until >= *d->due_at;
  if (asked.answered)
    out.standing = late ? reply_standing::late : reply_standing::in_time;
  else if (late)
    out.standing = reply_standing::overdue;
  return out;
}

} // namespace banli
