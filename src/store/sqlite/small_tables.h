#pragma once

#include "engine/journal.h"
#include "store/sqlite/statement.h"

namespace amer::store {

// Table recording: every file that was begun, and what became of it.
class RecordingTable {
public:
    explicit RecordingTable(soci::session& session);

    void fold(const engine::Entry& entry);

private:
    Statement<Integer, Integer, Text, Integer, Integer> start_;
    Statement<Text, Integer, Integer, Integer, Text, Integer, Integer> finish_;
};

// Table agent_state: what each agent does now.
class AgentTable {
public:
    explicit AgentTable(soci::session& session);

    void fold(const engine::Entry& entry);

private:
    Statement<Text, Text, Text, Integer, Integer, Integer, Integer> change_;
};

}  // namespace amer::store
