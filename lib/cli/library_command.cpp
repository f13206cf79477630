// `banli library`: the item library of an office, kept in a bundle.
#include <filesystem>
#include <ostream>

#include <banli/document/item_file.hpp>
#include <banli/document/library_bundle.hpp>
#include <banli/document/library_files.hpp>
#include <banli/drawing/life_cycle_svg.hpp>
#include <banli/library/item_difference.hpp>
#include <banli/library/item_query.hpp>

#include "files.hpp"
#include "problem_json.hpp"
#include "value_json.hpp"

namespace banli {

namespace {

using boost::json::serialize;

/// What stops a command: problems, and the code it ends with.
struct halt {
  problems found;
  int code = exit_wrong_input;
};

template <class T>
T or_stop(result<T> r, const char* option) {
  if (r) return *std::move(r);
  throw halt{{at(std::move(r).error(), {option, 0, 0})}, exit_usage};
}

day day_of_option(const std::string& text, const char* option) {
  return or_stop(parse_day(text), option);
}

office_library read_bundle(const std::string& path) {
  auto bytes = read_bytes(path);
  if (!bytes) throw halt{{bytes.error()}, exit_for(bytes.error())};
  restored_library r = restore_library(*bytes);
  for (error& e : r.found) e.where.file = path;
  if (!r.good()) throw halt{std::move(r.found)};
  return std::move(r.library);
}

std::string days_of(const item_version& v) {
  if (!v.effective) return "-";
  return to_text(*v.effective) + ".." + (v.ended ? to_text(*v.ended - days{1}) : "");
}

// ---- list ---------------------------------------------------------------------------------------
item_query query_of(const library_arguments& a) {
  item_query q{.code = a.code,
               .name_part = a.name,
               .type = a.type,
               .department = department_id{a.department},
               .law = a.law,
               .group = a.group,
               .skip = a.skip,
               .limit = a.limit};
  if (!a.state.empty()) q.state = or_stop(parse_item_state(a.state), "--state");
  if (!a.on.empty()) q.as_of = day_of_option(a.on, "--on");
  return q;
}

int list(const library_arguments& a, const console& to) {
  const item_query q = query_of(a);
  const office_library office = read_bundle(a.bundle);
  const search_answer found = or_stop(search(office.items, q), "--limit");
  boost::json::array all;
  for (const item_hit& h : found.hits) {
    const item_version& v =
        office.items.find(h.entry)->versions[static_cast<std::size_t>(h.version) - 1];
    const auto number = static_cast<std::uint32_t>(h.entry);
    if (a.json)
      all.push_back({{"entry", number},
                     {"version", h.version},
                     {"state", to_string(v.state)},
                     {"code", v.item.code.text()},
                     {"name", v.item.name},
                     {"department", v.item.department.text()},
                     {"effective", json_day(v.effective)},
                     {"ended", json_day(v.ended)}});
    else
      to.out << fmt::format("{}.{}  {}  {}  {}  {}  {}\n", number, h.version,
                            a.in == language::zh ? label(v.state) : to_string(v.state),
                            v.item.code.empty() ? "-" : v.item.code.text(), v.item.name,
                            v.item.department.text(), days_of(v));
  }
  if (a.json)
    to.out << serialize(boost::json::object{{"found", found.found}, {"items", all}}) << '\n';
  else
    to.out << fmt::format(fmt::runtime(a.in == language::zh ? "共 {} 项\n" : "{} items\n"),
                          found.found);
  return exit_done;
}

// ---- life cycle ---------------------------------------------------------------------------------
int print_rows(const std::vector<life_cycle_row>& rows, const library_arguments& a,
               const console& to) {
  const bool zh = a.in == language::zh;
  boost::json::array all;
  for (const life_cycle_row& r : rows) {
    const text needs = condition_text(r);
    if (a.json)
      all.push_back({{"from", to_string(r.from)},
                     {"command", to_string(r.command)},
                     {"to", to_string(r.to)},
                     {"role", to_string(r.role)},
                     {"conditions", {{"en", needs.en}, {"zh", needs.zh}}}});
    else
      to.out << fmt::format("{}  {}  -> {}  {}{}\n", zh ? label(r.from) : to_string(r.from),
                            zh ? label(r.command) : to_string(r.command),
                            zh ? label(r.to) : to_string(r.to),
                            zh ? label(r.role) : to_string(r.role),
                            r.conditions.empty() ? "" : "  [" + needs.in(a.in) + "]");
  }
  if (a.json) to.out << serialize(boost::json::object{{"rows", all}}) << '\n';
  return exit_done;
}

int allowed(const library_arguments& a, const console& to) {
  item_actor actor{{}, {}, department_id{a.department}};
  for (const std::string& role : a.roles)
    actor.roles = actor.roles.with(or_stop(parse_actor_role(role), "--role"));
  if (a.bundle.empty() == a.state.empty())
    throw halt{{at(make_error(errc::missing_field, "give a bundle and --entry, or --state",
                              "请给出数据包和 --entry,或 --state"),
                   {"allowed", 0, 0})},
               exit_usage};
  std::vector<life_cycle_row> rows;
  if (a.bundle.empty()) {
    const item_state state = or_stop(parse_item_state(a.state), "--state");
    for (const life_cycle_row& r : life_cycle_rows())
      if (r.from == state && actor.roles.has(r.role)) rows.push_back(r);
    return print_rows(rows, a, to);
  }
  const office_library office = read_bundle(a.bundle);
  const auto entry = static_cast<entry_number>(a.entry);
  if (office.items.find(entry) == nullptr)
    throw halt{{at(make_error(errc::unknown_item, "the library has no entry {}",
                              "事项库没有第 {} 号事项", a.entry),
                   {"--entry", 0, 0})}};
  return print_rows(office.items.allowed(entry, actor), a, to);
}

int life_cycle(const library_arguments& a, const console& to) {
  if (a.format == "table") return print_rows(life_cycle_rows(), a, to);
  if (a.format == "mermaid") return put(a.out, life_cycle_mermaid(a.in), a.in, to);
  if (a.format == "dot") return put(a.out, life_cycle_dot(a.in), a.in, to);
  return put(a.out, or_stop(life_cycle_svg(a.in), "--format"), a.in, to);
}

// ---- compare ------------------------------------------------------------------------------------
service_item read_one(const std::string& path) {
  const auto bytes = read_bytes(path);
  if (!bytes) throw halt{{bytes.error()}, exit_for(bytes.error())};
  auto item = parse_item(path, *bytes);
  if (!item) throw halt{{item.error()}};
  return *std::move(item);
}

int compare_files(const library_arguments& a, const console& to) {
  const auto changes = compare(read_one(a.before), read_one(a.after));
  if (a.json) {
    boost::json::array all;
    for (const item_change& c : changes)
      all.push_back({{"path", c.path},
                     {"kind", to_string(c.kind)},
                     {"before", {{"en", c.before.en}, {"zh", c.before.zh}}},
                     {"after", {{"en", c.after.en}, {"zh", c.after.zh}}}});
    to.out << serialize(boost::json::object{{"changes", all}}) << '\n';
    return exit_done;
  }
  for (const item_change& c : changes) to.out << to_text(c, a.in) << '\n';
  to.out << fmt::format(fmt::runtime(a.in == language::zh ? "共 {} 处不同\n" : "{} changes\n"),
                        changes.size());
  return exit_done;
}

// ---- bundles and files --------------------------------------------------------------------------
int export_bundle(const library_arguments& a, const console& to) {
  const day since = day_of_option(a.since, "--since");
  const day on = a.on.empty() ? since : day_of_option(a.on, "--on");
  const configuration c = load_configuration(a.bundle);
  if (!c.good()) throw halt{c.found, exit_for(c.found.front())};
  const item_actor office{person_id{a.by}, role_set{actor_role::service_office}, {}};
  taken_library taken = take_over(c, office, instant{on}, since);
  if (!taken.good()) throw halt{std::move(taken.found)};
  const auto bundle = export_library(taken.library);
  if (!bundle) throw halt{{bundle.error()}};
  return put(a.out, *bundle, a.in, to);
}

int restore_files(const library_arguments& a, const console& to) {
  namespace fs = std::filesystem;
  const day on = day_of_option(a.on, "--on");
  const auto files = save_library(read_bundle(a.bundle), on);
  if (!files) throw halt{{at(files.error(), {a.bundle, 0, 0})}};
  std::error_code failed;
  if (fs::exists(a.out, failed) && !fs::is_empty(a.out, failed))
    throw halt{
        {at(make_error(errc::duplicate_id, "is there already, and not empty", "已存在且不为空"),
            {a.out, 0, 0})}};
  fs::create_directories(fs::path{a.out} / "items", failed);
  for (const auto& [name, bytes] : *files)
    if (const int code = put((fs::path{a.out} / name).string(), bytes, a.in, to); code != exit_done)
      return code;
  to.out << fmt::format(fmt::runtime(a.in == language::zh ? "写入 {} 个文件\n" : "{} files\n"),
                        files->size());
  return exit_done;
}

int check_bundle(const library_arguments& a, const console& to) {
  const day on = day_of_option(a.on, "--on");
  problems found;
  const auto bytes = read_bytes(a.bundle);
  if (!bytes) throw halt{{bytes.error()}, exit_for(bytes.error())};
  restored_library r = restore_library(*bytes);
  for (error& e : r.found) e.where.file = a.bundle;
  found = r.good() ? check_references(r.library, on) : std::move(r.found);
  if (a.json)
    to.out << serialize(boost::json::object{{"problems", to_json(found)}}) << '\n';
  else if (!found.empty())
    print(found, a.in, to);
  else
    to.out << (a.in == language::zh ? "没有发现问题\n" : "no problems\n");
  return found.empty() ? exit_done : exit_wrong_input;
}

} // namespace

int library_command(std::string_view command, const library_arguments& a, const console& to) try {
  if (command == "list") return list(a, to);
  if (command == "allowed") return allowed(a, to);
  if (command == "life-cycle") return life_cycle(a, to);
  if (command == "compare") return compare_files(a, to);
  if (command == "disclosure") return disclosure_command(a, to);
  if (command == "export") return export_bundle(a, to);
  if (command == "restore") return restore_files(a, to);
  return check_bundle(a, to);
} catch (const halt& s) {
  print(s.found, a.in, to);
  return s.code;
}

} // namespace banli
