// The canonical text of an event, in both directions.
//
// Writing is by hand, because the bytes are what the hash chain covers: they may not change with
// the version of a JSON library. Reading is Boost.JSON's; what was read is written again and
// compared, so that no second spelling of an event is ever accepted.
#include <banli/engine/event_version.hpp>

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>

#include <banli/time/text.hpp>

#include "base/byte_words.hpp"
#include "details_members.hpp"
#include "event_names.hpp"

namespace banli {

namespace {

namespace json = boost::json;

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

error corrupt(std::string_view en, std::string_view zh) {
  return make_error(errc::store_corrupt, "a stored event cannot be read: {0}",
                    "存储的事件无法读取:{1}", en, zh);
}

/// Collects members of one JSON object; the first that is wrong is remembered.
class reader {
 public:
  explicit reader(const json::object& o) : object_(&o) {}

  std::optional<std::string_view> text(std::string_view name) {
    const json::value* v = object_->if_contains(name);
    if (!v) return std::nullopt;
    if (const json::string* s = v->if_string()) return std::string_view{s->data(), s->size()};
    good_ = false;
    return std::nullopt;
  }

  std::optional<std::int64_t> number(std::string_view name) {
    const json::value* v = object_->if_contains(name);
    const std::int64_t* n = v ? v->if_int64() : nullptr;
    if (!n) good_ = false;
    return n ? std::optional{*n} : std::nullopt;
  }

  const json::object* object(std::string_view name) const {
    const json::value* v = object_->if_contains(name);
    return v ? v->if_object() : nullptr;
  }

  const json::array* array(std::string_view name) const {
    const json::value* v = object_->if_contains(name);
    return v ? v->if_array() : nullptr;
  }

  /// Stores what a parse function makes of a member, if the member is there.
  template <class T, class Parse>
  void parsed(std::string_view name, T& into, Parse parse) {
    const auto s = text(name);
    if (!s) return;
    if (auto value = parse(*s))
      into = *value;
    else
      good_ = false;
  }

  void fail() { good_ = false; }
  bool good() const { return good_; }

 private:
  const json::object* object_;
  bool good_ = true;
};

std::optional<limit_unit> unit_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(limit_unit::yearly_date); ++i)
    if (to_string(static_cast<limit_unit>(i)) == name) return static_cast<limit_unit>(i);
  return std::nullopt;
}

bool read_limit(const json::object& o, details& d) {
  reader r{o};
  time_limit limit;
  const auto count = r.number("count");
  r.parsed("unit", limit.unit, unit_named);
  if (!r.good() || !std::in_range<int>(*count)) return false;
  limit.count = static_cast<int>(*count);
  d.limit = limit;
  return true;
}

bool read_pairs(const json::array& pairs, text_pairs& into) {
  into.reserve(pairs.size());
  for (const json::value& v : pairs) {
    const json::array* pair = v.if_array();
    if (!pair || pair->size() != 2) return false;
    const json::string* name = (*pair)[0].if_string();
    const json::string* value = (*pair)[1].if_string();
    if (!name || !value) return false;
    into.emplace_back(std::string{name->data(), name->size()},
                      std::string{value->data(), value->size()});
  }
  return true;
}

bool read_application(const json::object& o, details& d) {
  reader r{o};
  application& a = d.application.emplace();
  detail::each_application_text(a, [&](std::string_view name, std::string& member) {
    if (const auto s = r.text(name)) member = *s;
  });
  return r.good();
}

/// The texts of an array, if it holds nothing else.
std::optional<std::vector<std::string>> texts_of(const json::value& v) {
  const json::array* all = v.if_array();
  if (!all) return std::nullopt;
  std::vector<std::string> out;
  for (const json::value& each : *all) {
    const json::string* s = each.if_string();
    if (!s) return std::nullopt;
    out.emplace_back(s->data(), s->size());
  }
  return out;
}

bool read_reviews(const json::array& all, details& d) {
  for (const json::value& v : all) {
    auto line = texts_of(v);
    if (!line || line->size() < 2 || line->size() > 3) return false;
    const auto standing = parse_material_standing((*line)[1]);
    if (!standing) return false;
    d.reviews.push_back({std::move((*line)[0]), *standing,
                         line->size() == 3 ? std::move((*line)[2]) : std::string{}});
  }
  return true;
}

bool read_details(const json::object& o, details& d) {
  reader r{o};
  detail::each_text(d, [&](std::string_view name, auto& member) {
    if (const auto s = r.text(name)) detail::assign(member, *s);
  });
  r.parsed("channel", d.by, parse_channel);
  r.parsed("result", d.result, parse_case_result);
  r.parsed("received", d.received, parse_day);
  if (const json::object* limit = r.object("limit"); limit && !read_limit(*limit, d)) r.fail();
  const auto pairs = [&](std::string_view name, text_pairs& into) {
    if (const json::array* all = r.array(name); all && !read_pairs(*all, into)) r.fail();
  };
  pairs("facts", d.facts);
  pairs("moves", d.moves);
  pairs("flags", d.flags);
  r.parsed("recorded", d.recorded, parse_instant);
  r.parsed("until", d.until, parse_day);
  if (const json::object* a = r.object("application"); a && !read_application(*a, d)) r.fail();
  if (const json::value* v = o.if_contains("attachments")) {
    if (auto names = texts_of(*v))
      d.attachments = std::move(*names);
    else
      r.fail();
  }
  if (const json::array* all = r.array("reviews"); all && !read_reviews(*all, d)) r.fail();
  return r.good();
}

bool read_event(const json::object& o, event& e) {
  reader r{o};
  const auto number = r.number("number");
  if (!number || !std::in_range<std::uint32_t>(*number)) return false;
  e.number = static_cast<std::uint32_t>(*number);
  r.parsed("request", e.request, [](std::string_view s) { return std::optional{request_id{s}}; });
  r.parsed("what", e.what, detail::event_kind_named);
  r.parsed("at", e.at, parse_instant);
  r.parsed("actor", e.actor, [](std::string_view s) { return std::optional{person_id{s}}; });
  const json::object* with = r.object("with");
  return r.good() && (!with || read_details(*with, e.with));
}

/// An event that says it is of a version this banli does not know.
std::optional<error> newer_version(const json::value& v) {
  const json::value* said = v.is_object() ? v.get_object().if_contains("version") : nullptr;
  if (!said || !said->is_int64() || said->get_int64() <= newest_event_version) return std::nullopt;
  return make_error(
      errc::store_newer, "an event has version {} of its words; this banli knows up to {}",
      "事件的词汇版本是 {},此版 banli 只支持到 {}", said->get_int64(), newest_event_version);
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

result<event> parse_event(std::string_view text) {
  std::array<unsigned char, 4096> buffer; // NOLINT: filled by the parser
  json::monotonic_resource memory{buffer.data(), buffer.size()};
  json::parse_options options;
  options.max_depth = 5; // an event, its details, facts, a pair
  json::error_code failed;
  const json::value v = json::parse(text, failed, &memory, options);
  if (failed) return corrupt("it is no JSON", "不是 JSON");
  event e;
  if (const auto newer = newer_version(v)) return *newer;
  if (!v.is_object() || !read_event(v.get_object(), e))
    return corrupt("a member is missing or wrong", "成员缺失或有误");
  if (to_json(e) != text) return corrupt("it is not in canonical form", "不是规范形式");
  return e;
}

} // namespace banli
