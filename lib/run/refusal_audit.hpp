// What the audit log keeps of a refused command, whoever asked it: the engine or a log.
#pragma once

#include <string>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/storage/audit_log.hpp>

namespace banli::detail {

/// The entry of a command that was refused, and the rule that refused it, if one did.
audit_entry audit_of(const command& c, const error& why, std::string rule = {});

/// What decided against a command on this state: a ground of authority.hpp ("separation:
/// 受审分离"); empty where the error is of another kind.
std::string ground_of(const case_definition& d, const case_state& s, const workday_calendar& cal,
                      const command& c, const error& why);

} // namespace banli::detail
