#include <banli/item/discretion_benchmark.hpp>

#include <limits>
#include <string>

#include <doctest/doctest.h>

using namespace banli;

namespace {

const std::vector<form_fact> facts{{"amount", "货值", fact_type::decimal},
                                   {"times", "次数", fact_type::integer},
                                   {"harm", "有危害后果", fact_type::boolean},
                                   {"place", "地点", fact_type::text}};

discretion_benchmark unlicensed() {
  return {"无证经营",
          "《食品安全法》第一百二十二条",
          {{"轻微", {{"amount", {}, 5000}, {"harm", {}, {}, "false"}}, {{"警告"}}},
           {"一般",
            {{"amount", 5000, 50000}, {"harm", {}, {}, "false"}},
            {{"罚款", 3000, 10000, "元"}, {"没收违法所得"}}},
           {"严重", {{"harm", {}, {}, "true"}}, {{"罚款", 10000, {}, "元"}}}}};
}

/// The one fault of a benchmark, as "code path".
std::string fault_of(const discretion_benchmark& b) {
  std::string out;
  const problems found = check(b, std::span<const form_fact>{facts}, [&](std::string_view p) {
    out += std::string{p} + ";";
    return place{};
  });
  for (const error& e : found) out += std::string{to_string(e.code)} + ";";
  return out;
}

std::string band_name(const fact_values& given) {
  const auto band = band_of(unlicensed(), given);
  return band ? (*band)->name : std::string{to_string(band.error().code)};
}

errc first_code(const fact_values& given, std::vector<decided_outcome> decision) {
  const problems found = check(unlicensed(), given, std::span<const decided_outcome>{decision});
  return found.empty() ? errc{} : found[0].code;
}

} // namespace

TEST_CASE("facts lead to their band, and the edge belongs to the upper one") {
  CHECK(fault_of(unlicensed()).empty());
  static const discretion_benchmark b = unlicensed();
  const auto name = [&](double amount, bool harm) {
    return (*band_of(b, {{"amount", amount}, {"harm", harm}}))->name;
  };
  CHECK(name(4999.99, false) == "轻微");
  CHECK(name(5000, false) == "一般");
  CHECK(name(4000, true) == "严重");
  CHECK(band_name({{"amount", 50000.0}, {"harm", false}}) == "outside-benchmark"); // a gap
  CHECK(band_name({{"amount", 4000.0}}) == "missing-field");
  CHECK(band_name({{"amount", std::string{"many"}}, {"harm", false}}) == "outside-benchmark");
}

TEST_CASE("a decision keeps to the kinds and the extent of its band") {
  const fact_values usual{{"amount", 6000.0}, {"harm", false}};
  CHECK(first_code(usual, {{"罚款", 3000.0}, {"没收违法所得", {}}}) == errc{});
  CHECK(first_code(usual, {{"罚款", 10000.0}}) == errc{});
  CHECK(first_code(usual, {{"罚款", 10000.01}}) == errc::outside_benchmark);
  CHECK(first_code(usual, {{"罚款", 2999.0}}) == errc::outside_benchmark);
  CHECK(first_code(usual, {{"罚款", {}}}) == errc::outside_benchmark); // a fine has an amount
  CHECK(first_code(usual, {{"罚款", std::numeric_limits<double>::quiet_NaN()}}) ==
        errc::outside_benchmark);
  CHECK(first_code(usual, {{"拘留", 5.0}}) == errc::outside_benchmark);
  CHECK(first_code({}, {{"罚款", 3000.0}}) == errc::missing_field);
}

TEST_CASE("each fault of a benchmark is found at its place") {
  struct fault {
    const char* what;
    void (*make)(discretion_benchmark&);
    const char* found;
  };
  const fault faults[] = {
      {"no name", [](auto& b) { b.name.clear(); }, "/name;missing-field;"},
      {"no bands", [](auto& b) { b.bands.clear(); }, "/bands;missing-field;"},
      {"no outcome", [](auto& b) { b.bands[0].outcomes.clear(); },
       "/bands/0/outcomes;missing-field;"},
      {"unknown fact", [](auto& b) { b.bands[2].when[0].fact = "ham"; },
       "/bands/2/when/0/fact;unknown-identifier;"},
      {"neither range nor value", [](auto& b) { b.bands[2].when[0].is.clear(); },
       "/bands/2/when/0;bad-benchmark;"},
      {"a range over a boolean",
       [](auto& b) {
         b.bands[2].when[0] = {"harm", 1.0};
       },
       "/bands/2/when/0;type-mismatch;"},
      {"a boolean that is neither", [](auto& b) { b.bands[2].when[0].is = "yes"; },
       "/bands/2/when/0;type-mismatch;"},
      {"nothing below its start", [](auto& b) { b.bands[1].when[0].below = 5000; },
       "/bands/1/when;bad-benchmark;"},
      {"nothing between whole numbers",
       [](auto& b) {
         b.bands[2].when.push_back({"times", 1.2, 1.9});
       },
       "/bands/2/when;bad-benchmark;"},
      {"two texts at once",
       [](auto& b) {
         b.bands[2].when.push_back({"place", {}, {}, "a"});
         b.bands[2].when.push_back({"place", {}, {}, "b"});
       },
       "/bands/2/when;bad-benchmark;"},
      {"bands that overlap", [](auto& b) { b.bands[1].when[0].from = 4999; },
       "/bands/1;bad-benchmark;"},
      {"a band for everybody beside others",
       [](auto& b) {
         b.bands.push_back({"其他", {}, {{"警告"}}});
       },
       "/bands/3;bad-benchmark;"},
      {"an extent upside down", [](auto& b) { b.bands[1].outcomes[0].least = 10001; },
       "/bands/1/outcomes/0;bad-benchmark;"},
      {"an extent without end",
       [](auto& b) { b.bands[1].outcomes[0].most = std::numeric_limits<double>::infinity(); },
       "/bands/1/outcomes/0;bad-benchmark;"},
      {"a bound that is no number",
       [](auto& b) { b.bands[0].when[0].below = std::numeric_limits<double>::quiet_NaN(); },
       "/bands/0/when/0;bad-benchmark;"},
  };
  for (const fault& f : faults) {
    INFO(f.what);
    discretion_benchmark b = unlicensed();
    f.make(b);
    CHECK(fault_of(b) == f.found);
  }
}

TEST_CASE("a fact that is mistyped is told the name that was meant") {
  discretion_benchmark b = unlicensed();
  b.bands[0].when[0].fact = "amuont";
  const problems found = check(b, std::span<const form_fact>{facts});
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.en.find("'amount'") != std::string::npos);
}
