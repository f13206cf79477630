// The next code, and codes that stand twice (code_scheme.hpp); include that one.
#pragma once

#include <banli/item/code_scheme.hpp>

namespace banli {

namespace detail {

/// Values of the fields, from a code that was read.
inline code_values values_of(const parsed_code& code) {
  code_values out;
  std::size_t i = 0;
  for (const code_field& f : code.scheme->fields()) {
    if (!f.fixed() && f.meaning != code_meaning::number)
      out.emplace(f.name, std::string{code.part(i)});
    ++i;
  }
  return out;
}

/// All parts but the number, with something between that no part holds.
inline std::string series_of(const code_scheme& scheme, const parsed_code& code) {
  std::string key;
  std::size_t i = 0;
  for (const code_field& f : scheme.fields()) {
    if (!f.fixed() && f.meaning != code_meaning::number) key += code.part(i);
    key += '\n';
    ++i;
  }
  return key;
}

/// The body, taken apart by the fields before the type.
inline result<code_values> split_body(const code_scheme& scheme, const code_owner& owner) {
  code_values out;
  std::string_view rest = owner.body;
  for (const code_field& f : scheme.fields()) {
    if (f.fixed()) continue;
    if (f.meaning == code_meaning::type) {
      if (!rest.empty()) break;
      out.emplace(f.name, std::string{owner.type});
      return out;
    }
    const auto size = static_cast<std::size_t>(f.most);
    if (f.least != f.most || rest.size() < size) break;
    out.emplace(f.name, std::string{rest.substr(0, size)});
    rest.remove_prefix(size);
  }
  return make_error(errc::bad_item_code, "body '{}' does not fit the scheme {}",
                    "主体编码“{}”不符合编码规则 {}", owner.body, scheme.id());
}

} // namespace detail

inline void code_allocator::take(counter& c, std::int64_t number) const {
  c.highest = std::max(c.highest, number);
  if (gaps_ == code_gaps::leave) return;
  auto after = c.taken.upper_bound(number);
  if (after != c.taken.begin()) {
    const auto before = std::prev(after);
    if (before->second >= number) return;
    if (before->second + 1 == number) {
      before->second = number;
      number = before->first;
    }
  }
  std::int64_t last = std::max(number, c.taken.contains(number) ? c.taken[number] : number);
  if (after != c.taken.end() && after->first == last + 1) {
    last = after->second;
    c.taken.erase(after);
  }
  c.taken[number] = last;
}

inline std::int64_t code_allocator::free_in(const counter& c) const {
  if (gaps_ == code_gaps::leave) return c.highest + 1;
  return c.taken.empty() || c.taken.begin()->first > 1 ? 1 : c.taken.begin()->second + 1;
}

inline bool code_allocator::use(std::string_view code) {
  const auto read = parse_code(*scheme_, code);
  if (!read) return false;
  take(counters_[detail::series_of(*scheme_, *read)], read->number);
  return true;
}

inline result<std::string> code_allocator::next(const code_values& values) {
  if (scheme_->highest() == 0)
    return make_error(errc::bad_value, "codes of the scheme {} are not counted",
                      "编码规则 {} 没有序号", scheme_->id());
  const auto first = format(*scheme_, values, 1);
  if (!first) return first;
  counter& c = counters_[detail::series_of(*scheme_, *parse_code(*scheme_, *first))];
  const std::int64_t number = free_in(c);
  if (number > scheme_->highest())
    return make_error(errc::code_exhausted, "all numbers up to {} after {} are used",
                      "自 {1} 起至 {0} 的序号已用完", scheme_->highest(), *first);
  result<std::string> code = format(*scheme_, values, number);
  if (code) take(c, number);
  return code;
}

inline result<std::string> next_code(const code_scheme& scheme, std::span<const std::string> used,
                                     const code_values& values, code_gaps gaps) {
  code_allocator a{scheme, gaps};
  for (const std::string& code : used) a.use(code);
  return a.next(values);
}

inline result<std::string> next_code(const code_scheme& scheme, std::span<const std::string> used,
                                     const code_owner& owner, code_gaps gaps) {
  const auto values = detail::split_body(scheme, owner);
  if (!values) return values.error();
  return next_code(scheme, used, *values, gaps);
}

inline std::vector<code_repeated> repeated_codes(std::span<const std::string_view> codes) {
  std::unordered_map<std::string_view, std::size_t> first;
  std::unordered_map<std::string_view, std::size_t> entry;
  std::vector<code_repeated> out;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i].empty()) continue;
    const auto [seen, added] = first.try_emplace(codes[i], i);
    if (added) continue;
    const auto [place_of, fresh] = entry.try_emplace(codes[i], out.size());
    if (fresh) out.push_back({codes[i], {seen->second}});
    out[place_of->second].at.push_back(i);
  }
  std::ranges::sort(out, {}, [](const code_repeated& r) { return r.at.front(); });
  return out;
}

inline problems check_unique(std::span<const std::string_view> codes, const locator& where) {
  problems found;
  for (const code_repeated& r : repeated_codes(codes))
    for (std::size_t k = 1; k < r.at.size(); ++k)
      found.push_back(
          at(make_error(errc::duplicate_code, "code {} stands at {} already, and again at {}",
                        "编码 {} 已用于第 {} 项,又用于第 {} 项", r.code, r.at.front() + 1,
                        r.at[k] + 1),
             where(fmt::format("/{}/code", r.at[k]))));
  return found;
}

} // namespace banli
