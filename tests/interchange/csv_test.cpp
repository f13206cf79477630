// csv.hpp: fields with their places, and files as they come.
#include <banli/interchange/csv.hpp>

#include <random>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace banli;

namespace {

using cell_rows = std::vector<std::vector<std::string>>;

struct reading {
  csv_table table;
  problems found;

  cell_rows cells() const {
    cell_rows out;
    for (const csv_row& r : table.rows) {
      auto& row = out.emplace_back();
      for (const csv_field& f : r.fields) row.push_back(f.text);
    }
    return out;
  }

  /// What was found, one line a problem.
  std::string said() const {
    std::string out;
    for (const error& e : found) {
      if (!out.empty()) out += '\n';
      out +=
          fmt::format("{}:{}:{} {}", e.where.file, e.where.line, e.where.column, to_string(e.code));
    }
    return out;
  }
};

reading reading_of(std::string_view text, const csv_limits& limits = {}) {
  reading r;
  r.table = read_csv(text, "f", r.found, limits);
  return r;
}

/// A table as text, quoting what must be quoted and, by chance, what need not be.
std::string write(const cell_rows& table, std::mt19937& random) {
  const auto chance = [&] { return random() % 3 == 0; };
  std::string out;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t k = 0; k < table[i].size(); ++k) {
      const std::string& s = table[i][k];
      if (k > 0) out += ',';
      const bool alone = table[i].size() == 1 && s.empty();
      if (s.find_first_of(",\"\r\n") == std::string::npos && !alone && !chance()) {
        out += s;
        continue;
      }
      out += '"';
      for (const char c : s) out += c == '"' ? std::string{"\"\""} : std::string(1, c);
      out += '"';
    }
    if (i + 1 < table.size() || chance()) out += chance() ? "\r\n" : "\n";
  }
  return out;
}

} // namespace

TEST_CASE("fields, quotes, doubled quotes, line ends in quotes") {
  const auto r = reading_of("id,name\n1,\"a \"\"b\"\"\"\r\n2,\"x,\r\ny\"\n3,\n,\"\"");
  CHECK(r.said() == "");
  CHECK(r.cells() == cell_rows{{"1", "a \"b\""}, {"2", "x,\r\ny"}, {"3", ""}, {"", ""}});
  CHECK(r.table.header.size() == 2);
  CHECK(*r.table.column("name") == 1);
  CHECK_FALSE(r.table.column("Name").has_value());
}

TEST_CASE("places count lines and characters") {
  const auto r = reading_of("\xEF\xBB\xBF编号,名称,c\n一二,\"三\n四\",x\n\n𠀀,\"\"\"\",y\n");
  REQUIRE(r.said() == "");
  const auto place_of = [&](std::size_t row, std::size_t field) {
    const csv_field& f = r.table.rows[row].fields[field];
    return std::pair{f.line, f.column};
  };
  CHECK(r.table.header[0].text == "编号");
  CHECK(r.table.header[1].column == 4);
  CHECK(r.table.rows[0].line == 2);
  CHECK(place_of(0, 1) == std::pair{2, 4});
  CHECK(place_of(0, 2) == std::pair{3, 4}); // behind the field that holds a line end
  CHECK(r.table.rows[1].line == 5);         // an empty line was passed over
  CHECK(place_of(1, 1) == std::pair{5, 3});
  CHECK(place_of(1, 2) == std::pair{5, 8});
}

TEST_CASE("everything wrong is told at once, and good rows are kept") {
  const auto r = reading_of("a,b,a\n"        // a column twice
                            "1,2\n"          // too few
                            "1,2,3\n"        // good
                            "1,2,3,4\n"      // too many
                            "1,x\"y,3\n"     // a quote inside
                            "1,\"x\"y,3\n"   // text after a quote
                            "1,\xC0\xAF,3\n" // no UTF-8
                            "1,x\ry,3\n"     // a lone carriage return
                            "4,5,6\n"
                            "7,8"); // cut off
  CHECK(r.said() == "f:1:5 duplicate-id\n"
                    "f:2:0 wrong-column-count\n"
                    "f:4:0 wrong-column-count\n"
                    "f:5:3 syntax-error\n"
                    "f:6:3 syntax-error\n"
                    "f:7:3 bad-utf8\n"
                    "f:8:3 syntax-error\n"
                    "f:10:0 truncated-file");
  CHECK(r.cells() == cell_rows{{"1", "2", "3"}, {"4", "5", "6"}});
}

TEST_CASE("a file that stops inside quotes names where they open") {
  const auto r = reading_of("a,b\n1,2\n3,\"四\n5,6\n7,8\n");
  CHECK(r.said() == "f:3:3 truncated-file");
  CHECK(r.cells() == cell_rows{{"1", "2"}});
  CHECK(reading_of("a,b\n1,\"").said() == "f:2:3 truncated-file");
  CHECK(reading_of("").said() == "f:0:0 truncated-file");
  CHECK(reading_of("\xEF\xBB\xBF").said() == "f:0:0 truncated-file");
  CHECK(reading_of("a,b").said() == ""); // names only: a table without rows
}

TEST_CASE("one column: an empty line is a row") {
  CHECK(reading_of("a\n1\n\n2\n").cells() == cell_rows{{"1"}, {""}, {"2"}});
}

TEST_CASE("limits are kept") {
  CHECK(reading_of("a,b\n1,2\n", {.bytes = 7}).said() == "f:0:0 limit-exceeded");
  CHECK(reading_of("a,b\n1,2\n3,4\n5,6\n", {.rows = 2}).said() == "f:4:0 limit-exceeded");
  CHECK(reading_of("a,b,c\n", {.columns = 2}).said() == "f:1:0 limit-exceeded");
  CHECK(reading_of("a,b\n1,\"2345\"\"6\"\n1,2\n", {.field_bytes = 4}).said() ==
        "f:2:3 limit-exceeded");
  std::string many = "a,b\n";
  for (int i = 0; i < 100; ++i) many += "1\n";
  const auto r = reading_of(many, {.problems = 3});
  CHECK(r.found.size() == 4);
  CHECK(r.found.back().code == errc::limit_exceeded);
}

TEST_CASE("what was written is read") {
  std::mt19937 random{7};
  CHECK(rc::check([&] {
    const auto piece = rc::gen::element<std::string>("a", "b", ",", "\"", "\n", "\r\n", "\r", " ",
                                                     "审", "𠀀", "=");
    const auto cell =
        rc::gen::map(rc::gen::container<cell_rows::value_type>(piece), [](const auto& p) {
          std::string s;
          for (const auto& one : p) s += one;
          return s;
        });
    const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
    cell_rows table(1);
    for (std::size_t i = 0; i < columns; ++i) table[0].push_back(fmt::format("c{}", i));
    for (std::size_t n = *rc::gen::inRange<std::size_t>(0, 6); n > 0; --n)
      table.push_back(*rc::gen::container<cell_rows::value_type>(columns, cell));
    const auto r = reading_of(write(table, random));
    RC_ASSERT(r.said() == "");
    table.erase(table.begin());
    RC_ASSERT(r.cells() == table);
  }));
}

TEST_CASE("no bytes whatever break the reader, and all it keeps has the shape of the header") {
  std::mt19937 random{20'240'102};
  constexpr std::string_view alphabet = ",,,\"\"\n\n\rab1\xE5\xAE\xA1\xFF\x80\xEF\xBB\xBF";
  for (int round = 0; round < 20'000; ++round) {
    std::string s(random() % 60, '\0');
    for (char& c : s)
      c = round % 2 == 0 ? alphabet[random() % alphabet.size()] : static_cast<char>(random());
    const auto r = reading_of(s, {.field_bytes = 20, .problems = 5});
    REQUIRE(r.found.size() <= 6);
    for (const csv_row& row : r.table.rows) {
      REQUIRE(row.fields.size() == r.table.header.size());
      for (const csv_field& f : row.fields) REQUIRE(f.text.size() <= 20);
    }
    for (const error& e : r.found) REQUIRE(e.where.file == "f");
  }
}
