// cell.hpp — what a step of the evaluation gives.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/program.hpp>

#include "expiry.hpp"

namespace banli::detail::cel {

/// Why there is no value: an error, or the fields that are missing. Kept behind a pointer because
/// most cells need none.
struct no_value {
  banli::error error;
  std::vector<std::string> missing;
};

struct cell {
  outcome::state is = outcome::state::value;
  banli::value value;
  std::shared_ptr<const no_value> why;
  expiry until;
  int clock = -1; ///< the entry in plan::fields when this is a clock as read, else -1
  clock_course course = clock_course::irregular;

  bool good() const { return is == outcome::state::value; }
};

inline cell cell_of(value v, expiry until = std::nullopt) {
  cell c;
  c.value = std::move(v);
  c.until = until;
  return c;
}

inline cell cell_of(error e, expiry until = std::nullopt) {
  cell c;
  c.is = outcome::state::error;
  c.why = std::make_shared<const no_value>(no_value{std::move(e), {}});
  c.until = until;
  return c;
}

inline cell missing_cell(std::string path, expiry until = std::nullopt) {
  cell c;
  c.is = outcome::state::unknown;
  c.why = std::make_shared<const no_value>(no_value{{}, {std::move(path)}});
  c.until = until;
  return c;
}

/// Joins cells without value: unknown goes before error, the fields of several unknowns are united,
/// of several errors the first counts.
class failures {
 public:
  bool any() const { return is_ != outcome::state::value; }

  void add(const cell& c) {
    if (c.good()) return;
    if (is_ == outcome::state::unknown && c.is == outcome::state::unknown) {
      auto both = std::make_shared<no_value>(*why_);
      both->missing.insert(both->missing.end(), c.why->missing.begin(), c.why->missing.end());
      why_ = std::move(both);
    } else if (is_ == outcome::state::value || c.is == outcome::state::unknown) {
      if (is_ == outcome::state::unknown) return;
      is_ = c.is;
      why_ = c.why;
    }
  }

  cell take(expiry until) {
    cell c;
    c.is = is_;
    c.why = std::move(why_);
    c.until = until;
    return c;
  }

 private:
  outcome::state is_ = outcome::state::value;
  std::shared_ptr<const no_value> why_;
};

} // namespace banli::detail::cel
