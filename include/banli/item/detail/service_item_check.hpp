// The checks and names of service_item.hpp; include that one.
#pragma once

#include <algorithm>
#include <array>
#include <iterator>

#include <banli/item/item_code.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

inline std::string_view to_string(case_kind kind) {
  constexpr std::array<std::string_view, 5> names{"immediate", "promised", "to_complete",
                                                  "reported_up", "joint"};
  return names[static_cast<std::size_t>(kind)];
}

inline std::string_view to_string(body_nature nature) {
  constexpr std::array<std::string_view, 3> names{"statutory_organ", "authorised_organisation",
                                                  "entrusted_unit"};
  return names[static_cast<std::size_t>(nature)];
}

inline std::string_view to_string(supplement_rule rule) {
  return rule == supplement_rule::runs ? "runs" : "restarts";
}

inline std::string_view to_string(overtime_rule rule) {
  constexpr std::array<std::string_view, 3> names{"none", "flag", "consent"};
  return names[static_cast<std::size_t>(rule)];
}

inline std::string_view label(overtime_rule rule) {
  constexpr std::array<std::string_view, 3> names{"无", "提示", "默认同意"};
  return names[static_cast<std::size_t>(rule)];
}

inline std::string_view label(case_kind kind) {
  constexpr std::array<std::string_view, 5> names{"即办件", "承诺件", "补办件", "上报件", "联办件"};
  return names[static_cast<std::size_t>(kind)];
}

inline std::string_view label(body_nature nature) {
  constexpr std::array<std::string_view, 3> names{"法定机关", "授权组织", "受委托单位"};
  return names[static_cast<std::size_t>(nature)];
}

namespace detail {

/// Length in working days, by the measure that longer() describes.
constexpr double nominal_workdays(const time_limit& l) {
  switch (l.unit) {
  case limit_unit::on_the_spot: return 0;
  case limit_unit::workhour: return l.count / 6.0;
  case limit_unit::hour: return l.count / 24.0 * 5 / 7;
  case limit_unit::workday: return l.count;
  case limit_unit::day: return l.count * 5.0 / 7;
  case limit_unit::week: return l.count * 5.0;
  case limit_unit::month: return l.count * 30.0 * 5 / 7;
  case limit_unit::year: return l.count * 365.0 * 5 / 7;
  case limit_unit::yearly_date: return 365.0 * 5 / 7; // at most: the event may be the day after
  }
  return 0;
}

/// Collects the problems of one item, each with the place of its field.
class item_checker {
 public:
  item_checker(const service_item& item, const locator& where) : item_(item), where_(where) {}

  problems run() {
    required();
    code();
    bases();
    body();
    limits();
    certificates();
    facts();
    benchmarks();
    return std::move(found_);
  }

 private:
  void add(error e, std::string_view path) {
    e.where = where_(path);
    found_.push_back(std::move(e));
  }

  void require(const std::string& value, std::string_view field, std::string_view zh) {
    if (!value.empty()) return;
    add(make_error(errc::missing_field, "item '{}' has no {}", "事项“{0}”缺少{2}", item_.name,
                   field, zh),
        std::string("/") + std::string(field));
  }

  void required() {
    require(item_.code.text(), "code", "事项编码");
    require(item_.type, "type", "事项分类");
    require(item_.name, "name", "事项名称");
    require(item_.body, "body", "办理主体");
    require(item_.department.text(), "department", "办理部门");
    require(item_.section, "section", "承办科室");
    require(item_.phone, "phone", "联系电话");
    require(item_.supervision_phone, "supervision_phone", "监督电话");
    require(item_.flow.text(), "flow", "权力运行流程图");
  }

  void code() {
    if (item_.code.empty()) return;
    const auto parsed = parse_item_code(item_.code.text());
    if (!parsed) {
      error e = parsed.error();
      const int offset = e.where.column - 1;
      e.where = where_("/code");
      if (e.where.column > 0) e.where.column += offset;
      found_.push_back(std::move(e));
    } else if (!item_.type.empty() && parsed->type != item_.type) {
      add(make_error(errc::bad_item_code, "code {} says type {}, the item says {}",
                     "编码 {} 的类型为 {},事项分类为 {}", item_.code.text(), parsed->type,
                     item_.type),
          "/type");
    }
  }

  void bases() {
    if (item_.bases.empty())
      add(make_error(errc::missing_basis,
                     "item '{}' has no legal basis: a power without one is void",
                     "事项“{}”没有行使依据:没有合法依据的职权应予取消", item_.name),
          "/bases");
    for (std::size_t i = 0; i < item_.bases.size(); ++i) {
      const std::string path = fmt::format("/bases/{}", i);
      if (item_.bases[i].title.empty() || item_.bases[i].article.empty())
        add(make_error(errc::missing_field, "basis {} of '{}' does not name title and article",
                       "事项“{1}”的第 {0} 条依据应写明名称和条款", i + 1, item_.name),
            path);
      if (i > 0 && item_.bases[i].rank < item_.bases[i - 1].rank)
        add(make_error(errc::basis_order,
                       "basis '{}' ranks above the one before it: list from high to low",
                       "依据“{}”的位阶高于前一条:应从高到低列举", item_.bases[i].title),
            path);
    }
  }

  void body() {
    if (item_.nature == body_nature::entrusted_unit && item_.entruster.empty())
      add(make_error(errc::missing_entruster, "'{}' is an entrusted unit: name the entruster",
                     "“{}”是受委托单位,应填写委托单位", item_.body),
          "/entruster");
    if (item_.kind == case_kind::joint && item_.co_handlers.empty())
      add(make_error(errc::missing_co_handlers, "joint item '{}' names no co-handlers",
                     "联办事项“{}”没有联办部门", item_.name),
          "/co_handlers");
    if (item_.delegated_from_above && item_.superior_body.empty())
      add(make_error(errc::missing_superior,
                     "item '{}' is delegated from above: name the superior body",
                     "事项“{}”是上级下放事项,应填写上级主管部门", item_.name),
          "/superior_body");
  }

  void certificates() {
    for (std::size_t i = 0; i < item_.certificates.size(); ++i)
      if (item_.certificates[i].name.empty())
        add(make_error(errc::unnamed_certificate, "certificate {} of '{}' has no name",
                       "事项“{1}”的第 {0} 个审批证件没有名称", i + 1, item_.name),
            fmt::format("/certificates/{}", i));
  }

  void facts() {
    for (std::size_t i = 0; i < item_.facts.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (item_.facts[i].name == item_.facts[j].name) {
          add(make_error(errc::duplicate_id, "fact '{}' is there twice", "字段“{}”重复",
                         item_.facts[i].name),
              fmt::format("/facts/{}", i));
          break;
        }
  }

  void benchmarks() {
    for (std::size_t i = 0; i < item_.benchmarks.size(); ++i) {
      const std::string path = fmt::format("/benchmarks/{}", i);
      problems wrong = check(item_.benchmarks[i], std::span<const form_fact>{item_.facts},
                             [&](std::string_view p) { return where_(path + std::string{p}); });
      found_.insert(found_.end(), std::make_move_iterator(wrong.begin()),
                    std::make_move_iterator(wrong.end()));
    }
  }

  void limits() {
    if (item_.statutory && longer(item_.promised, *item_.statutory))
      add(make_error(errc::promise_above_statute,
                     "promised limit {} is longer than the statutory limit {}",
                     "承诺期限 {2} 超过法定期限 {3}", to_text(item_.promised),
                     to_text(*item_.statutory), to_text(item_.promised, language::zh),
                     to_text(*item_.statutory, language::zh)),
          "/promised");
    if (item_.kind == case_kind::immediate && item_.promised.unit != limit_unit::on_the_spot)
      add(make_error(errc::bad_value, "an immediate item is decided on the spot, not in {}",
                     "即办件应当场办结,不应写 {1}", to_text(item_.promised),
                     to_text(item_.promised, language::zh)),
          "/promised");
    if (item_.renewal && (item_.renewal->at_most.count < 1 || item_.renewal->times < 0))
      add(make_error(errc::bad_value, "a permit is renewed by a time, 0 times or more",
                     "证件延续的期限应大于零,次数不应小于零"),
          "/renewal");
  }

  const service_item& item_;
  const locator& where_;
  problems found_;
};

} // namespace detail

inline bool longer(const time_limit& a, const time_limit& b) {
  if (a.unit == b.unit) return a.count > b.count;
  return detail::nominal_workdays(a) > detail::nominal_workdays(b);
}

inline problems check(const service_item& item, const locator& where) {
  return detail::item_checker(item, where).run();
}

} // namespace banli
