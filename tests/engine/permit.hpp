// Permits that were granted until a day, and what is asked of them afterwards.
#pragma once

#include "sample.hpp"

namespace sample {

inline details granted_until(const char* last) {
  details d;
  d.result = case_result::granted;
  d.until = on(last);
  return d;
}

/// A case that was granted until a day, and delivered.
inline running_case permit(const char* last,
                           const std::shared_ptr<const case_definition>& d = define()) {
  running_case c{d};
  c.accept("2024-09-02T09:00");
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-04T10:00", "P2", action::complete, of_step("审查", "通过"));
  c.did("2024-09-05T10:00", "P3", action::complete, of_step("决定"));
  c.did("2024-09-05T11:00", "P3", action::decide, granted_until(last));
  c.did("2024-09-06T09:00", "P1", action::deliver);
  return c;
}

inline details renewal(time_limit by) {
  details d = why("继续使用");
  d.kind = "renewal";
  d.limit = by;
  return d;
}

inline details answer(case_result r) {
  details d = why("符合条件");
  d.result = r;
  return d;
}

} // namespace sample
