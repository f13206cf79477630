// Bundles: the library of an office as lines of JSON.
#include <banli/document/library_bundle.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <banli/base/utf8.hpp>
#include <banli/engine/case_definition.hpp>

#include "document/json_record.hpp"

namespace banli {

namespace {

constexpr std::string_view bundle_name = "banli library";
constexpr int bundle_version = 1;

/// Writes the lines of a bundle.
class exporter {
 public:
  std::string run(const office_library& office) {
    line({{"bundle", bundle_name}, {"version", bundle_version}});
    part("rules", rules_of(office.items));
    parts("law", office.laws.laws());
    parts("system", office.systems);
    parts("entry", office.catalogue.data().entries);
    parts("entry_record", office.catalogue.data().records);
    parts("item", office.items.entries());
    parts("record", office.items.data().records);
    parts("attachment", office.attachments);
    part("since", detail::since_part{office.disclosure.since});
    parts("duty", office.disclosure.duties);
    parts("publication", office.disclosure.publications);
    parts("event", office.disclosure.events);
    parts("order", office.records.orders);
    parts("consultation", office.records.consultations);
    parts("result", office.records.results);
    parts("complaint", office.records.complaints);
    const std::string hash = sha256(out_);
    const std::size_t lines = lines_;
    line({{"end", bundle_name}, {"lines", lines}, {"sha256", hash}});
    return std::move(out_);
  }

 private:
  static detail::rules_part rules_of(const item_library& items) {
    detail::rules_part out;
    for (const auto& w : detail::words(detail::choice_of<confirming_level>{}))
      if (items.chain().has(w.value)) out.chain.push_back(w.value);
    for (const auto& w : detail::words(detail::choice_of<element_list>{}))
      if (items.submission().marks.has(w.value)) out.marks.push_back(w.value);
    return out;
  }

  void line(const boost::json::object& o) {
    out_ += boost::json::serialize(o);
    out_ += '\n';
    ++lines_;
  }

  /// Described by reference, because readers fill it; a copy keeps what is exported const.
  template <class T>
  void part(std::string_view name, T x) {
    boost::json::object o;
    o.emplace("part", name);
    detail::json_writer writer{o};
    describe(writer, x);
    line(o);
  }

  template <class T>
  void parts(std::string_view name, const std::vector<T>& all) {
    for (const T& x : all) part(name, x);
  }

  std::string out_;
  std::size_t lines_ = 0;
};

error damaged(const char* en, const char* zh, int line) {
  return at(make_error(errc::bundle_damaged, "{0}", "{1}", en, zh),
            {.file = {}, .line = line, .column = 0});
}

/// Reads the lines of a bundle.
class importer {
 public:
  importer(std::string_view bundle, const bundle_limits& limits)
      : bundle_(bundle), limits_(limits) {}

  restored_library run() {
    if (bundle_.size() > limits_.bytes) {
      add(make_error(errc::limit_exceeded, "the bundle is larger than {} bytes",
                     "数据包超过 {} 字节", limits_.bytes));
      return finish();
    }
    std::string_view rest = bundle_;
    while (!rest.empty() && !stop_ && found_.size() < limits_.problems) {
      const std::size_t end = rest.find('\n');
      const std::string_view one = rest.substr(0, end);
      const std::size_t start = static_cast<std::size_t>(one.data() - bundle_.data());
      ++line_;
      take(one, start);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (!ended_ && !stop_)
      found_.push_back(
          damaged("the bundle has no end: it was cut", "数据包没有结尾:已被截断", line_));
    if (ended_ && line_ != end_line_)
      found_.push_back(damaged("something stands after the end", "数据包结尾之后还有内容", line_));
    return finish();
  }

 private:
  void add(error e) { found_.push_back(at(std::move(e), here())); }
  place here() const { return {.file = {}, .line = line_, .column = 0}; }

  void take(std::string_view one, std::size_t start) {
    if (one.size() > limits_.line_bytes)
      return add(make_error(errc::limit_exceeded, "the line is longer than {} bytes",
                            "此行超过 {} 字节", limits_.line_bytes));
    boost::json::error_code bad;
    const boost::json::value v =
        boost::json::parse(boost::json::string_view{one.data(), one.size()}, bad);
    const boost::json::object* o = bad ? nullptr : v.if_object();
    if (o == nullptr)
      return found_.push_back(damaged("the line is no JSON object", "此行不是 JSON 对象", line_));
    if (line_ == 1) return head(*o);
    if (o->contains("end")) return end(*o, start);
    part(*o);
  }

  void head(const boost::json::object& o) {
    const boost::json::value* name = o.if_contains("bundle");
    const boost::json::value* version = o.if_contains("version");
    if (name == nullptr || !name->is_string() ||
        std::string_view{name->get_string()} != bundle_name || version == nullptr ||
        !version->is_int64()) {
      found_.push_back(damaged("this is no bundle of a library", "这不是事项库数据包", line_));
      stop_ = true;
    } else if (version->get_int64() > bundle_version) {
      add(make_error(errc::bundle_newer, "the bundle is of version {}; this banli reads {}",
                     "数据包版本为 {},本程序只能读取版本 {}", version->get_int64(),
                     bundle_version));
      stop_ = true;
    }
  }

  void end(const boost::json::object& o, std::size_t start) {
    ended_ = true;
    end_line_ = line_;
    const boost::json::value* lines = o.if_contains("lines");
    if (lines == nullptr || !lines->is_int64() || lines->get_int64() != line_ - 1)
      found_.push_back(damaged("the number of lines is another", "行数不符", line_));
    const boost::json::value* hash = o.if_contains("sha256");
    if (hash == nullptr || !hash->is_string() ||
        std::string_view{hash->get_string()} != sha256(bundle_.substr(0, start)))
      found_.push_back(damaged("the checksum is another: the bundle was touched",
                               "校验值不符:数据包已被改动", line_));
  }

  void part(const boost::json::object& o) {
    const boost::json::value* v = o.if_contains("part");
    const std::string_view name =
        v != nullptr && v->is_string() ? std::string_view{v->get_string()} : std::string_view{};
    if (name == "rules") return rules(o);
    if (name == "law") return law_part(o);
    if (name == "system") return read(o, office_.systems.emplace_back());
    if (name == "entry") return read(o, catalogue_.entries.emplace_back());
    if (name == "entry_record") return read(o, catalogue_.records.emplace_back());
    if (name == "item") return read(o, items_.entries.emplace_back());
    if (name == "record") return read(o, items_.records.emplace_back());
    if (name == "attachment") return read(o, office_.attachments.emplace_back());
    if (name == "since") return since(o);
    if (name == "duty") return read(o, office_.disclosure.duties.emplace_back());
    if (name == "publication") return read(o, office_.disclosure.publications.emplace_back());
    if (name == "event") return read(o, office_.disclosure.events.emplace_back());
    if (name == "order") return read(o, office_.records.orders.emplace_back());
    if (name == "consultation") return read(o, office_.records.consultations.emplace_back());
    if (name == "result") return read(o, office_.records.results.emplace_back());
    if (name == "complaint") return read(o, office_.records.complaints.emplace_back());
    add(make_error(errc::unknown_value, "a bundle has no part '{}'", "数据包没有“{}”部分", name));
  }

  template <class T>
  void read(const boost::json::object& o, T& x) {
    detail::json_record r{o, found_, here()};
    r.ask("part");
    describe(r, x);
    r.finish();
  }

  void rules(const boost::json::object& o) {
    detail::rules_part r;
    read(o, r);
    items_.submission.marks = {};
    for (const confirming_level l : r.chain) items_.chain = items_.chain.with(l);
    for (const element_list l : r.marks) items_.submission.marks = items_.submission.marks.with(l);
  }
  void since(const boost::json::object& o) {
    detail::since_part s;
    read(o, s);
    office_.disclosure.since = s.since;
  }
  void law_part(const boost::json::object& o) {
    const std::size_t before = found_.size();
    law l;
    read(o, l);
    if (found_.size() != before) return;
    if (auto added = office_.laws.add(std::move(l)); !added) add(added.error());
  }

  restored_library finish() {
    if (found_.empty()) {
      problems wrong = check(items_);
      if (wrong.empty()) {
        if (auto items = item_library::restore(std::move(items_)))
          office_.items = *std::move(items);
        else
          wrong.push_back(items.error());
      }
      for (error& e : check(catalogue_)) wrong.push_back(std::move(e));
      if (wrong.empty()) {
        if (auto list = catalogue_list::restore(std::move(catalogue_)))
          office_.catalogue = *std::move(list);
        else
          wrong.push_back(list.error());
      }
      found_ = std::move(wrong);
    }
    if (found_.size() > limits_.problems) found_.resize(limits_.problems);
    restored_library out;
    if (found_.empty()) out.library = std::move(office_);
    out.found = std::move(found_);
    return out;
  }

  std::string_view bundle_;
  const bundle_limits& limits_;
  int line_ = 0;
  int end_line_ = 0;
  bool ended_ = false;
  bool stop_ = false;
  office_library office_;
  item_library_data items_;
  catalogue_list_data catalogue_;
  problems found_;
};

} // namespace

result<std::string> export_library(const office_library& office) {
  std::string out = exporter{}.run(office);
  if (!detail::is_utf8(out))
    return make_error(errc::bad_utf8, "a text of the library is no UTF-8",
                      "事项库中有非 UTF-8 文字");
  return out;
}

restored_library restore_library(std::string_view bundle, const bundle_limits& limits) {
  return importer{bundle, limits}.run();
}

} // namespace banli
