#include <banli/expression/environment.hpp>

#include <utility>

namespace banli {

void environment::add_fields(const std::string& path, const type& of) {
  if (of.is(type_kind::record)) {
    for (const type_field& f : of.fields()) add_fields(path + "." + f.name, f.of);
    return;
  }
  const auto [at, fresh] = slots_.try_emplace(path, static_cast<std::uint32_t>(fields_.size()));
  if (fresh)
    fields_.push_back({path, of});
  else
    fields_[at->second].of = of;
}

environment& environment::declare(std::string name, type of) {
  add_fields(name, of);
  variables_.insert_or_assign(std::move(name), std::move(of));
  return *this;
}

environment& environment::declare(host_function f) {
  functions_.push_back(std::make_shared<const host_function>(std::move(f)));
  return *this;
}

std::vector<std::shared_ptr<const host_function>> environment::functions(std::string_view name,
                                                                         bool method) const {
  std::vector<std::shared_ptr<const host_function>> found;
  for (const auto& f : functions_)
    if (f->name == name && f->method == method) found.push_back(f);
  return found;
}

environment& environment::alias(name_alias what) {
  labels_.try_emplace(what.name, what.label);
  names_.insert_or_assign(std::move(what.label), std::move(what.name));
  return *this;
}

environment& environment::container(std::string name) {
  container_ = std::move(name);
  return *this;
}

environment& environment::time_zones(zone_finder zones) {
  zones_ = std::move(zones);
  return *this;
}

const type* environment::variable(std::string_view name) const {
  const auto at = variables_.find(name);
  return at == variables_.end() ? nullptr : &at->second;
}

std::optional<std::uint32_t> environment::slot(std::string_view path) const {
  const auto at = slots_.find(path);
  if (at == slots_.end()) return std::nullopt;
  return at->second;
}

std::string_view environment::name_of(std::string_view label) const {
  const auto at = names_.find(label);
  return at == names_.end() ? label : std::string_view(at->second);
}

std::string_view environment::label_of(std::string_view name) const {
  const auto at = labels_.find(name);
  return at == labels_.end() ? name : std::string_view(at->second);
}

namespace {

/// A path with every name in it replaced.
template <class Replace>
std::string each_name(std::string_view path, Replace replace) {
  std::string out;
  for (;;) {
    const auto dot = path.find('.');
    out += replace(path.substr(0, dot));
    if (dot == std::string_view::npos) return out;
    out += '.';
    path.remove_prefix(dot + 1);
  }
}

} // namespace

std::string environment::labelled(std::string_view path) const {
  return each_name(path, [this](std::string_view name) { return label_of(name); });
}

std::string environment::canonical(std::string_view path) const {
  return each_name(path, [this](std::string_view name) { return name_of(name); });
}

} // namespace banli
