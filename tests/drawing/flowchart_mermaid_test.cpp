#include <banli/drawing/flowchart_mermaid.hpp>

#include <doctest/doctest.h>

#include "../flowchart/charts.hpp"
#include "flowchart_charts.hpp"
#include "flowchart_golden.hpp"

using namespace banli;

TEST_CASE("Mermaid text is as kept") {
  for (const auto& [name, chart] : {std::pair{"review.mmd", drawn_charts::review()},
                                    std::pair{"joint.mmd", drawn_charts::joint()}}) {
    const std::string made = flowchart_mermaid(chart);
    CHECK(made == golden::kept(name, made));
  }
}

TEST_CASE("a small chart, marked") {
  const flow_net net =
      compile(charts::chart("(s -> a -> ?d --ok-> [e").chain("?d --no-> a").chart).value();
  flowchart_marks marks = marks_of(net, std::vector<flow_move>{{node_index{1}, {}}});
  marks.notes.push_back({node_index{1}, "3/5"});
  flowchart_mermaid_options english;
  english.in = language::en;
  CHECK(flowchart_mermaid(net.chart(), marks, english) == R"mmd(flowchart TD
  n0(["(s"])
  n1["a<br/>post<br/>1 workday<br/>3/5"]
  n2{"?d"}
  n3(["[e"])
  n0 --> n1
  n1 --> n2
  n2 -->|"ok"| n3
  n2 -->|"no"| n1
  classDef bar fill:#3b4858,stroke:#3b4858
  classDef visited fill:#e7f0fb,stroke:#1f5fa8
  classDef resting fill:#fff0cc,stroke:#b86e00,stroke-width:3px
  classDef fault fill:#fdeaea,stroke:#c0242b,stroke-width:3px
  class n1 visited
  class n2 resting
  linkStyle 0,1 stroke:#1f5fa8,stroke-width:3px
)mmd");
}

TEST_CASE("hostile names stay text; dangling arrows are left out") {
  flowchart c = charts::chart("(s -> a -> [e").chart;
  c.nodes[1].label = "\"]\nclick n1 <b>#x;";
  c.arrows.push_back({node_id{"x"}, node_id{"a"}, {}, {}});
  const std::string text = flowchart_mermaid(c);
  CHECK(text.find("n1[\"#quot;] click n1 #lt;b#gt;#35;x;<br/>") != std::string::npos);
  CHECK(text.find("<b>") == std::string::npos);
  CHECK(text.find("-->") != text.rfind("-->"));
}

TEST_CASE("inclusive decisions and joins carry their circle") {
  const std::string made = flowchart_mermaid(charts::consult());
  CHECK(made.find("n2{\"○ *征求意见\"}") != std::string::npos);
  CHECK(made.find("n4{\"○ &amp;汇总\"}") == std::string::npos);
  CHECK(made.find("n4{\"○ #amp;汇总\"}") != std::string::npos);
}
