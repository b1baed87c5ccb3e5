#include "store/read/journal_range.h"

#include <algorithm>
#include <string>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "store/sqlite/entries.h"

namespace amer::store {

Result<void> read_range(const std::filesystem::path& data, std::uint64_t first, std::uint64_t last,
                        const std::function<void(const engine::Entry&)>& take) {
    const std::string file = (data / "amer.db").string();
    try {
        soci::session session{soci::sqlite3, "db=\"" + file + "\" timeout=10 readonly=true"};
        return each_decoded(session, data, std::min(first, kLastEntry), std::min(last, kLastEntry),
                            take);
    } catch (const std::exception& why) {
        return failure("cannot read " + file + ": " + why.what());
    }
}

}  // namespace amer::store
