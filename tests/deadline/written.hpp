// Days and limits as the tests write them.
#pragma once

#include <string_view>

#include <banli/deadline/time_limit.hpp>
#include <banli/time/text.hpp>

namespace written {

using namespace banli;

inline day on(std::string_view s) { return parse_day(s).value(); }

inline constexpr time_limit twenty{20, limit_unit::workday};

} // namespace written
