#include <banli/assessment/score_record.hpp>

#include <array>
#include <set>

namespace banli {

namespace {

/// What is wrong with one list of records, each with a path of its own.
class record_judge {
 public:
  explicit record_judge(const locator& where) : where_(where) {}

  template <class T>
  void identity(const T& x, std::size_t i, std::string_view zh) {
    if (x.id.empty())
      complain(i, "id", make_error(errc::missing_field, "a record has no id", "{}缺少编号", zh));
    else if (!ids_.insert(x.id).second)
      complain(i, "id",
               make_error(errc::duplicate_id, "there are two records '{}'", "编号“{}”重复", x.id));
    if (x.department.empty() && x.person.empty())
      complain(i, "department",
               make_error(errc::missing_field, "record '{}' is about nobody",
                          "“{}”没有写明部门或人员", x.id));
  }

  void complain(std::size_t i, std::string_view member, error e) {
    found.push_back(at(std::move(e), where_(fmt::format("/{}/{}", i, member))));
  }

  problems found;

 private:
  const locator& where_;
  std::set<std::string> ids_;
};

} // namespace

std::string_view to_string(satisfaction s) {
  constexpr std::array<std::string_view, 5> names{"very_satisfied", "satisfied", "fairly_satisfied",
                                                  "dissatisfied", "very_dissatisfied"};
  return names[static_cast<std::size_t>(s)];
}

std::string_view label(satisfaction s) {
  constexpr std::array<std::string_view, 5> names{"非常满意", "满意", "基本满意", "不满意",
                                                  "非常不满意"};
  return names[static_cast<std::size_t>(s)];
}

std::string_view to_string(evaluation_channel c) {
  constexpr std::array<std::string_view, 6> names{"counter", "web",     "mobile",
                                                  "phone",   "message", "paper"};
  return names[static_cast<std::size_t>(c)];
}

std::string_view label(evaluation_channel c) {
  constexpr std::array<std::string_view, 6> names{"窗口评价器", "网上测评", "移动端",
                                                  "电话回访",   "短信",     "书面问卷"};
  return names[static_cast<std::size_t>(c)];
}

problems check(std::span<const score_record> records, const locator& where) {
  record_judge judge{where};
  for (std::size_t i = 0; i < records.size(); ++i) {
    const score_record& r = records[i];
    judge.identity(r, i, "记录");
    if (r.kind.empty())
      judge.complain(
          i, "kind",
          make_error(errc::missing_field, "record '{}' has no kind", "记录“{}”没有类别", r.id));
    if (!r.waiver.empty() && r.waiver_reason.empty())
      judge.complain(i, "waiver_reason",
                     make_error(errc::missing_field, "record '{}' is waived without a reason",
                                "记录“{}”免予扣分,但没有写明理由", r.id));
  }
  return std::move(judge.found);
}

problems check(std::span<const evaluation> all, const locator& where) {
  record_judge judge{where};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const evaluation& e = all[i];
    judge.identity(e, i, "评价");
    if (!e.grade && e.marks.empty())
      judge.complain(i, "grade",
                     make_error(errc::missing_field, "evaluation '{}' has neither grade nor marks",
                                "评价“{}”既无等次也无分值", e.id));
    for (const auto& [aspect, mark] : e.marks)
      if (mark < 0 || mark > 100)
        judge.complain(
            i, "marks",
            make_error(errc::out_of_range, "evaluation '{}': {} for '{}' is not 0 to 100",
                       "评价“{0}”:“{2}”的分值 {1} 不在 0 至 100 之间", e.id, mark, aspect));
  }
  return std::move(judge.found);
}

} // namespace banli
