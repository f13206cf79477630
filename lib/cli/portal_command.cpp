// `banli query`, `banli forget` and `banli public …`.
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "files.hpp"
#include "kept_ring.hpp"
#include "open_store.hpp"
#include <banli/item/code_scheme.hpp>
#include <banli/portal/case_query.hpp>
#include <banli/portal/column_search.hpp>
#include <banli/portal/consultation_desk.hpp>
#include <banli/portal/public_lists.hpp>
#include <banli/portal/repositories.hpp>
#include <banli/storage/sealing_store.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

json::object json_of(const column_node& n, const service_column& of) {
  json::array items, below;
  for (const std::size_t i : n.items) items.emplace_back(of.items()[i].code.text());
  for (const column_node& b : n.below) below.push_back(json_of(b, of));
  return {{"name", n.name}, {"items", std::move(items)}, {"below", std::move(below)}};
}

json::object json_of(const column_page& p) {
  json::array lines;
  for (const column_line& l : p.lines)
    lines.push_back(
        json::object{{"code", l.code.text()}, {"name", l.name}, {"department", l.department}});
  return {{"page", p.page}, {"pages", p.pages}, {"found", p.found}, {"lines", std::move(lines)}};
}

json::object json_of(const item_column& c) {
  json::object guide;
  for (std::size_t i = 0; i < guide_view::labels.size(); ++i)
    guide[guide_view::labels[i]] = c.guide.values[i];
  json::array answered, forms, materials;
  for (const question& q : c.consultation.answered)
    answered.push_back(json::object{{"asked", q.asked}, {"answered", q.answered}});
  for (const form_line& f : c.forms)
    forms.push_back(json::object{
        {"number", f.number}, {"name", f.name}, {"description", f.description}, {"link", f.link}});
  for (const std::string& m : c.application.materials) materials.emplace_back(m);
  return {{"guide", std::move(guide)},
          {"consultation", json::object{{"unit", c.consultation.unit.text()},
                                        {"unit_name", c.consultation.unit_name},
                                        {"phone", c.consultation.phone},
                                        {"answered", std::move(answered)}}},
          {"forms", std::move(forms)},
          {"application", json::object{{"offered", c.application.offered},
                                       {"link", c.application.link},
                                       {"materials", std::move(materials)}}},
          {"feedback", json::object{{"publicised", c.feedback.publicised}}}};
}

json::object json_of(const search_result& r) {
  json::array hits;
  for (const search_hit& h : r.hits)
    hits.push_back(json::object{
        {"item", h.item.text()}, {"name", h.name}, {"part", h.part}, {"excerpt", h.excerpt}});
  return {{"found", r.found}, {"hits", std::move(hits)}};
}

/// A list for everybody: an object a row, a line each, under the headings of the list.
std::string json_of(const item_table& t) {
  std::string out;
  for (const auto& row : t.rows) {
    json::object o;
    for (std::size_t i = 0; i < row.size(); ++i) o[t.columns[i]] = row[i];
    out += json::serialize(o) + '\n';
  }
  return out;
}

class portal_printer {
 public:
  portal_printer(const portal_arguments& a, const console& to) : a_(a), to_(to) {}

  int query() {
    if (const int code = open(); code != exit_done) return code;
    // By the number of a case, the desk is made of that one, if it is there; by anything else, such
    // as the number of an application, of all. Which way it goes the form of the number says, so
    // that right and wrong pairs go the same way.
    case_desk desk;
    if (parse_code(code_scheme::application(), a_.number)) {
      if (auto r = desk.add_all(cases()); !r) return fail(r.error());
    } else {
      const auto events = cases().load(case_id{a_.number});
      if (!events) return fail(events.error());
      desk.add(case_id{a_.number}, *events);
    }
    const auto id = desk.find({a_.number, a_.certificate});
    if (!id) {
      to_.out << (zh() ? "没有与这两个号码都相符的办件\n" : "no case has both these numbers\n");
      return exit_wrong_input;
    }
    const auto found = ask(*config_, cases(), *id);
    if (!found) return fail(found.error());
    boost::json::object json;
    for (const auto& [name, value] : fields_of(*found)) {
      json.emplace(name, value);
      if (!a_.json) to_.out << name << ": " << value << '\n';
    }
    if (a_.json) to_.out << boost::json::serialize(json) << '\n';
    return exit_done;
  }

  int forget_person() {
    const auto on = parse_day(a_.at);
    if (!on) return fail(at(on.error(), {"--on", 0, 0}), exit_usage);
    const auto ring = open_kept_ring(a_.ring);
    if (!ring) return fail(ring.error());
    const auto there = forget(**ring, identity_of(a_.kind, a_.certificate), *on);
    if (!there) return fail(there.error());
    if (a_.json)
      tell({{"erased", *there}});
    else if (*there)
      to_.out << (zh() ? "密钥已删除,其个人信息不能再读取\n"
                       : "the key is erased: the data can be read no more\n");
    else
      to_.out << (zh() ? "密钥库中没有此人\n" : "the ring knows nobody with this certificate\n");
    return *there ? exit_done : exit_wrong_input;
  }

  int run(std::string_view command) {
    if (const int code = open(); code != exit_done) return code;
    if (command == "tree") return tree();
    if (command == "list") return list();
    if (command == "show") return show();
    if (command == "search") return search();
    if (command == "consult") return consult();
    if (command == "results") return results();
    if (command == "overdue") return overdue();
    return repository_of_name();
  }

 private:
  bool zh() const { return a_.in == language::zh; }
  case_store& cases() const { return *store_; }

  /// Reads the configuration, and what store and ring are named.
  int open() {
    config_.emplace(load_with_former(a_.configuration, a_.former));
    if (!config_->good()) {
      print(config_->found, a_.in, to_);
      return exit_for(config_->found.front());
    }
    column_.emplace(config_->items, config_->people);
    if (a_.store.empty()) return exit_done;
    auto store = open_kept_store(a_.store, a_.ring);
    if (!store) return fail(store.error());
    store_ = std::move(*store);
    return exit_done;
  }

  result<column_node> directory() const {
    std::vector<column_axis> axes;
    for (const std::string& name : a_.by) {
      const auto axis = parse_column_axis(name);
      if (!axis) return at(axis.error(), {"--by", 0, 0});
      axes.push_back(*axis);
    }
    return column_->directory(axes);
  }

  void print_node(const column_node& n, std::size_t depth) const {
    to_.out << std::string(2 * depth, ' ') << n.name << ' ' << n.items.size() << '\n';
    for (const column_node& b : n.below) print_node(b, depth + 1);
  }

  int tree() const {
    const auto root = directory();
    if (!root) return fail(root.error(), exit_usage);
    if (a_.json) return tell(json_of(*root, *column_));
    for (const column_node& n : root->below) print_node(n, 0);
    return exit_done;
  }

  int list() const {
    const auto root = directory();
    if (!root) return fail(root.error(), exit_usage);
    const column_node* node = find(*root, a_.node);
    if (node == nullptr)
      return fail(make_error(errc::unknown_reference, "the directory has no node '{}'",
                             "目录中没有“{}”", a_.node));
    const auto page = column_->page(node->items, {.page = a_.page, .size = a_.size});
    if (!page) return fail(page.error());
    if (a_.json) return tell(json_of(*page));
    for (const column_line& l : page->lines)
      to_.out << fmt::format("{}  {}  {}\n", l.code.text(), l.name, l.department);
    to_.out << fmt::format(
        fmt::runtime(zh() ? "第 {}/{} 页,共 {} 项\n" : "page {} of {}, items {}\n"), page->page,
        page->pages, page->found);
    return exit_done;
  }

  int show() const {
    const auto c = column_->open(item_id{a_.item});
    if (!c) return fail(c.error());
    if (a_.json) return tell(json_of(*c));
    const auto head = [&](std::string_view name) { to_.out << "# " << name << '\n'; };
    head("办事指南");
    for (std::size_t i = 0; i < guide_view::labels.size(); ++i)
      to_.out << guide_view::labels[i] << ": " << c->guide.values[i] << '\n';
    head("网上咨询");
    to_.out << c->consultation.unit_name << ' ' << c->consultation.phone << '\n';
    for (const question& q : c->consultation.answered)
      to_.out << q.asked << ' ' << q.answered << '\n';
    head("表格下载");
    for (const form_line& f : c->forms)
      to_.out << fmt::format("{}  {}  {}  {}\n", f.number, f.name, f.description, f.link);
    head("网上申请");
    to_.out << c->application.link << '\n';
    for (const std::string& m : c->application.materials) to_.out << m << '\n';
    head("结果反馈");
    to_.out << c->feedback.asks[0] << " + " << c->feedback.asks[1] << '\n';
    return exit_done;
  }

  int search() const {
    const auto found = column_search{*column_}.find(a_.words);
    if (!found) return fail(found.error());
    if (a_.json) {
      tell(json_of(*found));
      return found->found > 0 ? exit_done : exit_wrong_input;
    }
    for (const search_hit& h : found->hits)
      to_.out << fmt::format("{}  {}\n    {}: {}\n", h.item.text(), h.name, h.part, h.excerpt);
    to_.out << fmt::format(fmt::runtime(zh() ? "共 {} 项\n" : "items {}\n"), found->found);
    return found->found > 0 ? exit_done : exit_wrong_input;
  }

  int consult() const {
    const auto asked_at = parse_instant(a_.at);
    if (!asked_at) return fail(at(asked_at.error(), {"--at", 0, 0}), exit_usage);
    consultation asked;
    asked.title = a_.title;
    asked.words = a_.words;
    asked.item = item_id{a_.item};
    asked.unit = department_id{a_.unit};
    asked.asked = *asked_at;
    const consultation_rules rules{.reception = department_id{a_.reception}};
    const auto to = route(asked, *column_, column_search{*column_}, rules);
    if (!to) return fail(to.error());
    const auto clock = reply_clock_of(asked, config_->calendar, rules, *asked_at);
    if (!clock) return fail(clock.error());
    if (a_.json)
      return tell({{"to", to->to.text()},
                   {"name", column_->department_name(to->to)},
                   {"by", to_string(to->by)},
                   {"item", to->item.text()},
                   {"due", to_text(clock->due)},
                   {"provisional", clock->provisional}});
    to_.out << fmt::format(
        fmt::runtime(zh() ? "由{}答复({}),期限 {}\n" : "{} ({}) answers by {}\n"),
        column_->department_name(to->to), zh() ? label(to->by) : to_string(to->by),
        to_text(clock->due));
    return exit_done;
  }

  int results() const {
    const auto all = publicised_results(*config_, cases(), *column_, item_id{a_.item});
    if (!all) return fail(all.error());
    return put_table(results_table(*all));
  }

  int overdue() const {
    const auto t = parse_instant(a_.at);
    if (!t) return fail(at(t.error(), {"--at", 0, 0}), exit_usage);
    std::optional<day> since;
    if (!a_.since.empty()) {
      const auto d = parse_day(a_.since);
      if (!d) return fail(at(d.error(), {"--since", 0, 0}), exit_usage);
      since = *d;
    }
    const auto all = overdue_cases(*config_, cases(), *t, since);
    if (!all) return fail(all.error());
    return put_table(overdue_table(*all));
  }

  int tell(const boost::json::object& o) const {
    to_.out << boost::json::serialize(o) << '\n';
    return exit_done;
  }

  int put_table(const item_table& t) const {
    if (a_.format == "json") return put(a_.out, json_of(t), a_.in, to_);
    return put(a_.out, a_.format == "csv" ? to_csv(t) : to_markdown(t), a_.in, to_);
  }

  int repository_of_name() const {
    const auto r = parse_repository(a_.name);
    if (!r) return fail(r.error(), exit_usage);
    const service_records
        none; // taken over from other systems: kept with the library of the office
    const auto right = a_.personal ? personal_right::granted : personal_right::masked;
    const auto t = repositories{*config_, cases(), none}.table(*r, right);
    if (!t) return fail(t.error());
    return put(a_.out, a_.json ? to_json(*t) + '\n' : to_csv(*t), a_.in, to_);
  }

  int fail(const error& e, int code) const {
    to_.err << to_string(e, a_.in) << '\n';
    return code;
  }
  int fail(const error& e) const { return fail(e, exit_for(e)); }

  const portal_arguments& a_;
  const console& to_;
  std::optional<configuration> config_;
  std::optional<service_column> column_;
  std::unique_ptr<case_store> store_;
};

} // namespace

result<std::unique_ptr<key_ring>> open_kept_ring(const ring_arguments& a) {
  const auto file = read_bytes(a.master);
  if (!file) return file.error();
  const auto master = parse_master_key(*file);
  if (!master) return at(master.error(), {a.master, 0, 0});
  return open_key_ring(a.keys, *master);
}

result<std::unique_ptr<case_store>> open_kept_store(const std::string& path,
                                                    const ring_arguments& ring) {
  auto store = open_kept_store(path);
  if (!store || ring.keys.empty()) return store;
  auto keys = open_kept_ring(ring);
  if (!keys) return keys.error();
  return sealing_store(std::shared_ptr<case_store>{std::move(*store)},
                       std::shared_ptr<key_ring>{std::move(*keys)});
}

int query_command(const portal_arguments& a, const console& to) {
  return portal_printer{a, to}.query();
}

int forget_command(const portal_arguments& a, const console& to) {
  return portal_printer{a, to}.forget_person();
}

int public_command(std::string_view command, const portal_arguments& a, const console& to) {
  return portal_printer{a, to}.run(command);
}

} // namespace banli
