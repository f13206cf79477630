// What a picture of a flowchart says at each node and arrow, whatever it is drawn with.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/flowchart/flowchart.hpp>

namespace banli::detail {

inline constexpr std::size_t no_end = static_cast<std::size_t>(-1);

/// The nodes at the ends of each arrow; no_end where it dangles.
struct arrow_ends_of {
  std::vector<std::size_t> from;
  std::vector<std::size_t> to;
};

arrow_ends_of arrow_ends(const flowchart& chart);

struct node_naming {
  language in = language::zh;
  const std::function<std::string(const post_id&)>& post;
  const std::function<std::string(const department_id&)>& department;
};

/// The small lines of a step: department and post, time limit.
std::vector<std::string> details(const node& n, const node_naming& naming);

/// Duty, documents and risk points in one text.
std::string tooltip(const node& n, language in);

/// The label, else the condition; the default of a decision by condition says "otherwise".
std::string arrow_label(const flowchart& chart, const arrow_ends_of& ends, std::size_t arrow,
                        language in);

} // namespace banli::detail
