// The law library and the check of bases against it.
#include <banli/library/law_library.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

bool overlap(const law& a, const law& b) {
  return (!b.repealed || a.effective < *b.repealed) && (!a.repealed || b.effective < *a.repealed);
}

error no_such_law(const law_library& laws, const legal_basis& b) {
  std::vector<std::string_view> known;
  if (!b.law.empty()) {
    for (const law& l : laws.laws()) known.push_back(l.id.text());
    return with_hint(make_error(errc::unknown_reference, "the law library has no '{}'",
                                "法律法规库没有“{}”", b.law.text()),
                     suggestion(b.law.text(), known));
  }
  for (const law& l : laws.laws()) known.push_back(l.title);
  return with_hint(make_error(errc::unknown_reference, "the law library has no '{}'",
                              "法律法规库没有《{}》", bare_title(b.title)),
                   suggestion(bare_title(b.title), known));
}

error other_rank(const law& l, const legal_basis& b) {
  return make_error(errc::bad_value, "{} is of rank {}, not {}", "《{0}》的位阶为{3},不是{4}",
                    l.title, to_string(l.rank), to_string(b.rank), label(l.rank), label(b.rank));
}

/// Whether a law has the article of a basis; a law whose articles are not entered has them all.
bool has_article(const law& l, const legal_basis& b) {
  if (l.articles.empty() || b.article.empty()) return true;
  return std::any_of(l.articles.begin(), l.articles.end(), [&b](const law_article& a) {
    // 第九条第二款 stands in 第九条.
    return b.article == a.number || b.article.starts_with(a.number + "第");
  });
}

error no_such_article(const law& l, const legal_basis& b) {
  std::vector<std::string_view> known;
  for (const law_article& a : l.articles) known.push_back(a.number);
  return with_hint(
      make_error(errc::unknown_reference, "{} has no {}", "《{}》没有{}", l.title, b.article),
      suggestion(b.article, known));
}

/// Judges one basis on a day.
std::optional<error> judge(const legal_basis& b, const law_library& laws, day d) {
  const law* l = b.law.empty() ? laws.find(bare_title(b.title), d) : laws.find(b.law);
  if (l == nullptr) return no_such_law(laws, b);
  if (d < l->effective)
    return make_error(errc::bad_value, "{} is in force only from {}", "《{}》自 {} 起施行",
                      l->title, to_text(l->effective));
  if (!l->holds(d))
    return make_error(errc::repealed_law, "{} was repealed on {}: {}", "《{}》已于 {} 废止:{}",
                      l->title, to_text(*l->repealed), l->repeal_reason);
  if (l->rank != b.rank) return other_rank(*l, b);
  if (!has_article(*l, b)) return no_such_article(*l, b);
  return std::nullopt;
}

/// Judges one basis on no day: any edition will do.
std::optional<error> judge(const legal_basis& b, const law_library& laws) {
  std::optional<error> wrong;
  for (const law& l : laws.laws()) {
    if (b.law.empty() ? l.title != bare_title(b.title) : l.id != b.law) continue;
    if (l.rank != b.rank)
      wrong = other_rank(l, b);
    else if (!has_article(l, b))
      wrong = no_such_article(l, b);
    else
      return std::nullopt;
  }
  return wrong ? wrong : no_such_law(laws, b);
}

template <class Judge>
problems each_basis(const service_item& item, const locator& where, Judge judge_one) {
  problems out;
  for (std::size_t i = 0; i < item.bases.size(); ++i)
    if (auto wrong = judge_one(item.bases[i])) {
      wrong->where = where(fmt::format("/bases/{}", i));
      out.push_back(*std::move(wrong));
    }
  return out;
}

} // namespace

std::string_view bare_title(std::string_view title) {
  constexpr std::string_view open = "《";
  constexpr std::string_view close = "》";
  if (title.starts_with(open) && title.ends_with(close) && title.size() >= 6)
    return title.substr(open.size(), title.size() - open.size() - close.size());
  return title;
}

result<void> law_library::judge(const law& l, const law* itself) const {
  if (l.id.empty() || l.title.empty())
    return make_error(errc::missing_field, "a law needs an id and a title",
                      "法律法规须有标识和名称");
  if (l.articles.size() > limits_.articles)
    return make_error(errc::limit_exceeded, "more than {} articles", "条文超过 {} 条",
                      limits_.articles);
  if (l.repealed && *l.repealed <= l.effective)
    return make_error(errc::bad_value, "{} is repealed before it is in force",
                      "《{}》的废止日期不晚于施行日期", l.title);
  for (const law& other : laws_) {
    if (&other == itself) continue;
    if (other.id == l.id)
      return make_error(errc::duplicate_id, "the library has a law '{}'", "法律法规库已有“{}”",
                        l.id.text());
    if (other.title == l.title && overlap(other, l))
      return make_error(errc::duplicate_id, "{} is in force in the same days as '{}'",
                        "《{}》与“{}”的施行期间重叠", l.title, other.id.text());
  }
  return {};
}

result<void> law_library::add(law l) {
  if (laws_.size() >= limits_.laws)
    return make_error(errc::limit_exceeded, "more than {} laws", "法律法规超过 {} 部",
                      limits_.laws);
  l.title = std::string{bare_title(l.title)};
  if (auto ok = judge(l, nullptr); !ok) return ok;
  laws_.push_back(std::move(l));
  return {};
}

result<void> law_library::amend(law l) {
  const law* old = find(l.id);
  if (old == nullptr)
    return make_error(errc::unknown_reference, "the law library has no '{}'", "法律法规库没有“{}”",
                      l.id.text());
  l.title = std::string{bare_title(l.title)};
  if (auto ok = judge(l, old); !ok) return ok;
  laws_[static_cast<std::size_t>(old - laws_.data())] = std::move(l);
  return {};
}

result<void> law_library::repeal(const law_id& id, day from, std::string reason) {
  const law* old = find(id);
  if (old == nullptr)
    return make_error(errc::unknown_reference, "the law library has no '{}'", "法律法规库没有“{}”",
                      id.text());
  if (reason.empty())
    return make_error(errc::missing_reason, "a repeal needs a reason", "废止须写明理由");
  law l = *old;
  l.repealed = from;
  l.repeal_reason = std::move(reason);
  return amend(std::move(l));
}

const law* law_library::find(const law_id& id) const {
  const auto it =
      std::find_if(laws_.begin(), laws_.end(), [&id](const law& l) { return l.id == id; });
  return it == laws_.end() ? nullptr : &*it;
}

const law* law_library::find(std::string_view title, day d) const {
  const law* best = nullptr;
  for (const law& l : laws_) {
    if (l.title != title) continue;
    if (l.holds(d)) return &l;
    if (best == nullptr || l.effective > best->effective) best = &l;
  }
  return best;
}

problems check_bases(const service_item& item, const law_library& laws, day d,
                     const locator& where) {
  return each_basis(item, where, [&](const legal_basis& b) { return judge(b, laws, d); });
}

problems check_basis_names(const service_item& item, const law_library& laws,
                           const locator& where) {
  return each_basis(item, where, [&](const legal_basis& b) { return judge(b, laws); });
}

} // namespace banli
