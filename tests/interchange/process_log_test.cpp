#include <banli/interchange/process_log.hpp>

#include <regex>
#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <banli/time/text.hpp>

using namespace banli;

namespace {

namespace json = boost::json;

std::vector<event> history() {
  const auto make = [](std::uint32_t n, event_kind what, details with) {
    return event{n,
                 what,
                 instant{*parse_day("2024-03-01")} + std::chrono::hours{n},
                 person_id{"MZ0" + std::to_string(n % 2)},
                 request_id{"r" + std::to_string(n)},
                 std::move(with)};
  };
  return {make(1, event_kind::accepted,
               {.item = item_id{"I1"},
                .applicant = "王小明",
                .by = channel::online,
                .facts = {{"area", "120"},
                          {"a b", "x"},
                          {"a（b", "y\xEF\xBF\xBF"},
                          {"金额（元）×1.5", "3"}},
                .reviews = {{.material = "申请书(原件)"}, {.material = "申请书（原件）"}}}),
          make(2, event_kind::completed,
               {.step = node_id{"初审"}, .outcome = "通过", .opinion = "同意 <&\"\x01>"}),
          make(3, event_kind::handed_over,
               {.step = node_id{"审核"}, .reason = "出差", .to_person = person_id{"MZ09"}}),
          make(4, event_kind::decided, {.reason = "符合条件", .result = case_result::granted})};
}

std::string written(process_form form, told_details details = told_details::process) {
  process_log log{form, {.details = details, .offset = "+08:00", .name = "测试"}};
  const auto events = history();
  log.add({case_id{"2024-1"}, item_id{"I1"}, events});
  log.add({case_id{"2024-2"}, item_id{"I1"}, {events.data(), 2}});
  return std::move(log).take();
}

/// What the schema of IEEE 1849 says of an element, written down apart from the writer: which
/// elements stand in it, in which order, and what its attributes hold.
void check_children(const pugi::xml_node& of, const std::vector<std::string>& order) {
  std::size_t at = 0;
  for (const pugi::xml_node& n : of.children()) {
    std::string name = n.name();
    if (std::set<std::string>{"string", "date", "int", "float", "boolean", "id"}.contains(name))
      name = "attribute";
    while (at < order.size() && order[at] != name) ++at;
    INFO(of.name(), " > ", name);
    REQUIRE(at < order.size());
  }
}

void check_attribute(const pugi::xml_node& a) {
  static const std::regex name{"([A-Za-z_:]|HAN)([A-Za-z0-9._:-]|HAN)*"}; // XML 1.0, production 5
  static const std::regex instant_text{
      R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)"};
  const std::string type = a.name(), key = a.attribute("key").value();
  const std::string value = a.attribute("value").value();
  CAPTURE(key);
  CHECK(std::regex_match(std::regex_replace(key, std::regex{"[\xe4-\xe9][\x80-\xbf]{2}"}, "HAN"),
                         name)); // Han characters, U+4000 to U+9FFF, are the only ones in use here
  CHECK(a.attribute("value"));
  CHECK(value.find("\xEF\xBF\xBF") == std::string::npos);
  if (type == "date") CHECK(std::regex_match(value, instant_text));
  if (type == "int") CHECK(std::regex_match(value, std::regex{"-?[0-9]{1,18}"}));
}

void check_attributes(const pugi::xml_node& of) {
  for (const pugi::xml_node& n : of.children())
    if (n.attribute("key")) check_attribute(n);
}

} // namespace

TEST_CASE("XES is what its schema asks for") {
  for (const told_details how_much : {told_details::process, told_details::everything}) {
    const std::string text = written(process_form::xes, how_much);
    pugi::xml_document d;
    REQUIRE(d.load_string(text.c_str(), pugi::parse_full));
    const pugi::xml_node log = d.child("log");
    CHECK_FALSE(log.attribute("xmlns")); // the schema has no target namespace
    CHECK(std::regex_match(log.attribute("xes.version").value(), std::regex{"[0-9]+\\.[0-9]+"}));
    check_children(log, {"extension", "global", "classifier", "attribute", "trace", "event"});
    check_attributes(log);
    for (const pugi::xml_node& e : log.children("extension")) {
      CHECK(e.attribute("name"));
      CHECK(std::string{e.attribute("uri").value()} ==
            fmt::format("http://www.xes-standard.org/{}.xesext", e.attribute("prefix").value()));
    }
    std::set<std::string> global;
    for (const pugi::xml_node& g : log.children("global")) {
      check_attributes(g);
      for (const pugi::xml_node& a : g.children())
        if (std::string{g.attribute("scope").value()} == "event")
          global.insert(a.attribute("key").value());
    }
    for (const pugi::xml_node& c : log.children("classifier")) // its keys must be global
      CHECK(global.contains(c.attribute("keys").value()));
    int events = 0;
    for (const pugi::xml_node& t : log.children("trace")) {
      check_children(t, {"attribute", "event"});
      check_attributes(t);
      for (const pugi::xml_node& e : t.children("event")) {
        check_children(e, {"attribute"});
        check_attributes(e);
        std::set<std::string> keys;
        for (const pugi::xml_node& a : e.children())
          CHECK(keys.insert(a.attribute("key").value()).second);
        for (const std::string& key : global) CHECK(keys.contains(key));
        ++events;
      }
    }
    CHECK(events == 6);
  }
}

TEST_CASE("what an event is called, when and by whom") {
  pugi::xml_document d;
  REQUIRE(d.load_string(written(process_form::xes).c_str()));
  std::vector<std::string> told;
  for (const pugi::xml_node& e : d.child("log").child("trace").children("event")) {
    std::string line;
    for (const char* key : {"concept:name", "time:timestamp", "org:resource", "outcome", "result"})
      line += e.find_child_by_attribute("key", key).attribute("value").value() + std::string{"|"};
    told.push_back(line);
  }
  CHECK(told == std::vector<std::string>{"accepted|2024-03-01T01:00:00+08:00|MZ01|||",
                                         "初审|2024-03-01T02:00:00+08:00|MZ00|通过||",
                                         "handed_over|2024-03-01T03:00:00+08:00|MZ01|||",
                                         "decided|2024-03-01T04:00:00+08:00|MZ00||granted|"});
}

TEST_CASE("what people wrote, and who applied, stays at home unless it is asked for") {
  for (const process_form form : {process_form::xes, process_form::ocel}) {
    const std::string some = written(form), all = written(form, told_details::everything);
    for (const char* word : {"王小明", "出差", "符合条件", "120"}) {
      CAPTURE(word);
      CHECK(some.find(word) == std::string::npos);
      CHECK(all.find(word) != std::string::npos);
    }
  }
}

TEST_CASE("OCEL: every type is declared, every object there, every id used once") {
  const json::value log = json::parse(written(process_form::ocel, told_details::everything));
  std::set<std::string> object_types, ids, event_ids;
  std::map<std::string, std::set<std::string>> event_types;
  for (const json::value& t : log.at("objectTypes").as_array())
    object_types.insert(t.at("name").as_string().c_str());
  for (const json::value& t : log.at("eventTypes").as_array())
    for (const json::value& a : t.at("attributes").as_array()) {
      CHECK(a.at("type") == "string");
      event_types[t.at("name").as_string().c_str()].insert(a.at("name").as_string().c_str());
    }
  for (const json::value& o : log.at("objects").as_array()) {
    CHECK(ids.insert(o.at("id").as_string().c_str()).second);
    CHECK(object_types.contains(o.at("type").as_string().c_str()));
  }
  CHECK(ids.size() == 6); // two cases, an item, three people
  for (const json::value& e : log.at("events").as_array()) {
    CHECK(event_ids.insert(e.at("id").as_string().c_str()).second);
    const auto type = event_types.find(e.at("type").as_string().c_str());
    REQUIRE(type != event_types.end());
    for (const json::value& a : e.at("attributes").as_array())
      CHECK(type->second.contains(a.at("name").as_string().c_str()));
    for (const json::value& r : e.at("relationships").as_array())
      CHECK(ids.contains(r.at("objectId").as_string().c_str()));
    CHECK(e.at("time").as_string().ends_with("+08:00"));
  }
  CHECK(event_ids.size() == 6);
}

TEST_CASE("an offset is Z or hours and minutes") {
  for (const char* good : {"Z", "+08:00", "-03:30", "+14:00"})
    CHECK(check_offset(good).has_value());
  for (const char* bad : {"", "z", "+8", "+15:00", "08:00", "+08:60", "+08-00", "+0a:00"}) {
    const auto r = check_offset(bad);
    REQUIRE_FALSE(r.has_value());
    CHECK(r.error().code == errc::bad_value);
  }
}
