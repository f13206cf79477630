// repositories.hpp — the five information repositories as views over what is there already.
//
//   repositories all{config, *store, office.records};
//   auto items = all.items();                    // 事项库, of the configuration
//   auto turns = *all.processes();               // 过程库: one record a turn of a step
//   auto ended = *all.results();                 // 结果库: one a case that has ended
//   auto rules = all.rules();                    // 规则库
//   auto orders = *all.orders();                 // 监察业务库
//   to_csv(to_table(turns));                     // masked; to_table(turns, granted) is not
//
// Nothing is stored for them. A case is the fold of its events, an item the configuration, a rule
// the rule set; a repository that was kept beside them would be a second truth. So there are no SQL
// views in the store's file either: its schema is ours to the letter (a foreign view is a store
// that was tampered with), its events may be sealed, and a fold needs the flowchart.
//
// Whoever brings records of another system imports them (repository_records.hpp) and says as whom:
// the matrix of participants.hpp judges.
//
// A case is folded by what it began with and was moved to (migrate_case.hpp); configurations keep
// former versions for that. The hard case is one whose version the configuration does not have: it
// cannot be folded, and the view says so instead of leaving it out (definition_changed).
//
// Source: 国办函〔2011〕99号, guide, 五个信息库.
#pragma once

#include <functional>
#include <vector>

#include <banli/document/configuration.hpp>
#include <banli/portal/repository_records.hpp>
#include <banli/run/case_view.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

class repositories {
 public:
  /// All of them outlive it.
  repositories(const configuration& config, const case_store& store, const service_records& records)
      : config_(config), store_(store), records_(records) {}

  std::vector<item_information> items() const;
  std::vector<rule_record> rules() const;
  /// The supervision orders of the store, and of the records those that it does not have (taken
  /// over from another system), by number. What was withdrawn before it was issued is none. Errors:
  /// those of the store and of due_date().
  result<std::vector<order_record>> orders() const;

  /// All cases by id, or one; as they stand. Errors: those of the store; unknown_item and
  /// definition_changed; unknown_reference (no such case).
  result<std::vector<process_record>> processes() const;
  result<std::vector<process_record>> processes(const case_id& id) const;
  result<std::vector<outcome_record>> results() const;

  /// The table of a repository. Errors: as above.
  result<repository_table> table(repository r, personal_right right = personal_right::masked) const;

 private:
  const configuration& config_;
  const case_store& store_;
  const service_records& records_;
};

/// The turns of one folded case, and how it ended, if it did.
std::vector<process_record> process_records_of(const case_definition& definition,
                                               const case_state& state);
std::optional<outcome_record> outcome_record_of(const case_definition& definition,
                                                const case_state& state);

/// A supervision order as its record: 回复期限 is the limit to answer that runs. Errors: those of
/// due_date().
result<order_record> order_record_of(const supervision_order& s, const workday_calendar& calendar);

/// Every case of a store that a configuration can fold, in turn. Errors: as above; what the visitor
/// answers.
result<void> each_folded_case(
    const configuration& config, const case_store& store,
    const std::function<result<void>(const case_definition&, const case_state&)>& visit);

} // namespace banli
