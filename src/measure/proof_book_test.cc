// The proof of a day, gathered from the events alone: who called outside hours, what we owed him,
// what became of it.
#include "measure/proof_book.h"

#include "base/sha256.h"
#include "core/centre/test_night.h"

namespace amer::measure {

namespace {

using namespace std::chrono_literals;
using centre::example::dubai;
using centre::example::local_day;
using centre::example::Night;
using centre::example::Story;

PromiseProof proof_of(const Story& story, unsigned day_of_november) {
    ProofBook book{local_day(2026, 11, day_of_november)};
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        book.take(story.happened[at], story.happened_at[at]);
    }
    return book.proof();
}

// Of all gathered ones.
const ProvedPromise& promise(const PromiseProof& proof, std::uint64_t id) {
    for (const auto* list : {&proof.promises, &proof.others}) {
        for (const ProvedPromise& row : *list) {
            if (row.id == PromiseId{id}) return row;
        }
    }
    REQUIRE_MESSAGE(false, "this promise is not in the proof");
    return proof.promises.front();
}

std::vector<std::string> outcomes_of(const ProvedPromise& promise) {
    std::vector<std::string> outcomes;
    for (const ProvedAttempt& attempt : promise.attempts) outcomes.push_back(attempt.outcome);
    return outcomes;
}

}  // namespace

TEST_CASE("each call outside hours is there, with the promise it made or joined") {
    const PromiseProof proof = proof_of(Night{}, 19);
    CHECK(proof.day == "2026-11-19");
    CHECK(proof.calls_outside_hours == 5);
    CHECK(proof.calls_with_promise_made == 4);
    CHECK(proof.calls_with_promise_joined == 1);
    CHECK(proof.calls_without_promise == 0);
    REQUIRE(proof.calls.size() == 5);
    const ProvedCall& first = proof.calls[0];
    CHECK(first.contact == ContactId{4});
    CHECK(first.at == dubai("2026-11-19 18:00"));
    CHECK(first.number->e164() == "+971501234567");
    CHECK(first.language == Language::arabic);
    CHECK(first.calendar_version == 1);
    CHECK(first.promise == PromiseId{2});
    CHECK(first.how == "promised");
    CHECK(proof.calls[1].promise == PromiseId{2});
    CHECK(proof.calls[1].has_joined);
    CHECK_FALSE(proof.calls[2].number.has_value());
    CHECK(proof.calls[4].language == Language::english);
}

TEST_CASE("a promise is told from its making to its end, on whichever day that was") {
    const PromiseProof proof = proof_of(Night{}, 19);
    const ProvedPromise& told = promise(proof, 2);
    CHECK(told.promised == Window{dubai("2026-11-20 07:30"), dubai("2026-11-20 12:00")});
    CHECK(told.calendar_version == 1);
    CHECK(told.due == Window{dubai("2026-11-23 07:30"), dubai("2026-11-23 16:30")});
    REQUIRE(told.redatings.size() == 1);
    CHECK(told.redatings[0].calendar_version == 2);
    CHECK(told.redatings[0].due_before == told.promised);
    CHECK(told.redatings[0].at == dubai("2026-11-19 23:30"));
    REQUIRE(told.messages.size() == 1);
    CHECK(told.messages[0].length_ms == 12'000);
    CHECK(told.messages[0].sha256 == Night::kDigest);
    CHECK(told.joined == std::vector{ContactId{5}});
    CHECK(outcomes_of(told) == std::vector<std::string>{"no_answer", "answered"});
    CHECK(told.attempts[0].next_try == told.attempts[0].ended.value() + 2h);
    CHECK(told.attempts[1].agent == AgentId{"basim"});
    CHECK(told.standing == Standing::kept_in_time);
    CHECK(told.kept_in == told.attempts[1].contact);
    REQUIRE(told.notifications.size() == 2);
    CHECK(told.notifications[0].is_sent);
    CHECK(told.notifications[0].detail == "gw-1");
    CHECK_FALSE(told.notifications[1].ended.has_value());
    CHECK(told.notifications[1].occasion == notification::Occasion::promise_redated);
}

TEST_CASE("withdrawn, left by the agent and overdue ones say so") {
    const PromiseProof proof = proof_of(Night{}, 19);
    const ProvedPromise& withdrawn = promise(proof, 3);
    CHECK(withdrawn.standing == Standing::withdrawn);
    CHECK(withdrawn.withdrawn_by == "mariam");
    CHECK(withdrawn.redatings.empty());
    CHECK(outcomes_of(promise(proof, 4)) == std::vector<std::string>{"agent_left", "answered"});
    const ProvedPromise& overdue = promise(proof, 5);
    CHECK(overdue.standing == Standing::overdue);
    CHECK(overdue.overdue_at == dubai("2026-11-23 16:30"));
    CHECK_FALSE(overdue.ended.has_value());
}

TEST_CASE("the totals count each promise once, those of the queue apart") {
    const PromiseProof proof = proof_of(Night{}, 19);
    CHECK(proof.totals.made == 4);
    CHECK(proof.totals.kept == 2);
    CHECK(proof.totals.kept_in_time == 2);
    CHECK(proof.totals.kept_late == 0);
    CHECK(proof.totals.withdrawn == 1);
    CHECK(proof.totals.broken == 0);
    CHECK(proof.totals.open == 0);
    CHECK(proof.totals.overdue == 1);
    REQUIRE(proof.others.size() == 1);
    CHECK(proof.others[0].origin == callback::Promise::Origin::queue);
    CHECK(proof.others[0].made_in == ContactId{2});
    CHECK(proof.other_totals.made == 1);
    CHECK(proof.other_totals.kept_in_time == 1);
}

TEST_CASE("every line stands with the heads around it, and under the seals that cover it") {
    const Night night;
    const PromiseProof proof = proof_of(night, 19);
    std::size_t lines = 0;
    for (std::uint64_t id = 1; id <= 5; ++id) {
        for (const LedgerLine& line : promise(proof, id).lines) {
            CHECK(sha256(line.head_before + " " + line.text + "\n") == line.head);
            CHECK(line.text.find(" " + std::to_string(id) + " ") != std::string::npos);
            lines += 1;
        }
    }
    CHECK(lines == night.state.ledger.lines);  // all are of promises of this day
    CHECK(proof.lines == lines);
    CHECK(proof.head == night.state.ledger.head);
    REQUIRE(proof.seals.size() == 2);
    CHECK(proof.seals[0].day == "2026-11-19");
    CHECK(proof.seals[1].day == "2026-11-23");
    CHECK(proof.seals[1].head == proof.head);
    CHECK(proof.seals[0].is_right);
    CHECK(proof.seals[1].is_right);
    CHECK(proof.unsealed_lines == 0);
}

TEST_CASE("lines since midnight are not sealed yet") {
    Story story{"2026-11-19 18:00"};
    story.tell(centre::CallerLeft{story.call("8006679")});
    const PromiseProof proof = proof_of(story, 19);
    CHECK(proof.seals.empty());
    CHECK(proof.unsealed_lines == 1);
    CHECK(proof.totals.open == 1);
}

TEST_CASE("a seal that is not what the lines come to is not called right") {
    Story story{"2026-11-19 18:00"};
    story.tell(centre::CallerLeft{story.call("8006679")});
    story.pass_until("2026-11-20 00:00");
    for (centre::Event& event : story.happened) {
        if (auto* made = std::get_if<centre::PromiseMade>(&event)) made->promise.due.until += 1h;
    }
    CHECK_FALSE(proof_of(story, 19).seals.at(0).is_right);
}

TEST_CASE("a day of which nothing is to be proven has an empty proof") {
    const PromiseProof proof = proof_of(Night{}, 21);
    CHECK(proof.calls.empty());
    CHECK(proof.promises.empty());
    CHECK(proof.others.empty());
    CHECK(proof.seals.empty());
}

TEST_CASE("outside hours is what the calendar of that very moment said") {
    Story story{"2026-11-19 16:29:59"};
    story.ring("8006679", "+971501000001");
    CHECK(proof_of(story, 19).calls.empty());
    story.pass(1s);
    story.ring("8006679", "+971501000002");
    CHECK(proof_of(story, 19).calls.size() == 1);  // 16:30:00 is closed
    story.pass_until("2026-11-20 07:29:59");
    story.ring("8006679", "+971501000003");
    story.pass(1s);
    story.ring("8006679", "+971501000004");
    CHECK(proof_of(story, 20).calls.size() == 1);
    CHECK(proof_of(story, 20).calls[0].contact == ContactId{3});
}

TEST_CASE("a closure by command counts from its first instant, and what is ended no longer") {
    Story story{"2026-11-19 10:00"};
    calendar::Closure closure;
    closure.id = "storm";
    closure.until = dubai("2026-11-19 16:30");
    story.tell(centre::CloseCentre{closure, "mariam"});
    story.pass(1min);
    story.tell(centre::CallerLeft{story.call("8006679", "+971501000001")});
    story.pass(1min);
    story.tell(centre::ReopenCentre{"storm", "mariam"});
    story.pass(1min);
    story.call("8006679", "+971501000002");
    const PromiseProof proof = proof_of(story, 19);
    REQUIRE(proof.calls.size() == 1);
    CHECK(proof.calls[0].calendar_version == 2);
    CHECK(proof.calls[0].promise == PromiseId{1});
}

TEST_CASE("a call outside hours without a promise is named with its reason") {
    Story story{"2026-11-20 07:29:50"};
    story.log_in({"basim"});
    const ContactId contact = story.call("600500500");
    CHECK(proof_of(story, 20).calls.at(0).without == WithoutPromise::is_there);
    story.pass_until("2026-11-20 07:30:01");
    WithoutPromise expected = WithoutPromise::opened_meanwhile;
    SUBCASE("he hangs up in the menus, in hours by now") {
        story.tell(centre::CallerLeft{contact});
    }
    SUBCASE("he is served in this very call") {
        story.hear_out(contact);
        story.press(contact, "1");
        story.hear_out(contact);  // the notice of recording
        story.press(contact, "0");
        story.tell(centre::AcceptOffer{story.offer_to("basim")});
        expected = WithoutPromise::served;
    }
    const PromiseProof proof = proof_of(story, 20);
    CHECK(proof.calls_outside_hours == 1);
    CHECK(proof.calls_without_promise == 1);
    CHECK(proof.calls.at(0).without == expected);
}

TEST_CASE("midnight between a call and its promise leaves both on the day of the call") {
    Story story{"2026-11-19 23:59:59"};
    const ContactId contact = story.call("600500500");
    story.pass(2s);
    story.tell(centre::CallerLeft{contact});
    const PromiseProof thursday = proof_of(story, 19);
    CHECK(thursday.calls_with_promise_made == 1);
    CHECK(promise(thursday, 1).made_at == dubai("2026-11-20 00:00:01"));
    CHECK(proof_of(story, 20).calls.empty());
    CHECK(proof_of(story, 20).others.empty());
}

}  // namespace amer::measure
