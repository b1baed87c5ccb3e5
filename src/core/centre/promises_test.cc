// Out of hours and the next morning: issue, section 6.3 and 6.4; acd.md 6.4, cases 19-23 and 33.
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using callback::Promise;
using Stage = contact::Contact::Stage;
using Words = std::vector<std::string>;
using namespace std::chrono_literals;

namespace {

const char* const kCaller = "+971501234567";
const char* const kThursdayNight = "2026-11-19 18:00";
const char* const kFridayOpening = "2026-11-20 07:30";

// A caller of Thursday night who left no message, and Friday morning with basim at his desk.
struct Morning : Story {
    explicit Morning(Configuration rules = configuration(), int callers = 1)
        : Story{kThursdayNight, std::move(rules)} {
        for (int at = 0; at < callers; ++at) {
            const ContactId contact = call("8006679", "+97150123456" + std::to_string(at));
            tell(CallerLeft{contact});
        }
        promise = PromiseId{1};
        pass_until("2026-11-20 07:00");
        log_in({"basim"});
    }
    // The call back stands at basim's phone.
    ContactId offered() {
        pass_until(kFridayOpening);
        return last<PromiseOffered>().contact;
    }
    // Basim has answered and the citizen's phone rings.
    ContactId dialling() {
        const ContactId contact = offered();
        tell(AcceptOffer{offer_to("basim")});
        return contact;
    }
    PromiseId promise;
};

}  // namespace

TEST_CASE("out of hours the promise is made at once, and the announcement says when") {
    Story story{kThursdayNight};
    const ContactId contact = story.call("8006679", kCaller);
    const Promise promise = story.last<PromiseMade>().promise;
    CHECK(promise.number == phone(kCaller));
    CHECK(promise.due.from == dubai(kFridayOpening));
    CHECK(promise.due.until == dubai("2026-11-20 12:00"));
    CHECK(promise.next_try == promise.due.from);
    CHECK(promise.made_in == contact);
    CHECK(promise.origin == Promise::Origin::out_of_hours);
    CHECK(promise.calendar_version == 1);
    CHECK(promise.queue == QueueId{"general"});
    const PromptStarted said = story.last<PromptStarted>();
    CHECK(prompts_of(said) == Words{"CLS-MSG"});
    CHECK(value_in(said, "date")->text == "2026-11-20");
    CHECK(value_in(said, "time")->amount == 7 * 60 + 30);
    CHECK(value_in(said, "hours")->text == "1=450-990 2=450-990 3=450-990 4=450-990 5=450-720");
    CHECK(value_in(said, "number")->text == "0501234567");
}

TEST_CASE("the message is recorded after the announcement, kept and thanked for") {
    Story story{kThursdayNight};
    const ContactId contact = story.call("8006679", kCaller);
    story.hear_out(contact);
    const RecordingStarted started = story.last<RecordingStarted>();
    CHECK(started.kind == RecordingKind::message);
    CHECK(started.longest_ms == 180'000);
    CHECK(started.silence_ms == 6'000);
    story.pass(12s);
    CHECK(story.press(contact, "#").empty());  // ends where it is recorded
    story.tell(FinishRecording{started.recording, 12'000, 96'000, "ab12", false});
    CHECK(story.last<MessageLeft>().recording == started.recording);
    CHECK(story.the(PromiseId{1}).message_ms == 12'000);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CLS-OK"});
    CHECK(value_in(story.last<PromptStarted>(), "ref")->text == story.the(PromiseId{1}).reference);
    story.hear_out(contact);
    story.hear_out(contact);  // the goodbye
    CHECK(story.end_of(contact) == ContactEnd::promised);
}

TEST_CASE("no message, a short one or a broken file: the promise stands all the same") {
    Story story{kThursdayNight};
    const ContactId contact = story.call("8006679", kCaller);
    story.press(contact, "1");  // cuts the announcement
    const RecordingId recording = story.last<RecordingStarted>().recording;
    SUBCASE("shorter than a second") {
        story.tell(FinishRecording{recording, 999, 10, "ab", false});
    }
    SUBCASE("the disk was full") { story.tell(FinishRecording{recording, 9'000, 0, "", true}); }
    SUBCASE("the file is never heard of") { story.pass(4min); }
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CLS-NONE"});
    CHECK(story.all<MessageLeft>().empty());
    story.hear_out(contact);
    story.tell(CallerLeft{contact});
    CHECK(story.end_of(contact) == ContactEnd::promised);
    CHECK(story.the(PromiseId{1}).state == Promise::State::waiting);
}

TEST_CASE("a message of a caller who hangs up is kept when its file is complete") {
    Story story{kThursdayNight};
    const ContactId contact = story.call("8006679", kCaller);
    story.hear_out(contact);
    story.tell(CallerLeft{contact});
    CHECK(story.end_of(contact) == ContactEnd::promised);
    const RecordingId recording = story.last<RecordingStarted>().recording;
    CHECK(story.state.recordings.contains(recording));
    story.tell(FinishRecording{recording, 4'000, 1, "ab", false});
    CHECK(story.the(PromiseId{1}).message == recording);
    CHECK(story.tell(FinishRecording{recording, 4'000, 1, "ab", false}).empty());
}

TEST_CASE("the same caller again has one promise, with his latest message") {
    Story story{kThursdayNight};
    for (int time = 1; time <= 2; ++time) {
        const ContactId contact = story.call("8006679", kCaller);
        story.hear_out(contact);
        const RecordingId recording = story.last<RecordingStarted>().recording;
        story.tell(FinishRecording{recording, 2'000, 1, "ab", false});
        CHECK(story.the(PromiseId{1}).message == recording);
        story.tell(CallerLeft{contact});
        CHECK(story.end_of(contact) == ContactEnd::promised);
    }
    CHECK(story.all<PromiseMade>().size() == 1);
    CHECK(story.last<PromiseJoined>().contact == ContactId{2});
}

TEST_CASE("case 20: two who hide their numbers are never taken for one") {
    Story story{kThursdayNight};
    story.call("8006679", "");
    story.call("8006679", "");
    CHECK(story.all<PromiseMade>().size() == 2);
    CHECK_FALSE(story.last<PromiseMade>().promise.number.has_value());
}

TEST_CASE("who hides his number is asked for one; none or a forbidden one is not taken") {
    Story story{kThursdayNight};
    const ContactId contact = story.call("600500500", "");
    story.hear_out(contact);
    story.press(contact, "1");
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CLS-HID"});
    SUBCASE("a mobile number") {
        for (const char digit : std::string{"0501234567"}) {
            story.press(contact, std::string{digit});
        }
        story.press(contact, "#");
        CHECK(story.the(PromiseId{1}).number == phone(kCaller));
        CHECK(story.the(contact).step == StepId{"message"});
        // The hours, and no holiday, since there is none.
        CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CLS-HRS", "CLS-MSG"});
    }
    SUBCASE("the police, then ourselves") {
        for (const char digit : std::string{"999"}) story.press(contact, std::string{digit});
        story.press(contact, "#");
        CHECK(prompts_of(story.last<PromptStarted>()) == Words{"INV", "CLS-HID"});
        for (const char digit : std::string{"00971600500500#"}) {
            story.press(contact, std::string{digit});
        }
        CHECK(story.the(contact).step == StepId{"message"});
        CHECK(story.all<PromiseNumberGiven>().empty());
    }
}

TEST_CASE("a promise without a number is broken aloud when its day begins") {
    Story story{kThursdayNight};
    story.tell(CallerLeft{story.call("8006679", "")});
    story.log_in({"basim"});
    story.pass_until(kFridayOpening);
    CHECK(story.last<PromiseBroken>().reason == BreakReason::no_number);
    CHECK(story.state.promises.empty());
    CHECK(story.all<OfferMade>().empty());
}

TEST_CASE("emergency numbers and our own are never promised a call") {
    Story story{kThursdayNight};
    story.call("8006679", "+971999");
    CHECK_FALSE(story.last<PromiseMade>().promise.number.has_value());
    story.call("8006679", "+971600500500");
    CHECK_FALSE(story.last<PromiseMade>().promise.number.has_value());
    CHECK(story.all<PromiseMade>().size() == 2);
}

TEST_CASE("the wording: today, a holiday, and no day that hangs on the moon") {
    Configuration rules = configuration();
    SUBCASE("before today's opening it is today") {
        Story story{"2026-11-19 05:00", rules};
        story.call("8006679");
        CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CLS-TODAY"});
        CHECK(story.last<PromiseMade>().promise.due.from == dubai("2026-11-19 07:30"));
    }
    SUBCASE("on a holiday its name is said") {
        Story story{"2026-12-02 10:00", rules};
        const ContactId contact = story.call("600500500");
        story.hear_out(contact);
        story.press(contact, "1");
        CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CLS-HRS", "CLS-HOL", "CLS-MSG"});
        CHECK(value_in(story.last<PromptStarted>(), "holiday")->text == "HOL-union-day");
    }
    SUBCASE("on the eve of Ramadan the hours are those of Ramadan, when he will be called") {
        calendar::DatedProfile ramadan{
            "Ramadan", local_day(2026, 11, 20), local_day(2026, 12, 18), {}};
        for (const std::size_t weekday : {1U, 2U, 3U, 4U}) ramadan.hours[weekday] = {{540, 870}};
        ramadan.hours[5] = {{540, 720}};
        rules.calendar.dated = {ramadan};
        Story story{kThursdayNight, rules};
        story.call("8006679");
        CHECK(value_in(story.last<PromptStarted>(), "hours")->text ==
              "1=540-870 2=540-870 3=540-870 4=540-870 5=540-720");
    }
    SUBCASE("behind a predicted holiday the day is not named") {
        rules.calendar.holidays[0].status = calendar::HolidayStatus::predicted;
        Story story{"2026-12-01 18:00", rules};
        story.call("8006679");
        CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CLS-NODATE"});
    }
}

TEST_CASE("a calendar without an opening raises an alarm and still owes the call") {
    Configuration rules = configuration();
    rules.calendar.weekly[0].hours = {};
    Story story{kThursdayNight, rules};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    CHECK(story.last<AlarmRaised>().what == "no_opening_in_30_days");
    CHECK(story.the(PromiseId{1}).due.from == story.now + std::chrono::hours{30 * 24});
    story.log_in({"basim"});
    story.pass(std::chrono::hours{70 * 24});
    CHECK(story.all<AlarmRaised>().size() >= 2);
    CHECK(story.the(PromiseId{1}).is_overdue);
    // The calendar is put right: the promise has a near day again.
    story.tell(PublishConfiguration{configuration()});
    story.pass(std::chrono::hours{5 * 24});
    CHECK_FALSE(story.all<PromiseOffered>().empty());
}

TEST_CASE("next morning the promise is offered, dialled, greeted, connected and kept") {
    Morning story;
    story.pass_until("2026-11-20 07:29:59");
    CHECK(story.all<PromiseOffered>().empty());
    const ContactId contact = story.offered();
    CHECK(story.state_of("basim") == AgentState::reserved);
    CHECK(story.the(story.promise).state == Promise::State::offered);
    CHECK(story.the(contact).is_callback);
    CHECK(story.all<AttemptStarted>().empty());
    story.tell(AcceptOffer{story.offer_to("basim")});
    const AttemptStarted attempt = story.last<AttemptStarted>();
    CHECK(attempt.number == phone("+971501234560"));
    CHECK(attempt.attempt == 1);
    CHECK(attempt.trunk == TrunkId{"operator"});
    CHECK(attempt.ring_ms == 30'000);
    CHECK(story.the(contact).stage == Stage::dialling);
    story.pass(6s);
    story.tell(CustomerAnswered{contact});
    CHECK(story.tell(CustomerAnswered{contact}).empty());
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"CB-OUT"});
    CHECK_FALSE(value_in(story.last<PromptStarted>(), "ref")->text.empty());
    CHECK(story.all<PromiseKept>().empty());
    SUBCASE("at the end of the greeting") { story.hear_out(contact); }
    SUBCASE("or at his key") { story.press(contact, "1"); }
    CHECK(story.last<ContactConnected>().contact == contact);
    CHECK(story.last<PromiseKept>().promise == story.promise);
    CHECK(story.state.promises.empty());
    story.pass(1min);
    story.tell(AgentLeft{contact, AgentId{"basim"}});
    CHECK(story.end_of(contact) == ContactEnd::completed);
    CHECK(story.state_of("basim") == AgentState::wrap_up);
    story.pass(std::chrono::hours{24});
    CHECK(story.all<AttemptStarted>().size() == 1);
}

TEST_CASE("a call that fails is tried again by plan, and broken aloud at the end") {
    Morning story;
    ContactId contact = story.dialling();
    story.pass(30s);
    story.tell(CustomerFailed{contact, AttemptOutcome::no_answer});
    CHECK(story.end_of(contact) == ContactEnd::not_reached);
    CHECK(story.last<AttemptFailed>().next_try == story.now + 2h);
    CHECK(story.the("basim").until == story.now + 5s);  // little to write down
    CHECK(story.tell(CustomerFailed{contact, AttemptOutcome::busy}).empty());
    story.pass(2h);
    contact = story.last<PromiseOffered>().contact;
    story.tell(AcceptOffer{story.offer_to("basim")});
    CHECK(story.last<AttemptStarted>().attempt == 2);
    story.tell(CustomerFailed{contact, AttemptOutcome::busy});
    // 09:30 + 2 h is within Friday's hours still: 11:30.
    CHECK(story.last<AttemptFailed>().next_try == story.now + 2h);
    story.pass(2h);
    contact = story.last<PromiseOffered>().contact;
    story.tell(AcceptOffer{story.offer_to("basim")});
    story.tell(CustomerFailed{contact, AttemptOutcome::rejected});
    CHECK_FALSE(story.last<AttemptFailed>().next_try.has_value());
    CHECK(story.last<PromiseBroken>().reason == BreakReason::tries_used_up);
    CHECK(story.state.promises.empty());
}

TEST_CASE("case 21: a retry that would come after closing comes at the next opening") {
    Morning story;
    story.pass_until(kFridayOpening);
    const ContactId contact = story.last<PromiseOffered>().contact;
    story.tell(AcceptOffer{story.offer_to("basim")});
    story.pass(10s);
    story.now = dubai("2026-11-20 11:00");  // the phone rang long
    story.tell(CustomerFailed{contact, AttemptOutcome::no_answer});
    CHECK(story.last<AttemptFailed>().next_try == dubai("2026-11-23 07:30"));
}

TEST_CASE("a citizen who hangs up on the greeting gave up: that was a try") {
    Morning story;
    const ContactId contact = story.dialling();
    story.tell(CustomerAnswered{contact});
    SUBCASE("told as a failure") { story.tell(CustomerFailed{contact, AttemptOutcome::gave_up}); }
    SUBCASE("told as a caller who left") { story.tell(CallerLeft{contact}); }
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::gave_up);
    CHECK(story.the(story.promise).tries_made == 1);
    CHECK(story.the(story.promise).state == Promise::State::waiting);
}

TEST_CASE("an agent who leaves before the citizen answers costs him no try") {
    Morning story;
    const ContactId contact = story.dialling();
    story.tell(AgentLeft{contact, AgentId{"basim"}});
    CHECK(story.end_of(contact) == ContactEnd::agent_left);
    CHECK(story.the(story.promise).tries_made == 0);
    CHECK(story.the(story.promise).next_try == story.now + 5min);
    CHECK(story.tell(CustomerAnswered{contact}).empty());  // he is hung up on by ContactEnded
    story.pass(5min);
    story.tell(AcceptOffer{story.offer_to("basim")});
    CHECK(story.last<AttemptStarted>().attempt == 1);
}

TEST_CASE("a phone that nobody answers for is given up a little after its ring time") {
    Morning story;
    story.dialling();
    story.pass(45s);
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::no_answer);
}

TEST_CASE("nobody takes the call back: it stands until closing and is put back, overdue aloud") {
    Morning story;
    story.offered();
    story.pass(15s);  // basim did not answer
    CHECK(story.state_of("basim") == AgentState::not_ready);
    CHECK(story.the(story.promise).state == Promise::State::offered);
    story.pass_until("2026-11-20 11:59:59");
    CHECK(story.all<PromisePutBack>().empty());
    story.pass_until("2026-11-20 12:00");
    CHECK(story.last<PromisePutBack>().next_try == dubai("2026-11-23 07:30"));
    CHECK(story.all<PromiseOverdue>().size() == 1);
    CHECK(story.state.contacts.empty());
    // Monday it is tried again, and it is said only once that it is late.
    story.tell(SetReady{AgentId{"basim"}});
    story.pass_until("2026-11-23 07:30");
    CHECK(story.the(story.promise).state == Promise::State::offered);
    CHECK(story.all<PromiseOverdue>().size() == 1);
}

TEST_CASE("promises that nobody came for wait for the next opening, and for the first who comes") {
    Story story{kThursdayNight};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    story.pass_until("2026-11-20 13:00");
    CHECK(story.all<PromiseOffered>().empty());
    CHECK(story.all<PromiseOverdue>().size() == 1);
    CHECK(story.last<PromisePutBack>().next_try == dubai("2026-11-23 07:30"));
    story.log_in({"basim"});
    story.pass_until("2026-11-23 07:29:59");
    CHECK(story.all<PromiseOffered>().empty());
    story.pass(1s);
    CHECK(story.all<PromiseOffered>().size() == 1);
}

TEST_CASE("an agent who logs in later in the day finds the promise due") {
    Story story{kThursdayNight};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    story.pass_until("2026-11-20 09:00");
    story.tell(RegisterPhone{AgentId{"basim"}});
    CHECK(story.state_of("basim") == AgentState::reserved);
}

TEST_CASE("never called while he who was promised it is on the line") {
    Story story{"2026-11-20 07:29"};
    story.log_in({"basim"});
    const ContactId contact = story.call("8006679", kCaller);
    story.pass_until("2026-11-20 07:31");
    CHECK(story.the(PromiseId{1}).next_try == dubai(kFridayOpening));
    CHECK(story.all<PromiseOffered>().empty());
    story.tell(CallerLeft{contact});
    story.pass(0s);
    CHECK(story.all<PromiseOffered>().size() == 1);
}

TEST_CASE("calls back stand one at a time among the callers and starve nobody") {
    Configuration rules = configuration();
    rules.promises.share_percent = 100;
    Morning story{rules, 5};
    story.pass_until(kFridayOpening);
    // One is at basim's phone, one stands in the queue, the others wait their turn.
    CHECK(story.all<PromiseOffered>().size() == 2);
    story.pass(1s);
    const ContactId live = story.call("8006679", "+971509999999");
    const ContactId standing = story.last<PromiseOffered>().contact;
    const auto serve = [&] {
        const ContactId served = story.last<OfferMade>().contact;
        story.tell(AcceptOffer{story.offer_to("basim")});
        if (story.the(served).is_callback) {
            story.tell(CustomerAnswered{served});
            story.hear_out(served);
        }
        story.tell(AgentLeft{served, AgentId{"basim"}});
        story.pass(20s);
    };
    serve();
    CHECK(story.last<OfferMade>().contact == standing);
    serve();
    CHECK(story.last<OfferMade>().contact == live);  // before the third call back
    serve();
    CHECK(story.the(story.last<OfferMade>().contact).is_callback);
}

TEST_CASE("with equal scores the caller on the line comes first") {
    Morning story{configuration(), 2};
    story.pass_until(kFridayOpening);
    const ContactId live = story.call("8006679", "+971509999999");  // the same instant
    story.tell(DeclineOffer{story.offer_to("basim"), DeclineReason::rejected});
    story.pass(5s);
    CHECK(story.last<OfferMade>().contact == live);
}

TEST_CASE("case 19: who reaches us himself has been called back") {
    Morning story;
    SUBCASE("while the promise waits") {
        story.tell(SetNotReady{AgentId{"basim"}, "break"});
        story.tell(UnregisterPhone{AgentId{"basim"}});
        story.pass_until(kFridayOpening);
        story.pass(1min);
        const ContactId contact = story.call("8006679", "+971501234560");
        story.tell(RegisterPhone{AgentId{"basim"}});
        story.pass(1s);
        REQUIRE(story.last<OfferMade>().contact == contact);
        story.tell(AcceptOffer{story.offer_to("basim")});
        CHECK(story.last<PromiseKept>().contact == contact);
    }
    SUBCASE("while the call back stands in the queue") {
        story.tell(SetNotReady{AgentId{"basim"}, "break"});
        const ContactId callback = story.offered();
        REQUIRE(story.the(callback).stage == Stage::queued);
        Configuration rules = configuration();
        rules.agents[0].queues = {QueueId{"housing"}};
        story.tell(PublishConfiguration{rules});
        story.log_in({"amal"});
        const ContactId contact = story.call("600500500", "+971501234560");
        story.hear_out(contact);
        story.press(contact, "1");
        story.hear_out(contact);
        story.press(contact, "1");
        story.tell(AcceptOffer{story.offer_to("amal")});
        CHECK(story.last<PromiseKept>().contact == contact);
        CHECK_FALSE(story.lives(callback));
    }
    CHECK(story.state.promises.empty());
}

TEST_CASE("a withdrawn promise is not called; one that is being called cannot be withdrawn") {
    Morning story;
    SUBCASE("while it waits") { story.tell(WithdrawPromise{story.promise, "huda", "came in"}); }
    SUBCASE("while it is offered") {
        story.offered();
        story.tell(WithdrawPromise{story.promise, "huda", "came in"});
        CHECK(story.state_of("basim") == AgentState::ready);
        CHECK(story.state.contacts.empty());
    }
    SUBCASE("while it is dialled") {
        story.dialling();
        CHECK(story.refused(WithdrawPromise{story.promise, "huda", "x"}).reason ==
              RejectionReason::not_allowed_now);
        return;
    }
    CHECK(story.last<PromiseWithdrawn>().by == "huda");
    CHECK(story.tell(WithdrawPromise{story.promise, "huda", "came in"}).empty());
    story.pass(std::chrono::hours{24});
    CHECK(story.all<AttemptStarted>().empty());
}

TEST_CASE("a promise that ended answers to its reference for thirty days") {
    Morning story{configuration(), 2};
    const std::string reference = story.the(story.promise).reference;
    story.tell(WithdrawPromise{PromiseId{1}, "huda", "came in"});
    CHECK(story.state.indexes.promises_by_reference.at(reference) == PromiseId{1});
    CHECK(story.state.ended_promises.size() == 1);
    story.now += std::chrono::hours{31 * 24};
    story.tell(WithdrawPromise{PromiseId{2}, "huda", "came in"});
    CHECK_FALSE(story.state.indexes.promises_by_reference.contains(reference));
    CHECK(story.state.ended_promises.size() == 1);
}

TEST_CASE("a message left while open is returned the same day, when he has hung up") {
    Story story{"2026-11-19 10:00"};
    const ContactId contact = story.call("600500500", kCaller);
    story.hear_out(contact);
    story.press(contact, "1");
    story.hear_out(contact);
    Configuration rules = configuration();
    rules.queues[0].longest_wait_ms = 1'000;
    story.tell(PublishConfiguration{rules});
    story.press(contact, "0");
    story.pass(1s);
    CHECK(story.the(contact).step == StepId{"message"});
    CHECK(story.the(PromiseId{1}).due.until == dubai("2026-11-19 16:30"));
    story.log_in({"basim"});
    CHECK(story.all<PromiseOffered>().empty());
    story.tell(CallerLeft{contact});
    story.pass(0s);
    CHECK(story.all<PromiseOffered>().size() == 1);
}

TEST_CASE("case 22: at 16:30:00.000 new callers find it closed; who was queued stays") {
    Story story{"2026-11-19 16:29:59"};
    story.tell(RegisterPhone{AgentId{"basim"}});
    const ContactId talking = story.call("8006679", "+971501111111");
    story.tell(AcceptOffer{story.offer_to("basim")});
    const ContactId queued = story.call("8006679", "+971502222222");
    CHECK(story.the(queued).stage == Stage::queued);
    story.pass_until("2026-11-19 16:30");
    const ContactId late = story.call("8006679", "+971504444444");
    CHECK(story.the(late).step == StepId{"message"});
    CHECK(story.the(queued).stage == Stage::queued);
    story.tell(CallerLeft{talking});
    story.tell(FinishWrapUp{AgentId{"basim"}});
    CHECK(story.the(queued).stage == Stage::offered);
}

TEST_CASE("case 25: the hours are asked when he chose: too late he has a promise, and no queue") {
    Story story{"2026-11-19 16:29:50"};
    const ContactId caller = story.call("600500500");
    story.hear_out(caller);
    story.press(caller, "1");
    story.hear_out(caller);
    REQUIRE(story.the(caller).step == StepId{"menu"});
    SUBCASE("a moment before closing he is queued") {
        story.pass_until("2026-11-19 16:29:59");
        story.tell(PressDigit{caller, "0"});
        CHECK(story.the(caller).stage == Stage::queued);
    }
    SUBCASE("at closing he is told the next opening") {
        story.pass_until("2026-11-19 16:30");
        story.tell(PressDigit{caller, "0"});
        CHECK(story.the(caller).step == StepId{"message"});
        CHECK(story.last<PromiseMade>().promise.due.from == dubai("2026-11-20 07:30"));
        CHECK(story.all<ContactQueued>().empty());
    }
}

}  // namespace amer::centre::example
