// case_log.hpp: banli's own log, foreign logs, packed files.
#include <banli/interchange/case_log.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include <unistd.h>
#include <zlib.h>

#include <doctest/doctest.h>

#include <banli/time/text.hpp>

using namespace banli;

namespace {

std::string said(const problems& found) {
  std::string out;
  for (const error& e : found) {
    if (!out.empty()) out += '\n';
    out += to_string(e, language::en);
  }
  return out;
}

/// Where they are and their codes.
std::string places(const problems& found) {
  std::string out;
  for (const error& e : found)
    out += fmt::format("{}:{} {}; ", e.where.line, e.where.column, to_string(e.code));
  return out;
}

/// A file of its own, gone with the test.
class file {
 public:
  file(const std::string& ending, std::string_view content) {
    path_ = (std::filesystem::temp_directory_path() /
             fmt::format("banli-log-{}-{}{}", ::getpid(), ++count_, ending))
                .string();
    std::ofstream{path_, std::ios::binary}.write(content.data(),
                                                 static_cast<std::streamsize>(content.size()));
  }
  ~file() { std::filesystem::remove(path_); }
  file(const file&) = delete;
  file& operator=(const file&) = delete;

  const std::string& path() const { return path_; }

 private:
  static inline int count_ = 0;
  std::string path_;
};

std::string gzip(std::string_view content) {
  z_stream z{};
  REQUIRE(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(compressBound(content.size()) + 64, '\0');
  std::string in{content};
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

std::optional<errc> refused(const result<std::string>& r) {
  return r ? std::nullopt : std::optional{r.error().code};
}

log_mapping permit_mapping() {
  return {.item = item_id{"permit"},
          .case_column = "case",
          .sequence_column = "seq",
          .step_column = "activity",
          .time_column = "time",
          .actor_column = "who",
          .received_column = "start",
          .deadline_column = "deadline",
          .steps = {{"Check it", "T02"}}};
}

} // namespace

TEST_CASE("banli's own log: the columns of applications, reviews and late entries") {
  const auto r =
      parse_case_log("id,case,at,actor,action,recipient,late_reason,recorded,until,"
                     "attachments,reviews,number,title,summary,agent,contact,phone,"
                     "certificate,certificate_number,window\n"
                     "1,c1,2024-03-01T09:10,x,apply,,,,,a.pdf;b.pdf,,SQ1,登记,摘要,乙,甲,"
                     "1,身份证,2,城关镇\n"
                     "2,c1,2024-03-02T09:10,CK01,review_materials,applicant,停电,"
                     "2024-03-03T08:00,2025-03-01,,"
                     "申请书=complete;章程=lacking:未签字,,,,,,,,,\n",
                     "log.csv");
  REQUIRE(said(r.found) == "");
  REQUIRE(r.log.commands.size() == 2);
  const details& first = r.log.commands[0].with;
  CHECK(first.application ==
        application{"SQ1", "登记", "摘要", "乙", "甲", "1", "身份证", "2", "城关镇"});
  CHECK(first.attachments == std::vector<std::string>{"a.pdf", "b.pdf"});
  const details& second = r.log.commands[1].with;
  CHECK_FALSE(second.application);
  CHECK(second.recipient == "applicant");
  CHECK(second.late_reason == "停电");
  CHECK(second.recorded == *parse_instant("2024-03-03T08:00"));
  CHECK(second.until == *parse_day("2025-03-01"));
  CHECK(second.reviews ==
        std::vector<material_review>{{"申请书", material_standing::complete, ""},
                                     {"章程", material_standing::lacking, "未签字"}});
  for (const auto& [cells, code] :
       {std::pair{"a;;b,", "bad-value"}, std::pair{",章程", "bad-value"},
        std::pair{",章程=absent", "unknown-value"}}) {
    const auto bad = parse_case_log(
        fmt::format("id,case,at,actor,action,attachments,reviews\n1,c,2024-03-01,x,apply,{}\n",
                    cells),
        "log.csv");
    REQUIRE(bad.found.size() == 1);
    CHECK(to_string(bad.found[0].code) == code);
  }
}

TEST_CASE("banli's own log: every column") {
  const auto r = parse_case_log(
      "id,case,at,actor,action,item,step,to_step,outcome,kind,reason,opinion,document,authority,"
      "applicant,to_person,channel,result,received,limit,facts\n"
      "1,c1,2024-03-01T09:10,CK01,accept,11620524MB,,,,,,,,,某某,,online,,2024-02-29,,area=120;b=x="
      "y\n"
      "2,c1,2024-03-04 "
      "15:00:07,MZ01,send_back,,初审,采集,不通过,k,原因,意见,文书,局长,,MZ02,,refused,,"
      "10个工作日,b=\n",
      "log.csv");
  REQUIRE(said(r.found) == "");
  REQUIRE(r.log.commands.size() == 2);
  CHECK(r.log.deadlines.empty());
  const command first{.request = request_id{"1"},
                      .id = case_id{"c1"},
                      .at = *parse_instant("2024-03-01T09:10"),
                      .actor = person_id{"CK01"},
                      .what = action::accept,
                      .with = {.item = item_id{"11620524MB"},
                               .applicant = "某某",
                               .by = channel::online,
                               .received = *parse_day("2024-02-29"),
                               .facts = {{"area", "120"}, {"b", "x=y"}}},
                      .where = {"log.csv", 2, 0}};
  CHECK(r.log.commands[0] == first);
  const command second{.request = request_id{"2"},
                       .id = case_id{"c1"},
                       .at = *parse_instant("2024-03-04T15:00:07"),
                       .actor = person_id{"MZ01"},
                       .what = action::send_back,
                       .with = {.step = node_id{"初审"},
                                .to_step = node_id{"采集"},
                                .outcome = "不通过",
                                .kind = "k",
                                .reason = "原因",
                                .opinion = "意见",
                                .document = "文书",
                                .authority = "局长",
                                .to_person = person_id{"MZ02"},
                                .result = case_result::refused,
                                .limit = time_limit{10, limit_unit::workday},
                                .facts = {{"b", ""}}},
                       .where = {"log.csv", 3, 0}};
  CHECK(r.log.commands[1] == second);
}

TEST_CASE("banli's own log: the optional columns may be left out, in any order") {
  const auto r = parse_case_log("action,actor,at,case,id\nresume,p,2024-01-02,c,7\n", "f");
  REQUIRE(said(r.found) == "");
  CHECK(r.log.commands.at(0).what == action::resume);
  CHECK(r.log.commands.at(0).with == details{});
}

TEST_CASE("banli's own log: every bad cell is told with its place, and nothing is used") {
  const auto r = parse_case_log("id,case,at,actor,action,result,channel,received,limit,facts\n"
                                "1,c,2024-01-02,p,resume,,,,,\n"
                                "2,c,2024-02-30,p,resum,grant,shop,yesterday,10 fortnights,a\n"
                                "1,c,2024-01-02,p,resume,,,,,a=1;a=2\n"
                                ",,,,,,,,,=x\n"
                                "4,\"a\nb\",2024-01-02,p,resume,,,,,\n",
                                "f");
  CHECK(r.log.commands.empty());
  CHECK(places(r.found) == "3:5 bad-date; "
                           "3:18 unknown-command; "
                           "3:24 unknown-value; "
                           "3:30 unknown-value; "
                           "3:35 bad-date; "
                           "3:45 bad-limit; "
                           "3:59 bad-value; "
                           "4:1 duplicate-line; "
                           "4:29 bad-value; "
                           "5:1 missing-field; "
                           "5:2 missing-field; "
                           "5:3 missing-field; "
                           "5:4 missing-field; "
                           "5:5 missing-field; "
                           "5:10 bad-value; "
                           "6:3 bad-value; ");
  CHECK(to_string(r.found[1], language::en) ==
        "f:3:18: error[unknown-command]: no command 'resum'; did you mean 'resume'?");
  CHECK(to_string(r.found[7], language::zh) ==
        "f:4:1: error[duplicate-line]: 编号“1”与第 2 行相同");
}

TEST_CASE("banli's own log: columns that are missing or mean nothing") {
  const auto r = parse_case_log("id,case,at,actor,acton,steps\n1,c,2024-01-02,p,resume,\n", "f");
  CHECK(said(r.found) ==
        "f:1: error[missing-column]: there is no column 'action'; did you mean 'acton'?\n"
        "f:1:18: error[unknown-field]: column 'acton' means nothing here; did you mean 'action'?\n"
        "f:1:24: error[unknown-field]: column 'steps' means nothing here; did you mean 'step'?");
}

TEST_CASE("problems of the file and of its cells come together, in the order of the text") {
  const auto r = parse_case_log("id,case,at,actor,action\n"
                                "1,c,never,p,resume\n"
                                "2,c\n"
                                "3,c,2024-01-02,p,nothing\n"
                                "4,c,\"2024",
                                "f");
  std::vector<errc> codes;
  for (const error& e : r.found) codes.push_back(e.code);
  CHECK(codes == std::vector{errc::bad_date, errc::wrong_column_count, errc::unknown_command,
                             errc::truncated_file});
}

TEST_CASE("problems end at their limit") {
  std::string text = "id,case,at,actor,action\n";
  for (int i = 0; i < 100; ++i) text += ",,,,\n";
  case_log_limits limits;
  limits.csv.problems = 10;
  const auto r = parse_case_log(text, "f", limits);
  CHECK(r.found.size() == 11);
  CHECK(r.found.back().code == errc::limit_exceeded);
}

TEST_CASE("a foreign log: accepted before its first row, delivered after its last") {
  const auto r = parse_case_log(
      "case,seq,activity,time,who,start,deadline,more\n"
      "b,2,Check it,2011-10-12T08:26:25.398+02:00,R10,2011-10-10T13:42:22.688+02:00,2011-12-05,x\n"
      "a,1,T01,2011-10-11T13:45:40.276+02:00,R21,,,x\n"
      "b,1,T01,2011-10-11T13:45:40.276+02:00,R21,2011-10-10T13:42:22.688+02:00,2011-12-05,x\n",
      "f", permit_mapping());
  REQUIRE(said(r.found) == "");
  std::vector<std::string> got;
  for (const command& c : r.log.commands)
    got.push_back(fmt::format("{} {} {} {} {} {}{} {}", c.request.text(), c.id.text(),
                              to_text(c.at), c.actor.text(), to_string(c.what), c.with.item.text(),
                              c.with.step.text(), c.where.line));
  CHECK(got == std::vector<std::string>{"b/accept b 2011-10-11T13:45:40 R21 accept permit 4",
                                        "b/1 b 2011-10-11T13:45:40 R21 complete T01 4",
                                        "b/2 b 2011-10-12T08:26:25 R10 complete T02 2",
                                        "b/deliver b 2011-10-12T08:26:25 R10 deliver  2",
                                        "a/accept a 2011-10-11T13:45:40 R21 accept permit 3",
                                        "a/1 a 2011-10-11T13:45:40 R21 complete T01 3",
                                        "a/deliver a 2011-10-11T13:45:40 R21 deliver  3"});
  CHECK(r.log.commands[0].with.received == *parse_day("2011-10-10"));
  CHECK_FALSE(r.log.commands[4].with.received.has_value());
  REQUIRE(r.log.deadlines.size() == 1);
  CHECK(r.log.deadlines[0].id == case_id{"b"});
  CHECK(r.log.deadlines[0].due == *parse_day("2011-12-05"));
}

TEST_CASE("a foreign log without numbers is in the order of the file") {
  log_mapping m = permit_mapping();
  m.sequence_column = m.actor_column = m.received_column = m.deadline_column = "";
  const auto r = parse_case_log("case,activity,time\n"
                                "a,x,2011-10-12\nb,x,2011-10-12\na,y,2011-10-11\n",
                                "f", m);
  REQUIRE(said(r.found) == "");
  REQUIRE(r.log.commands.size() == 7);
  CHECK(r.log.commands[2].request == request_id{"a/2"});
  CHECK(r.log.commands[2].with.step == node_id{"y"});
  CHECK(r.log.commands[2].actor.empty());
}

TEST_CASE("a foreign log: every bad cell is told with its place") {
  const auto r = parse_case_log("case,seq,activity,time,who,start,deadline\n"
                                "a,1,x,2011-10-12,p,someday,\n"
                                "a,1,,2011-13-12,p,,\n"
                                ",x,y,2011-10-12,p,,\n"
                                "a,,y,,p,,2011-10-32\n"
                                "a,2,y,2011-10-12,p,,2011-10-32\n",
                                "f", permit_mapping());
  CHECK(places(r.found) == "2:20 bad-date; "
                           "3:3 duplicate-line; "
                           "3:5 missing-field; "
                           "3:6 bad-date; "
                           "4:1 missing-field; "
                           "4:2 bad-value; "
                           "5:3 missing-field; "
                           "5:6 missing-field; "
                           "6:21 bad-date; ");
  CHECK(r.log.commands.empty());
  CHECK(r.log.deadlines.empty());
  const auto missing = parse_case_log("cas,seq,activity,time\n", "f", permit_mapping());
  CHECK(missing.found.size() == 4);
  CHECK(to_string(missing.found[0], language::en) ==
        "f:1: error[missing-column]: there is no column 'case'; did you mean 'cas'?");
}

TEST_CASE("files are read, packed or not") {
  CHECK(*read_log_file(file{".csv", "a,b\n"}.path()) == "a,b\n");
  CHECK(*read_log_file(file{".csv", ""}.path()) == "");
  CHECK(*read_log_file(file{".csv.gz", gzip("a,b\n")}.path()) == "a,b\n");
  CHECK(*read_log_file(file{".gz", gzip("")}.path()) == "");
  CHECK(*read_log_file(file{".gz", gzip("a,") + gzip("b\n")}.path()) == "a,b\n");
  std::string large;
  std::mt19937 random{1};
  while (large.size() < 3'000'000) large += std::to_string(random()) + ",";
  CHECK(*read_log_file(file{".gz", gzip(large)}.path()) == large);
}

TEST_CASE("files that cannot be read, are cut off, or unpack to too much") {
  CHECK(refused(read_log_file("/nowhere/log.csv")) == errc::file_not_found);
  CHECK(refused(read_log_file("")) == errc::file_not_found);
  CHECK(refused(read_log_file(std::filesystem::temp_directory_path().string())) ==
        errc::file_unreadable);
  CHECK(refused(read_log_file(file{".gz", "a,b\n"}.path())) == errc::bad_encoding);
  CHECK(refused(read_log_file(file{".gz", gzip("a,b\n") + "more"}.path())) == errc::bad_encoding);
  const std::string packed = gzip("id,case,at,actor,action\n1,c,2024-01-02,p,resume\n");
  for (std::size_t size = 0; size < packed.size(); ++size) {
    CAPTURE(size);
    CHECK(refused(read_log_file(file{".gz", packed.substr(0, size)}.path())) ==
          errc::truncated_file);
  }
  std::string flipped = packed;
  flipped[packed.size() - 6] = static_cast<char>(~flipped[packed.size() - 6]); // the check sum
  CHECK(refused(read_log_file(file{".gz", flipped}.path())) == errc::bad_encoding);

  case_log_limits limits;
  limits.csv.bytes = 1'000'000;
  limits.compressed_bytes = 100'000;
  const std::string bomb = gzip(std::string(50'000'000, '0'));
  REQUIRE(bomb.size() < limits.compressed_bytes);
  CHECK(refused(read_log_file(file{".gz", bomb}.path(), limits)) == errc::limit_exceeded);
  CHECK(refused(read_log_file(file{".csv", std::string(1'000'001, '0')}.path(), limits)) ==
        errc::limit_exceeded);
  limits.compressed_bytes = 10;
  CHECK(refused(read_log_file(file{".gz", packed}.path(), limits)) == errc::limit_exceeded);
}

TEST_CASE("no bytes whatever break a log") {
  std::mt19937 random{3};
  const std::string good = "id,case,at,actor,action,limit,facts\n"
                           "1,c,2024-01-02,p,extend,10 workdays,a=1;b=审\n"
                           "2,\"c\",2024-01-02T10:00,p,resume,,\n";
  for (int round = 0; round < 10'000; ++round) {
    std::string s = good;
    for (std::size_t edits = 1 + random() % 4; edits > 0 && !s.empty(); --edits) {
      if (random() % 3 == 0)
        s.erase(random() % s.size(), 1 + random() % 20);
      else if (random() % 2 == 0)
        s.insert(random() % s.size(), good.substr(random() % good.size(), random() % 20));
      else
        s[random() % s.size()] = static_cast<char>(random());
    }
    const auto r = parse_case_log(s, "f");
    REQUIRE((r.found.empty() || r.log.commands.empty()));
    (void)parse_case_log(s, "f",
                         log_mapping{.item = {},
                                     .case_column = "case",
                                     .sequence_column = "id",
                                     .step_column = "action",
                                     .time_column = "at",
                                     .actor_column = {},
                                     .received_column = {},
                                     .deadline_column = "at",
                                     .steps = {}});
  }
}

TEST_CASE("the municipal permit log: 8,577 rows, 1,434 cases, a deadline for each") {
  const std::string path = BANLI_SHARED_DIR "/data/logs/receipt.csv.gz";
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: the permit log is not here");
    return;
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto text = read_log_file(path);
  REQUIRE(text.has_value());
  const auto r = parse_case_log(*text, "receipt.csv.gz",
                                log_mapping{.item = item_id{"permit"},
                                            .case_column = "case",
                                            .sequence_column = "seq",
                                            .step_column = "activity_code",
                                            .time_column = "timestamp",
                                            .actor_column = "resource",
                                            .received_column = "case_startdate",
                                            .deadline_column = "case_deadline",
                                            .steps = {}});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  MESSAGE("read in " << took.count() << " s");
  CHECK(took.count() < 5.0); // about 0.05 s; the bound is for instrumented builds on busy machines
  REQUIRE(said(r.found) == "");
  CHECK(r.log.commands.size() == 8'577 + 2 * 1'434);
  CHECK(r.log.deadlines.size() == 1'434);

  std::map<std::string, day> due, received;
  std::set<std::string> requests;
  for (const recorded_deadline& d : r.log.deadlines) due[d.id.text()] = d.due;
  for (const command& c : r.log.commands) {
    requests.insert(c.request.text());
    if (c.what == action::accept) received[c.id.text()] = *c.with.received;
  }
  CHECK(requests.size() == r.log.commands.size());
  CHECK(std::ranges::count_if(due, [&](const auto& d) {
          return d.second == received.at(d.first) + days{56};
        }) == 1'080);
}
