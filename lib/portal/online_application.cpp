#include <banli/portal/online_application.hpp>

#include <algorithm>
#include <charconv>
#include <set>

#include <banli/base/nearest.hpp>
#include <banli/base/utf8.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/material_need.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

/// The check character of the first seventeen digits of a resident identity number (GB 11643-1999,
/// ISO 7064 MOD 11-2).
bool resident_number(std::string_view s) {
  constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view checks = "10X98765432";
  if (s.size() != 18) return false;
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (s[i] < '0' || s[i] > '9') return false;
    sum += (s[i] - '0') * weights[i];
  }
  const char last = s.back() == 'x' ? 'X' : s.back();
  return last == checks[static_cast<std::size_t>(sum % 11)];
}

bool credit_number(std::string_view s) {
  return s.size() == 18 && credit_check_character(s.substr(0, 17)) == s.back();
}

/// A form value that parse_fact() has read, as conditions over forms take it.
fact_values::value_type::second_type plain_value(fact_type type, const std::string& written) {
  if (type == fact_type::boolean) return written == "true";
  if (type == fact_type::text) return written;
  double number = 0;
  std::from_chars(written.data(), written.data() + written.size(), number);
  return number;
}

/// Collects what is wrong with an application.
class application_check {
 public:
  application_check(const online_application& a, const service_item& item, const locator& where,
                    const application_limits& limits)
      : a_(a), item_(item), where_(where), limits_(limits) {}

  problems run() {
    if (!item_.on_platform)
      add("/item", make_error(errc::condition_not_met, "item '{}' is not handled on the platform",
                              "事项“{}”不在平台办理", item_.code.text()));
    if (a_.files.size() > limits_.files || a_.facts.size() > limits_.facts) {
      add("", make_error(errc::limit_exceeded, "more than {} files or {} form values",
                         "材料超过 {} 份或表单超过 {} 项", limits_.files, limits_.facts));
      return std::move(found_);
    }
    person();
    form();
    files();
    needed();
    return std::move(found_);
  }

 private:
  void person() {
    need(a_.applicant, "/applicant", "the applicant", "申请者名称");
    need(a_.said.certificate, "/certificate", "the kind of the certificate", "证件类型");
    need(a_.said.certificate_number, "/certificate_number", "the certificate number", "证件号码");
    need(a_.said.phone, "/phone", "the telephone number", "联系电话");
    for (const std::string* s : {&a_.said.title, &a_.said.summary, &a_.said.agent, &a_.said.contact,
                                 &a_.said.agent_certificate_number})
      text_of(*s, "");
    judge_number(a_.said.certificate, a_.said.certificate_number, "/certificate_number");
    judge_number(a_.said.agent_certificate, a_.said.agent_certificate_number,
                 "/agent_certificate_number");
  }

  void judge_number(const std::string& kind, const std::string& number, std::string_view path) {
    if (!number.empty() && !plausible_certificate(kind, number))
      add(path, make_error(errc::bad_value, "the number does not fit a certificate of kind '{}'",
                           "证件号码与证件类型“{}”不符", kind));
  }

  void need(const std::string& value, std::string_view path, std::string_view en,
            std::string_view zh) {
    if (value.empty())
      add(path, make_error(errc::missing_field, "{0} is missing", "缺少{1}", en, zh));
    text_of(value, path);
  }

  void text_of(const std::string& s, std::string_view path) {
    if (s.size() > limits_.text_bytes)
      add(path, make_error(errc::limit_exceeded, "a text is longer than {} bytes",
                           "文字超过 {} 字节", limits_.text_bytes));
    else if (!detail::is_utf8(s))
      add(path, make_error(errc::bad_utf8, "a text is no UTF-8", "文字不是 UTF-8"));
  }

  void form() {
    std::vector<std::string_view> known;
    for (const form_fact& f : item_.facts) known.emplace_back(f.name);
    for (std::size_t i = 0; i < a_.facts.size(); ++i) {
      const auto& [name, written] = a_.facts[i];
      const std::string path = fmt::format("/facts/{}", i);
      const auto f = std::ranges::find(item_.facts, name, &form_fact::name);
      if (f == item_.facts.end()) {
        add(path, with_hint(make_error(errc::unknown_field, "the item has no form value '{}'",
                                       "事项没有表单项“{}”", name),
                            suggestion(name, known)));
        continue;
      }
      text_of(written, path);
      if (parse_fact(*f, written))
        values_.emplace_back(name, plain_value(f->type, written));
      else
        add(path, make_error(errc::bad_value, "the value of '{}' is not of its type",
                             "表单项“{}”的值类型不符", name));
    }
  }

  void files() {
    std::vector<std::string_view> known;
    for (const material& m : item_.materials) known.emplace_back(m.name);
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < a_.files.size(); ++i) {
      const handed_file& f = a_.files[i];
      const std::string path = fmt::format("/files/{}", i);
      if (std::ranges::find(known, f.material) == known.end())
        add(path,
            with_hint(make_error(errc::unknown_reference, "the item asks for no material '{}'",
                                 "事项不要求材料“{}”", f.material),
                      suggestion(f.material, known)));
      if (!ids.insert(f.file.id.text()).second)
        add(path,
            make_error(errc::duplicate_id, "file {} stands twice", "第 {} 份文件重复", i + 1));
      for (error& e : check(
               f.file, [&](std::string_view part) { return where_(path + std::string{part}); },
               limits_.file))
        found_.push_back(std::move(e));
    }
  }

  void needed() {
    const auto needs = needed_materials(item_, values_);
    if (!needs) {
      add("/facts", needs.error());
      return;
    }
    for (const material_need& n : *needs) {
      const material& m = item_.materials[n.material];
      // What is asked for in words only ("有人防工程的") is for people to judge.
      if (n.needed != true || (m.when.empty() && !m.required.empty())) continue;
      if (std::ranges::find(a_.files, m.name, &handed_file::material) == a_.files.end())
        add("/files",
            make_error(errc::missing_field, "material '{}' is missing", "缺少材料“{}”", m.name));
    }
  }

  void add(std::string_view path, error e) {
    e.where = where_(path);
    found_.push_back(std::move(e));
  }

  const online_application& a_;
  const service_item& item_;
  const locator& where_;
  const application_limits& limits_;
  fact_values values_;
  problems found_;
};

} // namespace

bool plausible_certificate(std::string_view kind, std::string_view number) {
  if (kind == certificate_kinds[0].name || kind == certificate_kinds[0].label)
    return resident_number(number);
  if (kind == certificate_kinds[1].name || kind == certificate_kinds[1].label)
    return credit_number(number);
  return !number.empty();
}

problems check(const online_application& a, const service_item& item, const locator& where,
               const application_limits& limits) {
  return application_check{a, item, where, limits}.run();
}

application_intake::application_intake(std::string area, std::span<const std::string> used,
                                       const code_scheme& scheme)
    : area_(std::move(area)), numbers_(scheme) {
  for (const std::string& u : used) numbers_.use(u);
}

result<std::string> application_intake::take(const online_application& a, const service_item& item,
                                             instant at, const application_limits& limits) {
  if (problems found = check(a, item, nowhere, limits); !found.empty()) return found.front();
  std::string date = to_text(day_of(at));
  std::erase(date, '-');
  return numbers_.next({{"area", area_}, {"date", date}});
}

command to_command(const online_application& a, std::string_view number, const case_id& id,
                   instant at) {
  command c;
  c.request = request_id{number};
  c.id = id;
  c.at = at;
  c.what = action::apply;
  c.with.item = a.item;
  c.with.applicant = a.applicant;
  c.with.by = channel::online;
  c.with.application = a.said;
  c.with.application->number = number;
  c.with.facts = a.facts;
  for (const handed_file& f : a.files) c.with.attachments.push_back(f.file.name);
  return c;
}

} // namespace banli
