// Orders and complaints as JSON; members that are empty are left out.
#include <banli/run/supervision_register.hpp>

#include <boost/json.hpp>

#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

/// Builds one JSON object of what is not empty.
class record_json {
 public:
  record_json& put(std::string_view name, std::string_view words) {
    if (!words.empty()) out_[name] = words;
    return *this;
  }
  template <class Tag>
  record_json& put(std::string_view name, const strong_id<Tag>& id) {
    return put(name, std::string_view{id.text()});
  }
  record_json& put(std::string_view name, const std::optional<instant>& t) {
    if (t) out_[name] = to_text(*t);
    return *this;
  }
  record_json& count(std::string_view name, std::int64_t n) {
    out_[name] = n;
    return *this;
  }
  record_json& flag(std::string_view name, bool yes) {
    out_[name] = yes;
    return *this;
  }
  record_json& put(std::string_view name, const std::vector<supervision_clock>& clocks) {
    json::array all;
    for (const supervision_clock k : clocks) all.push_back(json::string{to_string(k)});
    out_[name] = std::move(all);
    return *this;
  }
  record_json& put(std::string_view name, const std::vector<complaint_note>& notes) {
    json::array all;
    for (const complaint_note& n : notes)
      all.push_back(json::object{{"at", to_text(n.at)}, {"who", n.who.text()}, {"words", n.words}});
    out_[name] = std::move(all);
    return *this;
  }
  record_json& put(std::string_view name, json::value v) {
    out_[name] = std::move(v);
    return *this;
  }
  std::string take() { return json::serialize(out_); }

 private:
  json::object out_;
};

json::array told_clocks(std::span<const running_clock> clocks, const workday_calendar& calendar) {
  json::array out;
  for (const running_clock& k : clocks) {
    json::object one{{"kind", to_string(k.kind)},
                     {"label", label(k.kind)},
                     {"since", to_text(k.since)},
                     {"limit", to_text(k.limit)}};
    if (const auto due = due_of(k, calendar); due && due->due) {
      one["due"] = to_text(*due->due);
      one["provisional"] = due->provisional;
    }
    out.push_back(std::move(one));
  }
  return out;
}

json::object told_finding(const fault_finding& f) {
  return {{"unit", f.unit.text()},         {"liable", f.liable.text()}, {"kind", f.kind},
          {"sanction", to_string(f.step)}, {"points", f.points},        {"opinion", f.opinion},
          {"found", to_text(f.found)}};
}

} // namespace

std::string to_json(const supervision_order& s, const workday_calendar& calendar) {
  record_json j;
  j.put("id", s.id).put("phase", to_string(s.phase)).put("phase_label", label(s.phase));
  j.count("version", s.version).put("supervisor", s.supervisor).count("level", s.level);
  j.put("unit", s.unit).put("item_name", std::string_view{s.item_name}).put("item", s.item);
  j.put("officer", s.officer).put("matter", std::string_view{s.matter});
  j.put("demand", std::string_view{s.demand}).put("begun", std::optional{s.begun});
  j.put("case", s.of).put("rule", s.rule).put("step", s.step).put("raised", s.raised);
  j.put("complaint", s.complaint).put("reviewer", s.reviewer).put("issued", s.issued);
  j.put("signed_for", s.signed_for).put("signer", s.signer);
  j.put("handling", std::string_view{s.handling}).put("reply", std::string_view{s.reply});
  j.put("document", std::string_view{s.document}).put("fed_back", s.fed_back);
  j.count("returns", s.returns).count("reminders", s.reminders).put("ended", s.ended);
  j.put("outcome", std::string_view{s.outcome});
  if (const auto f = finding_of(s)) j.put("finding", json::value(told_finding(*f)));
  j.put("clocks", json::value(told_clocks(s.clocks, calendar))).put("late", s.late);
  json::array climbs;
  for (const order_escalation& e : s.escalations)
    climbs.push_back(
        json::object{{"at", to_text(e.at)}, {"from", e.from.text()}, {"to", e.to.text()}});
  return j.put("escalations", json::value(std::move(climbs))).take();
}

std::string to_json(const complaint& s, const workday_calendar& calendar) {
  record_json j;
  j.put("id", s.id).put("phase", to_string(s.phase)).put("phase_label", label(s.phase));
  j.count("version", s.version).put("received", std::optional{s.received});
  j.put("channel", std::string_view{s.channel}).put("kind", std::string_view{s.kind});
  j.put("manner", to_string(s.made)).put("priority", to_string(s.priority));
  j.put("complainant", std::string_view{s.complainant});
  j.put("contact", std::string_view{s.contact});
  j.flag("confidential", s.confidential).flag("serious", s.serious);
  json::array units;
  for (const department_id& unit : s.units) units.push_back(json::string{unit.text()});
  j.put("units", json::value(std::move(units))).put("matter", std::string_view{s.matter});
  j.put("item", s.item).put("case", s.of).put("repeats", s.repeats);
  j.put("passed_down_by", std::string_view{s.passed_down_by}).put("handler", s.handler);
  j.put("lead", s.lead).put("order", s.order).flag("supervised", s.supervised);
  j.put("verified", s.verified).put("findings", std::string_view{s.findings});
  j.put("document", std::string_view{s.document}).put("delays", s.delays);
  j.put("answer", std::string_view{s.answer}).put("answered", s.answered);
  if (s.answered) j.put("answer_manner", to_string(s.answered_how));
  j.count("objections", s.objections).put("circular", std::string_view{s.circular});
  if (s.fault) j.put("finding", json::value(told_finding(s.finding)));
  j.put("reported_up", s.reported_up).put("ended", s.ended);
  j.put("file", std::string_view{s.file}).put("disclosures", s.disclosures);
  return j.put("clocks", json::value(told_clocks(s.clocks, calendar))).put("late", s.late).take();
}

} // namespace banli
