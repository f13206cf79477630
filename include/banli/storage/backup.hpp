// backup.hpp — a copy of a store that has been proved before it is called one.
//
//   back_up(*store, "county-2026-11-22.db")     // 2,620 cases, 21,843 events, or why not
//
// The store is verified; every case is read, appended to a new file, and its chain there compared
// with the one it has. The file is then closed, opened again as whoever restores it would, and
// verified, too; only then does it get its name, which the folder keeps before back_up() returns.
// So a backup that is there is whole, and a store that is damaged makes none: the error names the
// case and the event.
//
// To restore is to open the copy. The store may be of any kind and in use meanwhile: each case is
// copied as it stands at one moment.
//
// The hard case is a case that is appended to while it is copied: it is read again. What comes
// after a case was copied is in the next backup.
#pragma once

#include <cstdint>
#include <string>

#include <banli/storage/case_store.hpp>

namespace banli {

/// What a copy holds.
struct backup_report {
  std::uint64_t cases = 0;
  std::uint64_t events = 0;

  friend bool operator==(const backup_report&, const backup_report&) = default;
};

/// Copies a store into a new SQLite file. Errors: store_corrupt (an event of the store does not fit
/// its chain), store_failure (there is such a file already; the disk), file_not_found (there is no
/// such folder), and those of the store.
result<backup_report> back_up(const case_store& store, const std::string& path,
                              const store_limits& limits = {});

} // namespace banli
