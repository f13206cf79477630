#include <banli/expression/network.hpp>

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

#include <fmt/format.h>

namespace banli {

namespace {

constexpr int bits_of(const ip_address& a) { return a.family == 4 ? 32 : 128; }

bool starts_with(const ip_address& a, const ip_address& prefix, int bits) {
  if (a.family != prefix.family) return false;
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.octets.begin(), a.octets.begin() + whole, prefix.octets.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || (a.octets[whole] ^ prefix.octets[whole]) >> (8 - rest) == 0;
}

/// The first twelve octets of an IPv4 address in IPv6 form.
constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::optional<ip_address> read(const std::string& text) {
  ip_address a;
  if (inet_pton(AF_INET, text.c_str(), a.octets.data()) == 1) return a;
  if (inet_pton(AF_INET6, text.c_str(), a.octets.data()) != 1) return std::nullopt;
  a.family = 6;
  return a;
}

bool is_mapped(const ip_address& a) {
  return a.family == 6 && std::equal(mapped_prefix.begin(), mapped_prefix.end(), a.octets.begin());
}

} // namespace

std::optional<ip_address> parse_ip_address(std::string_view text) {
  if (text.size() > 45 || text.find('\0') != std::string_view::npos) return std::nullopt;
  auto a = read(std::string(text));
  if (!a || !is_mapped(*a)) return a;
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  ip_address four;
  std::copy(a->octets.begin() + 12, a->octets.end(), four.octets.begin());
  return four;
}

std::optional<ip_network> parse_ip_network(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = parse_ip_address(text.substr(0, slash));
  const std::string_view bits = text.substr(slash + 1);
  // A mapped address has two lengths of prefix, and nobody can say which is meant.
  if (!address || (address->family == 4 && text.find(':') != std::string_view::npos))
    return std::nullopt;
  ip_network n{*address, 0};
  const auto got = std::from_chars(bits.data(), bits.data() + bits.size(), n.prefix);
  const bool plain = !bits.starts_with('-') && !(bits.size() > 1 && bits[0] == '0');
  if (got.ec != std::errc{} || got.ptr != bits.data() + bits.size() || !plain ||
      n.prefix > bits_of(*address))
    return std::nullopt;
  return n;
}

std::string to_string(const ip_address& a) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  return inet_ntop(a.family == 4 ? AF_INET : AF_INET6, a.octets.data(), out.data(), out.size());
}

std::string to_string(const ip_network& n) {
  return fmt::format("{}/{}", to_string(n.address), n.prefix);
}

bool contains(const ip_network& n, const ip_address& a) {
  return starts_with(a, n.address, n.prefix);
}

bool contains(const ip_network& n, const ip_network& inner) {
  return inner.prefix >= n.prefix && contains(n, inner.address);
}

ip_network masked(ip_network n) {
  for (int bit = n.prefix; bit < 128; ++bit) {
    std::uint8_t& octet = n.address.octets[static_cast<std::size_t>(bit / 8)];
    octet = static_cast<std::uint8_t>(octet & ~(0x80U >> (bit % 8)));
  }
  return n;
}

bool is_unspecified(const ip_address& a) {
  return std::ranges::all_of(a.octets, [](std::uint8_t o) { return o == 0; });
}

bool is_loopback(const ip_address& a) {
  if (a.family == 4) return a.octets[0] == 127;
  return std::all_of(a.octets.begin(), a.octets.end() - 1, [](std::uint8_t o) { return o == 0; }) &&
         a.octets.back() == 1;
}

bool is_multicast(const ip_address& a) {
  return a.family == 4 ? a.octets[0] >> 4 == 0xe : a.octets[0] == 0xff;
}

bool is_link_local_unicast(const ip_address& a) {
  if (a.family == 4) return a.octets[0] == 169 && a.octets[1] == 254;
  return a.octets[0] == 0xfe && a.octets[1] >> 6 == 2;
}

bool is_link_local_multicast(const ip_address& a) {
  if (a.family == 4) return a.octets[0] == 224 && a.octets[1] == 0 && a.octets[2] == 0;
  return a.octets[0] == 0xff && (a.octets[1] & 0x0f) == 2;
}

bool is_global_unicast(const ip_address& a) {
  const bool broadcast = a.family == 4 && std::all_of(a.octets.begin(), a.octets.begin() + 4,
                                                      [](std::uint8_t o) { return o == 255; });
  return !broadcast && !is_unspecified(a) && !is_loopback(a) && !is_multicast(a) &&
         !is_link_local_unicast(a);
}

} // namespace banli
