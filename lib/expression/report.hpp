// report.hpp — where a phase puts the problems it finds.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include <banli/base/result.hpp>
#include <banli/expression/program.hpp>

#include "text.hpp"

namespace banli::detail::cel {

/// Collects problems up to the limit and gives each its place.
class report {
 public:
  report(std::string_view source, const compile_options& how) : source_(source), how_(how) {}

  void add(std::uint32_t offset, error e) {
    if (found_.size() < how_.limits.problem_count)
      found_.push_back(at(std::move(e), place_of(source_, offset, how_)));
  }

  bool empty() const { return found_.empty(); }

  /// Whether a limit was broken.
  bool fatal() const {
    return std::ranges::find(found_, errc::limit_exceeded, &error::code) != found_.end();
  }

  /// In the order of the text.
  problems take() {
    std::ranges::stable_sort(found_, {}, &error::where);
    return std::move(found_);
  }

 private:
  std::string_view source_;
  const compile_options& how_;
  problems found_;
};

} // namespace banli::detail::cel
