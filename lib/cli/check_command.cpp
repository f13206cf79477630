#include <ostream>

#include "commands.hpp"
#include "problem_json.hpp"
#include <banli/document/configuration.hpp>

namespace banli {

namespace {

/// Everything wrong with one path, the rules' own tests included.
problems problems_of(const std::string& path) {
  configuration c = load_configuration(path);
  if (c.good() && c.rules) return run_rule_tests(*c.rules);
  return std::move(c.found);
}

} // namespace

boost::json::object to_json(const error& e) {
  return {{"file", e.where.file},
          {"line", e.where.line},
          {"column", e.where.column},
          {"code", std::string{to_string(e.code)}},
          {"message", {{"en", e.message.en}, {"zh", e.message.zh}}}};
}

int exit_for(const error& e) {
  switch (e.code) {
  case errc::store_failure:
  case errc::store_locked:
  case errc::store_newer:
  case errc::store_corrupt:
  case errc::file_unreadable: return exit_failure;
  default: return exit_wrong_input;
  }
}

int fail(const error& e, language in, const console& to, int code) {
  to.err << to_string(e, in) << '\n';
  return code;
}

int fail(const error& e, language in, const console& to) { return fail(e, in, to, exit_for(e)); }

void print(const problems& found, language in, const console& to) {
  for (const error& e : found) to.err << to_string(e, in) << '\n';
  to.err << fmt::format(fmt::runtime(in == language::zh ? "共 {} 个问题\n" : "{} problems\n"),
                        found.size());
}

int check_command(const check_arguments& a, const console& to) {
  problems found;
  for (const std::string& path : a.paths) {
    problems more = problems_of(path);
    found.insert(found.end(), more.begin(), more.end());
  }
  if (a.json) {
    to.out << boost::json::serialize(boost::json::object{{"problems", to_json(found)}}) << '\n';
  } else if (!found.empty()) {
    print(found, a.in, to);
  } else {
    to.out << (a.in == language::zh ? "没有发现问题\n" : "no problems\n");
  }
  return found.empty() ? exit_done : exit_wrong_input;
}

} // namespace banli
