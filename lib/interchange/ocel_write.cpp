// A process log as OCEL 2.0 in JSON.
#include <map>
#include <set>

#include <boost/json.hpp>

#include "process_log_form.hpp"

namespace banli::detail {

namespace {

namespace json = boost::json;

class ocel final : public process_log_form {
 public:
  explicit ocel(process_log_options options) : options_(std::move(options)) {}

  void add(const told_case& c) override {
    // Identifiers of objects are one space of names for all types.
    const std::string id = "case " + c.id.text(), item = "item " + c.item.text();
    items_.insert(item);
    objects_.push_back(json::object{
        {"id", id},
        {"type", "case"},
        {"relationships",
         json::array{json::object{{"objectId", item}, {"qualifier", "is a case of"}}}}});
    for (const event& e : c.events) add(e, id, item);
  }

  std::string take() override {
    json::array event_types;
    for (const auto& [name, attributes] : types_) {
      json::array declared;
      for (const std::string& a : attributes)
        declared.push_back(json::object{{"name", a}, {"type", "string"}});
      event_types.push_back(json::object{{"name", name}, {"attributes", std::move(declared)}});
    }
    json::array object_types;
    for (const char* type : {"case", "item", "person"})
      object_types.push_back(json::object{{"name", type}, {"attributes", json::array{}}});
    for (const std::string& i : items_)
      objects_.push_back(json::object{{"id", i}, {"type", "item"}});
    for (const std::string& p : people_)
      objects_.push_back(json::object{{"id", p}, {"type", "person"}});
    return json::serialize(json::object{{"objectTypes", std::move(object_types)},
                                        {"eventTypes", std::move(event_types)},
                                        {"objects", std::move(objects_)},
                                        {"events", std::move(events_)}}) +
           '\n';
  }

 private:
  void add(const event& e, const std::string& id, const std::string& item) {
    std::set<std::string>& declared = types_[activity_of(e)];
    json::array attributes;
    const auto put = [&](std::string_view name, std::string_view value) {
      declared.emplace(name);
      attributes.push_back(json::object{{"name", name}, {"value", value}});
    };
    put("request", e.request.text());
    put("event", to_string(e.what));
    each_told(e.with, options_.details, put);
    json::array related{json::object{{"objectId", id}, {"qualifier", "case"}},
                        json::object{{"objectId", item}, {"qualifier", "item"}}};
    const auto relate = [&](const person_id& who, const char* as) {
      if (who.empty()) return;
      const std::string person = "person " + who.text();
      people_.insert(person);
      related.push_back(json::object{{"objectId", person}, {"qualifier", as}});
    };
    relate(e.actor, "actor");
    relate(e.with.to_person, "receiver");
    events_.push_back(json::object{{"id", fmt::format("{} {}", id, e.number)},
                                   {"type", activity_of(e)},
                                   {"time", time_of(e, options_)},
                                   {"attributes", std::move(attributes)},
                                   {"relationships", std::move(related)}});
  }

  process_log_options options_;
  std::map<std::string, std::set<std::string>> types_; ///< attributes of each activity
  std::set<std::string> items_, people_;
  json::array objects_, events_;
};

} // namespace

std::unique_ptr<process_log_form> ocel_form(process_log_options options) {
  return std::make_unique<ocel>(std::move(options));
}

} // namespace banli::detail
