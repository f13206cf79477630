#include "usage.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>

#include "commands.hpp"

namespace banli {

namespace {

/// The words of CLI11's own frame.
constexpr std::pair<const char*, const char*> frame_words[] = {
    {"Usage", "用法"},       {"OPTIONS", "选项"},    {"SUBCOMMAND", "命令"},
    {"SUBCOMMANDS", "命令"}, {"REQUIRED", "(必填)"}, {"Positionals", "参数"},
    {"Needs", "须同时给出"}, {"Excludes", "互斥"},   {"TEXT", "文本"},
    {"INT", "整数"},         {"UINT", "数"},         {"FLOAT", "小数"},
};

/// How wide text is in a terminal: a Chinese character takes two columns.
std::size_t columns(std::string_view s) {
  std::size_t out = 0;
  for (const std::string_view c : detail::characters(s)) out += c.size() > 2 ? 2 : 1;
  return out;
}

/// CLI11's help with columns that stand under each other in Chinese, and with the values of an
/// option in the place of how they are checked.
class help_formatter : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* o, bool is_positional) const override {
    const std::string left = "  " + make_option_name(o, is_positional) + make_option_opts(o);
    const std::string indent(column_width_, ' ');
    const std::size_t width = columns(left);
    return left +
           (width + 1 < column_width_ ? std::string(column_width_ - width, ' ') : '\n' + indent) +
           make_option_desc(o) + '\n';
  }

  std::string make_option_opts(const CLI::Option* o) const override {
    std::string type = o->get_type_name();
    if (const std::size_t colon = type.find(':'); colon != std::string::npos)
      type = type.substr(colon + 1);
    std::string out = type.empty() ? "" : ' ' + get_label(type);
    if (!o->get_default_str().empty()) out += '=' + o->get_default_str();
    if (o->get_expected_max() == CLI::detail::expected_max_vector_size) out += " ...";
    if (o->get_required()) out += ' ' + get_label("REQUIRED");
    return out + others("Needs", o->get_needs()) + others("Excludes", o->get_excludes());
  }

 private:
  std::string others(const char* label, const std::set<CLI::Option*>& options) const {
    if (options.empty()) return {};
    std::set<std::string> names; // the options themselves are in the order of their addresses
    for (const CLI::Option* o : options) names.insert(o->get_name());
    return fmt::format(" {}: {}", get_label(label), fmt::join(names, " "));
  }
};

/// The innermost command that was named.
const CLI::App& reached(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().back();
  return *at;
}

/// "banli flow check"
std::string path_of(const CLI::App& command) {
  return command.get_parent() == nullptr
             ? command.get_name()
             : path_of(*command.get_parent()) + ' ' + command.get_name();
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* o : command.get_options())
    for (const std::string& name : o->get_lnames()) out.push_back("--" + name);
  return out;
}

std::vector<std::string> command_names(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::App* c : command.get_subcommands({})) out.push_back(c->get_name());
  return out;
}

bool is_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

/// Words that nothing takes: options that are none, else the first of the others, as those behind
/// an unknown option may be its values.
void add_unknown(const CLI::App& app, problems& found) {
  const CLI::App& command = reached(app);
  const std::vector<std::string> words = app.remaining(true);
  for (const std::string& word : words)
    if (is_option(word)) {
      const std::string name = word.substr(0, word.find('='));
      found.push_back(
          with_hint(make_error(errc::unknown_field, "there is no option {}", "没有选项 {}", name),
                    suggestion(name, option_names(command))));
    }
  if (words.empty() || !found.empty()) return;
  const std::vector<std::string> commands = command_names(command);
  if (commands.empty())
    found.push_back(
        make_error(errc::unknown_value, "nothing takes '{}'", "“{}”是多余的", words.front()));
  else
    found.push_back(with_hint(make_error(errc::unknown_command, "there is no command '{}'",
                                         "没有命令“{}”", words.front()),
                              suggestion(words.front(), commands)));
}

/// What must be given and is not.
void add_missing(const CLI::App& app, problems& found) {
  const CLI::App& command = reached(app);
  for (const CLI::Option* o : command.get_options())
    if (o->get_required() && o->count() == 0) {
      const std::string name = o->get_name();
      const std::string& what = o->get_description();
      found.push_back(
          make_error(errc::missing_field, "{0} is missing: {1}", "缺少 {0}:{2}", name, what,
                     chinese_usage(what).empty() ? std::string_view{what} : chinese_usage(what)));
    }
  if (command.get_require_subcommand_min() > 0 && found.empty())
    found.push_back(make_error(errc::missing_field, "a command is missing: {}", "缺少命令:{}",
                               fmt::join(command_names(command), ", ")));
}

/// What the parser says of a value, an option that needs another, and the like.
error said_by_parser(const CLI::ParseError& e) {
  const std::string what = e.what();
  const std::string name = what.substr(0, what.find(':'));
  if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExcludesError))
    return make_error(errc::bad_value, "{}", "不能同时给出:{}", what);
  if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiresError))
    return make_error(errc::missing_field, "{}", "须同时给出:{}", what);
  return make_error(errc::bad_value, "{}", "值不合要求:{}", what);
}

} // namespace

void add_language(CLI::App& command, language& in) {
  command
      .add_option_function<std::string>(
          "--lang",
          [&in](const std::string& name) { in = name == "en" ? language::en : language::zh; },
          "language of what is printed and written")
      ->check(CLI::IsMember({"zh", "en"}))
      ->default_str("zh");
}

language language_of_arguments(const std::vector<std::string>& arguments) {
  language out = language::zh;
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    if (arguments[i] == "--lang=en" ||
        (arguments[i] == "--lang" && i + 1 < arguments.size() && arguments[i + 1] == "en"))
      out = language::en;
  }
  return out;
}

std::vector<std::string> language_behind(std::vector<std::string> arguments) {
  if (arguments.empty() || !arguments[0].starts_with("--lang")) return arguments;
  const std::size_t n = arguments[0] == "--lang" ? 2 : 1;
  if (arguments.size() <= n || is_option(arguments[n])) return arguments;
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  std::rotate(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(n), end);
  return arguments;
}

void speak(CLI::App& app, language in) {
  app.formatter(std::make_shared<help_formatter>());
  for (CLI::App* c : app.get_subcommands([](CLI::App*) { return true; })) speak(*c, in);
  if (in == language::en) return;
  const auto words = [](const std::string& english) {
    const std::string_view chinese = chinese_usage(english);
    return chinese.empty() ? english : std::string{chinese};
  };
  for (const auto& [english, chinese] : frame_words) app.get_formatter()->label(english, chinese);
  app.description(words(app.get_description()));
  for (CLI::Option* o : app.get_options()) {
    o->description(words(o->get_description()));
    if (o->get_group() == "Options") o->group("选项");
  }
  if (app.get_parent() != nullptr) app.group("命令");
}

int explain_usage(CLI::App& app, const CLI::ParseError& e, language in, const console& to) {
  if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    speak(app, in);
    app.exit(e, to.out, to.err);
    return exit_done;
  }
  problems found;
  add_unknown(app, found);
  if (e.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) || !found.empty())
    add_missing(app, found);
  if (found.empty()) found.push_back(said_by_parser(e));
  const std::string command = path_of(reached(app));
  for (const error& problem : found) to.err << command << ": " << to_string(problem, in) << '\n';
  to.err << fmt::format(fmt::runtime(in == language::zh ? "用法见 {} --help\n" : "see {} --help\n"),
                        command);
  return exit_usage;
}

} // namespace banli
