// banli's own log.
#include <banli/interchange/case_log.hpp>

#include <algorithm>
#include <unordered_map>

#include <banli/base/mask.hpp>
#include <banli/base/nearest.hpp>
#include <banli/time/text.hpp>

#include <engine/details_members.hpp>

#include "log_cells.hpp"

namespace banli {

namespace {

using facts = std::vector<std::pair<std::string, std::string>>;

/// Reads "a=1;b=x".
result<facts> parse_facts(std::string_view s) {
  facts out;
  for (std::size_t at = 0; at <= s.size();) {
    const std::size_t end = std::min(s.find(';', at), s.size());
    const std::string_view pair = s.substr(at, end - at);
    const std::size_t equals = pair.find('=');
    if (equals == 0 || equals == std::string_view::npos)
      return make_error(errc::bad_value,
                        "'{}' is no fact: expected name=value, parted by ';', such as area=120",
                        "“{}”不是事实:应写作 名称=值,以“;”分隔,如 面积=120",
                        pair.size() <= 60 ? mask_numbers_in(pair) : "…");
    const std::string_view name = pair.substr(0, equals);
    if (std::ranges::find(out, name, &facts::value_type::first) != out.end())
      return make_error(errc::bad_value, "fact '{}' is given twice", "事实“{}”重复", name);
    out.emplace_back(name, pair.substr(equals + 1));
    at = end + 1;
  }
  return out;
}

/// Calls f(part) for each part of "a;b", none of which may be empty.
template <class F>
std::optional<error> each_part(std::string_view s, F f) {
  for (std::size_t at = 0; at <= s.size();) {
    const std::size_t end = std::min(s.find(';', at), s.size());
    if (auto wrong = f(s.substr(at, end - at))) return wrong;
    at = end + 1;
  }
  return std::nullopt;
}

/// Reads "a.pdf;b.pdf".
result<std::vector<std::string>> parse_attachments(std::string_view s) {
  std::vector<std::string> out;
  const auto wrong = each_part(s, [&](std::string_view name) -> std::optional<error> {
    if (name.empty())
      return make_error(errc::bad_value, "an attachment has no name", "附件没有名称");
    out.emplace_back(name);
    return std::nullopt;
  });
  if (wrong) return *wrong;
  return out;
}

/// Reads "申请书=complete;章程=lacking:未签字".
result<std::vector<material_review>> parse_reviews(std::string_view s) {
  std::vector<material_review> out;
  const auto wrong = each_part(s, [&](std::string_view line) -> std::optional<error> {
    const std::size_t equals = line.find('=');
    if (equals == 0 || equals == std::string_view::npos)
      return make_error(errc::bad_value,
                        "'{}' is no review: expected material=standing:reason, parted by ';'",
                        "“{}”不是审查结果:应写作 材料=结果:理由,以“;”分隔",
                        line.size() <= 60 ? mask_numbers_in(line) : "…");
    const std::size_t colon = std::min(line.find(':', equals), line.size());
    const auto standing = parse_material_standing(line.substr(equals + 1, colon - equals - 1));
    if (!standing) return standing.error();
    out.push_back({std::string{line.substr(0, equals)}, *standing,
                   std::string{line.substr(std::min(colon + 1, line.size()))}});
    return std::nullopt;
  });
  if (wrong) return *wrong;
  return out;
}

class own_log {
 public:
  own_log(detail::log_cells& cells, case_log& log) : cells_(cells), log_(log) {}

  void read() {
    if (!find_columns()) return;
    log_.commands.reserve(cells_.table().rows.size());
    for (const csv_row& row : cells_.table().rows) {
      if (cells_.full()) return;
      read_row(row);
    }
  }

 private:
  using column = std::optional<std::size_t>;

  bool find_columns() {
    std::vector<std::string_view> known;
    const auto optional_one = [&](std::string_view name, column& into) {
      known.push_back(name);
      into = cells_.table().column(name);
    };
    const auto required_one = [&](std::string_view name, column& into) {
      known.push_back(name);
      into = cells_.required_column(name);
    };
    required_one("id", id_);
    required_one("case", case_);
    required_one("at", at_);
    required_one("actor", actor_);
    required_one("action", action_);
    details d; // only its members' names are wanted
    detail::each_text(d, [&](std::string_view name, auto&) {
      if (name == "arrow") return; // arrows are taken by the engine, not by a command
      optional_one(name, texts_.emplace_back());
    });
    optional_one("channel", channel_);
    optional_one("result", result_);
    optional_one("received", received_);
    optional_one("limit", limit_);
    optional_one("facts", facts_);
    optional_one("recorded", recorded_);
    optional_one("until", until_);
    optional_one("attachments", attachments_);
    optional_one("reviews", reviews_);
    application a;
    detail::each_application_text(a, [&](std::string_view name, const std::string&) {
      optional_one(name, application_.emplace_back());
    });
    find_unknown(known);
    return id_ && case_ && at_ && actor_ && action_;
  }

  void find_unknown(const std::vector<std::string_view>& known) {
    const csv_row header{.line = 1, .fields = cells_.table().header};
    std::vector<std::string_view> absent; // a mistyped name stands for one that is not there
    for (const std::string_view name : known)
      if (!cells_.table().column(name)) absent.push_back(name);
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
      const std::string& name = header.fields[i].text;
      if (std::ranges::find(known, name) != known.end()) continue;
      cells_.report(header, i,
                    with_hint(make_error(errc::unknown_field, "column '{}' means nothing here",
                                         "不认识“{}”列", name),
                              suggestion(name, absent)));
    }
  }

  void read_row(const csv_row& row) {
    command c;
    c.where = cells_.line_of(row);
    c.request = request_id{read_id(row)};
    c.id = case_id{cells_.identifier(row, *case_)};
    c.actor = person_id{cells_.required(row, *actor_)};
    required_value(row, *at_, c.at, parse_instant);
    required_value(row, *action_, c.what, parse_action);
    details& d = c.with;
    auto text = texts_.begin();
    detail::each_text(d, [&](std::string_view name, auto& member) {
      if (name == "arrow") return;
      if (*text) detail::assign(member, cells_.text(row, **text));
      ++text;
    });
    value(row, channel_, d.by, parse_channel);
    value(row, result_, d.result, parse_case_result);
    value(row, received_, d.received, parse_day);
    value(row, limit_, d.limit, parse_time_limit);
    value(row, facts_, d.facts, parse_facts);
    value(row, recorded_, d.recorded, parse_instant);
    value(row, until_, d.until, parse_day);
    value(row, attachments_, d.attachments, parse_attachments);
    value(row, reviews_, d.reviews, parse_reviews);
    read_application(row, d);
    log_.commands.push_back(std::move(c));
  }

  /// There is an application where one of its cells is filled in.
  void read_application(const csv_row& row, details& d) {
    application a;
    auto cell = application_.begin();
    detail::each_application_text(a, [&](std::string_view, std::string& member) {
      if (*cell) member = cells_.text(row, **cell);
      ++cell;
    });
    if (a != application{}) d.application = std::move(a);
  }

  std::string_view read_id(const csv_row& row) {
    const std::string_view id = cells_.identifier(row, *id_);
    const auto [first, added] = lines_.try_emplace(id, row.line);
    if (!added && !id.empty())
      cells_.report(row, *id_,
                    make_error(errc::duplicate_line, "id '{}' is that of line {}",
                               "编号“{}”与第 {} 行相同", id, first->second));
    return id;
  }

  template <class T, class Parse>
  void required_value(const csv_row& row, std::size_t at, T& into, Parse parse) {
    if (!cells_.required(row, at).empty()) cells_.parsed(row, at, into, parse);
  }

  template <class T, class Parse>
  void value(const csv_row& row, column at, T& into, Parse parse) {
    if (at && !cells_.text(row, *at).empty()) cells_.parsed(row, *at, into, parse);
  }

  detail::log_cells& cells_;
  case_log& log_;
  column id_, case_, at_, actor_, action_, channel_, result_, received_, limit_, facts_;
  column recorded_, until_, attachments_, reviews_;
  std::vector<column> texts_;       ///< in the order of each_text()
  std::vector<column> application_; ///< in the order of each_application_text()
  std::unordered_map<std::string_view, int> lines_;
};

} // namespace

case_log_result parse_case_log(std::string_view csv, const std::string& file,
                               const case_log_limits& limits) {
  case_log_result out;
  const csv_table table = read_csv(csv, file, out.found, limits.csv);
  detail::log_cells cells{table, file, out.found, limits.csv};
  if (!table.header.empty()) own_log{cells, out.log}.read();
  detail::finish(out);
  return out;
}

} // namespace banli
