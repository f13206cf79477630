#include <banli/item/code_scheme.hpp>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/item/item_code.hpp>

using namespace banli;

namespace {

code_scheme scheme_of(std::string_view pattern) {
  return code_scheme::build("own", {"own", "自定"}, pattern).value();
}

int wrong_column(const code_scheme& s, std::string_view code) {
  const auto read = parse_code(s, code);
  if (read) return 0;
  CHECK(read.error().code == errc::bad_item_code);
  return read.error().where.column;
}

struct attested {
  const char* scheme;
  const char* code;
};

/// Codes from the sources and codes in public use.
constexpr attested attested_codes[] = {
    {"county", "62052400MZ-XK-0001"},
    {"county", "62052400GS-DL-0003"},
    {"county_letters", "JS000000JT-XK-1030"},
    {"credit_code", "12441500196720244T"},
    {"credit_code", "11511301008778183N"},
    {"credit_code", "91350100M000100Y43"},
    {"national_base", "442199806003"},
    {"national_base", "000117002000"},
    {"national_item", "12441500196720244T3442199806003"},
    {"national_handling", "12441500196720244T344219980600301"},
    {"national_case", "12441500196720244T3442199806003202206230068"},
    {"application", "SQ62052400-20240902-0001"},
    {"case_number", "MZ-2024-000001"},
    {"index_number", "000014349/2024-00012"},
    {"form_number", "62052400MZ-XK-0001-B01"},
    {"document_number", "深审核准(2024)12号"}};

} // namespace

TEST_CASE("codes of the sources are read and written back (B02, B11, B15-B19)") {
  for (const attested& k : attested_codes) {
    INFO(k.code);
    const code_scheme& s = **code_scheme::find(k.scheme);
    const auto read = parse_code(s, k.code);
    REQUIRE(read.has_value());
    CHECK(format(s, detail::values_of(*read), read->number).value() == k.code);
  }
  CHECK(code_scheme::built_in().size() == 12);
  CHECK(code_scheme::find("countie").error().code == errc::unknown_value);
  CHECK(code_scheme::find("countie").error().message.en.find("'county'") != std::string::npos);
}

// No source fixes more of the national codes than this; the header says what is our reading.
TEST_CASE("the national codes have 31 and 33 characters and begin with a credit code") {
  const auto code =
      parse_code(code_scheme::national_handling(), "12441500196720244T344219980600301").value();
  CHECK(code.part("body") == "12441500196720244T");
  CHECK(parse_code(code_scheme::credit_code(), code.part("body")).has_value());
  CHECK(wrong_column(code_scheme::national_item(), "12441500196720244U3442199806003") == 18);
  CHECK(code.part("nonsense").empty());
  CHECK(code.part("").empty());
  for (const auto& [id, length] :
       {std::pair{"credit_code", 18}, {"national_item", 31}, {"national_handling", 33}}) {
    int sum = 0;
    for (const code_field& f : (*code_scheme::find(id))->fields()) sum += f.most;
    CHECK(sum == length);
  }
}

TEST_CASE("an error points at the exact character, counted in characters") {
  const code_scheme& county = code_scheme::county();
  for (const auto& [code, column] : {std::pair{"", 1},
                                     {"6205240", 8},
                                     {"62052400mZ-XK-0001", 9},
                                     {"62052400MZXK-0001", 11},
                                     {"62052400MZ-X1-0001", 13},
                                     {"62052400MZ-XK-000A", 18},
                                     {"62052400MZ-XK-0000", 18},
                                     {"62052400MZ-XK-00011", 19},
                                     {"62002400MZ-XK-0001", 5},
                                     {"62000400MZ-XK-0001", 6},
                                     {"62050024MZ-XK-0001", 7},
                                     {"00000000MZ-XK-0001", 2},
                                     {"62县524", 3}}) {
    INFO(code);
    CHECK(wrong_column(county, code) == column);
  }
  const code_scheme& letters = code_scheme::document_number();
  CHECK(wrong_column(letters, "深审批准(2024)12号") == 3);
  CHECK(wrong_column(letters, "深审核准(20x4)12号") == 8);
  CHECK(wrong_column(letters, "深审核准(2024)012号") == 11);
  CHECK(wrong_column(letters, "深审核准(2024)12") == 13);
  CHECK(wrong_column(letters, "深审核准(2024)12号的") == 14);
  CHECK(wrong_column(letters, "深审核准(0000)1号") == 9);
  CHECK(wrong_column(letters, "深审核准(2024)1234567890号") == 20);
  CHECK(parse_code(letters, "深审批准(2024)12号").error().message.zh ==
        "“深审批准(2024)12号”:第 3 个字符应为“核”");
  CHECK(parse_code(county, std::string(401, '6')).error().code == errc::limit_exceeded);
}

TEST_CASE("a wrong check character is told, with the right one (GB 32100)") {
  const auto read = parse_code(code_scheme::credit_code(), "12441500196720244A");
  REQUIRE(read.has_error());
  CHECK(read.error().where.column == 18);
  CHECK(read.error().message.en.find("'T', the check character") != std::string::npos);
  CHECK(wrong_column(code_scheme::credit_code(), "12441500196720245T") == 18);
  CHECK(wrong_column(code_scheme::credit_code(), "1244150019672024I") == 17);
  CHECK(credit_check_character("12441500196720244") == 'T');
  CHECK_FALSE(credit_check_character("1244150019672024").has_value());
  CHECK_FALSE(credit_check_character("1244150019672024I").has_value());
}

TEST_CASE("a date in a code is a day of the calendar") {
  const code_scheme& s = code_scheme::application();
  CHECK(wrong_column(s, "SQ62052400-20240229-0001") == 0);
  CHECK(wrong_column(s, "SQ62052400-20230229-0001") == 19);
  CHECK(wrong_column(s, "SQ62052400-20241301-0001") == 17);
  CHECK(wrong_column(s, "SQ62052400-00000101-0001") == 15);
}

TEST_CASE("the type in a code must be one of the table when a table is given (B09)") {
  const auto& types = item_type_table::county();
  CHECK(parse_code(code_scheme::county(), "62052400MZ-XK-0001", types).has_value());
  const auto read = parse_code(code_scheme::county(), "62052400MZ-XX-0001", types);
  REQUIRE(read.has_error());
  CHECK(read.error().code == errc::unknown_value);
  CHECK(read.error().where.column == 12);
  CHECK(parse_code(code_scheme::county(), "6205240", types).error().code == errc::bad_item_code);
}

TEST_CASE("of two faults in the levels of an area the first is told") {
  CHECK(wrong_column(code_scheme::county(), "00205240MZ-XK-0001") == 2); // no province is 00
  CHECK(parse_item_code("00205240MZ-XK-0001").error().where.column == 2);
  CHECK(wrong_column(code_scheme::county(), "62002401MZ-XK-0001") == 5); // nor below a city 00
}

TEST_CASE("parse_item_code and the county scheme agree on every mutation of a code") {
  CHECK(rc::check("same verdict, same character", [] {
    std::string code = *rc::gen::element<std::string>("62052400MZ-XK-0001", "62000000MZ-XK-0001",
                                                      "62050000GS-DL-9999", "62052403AA-ZZ-0100");
    const int edits = *rc::gen::inRange(0, 4);
    for (int i = 0; i < edits && !code.empty(); ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, code.size());
      const char c = *rc::gen::elementOf(std::string{"0019-AZaz:@[/ \x7f"});
      switch (*rc::gen::inRange(0, 3)) {
      case 0: code[at] = c; break;
      case 1: code.insert(at, 1, c); break;
      default: code.erase(at, 1);
      }
    }
    const auto fast = parse_item_code(code);
    const auto general = parse_code(code_scheme::county(), code);
    RC_ASSERT(fast.has_value() == general.has_value());
    if (fast)
      RC_ASSERT(to_text(*fast) == code && fast->number == general->number &&
                fast->department == general->part("department"));
    else
      RC_ASSERT(fast.error().where.column == general.error().where.column);
  }));
}

TEST_CASE("what is read eight bytes at a time and character by character is the same") {
  CHECK(rc::check("same verdict, parts and error", [] {
    const attested k = *rc::gen::elementOf(
        std::vector<attested>(std::begin(attested_codes), std::end(attested_codes)));
    const code_scheme& s = **code_scheme::find(k.scheme);
    std::string code = k.code;
    for (int i = *rc::gen::inRange(0, 3); i > 0 && !code.empty(); --i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, code.size());
      const char c = *rc::gen::elementOf(std::string{"00112359AIZT-/@[:\xb7\x7f"} + code);
      switch (*rc::gen::inRange(0, 4)) {
      case 0: code.insert(at, 1, c); break;
      case 1: code.erase(at, 1); break;
      default: code[at] = c;
      }
    }
    const auto quick = parse_code(s, code);
    const auto slow = detail::code_reader{s, code}.run();
    RC_ASSERT(quick.has_value() == slow.has_value());
    if (slow)
      RC_ASSERT(quick->begin == slow->begin && quick->number == slow->number &&
                quick->scheme == slow->scheme);
    else
      RC_ASSERT(quick.error() == slow.error());
    parsed_code out;
    RC_ASSERT(detail::read_quickly(s, code, out) == slow.has_value());
  }));
}

TEST_CASE("long codes, and codes of any length, are read too") {
  const code_scheme wide = scheme_of("{a:d40}{b:X40}");
  const std::string code = std::string(40, '7') + std::string(40, 'Q');
  CHECK(wide.layouts().by_size.empty());
  CHECK(parse_code(wide, code)->part("b") == std::string(40, 'Q'));
  CHECK(wrong_column(wide, std::string(40, '7') + std::string(39, 'Q') + "q") == 80);
  const code_scheme letters = scheme_of("{u:U3}-{n}号");
  CHECK(letters.layouts().by_size.size() == 9);
  CHECK(parse_code(letters, "A0Y-123456789号")->number == 123'456'789);
  CHECK(wrong_column(letters, "AOY-1号") == 2);
  CHECK(letters == scheme_of("{u:U3}-{n}号"));
  CHECK_FALSE(letters == scheme_of("{u:X3}-{n}号"));
}

TEST_CASE("bad patterns are told, with the character") {
  for (const auto& [pattern, column] : {std::pair{"深{year", 2},
                                        {"}", 1},
                                        {"{}", 2},
                                        {"{area}", 2},
                                        {"{a:d8}{a:d8}", 8},
                                        {"{a:q8}", 4},
                                        {"{a:d0}", 6},
                                        {"{a:d41}", 7},
                                        {"{a:d8/3}", 8},
                                        {"{a:d8/0}", 8},
                                        {"{a:d18!}", 7},
                                        {"{a:d8?}", 6},
                                        {"{n:A3}", 6},
                                        {"{n:10}", 6},
                                        {"{year:d3}", 9},
                                        {"{date:d6}", 9},
                                        {"只有文字", 1},
                                        {"", 1},
                                        {"{n}7", 5},
                                        {"{n}{year}", 10},
                                        {"{a:d1}{b:d1}{c:d1}{d:d1}{e:d1}{f:d1}{g:d1}{h:d1}{i:d1}"
                                         "{j:d1}{k:d1}{l:d1}{m:d1}{o:d1}{p:d1}{q:d1}{r:d1}",
                                         1}}) {
    INFO(pattern);
    const auto built = code_scheme::build("own", {"own", "自定"}, pattern);
    REQUIRE(built.has_error());
    CHECK(built.error().code == errc::bad_code_scheme);
    CHECK(built.error().where.column == column);
  }
  CHECK(code_scheme::build("", {"own", "自定"}, "{n}").error().code == errc::missing_field);
  CHECK(code_scheme::build("own", {"own", ""}, "{n}").error().code == errc::missing_field);
  CHECK(code_scheme::build("own", {"own", "自定"}, "{n}", {.pattern_bytes = 2}).error().code ==
        errc::limit_exceeded);
  CHECK(code_scheme::build("own", {"own", "自定"}, "\xFF{n}").error().code == errc::bad_utf8);
}

TEST_CASE("a scheme is data: an office's own pattern") {
  const code_scheme s = scheme_of("武政{{{year}}}第{n:3}号");
  CHECK(parse_code(s, "武政{2024}第007号")->number == 7);
  CHECK(format(s, {{"year", "2024"}}, 8).value() == "武政{2024}第008号");
  CHECK(s.highest() == 999);
  CHECK(format(s, {}, 8).error().code == errc::missing_field);
  CHECK(format(s, {{"year", "2024"}, {"colour", "red"}}, 8).error().code == errc::unknown_field);
  CHECK(format(s, {{"year", "2024"}, {"n", "1"}}, 8).error().code == errc::unknown_field);
  CHECK(format(s, {{"year", "24"}}, 8).error().code == errc::bad_item_code);
  CHECK(format(s, {{"year", "2024"}}, 1000).error().code == errc::code_exhausted);
  CHECK(format(s, {{"year", "2024"}}, 0).error().code == errc::code_exhausted);
}

TEST_CASE("what is written can be read, for every built-in scheme") {
  CHECK(rc::check("format, parse", [] {
    const attested k = *rc::gen::elementOf(
        std::vector<attested>(std::begin(attested_codes), std::end(attested_codes)));
    const code_scheme& s = **code_scheme::find(k.scheme);
    const auto base = parse_code(s, k.code).value();
    const std::int64_t n =
        s.highest() == 0 ? 0 : *rc::gen::inRange<std::int64_t>(1, s.highest() + 1);
    const std::string code = format(s, detail::values_of(base), n).value();
    const auto again = parse_code(s, code).value();
    RC_ASSERT(again.number == n);
    RC_ASSERT(detail::values_of(again) == detail::values_of(base));
  }));
}

TEST_CASE("the next number is one above the highest, per body and type (B10)") {
  const std::vector<std::string> used{"62052400MZ-XK-0001", "62052400MZ-XK-0007", "not a code",
                                      "62052400MZ-DL-0002", "62052400GS-XK-0009"};
  const code_scheme& s = code_scheme::county();
  CHECK(next_code(s, used, code_owner{"62052400MZ", "XK"}).value() == "62052400MZ-XK-0008");
  CHECK(next_code(s, used, code_owner{"62052400MZ", "DL"}).value() == "62052400MZ-DL-0003");
  CHECK(next_code(s, used, code_owner{"62052400MZ", "BM"}).value() == "62052400MZ-BM-0001");
  CHECK(next_code(s, used, code_owner{"62052400GS", "XK"}).value() == "62052400GS-XK-0010");
  CHECK(next_code(s, used, code_owner{"62052400MZ", "XK"}, code_gaps::fill).value() ==
        "62052400MZ-XK-0002");
  for (const char* body : {"62052400M", "62052400MZZ", ""})
    CHECK(next_code(s, used, code_owner{body, "XK"}).error().code == errc::bad_item_code);
  CHECK(next_code(s, used, code_owner{"62052400MZ", "xk"}).error().code == errc::bad_item_code);
  CHECK(next_code(code_scheme::document_number(), {}, code_owner{"2024", "XK"}).error().code ==
        errc::bad_item_code);
  CHECK(next_code(code_scheme::credit_code(), {}, code_values{{"body", "12441500196720244T"}})
            .error()
            .code == errc::bad_value);
}

TEST_CASE("past 9999 nothing is allocated") {
  const std::vector<std::string> used{"62052400MZ-XK-9999"};
  CHECK(next_code(code_scheme::county(), used, code_owner{"62052400MZ", "XK"}).error().code ==
        errc::code_exhausted);
  CHECK(next_code(code_scheme::county(), used, code_owner{"62052400MZ", "XK"}, code_gaps::fill)
            .value() == "62052400MZ-XK-0001");
  code_allocator all{code_scheme::county()};
  for (int i = 1; i <= 9999; ++i) {
    const auto code = all.next({{"area", "62052400"}, {"department", "MZ"}, {"type", "XK"}});
    if (!code || *code != fmt::format("62052400MZ-XK-{:04}", i)) FAIL("number " << i);
  }
  CHECK(all.next({{"area", "62052400"}, {"department", "MZ"}, {"type", "XK"}}).error().code ==
        errc::code_exhausted);
}

TEST_CASE("an allocator gives what a set of the used numbers gives") {
  CHECK(rc::check("leave: highest + 1; fill: lowest free", [] {
    const code_scheme s = scheme_of("A{n:2}");
    const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 30));
    std::vector<bool> taken(100);
    int highest = 0;
    code_allocator leave{s};
    code_allocator fill{s, code_gaps::fill};
    for (const int n : numbers) {
      const std::string code = fmt::format("A{:02}", n);
      RC_ASSERT(leave.use(code) && fill.use(code));
      taken[static_cast<std::size_t>(n)] = true;
      highest = std::max(highest, n);
    }
    for (int round = 0; round < 5; ++round) {
      RC_ASSERT(leave.next({}).value() == fmt::format("A{:02}", ++highest));
      std::size_t lowest = 1;
      while (taken[lowest]) ++lowest;
      taken[lowest] = true;
      RC_ASSERT(fill.next({}).value() == fmt::format("A{:02}", lowest));
    }
  }));
}

TEST_CASE("every code that stands twice is named, each time (B13)") {
  const std::vector<std::string_view> codes{"b", "a", "", "a", "b", "c", "", "a"};
  const auto repeated = repeated_codes(codes);
  REQUIRE(repeated.size() == 2);
  CHECK(repeated[0].code == "b");
  CHECK(repeated[0].at == std::vector<std::size_t>{0, 4});
  CHECK(repeated[1].at == std::vector<std::size_t>{1, 3, 7});
  const problems found = check_unique(codes, [](std::string_view p) {
    return place{std::string{p}, 0, 0};
  });
  REQUIRE(found.size() == 3);
  CHECK(found[0].code == errc::duplicate_code);
  CHECK(found[0].where.file == "/4/code");
  CHECK(found[2].message.zh == "编码 a 已用于第 2 项,又用于第 8 项");
}
