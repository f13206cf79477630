// The records of orders and complaints as headings and values.
#include <banli/supervision/complaint.hpp>
#include <banli/supervision/supervision_order.hpp>

#include <banli/time/text.hpp>

namespace banli {

std::string to_text(const record_sheet& sheet) {
  std::string out = sheet.title + '\n';
  for (const auto& [heading, value] : sheet.rows)
    if (!value.empty()) out += heading + ":" + value + '\n';
  return out;
}

record_sheet order_sheet(const supervision_office& office, const supervision_order& s) {
  record_sheet out{"电子督办单"};
  const auto row = [&](std::string_view heading, std::string value) {
    out.rows.emplace_back(heading, std::move(value));
  };
  const auto name_of = [&](const department_id& id) {
    const supervising_office* x = find(office, id);
    return x != nullptr && !x->name.empty() ? x->name : id.text();
  };
  const auto moment = [](const std::optional<instant>& t) {
    return t ? to_short_text(*t) : std::string{};
  };
  const std::string verdict = s.fault == fault_verdict::open    ? ""
                              : s.fault == fault_verdict::found ? "有过错"
                                                                : "无过错";
  row("督办单编号", s.id.text());
  row("监察部门", name_of(s.supervisor));
  row("督办级次", std::to_string(s.level));
  row("被督办单位", name_of(s.unit));
  row("事项名称", s.item_name);
  row("事项编码", s.item.text());
  row("办件编号", s.of.text());
  row("监察规则", s.rule.text());
  row("监察监控人员", s.officer.text());
  row("督办事由", s.matter);
  row("督办要求", s.demand);
  row("督办发起时间", to_short_text(s.begun));
  row("审核人", s.reviewer.text());
  row("下发时间", moment(s.issued));
  row("签收时间", moment(s.signed_for));
  row("签收人", s.signer.text());
  row("办理情况", s.handling);
  row("反馈意见", s.reply);
  row("反馈时间", moment(s.fed_back));
  row("结束时间", moment(s.ended));
  row("状态", std::string{label(s.phase)});
  row("督办结果", s.outcome);
  row("是否过错", verdict);
  row("过错类型", std::string{label_of(office.fault_kinds, s.fault_kind)});
  row("责任人", s.liable.text());
  row("处理措施", s.measure == sanction{} ? std::string{} : std::string{label(s.measure)});
  return out;
}

record_sheet complaint_sheet(const supervision_office& office, const complaint& s) {
  record_sheet out{"投诉登记表"};
  const auto row = [&](std::string_view heading, std::string value) {
    out.rows.emplace_back(heading, std::move(value));
  };
  const auto word = [](std::string_view w) { return std::string{w}; };
  const auto moment = [](const std::optional<instant>& t) {
    return t ? to_short_text(*t) : std::string{};
  };
  const auto notes = [](const std::vector<complaint_note>& all) {
    std::string text;
    for (const complaint_note& n : all)
      text += (text.empty() ? "" : ";") + to_short_text(n.at) + " " + n.words;
    return text;
  };
  std::string units;
  for (const department_id& unit : s.units) units += (units.empty() ? "" : "、") + unit.text();
  row("登记编号", s.id.text());
  row("收到时间", to_short_text(s.received));
  row("投诉渠道", word(label_of(office.channels, s.channel)));
  row("投诉方式", word(label(s.made)));
  row("投诉类型", word(label_of(office.complaint_kinds, s.kind)));
  row("缓急程度", word(label(s.priority)));
  row("投诉人", s.anonymous() ? "匿名" : s.complainant);
  row("联系方式", s.contact);
  row("是否保密", s.confidential ? "是" : "否");
  row("投诉对象", std::move(units));
  row("涉及事项", s.matter);
  row("事项编码", s.item.text());
  row("办件编号", s.of.text());
  row("前次投诉", s.repeats.text());
  row("交办机关", s.passed_down_by);
  row("承办单位", s.handler.text());
  row("牵头单位", s.lead.text());
  row("督办单编号", s.order.text());
  row("初步核查", notes(s.verified));
  row("核查结果", s.findings);
  row("书面材料", s.document);
  row("延期说明", notes(s.delays));
  row("答复方式", s.answered ? word(label(s.answered_how)) : std::string{});
  row("答复内容", s.answer);
  row("答复时间", moment(s.answered));
  row("处理意见", s.finding.opinion);
  row("通报", s.circular);
  row("责任人", s.finding.liable.text());
  row("扣分", s.fault ? fmt::format("{}", s.finding.points) : std::string{});
  row("上报时间", moment(s.reported_up));
  row("状态", word(label(s.phase)));
  row("结束时间", moment(s.ended));
  row("档号", s.file);
  return out;
}

} // namespace banli
