// The fields of orders and complaints, and which of them each act fills in.
#include <array>

#include <banli/supervision/complaint.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

namespace {

constexpr auto fields_of_orders =
    std::to_array<act_field>({{"supervisor", "监察部门", act_field_type::name},
                              {"unit", "被督办单位", act_field_type::name},
                              {"item_name", "事项名称", act_field_type::words},
                              {"item", "事项编码", act_field_type::name},
                              {"case", "办件编号", act_field_type::name},
                              {"rule", "监察规则", act_field_type::name},
                              {"step", "命中环节", act_field_type::name},
                              {"raised", "命中时间", act_field_type::moment},
                              {"complaint", "投诉编号", act_field_type::name},
                              {"matter", "督办事由", act_field_type::words},
                              {"demand", "督办要求", act_field_type::words},
                              {"handling", "办理情况", act_field_type::words},
                              {"reply", "反馈意见", act_field_type::words},
                              {"document", "反馈附件", act_field_type::words},
                              {"outcome", "督办结果", act_field_type::words},
                              {"fault", "是否过错", act_field_type::yes_no},
                              {"fault_kind", "过错类型", act_field_type::choice},
                              {"liable", "责任人", act_field_type::name},
                              {"sanction", "处理措施", act_field_type::choice},
                              {"more", "延长期限", act_field_type::limit},
                              {"missed", "超期环节", act_field_type::names},
                              {"late", "逾期环节", act_field_type::names},
                              {"review_limit", "审核期限", act_field_type::limit},
                              {"issue_limit", "下发期限", act_field_type::limit},
                              {"sign_for_limit", "签收期限", act_field_type::limit},
                              {"reply_limit", "反馈期限", act_field_type::limit},
                              {"judge_limit", "评价期限", act_field_type::limit},
                              {"close_limit", "办结期限", act_field_type::limit}});

constexpr auto fields_of_complaints =
    std::to_array<act_field>({{"received", "收到时间", act_field_type::moment},
                              {"channel", "投诉渠道", act_field_type::choice},
                              {"kind", "投诉类型", act_field_type::choice},
                              {"manner", "投诉方式", act_field_type::choice},
                              {"priority", "缓急程度", act_field_type::choice},
                              {"complainant", "投诉人", act_field_type::words},
                              {"contact", "联系方式", act_field_type::words},
                              {"confidential", "是否保密", act_field_type::yes_no},
                              {"serious", "重大事项", act_field_type::yes_no},
                              {"units", "投诉对象", act_field_type::names},
                              {"matter", "涉及事项", act_field_type::words},
                              {"item", "事项编码", act_field_type::name},
                              {"case", "办件编号", act_field_type::name},
                              {"repeats", "前次投诉", act_field_type::name},
                              {"passed_down_by", "交办机关", act_field_type::words},
                              {"handler", "承办单位", act_field_type::name},
                              {"lead", "牵头单位", act_field_type::name},
                              {"order", "督办单编号", act_field_type::name},
                              {"verified", "初步核查", act_field_type::words},
                              {"findings", "核查结果", act_field_type::words},
                              {"document", "书面材料", act_field_type::words},
                              {"answer", "答复内容", act_field_type::words},
                              {"answer_manner", "答复方式", act_field_type::choice},
                              {"unit", "过错单位", act_field_type::name},
                              {"fault_kind", "过错类型", act_field_type::choice},
                              {"liable", "责任人", act_field_type::name},
                              {"opinion", "处理意见", act_field_type::words},
                              {"circular", "通报", act_field_type::words},
                              {"sanction", "处理措施", act_field_type::choice},
                              {"points", "扣分", act_field_type::amount},
                              {"recipient", "上报机关", act_field_type::words},
                              {"file", "档号", act_field_type::name},
                              {"more", "延长期限", act_field_type::limit},
                              {"late", "逾期环节", act_field_type::names},
                              {"accept_limit", "受理分办期限", act_field_type::limit},
                              {"self_limit", "自办期限", act_field_type::limit},
                              {"transfer_limit", "承办期限", act_field_type::limit},
                              {"answer_limit", "答复期限", act_field_type::limit},
                              {"reexamine_limit", "复查期限", act_field_type::limit},
                              {"archive_limit", "归档期限", act_field_type::limit}});

} // namespace

std::span<const act_field> order_fields() { return fields_of_orders; }

act_form form_of(order_act a) {
  switch (a) {
  case order_act::initiate:
    return {{"unit", "matter", "demand"},
            {"supervisor", "item_name", "item", "case", "rule", "step", "raised", "complaint",
             "review_limit", "issue_limit", "close_limit"}};
  case order_act::amend:
    return {{}, {"unit", "item_name", "item", "matter", "demand", "review_limit"}};
  case order_act::issue: return {{}, {"sign_for_limit", "reply_limit"}};
  case order_act::handle: return {{"handling"}, {}};
  case order_act::feed_back: return {{"reply"}, {"document", "judge_limit"}};
  case order_act::return_reply: return {{}, {"reply_limit"}};
  case order_act::close: return {{"outcome", "fault"}, {"fault_kind", "liable", "sanction"}};
  case order_act::escalate:
    return {{},
            {"supervisor", "review_limit", "issue_limit", "sign_for_limit", "reply_limit",
             "judge_limit", "close_limit"}};
  case order_act::extend: return {{"more"}, {}};
  case order_act::approve:
  case order_act::send_back:
  case order_act::withdraw:
  case order_act::sign_for:
  case order_act::accept_reply:
  case order_act::remind: break;
  }
  return {};
}

std::span<const act_field> complaint_fields() { return fields_of_complaints; }

act_form form_of(complaint_act a) {
  switch (a) {
  case complaint_act::enter:
    return {{"channel", "kind", "manner", "units", "matter"},
            {"received", "priority", "complainant", "contact", "confidential", "serious", "item",
             "case", "repeats", "passed_down_by", "accept_limit"}};
  case complaint_act::answer_at_once: return {{"answer", "answer_manner"}, {}};
  case complaint_act::take: return {{}, {"self_limit"}};
  case complaint_act::transfer: return {{"handler"}, {"transfer_limit"}};
  case complaint_act::supervise: return {{"transfer_limit"}, {"handler", "order"}};
  case complaint_act::coordinate: return {{"lead"}, {}};
  case complaint_act::verify: return {{"verified"}, {}};
  case complaint_act::report: return {{"findings"}, {"document", "answer_limit"}};
  case complaint_act::return_report: return {{}, {"self_limit", "transfer_limit"}};
  case complaint_act::explain_delay: return {{}, {"more"}};
  case complaint_act::answer: return {{"answer", "answer_manner"}, {}};
  case complaint_act::object: return {{}, {"reexamine_limit"}};
  case complaint_act::find_fault:
    return {{"fault_kind", "opinion"}, {"unit", "liable", "circular", "sanction", "points"}};
  case complaint_act::report_up: return {{"recipient"}, {}};
  case complaint_act::conclude: return {{}, {"archive_limit"}};
  case complaint_act::archive: return {{"file"}, {}};
  case complaint_act::accept:
  case complaint_act::decline:
  case complaint_act::disclose: break;
  }
  return {};
}

} // namespace banli
