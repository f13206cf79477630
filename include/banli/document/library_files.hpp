// library_files.hpp — from a folder of YAML into the library of an office, and back.
//
//   const configuration c = load_configuration("examples/county");
//   taken_library t = take_over(c, service_office, now, to_day(2024y / 1 / 1));
//   t.library.items.find(item_id{"62052400MZ-XK-0001"})->versions[0].state;   // published
//   save_library(t.library, today);        // {"items/62052400MZ-XK-0001.yaml", "kind: item…"}, …
//
// An office that has written its items down as documents has them in force already: they are taken
// over (item_library::adopt), not sent through every hand again. Laws, business systems and
// disclosure come along. What is written back is what is in force on a day, in the one spelling of
// item_file.hpp; history, drafts and attachments have no documents and stay in bundles
// (library_bundle.hpp).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/library/office_library.hpp>

namespace banli {

struct taken_library {
  office_library library{};
  problems found{}; ///< why items were not taken over; their code is the file of the place

  bool good() const { return found.empty(); }
};

/// The library of a configuration. Codes: those of item_library::adopt().
taken_library take_over(const configuration& c, const item_actor& actor, instant when,
                        day effective);

/// Files by name: items/<code>.yaml for each item in force on a day, laws.yaml, systems.yaml,
/// duties.yaml and publications.yaml where there is something to write. Errors: bad_utf8;
/// bad_item_code (a code that is no file name).
result<std::vector<std::pair<std::string, std::string>>> save_library(const office_library& office,
                                                                      day on);

} // namespace banli
