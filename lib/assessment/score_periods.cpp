// Scores of longer periods, and what a scheme does not look at.
#include <banli/assessment/score.hpp>

#include <algorithm>
#include <set>

#include "assessment/exact_sum.hpp"

namespace banli {

result<score> mean_of(const compiled_scheme& scheme, std::span<const score> periods) {
  const scoring_scheme& s = scheme.definition();
  if (periods.empty())
    return make_error(errc::bad_value, "there are no scores to take the mean of",
                      "没有可求平均的得分");
  score out;
  out.subject = periods.front().subject;
  out.scheme = s.id;
  out.from = periods.front().from;
  detail::exact_sum sum;
  score_line line{score_cause::mean, "periods", {"mean of periods", "各期平均"}, {}, {}, {}, {}};
  for (const score& p : periods) {
    if (p.subject != out.subject)
      return make_error(errc::bad_value, "the scores are of '{}' and of '{}'", "得分分属“{}”和“{}”",
                        out.subject, p.subject);
    sum.add(p.total);
    out.from = std::min(out.from, p.from);
    out.until = std::max(out.until, p.until);
    out.complete = out.complete && p.complete;
    out.vetoes.insert(out.vetoes.end(), p.vetoes.begin(), p.vetoes.end());
    line.note.en += (line.note.en.empty() ? "" : ", ") + detail::brief(p.total);
    line.note.zh += (line.note.zh.empty() ? "" : "、") + detail::brief(p.total);
  }
  const auto mean =
      sum.value() ? divide(*sum.value(), decimal{static_cast<std::int64_t>(periods.size()), 0},
                           static_cast<std::uint8_t>(s.places))
                  : std::nullopt;
  if (!mean) return detail::too_many_digits(out.subject);
  line.points = *mean;
  out.root = {"periods", line.name, decimal{1, 0}, *mean, *mean, {line}, {}};
  out.total = *mean;
  return out;
}

std::vector<std::string> unused_records(const compiled_scheme& scheme,
                                        std::span<const score_record> records) {
  std::set<std::string> used;
  for (const score_adjustment& a : scheme.definition().adjustments)
    used.insert(a.on.begin(), a.on.end());
  for (const score_veto& v : scheme.definition().vetoes) used.insert(v.on.begin(), v.on.end());
  std::vector<std::string> out;
  for (const score_record& r : records)
    if (!used.contains(r.kind)) out.push_back(r.id);
  std::ranges::sort(out);
  return out;
}

} // namespace banli
