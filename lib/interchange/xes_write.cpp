// A process log as XES: a document of the schema of IEEE 1849-2016, which has no target namespace,
// so that its elements are in none.
#include <algorithm>
#include <set>

#include <banli/base/utf8.hpp>

#include "process_log_form.hpp"
#include "xml_writer.hpp"

namespace banli::detail {

namespace {

/// Whether a Name may begin with it, whichever edition of XML 1.0 is asked: the fourth (which XML
/// Schema 1.0 goes by) knows fewer letters than the fifth.
constexpr bool begins_names(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) || (c >= 0x4E00 && c <= 0x9FA5);
}

constexpr bool in_names(char32_t c) {
  return begins_names(c) || (c >= '0' && c <= '9') || c == ':' || c == '.' || c == '-' || c == 0xB7;
}

/// A text as a Name: "金额（元）" is "金额_元_", "1号" is "_1号".
std::string name_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const decoded d = decode(text, i);
    if (out.empty() && !begins_names(d.point)) out += '_';
    if (in_names(d.point))
      out += text.substr(i, d.size);
    else if (out != "_")
      out += '_';
    i += std::max<std::size_t>(d.size, 1);
  }
  return out;
}

/// A text without what has no place in XML 1.0: control characters, U+FFFE and U+FFFF, and bytes
/// that are no UTF-8.
std::string text_in_xml(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const decoded d = decode(text, i);
    const bool outside = (d.point < 0x20 && d.point != '\t' && d.point != '\n') ||
                         d.point == 0xFFFE || d.point == 0xFFFF;
    out += outside ? std::string_view{"\xEF\xBF\xBD"} : text.substr(i, d.size);
    i += std::max<std::size_t>(d.size, 1);
  }
  return out;
}

class xes final : public process_log_form {
 public:
  explicit xes(process_log_options options) : options_(std::move(options)) {
    xml_.open("log").attribute("xes.version", "1849.2016").attribute("xes.features", "");
    extension("Concept", "concept");
    extension("Time", "time");
    extension("Organizational", "org");
    extension("Lifecycle", "lifecycle");
    xml_.open("global").attribute("scope", "trace");
    string("concept:name", "?");
    xml_.close().open("global").attribute("scope", "event");
    string("concept:name", "?");
    date("time:timestamp", "1970-01-01T00:00:00" + options_.offset);
    string("lifecycle:transition", "complete");
    xml_.close();
    xml_.open("classifier")
        .attribute("name", "Activity")
        .attribute("scope", "event")
        .attribute("keys", "concept:name")
        .close();
    if (!options_.name.empty()) string("concept:name", options_.name);
  }

  void add(const told_case& c) override {
    xml_.open("trace");
    string("concept:name", c.id.text());
    string("item", c.item.text());
    for (const event& e : c.events) add(e);
    xml_.close();
  }

  std::string take() override { return std::move(xml_).take(); }

 private:
  void add(const event& e) {
    xml_.open("event");
    string("concept:name", activity_of(e));
    date("time:timestamp", time_of(e, options_));
    string("lifecycle:transition", "complete");
    if (!e.actor.empty()) string("org:resource", e.actor.text());
    number("number", e.number);
    string("request", e.request.text());
    string("event", to_string(e.what));
    std::set<std::string> keys;
    each_told(e.with, options_.details, [&](std::string_view name, std::string_view value) {
      std::string key = name_of(name);
      for (int n = 2; !keys.insert(key).second; ++n) key = fmt::format("{}_{}", name_of(name), n);
      string(key, value);
    });
    xml_.close();
  }

  void extension(std::string_view name, std::string_view prefix) {
    xml_.open("extension")
        .attribute("name", name)
        .attribute("prefix", prefix)
        .attribute("uri", fmt::format("http://www.xes-standard.org/{}.xesext", prefix))
        .close();
  }

  void attribute(std::string_view type, std::string_view key, std::string_view value) {
    xml_.open(type).attribute("key", key).attribute("value", text_in_xml(value)).close();
  }
  void string(std::string_view key, std::string_view value) { attribute("string", key, value); }
  void date(std::string_view key, std::string_view value) { attribute("date", key, value); }
  void number(std::string_view key, std::uint32_t value) {
    attribute("int", key, std::to_string(value));
  }

  process_log_options options_;
  xml_writer xml_;
};

} // namespace

std::unique_ptr<process_log_form> xes_form(process_log_options options) {
  return std::make_unique<xes>(std::move(options));
}

} // namespace banli::detail
