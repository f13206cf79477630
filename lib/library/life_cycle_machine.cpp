// The life cycle of items as a Boost.MSM machine.
#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS
#define BOOST_MPL_LIMIT_VECTOR_SIZE 50
#define BOOST_MPL_LIMIT_MAP_SIZE 50

#include "library/life_cycle_machine.hpp"

#include "base/cycle_machine.hpp"

namespace banli::detail {

namespace {

using cycle::on;
using cycle::start;

template <item_fact F>
using is = cycle::is<row_condition, F>;
template <item_fact F>
using is_not = cycle::is_not<row_condition, F>;

/// The guard of a row: a role, and what must hold.
template <actor_role R, class... Conditions>
struct by {
  using roles_asked = role_set;
  using facts_asked = item_facts;
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event& e, Machine&, From&, To&) const {
    return e.roles.has(R) && (holds(Conditions::condition, e.facts) && ...);
  }
  static constexpr actor_role roles() { return R; }
  static std::vector<row_condition> conditions() { return {Conditions::condition...}; }
};

using enum item_state;
using enum item_command;
using enum actor_role;
using enum item_fact;

using own = is<own_department>;
using with_reason = is<reasoned>;
using no_city = is_not<city_confirms>;
using no_province = is_not<province_confirms>;

using item_moves = boost::mpl::vector<
    on<draft, edit, draft, by<entry_account, own>>,
    on<draft, submit, department_reviewed, by<department_reviewer, own, is<complete>>>,
    on<draft, make_void, voided, by<establishment_office, with_reason>>,

    on<department_reviewed, withdraw, draft, by<department_reviewer, own>>,
    on<department_reviewed, review, office_reviewed, by<establishment_office>>,
    on<department_reviewed, send_back, draft, by<establishment_office, with_reason>>,
    on<department_reviewed, make_void, voided, by<establishment_office, with_reason>>,

    on<office_reviewed, confirm_city, city_confirmed, by<city_office, is<city_confirms>>>,
    on<office_reviewed, confirm_province, province_confirmed,
       by<province_office, no_city, is<province_confirms>>>,
    on<office_reviewed, assign_code, office_reviewed, by<service_office, no_city, no_province>>,
    on<office_reviewed, publish, published, by<service_office, no_city, no_province, is<coded>>>,
    on<office_reviewed, send_back, draft, by<establishment_office, with_reason>>,
    on<office_reviewed, send_back, draft, by<city_office, is<city_confirms>, with_reason>>,
    on<office_reviewed, send_back, draft,
       by<province_office, no_city, is<province_confirms>, with_reason>>,
    on<office_reviewed, send_back, draft, by<service_office, no_city, no_province, with_reason>>,

    on<city_confirmed, confirm_province, province_confirmed,
       by<province_office, is<province_confirms>>>,
    on<city_confirmed, assign_code, city_confirmed, by<service_office, no_province>>,
    on<city_confirmed, publish, published, by<service_office, no_province, is<coded>>>,
    on<city_confirmed, send_back, draft, by<province_office, is<province_confirms>, with_reason>>,
    on<city_confirmed, send_back, draft, by<service_office, no_province, with_reason>>,

    on<province_confirmed, assign_code, province_confirmed, by<service_office>>,
    on<province_confirmed, publish, published, by<service_office, is<coded>>>,
    on<province_confirmed, send_back, draft, by<service_office, with_reason>>,

    on<published, change, published, by<entry_account, own, is_not<under_change>>>,
    on<published, replace, archived, by<service_office, is<succeeded>>>,
    on<published, propose_void, published, by<entry_account, own, with_reason>>,
    on<published, make_void, voided, by<establishment_office, with_reason>>>;

using item_starts =
    boost::mpl::vector<start<draft>, start<department_reviewed>, start<office_reviewed>,
                       start<city_confirmed>, start<province_confirmed>, start<published>,
                       start<archived>, start<voided>>;

} // namespace

cycle_step<item_state> run_machine(item_state from, item_command command, role_set roles,
                                   item_facts facts) {
  return cycle::run<cycle::joined<item_moves, item_starts>, all_item_states, item_command_count>(
      from, command, roles, facts);
}

std::vector<life_cycle_row> machine_rows() { return cycle::rows_of<item_moves, life_cycle_row>(); }

} // namespace banli::detail
