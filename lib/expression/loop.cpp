#include "loop.hpp"

#include <optional>
#include <utility>

#include "arithmetic.hpp"

namespace banli::detail::cel {

namespace {

class looper {
 public:
  looper(const plan& p, const step& s, trace* t, loop_host& host)
      : step_(s), trace_(t), host_(host), args_(p.args_of(s)) {}

  cell run() {
    cell range = host_.visit(args_[0], part());
    if (!range.good()) {
      range.clock = -1;
      return range;
    }
    if (!range.value.as_list() && !range.value.as_map())
      return cell_of(no_overload("loop", range.value), range.until);
    until_ = range.until;
    const value::elements elements = elements_of(range.value);
    const value outer = std::exchange(host_.local(step_.slot), value());
    cell c = over(elements);
    host_.local(step_.slot) = outer;
    return c;
  }

 private:
  trace* part() { return trace_ ? &trace_->parts.emplace_back() : nullptr; }

  static value::elements elements_of(const value& range) {
    if (range.as_list()) return *range.as_list();
    value::elements keys;
    for (const auto& [key, mapped] : *range.as_map()) keys.push_back(key);
    return keys;
  }

  cell over(const value::elements& elements) {
    switch (step_.macro) {
    case macro::all: return quantified(elements, false);
    case macro::exists: return quantified(elements, true);
    case macro::exists_one: return exactly_one(elements);
    default: return transformed(elements);
    }
  }

  /// The first body for one element; what is no bool becomes an error.
  cell test(const value& element) {
    host_.local(step_.slot) = element;
    cell c = host_.visit(args_[1], part());
    if (c.good() && !c.value.as_bool()) return cell_of(no_overload("loop", c.value), c.until);
    return c;
  }

  cell quantified(const value::elements& elements, bool absorbing) {
    failures failed;
    expiry all = until_;
    for (const value& e : elements) {
      const cell c = test(e);
      if (host_.halted()) return c;
      if (c.good() && *c.value.as_bool() == absorbing) {
        if (trace_) trace_->decided_by = {trace_->parts.size() - 1};
        return cell_of(absorbing, earlier(until_, c.until));
      }
      all = earlier(all, c.until);
      failed.add(c);
    }
    return failed.any() ? failed.take(all) : cell_of(!absorbing, all);
  }

  cell exactly_one(const value::elements& elements) {
    expiry all = until_;
    std::size_t found = 0;
    for (const value& e : elements) {
      cell c = test(e);
      all = earlier(all, c.until);
      c.until = all;
      if (!c.good()) return c;
      if (*c.value.as_bool()) ++found;
    }
    return cell_of(found == 1, all);
  }

  cell transformed(const value::elements& elements) {
    const bool tests = step_.macro == macro::filter || args_.size() == 3;
    const bool maps = step_.macro == macro::map;
    value::elements out;
    expiry all = until_;
    for (const value& e : elements) {
      cell c = tests ? test(e) : cell_of(true);
      if (c.good() && *c.value.as_bool()) {
        const expiry tested = c.until;
        c = maps ? body(e) : cell_of(e);
        c.until = earlier(c.until, tested);
        out.push_back(c.value);
      }
      all = earlier(all, c.until);
      c.until = all;
      c.clock = -1;
      if (!c.good()) return c;
    }
    if (!host_.may_make(out.size(), step_)) return cell_of(error{}, all);
    return cell_of(value::list(std::move(out)), all);
  }

  cell body(const value& element) {
    host_.local(step_.slot) = element;
    return host_.visit(args_.back(), part());
  }

  const step& step_;
  trace* trace_;
  loop_host& host_;
  std::span<const std::uint32_t> args_;
  expiry until_;
};

} // namespace

cell run_loop(const plan& p, const step& s, trace* t, loop_host& host) {
  return looper(p, s, t, host).run();
}

} // namespace banli::detail::cel
