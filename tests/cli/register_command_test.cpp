// `banli order` and `banli complaint`: sessions as a user sees them, over one store.
#include <doctest/doctest.h>

#include "sessions.hpp"

namespace {

using namespace command;

constexpr const char* unknown_columns = "id,act,at,who,resaon,fields\n"
                                        "1,initiate,2026-02-11,JC01,,\n";
constexpr const char* bad_rows = "id,act,at,who,fields\n"
                                 ",initiate,gestern,JC01,unit=县民政局\n"
                                 ",initiate,2026-02-11,,unit=县民政局\n"
                                 ",initiate,2026-02-11,JC01,unit\n";
constexpr const char* acts_in_json = R"([
  {"act": "enter", "at": "2026-03-02T09:00", "who": "ZW01",
   "fields": {"channel": "来电", "kind": "delay", "manner": "oral", "units": "县民政局",
              "matter": "王小明称拖延", "complainant": "王小明", "confidential": true}},
  {"id": "诉-2026-001", "act": "受理", "at": "2026-03-02T10:00", "who": "ZW01"}])";

const std::string supervising_office = BANLI_SOURCE_DIR "/examples/supervision/supervision.yaml";

} // namespace

TEST_CASE("sessions with orders and complaints read as they are written down") {
  const scratch folder;
  CHECK(run_sessions(BANLI_SOURCE_DIR "/tests/cli/register_sessions.txt",
                     {.source = BANLI_SOURCE_DIR "/",
                      .files = {{"orders.db", folder.at("orders.db")},
                                {"columns.csv", folder.write("columns.csv", unknown_columns)},
                                {"rows.csv", folder.write("rows.csv", bad_rows)},
                                {"acts.json", folder.write("acts.json", acts_in_json)}}}) == 35);
}

TEST_CASE("what is wrong with acts in JSON is said by their number") {
  const scratch folder;
  const auto told = [&](const std::string& text) {
    return run_banli({"order", "apply", folder.at("s.db"), folder.write("a.json", text), "--office",
                      supervising_office, "--lang", "en"})
        .err;
  };
  CHECK(told("{}").find("error[syntax-error]: expected a JSON array") != std::string::npos);
  CHECK(told("[1]").find("a.json/0: error[wrong-type]") != std::string::npos);
  CHECK(told(R"([{"act": "initiate", "at": "2026-02-11", "hwo": "JC01"}])")
            .find("did you mean 'who'?") != std::string::npos);
  CHECK(told(R"([{"act": "initiate", "at": "2026-02-11", "who": "JC01", "fields": {"unit": []}}])")
            .find("error[wrong-type]: 'unit' should be text") != std::string::npos);
  CHECK(told(R"([{"act": "initiate", "at": "2026-02-11", "who": "JC01", "fields": "unit"}])")
            .find("error[wrong-type]: 'fields'") != std::string::npos);
}

TEST_CASE("a record goes out as a page and as CSV, into files") {
  const scratch folder;
  const std::string store = folder.at("s.db");
  const std::string acts_file = BANLI_SOURCE_DIR "/examples/supervision/orders.csv";
  REQUIRE(run_banli({"order", "apply", store, acts_file, "--office", supervising_office}).code ==
          0);
  const auto file = [&](const char* format) {
    REQUIRE(run_banli({"order", "show", store, "督-2026-001", "--office", supervising_office,
                       "--format", format, "-o", folder.at("record")})
                .code == 0);
    return content(folder.at("record"));
  };
  CHECK(file("html").find("<h1>电子督办单</h1>") != std::string::npos);
  CHECK(file("csv").starts_with("督办单编号,监察部门"));
  CHECK(run_banli({"order", "act", store, "督-2026-001", "remind", "--at", "2026-02-13T09:00",
                   "--who", "JC01", "--office", supervising_office, "--json"})
            .out.find("\"reminders\":1") != std::string::npos);
}
