// What is wrong with the forms of a chart: each by itself, and the steps that write and read them.
#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "flowchart/form_parts.hpp"
#include <banli/base/nearest.hpp>

namespace banli::detail {
namespace {

constexpr std::size_t most_looks = 20'000'000; // at arrows

class form_checker {
 public:
  form_checker(const flowchart& chart, const chart_links& links, const locator& where)
      : chart_(chart), links_(links), where_(where) {}

  problems run() {
    for (std::size_t f = 0; f < chart_.forms.size(); ++f) check_form(f);
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) check_uses(n);
    check_flow();
    return std::move(found_);
  }

 private:
  void add(error e, const std::string& path) { found_.push_back(at(std::move(e), where_(path))); }

  // ---- a form by itself

  void check_form(std::size_t f) {
    const form& x = chart_.forms[f];
    const std::string path = fmt::format("/forms/{}", f);
    if (x.id.empty())
      add(make_error(errc::missing_field, "form {} has no id", "第 {} 个表单没有编号", f + 1),
          path + "/id");
    else if (!form_by_id_.emplace(x.id, f).second)
      add(make_error(errc::duplicate_id, "form '{}' is there twice", "表单“{}”重复", x.id.text()),
          path + "/id");
    if (x.fields.empty())
      add(make_error(errc::missing_field, "form '{}' has no fields", "表单“{}”没有字段",
                     x.id.text()),
          path + "/fields");
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < x.fields.size(); ++i) {
      const std::string at_field = fmt::format("{}/fields/{}", path, i);
      const form_field& field = x.fields[i];
      if (field.id.empty())
        add(make_error(errc::missing_field, "field {} of form '{}' has no id",
                       "表单“{1}”的第 {0} 个字段没有编号", i + 1, x.id.text()),
            at_field + "/id");
      else if (!ids.insert(field.id).second)
        add(make_error(errc::duplicate_id, "field '{}' is there twice in form '{}'",
                       "字段“{}”在表单“{}”中重复", field.id, x.id.text()),
            at_field + "/id");
      else if (field.id == all_fields)
        add(make_error(errc::bad_value, "'{}' stands for all fields and is the id of none",
                       "“{}”代表全部字段,不能作为字段编号", field.id),
            at_field + "/id");
      check_field(field, at_field);
    }
  }

  void check_field(const form_field& field, const std::string& path) {
    const bool chooses = field.type == field_type::choice || field.type == field_type::choices;
    if (chooses && field.choices.empty())
      add(make_error(errc::missing_field, "field '{}' has no choices", "字段“{}”没有选项",
                     field.shown()),
          path + "/choices");
    if (!chooses && !field.choices.empty()) not_of_this_type(field, "choices", "选项", path);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
      const std::string& c = field.choices[i];
      const std::string at_choice = fmt::format("{}/choices/{}", path, i);
      if (c.empty() || c.find('|') != std::string::npos)
        add(make_error(errc::bad_value, "'{}' is no choice: one is a text without |",
                       "“{}”不能作为选项:选项为不含 | 的文字", c),
            at_choice);
      else if (!seen.insert(c).second)
        add(make_error(errc::duplicate_id, "choice '{}' is there twice", "选项“{}”重复", c),
            at_choice);
    }
    if (!field.format.empty() && field.type != field_type::text)
      not_of_this_type(field, "format", "格式", path);
    else if (!is_pattern(field.format))
      add(make_error(errc::bad_value, "the format '{}' is no regular expression",
                     "格式“{}”不是正则表达式", field.format),
          path + "/format");
    const bool has_length = field.type == field_type::text || field.type == field_type::choices;
    if (!has_length && (field.least != 0 || field.most != 0))
      not_of_this_type(field, field.least != 0 ? "least" : "most", "长度", path);
    else if (field.least < 0 || field.most < 0 || (field.most > 0 && field.most < field.least))
      add(make_error(errc::bad_value, "field '{}': at least {} and at most {} cannot both hold",
                     "字段“{}”:至少 {}、至多 {} 不能成立", field.shown(), field.least, field.most),
          path + (field.least < 0 ? "/least" : "/most"));
  }

  void not_of_this_type(const form_field& field, std::string_view key, std::string_view zh,
                        const std::string& path) {
    add(make_error(errc::bad_value, "field '{}' is of type {} and has no {}",
                   "字段“{0}”的类型为{3},不应有{4}", field.shown(), to_string(field.type), key,
                   label(field.type), zh),
        fmt::format("{}/{}", path, key));
  }

  // ---- a form at a node

  void check_uses(std::size_t n) {
    const node& x = chart_.nodes[n];
    if (!x.forms.empty() && x.kind != node_kind::step)
      add(make_error(errc::bad_value, "'{}' is no step: nobody fills in a form there",
                     "“{}”不是环节,不能填写表单", x.shown()),
          fmt::format("/nodes/{}/forms", n));
    std::set<form_id> seen;
    for (std::size_t u = 0; u < x.forms.size(); ++u) {
      const form_use& use = x.forms[u];
      const std::string path = fmt::format("/nodes/{}/forms/{}", n, u);
      const auto known = form_by_id_.find(use.form);
      if (known == form_by_id_.end()) {
        std::vector<std::string_view> names;
        for (const form& f : chart_.forms) names.emplace_back(f.id.text());
        add(with_hint(make_error(errc::unknown_reference, "the flowchart has no form '{}'",
                                 "流程图没有表单“{}”", use.form.text()),
                      suggestion(use.form.text(), names)),
            path + "/form");
        continue;
      }
      if (!seen.insert(use.form).second)
        add(make_error(errc::duplicate_id, "step '{}' names form '{}' twice",
                       "环节“{}”两次列出表单“{}”", x.shown(), use.form.text()),
            path + "/form");
      std::set<std::string_view> named;
      check_fields(use.writes, known->second, path + "/writes", named);
      check_fields(use.reads, known->second, path + "/reads", named);
    }
  }

  void check_fields(const std::vector<std::string>& list, std::size_t f, const std::string& path,
                    std::set<std::string_view>& named) {
    const form& x = chart_.forms[f];
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string& id = list[i];
      const std::string at_field = fmt::format("{}/{}", path, i);
      if (!named.insert(id).second)
        add(make_error(errc::duplicate_id, "field '{}' is listed twice at one step",
                       "字段“{}”在同一环节中重复列出", id),
            at_field);
      const auto same = [&](const form_field& field) { return field.id == id; };
      if (id == all_fields || std::any_of(x.fields.begin(), x.fields.end(), same)) continue;
      std::vector<std::string_view> names;
      for (const form_field& field : x.fields) names.emplace_back(field.id);
      add(with_hint(make_error(errc::unknown_reference, "form '{}' has no field '{}'",
                               "表单“{}”没有字段“{}”", x.id.text(), id),
                    suggestion(id, names)),
          at_field);
    }
  }

  // ---- when fields are written and read

  /// The steps that write a field, in the order of the chart.
  std::vector<std::size_t> writers_of(const form_id& f, const std::string& field) {
    std::vector<std::size_t> out = writers_[f][field];
    const std::vector<std::size_t>& of_all = writers_[f][std::string{all_fields}];
    out.insert(out.end(), of_all.begin(), of_all.end());
    return out;
  }

  void check_flow() {
    into_.resize(chart_.nodes.size());
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a)
      if (links_.from[a] != no_node && links_.to[a] != no_node)
        into_[links_.to[a]].push_back(links_.from[a]);
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) {
      if (chart_.nodes[n].kind != node_kind::step) continue;
      for (const form_use& use : chart_.nodes[n].forms)
        for (const std::string& field : use.writes) writers_[use.form][field].push_back(n);
    }
    for (std::size_t f = 0; f < chart_.forms.size(); ++f)
      if (const form_id& id = chart_.forms[f].id; !id.empty() && form_by_id_.at(id) == f)
        check_writers(f);
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n)
      if (chart_.nodes[n].kind == node_kind::step) check_readers(n);
  }

  void check_writers(std::size_t f) {
    const form& x = chart_.forms[f];
    for (std::size_t i = 0; i < x.fields.size(); ++i) {
      const form_field& field = x.fields[i];
      if (field.given || field.id.empty() || !writers_of(x.id, field.id).empty()) continue;
      const std::string path = fmt::format("/forms/{}/fields/{}", f, i);
      if (field.required)
        add(make_error(errc::unwritten_field,
                       "field '{}' of form '{}' is required, and no step may write it",
                       "表单“{1}”的字段“{0}”为必填,但没有环节可以填写", field.shown(), x.id.text()),
            path);
      else
        add(make_error(errc::unwritten_field, "no step may write field '{}' of form '{}'",
                       "没有环节可以填写表单“{1}”的字段“{0}”", field.shown(), x.id.text()),
            path);
    }
  }

  /// Who reads all fields reads what is there; who names one means it.
  void check_readers(std::size_t n) {
    const node& step = chart_.nodes[n];
    for (std::size_t u = 0; u < step.forms.size(); ++u) {
      const form_use& use = step.forms[u];
      const auto known = form_by_id_.find(use.form);
      if (known == form_by_id_.end()) continue;
      const std::set<std::string_view> own{use.writes.begin(), use.writes.end()};
      if (own.contains(all_fields)) continue;
      std::unordered_map<std::string_view, std::size_t> reads;
      for (std::size_t i = 0; i < use.reads.size(); ++i) reads.emplace(use.reads[i], i);
      for (const form_field& field : chart_.forms[known->second].fields) {
        const auto named = reads.find(field.id);
        if (field.given || named == reads.end() || own.contains(field.id)) continue;
        const std::vector<std::size_t> writers = writers_of(use.form, field.id);
        const auto in_time = [&](std::size_t w) { return before(n)[w] || beside(n, w); };
        if (writers.empty() || std::any_of(writers.begin(), writers.end(), in_time)) continue;
        add(make_error(errc::read_too_early,
                       "step '{}' reads field '{}', which no step before it can have written",
                       "环节“{}”读取字段“{}”,但此前没有环节可以填写", step.shown(), field.shown()),
            fmt::format("/nodes/{}/forms/{}/reads/{}", n, u, named->second));
      }
    }
  }

  /// By node: whether a way leads from it to node n, of one arrow or more.
  const std::vector<bool>& before(std::size_t n) {
    std::optional<std::vector<bool>>& known = before_[n];
    if (known) return *known;
    std::vector<bool> out(chart_.nodes.size());
    std::vector<std::size_t> waiting{n};
    while (!waiting.empty()) {
      const std::size_t to = waiting.back();
      waiting.pop_back();
      for (const std::size_t from : into_[to]) {
        if (out[from]) continue;
        out[from] = true;
        waiting.push_back(from);
      }
    }
    known = std::move(out);
    return *known;
  }

  /// Whether two steps may lie on branches side by side: some fork leads to them by two arrows.
  /// Past a bound of looks they are taken to: what was not looked at is no fault.
  bool beside(std::size_t a, std::size_t b) {
    const std::vector<bool>& to_a = before(a);
    const std::vector<bool>& to_b = before(b);
    looks_ += chart_.arrows.size();
    if (looks_ > most_looks) return true;
    std::unordered_map<std::size_t, std::pair<std::set<std::size_t>, std::set<std::size_t>>> ways;
    for (std::size_t i = 0; i < chart_.arrows.size(); ++i) {
      const std::size_t from = links_.from[i];
      const std::size_t to = links_.to[i];
      if (from == no_node || to == no_node) continue;
      const node_kind kind = chart_.nodes[from].kind;
      if (kind != node_kind::fork && kind != node_kind::inclusive_decision) continue;
      auto& [ways_to_a, ways_to_b] = ways[from];
      if (to == a || to_a[to]) ways_to_a.insert(i);
      if (to == b || to_b[to]) ways_to_b.insert(i);
    }
    return std::any_of(ways.begin(), ways.end(), [](const auto& fork) {
      const auto& [to_one, to_other] = fork.second;
      return !to_one.empty() && !to_other.empty() &&
             (to_one.size() > 1 || to_other.size() > 1 || to_one != to_other);
    });
  }

  const flowchart& chart_;
  const chart_links& links_;
  const locator& where_;
  std::unordered_map<form_id, std::size_t> form_by_id_;
  std::unordered_map<form_id, std::unordered_map<std::string, std::vector<std::size_t>>> writers_;
  std::vector<std::vector<std::size_t>> into_; // by node: those an arrow comes from
  std::unordered_map<std::size_t, std::optional<std::vector<bool>>> before_;
  std::size_t looks_ = 0;
  problems found_;
};

} // namespace

problems check_forms(const flowchart& chart, const chart_links& links, const locator& where,
                     const flowchart_limits& limits) {
  const auto uses = [](const node& n) { return !n.forms.empty(); };
  if (chart.forms.empty() && std::none_of(chart.nodes.begin(), chart.nodes.end(), uses)) return {};
  std::size_t fields = 0;
  for (const form& f : chart.forms) fields += f.fields.size();
  if (chart.forms.size() > limits.forms || fields > limits.fields)
    return {at(make_error(errc::limit_exceeded,
                          "{} forms with {} fields, at most {} with {} are allowed",
                          "有 {} 个表单、{} 个字段,最多允许 {} 个表单、{} 个字段",
                          chart.forms.size(), fields, limits.forms, limits.fields),
               where("/forms"))};
  return form_checker{chart, links, where}.run();
}

} // namespace banli::detail
