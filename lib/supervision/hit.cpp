#include <banli/supervision/hit.hpp>

#include <array>

namespace banli {

std::string_view to_string(hit_end e) {
  static constexpr std::array<std::string_view, 3> names{"open", "cleared", "superseded"};
  return names[static_cast<std::size_t>(e)];
}

std::string_view label(hit_end e) {
  static constexpr std::array<std::string_view, 3> names{"未消除", "已消除", "已升级"};
  return names[static_cast<std::size_t>(e)];
}

} // namespace banli
