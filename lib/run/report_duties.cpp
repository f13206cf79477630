// A publication duty in words, because "event:prompt;every:P6M" is no sentence.
#include <run/report_index.hpp>

#include <drawing/page_words.hpp>

namespace banli::detail {

namespace {

std::string pace_words(const duty_clause& c, language in) {
  const bool zh = in == language::zh;
  switch (c.pace) {
  case duty_pace::none: return {};
  case duty_pace::immediate: return zh ? "即时" : "at once";
  case duty_pace::prompt: return zh ? "及时" : "promptly";
  case duty_pace::limit: return zh ? to_text(c.limit, in) + "内" : "within " + to_text(c.limit, in);
  }
  return {};
}

/// What sets the clause going; {} is where its pace stands.
std::string_view pattern(duty_trigger t, language in) {
  const bool zh = in == language::zh;
  switch (t) {
  case duty_trigger::event: return zh ? "产生后{}公开" : "publish {} when it arises";
  case duty_trigger::request: return zh ? "收到请求后{}答复" : "reply {} on request";
  case duty_trigger::accept: return zh ? "受理后{}作出决定" : "decide {} of acceptance";
  case duty_trigger::publish: return zh ? "“{1}”印发后{0}公开" : "publish {0} of '{1}'";
  case duty_trigger::on_change: return zh ? "变化后{}更新" : "update {} on change";
  case duty_trigger::if_unchanged: return zh ? "无变化时定期确认" : "confirm when unchanged";
  case duty_trigger::if_none: return zh ? "没有内容时发布说明" : "say so when there is nothing";
  case duty_trigger::per_plan: return zh ? "按计划更新" : "by plan";
  case duty_trigger::repost: return zh ? "转载注明出处" : "cite the source of reposts";
  case duty_trigger::quality: return zh ? "内容质量要求（{1}）" : "quality ({1})";
  default: return zh ? "未规定" : "unspecified";
  }
}

std::string clause_words(const duty_clause& c, language in) {
  const bool zh = in == language::zh;
  const std::string limit = to_text(c.limit, in);
  switch (c.trigger) {
  case duty_trigger::every:
  case duty_trigger::max_gap:
    return zh ? fmt::format("每{}至少更新一次", limit) : fmt::format("at least every {}", limit);
  case duty_trigger::min_count:
    return zh ? fmt::format("每{}至少{}次", limit, c.count)
              : fmt::format("at least {} times in {}", c.count, limit);
  case duty_trigger::yearly_by:
    return fmt::format(fmt::runtime(zh ? "每年{}月{}日前" : "every year by {:02}-{:02}"),
                       static_cast<unsigned>(c.by.month()), static_cast<unsigned>(c.by.day()));
  default: return fmt::format(fmt::runtime(pattern(c.trigger, in)), pace_words(c, in), c.subject);
  }
}

} // namespace

std::string duty_words(const duty& d, language in) {
  std::string out;
  for (const duty_clause& c : d.clauses) {
    if (!out.empty()) out += words::semicolon(in);
    for (std::size_t i = 0; i < c.scope.size(); ++i)
      out += c.scope[i] +
             std::string{i + 1 < c.scope.size() ? words::separator(in) : words::colon(in)};
    out += clause_words(c, in);
  }
  return out;
}

} // namespace banli::detail
