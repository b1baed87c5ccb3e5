// The read tables, folded from events, against the state that the core itself makes of them.
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/reflected_name.h"
#include "base/rng.h"
#include "core/centre/example_centre.h"
#include "engine/cycle.h"
#include "engine/fake_clock.h"
#include "store/read/reader.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using namespace centre;
using namespace std::chrono_literals;

template <typename T>
T found(Result<T> result) {
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().what));
    return std::move(*result);
}

// A world of little sense: it does anything at any time, mostly what fits.
class WildWorld {
public:
    explicit WildWorld(std::uint64_t seed) : rng_{seed} {}

    Command next(const State& state) {
        const AgentId agent{pick({"amal", "basim", "carla"})};
        switch (rng_.below(10)) {
            case 0: return call();
            case 1: return finish_recording(any_of(state.recordings));
            case 2: return RegisterPhone{agent};
            case 3: return SetReady{agent};
            case 4:  // phones that ring are rare among all that lives, and answered in time
            case 5:
                if (!state.offers.empty()) return AcceptOffer{state.offers.begin()->first};
                return RegisterPhone{agent};
            default: return to_contact(state, any_of(state.contacts));
        }
    }
    Duration pause() {
        return rng_.below(60) == 0 ? Duration{3h} : std::chrono::seconds{rng_.below(15)};
    }

private:
    std::string pick(std::initializer_list<const char*> words) {
        return words.begin()[rng_.below(words.size())];
    }
    template <typename Key, typename Row>
    Key any_of(const std::map<Key, Row>& rows) {
        if (rows.empty()) return Key{1};
        return std::next(rows.begin(), static_cast<std::ptrdiff_t>(rng_.below(rows.size())))->first;
    }
    Command to_contact(const State& state, ContactId contact) {
        const auto living = state.contacts.find(contact);
        if (living == state.contacts.end() || rng_.below(12) == 0) return CallerLeft{contact};
        const contact::Contact& row = living->second;
        const bool is_lucky = rng_.below(2) == 0;
        using Stage = contact::Contact::Stage;
        switch (row.stage) {
            case Stage::arriving: return CallerConnected{contact};
            case Stage::in_flow:
                if (is_lucky) return PressDigit{contact, pick({"0", "1", "2", "5", "#"})};
                return FinishPrompt{contact, row.playback};
            case Stage::offered:
                if (is_lucky) return AcceptOffer{row.offers.front()};
                return DeclineOffer{row.offers.front(), DeclineReason::busy};
            case Stage::dialling:
                if (is_lucky) return CustomerAnswered{contact};
                return CustomerFailed{contact, AttemptOutcome::no_answer};
            case Stage::greeting: return FinishPrompt{contact, row.playback};
            case Stage::connected: return AgentLeft{contact, row.agent};
            default: return Tick{};
        }
    }
    OpenContact call() {
        OpenContact open;
        open.dialled = pick({"+971600500500", "+9718006679"});
        open.number = example::phone(open.dialled);
        open.trunk = TrunkId{"operator"};
        open.caller.is_hidden = rng_.below(4) == 0;
        if (!open.caller.is_hidden) {
            open.caller.number = example::phone("+97150123456" + std::to_string(rng_.below(9)));
        }
        return open;
    }
    FinishRecording finish_recording(RecordingId recording) {
        FinishRecording finish;
        finish.recording = recording;
        finish.length_ms = static_cast<std::int64_t>(rng_.below(5'000));
        return finish;
    }

    Rng rng_;
};

void check_promises(const State& state, Reader& reader) {
    const auto rows = found(reader.open_promises());
    CHECK(rows.size() == state.promises.size());
    for (const PromiseRow& row : rows) {
        CAPTURE(row.id.value);
        const auto open = state.promises.find(row.id);
        REQUIRE(open != state.promises.end());
        const callback::Promise& promise = open->second;
        CHECK(row.state == enum_name(promise.state));
        CHECK(row.tries_made == promise.tries_made);
        CHECK(row.next_try == promise.next_try);
        CHECK((row.due == promise.due));
        CHECK(row.number.value_or("") == (promise.number ? promise.number->e164() : ""));
        CHECK(row.message.value_or(RecordingId{}) == promise.message);
        CHECK(row.message_ms == promise.message_ms);
        CHECK(row.is_overdue == promise.is_overdue);
    }
}

void check_the_rest(const State& state, Reader& reader) {
    const auto contacts = found(reader.living_contacts());
    CHECK(contacts.size() == state.contacts.size());
    for (const ContactRow& row : contacts) {
        CAPTURE(row.id.value);
        const auto living = state.contacts.find(row.id);
        REQUIRE(living != state.contacts.end());
        CHECK(row.language == enum_name(living->second.language));
        CHECK(row.promise.value_or(PromiseId{}) == living->second.promise);
        CHECK(row.opened == living->second.opened_at);
        CHECK(row.queued == living->second.queued_since);
        CHECK(row.recording.value_or(RecordingId{}) == living->second.recording);
    }
    const auto recordings = found(reader.pending_recordings());
    CHECK(recordings.size() == state.recordings.size());
    for (const AgentStateRow& row : found(reader.agents())) {
        CAPTURE(row.agent);
        const auto agent = state.agents.find(AgentId{row.agent});
        REQUIRE(agent != state.agents.end());
        CHECK(row.state == enum_name(agent->second.state));
        CHECK(row.since == agent->second.since);
        CHECK(row.contact.value_or(ContactId{}) == agent->second.contact);
    }
}

TEST_CASE("after anything that can happen the read tables say what the state says") {
    const TestFolder folder{"agreement"};
    auto journal = found(SqliteJournal::open(folder.path()));
    const auto reader = found(Reader::open(folder.path()));
    engine::FakeClock clock{example::dubai("2026-11-19 12:00")};
    engine::Cycle cycle{*journal, clock, [](const std::string& what) { FAIL_CHECK(what); }};
    REQUIRE(cycle.load());
    std::vector<engine::Submission> batch;
    batch.push_back({PublishConfiguration{example::configuration()}, {}});
    cycle.run(batch);

    WildWorld world{19};
    for (int turn = 0; turn < 1'500; ++turn) {
        CAPTURE(turn);
        clock.advance(world.pause());
        batch.clear();
        for (int command = 0; command < 4; ++command) {
            batch.push_back({world.next(cycle.state()), {}});
        }
        cycle.run(batch);
        check_promises(cycle.state(), *reader);
        check_the_rest(cycle.state(), *reader);
    }
    // It was not all refused.
    CHECK(folder.sql("select count(distinct state) >= 3, sum(tries_made) > 5, "
                     "sum(overdue) > 0 from callback_promise") == "1|1|1\n");
    CHECK(folder.sql("select count(distinct outcome) >= 2 from promise_attempt") == "1\n");
    CHECK(folder.sql("select count(distinct how) >= 5 from contact") == "1\n");

    const std::string live = folder.projections();
    REQUIRE(journal->rebuild_projections());
    CHECK(folder.projections() == live);
}

}  // namespace
}  // namespace amer::store
