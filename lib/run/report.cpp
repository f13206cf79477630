#include <banli/run/report.hpp>

#include <algorithm>
#include <map>
#include <unordered_set>

#include <banli/assessment/office_tables.hpp>
#include <banli/drawing/dossier.hpp>
#include <banli/engine/decide.hpp>

#include <run/report_folder.hpp>
#include <run/report_index.hpp>

namespace banli {

namespace {

using namespace detail;

constexpr std::size_t longest_name = 180;

bool plain_in_names(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

/// Cases that get a page, those with the newest hit first; then those that were only refused
/// something, or are on the lists of the overview by time alone: a red or yellow light, or overdue.
std::vector<const case_outcome*> cases_to_show(const configuration& config, const run_result& run,
                                               std::span<const case_figures> figures, instant now) {
  std::unordered_set<case_id> named;
  for (const refusal& r : run.refusals)
    if (worth_showing(config, r)) named.insert(r.asked.id);
  for (const case_figures& c : figures) {
    const traffic_light light = light_of(c, now);
    const bool lit = light == traffic_light::red || light == traffic_light::yellow;
    if (lit || (c.late_from && c.ended.value_or(now) >= *c.late_from)) named.insert(c.id);
  }
  std::vector<std::pair<instant, const case_outcome*>> found;
  for (const case_outcome& c : run.cases) {
    instant newest = instant::min();
    for (const hit& h : c.hits) newest = std::max(newest, h.raised);
    if (!c.hits.empty() || named.contains(c.id)) found.emplace_back(newest, &c);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const case_outcome*> out;
  for (const auto& [newest, c] : found) out.push_back(c);
  return out;
}

class report_writer {
 public:
  report_writer(const configuration& config, const run_result& run, const case_store& store,
                const report_options& options)
      : config_(config), run_(run), store_(store), options_(options) {}

  result<written_report> write(const std::string& where) {
    const auto figures = figures_of_all();
    if (!figures) return figures.error();
    std::vector<const case_outcome*> shown = cases_to_show(config_, run_, *figures, options_.until);
    const std::size_t wanted = shown.size();
    shown.resize(std::min(wanted, options_.dossiers));
    std::set<std::string> pages{"index.html"};
    for (const case_outcome* c : shown) {
      const std::string name = "cases/" + dossier_file_name(c->id);
      pages.insert(name);
      addresses_[c->id] = name;
    }
    auto folder = report_folder::open(where, std::move(pages));
    if (!folder) return folder.error();
    for (std::size_t i = 0; i < shown.size(); ++i) {
      tell(i, shown.size());
      if (auto r = dossier_page(*folder, *shown[i]); !r) return r.error();
    }
    tell(shown.size(), shown.size());
    const std::size_t left_out = wanted - shown.size();
    const index_page index{config_, run_, options_, addresses_, *figures, left_out};
    if (auto r = folder->write("index.html", index_html(index)); !r) return r.error();
    const auto removed = folder->finish();
    if (!removed) return removed.error();
    return written_report{where + "/index.html", shown.size(), left_out, *removed};
  }

 private:
  void tell(std::size_t done, std::size_t total) const {
    if (options_.on_progress) options_.on_progress({"report", done, total});
  }

  /// The numbers of every case as it stood at the end of the run.
  result<std::vector<case_figures>> figures_of_all() const {
    std::vector<case_figures> out;
    for (const case_outcome& c : run_.cases) {
      const auto definition = find(config_, c.item);
      if (!definition) continue; // its dossier will say so
      const auto history = store_.load(c.id);
      if (!history) return history.error();
      auto f = measure(*definition, replay_at(*definition, c.id, *history, options_.until),
                       config_.calendar);
      if (!f) return f.error();
      count_hits(*f, c.hits);
      out.push_back(*std::move(f));
    }
    return out;
  }

  result<void> dossier_page(const report_folder& folder, const case_outcome& c) {
    const auto definition = find(config_, c.item);
    if (!definition)
      return make_error(errc::unknown_item,
                        "case {} is of item {}, which the configuration does not hold",
                        "办件 {} 的事项 {} 不在配置中", c.id.text(), c.item.text());
    auto history = store_.load(c.id);
    if (!history) return history.error();
    std::erase_if(*history, [&](const event& e) { return e.at > options_.until; });
    const case_state state = banli::replay(*definition, c.id, *history);
    const auto layout = layout_of(*definition);
    if (!layout) return layout.error();
    const auto page = dossier_html({.definition = *definition,
                                    .state = state,
                                    .history = *history,
                                    .hits = c.hits,
                                    .rules = config_.rules ? &*config_.rules : nullptr,
                                    .calendar = config_.calendar,
                                    .layout = **layout,
                                    .as_of = options_.until},
                                   {.in = options_.in, .back_link = "../index.html"});
    if (!page) return page.error();
    return folder.write(addresses_.at(c.id), *page);
  }

  /// The chart of an item is laid out once, however many of its cases have a page.
  result<const flowchart_layout*> layout_of(const case_definition& d) {
    const auto known = layouts_.find(d.item.code);
    if (known != layouts_.end()) return &known->second;
    flowchart_layout_options o;
    o.in = options_.in;
    o.post_name = [&d](const post_id& id) {
      const post* p = d.people ? find(*d.people, id) : nullptr;
      return p != nullptr && !p->name.empty() ? p->name : id.text();
    };
    o.department_name = [&d](const department_id& id) {
      const department* p = d.people ? find(*d.people, id) : nullptr;
      return p != nullptr && !p->name.empty() ? p->name : id.text();
    };
    auto laid = lay_out(d.net.chart(), o);
    if (!laid) return laid.error();
    return &layouts_.emplace(d.item.code, *std::move(laid)).first->second;
  }

  const configuration& config_;
  const run_result& run_;
  const case_store& store_;
  const report_options& options_;
  std::unordered_map<case_id, std::string> addresses_;
  std::map<item_id, flowchart_layout> layouts_;
};

} // namespace

std::string dossier_file_name(const case_id& id) {
  std::string out;
  for (const char c : id.text()) {
    if (plain_in_names(c))
      out += c;
    else
      out += fmt::format("~{:02X}", static_cast<unsigned char>(c));
  }
  if (out.size() > longest_name)
    out = out.substr(0, longest_name - 34) + "~h" + sha256(id.text()).substr(0, 32);
  if (out.empty()) out = "~";
  return out + ".html";
}

result<written_report> write_report(const std::string& folder, const configuration& config,
                                    const run_result& run, const case_store& store,
                                    const report_options& options) {
  return report_writer{config, run, store, options}.write(folder);
}

} // namespace banli
