#include <banli/expression/type.hpp>

#include <algorithm>
#include <utility>

namespace banli {

struct type::parts {
  std::string name;
  std::vector<type_field> fields;
  std::vector<std::string> values;
  type first;
  type second;
};

type type::list_of(type element) {
  type t{type_kind::list};
  auto p = std::make_shared<parts>();
  p->first = std::move(element);
  t.parts_ = std::move(p);
  return t;
}

type type::map_of(type key, type mapped) {
  type t{type_kind::map};
  auto p = std::make_shared<parts>();
  p->first = std::move(key);
  p->second = std::move(mapped);
  t.parts_ = std::move(p);
  return t;
}

type type::optional_of(type held) {
  type t{type_kind::optional};
  auto p = std::make_shared<parts>();
  p->first = std::move(held);
  t.parts_ = std::move(p);
  return t;
}

type type::record(std::string name, std::vector<type_field> fields) {
  type t{type_kind::record};
  auto p = std::make_shared<parts>();
  p->name = std::move(name);
  p->fields = std::move(fields);
  t.parts_ = std::move(p);
  return t;
}

type type::enumeration(std::string name, std::vector<std::string> values) {
  type t{type_kind::enumeration};
  auto p = std::make_shared<parts>();
  p->name = std::move(name);
  p->values = std::move(values);
  t.parts_ = std::move(p);
  return t;
}

type type::element() const { return parts_ ? parts_->first : type{}; }
type type::mapped() const { return parts_ ? parts_->second : type{}; }

const std::string& type::name() const {
  static const std::string none;
  return parts_ ? parts_->name : none;
}

const std::vector<type_field>& type::fields() const {
  static const std::vector<type_field> none;
  return parts_ ? parts_->fields : none;
}

const std::vector<std::string>& type::values() const {
  static const std::vector<std::string> none;
  return parts_ ? parts_->values : none;
}

const type_field* type::field(std::string_view name) const {
  const auto& all = fields();
  const auto at = std::ranges::find(all, name, &type_field::name);
  return at == all.end() ? nullptr : &*at;
}

bool operator==(const type& a, const type& b) {
  if (a.kind_ != b.kind_) return false;
  if (a.parts_ == b.parts_) return true;
  switch (a.kind_) {
  case type_kind::list:
  case type_kind::optional: return a.element() == b.element();
  case type_kind::map: return a.element() == b.element() && a.mapped() == b.mapped();
  case type_kind::record:
  case type_kind::enumeration: return a.name() == b.name();
  default: return true;
  }
}

std::string to_string(const type& t) {
  switch (t.kind()) {
  case type_kind::dyn:
  case type_kind::unresolved: return "dyn";
  case type_kind::null: return "null_type";
  case type_kind::boolean: return "bool";
  case type_kind::integer: return "int";
  case type_kind::uinteger: return "uint";
  case type_kind::real: return "double";
  case type_kind::string: return "string";
  case type_kind::bytes: return "bytes";
  case type_kind::timestamp: return "timestamp";
  case type_kind::duration: return "duration";
  case type_kind::list: return "list(" + to_string(t.element()) + ")";
  case type_kind::map: return "map(" + to_string(t.key()) + ", " + to_string(t.mapped()) + ")";
  case type_kind::type: return "type";
  case type_kind::optional: return "optional_type(" + to_string(t.element()) + ")";
  case type_kind::address: return "net.IP";
  case type_kind::network: return "net.CIDR";
  case type_kind::date: return "date";
  case type_kind::calendar: return "calendar";
  case type_kind::time_limit: return "time_limit";
  case type_kind::decimal: return "decimal";
  case type_kind::record:
  case type_kind::enumeration: return t.name();
  }
  return "dyn";
}

} // namespace banli
