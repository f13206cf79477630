#include <banli/portal/window_service.hpp>

#include <utility>

namespace banli {

namespace {

/// The stages of a case as they begin: never one twice, and never an earlier one after a later.
class stage_walk {
 public:
  void begin(service_stage stage, instant at) {
    if (reached(stage)) return;
    end(at);
    spans_.push_back({stage, at, {}});
  }
  void end(instant at) {
    if (!spans_.empty()) spans_.back().ended = at;
  }
  std::vector<stage_span> take() { return std::move(spans_); }

 private:
  bool reached(service_stage stage) const {
    return !spans_.empty() && spans_.back().stage >= stage;
  }
  std::vector<stage_span> spans_;
};

} // namespace

std::vector<stage_span> window_stages(const case_view& v, const consultation* asked) {
  stage_walk walk;
  for (const event& e : v.history) {
    walk.begin(service_stage::acceptance, e.at);
    if (e.what == event_kind::accepted) walk.begin(service_stage::handling, e.at);
    if (e.what == event_kind::decided || e.what == event_kind::refused)
      walk.begin(service_stage::feedback, e.at);
  }
  if (v.state.ended) walk.end(*v.state.ended);
  std::vector<stage_span> out = walk.take();
  if (asked != nullptr)
    out.insert(out.begin(), {service_stage::consultation, asked->asked, asked->answered});
  return out;
}

} // namespace banli
