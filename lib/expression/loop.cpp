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
    if (step_.macro == macro::bind) return bound(std::move(range));
    if (step_.macro == macro::opt_map || step_.macro == macro::opt_flat_map) return of_held(range);
    if (!range.good()) {
      range.clock = -1;
      return range;
    }
    if (!range.value.as_list() && !range.value.as_map())
      return cell_of(no_overload("loop", range.value), range.until);
    until_ = range.until;
    const cell first = std::exchange(host_.local(step_.slot), cell{});
    const cell second = step_.second ? std::exchange(host_.local(step_.slot + 1), cell{}) : cell{};
    cell c = over(rounds(range.value));
    host_.local(step_.slot) = first;
    if (step_.second) host_.local(step_.slot + 1) = second;
    return c;
  }

 private:
  /// What the variables are in one round.
  struct round {
    value first;
    value second;
  };

  /// The rounds over a list or a map: of a list its elements, of a map its keys; with two variables
  /// index and element, key and value.
  class rounds {
   public:
    explicit rounds(const value& range) : list_(range.as_list()), map_(range.as_map()) {}

    std::size_t size() const { return list_ ? list_->size() : map_->size(); }
    round at(std::size_t k, const step& s) const {
      if (map_) return {(*map_)[k].first, s.second ? (*map_)[k].second : value()};
      if (!s.second) return {(*list_)[k], {}};
      return {value(static_cast<std::int64_t>(k)), (*list_)[k]};
    }

   private:
    const value::elements* list_;
    const value::entries* map_;
  };

  trace* part() { return trace_ ? &trace_->parts.emplace_back() : nullptr; }

  /// cel.bind: the variable is the value, and fails where it is read if the value does.
  cell bound(cell value) {
    const cell outer = std::exchange(host_.local(step_.slot), std::move(value));
    cell c = host_.visit(args_[1], part());
    host_.local(step_.slot) = outer;
    return c;
  }

  /// optMap and optFlatMap: the variable is what the optional holds.
  cell of_held(const cell& range) {
    cell c = range;
    c.clock = -1;
    if (!c.good()) return c;
    if (c.value.kind() != type_kind::optional)
      return cell_of(no_overload("optMap", c.value), c.until);
    if (!c.value.held()) return c;
    cell made = bound(cell_of(*c.value.held()));
    made.until = earlier(made.until, c.until);
    made.clock = -1;
    if (!made.good()) return made;
    if (step_.macro == macro::opt_map) made.value = value::optional_of(std::move(made.value));
    if (made.value.kind() != type_kind::optional)
      return cell_of(no_overload("optFlatMap", made.value), made.until);
    return made;
  }

  void set(const round& r) {
    host_.local(step_.slot) = cell_of(r.first);
    if (step_.second) host_.local(step_.slot + 1) = cell_of(r.second);
  }

  cell over(const rounds& all_rounds) {
    switch (step_.macro) {
    case macro::all: return quantified(all_rounds, false);
    case macro::exists: return quantified(all_rounds, true);
    case macro::exists_one: return exactly_one(all_rounds);
    default: return transformed(all_rounds);
    }
  }

  /// The first body for one element; what is no bool becomes an error.
  cell test(const round& r) {
    set(r);
    cell c = host_.visit(args_[1], part());
    if (c.good() && !c.value.as_bool()) return cell_of(no_overload("loop", c.value), c.until);
    return c;
  }

  cell quantified(const rounds& all_rounds, bool absorbing) {
    failures failed;
    expiry all = until_;
    for (std::size_t k = 0; k < all_rounds.size(); ++k) {
      const round r = all_rounds.at(k, step_);
      const cell c = test(r);
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

  cell exactly_one(const rounds& all_rounds) {
    expiry all = until_;
    std::size_t found = 0;
    for (std::size_t k = 0; k < all_rounds.size(); ++k) {
      const round r = all_rounds.at(k, step_);
      cell c = test(r);
      all = earlier(all, c.until);
      c.until = all;
      if (!c.good()) return c;
      if (*c.value.as_bool()) ++found;
    }
    return cell_of(found == 1, all);
  }

  cell transformed(const rounds& all_rounds) {
    const bool filters = step_.macro == macro::filter;
    const bool tests = filters || args_.size() == 3;
    value::elements list;
    value::entries map;
    expiry all = until_;
    for (std::size_t k = 0; k < all_rounds.size(); ++k) {
      const round r = all_rounds.at(k, step_);
      cell c = tests ? test(r) : cell_of(true);
      if (c.good() && *c.value.as_bool()) {
        const expiry tested = c.until;
        c = filters ? cell_of(r.first) : body(r);
        c.until = earlier(c.until, tested);
        if (c.good()) c = keep(std::move(c), r, list, map);
      }
      all = earlier(all, c.until);
      c.until = all;
      c.clock = -1;
      if (!c.good()) return c;
    }
    if (!host_.may_make(list.size() + map.size(), step_)) return cell_of(error{}, all);
    const bool mapped =
        step_.macro == macro::transform_map || step_.macro == macro::transform_entries;
    return cell_of(mapped ? value::map(std::move(map)) : value::list(std::move(list)), all);
  }

  /// Puts what a round gave where it belongs; an error where that is no entry, or one of a key that
  /// is there.
  cell keep(cell c, const round& r, value::elements& list, value::entries& map) {
    if (step_.macro == macro::transform_map) {
      map.emplace_back(r.first, c.value);
    } else if (step_.macro == macro::transform_entries) {
      if (!c.value.as_map()) return cell_of(no_overload("transformMapEntry", c.value), c.until);
      for (const auto& entry : *c.value.as_map()) {
        if (!host_.spend(map.size(), step_)) return c;
        for (const auto& [key, mapped] : map)
          if (key == entry.first)
            return cell_of(make_error(errc::evaluation_error, "the key {} is repeated",
                                      "键 {} 重复", to_text(key)),
                           c.until);
        map.push_back(entry);
      }
    } else {
      list.push_back(c.value);
    }
    return c;
  }

  cell body(const round& r) {
    set(r);
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
