// material_need.hpp — which materials a case needs.
//
// A material says when it is asked for (`when`, material.hpp): nothing means always, otherwise it
// is a condition over the facts of the case, in the language of program.hpp and with the words of
// case_facts.hpp:
//
//   materials:
//     - {name: 竣工验收申请表}
//     - {name: 人防工程竣工资料, when: form.shelter}
//     - {name: 节能评估报告, when: form.area > 500.0}
//
//   auto needs = needed_materials(item, {{"shelter", true}});
//   (*needs)[0].needed;     // true
//   (*needs)[1].needed;     // true
//   (*needs)[2].needed;     // nothing: it depends on
//   (*needs)[2].missing;    // {"form.area"}
//
// Conditions are compiled when an item is loaded: a misspelt fact or a condition that is no yes or
// no is an error of the document, with its line and column, and not a material that nobody asks
// for. What cannot be decided for want of a fact is said to be undecided: not asking for a material
// and not knowing whether to ask for it are two things.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/activation.hpp>
#include <banli/expression/program.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// The conditions of an item's materials, by position; nothing where one is always asked for.
struct material_conditions {
  std::vector<std::optional<program>> by_material;
  banli::problems problems; ///< places are those of "/materials/3/when"

  bool good() const { return problems.empty(); }
};

/// Compiles every condition. Codes: those of compile(); type_mismatch for one that gives no bool.
material_conditions compile_materials(const service_item& item, const locator& where = nowhere);

/// Whether one material is needed.
struct material_need {
  std::size_t material = 0;            ///< position among the item's materials
  std::optional<bool> needed;          ///< nothing: not decided
  std::vector<std::string> missing{};  ///< the facts it takes to decide, as form.area
  std::optional<banli::error> error{}; ///< why the condition has no value: 1 / form.rooms of none

  friend bool operator==(const material_need&, const material_need&) = default;
};

/// Asks every condition, in the order of the materials. The facts are those of a case (case_facts)
/// or any others.
std::vector<material_need> needed_materials(std::span<const std::optional<program>> conditions,
                                            const activation& facts);

/// The same for the facts of a form, by their names. Errors: the first of compile_materials();
/// unknown_identifier (the item has no such fact), type_mismatch (a value of another type, 1.5 for
/// a whole number).
result<std::vector<material_need>> needed_materials(const service_item& item,
                                                    const fact_values& facts);

} // namespace banli
