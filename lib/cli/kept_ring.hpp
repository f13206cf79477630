// Opening the key ring that a command is told of.
#pragma once

#include <memory>

#include <banli/storage/key_ring.hpp>

#include "portal_arguments.hpp"

namespace banli {

/// Errors: file_not_found and bad_key of the master key, those of open_key_ring().
result<std::unique_ptr<key_ring>> open_kept_ring(const ring_arguments& a);

} // namespace banli
