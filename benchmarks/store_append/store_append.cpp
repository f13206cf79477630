// What does a store cost beside bare SQLite?
//
// Floor: prepared inserts into a table of the same shape (case, number, request, text, hash; the
// same keys), WAL and synchronous=FULL as ours, texts and hashes ready made; by one caller, since
// one connection takes no more. Ours: append(), which judges the events, writes their text, makes
// the chain and keeps the case. Floor and ours take turns in one run, on one folder of a disk. What
// was stored is compared, row for row, before anything is told.
//
// Verifying has a floor, too: SQLite's check of the pages, every row read once, and one hash a row
// of as many bytes as the chain covers, all bare.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include <banli/storage/sqlite_store.hpp>
#include <banli/time/text.hpp>

namespace {

namespace fs = std::filesystem;
using namespace banli;
using clock_type = std::chrono::steady_clock;

double seconds_since(clock_type::time_point t) {
  return std::chrono::duration<double>(clock_type::now() - t).count();
}

/// Of the processor: what other programs take from the clock is not ours.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

/// An event of the size that the example has.
event sample(const std::string& id, std::uint32_t n) {
  event e;
  e.number = n;
  e.what = n == 1 ? event_kind::accepted : event_kind::completed;
  e.at = instant{*parse_day("2024-01-02")} + std::chrono::minutes{n};
  e.actor = person_id{"MZ01"};
  e.request = request_id{id + "/" + std::to_string(n)};
  e.with = {.step = node_id{"初审"}, .outcome = "通过", .opinion = "材料齐全，符合法定形式，同意"};
  return e;
}

std::string case_of(int caller, int n) { return fmt::format("LY-2024-{:02}{:05}", caller, n); }

/// The events of one append: of one case, from its first.
std::vector<event> batch_of(const std::string& id, int events) {
  std::vector<event> out;
  for (int n = 1; n <= events; ++n) out.push_back(sample(id, static_cast<std::uint32_t>(n)));
  return out;
}

const std::string definition(64, 'd');

append_request asking(const std::string& id, const std::vector<event>& events) {
  return {case_id{id}, item_id{"62052400LY-XK-0001"}, definition, 0, events};
}

class raw_file {
 public:
  explicit raw_file(const std::string& path) {
    run_open(path);
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000");
    run("CREATE TABLE events (case_id TEXT NOT NULL, number INTEGER NOT NULL, request TEXT, json "
        "TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (case_id, number)) STRICT, WITHOUT ROWID; "
        "CREATE UNIQUE INDEX by_request ON events (request) WHERE request IS NOT NULL");
    if (sqlite3_prepare_v2(db_, "INSERT INTO events VALUES (?, ?, ?, ?, ?)", -1, &insert_,
                           nullptr) != SQLITE_OK)
      give_up(sqlite3_errmsg(db_));
  }
  ~raw_file() {
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
  }
  raw_file(const raw_file&) = delete;
  raw_file& operator=(const raw_file&) = delete;

  void run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      give_up(sqlite3_errmsg(db_));
  }

  void insert(const std::string& id, int number, const std::string& request,
              const std::string& json, const std::string& hash) {
    sqlite3_bind_text(insert_, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
    sqlite3_bind_int(insert_, 2, number);
    sqlite3_bind_text(insert_, 3, request.data(), static_cast<int>(request.size()), SQLITE_STATIC);
    sqlite3_bind_text(insert_, 4, json.data(), static_cast<int>(json.size()), SQLITE_STATIC);
    sqlite3_bind_text(insert_, 5, hash.data(), static_cast<int>(hash.size()), SQLITE_STATIC);
    if (sqlite3_step(insert_) != SQLITE_DONE) give_up(sqlite3_errmsg(db_));
    sqlite3_reset(insert_);
  }

 private:
  void run_open(const std::string& path) {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) give_up("cannot open " + path);
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

/// What is inserted raw, ready made.
struct made_row {
  std::string id;
  int number;
  std::string request, json, hash;
};

std::vector<made_row> rows_of(const std::string& id, int events) {
  std::vector<made_row> out;
  const stored_case of{case_id{id}, item_id{"62052400LY-XK-0001"}, definition, 0, {}};
  std::string hash = first_hash();
  for (const event& e : batch_of(id, events)) {
    const std::string json = to_json(e);
    hash = next_hash(hash, of, json);
    out.push_back({id, static_cast<int>(e.number), e.request.text(), json, hash});
  }
  return out;
}

struct measured {
  double events_a_second = 0;
  double p50 = 0, p99 = 0; ///< milliseconds that a caller waits
};

measured of_waits(std::vector<double> waits, double seconds, double events) {
  std::ranges::sort(waits);
  return {events / seconds, 1e3 * waits[waits.size() / 2], 1e3 * waits[waits.size() * 99 / 100]};
}

measured raw(const fs::path& folder, int appends, int events) {
  const std::string path = (folder / "raw.db").string();
  std::vector<std::vector<made_row>> all;
  for (int n = 0; n < appends; ++n) all.push_back(rows_of(case_of(0, n), events));
  raw_file file{path};
  std::vector<double> waits;
  const auto begin = clock_type::now();
  for (const auto& rows : all) {
    const auto asked = clock_type::now();
    file.run("BEGIN IMMEDIATE");
    for (const made_row& r : rows) file.insert(r.id, r.number, r.request, r.json, r.hash);
    file.run("COMMIT");
    waits.push_back(seconds_since(asked));
  }
  return of_waits(std::move(waits), seconds_since(begin), 1.0 * appends * events);
}

measured ours(const fs::path& folder, int callers, int appends, int events) {
  const auto store = open_sqlite_store((folder / "ours.db").string()).value();
  // The events are there before the clock runs, as the rows of the floor are.
  std::vector<std::vector<std::pair<std::string, std::vector<event>>>> all(
      static_cast<std::size_t>(callers));
  for (int c = 0; c < callers; ++c)
    for (int n = 0; n < appends / callers; ++n)
      all[static_cast<std::size_t>(c)].emplace_back(case_of(c, n), batch_of(case_of(c, n), events));
  std::vector<std::vector<double>> waits(static_cast<std::size_t>(callers));
  const auto begin = clock_type::now();
  std::vector<std::thread> threads;
  for (std::size_t c = 0; c < all.size(); ++c)
    threads.emplace_back([&, c] {
      for (const auto& [id, batch] : all[c]) {
        const auto asked = clock_type::now();
        const append_request one = asking(id, batch);
        if (auto r = store->append({&one, 1}); !r) give_up(r.error().message.en);
        waits[c].push_back(seconds_since(asked));
      }
    });
  for (std::thread& t : threads) t.join();
  const double seconds = seconds_since(begin);
  std::vector<double> whole;
  for (const auto& w : waits) whole.insert(whole.end(), w.begin(), w.end());
  const auto made = static_cast<double>(whole.size()) * events;
  return of_waits(std::move(whole), seconds, made);
}

void clean(const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
}

/// The store keeps, byte for byte, what the floor inserts.
void compare_answers(const fs::path& folder) {
  clean(folder);
  (void)ours(folder, 1, 3, 20);
  const auto store = open_sqlite_store((folder / "ours.db").string()).value();
  for (int n = 0; n < 3; ++n) {
    const auto rows = rows_of(case_of(0, n), 20);
    const auto events = store->load(case_id{case_of(0, n)}).value();
    if (events.size() != rows.size()) give_up("another number of events");
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (to_json(events[i]) != rows[i].json) give_up("another text");
    if (store->find(case_id{case_of(0, n)})->value().chain != rows.back().hash)
      give_up("another chain");
  }
  if (!store->verify()->empty()) give_up("the store does not verify");
}

double median(std::vector<double> v) {
  std::ranges::sort(v);
  return v[v.size() / 2];
}

void appends(const fs::path& folder, int events, int rounds) {
  // Until a log was written back for the first time, every commit makes its file longer, which the
  // file system must put on record as well: enough appends for that to be the lesser part.
  const int appended = events == 1 ? 3'000 : 500, many = events == 1 ? 12'800 : 640;
  std::vector<double> floor, one, all, floor_p99, one_p99, all_p99;
  for (int round = 0; round < rounds; ++round) {
    clean(folder);
    const measured a = raw(folder, appended, events);
    clean(folder);
    const measured b = ours(folder, 1, appended, events);
    clean(folder);
    const measured c = ours(folder, 64, many, events);
    floor.push_back(a.events_a_second), one.push_back(b.events_a_second);
    all.push_back(c.events_a_second);
    floor_p99.push_back(a.p99), one_p99.push_back(b.p99), all_p99.push_back(c.p99);
  }
  fmt::print("{:3} event(s) a transaction: raw {:9.0f}/s (p99 {:.2f} ms); one caller {:9.0f}/s, "
             "{:.2f} x raw (p99 {:.2f} ms); 64 callers {:9.0f}/s, {:.2f} x raw (p99 {:.2f} ms)\n",
             events, median(floor), median(floor_p99), median(one), median(one) / median(floor),
             median(one_p99), median(all), median(all) / median(floor), median(all_p99));
}

/// Processor seconds that SQLite and OpenSSL take of verifying a file that nobody has open.
double bare_verifying(const std::string& path, chain_digest with) {
  sqlite3* db = nullptr;
  sqlite3_stmt* rows = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) !=
          SQLITE_OK ||
      sqlite3_exec(db, "PRAGMA cache_size = -16000", nullptr, nullptr, nullptr) != SQLITE_OK)
    give_up("cannot open " + path);
  EVP_MD* const md = EVP_MD_fetch(nullptr, with == chain_digest::sm3 ? "SM3" : "SHA256", nullptr);
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  std::string bytes(64 + case_of(0, 0).size() + 18 + 64 + 4, 'x');
  const std::size_t before = bytes.size();
  std::array<unsigned char, 32> digest{};
  std::size_t seen = 0;
  const double begin = processor_seconds();
  if (sqlite3_exec(db, "PRAGMA quick_check(1)", nullptr, nullptr, nullptr) != SQLITE_OK ||
      sqlite3_prepare_v2(db, "SELECT json, number, request, hash, case_id FROM events", -1, &rows,
                         nullptr) != SQLITE_OK)
    give_up(sqlite3_errmsg(db));
  for (; sqlite3_step(rows) == SQLITE_ROW; ++seen) {
    for (const int column : {2, 3, 4}) (void)sqlite3_column_text(rows, column);
    (void)sqlite3_column_int64(rows, 1);
    bytes.resize(before);
    bytes += reinterpret_cast<const char*>(sqlite3_column_text(rows, 0));
    if (EVP_DigestInit_ex2(context, md, nullptr) != 1 ||
        EVP_DigestUpdate(context, bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(context, digest.data(), nullptr) != 1)
      give_up("no digest");
  }
  const double seconds = processor_seconds() - begin;
  if (seen == 0) give_up("no rows");
  sqlite3_finalize(rows);
  sqlite3_close(db);
  EVP_MD_CTX_free(context);
  EVP_MD_free(md);
  return seconds;
}

void verifying(const fs::path& folder) {
  for (const chain_digest with : {chain_digest::sha256, chain_digest::sm3}) {
    clean(folder);
    constexpr int cases = 10'000, of_each = 20;
    const std::string path = (folder / "ours.db").string();
    auto store = open_sqlite_store(path, {}, with).value();
    for (int n = 0; n < cases; n += 500) {
      std::vector<std::vector<event>> events;
      std::vector<std::string> ids;
      std::vector<append_request> batch;
      events.reserve(500), ids.reserve(500);
      for (int k = 0; k < 500; ++k) {
        ids.push_back(case_of(0, n + k));
        events.push_back(batch_of(ids.back(), of_each));
        batch.push_back(asking(ids.back(), events.back()));
      }
      if (!store->append(batch)) give_up("not appended");
    }
    std::vector<double> verify, load, load_verified;
    for (int round = 0; round < 5; ++round) {
      double begin = processor_seconds();
      if (!store->verify()->empty()) give_up("the store does not verify");
      verify.push_back(processor_seconds() - begin);
      begin = processor_seconds();
      for (int n = 0; n < 1'000; ++n)
        if (store->load(case_id{case_of(0, 7 * n)})->size() != of_each) give_up("not loaded");
      load.push_back((processor_seconds() - begin) / 1'000);
      begin = processor_seconds();
      for (int n = 0; n < 1'000; ++n) {
        const case_id id{case_of(0, 7 * n)};
        if (store->load(id)->size() != of_each || *store->verify_case(id)) give_up("not verified");
      }
      load_verified.push_back((processor_seconds() - begin) / 1'000);
    }
    store.reset();
    std::vector<double> bare;
    for (int round = 0; round < 5; ++round) bare.push_back(bare_verifying(path, with));
    const std::string json = to_json(sample(case_of(0, 1), 7));
    const stored_case of{case_id{case_of(0, 1)}, item_id{"62052400LY-XK-0001"}, definition, 0, {}};
    const double begin = processor_seconds();
    std::string hash = first_hash();
    for (int n = 0; n < 100'000; ++n) hash = next_hash(hash, of, json, with);
    const double one = (processor_seconds() - begin) / 100'000;
    fmt::print("{:6}: verify {:9.0f} events/s, {:.2f} x bare; load a case of 20 events {:.1f} us, "
               "and verify it {:.1f} us; one hash of the chain ({} bytes of text) {:.2f} us\n",
               to_string(with), cases * of_each / median(verify), median(bare) / median(verify),
               1e6 * median(load), 1e6 * median(load_verified), json.size(), 1e6 * one);
  }
}

} // namespace

/// The folder is on the disk that is asked about: the one of temporary files, or of the argument.
int main(int argc, char** argv) {
  const fs::path folder =
      (argc > 1 ? fs::path{argv[1]} : fs::temp_directory_path()) / "banli-bench-store";
  compare_answers(folder);
  for (const int events : {1, 100}) appends(folder, events, 5);
  verifying(folder);
  fs::remove_all(folder);
}
