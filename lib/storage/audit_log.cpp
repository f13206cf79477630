// The audit log: its text, its chain, and stores that keep none.
#include <banli/storage/audit_log.hpp>

#include <limits>

#include <boost/json.hpp>

#include <banli/base/utf8.hpp>
#include <banli/time/text.hpp>

#include "audit_chain.hpp"

namespace banli {

namespace {

namespace json = boost::json;

/// Calls f(name, member) for every text of an entry, in the order they are written in.
template <class Entry, class F>
void each_audit_text(Entry& e, F&& f) {
  f("actor", e.actor);
  f("on_behalf", e.on_behalf);
  f("case", e.id);
  f("request", e.request);
  f("what", e.what);
  f("step", e.step);
  f("code", e.code);
  f("rule", e.rule);
  f("why", e.why.en);
  f("why_zh", e.why.zh);
}

std::string_view shown_text(const std::string& s) { return s; }
template <class Tag>
std::string_view shown_text(const strong_id<Tag>& id) {
  return id.text();
}

void put_text(std::string& s, std::string_view v) { s = v; }
template <class Tag>
void put_text(strong_id<Tag>& id, std::string_view v) {
  id = strong_id<Tag>{v};
}

error unreadable_audit() {
  return make_error(errc::store_corrupt, "a record of the audit log cannot be read",
                    "审计日志的记录无法读取");
}

error no_audit_log() {
  return make_error(errc::store_failure, "this store keeps no audit log", "此存储不保存审计日志");
}

std::optional<error> refuse_entry(const audit_entry& e) {
  if (e.what.empty())
    return make_error(errc::bad_value, "an audit entry needs an action", "审计记录缺少命令");
  if (day_of(e.at) < first_day || last_day < day_of(e.at))
    return make_error(errc::out_of_range, "the instant of an audit entry has no text",
                      "审计记录的时间超出范围");
  bool good = true;
  each_audit_text(
      e, [&](std::string_view, const auto& m) { good = good && detail::is_utf8(shown_text(m)); });
  if (good) return std::nullopt;
  return make_error(errc::bad_utf8, "an audit entry is no UTF-8", "审计记录不是 UTF-8 编码");
}

} // namespace

std::string to_json(std::uint64_t number, const audit_entry& entry) {
  json::object o;
  o["number"] = number;
  o["at"] = to_text(entry.at);
  each_audit_text(entry, [&](std::string_view name, const auto& m) {
    if (const std::string_view s = shown_text(m); !s.empty()) o[name] = s;
  });
  return json::serialize(o);
}

result<audit_record> parse_audit(std::string_view text) {
  json::error_code failed;
  const json::value v = json::parse(text, failed);
  const json::object* o = failed ? nullptr : v.if_object();
  if (!o) return unreadable_audit();
  audit_record out;
  const json::value* number = o->if_contains("number");
  const json::string* at = o->contains("at") ? o->at("at").if_string() : nullptr;
  if (!number || !number->is_int64() || number->get_int64() < 1 || !at) return unreadable_audit();
  out.number = static_cast<std::uint64_t>(number->get_int64());
  const auto when = parse_instant({at->data(), at->size()});
  if (!when) return unreadable_audit();
  out.entry.at = *when;
  bool good = true;
  each_audit_text(out.entry, [&](std::string_view name, auto& m) {
    const json::value* of = o->if_contains(name);
    if (!of) return;
    if (const json::string* s = of->if_string())
      put_text(m, {s->data(), s->size()});
    else
      good = false;
  });
  if (!good) return unreadable_audit();
  return out;
}

std::string next_audit_hash(std::string_view previous, std::string_view text, chain_digest with) {
  return digest_of(with, fmt::format("{}\naudit\n{}", previous, text));
}

result<std::vector<detail::kept_audit>> detail::chain_audit(std::span<const audit_entry> entries,
                                                            const kept_audit& last,
                                                            chain_digest with,
                                                            const store_limits& limits) {
  std::vector<kept_audit> out;
  out.reserve(entries.size());
  for (const audit_entry& e : entries) {
    if (auto why = refuse_entry(e)) return *std::move(why);
    const kept_audit& before = out.empty() ? last : out.back();
    kept_audit k{before.number + 1, to_json(before.number + 1, e), {}};
    if (k.json.size() > limits.event_bytes)
      return make_error(errc::limit_exceeded, "an audit entry has {} bytes; the limit is {}",
                        "审计记录 {} 字节,上限为 {}", k.json.size(), limits.event_bytes);
    k.hash = next_audit_hash(before.hash, k.json, with);
    out.push_back(std::move(k));
  }
  return out;
}

result<audit_record> detail::read_audit(const kept_audit& kept) {
  auto r = parse_audit(kept.json);
  if (!r) return r.error();
  if (r->number != kept.number) return unreadable_audit();
  r->hash = kept.hash;
  return r;
}

std::optional<chain_fault> detail::audit_walk::next(const kept_audit& kept) {
  const auto fault = [&](std::string_view en, std::string_view zh) {
    const auto last = std::numeric_limits<std::uint32_t>::max();
    return chain_fault{{},
                       static_cast<std::uint32_t>(std::min<std::uint64_t>(number_ + 1, last)),
                       {std::string{en}, std::string{zh}}};
  };
  if (kept.number != number_ + 1)
    return fault("a record of the audit log is missing", "审计日志缺少记录");
  if (next_audit_hash(hash_, kept.json, with_) != kept.hash)
    return fault("a record of the audit log does not fit its hash", "审计日志的记录与哈希不符");
  const auto r = parse_audit(kept.json);
  if (!r || r->number != kept.number)
    return fault("a record of the audit log has another number", "审计日志的记录序号不符");
  ++number_;
  hash_ = kept.hash;
  return std::nullopt;
}

result<void> case_store::record(std::span<const audit_entry>) { return no_audit_log(); }

result<std::vector<audit_record>> case_store::audit_log(std::uint64_t, std::size_t) const {
  return std::vector<audit_record>{};
}

} // namespace banli
