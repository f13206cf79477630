// library_bundle.hpp — the whole library of an office as one text, and back.
//
//   std::string kept = export_library(office).value();
//   restored_library r = restore_library(kept);
//   r.good();  r.library == office;            // what was exported comes back, all of it
//
//   {"bundle":"banli library","version":1}
//   {"part":"rules","chain":["city"],"marks":["basic","extended","window"]}
//   {"part":"law","id":"spaqf","rank":"law","title":"…", …}
//   {"part":"item","number":7,"versions":[{"number":1,"state":"published","item":{…}}], …}
//   {"part":"record","entry":7,"when":"2025-07-01T09:00:00","who":"…","command":"publish", …}
//   {"end":"banli library","lines":5,"sha256":"…"}
//
// One JSON value a line (RFC 8259), in a fixed order of lines and keys, so that the same library is
// the same bytes and two bundles can be compared by any tool. The last line counts the lines above
// it and hashes their bytes: a bundle that was cut or touched is refused, and so is one written by
// a newer banli. What is read is judged like what is entered: every problem is reported with its
// line, and nothing is restored while there is one.
//
// The hard case is a field this banli does not know: it is a problem and not ignored, because a
// restored library that silently lost a field would be worse than none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/library/office_library.hpp>

namespace banli {

struct bundle_limits {
  std::size_t bytes = 2'000'000'000;
  std::size_t line_bytes = 16'000'000;
  std::size_t problems = 1'000; ///< further ones are not reported
};

/// Errors: bad_utf8 (a text of the library is none).
result<std::string> export_library(const office_library& office);

struct restored_library {
  office_library library{}; ///< empty while there is a problem
  problems found{};

  bool good() const { return found.empty(); }
};

/// Codes: bundle_newer; bundle_damaged (no head, no end, another count or hash, not JSON, records
/// that do not lead to the states); unknown_field, missing_field, wrong_type, unknown_value,
/// bad_value, bad_date, bad_limit, bad_duty of a value; duplicate_id, duplicate_code,
/// time_backwards, limit_exceeded. Places have the line.
restored_library restore_library(std::string_view bundle, const bundle_limits& limits = {});

} // namespace banli
