// Two charts as offices draw them, for the pictures.
#pragma once

#include <banli/flowchart/flowchart.hpp>

namespace drawn_charts {

using namespace banli;

inline node step(const char* id, const char* department, const char* post, const char* duty,
                 time_limit limit) {
  node n;
  n.id = node_id{id};
  n.department = department_id{department};
  n.post = post_id{post};
  n.duty = duty;
  n.limit = limit;
  return n;
}

inline node sign(const char* id, node_kind kind, const char* label) {
  node n;
  n.id = node_id{id};
  n.kind = kind;
  n.label = label;
  return n;
}

inline arrow flow(const char* from, const char* to, const char* label = "") {
  return {node_id{from}, node_id{to}, label, {}};
}

inline flowchart review() {
  flowchart c{flowchart_id{"review"}, "网站信息发布审核流程图", {}, {}};
  const time_limit one{1, limit_unit::workday};
  c.nodes = {sign("start", node_kind::start, "开始"),
             step("采集", "", "信息员", "负责对信息来源的采集、供稿工作", one),
             step("初审", "", "科室负责人", "对信息内容进行初审", one),
             sign("初审结果", node_kind::decision, "初审通过?"),
             step("终审", "", "分管领导", "对信息内容进行终审,视情况送主要领导审批", one),
             sign("终审结果", node_kind::decision, "终审通过?"),
             step("发布存档", "", "信息发布员", "发布信息,同时对发布的内容存档备查",
                  {4, limit_unit::workhour}),
             sign("end", node_kind::end, "结束")};
  c.nodes[4].risks.push_back({"审核不严", "", "", "双人复核"});
  c.arrows = {flow("start", "采集"),
              flow("采集", "初审"),
              flow("初审", "初审结果"),
              flow("初审结果", "终审", "通过"),
              flow("初审结果", "采集", "不通过"),
              flow("终审", "终审结果"),
              flow("终审结果", "发布存档", "通过"),
              flow("终审结果", "采集", "不通过"),
              flow("发布存档", "end")};
  return c;
}

inline flowchart joint() {
  flowchart c{flowchart_id{"joint"}, "建设工程并联审批流程图", {}, {}};
  c.nodes = {
      sign("start", node_kind::start, "收到申请"),
      step("受理", "政务服务中心", "综合窗口", "受理", {1, limit_unit::workday}),
      sign("fork", node_kind::fork, "并联审批"),
      step("规划审查", "自然资源局", "规划审查岗", "审查", {5, limit_unit::workday}),
      step("环保审查", "生态环境局", "环评审批岗", "审查", {7, limit_unit::workday}),
      step("消防设计审查", "住房和城乡建设局", "消防审查岗", "审查", {4, limit_unit::workday}),
      sign("面积", node_kind::decision, "面积超过500平方米?"),
      step("专家评审", "住房和城乡建设局", "技术审查岗", "组织评审", {10, limit_unit::workday}),
      sign("m", node_kind::decision, "意见"),
      sign("join", node_kind::join, "汇总"),
      step("决定", "政务服务中心", "首席代表", "决定", {2, limit_unit::workday}),
      step("制证送达", "政务服务中心", "出件窗口", "送达", {1, limit_unit::workday}),
      sign("end", node_kind::end, "办结")};
  c.nodes[7].excluded = "expert_review";
  c.arrows = {flow("start", "受理"),    flow("受理", "fork"),         flow("fork", "规划审查"),
              flow("fork", "环保审查"), flow("fork", "消防设计审查"), flow("规划审查", "join"),
              flow("环保审查", "join"), flow("消防设计审查", "面积"), flow("面积", "专家评审"),
              flow("面积", "m"),        flow("专家评审", "m"),        flow("m", "join"),
              flow("join", "决定"),     flow("决定", "制证送达"),     flow("制证送达", "end")};
  c.arrows[8].condition = "form.area > 500";
  return c;
}

} // namespace drawn_charts
