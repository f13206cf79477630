#include "fast.hpp"

#include "fast_choice.hpp"

namespace banli::detail::cel {

void set_calls(fast_node& n) {
  n.ways = ways_of(n.relation);
  n.in_table = fast_choice<table_facts>::call_of(n);
  n.in_readings = fast_choice<read_facts>::call_of(n);
}

namespace {

/// The facts as a table, where the activation has one with all that the plan reads; else empty.
std::span<const value* const> table_of(const plan& p, const activation& from) {
  const auto table = from.table();
  return table.size() < p.slots ? std::span<const value* const>{} : table;
}

} // namespace

template <class Facts>
bool fast_program::evaluate(fast_frame<Facts>& f, outcome& out) const {
  const auto as = [&]<class T>(T) {
    const auto given = f.template run<T>(*root_);
    if (!f.decided()) return false;
    out.value = given.is;
    out.holds_until = f.facts().expiry_of(given.mark);
    out.course = f.facts().course_of(given.mark);
    return true;
  };
  switch (gives_) {
  case fast_kind::integer: return as(std::int64_t{});
  case fast_kind::uinteger: return as(std::uint64_t{});
  case fast_kind::real: return as(double{});
  default: return as(bool{});
  }
}

bool fast_program::evaluate(const plan& p, const activation& from, std::uint64_t budget,
                            outcome& out) const {
  const auto table = table_of(p, from);
  if (!table.empty()) {
    fast_frame<table_facts> f(cost_, budget, table);
    return evaluate(f, out);
  }
  if (p.fields.size() > read_facts::most_fields) return false;
  fast_frame<read_facts> f(cost_, budget, p, from);
  return evaluate(f, out);
}

std::optional<bool> fast_program::holds(const plan& p, const activation& from,
                                        std::uint64_t budget) const {
  const auto table = table_of(p, from);
  if (table.empty() || gives_ != fast_kind::boolean) return std::nullopt;
  fast_frame<table_facts> f(cost_, budget, table);
  const bool answer = f.template run<bool>(*root_).is;
  return f.decided() ? std::optional(answer) : std::nullopt;
}

} // namespace banli::detail::cel
