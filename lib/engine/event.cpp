// The names of actions, events, channels and results.
#include <banli/engine/event.hpp>

#include <array>
#include <charconv>

#include <banli/base/nearest.hpp>

#include "event_names.hpp"

namespace banli {

namespace {

using name_list = std::span<const std::string_view>;

constexpr auto action_names = std::to_array<std::string_view>({"accept",
                                                               "refuse",
                                                               "complete",
                                                               "request_supplement",
                                                               "supplement",
                                                               "suspend",
                                                               "resume",
                                                               "send_back",
                                                               "hand_over",
                                                               "extend",
                                                               "withdraw",
                                                               "decide",
                                                               "deliver",
                                                               "apply",
                                                               "review_materials",
                                                               "claim",
                                                               "report_up",
                                                               "answer_above",
                                                               "request_extension",
                                                               "deny_extension",
                                                               "conclude",
                                                               "deem_consent",
                                                               "notify",
                                                               "prioritise",
                                                               "attribute_fault",
                                                               "request_change",
                                                               "answer_change",
                                                               "deem_renewal",
                                                               "migrate"});
constexpr auto action_labels = std::to_array<std::string_view>(
    {"受理",         "不予受理",   "办结环节", "一次性告知补正", "补正",        "暂停",
     "恢复",         "退回",       "交接",     "延长",           "撤回",        "作出决定",
     "送达",         "申请",       "审查材料", "签收",           "上报",        "上级批复",
     "申请延期",     "不同意延期", "终止办理", "默认同意",       "告知",        "设定缓急",
     "认定超时责任", "申请变更",   "答复变更", "视为准予延续",   "改用新流程图"});

constexpr auto event_names = std::to_array<std::string_view>({"accepted",
                                                              "refused",
                                                              "completed",
                                                              "arrow_taken",
                                                              "supplement_requested",
                                                              "supplemented",
                                                              "suspended",
                                                              "resumed",
                                                              "sent_back",
                                                              "handed_over",
                                                              "extended",
                                                              "withdrawn",
                                                              "decided",
                                                              "delivered",
                                                              "applied",
                                                              "materials_reviewed",
                                                              "claimed",
                                                              "reported_up",
                                                              "answered_above",
                                                              "extension_requested",
                                                              "extension_denied",
                                                              "concluded",
                                                              "consent_deemed",
                                                              "notified",
                                                              "notice_due",
                                                              "prioritised",
                                                              "fault_attributed",
                                                              "change_requested",
                                                              "change_answered",
                                                              "renewal_deemed",
                                                              "migrated"});
constexpr auto event_labels = std::to_array<std::string_view>(
    {"受理",        "不予受理", "环节办结",     "条件分支", "一次性告知补正", "补正",
     "暂停",        "恢复",     "退回",         "交接登记", "延长",           "撤回",
     "作出决定",    "送达",     "申请",         "材料审查", "签收",           "上报",
     "上级批复",    "申请延期", "不同意延期",   "终止办理", "默认同意",       "告知",
     "应当告知",    "设定缓急", "超时责任认定", "申请变更", "变更答复",       "视为准予延续",
     "改用新流程图"});

constexpr auto channel_names = std::to_array<std::string_view>(
    {"counter", "online", "phone", "fax", "telegram", "letter", "email", "other"});
constexpr auto channel_labels = std::to_array<std::string_view>(
    {"窗口", "网上", "电话", "传真", "电报", "信函", "电子邮件", "其他"});

constexpr auto result_names = std::to_array<std::string_view>({"granted", "refused"});
constexpr auto result_labels = std::to_array<std::string_view>({"准予", "不予"});

constexpr auto standing_names =
    std::to_array<std::string_view>({"complete", "lacking", "defective"});
constexpr auto standing_labels =
    std::to_array<std::string_view>({"齐全", "缺少", "不符合法定形式"});

/// The events that actions lead to first, in the order of the actions.
constexpr auto events_of_actions = std::to_array<event_kind>({event_kind::accepted,
                                                              event_kind::refused,
                                                              event_kind::completed,
                                                              event_kind::supplement_requested,
                                                              event_kind::supplemented,
                                                              event_kind::suspended,
                                                              event_kind::resumed,
                                                              event_kind::sent_back,
                                                              event_kind::handed_over,
                                                              event_kind::extended,
                                                              event_kind::withdrawn,
                                                              event_kind::decided,
                                                              event_kind::delivered,
                                                              event_kind::applied,
                                                              event_kind::materials_reviewed,
                                                              event_kind::claimed,
                                                              event_kind::reported_up,
                                                              event_kind::answered_above,
                                                              event_kind::extension_requested,
                                                              event_kind::extension_denied,
                                                              event_kind::concluded,
                                                              event_kind::consent_deemed,
                                                              event_kind::notified,
                                                              event_kind::prioritised,
                                                              event_kind::fault_attributed,
                                                              event_kind::change_requested,
                                                              event_kind::change_answered,
                                                              event_kind::renewal_deemed,
                                                              event_kind::migrated});

struct kind_word {
  std::string_view kind;
  std::string_view label;
};

constexpr auto kind_words = std::to_array<kind_word>({
    {"not_needed", "无需审批"},
    {"not_ours", "不属本机关职权"},
    {"excluded_time", "所需时间"},
    {"extension", "延期"},
    {"completion", "办结"},
    {"refusal", "否定报备"},
    {"reply", "答复"},
    {"other", "其他"},
    {"applicant", "申请人"},
    {"supervisor", "监察机关"},
    {"upper_level", "上级部门"},
    {"own", "单位自身"},
    {"third_party", "第三方"},
    {"force_majeure", "不可抗力"},
    {"adjustment", "调整"},
    {"renewal", "延续"},
    {"urgent", "急办"},
    {"ordinary", "一般"},
    {"late", "逾期"},
});

static_assert(action_names.size() == static_cast<std::size_t>(action::migrate) + 1);
static_assert(action_labels.size() == action_names.size());
static_assert(events_of_actions.size() == action_names.size());
static_assert(event_names.size() == static_cast<std::size_t>(event_kind::migrated) + 1);
static_assert(standing_names.size() == static_cast<std::size_t>(material_standing::defective) + 1);
static_assert(standing_labels.size() == standing_names.size());
static_assert(event_labels.size() == event_names.size());
static_assert(channel_names.size() == static_cast<std::size_t>(channel::other) + 1);
static_assert(channel_labels.size() == channel_names.size());
static_assert(result_names.size() == static_cast<std::size_t>(case_result::refused) + 1);
static_assert(result_labels.size() == result_names.size());

template <class Enum>
std::string_view name_of(name_list known, Enum e) {
  const auto i = static_cast<std::size_t>(e);
  return i < known.size() ? known[i] : std::string_view{};
}

template <class Enum>
std::optional<Enum> value_named(name_list known, std::string_view name) {
  for (std::size_t i = 0; i < known.size(); ++i)
    if (known[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

/// What a message quotes of a word that may be anything.
std::string shown(std::string_view word) {
  if (word.size() <= 60) return std::string{word};
  std::size_t end = 60; // not inside a character
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80) --end;
  return std::string{word.substr(0, end)} + "…";
}

} // namespace

std::string_view to_string(action a) { return name_of(action_names, a); }
std::string_view to_string(event_kind k) { return name_of(event_names, k); }
std::string_view to_string(channel c) { return name_of(channel_names, c); }
std::string_view to_string(case_result r) { return name_of(result_names, r); }
std::string_view to_string(material_standing s) { return name_of(standing_names, s); }

std::string_view label(action a) { return name_of(action_labels, a); }
std::string_view label(material_standing s) { return name_of(standing_labels, s); }
std::string_view label(event_kind k) { return name_of(event_labels, k); }
std::string_view label(channel c) { return name_of(channel_labels, c); }
std::string_view label(case_result r) { return name_of(result_labels, r); }

std::string_view kind_label(std::string_view kind) {
  for (const kind_word& w : kind_words)
    if (w.kind == kind) return w.label;
  return kind;
}

std::span<const std::string_view> action_list() { return action_names; }

event_kind event_of(action a) { return events_of_actions[static_cast<std::size_t>(a)]; }

std::vector<std::uint32_t> arrows_of(const details& d) {
  std::vector<std::uint32_t> found;
  const char* at = d.arrow.data();
  const char* const end = at + d.arrow.size();
  for (;;) {
    std::uint32_t n = 0;
    const auto [rest, fault] = std::from_chars(at, end, n);
    if (fault != std::errc{}) return {};
    found.push_back(n);
    if (rest == end) return found;
    if (*rest != '+') return {};
    at = rest + 1;
  }
}

std::optional<event_kind> detail::event_kind_named(std::string_view name) {
  return value_named<event_kind>(event_names, name);
}

result<action> parse_action(std::string_view name) {
  if (const auto a = value_named<action>(action_names, name)) return *a;
  return with_hint(
      make_error(errc::unknown_command, "no command '{}'", "没有命令“{}”", shown(name)),
      suggestion(name, action_names));
}

result<channel> parse_channel(std::string_view name) {
  if (const auto c = value_named<channel>(channel_names, name)) return *c;
  return with_hint(
      make_error(errc::unknown_value, "no channel '{}'", "没有申请方式“{}”", shown(name)),
      suggestion(name, channel_names));
}

result<case_result> parse_case_result(std::string_view name) {
  if (const auto r = value_named<case_result>(result_names, name)) return *r;
  return with_hint(
      make_error(errc::unknown_value, "no result '{}'", "没有办理结果“{}”", shown(name)),
      suggestion(name, result_names));
}

result<material_standing> parse_material_standing(std::string_view name) {
  if (const auto s = value_named<material_standing>(standing_names, name)) return *s;
  return with_hint(make_error(errc::unknown_value, "no result of a material review '{}'",
                              "没有材料审查结果“{}”", shown(name)),
                   suggestion(name, standing_names));
}

} // namespace banli
