// window_service.hpp — how far the window has come with a matter: 咨询、受理、办理、反馈.
//
// A citizen meets four services at a window, one after the other: he asks what it takes, hands in,
// waits, is told. Of each a case says from when until when it lasted.
//
//   case_view v = *view_case(config, *store, case_id{"LY-2024-000013"}, now);
//   for (const stage_span& s : window_stages(v)) label(s.stage), s.begun, s.ended;
//   // 受理 2024-09-02 08:00 .. 09:00, 办理 09:00 .. 15:00, 反馈 15:00 ..
//
// Acceptance runs from the application to the acceptance or the refusal, handling to the decision,
// feedback until the result or the slip is delivered. A case that began with its acceptance was
// received and accepted at once; one that was withdrawn or given up ends in the stage it had come
// to, and is told nothing more.
//
// The hard case is the consultation: it is no event of the case, since whoever asks may never
// apply, and a question may still be open when the case is closed. So it is given beside the case,
// by whoever knows that both are of one matter, and its stage ends with its answer alone.
//
// Source: 国办函〔2011〕99号, guide (服务窗口: 咨询、受理、办理和反馈).
#pragma once

#include <optional>
#include <vector>

#include <banli/engine/case_state.hpp>
#include <banli/library/service_records.hpp>
#include <banli/run/case_view.hpp>

namespace banli {

/// One stage: from when, and until when if it is over.
struct stage_span {
  service_stage stage = service_stage::consultation;
  instant begun{};
  std::optional<instant> ended{};

  friend bool operator==(const stage_span&, const stage_span&) = default;
};

/// The stages a case has come to by the instant of its view, in their order, each once; the
/// consultation that led to it first, where one is given.
std::vector<stage_span> window_stages(const case_view& v, const consultation* asked = nullptr);

} // namespace banli
