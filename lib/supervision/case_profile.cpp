#include "case_profile.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <banli/engine/case_course.hpp>

namespace banli::detail {

namespace {

template <class T>
void put_bytes(std::string& out, T n) {
  char raw[sizeof(T)];
  std::memcpy(raw, &n, sizeof(T));
  out.append(raw, sizeof(T));
}

void put_text(std::string& out, std::string_view s) {
  put_bytes(out, static_cast<std::uint32_t>(s.size()));
  out += s;
}

void put_value(std::string& out, const std::optional<value>& v) {
  if (!v) {
    out += '?';
    return;
  }
  if (const auto b = v->as_bool()) {
    out += *b ? 'T' : 'F';
  } else if (const auto n = v->as_int()) {
    out += 'i';
    put_bytes(out, *n);
  } else if (const auto d = v->as_double()) {
    out += 'd';
    put_bytes(out, *d);
  } else if (const std::string* s = v->as_string()) {
    out += 's';
    put_text(out, *s);
  } else {
    out += 'x';
    put_text(out, to_text(*v));
  }
}

/// An instant, or only its day.
void put_instant(std::string& out, const std::optional<instant>& t, bool precise) {
  if (!t) {
    out += '-';
    return;
  }
  out += '@';
  put_bytes(out, precise ? std::int64_t{t->time_since_epoch().count()}
                         : std::int64_t{day_of(*t).time_since_epoch().count()});
}

/// The days on which no limit of a case runs.
void put_excluded(std::string& out, const std::vector<exclusion>& all) {
  put_bytes(out, static_cast<std::uint32_t>(all.size()));
  for (const exclusion& x : all) {
    put_bytes(out, x.from);
    put_bytes(out, x.to.value_or(day::max()));
    put_text(out, x.kind);
    put_bytes(out, x.type);
  }
}

/// The first instant too late, and whether what was due is done, and in time.
void put_due(std::string& out, const running_limit& l, const std::optional<instant>& done) {
  put_instant(out, l.result.due_at, true);
  out += !done ? 'w' : in_time(l.result, *done) ? 'e' : 'l';
}

/// Facts that time moves although they are no aspect of one limit: they ask whether something that
/// is due was done in time, and put_dues() says all of that.
bool asks_for_dues(std::string_view path) {
  static constexpr std::array<std::string_view, 5> known{
      "case.overtime", "case.deemed_overdue", "case.reply_overdue", "case.delivery_overdue",
      "case.renewal_overdue"};
  return std::find(known.begin(), known.end(), path) != known.end();
}

void close_field(profile_key& k) { k.ends.push_back(static_cast<std::uint32_t>(k.bytes.size())); }

} // namespace

profile_fields::profile_fields(const watched_rules& rules) : reads_(rules.all().size()) {
  const environment env = rules.flow() != nullptr ? rules.flow()->words() : fact_environment();
  if (rules.flow() != nullptr) activities_ = rules.flow()->activities();
  for (std::uint32_t r = 0; r < rules.all().size(); ++r) {
    const compiled_rule& of = rules[r];
    steps_ = steps_ || of.definition().scope == rule_scope::each_step;
    for (const std::string& path : of.reads()) add_field(env, path, r, true);
    for (const std::string& path : of.shows()) add_field(env, path, r, false);
  }
}

void profile_fields::add_field(const environment& env, const std::string& path, std::size_t rule,
                               bool judged) {
  const auto slot = env.slot(path);
  // Of the definition, which is in the key; or the same for all.
  if (!slot || path.starts_with("item.") || path == "calendar") return;
  const auto facts = fact_list();
  dues_ = dues_ || asks_for_dues(path);
  due_days_ = due_days_ || (!path.starts_with("flow.") && !facts[*slot].moves &&
                            path.find("due_") != std::string::npos);
  idle_ = idle_ || path.starts_with("case.idle_");
  const bool of_step = path.starts_with("step.");
  mask bits;
  if (path.starts_with("flow.")) {
    flow_ = true;
    bits.set(flow_bit);
  } else if (facts[*slot].moves) {
    (of_step ? step_clocks_ : clocks_) = true;
    bits.set(of_step ? step_clock_bit : clock_bit);
  } else {
    if (asks_for_dues(path)) bits.set(clock_bit);
    auto& fields = of_step ? step_fields_ : case_fields_;
    auto at = std::ranges::find(fields, *slot, &plain_field::slot);
    if (at == fields.end()) at = fields.insert(fields.end(), {*slot, path});
    // Fields beyond what the mask has share its last ones: judged too often, never too seldom.
    const auto position = static_cast<std::size_t>(at - fields.begin());
    bits.set(of_step ? 160 + std::min<std::size_t>(position, 90)
                     : std::min<std::size_t>(position, 159));
  }
  if (judged) reads_[rule] |= bits;
}

void profile_fields::put_dues(std::string& out, const case_facts_of& of) const {
  const case_state& s = of.state;
  if (const auto replies = reply_clocks(of.definition, s, of.calendar))
    for (std::size_t i = 0; i < replies->size(); ++i)
      put_due(out, (*replies)[i], s.replies[i].answered);
  out += '|';
  if (of.clocks == nullptr) return;
  put_due(out, of.clocks->promised, s.ended);
  put_due(out, of.clocks->promised, s.decided);
  for (const change_clock& c : of.clocks->changes)
    put_due(out, c.limit, s.changes[c.change].answered);
}

/// Everything the limits of an accepted case are counted with that is not the definition's, but
/// for the days excluded, and where they stopped.
void profile_fields::put_limits(std::string& out, const case_facts_of& of) const {
  const case_state& s = of.state;
  if (!clocks_ || !s.was_accepted()) return;
  const service_item& item = of.definition.item;
  const bool exact = is_hour_unit(item.promised.unit) || // all others see no hours
                     (item.statutory && is_hour_unit(item.statutory->unit));
  put_instant(out, s.start, exact);
  put_instant(out, s.ended, exact);
  put_bytes(out, static_cast<std::uint32_t>(s.extended.size()));
  for (const extension& x : s.extended) {
    put_bytes(out, x.by.count);
    put_bytes(out, x.by.unit);
    put_bytes(out, x.asked);
  }
}

/// The same of a turn of a step.
void profile_fields::put_step_limit(std::string& out, const case_facts_of& of,
                                    const step_record& turn) const {
  const auto& limit = of.definition.net.at(turn.step).limit;
  if (!step_clocks_ || !limit || !of.state.was_accepted()) return;
  put_instant(out, turn.since, is_hour_unit(limit->unit));
  put_instant(out, turn.ended, is_hour_unit(limit->unit));
}

void profile_fields::key_of(profile_key& out, std::uint32_t definition, const case_facts_of& of,
                            std::uint64_t serial) const {
  out.bytes.clear();
  out.ends.clear();
  const case_state& s = of.state;
  put_bytes(out.bytes, definition);
  put_limits(out.bytes, of);
  if (dues_) put_dues(out.bytes, of);
  if (idle_) {
    put_instant(out.bytes, s.last, false);
    put_instant(out.bytes, s.ended, false);
  }
  close_field(out);
  if ((clocks_ || step_clocks_) && s.was_accepted()) put_excluded(out.bytes, s.excluded);
  close_field(out);
  if (flow_)
    for (const flow_event& e : course_of(of.definition, s)) {
      if (!activities_.empty() &&
          std::find(activities_.begin(), activities_.end(), e.activity) == activities_.end())
        continue;
      put_text(out.bytes, e.activity);
      put_text(out.bytes, e.actor);
      put_instant(out.bytes, e.at, true);
      for (const auto& [name, v] : e.data) put_value(out.bytes, v);
    }
  close_field(out);
  bool alone = false;
  case_facts facts{of.definition, s, of.calendar, of.clocks, of.now};
  const auto plain = [&](const plain_field& f) {
    const reading r = facts.read({f.slot, f.path});
    // What moves by itself, and we do not know by what, is alike in no two cases.
    alone = alone || (r.holds_until && !asks_for_dues(f.path));
    put_value(out.bytes, r.now);
    close_field(out);
  };
  for (const plain_field& f : case_fields_) plain(f);
  if (steps_)
    for (std::size_t turn = 0; turn < s.steps.size(); ++turn) {
      facts.of(turn);
      put_bytes(out.bytes, s.steps[turn].step);
      put_step_limit(out.bytes, of, s.steps[turn]);
      close_field(out);
      for (const plain_field& f : step_fields_) plain(f);
    }
  if (!alone) return;
  put_bytes(out.bytes, serial);
  close_field(out);
}

profile_fields::mask profile_fields::changed(const profile_key& before,
                                             const profile_key& after) const {
  mask out;
  if (before.field(0) != after.field(0)) out.set(clock_bit);
  if (before.field(1) != after.field(1)) out.set(clock_bit).set(step_clock_bit);
  if (before.field(2) != after.field(2)) out.set(flow_bit);
  for (std::size_t i = 0; i < case_fields_.size(); ++i)
    if (before.field(first_plain + i) != after.field(first_plain + i))
      out.set(std::min<std::size_t>(i, 159));
  return out;
}

profile_fields::mask profile_fields::changed(const profile_key& before, const profile_key& after,
                                             std::size_t turn) const {
  mask out;
  const std::size_t first = first_plain + case_fields_.size() + turn * (1 + step_fields_.size());
  if (before.field(first) != after.field(first)) out.set(step_clock_bit);
  for (std::size_t i = 0; i < step_fields_.size(); ++i)
    if (before.field(first + 1 + i) != after.field(first + 1 + i))
      out.set(160 + std::min<std::size_t>(i, 90));
  return out;
}

} // namespace banli::detail
