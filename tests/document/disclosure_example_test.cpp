// The duties of two municipal websites, shipped as an example, are those of the shared table.
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include <banli/document/configuration.hpp>
#include <banli/interchange/csv.hpp>

namespace {

using namespace banli;

TEST_CASE("the shipped duties load, and make columns") {
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/disclosure/duties.yaml");
  for (const error& e : c.found) MESSAGE(to_string(e, language::en));
  REQUIRE(c.duties.size() == 208);
  CHECK(column_tree(c.duties).columns.size() > 10);
}

TEST_CASE("the shipped duties are those of the shared table, row for row") {
  std::ifstream in{BANLI_SHARED_DIR "/data/domain/disclosure_duties.csv", std::ios::binary};
  if (!in) {
    MESSAGE("skipped: the shared table is not here");
    return;
  }
  std::stringstream text;
  text << in.rdbuf();
  problems found;
  const csv_table table = read_csv(text.str(), "disclosure_duties.csv", found);
  REQUIRE(found.empty());
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/disclosure/duties.yaml");
  REQUIRE(c.duties.size() == table.rows.size());
  const auto cell = [&](std::size_t row, std::string_view column) {
    return table.rows[row].fields[table.column(column).value()].text;
  };
  for (std::size_t i = 0; i < c.duties.size(); ++i) {
    CAPTURE(i);
    CHECK(c.duties[i].column == cell(i, "column_path"));
    CHECK(c.duties[i].content == cell(i, "content"));
    CHECK(c.duties[i].unit == cell(i, "unit"));
    CHECK(to_text(c.duties[i].when) == cell(i, "normalised"));
  }
}

} // namespace
