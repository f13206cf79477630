#include "chain.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <banli/engine/known_history.hpp>
#include <banli/time/text.hpp>

#include "base/byte_words.hpp"

namespace banli {

std::string first_hash() { return std::string(64, '0'); }

std::string next_hash(std::string_view previous, const stored_case& of, std::string_view event_json,
                      chain_digest with) {
  detail::chain_maker chain{with};
  chain.begin(of, previous);
  return std::string{chain.next(event_json)};
}

result<void> case_store::each_below(std::string_view prefix,
                                    const std::function<void(const stored_case&)>& visit) const {
  return each([&](const stored_case& c) {
    if (c.id.text().starts_with(prefix)) visit(c);
  });
}

result<std::optional<chain_fault>> case_store::verify_case(const case_id& id) const {
  const auto faults = verify();
  if (!faults) return faults.error();
  const auto of = std::ranges::find(*faults, id, &chain_fault::id);
  if (of == faults->end()) return std::optional<chain_fault>{};
  return std::optional{*of};
}

namespace detail {

void chain_maker::begin(const stored_case& of, std::string_view previous) {
  bytes_ = previous;
  last_size_ = previous.size();
  bytes_ += '\n';
  for (const std::string_view line :
       {std::string_view{of.id.text()}, std::string_view{of.item.text()},
        std::string_view{of.definition}}) {
    bytes_ += line;
    bytes_ += '\n';
  }
  case_size_ = bytes_.size() - last_size_;
}

std::string_view chain_maker::next(std::string_view event_json) {
  const std::size_t before = last_size_ + case_size_, size = before + event_json.size();
  if (bytes_.size() < size) bytes_.resize(2 * size); // what stands after is of longer events
  event_json.copy(bytes_.data() + before, event_json.size());
  const digest_text hash = to_hex(hash_({bytes_.data(), size}));
  if (last_size_ != hash.size()) bytes_.replace(0, last_size_, hash.size(), '0');
  view(hash).copy(bytes_.data(), hash.size());
  last_size_ = hash.size();
  return last();
}

namespace {

error bad_text(std::string_view what, std::string_view zh, const case_id& id) {
  return make_error(errc::bad_utf8, "the {0} of case '{2}' is not UTF-8",
                    "办件“{2}”的{1}不是 UTF-8 编码", what, zh,
                    is_utf8(id.text()) ? id.text() : std::string{"?"});
}

/// The errors of one identifier or hash.
std::optional<error> check_id(std::string_view s, std::string_view what, std::string_view zh,
                              const case_id& id, const store_limits& limits) {
  if (s.size() > limits.id_bytes)
    return make_error(errc::limit_exceeded, "the {0} of a case has {2} bytes, more than {3}",
                      "办件的{1}有 {2} 字节,超过 {3}", what, zh, s.size(), limits.id_bytes);
  if (is_plain_ascii(s)) return std::nullopt;
  if (!is_utf8_by_words(s)) return bad_text(what, zh, id);
  // A line end in an identifier would let two different cases have one chain.
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
  if (const instant known = std::max(e.at, recorded_at(e)); a.recorded && known > *a.recorded)
    return make_error(errc::time_backwards,
                      "event {} of case '{}' is of {}, after it is appended at {}",
                      "办件“{1}”的第 {0} 个事件的时间 {2} 晚于写入时间 {3}", number, a.id.text(),
                      to_text(known), to_text(*a.recorded));
  return std::nullopt;
}

std::optional<error> check_json(std::string_view json, const append_request& a,
                                const store_limits& limits) {
  if (json.size() > limits.event_bytes)
    return make_error(errc::limit_exceeded, "an event of case '{}' has {} bytes, more than {}",
                      "办件“{}”的一个事件有 {} 字节,超过 {}", a.id.text(), json.size(),
                      limits.event_bytes);
  if (!is_utf8_by_words(json)) return bad_text("text of an event", "事件文字", a.id);
  return std::nullopt;
}

std::optional<error> prepare(const append_request& asked, const store_limits& limits,
                             prepared_batch& into) {
  if (auto e = check_request_of(asked, limits)) return e;
  std::uint32_t number = asked.expected;
  const request_id* before = nullptr;
  for (const event& e : asked.events) {
    if (auto bad = check_event(e, ++number, asked, limits)) return bad;
    prepared_event made{.number = number, .request = {}, .begin = into.text.size(), .end = 0};
    append_json(e, into.text);
    made.end = into.text.size();
    if (auto bad = check_json(into.json(made), asked, limits)) return bad;
    if (!before || *before != e.request) made.request = e.request.text();
    before = &e.request;
    into.events.push_back(made);
  }
  return std::nullopt;
}

} // namespace

result<void> prepare(std::span<const append_request> batch, const store_limits& limits,
                     prepared_batch& into) {
  into.asked = batch;
  into.events.clear();
  into.text.clear();
  for (const append_request& asked : batch)
    if (auto e = prepare(asked, limits, into)) return *e;
  return {};
}

std::optional<error> check_state(const append_request& a, const stored_case* now) {
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

stored_case new_case(const append_request& asked) {
  return {asked.id, asked.item, asked.definition, 0, first_hash()};
}

void extend_case(stored_case& now, std::span<prepared_event> events, const prepared_batch& batch,
                 chain_maker& chain) {
  chain.begin(now, now.chain);
  for (prepared_event& e : events) {
    const std::string_view hash = chain.next(batch.json(e));
    hash.copy(e.hash.data(), hash.size());
  }
  now.version += static_cast<std::uint32_t>(events.size());
  now.chain = chain.last();
}

error duplicate_request(std::string_view request) {
  return make_error(errc::duplicate_id, "request '{}' was done before", "请求“{}”此前已经办过",
                    request);
}

namespace {

/// What follows the number in the canonical text of an event, up to the comma after its request.
void put_request_member(std::string_view request, std::string& to) {
  constexpr std::string_view member = R"(,"request":)";
  if (needs_no_escape(request)) {
    to.assign(member).append(1, '"').append(request).append(R"(",)");
    return;
  }
  event e;
  const std::string without = to_json(e);
  const std::size_t after = without.find(member) + member.size() + 2;
  e.request = request_id{request};
  const std::string json = to_json(e);
  const std::size_t begin = json.find(member);
  to = json.substr(begin, json.size() - begin - (without.size() - after)) + ',';
}

/// Why a text does not give the hash that is kept with it, as far as the text itself shows.
text reason_of(std::string_view json, std::uint32_t number) {
  const auto e = parse_event(json);
  if (!e)
    return {fmt::format("event {} does not fit the chain: its text is no event", number),
            fmt::format("第 {} 个事件与哈希链不符:其内容不是事件", number)};
  if (e->number != number)
    return {fmt::format("event {} does not fit the chain: its text is that of an event {}", number,
                        e->number),
            fmt::format("第 {} 个事件与哈希链不符:其内容属于第 {} 个事件", number, e->number)};
  return {fmt::format("event {} does not fit the chain: its text, its hash or the case was changed",
                      number),
          fmt::format("第 {} 个事件与哈希链不符:其内容、哈希值或办件被改动", number)};
}

} // namespace

chain_walk::chain_walk(const stored_case& of, chain_maker& chain) : of_(of), chain_(chain) {
  chain_.begin(of, first_hash());
}

/// Whether a text begins {"number":7,"request":"r7", as it must.
bool chain_walk::names_request(std::string_view json, std::uint32_t number) const {
  constexpr std::string_view before = R"({"number":)";
  std::array<char, 10> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const std::string_view said{digits.data(), end};
  return !request_.empty() && json.size() > before.size() + said.size() &&
         json.starts_with(before) && json.substr(before.size()).starts_with(said) &&
         json.substr(before.size() + said.size()).starts_with(request_);
}

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
  if (chain_.next(link.json) != link.hash)
    return chain_fault{of_.id, number, reason_of(link.json, number)};
  if (link.request) put_request_member(*link.request, request_);
  if (!names_request(link.json, number))
    return fault(fmt::format("the record of the request of event {} is wrong", number),
                 fmt::format("第 {} 个事件的请求记录有误", number));
  number_ = number;
  return std::nullopt;
}

std::optional<chain_fault> chain_walk::finish() const {
  if (number_ < of_.version)
    return chain_fault{of_.id,
                       number_ + 1,
                       {fmt::format("event {} is missing", number_ + 1),
                        fmt::format("缺少第 {} 个事件", number_ + 1)}};
  if (chain_.last() != of_.chain)
    return chain_fault{of_.id,
                       number_,
                       {fmt::format("the case records another hash of event {}", number_),
                        fmt::format("办件记录的第 {} 个事件的哈希值不同", number_)}};
  return std::nullopt;
}

} // namespace detail
} // namespace banli
