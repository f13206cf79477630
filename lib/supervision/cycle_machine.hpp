// cycle_machine.hpp — what the two Boost.MSM machines of supervision share
// (supervision_machine.cpp).
//
// MSM numbers its states by the order of rows and is silent where we must not be. Hence our own
// codes on the states, both handlers overridden, a machine made anew for every question.
#pragma once

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

#include "supervision/supervision_machine.hpp"

namespace banli::detail::cycle {

namespace msm = boost::msm;

/// An act as an event, with what its guards ask.
template <auto Act>
struct does {
  supervision_roles roles;
  supervision_facts facts;
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

template <supervision_fact F>
struct is {
  static constexpr supervision_condition condition{F, supervision_condition::wanted::yes};
};
template <supervision_fact F>
struct is_not {
  static constexpr supervision_condition condition{F, supervision_condition::wanted::no};
};
template <supervision_role... R>
struct any_of {
  static constexpr supervision_roles set{R...};
};

/// The guard of a row: roles, and what must hold.
template <class Roles, class... Conditions>
struct by {
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event& e, Machine&, From&, To&) const {
    return e.roles.meets(Roles::set) && (holds(Conditions::condition, e.facts) && ...);
  }
  static constexpr supervision_roles roles() { return Roles::set; }
  static std::vector<supervision_condition> conditions() { return {Conditions::condition...}; }
};

template <auto From, auto Act, auto To, class Guard>
using on = msm::front::Row<at_phase<From>, does<Act>, at_phase<To>, msm::front::none, Guard>;
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

template <auto Act, class Machine, class Phase>
void give(Machine& m, supervision_roles roles, supervision_facts facts, cycle_step<Phase>& step) {
  const auto handled = m.process_event(does<Act>{roles, facts});
  step.to = m.code;
  step.answer = m.failed                             ? cycle_answer::failed
                : m.unknown                          ? cycle_answer::unknown
                : handled == msm::back::HANDLED_TRUE ? cycle_answer::taken
                                                     : cycle_answer::rejected;
}

/// Sets a machine at a phase and gives it one act.
template <class Table, class Phase, class Act, std::size_t Phases, std::size_t Acts>
cycle_step<Phase> run(Phase from, Act act, supervision_roles roles, supervision_facts facts) {
  msm::back::state_machine<front<Table, Phase>> m;
  m.start();
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((static_cast<Phase>(I) == from ? void(m.process_event(begin_at<static_cast<Phase>(I)>{}))
                                    : void()),
     ...);
  }(std::make_index_sequence<Phases>{});
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

  template <auto From, auto Act, auto To, class Guard>
  void operator()(boost::type<on<From, Act, To, Guard>>) const {
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
