#include "lua_rule.hpp"

#ifdef BANLI_HAS_LUAJIT
#include <cstdio>
#include <cstdlib>
#include <lua.hpp>
#endif

namespace bench {

#ifdef BANLI_HAS_LUAJIT

namespace {

constexpr const char* script = R"(
local instant = { ["instant"] = true }
function fires(c)
  if not (c.elapsed > c.promised * 0.8) then return false end
  if c.status == "concluded" or instant[c.type] then return false end
  local fees = c.fees
  for i = 1, #fees do
    if not (fees[i].amount <= fees[i].standard) then return false end
  end
  return true
end
function loop(cases, times)
  local n = 0
  local k = 1
  for i = 1, times do
    if fires(cases[k]) then n = n + 1 end
    k = k < #cases and k + 1 or 1
  end
  return n
end
)";

lua_State* machine() {
  static lua_State* const made = [] {
    lua_State* l = luaL_newstate();
    luaL_openlibs(l);
    if (luaL_dostring(l, script) != 0) {
      std::fprintf(stderr, "%s\n", lua_tostring(l, -1));
      std::exit(1);
    }
    return l;
  }();
  return made;
}

void number(lua_State* l, const char* name, double x) {
  lua_pushnumber(l, x);
  lua_setfield(l, -2, name);
}

void text(lua_State* l, const char* name, const std::string& s) {
  lua_pushlstring(l, s.data(), s.size());
  lua_setfield(l, -2, name);
}

void push(lua_State* l, const lua_case& c) {
  lua_newtable(l);
  number(l, "elapsed", static_cast<double>(c.elapsed));
  number(l, "promised", static_cast<double>(c.promised));
  text(l, "status", c.status);
  text(l, "type", c.type);
  lua_newtable(l);
  int at = 0;
  for (const auto& [amount, standard] : c.fees) {
    lua_newtable(l);
    number(l, "amount", amount);
    number(l, "standard", standard);
    lua_rawseti(l, -2, ++at);
  }
  lua_setfield(l, -2, "fees");
}

} // namespace

std::optional<bool> lua_answer(const lua_case& c) {
  lua_State* l = machine();
  lua_getglobal(l, "fires");
  push(l, c);
  lua_call(l, 1, 1);
  const bool fires = lua_toboolean(l, -1) != 0;
  lua_settop(l, 0);
  return fires;
}

std::size_t lua_loop(const std::vector<lua_case>& cases, std::size_t times) {
  lua_State* l = machine();
  lua_getglobal(l, "loop");
  lua_newtable(l);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    push(l, cases[i]);
    lua_rawseti(l, -2, static_cast<int>(i + 1));
  }
  lua_pushnumber(l, static_cast<double>(times));
  lua_call(l, 2, 1);
  const auto n = static_cast<std::size_t>(lua_tonumber(l, -1));
  lua_settop(l, 0);
  return n;
}

#else

std::optional<bool> lua_answer(const lua_case&) { return std::nullopt; }
std::size_t lua_loop(const std::vector<lua_case>&, std::size_t) { return 0; }

#endif

} // namespace bench
