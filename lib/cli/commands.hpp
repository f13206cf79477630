// The commands behind the command line, each a function of its arguments.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include <banli/base/result.hpp>
#include <banli/cli/command_line.hpp>

#include "assessment_arguments.hpp"
#include "deadline_question.hpp"
#include "library_arguments.hpp"
#include "portal_arguments.hpp"
#include "register_arguments.hpp"
#include "store_arguments.hpp"

namespace banli {

inline constexpr int exit_done = 0;
inline constexpr int exit_wrong_input = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_failure = 3;

struct run_arguments {
  std::string configuration;
  std::string log;
  std::string store;
  std::string report;
  std::string at;
  std::vector<std::string> former; ///< folders of documents as they were
  chain_digest digest{};           ///< of a store that is created
  ring_arguments ring;             ///< personal data are sealed where there is one
  language in = language::zh;
};

struct check_arguments {
  std::vector<std::string> paths;
  bool json = false;
  language in = language::zh;
};

struct calendar_arguments {
  calendar_options of;
  std::string from;
  std::string to;
  std::string moved_from;
  bool json = false;
  language in = language::zh;
};

struct catalogue_arguments {
  std::string path; ///< empty: the baseline itself
  bool baseline = false;
  bool coverage = false;
  bool json = false;
  language in = language::zh;
};

struct export_arguments {
  std::string configuration;
  std::string form;
  std::string format = "markdown";
  std::string out;
  bool exact = false;
  language in = language::zh;
};

struct flow_arguments {
  enum class action { check, draw, convert, compare };
  action what = action::check;
  std::string path;
  std::string other;   ///< the later version; what is converted to
  std::string process; ///< of a BPMN file: the one that is meant
  std::string into;    ///< a BPMN file: what is converted is written into it
  std::string promised_before;
  std::string promised_after;
  std::string format = "svg";
  std::string out;
  std::size_t states = 1'000'000;
  bool faults = false;
  bool lanes = false;
  bool json = false;
  language in = language::zh;
};

struct eval_arguments {
  std::string expression;
  std::string bind;
  std::string now;
  bool explain = false;
  bool json = false;
  language in = language::zh;
};

struct rules_arguments {
  enum class action { check, test, explain };
  action what = action::check;
  std::string path;
  std::string id;   ///< of the rule or table that is explained
  std::string bind; ///< JSON file of the values it reads
  bool json = false;
  language in = language::zh;
};

/// `banli watch` and `banli backtest`.
struct watch_arguments {
  std::string configuration;
  std::vector<std::string> former; ///< folders of documents as they were
  std::string store;
  std::string at;
  std::string until;        ///< of what is coming
  std::string rules;        ///< over cases: file, folder or pack; empty: those of the configuration
  std::string of = "cases"; ///< what is watched: these, or units, orders, columns
  std::string by;           ///< rules over units, orders or columns; empty: the pack for them
  std::vector<std::string> settings; ///< RULE.PARAMETER=VALUE
  calendar_options tried;            ///< of a back-test: another calendar, or days of one
  int lapse = 0;                     ///< working days; 0: never
  bool json = false;
  language in = language::zh;
};

int catalogue_command(const catalogue_arguments& a, const console& to);
int export_command(const export_arguments& a, const console& to);
/// `banli library COMMAND`.
int library_command(std::string_view command, const library_arguments& a, const console& to);
int disclosure_command(const library_arguments& a, const console& to);
int run_command(const run_arguments& a, const console& to);
int deadline_command(const deadline_arguments& a, const console& to);
int calendar_command(const calendar_arguments& a, const console& to);
int check_command(const check_arguments& a, const console& to);
int flow_command(const flow_arguments& a, const console& to);
int verify_command(const store_arguments& a, const console& to);
int checkpoint_command(const store_arguments& a, const console& to);
int backup_command(const store_arguments& a, const console& to);
int process_command(const process_arguments& a, const console& to);
int import_command(const import_arguments& a, const console& to);
/// `banli case COMMAND`.
int case_command(std::string_view command, const case_arguments& a, const console& to);
int eval_command(const eval_arguments& a, const console& to);
int rules_command(const rules_arguments& a, const console& to);
int query_command(const portal_arguments& a, const console& to);
int forget_command(const portal_arguments& a, const console& to);
/// `banli public COMMAND`.
int public_command(std::string_view command, const portal_arguments& a, const console& to);
/// `banli order COMMAND`, `banli complaint COMMAND`.
int order_command(std::string_view command, const register_arguments& a, const console& to);
int complaint_command(std::string_view command, const register_arguments& a, const console& to);
int score_command(const score_arguments& a, const console& to);
int stats_command(const stats_arguments& a, const console& to);
int report_command(const report_arguments& a, const console& to);
int watch_command(const watch_arguments& a, const console& to);
int backtest_command(const watch_arguments& a, const console& to);

/// The exit code that an error of the input ends with: failing to read is not the input's fault.
int exit_for(const error& e);

/// Says an error and returns the code a command ends with.
int fail(const error& e, language in, const console& to, int code);
int fail(const error& e, language in, const console& to);

/// A problem as JSON: file, line, column, code, message in both languages.
boost::json::object to_json(const error& e);

/// Prints problems, one a line, and how many there are.
void print(const problems& found, language in, const console& to);

} // namespace banli
