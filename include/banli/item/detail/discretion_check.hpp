// The checks of discretion_benchmark.hpp; include that one.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include <banli/base/nearest.hpp>
#include <banli/item/discretion_benchmark.hpp>

namespace banli {
namespace detail {

inline bool is_numeric(fact_type t) { return t == fact_type::integer || t == fact_type::decimal; }

/// The values of one fact that a band takes: a half-open interval, or one text.
struct fact_values_taken {
  double from = -std::numeric_limits<double>::infinity();
  double below = std::numeric_limits<double>::infinity();
  std::string_view is{};
  bool said_twice = false; ///< two different texts: nothing is both

  void meet(const fact_condition& c) {
    if (c.from) from = std::max(from, *c.from);
    if (c.below) below = std::min(below, *c.below);
    if (c.is.empty()) return;
    said_twice = said_twice || (!is.empty() && is != c.is);
    is = c.is;
  }

  bool empty(fact_type t) const {
    if (said_twice) return true;
    if (t == fact_type::integer) return std::ceil(from) >= below;
    return from >= below;
  }
};

/// What a band takes of one fact; everything where it does not mention it.
inline fact_values_taken taken(const discretion_band& band, std::string_view fact) {
  fact_values_taken t;
  for (const fact_condition& c : band.when)
    if (c.fact == fact) t.meet(c);
  return t;
}

inline const fact_value* value_of(const fact_values& facts, std::string_view name) {
  for (const auto& [fact, value] : facts)
    if (fact == name) return &value;
  return nullptr;
}

inline bool holds(const fact_condition& c, const fact_value& v) {
  if (const double* n = std::get_if<double>(&v))
    return (!c.from || *n >= *c.from) && (!c.below || *n < *c.below) && c.is.empty() &&
           !std::isnan(*n);
  if (c.from || c.below) return false;
  if (const bool* b = std::get_if<bool>(&v)) return c.is == (*b ? "true" : "false");
  return c.is == std::get<std::string>(v);
}

/// Judges one benchmark against the facts of its item.
class benchmark_checker {
 public:
  benchmark_checker(const discretion_benchmark& b, std::span<const form_fact> facts,
                    const locator& where)
      : benchmark_(b), facts_(facts), where_(where) {}

  void run() {
    if (benchmark_.name.empty())
      add(make_error(errc::missing_field, "a benchmark has no name", "裁量基准没有名称"), "/name");
    if (benchmark_.bands.empty())
      add(make_error(errc::missing_field, "benchmark '{}' has no bands", "裁量基准“{}”没有档次",
                     benchmark_.name),
          "/bands");
    sound_.assign(benchmark_.bands.size(), true);
    for (std::size_t i = 0; i < benchmark_.bands.size(); ++i) band(i);
    for (std::size_t i = 0; i < benchmark_.bands.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (sound_[i] && sound_[j] && overlap(benchmark_.bands[j], benchmark_.bands[i])) {
          add(make_error(errc::bad_benchmark,
                         "bands '{}' and '{}' overlap: some facts fall into both",
                         "档次“{}”与“{}”重叠:同一事实会落入两档", benchmark_.bands[j].name,
                         benchmark_.bands[i].name),
              fmt::format("/bands/{}", i));
          break;
        }
  }

  problems take() { return std::move(found_); }

 private:
  void add(error e, std::string_view path) {
    e.where = where_(path);
    found_.push_back(std::move(e));
  }

  const form_fact* fact(std::string_view name) const {
    const auto it = std::find_if(facts_.begin(), facts_.end(),
                                 [&](const form_fact& f) { return f.name == name; });
    return it == facts_.end() ? nullptr : &*it;
  }

  void band(std::size_t i) {
    const discretion_band& b = benchmark_.bands[i];
    const std::string path = fmt::format("/bands/{}", i);
    if (b.name.empty())
      add(make_error(errc::missing_field, "band {} of '{}' has no name",
                     "裁量基准“{1}”的第 {0} 档没有名称", i + 1, benchmark_.name),
          path);
    if (b.outcomes.empty())
      add(make_error(errc::missing_field, "band '{}' leads to no outcome", "档次“{}”没有裁量结果",
                     b.name),
          path + "/outcomes");
    for (std::size_t k = 0; k < b.when.size(); ++k)
      if (!condition(b.when[k], fmt::format("{}/when/{}", path, k))) sound_[i] = false;
    if (sound_[i]) emptiness(i, path);
    for (std::size_t k = 0; k < b.outcomes.size(); ++k)
      extent(b.outcomes[k], fmt::format("{}/outcomes/{}", path, k));
  }

  bool condition(const fact_condition& c, const std::string& path) {
    const form_fact* f = fact(c.fact);
    if (f == nullptr) {
      std::vector<std::string_view> known;
      for (const form_fact& each : facts_) known.emplace_back(each.name);
      add(with_hint(make_error(errc::unknown_identifier, "the item has no fact '{}'",
                               "事项没有字段“{}”", c.fact),
                    suggestion(c.fact, known)),
          path + "/fact");
      return false;
    }
    const bool range = c.from || c.below;
    if (range == !c.is.empty()) {
      add(make_error(errc::bad_benchmark,
                     "the condition on '{}' takes either a range (from, below) or a value (is)",
                     "关于“{}”的条件应写范围(from、below)或取值(is)之一", c.fact),
          path);
      return false;
    }
    if (range != is_numeric(f->type)) {
      add(make_error(errc::type_mismatch, "fact '{}' is {}: {}", "字段“{}”的类型为 {}:{}", c.fact,
                     to_string(f->type), range ? "no range" : "write a range (from, below)"),
          path);
      return false;
    }
    if (f->type == fact_type::boolean && c.is != "true" && c.is != "false") {
      add(make_error(errc::type_mismatch, "fact '{}' is true or false, never '{}'",
                     "字段“{}”只能是 true 或 false,不能是“{}”", c.fact, c.is),
          path);
      return false;
    }
    if ((c.from && !std::isfinite(*c.from)) || (c.below && !std::isfinite(*c.below))) {
      add(make_error(errc::bad_benchmark, "a bound of '{}' is no number", "“{}”的界限不是数",
                     c.fact),
          path);
      return false;
    }
    return true;
  }

  void emptiness(std::size_t i, const std::string& path) {
    for (const fact_condition& c : benchmark_.bands[i].when) {
      if (!taken(benchmark_.bands[i], c.fact).empty(fact(c.fact)->type)) continue;
      add(make_error(errc::bad_benchmark, "band '{}' takes no value of '{}': nothing falls into it",
                     "档次“{}”不含“{}”的任何取值:不会有案件落入", benchmark_.bands[i].name, c.fact),
          path + "/when");
      sound_[i] = false;
      return;
    }
  }

  void extent(const outcome_extent& o, const std::string& path) {
    if (o.kind.empty())
      add(make_error(errc::missing_field, "an outcome has no kind", "裁量结果没有种类"), path);
    const bool finite =
        (!o.least || std::isfinite(*o.least)) && (!o.most || std::isfinite(*o.most));
    if (finite && !(o.least && o.most && *o.least > *o.most)) return;
    add(make_error(errc::bad_benchmark, "the extent of '{}' is upside down or no number",
                   "“{}”的幅度上下颠倒或不是数", o.kind),
        path);
  }

  /// Whether some facts fall into both: they do unless one fact keeps the bands apart.
  bool overlap(const discretion_band& a, const discretion_band& b) const {
    return std::none_of(facts_.begin(), facts_.end(), [&](const form_fact& f) {
      fact_values_taken both = taken(a, f.name);
      for (const fact_condition& c : b.when)
        if (c.fact == f.name) both.meet(c);
      return both.empty(f.type);
    });
  }

  const discretion_benchmark& benchmark_;
  std::span<const form_fact> facts_;
  const locator& where_;
  problems found_;
  std::vector<bool> sound_; // bands whose conditions can be compared
};

/// "1000 to 3000元"; either end may be open.
inline std::string extent_in_words(const outcome_extent& o) {
  const auto end = [](const std::optional<double>& e) {
    return e ? fmt::format("{}", *e) : std::string{"…"};
  };
  return fmt::format("{} - {}{}", end(o.least), end(o.most), o.unit);
}

inline bool within(const outcome_extent& o, const decided_outcome& d) {
  if (!o.least && !o.most) return true;
  return d.amount && !(o.least && *d.amount < *o.least) && !(o.most && *d.amount > *o.most) &&
         !std::isnan(*d.amount);
}

} // namespace detail

inline result<const discretion_band*> band_of(const discretion_benchmark& benchmark,
                                              const fact_values& facts) {
  for (const discretion_band& b : benchmark.bands) {
    bool all = true;
    for (const fact_condition& c : b.when) {
      const fact_value* v = detail::value_of(facts, c.fact);
      if (v == nullptr)
        return make_error(errc::missing_field, "benchmark '{}' asks for the fact '{}'",
                          "裁量基准“{}”需要字段“{}”", benchmark.name, c.fact);
      all = all && detail::holds(c, *v);
    }
    if (all) return &b;
  }
  return make_error(errc::outside_benchmark, "no band of '{}' applies to these facts",
                    "裁量基准“{}”没有适用的档次", benchmark.name);
}

inline problems check(const discretion_benchmark& benchmark, const fact_values& facts,
                      std::span<const decided_outcome> decision) {
  const auto band = band_of(benchmark, facts);
  if (!band) return {band.error()};
  problems found;
  for (const decided_outcome& d : decision) {
    const outcome_extent* like = nullptr;
    bool kept = false;
    for (const outcome_extent& o : (*band)->outcomes) {
      if (o.kind != d.kind) continue;
      like = &o;
      kept = kept || detail::within(o, d);
    }
    if (kept) continue;
    if (like == nullptr)
      found.push_back(make_error(errc::outside_benchmark, "band '{}' has no outcome '{}'",
                                 "档次“{}”没有“{}”这一种类", (*band)->name, d.kind));
    else
      found.push_back(make_error(errc::outside_benchmark, "band '{}' gives {} within {}",
                                 "档次“{}”的{}幅度为 {}", (*band)->name, d.kind,
                                 detail::extent_in_words(*like)));
  }
  return found;
}

inline problems check(const discretion_benchmark& benchmark, std::span<const form_fact> facts,
                      const locator& where) {
  detail::benchmark_checker checker(benchmark, facts, where);
  checker.run();
  return checker.take();
}

} // namespace banli
