// `banli query`, `banli forget` and `banli public …`.
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "files.hpp"
#include "kept_ring.hpp"
#include "open_store.hpp"
#include <banli/portal/case_query.hpp>
#include <banli/portal/column_search.hpp>
#include <banli/portal/public_lists.hpp>
#include <banli/portal/repositories.hpp>
#include <banli/storage/sealing_store.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

class portal_printer {
 public:
  portal_printer(const portal_arguments& a, const console& to) : a_(a), to_(to) {}

  int query() {
    if (const int code = open(); code != exit_done) return code;
    // The desk is made of the one case, if it is there: right and wrong pairs go the same way.
    case_desk desk;
    const auto events = cases().load(case_id{a_.number});
    if (!events) return fail(events.error());
    desk.add(case_id{a_.number}, *events);
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
    if (*there)
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
    if (command == "results") return results();
    if (command == "overdue") return overdue();
    return repository_of_name();
  }

 private:
  bool zh() const { return a_.in == language::zh; }
  case_store& cases() const { return sealed_ ? *sealed_ : *file_; }

  /// Reads the configuration, and what store and ring are named.
  int open() {
    config_.emplace(load_configuration(a_.configuration));
    if (!config_->good()) {
      print(config_->found, a_.in, to_);
      return exit_for(config_->found.front());
    }
    column_.emplace(config_->items, config_->people);
    if (a_.store.empty()) return exit_done;
    auto store = open_kept_store(a_.store);
    if (!store) return fail(store.error());
    file_ = std::move(*store);
    if (a_.ring.keys.empty()) return exit_done;
    auto ring = open_kept_ring(a_.ring);
    if (!ring) return fail(ring.error());
    ring_ = std::move(*ring);
    sealed_ = sealing_store(*file_, *ring_);
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
    for (const search_hit& h : found->hits)
      to_.out << fmt::format("{}  {}\n    {}: {}\n", h.item.text(), h.name, h.part, h.excerpt);
    to_.out << fmt::format(fmt::runtime(zh() ? "共 {} 项\n" : "items {}\n"), found->found);
    return found->found > 0 ? exit_done : exit_wrong_input;
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

  int put_table(const item_table& t) const {
    return put(a_.out, a_.format == "csv" ? to_csv(t) : to_markdown(t), a_.in, to_);
  }

  int repository_of_name() const {
    const auto r = parse_repository(a_.name);
    if (!r) return fail(r.error(), exit_usage);
    const service_records none; // orders are kept with the library of the office
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
  std::unique_ptr<case_store> file_;
  std::unique_ptr<key_ring> ring_;
  std::unique_ptr<case_store> sealed_;
};

} // namespace

result<std::unique_ptr<key_ring>> open_kept_ring(const ring_arguments& a) {
  const auto file = read_bytes(a.master);
  if (!file) return file.error();
  const auto master = parse_master_key(*file);
  if (!master) return at(master.error(), {a.master, 0, 0});
  return open_key_ring(a.keys, *master);
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
