// The store that lives in memory: what the contract of case_store means, in its plainest form.
#include <algorithm>
#include <mutex>
#include <unordered_map>

#include <boost/unordered/unordered_flat_map.hpp>

#include <banli/storage/case_store.hpp>

#include "audit_chain.hpp"
#include "chain.hpp"
#include "engine/event_text.hpp"

namespace banli {

namespace {

/// Bytes that stay where they are, in large blocks one after another.
class byte_arena {
 public:
  struct mark {
    std::size_t blocks = 0, used = 0;
  };

  char* room(std::size_t bytes) {
    if (blocks_.empty() || blocks_.back().size - used_ < bytes) add_block(bytes);
    used_ += bytes;
    return blocks_.back().bytes.get() + (used_ - bytes);
  }

  mark here() const { return {blocks_.size(), used_}; }

  /// Gives back what was taken since.
  void rewind(const mark& to) {
    while (blocks_.size() > to.blocks) blocks_.pop_back();
    used_ = to.used;
  }

 private:
  static constexpr std::size_t first = 4'096, most = 1'048'576;
  struct block {
    std::unique_ptr<char[]> bytes; // NOLINT: filled as far as it is used
    std::size_t size = 0;
  };

  void add_block(std::size_t at_least) {
    const std::size_t usual = blocks_.empty() ? first : std::min(2 * blocks_.back().size, most);
    const std::size_t size = std::max(usual, at_least);
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), size}); // NOLINT
    used_ = 0;
  }

  std::vector<block> blocks_;
  std::size_t used_ = 0; ///< of the last
};

/// One event, in the arena: its hash, its request and its text, one after another.
struct kept_event {
  std::string_view hash, request, json;
};

struct kept_case {
  stored_case now;
  std::vector<kept_event> events; ///< as many as its version says
};

/// Where the first event of a request stands.
struct kept_request {
  const kept_case* of = nullptr;
  std::uint32_t number = 0;
};

class memory final : public case_store {
 public:
  memory(const store_limits& limits, chain_digest with)
      : limits_(limits), digest_(with), chain_(with) {}

  result<void> append(std::span<const append_request> batch) override {
    const std::scoped_lock hold{mutex_};
    if (auto r = detail::prepare(batch, limits_, batch_); !r) return r;
    unfinished all{*this, batch.size()};
    auto done = detail::each_append(batch_, [&](const append_request& asked, auto events) {
      return append_one(asked, events, all);
    });
    if (done) all.finish();
    return done;
  }

  result<bool> done(const request_id& request) const override {
    const std::scoped_lock hold{mutex_};
    return requests_.contains(std::string_view{request.text()});
  }

  result<std::optional<request_record>> find_request(const request_id& request) const override {
    const std::scoped_lock hold{mutex_};
    const auto found = requests_.find(std::string_view{request.text()});
    if (found == requests_.end()) return std::optional<request_record>{};
    const auto [of, first] = found->second;
    request_record out{of->now.id, first, first};
    while (out.last < of->events.size() && of->events[out.last].request.empty()) ++out.last;
    return std::optional{std::move(out)};
  }

  result<std::vector<event>> load(const case_id& id) const override {
    const std::scoped_lock hold{mutex_};
    std::vector<event> out;
    const auto found = cases_.find(id);
    if (found == cases_.end()) return out;
    out.reserve(found->second.events.size());
    for (const kept_event& kept : found->second.events)
      if (auto bad = detail::read_event(kept.json, out.emplace_back())) return std::move(*bad);
    return out;
  }

  result<std::optional<stored_case>> find(const case_id& id) const override {
    const std::scoped_lock hold{mutex_};
    const auto found = cases_.find(id);
    if (found == cases_.end()) return std::optional<stored_case>{};
    return std::optional{found->second.now};
  }

  result<void> each(const std::function<void(const stored_case&)>& visit) const override {
    return each_below({}, visit);
  }

  result<void> each_below(std::string_view prefix,
                          const std::function<void(const stored_case&)>& visit) const override {
    std::vector<stored_case> all; // the visitor may read the store: no lock while it is called
    {
      const std::scoped_lock hold{mutex_};
      for (const kept_case* kept : by_id(prefix)) all.push_back(kept->now);
    }
    for (const stored_case& c : all) visit(c);
    return {};
  }

  result<void> record(std::span<const audit_entry> entries) override {
    const std::scoped_lock hold{mutex_};
    const detail::kept_audit none{0, {}, first_hash()};
    auto more =
        detail::chain_audit(entries, audit_.empty() ? none : audit_.back(), digest_, limits_);
    if (!more) return more.error();
    make_room(audit_, more->size());
    std::ranges::move(*more, std::back_inserter(audit_));
    return {};
  }

  result<std::vector<audit_record>> audit_log(std::uint64_t after,
                                              std::size_t most) const override {
    const std::scoped_lock hold{mutex_};
    std::vector<audit_record> out;
    for (std::uint64_t n = after; n < audit_.size() && out.size() < most; ++n) {
      auto told = detail::read_audit(audit_[static_cast<std::size_t>(n)]);
      if (!told) return told.error();
      out.push_back(std::move(*told));
    }
    return out;
  }

  chain_digest digest() const override { return digest_; }

  result<std::uint64_t> event_count() const override {
    const std::scoped_lock hold{mutex_};
    std::uint64_t n = 0;
    for (const auto& [id, kept] : cases_) n += kept.events.size();
    return n;
  }

  result<std::vector<chain_fault>> verify() const override {
    const std::scoped_lock hold{mutex_};
    std::vector<chain_fault> faults;
    detail::audit_walk audit{digest_};
    for (const detail::kept_audit& k : audit_)
      if (auto fault = audit.next(k)) {
        faults.push_back(std::move(*fault));
        break;
      }
    detail::chain_maker chain{digest_};
    for (const kept_case* kept : by_id())
      if (auto fault = walk(*kept, chain)) faults.push_back(std::move(*fault));
    return faults;
  }

  result<std::optional<chain_fault>> verify_case(const case_id& id) const override {
    const std::scoped_lock hold{mutex_};
    const auto found = cases_.find(id);
    if (found == cases_.end()) return std::optional<chain_fault>{};
    detail::chain_maker chain{digest_};
    return walk(found->second, chain);
  }

 private:
  /// What an append has changed so far. Unless it is finished, all of it is taken back.
  class unfinished {
   public:
    unfinished(memory& in, std::size_t appends) : in_(in), before_(in.arena_.here()) {
      changes_.reserve(appends);
    }
    unfinished(const unfinished&) = delete;
    unfinished& operator=(const unfinished&) = delete;
    ~unfinished() {
      if (changes_.empty()) return;
      for (auto c = changes_.rbegin(); c != changes_.rend(); ++c) take_back(*c);
      in_.arena_.rewind(before_);
    }

    /// The case that is to be changed.
    kept_case& change(const append_request& asked, kept_case* known) {
      kept_case& of = known ? *known : in_.begin_case(asked);
      changes_.push_back({&of, of.now.version, {}});
      of.now.chain.copy(changes_.back().chain.data(), of.now.chain.size());
      return of;
    }

    void finish() { changes_.clear(); }

   private:
    struct one_change {
      kept_case* of;
      std::uint32_t version; ///< before
      detail::digest_text chain;
    };

    void take_back(const one_change& c) {
      kept_case& of = *c.of;
      for (; of.events.size() > c.version; of.events.pop_back())
        if (!of.events.back().request.empty()) in_.requests_.erase(of.events.back().request);
      of.now.version = c.version;
      of.now.chain = detail::view(c.chain);
      if (c.version == 0) in_.cases_.erase(in_.cases_.find(of.now.id));
    }

    memory& in_;
    byte_arena::mark before_;
    std::vector<one_change> changes_;
  };

  kept_case& begin_case(const append_request& asked) {
    return cases_.try_emplace(asked.id, kept_case{detail::new_case(asked), {}}).first->second;
  }

  result<void> append_one(const append_request& asked, std::span<detail::prepared_event> events,
                          unfinished& all) {
    const auto found = cases_.find(asked.id);
    kept_case* const known = found == cases_.end() ? nullptr : &found->second;
    if (auto e = detail::check_state(asked, known ? &known->now : nullptr)) return *e;
    if (events.empty()) return {};
    kept_case& of = all.change(asked, known);
    detail::extend_case(of.now, events, batch_, chain_);
    make_room(of.events, events.size());
    for (const detail::prepared_event& e : events) {
      const kept_event kept = keep(e);
      if (!e.request.empty() && !requests_.try_emplace(kept.request, &of, e.number).second)
        return detail::duplicate_request(e.request);
      of.events.push_back(kept);
    }
    return {};
  }

  kept_event keep(const detail::prepared_event& e) {
    const std::string_view json = batch_.json(e);
    char* const hash = arena_.room(e.hash.size() + e.request.size() + json.size());
    char* const request = std::copy_n(e.hash.data(), e.hash.size(), hash);
    char* const text = std::copy_n(e.request.data(), e.request.size(), request);
    std::copy_n(json.data(), json.size(), text);
    return {{hash, e.hash.size()}, {request, e.request.size()}, {text, json.size()}};
  }

  /// All cases whose id begins so, in the order in which they are told.
  std::vector<const kept_case*> by_id(std::string_view prefix = {}) const {
    std::vector<const kept_case*> all;
    all.reserve(cases_.size());
    for (const auto& [id, kept] : cases_)
      if (id.text().starts_with(prefix)) all.push_back(&kept);
    std::ranges::sort(all, {}, [](const kept_case* c) -> const case_id& { return c->now.id; });
    return all;
  }

  /// Room for n more, growing as push_back does.
  template <class T>
  static void make_room(std::vector<T>& events, std::size_t n) {
    if (events.capacity() - events.size() < n)
      events.reserve(std::max(events.size() + n, 2 * events.capacity()));
  }

  static std::optional<chain_fault> walk(const kept_case& kept, detail::chain_maker& chain) {
    detail::chain_walk walk{kept.now, chain};
    std::uint32_t number = 0;
    for (const kept_event& e : kept.events) {
      detail::chain_link link{++number, {}, e.json, e.hash};
      if (!e.request.empty()) link.request = e.request;
      if (auto fault = walk.next(link)) return fault;
    }
    return walk.finish();
  }

  store_limits limits_;
  chain_digest digest_;
  detail::chain_maker chain_;    ///< of append, which is alone
  detail::prepared_batch batch_; ///< of append; kept for its memory
  mutable std::mutex mutex_;
  byte_arena arena_;
  std::unordered_map<case_id, kept_case> cases_;
  boost::unordered_flat_map<std::string_view, kept_request> requests_; ///< keys are in the arena
  std::vector<detail::kept_audit> audit_;
};

} // namespace

std::unique_ptr<case_store> memory_store(const store_limits& limits, chain_digest with) {
  return std::make_unique<memory>(limits, with);
}

} // namespace banli
