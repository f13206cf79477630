// document_set.hpp — the documents of a configuration, each read by itself and not yet joined.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/describe.hpp"
#include "document/findings.hpp"
#include "document/record.hpp"
#include "document/yaml_reader.hpp"

namespace banli::detail {

/// One document and where it stands.
template <class T>
struct located {
  T value;
  yaml_node node;     ///< the map it was read from
  bool sound = false; ///< every value could be read
};

class document_set {
 public:
  document_set(const document_limits& limits, findings& found) : limits_(limits), found_(found) {}

  /// Reads one file. What is wrong goes to the findings.
  void add(const std::string& file, std::string_view bytes);

  std::vector<located<office_document>> offices;
  std::vector<located<organisation>> organisations;
  std::vector<located<calendar_document>> calendars;
  std::vector<located<overlay_document>> overlays;
  std::vector<located<hours_document>> hours;
  std::vector<located<service_item>> items;
  std::vector<located<catalogue_document>> catalogues;
  std::vector<located<flowchart>> flowcharts;
  std::vector<located<rules_document>> rules;
  std::vector<located<commit_rules_document>> commit_rules;
  std::vector<located<decision_table>> tables;
  std::vector<located<scoring_scheme>> schemes;
  std::vector<located<duties_document>> duties;
  std::vector<located<publications_document>> publications;
  std::vector<located<laws_document>> laws;
  std::vector<located<systems_document>> systems;
  std::vector<located<log_mapping>> logs;

  /// False if a file could not be read: what seems to be missing may stand there.
  bool complete = true;

 private:
  void dispatch(yaml_node root);
  template <class T>
  void take(std::vector<located<T>>& into, yaml_node root);

  const document_limits& limits_;
  findings& found_;
  std::vector<std::shared_ptr<const yaml_tree>> trees_;
};

/// The words of `kind`, in the order of the documentation.
const std::vector<std::string_view>& document_kinds();

/// Reads one item; besides what its values say, an item must promise a limit.
void read_item(yaml_node root, reading& r, service_item& into);

/// What the documents of a kind accept, found by reading a sample of it.
accepted_log accepted_by(std::string_view kind, yaml_node sample);

} // namespace banli::detail
