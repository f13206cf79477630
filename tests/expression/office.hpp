// office.hpp — the environment and the facts that the expression tests share.
#pragma once

#include <banli/expression/bound_values.hpp>
#include <banli/expression/environment.hpp>
#include <banli/time/text.hpp>

namespace office {

using namespace banli;

inline environment words() {
  environment env;
  const type fee = type::record(
      "fee",
      {{"amount", type_kind::real}, {"standard", type_kind::real}, {"note", type_kind::string}});
  env.declare(
      "case",
      type::record("case",
                   {{"elapsed_workdays", type_kind::integer},
                    {"promised_days", type_kind::integer},
                    {"status", type::enumeration("status", {"open", "suspended", "concluded"})},
                    {"started", type_kind::timestamp},
                    {"closed_at", type_kind::timestamp}}));
  env.declare("fees", type::list_of(fee));
  env.alias({.label = "办件", .name = "case"})
      .alias({.label = "已用工作日", .name = "elapsed_workdays"})
      .alias({.label = "承诺天数", .name = "promised_days"})
      .alias({.label = "金额", .name = "amount"});
  return env;
}

inline value fee(double amount, double standard) {
  return value::map({{"amount", amount}, {"standard", standard}});
}

/// Nineteen of twenty days used, not closed.
inline bound_values facts(instant now = {}) {
  bound_values b{now};
  b.set("case.elapsed_workdays", 19)
      .set("case.promised_days", 20)
      .set("case.status", "open")
      .set("case.started", parse_instant("2025-10-13T09:00").value())
      .set("fees", value::list({fee(80, 100), fee(120, 100)}));
  return b;
}

} // namespace office
