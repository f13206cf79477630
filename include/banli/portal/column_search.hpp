// column_search.hpp — finding a service by words (栏目内信息检索).
//
//   column_search search{column};
//   search.find("社会团体登记要什么材料")->hits[0].item;      // 62052400MZ-XK-0001
//   search.find("食品")->hits[0].excerpt;                 // …从事食品销售和餐饮服务…
//
// Chinese has no blanks between words, so a text is cut into pairs of neighbouring characters
// (社团 开办 …); letters and digits stay together as words, small, half-width. What is found holds
// at least a quarter of the pairs that were asked for. It is ranked by BM25 (k1 = 1.2, b = 0.75)
// over the parts of an item, a pair in its name counting five times; equal scores stand in the
// order of the column. A question of one character finds whatever holds it. A pair that stands
// nowhere may be a short form: it counts for items that have its characters in their name, in that
// order (社团 of 社会团体).
//
// Each item is one text: its name and code, what it means, conditions, materials, forms, questions,
// laws. Where it was found is said by the part in which the most of the question stands.
//
// The hard case is a question nobody meant as words: longer than a limit it is refused, and signs
// alone find nothing.
//
// Source: 国办函〔2011〕99号, guide (在专栏内设信息检索栏); S. Robertson, H. Zaragoza, The
// Probabilistic Relevance Framework: BM25 and Beyond (2009).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/portal/service_column.hpp>

namespace banli {

struct search_limits {
  std::size_t question_characters = 200;
  std::size_t hits = 1'000;
  std::size_t text_characters = 1'000'000; ///< of one item; what is beyond is not searched
  std::size_t excerpt_characters = 40;
};

/// One item that was found.
struct search_hit {
  std::size_t index = 0; ///< position in the column
  item_id item{};
  std::string name{};
  std::string part{};    ///< where: 事项名称, 受理条件, 申请材料 …
  std::string excerpt{}; ///< what stands there, shortened
  double score = 0;
};

struct search_result {
  std::vector<search_hit> hits{}; ///< the best first
  std::size_t found = 0;          ///< with those beyond the limit
};

class column_search {
 public:
  explicit column_search(const service_column& column, const search_limits& limits = {});

  /// The best `most` hits. Errors: limit_exceeded, bad_utf8.
  result<search_result> find(std::string_view question, std::size_t most = 20) const;

 private:
  struct part {
    std::string_view name;
    std::string text;
  };
  struct posting {
    std::uint32_t item = 0;
    std::uint32_t count = 0; ///< weighted
  };
  struct item_text {
    item_id code;
    std::string name;
    std::vector<part> parts;
    double length = 0;
  };

  void add(const service_column& column, const service_item& item);
  /// The items whose name a pair may shorten.
  std::vector<posting> shortened(const std::string& pair) const;
  search_hit hit(std::size_t index, double score, const std::vector<std::string>& terms) const;

  search_limits limits_;
  std::vector<item_text> items_;
  std::unordered_map<std::string, std::vector<posting>> postings_;
  double mean_length_ = 1;
};

} // namespace banli
