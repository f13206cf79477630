// separation.hpp — duties of one case that one person must not hold together (不相容岗位分离).
//
//   separation s{"受审分离"};
//   s.steps = {node_id{"受理"}, node_id{"审查"}};   // whoever did one of them may not do the other
//   s.decision = true;                              // nor decide the case: four eyes see it
//
// The duties of one separation exclude each other pairwise, over the whole history of the case: who
// did a step and got it back, or did it for somebody else, has done it. A step may be done again by
// the same person; it is other duties that are barred.
//
// A chart only carries them and judges whether they can be meant (check(flowchart)); the engine
// asks for them (engine/authority.hpp).
//
// Source: 《行政许可法》 第四十八条第一款第三项 (a hearing is held by somebody else than who
// examined the application); requirements Q02.
#pragma once

#include <string>
#include <vector>

#include <banli/base/id.hpp>

namespace banli {

struct separation {
  std::string name;
  std::vector<node_id> steps{};
  bool decision = false; ///< to decide the case is one of the duties, too
  std::string basis{};   ///< legal basis, as text

  friend bool operator==(const separation&, const separation&) = default;
};

} // namespace banli
