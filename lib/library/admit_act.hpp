// What every act on a library is asked before it is done: that it is recorded after the last one,
// and within the limits.
#pragma once

#include <string_view>

#include <banli/base/result.hpp>
#include <banli/time/text.hpp>

namespace banli::detail {

/// `data` has records, each with its `when`; `limits` bound their number and the bytes of words.
/// Errors: limit_exceeded, time_backwards.
template <class Data, class Limits>
result<void> admit_act(const Data& data, const Limits& limits, instant when,
                       std::string_view words) {
  if (words.size() > limits.text_bytes)
    return make_error(errc::limit_exceeded, "the text is longer than {} bytes", "文字超过 {} 字节",
                      limits.text_bytes);
  if (data.records.size() >= limits.records)
    return make_error(errc::limit_exceeded, "more than {} records", "记录超过 {} 条",
                      limits.records);
  if (!data.records.empty() && when < data.records.back().when)
    return make_error(errc::time_backwards, "{} lies before the last act, {}",
                      "{} 早于上一次操作的时间 {}", to_text(when),
                      to_text(data.records.back().when));
  return {};
}

} // namespace banli::detail
