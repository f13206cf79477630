// A scheme at work. Records are put in order first, so that the order they came in does not matter.
#include <banli/assessment/score.hpp>

#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/expression/bound_values.hpp>

#include "assessment/exact_sum.hpp"
#include "assessment/scheme_program.hpp"

namespace banli {

namespace {

using detail::brief;
using detail::exact_sum;
using detail::inner_places;
using detail::too_many_digits;

bool names(const std::vector<std::string>& kinds, const std::string& kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// What a `when` reads of a record.
bound_values facts_of(const score_record& r) {
  bound_values b;
  b.set("record.kind", value{r.kind}).set("record.rule", value{r.rule.text()});
  b.set("record.amount", value{r.amount}).set("record.note", value{r.note});
  return b;
}

text both(std::string s) { return {s, s}; }

class scorer {
 public:
  scorer(const compiled_scheme::parts& p, const score_question& asked)
      : p_(p), s_(p.definition), asked_(asked) {
    for (const auto& [name, n] : asked.counts) counts_.set("counts." + name, value{n});
  }

  result<score> run() {
    if (auto wrong = look_over()) return *wrong;
    score out;
    out.subject = asked_.subject;
    out.scheme = s_.id;
    out.from = asked_.from;
    out.until = asked_.until;
    auto root = node(p_.total);
    if (!root) return root.error();
    out.root = *std::move(root);
    if (auto wrong = settle(out)) return *wrong;
    for (std::size_t i = 0; i < s_.vetoes.size(); ++i)
      if (auto wrong = veto(i, out)) return *wrong;
    out.complete = complete_;
    return out;
  }

 private:
  using failed = std::optional<error>;

  // What is scored.

  bool mine(const department_id& department, const person_id& person, instant at) const {
    const std::string& who =
        s_.subject == score_subject::department ? department.text() : person.text();
    return who == asked_.subject && at >= instant{asked_.from} && at < instant{asked_.until};
  }

  failed look_over() {
    std::vector<std::string_view> known;
    for (const score_count& c : s_.counts) known.emplace_back(c.name);
    for (const auto& [name, n] : asked_.counts)
      if (std::ranges::find(known, name) == known.end())
        return with_hint(make_error(errc::unknown_reference, "the scheme declares no count '{}'",
                                    "办法中没有计数“{}”", name),
                         suggestion(name, known));
    for (const score_record& r : asked_.records)
      if (mine(r.department, r.person, r.at)) records_.push_back(&r);
    for (const evaluation& e : asked_.evaluations)
      if (mine(e.department, e.person, e.at)) evaluations_.push_back(&e);
    std::ranges::sort(records_, [](const score_record* a, const score_record* b) {
      return std::tie(a->at, a->id) < std::tie(b->at, b->id);
    });
    std::vector<std::string_view> grounds;
    for (const waiver_kind& w : s_.waivers) grounds.emplace_back(w.id);
    for (const score_record* r : records_)
      if (!r->waiver.empty() && std::ranges::find(grounds, r->waiver) == grounds.end())
        return with_hint(make_error(errc::unknown_reference,
                                    "record '{}' is waived by '{}', which the scheme does not know",
                                    "记录“{}”的免扣依据“{}”不在办法之中", r->id, r->waiver),
                         suggestion(r->waiver, grounds));
    return std::nullopt;
  }

  /// The records of some kinds for which a condition holds.
  result<std::vector<const score_record*>> meant(const std::vector<std::string>& on,
                                                 const std::optional<program>& when) const {
    std::vector<const score_record*> out;
    for (const score_record* r : records_) {
      if (!names(on, r->kind)) continue;
      if (when) {
        const outcome o = when->evaluate(facts_of(*r));
        if (o.is == outcome::state::error) return o.error;
        if (!o.truth().value_or(false)) continue;
      }
      out.push_back(r);
    }
    return out;
  }

  // The tree.

  result<score_node> node(std::size_t i) {
    const score_indicator& x = s_.indicators[i];
    score_node n;
    n.id = x.id;
    n.name = x.name;
    n.weight = x.weight;
    exact_sum sum;
    const auto put = [&](score_line line) {
      sum.add(line.points);
      n.lines.push_back(std::move(line));
    };
    if (x.points != decimal{}) put({score_cause::points, x.id, x.name, x.points, {}, {}, {}});
    if (p_.values[i]) {
      auto line = computed(*p_.values[i], {score_cause::value, x.id, x.name, {}, {}, {}, {}});
      if (!line) return line.error();
      put(*std::move(line));
    }
    if (x.mean) {
      auto line = mean(x);
      if (!line) return line.error();
      put(*std::move(line));
    }
    for (const std::size_t a : p_.changes[i]) {
      auto lines = adjustment(a);
      if (!lines) return lines.error();
      for (score_line& line : *lines) put(std::move(line));
    }
    for (const std::size_t below : p_.below[i]) {
      auto part = node(below);
      if (!part) return part.error();
      sum.add(part->contribution);
      n.parts.push_back(*std::move(part));
    }
    if (!sum.value()) return too_many_digits(x.id);
    n.value = *sum.value();
    if (auto wrong = factor(i, n)) return *wrong;
    if (auto wrong = bound(x.id, x.name, x.least, x.most, n.value, n.lines)) return *wrong;
    const auto contribution = multiply(n.value, x.weight);
    if (!contribution) return too_many_digits(x.id);
    n.contribution = *contribution;
    return n;
  }

  /// A line of what an expression over the counts gives.
  result<score_line> computed(const program& p, score_line line) {
    const outcome o = p.evaluate(counts_);
    if (o.is == outcome::state::error) return o.error;
    if (o.is == outcome::state::unknown) {
      complete_ = false;
      line.missing = o.missing;
      line.note = {"not known", "缺少数据"};
      return line;
    }
    if (const auto whole = o.value.as_int()) {
      const auto d = parse_decimal(fmt::format("{}", *whole));
      if (!d) return too_many_digits(line.id);
      line.points = *d;
    } else {
      line.points = o.value.as_decimal().value_or(decimal{});
    }
    return line;
  }

  decimal worth(satisfaction grade) const {
    for (const grade_points& g : s_.grades)
      if (g.grade == grade) return g.points;
    constexpr std::array<std::int64_t, 5> usual{100, 80, 60, 30, 0};
    return decimal{usual[static_cast<std::size_t>(grade)], 0};
  }

  result<score_line> mean(const score_indicator& x) {
    score_line line{score_cause::mean, x.id, x.name, {}, {}, {}, {}};
    exact_sum sum;
    std::int64_t n = 0;
    for (const evaluation* e : evaluations_) {
      if (!x.mean->group.empty() && e->group != x.mean->group) continue;
      const auto mark = e->marks.find(x.mean->aspect);
      if (x.mean->aspect.empty() && e->grade)
        sum.add(worth(*e->grade));
      else if (!x.mean->aspect.empty() && mark != e->marks.end())
        sum.add(decimal{mark->second, 0});
      else
        continue;
      ++n;
    }
    if (n == 0) {
      complete_ = false;
      line.missing = {"evaluations." + x.mean->group +
                      (x.mean->aspect.empty() ? "" : "." + x.mean->aspect)};
      line.note = {"nobody was asked", "没有评价"};
      return line;
    }
    const auto mean =
        sum.value() ? divide(*sum.value(), decimal{n, 0}, inner_places) : std::nullopt;
    if (!mean) return too_many_digits(x.id);
    line.points = *mean;
    line.note = {fmt::format("evaluations: {}", n), fmt::format("{} 份评价的平均", n)};
    return line;
  }

  failed factor(std::size_t i, score_node& n) {
    if (!p_.factors[i]) return std::nullopt;
    const score_indicator& x = s_.indicators[i];
    auto line = computed(*p_.factors[i], {score_cause::factor, x.id, x.name, {}, {}, {}, {}});
    if (!line) return line.error();
    if (line->missing.empty()) {
      const decimal by = line->points;
      const auto product = multiply(n.value, by);
      const auto whole = product ? round(*product, inner_places) : std::nullopt;
      const auto change = whole ? subtract(*whole, n.value) : std::nullopt;
      if (!change) return too_many_digits(x.id);
      line->points = *change;
      line->note = both("× " + brief(by));
      n.value = *whole;
    }
    n.lines.push_back(*std::move(line));
    return std::nullopt;
  }

  /// Holds a sum between its bounds and says by how much.
  static failed bound(const std::string& id, const text& name, const std::optional<decimal>& least,
                      const std::optional<decimal>& most, decimal& sum,
                      std::vector<score_line>& lines) {
    const bool low = least && sum < *least;
    if (!low && !(most && sum > *most)) return std::nullopt;
    const decimal to = low ? *least : *most;
    const auto change = subtract(to, sum);
    if (!change) return too_many_digits(id);
    lines.push_back({score_cause::cap,
                     id,
                     name,
                     *change,
                     {},
                     low ? text{"not below " + brief(to), "不低于 " + brief(to)}
                         : text{"not above " + brief(to), "不高于 " + brief(to)},
                     {}});
    sum = to;
    return std::nullopt;
  }

  // Adjustments.

  result<std::vector<score_line>> adjustment(std::size_t i) {
    const score_adjustment& a = s_.adjustments[i];
    std::vector<score_line> lines;
    if (p_.amounts[i]) {
      auto line = computed(*p_.amounts[i], {score_cause::adjustment, a.id, a.name, {}, {}, {}, {}});
      if (!line) return line.error();
      if (line->points != decimal{} || !line->missing.empty()) lines.push_back(*std::move(line));
    } else {
      const auto records = meant(a.on, p_.whens[i]);
      if (!records) return records.error();
      if (auto wrong = charge(a, *records, lines)) return *wrong;
    }
    exact_sum sum;
    for (const score_line& l : lines) sum.add(l.points);
    if (!sum.value()) return too_many_digits(a.id);
    decimal whole = *sum.value();
    // What nothing touched stays nothing, whatever its bounds.
    if (!lines.empty())
      if (auto wrong = bound(a.id, a.name, a.least, a.most, whole, lines)) return *wrong;
    return lines;
  }

  /// A line for every record, or for every so many of them.
  failed charge(const score_adjustment& a, const std::vector<const score_record*>& records,
                std::vector<score_line>& lines) const {
    score_line group{score_cause::adjustment, a.id, a.name, {}, {}, {}, {}};
    for (const score_record* r : records) {
      score_line line{score_cause::adjustment, a.id, a.name, {}, {r->id}, both(r->note), {}};
      if (r->trial || (a.waivable && !r->waiver.empty())) {
        line.cause = r->trial ? score_cause::trial : score_cause::waived;
        if (!r->trial) line.note = both(r->waiver_reason);
        lines.push_back(std::move(line));
        continue;
      }
      if (a.every == 1) {
        if (!a.each && !r->points)
          return make_error(errc::missing_field,
                            "record '{}' says no points, and '{}' asks for them",
                            "记录“{}”没有分值,而“{}”按记录的分值计算", r->id, a.id);
        line.points = a.each ? *a.each : *r->points;
        lines.push_back(std::move(line));
        continue;
      }
      group.records.push_back(r->id);
      if (group.records.size() < static_cast<std::size_t>(a.every)) continue;
      line.points = *a.each;
      line.records = std::move(group.records);
      group.records.clear();
      line.note = {fmt::format("{} times", a.every), fmt::format("满 {} 次", a.every)};
      lines.push_back(std::move(line));
    }
    return std::nullopt;
  }

  failed veto(std::size_t i, score& out) const {
    const score_veto& v = s_.vetoes[i];
    const auto records = meant(v.on, p_.veto_whens[i]);
    if (!records) return records.error();
    score_vetoed found{v.id, v.name, {}};
    for (const score_record* r : *records)
      if (!r->trial) found.records.push_back(r->id);
    if (!found.records.empty()) out.vetoes.push_back(std::move(found));
    return std::nullopt;
  }

  /// Rounds the total; what rounding took is the last line.
  failed settle(score& out) const {
    const auto total =
        round(out.root.contribution, static_cast<std::uint8_t>(s_.places), rounding::half_even);
    const auto change = total ? subtract(*total, out.root.contribution) : std::nullopt;
    if (!change) return too_many_digits(out.root.id);
    if (*change != decimal{})
      out.root.lines.push_back({score_cause::rounding,
                                out.root.id,
                                out.root.name,
                                *change,
                                {},
                                {fmt::format("to {} places, half to even", s_.places),
                                 fmt::format("修约到 {} 位小数,四舍六入五成双", s_.places)},
                                {}});
    out.root.value = *total;
    out.root.contribution = *total;
    out.total = *total;
    return std::nullopt;
  }

  const compiled_scheme::parts& p_;
  const scoring_scheme& s_;
  const score_question& asked_;
  bound_values counts_;
  std::vector<const score_record*> records_; ///< of the subject and the period, in order
  std::vector<const evaluation*> evaluations_;
  bool complete_ = true;
};

} // namespace

result<score> score_of(const compiled_scheme& scheme, const score_question& asked) {
  if (auto found = check(asked.records); !found.empty()) return found.front();
  if (auto found = check(asked.evaluations); !found.empty()) return found.front();
  return scorer{scheme.inside(), asked}.run();
}

result<std::vector<score>>
scores_of(const compiled_scheme& scheme, const score_question& asked,
          const std::map<std::string, std::map<std::string, std::int64_t>>& subjects) {
  if (auto found = check(asked.records); !found.empty()) return found.front();
  if (auto found = check(asked.evaluations); !found.empty()) return found.front();
  std::vector<score> out;
  for (const auto& [subject, counts] : subjects) {
    score_question one = asked;
    one.subject = subject;
    one.counts = counts;
    auto s = scorer{scheme.inside(), one}.run();
    if (!s) return s.error();
    out.push_back(*std::move(s));
  }
  return out;
}

} // namespace banli
