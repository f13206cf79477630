// hours_document.hpp — from a document of office hours to working_hours.
#pragma once

#include <banli/calendar/working_hours.hpp>

#include "document/document_set.hpp"

namespace banli::detail {

/// What a document says, laid over the default hours; what is wrong with it goes to the findings.
working_hours hours_of(const located<hours_document>& d, findings& found);

} // namespace banli::detail
