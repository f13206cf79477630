// The machine of case_rows.hpp, by Boost.MSM.
#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS
#define BOOST_MPL_LIMIT_VECTOR_SIZE 50
#define BOOST_MPL_LIMIT_MAP_SIZE 50

#include "engine/case_machine.hpp"

#include <utility>
#include <variant>

#include "base/cycle_machine.hpp"
#include "engine/case_rows.hpp"

namespace banli::detail {

namespace {

/// The guard of every row: what a command asks beyond the phase is judged by decide().
struct always {
  using roles_asked = std::monostate;
  using facts_asked = std::monostate;
  template <class Event, class Machine, class From, class To>
  bool operator()(const Event&, Machine&, From&, To&) const {
    return true;
  }
};

template <std::size_t I>
using row = cycle::on<case_rows[I].from, case_rows[I].by, case_rows[I].to, always>;

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
    : with_rows<boost::mpl::vector<>, row<I>..., cycle::start<static_cast<case_phase>(S)>...> {};

using case_table = table_of<std::make_index_sequence<case_rows.size()>,
                            std::make_index_sequence<case_phases>>::type;

} // namespace

std::optional<case_phase> run_case_machine(case_phase from, action by) {
  const auto step =
      cycle::run<case_table, cycle::numbered<case_phase, case_phases>(), case_actions>(
          from, by, std::monostate{}, std::monostate{});
  if (step.answer != cycle_answer::taken) return std::nullopt;
  return step.to;
}

} // namespace banli::detail
