#include <banli/document/scoring_file.hpp>

#include "document/scheme_places.hpp"
#include "document/single_files.hpp"
#include "document/text_places.hpp"
#include "document/yaml_writer.hpp"

namespace banli {

scheme_file parse_scheme(const std::string& name, std::string_view content,
                         const document_limits& limits) {
  detail::findings found{limits.problems};
  detail::document_set set{limits, found};
  set.add(name, content);
  detail::check_kind(set, set.schemes.size(), name, "scoring_scheme", found);
  scheme_file out;
  if (!set.schemes.empty()) {
    detail::located<scoring_scheme>& read = set.schemes.front();
    detail::text_places places;
    out.definition = read.value;
    put_places(out.definition, read.node, [](detail::yaml_node n) { return n.where(); });
    if (read.sound) {
      put_places(read.value, read.node, [&](detail::yaml_node n) { return places.stand_in(n); });
      compiled_schemes made = compile_scheme(std::move(read.value));
      places.settle(made.problems);
      found.add(std::move(made.problems));
      if (made.scheme) out.scheme = compile_scheme(out.definition).scheme;
    }
  }
  out.found = found.take();
  if (!out.found.empty()) out.scheme.reset();
  return out;
}

scheme_file load_scheme(const std::string& path, const document_limits& limits) {
  detail::findings found{limits.problems};
  if (const auto text = detail::read_one(path, limits, found))
    return parse_scheme(path, *text, limits);
  scheme_file out;
  out.found = found.take();
  return out;
}

result<std::string> save(const scoring_scheme& scheme) {
  detail::yaml_writer w;
  w.document("scoring_scheme", scheme);
  return w.take();
}

} // namespace banli
