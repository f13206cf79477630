#include <banli/portal/column_search.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include <banli/base/utf8.hpp>

namespace banli {

namespace {

constexpr std::uint32_t weight_of_name = 5;
constexpr double k1 = 1.2;
constexpr double b = 0.75;

/// A character as it is compared: small and half-width; 0 where it divides words.
char32_t folded(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0; // full-width
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return c;
  if (c < 0x80) return 0;
  const bool sign = (c >= 0x2000 && c < 0x2E80) || (c >= 0x3000 && c < 0x3040) || c >= 0xFE10 ||
                    (c >= 0xA0 && c < 0xC0);
  return sign && c < 0x20000 ? 0 : c;
}

bool is_letter(char32_t c) { return c < 0x2E80; }

/// Cuts a text into terms and gives each to a function, as often as it stands there. With singles,
/// every character of Chinese is a term, too.
class term_cutter {
 public:
  enum class singles : std::uint8_t { all, lonely };

  template <class F>
  static void cut(std::string_view text, singles which, std::size_t most, F&& f) {
    std::string word;    // of letters and digits
    char32_t before = 0; // the Chinese character before, of the same run
    bool paired = false;
    const auto end_word = [&] {
      if (!word.empty()) f(word);
      word.clear();
    };
    const auto one = [&](char32_t c) {
      std::string s;
      detail::encode(c, s);
      f(s);
    };
    const auto end_run = [&] {
      if (before != 0 && !paired && which == singles::lonely) one(before);
      before = 0;
      paired = false;
    };
    for (std::size_t at = 0, n = 0; at < text.size() && n < most; ++n) {
      const detail::decoded d = detail::decode_any(text, at);
      at += d.size;
      const char32_t c = folded(d.point);
      if (c != 0 && is_letter(c)) {
        end_run();
        detail::encode(c, word);
        continue;
      }
      end_word();
      if (c == 0) {
        end_run();
        continue;
      }
      if (which == singles::all) one(c);
      if (before != 0) {
        std::string pair;
        detail::encode(before, pair);
        detail::encode(c, pair);
        f(pair);
        paired = true;
      }
      before = c;
    }
    end_word();
    end_run();
  }
};

std::vector<std::string> terms_of(std::string_view question, std::size_t most) {
  std::vector<std::string> out;
  term_cutter::cut(question, term_cutter::singles::lonely, most, [&](const std::string& t) {
    if (std::ranges::find(out, t) == out.end()) out.push_back(t);
  });
  return out;
}

/// About so many characters of a text from a little before a place on.
std::string excerpt_of(std::string_view text, std::size_t place, std::size_t most) {
  std::size_t first = place;
  for (std::size_t back = 0; back < most / 4 && first > 0; ++back) {
    do --first;
    while (first > 0 && (static_cast<unsigned char>(text[first]) & 0xC0U) == 0x80U);
  }
  std::size_t end = first;
  for (std::size_t n = 0; n < most && end < text.size(); ++n)
    end += detail::decode_any(text, end).size;
  std::string out{text.substr(first, end - first)};
  std::ranges::replace(out, '\n', ' ');
  return (first > 0 ? "…" : "") + out + (end < text.size() ? "…" : "");
}

} // namespace

column_search::column_search(const service_column& column, const search_limits& limits)
    : limits_(limits) {
  for (const service_item& i : column.items()) add(column, i);
  double sum = 0;
  for (const item_text& t : items_) sum += t.length;
  if (sum > 0) mean_length_ = sum / static_cast<double>(items_.size());
}

void column_search::add(const service_column& column, const service_item& i) {
  item_text t{.code = i.code, .name = i.name, .parts = {}};
  const auto put = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) t.parts.push_back({name, text});
  };
  put("事项名称", i.name);
  put("事项编码", i.code.text());
  put("事项内容", i.description);
  put("事项分类", column.type_name(i.type));
  put("办理部门", column.department_name(i.department) + i.section);
  for (const std::string& c : i.conditions) put("受理条件", c);
  for (const material& m : i.materials) put("申请材料", m.name);
  for (const service_form& f : i.forms) put("服务表格", f.name + " " + f.description);
  for (const question& q : i.questions) put("常见问题解答", q.asked + " " + q.answered);
  for (const legal_basis& l : i.bases) put("行使依据", l.title + l.article + " " + l.words);
  for (const std::string& a : i.applicants) put("服务对象", a);

  std::unordered_map<std::string, std::uint32_t> counts;
  std::size_t left = limits_.text_characters;
  for (const part& p : t.parts) {
    const std::uint32_t weight = &p == &t.parts.front() ? weight_of_name : 1;
    term_cutter::cut(p.text, term_cutter::singles::all, left, [&](const std::string& term) {
      counts[term] += weight;
      t.length += weight;
    });
    left -= std::min(left, detail::count_points(p.text));
  }
  const auto index = static_cast<std::uint32_t>(items_.size());
  for (const auto& [term, n] : counts) postings_[term].push_back({index, n});
  items_.push_back(std::move(t));
}

std::vector<column_search::posting> column_search::shortened(const std::string& pair) const {
  std::vector<posting> out;
  const detail::decoded first = detail::decode_any(pair, 0);
  if (first.size >= pair.size() || is_letter(first.point)) return out;
  const std::string_view head = std::string_view{pair}.substr(0, first.size);
  const std::string_view tail = std::string_view{pair}.substr(first.size);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const std::string& name = items_[i].name;
    const std::size_t at = name.find(head);
    if (at != std::string::npos && name.find(tail, at + head.size()) != std::string::npos)
      out.push_back({static_cast<std::uint32_t>(i), 1});
  }
  return out;
}

search_hit column_search::hit(std::size_t index, double score,
                              const std::vector<std::string>& terms) const {
  const item_text& t = items_[index];
  search_hit out{index, t.code, t.name, {}, {}, score};
  std::size_t best = 0;
  const part* in = nullptr;
  for (const part& p : t.parts) {
    std::set<std::string> there; // the terms of the question that this part has
    term_cutter::cut(p.text, term_cutter::singles::all, limits_.text_characters,
                     [&](const std::string& term) {
                       if (std::ranges::find(terms, term) != terms.end()) there.insert(term);
                     });
    const std::size_t n = there.size();
    if (n > best) {
      best = n;
      in = &p;
    }
  }
  if (in == nullptr) in = &t.parts.front(); // by a short form of its name
  std::size_t place = std::string::npos;
  for (const std::string& term : terms) place = std::min(place, in->text.find(term));
  out.part = in->name;
  out.excerpt =
      excerpt_of(in->text, place == std::string::npos ? 0 : place, limits_.excerpt_characters);
  return out;
}

result<search_result> column_search::find(std::string_view question, std::size_t most) const {
  if (!detail::is_utf8(question))
    return make_error(errc::bad_utf8, "the question is no UTF-8", "检索词不是 UTF-8 文本");
  if (detail::count_points(question) > limits_.question_characters)
    return make_error(errc::limit_exceeded, "a question has at most {} characters",
                      "检索词最多 {} 个字", limits_.question_characters);
  if (most > limits_.hits)
    return make_error(errc::limit_exceeded, "at most {} hits can be asked for",
                      "一次最多查询 {} 项", limits_.hits);
  const std::vector<std::string> terms = terms_of(question, limits_.question_characters);
  struct score {
    std::size_t terms = 0;
    double points = 0;
  };
  std::unordered_map<std::uint32_t, score> scores;
  const auto all = static_cast<double>(items_.size());
  for (const std::string& term : terms) {
    const auto known = postings_.find(term);
    std::vector<posting> by_short_form;
    if (known == postings_.end()) by_short_form = shortened(term);
    const auto& found = known != postings_.end() ? known->second : by_short_form;
    const auto holding = static_cast<double>(found.size());
    const double rarity = std::log(1 + (all - holding + 0.5) / (holding + 0.5));
    for (const posting& p : found) {
      score& s = scores[p.item];
      const double n = p.count;
      const double share = items_[p.item].length / mean_length_;
      ++s.terms;
      s.points += rarity * n * (k1 + 1) / (n + k1 * (1 - b + b * share));
    }
  }
  std::vector<std::pair<double, std::uint32_t>> order;
  for (const auto& [item, s] : scores)
    if (4 * s.terms >= terms.size()) order.emplace_back(-s.points, item);
  std::ranges::sort(order);
  search_result out;
  out.found = order.size();
  for (std::size_t i = 0; i < std::min(most, order.size()); ++i)
    out.hits.push_back(hit(order[i].second, -order[i].first, terms));
  return out;
}

} // namespace banli
