// publication_archive.hpp — what was published where, when, and in which words (存档备查).
//
//   publication_archive archive;
//   archive.publish({.address = "/zwgk/gzjb/2025-01", .title = "工作简报第1期",
//                    .index_number = "SY-2025-0001", .unit = "综合科"}, page, t1);
//   archive.withdraw("/zwgk/gzjb/2025-01", "内容更正", t2);
//   archive.as_of("/zwgk/gzjb/2025-01", t)->sha256;       // of the bytes that stood there at t
//   archive.holds("/zwgk/gzjb/2025-01", t, saved_page);   // were these the words?
//
// The archive keeps no contents but their SHA-256: the bytes are the host's, in a file of that name
// if he likes. It says of any bytes whether they stood at an address at an instant. Records are
// only added, and each carries the hash of the one before, as events of cases do; saved as lines of
// JSON it is read back whole or not at all.
//
//   chain(0) = 64 zeros;  chain(n) = SHA-256( chain(n-1) + "\n" + the record's line without chain )
//
// The hard case is publishing the same words again: it is a record of its own, for a review without
// change is an act (无变化,审核后重新发布).
//
// Source: 十堰市政务服务中心网站分工表 (存档备查).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// What happened at an address.
enum class archive_act : std::uint8_t { published, withdrawn };

std::string_view to_string(archive_act a);
std::string_view label(archive_act a);

/// What is published.
struct archived_page {
  std::string address{};      ///< where: a path, a link, a board
  std::string title{};        ///< 信息标题
  std::string index_number{}; ///< 索引号; may be empty
  std::string unit{};         ///< 发布部门
  std::string media_type{"text/html"};

  friend bool operator==(const archived_page&, const archived_page&) = default;
};

struct archive_record {
  std::uint32_t number = 0; ///< from 1
  archive_act what = archive_act::published;
  instant at{};
  archived_page page{};
  std::uint64_t bytes = 0;
  std::string sha256{}; ///< of the contents; empty where withdrawn
  std::string reason{}; ///< of a withdrawal
  std::string chain{};

  friend bool operator==(const archive_record&, const archive_record&) = default;
};

struct archive_limits {
  std::size_t records = 10'000'000;
  std::size_t text_bytes = 10'000;
};

class publication_archive {
 public:
  explicit publication_archive(const archive_limits& limits = {}) : limits_(limits) {}

  /// Errors: missing_field (address, title, unit), time_backwards, limit_exceeded, bad_utf8.
  result<archive_record> publish(archived_page page, std::string_view contents, instant at);
  /// Errors besides: unknown_reference (nothing stands there), missing_reason.
  result<archive_record> withdraw(std::string_view address, std::string reason, instant at);

  /// What stood at an address at an instant; null: nothing.
  const archive_record* as_of(std::string_view address, instant t) const;
  /// Whether these were the contents there and then.
  bool holds(std::string_view address, instant t, std::string_view contents) const;
  /// Everything that happened at an address, the earliest first.
  std::vector<archive_record> history(std::string_view address) const;
  const std::vector<archive_record>& records() const { return records_; }

  /// The number of the first record that does not fit the chain; 0: all do.
  std::uint32_t verify() const;

  /// Lines of JSON, one a record.
  std::string save() const;
  /// Errors: bundle_damaged (a line that is none of ours, or does not fit), limit_exceeded.
  static result<publication_archive> read(std::string_view text, const archive_limits& limits = {});

 private:
  result<archive_record> keep(archive_record r);

  archive_limits limits_;
  std::vector<archive_record> records_;
};

} // namespace banli
