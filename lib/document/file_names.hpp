// file_names.hpp — codes of items as names of files.
#pragma once

#include <algorithm>
#include <string_view>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>

namespace banli::detail {

inline bool is_file_name(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_';
  });
}

inline error no_file_name(const item_id& code) {
  return make_error(errc::bad_item_code, "the code '{}' is no name of a file",
                    "编码“{}”不能用作文件名", code.text());
}

} // namespace banli::detail
