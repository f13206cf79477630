// item_library.hpp — the item library (事项库) of an office: who did what to which item, and when.
//
//   item_library lib{confirmation_chain{confirming_level::city}};
//   entry_number n = lib.create(food_licence, {}, writer, t0).value();        // 暂存
//   lib.act(n, item_command::submit, reviewer, t1);                           // 部门已审核
//   lib.act(n, item_command::review, office, t2);                             // 编办已审核
//   lib.act(n, item_command::confirm_city, city, t3);                         // 市级已确认
//   lib.assign_code(n, service, t4, {&code_scheme::county(), "62052400SJ"});  // 62052400SJ-XK-0007
//   lib.act(n, item_command::publish, service, t5, {.effective = july_first}); // 已入库
//   lib.as_of(n, june_30);                                                    // nothing yet
//   lib.as_of(n, july_first)->item.name;                                      // in force
//
// Every act is judged by the life cycle (item_life_cycle.hpp): the library supplies the facts — is
// it the actor's own department, is the item complete, is there a reason, has it a code — and keeps
// a record. Time is an argument and never runs backwards. Nothing is deleted.
//
// What must be filled in before a draft is submitted, the office decides section by section
// (submission_rules): the three sections of the form must have their marks, unless it says other.
//
// The hard case is a change. It opens a new version as 暂存 while the old one stays in force; when
// the new one is published, to hold from a day, the old one becomes 备案 and holds until the day
// before. What is in force on a day is therefore a question of days, never of states.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <banli/item/code_scheme.hpp>
#include <banli/item/completeness.hpp>
#include <banli/library/item_entry.hpp>

namespace banli {

/// Who confirms between 编办 and publication.
enum class confirming_level : std::uint8_t { city, province };
using confirmation_chain = small_set<confirming_level>;

/// What a draft needs before it may be submitted, beside being free of faults.
struct submission_rules {
  /// Lists of elements whose mark must be set. A code is not asked for: it is given later.
  small_set<element_list> marks{element_list::basic, element_list::extended, element_list::window};

  friend bool operator==(const submission_rules&, const submission_rules&) = default;
};

struct item_library_limits {
  std::size_t entries = 200'000;
  std::size_t versions = 1'000;     ///< of one entry
  std::size_t records = 10'000'000; ///< of all
  std::size_t text_bytes = 10'000;  ///< of a reason, a group, an origin
};

/// What goes with a command.
struct act_details {
  std::string reason{};
  std::optional<day> effective{}; ///< publish: from when in force; make_void: from when no longer.
                                  ///< Absent: the day of the act
  std::optional<item_disposition> disposition{}; ///< change: what the clean-up decided
};

/// What became of one entry of a batch.
struct batch_verdict {
  entry_number entry{};
  std::optional<item_state> state{}; ///< the state after it; absent: refused
  item_id code{};                    ///< the code that was given, if any
  problems found{};                  ///< why it was refused, and all that is still lacking

  bool good() const { return state.has_value(); }
};

/// Whose codes are given: the scheme, and the body that the fields before the type say together.
struct code_series {
  const code_scheme* scheme = nullptr;
  std::string body{}; ///< 62052400SJ
};

/// The data of a library: what bundles carry.
struct item_library_data {
  confirmation_chain chain{};
  submission_rules submission{};
  std::vector<item_entry> entries{};
  std::vector<item_record> records{}; ///< in the order of time

  friend bool operator==(const item_library_data&, const item_library_data&) = default;
};

/// Everything wrong with the data of a library: records that do not lead to the states of the
/// versions, numbers out of order, versions in force at once, a code given twice, time backwards.
/// Codes: bundle_damaged, duplicate_code, time_backwards.
problems check(const item_library_data& data, const locator& where = nowhere);

/// What a draft lacks before it may be submitted: every fault of check(service_item), and every
/// element of a list that must have its mark (incomplete_item, with the list's and the element's
/// name). Its code is given later and is not asked for.
problems submission_problems(const service_item& item, const submission_rules& rules = {},
                             const locator& where = nowhere);

class item_library {
 public:
  /// Gives the next free code; says why where there is none. The library refuses a code in use.
  using code_source = std::function<result<item_id>(const service_item&)>;
  /// The series that an item's code is of: by its department, as a rule.
  using series_source = std::function<result<code_series>(const service_item&)>;

  explicit item_library(confirmation_chain chain = {}, submission_rules submission = {},
                        const item_library_limits& limits = {});

  /// A library of data that check() finds good. Errors: the first problem.
  static result<item_library> restore(item_library_data data,
                                      const item_library_limits& limits = {});

  /// A new draft. The actor is an entry account of the item's department; the item has no code yet.
  /// Errors: not_permitted, condition_not_met, time_backwards, limit_exceeded.
  result<entry_number> create(service_item item, std::string origin, const item_actor& actor,
                              instant when);
  /// 转入: an item that is in force already with its code, from another system or a file. It is
  /// published as it stands, from a day that may lie in the past; the record says so. For the
  /// service office. Errors: not_permitted, missing_code, duplicate_code, those of
  /// check(service_item), bad_value (from a day to come), time_backwards, limit_exceeded.
  result<entry_number> adopt(service_item item, std::string origin, const item_actor& actor,
                             instant when, day effective);
  /// New contents of a draft. Errors: unknown_item, no_transition, not_permitted, condition_not_met
  /// (the code is changed), time_backwards, limit_exceeded.
  result<void> edit(entry_number n, service_item item, const item_actor& actor, instant when);
  /// Any other command; `change` opens a version that edit() then fills. change, propose_void
  /// and replace speak of the published version, make_void of the one on its way if there is one,
  /// the others of the one on its way. Errors: those of next(), unknown_item, unknown_command
  /// (edit, replace and assign_code have their own ways), duplicate_code (it is in use), bad_value
  /// (in force before its predecessor or in the past), time_backwards, limit_exceeded.
  result<item_state> act(entry_number n, item_command command, const item_actor& actor,
                         instant when, const act_details& details = {});
  /// 赋码: once, after the last confirmation: the number above every one the library ever gave in
  /// that series and type. Errors: those of act and of next_code(), condition_not_met (it has one).
  result<item_id> assign_code(entry_number n, const item_actor& actor, instant when,
                              const code_series& of);
  /// The same with a code from elsewhere. Errors besides: those of the source, bad_item_code,
  /// duplicate_code.
  result<item_id> assign_code(entry_number n, const item_actor& actor, instant when,
                              const code_source& source);
  /// 批量提交 and the like: each is judged by itself, and a verdict is given on each, in order.
  std::vector<batch_verdict> act_all(std::span<const entry_number> entries, item_command command,
                                     const item_actor& actor, instant when,
                                     const act_details& details = {});
  /// 统一赋码, in the order given.
  std::vector<batch_verdict> assign_codes(std::span<const entry_number> entries,
                                          const item_actor& actor, instant when,
                                          const series_source& series);
  /// 移动、分组、排序; for the entry account of the department and the service office.
  result<void> move(entry_number n, item_placement place, const item_actor& actor, instant when);
  /// 审阅意见 of anybody who has a role. Errors: not_permitted, missing_reason, …
  result<void> remark(entry_number n, std::string opinion, const item_actor& actor, instant when);

  const confirmation_chain& chain() const { return data_.chain; }
  const submission_rules& submission() const { return data_.submission; }
  const item_library_data& data() const { return data_; }
  const std::vector<item_entry>& entries() const { return data_.entries; }
  const item_entry* find(entry_number n) const;
  const item_entry* find(const item_id& code) const;

  /// The version in force on a day; null if there is none.
  const item_version* as_of(entry_number n, day d) const;
  const item_version* as_of(const item_id& code, day d) const;
  /// The version on its way, and the published one; null if there is none.
  const item_version* open_version(entry_number n) const;
  const item_version* published_version(entry_number n) const;

  /// What an actor could do to an entry now; `reasoned` and `coded` are taken for granted.
  std::vector<life_cycle_row> allowed(entry_number n, const item_actor& actor) const;
  /// The records of an entry, in the order of time.
  std::vector<item_record> history(entry_number n) const;

  friend bool operator==(const item_library& a, const item_library& b) {
    return a.data_ == b.data_;
  }

 private:
  class code_book;
  struct target {
    item_entry* entry = nullptr;
    std::size_t version = 0;
  };

  result<target> target_of(entry_number n, item_command command);
  item_facts facts_of(const item_entry& e, const item_version& v, const item_actor& actor) const;
  result<void> admit(instant when, std::string_view words) const;
  void keep(item_record r);
  result<item_state> take(const target& at, item_command command, const item_actor& actor,
                          instant when, const act_details& details);
  result<void> may_publish(const target& at, day effective) const;
  void publish(const target& at, const item_actor& actor, instant when, day effective);
  void open_change(const target& at, const act_details& details);

  item_library_data data_;
  item_library_limits limits_;
  std::unordered_map<item_id, entry_number> codes_;
  std::vector<std::vector<std::uint32_t>> records_of_; ///< per entry, indices into records
};

} // namespace banli
