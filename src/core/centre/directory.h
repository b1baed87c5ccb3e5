#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/centre/configuration.h"

namespace amer::centre {

// The way from a name to its row in the configuration, made once when it is published. Holds
// positions, so a copied state stays right.
struct Directory {
    struct Member {
        AgentId id;
        std::size_t row = 0;  // of the agent; linear strategy: his turn
        std::int32_t tier = 1;
        std::int32_t weight = 1;
        bool speaks_arabic = false;
        bool speaks_english = false;
        // Of the queue's steps, a bit each: has he the skills it needs, does it reach his tier?
        std::uint64_t skilled_steps = 1;
        std::uint64_t reached_steps = 1;

        bool speaks(Language language) const {
            return language == Language::arabic ? speaks_arabic : speaks_english;
        }
        bool may_serve(std::int32_t step) const {
            return ((skilled_steps & reached_steps) >> static_cast<unsigned>(step) & 1U) != 0;
        }
        bool operator==(const Member&) const = default;
    };
    // A queue whose callers want agents of this one, in one language: so many of its agents are of
    // both. Every queue with an agent is a rival of itself.
    struct Rival {
        std::uint32_t queue = 0;  // its row
        std::int64_t shared_agents = 0;
        std::int64_t agents = 1;

        bool operator==(const Rival&) const = default;
    };
    struct QueueEntry {
        std::size_t row = 0;
        std::vector<Member> members;  // ordered by id
        std::vector<Rival> rivals_in_arabic;
        std::vector<Rival> rivals_in_english;
        std::optional<std::size_t> calendar =
            std::nullopt;  // in place_calendars; nothing: centre's

        bool operator==(const QueueEntry&) const = default;
    };
    struct FlowEntry {
        std::size_t row = 0;
        std::map<StepId, std::size_t> steps;

        bool operator==(const FlowEntry&) const = default;
    };

    std::map<std::string, std::size_t> numbers;  // E.164 and every other way to send it
    std::map<QueueId, QueueEntry> queues;
    std::map<AgentId, std::size_t> agents;
    std::vector<AgentId> agents_by_id;         // all, ordered
    std::vector<std::uint32_t> agent_numbers;  // by row: the place in agents_by_id
    std::map<UnitId, std::size_t> units;
    std::map<FlowId, FlowEntry> flows;
    std::vector<calendar::Calendar> place_calendars;  // of offices with days of their own

    bool operator==(const Directory&) const = default;
};

// Of the office that the queue belongs to; the centre's when it has no days of its own.
const calendar::Calendar& calendar_of(const Directory& directory, const calendar::Calendar& centre,
                                      const QueueId& queue);

Directory make_directory(const Configuration& configuration);

}  // namespace amer::centre
