// Opens a store that does not exist and says what the library says: one line from the headers, one
// from banli::banli, one from banli::sqlite.
#include <iostream>

#include <banli/storage/case_store.hpp>
#include <banli/storage/sqlite_store.hpp>
#include <banli/version.hpp>

int main() {
  std::cout << "banli " << banli::version << '\n';
  const auto kept = banli::memory_store()->event_count();
  if (!kept || *kept != 0) return 1;
  std::cout << "a new store keeps " << *kept << " events\n";
  const auto store = banli::open_sqlite_store("no-such-folder/county.db");
  if (store) return 1;
  std::cout << to_string(store.error(), banli::language::en) << '\n';
  return store.error().code == banli::errc::file_not_found ? 0 : 1;
}
