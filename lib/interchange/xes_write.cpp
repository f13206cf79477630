// A process log as XES.
#include "process_log_form.hpp"
#include "xml_writer.hpp"

namespace banli::detail {

namespace {

constexpr bool in_names(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ':' ||
         c == '.' || c == '-' || c == '_';
}

class xes final : public process_log_form {
 public:
  explicit xes(process_log_options options) : options_(std::move(options)) {
    xml_.open("log")
        .attribute("xes.version", "1849.2016")
        .attribute("xes.features", "")
        .attribute("xmlns", "http://www.xes-standard.org/");
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
    each_told(e.with, options_.details,
              [&](std::string_view name, std::string_view value) { string(name, value); });
    xml_.close();
  }

  void extension(std::string_view name, std::string_view prefix) {
    xml_.open("extension")
        .attribute("name", name)
        .attribute("prefix", prefix)
        .attribute("uri", fmt::format("http://www.xes-standard.org/{}.xesext", prefix))
        .close();
  }

  /// XML 1.0 has no place for control characters, and the schema wants a Name as a key.
  void attribute(std::string_view type, std::string_view key, std::string_view value) {
    std::string name{key}, text;
    for (char& c : name)
      if (static_cast<unsigned char>(c) < 0x80 && !in_names(c)) c = '_';
    for (const char c : value) {
      const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n';
      text += control ? std::string_view{"\xEF\xBF\xBD"} : std::string_view{&c, 1};
    }
    xml_.open(type).attribute("key", name).attribute("value", text).close();
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
