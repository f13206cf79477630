// Values of forms: whether a command may write them, and how a reader sees them.
#include <banli/engine/form_values.hpp>

#include <algorithm>
#include <set>

#include <banli/base/nearest.hpp>
#include <banli/engine/authority.hpp>
#include <banli/engine/case_facts.hpp>

namespace banli {

namespace {

using value_refusal = std::optional<error>;

/// One field of a chart and the form it stands in.
struct placed_field {
  const form* in = nullptr;
  const form_field* field = nullptr;
};

class value_judge {
 public:
  value_judge(const case_definition& d, const case_state& s, const command& c)
      : d_(d), s_(s), c_(c), checked_(d.people->rights == authority::checked) {}

  value_refusal run() const {
    for (const auto& [name, written] : c_.with.facts)
      if (value_refusal why = value(name, written)) return why;
    return checked_ ? required() : std::nullopt;
  }

 private:
  value_refusal value(const std::string& name, const std::string& written) const {
    const auto fields = fields_named(name);
    if (fields.empty()) return declared(name, written);
    if (checked_ && std::none_of(fields.begin(), fields.end(),
                                 [&](const placed_field& f) { return may_write(f); }))
      return not_to_write(fields.front());
    for (const placed_field& f : fields)
      if (value_refusal why = refuse_value(*f.field, written)) return why;
    const bool fact = std::any_of(d_.item.facts.begin(), d_.item.facts.end(),
                                  [&](const form_fact& f) { return f.name == name; });
    return fact ? declared(name, written) : std::nullopt;
  }

  std::vector<placed_field> fields_named(const std::string& name) const {
    std::vector<placed_field> out;
    for (const form& f : d_.net.chart().forms)
      for (const form_field& field : f.fields)
        if (field.id == name) out.push_back({&f, &field});
    return out;
  }

  /// Form values must be of the type the item declares; undeclared ones are refused.
  value_refusal declared(const std::string& name, const std::string& written) const {
    std::vector<std::string_view> names;
    for (const form_fact& f : d_.item.facts) {
      names.emplace_back(f.name);
      if (f.name != name) continue;
      if (parse_fact(f, written)) return std::nullopt;
      // What was written is not repeated: it may be anybody's name.
      return make_error(errc::bad_value, "the form value '{}' is not {}",
                        "表单值“{}”的类型不对,应为 {}", name, to_string(f.type));
    }
    return with_hint(make_error(errc::unknown_field, "item {} has no form value '{}'",
                                "事项 {} 没有表单值“{}”", d_.item.code.text(), name),
                     suggestion(name, names));
  }

  /// Whether the command comes from the applicant, who fills in what is given.
  bool from_applicant() const {
    return c_.what == action::apply || c_.what == action::accept || c_.what == action::supplement;
  }

  bool may_write(const placed_field& f) const {
    if (c_.what != action::complete) return from_applicant() && f.field->given;
    const node* const step = find(d_.net.chart(), c_.with.step);
    return step != nullptr &&
           std::any_of(step->forms.begin(), step->forms.end(),
                       [&](const form_use& u) { return u.form == f.in->id && names(u.writes, f); });
  }

  static bool names(const std::vector<std::string>& list, const placed_field& f) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& each) {
      return each == f.field->id || each == all_fields;
    });
  }

  error not_to_write(const placed_field& f) const {
    if (c_.what == action::complete)
      return make_error(errc::not_authorised, "step '{}' may not write the field '{}' of form '{}'",
                        "环节“{0}”不能填写表单“{2}”的字段“{1}”", c_.with.step.text(),
                        f.field->shown(), f.in->id.text());
    return make_error(errc::not_authorised, "'{}' may not write the field '{}' of form '{}'",
                      "“{0}”不能填写表单“{2}”的字段“{1}”", to_string(c_.what), f.field->shown(),
                      f.in->id.text());
  }

  /// What is to be filled in by this command: its own fields when a step is completed, what is
  /// given when a case is accepted.
  value_refusal required() const {
    if (c_.what != action::complete && c_.what != action::accept) return std::nullopt;
    for (const form& f : d_.net.chart().forms)
      for (const form_field& field : f.fields) {
        if (!field.required || !may_write({&f, &field}) || written(field.id)) continue;
        const std::string_view who =
            c_.what == action::complete ? c_.with.step.text() : to_string(c_.what);
        return make_error(errc::missing_field, "'{}' must fill in the field '{}' of form '{}'",
                          "“{0}”必须填写表单“{2}”的字段“{1}”", who, field.shown(), f.id.text());
      }
    return std::nullopt;
  }

  /// Whether a field has a value once the command has happened.
  bool written(const std::string& id) const {
    for (auto it = c_.with.facts.rbegin(); it != c_.with.facts.rend(); ++it)
      if (it->first == id) return !it->second.empty();
    const auto before = s_.facts.find(id);
    return before != s_.facts.end() && !before->second.empty();
  }

  const case_definition& d_;
  const case_state& s_;
  const command& c_;
  bool checked_;
};

/// The ids of the steps a reader has or had to do with.
std::set<node_id> steps_of(const case_definition& d, const case_state& s,
                           const workday_calendar& calendar, const form_reader& reader) {
  std::set<node_id> out;
  for (const node& n : d.net.chart().nodes)
    if (n.kind == node_kind::step && !n.forms.empty() &&
        may(d, s, calendar, {action::complete, n.id, reader.when}, reader.who).granted())
      out.insert(n.id);
  for (const case_act& a : s.acts)
    if (!a.step.empty() && (a.actor == reader.who || a.on_behalf == reader.who)) out.insert(a.step);
  return out;
}

} // namespace

std::optional<error> refuse_values(const case_definition& definition, const case_state& state,
                                   const command& c) {
  return value_judge{definition, state, c}.run();
}

std::vector<form_value> form_view(const case_definition& definition, const case_state& state,
                                  const workday_calendar& calendar, const form_reader& reader) {
  std::map<std::string, field_right> best;
  for (const node_id& step : steps_of(definition, state, calendar, reader))
    if (const auto rights = form_rights(definition.net.chart(), step))
      for (const field_access& a : *rights) {
        field_right& right = best[a.field];
        right = std::max(right, a.right);
      }
  std::vector<form_value> out;
  for (const form& f : definition.net.chart().forms)
    for (const form_field& field : f.fields) {
      form_value v{f.id, field.id, field.shown(), best[field.id], std::nullopt};
      const auto written = state.facts.find(field.id);
      if (v.right != field_right::hidden && written != state.facts.end())
        v.shown = v.right == field_right::write ? written->second
                                                : masked(field.personal, written->second);
      out.push_back(std::move(v));
    }
  return out;
}

} // namespace banli
