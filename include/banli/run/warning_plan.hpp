// warning_plan.hpp — whom a hit is told to, and how (自动预警的内容和方式).
//
// The content of a warning is the message of its rule. Which way it goes and to whom depends on
// what kind of abnormality it is, and is a table of the office: the first row that fits is taken.
//
//   rule,dimension,level,certainty,channels,recipients
//   A004,,,,短信;平台,经办人;科室负责人
//   ,,alarm,abnormal,短信;平台,科室负责人;监察室
//   ,,,,平台,经办人
//
//   warning_plan_file f = parse_warning_plan(text, "ways.csv");
//   std::optional<warning> w = warning_of(f.plan, change, watch);
//   if (w) gateway.send(w->channels, w->recipients, w->message.zh);   // the host sends
//
// banli sends nothing: a warning leaves through the sink that the host gives to tell(). Channels
// and recipients are words of the host. What is raised is told, and what ends is not; a hit of a
// trial run is told as such.
//
// Source: requirement I08 (对各类异常、疑似异常实时自动预警的内容和方式).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/interchange/csv.hpp>
#include <banli/supervision/monitor.hpp>

namespace banli {

/// One row; what is absent fits everything.
struct warning_way {
  std::optional<rule_id> rule{};
  std::optional<banli::dimension> dimension{};
  std::optional<banli::level> level{};
  std::optional<banli::certainty> certainty{};
  std::vector<std::string> channels{};
  std::vector<std::string> recipients{};

  friend bool operator==(const warning_way&, const warning_way&) = default;
};

struct warning_plan {
  std::vector<warning_way> ways; ///< the first that fits a rule is taken
};

/// The first row that fits, or nullptr: nobody is told.
const warning_way* way_for(const warning_plan& plan, const rule& r);

struct warning_plan_file {
  warning_plan plan; ///< empty if anything was found
  problems found;    ///< in the order of the text
};

/// Reads a table. Codes: those of read_csv; missing_column, unknown_field (a column that means
/// nothing; did you mean), unknown_value (dimension, level, certainty), unknown_reference (a rule
/// that is not in `rules`; did you mean), missing_field (a row without a channel).
warning_plan_file parse_warning_plan(std::string_view csv, const std::string& file,
                                     const rule_set& rules, const csv_limits& limits = {});

/// What is told of a hit.
struct warning {
  instant at{};
  case_id id;
  rule_id rule;
  node_id step{};
  banli::level level{};
  banli::certainty certainty{};
  rule_stage stage = rule_stage::formal;
  std::vector<std::string> channels;
  std::vector<std::string> recipients;
  text message;

  friend bool operator==(const warning&, const warning&) = default;
};

/// What is told of a change: of one that raises a hit and for which the plan has a way.
std::optional<warning> warning_of(const warning_plan& plan, const hit_change& c, const monitor& of);

/// Gives the sink what is told of some changes, in their order; how many that were.
std::size_t tell(const warning_plan& plan, std::span<const hit_change> changes, const monitor& of,
                 const std::function<void(const warning&)>& sink);

} // namespace banli
