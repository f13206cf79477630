// The part of the fold that does not touch the flow: what is only written down.
#pragma once

#include <banli/engine/case_state.hpp>

namespace banli::detail {

/// Who applies for what, and how. What an event leaves out stays as an earlier one said it.
void fold_applicant(case_state& s, const event& e);

/// Events that move no token. Others are left alone.
void fold_record(case_state& s, const event& e);

} // namespace banli::detail
