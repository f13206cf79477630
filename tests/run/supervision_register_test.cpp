// The registers over a store: numbers, lists, counts, climbing, secrecy, restart and proof.
#include <banli/run/supervision_register.hpp>

#include <filesystem>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <banli/calendar/cn.hpp>
#include <banli/drawing/record_page.hpp>
#include <banli/run/supervision_file.hpp>
#include <banli/storage/sqlite_store.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

const supervision_office& supervising() {
  static const supervision_file f =
      load_supervision(BANLI_SOURCE_DIR "/examples/supervision/supervision.yaml");
  REQUIRE(f.good());
  return f.office;
}

instant noon(std::string_view d) { return instant{*parse_day(d)} + std::chrono::hours{12}; }

command order_act_at(std::string_view id, std::string_view act, std::string_view on,
                     std::string_view who, act_fields with = {}) {
  return act_command(case_id{id}, act, noon(on), person_id{who}, std::move(with));
}

/// The record after an act that must be good.
template <class State>
State done(result<State> r) {
  if (!r) FAIL(to_string(r.error(), language::en));
  return *std::move(r);
}

/// Orders of February 2026: two issued on the 11th, one of them answered; one only begun.
void fill(order_register& orders) {
  const act_fields about{{"unit", "县民政局"}, {"matter", "办件超时"}, {"demand", "整改"}};
  for (const char* id : {"督-2026-001", "督-2026-002"}) {
    CHECK(done(orders.act(order_act_at("", "initiate", "2026-02-11", "JC01", about))).id ==
          case_id{id});
    done(orders.act(order_act_at(id, "approve", "2026-02-11", "JC02")));
    done(orders.act(order_act_at(id, "issue", "2026-02-11", "JC02")));
    done(orders.act(order_act_at(id, "sign_for", "2026-02-11", "MZ01")));
  }
  done(orders.act(
      order_act_at("督-2026-001", "handle", "2026-02-12", "MZ01", {{"handling", "核查"}})));
  done(orders.act(
      order_act_at("督-2026-001", "feed_back", "2026-02-12", "MZ01", {{"reply", "已整改"}})));
  done(orders.act(order_act_at("", "initiate", "2026-03-02", "JC01", about)));
}

act_fields complained(std::string_view channel, std::string_view who = "") {
  act_fields out{{"channel", std::string{channel}},
                 {"kind", "delay"},
                 {"manner", "oral"},
                 {"units", "县民政局"},
                 {"matter", "拖延"}};
  if (!who.empty()) out.emplace_back("complainant", who);
  return out;
}

} // namespace

TEST_CASE("orders are numbered by year, listed, and those to be done next stand first") {
  const auto store = memory_store();
  order_register orders{*store, supervising(), cn()};
  fill(orders);
  // A case that somebody gave such a number is none of the register.
  event foreign;
  foreign.number = 1;
  foreign.at = noon("2026-02-11");
  foreign.actor = person_id{"P"};
  foreign.request = request_id{"foreign"};
  const append_request strange{
      case_id{"order/督-2026-900"}, item_id{"62052400MZ-XK-0001"}, "d", 0, {&foreign, 1}};
  REQUIRE(store->append({&strange, 1}).has_value());
  CHECK(orders.next_number(*parse_day("2026-05-01"))->text() == "督-2026-004");
  CHECK(orders.next_number(*parse_day("2027-05-01"))->text() == "督-2027-001");
  CHECK(orders.list()->size() == 3);
  CHECK(orders.list(noon("2026-02-20"))->size() == 2);
  const auto open = orders.open(noon("2026-03-02"));
  REQUIRE(open->size() == 3);
  CHECK((*open)[0].state.id.text() == "督-2026-001"); // to be judged by 02-14
  CHECK((*open)[0].dues[0].kind == supervision_clock::judge);
  CHECK((*open)[1].state.id.text() == "督-2026-002"); // to be answered by 02-25
  CHECK(orders.overdue(noon("2026-02-14"))->empty());
  CHECK(orders.overdue(noon("2026-02-24"))->size() == 1);
  const auto late = orders.overdue(noon("2026-02-26"));
  REQUIRE(late->size() == 2);
  CHECK((*late)[1].missed(noon("2026-02-26")).size() == 1);
}

TEST_CASE("an order stands as it stood at any instant, and a request is done once") {
  const auto store = memory_store();
  order_register orders{*store, supervising(), cn()};
  fill(orders);
  const case_id one{"督-2026-001"};
  CHECK(orders.show(one)->phase == order_phase::fed_back);
  CHECK(orders.show(one, noon("2026-02-11"))->phase == order_phase::signed_for);
  CHECK(orders.show(one, noon("2026-02-10")).error().code == errc::unknown_reference);
  const auto typo = orders.show(case_id{"督-2026-01"});
  CHECK(typo.error().code == errc::unknown_reference);
  CHECK(typo.error().message.zh.find("督-2026-001") != std::string::npos);
  command c = order_act_at("督-2026-001", "accept_reply", "2026-02-13", "JC01");
  c.request = request_id{"r-1"};
  CHECK(orders.act(c)->version == 7);
  CHECK(orders.act(c)->version == 7);
  CHECK(orders.history(one)->size() == 7);
}

TEST_CASE("counts are of a period, by unit, phase and month; orders have no channel") {
  const auto store = memory_store();
  order_register orders{*store, supervising(), cn()};
  fill(orders);
  const auto at = noon("2026-03-02");
  const auto months = orders.totals(register_key::month, {}, at);
  REQUIRE(months->size() == 2);
  CHECK((*months)[0] == register_count{"2026-02", "2026-02", 2, 2, 2, 0, 0});
  CHECK((*months)[1] == register_count{"2026-03", "2026-03", 1, 1, 0, 0, 0});
  const register_period february{*parse_day("2026-02-01"), *parse_day("2026-03-01")};
  const auto units = orders.totals(register_key::unit, february, at);
  CHECK(units->size() == 1);
  CHECK(units->front().total == 2);
  CHECK(orders.totals(register_key::phase, february, at)->size() == 2);
  const data_table table = to_table(*months);
  CHECK(table.column("key").word(1) == "2026-03");
  CHECK(table.column("total").whole(0) == 2);
  CHECK(to_csv(table, language::zh) ==
        "代码,类别,件数,在办,超期,逾期办理,有过错\r\n2026-02,2026-02,2,2,2,0,0\r\n"
        "2026-03,2026-03,1,1,0,0,0\r\n");
  CHECK(orders.totals(register_key::channel, {}, at).error().code == errc::bad_value);
  CHECK(*parse_register_key("unit") == register_key::unit);
  CHECK(parse_register_key("chanel").error().message.en.find("channel") != std::string::npos);
}

TEST_CASE("orders that were missed climb, those of somebody else's office do not") {
  const auto store = memory_store();
  order_register orders{*store, supervising(), cn()};
  fill(orders);
  CHECK(climb(orders, noon("2026-02-13"), person_id{"SJ01"})->empty());
  CHECK(climb(orders, noon("2026-02-26"), person_id{"MZ01"})->empty());
  const auto climbed = climb(orders, noon("2026-02-26"), person_id{"SJ01"});
  REQUIRE(climbed->size() == 2);
  CHECK((*climbed)[1].level == 2);
  CHECK((*climbed)[1].supervisor.text() == "市监察局");
  CHECK(climb(orders, noon("2026-02-26"), person_id{"SJ01"})->empty()); // they begin anew
}

TEST_CASE("complaints are counted by channel, and one that comes again names the last") {
  const auto store = memory_store();
  complaint_register all{*store, supervising(), cn()};
  const auto enter = [&](std::string_view on, std::string_view channel, std::string_view who) {
    const auto s = all.act(order_act_at("", "enter", on, "ZW01", complained(channel, who)));
    REQUIRE(s.has_value());
    return *s;
  };
  CHECK(enter("2026-03-02", "phone", "王小明").repeats.empty());
  CHECK(enter("2026-03-03", "mayor_mailbox", "李四").repeats.empty());
  CHECK(enter("2026-03-04", "来电", "王小明").repeats.text() == "诉-2026-001");
  CHECK(enter("2026-03-05", "phone", "王小明").repeats.text() == "诉-2026-003");
  CHECK(enter("2026-03-05", "phone", "").repeats.empty());
  const auto n = all.totals(register_key::channel, {}, noon("2026-03-05"));
  REQUIRE(n->size() == 2);
  CHECK((*n)[0].label == "市长信箱");
  CHECK((*n)[0].total == 1);
  CHECK((*n)[1].total == 4);
  CHECK((*n)[1].overdue == 1); // that of 03-02; the one of 03-04 may wait until tonight
  CHECK(all.overdue(noon("2026-03-05"))->size() == 2);
  CHECK(all.totals(register_key::kind, {}, noon("2026-03-05"))->front().total == 5);
}

TEST_CASE("a name that was asked to be kept is told only as an act that stays") {
  const auto store = memory_store();
  complaint_register all{*store, supervising(), cn()};
  act_fields with = complained("phone", "王小明");
  with.emplace_back("confidential", "yes");
  done(all.act(order_act_at("", "enter", "2026-03-02", "ZW01", with)));
  const case_id one{"诉-2026-001"};
  const auto ask = [&](const char* who, const char* reason) {
    return disclose(all, one, noon("2026-03-03"), person_id{who}, reason);
  };
  CHECK(ask("ZW01", "回访").error().code == errc::not_permitted);
  CHECK(ask("ZW03", "").error().code == errc::missing_reason);
  CHECK(all.history(one)->size() == 1);
  CHECK(ask("ZW03", "回访")->complainant == "王小明");
  CHECK(all.history(one)->size() == 2);
  CHECK(all.show(one)->disclosures.size() == 1);
}

TEST_CASE("what was found at fault is counted from both registers") {
  const auto store = memory_store();
  complaint_register all{*store, supervising(), cn()};
  done(all.act(order_act_at("", "enter", "2026-03-02", "ZW01", complained("phone", "王"))));
  const char* one = "诉-2026-001";
  done(all.act(order_act_at(one, "accept", "2026-03-02", "ZW01")));
  done(all.act(order_act_at(one, "take", "2026-03-02", "ZW01")));
  done(all.act(order_act_at(one, "report", "2026-03-02", "ZW01", {{"findings", "属实"}})));
  done(all.act(
      order_act_at(one, "find_fault", "2026-03-03", "ZW02",
                   {{"fault_kind", "broken_promise"}, {"opinion", "批评"}, {"points", "2"}})));
  const auto f = findings(all, {});
  REQUIRE(f->size() == 1);
  CHECK(f->front().points == 2);
  CHECK(f->front().record == case_id{one});
  CHECK(findings(all, {*parse_day("2026-03-04"), last_day})->empty());
  CHECK(all.totals(register_key::unit, {}, noon("2026-03-03"))->front().faults == 1);
}

TEST_CASE("a store that is closed and opened has the same orders, and proves them") {
  const auto path = std::filesystem::temp_directory_path() / "banli_supervision_register_test.db";
  std::filesystem::remove(path);
  std::vector<supervision_order> before;
  {
    const auto store = open_sqlite_store(path.string());
    REQUIRE(store.has_value());
    order_register orders{**store, supervising(), cn()};
    fill(orders);
    complaint_register complaints{**store, supervising(), cn()};
    done(complaints.act(order_act_at("", "enter", "2026-03-02", "ZW01", complained("phone"))));
    before = *orders.list();
  }
  {
    const auto store = open_sqlite_store(path.string());
    REQUIRE(store.has_value());
    order_register orders{**store, supervising(), cn()};
    CHECK(*orders.list() == before);
    CHECK((*store)->verify()->empty());
    CHECK(complaint_register{**store, supervising(), cn()}.list()->size() == 1);
  }
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.string().c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db,
                     "UPDATE events SET json = replace(json, '已整改', '未整改') WHERE case_id = "
                     "'order/督-2026-001' AND number = 6",
                     nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
  {
    const auto store = open_sqlite_store(path.string());
    REQUIRE(store.has_value());
    const auto faults = (*store)->verify();
    REQUIRE(faults->size() == 1);
    CHECK(faults->front().id == case_id{"order/督-2026-001"});
    CHECK(faults->front().number == 6);
  }
  std::filesystem::remove(path);
}

TEST_CASE("records go out as JSON, CSV and a page, without names") {
  const auto store = memory_store();
  complaint_register all{*store, supervising(), cn()};
  const auto s =
      all.act(order_act_at("", "enter", "2026-03-02", "ZW01", complained("phone", "王<明")));
  REQUIRE(s.has_value());
  const auto json = boost::json::parse(to_json(masked(*s), cn())).as_object();
  CHECK(json.at("complainant") == "(实名)");
  CHECK(json.at("clocks").at(0).at("due") == "2026-03-03");
  CHECK(json.at("units").at(0) == "县民政局");
  const std::vector<record_sheet> sheets{complaint_sheet(all.office(), masked(*s))};
  const std::string csv = to_csv(sheets);
  CHECK(csv.starts_with("登记编号,收到时间,投诉渠道"));
  CHECK(csv.find("诉-2026-001,2026-03-02 12:00,来电") != std::string::npos);
  const std::string page = to_html(complaint_sheet(all.office(), *s));
  CHECK(page.find("<h1>投诉登记表</h1>") != std::string::npos);
  CHECK(page.find("王&lt;明") != std::string::npos);
  CHECK(page.find("Content-Security-Policy") != std::string::npos);
}

TEST_CASE("a file of offices is read with everything that is wrong with it, at its place") {
  CHECK(supervising().staff[0].roles == std::vector{supervision_role::monitor});
  CHECK(limit_of(supervising(), supervision_clock::transfer).count == 3);
  CHECK(limit_of(supervising(), supervision_clock::reply).count == 5);
  CHECK(supervising().channels.size() == 5);
  CHECK(supervising().complaint_kinds.size() == 11);
  const supervision_file f = load_supervision(BANLI_SOURCE_DIR "/tests/run/bad/supervision.yaml");
  std::string told;
  for (const error& e : f.found)
    told += fmt::format("{}:{} {}\n", e.where.line, e.where.column, to_string(e.code));
  CHECK(told == "4:13 unknown-field\n"
                "6:32 unknown-value\n"
                "7:10 unknown-field\n"
                "7:37 bad-limit\n");
  CHECK(f.found[1].message.en.find("did you mean 'monitor'?") != std::string::npos);
  const supervision_file above = parse_supervision("s.yaml", "kind: supervision\noffices:\n"
                                                             "  - {id: 甲, above: 乙}\n");
  REQUIRE(above.found.size() == 1);
  CHECK(above.found[0].code == errc::unknown_reference);
  CHECK(above.found[0].where.line == 3);
  CHECK(above.found[0].where.column == 20);
  CHECK(parse_supervision("s.yaml", "kind: office\n").found[0].code == errc::unknown_value);
  CHECK(parse_supervision("s.yaml", "- 1\n").found[0].code == errc::wrong_type);
  CHECK(parse_supervision("s.json", R"({"kind": "supervision", "repeated_within": 30})")
            .office.repeated_within == 30);
  CHECK(load_supervision("/no/such/file.yaml").found[0].code == errc::file_not_found);
}

TEST_CASE("the schema of the file has the keys that are read, and no others") {
  std::string text;
  {
    FILE* in = std::fopen(BANLI_SOURCE_DIR "/schemas/supervision.schema.json", "rb");
    REQUIRE(in != nullptr);
    for (int c = std::fgetc(in); c != EOF; c = std::fgetc(in)) text += static_cast<char>(c);
    std::fclose(in);
  }
  const auto schema = boost::json::parse(text).as_object();
  const auto keys = [](const boost::json::value& v) {
    std::vector<std::string> out;
    for (const auto& [key, of] : v.as_object()) out.emplace_back(key);
    return out;
  };
  // A key that nobody reads is unknown_field: a document with all of them has none.
  std::string document = "kind: supervision\n";
  for (const std::string& key : keys(schema.at("properties")))
    if (key != "kind") document += key + ":\n"; // without a value, which is another complaint
  document += "surplus:\n";
  std::size_t unknown = 0;
  for (const error& e : parse_supervision("s.yaml", document).found)
    unknown += e.code == errc::unknown_field ? 1 : 0;
  CHECK(unknown == 1);
  std::vector<std::string> clocks;
  for (std::size_t i = 0; i < supervision_clock_count; ++i)
    clocks.emplace_back(to_string(static_cast<supervision_clock>(i)));
  CHECK(keys(schema.at("properties").at("limits").at("properties")) == clocks);
  std::vector<std::string> roles;
  for (std::size_t i = 0; i < supervision_role_count; ++i) {
    roles.emplace_back(to_string(static_cast<supervision_role>(i)));
    roles.emplace_back(label(static_cast<supervision_role>(i)));
  }
  std::vector<std::string> listed;
  for (const auto& r : schema.at("$defs").at("role").at("enum").as_array())
    listed.emplace_back(r.as_string());
  CHECK(listed == roles);
}
