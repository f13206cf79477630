// assembly.hpp — joining the documents of a configuration.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <banli/document/configuration.hpp>

#include "document/catalogue.hpp"
#include "document/document_set.hpp"
#include "document/library_pile.hpp"
#include "document/text_places.hpp"

namespace banli::detail {

/// A file that could not be read would make everything that refers into it look wrong: while there
/// is one, only what is there is judged. The same holds for a document with a value that cannot be
/// read.
class assembly {
 public:
  assembly(document_set& documents, findings& found) : set_(documents), found_(found) {}

  configuration run();

 private:
  workday_calendar calendar();
  void hours(configuration& c);
  void people(configuration& c);
  void charts(configuration& c);
  void library(configuration& c);
  void items(configuration& c);
  void between_items(const configuration& c);
  void link_item(const located<service_item>& item, configuration& c);
  void rules(configuration& c);
  void points(const rule_set& rules);
  flow_words course_of_charts(const configuration& c) const;
  void tables(configuration& c);
  void schemes(configuration& c);
  void disclosure(configuration& c);
  void log(configuration& c);
  void check_steps(const log_mapping& log, yaml_node node, const configuration& c);

  const located<flowchart>* chart(const flowchart_id& id) const;
  void keep(problems all, const located<service_item>& item, const located<flowchart>* chart);

  template <class T>
  const located<T>* only(const std::vector<located<T>>& all, std::string_view kind);

  document_set& set_;
  findings& found_;
  text_places places_;
  catalogue_pile entries_{found_};
  library_pile library_{found_};
  std::shared_ptr<const working_hours> hours_;                         ///< of the configuration
  std::unordered_map<flowchart_id, const located<flowchart>*> charts_; ///< the first of each id
};

} // namespace banli::detail
