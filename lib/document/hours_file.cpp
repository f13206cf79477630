#include <banli/document/hours_file.hpp>

#include "document/hours_document.hpp"
#include "document/single_files.hpp"

namespace banli {

using namespace detail;

hours_file parse_hours(const std::string& name, std::string_view content,
                       const document_limits& limits) {
  findings found{limits.problems};
  document_set set{limits, found};
  set.add(name, content);
  check_kind(set, set.hours.size(), name, "hours", found);
  hours_file out;
  for (const auto& d : set.hours) out.hours = hours_of(d, found);
  out.found = found.take();
  return out;
}

hours_file load_hours(const std::string& path, const document_limits& limits) {
  findings found{limits.problems};
  if (const auto text = read_one(path, limits, found)) return parse_hours(path, *text, limits);
  return {{}, found.take()};
}

} // namespace banli
