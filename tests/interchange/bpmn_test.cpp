// bpmn.hpp: what the constructs of BPMN become.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "bpmn_models.hpp"
#include <banli/interchange/csv.hpp>

using namespace models;

TEST_CASE("a plain process becomes a chart, every element with its place") {
  const bpmn_document d = read(
      document(start("s") + "\n" + task("受理") + "\n" + end("e") + "\n" + flows({"s 受理 e"})));
  CHECK(d.found.empty());
  CHECK(d.exact);
  CHECK_FALSE(d.ours);
  CHECK(d.chart.id == flowchart_id{"p"});
  CHECK(d.chart.name == "审批");
  CHECK(nodes_of(d.chart) == "s:start 受理:step e:end");
  CHECK(arrows_of(d.chart) == "s>受理 受理>e");
  CHECK(d.where("/nodes/1/post") == place{"x.bpmn", 5, 1});
  CHECK(d.where("/arrows/0/to") == place{"x.bpmn", 7, 1});
  CHECK(d.where("/arrows/9") == place{"x.bpmn", 3, 1}); // nobody's fault: the process
  REQUIRE(d.elements.size() == 7);
  CHECK(d.elements[3] == bpmn_element{"userTask", "受理", "受理", 5, 1, bpmn_use::runs});
  CHECK(d.elements[0].use == bpmn_use::kept);
  const problems wrong = check(d.chart, [&](std::string_view path) { return d.where(path); });
  REQUIRE(wrong.size() == 3); // post, duty, limit
  CHECK(wrong[0].where == place{"x.bpmn", 5, 1});
}

TEST_CASE("gateways become decisions, forks and joins by their arrows") {
  const bpmn_document d =
      read(document(start("s") + gateway("parallel", "f") + task("a") + task("b") + task("c") +
                    gateway("parallel", "j") + gateway("exclusive", "x") + end("e") +
                    flows({"s f a j", "f b j", "j c x e", "x a"})));
  CHECK(nodes_of(d.chart) == "s:start f:fork a:step b:step c:step j:join x:decision e:end");
  const bpmn_document both =
      read(document(start("s") + gateway("parallel", "f") + task("a") + task("b") +
                    gateway("parallel", "m") + task("c") + task("d") + gateway("parallel", "j") +
                    end("e") + flows({"s f a m c j e", "f b m d j"})));
  CHECK(nodes_of(both.chart) == "s:start f:fork a:step b:step m:join c:step d:step j:join e:end "
                                "m_out:fork");
  CHECK(arrows_of(both.chart) == "s>f f>a a>m m_out>c c>j j>e f>b b>m m_out>d d>j m>m_out");
  CHECK(is_sound(both.chart));
  const bpmn_document inclusive =
      read(document(start("s") + gateway("inclusive", "i") + task("a") + task("b") +
                    gateway("inclusive", "k") + end("e") + flows({"s i a k e", "i b k"})));
  CHECK(nodes_of(inclusive.chart) ==
        "s:start i:inclusive_decision a:step b:step k:inclusive_join e:end");
  CHECK(is_sound(inclusive.chart));
}

TEST_CASE("gateways with one arrow in and one out vanish, with a merge they stay") {
  const bpmn_document d =
      read(document(start("s") + gateway("exclusive", "x") + task("a") + gateway("parallel", "y") +
                    end("e") + flows({"s x a y e"})));
  CHECK(nodes_of(d.chart) == "s:start a:step e:end");
  CHECK(arrows_of(d.chart) == "s>a a>e");
  const bpmn_document merge =
      read(document(start("s") + gateway("exclusive", "x") + task("a") + task("b") +
                    gateway("exclusive", "m") + end("e") + flows({"s x a m e", "x b m"})));
  CHECK(nodes_of(merge.chart) == "s:start x:decision a:step b:step m:decision e:end");
  CHECK(is_sound(merge.chart));
}

TEST_CASE("conditions and defaults are those of the arrows") {
  const std::string flow = R"(<bpmn:exclusiveGateway id="x" default="no"/>
<bpmn:sequenceFlow id="yes" name="通过" sourceRef="x" targetRef="a">
  <bpmn:conditionExpression><![CDATA[ form.area > 500 ]]></bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="no" sourceRef="x" targetRef="b"/>)";
  const bpmn_document d = read(document(start("s") + flow + task("a") + task("b") + end("e") +
                                        flows({"s x", "a e", "b e"})));
  CHECK(d.chart.arrows[0] == arrow{node_id{"x"}, node_id{"a"}, "通过", "form.area > 500"});
  CHECK(d.chart.arrows[1].condition.empty());
}

TEST_CASE("several arrows out of a task are a fork, with conditions an inclusive decision") {
  const bpmn_document fork =
      read(document(start("s") + task("a") + task("b") + task("c") + gateway("parallel", "j") +
                    end("e") + flows({"s a b j e", "a c j"})));
  CHECK(nodes_of(fork.chart) == "s:start a:step b:step c:step j:join e:end a_out:fork");
  CHECK(arrows_of(fork.chart) == "s>a a_out>b b>j j>e a_out>c c>j a>a_out");
  CHECK(is_sound(fork.chart));
  const auto conditional = [](std::string_view id, std::string_view to) {
    return fmt::format("<bpmn:sequenceFlow id='{}' sourceRef='a' targetRef='{}'>"
                       "<bpmn:conditionExpression>x</bpmn:conditionExpression></bpmn:sequenceFlow>",
                       id, to);
  };
  const std::string around = start("s") + task("b") + task("c") + gateway("inclusive", "j") +
                             end("e") + flows({"s a", "b j e", "c j"});
  const bpmn_document choice = read(document(
      around +
      "<bpmn:task id='a' default='d'/><bpmn:sequenceFlow id='d' sourceRef='a' targetRef='b'/>" +
      conditional("k", "c")));
  CHECK(find(choice.chart, node_id{"a_out"})->kind == node_kind::decision);
  CHECK(choice.exact);
  const bpmn_document several =
      read(document(around + task("a") + conditional("k", "b") + conditional("l", "c")));
  CHECK(find(several.chart, node_id{"a_out"})->kind == node_kind::inclusive_decision);
  const bpmn_document mixed =
      read(document(around + task("a") + flows({"a b"}) + conditional("k", "c")));
  CHECK_FALSE(mixed.exact);
}

TEST_CASE("one of several starts begins; without a start event everything begins that can") {
  const bpmn_document d = read(document(start("s1") + start("s2") + task("a") + task("b") +
                                        end("e") + flows({"s1 a e", "s2 b e"})));
  CHECK(nodes_of(d.chart) == "a:step b:step e:end start:start start_choice:decision");
  CHECK(is_sound(d.chart));
  const bpmn_document none =
      read(document(task("a") + task("b") + gateway("parallel", "j") + flows({"a j", "b j"})));
  CHECK(nodes_of(none.chart) == "a:step b:step j:join start:start end:end start_out:fork");
  CHECK(is_sound(none.chart));
}

TEST_CASE("ends reached side by side are waited for, ends that exclude each other stay") {
  const bpmn_document side =
      read(document(start("s") + gateway("parallel", "f") + task("a") + task("b") + end("e1") +
                    end("e2") + flows({"s f a e1", "f b e2"})));
  CHECK(nodes_of(side.chart) == "s:start f:fork a:step b:step end_join:inclusive_join end:end");
  CHECK(is_sound(side.chart));
  const bpmn_document either = read(document(start("s") + gateway("exclusive", "x") + end("e1") +
                                             end("e2") + flows({"s x e1", "x e2"})));
  CHECK(nodes_of(either.chart) == "s:start x:decision e1:end e2:end");
  const bpmn_document joined =
      read(document(start("s") + gateway("parallel", "f") + task("a") + task("b") +
                    gateway("parallel", "j") + gateway("exclusive", "x") + end("e1") + end("e2") +
                    flows({"s f a j x e1", "f b j", "x e2"})));
  CHECK(nodes_of(joined.chart).find("end_join") == std::string::npos);
  CHECK(is_sound(joined.chart));
  const bpmn_document stuck =
      read(document(start("s") + gateway("exclusive", "x") + task("a") + task("b") +
                    gateway("parallel", "j") + end("e") + flows({"s x a j e", "x b j"})));
  CHECK_FALSE(is_sound(stuck.chart));
}

TEST_CASE(
    "an event at the edge of a step is a decision, and one that does not interrupt a branch") {
  const std::string timer = R"(<bpmn:boundaryEvent id="t" name="超时" attachedToRef="a" {}>
<bpmn:timerEventDefinition id="td"/></bpmn:boundaryEvent>)";
  const std::string around =
      start("s") + task("a") + task("late") + end("e") + end("e2") + flows({"s a e", "t late e2"});
  const bpmn_document d = read(document(fmt::format(fmt::runtime(timer), "") + around));
  CHECK(nodes_of(d.chart) == "s:start a:step late:step e:end e2:end a_outcome:decision");
  CHECK(arrows_of(d.chart) == "s>a late>e2 a>a_outcome a_outcome>e a_outcome>late");
  CHECK(d.chart.arrows.back().label == "超时");
  CHECK(found_in(d) == "4:1 not-run");
  CHECK(d.found[0].message.en ==
        "the boundary event '超时' is kept and not run: it does not happen "
        "by itself; a decision stands for it");
  CHECK(d.exact);
  CHECK(is_sound(d.chart));
  const bpmn_document beside =
      read(document(fmt::format(fmt::runtime(timer), "cancelActivity='false'") + around));
  CHECK(nodes_of(beside.chart) == "s:start a:step late:step t_occurs:decision t_fork:fork "
                                  "end_join:inclusive_join end:end");
  CHECK(is_sound(beside.chart));
  const bpmn_document nowhere =
      read(document("<bpmn:boundaryEvent id='t' attachedToRef='none'/>" + task("a")));
  CHECK(found_in(nowhere) == "4:1 not-run, 4:1 unknown-reference");
  CHECK_FALSE(nowhere.exact);
}

TEST_CASE("a subprocess is taken apart unless an event at its edge makes it one step") {
  const std::string sub = "<bpmn:subProcess id='u'>" + start("i") + task("c") + task("d") +
                          end("o1") + end("o2") + flows({"i c o1", "i d o2"}) +
                          "</bpmn:subProcess>";
  const std::string around = start("s") + task("a") + end("e") + flows({"s u a e"});
  const bpmn_document d = read(document(sub + around));
  CHECK(nodes_of(d.chart) ==
        "c:step d:step s:start a:step e:end u_done_join:inclusive_join i_out:fork");
  CHECK(arrows_of(d.chart) ==
        "i_out>c c>u_done_join i_out>d d>u_done_join s>i_out a>e u_done_join>a");
  CHECK(d.exact);
  CHECK(is_sound(d.chart));
  const bpmn_document closed =
      read(document(sub + around + "<bpmn:boundaryEvent id='t' attachedToRef='u'/>" + end("e3") +
                    flows({"t e3"})));
  CHECK(find(closed.chart, node_id{"u"})->kind == node_kind::step);
  CHECK_FALSE(closed.exact); // what is in it is not proved
  const bpmn_document event =
      read(document("<bpmn:subProcess id='u' triggeredByEvent='true'>" + task("c") +
                    "</bpmn:subProcess>" + start("s") + end("e") + flows({"s e"})));
  CHECK(nodes_of(event.chart) == "s:start e:end");
  CHECK_FALSE(event.exact);
}

TEST_CASE("link events are one arrow, event gateways a decision, lanes departments") {
  const std::string link =
      R"(<bpmn:intermediateThrowEvent id="to"><bpmn:linkEventDefinition name="L"/></bpmn:intermediateThrowEvent>
<bpmn:intermediateCatchEvent id="from"><bpmn:linkEventDefinition name="L"/></bpmn:intermediateCatchEvent>)";
  const bpmn_document d =
      read(document(start("s") + link + end("e") + task("a") + flows({"s a to", "from e"})));
  CHECK(arrows_of(d.chart) == "s>a a>e");
  const std::string lanes =
      R"(<bpmn:laneSet><bpmn:lane name="财政局"><bpmn:flowNodeRef>b</bpmn:flowNodeRef>
<bpmn:childLaneSet><bpmn:lane name="国库科"><bpmn:flowNodeRef> a </bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet>
</bpmn:lane></bpmn:laneSet>)";
  const bpmn_document l =
      read(document(lanes + start("s") + gateway("eventBased", "x") + task("a") + task("b") +
                    end("e") + flows({"s x a e", "x b e"})));
  CHECK(find(l.chart, node_id{"a"})->department == department_id{"国库科"});
  CHECK(find(l.chart, node_id{"b"})->department == department_id{"财政局"});
  CHECK(find(l.chart, node_id{"x"})->kind == node_kind::decision);
}

TEST_CASE("what a flowchart does not run is named, once and with its place") {
  const bpmn_document d =
      read(document(R"(<bpmn:startEvent id="s"><bpmn:messageEventDefinition/></bpmn:startEvent>
<bpmn:serviceTask id="a"><bpmn:multiInstanceLoopCharacteristics/></bpmn:serviceTask>
<bpmn:endEvent id="e"><bpmn:terminateEventDefinition/></bpmn:endEvent>
<bpmn:dataObjectReference id="o"/><bpmn:frobnicate id="q"/>
<bpmn:task id="c" isForCompensation="true"/><bpmn:complexGateway id="g"/>
<bpmn:task id="b" xmlns:z="urn:z" z:job="1"/>)" +
                    flows({"s a g b e"})));
  CHECK(found_in(d) == "4:1 not-run, 5:1 not-run, 5:26 not-run, 6:1 not-run, 7:1 not-run, "
                       "7:35 not-run, 8:1 not-run, 8:45 not-run, 9:1 not-run");
  CHECK(nodes_of(d.chart) == "s:start a:step e:end b:step");
  CHECK_FALSE(d.exact);
}

TEST_CASE("which of several processes is the chart must be told") {
  std::string two = document(start("s") + end("e") + flows({"s e"}));
  two.replace(two.find("</bpmn:definitions>"), 0,
              "<bpmn:process id='q'>" + task("a") + "</bpmn:process><bpmn:process id='empty'/>");
  const bpmn_document d = read(two);
  CHECK(d.chart.nodes.empty());
  CHECK(found_in(d) == "6:1 missing-field");
  CHECK(d.found[0].message.en == "there are 2 processes, say which is the flowchart: p, q");
  REQUIRE(d.processes.size() == 3);
  CHECK(d.processes[1].nodes == 1);
  bpmn_options which;
  which.process = "q";
  const bpmn_document q = parse_bpmn("x.bpmn", two, which);
  CHECK(nodes_of(q.chart) == "a:step start:start end:end");
  CHECK(found_in(q) == "3:1 not-run"); // the other process
  which.process = "qq";
  CHECK(parse_bpmn("x.bpmn", two, which).found[0].code == errc::unknown_reference);
}

TEST_CASE("arrows to nowhere and ids that are there twice leave the rest standing") {
  const bpmn_document d =
      read(document(start("s") + "\n" + task("a") + "\n" + task("a") + "\n" + flows({"s a none"})));
  CHECK(found_in(d) == "6:1 duplicate-id");
  CHECK_FALSE(d.exact);
  CHECK(d.chart.arrows.back() == arrow{node_id{"a"}, node_id{"none"}, "", ""});
  CHECK(d.where(fmt::format("/arrows/{}/to", d.chart.arrows.size() - 1)).line == 7);
  // A gateway with one whole arrow and one that is not is no way through: it is there, and only
  // what is missing is told.
  const bpmn_document half =
      read(document(start("s") + gateway("exclusive", "x") + models::end("e") + flows({"s x e"}) +
                    "<bpmn:sequenceFlow id='h' sourceRef='x' targetRef=''/>"));
  CHECK(nodes_of(half.chart) == "s:start x:decision e:end");
  const problems told = check(half.chart);
  REQUIRE(told.size() == 1);
  CHECK(told[0].message.en == "arrow 3 has no end: no node is named");
  CHECK(told[0].message.zh == "第 3 条箭头没有终点:没有写明节点");
}

TEST_CASE("the reference models of the interchange group give what they gave before") {
  const std::filesystem::path models = BANLI_SHARED_DIR "/data/bpmn/miwg";
  if (!std::filesystem::exists(models)) {
    MESSAGE("skipped: no shared data");
    return;
  }
  problems none;
  std::ostringstream text;
  text << std::ifstream{BANLI_SOURCE_DIR "/tests/cases/bpmn_models.csv", std::ios::binary}.rdbuf();
  const csv_table table = read_csv(text.str(), "bpmn_models.csv", none);
  REQUIRE(none.empty());
  std::set<std::string> seen;
  for (const csv_row& row : table.rows) {
    const std::string& file = row.fields[0].text;
    seen.insert(file);
    CAPTURE(file);
    CAPTURE(row.fields[1].text);
    std::ostringstream bytes;
    bytes << std::ifstream{models / file, std::ios::binary}.rdbuf();
    bpmn_options which;
    which.process = row.fields[1].text;
    const bpmn_document d = parse_bpmn(file, bytes.str(), which);
    CHECK(d.source == bytes.str());
    const auto count = [](std::size_t n) { return fmt::format("{}", n); };
    CHECK(row.fields[2].text == count(d.processes.size()));
    CHECK(row.fields[3].text == count(d.elements.size()));
    CHECK(row.fields[4].text == count(d.chart.nodes.size()));
    CHECK(row.fields[5].text == count(d.chart.arrows.size()));
    CHECK(row.fields[6].text == count(d.found.size()));
    CHECK(row.fields[7].text == (d.exact ? "yes" : "no"));
    for (const error& e : d.found) CHECK(e.where.line > 0);
  }
  CHECK(seen.size() == 21);
}
