// bpmn.hpp: whatever the bytes are, there is an answer, soon, and never a crash.
#include <random>

#include <time.h>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "../flowchart/charts.hpp"
#include "bpmn_models.hpp"
#include <banli/base/utf8.hpp>

using namespace models;

namespace {

std::string sample() {
  return document(start("s") + gateway("parallel", "f") + task("a") + task("b") + end("e1") +
                  end("e2") + "<bpmn:subProcess id='u'>" + start("i") + task("c") + flows({"i c"}) +
                  "</bpmn:subProcess>" +
                  "<bpmn:boundaryEvent id='t' attachedToRef='a' cancelActivity='false'/>" +
                  "<bpmn:laneSet><bpmn:lane name='x'><bpmn:flowNodeRef>a</bpmn:flowNodeRef>"
                  "</bpmn:lane></bpmn:laneSet>" +
                  flows({"s f a u e1", "f b e2", "t e2", "b a"}));
}

std::string in_utf16(std::string_view ascii, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) {
    if (big) out += '\0';
    out += c;
    if (!big) out += '\0';
  }
  return out;
}

/// Seconds of the processor, which other programs on it do not lengthen.
double seconds_for(const std::string& bytes) {
  const auto now = [] {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
  };
  const double begin = now();
  read(bytes);
  return now() - begin;
}

std::string repeated(std::string_view s, std::size_t n) {
  std::string out;
  for (; n > 0; --n) out += s;
  return out;
}

/// Whether the whole answer hangs together: a place for every part, and texts that are UTF-8.
void check_answer(const bpmn_document& d, const std::string& bytes) {
  RC_ASSERT(d.source == bytes);
  RC_ASSERT(d.node_spots.size() == d.chart.nodes.size());
  RC_ASSERT(d.arrow_spots.size() == d.chart.arrows.size());
  for (const node& n : d.chart.nodes)
    RC_ASSERT(banli::detail::is_utf8(n.id.text() + n.label + n.duty + n.department.text()));
  for (const error& e : d.found) RC_ASSERT(banli::detail::is_utf8(e.message.en + e.message.zh));
  for (const bpmn_element& e : d.elements) RC_ASSERT(banli::detail::is_utf8(e.id + e.name + e.tag));
  check(d.chart);
  const auto written = to_bpmn(d.chart);
  if (written) RC_ASSERT(read(*written).chart == d.chart);
}

} // namespace

TEST_CASE("files cut off anywhere are read as far as they go, and nothing is said to be exact") {
  const std::string whole = sample();
  for (std::size_t n = 0; n < whole.find("</bpmn:definitions>"); ++n) {
    const bpmn_document d = read(whole.substr(0, n));
    CHECK_FALSE(d.exact);
    CHECK_FALSE(d.found.empty());
  }
  CHECK(read(whole.substr(0, whole.size() / 2)).chart.nodes.size() > 1);
}

TEST_CASE("changed bytes give an answer that hangs together") {
  const std::vector<std::string> seeds{sample(), to_bpmn(charts::joint()).value(),
                                       to_bpmn(charts::consult()).value()};
  CHECK(rc::check([&](std::uint32_t seed) {
    std::mt19937 random{seed};
    std::string bytes = seeds[random() % seeds.size()];
    for (std::size_t n = random() % 12 + 1; n > 0; --n) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 5) {
      case 0: bytes[at] = static_cast<char>(random()); break;
      case 1: bytes.erase(at, random() % 40); break;
      case 2: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 60)); break;
      case 3: bytes.insert(at, "<>&\"'/=:!?[" + random() % 10, 1); break;
      default: bytes.insert(at, "&#xD800;"); break;
      }
      if (bytes.empty()) bytes = "<";
    }
    check_answer(read(bytes), bytes);
  }));
}

TEST_CASE("bytes that are no text at all give an answer") {
  CHECK(rc::check([](const std::string& bytes) { check_answer(read(bytes), bytes); }));
  CHECK(found_in(read("")) == "0:0 truncated-file");
  CHECK(found_in(read("  \n")) == "0:0 truncated-file");
  CHECK(found_in(read("kind: flowchart")) == "1:1 bad-xml");
  CHECK(found_in(read("<a/>")) == "1:1 wrong-type");
  CHECK(found_in(read("<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'/>")) ==
        "1:1 wrong-type");
  CHECK(found_in(
            read("<bpmn:definitions xmlns:bpmn='http://www.omg.org/spec/BPMN/20100524/MODEL'/>")) ==
        "1:1 missing-field");
}

TEST_CASE("encodings: UTF-16 and Latin-1 are read, others named") {
  std::string text = document(start("s") + end("e") + flows({"s e"}));
  text.replace(text.find("审批"), 6, "x");
  for (const bool big : {false, true}) {
    const bpmn_document d = read(in_utf16(text, big));
    CHECK(d.exact);
    CHECK(nodes_of(d.chart) == "s:start e:end");
    CHECK(d.where("/nodes/0").line == 4);
  }
  const bpmn_document odd = read(in_utf16(text, true) + "x");
  CHECK(odd.found.front().code == errc::bad_encoding);
  std::string latin = text;
  latin.replace(latin.find("UTF-8"), 5, "ISO-8859-1");
  latin.replace(latin.find("name=\"x\""), 8, "name=\"\xE9t\xE9\"");
  CHECK(read(latin).chart.name == "été");
  std::string gbk = latin;
  gbk.replace(gbk.find("ISO-8859-1"), 10, "GBK");
  CHECK(found_in(read(gbk)) == "1:1 bad-encoding");
  gbk = text;
  gbk.replace(gbk.find("UTF-8"), 5, "GBK");
  CHECK(read(gbk).found.empty()); // declared so, and UTF-8 all the same
  std::string broken = text;
  broken.replace(broken.find("name=\"x\""), 8, "name=\"\xE9\"");
  CHECK(found_in(read(broken)) == "3:28 bad-utf8");
}

TEST_CASE("characters that XML does not have are named and passed over") {
  std::string text = document(task("a"));
  text.insert(text.find("<bpmn:userTask"), std::string{"\0", 1});
  const bpmn_document d = read(text);
  CHECK(found_in(d) == "4:1 bad-xml");
  CHECK(find(d.chart, node_id{"a"}) != nullptr);
  const bpmn_document reference = read(document("<bpmn:task id='a' name='x&#xD800;&#1;'/>"));
  CHECK(found_in(reference) == "4:19 bad-xml");
  CHECK(reference.chart.nodes[0].label.starts_with("x\xEF\xBF\xBD"));
}

TEST_CASE("entities are not expanded, and nothing is fetched") {
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>";
  for (int i = 1; i < 10; ++i)
    bomb += fmt::format("<!ENTITY lol{} '{}'>", i, repeated(fmt::format("&lol{};", i - 1), 10));
  bomb += "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
  std::string text = document("<bpmn:task id='a' name='&lol9;&x;'/>");
  text.replace(0, text.find("<bpmn:definitions"), bomb);
  const bpmn_document d = read(text);
  CHECK(d.found.front().code == errc::bad_xml);
  CHECK(d.chart.nodes[0].label == "&lol9;&x;");
}

TEST_CASE("namespaces: odd prefixes are as good as any, forgotten ones are named") {
  std::string odd = document(task("a"));
  for (std::size_t at = 0; (at = odd.find("bpmn:", at)) != std::string::npos; at += 2)
    odd.replace(at, 5, "x:");
  odd.replace(odd.find("xmlns:bpmn"), 10, "xmlns:x");
  CHECK(read(odd).found.empty());
  CHECK(read(odd).chart.nodes.size() == 3);
  std::string unbound = document(task("a"));
  unbound.replace(unbound.find("xmlns:bpmn"), 10, "xmlns:y");
  CHECK(found_in(read(unbound)) == "2:1 bad-xml");
  CHECK(read(unbound).chart.nodes.size() == 3);
  CHECK(found_in(read("<definitions><process id='p'><task id='a'/></process></definitions>")) ==
        "1:1 bad-xml");
  CHECK(read("<definitions><process id='p'><task id='a'/></process></definitions>")
            .chart.nodes.size() == 3);
}

TEST_CASE("what is too much is refused or passed over in time") {
  const std::string open = document("").substr(0, document("").find("\n</bpmn:process>"));
  const std::string deep = open + repeated("<bpmn:subProcess id='u'>", 100'000) +
                           repeated("</bpmn:subProcess>", 100'000);
  CHECK(seconds_for(deep) < 2);
  CHECK(read(deep + "</bpmn:process></bpmn:definitions>").found.back().code != errc::not_run);
  CHECK(seconds_for(repeated("<a>", 100'000)) < 2);
  const std::string wide = document("<bpmn:task id='a' name='" + repeated("x", 1'000'000) + "'/>");
  CHECK(found_in(read(wide)) == "4:19 limit-exceeded");
  CHECK(read(wide).chart.nodes[0].label.empty());
  std::string many = open + "<bpmn:task ";
  for (int i = 0; i < 100'000; ++i) many += fmt::format("a{}='' ", i);
  CHECK(seconds_for(many + "/></bpmn:process></bpmn:definitions>") < 2);
  std::string spaces = "<bpmn:definitions ";
  for (int i = 0; i < 20'000; ++i) spaces += fmt::format("xmlns:a{}='u{}' ", i, i);
  spaces += ">" + repeated("<z:q/>", 100'000) + "</bpmn:definitions>";
  CHECK(seconds_for(spaces) < 2);
  bpmn_options few;
  few.limits.elements = 100;
  CHECK(parse_bpmn("x", document(repeated("<bpmn:task/>", 300)), few).found.front().code ==
        errc::limit_exceeded);
  few.limits.bytes = 10;
  CHECK(parse_bpmn("x", sample(), few).found.front().code == errc::limit_exceeded);
  few.limits = {};
  few.limits.problems = 3;
  CHECK(parse_bpmn("x", document(repeated("<bpmn:serviceTask id='a'/>", 50)), few).found.size() ==
        4);
}

TEST_CASE("large processes of every bad shape take time in proportion") {
  std::string same = "";
  std::string forks = start("s");
  std::string edges = task("a");
  for (int i = 0; i < 8'000; ++i) {
    same += "<bpmn:subProcess id='u'><bpmn:task id='a'/></bpmn:subProcess>";
    forks += gateway("parallel", fmt::format("f{}", i)) + models::end(fmt::format("e{}", i)) +
             fmt::format("<bpmn:sequenceFlow sourceRef='f{0}' targetRef='e{0}'/>"
                         "<bpmn:sequenceFlow sourceRef='f{0}' targetRef='f{1}'/>",
                         i, i + 1);
    edges += fmt::format("<bpmn:boundaryEvent id='b{}' attachedToRef='a' cancelActivity='{}'/>", i,
                         i % 2 == 0 ? "false" : "true");
  }
  CHECK(seconds_for(document(same)) < 3);
  CHECK(seconds_for(document(forks)) < 3);
  CHECK(seconds_for(document(edges)) < 3);
}
