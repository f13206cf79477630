// LiveCase: the engine without a store, command by command; and the tables it works by.
#include <banli/engine/case_facts.hpp>
#include <banli/engine/case_life_cycle.hpp>
#include <banli/engine/case_policy.hpp>
#include <banli/engine/decide.hpp>
#include <banli/engine/deemed_overdue.hpp>

#include "bind.hpp"
#include "case_details.hpp"
#include "casters.hpp"
#include "expression_values.hpp"
#include "options.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// A case that lives in memory.
class live_case {
 public:
  live_case(std::shared_ptr<configuration> c, const std::string& item, std::string id)
      : config_(std::move(c)), definition_(find(*config_, item_id{item})) {
    if (!definition_)
      throw failure{make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”", item)};
    state_.id = case_id{std::move(id)};
  }

  py::list run(const std::string& what, instant at, const std::string& actor,
               const py::kwargs& with) {
    const command c{request_id{fmt::format("{}", history_.size() + 1)},
                    state_.id,
                    at,
                    person_id{actor},
                    unwrap(parse_action(what)),
                    details_of(with),
                    {}};
    const std::size_t before = history_.size();
    for (event& e : unwrap(decide(*definition_, state_, c, config_->calendar))) {
      state_ = apply(*definition_, std::move(state_), e);
      history_.push_back(std::move(e));
    }
    return py::list(
        events()[py::slice(static_cast<py::ssize_t>(before), std::nullopt, std::nullopt)]);
  }

  py::list events() const { return to_dicts(history_); }

  std::vector<std::string> allowed() const {
    std::vector<std::string> out;
    for (const action a : allowed_actions(state_)) out.emplace_back(to_string(a));
    return out;
  }

  std::vector<std::string> enabled() const {
    std::vector<std::string> out;
    for (const node_index n : definition_->net.enabled(state_.at))
      out.push_back(definition_->net.at(n).id.text());
    return out;
  }

  py::dict facts(instant now) const {
    const auto k = clocks(*definition_, state_, config_->calendar);
    const case_facts from{*definition_, state_, config_->calendar, k ? &*k : nullptr, now};
    py::dict out;
    const auto all = fact_list();
    for (std::uint32_t slot = 0; slot < all.size(); ++slot) {
      const reading r = from.read({slot, all[slot].path});
      out[py::str(all[slot].path.data(), all[slot].path.size())] =
          r.now ? python_from(*r.now) : py::none();
    }
    return out;
  }

  std::optional<day> due(bool statutory) const {
    if (!state_.was_accepted()) return std::nullopt;
    const case_clocks k = unwrap(clocks(*definition_, state_, config_->calendar));
    if (!statutory) return k.promised.result.due;
    return k.statutory ? k.statutory->result.due : std::nullopt;
  }

  py::list deemed(instant now) const {
    py::list out;
    for (const deemed_overdue& d :
         unwrap(deemed_overdue_at(*definition_, state_, config_->calendar, now)))
      out.append(py::make_tuple(std::string{to_string(d.why)}, d.since));
    return out;
  }

  const case_state& state() const { return state_; }

 private:
  std::shared_ptr<configuration> config_;
  std::shared_ptr<const case_definition> definition_;
  case_state state_;
  std::vector<event> history_;
};

py::list notices_of(const live_case& c) {
  py::list out;
  for (const notice_record& n : c.state().notices)
    out.append(py::dict(py::arg("kind") = n.kind, py::arg("recipient") = n.recipient,
                        py::arg("due") = n.due, py::arg("told") = n.told));
  return out;
}

py::list actions_of(const std::string& lang) {
  const bool zh = language_of(lang) == language::zh;
  py::list out;
  for (std::size_t i = 0; i < action_list().size(); ++i) {
    const auto a = static_cast<action>(i);
    const event_kind e = event_of(a);
    out.append(py::make_tuple(std::string{to_string(a)}, std::string{zh ? label(a) : to_string(a)},
                              std::string{to_string(e)},
                              std::string{zh ? label(e) : to_string(e)}));
  }
  return out;
}

py::list life_cycle_rows_of() {
  py::list out;
  for (const case_transition& t : case_life_cycle())
    out.append(py::make_tuple(std::string{to_string(t.from)}, std::string{to_string(t.by)},
                              std::string{to_string(t.to)}));
  return out;
}

py::list policies_of() {
  py::list out;
  for (const case_policy& p : case_policies())
    out.append(py::dict(py::arg("kind") = std::string{to_string(p.kind)},
                        py::arg("stops") = p.stops, py::arg("extends") = p.extends,
                        py::arg("reports_up") = p.reports_up,
                        py::arg("starts_when_complete") = p.starts_when_complete,
                        py::arg("waits_for_co_handlers") = p.waits_for_co_handlers));
  return out;
}

} // namespace

void bind_live_case(py::module_& m) {
  py::class_<live_case>(m, "LiveCase", "One case in memory: commands in, events and state out.")
      .def(py::init<std::shared_ptr<configuration>, const std::string&, std::string>(),
           py::arg("configuration"), py::arg("item"), py::arg("id") = "1",
           "A case of an item that has not begun. Errors: unknown-item.")
      .def("do", &live_case::run, py::arg("action"), py::arg("at"), py::arg("actor"),
           "do(action, at, actor, **details) -> list[dict]\n\nThe events a command led to. The "
           "details are the columns of a log. Errors: those of the command, which then changed "
           "nothing.")
      .def_property_readonly("events", &live_case::events)
      .def_property_readonly("allowed", &live_case::allowed, "Commands its phase takes.")
      .def_property_readonly("enabled", &live_case::enabled, "Steps that can be done.")
      .def_property_readonly("id", [](const live_case& c) { return c.state().id; })
      .def_property_readonly(
          "phase", [](const live_case& c) { return std::string{to_string(c.state().phase)}; })
      .def_property_readonly("ended", [](const live_case& c) { return c.state().ended; })
      .def_property_readonly("valid_until",
                             [](const live_case& c) { return c.state().valid_until; })
      .def_property_readonly("notices", &notices_of,
                             "Who must be told, or was: kind, recipient, due, told.")
      .def_property_readonly("promised_due", [](const live_case& c) { return c.due(false); })
      .def_property_readonly("statutory_due", [](const live_case& c) { return c.due(true); })
      .def("facts", &live_case::facts, py::arg("now"),
           "facts(now) -> dict\n\nWhat rules can read of it, by path; None: missing.")
      .def("deemed_overdue", &live_case::deemed, py::arg("now"),
           "deemed_overdue(now) -> list\n\nPairs of situation and since when.")
      .def("__repr__", [](const live_case& c) {
        return fmt::format("<LiveCase {} {}>", c.state().id.text(), to_string(c.state().phase));
      });
  m.def("case_actions", &actions_of, py::arg("lang") = "zh",
        "Every command: name, label, the event it leads to, the event's label.");
  m.def("case_life_cycle", &life_cycle_rows_of, "Rows of phase, command, phase after.");
  m.def(
      "case_life_cycle_table",
      [](const std::string& lang) { return to_markdown(case_life_cycle(), language_of(lang)); },
      py::arg("lang") = "zh", "The same as a table in Markdown.");
  m.def("case_policies", &policies_of, "How the five kinds of cases differ.");
  m.def(
      "suggest_kind",
      [](const service_item& i, const std::string& lang) {
        const kind_suggestion s = suggest_kind(i);
        return std::pair{std::string{to_string(s.kind)},
                         language_of(lang) == language::zh ? s.why.zh : s.why.en};
      },
      py::arg("item"), py::arg("lang") = "zh",
      "The kind that an item's own words suggest, and why.");
}

} // namespace banli::python
