// Commands that stop, move or lengthen the limits.
#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/engine/case_clocks.hpp>

#include "judge.hpp"

namespace banli::detail {

denial command_judge::request_supplement() {
  return add_with_reason(event_kind::supplement_requested);
}

denial command_judge::suspend() {
  if (denial why = reason_given()) return why;
  if (!policy_.stops)
    return make_error(errc::condition_not_met, "the limit of a case of kind '{}' is not stopped",
                      "{1}的时限不能暂停", to_string(policy_.kind), label(policy_.kind));
  std::vector<std::string_view> kinds{suspension_kind};
  for (const std::string& k : d_.item.excluded_procedures) kinds.emplace_back(k);
  if (std::find(kinds.begin(), kinds.end(), c_.with.kind) == kinds.end())
    return with_hint(make_error(errc::unknown_value,
                                "'{}' is no excluded procedure of item {}; it has: {}",
                                "“{}”不是事项 {} 的不计时程序;可选:{}", c_.with.kind,
                                d_.item.code.text(), fmt::join(kinds, ", ")),
                     suggestion(c_.with.kind, kinds));
  return add(event_kind::suspended);
}

denial command_judge::extends_at_all() const {
  if (denial why = reason_given()) return why;
  if (!c_.with.limit) return missing("a limit", "延长的期限");
  if (c_.with.authority.empty()) return missing("the authority that consents", "批准机关");
  if (policy_.extends) return std::nullopt;
  return make_error(errc::extension_refused, "the limit of a case of kind '{}' is not extended",
                    "{1}的时限不能延长", to_string(policy_.kind), label(policy_.kind));
}

bool command_judge::limit_has_run_out() const {
  const auto k = clocks(d_, s_, cal_);
  return k && !in_time(k->promised.result, c_.at);
}

/// A request that comes too late is a fact like others, and one that supervision wants to know.
denial command_judge::request_extension() {
  if (denial why = extends_at_all()) return why;
  if (!s_.requests.empty() && !s_.requests.back().answered)
    return make_error(errc::extension_refused, "an extension was asked for on {} already",
                      "已于 {} 申请延期,尚未答复", to_short_text(s_.requests.back().asked));
  details with = c_.with;
  with.outcome = limit_has_run_out() ? "late" : "";
  return add(event_kind::extension_requested, std::move(with));
}

denial command_judge::deny_extension() {
  if (denial why = reason_given()) return why;
  if (!s_.requests.empty() && !s_.requests.back().answered)
    return add(event_kind::extension_denied);
  return make_error(errc::extension_refused, "no extension waits for an answer",
                    "没有待答复的延期申请");
}

denial command_judge::extend() {
  if (denial why = extends_at_all()) return why;
  event asked{.what = event_kind::extended, .at = c_.at, .actor = {}, .request = {}};
  asked.with.limit = c_.with.limit;
  asked.with.authority = c_.with.authority;
  const case_state longer = banli::apply(d_, s_, asked);
  const auto k = clocks(d_, longer, cal_);
  if (!k) return k.error();
  return add(event_kind::extended);
}

} // namespace banli::detail
