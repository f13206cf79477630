// office_library.hpp — all that an office keeps beside its cases: items, their catalogue, laws,
// business systems, attachments, disclosure; and the references between them.
//
//   office_library office;
//   office.systems.push_back({business_system_id{"spjd"}, "食品经营许可系统", …});
//   check_references(office, today);
//       // error[repealed-law]: 《…》 was repealed on 2025-01-01: …
//       // error[unknown-reference]: item 7 names the business system 'spjq'; did you mean 'spjd'?
//
// Attachments are described here and stored by the host: name, media type, size, SHA-256. Whether
// the bytes are those is the host's to compare.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <banli/library/catalogue_list.hpp>
#include <banli/library/disclosure.hpp>
#include <banli/library/item_library.hpp>
#include <banli/library/law_library.hpp>
#include <banli/library/service_records.hpp>

namespace banli {

/// A business system of a unit (业务系统库), which items name as 所属业务系统.
struct business_system {
  business_system_id id{};
  std::string name{};
  department_id department{};
  std::string link{};
  std::string note{};

  friend bool operator==(const business_system&, const business_system&) = default;
};

using attachment_id = strong_id<struct attachment_tag>;

/// What is known of a stored file (附件文档库).
struct attachment {
  attachment_id id{};
  std::string name{};       ///< 申请表.docx
  std::string media_type{}; ///< application/pdf
  std::uint64_t bytes = 0;
  std::string sha256{}; ///< 64 small hexadecimal digits
  entry_number entry{}; ///< the item it belongs to; 0: to none
  instant added{};
  person_id added_by{};

  friend bool operator==(const attachment&, const attachment&) = default;
};

struct attachment_limits {
  std::uint64_t bytes = 1'000'000'000;
  std::size_t name_bytes = 500;
};

/// Codes: missing_field (id, name), bad_value (media type, SHA-256, a path in the name),
/// limit_exceeded.
problems check(const attachment& a, const locator& where = nowhere,
               const attachment_limits& limits = {});

struct office_library {
  item_library items{};
  catalogue_list catalogue{};
  law_library laws{};
  std::vector<business_system> systems{};
  std::vector<attachment> attachments{};
  disclosure_book disclosure{};
  service_records records{};

  friend bool operator==(const office_library&, const office_library&) = default;
};

/// Everything that refers to what is not there, or no longer holds, on a day: bases of the versions
/// in force or on their way, their catalogue entries where there is a catalogue, business systems,
/// attachments, relations between items, publications of items, records. Codes: unknown_reference,
/// missing_catalogue, repealed_law, bad_value, duplicate_id, and those of check(attachment) and
/// check(service_records). The place's file is the path of the part: "items/7/bases/0".
problems check_references(const office_library& office, day d);

} // namespace banli
