// The same rule in LuaJIT, where it is installed (libluajit-5.1-dev); else no answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bench {

struct lua_case {
  std::int64_t elapsed;
  std::int64_t promised;
  std::string status;
  std::string type;
  std::vector<std::pair<double, double>> fees;
};

/// Whether the rule fires; none without LuaJIT.
std::optional<bool> lua_answer(const lua_case& c);

/// Evaluates cases in turn inside LuaJIT, as its compiler likes it; how often the rule fired.
std::size_t lua_loop(const std::vector<lua_case>& cases, std::size_t times);

} // namespace bench
