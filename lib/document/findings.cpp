#include "document/findings.hpp"

#include <algorithm>
#include <utility>

namespace banli::detail {

void findings::add(error e) {
  if (full()) return cut();
  if (said_.emplace(e.where, e.code, e.message.en).second) list_.push_back(std::move(e));
}

void findings::add(problems all) {
  for (error& e : all) add(std::move(e));
}

problems findings::take() {
  std::stable_sort(list_.begin(), list_.end(),
                   [](const error& a, const error& b) { return a.where < b.where; });
  if (cut_)
    list_.push_back(make_error(errc::limit_exceeded,
                               "there are more than {} problems: mend these and check again",
                               "问题超过 {} 个:请改正以上问题后再检查", most_));
  cut_ = false;
  return std::exchange(list_, {});
}

} // namespace banli::detail
