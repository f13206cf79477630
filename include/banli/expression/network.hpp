// network.hpp — addresses and networks of the Internet, as CEL's network library has them.
//
//   ip_address a = *parse_ip_address("192.168.0.1");
//   ip_network n = *parse_ip_network("192.168.0.0/24");
//   contains(n, a);                      // true
//   to_string(*parse_ip_address("2001:DB8::68"));   // "2001:db8::68" (RFC 5952)
//
// An IPv4 address in IPv6 form (::ffff:c0a8:1, RFC 4291 2.5.5.2) is the IPv4 address it stands for.
// Written with dots it is refused, as are zones (fe80::1%eth0).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banli {

struct ip_address {
  int family = 4;                        ///< 4 or 6
  std::array<std::uint8_t, 16> octets{}; ///< of family 4 the first four

  friend bool operator==(const ip_address&, const ip_address&) = default;
  friend auto operator<=>(const ip_address&, const ip_address&) = default;
};

/// An address and how many of its leading bits name the network.
struct ip_network {
  ip_address address;
  int prefix = 0;

  friend bool operator==(const ip_network&, const ip_network&) = default;
};

std::optional<ip_address> parse_ip_address(std::string_view text);
/// "10.0.0.0/8". Bits behind the prefix are kept; masked() drops them.
std::optional<ip_network> parse_ip_network(std::string_view text);

std::string to_string(const ip_address& a);
std::string to_string(const ip_network& n);

bool contains(const ip_network& n, const ip_address& a);
bool contains(const ip_network& n, const ip_network& inner);
ip_network masked(ip_network n);

/// What kind of address it is (RFC 4291 2.4, RFC 5771, RFC 3927).
bool is_unspecified(const ip_address& a);
bool is_loopback(const ip_address& a);
bool is_multicast(const ip_address& a);
bool is_link_local_unicast(const ip_address& a);
bool is_link_local_multicast(const ip_address& a);
/// Any unicast address but the unspecified, the loopback and those of a link; private ones count.
bool is_global_unicast(const ip_address& a);

} // namespace banli
