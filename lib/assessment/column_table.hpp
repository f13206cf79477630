// column_table.hpp — a data_table, column by column and then cell by cell.
//
//   column_table t{"channels", {"Complaints", "投诉"}};
//   t.words({"channel", "Channel", "渠道"});
//   t.whole({"received", "Received", "受理"});
//   t.put("phone"); t.put(3);            // a row, in the order of the columns
//   std::move(t).take();
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <banli/assessment/data_table.hpp>

namespace banli::detail {

struct column_name {
  std::string_view name;
  std::string_view en;
  std::string_view zh;
};

class column_table {
 public:
  column_table(std::string_view name, text title)
      : table_{std::string{name}, std::move(title), {}} {}

  void words(const column_name& n) { add(n, std::vector<std::string>{}); }
  void whole(const column_name& n) { add(n, std::vector<std::int64_t>{}); }
  void real(const column_name& n) { add(n, std::vector<double>{}); }

  void put(std::string_view word) { cells<std::string>().emplace_back(word); }
  void put(std::int64_t n) { cells<std::int64_t>().push_back(n); }
  void put(std::size_t n) { put(static_cast<std::int64_t>(n)); }
  void put(double n) { cells<double>().push_back(n); }

  data_table take() && { return std::move(table_); }

 private:
  template <class Cells>
  void add(const column_name& n, Cells empty) {
    table_.columns.push_back(
        {std::string{n.name}, {std::string{n.en}, std::string{n.zh}}, std::move(empty)});
  }

  template <class T>
  std::vector<T>& cells() {
    data_column& c = table_.columns[next_];
    next_ = (next_ + 1) % table_.columns.size();
    return std::get<std::vector<T>>(c.cells);
  }

  data_table table_;
  std::size_t next_ = 0;
};

} // namespace banli::detail
