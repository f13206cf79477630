// mandate.hpp — one person acting for another: delegation (授权代理) and A/B posts (A/B岗).
//
//   mandate m{.kind = mandate_kind::delegation, .from = person_id{"P2"}, .to = person_id{"P5"}};
//   m.posts = {post_id{"审查岗"}};                   // of what P2 may do; empty: all of it
//   m.items = {item_id{"62052400MZ-XK-0001"}};       // empty: every item
//   m.since = t; m.until = u;                        // from t until before u
//   m.registered_by = person_id{"P1"};
//   principals(o, person_id{"P5"}, {item, now});     // P2, with the posts lent
//
// A delegation is granted for a time and by somebody: it names its end and who registered it. A
// substitute (B岗) stands in for the holder of the A post for as long as the entry says, or always.
// Either lends what the giver may do and no more, and acting by it makes both answerable: whatever
// is barred to one of them is barred to the act (authority.hpp).
//
// Who was given a power does not give it on, unless the organisation says how often
// (mandate_depth; 1 is once, no chain). A chain that is longer is a fault, and a ring always is;
// both are looked for among mandates whose times and scopes meet.
//
// The hard case is the chain of two that never hold at once, or for different posts: it is none.
//
// Source: 《行政许可法》 第二十四条第三款 and 《行政处罚法》 第二十一条 (no delegation on);
// requirements Q02.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

struct organisation;

enum class mandate_kind : std::uint8_t {
  delegation, ///< 授权代理
  substitute, ///< A/B岗: the B post stands in for the A post
};

/// "delegation", "substitute"; 授权代理, A/B岗替岗.
std::string_view to_string(mandate_kind k);
std::string_view label(mandate_kind k);

struct mandate {
  mandate_kind kind = mandate_kind::delegation;
  person_id from{};
  person_id to{};
  std::vector<post_id> posts{};   ///< of the giver's; empty: all
  std::vector<item_id> items{};   ///< empty: every item
  std::optional<instant> since{}; ///< none: it has always held
  std::optional<instant> until{}; ///< the first instant at which it holds no more; none: open
  person_id registered_by{};
  std::string reason{};

  bool holds_at(instant t) const { return (!since || *since <= t) && (!until || t < *until); }
  friend bool operator==(const mandate&, const mandate&) = default;
};

/// Somebody for whom a person may act.
struct principal {
  person_id who;
  mandate_kind by{};          ///< kind of the mandate that names the person
  std::vector<post_id> posts; ///< lent; empty: all of theirs

  friend bool operator==(const principal&, const principal&) = default;
};

/// What is to be done by a mandate, and when.
struct mandate_question {
  item_id item;
  instant when{};
};

/// Those for whom a person may act, nearest first.
std::vector<principal> principals(const organisation& o, const person_id& who,
                                  const mandate_question& what);

/// Codes: unknown_reference (a person or post that is not there, with did-you-mean), missing_field
/// (the end or the registrar of a delegation), bad_value (to oneself, an end not after the start, a
/// ring), limit_exceeded (a chain longer than the organisation allows; too many mandates).
problems check_mandates(const organisation& o, const locator& where = nowhere);

} // namespace banli
