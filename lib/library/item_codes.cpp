// Giving codes: the next number of a series, above all that the library ever gave.
#include <map>
#include <utility>

#include <banli/library/item_library.hpp>

namespace banli {

/// Numbers for series of codes, above all that a library ever gave.
class item_library::code_book {
 public:
  explicit code_book(const item_library& lib) : lib_(&lib) {}

  result<item_id> next(const code_series& of, const service_item& item) {
    if (of.scheme == nullptr)
      return make_error(errc::missing_field, "no scheme of codes is given", "未指定编码规则");
    const auto values = detail::split_body(*of.scheme, {of.body, item.type});
    if (!values) return values.error();
    auto [at, fresh] = series_.try_emplace(of.scheme, *of.scheme);
    if (fresh)
      for (const auto& [code, n] : lib_->codes_) at->second.use(code.text());
    auto code = at->second.next(*values);
    if (!code) return code.error();
    return item_id{*std::move(code)};
  }

 private:
  const item_library* lib_;
  std::map<const code_scheme*, code_allocator> series_;
};

result<item_id> item_library::assign_code(entry_number n, const item_actor& actor, instant when,
                                          const code_series& of) {
  code_book book{*this};
  return assign_code(n, actor, when,
                     code_source{[&](const service_item& item) { return book.next(of, item); }});
}

std::vector<batch_verdict> item_library::assign_codes(std::span<const entry_number> entries,
                                                      const item_actor& actor, instant when,
                                                      const series_source& series) {
  code_book book{*this};
  const code_source next = [&](const service_item& item) -> result<item_id> {
    const auto of = series(item);
    if (!of) return of.error();
    return book.next(*of, item);
  };
  std::vector<batch_verdict> out;
  for (const entry_number n : entries) {
    batch_verdict& v = out.emplace_back();
    v.entry = n;
    if (auto code = assign_code(n, actor, when, next)) {
      v.code = *std::move(code);
      v.state = open_version(n)->state;
    } else {
      v.found.push_back(std::move(code).error());
    }
  }
  return out;
}

} // namespace banli
