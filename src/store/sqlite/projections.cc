#include "store/sqlite/projections.h"

#include "store/sqlite/contact_table.h"
#include "store/sqlite/promise_table.h"
#include "store/sqlite/small_tables.h"

namespace amer::store {

const std::vector<std::string>& projection_tables() {
    static const std::vector<std::string> kNames{"contact", "callback_promise", "promise_attempt",
                                                 "recording", "agent_state"};
    return kNames;
}

struct Projections::Tables {
    explicit Tables(soci::session& session)
        : contacts{session}, promises{session}, recordings{session}, agents{session} {}

    ContactTable contacts;
    PromiseTable promises;
    RecordingTable recordings;
    AgentTable agents;
};

Projections::Projections(soci::session& session)
    : session_{session}, tables_{std::make_unique<Tables>(session)} {}

Projections::~Projections() = default;

void Projections::fold(const engine::Entry& entry) {
    tables_->contacts.fold(entry);
    tables_->promises.fold(entry);
    tables_->recordings.fold(entry);
    tables_->agents.fold(entry);
}

void Projections::clear() {
    for (const std::string& table : projection_tables()) session_ << "delete from " << table;
}

}  // namespace amer::store
