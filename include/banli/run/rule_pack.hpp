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

#include <span>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/document/rules_file.hpp>

namespace banli {

std::span<const std::string_view> rule_pack_names();

/// The document of a pack. Errors: unknown_reference, with did-you-mean.
result<std::string_view> rule_pack_text(std::string_view name);

/// A pack, compiled; nothing is wrong with it. Errors: as rule_pack_text().
result<rules_file> load_rule_pack(std::string_view name);

} // namespace banli
