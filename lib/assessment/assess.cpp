#include <banli/assessment/assess.hpp>

#include <algorithm>

#include <banli/time/text.hpp>

#include "assessment/column_table.hpp"
#include "assessment/scheme_program.hpp"

namespace banli {

namespace {

/// Scores the periods of a window one after the other.
class assessor {
 public:
  assessor(const compiled_scheme& scheme, const assessment_question& asked)
      : scheme_(scheme), asked_(asked) {}

  result<assessment> run() {
    if (asked_.from >= asked_.until)
      return make_error(errc::bad_value, "the window of the assessment is empty", "考核区间为空");
    for (civil_period p : periods_between(scheme_.definition().period, asked_.from, asked_.until)) {
      p.from = std::max(p.from, asked_.from);
      p.until = std::min(p.until, asked_.until);
      windows_.push_back(p);
    }
    name_subjects();
    for (std::size_t i = 0; i < windows_.size(); ++i)
      if (auto wrong = score_period(i)) return *wrong;
    if (auto wrong = join()) return *wrong;
    out_.places = rank(scheme_, out_.scores);
    out_.consequences = consequences(scheme_, out_.periods);
    return std::move(out_);
  }

 private:
  using failed = std::optional<error>;

  template <class T>
  void name(const T& x) {
    const bool of_departments = scheme_.definition().subject == score_subject::department;
    const std::string& who = of_departments ? x.department.text() : x.person.text();
    if (!who.empty() && x.at >= instant{asked_.from} && x.at < instant{asked_.until})
      subjects_.insert(who);
  }

  void name_subjects() {
    subjects_ = asked_.subjects;
    for (const score_record& r : asked_.records) name(r);
    for (const evaluation& e : asked_.evaluations) name(e);
    for (const civil_period& p : windows_) {
      counts_.push_back(asked_.counts ? asked_.counts(p.from, p.until) : subject_counts{});
      for (const auto& [who, counts] : counts_.back()) subjects_.insert(who);
    }
  }

  failed score_period(std::size_t i) {
    subject_counts declared;
    for (const std::string& who : subjects_) {
      auto& mine = declared[who];
      const auto given = counts_[i].find(who);
      if (given == counts_[i].end()) continue;
      for (const score_count& c : scheme_.definition().counts)
        if (const auto n = given->second.find(c.name); n != given->second.end()) mine.insert(*n);
    }
    auto scores = scores_of(
        scheme_, {{}, windows_[i].from, windows_[i].until, asked_.records, asked_.evaluations, {}},
        declared);
    if (!scores) return scores.error();
    out_.periods.push_back(rank(scheme_, *scores));
    out_.periods.back().from = windows_[i].from;
    out_.periods.back().until = windows_[i].until;
    out_.period_scores.push_back(*std::move(scores));
    return std::nullopt;
  }

  failed join() {
    if (out_.period_scores.size() == 1) {
      out_.scores = out_.period_scores.front();
      return std::nullopt;
    }
    for (std::size_t who = 0; who < subjects_.size(); ++who) {
      std::vector<score> mine;
      for (const auto& of : out_.period_scores) mine.push_back(of[who]);
      auto mean = mean_of(scheme_, mine);
      if (!mean) return mean.error();
      out_.scores.push_back(*std::move(mean));
    }
    return std::nullopt;
  }

  const compiled_scheme& scheme_;
  const assessment_question& asked_;
  std::vector<civil_period> windows_;
  std::vector<subject_counts> counts_; ///< by window
  std::set<std::string> subjects_;
  assessment out_;
};

/// The lines of a node and of all below it; `weight` is what a point of it is worth in the total.
void put_points(const score& s, const score_node& n, double weight, detail::column_table& t) {
  for (const score_line& line : n.lines) {
    t.put(s.subject);
    t.put(to_text(s.from));
    t.put(to_text(s.until));
    t.put(n.id);
    t.put(to_string(line.cause));
    t.put(line.id);
    t.put(to_double(line.points));
    t.put(to_double(line.points) * weight);
    t.put(fmt::format("{}", fmt::join(line.records, " ")));
    t.put(line.note.zh.empty() ? line.note.en : line.note.zh);
  }
  for (const score_node& below : n.parts) put_points(s, below, weight * to_double(below.weight), t);
}

} // namespace

result<assessment> assess(const compiled_scheme& scheme, const assessment_question& asked) {
  return assessor{scheme, asked}.run();
}

data_table ranking_table(const compiled_scheme& scheme, const ranking& places,
                         std::span<const score> scores) {
  const compiled_scheme::parts& p = scheme.inside();
  const scoring_scheme& s = p.definition;
  detail::column_table t{"ranking", {s.name.en + ": ranking", s.name.zh + "排名"}};
  t.whole({"rank", "Rank", "名次"});
  t.words({"subject", "Subject", "考核对象"});
  t.words({"total", "Total", "得分"});
  t.words({"vetoes", "Vetoes", "一票否决"});
  t.words({"complete", "Complete", "数据完整"});
  for (const std::size_t i : p.below[p.total])
    t.words({s.indicators[i].id, s.indicators[i].name.en, s.indicators[i].name.zh});
  for (const ranked& r : places.places) {
    const auto of = std::ranges::find(scores, r.subject, &score::subject);
    if (of == scores.end()) continue;
    std::string vetoes;
    for (const score_vetoed& v : of->vetoes) vetoes += (vetoes.empty() ? "" : " ") + v.id;
    t.put(r.rank);
    t.put(r.subject);
    t.put(to_string(r.total));
    t.put(vetoes);
    t.put(of->complete ? "true" : "false");
    for (const std::size_t i : p.below[p.total]) {
      const auto part = std::ranges::find(of->root.parts, s.indicators[i].id, &score_node::id);
      t.put(part == of->root.parts.end() ? std::string{} : to_string(part->contribution));
    }
  }
  return std::move(t).take();
}

data_table point_table(std::span<const score> scores) {
  detail::column_table t{"points", {"Points", "得分明细"}};
  t.words({"subject", "Subject", "考核对象"});
  t.words({"from", "From", "起"});
  t.words({"until", "Until", "止"});
  t.words({"indicator", "Indicator", "指标"});
  t.words({"cause", "Cause", "原因"});
  t.words({"id", "Id", "项目"});
  t.real({"points", "Points", "分值"});
  t.real({"effect", "Effect on the total", "对总分的影响"});
  t.words({"records", "Records", "依据"});
  t.words({"note", "Note", "说明"});
  for (const score& s : scores) put_points(s, s.root, 1, t);
  return std::move(t).take();
}

} // namespace banli
