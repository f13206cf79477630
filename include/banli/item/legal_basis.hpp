// legal_basis.hpp — the article on which a power rests (行使依据).
//
// A power without a legal basis is void (国办函〔2011〕99号: 对没有合法依据的行政职权予以取消), so
// every item names at least one, with article and words. Several bases of different rank are listed
// from high to low: 宪法, 法律, 行政法规, 地方性法规, 规章, 规范性文件.
//
//   legal_basis{legal_rank::administrative_rule, "《社会团体登记管理条例》", "第九条", "申请成立…"}
//
// A basis may also name the law in the office's law library it was chosen from; then a change of
// that law finds the items that rest on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <banli/base/id.hpp>

namespace banli {

/// Rank of a legal text, from high to low (位阶). Bases are listed in this order.
enum class legal_rank : std::uint8_t {
  constitution,            ///< 宪法
  law,                     ///< 法律
  administrative_rule,     ///< 行政法规
  local_regulation,        ///< 地方性法规
  departmental_regulation, ///< 规章
  normative_document,      ///< 规范性文件
};

/// One article on which the power rests.
struct legal_basis {
  legal_rank rank = legal_rank::law;
  std::string title;   ///< 《社会团体登记管理条例》
  std::string article; ///< 第九条
  std::string words;   ///< what the article says
  law_id law{};        ///< its entry in the law library; empty: not from there

  friend bool operator==(const legal_basis&, const legal_basis&) = default;
};

/// The stable names used in documents ("administrative_rule"), and the office's words (行政法规).
inline std::string_view to_string(legal_rank rank);
inline std::string_view label(legal_rank rank);

} // namespace banli

#include <banli/item/detail/item_words.hpp>
