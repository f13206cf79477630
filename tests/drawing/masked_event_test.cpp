#include <banli/drawing/masked_event.hpp>

#include <doctest/doctest.h>

#include <banli/engine/event.hpp>

#include "example_case.hpp"

using namespace banli;

namespace {

std::vector<event> two_events() {
  event applied;
  applied.number = 1;
  applied.what = event_kind::applied;
  applied.actor = person_id{"王小明"}; // who acts is an identifier
  applied.with.applicant = "王小明";
  applied.with.application = application{.title = "王小明的申请",
                                         .agent = "李四",
                                         .phone = "13800001234",
                                         .certificate = "resident_id",
                                         .certificate_number = "62052419900101123X"};
  applied.with.facts = {{"members", "51"},
                        {"name", "欧阳某"},
                        {"since", "2024-01-02"},
                        {"urgent", "false"},
                        {"card", "6222020200011112222"},
                        {"nan", "Nan"}};
  event done;
  done.number = 2;
  done.what = event_kind::completed;
  done.with.step = node_id{"初审"};
  done.with.opinion = "李四代王小明申请,电话13800001234";
  done.with.definition = std::string(64, '7');
  return {applied, done};
}

} // namespace

TEST_CASE("names, numbers and telephones are masked where they stand and where they are repeated") {
  const std::vector<event> shown = masked_events(two_events());
  const details& first = shown[0].with;
  CHECK(first.applicant == "王**");
  CHECK(first.application->title == "王**的申请");
  CHECK(first.application->agent == "李*");
  CHECK(first.application->phone == "138****1234");
  CHECK(first.application->certificate == "resident_id");
  CHECK(first.application->certificate_number == "6****************X");
  CHECK(shown[1].with.opinion == "李*代王**申请,电话138****1234");
  CHECK(shown[1].with.step == node_id{"初审"});
  CHECK(shown[1].with.definition == std::string(64, '7')); // a hash is no number of anybody
  CHECK(shown[0].actor == person_id{"王小明"});
}

TEST_CASE("a form value is masked as the chart says, and by its looks where there is none") {
  const std::vector<std::pair<std::string, std::string>> unknown{{"members", "51"},
                                                                 {"name", "欧**"},
                                                                 {"since", "2024-01-02"},
                                                                 {"urgent", "false"},
                                                                 {"card", "622202*********2222"},
                                                                 {"nan", "N**"}};
  CHECK(masked_events(two_events())[0].with.facts == unknown);
  flowchart chart = example::chart();
  form f{form_id{"表"}, "表", {}, ""};
  f.fields = {{.id = "name", .personal = personal_kind::name}, {.id = "nan"}};
  chart.forms = {f};
  const auto facts = masked_events(two_events(), &chart)[0].with.facts;
  CHECK(facts[1].second == "欧**");
  CHECK(facts[5].second == "Nan"); // the chart has it, and says that it is nobody's
}

TEST_CASE("a history that lacks its first events tells nothing that people wrote") {
  const std::vector<event> all = two_events();
  const std::vector<event> shown = masked_events({&all[1], 1});
  CHECK(shown[0].with.opinion.starts_with("李*"));
  CHECK(shown[0].with.opinion.find("王") == std::string::npos);
}
