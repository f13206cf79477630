// Coverage of catalogue.hpp; include that one.
#pragma once

#include <algorithm>
#include <map>
#include <string>

#include <banli/base/nearest.hpp>
#include <banli/base/utf8.hpp>
#include <banli/item/catalogue.hpp>

namespace banli {

inline std::string_view to_string(covered_by how) {
  constexpr std::array<std::string_view, 5> names{"link", "number", "name", "near", "refinement"};
  return names[static_cast<std::size_t>(how)];
}

namespace detail {

/// A name as it is compared: without spaces, full-width signs as their ASCII twins.
inline std::string folded(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const decoded c = decode_any(name, i);
    if (c.point >= 0xFF01 && c.point <= 0xFF5E)
      out += static_cast<char>(c.point - 0xFEE0);
    else if (c.point != ' ' && c.point != '\t' && c.point != 0x3000 && c.point != 0xA0)
      out += name.substr(i, c.size);
    i += c.size;
  }
  return out;
}

/// Matches line by line, one way of covering after the other.
class coverage_finder {
 public:
  coverage_finder(const catalogue& local, const catalogue& baseline)
      : local_(local), baseline_(baseline), how_(local.lines.size()),
        covered_(baseline.lines.size()) {
    for (std::size_t b = 0; b < baseline.lines.size(); ++b) {
      by_key_.emplace(baseline.lines[b].key, b);
      folded_.push_back(folded(baseline.lines[b].name));
      by_name_[{baseline.lines[b].key.part, folded_.back()}].push_back(b);
    }
  }

  coverage run() {
    for (std::size_t i = 0; i < local_.lines.size(); ++i) link(i);
    for (std::size_t i = 0; i < local_.lines.size(); ++i) same_number(i);
    for (std::size_t i = 0; i < local_.lines.size(); ++i) same_name(i);
    for (std::size_t i = 0; i < local_.lines.size(); ++i) near(i);
    return report();
  }

 private:
  const catalogue_line& line(std::size_t i) const { return local_.lines[i]; }

  std::optional<std::size_t> of_key(const catalogue_key& key) const {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return std::nullopt;
    return found->second;
  }

  void take(std::size_t i, std::size_t b, covered_by how) {
    how_[i] = coverage_match{i, b, how};
    covered_[b] = true;
  }

  /// What the line says of itself. Several lines may say so of one line of the baseline.
  void link(std::size_t i) {
    const bool part = line(i).refines.has_value();
    const auto& said = part ? line(i).refines : line(i).covers;
    if (!said || said->part != line(i).key.part) return;
    if (const auto b = of_key(*said)) take(i, *b, part ? covered_by::refinement : covered_by::link);
  }

  void same_number(std::size_t i) {
    if (how_[i]) return;
    const auto b = of_key(line(i).key);
    if (b && !covered_[*b] && folded(line(i).name) == folded_[*b]) take(i, *b, covered_by::number);
  }

  void same_name(std::size_t i) {
    if (how_[i]) return;
    const auto found = by_name_.find({line(i).key.part, folded(line(i).name)});
    if (found == by_name_.end()) return;
    const auto& same = found->second;
    const auto in_sector = [&](std::size_t b) {
      return !covered_[b] && baseline_.lines[b].sector == line(i).sector;
    };
    auto b = std::ranges::find_if(same, in_sector);
    if (b == same.end())
      b = std::ranges::find_if(same, [&](std::size_t x) { return !covered_[x]; });
    if (b != same.end()) take(i, *b, covered_by::name);
  }

  void near(std::size_t i) {
    if (how_[i]) return;
    const auto b = of_key(line(i).key);
    if (!b || covered_[*b]) return;
    const std::array<std::string_view, 1> wanted{folded_[*b]};
    if (nearest(folded(line(i).name), wanted)) take(i, *b, covered_by::near);
  }

  coverage report() const {
    coverage out;
    for (std::size_t b = 0; b < covered_.size(); ++b)
      if (!covered_[b]) out.missing.push_back(b);
    for (std::size_t i = 0; i < how_.size(); ++i) {
      if (how_[i]) {
        out.matches.push_back(*how_[i]);
        continue;
      }
      const auto guess = guess_for(i, out.missing);
      if (line(i).key.part == catalogue_part::convenience && !guess)
        out.extensions.push_back(i);
      else
        out.extra.push_back({i, guess});
    }
    return out;
  }

  std::optional<std::size_t> guess_for(std::size_t i,
                                       const std::vector<std::size_t>& missing) const {
    std::vector<std::string_view> names;
    std::vector<std::size_t> lines;
    for (const std::size_t b : missing)
      if (baseline_.lines[b].key.part == line(i).key.part) {
        names.push_back(folded_[b]);
        lines.push_back(b);
      }
    const std::string given = folded(line(i).name);
    const auto best = nearest(given, names);
    if (!best) return std::nullopt;
    const auto at = std::ranges::find_if(names, [&](auto n) { return n.data() == best->data(); });
    return lines[static_cast<std::size_t>(at - names.begin())];
  }

  const catalogue& local_;
  const catalogue& baseline_;
  std::vector<std::optional<coverage_match>> how_;
  std::vector<bool> covered_;
  std::map<catalogue_key, std::size_t> by_key_;
  std::vector<std::string> folded_;
  std::map<std::pair<catalogue_part, std::string>, std::vector<std::size_t>> by_name_;
};

} // namespace detail

inline coverage cover(const catalogue& local, const catalogue& baseline) {
  return detail::coverage_finder{local, baseline}.run();
}

inline problems problems_of(const coverage& c, const catalogue& local, const locator& where,
                            const catalogue& baseline) {
  problems found;
  for (const std::size_t b : c.missing) {
    const catalogue_line& l = baseline.lines[b];
    found.push_back(at(make_error(errc::missing_entry, "missing: {0}, {2}", "缺少{1}:{2}",
                                  to_text(l.key), to_text(l.key, language::zh), l.name),
                       where("/lines")));
  }
  for (const extra_line& x : c.extra) {
    error e = make_error(errc::extra_entry, "'{}' is not in the baseline", "“{}”不在基准目录中",
                         local.lines[x.line].name);
    if (x.nearest) {
      const std::string& meant = baseline.lines[*x.nearest].name;
      e = with_hint(std::move(e), {fmt::format("; did you mean '{}'?", meant),
                                   fmt::format(";是否想写“{}”?", meant)});
    }
    found.push_back(at(std::move(e), where(fmt::format("/lines/{}/name", x.line))));
  }
  for (const coverage_match& m : c.matches)
    if (m.how == covered_by::near)
      found.push_back(at(make_error(errc::not_the_same, "'{}' is called '{}' in the baseline",
                                    "“{}”在基准目录中称为“{}”", local.lines[m.line].name,
                                    baseline.lines[m.baseline].name),
                         where(fmt::format("/lines/{}/name", m.line))));
  return found;
}

} // namespace banli
