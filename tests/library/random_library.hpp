// random_library.hpp — libraries in which many people did many things, in any order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "office.hpp"

namespace office {

/// Where the items of a random library come from.
using item_source = std::function<service_item()>;

/// Does random acts; most are refused, what is done must leave good data.
inline item_library random_library(const item_source& source = food_licence) {
  const auto chain = *rc::gen::inRange(0, 4);
  confirmation_chain c;
  if ((chain & 1) != 0) c = c.with(confirming_level::city);
  if ((chain & 2) != 0) c = c.with(confirming_level::province);
  item_library lib{c};
  const std::vector<item_actor> people{writer(),   reviewer(), establishment(), city(),
                                       province(), service(),  administrator()};
  const int acts = *rc::gen::inRange(0, 80);
  for (int i = 0; i < acts; ++i) {
    const auto& who = people[*rc::gen::inRange<std::size_t>(0, people.size())];
    const entry_number n = static_cast<entry_number>(*rc::gen::inRange(1, 5));
    const instant when = at(i * 7);
    switch (*rc::gen::inRange(0, 7)) {
    case 6: {
      service_item old = food_licence();
      old.code = item_id{fmt::format("62052400SJ-XK-{:04}", *rc::gen::inRange(1, 9))};
      (void)lib.adopt(old, {}, service(), when, day_of(at(0)));
      break;
    }
    case 0: (void)lib.create(source(), "清单", who, when); break;
    case 1: (void)lib.assign_code(n, service(), when, codes()); break;
    case 2: {
      const item_version* v = lib.open_version(n);
      if (v == nullptr) break;
      service_item changed = v->item;
      changed.conditions.push_back(std::to_string(i));
      (void)lib.edit(n, changed, writer(), when);
      break;
    }
    default: {
      // Rather a command that is allowed than one that is not.
      const auto may = lib.allowed(n, who);
      const auto command =
          may.empty()
              ? static_cast<item_command>(*rc::gen::inRange<std::size_t>(0, item_command_count))
              : may[*rc::gen::inRange<std::size_t>(0, may.size())].command;
      (void)lib.act(n, command, who, when, {.reason = "理由"});
    }
    }
  }
  return lib;
}

} // namespace office
