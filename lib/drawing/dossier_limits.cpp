// How much of each limit is used: a card for the limits of the case, a table for those of its
// steps.
#include <drawing/dossier_parts.hpp>

#include <algorithm>
#include <array>

#include <banli/time/text.hpp>

namespace banli::detail {

namespace {

/// What is said of a limit.
struct standing {
  std::string words;
  std::string_view card = "card calm";
  bool late = false;
};

standing standing_of(const running_limit& l, const usage& u, const instant at, bool closed,
                     language in) {
  const auto n = [&](std::int64_t units) { return amount(units, u.counted_in, in); };
  const auto say = [&](const word& w, std::int64_t units) {
    return fmt::format("{} {}", w(in), n(units));
  };
  if (!l.result.due && !closed)
    return {fmt::format("{}{}{}", words::suspended(in), words::comma(in),
                        say(words::remaining, std::max<std::int64_t>(0, u.remaining)))};
  if (!in_time(l.result, at)) {
    // A limit in days may be missed by less than one counted unit: over a weekend.
    if (u.remaining < 0) return {say(words::late_by, -u.remaining), "card bad", true};
    return {std::string{words::overdue(in)}, "card bad", true};
  }
  if (closed)
    return {u.remaining > 0 ? say(words::early_by, u.remaining) : std::string{words::in_time(in)},
            "card good"};
  if (u.remaining == 0) return {std::string{words::last_day(in)}, "card warn"};
  return {say(words::remaining, u.remaining), "card calm"};
}

/// Used, over the limit and left, as a bar that a printer prints.
std::string meter(const usage& u, bool late) {
  const double whole = static_cast<double>(std::max<std::int64_t>({u.total, u.used, 1}));
  const double used =
      100 * static_cast<double>(std::clamp<std::int64_t>(u.used, 0, u.total)) / whole;
  std::string out = fmt::format(
      "<svg class=\"bar\" width=\"100%\" height=\"14\" aria-hidden=\"true\"><rect width=\"100%\" "
      "height=\"14\" fill=\"#e6eaef\"/><rect width=\"{:.2f}%\" height=\"14\" fill=\"{}\"/>",
      used, late ? "#8d99a6" : "#1b4a80");
  if (u.used > u.total)
    out +=
        fmt::format("<rect x=\"{:.2f}%\" width=\"{:.2f}%\" height=\"14\" fill=\"#a81f1f\"/><rect "
                    "x=\"{:.2f}%\" width=\"3\" height=\"14\" fill=\"#fff\"/>",
                    used, 100 - used, used);
  return out + "</svg>";
}

std::string used_words(const usage& u, language in) {
  if (in == language::zh)
    return fmt::format("{} {}，共 {}", words::used(in), amount(u.used, u.counted_in, in),
                       amount(u.total, u.counted_in, in));
  return fmt::format("{} of {} used", amount(u.used, u.counted_in, in),
                     amount(u.total, u.counted_in, in));
}

void due_line(markup& m, const running_limit& l, language in) {
  m.leaf("div", {{"class", "k"}}, words::due_on(in));
  if (!l.result.due) {
    m.leaf("p", words::due_open(in));
    return;
  }
  const bool minute = is_hour_unit(l.limit.unit) && l.result.due_at;
  m.open("div", {{"class", "big"}});
  m.text(minute ? to_short_text(*l.result.due_at) : to_text(*l.result.due));
  m.leaf("small", weekday_word(*l.result.due, in)).close();
}

void limit_card(markup& m, const dossier_view& v, std::string_view name, const running_limit& l) {
  const auto u = used(l, v.d.calendar, v.judged_at());
  if (!u) return; // clocks() has computed the same deadline before
  const standing s = standing_of(l, *u, v.judged_at(), v.d.state.ended.has_value(), v.in);
  m.open("div", {{"class", s.card}});
  m.leaf("h3", fmt::format("{} · {}", name, to_text(l.limit, v.in)));
  due_line(m, l, v.in);
  m.raw(meter(*u, s.late));
  m.open("div", {{"class", "row"}});
  m.leaf("span", {{"class", s.late ? "tag bad" : "tag"}}, s.words);
  m.leaf("span", {{"class", "soft"}}, used_words(*u, v.in)).close();
  if (l.result.provisional || !l.extended.empty()) m.open("div", {{"class", "row"}});
  for (const extension& e : l.extended)
    m.leaf("span", {{"class", "tag"}},
           fmt::format("{} {}", words::extended(v.in), to_text(e.by, v.in)));
  if (l.result.provisional)
    m.leaf("span", {{"class", "tag wait"}, {"title", words::provisional_why(v.in)}},
           words::provisional(v.in))
        .leaf("span", {{"class", "k"}}, words::provisional_why(v.in));
  if (l.result.provisional || !l.extended.empty()) m.close();
  m.close();
}

/// The limits of the steps that wait now stand beside those of the case.
void waiting_card(markup& m, const dossier_view& v, const step_clock& c) {
  const step_record& r = v.d.state.steps[c.turn];
  const node& n = v.d.definition.net.at(r.step);
  limit_card(m, v, n.shown(), c.limit);
}

std::string turn_end(const step_record& r, language in) {
  constexpr std::array<word, 4> ends{{{"等待办理", "waiting"},
                                      {"办结", "done"},
                                      {"退回", "sent back"},
                                      {"未办即止", "abandoned"}}};
  return std::string{ends[static_cast<std::size_t>(r.end)](in)};
}

void step_row(markup& m, const dossier_view& v, std::size_t turn) {
  const step_record& r = v.d.state.steps[turn];
  const node& n = v.d.definition.net.at(r.step);
  const auto clock = std::find_if(v.clocks->steps.begin(), v.clocks->steps.end(),
                                  [&](const step_clock& c) { return c.turn == turn; });
  const bool timed = clock != v.clocks->steps.end();
  const instant at = r.ended.value_or(v.judged_at());
  m.open("tr");
  cell(m, words::step(v.in), fmt::format("{}. {}", turn + 1, n.shown()), "lead");
  cell(m, words::post(v.in), v.post_name(n.post), n.post.empty() ? "none" : "");
  cell(m, words::who(v.in), v.who(r.actor.empty() ? r.assigned : r.actor),
       r.actor.empty() && r.assigned.empty() ? "none" : "");
  cell(m, words::since(v.in), to_short_text(r.since), "w");
  cell(m, words::state(v.in),
       r.ended ? fmt::format("{} {}", turn_end(r, v.in), to_short_text(*r.ended))
               : turn_end(r, v.in));
  cell(m, words::step_limit(v.in),
       timed ? to_text(clock->limit.limit, v.in) : std::string{words::none(v.in)},
       timed ? "w" : "none");
  const auto& due = timed ? clock->limit.result.due : std::optional<day>{};
  cell(m, words::due_on(v.in), due ? to_text(*due) : std::string{words::none(v.in)},
       due ? "w" : "none");
  const auto u = timed ? used(clock->limit, v.d.calendar, at) : result<usage>{usage{}};
  if (timed && u) {
    const standing s = standing_of(clock->limit, *u, at, r.ended.has_value(), v.in);
    cell(m, words::limit_state(v.in), s.words, s.late ? "hot" : "");
  } else {
    cell(m, words::limit_state(v.in), words::none(v.in), "none");
  }
  m.close();
}

} // namespace

void write_limits(markup& m, const dossier_view& v) {
  begin_section(m, words::limits(v.in));
  if (!v.clocks) {
    m.leaf("p", words::not_started(v.in)).close();
    return;
  }
  m.open("div", {{"class", "cards"}});
  limit_card(m, v, words::promised(v.in), v.clocks->promised);
  if (v.clocks->statutory) limit_card(m, v, words::statutory(v.in), *v.clocks->statutory);
  for (const step_clock& c : v.clocks->steps)
    if (v.d.state.steps[c.turn].end == step_end::waiting) waiting_card(m, v, c);
  m.close().close();
}

void write_steps(markup& m, const dossier_view& v) {
  if (!v.clocks || v.d.state.steps.empty()) return;
  m.open("table", {{"class", "stack"}}).open("thead").open("tr");
  for (const word& w : {words::step, words::post, words::who, words::since, words::state,
                        words::step_limit, words::due_on, words::limit_state})
    m.leaf("th", w(v.in));
  m.close().close().open("tbody");
  for (std::size_t i = 0; i < std::min(v.d.state.steps.size(), v.options.events); ++i)
    step_row(m, v, i);
  m.close().close();
}

} // namespace banli::detail
