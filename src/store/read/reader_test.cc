#include "store/read/reader.h"

#include <doctest/doctest.h>

#include "base/arbitrary.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using namespace centre;
using namespace std::chrono_literals;

constexpr Instant kStart{1'000'000s};

// What was found; says why when it could not be looked for.
template <typename T>
T found(Result<T> result) {
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().what));
    return std::move(*result);
}

struct Centre {
    explicit Centre(std::string_view name) : folder{name} {
        auto opened = SqliteJournal::open(folder.path());
        REQUIRE(opened);
        journal = std::move(*opened);
        auto reading = Reader::open(folder.path());
        REQUIRE(reading);
        reader = std::move(*reading);
    }
    void happens(std::chrono::seconds after, Event event) {
        ++sequence;
        REQUIRE(
            journal->append({engine::Entry{sequence, sequence, kStart + after, std::move(event)}}));
    }
    void opens(std::uint64_t contact, std::chrono::seconds after) {
        ContactOpened opened;
        opened.contact = ContactId{contact};
        opened.dialled = "+971600500500";
        opened.caller.is_hidden = true;
        happens(after, opened);
    }
    void promises(std::uint64_t promise, std::chrono::hours due) {
        PromiseMade made;
        made.promise.id = PromiseId{promise};
        made.promise.reference = std::to_string(1000 + promise);
        made.promise.due = {kStart + due, kStart + due + 9h};
        made.promise.next_try = made.promise.due.from;
        happens(0s, made);
    }

    TestFolder folder;
    std::unique_ptr<SqliteJournal> journal;
    std::unique_ptr<Reader> reader;
    std::uint64_t sequence = 0;
};

TEST_CASE("contacts come newest first, those that live by themselves") {
    Centre centre{"read-contacts"};
    for (std::uint64_t contact = 1; contact <= 3; ++contact) centre.opens(contact, 1s);
    centre.happens(30s, ContactQueued{ContactId{2}, QueueId{"housing"}, 0, kStart + 30s});
    centre.happens(60s, ContactEnded{ContactId{2}, ContactEnd::abandoned});

    const auto newest = found(centre.reader->contacts(2));
    REQUIRE(newest.size() == 2);
    CHECK(newest[0].id == ContactId{3});
    CHECK(newest[0].caller_hidden);
    CHECK_FALSE(newest[0].how);
    CHECK(newest[1].how == "abandoned");
    CHECK(newest[1].queue == "housing");
    CHECK(newest[1].queued == kStart + 30s);
    CHECK(newest[1].ended == kStart + 60s);
    CHECK(newest[1].waited_ms == 30'000);
    CHECK_FALSE(newest[1].answered);

    const auto living = found(centre.reader->living_contacts());
    REQUIRE(living.size() == 2);
    CHECK(living[0].id == ContactId{1});
    CHECK(living[1].id == ContactId{3});

    CHECK(found(centre.reader->contact(ContactId{2}))->opened == kStart + 1s);
    CHECK_FALSE(found(centre.reader->contact(ContactId{77})).has_value());
}

TEST_CASE("open promises come soonest first and leave the list when they end") {
    Centre centre{"read-promises"};
    centre.promises(1, 30h);
    centre.promises(2, 10h);
    centre.promises(3, 20h);
    centre.happens(11h,
                   AttemptStarted{PromiseId{2}, ContactId{9}, AgentId{"noura"}, 1,
                                  PhoneNumber::parse("+971501234567").value(), TrunkId{"t"}, 0});
    auto open = found(centre.reader->open_promises());
    REQUIRE(open.size() == 3);
    CHECK(open[0].id == PromiseId{2});
    CHECK(open[0].state == "dialling");
    CHECK(open[0].due.from == kStart + 10h);
    CHECK(open[0].tries_made == 1);
    CHECK(open[2].id == PromiseId{1});

    centre.happens(12h, PromiseKept{PromiseId{2}, ContactId{9}});
    open = found(centre.reader->open_promises());
    REQUIRE(open.size() == 2);
    CHECK(open[0].id == PromiseId{3});

    const auto kept = found(centre.reader->promise(PromiseId{2}));
    REQUIRE(kept);
    CHECK(kept->kept_in == ContactId{9});
    CHECK(kept->ended == kStart + 12h);
    const auto attempts = found(centre.reader->attempts(PromiseId{2}));
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0].outcome == "answered");
    CHECK(attempts[0].number == "+971501234567");
    CHECK(found(centre.reader->promises(1))[0].id == PromiseId{3});
}

TEST_CASE("recordings that are not complete are known until they are") {
    Centre centre{"read-recordings"};
    centre.happens(0s, RecordingStarted{.recording = RecordingId{4}, .contact = ContactId{1}});
    auto pending = found(centre.reader->pending_recordings());
    REQUIRE(pending.size() == 1);
    CHECK(pending[0].id == RecordingId{4});
    CHECK_FALSE(pending[0].length_ms);
    centre.happens(9s, RecordingFinished{.recording = RecordingId{4},
                                         .contact = ContactId{1},
                                         .length_ms = 9'000,
                                         .bytes = 144'044,
                                         .sha256 = "aa"});
    CHECK(found(centre.reader->pending_recordings()).empty());
    const auto all = found(centre.reader->recordings_of(ContactId{1}));
    REQUIRE(all.size() == 1);
    CHECK(all[0].bytes == 144'044);
    CHECK(all[0].state == "complete");
}

TEST_CASE("agents are read as they are now") {
    Centre centre{"read-agents"};
    centre.happens(3s, AgentStateChanged{AgentId{"noura"}, agent::AgentState::ready, "", {}, {}});
    const auto agents = found(centre.reader->agents());
    REQUIRE(agents.size() == 1);
    CHECK(agents[0].agent == "noura");
    CHECK(agents[0].state == "ready");
    CHECK(agents[0].since == kStart + 3s);
    CHECK_FALSE(agents[0].contact);
}

TEST_CASE("where there is no store there is nothing to read") {
    const TestFolder folder{"read-nothing"};
    const auto reader = Reader::open(folder.path());
    REQUIRE_FALSE(reader);
    CHECK(reader.error().what.find("there is no store in") == 0);
}

}  // namespace
}  // namespace amer::store
