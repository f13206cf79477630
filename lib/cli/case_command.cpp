// `banli case show|history|restore|explain`.
#include <ostream>

#include "commands.hpp"
#include "kept_ring.hpp"
#include <banli/drawing/masked_event.hpp>
#include <banli/run/case_view.hpp>
#include <banli/supervision/supervision_act.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

class case_printer {
 public:
  case_printer(const case_arguments& a, const console& to) : a_(a), to_(to) {}

  int run(std::string_view command) {
    if (const auto wrong = read_instants()) return fail(*wrong, exit_usage);
    if (command == "history") return history();
    const configuration config = load_configuration(a_.configuration);
    if (!config.good()) {
      print(config.found, a_.in, to_);
      return exit_for(config.found.front());
    }
    const auto store = open_kept_store(a_.store, a_.ring);
    if (!store) return fail(store.error());
    const auto v = view_case(config, **store, case_id{a_.id}, when_);
    if (!v) return fail(v.error());
    if (command == "explain")
      to_.out << limits_text(*v, a_.in);
    else
      to_.out << (a_.json ? state_json(*v) + '\n' : state_text(*v, a_.in));
    return exit_done;
  }

 private:
  std::optional<error> read_instants() {
    if (!a_.at.empty()) {
      const auto t = parse_instant(a_.at);
      if (!t) return at(t.error(), {"--at", 0, 0});
      when_.emplace(*t);
    }
    if (!a_.known.empty()) {
      const auto t = parse_instant(a_.known);
      if (!t) return at(t.error(), {"--known", 0, 0});
      when_.emplace(when_ ? when_->at : *t, *t);
    }
    return std::nullopt;
  }

  int history() {
    const auto store = open_kept_store(a_.store, a_.ring);
    if (!store) return fail(store.error());
    auto events = (*store)->load(case_id{a_.id});
    if (!events) return fail(events.error());
    if (events->empty())
      return fail(make_error(errc::unknown_reference, "there is no case '{}' in the store",
                             "数据文件中没有办件“{}”", a_.id));
    const auto kept = (*store)->find(case_id{a_.id});
    if (!kept) return fail(kept.error());
    if ((*kept)->item.text() == complaint_item)
      return fail(make_error(errc::not_permitted,
                             "who complained is not for everybody: ask 'banli complaint'",
                             "投诉人信息须保密,请使用 banli complaint"));
    if (when_) events->resize(known_history(*events, *when_).size());
    if (!a_.json) to_.out << history_text(*events, a_.in);
    if (a_.json)
      for (const event& e : a_.personal ? *std::move(events) : masked_events(*events))
        to_.out << to_json(e) << '\n';
    return exit_done;
  }

  int fail(const error& e, int code) const {
    to_.err << to_string(e, a_.in) << '\n';
    return code;
  }
  int fail(const error& e) const { return fail(e, exit_for(e)); }

  const case_arguments& a_;
  const console& to_;
  std::optional<as_of> when_;
};

} // namespace

int case_command(std::string_view command, const case_arguments& a, const console& to) {
  return case_printer{a, to}.run(command);
}

} // namespace banli
