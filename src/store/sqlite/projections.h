#pragma once

#include <memory>
#include <string>
#include <vector>

#include <soci/soci.h>

#include "engine/journal.h"

namespace amer::store {

// Raised whenever a projection folds events differently: the tables are refilled at the next start.
inline constexpr long long kProjectionRules = 3;

// Their names.
const std::vector<std::string>& projection_tables();

// Folds journal entries into the read tables. Each row is a function of the events alone. Throws
// soci::soci_error. Included by .cc files of this room only; the session outlives it.
class Projections {
public:
    explicit Projections(soci::session& session);
    ~Projections();
    Projections(const Projections&) = delete;
    Projections& operator=(const Projections&) = delete;

    void fold(const engine::Entry& entry);
    // Empties the tables.
    void clear();

private:
    struct Tables;

    soci::session& session_;
    std::unique_ptr<Tables> tables_;
};

}  // namespace amer::store
