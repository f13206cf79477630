#include <banli/engine/refusal_slip.hpp>

#include <algorithm>

#include <banli/engine/decide.hpp>

#include <fmt/format.h>

namespace banli {

namespace {

std::string date_in_words(day d) {
  const std::chrono::year_month_day on{d};
  return fmt::format("{}年{}月{}日", static_cast<int>(on.year()), static_cast<unsigned>(on.month()),
                     static_cast<unsigned>(on.day()));
}

std::string basis_in_words(const legal_basis& b) {
  const bool quoted = b.title.starts_with("《");
  return (quoted ? b.title : "《" + b.title + "》") + b.article;
}

} // namespace

result<refusal_slip> make_refusal_slip(const case_definition& definition, const case_id& id,
                                       std::span<const event> history, std::string number) {
  const auto last = std::find_if(history.rbegin(), history.rend(),
                                 [](const event& e) { return e.what == event_kind::refused; });
  if (last == history.rend())
    return make_error(errc::bad_value, "case {} was not refused: there is no slip for it",
                      "办件 {} 未被不予受理,没有不予受理凭证", id.text());
  const event& refusal = *last;
  const case_state s = replay(definition, id, history); // who applied may stand in the application
  const service_item& item = definition.item;
  refusal_slip out;
  out.number = number.empty() ? refusal.with.document : std::move(number);
  out.office = item.body;
  out.of = id;
  out.item = item.code;
  out.item_name = item.name;
  out.applicant = s.applicant;
  out.received = refusal.with.received;
  if (!out.received && s.applied) out.received = day_of(*s.applied);
  out.refused = day_of(refusal.at);
  out.reason = refusal.with.reason;
  for (const legal_basis& b : item.bases) out.bases.push_back(basis_in_words(b));
  out.phone = item.phone;
  out.supervision_phone = item.supervision_phone;
  return out;
}

problems check(const refusal_slip& s, const locator& where) {
  problems found;
  const auto need = [&](const std::string& value, std::string_view field, std::string_view zh) {
    if (value.empty())
      found.push_back(at(make_error(errc::missing_field, "the slip '{0}' has no {1}",
                                    "凭证“{0}”缺少{2}", s.number, field, zh),
                         where(fmt::format("/{}", field))));
  };
  need(s.number, "number", "文号");
  need(s.office, "office", "办理主体");
  need(s.item_name, "item_name", "事项名称");
  need(s.applicant, "applicant", "申请人");
  need(s.reason, "reason", "理由");
  if (s.received && *s.received > s.refused)
    found.push_back(
        at(make_error(errc::time_backwards, "the slip '{}' refuses what was received later",
                      "凭证“{}”的落款日期早于收到申请之日", s.number),
           where("/received")));
  return found;
}

std::string to_text(const refusal_slip& s) {
  const std::string received = s.received ? "于" + date_in_words(*s.received) : std::string{};
  std::string out = fmt::format("不予受理通知书\n{}\n{}：\n", s.number, s.applicant);
  out += fmt::format("你（单位）{}提出的“{}”申请（事项编码{}，办件编号{}），本机关决定不予受理。\n",
                     received, s.item_name, s.item.text(), s.of.text());
  out += fmt::format("理由：{}\n", s.reason);
  if (!s.bases.empty()) out += fmt::format("依据：{}\n", fmt::join(s.bases, "；"));
  out += "如不服本决定，可以自知道本决定之日起60日内依法申请行政复议，"
         "或者自知道本决定之日起六个月内依法向人民法院提起行政诉讼。\n";
  if (!s.phone.empty()) out += fmt::format("咨询电话：{}\n", s.phone);
  if (!s.supervision_phone.empty()) out += fmt::format("监督电话：{}\n", s.supervision_phone);
  return out + fmt::format("{}（印章）\n{}\n", s.office, date_in_words(s.refused));
}

} // namespace banli
