#include <banli/document/table_file.hpp>

#include "document/single_files.hpp"
#include "document/table_csv.hpp"
#include "document/table_places.hpp"
#include "document/text_places.hpp"
#include "document/yaml_writer.hpp"

namespace banli {

using namespace detail;

namespace {

/// Compiles what could be read; places of the problems may be stand-ins.
void judge(table_file& f, decision_table with_places, const environment& host,
           const table_limits& limits, problems& wrong) {
  compiled_tables made = compile_table(std::move(with_places), host, limits);
  wrong.insert(wrong.end(), made.problems.begin(), made.problems.end());
  f.table = std::move(made.table);
  f.analysis = std::move(made.analysis);
}

table_file read_csv_table(const std::string& name, std::string_view content,
                          const environment& host, const table_file_limits& limits) {
  findings found{limits.document.problems};
  table_file out;
  problems wrong;
  out.definition = table_from_csv(name, content, wrong, limits.document);
  if (wrong.empty()) judge(out, out.definition, host, limits.table, wrong);
  found.add(std::move(wrong));
  out.found = found.take();
  return out;
}

table_file read_yaml_table(const std::string& name, std::string_view content,
                           const environment& host, const table_file_limits& limits) {
  findings found{limits.document.problems};
  document_set set{limits.document, found};
  set.add(name, content);
  check_kind(set, set.tables.size(), name, "decision_table", found);
  table_file out;
  if (!set.tables.empty()) {
    located<decision_table>& read = set.tables.front();
    text_places places;
    out.definition = read.value;
    put_places(out.definition, read.node, [](yaml_node n) { return n.where(); });
    if (read.sound) {
      put_places(read.value, read.node, [&](yaml_node n) { return places.stand_in(n); });
      problems wrong;
      judge(out, std::move(read.value), host, limits.table, wrong);
      places.settle(wrong);
      found.add(std::move(wrong));
    }
  }
  out.found = found.take();
  return out;
}

} // namespace

table_file judge_table(decision_table table, const environment& host, const table_limits& limits) {
  table_file out;
  out.definition = table;
  judge(out, std::move(table), host, limits, out.found);
  return out;
}

table_file parse_table(const std::string& name, std::string_view content, const environment& host,
                       const table_file_limits& limits) {
  return is_table(name) ? read_csv_table(name, content, host, limits)
                        : read_yaml_table(name, content, host, limits);
}

table_file load_table(const std::string& path, const environment& host,
                      const table_file_limits& limits) {
  findings found{limits.document.problems};
  if (const auto text = read_one(path, limits.document, found))
    return parse_table(path, *text, host, limits);
  table_file out;
  out.found = found.take();
  return out;
}

result<std::string> save(const decision_table& table) {
  yaml_writer w;
  w.document("decision_table", table);
  return w.take();
}

} // namespace banli
