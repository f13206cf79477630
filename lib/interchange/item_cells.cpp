#include "item_cells.hpp"

#include <set>

namespace banli::cells {

namespace {

/// A part as it stands in a cell: what divides is written with a backslash.
std::string escaped(std::string_view s) {
  if (s.empty()) return {};
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '\\') {
      out += "\\\\";
    } else if (s[i] == '\n') {
      out += "\\n";
    } else if (s[i] == '\r') {
      out += "\\r";
    } else if (s.substr(i).starts_with("｜")) {
      out += "\\｜";
      i += 2;
    } else {
      out += s[i];
    }
  }
  return out;
}

/// Lines for people.
std::string lines_of(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, "\n"));
}

template <class Things, class Line>
std::string each(const Things& things, cell_style style, const Line& line) {
  std::vector<std::string> lines;
  for (const auto& thing : things) lines.push_back(line(thing));
  return style == cell_style::exact ? join_lines(lines) : lines_of(lines);
}

std::string numbered(std::size_t n, std::string_view text) {
  return fmt::format("{}. {}", n, text);
}

/// What the windows of an item say in one of their fields, each text once.
std::string of_windows(const service_item& item, std::string service_window::*field) {
  std::vector<std::string> out;
  std::set<std::string_view> seen;
  for (const service_window& w : item.windows)
    if (!(w.*field).empty() && seen.insert(w.*field).second) out.push_back(w.*field);
  return lines_of(out);
}

} // namespace

std::string join_parts(const std::vector<std::string_view>& parts) {
  std::size_t last = parts.size();
  while (last > 1 && parts[last - 1].empty()) --last;
  std::string out;
  for (std::size_t i = 0; i < last; ++i) {
    if (i > 0) out += "｜";
    out += escaped(parts[i]);
  }
  return out;
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += '\n';
    out += lines[i].empty() ? "\\-" : lines[i];
  }
  return out;
}

std::string type(const service_item& item, const item_type_table& types) {
  const item_type* t = types.find(item.type);
  return t != nullptr ? t->name.zh : item.type;
}

std::string bases(const service_item& item, cell_style style) {
  return each(item.bases, style, [&](const legal_basis& b) {
    if (style == cell_style::exact) return join_parts({label(b.rank), b.title, b.article, b.words});
    return b.title + b.article + (b.words.empty() ? "" : "\uFF1A" + b.words);
  });
}

std::string body(const service_item& item, cell_style style) {
  const bool plain = item.nature == body_nature::statutory_organ && item.entruster.empty();
  if (style == cell_style::exact)
    return join_parts({item.body, plain ? std::string_view{} : label(item.nature), item.entruster});
  if (plain) return item.body;
  std::string out = fmt::format("{}\uFF08{}", item.body, label(item.nature));
  if (!item.entruster.empty()) out += "\uFF0C委托单位\uFF1A" + item.entruster;
  return out + "\uFF09";
}

std::string conditions(const service_item& item, cell_style style) {
  std::size_t n = 0;
  return each(item.conditions, style, [&](const std::string& c) {
    return style == cell_style::exact ? join_parts({c}) : numbered(++n, c);
  });
}

std::string charges(const service_item& item, cell_style style) {
  if (style == cell_style::readable && item.charges.empty()) return "不收费";
  std::string cell = each(item.charges, style, [&](const charge& c) {
    if (style == cell_style::exact) return join_parts({c.basis, c.standard, c.name});
    return fmt::format("{}{}{}\uFF08依据\uFF1A{}\uFF09", c.name, c.name.empty() ? "" : "\uFF1A",
                       c.standard, c.basis);
  });
  // A charge on such a basis is none of the words by which people say that there is no charge.
  if (style == cell_style::exact && (cell == "不收费" || cell == "无")) cell += "｜";
  return cell;
}

std::string department(const service_item& item, cell_style style) {
  if (style == cell_style::exact) return join_parts({item.department.text(), item.section});
  return item.department.text() + (item.section.empty() ? "" : " " + item.section);
}

std::string forms(const service_item& item, cell_style style) {
  return each(item.forms, style, [&](const service_form& f) {
    if (style == cell_style::exact)
      return join_parts({f.number, f.name, f.description, f.instructions, f.link, f.sample});
    return fmt::format("{} {}{}", f.number, f.name,
                       f.description.empty() ? "" : "\uFF08" + f.description + "\uFF09");
  });
}

std::string questions(const service_item& item, cell_style style) {
  return each(item.questions, style, [&](const question& q) {
    if (style == cell_style::exact) return join_parts({q.asked, q.answered});
    return fmt::format("问\uFF1A{}\n答\uFF1A{}", q.asked, q.answered);
  });
}

std::string statutory(const service_item& item) {
  return item.statutory ? to_text(*item.statutory, language::zh) : std::string{};
}

std::string promised(const service_item& item) { return to_text(item.promised, language::zh); }

std::string materials(const service_item& item) {
  std::size_t n = 0;
  return each(item.materials, cell_style::readable, [&](const material& m) {
    std::vector<std::string_view> about;
    for (const std::string* s : {&m.format, &m.carrier, &m.way, &m.required})
      if (!s->empty()) about.push_back(*s);
    const std::string more = fmt::format("{}", fmt::join(about, "\uFF0C"));
    return numbered(++n, more.empty() ? m.name : fmt::format("{}\uFF08{}\uFF09", m.name, more));
  });
}

std::string address(const service_item& item) {
  return item.address.empty() ? of_windows(item, &service_window::address) : item.address;
}

std::string hours(const service_item& item) { return of_windows(item, &service_window::hours); }

} // namespace banli::cells
