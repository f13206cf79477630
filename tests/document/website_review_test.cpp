// The shipped flow by which an office publishes on its website (政府网站信息发布审核流程图).
#include <functional>
#include <set>

#include <doctest/doctest.h>

#include <banli/document/configuration.hpp>
#include <banli/flowchart/flow_net.hpp>

namespace {

using namespace banli;

const flow_net& review_net() {
  static const flow_net net = [] {
    const configuration c =
        load_configuration(BANLI_SOURCE_DIR "/examples/county/flowcharts/website-review.yaml");
    REQUIRE(c.flowcharts.size() == 1);
    return compile(c.flowcharts[0]).value();
  }();
  return net;
}

node_index step(const char* id) { return review_net().index(node_id{id}).value(); }

/// The steps that were done on each way from the start to the end; what does not pass is sent back
/// once at most on a way.
std::set<std::string> ways() {
  const flow_net& net = review_net();
  std::set<std::string> out;
  const std::function<void(const marking&, std::string, int)> walk =
      [&](const marking& m, const std::string& done, int sent_back) {
        if (net.finished(m)) {
          out.insert(done);
          return;
        }
        for (const node_index d : net.open_choices(m))
          for (const arrow_index a : net.out(d)) {
            const int again = sent_back + (net.at(a).label == "不通过" ? 1 : 0);
            if (again < 2) walk(net.take(m, a).value(), done, again);
          }
        if (!net.open_choices(m).empty()) return;
        for (const node_index n : net.resting(m))
          walk(net.complete(m, n).value(), done + net.at(n).id.text() + ' ', sent_back);
      };
  walk(net.start(), {}, 0);
  return out;
}

} // namespace

TEST_CASE("nothing is published that the section and the leader have not looked at (M28, M29)") {
  const auto all = ways();
  CHECK(all.contains("采集 初审 终审 发布存档 "));
  CHECK(all.contains("采集 初审 终审 主要领导审批 发布存档 "));
  CHECK(all.contains("采集 初审 采集 初审 终审 发布存档 "));
  CHECK(all.size() == 8); // straight or over the chief, and sent back from one of the reviews
  for (const std::string& way : all) {
    CAPTURE(way);
    const std::size_t last = way.rfind("采集 ");
    CHECK(way.ends_with("发布存档 "));
    CHECK(way.find("初审 ", last) < way.find("终审 ", last)); // whatever was sent back before
    CHECK(way.find("终审 ", last) < way.find("发布存档 "));
  }
  CHECK(review_net().at(step("初审")).duty == "对上网内容的文字把关");
  CHECK(review_net().at(step("终审")).post == post_id{"分管领导岗"});
}

TEST_CASE("collector, section head, leader and publisher have their posts and duties (D28-D31)") {
  const auto says = [](const char* id) {
    const node& n = review_net().at(step(id));
    return n.post.text() + ':' + n.duty;
  };
  CHECK(says("采集") == "信息采集岗:采集、补充和上报信息");
  CHECK(says("初审") == "科室负责人岗:对上网内容的文字把关");
  CHECK(says("终审") == "分管领导岗:最后审核，签署意见");
  CHECK(says("主要领导审批") == "主要领导岗:视情况送主要领导审批");
  CHECK(says("发布存档") == "发布岗:在网上发布并存档");
  CHECK(review_net().at(step("发布存档")).documents ==
        std::vector<std::string>{"信息发布审核表"}); // kept for reference
}
