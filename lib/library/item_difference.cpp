// Comparing two versions of an item, as trees of fields.
#include <banli/library/item_difference.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "library/field_tree.hpp"

namespace banli {

namespace {

using detail::field_tree;
using shape = field_tree::shape;

using field_words = std::pair<std::string_view, std::string_view>;

constexpr auto item_labels =
    std::to_array<field_words>({{"code", "事项编码"},
                                {"type", "事项分类"},
                                {"name", "事项名称"},
                                {"bases", "行使依据"},
                                {"body", "办理主体"},
                                {"conditions", "受理条件"},
                                {"charges", "收费依据和标准"},
                                {"statutory", "法定期限"},
                                {"promised", "承诺期限"},
                                {"department", "办理部门"},
                                {"section", "承办科室"},
                                {"address", "办理地点"},
                                {"phone", "联系电话"},
                                {"flow", "权力运行流程图"},
                                {"forms", "服务表格"},
                                {"questions", "常见问题解答"},
                                {"supervision_phone", "监督电话"},
                                {"online_link", "在线办理链接"},
                                {"nature", "主体性质"},
                                {"entruster", "委托单位"},
                                {"case_kind", "办件类型"},
                                {"co_handlers", "联办部门"},
                                {"materials", "申请材料"},
                                {"documents", "文书"},
                                {"excluded_procedures", "不计入期限的程序"},
                                {"facts", "表单字段"},
                                {"supplement", "补正规则"},
                                {"counting", "期限计算规则"},
                                {"description", "事项内容"},
                                {"name_kind", "名称来源"},
                                {"catalogue", "目录"},
                                {"base_code", "基本编码"},
                                {"delegated_from_above", "上级下放事项"},
                                {"superior_body", "上级主管部门"},
                                {"service", "政务服务特征"},
                                {"public_field", "公共服务领域"},
                                {"applicants", "服务对象"},
                                {"certificates", "审批证件"},
                                {"approvals_before", "前置审批"},
                                {"approvals_after", "后置审批"},
                                {"risks", "廉政风险点"},
                                {"benchmarks", "裁量基准"},
                                {"intermediaries", "中介信息"},
                                {"supervision_channel", "监督渠道"},
                                {"windows", "窗口服务"},
                                {"delegations", "代收代办"},
                                {"hall", "进驻大厅"},
                                {"business_system", "所属业务系统"},
                                {"on_platform", "平台办理"},
                                {"supervised", "电子监察"},
                                {"overtime", "超时默认"},
                                {"refusals_reported", "否定报备"},
                                {"completion_told", "办结告知"},
                                {"extension_authority", "延期批准机关"},
                                {"renewal", "证件延续规则"}});

/// Of the parts of an item: materials, bases, windows …
constexpr auto part_labels = std::to_array<field_words>({{"name", "名称"},
                                                         {"rank", "层级"},
                                                         {"title", "标题"},
                                                         {"article", "条款"},
                                                         {"words", "内容"},
                                                         {"law", "法规"},
                                                         {"basis", "依据"},
                                                         {"standard", "标准"},
                                                         {"number", "编号"},
                                                         {"description", "说明"},
                                                         {"instructions", "填写说明"},
                                                         {"link", "链接"},
                                                         {"sample", "样表"},
                                                         {"asked", "问题"},
                                                         {"answered", "解答"},
                                                         {"format", "格式"},
                                                         {"carrier", "载体"},
                                                         {"required", "是否必需"},
                                                         {"when", "适用情形"},
                                                         {"way", "方式"},
                                                         {"storage", "存储要求"},
                                                         {"applicant", "适用对象"},
                                                         {"step", "环节"},
                                                         {"validity", "有效期"},
                                                         {"note", "备注"},
                                                         {"item", "事项"},
                                                         {"office", "部门"},
                                                         {"institution", "中介机构"},
                                                         {"charge", "收费"},
                                                         {"direct", "直接面向服务对象"},
                                                         {"on_application", "依申请"},
                                                         {"beneficial", "受益性"},
                                                         {"hall", "大厅"},
                                                         {"window", "窗口"},
                                                         {"address", "地址"},
                                                         {"hours", "办公时间"},
                                                         {"phone", "电话"},
                                                         {"unit", "单位"},
                                                         {"role", "方式"},
                                                         {"fact", "事实"},
                                                         {"from", "不低于"},
                                                         {"below", "低于"},
                                                         {"is", "等于"},
                                                         {"kind", "种类"},
                                                         {"least", "下限"},
                                                         {"most", "上限"},
                                                         {"outcomes", "处理幅度"},
                                                         {"bands", "裁量档次"},
                                                         {"type", "类型"},
                                                         {"measure", "防控措施"},
                                                         {"label", "显示名"},
                                                         {"runs", "计算方向"},
                                                         {"start", "起算"},
                                                         {"edges", "扣除首末日"},
                                                         {"roll", "遇休息日"},
                                                         {"before", "倒推方式"},
                                                         {"resume", "恢复计算"},
                                                         {"order", "延长与顺延"},
                                                         {"extensions_allowed", "可延长次数"},
                                                         {"ask_before", "提前申请"},
                                                         {"answer_in", "答复期限"},
                                                         {"at_most", "每次最长"},
                                                         {"times", "次数"}});

template <std::size_t N>
std::string_view word_for(const std::array<field_words, N>& all, std::string_view key) {
  const auto it =
      std::find_if(all.begin(), all.end(), [key](const auto& each) { return each.first == key; });
  return it == all.end() ? key : it->second;
}

/// All that a tree says, in one line.
text whole(const field_tree& t) {
  if (t.is == shape::value) return t.value;
  text out;
  for (const field_tree& p : t.parts) {
    const text inner = whole(p);
    if (inner.en.empty()) continue;
    out.en += (out.en.empty() ? "" : ", ") + inner.en;
    out.zh += (out.zh.empty() ? "" : "、") + inner.zh;
  }
  return out;
}

/// Finds the differences below one field.
class comparison {
 public:
  std::vector<item_change> take() { return std::move(out_); }

  void of(const field_tree& a, const field_tree& b, const std::string& path) {
    if (a == b) return;
    if (a.is == shape::list || b.is == shape::list) return lists(a, b, path);
    if (a.is != shape::map || b.is != shape::map) return values(a, b, path);
    for (std::size_t i = 0; i < a.parts.size(); ++i)
      of(a.parts[i], b.parts[i], path.empty() ? b.parts[i].key : path + '/' + b.parts[i].key);
  }

 private:
  void values(const field_tree& a, const field_tree& b, const std::string& path) {
    out_.push_back({path,
                    a.empty()   ? change_kind::added
                    : b.empty() ? change_kind::removed
                                : change_kind::changed,
                    whole(a), whole(b)});
  }

  void element(const field_tree& t, change_kind k, const std::string& path) {
    const text words = whole(t);
    out_.push_back({path, k, k == change_kind::removed ? words : text{},
                    k == change_kind::added ? words : text{}});
  }

  /// What lies between two matched elements: pairs in order, the rest added or removed.
  void gap(const field_tree& a, const field_tree& b, std::pair<std::size_t, std::size_t> in_a,
           std::pair<std::size_t, std::size_t> in_b, const std::string& path) {
    auto [i, a_end] = in_a;
    auto [j, b_end] = in_b;
    const auto at = [&](std::size_t n) { return fmt::format("{}/{}", path, n); };
    for (; i < a_end && j < b_end; ++i, ++j) of(a.parts[i], b.parts[j], at(j));
    for (; i < a_end; ++i) element(a.parts[i], change_kind::removed, at(i));
    for (; j < b_end; ++j) element(b.parts[j], change_kind::added, at(j));
  }

  void lists(const field_tree& a, const field_tree& b, const std::string& path) {
    std::size_t i = 0;
    std::size_t j = 0;
    for (const auto& [in_a, in_b] : matches(a.parts, b.parts)) {
      gap(a, b, {i, in_a}, {j, in_b}, path);
      i = in_a + 1;
      j = in_b + 1;
    }
    gap(a, b, {i, a.parts.size()}, {j, b.parts.size()}, path);
  }

  /// The longest common subsequence, as pairs of indices. Lists too long for its table (which is
  /// their product) are matched at both ends only.
  static std::vector<std::pair<std::size_t, std::size_t>>
  matches(const std::vector<field_tree>& a, const std::vector<field_tree>& b) {
    constexpr std::size_t largest_table = 1'000'000;
    std::vector<std::pair<std::size_t, std::size_t>> out;
    std::size_t front = 0;
    while (front < a.size() && front < b.size() && a[front] == b[front]) {
      out.emplace_back(front, front);
      ++front;
    }
    std::size_t back = 0;
    while (back < a.size() - front && back < b.size() - front &&
           a[a.size() - 1 - back] == b[b.size() - 1 - back])
      ++back;
    const std::size_t n = a.size() - front - back;
    const std::size_t m = b.size() - front - back;
    if (n != 0 && m <= largest_table / n) middle(a, b, front, {n, m}, out);
    for (std::size_t k = back; k > 0; --k) out.emplace_back(a.size() - k, b.size() - k);
    return out;
  }

  static void middle(const std::vector<field_tree>& a, const std::vector<field_tree>& b,
                     std::size_t front, std::pair<std::size_t, std::size_t> size,
                     std::vector<std::pair<std::size_t, std::size_t>>& out) {
    const auto [n, m] = size;
    std::vector<std::vector<std::size_t>> longest(n + 1, std::vector<std::size_t>(m + 1));
    for (std::size_t i = n; i-- > 0;)
      for (std::size_t j = m; j-- > 0;)
        longest[i][j] = a[front + i] == b[front + j]
                            ? longest[i + 1][j + 1] + 1
                            : std::max(longest[i + 1][j], longest[i][j + 1]);
    for (std::size_t i = 0, j = 0; i < n && j < m;) {
      if (a[front + i] == b[front + j])
        out.emplace_back(front + i++, front + j++);
      else
        ++(longest[i + 1][j] >= longest[i][j + 1] ? i : j);
    }
  }

  std::vector<item_change> out_;
};

} // namespace

std::string_view to_string(change_kind k) {
  constexpr std::array<std::string_view, 3> names{"changed", "added", "removed"};
  return names[static_cast<std::size_t>(k)];
}

std::string field_label(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::string_view key = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(key.size() + 1, path.size()));
    const bool top = out.empty();
    out += (top ? "" : "/") +
           std::string{top ? word_for(item_labels, key) : word_for(part_labels, key)};
  }
  return out;
}

std::vector<item_change> compare(const service_item& before, const service_item& after) {
  comparison c;
  c.of(detail::tree_of(before), detail::tree_of(after), {});
  return c.take();
}

std::string to_text(const item_change& c, language l) {
  const bool zh = l == language::zh;
  const std::string name = zh ? field_label(c.path) + ":" : c.path + ": ";
  switch (c.kind) {
  case change_kind::added: return name + (zh ? "新增 " : "added ") + c.after.in(l);
  case change_kind::removed: return name + (zh ? "删除 " : "removed ") + c.before.in(l);
  case change_kind::changed: break;
  }
  return name + c.before.in(l) + (zh ? " → " : " -> ") + c.after.in(l);
}

} // namespace banli
