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

/// Judges one basis.
class basis_check {
 public:
  basis_check(const law_library& laws, day d) : laws_(laws), day_(d) {}

  std::optional<error> operator()(const legal_basis& b) const {
    const law* l = b.law.empty() ? laws_.find(bare_title(b.title), day_) : laws_.find(b.law);
    if (l == nullptr) return unknown(b);
    if (day_ < l->effective)
      return make_error(errc::bad_value, "{} is in force only from {}", "《{}》自 {} 起施行",
                        l->title, to_text(l->effective));
    if (!l->holds(day_))
      return make_error(errc::repealed_law, "{} was repealed on {}: {}", "《{}》已于 {} 废止:{}",
                        l->title, to_text(*l->repealed), l->repeal_reason);
    if (l->rank != b.rank)
      return make_error(errc::bad_value, "{} is of rank {}, not {}", "《{0}》的位阶为{3},不是{4}",
                        l->title, to_string(l->rank), to_string(b.rank), label(l->rank),
                        label(b.rank));
    return article(*l, b);
  }

 private:
  error unknown(const legal_basis& b) const {
    if (!b.law.empty())
      return make_error(errc::unknown_reference, "the law library has no '{}'",
                        "法律法规库没有“{}”", b.law.text());
    std::vector<std::string_view> known;
    for (const law& l : laws_.laws()) known.push_back(l.title);
    return with_hint(make_error(errc::unknown_reference, "the law library has no '{}'",
                                "法律法规库没有《{}》", bare_title(b.title)),
                     suggestion(bare_title(b.title), known));
  }

  static std::optional<error> article(const law& l, const legal_basis& b) {
    if (l.articles.empty() || b.article.empty()) return std::nullopt;
    std::vector<std::string_view> known;
    for (const law_article& a : l.articles) {
      // 第九条第二款 stands in 第九条.
      if (b.article == a.number || b.article.starts_with(a.number + "第")) return std::nullopt;
      known.push_back(a.number);
    }
    return with_hint(
        make_error(errc::unknown_reference, "{} has no {}", "《{}》没有{}", l.title, b.article),
        suggestion(b.article, known));
  }

  const law_library& laws_;
  day day_;
};

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
  problems out;
  const basis_check judge{laws, d};
  for (std::size_t i = 0; i < item.bases.size(); ++i)
    if (auto wrong = judge(item.bases[i])) {
      wrong->where = where(fmt::format("/bases/{}", i));
      out.push_back(*std::move(wrong));
    }
  return out;
}

} // namespace banli
