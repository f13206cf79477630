// The machine of case_rows.hpp, by Boost.MSM. MSM numbers its states by the order of rows and is
// silent where we must not be: our own codes on the states, both handlers overridden, a machine for
// every question.
#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS
#define BOOST_MPL_LIMIT_VECTOR_SIZE 50
#define BOOST_MPL_LIMIT_MAP_SIZE 50

#include "engine/case_machine.hpp"

#include <exception>
#include <utility>

#include <boost/mpl/fold.hpp>
#include <boost/mpl/push_back.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include "engine/case_rows.hpp"

namespace banli::detail {

namespace {

namespace msm = boost::msm;
using msm::front::none;
using msm::front::Row;

template <action A>
struct commanded {};
/// Puts a new machine at the phase in question.
template <case_phase P>
struct begin_at {};

template <case_phase P>
struct in_phase : msm::front::state<> {
  template <class Event, class Machine>
  void on_entry(const Event&, Machine& m) {
    m.code = P;
  }
};
struct nowhere : msm::front::state<> {};

template <std::size_t I>
using row = Row<in_phase<case_rows[I].from>, commanded<case_rows[I].by>, in_phase<case_rows[I].to>,
                none, none>;
template <std::size_t I>
using start = Row<nowhere, begin_at<static_cast<case_phase>(I)>,
                  in_phase<static_cast<case_phase>(I)>, none, none>;

/// A sequence of MPL of any length; a vector written down ends at fifty.
template <class Sequence, class... Rows>
struct with_rows {
  using type = Sequence;
};
template <class Sequence, class First, class... Rest>
struct with_rows<Sequence, First, Rest...>
    : with_rows<typename boost::mpl::push_back<Sequence, First>::type, Rest...> {};

template <class Rows, class Starts>
struct table_of;
template <std::size_t... I, std::size_t... S>
struct table_of<std::index_sequence<I...>, std::index_sequence<S...>>
    : with_rows<boost::mpl::vector<>, row<I>..., start<S>...> {};

struct case_front : msm::front::state_machine_def<case_front> {
  using initial_state = nowhere;
  using transition_table = table_of<std::make_index_sequence<case_rows.size()>,
                                    std::make_index_sequence<case_phases>>::type;

  case_phase code = case_phase::none;
  bool unknown = false;

  template <class Machine, class Event>
  void no_transition(const Event&, Machine&, int) {
    unknown = true;
  }
  template <class Machine, class Event>
  void exception_caught(const Event&, Machine&, std::exception&) {
    unknown = true;
  }
};

using case_machine = msm::back::state_machine<case_front>;

/// Gives a machine the event of a number: Event<E> of an enumeration.
template <template <auto> class Event, class E, std::size_t... I>
void give(case_machine& m, E which, std::index_sequence<I...>) {
  ((static_cast<E>(I) == which ? void(m.process_event(Event<static_cast<E>(I)>{})) : void()), ...);
}

template <auto A>
using commanded_by = commanded<A>;
template <auto P>
using beginning_at = begin_at<P>;

} // namespace

std::optional<case_phase> run_case_machine(case_phase from, action by) {
  case_machine m;
  m.start();
  give<beginning_at>(m, from, std::make_index_sequence<case_phases>{});
  give<commanded_by>(m, by, std::make_index_sequence<case_actions>{});
  if (m.unknown) return std::nullopt;
  return m.code;
}

} // namespace banli::detail
