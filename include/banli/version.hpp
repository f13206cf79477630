// version.hpp — which banli this is.
//
// The version is written here once; CMake, the Python package and `banli --version` read it. It is
// the only macro banli defines for its users, because only a macro can be asked by the
// preprocessor:
//
//   #if BANLI_VERSION >= 200   // 0.2.0 and later
//
// Numbers follow semantic versioning: before 1.0 a new minor number may break source, a new patch
// number may not. Stores and documents carry their own format numbers and outlive this one.
#pragma once

#include <string_view>

/// major * 10000 + minor * 100 + patch
#define BANLI_VERSION 100

namespace banli {

/// The same version as text, "major.minor.patch".
inline constexpr std::string_view version = "0.1.0";

} // namespace banli
