// A chart drawn together, fragment by fragment, until nothing more can be.
//
// Most charts are made of sequences, choices, loops and blocks of parallel or inclusive branches
// that open and close again. Each of these, once it holds nothing but single nodes, behaves like
// one node, and is replaced by one. A chart that ends as one single node is sound, however many
// markings it has; nothing was searched. Of any other a smaller chart is left: if that is sound,
// so is the first. If it is not, only a search of the chart itself can say how it goes wrong.
//
// What is kept of a fragment is where tokens come in, where they go out, and whether one can rest
// inside. The rules, each of which keeps every way a token can go wrong (u, v are nodes):
//   series       u has one arrow out, to v, which has no other in: one node
//   pass         v rests nobody and has one arrow in and one out: one arrow
//   choice       u goes one of several ways, v is one of them and has no other in: v's ways are u's
//   merge        v has one arrow out, to u, and both take one token at a time: v's ways in are u's
//   loop, double an arrow from a choice to itself, or a second one to the same target, goes
//   bars         a fork right behind a fork, a join right before a join: one bar
//   parallel     two branches of one fork that end at one join, each at most one node: one branch
//   region       what lies between a fork and the arrow or join that all its branches lead to, if
//   it
//                is nothing but bars and single nodes, none of which leads back: one node
//   inclusive    as parallel, for all branches of an inclusive decision and all of its join at once
//
// Source: W. Sadiq and M. E. Orlowska, Analyzing Process Models using Graph Reduction Techniques,
// 2000; T. Murata, Petri Nets: Properties, Analysis and Applications, 1989 (the rules of nets).
#pragma once

#include <cstddef>
#include <optional>

#include "flowchart/flow_tables.hpp"

namespace banli::detail {

struct reduced_chart {
  std::size_t steps = 0; ///< how often a rule was applied
  bool single = false;   ///< one node is left: the chart is sound
  /// What is left otherwise, to be searched; nothing where an inclusive decision or join is left,
  /// whose tokens the rules must not bring together.
  std::optional<flowchart> rest;
};

reduced_chart reduce(const flow_tables& t);

} // namespace banli::detail
