// participants.hpp — who takes part in a platform of government services, and who may write what.
//
//   may_write(participant::supervision, repository::supervision_rules)     // true
//   may_write(participant::departments, repository::supervision_rules)     // false
//   allow_write(participant::departments, repository::supervision_rules)   // error[not-permitted]
//
// Nine kinds of bodies take part, from the county government to the village. Five repositories hold
// what the platform knows (信息资源): items, processes, results, supervision rules, supervision
// business. Whoever imports into a repository says as whom he does; the matrix judges.
//
//                     事项库   过程库   结果库   规则库   业务库
//   各部门             maintain maintain maintain read     answer
//   机构编制、法制     review   -        -        -        -
//   工业和信息化       operate  operate  operate  operate  operate
//   监察               read     read     read     maintain maintain
//   乡镇、社区         read     maintain read     -        -
//   县政府、领导机构   read     read     read     read     read
//
// `maintain` and `review` and `answer` write contents; `operate` keeps the store running (backup,
// migration) and writes none.
//
// The hard case is what the source leaves open. It says that supervision maintains rules
// (由监察部门 对规则内容进行维护和管理), that 编制 and 法制 review items before they are published,
// and that departments handle cases; the other cells are our reading, and a matrix of one's own may
// be used.
//
// Source: 国办函〔2011〕99号, 县级政务公开领导机构, guide (五个信息库; 初步审核).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <banli/base/result.hpp>

namespace banli {

/// The bodies that take part (参与主体).
enum class participant : std::uint8_t {
  county_government, ///< 县级政府
  leading_body,      ///< 县级政务公开领导机构
  departments,       ///< 各部门
  establishment,     ///< 机构编制部门
  legal_affairs,     ///< 法制部门
  information,       ///< 工业和信息化部门
  supervision,       ///< 监察部门
  towns,             ///< 乡镇(街道)
  communities,       ///< 社区(村)
};
inline constexpr std::size_t participant_count = 9;

/// The five repositories (信息库).
enum class repository : std::uint8_t {
  items,                ///< 政务服务事项信息库
  processes,            ///< 办理过程信息库
  results,              ///< 办理结果信息库
  supervision_rules,    ///< 监察规则信息库
  supervision_business, ///< 监察业务信息库
};
inline constexpr std::size_t repository_count = 5;

/// What kind of information a repository holds (政府信息公开、政务服务、电子监察).
enum class information_kind : std::uint8_t { disclosure, service, supervision };

/// What a participant may do with a repository.
enum class repository_right : std::uint8_t {
  none,
  read,     ///< 查看
  review,   ///< 审核: writes opinions on drafts
  answer,   ///< 反馈: writes replies to orders
  operate,  ///< 运维: no contents
  maintain, ///< 维护: writes
};

/// "departments", 各部门. Errors of parsing: unknown_value.
std::string_view to_string(participant p);
std::string_view label(participant p);
result<participant> parse_participant(std::string_view name);
std::string_view to_string(repository r);
std::string_view label(repository r);
result<repository> parse_repository(std::string_view name);
std::string_view to_string(information_kind k);
std::string_view label(information_kind k);
std::string_view to_string(repository_right r);
std::string_view label(repository_right r);

/// What a participant is there for (职责).
text duty_of(participant p);

information_kind kind_of(repository r);

/// Rows are participants, columns repositories.
using write_rights = std::array<std::array<repository_right, repository_count>, participant_count>;

/// The matrix above.
const write_rights& default_write_rights();

constexpr repository_right right_of(const write_rights& rights, participant who, repository what) {
  return rights[static_cast<std::size_t>(who)][static_cast<std::size_t>(what)];
}

/// Whether somebody maintains a repository.
bool may_write(participant who, repository what,
               const write_rights& rights = default_write_rights());

/// The same as a result. Errors: not_permitted.
result<void> allow_write(participant who, repository what,
                         const write_rights& rights = default_write_rights());

} // namespace banli
