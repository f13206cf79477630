// A score for people and for programs.
#include <banli/assessment/score.hpp>

#include <array>

#include <boost/json.hpp>

#include <banli/time/text.hpp>

namespace banli {

namespace {

constexpr std::size_t score_causes = 9;

/// One line of text for every line and node, the tree by indentation.
class score_printer {
 public:
  explicit score_printer(language in) : in_(in) {}

  std::string print(const score& s) {
    out_ = fmt::format("{}  {}  {}..{}\n", s.subject, to_string(s.total), to_text(s.from),
                       to_text(s.until - days{1}));
    for (const score_vetoed& v : s.vetoes)
      out_ +=
          fmt::format("  {} {}{}\n", in_ == language::zh ? "一票否决:" : "veto:", v.name.in(in_),
                      because(v.records));
    if (!s.complete)
      out_ += in_ == language::zh ? "  数据不全,得分不完整\n"
                                  : "  not complete: something is missing\n";
    node(s.root, 1);
    return std::move(out_);
  }

 private:
  std::string because(const std::vector<std::string>& records) const {
    std::string out;
    for (const std::string& r : records) out += (out.empty() ? "  [" : ", ") + r;
    return out.empty() ? out : out + "]";
  }

  void node(const score_node& n, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    out_ += fmt::format("{}{}  {}", indent, n.name.in(in_), to_string(n.value));
    if (n.weight != decimal{1, 0})
      out_ += fmt::format(" × {} = {}", to_string(n.weight), to_string(n.contribution));
    out_ += '\n';
    for (const score_line& l : n.lines) line(l, n, indent);
    for (const score_node& p : n.parts) node(p, depth + 1);
  }

  void line(const score_line& l, const score_node& of, const std::string& indent) {
    const std::string_view cause = in_ == language::zh ? label(l.cause) : to_string(l.cause);
    const bool own = l.id == of.id;
    const std::string sign = l.points > decimal{} ? "+" : "";
    out_ += fmt::format("{}  {}{}  {}", indent, sign, to_string(l.points),
                        own ? std::string{cause} : l.name.in(in_));
    if (!own && l.cause != score_cause::adjustment) out_ += fmt::format(" ({})", cause);
    out_ += because(l.records);
    if (!l.note.in(in_).empty()) out_ += "  " + l.note.in(in_);
    for (const std::string& m : l.missing) out_ += " " + m;
    out_ += '\n';
  }

  language in_;
  std::string out_;
};

boost::json::object json_of(const text& t) { return {{"en", t.en}, {"zh", t.zh}}; }

boost::json::array json_of(const std::vector<std::string>& all) {
  boost::json::array out;
  for (const std::string& s : all) out.emplace_back(s);
  return out;
}

boost::json::object json_of(const score_node& n) {
  boost::json::array lines, parts;
  for (const score_line& l : n.lines)
    lines.push_back(boost::json::object{{"cause", to_string(l.cause)},
                                        {"id", l.id},
                                        {"name", json_of(l.name)},
                                        {"points", to_string(l.points)},
                                        {"records", json_of(l.records)},
                                        {"note", json_of(l.note)},
                                        {"missing", json_of(l.missing)}});
  for (const score_node& p : n.parts) parts.push_back(json_of(p));
  return {{"id", n.id},
          {"name", json_of(n.name)},
          {"weight", to_string(n.weight)},
          {"value", to_string(n.value)},
          {"contribution", to_string(n.contribution)},
          {"lines", std::move(lines)},
          {"parts", std::move(parts)}};
}

} // namespace

std::string_view to_string(score_cause c) {
  constexpr std::array<std::string_view, score_causes> names{
      "points", "value", "mean", "adjustment", "waived", "trial", "cap", "factor", "rounding"};
  return names[static_cast<std::size_t>(c)];
}

std::string_view label(score_cause c) {
  constexpr std::array<std::string_view, score_causes> names{"基础分", "计算值",   "平均分",
                                                             "扣加分", "免予扣分", "试运行不计分",
                                                             "限幅",   "折合系数", "修约"};
  return names[static_cast<std::size_t>(c)];
}

std::string to_text(const score& s, language in) { return score_printer{in}.print(s); }

std::string to_json(const score& s) {
  boost::json::array vetoes;
  for (const score_vetoed& v : s.vetoes)
    vetoes.push_back(boost::json::object{
        {"id", v.id}, {"name", json_of(v.name)}, {"records", json_of(v.records)}});
  return boost::json::serialize(boost::json::object{{"subject", s.subject},
                                                    {"scheme", s.scheme},
                                                    {"from", to_text(s.from)},
                                                    {"until", to_text(s.until)},
                                                    {"total", to_string(s.total)},
                                                    {"complete", s.complete},
                                                    {"vetoes", std::move(vetoes)},
                                                    {"root", json_of(s.root)}});
}

} // namespace banli
