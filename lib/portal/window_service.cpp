#include <banli/portal/window_service.hpp>

#include <array>

#include "portal_words.hpp"

namespace banli {

namespace {

constexpr auto stage_words = std::to_array<detail::portal_word>(
    {{"consultation", "咨询"}, {"acceptance", "受理"}, {"handling", "办理"}, {"feedback", "反馈"}});

/// The stages of a case as they begin: never one twice, and never an earlier one after a later.
class stage_walk {
 public:
  void begin(window_stage stage, instant at) {
    if (reached(stage)) return;
    end(at);
    spans_.push_back({stage, at, {}});
  }
  void end(instant at) {
    if (!spans_.empty()) spans_.back().ended = at;
  }
  std::vector<stage_span> take() { return std::move(spans_); }

 private:
  bool reached(window_stage stage) const { return !spans_.empty() && spans_.back().stage >= stage; }
  std::vector<stage_span> spans_;
};

} // namespace

std::string_view to_string(window_stage s) { return stage_words[static_cast<std::size_t>(s)].name; }
std::string_view label(window_stage s) { return stage_words[static_cast<std::size_t>(s)].label; }

std::vector<stage_span> window_stages(const case_view& v, const consultation* asked) {
  stage_walk walk;
  for (const event& e : v.history) {
    walk.begin(window_stage::acceptance, e.at);
    if (e.what == event_kind::accepted) walk.begin(window_stage::handling, e.at);
    if (e.what == event_kind::decided || e.what == event_kind::refused)
      walk.begin(window_stage::feedback, e.at);
  }
  if (v.state.ended) walk.end(*v.state.ended);
  std::vector<stage_span> out = walk.take();
  if (asked != nullptr)
    out.insert(out.begin(), {window_stage::consultation, asked->asked, asked->answered});
  return out;
}

} // namespace banli
