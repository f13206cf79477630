#include <banli/portal/service_column.hpp>

#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/interchange/item_tables.hpp>

#include "portal_words.hpp"

namespace banli {

namespace {

constexpr std::string_view unsaid = "其他";

constexpr auto axis_words = std::to_array<detail::portal_word>({{"department", "办理部门"},
                                                                {"type", "事项分类"},
                                                                {"field", "公共服务领域"},
                                                                {"applicants", "服务对象"},
                                                                {"catalogue", "目录"}});

/// The cell of a column of one row.
std::string cell(const item_table& t, std::string_view column) {
  const auto at = std::ranges::find(t.columns, column);
  return t.rows.front()[static_cast<std::size_t>(at - t.columns.begin())];
}

std::string lines(const std::vector<std::string>& all) {
  return fmt::format("{}", fmt::join(all, "\n"));
}

std::string free_or(std::string charges) { return charges.empty() ? "不收费" : charges; }

/// The hours in which an item is handled, each once.
std::string hours_of(const service_item& i) {
  std::vector<std::string_view> out;
  for (const service_window& w : i.windows)
    if (!w.hours.empty() && std::ranges::find(out, w.hours) == out.end()) out.push_back(w.hours);
  return fmt::format("{}", fmt::join(out, "、"));
}

std::vector<std::string> materials_of(const service_item& i) {
  std::vector<std::string> out;
  for (const material& m : i.materials)
    out.push_back(m.required.empty() ? m.name : fmt::format("{}({})", m.name, m.required));
  return out;
}

} // namespace

std::string_view to_string(column_axis a) { return axis_words[static_cast<std::size_t>(a)].name; }
std::string_view label(column_axis a) { return axis_words[static_cast<std::size_t>(a)].label; }

result<column_axis> parse_column_axis(std::string_view name) {
  return detail::parse_word<column_axis>(axis_words, name, "axis", "分类方式");
}

const column_node* find(const column_node& root, std::string_view path) {
  const column_node* at = &root;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('>'), path.size());
    const auto next = std::ranges::find(at->below, path.substr(0, end), &column_node::name);
    if (next == at->below.end()) return nullptr;
    at = &*next;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return at;
}

service_column::service_column(std::vector<service_item> items,
                               std::shared_ptr<const organisation> people,
                               const item_type_table& types, std::vector<std::string> publicised)
    : items_(std::move(items)), people_(std::move(people)), types_(&types),
      publicised_(std::move(publicised)) {
  for (std::size_t i = 0; i < items_.size(); ++i) by_code_.emplace(items_[i].code, i);
}

const service_item* service_column::find(const item_id& code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &items_[found->second];
}

result<void> service_column::known_department(const department_id& id) const {
  std::vector<std::string_view> known;
  for (const service_item& i : items_) known.emplace_back(i.department.text());
  if (people_)
    for (const department& d : people_->departments) known.emplace_back(d.id.text());
  if (std::ranges::find(known, id.text()) != known.end()) return {};
  return with_hint(
      make_error(errc::unknown_reference, "there is no department '{}'", "没有部门“{}”", id.text()),
      suggestion(id.text(), known));
}

std::string service_column::department_name(const department_id& id) const {
  const department* d = people_ ? banli::find(*people_, id) : nullptr;
  return d != nullptr && !d->name.empty() ? d->name : id.text();
}

std::string service_column::type_name(std::string_view letters) const {
  const item_type* t = types_->find(letters);
  return t != nullptr ? t->name.zh : std::string{letters};
}

bool service_column::publicised(const service_item& item) const {
  return std::ranges::find(publicised_, item.type) != publicised_.end();
}

std::vector<std::string> service_column::keys(const service_item& i, column_axis axis) const {
  switch (axis) {
  case column_axis::department: return {department_name(i.department)};
  case column_axis::type: return {type_name(i.type)};
  case column_axis::field: return {i.field ? std::string{label(*i.field)} : std::string{}};
  case column_axis::applicants:
    return i.applicants.empty() ? std::vector<std::string>{""} : i.applicants;
  case column_axis::catalogue: break;
  }
  return {i.catalogue.text()};
}

void service_column::divide(column_node& node, std::span<const column_axis> axes) const {
  if (axes.empty()) return;
  std::vector<column_node> last; // what says nothing
  const auto child = [&](std::string name) -> column_node& {
    std::vector<column_node>& among = name.empty() ? last : node.below;
    if (name.empty()) name = unsaid;
    auto at = std::ranges::find(among, name, &column_node::name);
    if (at == among.end()) at = among.insert(among.end(), column_node{.name = std::move(name)});
    return *at;
  };
  if (axes.front() == column_axis::type)
    for (const item_type& t : types_->types())
      for (const std::size_t i : node.items)
        if (items_[i].type == t.letters) child(t.name.zh);
  for (const std::size_t i : node.items)
    for (std::string& key : keys(items_[i], axes.front())) {
      std::vector<std::size_t>& into = child(std::move(key)).items;
      if (into.empty() || into.back() != i) into.push_back(i);
    }
  for (column_node& n : last) node.below.push_back(std::move(n));
  for (column_node& n : node.below) divide(n, axes.subspan(1));
}

column_node service_column::directory(std::span<const column_axis> axes) const {
  column_node root;
  for (std::size_t i = 0; i < items_.size(); ++i) root.items.push_back(i);
  divide(root, axes);
  return root;
}

result<column_page> service_column::page(std::span<const std::size_t> items,
                                         const page_request& asked) const {
  if (asked.page == 0 || asked.size == 0)
    return make_error(errc::bad_value, "pages are counted from 1 and hold at least one line",
                      "页码从 1 开始,每页至少 1 条");
  if (asked.size > max_page_size)
    return make_error(errc::limit_exceeded, "a page holds at most {} lines", "每页最多 {} 条",
                      max_page_size);
  column_page out;
  out.page = asked.page;
  out.found = items.size();
  out.pages = (items.size() + asked.size - 1) / asked.size;
  if (asked.page > std::max<std::size_t>(out.pages, 1))
    return make_error(errc::out_of_range, "there are {} pages, not {}", "共 {} 页,没有第 {} 页",
                      out.pages, asked.page);
  const std::size_t first = (asked.page - 1) * asked.size;
  for (std::size_t n = first; n < std::min(first + asked.size, items.size()); ++n) {
    const service_item& i = items_.at(items[n]);
    out.lines.push_back({i.code, i.name, department_name(i.department)});
  }
  return out;
}

result<const service_item*> service_column::known(const item_id& code) const {
  if (const service_item* i = find(code)) return i;
  std::vector<std::string_view> codes;
  for (const service_item& i : items_) codes.emplace_back(i.code.text());
  return with_hint(
      make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”", code.text()),
      suggestion(code.text(), codes));
}

result<item_column> service_column::open(const item_id& code) const {
  const auto found = known(code);
  if (!found) return found.error();
  const service_item& i = **found;
  const item_table a1 =
      make_item_table(item_form::information, {&i, 1}, {.unit = {}, .types = types_});
  item_column out;
  for (std::size_t n = 0; n < guide_view::labels.size(); ++n)
    out.guide.values[n] = cell(a1, guide_view::labels[n]);
  const std::string unit = department_name(i.department);
  out.guide.values[2] = i.section.empty() ? unit : unit + i.section;
  out.guide.values[5] = free_or(std::move(out.guide.values[5]));
  if (const std::string when = hours_of(i); !when.empty())
    out.guide.values[7] += "\n办理时间:" + when;
  out.consultation = {i.department, unit, i.phone, i.questions};
  for (const service_form& f : i.forms)
    out.forms.push_back({f.number, f.name, f.description, f.link});
  out.application = {i.on_platform, i.online_link, materials_of(i)};
  out.feedback.publicised = publicised(i);
  return out;
}

result<service_commitment> service_column::commitment(const item_id& code) const {
  const auto opened = open(code);
  if (!opened) return opened.error();
  const service_item& i = *find(code);
  const auto& guide = opened->guide.values;
  return service_commitment{{i.name, i.description.empty() ? i.name : i.description, guide[4],
                             i.flow.text(), lines(opened->application.materials), guide[7],
                             guide[5], guide[2]}};
}

} // namespace banli
