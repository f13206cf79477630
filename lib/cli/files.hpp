// Reading and writing whole files for a command.
#pragma once

#include <string>

#include <banli/cli/command_line.hpp>

#include "commands.hpp"

namespace banli {

/// The bytes of a file. Errors: file_not_found, file_unreadable.
result<std::string> read_bytes(const std::string& path);

/// Writes a file, or prints where the path is empty; the exit code.
int put(const std::string& path, const std::string& bytes, language in, const console& to);

} // namespace banli
