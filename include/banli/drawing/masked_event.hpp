// masked_event.hpp — events fit to be printed: who they are about is not told.
//
//   masked_events(history)[0].with.applicant;                      // 王**
//   masked_events(history, &definition->net.chart())[1].with.facts // {"phone", "138****5678"}
//   masked_events(history)[1].with.facts                           // {"name", "赵**"}
//
// Names, certificate numbers and telephone numbers of applicants, agents and contacts are masked in
// their own members and wherever the names turn up in what people wrote; so are numbers of eleven
// digits and more anywhere in it. Identifiers, days and words of the engine stay as they are, so
// that an event still says what happened.
//
// The hard case is what nobody knows enough of. A chart says which of its form fields are personal
// and how; without one, a value that is neither a number nor a day nor a yes or no keeps its first
// character only. Who a case is about is said in its first events; in a history that lacks them,
// what people wrote keeps its first character only.
//
// Source: GB/T 35273-2020, 7.2 (display of personal information).
#pragma once

#include <span>
#include <vector>

#include <banli/engine/event.hpp>
#include <banli/flowchart/flowchart.hpp>

namespace banli {

/// The events of one case, from the first on or a part of them, with personal data masked; `chart`
/// is that of its item, if it is known.
std::vector<event> masked_events(std::span<const event> history, const flowchart* chart = nullptr);

} // namespace banli
