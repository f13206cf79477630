#include <algorithm>
#include <utility>

#include "table_inputs.hpp"
#include "table_totals.hpp"

namespace banli {

namespace detail::tables {

namespace {

/// One evaluation; conditions and outputs read through it.
class evaluation final : public activation {
 public:
  evaluation(const plan& p, const activation& from) : p_(p), from_(from) {
    for (const input_column& c : p.inputs) inputs_.push_back(read_input(p, c, from));
  }

  reading read(field_ref f) const override {
    const std::size_t at = input_of(f.slot);
    if (at >= p_.inputs.size()) return from_.read(f);
    const input_value& i = inputs_[at];
    if (i.standing.is != state::value) return reading::missing();
    return reading::clock(i.v, i.until, i.course);
  }

  std::optional<instant> reaches(field_ref f, const value& threshold) const override {
    const std::size_t at = input_of(f.slot);
    return at >= p_.inputs.size() ? from_.reaches(f, threshold)
                                  : input_reaches(p_, at, threshold, from_);
  }

  table_outcome run() {
    for (const input_value& i : inputs_)
      if (i.refused) return failed(i.standing);
    for (std::size_t r = 0; r < p_.rules.size() && !(first() && settled()); ++r)
      if (!out_for_good(p_.rules[r])) take(r, rule(p_.rules[r]));
    return answer();
  }

  std::vector<cell_trace> trace(const rule_row& r) {
    std::vector<cell_trace> out;
    for (std::size_t k = 0; k < r.when.size(); ++k) {
      const verdict_of v = cell(r.when[k], k);
      out.push_back({v.is, v.is == state::value && v.holds});
    }
    return out;
  }

  const std::vector<input_value>& inputs() const { return inputs_; }

 private:
  bool first() const { return p_.definition.policy == hit_policy::first; }
  bool settled() const { return !hits_.empty() || !open_.empty(); }

  /// The input with a slot; as many as there are when it is none's.
  std::size_t input_of(std::uint32_t slot) const {
    if (slot == p_.self) return current_;
    std::size_t at = 0;
    while (at < p_.inputs.size() && p_.inputs[at].slot != slot) ++at;
    return at;
  }

  // ---- cells and rules ----

  /// Whether a cell says no and will say so whatever time it is: most rules of most tables.
  bool out_for_good(const rule_row& r) const {
    for (std::size_t k = 0; k < r.when.size(); ++k) {
      const input_value& i = inputs_[k];
      if (i.standing.is == state::value && !i.until && !r.when[k].condition &&
          !r.when[k].holds(i.v))
        return true;
    }
    return false;
  }

  verdict_of cell(const unary_test& t, std::size_t k) {
    verdict_of out;
    const input_value& i = inputs_[k];
    if (t.anything()) {
      out.holds = true;
      return out;
    }
    if (i.standing.is != state::value) return i.standing;
    if (t.condition) return condition(*t.condition, k);
    out.holds = t.holds(i.v);
    out.until = test_until(p_, k, t, i, from_);
    if (p_.inputs[k].domain)
      out.until = earlier(out.until, test_until(p_, k, *p_.inputs[k].domain, i, from_));
    return out;
  }

  verdict_of condition(const program& c, std::size_t k) {
    const std::size_t before = std::exchange(current_, k);
    outcome o = c.evaluate(*this, p_.limits.evaluation);
    current_ = before;
    const bool holds = o.truth() == true;
    verdict_of out = trouble(std::move(o));
    out.holds = holds;
    restore_causes(out);
    return out;
  }

  /// A condition sees a bad input as missing under its own name; the true cause is the input's.
  void restore_causes(verdict_of& v) const {
    if (v.is != state::unknown) return;
    verdict_of out;
    out.until = v.until;
    for (const std::string& name : v.missing) {
      const auto c = std::ranges::find_if(p_.inputs, [&](const input_column& x) {
        return name == (x.expression ? x.name : p_.words.fields()[x.slot].path);
      });
      if (c != p_.inputs.end())
        out.join(inputs_[static_cast<std::size_t>(c - p_.inputs.begin())].standing);
      else
        out.missing.insert(name);
    }
    out.is = out.missing.empty() ? state::error : state::unknown;
    v = std::move(out);
  }

  verdict_of rule(const rule_row& r) {
    verdict_of all;
    all.holds = true;
    std::optional<verdict_of> out;
    for (std::size_t k = 0; k < r.when.size(); ++k) {
      verdict_of v = cell(r.when[k], k);
      if (v.is == state::value && !v.holds) {
        out = out ? verdict_of{state::value, false, {}, {}, later(out->until, v.until)}
                  : std::move(v);
        if (!out->until) break; // out for good
      } else if (!out) {
        all.join(v);
      }
    }
    return out ? *std::move(out) : std::move(all);
  }

  void take(std::size_t r, verdict_of v) {
    until_ = earlier(until_, v.until);
    if (v.is != state::value)
      open_.emplace_back(r, std::move(v));
    else if (v.holds)
      hits_.push_back(r);
  }

  // ---- the answer ----

  table_outcome answer() {
    const hit_policy p = p_.definition.policy;

    std::erase_if(open_, [&](const auto& o) { return cannot_matter(o.first); });
    verdict_of doubt;
    for (const auto& o : open_) doubt.join(o.second);
    if (!open_.empty()) return failed(std::move(doubt));
    if (hits_.size() > 1 && p == hit_policy::unique)
      return failed(make_error(errc::rules_overlap, "rules {} and {} hit together",
                               "第 {} 条与第 {} 条规则同时命中", hits_[0] + 1, hits_[1] + 1));
    if (hits_.empty()) return nothing_hit();
    rows_.clear();
    for (const std::size_t r : hits_) {
      auto row = outputs(p_.rules[r].then);
      if (!row) return failed(std::move(doubt_));
      rows_.push_back(*std::move(row));
    }
    if (p == hit_policy::any)
      for (std::size_t i = 1; i < rows_.size(); ++i)
        if (rows_[i] != rows_[0])
          return failed(make_error(
              errc::rules_overlap, "rules {} and {} hit together and say different things",
              "第 {} 条与第 {} 条规则同时命中而结论不同", hits_[0] + 1, hits_[i] + 1));
    if (p == hit_policy::priority || p == hit_policy::output_order) sort_rows();
    if (p == hit_policy::any || p == hit_policy::priority) {
      hits_.resize(1);
      rows_.resize(1);
    }
    return given();
  }

  /// Whether a rule of which it is not known if it hits changes nothing.
  bool cannot_matter(std::size_t r) const {
    if (hits_.empty()) return false;
    switch (p_.definition.policy) {
    case hit_policy::unique: return p_.analysis.disjoint == decided::yes;
    case hit_policy::any:
      return p_.analysis.disjoint == decided::yes || (fixed(r) && fixed(r) == fixed(hits_[0]));
    case hit_policy::priority: {
      const auto mine = fixed(r);
      if (!mine) return false;
      return std::ranges::any_of(hits_, [&](std::size_t h) {
        const auto other = fixed(h);
        if (!other) return false;
        const auto a = priority_of(p_, *other);
        const auto b = priority_of(p_, *mine);
        return a < b || (a == b && (h < r || *other == *mine));
      });
    }
    default: return false;
    }
  }

  /// The outputs of a rule when all of them are constants.
  std::optional<std::vector<value>> fixed(std::size_t r) const {
    std::vector<value> out;
    for (const output_cell& o : p_.rules[r].then) {
      if (!o.fixed) return std::nullopt;
      out.push_back(*o.fixed);
    }
    return out;
  }

  table_outcome failed(verdict_of v) {
    table_outcome out;
    out.is = v.is;
    if (v.is == state::error) out.error = v.why.value_or(banli::error{});
    if (v.is == state::unknown) out.missing.assign(v.missing.begin(), v.missing.end());
    out.holds_until = earlier(until_, v.until);
    return out;
  }

  table_outcome failed(error e) {
    verdict_of v;
    v.is = state::error;
    v.why = std::move(e);
    table_outcome out = failed(std::move(v));
    out.hits = hits_;
    return out;
  }

  std::optional<std::vector<value>> outputs(const std::vector<output_cell>& cells) {
    std::vector<value> out;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (cells[c].fixed) {
        out.push_back(*cells[c].fixed);
        continue;
      }
      outcome o = cells[c].made->evaluate(*this, p_.limits.evaluation);
      until_ = earlier(until_, o.holds_until);
      const auto& listed = p_.outputs[c].listed;
      if (o.is == state::value &&
          (listed.empty() || std::ranges::find(listed, o.value) != listed.end())) {
        out.push_back(std::move(o.value));
        continue;
      }
      if (o.is == state::value) {
        o.is = state::error;
        o.error = make_error(errc::unknown_value, "{} is no value of output '{}'",
                             "{} 不是输出项“{}”的取值", to_text(o.value), p_.outputs[c].name);
      }
      doubt_ = trouble(std::move(o));
      restore_causes(doubt_);
      return std::nullopt;
    }
    return out;
  }

  void sort_rows() {
    std::vector<std::size_t> at(rows_.size());
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = i;
    std::stable_sort(at.begin(), at.end(), [&](std::size_t a, std::size_t b) {
      return priority_of(p_, rows_[a]) < priority_of(p_, rows_[b]);
    });
    std::vector<std::size_t> hits;
    std::vector<std::vector<value>> rows;
    for (const std::size_t i : at) {
      hits.push_back(hits_[i]);
      rows.push_back(std::move(rows_[i]));
    }
    hits_ = std::move(hits);
    rows_ = std::move(rows);
  }

  value row_value(const std::vector<value>& row) const {
    if (row.size() == 1) return row[0];
    value::entries out;
    for (std::size_t c = 0; c < row.size(); ++c) out.emplace_back(p_.outputs[c].name, row[c]);
    return value::map(std::move(out));
  }

  table_outcome nothing_hit() {
    table_outcome out;
    std::vector<output_cell> cells;
    for (const output_column& o : p_.outputs)
      if (o.otherwise.fixed || o.otherwise.made) cells.push_back(o.otherwise);
    if (cells.size() == p_.outputs.size()) {
      auto row = outputs(cells);
      if (!row) return failed(std::move(doubt_));
      out.by_default = true;
      out.value = row_value(*row);
      if (gives_many(p_.definition.policy)) out.value = value::list({out.value});
    } else if (gives_many(p_.definition.policy)) {
      out.value = value::list({});
    } else if (p_.definition.policy == hit_policy::collect_count ||
               p_.definition.policy == hit_policy::collect_sum) {
      out.value = empty_total(p_.definition);
    }
    out.holds_until = until_;
    return out;
  }

  table_outcome given() {
    table_outcome out;
    if (gathers(p_.definition.policy)) {
      auto total = total_of(p_.definition.policy, rows_);
      if (!total) return failed(total.error());
      out.value = *std::move(total);
    } else if (gives_many(p_.definition.policy)) {
      value::elements all;
      for (const auto& row : rows_) all.push_back(row_value(row));
      out.value = value::list(std::move(all));
    } else {
      out.value = row_value(rows_[0]);
    }
    out.hits = hits_;
    out.holds_until = until_;
    return out;
  }

  const plan& p_;
  const activation& from_;
  std::vector<input_value> inputs_;
  std::size_t current_ = static_cast<std::size_t>(-1); ///< the input that `_` is
  std::vector<std::size_t> hits_;
  std::vector<std::vector<value>> rows_;                 ///< outputs of the hits
  std::vector<std::pair<std::size_t, verdict_of>> open_; ///< rules of which it is not known
  verdict_of doubt_;
  std::optional<instant> until_;
};

} // namespace

std::vector<std::size_t> priority_of(const plan& p, const std::vector<value>& outputs) {
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < outputs.size(); ++c) {
    const auto& listed = p.outputs[c].listed;
    if (listed.empty()) continue;
    out.push_back(static_cast<std::size_t>(std::ranges::find(listed, outputs[c]) - listed.begin()));
  }
  return out;
}

} // namespace detail::tables

table_outcome compiled_table::evaluate(const activation& from) const {
  return detail::tables::evaluation(*plan_, from).run();
}

table_reasoning compiled_table::explain(const activation& from) const {
  detail::tables::evaluation once(*plan_, from);
  table_reasoning out;
  for (std::size_t k = 0; k < plan_->inputs.size(); ++k) {
    const auto& i = once.inputs()[k];
    out.inputs.emplace_back(plan_->inputs[k].name, i.standing.is == outcome::state::value
                                                       ? std::optional{i.v}
                                                       : std::nullopt);
  }
  for (const auto& r : plan_->rules) out.rules.push_back(once.trace(r));
  out.outcome = once.run();
  return out;
}

} // namespace banli
