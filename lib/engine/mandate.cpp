// Who acts for whom: the mandates that hold at an instant, followed backwards, and what is wrong
// with those an organisation lists.
#include <banli/engine/mandate.hpp>

#include <algorithm>
#include <array>
#include <map>

#include <banli/base/nearest.hpp>
#include <banli/engine/organisation.hpp>

namespace banli {

namespace {

constexpr std::size_t most_mandates = 10'000;

template <class T>
bool listed(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// What two scopes share; an empty list stands for everything. Nothing where they are disjoint.
template <class T>
std::optional<std::vector<T>> scope_shared(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  std::vector<T> out;
  for (const T& each : a)
    if (listed(b, each)) out.push_back(each);
  return out.empty() ? std::nullopt : std::optional{std::move(out)};
}

/// Follows mandates that hold at one instant, from who acts back to those for whom.
class principal_search {
 public:
  principal_search(const organisation& o, const mandate_question& what) : o_(o), what_(what) {}

  std::vector<principal> run(const person_id& who) {
    seen_.push_back(who);
    std::vector<principal> reached{{who, {}, {}}};
    for (int depth = 0; depth < o_.mandate_depth && !reached.empty(); ++depth) {
      std::vector<principal> next;
      for (const principal& p : reached) givers(p, next);
      out_.insert(out_.end(), next.begin(), next.end());
      reached = std::move(next);
    }
    return std::move(out_);
  }

 private:
  void givers(const principal& of, std::vector<principal>& next) {
    for (const mandate& m : o_.mandates) {
      if (m.to != of.who || !m.holds_at(what_.when)) continue;
      if (!m.items.empty() && !listed(m.items, what_.item)) continue;
      auto posts = scope_shared(of.posts, m.posts);
      if (!posts || listed(seen_, m.from)) continue;
      seen_.push_back(m.from);
      next.push_back({m.from, m.kind, *std::move(posts)});
    }
  }

  const organisation& o_;
  const mandate_question& what_;
  std::vector<person_id> seen_;
  std::vector<principal> out_;
};

class mandate_checker {
 public:
  mandate_checker(const organisation& o, const locator& where) : o_(o), where_(where) {
    for (const person& p : o.persons) persons_.emplace_back(p.id.text());
    for (const post& p : o.posts) posts_.emplace_back(p.id.text());
  }

  problems run() {
    if (o_.mandates.size() > most_mandates)
      add(make_error(errc::limit_exceeded, "{} mandates; the limit is {}",
                     "授权与替岗 {} 项,上限为 {}", o_.mandates.size(), most_mandates),
          "/mandates");
    if (o_.mandate_depth < 1 || o_.mandate_depth > 8)
      add(make_error(errc::bad_value, "mandate_depth is {}, not 1 to 8",
                     "mandate_depth 为 {},应为 1 至 8", o_.mandate_depth),
          "/mandate_depth");
    if (!found_.empty()) return std::move(found_);
    for (std::size_t i = 0; i < o_.mandates.size(); ++i) {
      by_giver_[o_.mandates[i].from].push_back(i);
      check(o_.mandates[i], i);
    }
    for (std::size_t i = 0; i < o_.mandates.size(); ++i) follow(i);
    return std::move(found_);
  }

 private:
  void add(error e, const std::string& path) { found_.push_back(at(std::move(e), where_(path))); }
  static std::string path_of(std::size_t i, std::string_view key = {}) {
    return fmt::format("/mandates/{}{}{}", i, key.empty() ? "" : "/", key);
  }

  void known(std::string_view id, const std::vector<std::string_view>& all, const text& what,
             const std::string& path) {
    if (std::find(all.begin(), all.end(), id) != all.end()) return;
    add(with_hint(make_error(errc::unknown_reference, "there is no {} '{}'", "没有名为“{1}”的{2}",
                             what.en, id, what.zh),
                  suggestion(id, all)),
        path);
  }

  void check(const mandate& m, std::size_t i) {
    const text person{"person", "人员"};
    known(m.from.text(), persons_, person, path_of(i, "from"));
    known(m.to.text(), persons_, person, path_of(i, "to"));
    for (std::size_t p = 0; p < m.posts.size(); ++p)
      known(m.posts[p].text(), posts_, {"post", "岗位"}, path_of(i, fmt::format("posts/{}", p)));
    if (!m.registered_by.empty())
      known(m.registered_by.text(), persons_, person, path_of(i, "registered_by"));
    if (m.from == m.to)
      add(make_error(errc::bad_value, "{} cannot act for themselves", "{} 不能授权给自己",
                     m.from.text()),
          path_of(i, "to"));
    if (m.since && m.until && *m.until <= *m.since)
      add(make_error(errc::bad_value, "a mandate of {} ends before it begins",
                     "{} 的授权截止时间不晚于开始时间", m.from.text()),
          path_of(i, "until"));
    if (m.kind != mandate_kind::delegation) return;
    for (const auto& [there, key] : {std::pair{m.until.has_value(), "until"},
                                     std::pair{!m.registered_by.empty(), "registered_by"}})
      if (!there)
        add(make_error(errc::missing_field, "a delegation of {} does not say '{}'",
                       "{} 的授权代理缺少“{}”", m.from.text(), key),
            path_of(i));
  }

  /// What a way along mandates still lends.
  struct stretch {
    std::optional<instant> since, until;
    std::vector<post_id> posts;
    std::vector<item_id> items;
  };

  static std::optional<stretch> joined(const stretch& s, const mandate& m) {
    stretch out = s;
    if (m.since && (!out.since || *out.since < *m.since)) out.since = m.since;
    if (m.until && (!out.until || *m.until < *out.until)) out.until = m.until;
    if (out.since && out.until && *out.until <= *out.since) return std::nullopt;
    auto posts = scope_shared(s.posts, m.posts);
    auto items = scope_shared(s.items, m.items);
    if (!posts || !items) return std::nullopt;
    out.posts = *std::move(posts);
    out.items = *std::move(items);
    return out;
  }

  /// Looks along the ways that begin with a mandate, as far as depth allows and one further.
  void follow(std::size_t first) {
    const auto all = joined({}, o_.mandates[first]);
    told_ = false;
    if (all && o_.mandates[first].from != o_.mandates[first].to) walk(first, first, *all, 1);
  }

  void walk(std::size_t first, std::size_t last, const stretch& lent, int depth) {
    const person_id& giver = o_.mandates[first].from;
    const auto next = by_giver_.find(o_.mandates[last].to);
    if (next == by_giver_.end()) return;
    for (const std::size_t n : next->second) {
      const mandate& m = o_.mandates[n];
      const auto further = joined(lent, m);
      if (told_ || !further || m.from == m.to) continue;
      if (m.to == giver)
        tell(make_error(errc::bad_value, "the mandates of {} lead back to them",
                        "{} 的授权形成循环", giver.text()),
             first);
      else if (depth + 1 > o_.mandate_depth)
        tell(make_error(errc::limit_exceeded,
                        "{} hands on to {} what {} was given: more than {} mandate(s) in a row",
                        "{0} 将受托的权限再转给 {1}:{2} 的授权连续超过 {3} 层", m.from.text(),
                        m.to.text(), m.from.text(), o_.mandate_depth),
             n);
      else
        walk(first, n, *further, depth + 1);
    }
  }

  void tell(error e, std::size_t i) {
    told_ = true;
    add(std::move(e), path_of(i));
  }

  const organisation& o_;
  const locator& where_;
  std::vector<std::string_view> persons_;
  std::vector<std::string_view> posts_;
  std::map<person_id, std::vector<std::size_t>> by_giver_;
  bool told_ = false;
  problems found_;
};

} // namespace

std::string_view to_string(mandate_kind k) {
  return k == mandate_kind::delegation ? "delegation" : "substitute";
}

std::string_view label(mandate_kind k) {
  return k == mandate_kind::delegation ? "授权代理" : "A/B岗替岗";
}

std::vector<principal> principals(const organisation& o, const person_id& who,
                                  const mandate_question& what) {
  return principal_search{o, what}.run(who);
}

problems check_mandates(const organisation& o, const locator& where) {
  return mandate_checker{o, where}.run();
}

} // namespace banli
