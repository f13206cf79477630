#include <banli/portal/docking_message.hpp>

#include <algorithm>

#include <boost/json.hpp>

#include <banli/base/nearest.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

/// Reads the members of an envelope; the first that is wrong is remembered.
class envelope_reader {
 public:
  envelope_reader(const json::object& o, const std::string& from) : object_(o), from_(from) {}

  std::string text(std::string_view key) {
    const json::value* v = member(key);
    if (v == nullptr) return {};
    if (const json::string* s = v->if_string()) return {s->data(), s->size()};
    wrong_type(key, "text", "文字");
    return {};
  }

  std::uint64_t number(std::string_view key) {
    const json::value* v = member(key);
    if (v == nullptr) return 0;
    if (v->is_int64() && v->get_int64() > 0) return static_cast<std::uint64_t>(v->get_int64());
    wrong_type(key, "a number from 1", "正整数");
    return 0;
  }

  void no_others(std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object_)
      if (const std::string_view k{key.data(), key.size()};
          std::ranges::find(known, k) == known.end())
        fail(with_hint(make_error(errc::unknown_field, "unknown field '{}'", "未知字段“{}”", k),
                       suggestion(k, known)));
  }

  void fail(error e) {
    if (!why_) why_ = at(std::move(e), {from_, 0, 0});
  }
  const std::optional<error>& why() const { return why_; }

 private:
  const json::value* member(std::string_view key) {
    const json::value* v = object_.if_contains(key);
    if (v == nullptr)
      fail(make_error(errc::missing_field, "the message has no '{}'", "报文缺少“{}”", key));
    return v;
  }
  void wrong_type(std::string_view key, std::string_view en, std::string_view zh) {
    fail(make_error(errc::wrong_type, "'{0}' should be {1}", "“{0}”应为{2}", key, en, zh));
  }

  const json::object& object_;
  const std::string& from_;
  std::optional<error> why_;
};

std::string_view cell_of(const repository_table& t, std::size_t row, std::string_view key) {
  const auto c = std::ranges::find(t.columns, key, &repository_column::key);
  if (c == t.columns.end()) return {};
  return t.rows[row][static_cast<std::size_t>(c - t.columns.begin())];
}

/// A case in the result repository, a turn of it in the process repository, an item.
std::string docked_key(const repository_table& t, std::size_t row) {
  if (t.of == repository::items) return std::string{cell_of(t, row, "item")};
  return fmt::format("{}/{}", cell_of(t, row, "case"), cell_of(t, row, "turn"));
}

json::object as_json(const repository_table& t) { return json::parse(to_json(t)).as_object(); }

} // namespace

result<docking_message> read_docking_message(std::string_view text, const std::string& from,
                                             const docking_limits& limits) {
  const place whole{from, 0, 0};
  if (text.size() > limits.bytes)
    return at(make_error(errc::limit_exceeded, "more than {} bytes", "超过 {} 字节", limits.bytes),
              whole);
  json::parse_options options;
  options.max_depth = 4;
  json::error_code failed;
  const json::value v = json::parse(text, failed, {}, options);
  const json::object* o = failed ? nullptr : v.if_object();
  if (o == nullptr)
    return at(make_error(errc::bad_value, "this is no docking message", "不是对接报文"), whole);
  envelope_reader r{*o, from};
  docking_message m;
  m.message = r.text("message");
  m.system = business_system_id{r.text("system")};
  m.sequence = r.number("sequence");
  const std::string sent = r.text("sent");
  r.no_others({"message", "system", "sequence", "sent", "repository", "records"});
  if (r.why()) return *r.why();
  if (m.message.empty() || m.system.empty())
    return at(
        make_error(errc::missing_field, "the message has no id or no system", "报文缺少编号或系统"),
        whole);
  const auto t = parse_instant(sent);
  if (!t) return at(t.error(), whole);
  m.sent = *t;
  json::object body;
  for (const std::string_view key : {"repository", "records"})
    if (const json::value* part = o->if_contains(key)) body.emplace(key, *part);
  problems found;
  m.table = read_repository_json(json::serialize(body), from, found, {.rows = limits.records});
  if (!found.empty()) return found.front();
  return m;
}

std::string to_json(const docking_message& m) {
  json::object out{{"message", m.message},
                   {"system", m.system.text()},
                   {"sequence", m.sequence},
                   {"sent", to_text(m.sent)}};
  for (const auto& [key, value] : as_json(m.table)) out.emplace(key, value);
  return json::serialize(out);
}

std::string to_json(const docking_receipt& r) {
  json::array refused;
  for (const refused_record& x : r.refused) {
    json::array reasons;
    for (const error& e : x.reasons)
      reasons.push_back(
          json::object{{"code", to_string(e.code)}, {"en", e.message.en}, {"zh", e.message.zh}});
    refused.push_back(json::object{{"record", x.record}, {"reasons", std::move(reasons)}});
  }
  return json::serialize(json::object{
      {"message", r.message}, {"accepted", r.accepted}, {"refused", std::move(refused)}});
}

docking_gate::docking_gate(std::vector<business_system> systems, std::vector<service_item> items,
                           const docking_limits& limits)
    : systems_(std::move(systems)), limits_(limits) {
  for (const service_item& i : items) owner_.emplace(i.code, i.department);
}

std::uint64_t docking_gate::last_of(const business_system_id& system) const {
  const auto found = lines_.find(system);
  return found == lines_.end() ? 0 : found->second.last;
}

result<docking_receipt> docking_gate::receive(const docking_message& m) {
  const auto system = std::ranges::find(systems_, m.system, &business_system::id);
  if (system == systems_.end()) {
    std::vector<std::string_view> known;
    for (const business_system& s : systems_) known.emplace_back(s.id.text());
    return with_hint(make_error(errc::unknown_reference, "there is no business system '{}'",
                                "没有业务系统“{}”", m.system.text()),
                     suggestion(m.system.text(), known));
  }
  if (auto r = allow_write(participant::departments, m.table.of); !r) return r.error();
  line& l = lines_[m.system];
  if (const auto again = l.receipts.find(m.sequence); again != l.receipts.end()) {
    if (again->second.message == m.message) return again->second;
    return make_error(errc::duplicate_id, "message {} of '{}' had another id",
                      "系统“{1}”的第 {0} 号报文编号不同", m.sequence, m.system.text());
  }
  for (const auto& [number, receipt] : l.receipts)
    if (receipt.message == m.message)
      return make_error(errc::duplicate_id, "message '{}' was number {}", "报文“{}”曾为第 {} 号",
                        m.message, number);
  if (m.sequence != l.last + 1)
    return make_error(errc::condition_not_met, "message {} of '{}' comes where {} is expected",
                      "系统“{1}”的报文应为第 {2} 号,不是第 {0} 号", m.sequence, m.system.text(),
                      l.last + 1);
  docking_receipt r = judge(m, *system);
  l.last = m.sequence;
  l.receipts.emplace(m.sequence, r);
  if (l.receipts.size() > limits_.receipts) l.receipts.erase(l.receipts.begin());
  return r;
}

docking_receipt docking_gate::judge(const docking_message& m, const business_system& system) const {
  docking_receipt r;
  r.message = m.message;
  r.records.of = m.table.of;
  r.records.columns = m.table.columns;
  std::map<std::string, std::size_t> first; // by what makes a record the same as another
  for (std::size_t i = 0; i < m.table.rows.size(); ++i) {
    problems reasons = judge_row(m, i, system);
    const auto [known, fresh] = first.emplace(docked_key(m.table, i), i + 1);
    if (reasons.empty() && !fresh)
      reasons.push_back(make_error(errc::duplicate_id, "it is the same as record {}",
                                   "与第 {} 条重复", known->second));
    if (reasons.empty())
      r.records.rows.push_back(m.table.rows[i]);
    else
      r.refused.push_back({i + 1, std::move(reasons)});
  }
  r.accepted = r.records.rows.size();
  return r;
}

problems docking_gate::judge_row(const docking_message& m, std::size_t row,
                                 const business_system& system) const {
  repository_table one;
  one.of = m.table.of;
  one.columns = m.table.columns;
  one.rows.push_back(m.table.rows[row]);
  problems out = check(one);
  const std::string item{cell_of(m.table, row, "item")};
  if (item.empty()) return out; // told already
  const auto known = owner_.find(item_id{item});
  if (known == owner_.end()) {
    std::vector<std::string_view> codes;
    for (const auto& [code, owner] : owner_) codes.emplace_back(code.text());
    out.push_back(
        with_hint(make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”", item),
                  suggestion(item, codes)));
  } else if (!system.department.empty() && known->second != system.department) {
    out.push_back(make_error(errc::not_permitted,
                             "item '{}' is not of the department of system '{}'",
                             "事项“{}”不属于系统“{}”所在部门", item, system.id.text()));
  }
  return out;
}

} // namespace banli
