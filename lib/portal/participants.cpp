#include <banli/portal/participants.hpp>

#include "portal_words.hpp"

namespace banli {

namespace {

using detail::portal_word;

constexpr auto participant_words =
    std::to_array<portal_word>({{"county_government", "县级政府"},
                                {"leading_body", "县级政务公开领导机构"},
                                {"departments", "各部门"},
                                {"establishment", "机构编制部门"},
                                {"legal_affairs", "法制部门"},
                                {"information", "工业和信息化部门"},
                                {"supervision", "监察部门"},
                                {"towns", "乡镇(街道)"},
                                {"communities", "社区(村)"}});

constexpr auto repository_words =
    std::to_array<portal_word>({{"items", "政务服务事项信息库"},
                                {"processes", "办理过程信息库"},
                                {"results", "办理结果信息库"},
                                {"supervision_rules", "监察规则信息库"},
                                {"supervision_business", "监察业务信息库"}});

constexpr auto kind_words = std::to_array<portal_word>(
    {{"disclosure", "政府信息公开"}, {"service", "政务服务"}, {"supervision", "电子监察"}});

constexpr auto right_words = std::to_array<portal_word>({{"none", "无"},
                                                         {"read", "查看"},
                                                         {"review", "审核"},
                                                         {"answer", "反馈"},
                                                         {"operate", "运维"},
                                                         {"maintain", "维护"}});

/// What each participant is there for, in the order of the enumeration.
const std::array<text, participant_count>& duties() {
  static const std::array<text, participant_count> all{
      {{"leads the construction and use of the platform", "领导平台建设和应用"},
       {"organises and carries it out", "负责具体组织实施"},
       {"state, publish and handle their items", "梳理、公开和办理本部门事项"},
       {"examines powers and items for the first time", "对职权和事项进行初步审核"},
       {"examines legal bases for the first time", "对行使依据进行初步审核"},
       {"builds and operates the platform", "负责平台建设和运行维护"},
       {"supervises cases; maintains rules", "实施电子监察,维护和管理监察规则"},
       {"receive and handle at town windows", "通过乡镇(街道)服务窗口受理、代办"},
       {"receive and run errands for residents", "在社区(村)代收、代办"}}};
  return all;
}

} // namespace

std::string_view to_string(participant p) {
  return participant_words[static_cast<std::size_t>(p)].name;
}
std::string_view label(participant p) {
  return participant_words[static_cast<std::size_t>(p)].label;
}
result<participant> parse_participant(std::string_view name) {
  return detail::parse_word<participant>(participant_words, name, "participant", "参与主体");
}
std::string_view to_string(repository r) {
  return repository_words[static_cast<std::size_t>(r)].name;
}
std::string_view label(repository r) { return repository_words[static_cast<std::size_t>(r)].label; }
result<repository> parse_repository(std::string_view name) {
  return detail::parse_word<repository>(repository_words, name, "repository", "信息库");
}
std::string_view to_string(information_kind k) {
  return kind_words[static_cast<std::size_t>(k)].name;
}
std::string_view label(information_kind k) { return kind_words[static_cast<std::size_t>(k)].label; }
std::string_view to_string(repository_right r) {
  return right_words[static_cast<std::size_t>(r)].name;
}
std::string_view label(repository_right r) {
  return right_words[static_cast<std::size_t>(r)].label;
}

text duty_of(participant p) { return duties()[static_cast<std::size_t>(p)]; }

information_kind kind_of(repository r) {
  return r < repository::supervision_rules ? information_kind::service
                                           : information_kind::supervision;
}

const write_rights& default_write_rights() {
  using r = repository_right;
  constexpr std::array<r, repository_count> reads{r::read, r::read, r::read, r::read, r::read};
  constexpr std::array<r, repository_count> reviews{r::review, r::none, r::none, r::none, r::none};
  constexpr std::array<r, repository_count> operates{r::operate, r::operate, r::operate, r::operate,
                                                     r::operate};
  constexpr std::array<r, repository_count> local{r::read, r::maintain, r::read, r::none, r::none};
  static constexpr write_rights matrix{{reads,
                                        reads,
                                        {r::maintain, r::maintain, r::maintain, r::read, r::answer},
                                        reviews,
                                        reviews,
                                        operates,
                                        {r::read, r::read, r::read, r::maintain, r::maintain},
                                        local,
                                        local}};
  return matrix;
}

bool may_write(participant who, repository what, const write_rights& rights) {
  return right_of(rights, who, what) == repository_right::maintain;
}

result<void> allow_write(participant who, repository what, const write_rights& rights) {
  if (may_write(who, what, rights)) return {};
  return make_error(errc::not_permitted, "'{0}' may not write into '{1}' (right: {2})",
                    "{3}不能写入{4}(权限:{5})", to_string(who), to_string(what),
                    to_string(right_of(rights, who, what)), label(who), label(what),
                    label(right_of(rights, who, what)));
}

} // namespace banli
