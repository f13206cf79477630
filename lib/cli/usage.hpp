// usage.hpp — what the command line says of itself: its help and its mistakes, in both languages.
//
// Options are declared with English words where they are bound; usage_words.cpp has the Chinese
// ones, found by the English. A test walks through every page of help for words it lacks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include <banli/base/result.hpp>
#include <banli/cli/command_line.hpp>

namespace banli {

/// Binds --lang, which every command has.
void add_language(CLI::App& command, language& in);

/// The language that arguments ask for, wherever --lang stands in them; zh without it.
language language_of_arguments(const std::vector<std::string>& arguments);

/// A language asked for before the command, moved behind it where the command finds it.
std::vector<std::string> language_behind(std::vector<std::string> arguments);

/// Help in this language from here on.
void speak(CLI::App& app, language in);

/// Says why a command line could not be understood, everything at once, or prints the help that
/// was asked for; returns the exit code.
int explain_usage(CLI::App& app, const CLI::ParseError& e, language in, const console& to);

/// The Chinese for what an option or a command says of itself; nothing where there is none.
std::string_view chinese_usage(std::string_view english);

} // namespace banli
