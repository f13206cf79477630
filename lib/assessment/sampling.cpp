#include <banli/assessment/sampling.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <banli/engine/case_definition.hpp>

#include "assessment/column_table.hpp"

namespace banli {

namespace {

struct keyed_case {
  std::string key;
  const sampled_case* of;
};

/// Shares of `size` by the largest remainder, none above what a stratum has.
void share_out(std::vector<sample_stratum>& strata, std::size_t size) {
  std::size_t room = 0;
  for (const sample_stratum& s : strata) room += s.cases - s.chosen;
  const std::size_t wanted = std::min(size, room);
  if (room == 0) return;
  struct remainder {
    std::size_t left;
    std::size_t at;
  };
  std::vector<remainder> rest;
  std::size_t given = 0;
  for (std::size_t i = 0; i < strata.size(); ++i) {
    const std::size_t free = strata[i].cases - strata[i].chosen;
    strata[i].chosen += wanted * free / room;
    given += wanted * free / room;
    rest.push_back({wanted * free % room, i});
  }
  std::ranges::stable_sort(rest, [](remainder a, remainder b) { return a.left > b.left; });
  for (std::size_t i = 0; given < wanted; ++i, ++given) ++strata[rest[i].at].chosen;
}

} // namespace

result<drawn_sample> draw_sample(std::span<const sampled_case> cases,
                                 const sample_question& asked) {
  if (asked.seed.empty())
    return make_error(errc::missing_field, "a sample needs a seed", "抽样应给出种子");
  std::set<case_id> seen;
  std::map<std::string, std::vector<keyed_case>> strata;
  for (const sampled_case& c : cases) {
    if (!seen.insert(c.id).second)
      return make_error(errc::duplicate_id, "case {} is there twice", "办件 {} 重复", c.id.text());
    strata[c.stratum].push_back({sha256(asked.seed + "\n" + c.id.text()), &c});
  }
  drawn_sample out;
  std::size_t left = asked.size;
  for (const auto& [name, all] : strata) {
    const std::size_t first = asked.shares == sample_shares::one_each && left > 0 ? 1 : 0;
    out.strata.push_back({name, all.size(), first});
    left -= first;
  }
  share_out(out.strata, left);
  std::size_t at = 0;
  for (auto& [name, all] : strata) {
    std::ranges::sort(all, {}, &keyed_case::key);
    for (std::size_t i = 0; i < out.strata[at].chosen; ++i) out.chosen.push_back(*all[i].of);
    ++at;
  }
  return out;
}

data_table sample_table(const drawn_sample& s) {
  detail::column_table t{"sample", {"Sample", "抽样检查名单"}};
  t.words({"stratum", "Stratum", "部门"});
  t.whole({"cases", "Cases", "办件数"});
  t.words({"case", "Case", "办件编号"});
  for (const sampled_case& c : s.chosen) {
    const auto of = std::ranges::find(s.strata, c.stratum, &sample_stratum::name);
    t.put(c.stratum);
    t.put(of == s.strata.end() ? std::size_t{0} : of->cases);
    t.put(c.id.text());
  }
  return std::move(t).take();
}

} // namespace banli
