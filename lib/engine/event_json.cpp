// The canonical text of an event, in both directions.
//
// Writing is by hand, because the bytes are what the hash chain covers: they may not change with
// the version of a JSON library. Reading goes through the same members in the same order; what was
// read is written again and compared, so that no second spelling of an event is ever accepted.
#include <banli/engine/event_version.hpp>

#include <algorithm>
#include <charconv>

#include <banli/time/text.hpp>

#include "base/byte_words.hpp"
#include "canonical_reader.hpp"
#include "details_members.hpp"
#include "event_names.hpp"
#include "event_text.hpp"

namespace banli {

namespace {

/// Writes one JSON object. Escapes are the shortest that RFC 8259 has; everything from space on but
/// '"' and '\' stands for itself. What is written waits in a buffer, for it is many short pieces.
class writer {
 public:
  explicit writer(std::string& to) : to_(to) {}

  void text(std::string_view s) {
    put('"');
    if (detail::needs_no_escape(s))
      put(s);
    else
      escaped(s);
    put('"');
    follows_ = true;
  }

  void number(std::int64_t n) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr;
    put(std::string_view{digits.data(), end});
    follows_ = true;
  }

  /// As to_text() has it, without texts of its own: every event has one.
  void instant(banli::instant t) {
    const auto date = to_ymd(day_of(t));
    const std::chrono::hh_mm_ss clock{time_of_day(t)};
    const auto year = static_cast<int>(date.year());
    if (year < 1 || year > 9999) return text(to_text(t)); // which no store takes
    put('"');
    two_digits(year / 100);
    two_digits(year % 100);
    for (const auto& [mark, n] :
         {std::pair{'-', static_cast<int>(static_cast<unsigned>(date.month()))},
          std::pair{'-', static_cast<int>(static_cast<unsigned>(date.day()))},
          std::pair{'T', static_cast<int>(clock.hours().count())},
          std::pair{':', static_cast<int>(clock.minutes().count())},
          std::pair{':', static_cast<int>(clock.seconds().count())}}) {
      put(mark);
      two_digits(n);
    }
    put('"');
    follows_ = true;
  }

  /// The name of a member. Names need no escapes.
  void member(std::string_view name) {
    separate();
    put('"');
    put(name);
    put("\":");
    follows_ = false;
  }

  void open(char bracket) {
    separate();
    put(bracket);
    follows_ = false;
  }

  void close(char bracket) {
    put(bracket);
    follows_ = true;
  }

  /// Text as an element of an array.
  void element(std::string_view s) {
    separate();
    text(s);
  }

  /// The name of a member and the object that it is, if that gets a member.
  void open_later(std::string_view name) { later_ = name; }

  /// Ends that object, if it was opened.
  void close_opened() {
    if (later_.empty()) close('}');
    later_ = {};
  }

  /// Hands over what is in the buffer.
  void flush() {
    to_.append(buffer_.data(), used_);
    used_ = 0;
  }

 private:
  void separate() {
    if (!later_.empty()) {
      const std::string_view name = std::exchange(later_, {});
      member(name);
      open('{');
    }
    if (follows_) put(',');
  }

  void two_digits(int n) {
    put(static_cast<char>('0' + n / 10));
    put(static_cast<char>('0' + n % 10));
  }

  void escaped(std::string_view s) {
    for (const char c : s) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x20 && c != '"' && c != '\\')
        put(c);
      else
        escape(byte);
    }
  }

  void escape(unsigned char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '"': return put("\\\"");
    case '\\': return put("\\\\");
    case '\b': return put("\\b");
    case '\f': return put("\\f");
    case '\n': return put("\\n");
    case '\r': return put("\\r");
    case '\t': return put("\\t");
    default: break;
    }
    put("\\u00");
    put(digits[c >> 4U]);
    put(digits[c & 0xFU]);
  }

  void put(char c) {
    if (used_ == buffer_.size()) flush();
    buffer_[used_++] = c;
  }

  void put(std::string_view s) {
    if (s.size() > buffer_.size() - used_) {
      flush();
      if (s.size() > buffer_.size()) {
        to_ += s;
        return;
      }
    }
    std::copy(s.begin(), s.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += s.size();
  }

  std::string& to_;
  std::array<char, 1024> buffer_; // NOLINT: filled as far as it is used
  std::size_t used_ = 0;
  bool follows_ = false;     ///< a comma comes before what is next
  std::string_view later_{}; ///< of open_later()
};

using text_pairs = std::vector<std::pair<std::string, std::string>>;

void write_pairs(writer& w, std::string_view name, const text_pairs& pairs) {
  if (pairs.empty()) return;
  w.member(name);
  w.open('[');
  for (const auto& [first, second] : pairs) {
    w.open('[');
    w.element(first);
    w.element(second);
    w.close(']');
  }
  w.close(']');
}

void write_application(writer& w, const application& a) {
  w.member("application");
  w.open('{');
  detail::each_application_text(a, [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    w.member(name);
    w.text(value);
  });
  w.close('}');
}

void write_attachments(writer& w, const details& d) {
  w.member("attachments");
  w.open('[');
  for (const std::string& name : d.attachments) w.element(name);
  w.close(']');
}

void write_reviews(writer& w, const details& d) {
  w.member("reviews");
  w.open('[');
  for (const material_review& r : d.reviews) {
    w.open('[');
    w.element(r.material);
    w.element(to_string(r.standing));
    if (!r.reason.empty()) w.element(r.reason);
    w.close(']');
  }
  w.close(']');
}

/// Nothing at all where nothing is said.
void write_details(writer& w, const details& d) {
  w.open_later("with");
  const auto put = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    w.member(name);
    w.text(value);
  };
  detail::each_text(d,
                    [&](std::string_view name, const auto& m) { put(name, detail::text_of(m)); });
  if (d.by) put("channel", to_string(*d.by));
  if (d.result) put("result", to_string(*d.result));
  if (d.received) put("received", to_text(*d.received));
  if (d.limit) {
    w.member("limit");
    w.open('{');
    w.member("count");
    w.number(d.limit->count);
    put("unit", to_string(d.limit->unit));
    w.close('}');
  }
  write_pairs(w, "facts", d.facts);
  if (d.recorded) put("recorded", to_text(*d.recorded));
  if (d.until) put("until", to_text(*d.until));
  if (d.application) write_application(w, *d.application);
  if (!d.attachments.empty()) write_attachments(w, d);
  if (!d.reviews.empty()) write_reviews(w, d);
  write_pairs(w, "moves", d.moves);
  write_pairs(w, "flags", d.flags);
  w.close_opened();
}

void read_pairs(detail::canonical_reader& in, std::string_view name, text_pairs& into) {
  if (!in.member(name)) return;
  in.open('[');
  while (in.element()) {
    in.open('[');
    auto& [first, second] = into.emplace_back();
    for (std::string* each : {&first, &second})
      if (in.element()) *each = in.text();
    in.close(']');
  }
}

void read_application(detail::canonical_reader& in, details& d) {
  application& a = d.application.emplace();
  in.open('{');
  detail::each_application_text(a, [&](std::string_view name, std::string& member) {
    if (in.member(name)) member = in.text();
  });
  in.close('}');
}

void read_reviews(detail::canonical_reader& in, details& d) {
  in.open('[');
  while (in.element()) {
    in.open('[');
    material_review& r = d.reviews.emplace_back();
    if (in.element()) r.material = in.text();
    if (in.element()) in.parsed(r.standing, parse_material_standing);
    if (!in.element()) continue; // there is no reason
    r.reason = in.text();
    in.close(']');
  }
}

std::optional<limit_unit> unit_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(limit_unit::yearly_date); ++i)
    if (to_string(static_cast<limit_unit>(i)) == name) return static_cast<limit_unit>(i);
  return std::nullopt;
}

void read_limit(detail::canonical_reader& in, details& d) {
  time_limit& limit = d.limit.emplace();
  in.open('{');
  if (in.member("count")) in.number(limit.count);
  if (in.member("unit")) in.parsed(limit.unit, unit_named);
  in.close('}');
}

/// In the order of write_details.
void read_details(detail::canonical_reader& in, details& d) {
  in.open('{');
  detail::each_text(d, [&](std::string_view name, auto& member) {
    if (in.member(name)) detail::assign(member, in.text());
  });
  if (in.member("channel")) in.parsed(d.by, parse_channel);
  if (in.member("result")) in.parsed(d.result, parse_case_result);
  if (in.member("received")) in.parsed(d.received, parse_day);
  if (in.member("limit")) read_limit(in, d);
  read_pairs(in, "facts", d.facts);
  if (in.member("recorded")) in.parsed(d.recorded, parse_instant);
  if (in.member("until")) in.parsed(d.until, parse_day);
  if (in.member("application")) read_application(in, d);
  if (in.member("attachments")) {
    in.open('[');
    while (in.element()) d.attachments.emplace_back(in.text());
  }
  if (in.member("reviews")) read_reviews(in, d);
  read_pairs(in, "moves", d.moves);
  read_pairs(in, "flags", d.flags);
  in.close('}');
}

/// An event of a version this banli does not know: what follows the version means nothing to it.
error newer_version(std::int64_t version) {
  return make_error(errc::store_newer,
                    "an event has version {} of its words; this banli knows up to {}",
                    "事件的词汇版本是 {},此版 banli 只支持到 {}", version, newest_event_version);
}

/// Where a text is another than what would be written of the event that was read from it.
error not_canonical(std::string_view text, std::string_view written) {
  const auto at = std::ranges::mismatch(text, written).in1 - text.begin();
  return make_error(errc::store_corrupt,
                    "a stored event cannot be read: it is not in canonical form at byte {}",
                    "存储的事件无法读取:第 {} 字节不符合规范形式", at + 1);
}

/// In the order of append_json. Whether the text says what the event says is not asked.
std::optional<error> read_members(detail::canonical_reader& in, event& e) {
  in.open('{');
  if (in.member("number")) in.number(e.number);
  if (in.member("request")) detail::assign(e.request, in.text());
  if (in.member("version"))
    if (const std::int64_t said = in.number(); said > newest_event_version)
      return newer_version(said);
  if (in.member("what")) in.parsed(e.what, detail::event_kind_named);
  if (in.member("at")) in.parsed(e.at, parse_instant);
  if (in.member("actor")) detail::assign(e.actor, in.text());
  if (in.member("with")) read_details(in, e.with);
  in.close('}');
  return std::nullopt;
}

} // namespace

void append_json(const event& e, std::string& to) {
  writer w{to};
  w.open('{');
  w.member("number");
  w.number(e.number);
  w.member("request");
  w.text(e.request.text());
  w.member("what");
  w.text(to_string(e.what));
  w.member("at");
  w.instant(e.at);
  w.member("actor");
  w.text(e.actor.text());
  write_details(w, e.with);
  w.close('}');
  w.flush();
}

std::string to_json(const event& e) {
  std::string out;
  append_json(e, out);
  return out;
}

std::optional<error> detail::read_event(std::string_view text, event& into) {
  canonical_reader in{text};
  if (auto newer = read_members(in, into)) return newer;
  std::string written;
  written.reserve(text.size());
  append_json(into, written);
  if (!in.finished() || written != text || !is_utf8_by_words(text))
    return not_canonical(text, written);
  return std::nullopt;
}

result<event> parse_event(std::string_view text) {
  result<event> out{boost::system::in_place_value};
  if (auto bad = detail::read_event(text, *out)) out = std::move(*bad);
  return out;
}

} // namespace banli
