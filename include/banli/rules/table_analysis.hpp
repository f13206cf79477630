// table_analysis.hpp — what can be said of a decision table before anybody asks it.
//
//   const table_analysis& a = table.analysis();
//   a.complete;                    // no
//   to_text(a.gaps[0]);            // amount = 5000.0, kind = "XK": no rule hits
//   to_text(a.overlaps[0]);        // amount = 1000.0, kind = "CF": rules 1 and 2 hit
//
// How. The values in the cells of a column cut its domain into pieces: the cut points, and what
// lies between them. Within a piece every cell of the column is the same, so one value speaks for
// the piece, and the table becomes a finite grid whose boxes are compared exactly. A gap or an
// overlap is then a point of that grid, and is told with values.
//
// The answer is exact for bool, numbers, text, instants and spans of time, and for inputs that list
// their values. An expression in a cell is tried on every value where its input has finitely many
// and it reads nothing else. Any other expression is *opaque*: it may hold anywhere. What depends
// on it is `undecided`, never `yes`. So is what takes more steps than table_limits::regions.
//
// Inputs are taken to be independent of each other: where two columns read the same thing, an
// example may be one that cannot occur. NaN is in no domain; a double is any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

namespace banli {

enum class decided : std::uint8_t { no, yes, undecided };

std::string_view to_string(decided d);

/// A value for every input, in their order, by name.
using table_point = std::vector<std::pair<std::string, value>>;

/// "amount = 5000.0, kind = \"XK\"".
std::string to_text(const table_point& p);

/// Two rules (numbered from 0) that hit together.
struct table_overlap {
  std::size_t first = 0;
  std::size_t second = 0;
  table_point at;
  decided same_outputs = decided::undecided; ///< whether they say the same there
};

struct table_analysis {
  decided complete = decided::undecided; ///< whatever the inputs are, a rule hits
  decided disjoint = decided::undecided; ///< no two rules ever hit together
  std::vector<table_point> gaps;         ///< examples, none twice; not all of them
  std::vector<table_overlap> overlaps;   ///< each pair of rules once
  std::vector<std::size_t> idle;         ///< rules that never count: nothing is in them, or under F
                                         ///< earlier rules take everything
  std::vector<text> open;                ///< why something is undecided
};

} // namespace banli
