// message_template.hpp — "已用 {case.elapsed_workdays} 个工作日": text with expressions in braces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/activation.hpp>
#include <banli/expression/environment.hpp>
#include <banli/expression/program.hpp>

namespace banli::detail {

class message_template {
 public:
  /// {{ and }} stand for braces. Problems are added to `found`. Errors: syntax_error (a brace
  /// alone), and those of compile().
  static message_template read(std::string_view source, const environment& env,
                               const compile_options& how, problems& found);

  bool empty() const { return pieces_.empty(); }

  /// The expressions in it.
  std::vector<const program*> programs() const {
    std::vector<const program*> out;
    for (const piece& p : pieces_)
      if (p.shown) out.push_back(&*p.shown);
    return out;
  }

  /// Strings stand without quotes; what gives no value shows as "?".
  std::string fill(const activation& from, const evaluation_limits& limits) const;

 private:
  struct piece {
    std::string literal;
    std::optional<program> shown; ///< after the literal
  };
  std::vector<piece> pieces_;
};

} // namespace banli::detail
