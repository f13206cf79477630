// Sealing on the way in, opening on the way out.
#include <banli/storage/sealing_store.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <engine/personal_members.hpp>

namespace banli {

namespace {

constexpr std::string_view sealed_prefix = "sealed:1:";
constexpr std::size_t person_size = 32;

/// A sealed value in its parts.
struct sealed_text {
  sealed_person person;
  std::string_view bytes;
};

std::optional<sealed_text> parts_of(std::string_view value) {
  if (!is_sealed(value)) return std::nullopt;
  value.remove_prefix(sealed_prefix.size());
  return sealed_text{sealed_person{value.substr(0, person_size)}, value.substr(person_size + 1)};
}

/// Calls f(owner, field, member) for every personal member that is not empty; form values, and what
/// people wrote, as the rules say.
template <class Details, class F>
void each_personal(Details& d, const sealing_rules& rules, F&& f) {
  const auto put = [&](std::string_view field, auto& member) {
    if (!member.empty()) f(detail::whose::applicant, field, member);
  };
  detail::each_personal_member(d, [&](const detail::personal_member& what, auto& member) {
    f(what.owner, what.field, member);
  });
  if (rules.written == sealed_texts::all) {
    put("reason", d.reason);
    put("opinion", d.opinion);
  }
  for (auto& [name, value] : d.facts)
    if (rules.facts.contains(name)) put(fmt::format("facts/{}", name), value);
}

std::string context_of(const case_id& id, std::uint32_t number, std::string_view field) {
  return fmt::format("{}\n{}\n{}", id.text(), number, field);
}

/// The rules by which every value of an event would be sealed that can be.
sealing_rules every_rule(const details& d) {
  sealing_rules out{.facts = {}, .written = sealed_texts::all};
  for (const auto& [name, value] : d.facts) out.facts.insert(name);
  return out;
}

/// One value that is to be sealed.
struct value_to_seal {
  std::string* value;
  std::string context;
  std::size_t identity; ///< position among the identities of the batch
};

/// The identities of the people of one event, where it says them.
struct event_people {
  std::string applicant;
  std::string agent;
};

event_people people_of(const details& d) {
  event_people out;
  detail::each_identity(
      d, [&](detail::whose owner, std::string_view kind, std::string_view number) {
        if (number == erased_value) return; // nobody's any more
        (owner == detail::whose::agent ? out.agent : out.applicant) = identity_of(kind, number);
      });
  return out;
}

class sealing final : public case_store {
 public:
  sealing(std::shared_ptr<case_store> inner, std::shared_ptr<key_ring> keys, sealing_rules rules)
      : owned_(std::move(inner)), ring_(std::move(keys)), rules_(std::move(rules)) {}

  result<void> append(std::span<const append_request> batch) override {
    std::vector<std::vector<event>> copies;
    copies.reserve(batch.size());
    std::vector<value_to_seal> values;
    std::vector<std::string> identities;
    for (const append_request& r : batch) {
      copies.emplace_back(r.events.begin(), r.events.end());
      if (auto collected = collect(r.id, r.expected, copies.back(), values, identities); !collected)
        return collected;
    }
    const auto people = keys_.ensure(identities);
    if (!people) return people.error();
    for (value_to_seal& v : values) {
      const person_key& k = (*people)[v.identity];
      *v.value =
          fmt::format("{}{}:{}", sealed_prefix, k.person.text(), seal(k.key, *v.value, v.context));
    }
    std::vector<append_request> sealed{batch.begin(), batch.end()};
    for (std::size_t i = 0; i < sealed.size(); ++i) sealed[i].events = copies[i];
    return inner_.append(sealed);
  }

  result<std::vector<event>> load(const case_id& id) const override {
    auto events = inner_.load(id);
    if (!events) return events;
    for (event& e : *events)
      if (auto r = open(id, e); !r) return r.error();
    return events;
  }

  result<bool> done(const request_id& request) const override { return inner_.done(request); }
  result<std::optional<request_record>> find_request(const request_id& request) const override {
    return inner_.find_request(request);
  }
  result<std::optional<stored_case>> find(const case_id& id) const override {
    return inner_.find(id);
  }
  result<void> each(const std::function<void(const stored_case&)>& visit) const override {
    return inner_.each(visit);
  }
  result<void> each_below(std::string_view prefix,
                          const std::function<void(const stored_case&)>& visit) const override {
    return inner_.each_below(prefix, visit);
  }
  chain_digest digest() const override { return inner_.digest(); }
  result<std::uint64_t> event_count() const override { return inner_.event_count(); }
  result<std::vector<chain_fault>> verify() const override { return inner_.verify(); }
  result<std::optional<chain_fault>> verify_case(const case_id& id) const override {
    return inner_.verify_case(id);
  }
  result<void> record(std::span<const audit_entry> entries) override {
    return inner_.record(entries);
  }
  result<std::vector<audit_record>> audit_log(std::uint64_t after,
                                              std::size_t most) const override {
    return inner_.audit_log(after, most);
  }

 private:
  /// Finds what is to be sealed in the events of one append.
  result<void> collect(const case_id& id, std::uint32_t expected, std::vector<event>& events,
                       std::vector<value_to_seal>& values, std::vector<std::string>& identities) {
    event_people now; // as far as the case has said
    bool asked = expected == 0;
    std::optional<error> bad;
    for (event& e : events) {
      const event_people said = people_of(e.with);
      if (!said.applicant.empty()) now.applicant = said.applicant;
      if (!said.agent.empty()) now.agent = said.agent;
      std::vector<std::pair<detail::whose, value_to_seal>> of_event;
      each_personal(e.with, rules_,
                    [&](detail::whose owner, std::string_view field, std::string& value) {
                      if (is_sealed(value))
                        bad = make_error(errc::bad_value, "'{}' begins like a sealed value",
                                         "“{}”的开头与加密值相同", field);
                      of_event.push_back({owner, {&value, context_of(id, e.number, field), 0}});
                    });
      if (bad) return *bad;
      if (of_event.empty()) continue;
      if (now.applicant.empty() && !asked) {
        asked = true;
        if (auto r = people_so_far(id, now); !r) return r;
      }
      for (auto& [owner, v] : of_event) {
        v.identity = place_of(identity_for(owner, now, id), identities);
        values.push_back(std::move(v));
      }
    }
    return {};
  }

  static std::string identity_for(detail::whose owner, const event_people& now, const case_id& id) {
    if (owner == detail::whose::agent && !now.agent.empty()) return now.agent;
    return now.applicant.empty() ? "case " + id.text() : now.applicant;
  }

  /// Neighbours are mostly of one person.
  static std::size_t place_of(std::string identity, std::vector<std::string>& identities) {
    if (identities.empty() || identities.back() != identity)
      identities.push_back(std::move(identity));
    return identities.size() - 1;
  }

  /// What earlier events of a case said of its people, as far as their keys are there.
  result<void> people_so_far(const case_id& id, event_people& now) const {
    const auto events = load(id);
    if (!events) return events.error();
    for (const event& e : *events) {
      event_people said = people_of(e.with);
      if (!said.applicant.empty()) now.applicant = std::move(said.applicant);
      if (!said.agent.empty()) now.agent = std::move(said.agent);
    }
    return {};
  }

  /// Opens whatever is sealed, by these rules or by others.
  result<void> open(const case_id& id, event& e) const {
    std::optional<error> damaged;
    const auto one = [&](detail::whose, std::string_view field, std::string& value) {
      const auto sealed = parts_of(value);
      if (!sealed) return; // of a time before values were sealed
      const auto key = keys_.key_of(sealed->person);
      if (!key) {
        value = erased_value;
        return;
      }
      auto plain = unseal(*key, sealed->bytes, context_of(id, e.number, field));
      if (plain)
        value = std::move(*plain);
      else
        damaged = make_error(
            errc::store_corrupt, "case {}, event {}: '{}' does not open: it was changed or moved",
            "办件 {} 第 {} 个事件的“{}”无法解开:已被改动或移动", id.text(), e.number, field);
    };
    each_personal(e.with, every_rule(e.with), one);
    if (damaged) return *damaged;
    return {};
  }

  std::shared_ptr<case_store> owned_;
  std::shared_ptr<key_ring> ring_;
  case_store& inner_ = *owned_;
  key_ring& keys_ = *ring_;
  sealing_rules rules_;
};

} // namespace

std::unique_ptr<case_store> sealing_store(std::shared_ptr<case_store> inner,
                                          std::shared_ptr<key_ring> keys, sealing_rules rules) {
  return std::make_unique<sealing>(std::move(inner), std::move(keys), std::move(rules));
}

std::unique_ptr<case_store> sealing_store(case_store& inner, key_ring& keys, sealing_rules rules) {
  // Shared with nobody: they outlive the store.
  return sealing_store(std::shared_ptr<case_store>{std::shared_ptr<void>{}, &inner},
                       std::shared_ptr<key_ring>{std::shared_ptr<void>{}, &keys}, std::move(rules));
}

std::string identity_of(std::string_view certificate_kind, std::string_view number) {
  std::string out{certificate_kind};
  out += ' ';
  for (const char c : number)
    if (c != ' ' && c != '\t') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

bool is_sealed(std::string_view value) {
  if (!value.starts_with(sealed_prefix)) return false;
  value.remove_prefix(sealed_prefix.size());
  return value.size() > person_size && value[person_size] == ':';
}

std::vector<sealed_person> persons_in(const event& e) {
  std::vector<sealed_person> out;
  const auto add = [&](std::string_view value) {
    if (const auto s = parts_of(value); s && std::ranges::find(out, s->person) == out.end())
      out.push_back(s->person);
  };
  each_personal(e.with, every_rule(e.with),
                [&](detail::whose, std::string_view, const std::string& v) { add(v); });
  return out;
}

result<bool> forget(key_ring& keys, std::string_view identity, day on) {
  const auto person = keys.find(identity);
  if (!person) return false;
  if (auto r = keys.erase(*person, on); !r) return r.error();
  return true;
}

} // namespace banli
