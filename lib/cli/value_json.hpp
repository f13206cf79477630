// Values of expressions as JSON; what JSON lacks as text.
#pragma once

#include <cmath>

#include <boost/json.hpp>

#include <banli/expression/value.hpp>

namespace banli {

inline boost::json::value value_json(const value& v) {
  switch (v.kind()) {
  case type_kind::null: return nullptr;
  case type_kind::boolean: return *v.as_bool();
  case type_kind::integer: return *v.as_int();
  case type_kind::uinteger: return *v.as_uint();
  case type_kind::string: return boost::json::string{*v.as_string()};
  case type_kind::real:
    if (std::isfinite(*v.as_double())) return *v.as_double();
    return boost::json::string{to_text(v)};
  case type_kind::list: {
    boost::json::array all;
    for (const value& e : *v.as_list()) all.push_back(value_json(e));
    return all;
  }
  case type_kind::map: {
    boost::json::object all;
    for (const auto& [key, mapped] : *v.as_map())
      all[key.as_string() ? *key.as_string() : to_text(key)] = value_json(mapped);
    return all;
  }
  default: return boost::json::string{to_text(v)};
  }
}

} // namespace banli
