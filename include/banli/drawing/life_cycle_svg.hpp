// life_cycle_svg.hpp — the life cycle of items as a picture, with where an item stands.
//
//   std::string all = life_cycle_svg(language::zh).value();
//   std::string here = life_cycle_svg(language::zh, item_state::office_reviewed).value();
//
// Drawn from the table that the machine runs by (life_cycle_rows()), so that no picture can show
// another one. A box is a state; an arrow says which command leads on, and who gives it where only
// one role may. Commands that leave a state as it is (edit, assign_code) stand inside its box.
#pragma once

#include <optional>
#include <string>

#include <banli/base/result.hpp>
#include <banli/drawing/flowchart_svg.hpp>
#include <banli/library/item_life_cycle.hpp>

namespace banli {

/// Where the states lie, numbered in the order of all_item_states. Errors: bad_value where Graphviz
/// gives up, with its words.
result<flowchart_layout> lay_out_life_cycle(language in);

/// The picture, as flowchart_svg() makes them. Errors: those of lay_out_life_cycle().
result<std::string> life_cycle_svg(language in, std::optional<item_state> standing = {});

} // namespace banli
