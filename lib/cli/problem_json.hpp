// Problems as JSON.
#pragma once

#include <boost/json.hpp>

#include "commands.hpp"

namespace banli {

inline boost::json::array to_json(const problems& all) {
  boost::json::array out;
  for (const error& e : all) out.push_back(to_json(e));
  return out;
}

} // namespace banli
