// event.hpp: names, and the canonical text of events.
#include <banli/engine/event.hpp>

#include <random>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/engine/case_definition.hpp>
#include <banli/time/text.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

event full_event() {
  event e;
  e.number = 7;
  e.what = event_kind::extended;
  e.at = at("2025-10-11T16:30:05");
  e.actor = person_id{"MZ01"};
  e.request = request_id{"r-17"};
  e.with = {.item = item_id{"11620524MB"},
            .step = node_id{"初审"},
            .to_step = node_id{"采集"},
            .arrow = "3",
            .outcome = "不通过",
            .kind = "hearing",
            .reason = "say \"no\"\\/\b\f\n\r\t\x01\x7f",
            .opinion = "同意",
            .document = "武民许〔2025〕3号",
            .authority = "局长",
            .applicant = "某某",
            .to_person = person_id{"MZ02"},
            .by = channel::counter,
            .result = case_result::granted,
            .received = *parse_day("2025-10-10"),
            .limit = time_limit{10, limit_unit::workday},
            .facts = {{"area", "120"}, {"kind", "b"}},
            .recipient = "applicant",
            .late_reason = "停电",
            .recorded = at("2025-10-12T09:00"),
            .until = *parse_day("2028-10-10"),
            .application = application{.number = "SQ1", .title = "登记", .window = "城关镇"},
            .attachments = {"a.pdf", "b.pdf"},
            .reviews = {{"申请书", material_standing::complete, ""},
                        {"章程", material_standing::lacking, "未提交"}}};
  return e;
}

constexpr std::string_view full_text =
    R"({"number":7,"request":"r-17","what":"extended","at":"2025-10-11T16:30:05","actor":"MZ01",)"
    R"("with":{"item":"11620524MB","step":"初审","to_step":"采集","arrow":"3","outcome":"不通过",)"
    R"("kind":"hearing","reason":"say \"no\"\\/\b\f\n\r\t\u0001)"
    "\x7f"
    R"(","opinion":"同意","document":"武民许〔2025〕3号",)"
    R"("authority":"局长","applicant":"某某","to_person":"MZ02","recipient":"applicant",)"
    R"("late_reason":"停电","channel":"counter",)"
    R"("result":"granted","received":"2025-10-10","limit":{"count":10,"unit":"workday"},)"
    R"("facts":[["area","120"],["kind","b"]],"recorded":"2025-10-12T09:00:00",)"
    R"("until":"2028-10-10","application":{"number":"SQ1","title":"登记","window":"城关镇"},)"
    R"("attachments":["a.pdf","b.pdf"],)"
    R"("reviews":[["申请书","complete"],["章程","lacking","未提交"]]}})";

/// Text as people and their mistakes write it: Chinese, quotes, control characters, zero.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::element<std::string>("a", "/", "\"", "\\", "\n", "\t", "\b", "\x01",
                                                   "\x7f", std::string(1, '\0'), "审", "𠀀", "é");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string out;
                        for (const auto& p : pieces) out += p;
                        return out;
                      });
}

template <class T, class Last>
std::optional<T> any_or_none(Last last) {
  const int n = *rc::gen::inRange(-1, static_cast<int>(last) + 1);
  return n < 0 ? std::nullopt : std::optional{static_cast<T>(n)};
}

event any_event() {
  const auto text = any_text();
  event e;
  e.number = *rc::gen::inRange<std::uint32_t>(1, 100'000);
  e.what = any_or_none<event_kind>(event_kind::migrated).value_or(event_kind::accepted);
  e.at = instant{first_day} + std::chrono::seconds{*rc::gen::inRange<std::int64_t>(
                                  0, (end_of(last_day) - instant{first_day}).count())};
  e.actor = person_id{*text};
  e.request = request_id{*text};
  details& d = e.with;
  d.item = item_id{*text};
  d.step = node_id{*text};
  d.to_step = node_id{*text};
  d.to_person = person_id{*text};
  for (std::string* s : {&d.arrow, &d.outcome, &d.kind, &d.reason, &d.opinion, &d.document,
                         &d.authority, &d.applicant, &d.recipient, &d.late_reason})
    *s = *text;
  d.by = any_or_none<channel>(channel::other);
  d.result = any_or_none<case_result>(case_result::refused);
  if (*rc::gen::arbitrary<bool>()) d.received = day_of(e.at);
  if (const auto unit = any_or_none<limit_unit>(limit_unit::yearly_date))
    d.limit = time_limit{*rc::gen::arbitrary<int>(), *unit};
  d.facts = *rc::gen::container<decltype(d.facts)>(rc::gen::pair(text, text));
  if (*rc::gen::arbitrary<bool>()) d.recorded = e.at;
  if (*rc::gen::arbitrary<bool>()) d.until = day_of(e.at);
  if (*rc::gen::arbitrary<bool>())
    d.application = application{*text, *text, *text, *text, *text, *text, *text, *text, *text};
  d.attachments = *rc::gen::container<decltype(d.attachments)>(text);
  if (const auto s = any_or_none<material_standing>(material_standing::defective))
    d.reviews = {{*text, *s, *text}, {"章程", *s, ""}};
  return e;
}

} // namespace

TEST_CASE("every action, channel and result is read back from its name") {
  for (int i = 0; i <= static_cast<int>(action::migrate); ++i)
    CHECK(*parse_action(to_string(static_cast<action>(i))) == static_cast<action>(i));
  for (int i = 0; i <= static_cast<int>(channel::other); ++i)
    CHECK(*parse_channel(to_string(static_cast<channel>(i))) == static_cast<channel>(i));
  for (const case_result r : {case_result::granted, case_result::refused})
    CHECK(*parse_case_result(to_string(r)) == r);
  CHECK(to_string(action::hand_over) == "hand_over");
  CHECK(to_string(event_kind::handed_over) == "handed_over");
  CHECK(label(event_kind::supplement_requested) == "一次性告知补正");
  CHECK(label(channel::counter) == "窗口");
  CHECK(label(case_result::granted) == "准予");
}

TEST_CASE("every action has a word of its own and leads to an event") {
  std::set<std::string_view> words;
  std::set<event_kind> events;
  for (std::size_t i = 0; i < action_list().size(); ++i) {
    words.insert(label(static_cast<action>(i)));
    events.insert(event_of(static_cast<action>(i)));
  }
  CHECK(words.size() == action_list().size());
  CHECK(events.size() == action_list().size());
  CHECK(event_of(action::hand_over) == event_kind::handed_over);
  CHECK(event_of(action::answer_change) == event_kind::change_answered);
  CHECK(event_of(action::deem_renewal) == event_kind::renewal_deemed);
  CHECK(label(event_kind::renewal_deemed) == "视为准予延续");
  CHECK(kind_label("excluded_time") == "所需时间");
  CHECK(kind_label("translation") == "translation");
}

TEST_CASE("an unknown name is refused with the nearest known one") {
  const auto a = parse_action("acept");
  CHECK(a.error().code == errc::unknown_command);
  CHECK(a.error().message.en == "no command 'acept'; did you mean 'accept'?");
  CHECK(a.error().message.zh == "没有命令“acept”;是否想写“accept”?");
  CHECK(parse_channel("onlin").error().code == errc::unknown_value);
  CHECK(parse_case_result("").error().code == errc::unknown_value);
  CHECK(parse_action(std::string(100'000, 'x')).error().message.en.size() < 100);
}

TEST_CASE("the bytes of an event are frozen: the hash chain covers them") {
  CHECK(to_json(full_event()) == full_text);
  event plain;
  plain.number = 1;
  plain.at = at("2024-01-02");
  CHECK(to_json(plain) ==
        R"({"number":1,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":""})");
  CHECK(*parse_event(full_text) == full_event());
}

TEST_CASE("escapes and lengths around eight bytes, and texts of any length, are written alike") {
  // The writer looks at eight bytes at a time and has a buffer of its own: every length around
  // both, with what needs an escape at every place.
  for (const std::size_t size : {0, 1, 7, 8, 9, 15, 16, 17, 1'022, 1'023, 1'024, 1'025, 5'000})
    for (const std::string_view odd : {"\"", "\\", "\n", "\x1f", "\x7f", "同", "a"})
      for (const std::size_t place : {std::size_t{0}, size / 2, size}) {
        event e;
        e.number = 1;
        e.at = at("2024-01-02");
        e.with.opinion = std::string(size, 'x');
        e.with.opinion.insert(place, odd);
        std::string quoted;
        for (const char c : e.with.opinion)
          quoted += c == '"'    ? "\\\""
                    : c == '\\' ? "\\\\"
                    : c == '\n' ? "\\n"
                    : c == 0x1f ? "\\u001f"
                                : std::string(1, c);
        std::string after = "before";
        append_json(e, after);
        REQUIRE(after == "before" + to_json(e));
        REQUIRE(to_json(e) ==
                R"({"number":1,"request":"","what":"accepted","at":"2024-01-02T00:00:00",)"
                R"("actor":"","with":{"opinion":")" +
                    quoted + R"("}})");
      }
}

TEST_CASE("the instant of an event is written as instants are written everywhere") {
  const auto written = [](instant t) {
    event e;
    e.at = t;
    return to_json(e);
  };
  const auto expected = [](instant t) {
    return fmt::format(R"({{"number":0,"request":"","what":"accepted","at":"{}","actor":""}})",
                       to_text(t));
  };
  for (const instant t :
       {instant{first_day}, end_of(last_day) - std::chrono::seconds{1}, at("2024-02-29T23:59:59"),
        at("1969-12-31T23:59:59"), end_of(last_day) /* which no store takes */})
    CHECK(written(t) == expected(t));
  std::mt19937_64 random{7};
  const auto seconds = static_cast<std::uint64_t>((end_of(last_day) - instant{first_day}).count());
  for (int i = 0; i < 20'000; ++i) {
    const instant t =
        first_day + std::chrono::seconds{static_cast<std::int64_t>(random() % seconds)};
    REQUIRE(written(t) == expected(t));
  }
}

TEST_CASE("an event as it was stored before there was anything to add to it") {
  constexpr std::string_view stored =
      R"({"number":1,"request":"r1","what":"accepted","at":"2024-01-02T09:00:00","actor":"CK01",)"
      R"("with":{"item":"11620524MB","applicant":"某某","channel":"counter",)"
      R"("limit":{"count":20,"unit":"workday"},"facts":[["area","120"]]}})";
  const auto e = parse_event(stored);
  REQUIRE(e.has_value());
  CHECK(to_json(*e) == stored);
  CHECK(e->with.attachments.empty());
  CHECK_FALSE(e->with.application);
}

TEST_CASE("an event read from its text is the event") {
  CHECK(rc::check([] {
    const event e = any_event();
    const std::string text = to_json(e);
    const auto back = parse_event(text);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == e);
    RC_ASSERT(to_json(*back) == text);
  }));
}

TEST_CASE("what to_json() does not write is refused") {
  for (
      const std::string_view bad :
      {"", "null", "[]", "{}", "{\"number\":1}", "\xff",
       // out of order, a blank, an unknown member, an empty member, a second spelling
       R"({"request":"","number":1,"what":"accepted","at":"2024-01-02T00:00:00","actor":""})",
       R"({"number": 1,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":""})",
       R"({"number":1,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":"","x":1})",
       R"({"number":1,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":"","with":{}})",
       R"({"number":1,"request":"","what":"accepted","at":"2024-01-02","actor":""})",
       R"({"number":1,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":"\u0041"})",
       R"({"number":1,"request":"","what":"vanished","at":"2024-01-02T00:00:00","actor":""})",
       R"({"number":-1,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":""})",
       R"({"number":4294967296,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":""})",
       R"({"number":1,"number":1,"request":"","what":"accepted","at":"2024-01-02T00:00:00","actor":""})"}) {
    CAPTURE(bad);
    CHECK(parse_event(bad).has_error());
    CHECK(parse_event(bad).error().code == errc::store_corrupt);
  }
  CHECK(parse_event(std::string(1'000'000, '[')).has_error());
}

TEST_CASE("a stored event that cannot be read is told with its first wrong byte") {
  const std::string good = to_json(full_event());
  const auto told = [](std::string_view text) {
    const auto e = parse_event(text);
    REQUIRE_FALSE(e.has_value());
    CHECK(e.error().message.zh.find("字节") != std::string::npos);
    return e.error().message.en;
  };
  const auto at_byte = [](std::size_t n) {
    return fmt::format("a stored event cannot be read: it is not in canonical form at byte {}", n);
  };
  CHECK(told(good + " ") == at_byte(good.size() + 1));
  CHECK(told(good.substr(0, 9) + " " + good.substr(9)) == at_byte(10));
  CHECK(told("") == at_byte(1));
  const auto asked_by = [](std::string_view request) {
    return fmt::format(
        R"({{"number":1,"request":"{}","what":"accepted","at":"2024-01-02T00:00:00","actor":""}})",
        request);
  };
  CHECK(parse_event(asked_by(R"(\"\\\n\u0001\u001f/)")).value().request.text() ==
        "\"\\\n\x01\x1f/");
  for (const std::string_view other : {R"(\/)", R"(\u0041)", R"(\u000a)", R"(\u001F)", R"(\u00)",
                                       R"(\x)", R"(\)", "\n", "\xff", "\xc3", "\xed\xa0\x80"}) {
    CAPTURE(other);
    CHECK(parse_event(asked_by(other)).has_error());
  }
}

TEST_CASE("any change to the bytes is another event or none, and never a crash") {
  std::mt19937 random{20'240'102};
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>{0, n - 1}(random);
  };
  for (int round = 0; round < 20'000; ++round) {
    std::string s{full_text};
    for (std::size_t edits = 1 + below(3); edits > 0 && !s.empty(); --edits) {
      switch (below(4)) {
      case 0: s[below(s.size())] = static_cast<char>(below(256)); break;
      case 1: s.erase(below(s.size()), 1 + below(8)); break;
      case 2: s.insert(below(s.size()), s.substr(below(s.size()), below(16))); break;
      default: s.resize(1 + below(s.size())); break;
      }
    }
    const auto e = parse_event(s);
    if (e) REQUIRE(to_json(*e) == s);
  }
  for (int round = 0; round < 5'000; ++round) {
    std::string s(below(64), '\0');
    for (char& c : s) c = static_cast<char>(below(256));
    REQUIRE(parse_event(s).has_error());
  }
}

TEST_CASE("sha256 gives the digests of FIPS 180-4") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the arrows of an event are numbers joined by +, or nothing") {
  const auto named = [](const char* text) {
    details d;
    d.arrow = text;
    return arrows_of(d);
  };
  CHECK(named("3") == std::vector<std::uint32_t>{3});
  CHECK(named("3+15") == std::vector<std::uint32_t>{3, 15});
  for (const char* wrong : {"", "x", "3+", "+3", "3,4", "3+x", "-1", "99999999999"})
    CHECK(named(wrong).empty());
}
