#include <banli/expression/type_text.hpp>

#include <array>
#include <utility>
#include <vector>

#include <banli/base/nearest.hpp>

namespace banli {

namespace {

constexpr std::array<std::pair<std::string_view, type_kind>, 21> plain{{
    {"bool", type_kind::boolean},
    {"int", type_kind::integer},
    {"uint", type_kind::uinteger},
    {"double", type_kind::real},
    {"string", type_kind::string},
    {"bytes", type_kind::bytes},
    {"timestamp", type_kind::timestamp},
    {"duration", type_kind::duration},
    {"null", type_kind::null},
    {"null_type", type_kind::null},
    {"dyn", type_kind::dyn},
    {"type", type_kind::type},
    {"list", type_kind::list},
    {"map", type_kind::map},
    {"optional_type", type_kind::optional},
    {"net.IP", type_kind::address},
    {"net.CIDR", type_kind::network},
    {"date", type_kind::date},
    {"calendar", type_kind::calendar},
    {"time_limit", type_kind::time_limit},
    {"decimal", type_kind::decimal},
}};

constexpr int most_brackets = 100;

class type_reader {
 public:
  explicit type_reader(std::string_view text) : text_(text) {}

  result<type> read() {
    auto t = one(0);
    if (!t) return t;
    if (at_ != text_.size()) return bad("of the text is left over", "之后有多余的文字");
    return t;
  }

 private:
  error bad(std::string_view en, std::string_view zh) const {
    return make_error(errc::bad_value, "'{0}' is no type: '{1}' {2}", "“{0}”不是类型:“{1}”{3}",
                      text_, text_.substr(at_), en, zh);
  }

  void blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool took(char c) {
    blanks();
    const bool there = at_ < text_.size() && text_[at_] == c;
    if (there) ++at_;
    blanks();
    return there;
  }

  std::string_view word() {
    blanks();
    const std::size_t from = at_;
    at_ = std::min(text_.find_first_of(" (),", at_), text_.size());
    return text_.substr(from, at_ - from);
  }

  result<type> one(int depth) {
    if (depth > most_brackets)
      return make_error(errc::limit_exceeded, "a type of more than {} brackets within each other",
                        "类型嵌套超过 {} 层", most_brackets);
    const std::string_view name = word();
    std::vector<std::string_view> names;
    for (const auto& [known, kind] : plain) {
      names.push_back(known);
      if (known != name) continue;
      blanks();
      const bool made_of =
          kind == type_kind::list || kind == type_kind::map || kind == type_kind::optional;
      return made_of && took('(') ? parts(kind, depth) : result<type>(type(kind));
    }
    return with_hint(make_error(errc::bad_value, "'{}' is no type", "“{}”不是类型", name),
                     suggestion(name, names));
  }

  result<type> parts(type_kind kind, int depth) {
    auto first = one(depth + 1);
    if (!first) return first;
    if (kind != type_kind::map) {
      if (!took(')')) return bad("should be ')'", "处应为“)”");
      return kind == type_kind::list ? type::list_of(std::move(*first))
                                     : type::optional_of(std::move(*first));
    }
    if (!took(',')) return bad("should be ','", "处应为“,”");
    auto second = one(depth + 1);
    if (!second) return second;
    if (!took(')')) return bad("should be ')'", "处应为“)”");
    return type::map_of(std::move(*first), std::move(*second));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace

result<type> parse_type(std::string_view text) { return type_reader(text).read(); }

} // namespace banli
