#pragma once

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/centre/test_story.h"
#include "engine/cycle.h"
#include "engine/fake_clock.h"
#include "engine/state_hash.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_folder.h"

// For this room's tests: two days of a centre as a journal, and what a start makes of a folder.
namespace amer::store {

// A day with callers who press keys and leave, and a night with callers who are promised a call.
inline std::vector<engine::Entry> story_entries() {
    using namespace centre;
    using namespace std::chrono_literals;
    example::Story story{"2026-11-23 11:00"};
    story.log_in({"amal", "basim"});
    for (int call = 0; call < 4; ++call) {
        const ContactId contact =
            story.call("+971600500500", "+97150123456" + std::to_string(call));
        story.press(contact, "1");
        story.press(contact, "2");
        story.pass(25s);
        if (story.lives(contact)) story.tell(CallerLeft{contact});
    }
    for (const char* agent : {"amal", "basim"}) story.tell(UnregisterPhone{AgentId{agent}});
    story.pass_until("2026-11-23 23:00");
    for (int call = 0; call < 3; ++call) {
        const ContactId contact =
            story.call("+971600500500", "+97150123457" + std::to_string(call));
        story.pass(20s);
        if (story.lives(contact)) story.tell(CallerLeft{contact});
    }
    story.pass(12h);
    story.log_in({"amal", "basim"});  // and are offered the night's promises
    for (int call = 0; call < 3; ++call) {
        const ContactId contact =
            story.call("+971600500500", "+97150123458" + std::to_string(call));
        story.pass(20s);
        if (story.lives(contact)) story.tell(CallerLeft{contact});
    }
    CHECK(story.all<PromiseMade>().size() > 1);
    CHECK(story.happened.size() < 500);
    std::vector<engine::Entry> entries;
    for (std::size_t index = 0; index < story.happened.size(); ++index) {
        const std::uint64_t sequence = index + 1;
        entries.push_back({sequence, sequence, story.happened_at[index], story.happened[index]});
    }
    return entries;
}

inline std::unique_ptr<SqliteJournal> open(const TestFolder& folder) {
    auto journal = SqliteJournal::open(folder.path());
    REQUIRE_MESSAGE(journal.has_value(), (journal ? "" : journal.error().what));
    return std::move(*journal);
}

inline std::vector<engine::Entry> entries_of(engine::Journal& journal, std::uint64_t first = 1) {
    std::vector<engine::Entry> entries;
    const auto read =
        journal.read(first, [&](const engine::Entry& entry) { entries.push_back(entry); });
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().what));
    return entries;
}

inline engine::Snapshot state_after(const std::vector<engine::Entry>& entries,
                                    std::uint64_t last = ~0ULL) {
    engine::Snapshot reached;
    for (const engine::Entry& entry : entries) {
        if (entry.sequence > last) break;
        engine::advance(reached, entry);
    }
    return reached;
}

// A start reaches the state that these entries lead to, without a word of trouble.
inline void check_start(engine::Journal& journal, const std::vector<engine::Entry>& entries) {
    engine::FakeClock clock{entries.back().at};
    engine::Cycle cycle{journal, clock, [](const std::string& what) { FAIL_CHECK(what); }};
    REQUIRE(cycle.load());
    CHECK(cycle.status().state_hash == engine::state_hash(state_after(entries).state));
    CHECK(cycle.status().sequence == entries.size());
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace amer::store
