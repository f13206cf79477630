// scoring_fixture.hpp — a small scheme, its records, and ways to ask for them.
#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <banli/assessment/ranking.hpp>
#include <banli/time/text.hpp>

namespace scoring {

using namespace banli;

inline decimal dec(const char* s) { return parse_decimal(s).value(); }
inline day on(const char* s) { return parse_day(s).value(); }

inline score_indicator indicator(const char* id, const char* of, const char* weight = "1",
                                 const char* points = "0") {
  score_indicator i;
  i.id = id;
  i.of = of;
  i.name = {id, id};
  i.weight = dec(weight);
  i.points = dec(points);
  return i;
}

inline score_adjustment adjustment(const char* id, const char* of, const char* kind,
                                   const char* each) {
  score_adjustment a;
  a.id = id;
  a.of = of;
  a.name = {id, id};
  a.on = {kind};
  if (*each != '\0') a.each = dec(each);
  return a;
}

/// Survey 80 % (service 70, government 30), daily check 20 % of 100 points, never below 0.
inline scoring_scheme double_evaluation() {
  scoring_scheme s;
  s.id = "double";
  s.name = {"double", "双评"};
  s.records = {{"check.attitude"}, {"check.graft"}, {"harm"}};
  s.indicators = {indicator("total", ""), indicator("survey", "total", "0.8"),
                  indicator("daily", "total", "0.2", "100"), indicator("service", "survey", "0.7"),
                  indicator("government", "survey", "0.3")};
  s.indicators[2].least = dec("0");
  s.indicators[3].mean = score_mean{"service", ""};
  s.indicators[4].mean = score_mean{"government", ""};
  s.adjustments = {adjustment("attitude", "daily", "check.attitude", "-10"),
                   adjustment("graft", "daily", "check.graft", "-10")};
  score_veto harm;
  harm.id = "harm";
  harm.name = {"harm", "损害"};
  harm.on = {"harm"};
  s.vetoes = {harm};
  s.waivers = {{"self_corrected", {"put right", "自查自纠"}}};
  score_consequence circulated, replaced;
  circulated.id = "circulated";
  circulated.last = 3;
  replaced.id = "replaced";
  replaced.last = 1;
  replaced.running = 2;
  s.consequences = {circulated, replaced};
  return s;
}

inline compiled_scheme scheme_of(const scoring_scheme& s) {
  compiled_schemes made = compile_scheme(s);
  for (const error& e : made.problems) INFO(to_string(e, language::en));
  REQUIRE(made.problems.empty());
  return *made.scheme;
}

inline score_record record(const char* id, const char* kind, const char* at = "2025-03-04") {
  score_record r;
  r.id = id;
  r.kind = kind;
  r.department = department_id{"A"};
  r.at = instant{on(at)};
  return r;
}

inline evaluation graded(std::string id, const char* group, satisfaction grade) {
  evaluation e;
  e.id = std::move(id);
  e.department = department_id{"A"};
  e.group = group;
  e.grade = grade;
  e.at = instant{on("2025-06-01")};
  return e;
}

inline score_question year_2025(const std::vector<score_record>& records,
                                const std::vector<evaluation>& said) {
  return {"A", on("2025-01-01"), on("2026-01-01"), records, said, {}};
}

/// The node of an indicator, or nullptr.
inline const score_node* node_of(const score_node& n, std::string_view id) {
  if (n.id == id) return &n;
  for (const score_node& p : n.parts)
    if (const score_node* found = node_of(p, id)) return found;
  return nullptr;
}

/// Whether every node is the sum of its lines and its parts.
inline bool adds_up(const score_node& n) {
  decimal sum{};
  for (const score_line& l : n.lines) sum = *add(sum, l.points);
  for (const score_node& p : n.parts) {
    if (!adds_up(p) || *multiply(p.value, p.weight) != p.contribution) return false;
    sum = *add(sum, p.contribution);
  }
  return sum == n.value;
}

} // namespace scoring
