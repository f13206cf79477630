// `banli verify`, `banli checkpoint`, `banli backup`.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "files.hpp"
#include "open_store.hpp"
#include <banli/storage/backup.hpp>
#include <banli/storage/checkpoint.hpp>

namespace banli {

namespace {

namespace json = boost::json;

/// The checkpoint that a store is compared with.
result<checkpoint> kept_checkpoint(const store_arguments& a) {
  const auto file = read_bytes(a.checkpoint);
  if (!file) return file.error();
  const auto key = read_bytes(a.key);
  if (!key) return key.error();
  auto c = read_checkpoint(*file, *key);
  if (c) return c;
  const bool of_key = c.error().code == errc::bad_key;
  error e = c.error();
  e.where.file = of_key ? a.key : a.checkpoint;
  return e;
}

void print_json(const std::vector<chain_fault>& faults, const backup_report& n, const console& to) {
  json::array all;
  for (const chain_fault& f : faults)
    all.push_back(json::object{{"case", f.id.text()},
                               {"event", f.number},
                               {"what", {{"en", f.what.en}, {"zh", f.what.zh}}}});
  to.out << json::serialize(
                json::object{{"cases", n.cases}, {"events", n.events}, {"faults", std::move(all)}})
         << '\n';
}

void print_text(const std::vector<chain_fault>& faults, const backup_report& n, language in,
                const console& to) {
  const bool zh = in == language::zh;
  for (const chain_fault& f : faults)
    if (f.id.empty())
      to.out << fmt::format(fmt::runtime(zh ? "审计日志第 {} 条:{}\n" : "audit record {}: {}\n"),
                            f.number, f.what.in(in));
    else
      to.out << fmt::format(
          fmt::runtime(zh ? "办件 {} 第 {} 个事件:{}\n" : "case {}, event {}: {}\n"), f.id.text(),
          f.number, f.what.in(in));
  if (faults.empty())
    to.out << fmt::format(
        fmt::runtime(zh ? "校验通过:{} 个办件,{} 个事件\n" : "verified: {} cases, {} events\n"),
        n.cases, n.events);
  else
    to.out << fmt::format(fmt::runtime(zh ? "校验未通过:{} 处\n" : "not as it was; faults: {}\n"),
                          faults.size());
}

} // namespace

result<std::unique_ptr<case_store>> open_kept_store(const std::string& path) {
  std::error_code none;
  if (!std::filesystem::exists(path, none))
    return at(make_error(errc::file_not_found, "there is no such file", "没有这个文件"),
              {path, 0, 0});
  return open_sqlite_store(path);
}

configuration load_with_former(const std::string& folder, const std::vector<std::string>& former) {
  configuration out = load_configuration(folder);
  for (const std::string& path : former) {
    configuration earlier = load_configuration(path);
    keep_former(out, earlier);
    std::ranges::move(earlier.found, std::back_inserter(out.found));
  }
  return out;
}

int verify_command(const store_arguments& a, const console& to) {
  const auto store = open_kept_store(a.store);
  if (!store) return fail(store.error(), a.in, to);
  std::vector<chain_fault> faults;
  if (!a.checkpoint.empty()) {
    const auto c = kept_checkpoint(a);
    if (!c) return fail(c.error(), a.in, to);
    auto found = compare(**store, *c);
    if (!found) return fail(found.error(), a.in, to);
    faults = std::move(*found);
  }
  auto broken = (*store)->verify();
  if (!broken) return fail(broken.error(), a.in, to);
  faults.insert(faults.begin(), broken->begin(), broken->end());
  backup_report n;
  if (auto r = (*store)->each([&](const stored_case& c) {
        ++n.cases;
        n.events += c.version;
      });
      !r)
    return fail(r.error(), a.in, to);
  if (a.json)
    print_json(faults, n, to);
  else
    print_text(faults, n, a.in, to);
  return faults.empty() ? exit_done : exit_wrong_input;
}

int checkpoint_command(const store_arguments& a, const console& to) {
  const auto key = read_bytes(a.key);
  if (!key) return fail(key.error(), a.in, to);
  const auto store = open_kept_store(a.store);
  if (!store) return fail(store.error(), a.in, to);
  // What does not hold must not be signed.
  const auto faults = (*store)->verify();
  if (!faults) return fail(faults.error(), a.in, to);
  if (!faults->empty()) {
    print_text(*faults, {}, a.in, to);
    return exit_wrong_input;
  }
  const auto c = take_checkpoint(**store, a.note);
  if (!c) return fail(at(c.error(), {"--note", 0, 0}), a.in, to);
  const auto file = sign(*c, *key);
  if (!file) return fail(at(file.error(), {a.key, 0, 0}), a.in, to);
  const int code = put(a.out, *file, a.in, to);
  if (code == exit_done && !a.out.empty())
    to.out << fmt::format(fmt::runtime(a.in == language::zh ? "检查点:{} 个办件,根 {}\n"
                                                            : "checkpoint: {} cases, root {}\n"),
                          c->cases.size(), merkle_root(*c));
  return code;
}

int backup_command(const store_arguments& a, const console& to) {
  const auto store = open_kept_store(a.store);
  if (!store) return fail(store.error(), a.in, to);
  const auto done = back_up(**store, a.out);
  if (!done) return fail(done.error(), a.in, to);
  to.out << fmt::format(fmt::runtime(a.in == language::zh
                                         ? "备份已校验:{} 个办件,{} 个事件\n"
                                         : "backed up and verified: {} cases, {} events\n"),
                        done->cases, done->events);
  return exit_done;
}

} // namespace banli
