// People who do not exist, each known by his number: what is planted where none may be found.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include <banli/storage/sealing_store.hpp>
#include <banli/time/text.hpp>

namespace banli::test {

inline master_key some_master() { return *parse_master_key(std::string(64, '5')); }

/// Two rare characters that stand in no text of ours, by a number up to 6,000.
inline std::string planted_name(int n) {
  std::string out;
  detail::encode(static_cast<char32_t>(0x3400 + n), out); // CJK extension A
  detail::encode(static_cast<char32_t>(0x3400 + (n * 7) % 6'000), out);
  return out;
}

inline std::string planted_certificate(int n) {
  return fmt::format("62052419{:02}0101{:04}", n / 25'000 + 70, n % 10'000);
}
inline std::string planted_phone(int n) { return fmt::format("139{:08}", 70'000'000 + n); }

/// Name, certificate number, telephone, agent, the agent's certificate number.
inline std::vector<std::string> personal_values(int n) {
  return {planted_name(n), planted_certificate(n), planted_phone(n), planted_name(n + 3'000),
          planted_certificate(n + 500'000)};
}

inline std::string identity_of_person(int n) {
  return identity_of("resident_id", planted_certificate(n));
}

/// The first event of a case that person n applies for.
inline event application_of(int n) {
  const std::vector<std::string> v = personal_values(n);
  event e;
  e.number = 1;
  e.what = event_kind::applied;
  e.at = instant{*parse_day("2024-01-02")} + std::chrono::hours{9};
  e.actor = person_id{"CK01"};
  e.request = request_id{"apply/" + std::to_string(n)};
  e.with.applicant = v[0];
  e.with.application = application{};
  e.with.application->title = v[0] + "的申请";
  e.with.application->contact = v[0];
  e.with.application->phone = v[2];
  e.with.application->certificate = "resident_id";
  e.with.application->certificate_number = v[1];
  e.with.application->agent = v[3];
  e.with.application->agent_certificate = "resident_id";
  e.with.application->agent_certificate_number = v[4];
  return e;
}

} // namespace banli::test
