// Opening the key ring that a command is told of, and stores whose data it opens.
#pragma once

#include <memory>

#include <banli/storage/case_store.hpp>
#include <banli/storage/key_ring.hpp>

#include "portal_arguments.hpp"

namespace banli {

/// Errors: file_not_found and bad_key of the master key, those of open_key_ring().
result<std::unique_ptr<key_ring>> open_kept_ring(const ring_arguments& a);

/// A store that is there; with a ring, what is sealed in it is read. Errors: those of
/// open_kept_store() and open_kept_ring().
result<std::unique_ptr<case_store>> open_kept_store(const std::string& path,
                                                    const ring_arguments& ring);

} // namespace banli
