// page_words.hpp — every word that stands on a page, in both languages: the one table of words.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>

namespace banli::detail {

struct word {
  std::string_view zh;
  std::string_view en;

  constexpr std::string_view operator()(language in) const { return in == language::zh ? zh : en; }
};

namespace words {

// of every page
inline constexpr word none{"—", "—"};
inline constexpr word as_of{"截至", "As of"};
inline constexpr word separator{"、", ", "};
inline constexpr word comma{"，", ", "};
inline constexpr word semicolon{"；", "; "};
inline constexpr word colon{"：", ": "};
inline constexpr word synthetic{"本页由办件记录自动生成，不含脚本，不联网。",
                                "Made from the case log; no script, nothing is fetched."};

// the dossier
inline constexpr word dossier{"办件档案", "Case dossier"};
inline constexpr word back{"返回总览", "Back to the overview"};
inline constexpr word case_number{"办件编号", "Case"};
inline constexpr word item_code{"事项编码", "Item code"};
inline constexpr word applicant{"申请人", "Applicant"};
inline constexpr word department{"办理部门", "Department"};
inline constexpr word kind{"办件类型", "Kind"};
inline constexpr word channel{"申请方式", "Channel"};
inline constexpr word applied{"申请时间", "Applied"};
inline constexpr word accepted{"受理时间", "Accepted"};
inline constexpr word ended{"结束时间", "Ended"};
inline constexpr word result{"办理结果", "Result"};
inline constexpr word masked_note{"个人信息已作隐去处理", "Personal data are masked"};

// limits
inline constexpr word limits{"办理期限", "Time limits"};
inline constexpr word promised{"承诺期限", "Promised limit"};
inline constexpr word statutory{"法定期限", "Statutory limit"};
inline constexpr word step_limit{"环节时限", "Step limit"};
inline constexpr word due_on{"届满日", "Due"};
inline constexpr word due_open{"暂停中，届满日待恢复后确定", "Suspended: due date open"};
inline constexpr word used{"已用", "used"};
inline constexpr word remaining{"剩余", "left"};
inline constexpr word late_by{"超期", "late by"};
inline constexpr word in_time{"按期", "In time"};
inline constexpr word last_day{"今日届满", "Due today"};
inline constexpr word early_by{"提前", "early by"};
inline constexpr word overdue{"已超期", "Overdue"};
inline constexpr word running{"在期限内", "Within the limit"};
inline constexpr word suspended{"暂停", "Suspended"};
inline constexpr word provisional{"暂定", "Provisional"};
inline constexpr word provisional_why{
    "所涉年份的放假安排尚未公布，届满日可能变动",
    "The holidays of a year concerned are not yet published: the due date may move"};
inline constexpr word extended{"已延长", "Extended"};
inline constexpr word not_started{"未受理，期限未起算。", "Not accepted: no limit runs."};

// flow
inline constexpr word flow{"办理流程", "Flow"};
inline constexpr word flow_note{
    "编号为各环节办结的先后次序；加框高亮的是正在等待办理的环节。",
    "Numbers give the order in which steps were done; highlighted steps are waiting."};
inline constexpr word step{"环节", "Step"};
inline constexpr word post{"岗位", "Post"};
inline constexpr word since{"开始", "Began"};

// the calendars
inline constexpr word days{"期限日历", "Days"};
inline constexpr word dates{"日期", "Dates"};
inline constexpr word fate{"计算", "Counting"};
inline constexpr word ordinals{"计入第几", "Ordinals"};
inline constexpr word why{"理由", "Reason"};
inline constexpr word start{"起算", "start"};
inline constexpr word due{"届满", "due"};
inline constexpr word closed{"结束", "closed"};
inline constexpr word today{"今日", "today"};
inline constexpr word after_due{"逾期", "overdue"};
inline constexpr word after_end{"结束后未用", "not used"};
inline constexpr word unknown_day{"未列入", "not listed"};
inline constexpr word counted{"计入", "counted"};
inline constexpr word before_start{"当日不计", "day of the event"};
inline constexpr word weekend{"周末", "weekend"};
inline constexpr word holiday{"节假日", "holiday"};
inline constexpr word excluded{"不计入期限", "excluded"};
inline constexpr word suspended_day{"中止", "suspended"};
inline constexpr word rolled{"顺延", "rolled on"};

inline constexpr word limit_state{"期限情况", "Limit"};
inline constexpr word source{"来源", "source"};

// hits
inline constexpr word hits{"监察情况", "Supervision hits"};
inline constexpr word no_hits{"没有监察命中。", "No hits."};
inline constexpr word rule{"监察规则", "Rule"};
inline constexpr word basis{"依据", "Basis"};
inline constexpr word raised{"触发时间", "Raised"};
inline constexpr word state{"状态", "State"};
inline constexpr word superseded_by{"由规则取代", "superseded by"};
inline constexpr word level{"级别", "Level"};

// values
inline constexpr word yes{"是", "true"};
inline constexpr word no{"否", "false"};

// events
inline constexpr word events{"办理记录", "Events"};
inline constexpr word number{"序号", "No."};
inline constexpr word when{"时间", "When"};
inline constexpr word what{"事项", "What"};
inline constexpr word who{"人员", "Who"};
inline constexpr word said{"内容", "Said"};
inline constexpr word opinion{"意见", "opinion"};
inline constexpr word reason{"理由", "reason"};
inline constexpr word document{"文书", "document"};
inline constexpr word on_behalf{"代理", "on behalf of"};
inline constexpr word suspicious{"疑似异常", "suspicious"};
inline constexpr word authority{"批准人", "authority"};
inline constexpr word by_limit{"延长", "extended by"};
inline constexpr word time_given{"时间", "time"};
inline constexpr word procedure{"程序", "procedure"};
inline constexpr word to_step{"退至", "back to"};
inline constexpr word to_person{"交予", "to"};
inline constexpr word received{"收件日", "received"};
inline constexpr word recipient{"告知对象", "told"};
inline constexpr word recorded{"补录于", "recorded"};
inline constexpr word late_reason{"补录理由", "recorded late because"};
inline constexpr word until{"有效期至", "valid until"};
inline constexpr word application_number{"申请编号", "application"};
inline constexpr word title{"办件名称", "title"};
inline constexpr word summary{"办件摘要", "summary"};
inline constexpr word agent{"代理人", "agent"};
inline constexpr word origin_window{"代收窗口", "taken by"};
inline constexpr word attachment{"附件", "attachment"};

// the overview
inline constexpr word report{"办件监察总览", "Supervision overview"};
inline constexpr word key_figures{"主要数据", "Key figures"};
inline constexpr word cases{"办件总数", "Cases"};
inline constexpr word events_appended{"本次新增记录", "new events"};
inline constexpr word on_time_rate{"按期率", "In time"};
inline constexpr word of_judged{"件可判定", "judged"};
inline constexpr word hits_raised{"监察命中", "Hits"};
inline constexpr word refused_commands{"未予执行", "Refused"};
inline constexpr word refused_note{"条命令不合规则", "commands against the rules"};
inline constexpr word passed_over{"其后跳过", "passed over"};
inline constexpr word reproduced{"期限复现", "Deadlines reproduced"};
inline constexpr word flows{"流程核对", "Flows checked"};
inline constexpr word flows_complete{"完整", "complete"};
inline constexpr word flows_unfinished{"合规未结", "unfinished"};
inline constexpr word flows_deviating{"偏离", "deviating"};
inline constexpr word by_item{"分事项办理情况", "By item"};
inline constexpr word item{"事项", "Item"};
inline constexpr word item_received{"收件", "Received"};
inline constexpr word item_early{"提前", "Early"};
inline constexpr word item_on_time{"按期", "On time"};
inline constexpr word item_overdue{"超期", "Overdue"};
inline constexpr word item_open{"在办", "Open"};
inline constexpr word item_not_judged{"不判定", "Not judged"};
inline constexpr word not_judged_note{
    "不予受理或撤回的办件不判定是否按期；超期含已过承诺期限仍未办结的办件。",
    "Cases refused or withdrawn are not judged; overdue includes open cases past the promised "
    "limit."};
inline constexpr word share{"构成", "Shares"};
inline constexpr word total{"合计", "Total"};
inline constexpr word lights{"在办件亮灯", "Open cases"};
inline constexpr word lights_note{
    "红灯：已超期或有报警；黄灯：24小时内届满或有预警",
    "red: overdue, or an alarm; yellow: due within 24 hours, or a warning"};
inline constexpr word light{"亮灯", "Light"};
inline constexpr word no_open{"没有红灯或黄灯的在办件。", "No open case is red or yellow."};
inline constexpr word further_cases{"其余", "Others"};
inline constexpr word trend{"逐月趋势", "Month by month"};
inline constexpr word month{"月份", "Month"};
inline constexpr word concluded{"办结", "Concluded"};
inline constexpr word earlier_months{"更早的月份", "Earlier months"};
inline constexpr word in_time_bar{"按期办结", "concluded in time"};
inline constexpr word late_bar{"超期办结", "concluded late"};
inline constexpr word departments{"部门排名", "Departments"};
inline constexpr word departments_note{"按按期率由高到低；并列者同名次",
                                       "by the rate in time; equals share a rank"};
inline constexpr word rank{"名次", "Rank"};
inline constexpr word mean_days{"平均净工作日", "Mean net working days"};
inline constexpr word open_cases{"在办", "Open"};
inline constexpr word overdue_list{"超期办件公示", "Overdue cases"};
inline constexpr word overdue_note{"在办已超期与超期办结；不含申请人信息",
                                   "open or closed past the due date; no applicants"};
inline constexpr word no_overdue{"没有超期办件。", "No case is overdue."};
inline constexpr word days_late{"超期天数", "Days late"};
inline constexpr word still_open{"未办结", "open"};
inline constexpr word hit_list{"监察命中清单", "Hits, newest first"};
inline constexpr word newest_first{"按触发时间由新到旧", "newest first"};
inline constexpr word earlier_hits{"更早的命中", "Earlier hits"};
inline constexpr word hits_left_out{"条更早的命中未列出", "earlier hits are not listed"};
inline constexpr word dossiers_left_out{"个办件的档案页超出上限，未生成",
                                        "cases beyond the limit have no dossier page"};
inline constexpr word deviations{"偏离与未予执行", "Deviations and refusals"};
inline constexpr word no_deviations{"全部命令均按流程执行。", "Every command was carried out."};
inline constexpr word message{"说明", "Message"};
inline constexpr word where{"出处", "Place"};
inline constexpr word more_left_out{"条未列出", "more are not listed"};
inline constexpr word warnings{"提示", "Warnings"};
inline constexpr word duties{"信息公开更新职责", "Disclosure duties"};
inline constexpr word column{"栏目", "Column"};
inline constexpr word content{"内容", "Content"};
inline constexpr word unit{"责任单位", "Unit"};
inline constexpr word requirement{"更新要求", "When"};

} // namespace words

/// The stable names of excluded procedures (许可法 45, 限时办结制度) in the words of an office; any
/// other text is shown as it stands.
struct procedure {
  std::string_view name;
  word shown;
};

inline constexpr std::array<procedure, 13> procedures{{
    {"hearing", {"听证", "hearing"}},
    {"bidding", {"招标", "bidding"}},
    {"auction", {"拍卖", "auction"}},
    {"inspection", {"检验", "inspection"}},
    {"testing", {"检测", "testing"}},
    {"survey", {"勘测", "survey"}},
    {"quarantine", {"检疫", "quarantine"}},
    {"appraisal", {"鉴定", "appraisal"}},
    {"expert_review", {"专家评审", "expert review"}},
    {"translation", {"翻译", "translation"}},
    {"suspension", {"中止", "suspension"}},
    {"suspend", {"中止", "suspension"}},
    {"supplement", {"补正", "supplement"}},
}};

} // namespace banli::detail
