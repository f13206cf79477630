// calendar_pile.hpp — joining what documents and tables say about days into one calendar_source.
//
// A document may start from the official calendar (base: cn) or from the bare week (base: none);
// those that are joined must agree. Everything a document names is kept with its place until the
// years of the calendar are known: a day outside them would be dropped without a word.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <banli/calendar/calendar_source.hpp>

#include "document/document_set.hpp"

namespace banli::detail {

/// One day of a table or a document, and where it is said.
struct placed_day {
  day_rule rule;
  place where;
};

/// How many days may still be named.
struct day_budget {
  std::size_t most = calendar_limits{}.days;
  std::size_t used = 0;
  bool spent = false; ///< and said so
};

/// Lays entries out day by day. A day that one owner names twice is reported, and so are more days
/// than allowed.
class day_layer {
 public:
  day_layer(std::string owner, day_budget& budget, findings& found)
      : owner_(std::move(owner)), budget_(budget), found_(found) {}

  void add(const day_span& span, opening opens, const std::string& name, const place& where);
  /// The entries of a list in a document; those that could not be read are passed over.
  void add(const std::vector<day_entry>& entries, yaml_node list);

  std::vector<placed_day> take() { return std::move(days_); }

 private:
  std::string owner_;
  day_budget& budget_;
  findings& found_;
  std::set<day> seen_;
  std::vector<placed_day> days_;
};

class calendar_pile {
 public:
  explicit calendar_pile(findings& found) : found_(found) { source_.name.clear(); }

  /// The official calendar, at the bottom of the pile.
  void add_official(const place& where) { base(calendar_base::cn, where); }
  void add(const located<calendar_document>& d);
  void add(const located<overlay_document>& d);
  void add(std::string source, day published, std::vector<placed_day> days);
  /// A name for a calendar that no document names.
  void call(const std::string& name) { fallback_ = name; }

  day_budget& budget() { return budget_; }
  bool empty() const { return !base_ && extents_.empty(); }

  /// The joined source. It can be built if nothing was found.
  calendar_source take();

 private:
  void base(calendar_base b, const place& where);
  void settings(const calendar_document& d, yaml_node node);
  void years(const year_range& y, yaml_node node);
  void fixed(const calendar_document& d, yaml_node node);
  overlay lay(const overlay_document& o, yaml_node node);
  std::vector<day_rule> keep(std::vector<placed_day> days);
  void set_years();

  findings& found_;
  calendar_source source_;
  std::string fallback_ = "calendar";
  std::optional<calendar_base> base_;
  place base_where_;
  std::optional<place> years_where_;
  std::optional<place> weekend_where_;
  std::vector<std::pair<day, place>> extents_; ///< days named, with their places
  day_budget budget_;
};

} // namespace banli::detail
