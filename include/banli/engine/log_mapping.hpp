// log_mapping.hpp — how the log of another system becomes commands.
//
// A foreign log has one row an event, in columns of its own naming. The mapping names those
// columns; which item its cases belong to; and, where the other system calls steps differently, our
// names.
//
//   case column  "case"         case-10011
//   step column  "activity"     T02 Check confirmation of receipt     -> step T02
//   time column  "timestamp"    2011-10-12T08:26:25.398+02:00
//
// It is a document of the configuration (kind: log_mapping) and is used by interchange.
#pragma once

#include <map>
#include <string>

#include <banli/base/id.hpp>

namespace banli {

struct log_mapping {
  item_id item;                ///< every case of the log is a case of this item
  std::string case_column;     ///< identifies the case
  std::string sequence_column; ///< number of the event in its case; makes the request id
  std::string step_column;     ///< names the step that was completed
  std::string time_column;     ///< when
  std::string actor_column;    ///< by whom; may be empty
  std::string received_column; ///< day the limits count from; may be empty
  std::string deadline_column; ///< the deadline the other system recorded; may be empty
  std::map<std::string, std::string> steps; ///< their names for steps, where they differ from ours

  friend bool operator==(const log_mapping&, const log_mapping&) = default;
};

} // namespace banli
