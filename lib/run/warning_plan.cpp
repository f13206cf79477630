#include <banli/run/warning_plan.hpp>

#include <algorithm>
#include <array>

#include <banli/base/nearest.hpp>

namespace banli {

namespace {

constexpr std::array<std::string_view, 6> way_columns{"rule",      "dimension", "level",
                                                      "certainty", "channels",  "recipients"};

/// "短信;平台": the parts, without empty ones.
std::vector<std::string> words_in(std::string_view s) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= s.size();) {
    const std::size_t end = std::min(s.find(';', from), s.size());
    if (end > from) out.emplace_back(s.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

class way_reader {
 public:
  way_reader(const csv_table& table, const std::string& file, const rule_set& rules,
             problems& found)
      : table_(table), file_(file), rules_(rules), found_(found) {}

  void read(warning_plan& into) {
    for (const csv_field& f : table_.header)
      if (std::ranges::find(way_columns, f.text) == way_columns.end())
        tell(with_hint(make_error(errc::unknown_field, "column '{}' means nothing here",
                                  "不认识“{}”列", f.text),
                       suggestion(f.text, way_columns)),
             f);
    if (!table_.column("channels"))
      found_.push_back(
          at(make_error(errc::missing_column, "column 'channels' is missing", "缺少“channels”列"),
             {file_, 1, 1}));
    if (!found_.empty()) return;
    for (const csv_row& line : table_.rows) into.ways.push_back(way(line));
  }

 private:
  void tell(error e, const csv_field& f) {
    found_.push_back(at(std::move(e), {file_, f.line, f.column}));
  }

  const csv_field* cell(const csv_row& line, std::string_view column) const {
    const auto at = table_.column(column);
    return at && !line.fields[*at].text.empty() ? &line.fields[*at] : nullptr;
  }

  warning_way way(const csv_row& line) {
    warning_way w;
    if (const csv_field* const f = cell(line, "rule")) {
      w.rule = rule_id{f->text};
      std::vector<std::string_view> known;
      for (const compiled_rule& r : rules_.rules()) known.emplace_back(r.id().text());
      if (rules_.find(*w.rule) == nullptr)
        tell(with_hint(make_error(errc::unknown_reference, "there is no rule '{}'", "没有规则“{}”",
                                  f->text),
                       suggestion(f->text, known)),
             *f);
    }
    word(line, "dimension", w.dimension, parse_dimension,
         {"timeliness", "flow", "content", "charges", "integrity"});
    word(line, "level", w.level, parse_level, {"reminder", "warning", "alarm"});
    word(line, "certainty", w.certainty, parse_certainty, {"abnormal", "suspected"});
    if (const csv_field* const f = cell(line, "channels")) w.channels = words_in(f->text);
    if (const csv_field* const f = cell(line, "recipients")) w.recipients = words_in(f->text);
    if (w.channels.empty())
      tell(make_error(errc::missing_field, "a row without a channel", "缺少预警方式"),
           line.fields[*table_.column("channels")]);
    return w;
  }

  template <class T, class Parse>
  void word(const csv_row& line, std::string_view column, std::optional<T>& into, Parse parse,
            std::initializer_list<std::string_view> known) {
    const csv_field* const f = cell(line, column);
    if (f == nullptr) return;
    into = parse(f->text);
    if (!into)
      tell(with_hint(make_error(errc::unknown_value, "'{}' is no {}; expected one of {}",
                                "“{0}”无效;可选:{2}", f->text, column, fmt::join(known, ", ")),
                     suggestion(f->text, known)),
           *f);
  }

  const csv_table& table_;
  const std::string& file_;
  const rule_set& rules_;
  problems& found_;
};

} // namespace

const warning_way* way_for(const warning_plan& plan, const rule& r) {
  const auto fits = [&](const warning_way& w) {
    return (!w.rule || *w.rule == r.id) && (!w.dimension || *w.dimension == r.dimension) &&
           (!w.level || *w.level == r.level) && (!w.certainty || *w.certainty == r.certainty);
  };
  const auto it = std::ranges::find_if(plan.ways, fits);
  return it == plan.ways.end() ? nullptr : &*it;
}

warning_plan_file parse_warning_plan(std::string_view csv, const std::string& file,
                                     const rule_set& rules, const csv_limits& limits) {
  warning_plan_file out;
  const csv_table table = read_csv(csv, file, out.found, limits);
  if (out.found.empty()) way_reader{table, file, rules, out.found}.read(out.plan);
  if (!out.found.empty()) out.plan = {};
  return out;
}

std::optional<warning> warning_of(const warning_plan& plan, const hit_change& c,
                                  const monitor& of) {
  if (c.what != hit_turn::raised) return std::nullopt;
  const warning_way* const way = way_for(plan, of.rules().rules()[c.rule].definition());
  if (way == nullptr) return std::nullopt;
  const std::optional<hit_grounds> said = of.grounds(c);
  if (!said) return std::nullopt;
  const hit_grounds& g = *said;
  return warning{c.at,
                 case_id{std::string{of.id_of(c.case_number)}},
                 g.rule,
                 g.step,
                 g.level,
                 g.certainty,
                 g.stage,
                 way->channels,
                 way->recipients,
                 g.message};
}

std::size_t tell(const warning_plan& plan, std::span<const hit_change> changes, const monitor& of,
                 const std::function<void(const warning&)>& sink) {
  std::size_t told = 0;
  for (const hit_change& c : changes)
    if (const auto w = warning_of(plan, c, of)) {
      sink(*w);
      ++told;
    }
  return told;
}

} // namespace banli
