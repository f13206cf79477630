// law_library.hpp — the laws items rest on (法律法规库), from when they hold and until when.
//
//   law_library laws;
//   laws.add({law_id{"stgl"}, legal_rank::administrative_rule, "社会团体登记管理条例",
//             {{"第九条", "…"}}, to_day(1998y / 10 / 25)});
//   check_bases(item, laws, today);      // a basis that is not there, or no longer holds
//   laws.repeal(law_id{"stgl"}, to_day(2030y / 1 / 1), "被新条例废止");
//
// A basis names a law by its id in the library, or by its title where it has none; 《 》 around a
// title say nothing. Titles are found whole. Nothing is deleted: a law that no longer holds has a
// day of repeal and the reason, and items that still rest on it are found (repealed_law).
//
// The hard case is a law that was made anew under its old title. Both stand in the library with
// their days; a title means the one that holds on the day in question, and only if none does is the
// basis a finding.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/item/service_item.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// One article of a law.
struct law_article {
  std::string number{}; ///< 第九条
  std::string words{};

  friend bool operator==(const law_article&, const law_article&) = default;
};

/// One law, in one edition.
struct law {
  law_id id{};
  legal_rank rank = legal_rank::law;
  std::string title{};                 ///< without 《 》
  std::vector<law_article> articles{}; ///< empty: not entered, so that no article is judged
  day effective{};                     ///< the first day it holds
  std::optional<day> repealed{};       ///< the first day it no longer holds
  std::string document{};              ///< the number of the document: 国务院令第250号
  std::string repeal_reason{};

  bool holds(day d) const { return effective <= d && (!repealed || d < *repealed); }
  friend bool operator==(const law&, const law&) = default;
};

struct law_library_limits {
  std::size_t laws = 100'000;
  std::size_t articles = 10'000; ///< of one law
};

class law_library {
 public:
  explicit law_library(const law_library_limits& limits = {}) : limits_(limits) {}

  /// Errors: missing_field (id, title), duplicate_id (the id, or the title in the same days),
  /// bad_value (repealed before it holds), limit_exceeded.
  result<void> add(law l);
  /// The same law, put right. Errors: unknown_reference, those of add().
  result<void> amend(law l);
  /// Errors: unknown_reference, missing_reason, bad_value.
  result<void> repeal(const law_id& id, day from, std::string reason);

  const std::vector<law>& laws() const { return laws_; }
  const law* find(const law_id& id) const;
  /// The edition of a title that holds on a day, else the latest one; null if there is none.
  const law* find(std::string_view title, day d) const;

  friend bool operator==(const law_library& a, const law_library& b) { return a.laws_ == b.laws_; }

 private:
  result<void> judge(const law& l, const law* itself) const;

  law_library_limits limits_;
  std::vector<law> laws_; ///< in the order in which they were added
};

/// A title without 《 》.
std::string_view bare_title(std::string_view title);

/// The bases of an item against the library on a day. Codes: unknown_reference (no such law or
/// article; did you mean), repealed_law, bad_value (not yet in force, or another rank).
problems check_bases(const service_item& item, const law_library& laws, day d,
                     const locator& where = nowhere);

/// The same without asking for a day, as documents are judged: whether each basis names a law of
/// the library and an article of one of its editions. Codes: unknown_reference (did you mean),
/// bad_value (another rank).
problems check_basis_names(const service_item& item, const law_library& laws,
                           const locator& where = nowhere);

} // namespace banli
