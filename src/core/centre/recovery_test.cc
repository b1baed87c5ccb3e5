// The process dies at every phase of a contact and starts again: acd.md 6.4, cases 32 and 33.
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using callback::Promise;
using Stage = contact::Contact::Stage;
using namespace std::chrono_literals;

namespace {

const char* const kMorning = "2026-11-19 10:00";
const char* const kCaller = "+971501234567";

// After it nothing lives, nobody is stuck, and a second recovery finds nothing to do.
void recover(Story& story) {
    const auto contacts = static_cast<std::int64_t>(story.state.contacts.size());
    story.tell(RecoverFromCrash{});
    CHECK(story.last<CentreRecovered>().contacts_broken == contacts);
    CHECK(story.state.contacts.empty());
    CHECK(story.state.offers.empty());
    for (const auto& [id, agent] : story.state.agents) {
        CHECK(agent.state == AgentState::logged_out);
    }
    CHECK(story.tell(RecoverFromCrash{}) == std::vector<Event>{CentreRecovered{0}});
}

}  // namespace

TEST_CASE("the first start finds nothing and says so") {
    State state;
    const Decision decision = decide(state, RecoverFromCrash{}, dubai(kMorning));
    REQUIRE(decision);
    CHECK(*decision == std::vector<Event>{CentreRecovered{0}});
}

TEST_CASE("case 32: who waited, was rung for or talked is owed a call at once, with his place") {
    Story story{kMorning};
    const ContactId contact = story.call("8006679", kCaller);
    const Instant since = story.now;
    story.pass(40s);
    SUBCASE("waiting") {}
    SUBCASE("an agent was reserved") { story.log_in({"basim"}); }
    SUBCASE("his phone rang") {
        story.log_in({"basim"});
        story.tell(ReportRinging{story.offer_to("basim")});
    }
    SUBCASE("they talked") {
        story.log_in({"basim"});
        story.tell(AcceptOffer{story.offer_to("basim")});
    }
    const bool had_offer = !story.state.offers.empty();
    recover(story);
    CHECK(story.end_of(contact) == ContactEnd::broken_by_crash);
    if (had_offer) CHECK(story.last<OfferEnded>().how == OfferEnd::crash);
    const Promise promise = story.the(PromiseId{1});
    CHECK(promise.origin == Promise::Origin::crash);
    CHECK(promise.due.from == story.now);
    CHECK(promise.due.until == dubai("2026-11-19 16:30"));
    CHECK(promise.place == since);

    // A caller who came meanwhile does not overtake him.
    story.call("8006679", "+971502222222");
    story.tell(RegisterPhone{AgentId{"amal"}});
    story.tell(DeclineOffer{story.offer_to("amal"), DeclineReason::rejected});
    story.pass(5s);
    CHECK(story.the(story.last<OfferMade>().contact).promise == PromiseId{1});
    CHECK(story.last<ContactQueued>().since == since);
}

TEST_CASE("who hid his number, or was only in the menu, cannot or need not be called") {
    Story story{kMorning};
    story.call("8006679", "");
    story.call("600500500", kCaller);
    recover(story);
    CHECK(story.state.promises.empty());
}

TEST_CASE("outside the hours, whom the crash cuts off in the greeting is owed a call as well") {
    Story story{"2026-11-19 18:00"};
    story.call("600500500", kCaller);
    recover(story);
    CHECK(story.the(PromiseId{1}).origin == Promise::Origin::out_of_hours);
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-20 07:30"));
}

TEST_CASE("whoever was leaving a message keeps his promise, and the message is found") {
    Story story{"2026-11-19 18:00"};
    const ContactId contact = story.call("8006679", kCaller);
    story.hear_out(contact);
    const RecordingId recording = story.last<RecordingStarted>().recording;
    recover(story);
    CHECK(story.the(PromiseId{1}).state == Promise::State::waiting);
    CHECK(story.all<PromiseMade>().size() == 1);
    story.tell(FinishRecording{recording, 7'000, 1, "ab", false});
    CHECK(story.the(PromiseId{1}).message == recording);
}

TEST_CASE("a call back that stood or rang at an agent is put back, and is no try") {
    Story story{"2026-11-19 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    SUBCASE("it stood in the queue") {
        story.log_in({"carla", "basim"});
        story.tell(SetNotReady{AgentId{"basim"}, "break"});
        story.pass_until("2026-11-20 08:00");
    }
    SUBCASE("a phone rang for it") {
        story.log_in({"basim"});
        story.pass_until("2026-11-20 07:30");
    }
    recover(story);
    CHECK(story.the(PromiseId{1}).tries_made == 0);
    CHECK(story.last<PromisePutBack>().next_try == story.now);
    story.tell(RegisterPhone{AgentId{"basim"}});
    CHECK(story.state_of("basim") == AgentState::reserved);
}

TEST_CASE("case 33: a dialled call of unknown outcome is not repeated before its guard time") {
    Story story{"2026-11-19 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    story.log_in({"basim"});
    story.pass_until("2026-11-20 07:30");
    const ContactId contact = story.last<PromiseOffered>().contact;
    story.tell(AcceptOffer{story.offer_to("basim")});
    SUBCASE("while it rang") {}
    SUBCASE("while he heard the greeting") { story.tell(CustomerAnswered{contact}); }
    recover(story);
    CHECK(story.end_of(contact) == ContactEnd::broken_by_crash);
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::unknown);
    CHECK(story.the(PromiseId{1}).next_try == story.now + 10min);
    CHECK(story.the(PromiseId{1}).tries_made == 1);
    story.tell(RegisterPhone{AgentId{"basim"}});
    story.pass(10min - 1s);
    CHECK(story.all<AttemptStarted>().size() == 1);
    story.pass(1s);
    story.tell(AcceptOffer{story.offer_to("basim")});
    CHECK(story.last<AttemptStarted>().attempt == 2);
}

TEST_CASE("a call back that was connected is kept and stays so") {
    Story story{"2026-11-19 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    story.log_in({"basim"});
    story.pass_until("2026-11-20 07:30");
    const ContactId contact = story.last<PromiseOffered>().contact;
    story.tell(AcceptOffer{story.offer_to("basim")});
    story.tell(CustomerAnswered{contact});
    story.hear_out(contact);
    recover(story);
    CHECK(story.state.promises.empty());
    CHECK(story.all<PromiseMade>().size() == 1);
}

TEST_CASE("after closing, those the crash cut off are called at the next opening") {
    Story story{"2026-11-19 16:29"};
    story.call("8006679", kCaller);
    story.pass_until("2026-11-19 17:00");
    recover(story);
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-20 07:30"));
}

TEST_CASE("a wrap-up dies with the process; a log-out by choice outlives it") {
    Story story{kMorning};
    story.log_in({"amal", "basim"});
    const ContactId contact = story.call("8006679", kCaller);
    story.tell(AcceptOffer{story.offer_to("amal")});
    story.tell(CallerLeft{contact});
    story.tell(LogOut{AgentId{"basim"}});
    recover(story);
    CHECK(story.the("amal").reason == "restart");
    story.tell(RegisterPhone{AgentId{"amal"}});
    story.tell(RegisterPhone{AgentId{"basim"}});
    CHECK(story.state_of("amal") == AgentState::ready);
    CHECK(story.state_of("basim") == AgentState::logged_out);
}

TEST_CASE("the same journal makes the same state, event by event") {
    Story story{"2026-11-19 15:00"};
    story.log_in({"amal", "basim", "carla"});
    story.call("8006679", kCaller);
    story.call("600500500", "+971502222222");
    story.pass(40s);
    story.pass_until("2026-11-19 18:00");
    story.call("8006679", "+971503333333");
    recover(story);
    State again;
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        apply(again, story.happened[at], story.happened_at[at]);
    }
    CHECK(again == story.state);
}

}  // namespace amer::centre::example
