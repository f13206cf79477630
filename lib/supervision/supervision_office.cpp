// Roles, limits and words of an office that supervises.
#include <banli/supervision/supervision_office.hpp>

#include <algorithm>
#include <set>

#include "supervision/supervision_words.hpp"

namespace banli {

namespace {

using detail::supervision_word;

constexpr std::array<supervision_word, supervision_role_count> supervision_role_words{
    {{"monitor", "监察监控人员"},
     {"reviewer", "督办审核人"},
     {"issuer", "督办签发人"},
     {"unit", "承办单位经办人"},
     {"complaint_clerk", "投诉受理人员"},
     {"complaint_head", "投诉处理负责人"},
     {"name_keeper", "实名信息管理人"}}};

constexpr std::array<supervision_word, supervision_clock_count> supervision_clock_words{
    {{"review", "审核"},
     {"issue", "下发"},
     {"sign_for", "签收"},
     {"reply", "反馈"},
     {"judge", "评价"},
     {"close", "办结"},
     {"accept", "受理分办"},
     {"self", "自办"},
     {"transfer", "承办"},
     {"answer", "答复"},
     {"reexamine", "复查"},
     {"archive", "归档"}}};

class office_check {
 public:
  office_check(const supervision_office& o, const locator& where) : o_(o), where_(where) {}

  problems run() {
    offices();
    staff();
    for (std::size_t i = 0; i < o_.limits.size(); ++i) limit(i);
    words(o_.complaint_kinds, "/complaint_kinds");
    words(o_.channels, "/channels");
    words(o_.fault_kinds, "/fault_kinds");
    if (o_.repeated_within < 0)
      add(make_error(errc::bad_value, "repeated_within is {}: days, 0 or more",
                     "repeated_within 为 {},应为不小于 0 的日数", o_.repeated_within),
          "/repeated_within");
    return std::move(found_);
  }

 private:
  void add(error e, const std::string& path) { found_.push_back(at(std::move(e), where_(path))); }

  void missing(std::string_view en, std::string_view zh, const std::string& path) {
    add(make_error(errc::missing_field, "{0} is missing", "缺少{1}", en, zh), path);
  }
  void once(std::set<std::string>& seen, const std::string& id, const std::string& path) {
    if (!seen.insert(id).second)
      add(make_error(errc::duplicate_id, "'{}' is there twice", "“{}”重复", id), path);
  }
  void known(const department_id& id, const std::string& path) {
    if (id.empty() || find(o_, id) != nullptr) return;
    std::vector<std::string_view> names;
    for (const supervising_office& x : o_.offices) names.emplace_back(x.id.text());
    add(with_hint(make_error(errc::unknown_reference, "there is no office '{}'", "没有机关“{}”",
                             id.text()),
                  suggestion(id.text(), names)),
        path);
  }

  void offices() {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < o_.offices.size(); ++i) {
      const supervising_office& x = o_.offices[i];
      const std::string path = fmt::format("/offices/{}", i);
      if (x.id.empty())
        missing("the id of an office", "机关编号", path);
      else
        once(seen, x.id.text(), path + "/id");
      known(x.above, path + "/above");
      if (circle(x))
        add(make_error(errc::bad_value, "the offices above '{}' run in a circle",
                       "“{}”的上级机关首尾相接", x.id.text()),
            path + "/above");
    }
  }

  bool circle(const supervising_office& start) const {
    const supervising_office* x = &start;
    for (std::size_t steps = 0; x != nullptr && !x->above.empty(); ++steps) {
      if (steps > o_.offices.size()) return true;
      x = find(o_, x->above);
    }
    return false;
  }

  void staff() {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < o_.staff.size(); ++i) {
      const supervision_person& p = o_.staff[i];
      const std::string path = fmt::format("/staff/{}", i);
      if (p.id.empty())
        missing("the id of a person", "人员编号", path);
      else
        once(seen, p.id.text(), path + "/id");
      if (p.office.empty())
        missing("the office of a person", "人员所在机关", path);
      else
        known(p.office, path + "/office");
      if (p.roles.empty()) missing("a role of the person", "人员角色", path);
    }
  }

  void limit(std::size_t i) {
    const time_limit& l = o_.limits[i];
    const bool good = l.unit == limit_unit::on_the_spot ? l.count == 0 : l.count >= 1;
    if (!good)
      add(make_error(errc::bad_limit, "the limit '{}' has count {}", "期限“{}”的数值为 {}",
                     supervision_clock_words[i].name, l.count),
          fmt::format("/limits/{}", supervision_clock_words[i].name));
  }

  void words(const std::vector<named_word>& list, const std::string& path) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string here = fmt::format("{}/{}", path, i);
      if (list[i].id.empty() || list[i].label.empty())
        missing("id or label of a word", "词条的编号或名称", here);
      once(seen, list[i].id, here);
    }
  }

  const supervision_office& o_;
  const locator& where_;
  problems found_;
};

} // namespace

std::string_view to_string(supervision_role r) {
  return supervision_role_words[static_cast<std::size_t>(r)].name;
}
std::string_view label(supervision_role r) {
  return supervision_role_words[static_cast<std::size_t>(r)].label;
}
std::string_view to_string(supervision_clock c) {
  return supervision_clock_words[static_cast<std::size_t>(c)].name;
}
std::string_view label(supervision_clock c) {
  return supervision_clock_words[static_cast<std::size_t>(c)].label;
}
result<supervision_role> parse_supervision_role(std::string_view name) {
  return detail::parse_supervision_word<supervision_role>(name, supervision_role_words, "role",
                                                          "角色");
}
result<supervision_clock> parse_supervision_clock(std::string_view name) {
  return detail::parse_supervision_word<supervision_clock>(name, supervision_clock_words,
                                                           "limit of supervision", "督办期限");
}

supervision_office county_supervision() {
  supervision_office o;
  const auto workdays = [](int n) { return time_limit{n, limit_unit::workday}; };
  o.limits = {workdays(1), workdays(5), workdays(1), workdays(5), workdays(2), workdays(20),
              workdays(1), workdays(1), workdays(5), workdays(2), workdays(5), workdays(1)};
  o.complaint_kinds = {{"attitude", "服务态度差"},
                       {"delay", "推诿拖延、办事不公"},
                       {"outside_window", "窗口之外受理办理"},
                       {"not_accepting", "符合条件不予受理"},
                       {"unlawful_approval", "违法违规审批"},
                       {"overtime", "超过时限未办结"},
                       {"no_notice", "不执行首问负责、一次性告知"},
                       {"charges", "违规收费"},
                       {"favours", "吃拿卡要"},
                       {"passed_down", "上级转办交办"},
                       {"other", "其他"}};
  o.channels = {{"visit", "来访"},
                {"letter", "来函"},
                {"phone", "来电"},
                {"online", "网上"},
                {"mayor_mailbox", "市长信箱"},
                {"mayor_line", "市长专线"},
                {"hot_line", "区级热线"}};
  o.fault_kinds = {{"inaction", "不作为"},
                   {"abuse", "乱作为"},
                   {"slowness", "慢作为"},
                   {"broken_promise", "违反承诺"},
                   {"other", "其他"}};
  return o;
}

result<supervision_rights> rights_of(const supervision_office& o, const person_id& who) {
  std::vector<std::string_view> names;
  for (const supervision_person& p : o.staff) {
    if (p.id != who) {
      names.emplace_back(p.id.text());
      continue;
    }
    supervision_rights out{{}, p.office};
    for (const supervision_role r : p.roles) out.roles = out.roles.with(r);
    return out;
  }
  return with_hint(make_error(errc::not_authorised, "there is no person '{}' in the office",
                              "没有人员“{}”", who.text()),
                   suggestion(who.text(), names));
}

const supervising_office* find(const supervision_office& o, const department_id& id) {
  const auto at = std::ranges::find(o.offices, id, &supervising_office::id);
  return at == o.offices.end() ? nullptr : &*at;
}

result<std::string> parse_word(std::span<const named_word> list, std::string_view name,
                               const text& what) {
  std::vector<std::string_view> known;
  for (const named_word& w : list) {
    if (name == w.id || name == w.label) return w.id;
    known.emplace_back(w.id);
    known.emplace_back(w.label);
  }
  return with_hint(make_error(errc::unknown_value, "'{0}' is no {1}", "“{0}”不是{2}",
                              name.substr(0, 60), what.en, what.zh),
                   suggestion(name, known));
}

std::string_view label_of(std::span<const named_word> list, std::string_view id) {
  for (const named_word& w : list)
    if (w.id == id) return w.label;
  return id;
}

problems check(const supervision_office& o, const locator& where) {
  return office_check{o, where}.run();
}

} // namespace banli
