// `banli catalogue` and `banli export items`: the baseline, its coverage, and the tables of items.
#include <fstream>
#include <iterator>
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include <banli/document/configuration.hpp>
#include <banli/interchange/item_tables.hpp>

namespace banli {

namespace {

boost::json::object to_json(const catalogue_line& l) {
  return {{"part", to_string(l.key.part)},
          {"number", l.key.number},
          {"sector", l.sector},
          {"name", l.name}};
}

void print_baseline(const catalogue_arguments& a, const console& to) {
  const catalogue& base = catalogue::baseline();
  if (a.json) {
    boost::json::array lines;
    for (const catalogue_line& l : base.lines) lines.push_back(to_json(l));
    to.out << boost::json::serialize(boost::json::object{{"lines", std::move(lines)}}) << '\n';
    return;
  }
  for (const catalogue_line& l : base.lines)
    to.out << fmt::format("{}  {}  {}\n", to_text(l.key, a.in), l.sector, l.name);
}

/// A local catalogue: a CSV table, or the items of a configuration.
catalogue read_local(const std::string& path, problems& found) {
  if (!path.ends_with(".csv")) {
    configuration c = load_configuration(path);
    found = std::move(c.found);
    return catalogue_of(c.items);
  }
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    found.push_back(at(make_error(errc::file_not_found, "there is no such file", "没有这个文件"),
                       {path, 0, 0}));
    return {};
  }
  return read_catalogue(std::string{std::istreambuf_iterator<char>{file}, {}}, path, found);
}

} // namespace

int catalogue_command(const catalogue_arguments& a, const console& to) {
  if (a.baseline == a.coverage) {
    print({at(make_error(errc::missing_field, "give --baseline, or a path and --coverage",
                         "请给出 --baseline,或路径和 --coverage"),
              {"catalogue", 0, 0})},
          a.in, to);
    return exit_usage;
  }
  if (a.baseline) {
    print_baseline(a, to);
    return exit_done;
  }
  problems found;
  const catalogue local = read_local(a.path, found);
  if (!found.empty()) {
    print(found, a.in, to);
    return exit_for(found.front());
  }
  const coverage c = cover(local);
  const catalogue_counts n = count(local);
  if (a.json) {
    boost::json::array missing;
    boost::json::array extra;
    for (const std::size_t b : c.missing)
      missing.push_back(to_json(catalogue::baseline().lines[b]));
    for (const extra_line& x : c.extra) extra.push_back(to_json(local.lines[x.line]));
    to.out << boost::json::serialize(boost::json::object{{"covered", c.matches.size()},
                                                         {"extensions", c.extensions.size()},
                                                         {"missing", std::move(missing)},
                                                         {"extra", std::move(extra)}})
           << '\n';
  } else {
    for (const error& e : problems_of(c, local)) to.out << to_string(e, a.in) << '\n';
    to.out << fmt::format(
        fmt::runtime(a.in == language::zh
                         ? "共 {} 项:对应基准 {} 项,缺少 {} 项,超出 {} 项,本地扩展 {} 项\n"
                         : "{} lines: {} cover the baseline, {} missing, {} extra, {} local "
                           "extensions\n"),
        n.total(), c.matches.size(), c.missing.size(), c.extra.size(), c.extensions.size());
  }
  return c.complete() ? exit_done : exit_wrong_input;
}

int export_command(const export_arguments& a, const console& to) {
  const auto form = parse_item_form(a.form);
  if (!form) {
    print({at(form.error(), {"--form", 0, 0})}, a.in, to);
    return exit_usage;
  }
  const configuration c = load_configuration(a.configuration);
  if (!c.good()) {
    print(c.found, a.in, to);
    return exit_for(c.found.front());
  }
  const bool csv = a.format == "csv";
  const item_table t = make_item_table(
      *form, c.items,
      {.unit = c.name, .cells = a.exact ? cell_style::exact : cell_style::readable});
  if (a.out.empty()) {
    to.out << (csv ? to_csv(t) : to_markdown(t));
    return exit_done;
  }
  std::ofstream file{a.out, std::ios::binary};
  file << (csv ? to_csv(t, csv_opening::byte_order_mark) : to_markdown(t));
  file.close();
  if (file) return exit_done;
  print({at(make_error(errc::file_unreadable, "cannot be written", "无法写入"), {a.out, 0, 0})},
        a.in, to);
  return exit_failure;
}

} // namespace banli
