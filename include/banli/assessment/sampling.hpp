// sampling.hpp — which cases an inspection looks at (抽样检查): seeded, stratified, reproducible.
//
//   std::vector<sampled_case> all = …;                          // id and department
//   drawn_sample s = *draw_sample(all, {.size = 30, .seed = "2025年第3季度抽查"});
//   s.chosen, s.strata                                           // who was chosen, and why so many
//
// The algorithm, so that anybody can repeat it with sha256sum and paper:
//   1. The key of a case is SHA-256 of the seed, one line feed, and its number, in hexadecimal.
//   2. Every stratum (department) gets the share of `size` that it has of the cases; what is left
//      by rounding down goes to the largest remainders, of equal ones to the first by name. With
//      one_each every stratum that has cases gets one before the shares are reckoned.
//   3. In each stratum the cases with the smallest keys are chosen.
// So the order of the cases, the machine and the day make no difference, and a case that is added
// later displaces at most one other of its stratum. Nobody can aim at a case by the choice of the
// seed if the seed is published before the cases are known.
//
// The hard case is a sample as large as the whole: then everything is chosen, which is no error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <banli/assessment/data_table.hpp>
#include <banli/base/id.hpp>
#include <banli/base/result.hpp>

namespace banli {

struct sampled_case {
  case_id id{};
  std::string stratum{}; ///< department, or whatever must be represented

  friend bool operator==(const sampled_case&, const sampled_case&) = default;
};

enum class sample_shares : std::uint8_t {
  proportional, ///< by the number of cases
  one_each,     ///< at least one of every stratum, as far as `size` reaches
};

struct sample_question {
  std::size_t size = 0;
  std::string seed{};
  sample_shares shares = sample_shares::one_each;
};

struct sample_stratum {
  std::string name{};
  std::size_t cases = 0;
  std::size_t chosen = 0;

  friend bool operator==(const sample_stratum&, const sample_stratum&) = default;
};

struct drawn_sample {
  std::vector<sampled_case> chosen{}; ///< by stratum, then by key
  std::vector<sample_stratum> strata{};

  friend bool operator==(const drawn_sample&, const drawn_sample&) = default;
};

/// Draws a sample. Errors: missing_field (no seed), duplicate_id (a case twice).
result<drawn_sample> draw_sample(std::span<const sampled_case> cases, const sample_question& asked);

/// stratum, cases (of the stratum), case: a row for everyone who was chosen.
data_table sample_table(const drawn_sample& s);

} // namespace banli
