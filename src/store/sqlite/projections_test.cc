#include "store/sqlite/journal.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using namespace centre;
using namespace std::chrono_literals;

constexpr Instant kStart{1'000'000s};

// Events of one story, each at its second.
class Story {
public:
    explicit Story(std::string_view name) : folder_{name} {
        auto journal = SqliteJournal::open(folder_.path());
        REQUIRE(journal);
        journal_ = std::move(*journal);
    }

    void at(std::chrono::milliseconds since_start, Event event) {
        ++sequence_;
        REQUIRE(journal_->append(
            {engine::Entry{sequence_, sequence_, kStart + since_start, std::move(event)}}));
    }
    std::string sql(const std::string& statement) const { return folder_.sql(statement); }

private:
    TestFolder folder_;
    std::unique_ptr<SqliteJournal> journal_;
    std::uint64_t sequence_ = 0;
};

const PhoneNumber kCaller = PhoneNumber::parse("+971501234567").value();

ContactOpened mariam_calls(ContactId contact) {
    ContactOpened opened;
    opened.contact = contact;
    opened.dialled = "+971600500500";
    opened.caller = {.number = kCaller, .raw = "0501234567", .display_name = "مريم"};
    opened.trunk = TrunkId{"etisalat"};
    opened.flow = FlowId{"main"};
    return opened;
}

callback::Promise promise_to_mariam(PromiseId id, ContactId made_in) {
    callback::Promise promise;
    promise.id = id;
    promise.reference = "4711";
    promise.number = kCaller;
    promise.queue = QueueId{"housing"};
    promise.made_in = made_in;
    promise.made_at = kStart;
    promise.due = {kStart + 10h, kStart + 19h};
    promise.next_try = promise.due.from;
    return promise;
}

TEST_CASE("a served contact: who called, how long he waited and talked, with whom") {
    Story story{"row-served"};
    const ContactId contact{1};
    story.at(0s, mariam_calls(contact));
    story.at(2s, ConsentRecorded{contact, PromptId{"REC"}, 1, true});
    story.at(2s, RecordingStarted{.recording = RecordingId{5}, .contact = contact});
    story.at(4s, LanguageChosen{contact, Language::english});
    story.at(10s, ContactQueued{contact, QueueId{"housing"}, 0, kStart + 10s});
    story.at(12s, ContactQueued{contact, QueueId{"roads"}, 0, kStart + 10s});
    story.at(31'500ms, ContactConnected{contact, AgentId{"noura"}});
    story.at(91'500ms, ContactEnded{contact, ContactEnd::completed});
    CHECK(story.sql("select kind, dialled, caller, caller_raw, caller_name, caller_hidden, "
                    "language, consent, queue, agent, waited_ms, talked_ms, how, recording_id, "
                    "promise_id, as_of from contact") ==
          "inbound|+971600500500|+971501234567|0501234567|مريم|0|english|1|roads|noura|21500|60000|"
          "completed|5|-|8\n");
    CHECK(story.sql("select ended_us - opened_us from contact") == "91500000\n");
}

TEST_CASE("a survey is no talk: it counts until the agent left, and the answers stand beside it") {
    Story story{"row-survey"};
    const ContactId contact{1};
    story.at(0s, mariam_calls(contact));
    story.at(10s, ContactQueued{contact, QueueId{"housing"}, 0, kStart + 10s});
    story.at(20s, ContactConnected{contact, AgentId{"noura"}});
    story.at(80s, TalkEnded{contact, AgentId{"noura"}, FlowId{"survey"}});
    CHECK(story.sql("select talked_ms, ended_us, answers from contact") == "60000|-|-\n");
    const AgentId noura{"noura"};
    const QueueId housing{"housing"};
    story.at(90s, SurveyAnswered{contact, "happiness", "unhappy", noura, housing});
    story.at(95s, SurveyAnswered{contact, "why", "waiting", noura, housing});
    story.at(99s, ContactEnded{contact, ContactEnd::completed});
    CHECK(story.sql("select talked_ms, how, answers, as_of from contact") ==
          "60000|completed|happiness=unhappy why=waiting|7\n");
}

TEST_CASE("an abandoned contact waited until it left and talked to nobody") {
    Story story{"row-abandoned"};
    story.at(0s, mariam_calls(ContactId{1}));
    story.at(5s, ContactQueued{ContactId{1}, QueueId{"housing"}, 0, kStart + 5s});
    story.at(65s, ContactEnded{ContactId{1}, ContactEnd::abandoned});
    CHECK(story.sql("select how, waited_ms, talked_ms, agent, consent from contact") ==
          "abandoned|60000|-|-|-\n");
}

TEST_CASE("a promise is made, tried, put back and kept, and each try is on record") {
    Story story{"row-kept"};
    const PromiseId promise{9};
    story.at(0s, mariam_calls(ContactId{1}));
    story.at(1s, PromiseMade{promise_to_mariam(promise, ContactId{1})});
    story.at(20s, MessageLeft{promise, ContactId{1}, RecordingId{3}, 12'000});
    CHECK(story.sql("select state, message_id, message_ms, due_from_us from callback_promise") ==
          "waiting|3|12000|1036000000000\n");
    CHECK(story.sql("select promise_id from contact") == "9\n");

    story.at(10h, PromiseOffered{promise, ContactId{2}});
    CHECK(story.sql("select state from callback_promise") == "offered\n");
    AttemptStarted first;
    first.promise = promise;
    first.contact = ContactId{2};
    first.agent = AgentId{"noura"};
    first.attempt = 1;
    first.number = kCaller;
    story.at(10h + 5s, first);
    CHECK(story.sql("select state, tries_made from callback_promise") == "dialling|1\n");
    story.at(10h + 35s, AttemptFailed{promise, ContactId{2}, AttemptOutcome::busy, kStart + 12h});
    CHECK(story.sql("select state, tries_made, next_try_us from callback_promise") ==
          "waiting|1|1043200000000\n");
    AttemptFailed uncounted{promise, ContactId{2}, AttemptOutcome::network, kStart + 12h};
    uncounted.counts = false;
    story.at(10h + 35s, first);
    story.at(10h + 40s, uncounted);
    CHECK(story.sql("select state, tries_made from callback_promise") == "waiting|0\n");

    story.at(12h, PromiseOffered{promise, ContactId{3}});
    story.at(12h + 1s, PromisePutBack{promise, kStart + 13h});
    CHECK(story.sql("select state, next_try_us from callback_promise") ==
          "waiting|1046800000000\n");
    AttemptStarted left = first;  // the agent hangs up before the citizen answers: no try
    left.contact = ContactId{8};
    story.at(12h + 2s, left);
    story.at(12h + 3s, PromisePutBack{promise, kStart + 13h});
    CHECK(story.sql("select state, tries_made from callback_promise") == "waiting|0\n");
    AttemptStarted second = first;
    second.contact = ContactId{4};
    second.attempt = 2;
    story.at(13h, second);
    story.at(13h + 20s, PromiseKept{promise, ContactId{4}});
    CHECK(
        story.sql("select state, tries_made, kept_in, why_ended, overdue from callback_promise") ==
        "kept|2|4|-|0\n");
    CHECK(story.sql("select attempt, contact_id, agent, outcome, (ended_us - started_us) / 1000000 "
                    "from promise_attempt order by started_us") ==
          "1|2|noura|busy|30\n1|8|noura|-|-\n2|4|noura|answered|20\n");
}

TEST_CASE("a promise that is not kept says aloud why") {
    Story story{"row-broken"};
    auto hidden = promise_to_mariam(PromiseId{1}, ContactId{1});
    hidden.number.reset();
    story.at(0s, PromiseMade{hidden});
    CHECK(story.sql("select number_e164 from callback_promise") == "-\n");
    story.at(1s, PromiseNumberGiven{PromiseId{1}, kCaller});
    CHECK(story.sql("select number_e164 from callback_promise") == "+971501234567\n");
    story.at(20h, PromiseOverdue{PromiseId{1}});
    story.at(30h, PromiseBroken{PromiseId{1}, BreakReason::tries_used_up});
    CHECK(story.sql("select state, overdue, why_ended from callback_promise") ==
          "broken|1|tries_used_up\n");

    story.at(31h, PromiseMade{promise_to_mariam(PromiseId{2}, ContactId{1})});
    story.at(32h, PromiseWithdrawn{PromiseId{2}, "huda", "called by hand"});
    CHECK(story.sql("select state, why_ended, withdrawn_by from callback_promise "
                    "where promise_id = 2") == "withdrawn|called by hand|huda\n");
}

TEST_CASE("a changed calendar moves a promise; a second call of the same caller joins it") {
    Story story{"row-moved"};
    story.at(0s, PromiseMade{promise_to_mariam(PromiseId{1}, ContactId{1})});
    PromiseRedated redated;
    redated.promise = PromiseId{1};
    redated.due = {kStart + 34h, kStart + 43h};
    redated.calendar_version = 8;
    redated.next_try = kStart + 34h;
    story.at(1h, redated);
    CHECK(story.sql("select due_from_us, due_until_us, next_try_us, calendar_version "
                    "from callback_promise") == "1122400000000|1154800000000|1122400000000|8\n");
    story.at(2h, mariam_calls(ContactId{6}));
    story.at(2h, PromiseJoined{PromiseId{1}, ContactId{6}});
    CHECK(story.sql("select promise_id from contact where contact_id = 6") == "1\n");
}

TEST_CASE("a recording is complete or failed, never forgotten") {
    Story story{"row-recording"};
    story.at(0s, RecordingStarted{.recording = RecordingId{1}, .contact = ContactId{1}});
    story.at(0s, RecordingStarted{.recording = RecordingId{2},
                                  .contact = ContactId{1},
                                  .kind = RecordingKind::message});
    RecordingFinished finished;
    finished.recording = RecordingId{1};
    finished.length_ms = 5'000;
    finished.bytes = 80'044;
    finished.sha256 = "ab12";
    story.at(6s, finished);
    CHECK(story.sql("select recording_id, kind, state, length_ms, bytes, sha256 from recording "
                    "order by 1") ==
          "1|contact|complete|5000|80044|ab12\n2|message|recording|-|-|-\n");
    finished = {};
    finished.recording = RecordingId{2};
    finished.has_failed = true;
    story.at(7s, finished);
    CHECK(story.sql("select state from recording where recording_id = 2") == "failed\n");
}

TEST_CASE("an agent's row says what he does now") {
    Story story{"row-agent"};
    const AgentId noura{"noura"};
    story.at(0s, AgentStateChanged{noura, agent::AgentState::ready, "", std::nullopt, {}});
    story.at(5s,
             AgentStateChanged{noura, agent::AgentState::wrap_up, "", kStart + 25s, ContactId{3}});
    CHECK(story.sql("select agent, state, since_us, until_us, contact_id from agent_state") ==
          "noura|wrap_up|1000005000000|1000025000000|3\n");
    story.at(25s,
             AgentStateChanged{noura, agent::AgentState::not_ready, "break", std::nullopt, {}});
    CHECK(story.sql("select state, reason, until_us, contact_id from agent_state") ==
          "not_ready|break|-|-\n");
}

}  // namespace
}  // namespace amer::store
