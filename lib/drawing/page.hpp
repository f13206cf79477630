// page.hpp — the shell of a page and its look, the same for dossiers and overview.
//
// Calm and printable: one column, hairlines, tabular figures; colour is never alone in saying
// something. The fonts are those an office computer has. Nothing is fetched and nothing runs: the
// page forbids it to itself by its content security policy.
#pragma once

#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/drawing/timeline_svg.hpp>
#include <banli/rules/rule.hpp>
#include <banli/supervision/hit.hpp>
#include <banli/time/civil.hpp>

#include <drawing/markup.hpp>
#include <drawing/page_words.hpp>

namespace banli::detail {

/// Opens a page up to <body>; take() closes it.
markup begin_page(language in, std::string_view title);

/// The line at the foot of a page.
void foot(markup& m, language in);

/// Opens a section with its heading; the caller closes it.
void begin_section(markup& m, std::string_view heading, std::string_view note = {});

/// A level as a coloured card with its word: 提醒, 预警, 报警.
void level_badge(markup& m, level l, language in);

/// How a hit ended: 已消除, 已督办.
std::string_view hit_end_word(hit_end e, language in);

/// A cell of a table that becomes a labelled line on a narrow screen.
void cell(markup& m, std::string_view heading, std::string_view content,
          std::string_view style = {});

/// An instant as people write it: 2024-10-26 00:00, in a <time>.
void moment(markup& m, instant t);

/// "8个工作日", "3 workdays"; hours are given in minutes: "1小时30分".
std::string amount(std::int64_t n, limit_unit counted_in, language in);

/// 周二, Tue
std::string_view weekday_word(day d, language in);

/// What became of a day, in words.
std::string_view fate_word(day_class c, language in);

/// An excluded procedure by its stable name: hearing -> 听证.
std::string_view procedure_word(std::string_view kind, language in);

/// A value of a fact as people read it: true -> 是, "promised" without its quotes.
std::string_view value_words(std::string_view value, language in);

/// A stable name for people: "supplement_requested" -> "supplement requested".
std::string plain(std::string_view stable_name);

} // namespace banli::detail
