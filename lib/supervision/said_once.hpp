// What hits say, made once for all cases that look alike at an instant.
#pragma once

#include <map>
#include <tuple>

#include "watched_rules.hpp"
#include <banli/supervision/hit.hpp>

namespace banli::detail {

struct looked_at;

/// Asked instant by instant; what was said at the last one is forgotten.
class said_once {
 public:
  template <class Make>
  const hit_grounds& of(const looked_at* seen, const about& what, instant then, Make&& make) {
    if (then != then_) said_.clear();
    then_ = then;
    const auto [it, added] = said_.try_emplace({seen, what.rule, what.turn});
    if (added) it->second = make();
    return it->second;
  }

 private:
  instant then_{};
  std::map<std::tuple<const looked_at*, std::uint32_t, std::uint32_t>, hit_grounds> said_;
};

} // namespace banli::detail
