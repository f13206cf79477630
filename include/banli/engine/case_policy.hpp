// case_policy.hpp — how the five kinds of cases differ, as one table.
//
//   kind                 stops  extends  reports up  starts when complete  waits for co-handlers
//   immediate   即办件    no      no        no              no                    no
//   promised    承诺件    yes     yes       no              no                    no
//   to_complete 补办件    yes     yes       no              yes                   no
//   reported_up 上报件    yes     yes       yes             no                    no
//   joint       联办件    yes     yes       no              no                    yes
//
//   policy_of(case_kind::immediate).stops;        // false: who decides on the spot holds no
//   hearing suggest_kind(item).kind;                      // reported_up for 公证机构变更(初审)
//
// A case that is to be completed (补办件) is received incomplete: while the applicant is asked for
// more no limit runs, and the whole limit runs from the day on which the case is complete. The
// other reading of 补办, handled first and registered afterwards, is no kind of case: any event of
// any case may be recorded late (event.hpp).
//
// The promise of a case that is reported up covers the time above (承诺办结的时限应当包括上级部门的
// 审批时限): reporting up stops no clock.
//
// Renewals. A permit is renewed once, by a year at most; whoever asks later than 30 working days
// before it ends asks too late; the office answers in 20 working days: unless the item says
// otherwise (renewal_rules). Where nobody answers who was asked in time before the permit ends,
// silence renews it (case_clocks.hpp).
//
// Sources: the guide's case kinds (requirements E01-E11); 限时办结制度; 行政许可法 art. 42, 50.
#pragma once

#include <optional>
#include <span>

#include <banli/base/result.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

struct case_policy {
  case_kind kind{};
  bool stops = true;                  ///< excluded procedures and suspensions
  bool extends = true;                ///< extensions
  bool reports_up = false;            ///< 上报: the upper level decides
  bool starts_when_complete = false;  ///< asking for more stops the limit, which then starts anew
  bool waits_for_co_handlers = false; ///< nothing is decided before all have done their steps
};

/// The policies, in the order of case_kind.
std::span<const case_policy> case_policies();

const case_policy& policy_of(case_kind kind);

/// Whether the limits of an item's cases run anew after a supplement: by its kind or its rule.
bool restarts_when_supplemented(const service_item& item);

/// A kind that an item's own words suggest, and why.
struct kind_suggestion {
  case_kind kind{};
  text why;
};

/// 初审 in the name: reported up (the upper level decides); co-handlers: joint; no time at all:
/// immediate; else promised.
kind_suggestion suggest_kind(const service_item& item);

/// An item of the type 代理 (DL): the office acts for somebody, so an application names the agent.
bool is_agency(const service_item& item);

/// How long the office may take to answer an application: accept, refuse, or say what is missing
/// (行政许可法 art. 32).
inline constexpr time_limit reply_limit{5, limit_unit::workday};

} // namespace banli
