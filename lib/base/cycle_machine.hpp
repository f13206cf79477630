// cycle_machine.hpp — what the Boost.MSM machines of fixed life cycles share: items, supervision
// orders, complaints. Only files named *_machine.cpp include it: a machine takes seconds to
// compile.
//
//   using moves = boost::mpl::vector<on<draft, submit, reviewed, by<...>>, ...>;
//   using table = joined<moves, boost::mpl::vector<start<draft>, start<reviewed>>>;
//   run<table, phases, act_count>(phase, act, roles, facts);   // one question
//   rows_of<moves, row>();                                     // the table, as data
//
// MSM numbers its states by the order of rows and is silent where we must not be. Hence our own
// codes on the states, both handlers overridden, a machine made anew for every question.
#pragma once

#include <array>
#include <cstddef>
#include <exception>
#include <utility>
#include <vector>

#include <boost/mpl/fold.hpp>
#include <boost/mpl/for_each.hpp>
#include <boost/mpl/push_back.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/type.hpp>

#include "base/cycle_step.hpp"

namespace banli::detail::cycle {

namespace msm = boost::msm;

/// An act as an event, with what its guards ask.
template <auto Act, class Roles, class Facts>
struct does {
  Roles roles;
  Facts facts;
};
/// Puts a new machine at the phase in question.
template <auto Phase>
struct begin_at {};

template <auto Phase>
struct at_phase : msm::front::state<> {
  template <class Event, class Machine>
  void on_entry(const Event&, Machine& m) {
    m.code = Phase;
  }
};
struct nowhere : msm::front::state<> {};

/// What a guard asks of the facts.
template <class Condition, auto Fact>
struct is {
  static constexpr Condition condition{Fact, Condition::wanted::yes};
};
template <class Condition, auto Fact>
struct is_not {
  static constexpr Condition condition{Fact, Condition::wanted::no};
};

template <auto From, auto Act, auto To, class Guard>
using on = msm::front::Row<at_phase<From>,
                           does<Act, typename Guard::roles_asked, typename Guard::facts_asked>,
                           at_phase<To>, msm::front::none, Guard>;
template <auto Phase>
using start =
    msm::front::Row<nowhere, begin_at<Phase>, at_phase<Phase>, msm::front::none, msm::front::none>;

/// The rows of one sequence after those of another; a vector of MPL ends at fifty.
template <class First, class Second>
using joined =
    typename boost::mpl::fold<Second, First,
                              boost::mpl::push_back<boost::mpl::_1, boost::mpl::_2>>::type;

template <class Table, class Phase>
struct front : msm::front::state_machine_def<front<Table, Phase>> {
  using initial_state = nowhere;
  using transition_table = Table;

  Phase code{};
  bool unknown = false;
  bool failed = false;

  template <class Machine, class Event>
  void no_transition(const Event&, Machine&, int) {
    unknown = true;
  }
  template <class Machine, class Event>
  void exception_caught(const Event&, Machine&, std::exception&) {
    failed = true;
  }
};

template <auto Act, class Machine, class Roles, class Facts, class Phase>
void give(Machine& m, Roles roles, Facts facts, cycle_step<Phase>& step) {
  const auto handled = m.process_event(does<Act, Roles, Facts>{roles, facts});
  step.to = m.code;
  step.answer = m.failed                             ? cycle_answer::failed
                : m.unknown                          ? cycle_answer::unknown
                : handled == msm::back::HANDLED_TRUE ? cycle_answer::taken
                                                     : cycle_answer::rejected;
}

/// The phases or acts that are numbered from 0.
template <class E, std::size_t N>
constexpr std::array<E, N> numbered() {
  std::array<E, N> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = static_cast<E>(i);
  return all;
}

/// Sets a machine at a phase and gives it one act. `Phases` are all there are.
template <class Table, auto Phases, std::size_t Acts, class Phase, class Act, class Roles,
          class Facts>
cycle_step<Phase> run(Phase from, Act act, Roles roles, Facts facts) {
  msm::back::state_machine<front<Table, Phase>> m;
  m.start();
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((Phases[I] == from ? void(m.process_event(begin_at<Phases[I]>{})) : void()), ...);
  }(std::make_index_sequence<Phases.size()>{});
  cycle_step<Phase> step{cycle_answer::unknown, from};
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((static_cast<Act>(I) == act ? give<static_cast<Act>(I)>(m, roles, facts, step) : void()), ...);
  }(std::make_index_sequence<Acts>{});
  return step;
}

/// Collects the rows that are acts.
template <class Row>
class row_collector {
 public:
  explicit row_collector(std::vector<Row>& out) : out_(&out) {}

  template <auto From, auto Act, auto To, class Roles, class Facts, class Guard>
  void operator()(boost::type<msm::front::Row<at_phase<From>, does<Act, Roles, Facts>, at_phase<To>,
                                              msm::front::none, Guard>>) const {
    out_->push_back({From, Act, To, Guard::roles(), Guard::conditions()});
  }

 private:
  std::vector<Row>* out_;
};

template <class Rows, class Row>
std::vector<Row> rows_of() {
  std::vector<Row> out;
  boost::mpl::for_each<Rows, boost::type<boost::mpl::_1>>(row_collector<Row>{out});
  return out;
}

} // namespace banli::detail::cycle
