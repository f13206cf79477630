// The names of actions, events, channels and results.
#include <banli/engine/event.hpp>

#include <array>
#include <charconv>

#include <banli/base/nearest.hpp>

#include "event_names.hpp"

namespace banli {

namespace {

using name_list = std::span<const std::string_view>;

constexpr auto action_names = std::to_array<std::string_view>(
    {"accept", "refuse", "complete", "request_supplement", "supplement", "suspend", "resume",
     "send_back", "hand_over", "extend", "withdraw", "decide", "deliver"});

constexpr auto event_names = std::to_array<std::string_view>(
    {"accepted", "refused", "completed", "arrow_taken", "supplement_requested", "supplemented",
     "suspended", "resumed", "sent_back", "handed_over", "extended", "withdrawn", "decided",
     "delivered"});
constexpr auto event_labels = std::to_array<std::string_view>(
    {"受理", "不予受理", "环节办结", "条件分支", "一次性告知补正", "补正", "暂停", "恢复", "退回",
     "交接登记", "延长", "撤回", "作出决定", "送达"});

constexpr auto channel_names = std::to_array<std::string_view>(
    {"counter", "online", "phone", "fax", "telegram", "letter", "email", "other"});
constexpr auto channel_labels = std::to_array<std::string_view>(
    {"窗口", "网上", "电话", "传真", "电报", "信函", "电子邮件", "其他"});

constexpr auto result_names = std::to_array<std::string_view>({"granted", "refused"});
constexpr auto result_labels = std::to_array<std::string_view>({"准予", "不予"});

static_assert(action_names.size() == static_cast<std::size_t>(action::deliver) + 1);
static_assert(event_names.size() == static_cast<std::size_t>(event_kind::delivered) + 1);
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

std::string_view label(event_kind k) { return name_of(event_labels, k); }
std::string_view label(channel c) { return name_of(channel_labels, c); }
std::string_view label(case_result r) { return name_of(result_labels, r); }

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

} // namespace banli
