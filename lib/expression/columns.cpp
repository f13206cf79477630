#include <banli/expression/columns.hpp>

#include <algorithm>
#include <unordered_map>

#include "column_parts.hpp"
#include "column_program.hpp"

namespace banli {

using detail::cel::column_parts;

namespace detail::cel {

namespace {

value list_of(const column_parts& c, std::size_t row) {
  value::elements all;
  const auto* offsets = c.as<std::int64_t>();
  for (std::int64_t e = offsets[row]; e < offsets[row + 1]; ++e) {
    const auto at = static_cast<std::size_t>(e);
    if (!c.elements.empty()) {
      all.push_back(value_in(c.elements.front().parts(), at).value_or(value()));
      continue;
    }
    value::entries fields;
    for (const auto& [name, of] : c.fields)
      if (auto v = value_in(of.parts(), at)) fields.emplace_back(name, std::move(*v));
    all.push_back(value::map(std::move(fields)));
  }
  return value::list(std::move(all));
}

timestamp moment(std::int64_t ticks, std::int64_t per_second) {
  std::int64_t second = ticks / per_second;
  std::int64_t rest = ticks % per_second;
  if (rest < 0) {
    rest += per_second;
    --second;
  }
  return {instant{std::chrono::seconds{second}},
          std::chrono::nanoseconds{rest * (1'000'000'000 / per_second)}};
}

} // namespace

std::optional<value> value_in(const column_parts& c, std::size_t row) {
  if (c.is_missing(row)) return std::nullopt;
  switch (c.of) {
  case column::kind::ints: return value(c.as<std::int64_t>()[row]);
  case column::kind::uints: return value(c.as<std::uint64_t>()[row]);
  case column::kind::reals: return value(c.as<double>()[row]);
  case column::kind::bools: return value(c.as<std::uint8_t>()[row] != 0);
  case column::kind::words: {
    const std::int32_t code = c.as<std::int32_t>()[row];
    if (code < 0) return std::nullopt;
    return c.dictionary[static_cast<std::size_t>(code)];
  }
  case column::kind::timestamps: return value(moment(c.as<std::int64_t>()[row], c.per_second));
  case column::kind::durations: return value(std::chrono::nanoseconds{c.as<std::int64_t>()[row]});
  case column::kind::lists: return list_of(c, row);
  default: return c.held;
  }
}

namespace {

/// One case as the scalar reads it.
class row_facts final : public activation {
 public:
  row_facts(const case_columns& cases, std::size_t row) : cases_(cases), row_(row) {}
  reading read(field_ref field) const override {
    const column* c = cases_.find(field.path);
    if (!c) return reading::missing();
    return {value_in(c->parts(), row_), std::nullopt, clock_course::irregular};
  }
  std::optional<instant> reaches(field_ref, const value&) const override { return std::nullopt; }

 private:
  const case_columns& cases_;
  std::size_t row_;
};

} // namespace

} // namespace detail::cel

// --- columns

namespace {

template <class T>
std::shared_ptr<column_parts> parts_of(column::kind of, std::span<const T> data) {
  auto p = std::make_shared<column_parts>();
  p->of = of;
  p->size = data.size();
  p->data = data.data();
  return p;
}

void take_dictionary(column_parts& p, std::vector<std::string> words) {
  for (std::string& w : words) {
    p.longest_text = std::max(p.longest_text, w.size());
    p.dictionary.emplace_back(std::move(w));
  }
}

std::shared_ptr<column_parts> lists_of(std::span<const std::int64_t> offsets) {
  auto p = parts_of(column::kind::lists, offsets);
  p->size = offsets.empty() ? 0 : offsets.size() - 1;
  return p;
}

} // namespace

column column::ints(std::span<const std::int64_t> v) { return column{parts_of(kind::ints, v)}; }
column column::uints(std::span<const std::uint64_t> v) { return column{parts_of(kind::uints, v)}; }
column column::reals(std::span<const double> v) { return column{parts_of(kind::reals, v)}; }
column column::bools(std::span<const std::uint8_t> v) { return column{parts_of(kind::bools, v)}; }

column column::words(std::span<const std::int32_t> codes, std::vector<std::string> dictionary) {
  auto p = parts_of(kind::words, codes);
  take_dictionary(*p, std::move(dictionary));
  return column{std::move(p)};
}

column column::texts(std::span<const std::int64_t> offsets, std::string_view bytes) {
  auto codes = std::make_shared<std::vector<std::int32_t>>();
  std::unordered_map<std::string_view, std::int32_t> known;
  std::vector<std::string> words;
  bool good = true;
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
    good = offsets[i] >= 0 && offsets[i] <= offsets[i + 1] &&
           offsets[i + 1] <= static_cast<std::int64_t>(bytes.size());
    if (!good) break;
    const auto word = bytes.substr(static_cast<std::size_t>(offsets[i]),
                                   static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
    const auto [at, fresh] = known.try_emplace(word, static_cast<std::int32_t>(words.size()));
    if (fresh) words.emplace_back(word);
    codes->push_back(at->second);
  }
  auto p = parts_of(kind::words, std::span<const std::int32_t>(*codes));
  if (!good) p->per_second = 0; // add() says so
  p->owned = codes;
  take_dictionary(*p, std::move(words));
  return column{std::move(p)};
}

column column::timestamps(std::span<const std::int64_t> ticks, std::int64_t per_second) {
  auto p = parts_of(kind::timestamps, ticks);
  p->per_second = per_second;
  return column{std::move(p)};
}

column column::durations(std::span<const std::int64_t> v) {
  return column{parts_of(kind::durations, v)};
}

column column::lists(std::span<const std::int64_t> offsets, column elements) {
  auto p = lists_of(offsets);
  p->elements.push_back(std::move(elements));
  return column{std::move(p)};
}

column column::lists(std::span<const std::int64_t> offsets,
                     std::vector<std::pair<std::string, column>> fields) {
  auto p = lists_of(offsets);
  p->fields = std::move(fields);
  return column{std::move(p)};
}

column column::same(value v) {
  auto p = std::make_shared<column_parts>();
  p->held = std::move(v);
  return column{std::move(p)};
}

column column::missing(std::span<const std::uint8_t> mask) const {
  auto p = std::make_shared<column_parts>(*parts_);
  p->mask = mask;
  return column{std::move(p)};
}

// --- cases

namespace {

error bad(std::string_view path, std::string_view en, std::string_view zh) {
  return make_error(errc::bad_value, "column {0}: {1}", "列 {0}:{2}", path, en, zh);
}

/// Codes lie in the dictionary wherever they are read. Those below a mask may be anything; they
/// become "missing" in a copy, so that nobody has to look at the mask first.
result<column> judged_words(const std::string& path, column c) {
  const column_parts& p = c.parts();
  const auto top = static_cast<std::int32_t>(p.dictionary.size());
  const std::span<const std::int32_t> codes(p.as<std::int32_t>(), p.size);
  bool repair = false;
  bool holes = false;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    holes = holes || codes[i] < 0;
    if (codes[i] >= -1 && codes[i] < top) continue;
    if (codes[i] >= top && !p.is_missing(i))
      return bad(path, "a position outside the dictionary", "位置超出词典范围");
    repair = true;
  }
  if (!repair && !holes) return c;
  auto made = std::make_shared<column_parts>(p);
  made->holes = true;
  if (repair) {
    auto owned = std::make_shared<std::vector<std::int32_t>>(codes.begin(), codes.end());
    for (std::int32_t& code : *owned)
      if (code < 0 || code >= top) code = -1;
    made->data = owned->data();
    made->owned = std::move(owned);
  }
  return column_parts::column_of(std::move(made));
}

result<column> judged(const std::string& path, column c, std::optional<std::size_t> rows);

result<column> judged_list(const std::string& path, column c) {
  const column_parts& p = c.parts();
  const auto* offsets = p.as<std::int64_t>();
  std::uint64_t longest = 0;
  for (std::size_t i = 0; i < p.size; ++i) {
    if (offsets[i] < 0 || offsets[i] > offsets[i + 1])
      return bad(path, "offsets descend", "偏移未按升序排列");
    longest = std::max(longest, static_cast<std::uint64_t>(offsets[i + 1] - offsets[i]));
  }
  const auto end = p.size == 0 ? 0 : static_cast<std::size_t>(offsets[p.size]);
  auto fresh = std::make_shared<column_parts>(p);
  fresh->longest_list = longest;
  std::vector<std::pair<std::string, column*>> inner;
  for (auto& [name, of] : fresh->fields) inner.emplace_back(path + "." + name, &of);
  for (column& of : fresh->elements) inner.emplace_back(path + "[]", &of);
  for (auto& [name, of] : inner) {
    auto good = judged(name, *of, std::nullopt);
    if (!good) return good;
    if (of->parts().of != column::kind::same && of->parts().size < end)
      return bad(name, "offsets leave the elements", "偏移超出元素范围");
    *of = std::move(*good);
  }
  return column_parts::column_of(std::move(fresh));
}

result<column> judged(const std::string& path, column c, std::optional<std::size_t> rows) {
  const column_parts& p = c.parts();
  if (p.of == column::kind::same) return c;
  const bool torn = p.of == column::kind::words && p.per_second == 0;
  if (torn) return bad(path, "offsets leave the bytes", "偏移超出字节范围");
  if (rows && p.size != *rows) return bad(path, "of another length", "长度不一致");
  if (!p.mask.empty() && p.mask.size() != p.size)
    return bad(path, "its mask is of another length", "掩码长度不一致");
  const std::int64_t unit = p.per_second;
  if (p.of == column::kind::timestamps && unit != 1 && unit != 1'000 && unit != 1'000'000 &&
      unit != 1'000'000'000)
    return bad(path, "ticks of an unknown unit", "时间单位未知");
  if (p.of == column::kind::words) return judged_words(path, std::move(c));
  if (p.of == column::kind::lists) return judged_list(path, std::move(c));
  return c;
}

} // namespace

result<void> case_columns::add(std::string path, column c) {
  auto good = judged(path, std::move(c), rows_);
  if (!good) return good.error();
  columns_.insert_or_assign(std::move(path), std::move(*good));
  return {};
}

const column* case_columns::find(std::string_view path) const {
  const auto at = columns_.find(path);
  return at == columns_.end() ? nullptr : &at->second;
}

// --- evaluation

outcome outcome_at(const program& p, const case_columns& cases, std::size_t row,
                   const evaluation_limits& limits) {
  return p.evaluate(detail::cel::row_facts(cases, row), limits);
}

reasoning reasoning_at(const program& p, const case_columns& cases, std::size_t row,
                       const evaluation_limits& limits) {
  return p.explain(detail::cel::row_facts(cases, row), limits);
}

namespace {

/// Puts one outcome where it belongs; false: its kind is not that of the answers so far.
bool put(const outcome& o, std::size_t row, column_outcome& out) {
  if (o.is != outcome::state::value) {
    out.verdicts[row] =
        o.is == outcome::state::error ? column_verdict::error : column_verdict::unknown;
    return true;
  }
  if (out.of != type_kind::dyn && o.value.kind() != out.of) return false;
  out.verdicts[row] = column_verdict::yes;
  switch (out.of) {
  case type_kind::boolean:
    out.verdicts[row] = *o.value.as_bool() ? column_verdict::yes : column_verdict::no;
    break;
  case type_kind::integer: out.ints[row] = *o.value.as_int(); break;
  case type_kind::uinteger: out.uints[row] = *o.value.as_uint(); break;
  case type_kind::real: out.reals[row] = *o.value.as_double(); break;
  default: out.others[row] = o.value;
  }
  return true;
}

void shape(column_outcome& out, type_kind of, std::size_t rows) {
  const bool number =
      of == type_kind::integer || of == type_kind::uinteger || of == type_kind::real;
  out.of = number || of == type_kind::boolean ? of : type_kind::dyn;
  out.verdicts.resize(rows);
  out.ints.resize(of == type_kind::integer ? rows : 0);
  out.uints.resize(of == type_kind::uinteger ? rows : 0);
  out.reals.resize(of == type_kind::real ? rows : 0);
  out.others.clear();
  if (out.of == type_kind::dyn) out.others.resize(rows);
}

bool row_by_row(const program& p, const case_columns& cases, const evaluation_limits& limits,
                column_outcome& out) {
  for (std::size_t row = 0; row < cases.rows(); ++row)
    if (!put(outcome_at(p, cases, row, limits), row, out)) return false;
  return true;
}

/// What an expression of unknown type turns out to give: the kind of the first value.
type_kind kind_found(const program& p, const case_columns& cases, const evaluation_limits& limits) {
  for (std::size_t row = 0; row < cases.rows(); ++row) {
    const outcome o = outcome_at(p, cases, row, limits);
    if (o.is == outcome::state::value) return o.value.kind();
  }
  return type_kind::boolean;
}

} // namespace

void evaluate_columns(const program& p, const case_columns& cases, column_outcome& out,
                      const evaluation_limits& limits) {
  const auto& plan = detail::cel::plan::of_program(p);
  if (auto blocks = detail::cel::column_program::make(plan, cases)) {
    out.in_blocks = true;
    shape(out, blocks->gives(), cases.rows());
    blocks->run(out, limits.cost,
                [&](std::size_t row) { put(outcome_at(p, cases, row, limits), row, out); });
    return;
  }
  out.in_blocks = false;
  const type_kind given = p.gives().kind();
  shape(out, given == type_kind::dyn ? kind_found(p, cases, limits) : given, cases.rows());
  if (row_by_row(p, cases, limits, out)) return;
  shape(out, type_kind::dyn, cases.rows());
  row_by_row(p, cases, limits, out);
}

} // namespace banli
