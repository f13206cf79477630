// rule_pack.hpp — the rules that banli carries, by name (监察规则库).
//
//   rules_file f = *load_rule_pack("supervision");
//   f.rules->find(rule_id{"A004"});       // 办件超时, with its parameters at their defaults
//   *rule_pack_text("supervision");       // the document itself, to be copied and changed
//
//   supervision   rules over one case: the rule book of a provincial system (A001 …), the four
//                 situations deemed overdue, notices owed, late and bulk entry, four eyes, charges
//                 and risk points
//   unit-month    rules over a unit and a month, and over persons and their applicants (C001 …);
//                 see supervision/cross_case.hpp
//   orders        alarms nobody issued an order about, orders not closed (B001, B002), and
//   disclosure    columns late, empty or incomplete; both in supervision/record_watch.hpp
//
// A pack is an ordinary document of rules and nothing in it is code. share/rules has the files, and
// rule_book.csv beside them says of each row of the provincial rule book which rule it became, or
// why none.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/document/rules_file.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

/// What rules look at, and so which words they may read.
enum class rule_subject : std::uint8_t {
  cases,   ///< one case and its steps: fact_environment()
  units,   ///< units by month, persons, pairs: cross_case_environment()
  records, ///< alarms, orders and columns: record_environment()
};

/// "cases", "units", "records"; 办件, 单位与人员, 命中、督办与栏目.
std::string_view to_string(rule_subject s);
std::string_view label(rule_subject s);

environment words_of(rule_subject s);

std::span<const std::string_view> rule_pack_names();

/// The document of a pack. Errors: unknown_reference, with did-you-mean.
result<std::string_view> rule_pack_text(std::string_view name);

/// A pack, compiled; nothing is wrong with it. Errors: as rule_pack_text().
result<rules_file> load_rule_pack(std::string_view name);

/// The rules that somebody names: a pack, or else a document, where the text has more than one
/// line, or else a file or a folder. They are compiled in the words of their subject. Errors:
/// bad_value for a pack of another subject. What is wrong with a document is among its problems.
result<rules_file> load_named_rules(std::string_view said, rule_subject about);

} // namespace banli
