// plan.hpp — a checked tree made ready for evaluation.
//
// A plan has one step for each node of the tree, with names resolved to numbers: a field to its
// entry in `fields`, a loop variable to its place in the frame, a literal pattern to a compiled
// regular expression. Nothing in it changes after it is made, so threads may share it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <re2/re2.h>

#include <banli/expression/environment.hpp>
#include <banli/expression/program.hpp>

#include "check.hpp"
#include "fast.hpp"
#include "functions.hpp"
#include "report.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

enum class step_kind : std::uint8_t {
  constant,  ///< held
  field,     ///< fields[slot]
  has_field, ///< fields[slot], whether it is there
  local,     ///< frame[slot]
  member,    ///< args[0].name; a missing key is an error, of a record a missing field
  has,       ///< whether args[0] has a key `name`
  op,
  call,
  list,
  map,
  loop, ///< frame[slot] is its variable, frame[slot + 1] its second
  fails,
};

struct step {
  step_kind kind = step_kind::fails;
  cel::op op = cel::op::none;
  cel::macro macro = cel::macro::none;
  cel::function function = cel::function::none;
  std::uint32_t slot = 0;
  bool second = false;   ///< of a loop: it has two variables, in slot and slot + 1
  bool optional = false; ///< of a field or a member: a.?b
  std::uint32_t first_arg = 0;
  std::uint32_t arg_count = 0;
  span at;
  std::string name;                          ///< of a member or has; what fails
  std::string record_field;                  ///< of a member of a record: "fee.amount"
  value held;                                ///< of a constant
  banli::type of;                            ///< what it gives, as far as is known
  std::shared_ptr<const host_function> host; ///< of a call of the host's
  const re2::RE2* pattern = nullptr;         ///< of matches() with a literal pattern
  std::shared_ptr<const time_zone> zone;     ///< of a time function with a literal name of one
};

struct plan {
  std::string source;
  compile_options how;
  type gives;
  std::vector<step> steps;
  std::vector<std::uint32_t> args;
  std::uint32_t root = 0;
  std::uint32_t frame_size = 0;
  struct used_field {
    std::string path;
    std::uint32_t slot;
    std::string label;
  };
  std::vector<used_field> fields; ///< by path
  std::vector<std::string> reads; ///< their paths
  std::vector<std::unique_ptr<re2::RE2>> patterns;
  zone_finder zones;                        ///< the host's
  std::unique_ptr<const fast_program> fast; ///< null when it has no short way
  std::uint64_t worst_cost = 0;
  std::size_t slots = 0; ///< one more than the highest slot of a field

  std::span<const std::uint32_t> args_of(const step& s) const {
    return std::span(args).subspan(s.first_arg, s.arg_count);
  }
  std::string_view text_of(const step& s) const {
    return std::string_view(source).substr(s.at.begin, s.at.end - s.at.begin);
  }

  call_aids aids_of(const step& s, std::size_t most_bytes) const {
    return {s.pattern, s.zone.get(), &zones, most_bytes};
  }

  static program make_program(std::shared_ptr<const plan> p) { return program(std::move(p)); }
  static const plan& of_program(const program& p) { return *p.plan_; }
};

/// A compiled regular expression within bounds; null when the pattern is none.
std::unique_ptr<re2::RE2> make_pattern(std::string_view pattern);

/// Makes the plan of a tree without problems. Errors: bad_value (a pattern, the name of a zone).
std::shared_ptr<plan> make_plan(std::string_view source, const syntax_tree& tree,
                                const checked& meanings, const environment& env,
                                const compile_options& how, report& problems);

} // namespace banli::detail::cel
