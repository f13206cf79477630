// The life cycles of orders and complaints as Boost.MSM machines.
#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS
#define BOOST_MPL_LIMIT_VECTOR_SIZE 50
#define BOOST_MPL_LIMIT_MAP_SIZE 50

#include "supervision/supervision_machine.hpp"

#include "base/cycle_machine.hpp"

namespace banli::detail {

namespace {

using cycle::on;
using cycle::start;
using role = supervision_role;
using fact = supervision_fact;

template <fact F>
using is = cycle::is<supervision_condition, F>;
template <fact F>
using is_not = cycle::is_not<supervision_condition, F>;
template <role... R>
struct any_of {
  static constexpr supervision_roles set{R...};
};

/// The guard of a row: one of some roles, and what must hold.
template <class Roles, class... Conditions>
struct by {
  using roles_asked = supervision_roles;
  using facts_asked = supervision_facts;
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event& e, Machine&, From&, To&) const {
    return e.roles.meets(Roles::set) && (holds(Conditions::condition, e.facts) && ...);
  }
  static constexpr supervision_roles roles() { return Roles::set; }
  static std::vector<supervision_condition> conditions() { return {Conditions::condition...}; }
};

using by_monitor = any_of<role::monitor>;
using by_reviewer = any_of<role::reviewer>;
using by_unit = any_of<role::unit>;
using by_clerk = any_of<role::complaint_clerk>;
using by_head = any_of<role::complaint_head>;
using by_centre = any_of<role::complaint_clerk, role::complaint_head>;
using by_keeper = any_of<role::name_keeper>;

using own_office = is<fact::own_office>;
using own_unit = is<fact::own_unit>;
using with_reason = is<fact::reasoned>;
using another = is<fact::another_person>;

using o = order_phase;
using does_order = order_act;

/// What may happen while somebody of the unit is to act.
template <order_phase P>
using remind = on<P, does_order::remind, P, by<by_monitor, own_office>>;
template <order_phase P>
using extend = on<P, does_order::extend, P, by<by_reviewer, own_office, with_reason>>;
template <order_phase P>
using climb = on<P, does_order::escalate, P,
                 by<by_monitor, own_office, is<fact::overdue>, is<fact::office_above>>>;

using order_moves = boost::mpl::vector<
    on<o::none, does_order::initiate, o::initiated, by<by_monitor, own_office>>,

    on<o::initiated, does_order::approve, o::approved, by<by_reviewer, own_office, another>>,
    on<o::initiated, does_order::send_back, o::returned,
       by<by_reviewer, own_office, another, with_reason>>,
    on<o::initiated, does_order::withdraw, o::withdrawn, by<by_monitor, own_office, with_reason>>,
    climb<o::initiated>,

    on<o::returned, does_order::amend, o::initiated, by<by_monitor, own_office>>,
    on<o::returned, does_order::withdraw, o::withdrawn, by<by_monitor, own_office, with_reason>>,
    climb<o::returned>,

    on<o::approved, does_order::issue, o::issued, by<any_of<role::issuer>, own_office>>,
    on<o::approved, does_order::withdraw, o::withdrawn, by<by_reviewer, own_office, with_reason>>,
    climb<o::approved>,

    on<o::issued, does_order::sign_for, o::signed_for, by<by_unit, own_unit>>, remind<o::issued>,
    extend<o::issued>, climb<o::issued>,

    on<o::signed_for, does_order::handle, o::in_hand, by<by_unit, own_unit>>, remind<o::signed_for>,
    extend<o::signed_for>, climb<o::signed_for>,

    on<o::in_hand, does_order::handle, o::in_hand, by<by_unit, own_unit>>,
    on<o::in_hand, does_order::feed_back, o::fed_back, by<by_unit, own_unit>>, remind<o::in_hand>,
    extend<o::in_hand>, climb<o::in_hand>,

    on<o::fed_back, does_order::accept_reply, o::accepted, by<by_monitor, own_office>>,
    on<o::fed_back, does_order::return_reply, o::in_hand, by<by_monitor, own_office, with_reason>>,
    climb<o::fed_back>,

    on<o::accepted, does_order::close, o::closed, by<by_monitor, own_office>>, climb<o::accepted>>;

using order_starts = boost::mpl::vector<start<o::none>, start<o::initiated>, start<o::returned>,
                                        start<o::approved>, start<o::issued>, start<o::signed_for>,
                                        start<o::in_hand>, start<o::fed_back>, start<o::accepted>,
                                        start<o::closed>, start<o::withdrawn>>;

using c = complaint_phase;
using does_complaint = complaint_act;

template <complaint_phase P>
using coordinate = on<P, does_complaint::coordinate, P, by<by_head>>;
template <complaint_phase P, class Who, class... More>
using verify = on<P, does_complaint::verify, P, by<Who, More...>>;
template <complaint_phase P, class Who, class... More>
using explain = on<P, does_complaint::explain_delay, P, by<Who, More..., with_reason>>;
template <complaint_phase P>
using find_fault = on<P, does_complaint::find_fault, P, by<by_head>>;
template <complaint_phase P>
using report_up = on<P, does_complaint::report_up, P, by<by_centre>>;
template <complaint_phase P>
using disclose = on<P, does_complaint::disclose, P, by<by_keeper, with_reason>>;

using complaint_moves = boost::mpl::vector<
    on<c::none, does_complaint::enter, c::registered, by<by_clerk>>,

    on<c::registered, does_complaint::accept, c::accepted, by<by_centre>>,
    on<c::registered, does_complaint::decline, c::declined, by<by_centre, with_reason>>,
    report_up<c::registered>,

    on<c::accepted, does_complaint::answer_at_once, c::answered,
       by<by_clerk, is<fact::fitting_answer>>>,
    on<c::accepted, does_complaint::take, c::handling, by<by_clerk>>,
    on<c::accepted, does_complaint::transfer, c::transferred,
       by<by_centre, is<fact::lead_settled>>>,
    on<c::accepted, does_complaint::supervise, c::supervised, by<by_head, is<fact::lead_settled>>>,
    coordinate<c::accepted>, verify<c::accepted, by_clerk>, report_up<c::accepted>,

    verify<c::handling, by_clerk>,
    on<c::handling, does_complaint::report, c::reported, by<by_clerk>>,
    explain<c::handling, by_clerk>, report_up<c::handling>,

    on<c::transferred, does_complaint::supervise, c::supervised, by<by_head>>,
    coordinate<c::transferred>, verify<c::transferred, by_unit, own_unit>,
    on<c::transferred, does_complaint::report, c::reported, by<by_unit, own_unit>>,
    explain<c::transferred, by_unit, own_unit>, report_up<c::transferred>,

    coordinate<c::supervised>, verify<c::supervised, by_unit, own_unit>,
    on<c::supervised, does_complaint::report, c::reported, by<by_unit, own_unit>>,
    explain<c::supervised, by_unit, own_unit>, report_up<c::supervised>,

    on<c::reported, does_complaint::return_report, c::handling,
       by<by_head, with_reason, is<fact::self_handled>>>,
    on<c::reported, does_complaint::return_report, c::transferred,
       by<by_head, with_reason, is_not<fact::self_handled>, is_not<fact::under_supervision>>>,
    on<c::reported, does_complaint::return_report, c::supervised,
       by<by_head, with_reason, is_not<fact::self_handled>, is<fact::under_supervision>>>,
    explain<c::reported, by_clerk>,
    on<c::reported, does_complaint::answer, c::answered,
       by<by_clerk, is<fact::can_be_answered>, is<fact::fitting_answer>,
          is<fact::delay_explained>>>,
    on<c::reported, does_complaint::conclude, c::concluded,
       by<by_clerk, is_not<fact::can_be_answered>>>,
    find_fault<c::reported>, report_up<c::reported>,

    on<c::answered, does_complaint::object, c::reexamining, by<by_clerk, with_reason>>,
    on<c::answered, does_complaint::conclude, c::concluded, by<by_clerk>>, find_fault<c::answered>,
    report_up<c::answered>,

    on<c::reexamining, does_complaint::report, c::reported, by<by_head, another>>,

    on<c::concluded, does_complaint::archive, c::archived, by<by_clerk, is<fact::reported_up>>>,
    find_fault<c::concluded>, report_up<c::concluded>>;

using complaint_more = boost::mpl::vector<
    on<c::declined, does_complaint::archive, c::archived, by<by_clerk, is<fact::reported_up>>>,
    report_up<c::declined>,

    disclose<c::registered>, disclose<c::declined>, disclose<c::accepted>, disclose<c::handling>,
    disclose<c::transferred>, disclose<c::supervised>, disclose<c::reported>, disclose<c::answered>,
    disclose<c::reexamining>, disclose<c::concluded>, disclose<c::archived>>;

using complaint_starts =
    boost::mpl::vector<start<c::none>, start<c::registered>, start<c::declined>, start<c::accepted>,
                       start<c::handling>, start<c::transferred>, start<c::supervised>,
                       start<c::reported>, start<c::answered>, start<c::reexamining>,
                       start<c::concluded>, start<c::archived>>;

using order_machine_table = cycle::joined<order_moves, order_starts>;
using complaint_rows_of_machine = cycle::joined<complaint_moves, complaint_more>;
using complaint_machine_table = cycle::joined<complaint_rows_of_machine, complaint_starts>;

} // namespace

cycle_step<order_phase> run_order(order_phase from, order_act act, supervision_roles roles,
                                  supervision_facts facts) {
  return cycle::run<order_machine_table, cycle::numbered<order_phase, order_phase_count>(),
                    order_act_count>(from, act, roles, facts);
}

cycle_step<complaint_phase> run_complaint(complaint_phase from, complaint_act act,
                                          supervision_roles roles, supervision_facts facts) {
  return cycle::run<complaint_machine_table,
                    cycle::numbered<complaint_phase, complaint_phase_count>(), complaint_act_count>(
      from, act, roles, facts);
}

std::vector<order_row> order_machine_rows() { return cycle::rows_of<order_moves, order_row>(); }

std::vector<complaint_row> complaint_machine_rows() {
  return cycle::rows_of<complaint_rows_of_machine, complaint_row>();
}

} // namespace banli::detail
