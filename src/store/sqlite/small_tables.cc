#include "store/sqlite/small_tables.h"

#include "store/sqlite/values.h"

namespace amer::store {

RecordingTable::RecordingTable(soci::session& session)
    : start_{session,
             "insert into recording (recording_id, contact_id, kind, state, started_us, as_of) "
             "values (:recording, :contact, :kind, 'recording', :at, :as_of) "
             "on conflict (recording_id) do nothing"},
      finish_{session,
              "update recording set state = :state, finished_us = :at, length_ms = :length, "
              "bytes = :bytes, sha256 = :sha256, as_of = :as_of "
              "where recording_id = :recording"} {}

void RecordingTable::fold(const engine::Entry& entry) {
    if (const auto* started = std::get_if<centre::RecordingStarted>(&entry.event)) {
        start_.run(column(started->recording), column(started->contact), column(started->kind),
                   column(entry.at), column(entry.sequence));
    } else if (const auto* finished = std::get_if<centre::RecordingFinished>(&entry.event)) {
        finish_.run(std::string{finished->has_failed ? "failed" : "complete"}, column(entry.at),
                    column(finished->length_ms), column(finished->bytes),
                    column(std::string_view{finished->sha256}), column(entry.sequence),
                    column(finished->recording));
    }
}

AgentTable::AgentTable(soci::session& session)
    : change_{session,
              "insert into agent_state (agent, state, reason, since_us, until_us, contact_id, "
              "as_of) values (:agent, :state, :reason, :since, :until, :contact, :as_of) "
              "on conflict (agent) do update set state = excluded.state, "
              "reason = excluded.reason, since_us = excluded.since_us, "
              "until_us = excluded.until_us, contact_id = excluded.contact_id, "
              "as_of = excluded.as_of"} {}

void AgentTable::fold(const engine::Entry& entry) {
    const auto* changed = std::get_if<centre::AgentStateChanged>(&entry.event);
    if (changed == nullptr) return;
    change_.run(column(changed->agent), column(changed->state),
                column(std::string_view{changed->reason}), column(entry.at), column(changed->until),
                column_or_null(changed->contact), column(entry.sequence));
}

}  // namespace amer::store
