#pragma once

#include <soci/soci.h>

namespace amer::store {

// Brings the tables to the newest numbered migration, each in a transaction of its own. Throws
// soci::soci_error, also when a newer program made the file.
void migrate(soci::session& session);

}  // namespace amer::store
