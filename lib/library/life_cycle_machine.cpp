// The life cycle of items as a Boost.MSM machine. Nothing else includes MSM: it costs seconds to
// compile, numbers its states by the order of rows, and is silent where we must not be. Hence: our
// own codes on the states, both handlers overridden, a machine made anew for every question.
#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS
#define BOOST_MPL_LIMIT_VECTOR_SIZE 50
#define BOOST_MPL_LIMIT_MAP_SIZE 50

#include "library/life_cycle_machine.hpp"

#include <exception>

#include <boost/mpl/for_each.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/type.hpp>

namespace banli::detail {

namespace {

namespace msm = boost::msm;
using msm::front::none;
using msm::front::Row;

template <item_state S>
struct at_state;

/// A command as an event, with what its guards ask.
template <item_command C>
struct does {
  static constexpr item_command command = C;
  role_set roles;
  item_facts facts;
};

/// Puts a new machine at the state in question.
template <item_state S>
struct begin_at {};

template <item_state S>
struct at_state : msm::front::state<> {
  static constexpr item_state code = S;
  template <class Event, class Machine>
  void on_entry(const Event&, Machine& m) {
    m.code = S;
  }
};
struct nowhere : msm::front::state<> {};

template <item_fact F>
struct is {
  static constexpr row_condition condition{F, row_condition::wanted::yes};
};
template <item_fact F>
struct is_not {
  static constexpr row_condition condition{F, row_condition::wanted::no};
};

constexpr bool holds(const row_condition& c, item_facts facts) {
  return facts.has(c.fact) == (c.want == row_condition::wanted::yes);
}

/// The guard of a row: a role, and what must hold.
template <actor_role R, class... Conditions>
struct by {
  static constexpr actor_role role = R;
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event& e, Machine&, From&, To&) const {
    return e.roles.has(R) && (holds(Conditions::condition, e.facts) && ...);
  }
  static std::vector<row_condition> conditions() { return {Conditions::condition...}; }
};

using enum item_state;
using enum item_command;
using enum actor_role;
using enum item_fact;

using at_draft = at_state<draft>;
using at_department = at_state<department_reviewed>;
using at_office = at_state<office_reviewed>;
using at_city = at_state<city_confirmed>;
using at_province = at_state<province_confirmed>;
using at_published = at_state<published>;
using at_archived = at_state<archived>;
using at_voided = at_state<voided>;

using own = is<own_department>;
using with_reason = is<reasoned>;
using no_city = is_not<city_confirms>;
using no_province = is_not<province_confirms>;

/// A row of the life cycle.
template <class From, item_command C, class To, class Guard>
using on = Row<From, does<C>, To, none, Guard>;
/// The row that sets the machine at a state.
template <class State>
using start = Row<nowhere, begin_at<State::code>, State, none, none>;

using table = boost::mpl::vector<
    on<at_draft, edit, at_draft, by<entry_account, own>>,
    on<at_draft, submit, at_department, by<department_reviewer, own, is<complete>>>,
    on<at_draft, make_void, at_voided, by<establishment_office, with_reason>>,

    on<at_department, withdraw, at_draft, by<department_reviewer, own>>,
    on<at_department, review, at_office, by<establishment_office>>,
    on<at_department, send_back, at_draft, by<establishment_office, with_reason>>,
    on<at_department, make_void, at_voided, by<establishment_office, with_reason>>,

    on<at_office, confirm_city, at_city, by<city_office, is<city_confirms>>>,
    on<at_office, confirm_province, at_province,
       by<province_office, no_city, is<province_confirms>>>,
    on<at_office, assign_code, at_office, by<service_office, no_city, no_province>>,
    on<at_office, publish, at_published, by<service_office, no_city, no_province, is<coded>>>,
    on<at_office, send_back, at_draft, by<establishment_office, with_reason>>,
    on<at_office, send_back, at_draft, by<city_office, is<city_confirms>, with_reason>>,
    on<at_office, send_back, at_draft,
       by<province_office, no_city, is<province_confirms>, with_reason>>,
    on<at_office, send_back, at_draft, by<service_office, no_city, no_province, with_reason>>,

    on<at_city, confirm_province, at_province, by<province_office, is<province_confirms>>>,
    on<at_city, assign_code, at_city, by<service_office, no_province>>,
    on<at_city, publish, at_published, by<service_office, no_province, is<coded>>>,
    on<at_city, send_back, at_draft, by<province_office, is<province_confirms>, with_reason>>,
    on<at_city, send_back, at_draft, by<service_office, no_province, with_reason>>,

    on<at_province, assign_code, at_province, by<service_office>>,
    on<at_province, publish, at_published, by<service_office, is<coded>>>,
    on<at_province, send_back, at_draft, by<service_office, with_reason>>,

    on<at_published, change, at_published, by<entry_account, own, is_not<under_change>>>,
    on<at_published, replace, at_archived, by<service_office, is<succeeded>>>,
    on<at_published, propose_void, at_published, by<entry_account, own, with_reason>>,
    on<at_published, make_void, at_voided, by<establishment_office, with_reason>>,

    start<at_draft>, start<at_department>, start<at_office>, start<at_city>, start<at_province>,
    start<at_published>, start<at_archived>, start<at_voided>>;

struct life_cycle_front : msm::front::state_machine_def<life_cycle_front> {
  using initial_state = nowhere;
  using transition_table = table;

  item_state code = draft;
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
using machine = msm::back::state_machine<life_cycle_front>;

template <item_state S>
void begin(machine& m, item_state from) {
  if (S == from) m.process_event(begin_at<S>{});
}

template <item_command C>
void give(machine& m, item_command command, role_set roles, item_facts facts, machine_step& step) {
  if (C != command) return;
  const auto handled = m.process_event(does<C>{roles, facts});
  step.to = m.code;
  step.answer = m.failed                             ? machine_answer::failed
                : m.unknown                          ? machine_answer::unknown
                : handled == msm::back::HANDLED_TRUE ? machine_answer::taken
                                                     : machine_answer::rejected;
}

/// Collects the rows that are commands.
class row_reader {
 public:
  explicit row_reader(std::vector<life_cycle_row>& out) : out_(&out) {}

  template <class From, item_command C, class To, class Guard>
  void operator()(boost::type<Row<From, does<C>, To, none, Guard>>) const {
    out_->push_back({From::code, C, To::code, Guard::role, Guard::conditions()});
  }
  template <class Start>
  void operator()(boost::type<Start>) const {}

 private:
  std::vector<life_cycle_row>* out_;
};

} // namespace

machine_step run_machine(item_state from, item_command command, role_set roles, item_facts facts) {
  machine m;
  m.start();
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (begin<all_item_states[I]>(m, from), ...);
  }(std::make_index_sequence<all_item_states.size()>{});
  machine_step step{machine_answer::unknown, from};
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (give<static_cast<item_command>(I)>(m, command, roles, facts, step), ...);
  }(std::make_index_sequence<item_command_count>{});
  return step;
}

std::vector<life_cycle_row> machine_rows() {
  std::vector<life_cycle_row> out;
  boost::mpl::for_each<table, boost::type<boost::mpl::_1>>(row_reader{out});
  return out;
}

} // namespace banli::detail
