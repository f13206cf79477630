#include <banli/interchange/bpmn.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include <banli/base/nearest.hpp>

#include "interchange/bpmn_change.hpp"
#include "interchange/bpmn_own.hpp"
#include "interchange/bpmn_reader.hpp"

namespace banli {
namespace detail {
namespace {

constexpr std::uint32_t root = 0;

/// Elements beside the flow that would act when run.
struct acting {
  std::string_view tag;
  std::string_view en;
  std::string_view zh;
};

constexpr auto acting_tags = std::to_array<acting>(
    {{"messageFlow", "no message is sent", "不发送消息"},
     {"conversation", "only processes become flowcharts", "只有流程可转为流程图"},
     {"choreography", "only processes become flowcharts", "只有流程可转为流程图"},
     {"dataObjectReference", "data is not carried from step to step", "不在环节之间传递数据"},
     {"dataStoreReference", "data is not stored", "不存取数据"},
     {"ioSpecification", "data is not carried from step to step", "不在环节之间传递数据"},
     {"correlationSubscription", "no message is waited for", "不等待消息"},
     {"potentialOwner", "who does a step is said by its post", "办理人由岗位确定"},
     {"humanPerformer", "who does a step is said by its post", "办理人由岗位确定"},
     {"performer", "who does a step is said by its post", "办理人由岗位确定"},
     {"resourceRole", "who does a step is said by its post", "办理人由岗位确定"}});

/// What may stand directly in a process beside flow nodes and the above.
constexpr auto quiet_tags = std::to_array<std::string_view>({"artifact",
                                                             "association",
                                                             "auditing",
                                                             "completionCondition",
                                                             "dataObject",
                                                             "documentation",
                                                             "extensionElements",
                                                             "flowElement",
                                                             "group",
                                                             "incoming",
                                                             "ioBinding",
                                                             "laneSet",
                                                             "loopCharacteristics",
                                                             "monitoring",
                                                             "multiInstanceLoopCharacteristics",
                                                             "outgoing",
                                                             "property",
                                                             "dataInputAssociation",
                                                             "dataOutputAssociation",
                                                             "sequenceFlow",
                                                             "standardLoopCharacteristics",
                                                             "supportedInterfaceRef",
                                                             "supports",
                                                             "textAnnotation"});

} // namespace

bpmn_reader::bpmn_reader(bpmn_document& out, std::string_view bytes, const bpmn_options& options)
    : out_(out), options_(options), found_(options.limits.problems),
      text_(out.file, bytes, options.limits, found_), tree_(text_, options.limits, found_) {}

void bpmn_reader::run() {
  out_.exact = tree_.whole() && !text_.damaged();
  if (tree_.size() == 0)
    no_document();
  else if (!tree_.is(0, "definitions"))
    found_.add(at(make_error(errc::wrong_type, "this is XML, but no BPMN 2.0",
                             "这是 XML 文件,但不是 BPMN 2.0"),
                  tree_.where(root)));
  else
    read();
  out_.found = found_.take();
}

void bpmn_reader::no_document() {
  if (text_.text().find_first_not_of(" \t\r\n") == std::string::npos && !text_.damaged())
    found_.add(
        at(make_error(errc::truncated_file, "the file is empty", "文件为空"), {out_.file, 0, 0}));
  else if (found_.none())
    found_.add(at(make_error(errc::bad_xml, "there is no element in it", "文件中没有元素"),
                  {out_.file, 1, 1}));
}

void bpmn_reader::read() {
  list_processes();
  duplicate_ids();
  process_ = chosen();
  if (process_ != bpmn_tree::none)
    read_chart();
  else
    out_.exact = false;
  tell_the_rest();
  list_elements();
}

void bpmn_reader::read_chart() {
  const auto at = std::find(processes_.begin(), processes_.end(), process_) - processes_.begin();
  out_.process = static_cast<std::size_t>(at);
  out_.ours = is_own(tree_, process_);
  if (out_.ours) {
    read_own(reading_, process_);
  } else {
    const bpmn_process& p = out_.processes[*out_.process];
    out_.chart.id = flowchart_id{p.id};
    out_.chart.name = p.name.empty() ? p.id : p.name;
    bpmn_graph(reading_, process_).run();
  }
  drawn_ = {out_.chart, reading_.node_elements, reading_.arrow_elements};
  read_change(reading_, process_);
  const auto spots = [&](const std::vector<std::uint32_t>& elements) {
    std::vector<bpmn_document::spot> all;
    for (const std::uint32_t e : elements) {
      const place p = tree_.where(e);
      all.push_back({p.line, p.column});
    }
    return all;
  };
  out_.node_spots = spots(reading_.node_elements);
  out_.arrow_spots = spots(reading_.arrow_elements);
}

void bpmn_reader::list_processes() {
  std::unordered_map<std::string_view, std::string> pools;
  for (std::uint32_t c = tree_.child(0); c != bpmn_tree::none; c = tree_.next(c))
    if (tree_.is(c, "collaboration"))
      for (std::uint32_t p = tree_.child(c); p != bpmn_tree::none; p = tree_.next(p))
        if (tree_.is(p, "participant"))
          pools.try_emplace(tree_.attribute(p, "processRef"), one_line(tree_.attribute(p, "name")));
  for (std::uint32_t c = tree_.child(0); c != bpmn_tree::none; c = tree_.next(c)) {
    if (!tree_.is(c, "process")) continue;
    bpmn_process& p = out_.processes.emplace_back();
    p.id = tree_.attribute(c, "id");
    p.name = one_line(tree_.attribute(c, "name"));
    if (const auto pool = pools.find(p.id); p.name.empty() && pool != pools.end())
      p.name = pool->second;
    for (std::uint32_t i = c + 1; i < tree_[c].end; ++i) p.nodes += is_flow_node(tree_, i);
    const place where = tree_.where(c);
    p.line = where.line;
    p.column = where.column;
    processes_.push_back(c);
  }
}

/// The process that becomes the chart; none where that is not clear.
std::uint32_t bpmn_reader::chosen() {
  std::vector<std::string> ids;
  std::vector<std::size_t> full;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    if (!options_.process.empty() && out_.processes[i].id == options_.process) return processes_[i];
    if (out_.processes[i].nodes > 0) full.push_back(i);
    ids.push_back(out_.processes[i].id);
  }
  if (!options_.process.empty()) {
    found_.add(at(with_hint(make_error(errc::unknown_reference, "there is no process '{}'",
                                       "没有流程“{}”", options_.process),
                            suggestion(options_.process, ids)),
                  tree_.where(root)));
    return bpmn_tree::none;
  }
  if (full.empty() && !processes_.empty()) full.push_back(0);
  if (full.size() == 1) return processes_[full.front()];
  if (full.empty())
    found_.add(at(make_error(errc::missing_field, "there is no process in the file",
                             "文件中没有流程(process)"),
                  tree_.where(root)));
  else
    found_.add(
        at(make_error(errc::missing_field, "there are {} processes, say which is the flowchart: {}",
                      "文件中有 {} 个流程,须指明哪一个是流程图:{}", full.size(),
                      fmt::join(some(full), ", ")),
           tree_.where(processes_[full[1]])));
  return bpmn_tree::none;
}

std::vector<std::string> bpmn_reader::some(const std::vector<std::size_t>& numbers) const {
  std::vector<std::string> out;
  for (const std::size_t i : numbers) {
    if (out.size() == 20) {
      out.emplace_back("…");
      break;
    }
    out.emplace_back(beginning(out_.processes[i].id));
  }
  return out;
}

void bpmn_reader::duplicate_ids() {
  std::unordered_set<std::string_view> known;
  for (std::uint32_t e = 0; e < tree_.size(); ++e) {
    const std::string_view id = tree_.attribute(e, "id");
    const bool counts = tree_[e].space == xml_space::model && !id.empty();
    if (!counts || known.insert(id).second) continue;
    out_.exact = false;
    found_.add(at(
        make_error(errc::duplicate_id, "the id '{}' is there twice", "编号“{}”重复", beginning(id)),
        tree_.where(e)));
  }
}

/// What acts beside the flow, what BPMN does not know, and what others have added.
void bpmn_reader::tell_the_rest() {
  for (std::uint32_t e = 0; e < tree_.size(); ++e) {
    if (tree_[e].space != xml_space::model) continue;
    if (tree_.is(e, "process") && e != process_ && process_ != bpmn_tree::none &&
        tree_[e].end > e + 1) {
      reading_.not_run(e, {"another process is the flowchart", "流程图取自另一个流程"});
      e = tree_[e].end - 1;
      continue;
    }
    const auto acts = std::find_if(acting_tags.begin(), acting_tags.end(),
                                   [&](const acting& a) { return a.tag == tree_[e].name; });
    if (acts != acting_tags.end())
      reading_.not_run(e, {std::string{acts->en}, std::string{acts->zh}});
    else if (is_in_flow(e) && !among(quiet_tags, tree_[e].name) && !is_flow_node(tree_, e))
      unknown(e);
  }
  for (const bpmn_tree::foreign& o : tree_.others()) {
    if (o.uses == 0) continue;
    found_.add(at(
        make_error(errc::not_run, "{} elements and attributes of '{}' are kept and not run",
                   "命名空间“{1}”的 {0} 个元素和属性保留但不执行", o.uses, beginning(o.uri, 200)),
        tree_.where(o.first)));
  }
}

bool bpmn_reader::is_in_flow(std::uint32_t e) const {
  const std::uint32_t parent = tree_[e].parent;
  return parent != bpmn_tree::none &&
         (tree_.is(parent, "process") || tree_.is(parent, "subProcess"));
}

void bpmn_reader::unknown(std::uint32_t e) {
  out_.exact = false;
  found_.add(at(make_error(errc::not_run, "'{}' is kept and not run: BPMN has no such element here",
                           "“{}”保留但不执行:BPMN 在此处没有这种元素", beginning(tree_[e].name)),
                tree_.where(e)));
}

void bpmn_reader::list_elements() {
  std::vector<std::uint32_t>& told = reading_.told;
  std::sort(told.begin(), told.end());
  std::uint32_t closed = 0; // until here nothing runs
  for (std::uint32_t e = 0; e < tree_.size(); ++e) {
    if (tree_[e].space != xml_space::model || (!tree_.has(e, "id") && !is_flow_node(tree_, e)))
      continue;
    bpmn_element& x = out_.elements.emplace_back();
    x.tag = tree_[e].name;
    x.id = tree_.attribute(e, "id");
    x.name = tree_.attribute(e, "name");
    const place where = tree_.where(e);
    x.line = where.line;
    x.column = where.column;
    const bool inside = process_ != bpmn_tree::none && e >= process_ && e < tree_[process_].end;
    const bool flows =
        is_flow_node(tree_, e) || x.tag == "sequenceFlow" || x.tag == "lane" || x.tag == "process";
    if (std::binary_search(told.begin(), told.end(), e)) {
      x.use = bpmn_use::not_run;
      closed = std::max(closed, tree_[e].end);
    } else if (inside && flows && e >= closed) {
      x.use = bpmn_use::runs;
    }
  }
}

} // namespace detail

std::string_view to_string(bpmn_use use) {
  constexpr std::array<std::string_view, 3> names{"runs", "kept", "not_run"};
  return names[static_cast<std::size_t>(use)];
}

place bpmn_document::where(std::string_view path) const {
  const auto find = [&](std::string_view prefix, const std::vector<spot>& spots) -> place {
    if (!path.starts_with(prefix)) return {};
    std::size_t n = 0;
    const char* const begin = path.data() + prefix.size();
    const auto read = std::from_chars(begin, path.data() + path.size(), n);
    if (read.ec != std::errc{} || n >= spots.size()) return {};
    return {file, spots[n].line, spots[n].column};
  };
  for (const place& p : {find("/nodes/", node_spots), find("/arrows/", arrow_spots)})
    if (p.line > 0) return p;
  if (process) return {file, processes[*process].line, processes[*process].column};
  return {file, 0, 0};
}

bpmn_document parse_bpmn(const std::string& file, std::string_view bytes,
                         const bpmn_options& options) {
  bpmn_document out;
  out.file = file;
  out.source = bytes;
  detail::bpmn_reader(out, bytes, options).run();
  return out;
}

} // namespace banli
