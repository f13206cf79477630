// What the options of `banli deadline` ask, read from their texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/deadline/deadline.hpp>

#include "calendar_options.hpp"

namespace banli {

/// The options as they were written.
struct deadline_arguments {
  calendar_options of;
  std::string start;
  std::string limit;
  std::vector<std::string> exclude;
  std::vector<std::string> suspend;
  std::vector<std::string> restart;
  std::vector<std::string> extend;
  std::string edges;
  std::string roll;
  std::string resume;
  std::string order;
  bool before = false;
  bool clear_days = false;
  bool on_event = false;
  std::string hours;
  std::string at;
  std::string svg;
  bool explain = false;
  bool json = false;
  language in = language::zh;
};

/// What they mean.
struct deadline_question {
  instant start{};
  time_limit limit;
  std::vector<exclusion> exclusions;
  std::vector<extension> extensions;
  counting_rules rules;
  std::optional<day> known_on;
  std::optional<instant> at;
};

/// Reads every option. What is wrong goes to `found`, each with the option for its file.
deadline_question read_question(const deadline_arguments& a, problems& found);

} // namespace banli
