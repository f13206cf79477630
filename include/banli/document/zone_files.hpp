// zone_files.hpp — the time zones of the system, for expressions that name one.
//
//   environment env;
//   env.declare("t", type_kind::timestamp).time_zones(zone_files());
//   compile("t.getHours('Asia/Shanghai')", env);
//
// A folder of zone files is part of every Linux system (tzdata) and changes with it, so that an
// office needs no new library when a country moves its summer. A zone is read when its name is
// first asked for, and kept as long as the finder or a copy of it.
#pragma once

#include <string>
#include <string_view>

#include <banli/expression/time_zone.hpp>

namespace banli {

/// Where Linux keeps them.
inline constexpr std::string_view system_zones = "/usr/share/zoneinfo";

/// Finds zones in a folder laid out like /usr/share/zoneinfo. Names are those of the IANA database,
/// such as Asia/Shanghai; nothing outside the folder has one. A file that cannot be read, or is no
/// zone, is none. Copies share what was read; any number of threads may ask.
zone_finder zone_files(std::string folder = std::string{system_zones});

} // namespace banli
