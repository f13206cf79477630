// The store that lives in memory: what the contract of case_store means, in its plainest form.
#include <algorithm>
#include <mutex>
#include <unordered_map>

#include <banli/storage/case_store.hpp>

#include "audit_chain.hpp"
#include "chain.hpp"

namespace banli {

namespace {

struct kept_case {
  stored_case now;
  std::vector<detail::kept_event> events;
};

class memory final : public case_store {
 public:
  memory(const store_limits& limits, chain_digest with)
      : limits_(limits), digest_(with), chain_(with) {}

  result<void> append(std::span<const append_request> batch) override {
    auto prepared = detail::prepare(batch, limits_);
    if (!prepared) return prepared.error();
    const std::scoped_lock hold{mutex_};
    // Everything is judged and allocated apart, so that the change itself cannot fail half-way.
    case_map staged;
    request_map requests;
    for (detail::prepared_append& one : *prepared)
      if (auto r = stage(one, staged, requests); !r) return r;
    for (auto& [id, additions] : staged)
      if (const auto found = cases_.find(id); found != cases_.end())
        make_room(found->second.events, additions.events.size());
    make_room(cases_, staged.size());
    make_room(requests_, requests.size());
    commit(staged, requests);
    return {};
  }

  result<bool> done(const request_id& request) const override {
    const std::scoped_lock hold{mutex_};
    return requests_.contains(request.text());
  }

  result<std::optional<request_record>> find_request(const request_id& request) const override {
    const std::scoped_lock hold{mutex_};
    const auto found = requests_.find(request.text());
    if (found == requests_.end()) return std::optional<request_record>{};
    request_record out = found->second;
    const auto& events = cases_.find(out.id)->second.events;
    for (out.last = out.first; out.last < events.size() && events[out.last].request.empty();)
      ++out.last;
    return std::optional{std::move(out)};
  }

  result<std::vector<event>> load(const case_id& id) const override {
    const std::scoped_lock hold{mutex_};
    std::vector<event> out;
    const auto found = cases_.find(id);
    if (found == cases_.end()) return out;
    out.reserve(found->second.events.size());
    for (const detail::kept_event& kept : found->second.events) {
      auto e = parse_event(kept.json);
      if (!e) return e.error();
      out.push_back(std::move(*e));
    }
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
  using case_map = std::unordered_map<case_id, kept_case>;
  /// Where the first event of each request stands.
  using request_map = std::unordered_map<std::string, request_record>;

  /// All cases whose id begins so, in the order in which they are told.
  std::vector<const kept_case*> by_id(std::string_view prefix = {}) const {
    std::vector<const kept_case*> all;
    all.reserve(cases_.size());
    for (const auto& [id, kept] : cases_)
      if (id.text().starts_with(prefix)) all.push_back(&kept);
    std::ranges::sort(all, {}, [](const kept_case* c) -> const case_id& { return c->now.id; });
    return all;
  }

  result<void> stage(detail::prepared_append& one, case_map& staged, request_map& requests) {
    const append_request& asked = *one.asked;
    std::optional<stored_case> now;
    if (const auto here = staged.find(asked.id); here != staged.end())
      now = here->second.now;
    else if (const auto there = cases_.find(asked.id); there != cases_.end())
      now = there->second.now;
    auto after = detail::extend_case(one, std::move(now), chain_);
    if (!after) return after.error();
    if (one.events.empty()) return {};
    for (const detail::kept_event& e : one.events)
      if (!e.request.empty() &&
          (requests_.contains(e.request) ||
           !requests.try_emplace(e.request, request_record{asked.id, e.number, 0}).second))
        return detail::duplicate_request(e.request);
    kept_case& into = staged[asked.id];
    into.now = std::move(*after);
    std::ranges::move(one.events, std::back_inserter(into.events));
    return {};
  }

  /// Room for n more, growing as push_back does.
  template <class T>
  static void make_room(std::vector<T>& events, std::size_t n) {
    if (events.capacity() - events.size() < n)
      events.reserve(std::max(events.size() + n, 2 * events.capacity()));
  }

  /// The same of a table, whose own growth is too slow where it is asked for one more each time.
  template <class Key, class T>
  static void make_room(std::unordered_map<Key, T>& table, std::size_t n) {
    const auto most =
        static_cast<double>(table.max_load_factor()) * static_cast<double>(table.bucket_count());
    if (static_cast<double>(table.size() + n) > most) table.reserve(2 * (table.size() + n));
  }

  void commit(case_map& staged, request_map& requests) noexcept {
    requests_.merge(requests);
    cases_.merge(staged); // new cases go over; what stays in `staged` are additions to known ones
    for (auto& [id, additions] : staged) {
      kept_case& into = cases_.find(id)->second;
      into.now = std::move(additions.now);
      std::ranges::move(additions.events, std::back_inserter(into.events));
    }
  }

  static std::optional<chain_fault> walk(const kept_case& kept, detail::chain_maker& chain) {
    detail::chain_walk walk{kept.now, chain};
    for (const detail::kept_event& e : kept.events)
      if (auto fault = walk.next({e.number, e.request, e.json, e.hash})) return fault;
    return walk.finish();
  }

  store_limits limits_;
  chain_digest digest_;
  detail::chain_maker chain_; ///< of append, which is alone
  mutable std::mutex mutex_;
  case_map cases_;
  request_map requests_;
  std::vector<detail::kept_audit> audit_;
};

} // namespace

std::unique_ptr<case_store> memory_store(const store_limits& limits, chain_digest with) {
  return std::make_unique<memory>(limits, with);
}

} // namespace banli
