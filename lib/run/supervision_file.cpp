#include <banli/run/supervision_file.hpp>

#include <charconv>

#include "document/record.hpp"
#include "document/single_files.hpp"

namespace banli {

namespace detail {

inline std::vector<word<supervision_role>> words(choice_of<supervision_role>) {
  return words_to(
      supervision_role::name_keeper, [](supervision_role r) { return to_string(r); },
      [](supervision_role r) { return label(r); });
}

template <class V>
void describe(V& v, named_word& w) {
  v.required("id", w.id);
  v.required("label", w.label);
}
template <class V>
void describe(V& v, supervising_office& o) {
  v.required("id", o.id);
  v.optional("name", o.name);
  v.optional("above", o.above);
  v.optional("hotline", o.hotline);
  v.optional("box", o.box);
  v.optional("address", o.address);
  v.optional("web", o.web);
}
template <class V>
void describe(V& v, supervision_person& p) {
  v.required("id", p.id);
  v.optional("name", p.name);
  v.required("office", p.office);
  v.required("roles", p.roles);
}

/// The limits, each under the name of its clock.
struct supervision_limits_entry {
  std::array<time_limit, supervision_clock_count>* of = nullptr;
};
template <class V>
void describe(V& v, supervision_limits_entry& l) {
  for (std::size_t i = 0; i < supervision_clock_count; ++i)
    v.optional(to_string(static_cast<supervision_clock>(i)), (*l.of)[i]);
}

template <class V>
void describe(V& v, supervision_office& o) {
  supervision_limits_entry limits{&o.limits};
  v.optional("name", o.name);
  v.optional("offices", o.offices);
  v.optional("staff", o.staff);
  v.optional("limits", limits);
  v.optional("complaint_kinds", o.complaint_kinds);
  v.optional("channels", o.channels);
  v.optional("fault_kinds", o.fault_kinds);
  v.optional("repeated_within", o.repeated_within);
}

namespace {

/// The place of a part by its path, "/offices/2/above", or of the nearest that is there.
place place_of(yaml_node root, std::string_view path) {
  yaml_node n = root;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    std::size_t index = 0;
    const auto number = std::from_chars(part.data(), part.data() + part.size(), index);
    const bool counts = n.is(yaml_kind::list) && number.ec == std::errc{};
    const yaml_node inner = counts ? n.element(index) : n.find(part);
    if (!inner) break;
    n = inner;
  }
  return n.where();
}

/// The lists that a document gives take the place of those in use.
void clear_given(yaml_node root, supervision_office& o) {
  if (root.find("complaint_kinds")) o.complaint_kinds.clear();
  if (root.find("channels")) o.channels.clear();
  if (root.find("fault_kinds")) o.fault_kinds.clear();
}

supervision_office read_supervision(yaml_node root, findings& found) {
  supervision_office o = county_supervision();
  const yaml_node kind = root.find("kind");
  if (kind.text() != "supervision") {
    found.add(at(make_error(errc::unknown_value, "expected a document of kind supervision",
                            "此处应为 supervision 文档"),
                 kind ? kind.where() : root.where()));
    return o;
  }
  clear_given(root, o);
  reading r{found};
  read_document(root, r, o);
  if (r.faults == 0)
    found.add(check(o, [root](std::string_view path) { return place_of(root, path); }));
  return o;
}

} // namespace

} // namespace detail

supervision_file parse_supervision(const std::string& name, std::string_view content,
                                   const document_limits& limits) {
  detail::findings found{limits.problems};
  supervision_file out;
  detail::yaml_document d = detail::read_yaml(name, content, limits);
  const bool readable = d.problems.empty();
  found.add(std::move(d.problems));
  if (readable) {
    const detail::yaml_node root = d.tree->root();
    if (root.is(detail::yaml_kind::map))
      out.office = detail::read_supervision(root, found);
    else
      found.add(
          at(make_error(errc::wrong_type, "the document should be a map of keys", "文档应为键值表"),
             {name, 1, 1}));
  }
  out.found = found.take();
  return out;
}

supervision_file load_supervision(const std::string& path, const document_limits& limits) {
  detail::findings found{limits.problems};
  if (const auto text = detail::read_one(path, limits, found))
    return parse_supervision(path, *text, limits);
  return {{}, found.take()};
}

} // namespace banli
