// act_judge.hpp — what orders and complaints have in common when an act is judged and recorded.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/supervision/supervision_act.hpp>
#include <banli/supervision/supervision_life_cycle.hpp>

namespace banli::detail {

/// Which clocks an act stops and starts.
struct clock_changes {
  std::vector<supervision_clock> stops{};
  std::vector<supervision_clock> starts{};
  enum class rest : std::uint8_t { go_on, end } others = rest::go_on;
};

/// The list that a field of type choice takes its words from.
struct choice_list {
  std::span<const named_word> words;
  text what;
};
using choices = std::function<choice_list(std::string_view field)>;

/// The fields of an act, fitted: words of lists by their ids, limits and instants in one spelling,
/// in the order of the table. Everything that is wrong with them goes to `found`, by name.
act_fields fitted(std::span<const act_field> known, const act_form& form, const command& c,
                  const choices& lists, problems& found);

/// "/reply_limit": the name of the field that gives the limit of a clock.
std::string limit_field(supervision_clock k);

/// The field of a name, made if it is not there.
std::string& slot(act_fields& fields, std::string_view name);

/// "sign_for+reply", and back.
std::string joined(std::span<const supervision_clock> clocks);
std::vector<supervision_clock> clocks_in(std::string_view joined);

/// Names joined by "+".
std::vector<std::string> names_in(std::string_view joined);

/// Those of the clocks that are named and were missed at an instant. Errors: those of due_date().
result<std::vector<supervision_clock>> missed_of(std::span<const running_clock> clocks,
                                                 std::span<const supervision_clock> named,
                                                 const workday_calendar& calendar, instant at);
result<std::vector<supervision_clock>> missed_of(std::span<const running_clock> clocks,
                                                 const workday_calendar& calendar, instant at);

/// Writes the limits of the clocks that start into the fields where none was given.
void fill_limits(act_fields& fields, const supervision_office& o,
                 std::span<const supervision_clock> starts);

/// Stops and starts clocks as an event says; `since` is when they begin to run.
void turn(std::vector<running_clock>& clocks, const clock_changes& changes, const details& d,
          instant since);

/// Lengthens the first of the clocks named that runs. Errors: condition_not_met (none runs), those
/// of due_date(): extension_refused.
result<void> lengthen(std::vector<running_clock>& clocks, std::span<const supervision_clock> named,
                      const extension& by, const workday_calendar& calendar);

/// The extension that an event of an act grants, if it grants one.
std::optional<extension> extension_in(const event& e);

/// What stands in the way of any act: the kind of command, the order of time.
std::optional<error> out_of_turn(const command& c, const case_id& id, std::uint32_t version,
                                 instant last);

/// The event of an act that was found good.
event act_event(const command& c, std::uint32_t version, std::string_view act, act_fields fields);

/// An office that a field names. Errors: unknown_reference, did you mean.
result<void> known_office(const supervision_office& o, const act_fields& fields,
                          std::string_view name);

/// The phase that an act that happened led to. Who did it was judged before; of several rows, those
/// that ask how it is handled are told apart.
template <class Row, class Phase, class Act>
Phase landing(const std::vector<Row>& rows, Phase from, Act act, supervision_facts handled) {
  const auto fits = [&](const Row& row) {
    if (row.from != from || row.act != act) return false;
    for (const supervision_condition& c : row.conditions) {
      const bool asks =
          c.fact == supervision_fact::self_handled || c.fact == supervision_fact::under_supervision;
      if (asks && handled.has(c.fact) != (c.want == supervision_condition::wanted::yes))
        return false;
    }
    return true;
  };
  for (const Row& row : rows)
    if (fits(row)) return row.to;
  return from;
}

/// A value of the fields; empty where there is none.
std::string_view value_in(const act_fields& fields, std::string_view name);

/// The parse of what was fitted before; absent where it is empty.
std::optional<instant> moment_in(const details& d, std::string_view field);

} // namespace banli::detail
