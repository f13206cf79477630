// Zones read from their files: by hand-made ones, and against the C library over all of the
// system's.
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/document/zone_files.hpp>
#include <banli/expression/bound_values.hpp>
#include <banli/expression/program.hpp>
#include <banli/expression/time_zone.hpp>
#include <banli/time/text.hpp>

using namespace banli;
using std::chrono::seconds;

namespace {

std::string big(std::int64_t n, int width) {
  std::string out;
  for (int i = width; i-- > 0;)
    out +=
        static_cast<char>(static_cast<std::uint64_t>(n) >> (8U * static_cast<unsigned>(i)) & 0xFFU);
  return out;
}

struct change {
  std::int64_t at;
  int kind;
};

std::string table(char version, int width, const std::vector<change>& changes,
                  const std::vector<int>& offsets, int leaps) {
  std::string out = "TZif" + std::string(1, version) + std::string(15, '\0');
  const auto count = [&](std::size_t n) { out += big(static_cast<std::int64_t>(n), 4); };
  count(0);
  count(0);
  count(static_cast<std::size_t>(leaps));
  count(changes.size());
  count(offsets.size());
  count(4);
  for (const change& c : changes) out += big(c.at, width);
  for (const change& c : changes) out += static_cast<char>(c.kind);
  for (const int o : offsets) out += big(o, 4) + std::string(2, '\0');
  out += std::string("LMT\0", 4);
  for (int i = 0; i < leaps; ++i) out += big(i, width) + big(i, 4);
  return out;
}

/// A file of version 2: an empty table of version 1, one of 64 bits, and a line.
std::string zone_file(const std::vector<change>& changes, const std::vector<int>& offsets,
                      const std::string& footer, int leaps = 0) {
  return table('2', 4, {}, {0}, 0) + table('2', 8, changes, offsets, leaps) + "\n" + footer + "\n";
}

/// Minutes of the offset, at an instant of UTC.
std::int64_t offset(const time_zone& z, const char* utc) {
  return z.offset_at(*parse_instant(utc)) / minutes{1};
}

time_zone yearly(const std::string& rule) {
  return time_zone::read(zone_file({}, {0}, rule)).value();
}

} // namespace

TEST_CASE("a zone is its table, and after the last change its rule for every year") {
  const std::int64_t turn = 1'000'000'000; // 2001-09-09T01:46:40
  const time_zone z =
      time_zone::read(zone_file({{-100, 1}, {turn, 2}}, {600, 3600, 7200}, "XYZ-3")).value();
  CHECK(z.offset_at(instant{seconds{-101}}) == seconds{600});
  CHECK(z.offset_at(instant{seconds{-100}}) == seconds{3600});
  CHECK(z.offset_at(instant{seconds{turn - 1}}) == seconds{3600});
  CHECK(z.offset_at(instant{seconds{turn}}) == seconds{10800});
}

TEST_CASE("rules of the world: summers, also over the end of the year, and odd hours") {
  const struct {
    const char* rule;
    const char* utc;
    int minutes;
  } rows[] = {
      {"CST-8", "2025-07-01T00:00", 480},
      {"<+0545>-5:45", "2025-07-01T00:00", 345},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2025-03-30T00:59:59", 60},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2025-03-30T01:00:00", 120},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2025-10-26T00:59:59", 120},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2025-10-26T01:00:00", 60},
      // Sydney: summer from October to April.
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2025-12-31T23:59", 660},
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2025-01-01T00:00", 660},
      {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2025-07-01T00:00", 600},
      // Godthab turns at -1:00, which is 23:00 of the day before.
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T00:59:59", -120},
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T01:00:00", -60},
      // Gaza on the 50th hour of a Thursday, which is a Saturday.
      {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2025-03-28T23:59:59", 120},
      {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2025-03-29T00:00:00", 180},
      // Days by number, with 29 February and without; summer all year; half an hour of it.
      {"AAA0BBB,59,J300", "2024-02-29T02:00:00", 60},
      {"AAA0BBB,J60,J300", "2024-03-01T01:59:59", 0},
      {"AAA0BBB,J60,J300", "2024-03-01T02:00:00", 60},
      {"XXX3EDT4,0/0,J365/23", "2024-12-31T23:59:59", -240},
      {"XXX3EDT4,0/0,J365/23", "2024-06-30T00:00:00", -240},
      {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2025-01-01T00:00:00", 660},
  };
  for (const auto& r : rows) {
    CAPTURE(r.rule);
    CAPTURE(r.utc);
    CHECK(offset(yearly(r.rule), r.utc) == r.minutes);
  }
}

TEST_CASE("what is no zone file is refused, wherever it is cut or bent") {
  const auto code = [](const std::string& bytes) {
    const auto z = time_zone::read(bytes);
    return z ? std::string{} : std::string{to_string(z.error().code)};
  };
  const std::string whole = zone_file({{100, 1}}, {0, 3600}, "CET-1CEST,M3.5.0,M10.5.0/3");
  CHECK(code(whole).empty());
  for (std::size_t n = 0; n < whole.size(); ++n) CHECK(code(whole.substr(0, n)) == "bad-value");
  CHECK(code(zone_file({{100, 2}}, {0, 3600}, "")) == "bad-value");    // no such kind
  CHECK(code(zone_file({{100, 0}, {99, 0}}, {0}, "")) == "bad-value"); // out of order
  CHECK(code(zone_file({}, {27 * 3600}, "")) == "bad-value");          // too far
  CHECK(code(zone_file({}, {0}, "", 1)) == "bad-value");               // leap seconds
  CHECK(code(table('2', 4, {}, {0}, 0) + table('2', 8, {}, {}, 0) + "\n\n") == "bad-value");
  for (const char* rule : {"C-1", "CET", "CET-168", "CET-1:60", "CET-1CEST", "CET-1CEST,M3.5.0",
                           "CET-1CEST,M13.1.0,J5", "CET-1CEST,M3.6.0,J5", "CET-1CEST,M3.5.7,J5",
                           "CET-1CEST,J0,J5", "CET-1CEST,366,J5", "CET-1CEST,J3,J5x", "<CET-1",
                           "CET-1CEST,M3.5,J5", "CET-1CEST,J3/x,J5"}) {
    CAPTURE(rule);
    CHECK(code(zone_file({}, {0}, rule)) == "bad-value");
  }
  CHECK(rc::check("bent files are zones or refused, and never more", [&] {
    std::string bent = whole;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
      bent[*rc::gen::inRange<std::size_t>(0, bent.size())] = *rc::gen::arbitrary<char>();
    if (const auto z = time_zone::read(bent))
      RC_ASSERT(std::chrono::abs(z->offset_at(instant{seconds{1'700'000'000}})) <=
                std::chrono::hours{168});
  }));
}

TEST_CASE("version 1 has a table of 32 bits and nothing behind it") {
  const auto z = time_zone::read(table('\0', 4, {{-5, 1}}, {60, 120}, 0));
  REQUIRE(z.has_value());
  CHECK(z->offset_at(instant{seconds{-6}}) == seconds{60});
  CHECK(z->offset_at(instant{seconds{1'900'000'000}}) == seconds{120});
}

TEST_CASE("every zone of the system is read as the C library reads it") {
  namespace fs = std::filesystem;
  const fs::path folder{system_zones};
  if (!fs::exists(folder)) {
    MESSAGE("skipped: no zone files");
    return;
  }
  const zone_finder find = zone_files();
  std::size_t zones = 0;
  std::uint64_t dice = 1;
  for (const auto& e : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(e.path(), folder).generic_string();
    if (!e.is_regular_file() || name.starts_with("right/") || name.starts_with("posix")) continue;
    const auto zone = find(name);
    if (!zone) continue; // a table of names, say
    CAPTURE(name);
    setenv("TZ", (":" + name).c_str(), 1);
    tzset();
    ++zones;
    for (int i = 0; i < 200; ++i) {
      dice = dice * 6364136223846793005U + 1442695040888963407U;
      const auto at = static_cast<std::time_t>(dice >> 31U) - 3'000'000'000; // 1874 to 2146
      std::tm local{};
      localtime_r(&at, &local);
      CAPTURE(at);
      REQUIRE(zone->offset_at(instant{seconds{at}}).count() == local.tm_gmtoff);
    }
  }
  unsetenv("TZ");
  tzset();
  CHECK(zones > 300);
}

TEST_CASE("expressions show a timestamp where another clock hangs") {
  environment env;
  env.declare("t", type_kind::timestamp).declare("where", type_kind::string);
  const std::string east = zone_file({}, {0}, "CST-8");
  int asked = 0;
  env.time_zones([&](std::string_view name) -> std::shared_ptr<const time_zone> {
    ++asked;
    if (name != "Asia/Shanghai") return nullptr;
    return std::make_shared<const time_zone>(time_zone::read(east).value());
  });
  bound_values b;
  b.set("t", parse_instant("2025-10-11T20:30").value()).set("where", "Asia/Shanghai");
  const auto gives = [&](std::string_view source) {
    const compiled c = compile(source, env);
    if (!c.program) return to_string(c.problems.front(), language::en);
    const outcome o = c.program->evaluate(b);
    return o.is == outcome::state::error ? to_string(o.error, language::en) : to_text(o.value);
  };
  CHECK(gives("t.getDate('Asia/Shanghai')") == "12");
  CHECK(gives("t.getHours('Asia/Shanghai')") == "4");
  CHECK(gives("t.getHours(where)") == "4");
  CHECK(gives("t.getHours('-03:30')") == "17");
  // A name that is written down is found, or missed, when the expression is loaded.
  CHECK(gives("1 + t.getHours('Asia/Shanghay')") ==
        "1:16: error[bad-value]: \"Asia/Shanghay\" is no time zone that is known here: give an "
        "offset such as \"+08:00\"");
  CHECK(gives("t.getHours(where + 'x')").find("1:1: error[evaluation-error]") == 0);
  asked = 0;
  const program p = *compile("t.getHours('Asia/Shanghai')", env).program;
  for (int i = 0; i < 3; ++i) p.evaluate(b);
  CHECK(asked == 1);
  CHECK(compile("t.getHours('Asia/Shanghai')", environment{}.declare("t", type_kind::timestamp))
            .problems.front()
            .code == errc::bad_value);
}

TEST_CASE("a folder gives its zones and nothing outside it") {
  const zone_finder find = zone_files();
  for (const char* name : {"", "/etc/passwd", "../zoneinfo/UTC", "Asia/../UTC", "Asia/", "/UTC",
                           "Asia//Shanghai", "Asia", "zone.tab", "No/Where", "a\0b"}) {
    CAPTURE(name);
    CHECK(find(name) == nullptr);
  }
  CHECK(find(std::string(65, 'A')) == nullptr);
  CHECK(zone_files("/nowhere")("UTC") == nullptr);
  if (std::filesystem::exists(std::string{system_zones} + "/Asia/Shanghai")) {
    const auto zone = find("Asia/Shanghai");
    REQUIRE(zone);
    CHECK(find("Asia/Shanghai") == zone); // read once
  }
}
