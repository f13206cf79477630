#include <banli/storage/checkpoint.hpp>

#include <algorithm>
#include <array>
#include <limits>

#include "hasher.hpp"

namespace banli {

namespace {

using detail::digest_bytes;
using detail::hasher;

/// What is hashed for a case, and its line in a file.
std::string line_of(const checkpoint_case& c) {
  return fmt::format("{} {} {}", c.version, c.chain, c.id.text());
}

digest_bytes leaf_of(const checkpoint_case& c, hasher& hash) {
  return hash(std::string(1, '\0') + line_of(c));
}

digest_bytes node_of(const digest_bytes& left, const digest_bytes& right, hasher& hash) {
  std::array<char, 65> bytes{};
  bytes[0] = 1;
  std::ranges::copy(left, bytes.begin() + 1);
  std::ranges::copy(right, bytes.begin() + 33);
  return hash({bytes.data(), bytes.size()});
}

std::vector<digest_bytes> leaves_of(const checkpoint& c, hasher& hash) {
  std::vector<digest_bytes> out;
  out.reserve(c.cases.size());
  for (const checkpoint_case& one : c.cases) out.push_back(leaf_of(one, hash));
  return out;
}

/// Joins neighbours; one that is left over goes up as it is. Done until one is left, this is the
/// tree of RFC 6962, whose left half is the largest power of two.
void go_up(std::vector<digest_bytes>& level, hasher& hash) {
  const std::size_t pairs = level.size() / 2;
  for (std::size_t i = 0; i < pairs; ++i) level[i] = node_of(level[2 * i], level[2 * i + 1], hash);
  if (level.size() % 2 == 1) level[pairs] = level.back();
  level.resize((level.size() + 1) / 2);
}

std::string hex(const digest_bytes& b) { return std::string{detail::view(detail::to_hex(b))}; }

std::optional<digest_bytes> from_hex(std::string_view s) {
  digest_bytes out{};
  if (s.size() != 2 * out.size()) return std::nullopt;
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = digit(s[2 * i]), low = digit(s[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out[i] = static_cast<unsigned char>(16 * high + low);
  }
  return out;
}

/// The hash that a case has now at an event it had when the checkpoint was taken.
result<std::string> chain_at(const case_store& store, const stored_case& now,
                             std::uint32_t number) {
  if (now.version == number) return now.chain;
  const auto events = store.load(now.id);
  if (!events) return events.error();
  if (events->size() < number) return std::string{};
  std::string hash = first_hash();
  for (std::uint32_t i = 0; i < number; ++i)
    hash = next_hash(hash, now, to_json((*events)[i]), store.digest());
  return hash;
}

result<std::optional<chain_fault>> compare_one(const case_store& store,
                                               const checkpoint_case& then) {
  const auto found = store.find(then.id);
  if (!found) return found.error();
  const auto fault = [&](std::uint32_t number, text what) {
    return std::optional{chain_fault{then.id, number, std::move(what)}};
  };
  if (!*found)
    return fault(
        1, {fmt::format("the checkpoint saw {} events of this case; it is gone", then.version),
            fmt::format("检查点记录此办件有 {} 个事件,现已不存在", then.version)});
  const stored_case& now = **found;
  if (now.version < then.version)
    return fault(
        now.version + 1,
        {fmt::format("the checkpoint saw {} events of this case; the store has {}", then.version,
                     now.version),
         fmt::format("检查点记录此办件有 {} 个事件,现只有 {} 个", then.version, now.version)});
  const auto hash = chain_at(store, now, then.version);
  if (!hash) return hash.error();
  if (*hash != then.chain)
    return fault(then.version,
                 {fmt::format("up to event {} this is another history than the checkpoint saw",
                              then.version),
                  fmt::format("截至第 {} 个事件的经过与检查点记录的不同", then.version)});
  return std::optional<chain_fault>{};
}

/// The audit log up to a record, or to its end: the number and the hash, computed again, of the
/// last.
result<checkpoint_refusals> refusals_until(const case_store& store, std::uint64_t number) {
  checkpoint_refusals out;
  while (out.number < number) {
    const auto page = store.audit_log(
        out.number, static_cast<std::size_t>(std::min<std::uint64_t>(1'000, number - out.number)));
    if (!page) return page.error();
    if (page->empty()) break;
    for (const audit_record& r : *page)
      out = {r.number, next_audit_hash(out.chain, to_json(r.number, r.entry), store.digest())};
  }
  return out;
}

result<std::optional<chain_fault>> compare_refusals(const case_store& store,
                                                    const checkpoint_refusals& then) {
  const auto now = refusals_until(store, then.number);
  if (!now) return now.error();
  const auto fault = [](std::uint64_t number, text what) {
    const std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    return std::optional{
        chain_fault{{}, static_cast<std::uint32_t>(std::min(number, most)), std::move(what)}};
  };
  if (now->number < then.number)
    return fault(
        now->number + 1,
        {fmt::format("the checkpoint saw {} refused commands; the store has {}", then.number,
                     now->number),
         fmt::format("检查点记录有 {} 条被拒绝的命令,现只有 {} 条", then.number, now->number)});
  if (now->chain != then.chain)
    return fault(then.number,
                 {fmt::format("up to record {} these are other refusals than the checkpoint saw",
                              then.number),
                  fmt::format("截至第 {} 条的审计日志与检查点记录的不同", then.number)});
  return std::optional<chain_fault>{};
}

} // namespace

result<checkpoint> take_checkpoint(const case_store& store, std::string taken) {
  const checkpoint_limits limits;
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (taken.empty() || taken.size() > limits.taken_bytes || std::ranges::any_of(taken, control))
    return make_error(errc::bad_value, "a checkpoint needs one line of at most {} bytes on it",
                      "检查点须注明一行文字,不超过 {} 字节", limits.taken_bytes);
  checkpoint out{std::move(taken), store.digest(), {}, {}};
  auto read = store.each([&](const stored_case& c) {
    out.cases.push_back({c.id, c.version, c.chain});
  });
  if (!read) return read.error();
  auto refusals = refusals_until(store, std::numeric_limits<std::uint64_t>::max());
  if (!refusals) return refusals.error();
  out.refusals = *std::move(refusals);
  return out;
}

std::string merkle_root(const checkpoint& c) {
  hasher hash{c.digest};
  std::vector<digest_bytes> level = leaves_of(c, hash);
  if (level.empty()) return hex(hash(""));
  while (level.size() > 1) go_up(level, hash);
  return hex(level.front());
}

result<std::vector<proof_step>> prove(const checkpoint& c, const case_id& id) {
  const auto found = std::ranges::find(c.cases, id, &checkpoint_case::id);
  if (found == c.cases.end())
    return make_error(errc::unknown_reference, "there is no case '{}' in the checkpoint",
                      "检查点中没有办件“{}”", id.text());
  hasher hash{c.digest};
  std::vector<digest_bytes> level = leaves_of(c, hash);
  std::vector<proof_step> out;
  for (auto at = static_cast<std::size_t>(found - c.cases.begin()); level.size() > 1; at /= 2) {
    if (at % 2 == 1)
      out.push_back({hex(level[at - 1]), proof_step::side::left});
    else if (at + 1 < level.size())
      out.push_back({hex(level[at + 1]), proof_step::side::right});
    go_up(level, hash);
  }
  return out;
}

std::string root_from(const checkpoint_case& leaf, const std::vector<proof_step>& proof,
                      chain_digest with) {
  hasher hash{with};
  digest_bytes here = leaf_of(leaf, hash);
  for (const proof_step& step : proof) {
    const auto beside = from_hex(step.hash);
    if (!beside) return {};
    here = step.at == proof_step::side::left ? node_of(*beside, here, hash)
                                             : node_of(here, *beside, hash);
  }
  return hex(here);
}

result<std::vector<chain_fault>> compare(const case_store& store, const checkpoint& c) {
  if (store.digest() != c.digest)
    return make_error(errc::bad_value, "the checkpoint is made with {}, the store with {}",
                      "检查点使用 {},数据文件使用 {}", to_string(c.digest),
                      to_string(store.digest()));
  std::vector<chain_fault> out;
  auto refusals = compare_refusals(store, c.refusals);
  if (!refusals) return refusals.error();
  if (*refusals) out.push_back(std::move(**refusals));
  for (const checkpoint_case& then : c.cases) {
    auto fault = compare_one(store, then);
    if (!fault) return fault.error();
    if (*fault) out.push_back(std::move(**fault));
  }
  return out;
}

} // namespace banli
