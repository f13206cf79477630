// The key ring: in memory, and mirrored line by line in a file where there is one.
#include <banli/storage/key_ring.hpp>

#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include <banli/time/text.hpp>

#include "key_file.hpp"
#include "sealing.hpp"

namespace banli {

namespace {

constexpr std::string_view heading = "banli key ring 1";
constexpr std::string_view check_words = "banli";

error unfit_line(std::size_t line) {
  return make_error(errc::store_corrupt, "line {} of the key ring does not fit",
                    "密钥文件第 {} 行有误", line);
}

class kept_ring final : public key_ring {
 public:
  kept_ring(const master_key& master, const key_ring_limits& limits)
      : look_up_(detail::derive(master.bytes, "banli key ring: look-up")),
        wrap_(detail::derive(master.bytes, "banli key ring: wrap")), limits_(limits) {}

  ~kept_ring() override {
    detail::wipe(look_up_);
    detail::wipe(wrap_);
    for (auto& [person, kept] : persons_) detail::wipe(kept.key);
  }
  kept_ring(const kept_ring&) = delete;
  kept_ring& operator=(const kept_ring&) = delete;

  /// Reads the file, or writes the head of a new one.
  result<void> attach(detail::key_file file) {
    const std::string& text = file.text();
    if (text.empty()) {
      if (auto r = file.append(head()); !r) return r;
    } else if (auto r = read(text); !r) {
      return r;
    }
    file.forget_text();
    file_.emplace(std::move(file));
    return {};
  }

  result<std::vector<person_key>> ensure(std::span<const std::string> identities) override {
    const std::scoped_lock hold{mutex_};
    for (const std::string& i : identities)
      if (i.empty() || i.size() > limits_.identity_bytes)
        return make_error(errc::bad_value, "an identity has 1 to {} bytes",
                          "身份标识应为 1 至 {} 字节", limits_.identity_bytes);
    std::vector<person_key> out;
    std::vector<std::pair<std::string, person_key>> fresh;
    std::unordered_map<std::string, std::size_t> among; // of `fresh`, by hash
    for (const std::string& i : identities) {
      std::string hash = keyed_hash(look_up_, i);
      if (const auto known = by_hash_.find(hash); known != by_hash_.end()) {
        out.push_back({known->second, persons_.at(known->second).key});
        continue;
      }
      const auto [place, added] = among.emplace(hash, fresh.size());
      if (added)
        fresh.emplace_back(std::move(hash),
                           person_key{detail::random_person(), detail::random_secret()});
      out.push_back(fresh[place->second].second);
    }
    if (auto r = add(fresh); !r) return r.error();
    return out;
  }

  std::optional<sealed_person> find(std::string_view identity) const override {
    const std::scoped_lock hold{mutex_};
    const auto known = by_hash_.find(keyed_hash(look_up_, identity));
    return known == by_hash_.end() ? std::nullopt : std::optional{known->second};
  }

  std::optional<secret_bytes> key_of(const sealed_person& person) const override {
    const std::scoped_lock hold{mutex_};
    const auto known = persons_.find(person);
    return known == persons_.end() ? std::nullopt : std::optional{known->second.key};
  }

  std::optional<day> erased(const sealed_person& person) const override {
    const std::scoped_lock hold{mutex_};
    const auto known = erased_.find(person);
    return known == erased_.end() ? std::nullopt : std::optional{known->second};
  }

  result<void> erase(const sealed_person& person, day on) override {
    const std::scoped_lock hold{mutex_};
    const auto known = persons_.find(person);
    if (known == persons_.end())
      return make_error(errc::unknown_reference, "the ring has no key of person {}",
                        "密钥库中没有“{}”的密钥", person.text());
    if (file_)
      if (auto r = file_->replace(whole_without(person, on)); !r) return r;
    detail::wipe(known->second.key);
    by_hash_.erase(known->second.hash);
    persons_.erase(known);
    erased_.emplace(person, on);
    return {};
  }

  std::size_t size() const override {
    const std::scoped_lock hold{mutex_};
    return persons_.size();
  }

 private:
  struct entry {
    std::string hash;
    secret_bytes key{};
  };

  result<void> add(std::vector<std::pair<std::string, person_key>>& fresh) {
    if (fresh.empty()) return {};
    if (persons_.size() + fresh.size() > limits_.persons)
      return make_error(errc::limit_exceeded, "a key ring holds at most {} persons",
                        "密钥库最多容纳 {} 人", limits_.persons);
    if (file_) {
      std::string lines;
      for (const auto& [hash, k] : fresh) lines += line_of(k.person, hash, k.key);
      if (auto r = file_->append(lines); !r) return r;
    }
    for (auto& [hash, k] : fresh) keep(k.person, hash, k.key);
    return {};
  }

  void keep(const sealed_person& person, const std::string& hash, const secret_bytes& key) {
    by_hash_.emplace(hash, person);
    persons_.emplace(person, entry{hash, key});
  }

  std::string head() const {
    return fmt::format("{}\ncheck {}\n", heading, seal(wrap_, check_words, heading));
  }

  static std::string context_of(std::string_view person, std::string_view hash) {
    return fmt::format("{} {}", person, hash);
  }

  std::string line_of(const sealed_person& person, const std::string& hash,
                      const secret_bytes& key) const {
    return fmt::format("{} {} {}\n", person.text(), hash,
                       seal(wrap_, detail::view_of(key), context_of(person.text(), hash)));
  }

  static std::string line_of(const sealed_person& person, day on) {
    return fmt::format("erased {} {}\n", person.text(), to_text(on));
  }

  std::string whole_without(const sealed_person& person, day on) const {
    std::string out = head();
    for (const auto& [who, when] : erased_) out += line_of(who, when);
    out += line_of(person, on);
    for (const auto& [who, e] : persons_)
      if (who != person) out += line_of(who, e.hash, e.key);
    return out;
  }

  result<void> read(std::string_view text) {
    for (std::size_t line = 1; !text.empty(); ++line) {
      const std::size_t end = text.find('\n');
      if (auto r = read_line(text.substr(0, end), line); !r) return r;
      text.remove_prefix(end + 1);
    }
    return {};
  }

  result<void> read_line(std::string_view s, std::size_t line) {
    if (line == 1) {
      if (s == heading) return {};
      return unfit_line(line);
    }
    const std::size_t one = s.find(' ');
    const std::size_t two = one == std::string_view::npos ? one : s.find(' ', one + 1);
    if (line == 2) {
      if (s.substr(0, one) != "check") return unfit_line(line);
      const auto opened = unseal(wrap_, s.substr(one + 1), heading);
      if (opened && *opened == check_words) return {};
      return make_error(errc::bad_key, "the key ring was made with another master key",
                        "密钥文件由另一主密钥建立");
    }
    if (two == std::string_view::npos) return unfit_line(line);
    if (s.substr(0, one) == "erased") {
      const auto on = parse_day(s.substr(two + 1));
      if (!on) return unfit_line(line);
      erased_.emplace(sealed_person{s.substr(one + 1, two - one - 1)}, *on);
      return {};
    }
    const std::string_view person = s.substr(0, one);
    const std::string hash{s.substr(one + 1, two - one - 1)};
    const auto key = unseal(wrap_, s.substr(two + 1), context_of(person, hash));
    if (!key || key->size() != secret_bytes{}.size() || by_hash_.contains(hash))
      return unfit_line(line);
    if (persons_.size() == limits_.persons)
      return make_error(errc::limit_exceeded, "a key ring holds at most {} persons",
                        "密钥库最多容纳 {} 人", limits_.persons);
    secret_bytes bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>((*key)[i]);
    keep(sealed_person{person}, hash, bytes);
    return {};
  }

  mutable std::mutex mutex_;
  secret_bytes look_up_;
  secret_bytes wrap_;
  key_ring_limits limits_;
  std::unordered_map<std::string, sealed_person> by_hash_;
  std::unordered_map<sealed_person, entry> persons_;
  std::unordered_map<sealed_person, day> erased_;
  std::optional<detail::key_file> file_;
};

} // namespace

std::unique_ptr<key_ring> memory_key_ring(const master_key& master, const key_ring_limits& limits) {
  return std::make_unique<kept_ring>(master, limits);
}

result<std::unique_ptr<key_ring>> open_key_ring(const std::string& path, const master_key& master,
                                                const key_ring_limits& limits) {
  auto file = detail::key_file::open(path);
  if (!file) return file.error();
  auto ring = std::make_unique<kept_ring>(master, limits);
  if (auto r = ring->attach(std::move(*file)); !r) return at(r.error(), {path, 0, 0});
  return std::unique_ptr<key_ring>{std::move(ring)};
}

} // namespace banli
