// `banli score`: who stands where, and what every point is for.
#include <algorithm>
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "files.hpp"
#include "open_store.hpp"
#include <banli/assessment/assess.hpp>
#include <banli/assessment/record_sources.hpp>
#include <banli/document/scoring_file.hpp>
#include <banli/run/office_figures.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

class score_teller {
 public:
  score_teller(const score_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    const auto window = read_window(a_.window);
    if (!window) return fail(window.error(), a_.in, to_, exit_usage);
    std::tie(from_, until_) = *window;
    const scheme_file f = load_scheme(a_.scheme);
    if (!f.good()) return refuse(f.found);
    if (int code = read_tables(); code != exit_done) return code;
    if (int code = read_store(); code != exit_done) return code;
    assessment_question asked{from_, until_, records_, evaluations_, subjects_, {}};
    asked.counts = [this](day from, day until) { return counts(from, until); };
    const auto done = assess(*f.scheme, asked);
    if (!done) return fail(done.error(), a_.in, to_);
    print(*f.scheme, *done);
    return exit_done;
  }

 private:
  int refuse(const problems& found) const {
    banli::print(found, a_.in, to_);
    return exit_for(found.front());
  }

  /// Reads one table and hands it to a reader; problems are collected.
  template <class Read>
  void table(const std::string& path, problems& found, Read read) {
    const auto bytes = read_bytes(path);
    if (bytes)
      read(*bytes);
    else
      found.push_back(bytes.error());
  }

  int read_tables() {
    problems found;
    for (const std::string& path : a_.records)
      table(path, found, [&](const std::string& bytes) {
        std::ranges::move(read_records(bytes, path, found), std::back_inserter(records_));
      });
    for (const std::string& path : a_.evaluations)
      table(path, found, [&](const std::string& bytes) {
        std::ranges::move(read_evaluations(bytes, path, found), std::back_inserter(evaluations_));
      });
    if (!a_.counts.empty())
      table(a_.counts, found,
            [&](const std::string& bytes) { counts_ = read_counts(bytes, a_.counts, found); });
    return found.empty() ? exit_done : refuse(found);
  }

  int read_store() {
    std::ranges::move(records_of(std::span<const evaluation>{evaluations_}),
                      std::back_inserter(records_));
    if (a_.store.empty()) return exit_done;
    const configuration config = load_with_former(a_.configuration, a_.former);
    if (!config.good()) return refuse(config.found);
    const auto store = open_kept_store(a_.store);
    if (!store) return fail(store.error(), a_.in, to_);
    auto all = measure_office(config, **store, instant{until_} - std::chrono::seconds{1});
    if (!all) return fail(all.error(), a_.in, to_);
    for (const error& e : all->left_out) to_.err << to_string(e, a_.in) << '\n';
    std::ranges::move(all->records, std::back_inserter(records_));
    cases_ = std::move(all->cases);
    return exit_done;
  }

  subject_counts counts(day from, day until) const {
    subject_counts out = counts_of(cases_, from, until);
    for (const auto& [who, counts] : counts_)
      for (const auto& [name, n] : counts) out[who][name] = n;
    return out;
  }

  bool wanted(const std::string& subject) const {
    return a_.subjects.empty() || std::ranges::find(a_.subjects, subject) != a_.subjects.end();
  }

  void print(const compiled_scheme& scheme, const assessment& done) const {
    if (a_.json) return json(done);
    ranking shown = done.places;
    std::erase_if(shown.places, [&](const ranked& r) { return !wanted(r.subject); });
    const data_table t = ranking_table(scheme, shown, done.scores);
    if (a_.csv) return void(to_.out << to_csv(a_.explain ? points(done) : t, a_.in));
    to_.out << to_text(t, a_.in);
    for (const consequence_met& c : done.consequences)
      if (wanted(c.subject)) to_.out << c.name.in(a_.in) << "  " << c.subject << '\n';
    if (!a_.explain) return;
    for (const auto& of : done.period_scores)
      for (const score& s : of)
        if (wanted(s.subject)) to_.out << '\n' << to_text(s, a_.in);
  }

  data_table points(const assessment& done) const {
    std::vector<score> shown;
    for (const auto& of : done.period_scores)
      std::ranges::copy_if(of, std::back_inserter(shown),
                           [this](const score& s) { return wanted(s.subject); });
    return point_table(shown);
  }

  void json(const assessment& done) const {
    boost::json::array periods, places, met;
    for (const auto& of : done.period_scores)
      for (const score& s : of)
        if (wanted(s.subject)) periods.push_back(boost::json::parse(to_json(s)));
    for (const ranked& r : done.places.places)
      if (wanted(r.subject))
        places.push_back(boost::json::object{{"rank", r.rank},
                                             {"subject", r.subject},
                                             {"total", to_string(r.total)},
                                             {"vetoed", r.vetoed}});
    for (const consequence_met& c : done.consequences)
      if (wanted(c.subject))
        met.push_back(boost::json::object{{"id", c.id},
                                          {"name", {{"en", c.name.en}, {"zh", c.name.zh}}},
                                          {"subject", c.subject}});
    to_.out << boost::json::serialize(boost::json::object{{"ranking", std::move(places)},
                                                          {"consequences", std::move(met)},
                                                          {"scores", std::move(periods)}})
            << '\n';
  }

  const score_arguments& a_;
  const console& to_;
  day from_{};
  day until_{};
  std::vector<score_record> records_;
  std::vector<evaluation> evaluations_;
  std::vector<case_figures> cases_;
  subject_counts counts_;
  std::set<std::string> subjects_;
};

} // namespace

int score_command(const score_arguments& a, const console& to) { return score_teller{a, to}.run(); }

} // namespace banli
