// `banli score` and `banli stats`: sessions as a user sees them.
#include <doctest/doctest.h>

#include "sessions.hpp"

using namespace command;

TEST_CASE("sessions with scores and statistics read as they are written down") {
  const scratch folder;
  const std::string county = BANLI_SOURCE_DIR "/examples/county";
  const std::string all = content(county + "/cases.csv");
  std::string log;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at) + 1;
    const std::string line = all.substr(at, end - at);
    if (at == 0 || line.find(",LY-2024-00001") != std::string::npos) log += line;
    at = end;
  }
  const std::string store = folder.at("county.db");
  REQUIRE(
      run_banli({"run", county, "--log", folder.write("log.csv", log), "--store", store}).code ==
      0);
  const std::string records =
      folder.write("records.csv", "id,kind,at,department,note,waiver,waiver_reason\n"
                                  "R1,check.attitude,2025-03-04,LY,态度生硬,,\n"
                                  "R2,check.graft,2025-03-05,SC,,self_corrected,主动整改\n"
                                  "R3,harm.serious,2025-04-01,WS,,,\n");
  const std::string answers = folder.write("said.csv", "id,at,department,group,grade,channel\n"
                                                       "1,2025-05-01,LY,service,满意,web\n"
                                                       "2,2025-05-01,SC,service,基本满意,counter\n"
                                                       "3,2025-05-01,WS,service,非常满意,counter\n"
                                                       "4,2025-05-01,LY,government,满意,paper\n"
                                                       "5,2025-05-01,SC,government,满意,paper\n"
                                                       "6,2025-05-01,WS,government,满意,paper\n");
  folder.write("bad.csv", "id,kind,at\nR1,check.attitude,gestern\n");
  session_words words{BANLI_SOURCE_DIR "/",
                      {{"county.db", store},
                       {"records.csv", records},
                       {"said.csv", answers},
                       {"bad.csv", folder.at("bad.csv")},
                       {"none.db", folder.at("none.db")},
                       {"report.folder", folder.at("report.folder")}}};
  CHECK(run_sessions(BANLI_SOURCE_DIR "/tests/cli/assessment_sessions.txt", words) == 38);
}
