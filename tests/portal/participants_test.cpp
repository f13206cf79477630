#include <banli/portal/participants.hpp>

#include <set>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

constexpr std::array all_repositories{repository::items, repository::processes, repository::results,
                                      repository::supervision_rules,
                                      repository::supervision_business};

participant nth_participant(std::size_t i) { return static_cast<participant>(i); }

} // namespace

TEST_CASE("nine kinds of bodies take part, each with a name, a word and a duty") {
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < participant_count; ++i) {
    const participant p = nth_participant(i);
    CHECK(parse_participant(to_string(p)).value() == p);
    CHECK(parse_participant(label(p)).value() == p);
    CHECK_FALSE(duty_of(p).zh.empty());
    labels.insert(label(p));
  }
  CHECK(labels.size() == 9);
  CHECK(duty_of(participant::leading_body).zh == "负责具体组织实施");
  CHECK(refused(parse_participant("towsn")) == errc::unknown_value);
}

TEST_CASE("every repository has somebody who maintains it, and rules have supervision alone") {
  for (const repository r : all_repositories) {
    std::vector<participant> writers;
    for (std::size_t i = 0; i < participant_count; ++i)
      if (may_write(nth_participant(i), r)) writers.push_back(nth_participant(i));
    CHECK_FALSE(writers.empty());
    if (kind_of(r) == information_kind::supervision)
      CHECK(writers == std::vector{participant::supervision});
    CHECK_FALSE(may_write(participant::information, r)); // who runs it writes no contents
    CHECK(parse_repository(label(r)).value() == r);
  }
  CHECK(allow_write(participant::departments, repository::items).has_value());
  const auto no = allow_write(participant::departments, repository::supervision_rules);
  CHECK(refused(no) == errc::not_permitted);
  CHECK(no.error().message.zh == "各部门不能写入监察规则信息库(权限:查看)");
  write_rights own = default_write_rights();
  own[static_cast<std::size_t>(participant::information)][3] = repository_right::maintain;
  CHECK(may_write(participant::information, repository::supervision_rules, own));
}

TEST_CASE("information is of three kinds") {
  CHECK(kind_of(repository::results) == information_kind::service);
  CHECK(kind_of(repository::supervision_business) == information_kind::supervision);
  CHECK(label(information_kind::disclosure) == "政府信息公开");
  CHECK(to_string(information_kind::service) == "service");
  CHECK(label(repository_right::operate) == "运维");
  CHECK(to_string(repository_right::answer) == "answer");
}
