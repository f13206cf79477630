// score_record.hpp — what a score rests on: findings, and what people said.
//
//   score_record r{.id = "R-7", .kind = "check.attitude", .department = market, .at = t,
//                  .note = "窗口人员态度生硬"};
//   evaluation e{.id = "P-1", .department = market, .group = "service",
//                .grade = satisfaction::satisfied, .at = t};
//
// A *record* (扣分依据) is one thing that happened and may cost or earn points: a hit of a rule, a
// complaint, a finding of the weekly inspection, a check of disclosure. It has one kind, a word of
// the scheme; who looks at a score later finds by its id what cost the point.
//
// A record may be *waived* (自查自纠, 不予扣分): then it says so, with the kind of the waiver and
// the reason, stays in the list and costs nothing. What a rule on trial found is recorded and not
// scored.
//
// An *evaluation* (评价) is what one person said of the handling: a grade of the five of 政务服务
// “好差评” (国办发〔2019〕51号), or marks from 0 to 100 for the aspects of a questionnaire, or
// both.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/expression/decimal.hpp>
#include <banli/time/civil.hpp>

namespace banli {

struct score_record {
  std::string id{};           ///< unique: what points refer to
  std::string kind{};         ///< of the scheme: "hit.alarm", "check.attitude"
  department_id department{}; ///< whom it is about
  person_id person{};         ///< likewise, where it is about one
  instant at{};
  std::int64_t amount = 0;         ///< days late, times; what a condition may ask for
  std::optional<decimal> points{}; ///< where the finding says itself what it costs or earns
  std::string note{};
  case_id of{};         ///< the case, where there is one
  rule_id rule{};       ///< the rule, where there is one
  bool trial = false;   ///< found by a rule on trial: never scored
  std::string waiver{}; ///< kind of the waiver; empty: none
  std::string waiver_reason{};

  friend bool operator==(const score_record&, const score_record&) = default;
};

/// The five grades, from the best.
enum class satisfaction : std::uint8_t {
  very_satisfied,    ///< 非常满意
  satisfied,         ///< 满意
  fairly_satisfied,  ///< 基本满意
  dissatisfied,      ///< 不满意
  very_dissatisfied, ///< 非常不满意
};

std::string_view to_string(satisfaction s);
std::string_view label(satisfaction s);

/// How an evaluation reached the office (评价渠道).
enum class evaluation_channel : std::uint8_t {
  counter, ///< 窗口评价器
  web,     ///< 网上测评
  mobile,  ///< 移动端
  phone,   ///< 电话回访
  message, ///< 短信
  paper,   ///< 书面问卷
};

std::string_view to_string(evaluation_channel c);
std::string_view label(evaluation_channel c);

struct evaluation {
  std::string id{};
  department_id department{};
  person_id person{};
  std::string group{}; ///< who was asked: "service" 服务对象, "government" 党委政府
  evaluation_channel channel = evaluation_channel::counter;
  std::optional<satisfaction> grade{};
  std::map<std::string, std::int64_t> marks{}; ///< by aspect, 0 to 100
  instant at{};
  item_id item{};
  case_id of{};
  std::string words{};

  friend bool operator==(const evaluation&, const evaluation&) = default;
};

/// Codes: missing_field (id, kind, department and person, the reason of a waiver), duplicate_id.
/// Paths are "/3/waiver_reason".
problems check(std::span<const score_record> records, const locator& where = nowhere);

/// Codes: missing_field (id, department and person, neither grade nor marks), out_of_range (a mark
/// above 100 or below 0), duplicate_id.
problems check(std::span<const evaluation> all, const locator& where = nowhere);

} // namespace banli
