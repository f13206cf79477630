#include "network_functions.hpp"

#include "arithmetic.hpp"
#include "text.hpp"

namespace banli::detail::cel {

namespace {

error no_address(const value& v) {
  return make_error(errc::evaluation_error,
                    "{} is no IP address (without zone; IPv4 in IPv6 only in hexadecimal)",
                    "{} 不是 IP 地址(不得带区域,IPv4 映射地址只能用十六进制书写)", to_text(v));
}

error no_network(const value& v) {
  return make_error(errc::evaluation_error, "{} is no network such as \"10.0.0.0/8\"",
                    "{} 不是网段:应写作 \"10.0.0.0/8\"", to_text(v));
}

result<value> of_text(function f, const value& v) {
  if (!v.as_string()) return no_overload("network function", v);
  const auto address = parse_ip_address(*v.as_string());
  const auto network = parse_ip_network(*v.as_string());
  switch (f) {
  case function::is_ip: return value(address.has_value());
  case function::is_cidr: return value(network.has_value());
  case function::to_cidr:
    if (!network) return no_network(v);
    return value(*network);
  default: break;
  }
  if (!address) return no_address(v);
  if (f == function::is_canonical) return value(to_string(*address) == *v.as_string());
  return value(*address);
}

result<value> of_address(function f, const value& v) {
  const ip_address* a = v.as_address();
  if (!a) return no_overload("network function", v);
  switch (f) {
  case function::family: return value(std::int64_t{a->family});
  case function::is_unspecified: return value(is_unspecified(*a));
  case function::is_loopback: return value(is_loopback(*a));
  case function::is_link_local_multicast: return value(is_link_local_multicast(*a));
  case function::is_link_local_unicast: return value(is_link_local_unicast(*a));
  default: return value(is_global_unicast(*a));
  }
}

result<value> of_network(function f, const ip_network& n, std::span<const value> args) {
  if (f == function::ip_of) return value(n.address);
  if (f == function::masked) return value(masked(n));
  if (f == function::prefix_length) return value(std::int64_t{n.prefix});
  if (args.size() != 2) return no_overload("network function", args[0]);
  const value& other = args[1];
  if (f == function::contains_ip) {
    if (other.as_address()) return value(contains(n, *other.as_address()));
    if (!other.as_string()) return no_overload("containsIP", other);
    const auto a = parse_ip_address(*other.as_string());
    if (!a) return no_address(other);
    return value(contains(n, *a));
  }
  if (other.as_network()) return value(contains(n, *other.as_network()));
  if (!other.as_string()) return no_overload("containsCIDR", other);
  const auto inner = parse_ip_network(*other.as_string());
  if (!inner) return no_network(other);
  return value(contains(n, *inner));
}

} // namespace

result<value> network_function(function f, std::span<const value> args) {
  if (args.empty()) return no_overload("network function", value());
  if (f <= function::is_canonical) return of_text(f, args[0]);
  if (f <= function::is_global_unicast) return of_address(f, args[0]);
  if (!args[0].as_network()) return no_overload("network function", args[0]);
  return of_network(f, *args[0].as_network(), args);
}

} // namespace banli::detail::cel
