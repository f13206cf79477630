#include <banli/run/report.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "../drawing/example_case.hpp"
#include "../drawing/page_reader.hpp"

using namespace banli;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for one test, gone afterwards.
struct scratch {
  scratch() {
    static int n = 0;
    path = fs::temp_directory_path() / ("banli-report-" + std::to_string(++n) + "-" +
                                        std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    fs::remove_all(path);
  }
  ~scratch() { fs::remove_all(path); }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;

  std::set<std::string> files() const {
    std::set<std::string> out;
    for (const auto& f : fs::recursive_directory_iterator{path})
      if (f.is_regular_file()) out.insert(fs::relative(f.path(), path).string());
    return out;
  }
  std::string read(const std::string& name) const {
    std::ifstream in{path / name, std::ios::binary};
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }

  fs::path path;
};

/// The beginning of the example's history.
std::vector<event> begun(std::size_t events) {
  auto all = example::history();
  all.resize(events);
  return all;
}

/// An office with one item and three cases: one with hits, one that was withdrawn and is on no
/// list, one with a refusal.
struct office {
  explicit office(const std::string& troubled = "620524-2024-000017") : ids{case_id{troubled}} {
    ids.push_back(case_id{"620524-2024-000018"});
    ids.push_back(case_id{"620524-2024-000019"});
    config.people = example::people();
    config.items = {example::item()};
    config.definitions = {example::definition()};
    config.disclosure.duties = {
        {"政务动态>公告", "通知、公告", "综合科", *parse_duty("event:+P3WD;every:P6M")}};
    auto withdrawn = begun(2);
    withdrawn.push_back(
        example::make(3, event_kind::withdrawn, "2024-09-04T10:00", "MZ01", {.reason = "不办了"}));
    add(0, example::history());
    add(1, std::move(withdrawn));
    add(2, example::history());
    run.items = {{example::item().code, example::item().name, 3, 1, 1, 1, 0, 0, {1, 1, 1}}};
    run.events_appended = 42;
  }

  /// One more case, by its events and hits.
  void also(const char* id, std::vector<event> events, std::vector<hit> hits = {}) {
    ids.emplace_back(id);
    add(ids.size() - 1, std::move(events));
    for (hit& h : hits) h.id = ids.back();
    run.cases.back().hits = std::move(hits);
  }

  void add(std::size_t i, std::vector<event> events) {
    for (event& e : events) e.request = request_id{ids[i].text() + "/" + e.request.text()};
    const append_request r{ids[i], example::item().code, config.definitions[0]->hash, 0, events};
    REQUIRE(store->append({&r, 1}).has_value());
    case_outcome o{ids[i], example::item().code, case_phase::delivered, timeliness::overdue, true,
                   {}};
    if (i == 0) o.hits = example::hits();
    run.cases.push_back(std::move(o));
    if (i != 2) return;
    command c{request_id{"x"},     ids[i],           example::at("2024-10-25T09:00"),
              person_id{"MZ01"},   action::complete, {.step = node_id{"初审"}},
              {"cases.csv", 17, 1}};
    run.refusals.push_back(
        {c,
         make_error(errc::step_not_enabled, "step '{}' is not enabled", "环节“{}”不可办理", "初审"),
         4});
  }

  result<written_report> write(const scratch& where, report_options o = {}) {
    o.until = example::at("2024-12-31T18:00");
    return write_report(where.path.string(), config, run, *store, o);
  }

  configuration config{"武山县", cn()};
  run_result run;
  std::vector<case_id> ids;
  std::unique_ptr<case_store> store = memory_store();
};

} // namespace

TEST_CASE("a report is an index and a dossier for every case with a hit or a refusal") {
  office o;
  scratch s;
  const auto r = o.write(s);
  REQUIRE(r.has_value());
  CHECK(r->dossiers == 2);
  CHECK(r->left_out == 0);
  CHECK(s.files() == std::set<std::string>{".banli-pages", "cases/620524-2024-000017.html",
                                           "cases/620524-2024-000019.html", "index.html"});
  for (const std::string& f : s.files()) {
    if (!f.ends_with(".html")) continue;
    const pages::document page{s.read(f)};
    CHECK_MESSAGE(page.good(), f);
    for (const auto& a : page.xml.select_nodes("//@href")) {
      const std::string to = a.attribute().value();
      const bool leads = to.starts_with("data:") || to.starts_with("https://") ||
                         fs::exists((s.path / f).parent_path() / to);
      CHECK_MESSAGE(leads, f << " -> " << to);
    }
  }
}

TEST_CASE("the overview shows the figures, the hits, the refusals and the duties") {
  office o;
  scratch s;
  REQUIRE(o.write(s).has_value());
  const std::string text = pages::text_of(s.read("index.html"));
  for (const std::string words :
       {"武山县", "截至 2024-12-31 18:00", "66.7%", "社会团体成立登记62052400MZ-XK-0001",
        "620524-2024-000017", "报警", "环节“初审”不可办理", "cases.csv:17", "其后跳过 4",
        "产生后3个工作日内公开；每6个月至少更新一次"})
    CHECK_MESSAGE(text.find(words) != std::string::npos, words);
  const std::string page = s.read("index.html");
  CHECK(page.find("2024-10-17 00:00") < page.find("2024-10-10 00:00")); // newest first
  CHECK(page.find("王某某") == std::string::npos);
}

namespace {

/// The text of a section of a page, by its heading.
std::string section(const std::string& text, const std::string& heading) {
  const std::size_t from = text.find("\n" + heading);
  REQUIRE_MESSAGE(from != std::string::npos, heading);
  std::size_t until = text.size();
  for (const char* next : {"在办件亮灯", "逐月趋势", "部门排名", "超期办件公示", "分事项办理情况"})
    if (const std::size_t at = text.find("\n" + std::string{next}, from + 1);
        at != std::string::npos)
      until = std::min(until, at + 1);
  return text.substr(from, until - from);
}

/// The office of above with three cases that are open on the last day of 2024: one is long overdue,
/// of two accepted the day before one has a warning.
office lit_office() {
  office o;
  o.also("620524-2024-000020", begun(7));
  const auto fresh = [] {
    auto one = begun(1);
    one[0].at = example::at("2024-12-30T09:10");
    one[0].with.received = example::on("2024-12-30");
    return one;
  };
  hit warning = example::hits()[1];
  warning.end = hit_end::open;
  warning.ended.reset();
  warning.superseded_by = {};
  o.also("620524-2024-000021", fresh(), {warning});
  o.also("620524-2024-000022", fresh());
  return o;
}

} // namespace

TEST_CASE("lights over open cases: how many of each, the red ones first, each with its page") {
  office o = lit_office();
  scratch s;
  REQUIRE(o.write(s).has_value());
  const std::string text = section(pages::text_of(s.read("index.html")), "在办件亮灯");
  CHECK(text.find("红灯1黄灯1绿灯1") != std::string::npos);
  CHECK(text.find("000020") < text.find("000021"));
  CHECK(text.find("000022") == std::string::npos);            // green is counted and not listed
  CHECK(text.find("000017") == std::string::npos);            // ended
  CHECK(s.files().contains("cases/620524-2024-000020.html")); // by its light alone
  CHECK(s.files().contains("cases/620524-2024-000021.html"));
  CHECK(!s.files().contains("cases/620524-2024-000022.html"));
  CHECK(s.read("index.html").find("href=\"cases/620524-2024-000020.html\"") != std::string::npos);
}

TEST_CASE("month by month: volumes, what was late, the rate, what is open at the end") {
  office o = lit_office();
  scratch s;
  REQUIRE(o.write(s).has_value());
  const std::string text = section(pages::text_of(s.read("index.html")), "逐月趋势");
  // received, concluded, overdue, rate in time, open
  CHECK(text.find("2024-12 |  | 2 | 0 | 0 | — | 3 | \n") != std::string::npos);
  CHECK(text.find("2024-11 |  | 0 | 0 | 0 | — | 1 | \n") != std::string::npos);
  CHECK(text.find("2024-10 |  | 0 | 2 | 2 | 0.0% | 1 | \n") != std::string::npos);
  CHECK(text.find("2024-09 |  | 4 | 0 | 0 | — | 3 | \n") != std::string::npos);
  CHECK(text.find("2024-12") < text.find("2024-09")); // the newest first
}

TEST_CASE("departments are ranked by their rate in time; one without a rate has no rank") {
  office o = lit_office();
  scratch s;
  REQUIRE(o.write(s).has_value());
  const std::string text = section(pages::text_of(s.read("index.html")), "部门排名");
  CHECK(text.find("县民政局 | 1 | 6 | 2 | 2 | 0.0% | ") != std::string::npos);
  office none;
  none.config.people = nullptr;
  for (std::size_t i = none.run.cases.size(); i-- > 0;)
    if (i != 1) none.run.cases.erase(none.run.cases.begin() + static_cast<std::ptrdiff_t>(i));
  scratch t;
  REQUIRE(none.write(t).has_value());
  CHECK(section(pages::text_of(t.read("index.html")), "部门排名")
            .find("民政局 | — | 1 | 0 | 0 | — | — | 0 | ") != std::string::npos);
}

TEST_CASE("overdue cases are shown to everybody, the latest first, and nobody's name") {
  office o = lit_office();
  scratch s;
  REQUIRE(o.write(s).has_value());
  const std::string text = section(pages::text_of(s.read("index.html")), "超期办件公示");
  CHECK(text.find("620524-2024-000020") < text.find("620524-2024-000017"));
  CHECK(text.find("620524-2024-000017") < text.find("620524-2024-000019"));
  CHECK(text.find("620524-2024-000018") == std::string::npos);
  CHECK(text.find("未办结") != std::string::npos);
  CHECK(text.find("2024-10-24 10:30") != std::string::npos);
  CHECK(text.find("王某某") == std::string::npos);
}

TEST_CASE("more rows than a head of office reads at once are folded, and beyond a limit counted") {
  office o;
  for (int i = 100; i < 130; ++i) o.also(fmt::format("620524-2024-000{}", i).c_str(), begun(7));
  scratch s;
  report_options few;
  few.hits = 25;
  REQUIRE(o.write(s, few).has_value());
  const std::string text = section(pages::text_of(s.read("index.html")), "在办件亮灯");
  CHECK(text.find("红灯30") != std::string::npos);
  CHECK(text.find("其余 (5)") != std::string::npos);
  CHECK(text.find("5 条未列出") != std::string::npos);
}

TEST_CASE("a hit that an order answered says so, by its number, on the overview and in its file") {
  office o;
  hit& h = o.run.cases[0].hits.back();
  h.end = hit_end::answered;
  h.ended = example::at("2024-10-18T09:00");
  h.superseded_by = {};
  h.order = "督-2024-001";
  o.run.cases[0].hits.front().end = hit_end::lapsed;
  o.run.cases[0].hits.front().ended = example::at("2024-10-18T09:00");
  scratch s;
  REQUIRE(o.write(s).has_value());
  for (const char* page : {"index.html", "cases/620524-2024-000017.html"}) {
    const std::string text = pages::text_of(s.read(page));
    CHECK(text.find("已督办 2024-10-18 09:00") != std::string::npos);
    CHECK(text.find("督-2024-001") != std::string::npos);
    CHECK(text.find("已摘牌") != std::string::npos);
  }
}

TEST_CASE("pages of an earlier run that are no longer true are removed, and nothing else") {
  scratch s;
  REQUIRE(office{"gone-1"}.write(s).has_value());
  std::ofstream{s.path / "cases" / "mine.html"} << "by hand";
  std::ofstream{s.path / "notes.txt"} << "by hand";
  const auto again = office{"here-1"}.write(s);
  REQUIRE(again.has_value());
  CHECK(again->removed == 1);
  const auto files = s.files();
  CHECK(!files.contains("cases/gone-1.html"));
  CHECK(files.contains("cases/here-1.html"));
  CHECK(files.contains("cases/mine.html"));
  CHECK(files.contains("notes.txt"));
}

TEST_CASE("a list of pages that somebody meddled with removes nothing outside") {
  scratch s;
  REQUIRE(office{}.write(s).has_value());
  std::ofstream{s.path / "keep.html"} << "mine";
  std::ofstream{s.path / "cases" / ".." / "keep2.html"} << "mine";
  std::ofstream{s.path / ".banli-pages"}
      << "banli pages 1\nkeep.html\ncases/../keep2.html\n/etc/hosts\n"
         "cases/..html\ncases/sub/x.html\n";
  const auto r = office{}.write(s);
  REQUIRE(r.has_value());
  CHECK(r->removed == 0);
  CHECK(s.files().contains("keep.html"));
  CHECK(s.files().contains("keep2.html"));
}

TEST_CASE("a page that is no longer wanted is found again after an interrupted run") {
  scratch s;
  fs::create_directories(s.path / "cases");
  std::ofstream{s.path / "cases" / "half.html"} << "written before the end came";
  std::ofstream{s.path / ".banli-pages"} << "banli pages 1\ncases/half.html\nindex.html\n";
  const auto r = office{}.write(s);
  REQUIRE(r.has_value());
  CHECK(r->removed == 1);
  CHECK(!s.files().contains("cases/half.html"));
}

TEST_CASE("no half page is left behind, whatever happens") {
  office o;
  scratch s;
  REQUIRE(o.write(s).has_value());
  for (const std::string& f : s.files()) CHECK(!f.ends_with(".part"));
  fs::remove(s.path / "index.html");
  fs::create_directories(s.path / "index.html" / "in the way");
  const auto r = o.write(s);
  REQUIRE(r.has_error());
  CHECK(r.error().code == errc::file_unreadable);
  for (const std::string& f : s.files()) CHECK(!f.ends_with(".part"));
}

TEST_CASE("a folder that cannot be made is an error that names it") {
  scratch s;
  std::ofstream{s.path} << "a file";
  const auto r = office{}.write(s);
  REQUIRE(r.has_error());
  CHECK(r.error().code == errc::file_unreadable);
  CHECK(r.error().message.zh.find("cases") != std::string::npos);
  fs::remove(s.path);
}

TEST_CASE("file names keep what is harmless and cannot leave their folder") {
  CHECK(dossier_file_name(case_id{"620524-2024-000017"}) == "620524-2024-000017.html");
  CHECK(dossier_file_name(case_id{"../a"}) == "~2E~2E~2Fa.html");
  CHECK(dossier_file_name(case_id{"办件"}) == "~E5~8A~9E~E4~BB~B6.html");
  CHECK(dossier_file_name(case_id{""}) == "~.html");
  CHECK(rc::check("names are safe, short and differ as their cases do", [](std::string a,
                                                                           std::string b) {
    const std::string n = dossier_file_name(case_id{a});
    RC_ASSERT(n.size() < 200);
    RC_ASSERT(
        n.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-~.") ==
        std::string::npos);
    RC_ASSERT(n.find('.') == n.size() - 5);
    RC_ASSERT((a == b) == (n == dossier_file_name(case_id{b})));
  }));
  const std::string long_one(5'000, 'x');
  CHECK(dossier_file_name(case_id{long_one}).size() < 200);
  CHECK(dossier_file_name(case_id{long_one}) != dossier_file_name(case_id{long_one + "y"}));
}

TEST_CASE("a case number can be anything and is never markup") {
  for (const char* id :
       {"<script>alert(1)</script>", "\"'><b>", "../../x", "a b%00c", "\xE2\x80\xAEx"}) {
    office o{id};
    scratch s;
    REQUIRE(o.write(s).has_value());
    const std::string index = s.read("index.html");
    CHECK(pages::document{index}.good());
    CHECK(index.find("<script") == std::string::npos);
    CHECK(index.find("'><b>") == std::string::npos);
    CHECK(s.files().contains("cases/" + dossier_file_name(case_id{id})));
  }
}

TEST_CASE("limits leave the oldest out and the index says how many") {
  office o;
  scratch s;
  report_options few;
  few.dossiers = 1;
  few.hits = 2;
  const auto r = o.write(s, few);
  REQUIRE(r.has_value());
  CHECK(r->dossiers == 1);
  CHECK(r->left_out == 1);
  const std::string text = pages::text_of(s.read("index.html"));
  CHECK(text.find("1 个办件的档案页超出上限") != std::string::npos);
  CHECK(text.find("1 条更早的命中未列出") != std::string::npos);
}

TEST_CASE("progress goes from nothing to everything") {
  office o;
  scratch s;
  std::vector<std::pair<std::size_t, std::size_t>> seen;
  report_options options;
  options.on_progress = [&](const progress& p) {
    CHECK(p.stage == "report");
    seen.emplace_back(p.done, p.total);
  };
  REQUIRE(o.write(s, options).has_value());
  CHECK(seen.front() == std::pair<std::size_t, std::size_t>{0, 2});
  CHECK(seen.back() == std::pair<std::size_t, std::size_t>{2, 2});
}

TEST_CASE("what happened after the instant of the report is not in it") {
  office o;
  scratch s;
  report_options options;
  options.until = example::at("2024-09-25T10:00");
  REQUIRE(write_report(s.path.string(), o.config, o.run, *o.store, options).has_value());
  const std::string text = pages::text_of(s.read("cases/620524-2024-000017.html"));
  CHECK(text.find("听证") != std::string::npos);
  CHECK(text.find("准予登记决定书") == std::string::npos);
}

TEST_CASE("the same run gives the same bytes; the English pages are in English") {
  office o;
  scratch a;
  scratch b;
  REQUIRE(o.write(a).has_value());
  REQUIRE(o.write(b).has_value());
  CHECK(a.read("index.html") == b.read("index.html"));
  CHECK(a.read("cases/620524-2024-000017.html") == b.read("cases/620524-2024-000017.html"));
  report_options en;
  en.in = language::en;
  REQUIRE(o.write(a, en).has_value());
  const std::string text = pages::text_of(a.read("index.html"));
  for (const std::string word : {"办理", "期限", "监察", "环节", "预警", "截至", "合计"})
    CHECK_MESSAGE(text.find(word) == std::string::npos, word);
  CHECK(text.find("publish within 3 workdays when it arises") != std::string::npos);
}
