#include "supervision/case_book.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>

#include <fmt/format.h>

using namespace banli;
using detail::case_book;
using detail::case_hit;

namespace {

/// A hit as a naive book keeps it.
using kept_hit = std::tuple<detail::subject, std::int64_t, bool>;

std::vector<kept_hit> hits_of(const case_book& book, std::uint32_t number) {
  std::vector<kept_hit> out;
  book.each_hit(number, [&](const case_hit& h) {
    out.emplace_back(h.of, h.raised.time_since_epoch().count(), h.open != 0);
  });
  std::sort(out.begin(), out.end());
  return out;
}

} // namespace

TEST_CASE("a book of cases knows the number of every id, short, long and empty") {
  case_book book;
  std::vector<std::string> ids{"", std::string(100'000, 'x'), "620524-2024-000017"};
  for (int n = 0; n < 5'000; ++n) ids.push_back(fmt::format("办件-{}", n * n));
  for (std::size_t n = 0; n < ids.size(); ++n) {
    CHECK_FALSE(book.find(ids[n]));
    CHECK(book.number_for(ids[n], 1'000'000) == n);
  }
  for (std::size_t n = 0; n < ids.size(); ++n) {
    CHECK(book.find(ids[n]) == n);
    CHECK(book.number_for(ids[n], 0) == n); // a limit is for new ones
    CHECK(book.id_of(static_cast<std::uint32_t>(n)) == ids[n]);
  }
  CHECK_FALSE(book.find("办件-2"));
  CHECK_FALSE(book.number_for("办件-2", static_cast<std::uint32_t>(ids.size())));
  CHECK(book.size() == ids.size());
}

TEST_CASE("a book of cases keeps the hits that a naive one keeps") {
  std::mt19937 random{5};
  const auto pick = [&](std::uint32_t hi) {
    return std::uniform_int_distribution<std::uint32_t>{0, hi}(random);
  };
  case_book book;
  std::map<std::uint32_t, std::vector<kept_hit>> naive;
  constexpr std::uint32_t cases = 50;
  for (std::uint32_t n = 0; n < cases; ++n) book.number_for(std::to_string(n), cases);
  for (int round = 0; round < 20'000; ++round) {
    const std::uint32_t n = pick(cases - 1);
    auto& mine = naive[n];
    const detail::subject of = pick(3) == 0 ? case_hit::every_subject - pick(3) : pick(7);
    const instant then{std::chrono::seconds{std::int64_t{pick(3)} * -40'000'000'000}};
    const std::int64_t at = then.time_since_epoch().count();
    switch (pick(2)) {
    case 0:
      book.add(n, {then, of});
      mine.emplace_back(of, at, true);
      break;
    case 1: {
      bool did = false;
      for (auto& [what, raised, open] : mine)
        if (what == of && raised == at && open) {
          open = false;
          did = true;
        }
      CHECK(book.mute(n, of, then) == did);
      break;
    }
    default:
      book.drop_if(n, [&](const case_hit& h) { return h.of == of; });
      std::erase_if(mine, [&](const kept_hit& h) { return std::get<0>(h) == of; });
    }
    std::sort(mine.begin(), mine.end());
    REQUIRE(hits_of(book, n) == mine);
  }
  std::size_t all = 0;
  for (const auto& [n, hits] : naive) all += hits.size();
  CHECK(book.hits() == all);
  CHECK(all > 100); // or nothing was compared
}
