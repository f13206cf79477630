// bpmn_reader.hpp — the reading of one BPMN file, kept open for whoever writes into the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interchange/bpmn_graph.hpp"

namespace banli::detail {

/// A chart and the elements of its parts, by position.
struct drawn_chart {
  flowchart chart;
  std::vector<std::uint32_t> node_elements;
  std::vector<std::uint32_t> arrow_elements;
};

class bpmn_reader {
 public:
  bpmn_reader(bpmn_document& out, std::string_view bytes, const bpmn_options& options);

  void run();

  const bpmn_text& text() const { return text_; }
  const bpmn_tree& tree() const { return tree_; }
  /// The element of the process that became the chart; none where that is not told.
  std::uint32_t process() const { return process_; }
  /// The chart as the process draws it, whatever was written beside it (bpmn_change.hpp).
  const drawn_chart& drawn() const { return drawn_; }

 private:
  void no_document();
  void read();
  void read_chart();
  void list_processes();
  std::uint32_t chosen();
  std::vector<std::string> some(const std::vector<std::size_t>& numbers) const;
  void duplicate_ids();
  void tell_the_rest();
  bool is_in_flow(std::uint32_t e) const;
  void unknown(std::uint32_t e);
  void list_elements();

  bpmn_document& out_;
  const bpmn_options& options_;
  bpmn_findings found_;
  bpmn_text text_;
  bpmn_tree tree_;
  bpmn_reading reading_{tree_, found_, out_};
  drawn_chart drawn_{};
  std::vector<std::uint32_t> processes_;    // as out_.processes
  std::uint32_t process_ = bpmn_tree::none; // the one that becomes the chart
};

} // namespace banli::detail
