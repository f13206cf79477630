#include "evaluate.hpp"

#include <algorithm>
#include <utility>

#include "arithmetic.hpp"
#include "cell.hpp"
#include "functions.hpp"
#include "loop.hpp"
#include "weight.hpp"

namespace banli::detail::cel {

namespace {

class evaluator final : public loop_host {
 public:
  evaluator(const plan& p, const activation& from, const evaluation_limits& limits)
      : plan_(p), from_(from), limits_(limits), frame_(p.frame_size) {}

  outcome run(std::uint32_t from_step, trace* t) {
    cell c = visit(from_step, t);
    outcome o;
    o.is = c.is;
    o.value = std::move(c.value);
    o.holds_until = c.until;
    if (c.clock >= 0) o.course = c.course;
    if (halted_) {
      o.is = outcome::state::error;
      o.value = value();
      o.course = clock_course::irregular;
      o.error = *halted_;
    } else if (c.is == outcome::state::error) {
      o.error = c.why->error;
    } else if (c.is == outcome::state::unknown) {
      o.missing = c.why->missing;
      std::ranges::sort(o.missing);
      o.missing.erase(std::unique(o.missing.begin(), o.missing.end()), o.missing.end());
    }
    return o;
  }

  /// When what was evaluated gets to a value; as long as it holds where it follows no clock.
  expiry reach(const value& threshold) {
    const cell c = visit(plan_.root, nullptr);
    return c.clock >= 0 && !halted_ ? reaches(reading_of(c), threshold, from_) : c.until;
  }

  // --- what a loop asks of us

  cell visit(std::uint32_t i, trace* t) override {
    const step& s = plan_.steps[i];
    if (!spend(1, s)) return stopped();
    return written(s, t);
  }

  bool spend(std::uint64_t cost, const step& s) override {
    if (halted_) return false;
    spent_ += cost;
    if (spent_ <= limits_.cost) return true;
    halt(s, make_error(errc::cost_exceeded, "the evaluation costs more than {}", "求值开销超过 {}",
                       limits_.cost));
    return false;
  }

  bool may_make(std::size_t size, const step& s) override {
    if (halted_) return false;
    if (size <= limits_.result_size) return true;
    halt(s, make_error(errc::limit_exceeded, "a list or string becomes larger than {}",
                       "列表或字符串超过 {}", limits_.result_size));
    return false;
  }

  bool halted() const override { return halted_.has_value(); }
  cell& local(std::uint32_t slot) override { return frame_[slot]; }

 private:
  void halt(const step& s, error e) {
    if (!halted_) halted_ = at(std::move(e), place_of(plan_.source, s.at.begin, plan_.how));
  }

  /// What a step gives, with its place where it failed, and noted in the trace. Its own function,
  /// so that the cell is made where it is wanted and not moved there.
  cell written(const step& s, trace* t) {
    cell c = give(s, t);
    if (c.is == outcome::state::error && c.why->error.where.line == 0) c = placed(c, s);
    if (t) write(s, c, *t);
    return c;
  }

  /// Every evaluation after a halt gives this at once; run() replaces it by the reason.
  cell stopped() const { return cell_of(*halted_); }

  cell placed(const cell& c, const step& s) const {
    auto why = std::make_shared<no_value>(*c.why);
    why->error.where = place_of(plan_.source, s.at.begin, plan_.how);
    cell out = c;
    out.why = std::move(why);
    return out;
  }

  void write(const step& s, const cell& c, trace& t) const {
    t.source = plan_.text_of(s);
    t.is = c.is;
    if (c.good()) t.value = c.value;
    if (s.kind == step_kind::field) t.reads = plan_.fields[s.slot].path;
    if (s.kind == step_kind::has_field) t.reads = "has(" + plan_.fields[s.slot].path + ")";
    if (is_local_read(s)) t.reads = t.source;
    if (t.decided_by.empty())
      for (std::size_t k = 0; k < t.parts.size(); ++k) t.decided_by.push_back(k);
  }

  /// A loop variable, or a member of one: shown as one leaf, as a field is.
  bool is_local_read(const step& s) const {
    if (s.kind == step_kind::local) return true;
    if (s.kind != step_kind::member && s.kind != step_kind::has) return false;
    return is_local_read(plan_.steps[plan_.args_of(s)[0]]);
  }

  static trace* part(trace* t) { return t ? &t->parts.emplace_back() : nullptr; }

  cell give(const step& s, trace* t) {
    switch (s.kind) {
    case step_kind::constant: return cell_of(s.held);
    case step_kind::field: return read(s);
    case step_kind::has_field: return is_there(s);
    case step_kind::local: return frame_[s.slot];
    case step_kind::member: return member(s, t);
    case step_kind::has: return has(s, t);
    case step_kind::op: return operation(s, t);
    case step_kind::call: return function_call(s, t);
    case step_kind::list: return list(s, t);
    case step_kind::map: return map(s, t);
    case step_kind::loop: return run_loop(plan_, s, t, *this);
    case step_kind::fails: break;
    }
    return cell_of(
        make_error(errc::unknown_identifier, "nothing is called '{0}'", "没有“{0}”", s.name));
  }

  // --- reading

  field_ref ref(std::uint32_t number) const {
    return {plan_.fields[number].slot, plan_.fields[number].path};
  }

  cell read(const step& s) const {
    reading r = from_.read(ref(s.slot));
    if (s.optional) {
      value v = r.now ? value::optional_of(std::move(*r.now)) : value::optional_none();
      return cell_of(std::move(v), r.holds_until);
    }
    if (!r.now) return missing_cell(plan_.fields[s.slot].path, r.holds_until);
    cell c = cell_of(std::move(*r.now), r.holds_until);
    if (r.course != clock_course::irregular) {
      c.clock = static_cast<int>(s.slot);
      c.course = r.course;
    }
    return c;
  }

  cell is_there(const step& s) const {
    const reading r = from_.read(ref(s.slot));
    if (!r.now || r.course == clock_course::irregular)
      return cell_of(r.now.has_value(), r.holds_until);
    return cell_of(true, goes_away({ref(s.slot), r.course, *r.now, r.holds_until}, from_));
  }

  cell operand(const step& s, trace* t) {
    return visit(plan_.args_of(s)[0], is_local_read(s) ? nullptr : part(t));
  }

  static cell no_field(const value& v, const step& s, expiry until) {
    return cell_of(make_error(errc::no_such_overload, "{0} has no field '{1}'", "{0} 没有字段“{1}”",
                              runtime_type_name(v), s.name),
                   until);
  }

  /// What a member is looked for in: a variable of a loop where it lies, anything else in `made`.
  const cell& looked_into(const step& s, trace* t, cell& made) {
    const step& of = plan_.steps[plan_.args_of(s)[0]];
    if (of.kind == step_kind::local && spend(1, of)) return frame_[of.slot];
    made = operand(s, t);
    return made;
  }

  static cell unclocked(const cell& c) {
    cell out = c;
    out.clock = -1;
    return out;
  }

  cell member(const step& s, trace* t) {
    cell made;
    const cell& c = looked_into(s, t, made);
    if (!c.good()) return unclocked(c);
    if (s.optional || c.value.kind() == type_kind::optional) return optional_member(s, c);
    if (!c.value.as_map()) return no_field(c.value, s, c.until);
    if (const value* found = c.value.find(std::string_view(s.name)))
      return cell_of(*found, c.until);
    if (!s.record_field.empty()) return missing_cell(s.record_field, c.until);
    return cell_of(
        make_error(errc::evaluation_error, "no such key: {}", "没有键 {}", quoted(s.name)),
        c.until);
  }

  /// a.?b, and a.b of an optional: an optional.
  cell optional_member(const step& s, const cell& c) {
    if (c.value.kind() == type_kind::optional && !c.value.held()) return unclocked(c);
    const value& of = c.value.held() ? *c.value.held() : c.value;
    if (!of.as_map()) return no_field(of, s, c.until);
    const value* found = of.find(std::string_view(s.name));
    if (!found) return cell_of(value::optional_none(), c.until);
    if (found->kind() == type_kind::optional) return cell_of(*found, c.until);
    return cell_of(value::optional_of(*found), c.until);
  }

  cell has(const step& s, trace* t) {
    cell c = operand(s, t);
    c.clock = -1;
    if (!c.good()) return c;
    if (c.value.kind() == type_kind::optional && !c.value.held()) return cell_of(false, c.until);
    const value& of = c.value.held() ? *c.value.held() : c.value;
    if (!of.as_map()) return no_field(of, s, c.until);
    return cell_of(of.find(std::string_view(s.name)) != nullptr, c.until);
  }

  // --- operators

  cell operation(const step& s, trace* t) {
    switch (s.op) {
    case op::logical_or: return logical(s, t, true);
    case op::logical_and: return logical(s, t, false);
    case op::conditional: return conditional(s, t);
    case op::logical_not:
    case op::negate: return unary(s, t);
    default: return binary(s, t);
    }
  }

  /// && and ||. The first operand that is `absorbing` decides alone. When it expires, the others
  /// are looked at for one that keeps the answer longer: as long as any of them stands, the answer
  /// does.
  cell logical(const step& s, trace* t, bool absorbing) {
    failures failed;
    expiry all;
    std::optional<cell> decisive;
    std::size_t decided_by = 0;
    std::vector<std::size_t> failing;
    std::size_t k = 0;
    for (const std::uint32_t a : plan_.args_of(s)) {
      cell c = visit(a, part(t));
      if (halted_) return stopped();
      if (c.good() && !c.value.as_bool())
        c = placed(cell_of(no_overload(spelling(s.op), c.value), c.until), s);
      if (c.good() && *c.value.as_bool() == absorbing) {
        if (!decisive || later(c.until, decisive->until)) {
          decided_by = k;
          decisive = cell_of(absorbing, c.until);
        }
        if (!decisive->until) break;
      } else {
        all = earlier(all, c.until);
        if (!c.good()) failing.push_back(k);
        failed.add(c);
      }
      ++k;
    }
    if (decisive) {
      if (t) t->decided_by = {decided_by};
      return *decisive;
    }
    if (t) t->decided_by = failing;
    return failed.any() ? failed.take(all) : cell_of(!absorbing, all);
  }

  cell conditional(const step& s, trace* t) {
    const auto args = plan_.args_of(s);
    cell c = visit(args[0], part(t));
    c.clock = -1;
    if (!c.good()) return c;
    if (!c.value.as_bool()) return cell_of(no_overload("?:", c.value), c.until);
    cell branch = visit(args[*c.value.as_bool() ? 1 : 2], part(t));
    if (c.until) branch.clock = -1;
    branch.until = earlier(branch.until, c.until);
    return branch;
  }

  cell unary(const step& s, trace* t) {
    cell c = visit(plan_.args_of(s)[0], part(t));
    if (!c.good()) return c;
    if (s.op == op::negate) {
      cell made = from_result(negate(c.value), c.until);
      if (c.until) follow_clock(made, c, {s.op, s.function, {c.value}, 0});
      return made;
    }
    if (!c.value.as_bool()) return cell_of(no_overload("!", c.value), c.until);
    return cell_of(!*c.value.as_bool(), c.until);
  }

  static cell from_result(result<value> r, expiry until) {
    return r ? cell_of(std::move(*r), until) : cell_of(r.error(), until);
  }

  cell binary(const step& s, trace* t) {
    const auto args = plan_.args_of(s);
    const cell a = visit(args[0], part(t));
    const cell b = visit(args[1], part(t));
    if (halted_) return stopped();
    const expiry both = earlier(a.until, b.until);
    failures failed;
    failed.add(a);
    failed.add(b);
    if (failed.any()) return failed.take(both);
    if (!may_touch(s, a.value, b.value)) return stopped();
    cell c = from_result(apply(s.op, a.value, b.value), both);
    if (!both || !c.good()) return c;
    if (s.op >= op::equal && s.op <= op::greater_equal)
      sharpen(s.op, a, b, c);
    else if (!a.until || !b.until)
      follow_clock(c, a.until ? a : b, {s.op, s.function, {a.value, b.value}, a.until ? 0U : 1U});
    return c;
  }

  bool may_touch(const step& s, const value& a, const value& b) {
    if (s.op == op::equal || s.op == op::unequal)
      return spend(std::min(deep_weight(a), deep_weight(b)), s);
    if (s.op == op::in) return spend(deep_weight(b), s);
    if (s.op != op::add) return true;
    if (!spend(weight(a) + weight(b), s)) return false;
    return may_make(size_of_result(a) + size_of_result(b), s);
  }

  /// A comparison of a clock with something that is none: the exact instant of the flip.
  void sharpen(op o, const cell& a, const cell& b, cell& out) {
    if ((a.clock >= 0) == (b.clock >= 0)) return;
    const cell& clock = a.clock >= 0 ? a : b;
    const cell& other = a.clock >= 0 ? b : a;
    if (clock.by && !may_invert(*clock.by)) return;
    const auto exact = flip(a.clock >= 0 ? o : mirrored(o), reading_of(clock), other.value, from_);
    if (exact) out.until = earlier(*exact, other.until);
  }

  clock_reading reading_of(const cell& c) const {
    return {ref(static_cast<std::uint32_t>(c.clock)), c.course, c.value, c.until, c.by.get()};
  }

  /// Inverting a course is work that the cost of an evaluation does not count. There may be as much
  /// of it once more; beyond, answers are said to hold only as long as what they were read from.
  bool may_invert(const course_step& by) {
    inverted_ += most_course_trials * by.length;
    return inverted_ <= limits_.cost;
  }

  // --- calls, lists, maps

  /// a.or(b) and a.orValue(b): b is evaluated only where a holds nothing.
  cell or_else(const step& s, trace* t) {
    const auto args = plan_.args_of(s);
    cell c = visit(args[0], part(t));
    c.clock = -1;
    if (!c.good()) return c;
    if (args.size() != 2 || c.value.kind() != type_kind::optional)
      return cell_of(no_overload("or", c.value), c.until);
    if (c.value.held())
      return s.function == function::opt_or ? c : cell_of(*c.value.held(), c.until);
    cell other = visit(args[1], part(t));
    if (c.until) other.clock = -1;
    other.until = earlier(other.until, c.until);
    if (other.good() && s.function == function::opt_or && other.value.kind() != type_kind::optional)
      return cell_of(no_overload("or", other.value), other.until);
    return other;
  }

  cell function_call(const step& s, trace* t) {
    if (s.function == function::opt_or || s.function == function::opt_or_value)
      return or_else(s, t);
    std::vector<value> values;
    failures failed;
    expiry until;
    std::optional<cell> moving; // the only operand that moves by time
    std::size_t at = 0;
    for (const std::uint32_t a : plan_.args_of(s)) {
      cell c = visit(a, part(t));
      if (c.until) {
        moving = until ? cell{} : c;
        at = values.size();
      }
      until = earlier(until, c.until);
      failed.add(c);
      values.push_back(std::move(c.value));
    }
    if (halted_) return stopped();
    if (failed.any()) return failed.take(until);
    std::uint64_t cost = 1;
    for (const value& v : values)
      if (v.as_string() || v.as_bytes()) cost *= 1 + weight(v);
    if (s.function == function::matches && !s.pattern) cost += 100; // compiling the pattern
    if (!spend(cost, s)) return stopped();
    if (s.host) return from_result(s.host->does(values), until);
    auto given = call(s.function, values, plan_.aids_of(s, limits_.result_size));
    if (!given && given.error().code == errc::limit_exceeded) {
      halt(s, given.error());
      return stopped();
    }
    cell made = from_result(std::move(given), until);
    if (moving) follow_clock(made, *moving, {s.op, s.function, std::move(values), at});
    return made;
  }

  /// An element of a list or what a key maps to, and whether it is there: ?e of an optional that
  /// holds nothing is not.
  cell element(std::uint32_t i, trace* t, bool& there) {
    const step& s = plan_.steps[i];
    there = true;
    if (s.kind != step_kind::op || s.op != op::optional_element) return visit(i, part(t));
    cell c = visit(plan_.args_of(s)[0], part(t));
    if (!c.good()) return c;
    if (c.value.kind() != type_kind::optional)
      return placed(cell_of(no_overload("?", c.value), c.until), s);
    there = c.value.held() != nullptr;
    return there ? cell_of(*c.value.held(), c.until) : c;
  }

  cell list(const step& s, trace* t) {
    value::elements all;
    failures failed;
    expiry until;
    for (const std::uint32_t a : plan_.args_of(s)) {
      bool there = true;
      cell c = element(a, t, there);
      until = earlier(until, c.until);
      failed.add(c);
      if (there) all.push_back(std::move(c.value));
    }
    if (failed.any()) return failed.take(until);
    return cell_of(value::list(std::move(all)), until);
  }

  cell map(const step& s, trace* t) {
    value::entries all;
    failures failed;
    expiry until;
    const auto args = plan_.args_of(s);
    for (std::size_t k = 0; k + 1 < args.size(); k += 2) {
      bool there = true;
      cell key = visit(args[k], part(t));
      cell mapped = element(args[k + 1], t, there);
      until = earlier(until, earlier(key.until, mapped.until));
      if (key.good() && !is_key(key.value)) key = cell_of(no_overload("map key", key.value));
      failed.add(key);
      failed.add(mapped);
      if (there) all.emplace_back(std::move(key.value), std::move(mapped.value));
    }
    if (failed.any()) return failed.take(until);
    value m = value::map(std::move(all));
    // Of equal keys only the first is found, so a later one finds another than itself.
    for (const auto& [key, mapped] : *m.as_map())
      if (m.find(key) != &mapped)
        return cell_of(make_error(errc::evaluation_error, "the key {} is repeated", "键 {} 重复",
                                  to_text(key)),
                       until);
    return cell_of(std::move(m), until);
  }

  static bool is_key(const value& v) {
    return v.as_bool() || v.as_int() || v.as_uint() || v.as_string();
  }

  const plan& plan_;
  const activation& from_;
  const evaluation_limits& limits_;
  std::vector<cell> frame_;
  std::uint64_t spent_ = 0;
  std::uint64_t inverted_ = 0; // see may_invert()
  std::optional<error> halted_;
};

} // namespace

outcome evaluate(const plan& p, const activation& from, const evaluation_limits& limits,
                 trace* written) {
  return evaluator(p, from, limits).run(p.root, written);
}

expiry reaches(const plan& p, const value& threshold, const activation& from,
               const evaluation_limits& limits) {
  return evaluator(p, from, limits).reach(threshold);
}

outcome evaluate(const plan& p, std::uint32_t step, const activation& from,
                 const evaluation_limits& limits, trace* written) {
  return evaluator(p, from, limits).run(step, written);
}

} // namespace banli::detail::cel
