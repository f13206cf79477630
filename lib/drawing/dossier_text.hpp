// dossier_text.hpp — free text of a case file with the personal data in it masked.
//
// An applicant's name stands in its own field, but also in reasons, opinions and messages that
// people write. `confidential` knows the names of a case and masks them wherever they turn up;
// numbers of eleven digits and more (identity card, telephone, account) are masked as well.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace banli::detail {

class confidential {
 public:
  /// A name to be masked. A single character is not, for it is in every other word.
  void add(std::string_view name);
  /// The text with every name and number masked; not yet escaped.
  std::string in(std::string_view said) const;

 private:
  std::vector<std::string> names_; // longer ones first: 王小明 before 王小
};

} // namespace banli::detail
