#include "item_cells.hpp"

#include <array>

#include <banli/base/nearest.hpp>

namespace banli::cells {

namespace {

constexpr std::string_view divider = "｜";

using line_parts = std::vector<std::string>;

error too_many(std::size_t have, std::size_t most) {
  return make_error(errc::bad_value, "{} parts on one line, at most {}",
                    "一行有 {} 个部分,最多 {} 个", have, most);
}

/// Calls `take` with every line of a cell that has at most so many parts; missing ones are empty.
template <std::size_t Most, class Take>
void lines(std::string_view cell, const place& where, problems& found, const Take& take) {
  auto read = split(cell);
  if (!read) {
    found.push_back(at(std::move(read.error()), where));
    return;
  }
  for (line_parts& parts : *read) {
    if (parts.size() > Most) {
      found.push_back(at(too_many(parts.size(), Most), where));
      continue;
    }
    parts.resize(Most);
    take(parts);
  }
}

/// The value of an enumeration whose label is given.
template <class Enum, std::size_t N>
std::optional<Enum> labelled(std::string_view given, const char* what_en, const char* what_zh,
                             const place& where, problems& found) {
  std::array<std::string_view, N> known;
  for (std::size_t i = 0; i < N; ++i) {
    known[i] = label(static_cast<Enum>(i));
    if (known[i] == given) return static_cast<Enum>(i);
  }
  found.push_back(at(with_hint(make_error(errc::unknown_value, "'{0}' is no {1}", "“{0}”不是{2}",
                                          given, what_en, what_zh),
                               suggestion(given, known)),
                     where));
  return std::nullopt;
}

legal_rank guessed_rank(std::string_view title) {
  if (title.find("宪法") != std::string_view::npos) return legal_rank::constitution;
  if (title.ends_with("法》")) return legal_rank::law;
  if (title.ends_with("条例》")) return legal_rank::administrative_rule;
  if (title.ends_with("规定》") || title.ends_with("办法》"))
    return legal_rank::departmental_regulation;
  return legal_rank::normative_document;
}

/// 《标题》第九条:内容, as people write it.
legal_basis plain_basis(std::string_view s) {
  legal_basis b;
  std::size_t end = s.find("》");
  end = end == std::string_view::npos ? 0 : end + 3;
  b.title = s.substr(0, end);
  const std::string_view rest = s.substr(end);
  std::size_t colon = std::min(rest.find("\uFF1A"), rest.find(':'));
  colon = std::min(colon, rest.size());
  b.article = rest.substr(0, colon);
  const std::size_t sign = rest.substr(colon).starts_with("\uFF1A") ? 3 : 1;
  if (colon < rest.size()) b.words = rest.substr(colon + sign);
  b.rank = guessed_rank(b.title);
  return b;
}

void read_limit(std::string_view cell, const place& where, problems& found, time_limit& into) {
  auto limit = parse_time_limit(cell);
  if (limit)
    into = *limit;
  else
    found.push_back(at(std::move(limit.error()), where));
}

} // namespace

result<std::vector<line_parts>> split(std::string_view cell) {
  std::vector<line_parts> out;
  if (cell.empty()) return out;
  out.push_back({""});
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const std::string_view rest = cell.substr(i);
    if (rest[0] == '\n') {
      out.push_back({""});
    } else if (rest[0] == '\r' && rest.size() > 1 && rest[1] == '\n') {
      continue; // a line end of another program
    } else if (rest.starts_with(divider)) {
      out.back().emplace_back();
      i += divider.size() - 1;
    } else if (rest[0] != '\\') {
      out.back().back() += rest[0];
    } else if (rest.starts_with("\\\\")) {
      out.back().back() += '\\';
      ++i;
    } else if (rest.starts_with("\\n")) {
      out.back().back() += '\n';
      ++i;
    } else if (rest.starts_with("\\r")) {
      out.back().back() += '\r';
      ++i;
    } else if (rest.starts_with("\\-")) {
      ++i;
    } else if (rest.substr(1).starts_with(divider)) {
      out.back().back() += divider;
      i += divider.size();
    } else {
      return make_error(errc::bad_value, "a backslash stands before \\, n, r, - or ｜ only",
                        "反斜线之后只能是 \\、n、r、- 或 ｜");
    }
  }
  return out;
}

void read_bases(std::string_view cell, const place& where, service_item& into, problems& found) {
  lines<4>(cell, where, found, [&](line_parts& p) {
    if (p[1].empty() && p[2].empty() && p[3].empty() && p[0].find("《") != std::string::npos) {
      into.bases.push_back(plain_basis(p[0]));
      return;
    }
    const auto rank =
        labelled<legal_rank, 6>(p[0], "rank of a legal text", "法律位阶", where, found);
    if (rank) into.bases.push_back({*rank, std::move(p[1]), std::move(p[2]), std::move(p[3])});
  });
}

void read_body(std::string_view cell, const place& where, service_item& into, problems& found) {
  lines<3>(cell, where, found, [&](line_parts& p) {
    into.body = std::move(p[0]);
    into.entruster = std::move(p[2]);
    if (p[1].empty()) return;
    if (const auto n = labelled<body_nature, 3>(p[1], "nature of a body", "主体性质", where, found))
      into.nature = *n;
  });
}

void read_conditions(std::string_view cell, const place& where, service_item& into,
                     problems& found) {
  lines<1>(cell, where, found, [&](line_parts& p) { into.conditions.push_back(std::move(p[0])); });
}

void read_charges(std::string_view cell, const place& where, service_item& into, problems& found) {
  if (cell == "不收费" || cell == "无") return;
  lines<3>(cell, where, found, [&](line_parts& p) {
    into.charges.push_back({std::move(p[0]), std::move(p[1]), std::move(p[2])});
  });
}

void read_department(std::string_view cell, const place& where, service_item& into,
                     problems& found) {
  lines<2>(cell, where, found, [&](line_parts& p) {
    into.department = department_id{std::move(p[0])};
    into.section = std::move(p[1]);
  });
}

void read_forms(std::string_view cell, const place& where, service_item& into, problems& found) {
  lines<6>(cell, where, found, [&](line_parts& p) {
    into.forms.push_back({std::move(p[0]), std::move(p[1]), std::move(p[2]), std::move(p[3]),
                          std::move(p[4]), std::move(p[5])});
  });
}

void read_questions(std::string_view cell, const place& where, service_item& into,
                    problems& found) {
  lines<2>(cell, where, found, [&](line_parts& p) {
    into.questions.push_back({std::move(p[0]), std::move(p[1])});
  });
}

void read_statutory(std::string_view cell, const place& where, service_item& into,
                    problems& found) {
  if (cell.empty() || cell == "无") return;
  time_limit limit;
  const std::size_t before = found.size();
  read_limit(cell, where, found, limit);
  if (found.size() == before) into.statutory = limit;
}

void read_promised(std::string_view cell, const place& where, service_item& into, problems& found) {
  if (!cell.empty()) read_limit(cell, where, found, into.promised);
}

} // namespace banli::cells
