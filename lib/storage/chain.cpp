#include "chain.hpp"

#include <algorithm>

#include <banli/base/utf8.hpp>
#include <banli/engine/case_definition.hpp>

namespace banli {

std::string first_hash() { return std::string(64, '0'); }

std::string next_hash(std::string_view previous, const stored_case& of,
                      std::string_view event_json) {
  std::string bytes;
  bytes.reserve(previous.size() + of.id.text().size() + of.item.text().size() +
                of.definition.size() + event_json.size() + 4);
  for (const std::string_view line :
       {previous, std::string_view{of.id.text()}, std::string_view{of.item.text()},
        std::string_view{of.definition}}) {
    bytes += line;
    bytes += '\n';
  }
  bytes += event_json;
  return sha256(bytes);
}

namespace detail {

namespace {

/// A line end in an identifier would let two different cases have one chain.
bool has_control(std::string_view s) {
  return std::ranges::any_of(s, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

error bad_text(std::string_view what, std::string_view zh, const case_id& id) {
  return make_error(errc::bad_utf8, "the {0} of case '{2}' is not UTF-8",
                    "办件“{2}”的{1}不是 UTF-8 编码", what, zh,
                    detail::is_utf8(id.text()) ? id.text() : std::string{"?"});
}

/// The errors of one identifier or hash.
std::optional<error> check_id(std::string_view s, std::string_view what, std::string_view zh,
                              const case_id& id, const store_limits& limits) {
  if (s.size() > limits.id_bytes)
    return make_error(errc::limit_exceeded, "the {0} of a case has {2} bytes, more than {3}",
                      "办件的{1}有 {2} 字节,超过 {3}", what, zh, s.size(), limits.id_bytes);
  if (!detail::is_utf8(s)) return bad_text(what, zh, id);
  if (has_control(s))
    return make_error(errc::bad_value, "the {0} of a case holds control characters",
                      "办件的{1}含有控制字符", what, zh);
  return std::nullopt;
}

std::optional<error> check_request_of(const append_request& a, const store_limits& limits) {
  if (a.id.empty()) return make_error(errc::bad_value, "a case has no id", "办件没有编号");
  if (auto e = check_id(a.id.text(), "id", "编号", a.id, limits)) return e;
  if (auto e = check_id(a.item.text(), "item", "事项", a.id, limits)) return e;
  return check_id(a.definition, "definition", "定义", a.id, limits);
}

std::optional<error> check_state(const append_request& a, const std::optional<stored_case>& now) {
  const std::uint32_t version = now ? now->version : 0;
  if (version != a.expected)
    return make_error(errc::version_conflict, "case '{}' is at version {}, not at {}",
                      "办件“{}”的版本是 {},不是 {}", a.id.text(), version, a.expected);
  if (now && now->item != a.item)
    return make_error(errc::definition_changed, "case '{}' is of item '{}', not of '{}'",
                      "办件“{}”属于事项“{}”,不属于“{}”", a.id.text(), now->item.text(),
                      a.item.text());
  if (now && now->definition != a.definition)
    return make_error(errc::definition_changed,
                      "case '{}' runs by another definition ({}) than this one ({})",
                      "办件“{}”按另一份定义({})办理,不是这一份({})", a.id.text(),
                      now->definition.substr(0, 12), a.definition.substr(0, 12));
  return std::nullopt;
}

std::optional<error> check_event(const event& e, std::uint32_t number, const append_request& a,
                                 const store_limits& limits) {
  if (e.number != number)
    return make_error(errc::bad_value, "an event of case '{}' has number {} where {} follows",
                      "办件“{}”的事件编号是 {},应为 {}", a.id.text(), e.number, number);
  if (number > limits.events_of_case)
    return make_error(errc::limit_exceeded, "case '{}' has more than {} events",
                      "办件“{}”的事件超过 {} 个", a.id.text(), limits.events_of_case);
  if (e.request.empty())
    return make_error(errc::bad_value, "event {} of case '{}' names no request",
                      "办件“{1}”的第 {0} 个事件没有请求编号", number, a.id.text());
  if (auto bad = check_id(e.request.text(), "request", "请求", a.id, limits)) return bad;
  const auto nameable = [](day d) { return first_day <= d && d <= last_day; };
  if (!nameable(day_of(e.at)) || (e.with.received && !nameable(*e.with.received)))
    return make_error(errc::out_of_range, "event {} of case '{}' is outside the years 1 to 9999",
                      "办件“{1}”的第 {0} 个事件不在公元 1 至 9999 年之间", number, a.id.text());
  return std::nullopt;
}

std::optional<error> check_json(std::string_view json, const append_request& a,
                                const store_limits& limits) {
  if (json.size() > limits.event_bytes)
    return make_error(errc::limit_exceeded, "an event of case '{}' has {} bytes, more than {}",
                      "办件“{}”的一个事件有 {} 字节,超过 {}", a.id.text(), json.size(),
                      limits.event_bytes);
  if (!detail::is_utf8(json)) return bad_text("text of an event", "事件文字", a.id);
  return std::nullopt;
}

} // namespace

result<addition> extend_case(const append_request& asked, const std::optional<stored_case>& now,
                             const store_limits& limits) {
  if (auto e = check_request_of(asked, limits)) return *e;
  if (auto e = check_state(asked, now)) return *e;
  addition out{
      .after = now.value_or(stored_case{asked.id, asked.item, asked.definition, 0, first_hash()}),
      .events = {}};
  out.events.reserve(asked.events.size());
  const request_id* before = nullptr;
  for (const event& e : asked.events) {
    if (auto bad = check_event(e, out.after.version + 1, asked, limits)) return *bad;
    kept_event kept{.number = e.number, .request = {}, .json = to_json(e), .hash = {}};
    if (auto bad = check_json(kept.json, asked, limits)) return *bad;
    if (!before || *before != e.request) kept.request = e.request.text();
    before = &e.request;
    kept.hash = next_hash(out.after.chain, out.after, kept.json);
    out.after.chain = kept.hash;
    out.after.version = e.number;
    out.events.push_back(std::move(kept));
  }
  return out;
}

error duplicate_request(std::string_view request) {
  return make_error(errc::duplicate_id, "request '{}' was done before", "请求“{}”此前已经办过",
                    request);
}

namespace {

/// How the canonical text of an event begins: the part that names its request.
std::string beginning(std::uint32_t number, const std::string& request) {
  static const std::size_t rest =
      to_json(event{}).size() - std::string_view{R"({"number":0,"request":"")"}.size();
  event e;
  e.number = number;
  e.request = request_id{request};
  std::string json = to_json(e);
  json.resize(json.size() - rest + 1); // with the comma
  return json;
}

} // namespace

std::optional<chain_fault> chain_walk::next(const chain_link& link) {
  const std::uint32_t number = number_ + 1;
  const auto fault = [&](std::string en, std::string zh) {
    return chain_fault{of_.id, number, {std::move(en), std::move(zh)}};
  };
  if (number > of_.version)
    return fault(
        fmt::format("event {} is there, but the case ends with event {}", number, of_.version),
        fmt::format("存在第 {} 个事件,但办件止于第 {} 个", number, of_.version));
  if (link.number != number)
    return fault(fmt::format("event {} is missing", number),
                 fmt::format("缺少第 {} 个事件", number));
  std::string hash = next_hash(hash_, of_, link.json);
  if (hash != link.hash)
    return fault(fmt::format("event {} does not fit the chain", number),
                 fmt::format("第 {} 个事件与哈希链不符", number));
  if (!link.request.empty()) request_ = link.request;
  if (request_.empty() || !link.json.starts_with(beginning(number, request_)))
    return fault(fmt::format("the record of the request of event {} is wrong", number),
                 fmt::format("第 {} 个事件的请求记录有误", number));
  hash_ = std::move(hash);
  number_ = number;
  return std::nullopt;
}

std::optional<chain_fault> chain_walk::finish() const {
  if (number_ < of_.version)
    return chain_fault{of_.id,
                       number_ + 1,
                       {fmt::format("event {} is missing", number_ + 1),
                        fmt::format("缺少第 {} 个事件", number_ + 1)}};
  if (hash_ != of_.chain)
    return chain_fault{of_.id,
                       number_,
                       {fmt::format("the case records another hash of event {}", number_),
                        fmt::format("办件记录的第 {} 个事件的哈希值不同", number_)}};
  return std::nullopt;
}

} // namespace detail
} // namespace banli
