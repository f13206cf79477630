// item_set.hpp — what can be wrong between items, though each is good by itself.
//
// Codes are the key of everything: two items of one code, or an item that names a flowchart, a law,
// a business system, a catalogue entry or another item that is not there, break the library.
//
//   item_references known;
//   known.laws = {law_id{"L-1"}};          // flows, systems, entries stay unknown: not judged
//   check(items, known, [&](std::size_t i, std::string_view path) { return place_of(i, path); });
//
// Each list that is known is judged whole, and every dangling name is found at once with the name
// that was probably meant. Only what is known can dangle: an absent list judges nothing, an empty
// one says that there is none.
//
// Approvals before and after name items of the same set; one of another office is named in words
// and has no code (item_parts.hpp). An approval item without a catalogue entry is a fault where the
// entries are known.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// What items may refer to, as far as it is known.
struct item_references {
  std::optional<std::vector<flowchart_id>> flows{};
  std::optional<std::vector<business_system_id>> systems{};
  std::optional<std::vector<law_id>> laws{};
  std::optional<std::vector<catalogue_id>> entries{};
};

/// Where a part of one item of a set stands in the user's text: the item's index and the path.
using item_locator = std::function<place(std::size_t item, std::string_view path)>;

/// Every fault between the items of a set. Codes: duplicate_code, unknown_reference
/// (flow, business system, law, catalogue entry, approval), missing_catalogue (an approval item
/// without entry), limit_exceeded (more than `most` faults: the rest is not said).
inline problems check(
    std::span<const service_item> items, const item_references& known,
    const item_locator& where = [](std::size_t, std::string_view) { return place{}; },
    std::size_t most = 1000);

} // namespace banli

#include <banli/item/detail/item_set_check.hpp>
