#include <banli/assessment/sampling.hpp>

#include <algorithm>
#include <map>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace {

using namespace banli;

std::vector<sampled_case> numbered(std::initializer_list<std::pair<const char*, int>> strata) {
  std::vector<sampled_case> out;
  for (const auto& [name, n] : strata)
    for (int i = 0; i < n; ++i)
      out.push_back({case_id{std::string(name) + "-" + std::to_string(i)}, name});
  return out;
}

std::vector<std::size_t> shares(const drawn_sample& s) {
  std::vector<std::size_t> out;
  for (const sample_stratum& t : s.strata) out.push_back(t.chosen);
  return out;
}

} // namespace

TEST_CASE("the same seed draws the same, whatever the order; another seed another") {
  std::vector<sampled_case> all = numbered({{"A", 40}, {"B", 20}});
  const drawn_sample first = draw_sample(all, {12, "2025Q3"}).value();
  std::ranges::reverse(all);
  CHECK(draw_sample(all, {12, "2025Q3"}).value() == first);
  CHECK(draw_sample(all, {12, "2025Q4"}).value().chosen != first.chosen);
  // As sha256sum says of "2025Q3\nA-0" … "2025Q3\nA-39": a sample that anybody can repeat.
  const drawn_sample three = draw_sample(numbered({{"A", 3}}), {1, "s"}).value();
  CHECK(three.chosen.front().id.text() == "A-0");
}

TEST_CASE("strata get the largest remainders, and one each where that is asked") {
  const auto all = numbered({{"A", 70}, {"B", 25}, {"C", 5}});
  CHECK(shares(draw_sample(all, {10, "s", sample_shares::proportional}).value()) ==
        std::vector<std::size_t>{7, 3, 0});
  CHECK(shares(draw_sample(all, {10, "s"}).value()) == std::vector<std::size_t>{6, 3, 1});
  CHECK(shares(draw_sample(all, {2, "s"}).value()) == std::vector<std::size_t>{1, 1, 0});
  CHECK(draw_sample(all, {1000, "s"}).value().chosen.size() == 100);
  CHECK(draw_sample({}, {5, "s"}).value().chosen.empty());
}

TEST_CASE("a sample needs a seed, and a case is there once") {
  auto all = numbered({{"A", 2}});
  CHECK(draw_sample(all, {1, ""}).error().code == errc::missing_field);
  all.push_back(all.front());
  CHECK(draw_sample(all, {1, "s"}).error().code == errc::duplicate_id);
}

TEST_CASE("over many seeds every case of a stratum is drawn about equally often") {
  const auto all = numbered({{"A", 10}});
  std::map<case_id, int> times;
  for (int seed = 0; seed < 2000; ++seed)
    for (const sampled_case& c : draw_sample(all, {3, std::to_string(seed)}).value().chosen)
      ++times[c.id];
  // 600 expected each, with a deviation of 20.5; five of them are wide enough never to fail again.
  for (const auto& [id, n] : times) {
    CAPTURE(id.text());
    CHECK(n > 495);
    CHECK(n < 705);
  }
  CHECK(times.size() == 10);
}

TEST_CASE("a sample has its size, and no stratum more than it has") {
  CHECK(rc::check([] {
    const int a = *rc::gen::inRange(0, 30);
    const int b = *rc::gen::inRange(0, 30);
    const auto all = numbered({{"A", a}, {"B", b}, {"C", 3}});
    const auto size = *rc::gen::inRange<std::size_t>(0, 80);
    const drawn_sample s =
        draw_sample(all, {size, "x",
                          *rc::gen::element(sample_shares::proportional, sample_shares::one_each)})
            .value();
    RC_ASSERT(s.chosen.size() == std::min(size, all.size()));
    for (const sample_stratum& t : s.strata) RC_ASSERT(t.chosen <= t.cases);
  }));
}
