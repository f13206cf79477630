#include "names.hpp"

#include <algorithm>
#include <array>

namespace banli::detail::cel {

namespace {

std::string dotted(const std::vector<std::string>& segments) {
  std::string out;
  for (const std::string& s : segments) {
    if (!out.empty()) out += '.';
    out += s;
  }
  return out;
}

found_variable look_up(const environment& env, std::string_view name, bool rooted) {
  std::string_view container = rooted ? std::string_view() : env.container();
  for (;;) {
    std::string full =
        container.empty() ? std::string(name) : std::string(container) + "." + std::string(name);
    if (const type* t = env.variable(full)) return {std::move(full), t};
    if (container.empty()) return {};
    const auto dot = container.rfind('.');
    container = dot == std::string_view::npos ? std::string_view() : container.substr(0, dot);
  }
}

} // namespace

found_variable find_variable(const environment& env, const std::vector<std::string>& segments,
                             bool rooted) {
  if (found_variable f = look_up(env, dotted(segments), rooted); f.of) return f;
  std::vector<std::string> names = segments;
  for (std::string& s : names) s = env.name_of(s);
  return names == segments ? found_variable{} : look_up(env, dotted(names), rooted);
}

std::string_view type_value(std::string_view name) {
  static constexpr std::array names = std::to_array<std::string_view>(
      {"bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
       "google.protobuf.Timestamp", "google.protobuf.Duration", "optional_type", "net.IP",
       "net.CIDR"});
  const auto at = std::ranges::find(names, name);
  return at == names.end() ? std::string_view() : *at;
}

} // namespace banli::detail::cel
