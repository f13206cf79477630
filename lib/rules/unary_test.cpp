#include "unary_test.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <banli/base/nearest.hpp>
#include <banli/base/utf8.hpp>
#include <banli/expression/bound_values.hpp>

namespace banli::detail::tables {

namespace {

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The part of a cell from one byte to another, without the blanks around it.
table_cell part(const table_cell& cell, std::size_t from, std::size_t to) {
  while (from < to && blank(cell.source[from])) ++from;
  while (to > from && blank(cell.source[to - 1])) --to;
  return {cell.source.substr(from, to - from), within(cell, from)};
}

/// Walks over a text, outside quotes; f(offset, depth of brackets) returns false to stop.
template <class F>
void outside_quotes(std::string_view s, F f) {
  char quote = 0;
  int depth = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (quote != 0) {
      if (c == '\\')
        ++i;
      else if (c == quote)
        quote = 0;
      continue;
    }
    if (c == '"' || c == '\'') quote = c;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (!f(i, depth)) return;
    if (c == '(' || c == '[' || c == '{') ++depth;
  }
}

compile_options at_place(const place& where, const expression_limits& limits) {
  compile_options how;
  how.base = where;
  how.limits = limits;
  return how;
}

class test_reader {
 public:
  test_reader(const column_view& column, problems& found) : column_(column), found_(found) {}

  unary_test read(const table_cell& cell) {
    table_cell whole = part(cell, 0, cell.source.size());
    unary_test out;
    if (whole.source.empty() || whole.source == "-") {
      out.intervals = {interval{}};
      return out;
    }
    if (const auto inner = negation(whole)) {
      out.negated = true;
      whole = *inner;
    }
    const std::vector<table_cell> parts = split_tests(whole);
    if (parts.size() > column_.tests)
      return refuse(make_error(errc::limit_exceeded, "a cell has more than {} tests",
                               "一个单元格的条件超过 {} 个", column_.tests),
                    whole.where);
    const std::size_t before = found_.size();
    for (const table_cell& t : parts) one(t);
    if (found_.size() != before) return {};
    if (!opaque_) {
      out.intervals = std::move(intervals_);
      return out;
    }
    return condition(parts, out.negated, whole);
  }

 private:
  unary_test refuse(error e, const place& where) {
    found_.push_back(at(std::move(e), where));
    return {};
  }

  /// What stands in not(…), if the whole cell is that.
  static std::optional<table_cell> negation(const table_cell& cell) {
    const std::string_view s = cell.source;
    if (!s.starts_with("not(") || s.back() != ')') return std::nullopt;
    std::size_t closes = 0;
    outside_quotes(s, [&](std::size_t i, int depth) {
      if (s[i] == ')' && depth == 0) closes = i;
      return closes == 0;
    });
    if (closes + 1 != s.size()) return std::nullopt;
    return part(cell, 4, s.size() - 1);
  }

  void one(const table_cell& t) {
    if (t.source.empty())
      found_.push_back(at(make_error(errc::syntax_error, "there is nothing between two commas",
                                     "两个逗号之间没有内容"),
                          t.where));
    else if (t.source == "-")
      found_.push_back(at(make_error(errc::bad_value, "'-' means anything, and stands alone",
                                     "“-”表示任意,只能单独使用"),
                          t.where));
    else if (!listed(t) && !comparison(t) && !range(t))
      plain(t);
  }

  /// A listed text without its quotes.
  bool listed(const table_cell& t) {
    if (std::ranges::find(column_.listed, t.source) == column_.listed.end()) return false;
    add(interval::only(value{t.source}), fmt::format("_ == {}", to_text(value{t.source})));
    return true;
  }

  bool comparison(const table_cell& t) {
    static constexpr std::array<std::string_view, 6> signs{"<=", ">=", "==", "!=", "<", ">"};
    for (const std::string_view sign : signs) {
      if (!t.source.starts_with(sign)) continue;
      const table_cell side = part(t, sign.size(), t.source.size());
      const auto bound = operand(side);
      const std::string source = fmt::format("_ {} ({})", sign, side.source);
      if (sign != "==" && sign != "!=" && !ordered(t)) return true;
      if (!bound) return opaque(source), true;
      if (sign == "==") add(interval::only(*bound), source);
      if (sign == "<" || sign == "<=") add({std::nullopt, *bound, false, sign == "<="}, source);
      if (sign == ">" || sign == ">=") add({*bound, std::nullopt, sign == ">=", false}, source);
      if (sign == "!=") {
        add({std::nullopt, *bound, false, false}, source);
        intervals_.push_back({*bound, std::nullopt, false, false});
      }
      return true;
    }
    return false;
  }

  bool range(const table_cell& t) {
    const std::string_view s = t.source;
    if (s.size() < 4 || (s.front() != '[' && s.front() != '(') ||
        (s.back() != ']' && s.back() != ')'))
      return false;
    std::size_t dots = std::string_view::npos;
    outside_quotes(s, [&](std::size_t i, int depth) {
      if (depth == 1 && s.substr(i, 2) == "..") dots = i;
      return dots == std::string_view::npos;
    });
    if (dots == std::string_view::npos) return false;
    const table_cell from = part(t, 1, dots);
    const table_cell to = part(t, dots + 2, s.size() - 1);
    const auto low = operand(from);
    const auto high = operand(to);
    const std::string source = fmt::format("_ {} ({}) && _ {} ({})", s.front() == '[' ? ">=" : ">",
                                           from.source, s.back() == ']' ? "<=" : "<", to.source);
    if (!ordered(t)) return true;
    if (!low || !high) return opaque(source), true;
    const auto order = compare(*low, *high);
    if (order && *order > 0)
      found_.push_back(at(
          make_error(errc::bad_value, "the interval ends before it begins", "区间的终点在起点之前"),
          t.where));
    add({*low, *high, s.front() == '[', s.back() == ']'}, source);
    return true;
  }

  /// Whether the column has an order that a test may ask for.
  bool ordered(const table_cell& t) {
    if (!column_.of.is(type_kind::enumeration)) return true;
    found_.push_back(at(make_error(errc::type_mismatch, "texts out of a list have no order",
                                   "列举的文字没有大小之分"),
                        t.where));
    return false;
  }

  /// A value, a list of values, or an expression.
  void plain(const table_cell& t) {
    if (const auto v = constant(t.source, column_.limits)) {
      if (const auto* all = v->as_list(); all && !column_.of.is(type_kind::list)) {
        for (const value& e : *all) literal(e, t);
        return;
      }
      literal(*v, t);
      return;
    }
    compiled made = compile(t.source, column_.env, at_place(t.where, column_.limits));
    if (!made.program) {
      hint(made.problems, t);
      found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    } else if (made.program->gives().is(type_kind::boolean)) {
      opaque(t.source);
    } else {
      opaque(fmt::format("_ == ({})", t.source));
    }
  }

  /// A word that was meant as text: "did you mean" in the column's own values.
  void hint(problems& all, const table_cell& t) const {
    for (error& e : all)
      if (e.code == errc::unknown_identifier && !column_.listed.empty())
        e = with_hint(std::move(e), suggestion(t.source, column_.listed));
      else if (e.code == errc::unknown_identifier && column_.of.is(type_kind::string))
        e = with_hint(std::move(e), {fmt::format("; as text it is written \"{}\"", t.source),
                                     fmt::format(";作为文字应写作 \"{}\"", t.source)});
  }

  void literal(const value& v, const table_cell& t) {
    if (!fits(v, t)) return;
    add(interval::only(v), fmt::format("_ == ({})", to_text(v)));
  }

  bool fits(const value& v, const table_cell& t) {
    if (!comparable(column_.of, v)) {
      found_.push_back(at(make_error(errc::type_mismatch, "{} cannot be compared with {}",
                                     "{} 不能与 {} 比较", to_text(v), to_string(column_.of)),
                          t.where));
      return false;
    }
    const auto* s = v.as_string();
    if (s && column_.of.is(type_kind::enumeration) &&
        std::ranges::find(column_.of.values(), *s) == column_.of.values().end()) {
      found_.push_back(
          at(with_hint(make_error(errc::unknown_value, "\"{}\" is no value of this input",
                                  "“{}”不是该输入项的取值", *s),
                       suggestion(*s, column_.of.values())),
             t.where));
      return false;
    }
    return true;
  }

  /// The constant on the side of a comparison; none when it is an expression, or wrong.
  std::optional<value> operand(const table_cell& t) {
    if (const auto v = constant(t.source, column_.limits)) {
      if (fits(*v, t)) return v;
      return value{};
    }
    const compiled made = compile(t.source, column_.env, at_place(t.where, column_.limits));
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    return std::nullopt;
  }

  void add(interval i, std::string source) {
    intervals_.push_back(std::move(i));
    sources_.push_back(std::move(source));
  }

  void opaque(std::string source) {
    opaque_ = true;
    sources_.push_back(std::move(source));
  }

  /// All tests of the cell as one condition.
  unary_test condition(const std::vector<table_cell>& parts, bool negated, const table_cell& cell) {
    std::string source;
    for (const std::string& s : sources_)
      source += (source.empty() ? "" : " || ") +
                (sources_.size() == 1 && !negated ? s : fmt::format("({})", s));
    if (negated) source = fmt::format("!({})", source);
    compile_options how = at_place(cell.where, column_.limits);
    how.expected = type_kind::boolean;
    compiled made = compile(source, column_.env, how);
    const bool as_written = parts.size() == 1 && source == cell.source;
    for (error& e : made.problems) {
      if (!as_written) e.where = cell.where; // the text was put together here
      found_.push_back(std::move(e));
    }
    unary_test out;
    out.condition = std::move(made.program);
    return out;
  }

  const column_view& column_;
  problems& found_;
  std::vector<interval> intervals_;
  std::vector<std::string> sources_; ///< every test as CEL
  bool opaque_ = false;
};

} // namespace

bool interval::holds(const value& v) const {
  if (low) {
    const auto o = compare(v, *low);
    if (!o || !(*o > 0 || (low_in && *o == 0))) return false;
  }
  if (high) {
    const auto o = compare(v, *high);
    if (!o || !(*o < 0 || (high_in && *o == 0))) return false;
  }
  return true;
}

bool unary_test::holds(const value& v) const {
  return std::ranges::any_of(intervals, [&](const interval& i) { return i.holds(v); }) != negated;
}

place within(const table_cell& cell, std::size_t offset) {
  place out = cell.where;
  if (out.line < 1) return out;
  for (std::size_t i = 0; i < offset && i < cell.source.size();) {
    if (cell.source[i] == '\n') {
      ++out.line;
      out.column = 0;
    }
    i += decode_any(cell.source, i).size;
    ++out.column;
  }
  return out;
}

std::vector<table_cell> split_tests(const table_cell& cell) {
  std::vector<table_cell> out;
  std::size_t from = 0;
  outside_quotes(cell.source, [&](std::size_t i, int depth) {
    if (cell.source[i] == ',' && depth == 0) {
      out.push_back(part(cell, from, i));
      from = i + 1;
    }
    return true;
  });
  out.push_back(part(cell, from, cell.source.size()));
  return out;
}

std::optional<value> constant(std::string_view source, const expression_limits& limits) {
  static const environment nothing;
  compile_options how;
  how.limits = limits;
  const compiled made = compile(source, nothing, how);
  if (!made.program) return std::nullopt;
  outcome o = made.program->evaluate(bound_values{});
  if (o.is != outcome::state::value) return std::nullopt;
  return std::move(o.value);
}

bool comparable(const type& column, const value& v) {
  const auto number = [](type_kind k) {
    return k == type_kind::integer || k == type_kind::uinteger || k == type_kind::real;
  };
  switch (column.kind()) {
  case type_kind::dyn: return true;
  case type_kind::enumeration: return v.kind() == type_kind::string;
  default: return column.kind() == v.kind() || (number(column.kind()) && number(v.kind()));
  }
}

unary_test read_test(const table_cell& cell, const column_view& column, problems& found) {
  return test_reader{column, found}.read(cell);
}

} // namespace banli::detail::tables
