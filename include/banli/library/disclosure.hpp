// disclosure.hpp — columns of a website, who keeps them up to date, what was published, and what is
// due (政府信息公开栏目维护).
//
//   disclosure_book book;
//   book.since = to_day(2025y / 1 / 1);
//   book.duties = {{"政务公开>工作简报", "工作简报", "综合科", parse_duty("every:P1M").value()}};
//   book.publications = {{"政务公开>工作简报", to_day(2025y / 1 / 20), publication_kind::content,
//                         "第1期", "SY-2025-0001", "综合科"}};
//   disclosure_report r = report(book, cn(), to_day(2025y / 4 / 1)).value();
//   r.lines[0].standing;      // late: due on 2025-02-20, nothing since
//   r.months;                 // per unit and month: published, reviewed, notes, due, late
//
// What a clause of a duty asks, duty.hpp and duty_schedule.hpp say. Here each clause meets only
// what counts for it: an event is met by content, not by a note that nothing happened; a scope by
// what was published for that scope or for all.
//
// The hard case is what must be published when nothing happens. "No change: review and republish"
// and "nothing happened: publish a note" name no period. Here a quiet period (one year by default,
// disclosure_rules::quiet) with no event in it obliges to one publication before it ends.
//
// Sources: the duty tables of two municipal websites (附件1, 208 columns);
// 索引号、信息标题、发布日期、 发布部门 of a record by 国办函〔2011〕99号.
#pragma once

#include <chrono>
#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/deadline/duty.hpp>
#include <banli/deadline/duty_schedule.hpp>
#include <banli/item/completeness.hpp>
#include <banli/library/item_query.hpp>

namespace banli {

/// Who must publish what by when (信息公开更新职责).
struct disclosure_duty {
  std::string column;  ///< 栏目 path: 政策文件>规范性文件
  std::string content; ///< what is published there
  std::string unit;    ///< who keeps it up to date
  duty when;
  std::vector<int> baseline{}; ///< the items of the national catalogue, 1 to 65, that it holds

  friend bool operator==(const disclosure_duty&, const disclosure_duty&) = default;
};

/// The units a duty names, those that lead first: "区发改委牵头、相关部门及时发布" are two,
/// "由法制办和编办牵头,各相关单位配合发布信息" are three.
std::vector<std::string> units_of(const disclosure_duty& d);

/// A column with those below it (栏目树).
struct disclosure_column {
  std::string name{}; ///< 规范性文件; empty at the root
  std::vector<disclosure_column> columns{};
  std::vector<std::size_t> duties{}; ///< indices of those attached here

  friend bool operator==(const disclosure_column&, const disclosure_column&) = default;
};

/// The tree that the paths of the duties make, in the order in which they first name a column.
disclosure_column column_tree(const std::vector<disclosure_duty>& duties);

/// What was put on the website.
enum class publication_kind : std::uint8_t {
  content, ///< 发布
  review,  ///< 无变化,审核后重新发布
  note,    ///< 无内容,发布说明
  repost,  ///< 转载; names its source
};

std::string_view to_string(publication_kind k);
std::string_view label(publication_kind k);

struct publication {
  std::string column{};
  day date{};
  publication_kind kind = publication_kind::content;
  std::string title{};              ///< 信息标题
  std::string number{};             ///< 索引号
  std::string unit{};               ///< 发布部门
  std::string scope{};              ///< news, guide …; empty: no matter
  std::string source{};             ///< of a repost
  item_id item{};                   ///< the item it is the guide of
  std::optional<day> valid_until{}; ///< 文件有效期: the last day; absent: without end

  friend bool operator==(const publication&, const publication&) = default;
};

/// Something that obliges to publish: an event, a request, a change.
struct disclosure_event {
  std::string column{};
  duty_trigger trigger = duty_trigger::event;
  day date{};
  std::string scope{};

  friend bool operator==(const disclosure_event&, const disclosure_event&) = default;
};

struct disclosure_book {
  day since{}; ///< from when the duties run
  std::vector<disclosure_duty> duties{};
  std::vector<publication> publications{};
  std::vector<disclosure_event> events{};

  friend bool operator==(const disclosure_book&, const disclosure_book&) = default;
};

/// Codes: unknown_reference (a column nobody keeps, with the nearest; an item the national
/// catalogue does not have), missing_field (title, number, unit; the source of a repost),
/// duplicate_id (an index number twice), bad_value (valid until before it was published).
problems check(const disclosure_book& book, const locator& where = nowhere);

/// Publications that name an item that is none of those known: unknown_reference, with the nearest,
/// at "/publications/3/item".
problems check_published_items(const disclosure_book& book, std::span<const item_id> known,
                               const locator& where = nowhere);

struct disclosure_rules {
  time_limit quiet{1, limit_unit::year};
  duty_tolerance tolerance{};
  days soon{7}; ///< due within so many days: due_soon
};

enum class column_standing : std::uint8_t {
  unbound,  ///< no clause is bound in time, or nothing obliges yet
  in_time,  ///< nothing is due soon
  due_soon, ///< 即将到期
  late,     ///< 逾期未更新
  missing,  ///< late, and nothing was ever published: 空白栏目
};

std::string_view to_string(column_standing s);
std::string_view label(column_standing s);

/// One duty, and how it stands.
struct disclosure_line {
  std::size_t duty = 0; ///< index into disclosure_book::duties
  column_standing standing = column_standing::unbound;
  std::optional<day> next_due{}; ///< the earliest day due and not met; it may lie before today
  std::optional<day> last_published{};
  days late{0};        ///< of what is due longest
  days longest_gap{0}; ///< between two publications, from `since` and until today
  std::vector<obligation> obligations{};

  friend bool operator==(const disclosure_line&, const disclosure_line&) = default;
};

/// A unit in a month.
struct unit_month {
  std::string unit{};
  std::chrono::year_month month{};

  friend bool operator==(const unit_month&, const unit_month&) = default;
  friend auto operator<=>(const unit_month&, const unit_month&) = default;
};

struct disclosure_counts {
  std::size_t content = 0;
  std::size_t reviews = 0;
  std::size_t notes = 0;
  std::size_t reposts = 0;
  std::size_t due = 0;  ///< obligations whose day lies in the month
  std::size_t late = 0; ///< of these, those met too late or not at all by today

  friend bool operator==(const disclosure_counts&, const disclosure_counts&) = default;
};

struct disclosure_report {
  day today{};
  std::vector<disclosure_line> lines{};             ///< one per duty, in their order
  std::map<unit_month, disclosure_counts> months{}; ///< by the lead unit of the duty
};

/// How the book stands on a day. Errors: those of obligations().
result<disclosure_report> report(const disclosure_book& book, const workday_calendar& calendar,
                                 day today, const disclosure_rules& rules = {});

/// A guide that was published and lacks what its column asks of guides: the eight elements
/// (quality:guide, quality:guide8), clear hours (quality:working_hours_stated), an application form
/// to download (quality:forms_attached, quality:forms_downloadable; whether the link works is the
/// host's to try).
struct incomplete_guide {
  std::size_t duty = 0;
  item_id item{};
  std::vector<missing_element> missing{};

  friend bool operator==(const incomplete_guide&, const incomplete_guide&) = default;
};
std::vector<incomplete_guide> incomplete_guides(const disclosure_book& book,
                                                const item_library& items, day today);

/// Publications, by their positions, whose validity has run out before `today` and about which
/// nothing was published since under the same title: whoever reads them is told of a policy that no
/// longer holds (公开政策文件以及文件有效期等信息的情况).
std::vector<std::size_t> lapsed_publications(const disclosure_book& book, day today);

/// The disclosure items of the national catalogue (政府信息公开事项, 65) that no column holds, by
/// number: what is missing on the website whatever else it shows (国办函〔2011〕99号).
std::vector<int> unmapped_items(const disclosure_book& book);

/// What changes of items oblige the columns to that show them (政务公开内容发生变更的要及时更新):
/// one on_change event for each day until `today` on which another version of a published item came
/// into force or the last one ended, in the order of time. They are the host's to add to `events`.
std::vector<disclosure_event> item_changes(const disclosure_book& book, const item_library& items,
                                           day today);

/// Items in force that no publication names (公开的全面性).
std::vector<item_hit> undisclosed_items(const disclosure_book& book, const item_library& items,
                                        day today);

} // namespace banli
