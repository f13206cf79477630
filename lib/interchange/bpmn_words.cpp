// What BPMN's elements are called in messages.
#include <array>

#include "interchange/bpmn_graph.hpp"

namespace banli::detail {
namespace {

struct tag_word {
  std::string_view tag;
  std::string_view en;
  std::string_view zh;
};

constexpr auto tag_words = std::to_array<tag_word>(
    {{"adHocSubProcess", "ad-hoc subprocess", "自由子流程"},
     {"boundaryEvent", "boundary event", "边界事件"},
     {"businessRuleTask", "business rule task", "业务规则任务"},
     {"callActivity", "call activity", "调用活动"},
     {"choreography", "choreography", "编排"},
     {"complexGateway", "complex gateway", "复杂网关"},
     {"conversationNode", "conversation", "会话"},
     {"conversation", "conversation", "会话"},
     {"correlationSubscription", "correlation", "消息关联"},
     {"dataInputAssociation", "data association", "数据关联"},
     {"dataObject", "data object", "数据对象"},
     {"dataObjectReference", "data object", "数据对象"},
     {"dataStoreReference", "data store", "数据存储"},
     {"endEvent", "end event", "结束事件"},
     {"eventBasedGateway", "event-based gateway", "事件网关"},
     {"exclusiveGateway", "exclusive gateway", "排他网关"},
     {"extensionElements", "extension", "扩展"},
     {"inclusiveGateway", "inclusive gateway", "包容网关"},
     {"intermediateCatchEvent", "catching event", "捕获事件"},
     {"intermediateThrowEvent", "throwing event", "抛出事件"},
     {"ioSpecification", "data of", "输入输出数据"},
     {"lane", "lane", "泳道"},
     {"messageFlow", "message flow", "消息流"},
     {"multiInstanceLoopCharacteristics", "multiple instance mark", "多实例标记"},
     {"parallelGateway", "parallel gateway", "并行网关"},
     {"participant", "pool", "池"},
     {"process", "process", "流程"},
     {"receiveTask", "receive task", "接收任务"},
     {"scriptTask", "script task", "脚本任务"},
     {"sendTask", "send task", "发送任务"},
     {"sequenceFlow", "sequence flow", "顺序流"},
     {"serviceTask", "service task", "服务任务"},
     {"standardLoopCharacteristics", "loop mark", "循环标记"},
     {"startEvent", "start event", "开始事件"},
     {"subProcess", "subprocess", "子流程"},
     {"transaction", "transaction", "事务子流程"}});

} // namespace

std::string one_line(std::string_view s) {
  std::string out;
  for (const char c : s) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

text bpmn_words(const bpmn_tree& tree, std::uint32_t e) {
  const auto named = [&](std::uint32_t of) {
    const std::string name = one_line(tree.attribute(of, "name"));
    return name.empty() ? std::string{tree.attribute(of, "id")} : name;
  };
  const std::string_view tag = tree[e].name;
  std::string name = named(e);
  // A mark within a task has no name of its own: that of the task says where it is.
  const bool is_mark = tag.ends_with("LoopCharacteristics") || tag == "ioSpecification";
  if (is_mark && tree[e].parent != bpmn_tree::none) name = named(tree[e].parent);
  text out{std::string{tag}, std::string{tag}};
  for (const tag_word& w : tag_words)
    if (w.tag == tag) out = {std::string{w.en}, std::string{w.zh}};
  out.en = "the " + out.en;
  if (name.empty()) return out;
  out.en += " '" + name + "'";
  out.zh += "“" + name + "”";
  return out;
}

void bpmn_reading::not_run(std::uint32_t e, const text& why) {
  told.push_back(e);
  const text what = bpmn_words(tree, e);
  found.add({errc::not_run,
             {what.en + " is kept and not run: " + why.en, what.zh + "保留但不执行:" + why.zh},
             tree.where(e)});
}

} // namespace banli::detail
