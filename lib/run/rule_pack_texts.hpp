// rule_pack_texts.hpp — the documents of share/rules, as the build has put them into the library.
#pragma once

#include <string_view>

namespace banli::detail {

extern const std::string_view supervision_pack_text;
extern const std::string_view unit_month_pack_text;
extern const std::string_view orders_pack_text;
extern const std::string_view disclosure_pack_text;

} // namespace banli::detail
