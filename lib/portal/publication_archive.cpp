#include <banli/portal/publication_archive.hpp>

#include <boost/json.hpp>

#include <banli/base/utf8.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/storage/chain_digest.hpp>
#include <banli/time/text.hpp>

#include "portal_words.hpp"

namespace banli {

namespace {

namespace json = boost::json;

constexpr auto act_words =
    std::to_array<detail::portal_word>({{"published", "发布"}, {"withdrawn", "撤下"}});

/// A record as a line, in a fixed order; what the chain covers has no chain.
json::object as_json(const archive_record& r) {
  return {{"number", r.number},    {"what", to_string(r.what)},
          {"at", to_text(r.at)},   {"address", r.page.address},
          {"title", r.page.title}, {"index_number", r.page.index_number},
          {"unit", r.page.unit},   {"media_type", r.page.media_type},
          {"bytes", r.bytes},      {"sha256", r.sha256},
          {"reason", r.reason}};
}

std::string chain_after(std::string_view before, const archive_record& r) {
  return digest_of(chain_digest::sha256,
                   fmt::format("{}\n{}", before, json::serialize(as_json(r))));
}

error damaged(std::size_t line) {
  return make_error(errc::bundle_damaged, "line {} of the archive is not what was written",
                    "存档第 {} 行与写入时不符", line);
}

/// The texts of a line, or nothing where one is missing.
std::optional<archive_record> record_of(std::string_view line) {
  json::error_code failed;
  const json::value v = json::parse(line, failed);
  const json::object* o = failed ? nullptr : v.if_object();
  if (o == nullptr) return std::nullopt;
  bool good = true;
  const auto text = [&](std::string_view key) {
    const json::value* m = o->if_contains(key);
    if (m == nullptr || !m->is_string()) {
      good = false;
      return std::string{};
    }
    return std::string{m->get_string().data(), m->get_string().size()};
  };
  const auto number = [&](std::string_view key) -> std::uint64_t {
    const json::value* m = o->if_contains(key);
    if (m != nullptr && m->is_int64() && m->get_int64() >= 0)
      return static_cast<std::uint64_t>(m->get_int64());
    good = false;
    return 0;
  };
  archive_record r;
  r.number = static_cast<std::uint32_t>(number("number"));
  const auto what = detail::parse_word<archive_act>(act_words, text("what"), "act", "存档记录");
  const auto at = parse_instant(text("at"));
  r.page = {text("address"), text("title"), text("index_number"), text("unit"), text("media_type")};
  r.bytes = number("bytes");
  r.sha256 = text("sha256");
  r.reason = text("reason");
  r.chain = text("chain");
  if (!good || !what || !at) return std::nullopt;
  r.what = *what;
  r.at = *at;
  return r;
}

std::string line_of(const archive_record& r) {
  json::object o = as_json(r);
  o.emplace("chain", r.chain);
  return json::serialize(o) + "\n";
}

} // namespace

std::string_view to_string(archive_act a) { return act_words[static_cast<std::size_t>(a)].name; }
std::string_view label(archive_act a) { return act_words[static_cast<std::size_t>(a)].label; }

result<archive_record> publication_archive::keep(archive_record r) {
  if (records_.size() >= limits_.records)
    return make_error(errc::limit_exceeded, "an archive holds at most {} records", "存档最多 {} 条",
                      limits_.records);
  for (const std::string* s : {&r.page.address, &r.page.title, &r.page.index_number, &r.page.unit,
                               &r.page.media_type, &r.reason}) {
    if (s->size() > limits_.text_bytes)
      return make_error(errc::limit_exceeded, "a text is longer than {} bytes", "文字超过 {} 字节",
                        limits_.text_bytes);
    if (!detail::is_utf8(*s))
      return make_error(errc::bad_utf8, "a text is no UTF-8", "文字不是 UTF-8");
  }
  if (!records_.empty() && r.at < records_.back().at)
    return make_error(errc::time_backwards, "{} is before the last record of {}",
                      "{} 早于最后一条记录的 {}", to_text(r.at), to_text(records_.back().at));
  r.number = static_cast<std::uint32_t>(records_.size()) + 1;
  r.chain = chain_after(records_.empty() ? first_hash() : records_.back().chain, r);
  records_.push_back(r);
  return r;
}

result<archive_record> publication_archive::publish(archived_page page, std::string_view contents,
                                                    instant at) {
  const auto need = [](const std::string& s, std::string_view en, std::string_view zh) {
    return s.empty() ? std::optional{make_error(errc::missing_field, "a publication has no {0}",
                                                "发布内容缺少{1}", en, zh)}
                     : std::nullopt;
  };
  for (const auto& e : {need(page.address, "address", "地址"), need(page.title, "title", "标题"),
                        need(page.unit, "unit", "发布部门")})
    if (e) return *e;
  archive_record r;
  r.at = at;
  r.page = std::move(page);
  r.bytes = contents.size();
  r.sha256 = digest_of(chain_digest::sha256, contents);
  return keep(std::move(r));
}

result<archive_record> publication_archive::withdraw(std::string_view address, std::string reason,
                                                     instant at) {
  const archive_record* there = as_of(address, at);
  if (there == nullptr)
    return make_error(errc::unknown_reference, "nothing is published at '{}'",
                      "“{}”处没有已发布的内容", address);
  if (reason.empty())
    return make_error(errc::missing_reason, "a withdrawal needs a reason", "撤下内容须说明理由");
  archive_record r;
  r.what = archive_act::withdrawn;
  r.at = at;
  r.page = there->page;
  r.reason = std::move(reason);
  return keep(std::move(r));
}

const archive_record* publication_archive::as_of(std::string_view address, instant t) const {
  for (auto r = records_.rbegin(); r != records_.rend(); ++r)
    if (r->page.address == address && r->at <= t)
      return r->what == archive_act::published ? &*r : nullptr;
  return nullptr;
}

bool publication_archive::holds(std::string_view address, instant t,
                                std::string_view contents) const {
  const archive_record* r = as_of(address, t);
  return r != nullptr && r->bytes == contents.size() &&
         r->sha256 == digest_of(chain_digest::sha256, contents);
}

std::vector<archive_record> publication_archive::history(std::string_view address) const {
  std::vector<archive_record> out;
  for (const archive_record& r : records_)
    if (r.page.address == address) out.push_back(r);
  return out;
}

std::uint32_t publication_archive::verify() const {
  std::string before = first_hash();
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const archive_record& r = records_[i];
    before = chain_after(before, r);
    if (r.number != i + 1 || r.chain != before) return static_cast<std::uint32_t>(i) + 1;
  }
  return 0;
}

std::string publication_archive::save() const {
  std::string out;
  for (const archive_record& r : records_) out += line_of(r);
  return out;
}

result<publication_archive> publication_archive::read(std::string_view text,
                                                      const archive_limits& limits) {
  publication_archive out{limits};
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return damaged(line); // cut off
    auto r = record_of(text.substr(0, end));
    if (!r || line_of(*r) != text.substr(0, end + 1)) return damaged(line);
    const std::string chain = r->chain;
    const auto kept = out.keep(std::move(*r));
    if (!kept) return kept.error().code == errc::limit_exceeded ? kept.error() : damaged(line);
    if (kept->chain != chain || kept->number != line) return damaged(line);
    text.remove_prefix(end + 1);
  }
  return out;
}

} // namespace banli
