#include "table_grid.hpp"

#include <algorithm>
#include <bit>
#include <set>

#include <banli/expression/bound_values.hpp>

namespace banli::detail::tables {

namespace {

/// A set of small numbers.
class bits {
 public:
  explicit bits(std::size_t size = 0) : words_((size + 63) / 64) {}

  void set(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  bool test(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  bool none() const {
    return std::ranges::all_of(words_, [](std::uint64_t w) { return w == 0; });
  }
  bits operator&(const bits& o) const {
    bits out = *this;
    for (std::size_t i = 0; i < words_.size(); ++i) out.words_[i] &= o.words_[i];
    return out;
  }
  /// The least number in it.
  std::size_t first() const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (words_[i] != 0) return i * 64 + static_cast<std::size_t>(std::countr_zero(words_[i]));
    return words_.size() * 64;
  }
  auto operator<=>(const bits&) const = default;

 private:
  std::vector<std::uint64_t> words_;
};

/// What a cell does on the pieces of its column.
struct cell_cover {
  bits holds;          ///< pieces where it holds
  bool opaque = false; ///< or it may hold anywhere
};

/// The host of a condition that is tried on the values of a finite column: `_`, and nothing else.
class only_self final : public activation {
 public:
  only_self(std::uint32_t self, const value& v) : self_(self), v_(v) {}
  reading read(field_ref f) const override {
    return f.slot == self_ ? reading::of(v_) : reading::missing();
  }
  std::optional<instant> reaches(field_ref, const value&) const override { return std::nullopt; }

 private:
  std::uint32_t self_;
  const value& v_;
};

class grid {
 public:
  explicit grid(const plan& p) : p_(p), left_(p.limits.regions) {
    for (const rule_row& r : p.rules) {
      std::vector<cell_cover> row;
      for (std::size_t k = 0; k < p.inputs.size(); ++k) row.push_back(cover(r.when[k], k));
      cells_.push_back(std::move(row));
    }
  }

  table_analysis run() {
    overlaps();
    gaps();
    idle();
    return std::move(out_);
  }

 private:
  std::size_t pieces(std::size_t k) const { return p_.inputs[k].pieces.samples.size(); }
  std::size_t columns() const { return p_.inputs.size(); }
  std::size_t rules() const { return cells_.size(); }

  bool spend(std::size_t steps = 1) {
    if (left_ < steps) return left_ = 0, false;
    left_ -= steps;
    return true;
  }

  cell_cover cover(const unary_test& t, std::size_t k) {
    const axis& a = p_.inputs[k].pieces;
    cell_cover out{bits(a.samples.size())};
    for (std::size_t i = 0; i < a.samples.size(); ++i) {
      if (!t.condition && (t.anything() || (!a.whole && t.holds(a.samples[i])))) out.holds.set(i);
      if (t.condition) condition(*t.condition, a, i, out);
    }
    if (a.whole && !t.condition && !t.anything()) out.opaque = true;
    return out;
  }

  /// Tries a condition where the column has finitely many values.
  void condition(const program& c, const axis& a, std::size_t i, cell_cover& out) {
    const bool alone = c.reads() == std::vector<std::string>{"_"};
    if (!alone || !a.finite) {
      out.opaque = true;
      return;
    }
    const outcome o = c.evaluate(only_self(p_.self, a.samples[i]), p_.limits.evaluation);
    if (o.truth() == true) out.holds.set(i);
  }

  static bool is_opaque(const std::vector<cell_cover>& row) {
    return std::ranges::any_of(row, &cell_cover::opaque);
  }

  table_point point(const std::vector<std::size_t>& at) const {
    table_point out;
    for (std::size_t k = 0; k < columns(); ++k)
      out.emplace_back(p_.inputs[k].name, p_.inputs[k].pieces.samples[at[k]]);
    return out;
  }

  void undecided(std::string en, std::string zh) {
    const text t{std::move(en), std::move(zh)};
    if (out_.open.size() < p_.limits.examples && std::ranges::find(out_.open, t) == out_.open.end())
      out_.open.push_back(t);
  }

  void too_many() {
    undecided(fmt::format("the analysis takes more than {} steps", p_.limits.regions),
              fmt::format("分析超过 {} 步", p_.limits.regions));
  }

  // ---- overlaps ----

  void overlaps() {
    bool open = false;
    bool any = false;
    for (std::size_t j = 1; j < rules(); ++j)
      for (std::size_t i = 0; i < j; ++i) {
        if (!spend()) {
          too_many();
          out_.disjoint = any ? decided::no : decided::undecided;
          return;
        }
        const decided d = overlap(i, j);
        any = any || d == decided::yes;
        open = open || d == decided::undecided;
      }
    out_.disjoint = any ? decided::no : open ? decided::undecided : decided::yes;
  }

  /// Whether two rules hit together.
  decided overlap(std::size_t i, std::size_t j) {
    std::vector<std::size_t> at(columns());
    bool opaque = false;
    for (std::size_t k = 0; k < columns(); ++k) {
      const cell_cover& a = cells_[i][k];
      const cell_cover& b = cells_[j][k];
      if (a.opaque || b.opaque) {
        opaque = true;
        const bits& known = a.opaque ? b.holds : a.holds;
        if (!(a.opaque && b.opaque) && known.none()) return decided::no;
        continue;
      }
      const bits both = a.holds & b.holds;
      if (both.none()) return decided::no;
      at[k] = both.first();
    }
    if (opaque) {
      undecided(
          fmt::format("rules {} and {} may hit together: a cell is an expression", i + 1, j + 1),
          fmt::format("第 {} 条与第 {} 条规则可能同时命中:单元格为表达式", i + 1, j + 1));
      return decided::undecided;
    }
    const decided same = same_outputs(i, j);
    // Under A only what contradicts is a fault, and must not be crowded out by what does not.
    const bool told = p_.definition.policy != hit_policy::any || same != decided::yes;
    if (told && out_.overlaps.size() < p_.limits.examples)
      out_.overlaps.push_back({i, j, point(at), same});
    return decided::yes;
  }

  decided same_outputs(std::size_t i, std::size_t j) const {
    decided out = decided::yes;
    for (std::size_t c = 0; c < p_.outputs.size(); ++c) {
      const auto& a = p_.rules[i].then[c].fixed;
      const auto& b = p_.rules[j].then[c].fixed;
      if (a && b && *a != *b) return decided::no;
      if (!a || !b) out = decided::undecided;
    }
    return out;
  }

  // ---- gaps ----

  /// Searches points that no rule of a set covers.
  struct search {
    std::vector<std::vector<bits>> rules_at; ///< by column and piece: the rules that hold there
    std::vector<bits> free;                  ///< by column: the rules that hold anywhere from it on
    std::vector<std::vector<std::size_t>> allowed; ///< by column: the pieces looked at
    std::set<std::pair<std::size_t, bits>> seen;
    std::vector<std::vector<std::size_t>> found;
    std::size_t most = 1;
    bool spent = false;
  };

  /// `opaque_holds`: what a cell that cannot be decided counts for.
  search prepare(bool opaque_holds) const {
    search s;
    s.free.assign(columns() + 1, bits(rules()));
    for (std::size_t r = 0; r < rules(); ++r) s.free[columns()].set(r);
    for (std::size_t k = columns(); k-- > 0;) {
      std::vector<bits>& at = s.rules_at.emplace_back(pieces(k), bits(rules()));
      for (std::size_t r = 0; r < rules(); ++r) {
        bool everywhere = true;
        for (std::size_t i = 0; i < pieces(k); ++i)
          if (cells_[r][k].opaque ? opaque_holds : cells_[r][k].holds.test(i))
            at[i].set(r);
          else
            everywhere = false;
        if (everywhere && s.free[k + 1].test(r)) s.free[k].set(r);
      }
    }
    std::reverse(s.rules_at.begin(), s.rules_at.end());
    for (std::size_t k = 0; k < columns(); ++k) {
      auto& all = s.allowed.emplace_back();
      for (std::size_t i = 0; i < pieces(k); ++i) all.push_back(i);
    }
    return s;
  }

  void descend(search& s, std::size_t k, const bits& live, std::vector<std::size_t>& at) {
    if (s.spent || s.found.size() >= s.most) return;
    if (!spend()) {
      s.spent = true;
      return;
    }
    if (live.none()) {
      for (std::size_t rest = k; rest < columns(); ++rest) {
        if (s.allowed[rest].empty()) return;
        at[rest] = s.allowed[rest].front();
      }
      s.found.push_back(at);
      return;
    }
    if (!(live & s.free[k]).none() || !s.seen.emplace(k, live).second) return;
    for (const std::size_t i : s.allowed[k]) {
      at[k] = i;
      descend(s, k + 1, live & s.rules_at[k][i], at);
    }
  }

  void look(search& s, const bits& live) {
    std::vector<std::size_t> at(columns());
    descend(s, 0, live, at);
  }

  bits everything() const {
    bits out(rules());
    for (std::size_t r = 0; r < rules(); ++r) out.set(r);
    return out;
  }

  void gaps() {
    search sure = prepare(true);
    sure.most = p_.limits.examples;
    look(sure, everything());
    for (const auto& at : sure.found) out_.gaps.push_back(point(at));
    if (sure.spent) too_many();
    if (!out_.gaps.empty()) {
      out_.complete = decided::no;
      return;
    }
    if (sure.spent) return;
    if (std::ranges::none_of(cells_, is_opaque)) {
      out_.complete = decided::yes;
      return;
    }
    search strict = prepare(false);
    look(strict, everything());
    if (strict.spent) return too_many();
    if (strict.found.empty()) {
      out_.complete = decided::yes;
      return;
    }
    const std::string where = to_text(point(strict.found.front()));
    undecided(fmt::format("{}: only a rule whose cell is an expression may hit", where),
              fmt::format("{}:仅可能命中单元格为表达式的规则", where));
  }

  // ---- idle rules ----

  void idle() {
    for (std::size_t r = 0; r < rules(); ++r)
      if (std::ranges::any_of(cells_[r],
                              [](const cell_cover& c) { return !c.opaque && c.holds.none(); }) ||
          (p_.definition.policy == hit_policy::first && taken_before(r)))
        out_.idle.push_back(r);
  }

  /// Whether the rules before one hit wherever it could.
  bool taken_before(std::size_t r) {
    if (r == 0) return false;
    search s = prepare(false);
    for (std::size_t k = 0; k < columns(); ++k)
      std::erase_if(s.allowed[k], [&](std::size_t i) {
        return !cells_[r][k].opaque && !cells_[r][k].holds.test(i);
      });
    bits before(rules());
    for (std::size_t i = 0; i < r; ++i) before.set(i);
    // `free` is about the whole column; within the pieces of one rule more may be free, which only
    // costs steps.
    look(s, before);
    return !s.spent && s.found.empty();
  }

  const plan& p_;
  std::size_t left_;
  std::vector<std::vector<cell_cover>> cells_; ///< by rule and column
  table_analysis out_;
};

} // namespace

table_analysis analyse(const plan& p) { return grid(p).run(); }

} // namespace banli::detail::tables
