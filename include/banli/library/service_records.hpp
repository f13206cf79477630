// service_records.hpp — records that an office's library keeps of its cases for others to read:
// supervision orders, consultations, complaints, results.
//
//   order_record o{.number = "督-2025-001", .supervisor = "县监察局", .unit = market, …};
//   check(o);                       // error[bad-value]: it ended before it began
//   results_between(all.results, may_1, june_1);   // 办件名称、办结时间、办理结果, for screens
//
// They are what the guide asks of the five repositories, field by field, typed and checked; how an
// order or a consultation moves is not said here. A record that is not yet ended has no end and no
// outcome; one that has ended has both.
//
// A complaint is answered as it was made: 口头投诉以口头答复为主,书面投诉必须书面答复. A written
// one is kept on file once it is answered.
//
// Sources: 国办函〔2011〕99号, guide, information repositories (监察业务信息、网上咨询、结果反馈);
// 政务服务中心投诉处理制度 (complaints).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

enum class order_state : std::uint8_t {
  initiated,  ///< 已发起
  signed_for, ///< 已签收
  handled,    ///< 办理中
  fed_back,   ///< 已反馈
  closed,     ///< 已办结
};

std::string_view to_string(order_state s);
std::string_view label(order_state s);

/// 监察业务信息: one supervision order (电子督办单).
struct order_record {
  std::string number{};
  std::string supervisor{}; ///< 监察部门
  department_id unit{};     ///< 被督办单位
  std::string item_name{};  ///< 事项名称
  item_id item{};           ///< 事项编码
  case_id of{};             ///< the case, where there is one
  person_id officer{};      ///< 监察监控人员
  std::string matter{};     ///< 督办事由
  std::string demand{};     ///< 督办要求
  instant begun{};          ///< 督办发起时间
  std::optional<instant> reply_by{};
  std::string reply{};            ///< 反馈意见
  std::optional<instant> ended{}; ///< 结束时间
  order_state state = order_state::initiated;
  std::string outcome{}; ///< 督办结果

  friend bool operator==(const order_record&, const order_record&) = default;
};

/// 网上咨询.
struct consultation {
  std::string number{};
  department_id unit{}; ///< 咨询对象
  std::string title{};
  std::string words{};
  std::string asker{};
  instant asked{};
  std::string answer{};
  std::optional<instant> answered{};
  item_id item{}; ///< the item it is about, if it is about one

  friend bool operator==(const consultation&, const consultation&) = default;
};

/// How a complaint came (投诉渠道), and how it was made and answered.
enum class complaint_channel : std::uint8_t {
  visit,  ///< 来访
  letter, ///< 来函
  phone,  ///< 来电
  online, ///< 网上
};
enum class complaint_manner : std::uint8_t {
  oral,    ///< 口头
  written, ///< 书面
};

std::string_view to_string(complaint_channel c);
std::string_view label(complaint_channel c);
std::string_view to_string(complaint_manner m);
std::string_view label(complaint_manner m);

/// 投诉登记: one complaint, kept on file.
struct complaint_record {
  std::string number{};
  complaint_channel channel = complaint_channel::visit;
  complaint_manner made = complaint_manner::oral;
  std::string complainant{}; ///< empty: anonymous
  bool confidential = false; ///< 投诉人要求保密
  department_id unit{};      ///< 投诉对象
  std::string matter{};      ///< 涉及事项
  instant received{};
  department_id handler{}; ///< 转办部门
  std::string result{};    ///< 处理结果
  std::string reply{};     ///< 反馈情况
  complaint_manner reply_made = complaint_manner::oral;
  std::optional<instant> replied{};
  std::string file{}; ///< 档号
  item_id item{};     ///< the item it is about, if it is about one
  case_id of{};       ///< the case, if it is about one

  friend bool operator==(const complaint_record&, const complaint_record&) = default;
};

/// 结果反馈: what became of a case.
struct result_record {
  case_id of{};
  item_id item{};
  std::string name{}; ///< 办件名称
  instant ended{};    ///< 办结时间
  std::string outcome{};

  friend bool operator==(const result_record&, const result_record&) = default;
};

struct service_records {
  std::vector<order_record> orders{};
  std::vector<consultation> consultations{};
  std::vector<result_record> results{};
  std::vector<complaint_record> complaints{};

  bool empty() const {
    return orders.empty() && consultations.empty() && results.empty() && complaints.empty();
  }
  friend bool operator==(const service_records&, const service_records&) = default;
};

/// Codes: missing_field (number, supervisor, unit, matter, officer …; the outcome of what has
/// ended, the answer of what was answered), bad_value (an end, a reply limit or an answer before
/// its beginning; an end without the state, or the state without the end; an oral answer to a
/// written complaint).
problems check(const order_record& o, const locator& where = nowhere);
problems check(const consultation& c, const locator& where = nowhere);
problems check(const result_record& r, const locator& where = nowhere);
problems check(const complaint_record& c, const locator& where = nowhere);
/// All of them, and duplicate_id: two orders, consultations or complaints of one number, two
/// results of one case. Paths are "/orders/3/outcome".
problems check(const service_records& all, const locator& where = nowhere);

/// The results of the days from `from` until before `until`, the latest first: what screens and
/// lists show at intervals (定期公示办理结果). `from` is not after `until`.
std::vector<result_record> results_between(std::span<const result_record> results, day from,
                                           day until);

} // namespace banli
