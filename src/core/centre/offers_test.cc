// Offers and their races: acd.md 6.4, cases 1-10, 13 and 14, by the order of the journal.
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using Stage = contact::Contact::Stage;
using namespace std::chrono_literals;

namespace {

const char* const kMorning = "2026-11-19 10:00";

struct Desk : Story {
    explicit Desk(const std::vector<std::string>& agents, Configuration rules = configuration())
        : Story{kMorning, std::move(rules)} {
        log_in(agents);
    }
    // A caller in the general queue.
    ContactId caller(const std::string& from = "+971501234567") { return call("8006679", from); }
    OfferEnd last_offer_end() const { return last<OfferEnded>().how; }
};

}  // namespace

TEST_CASE("case 1: the caller hangs up while the phone rings: it stops, and costs nothing") {
    Desk desk{{"amal", "basim"}};
    const Instant idle_since = desk.the("amal").idle_since;
    const ContactId contact = desk.caller();
    const OfferId offer = desk.offer_to("amal");
    SUBCASE("while it rings") { desk.tell(ReportRinging{offer}); }
    SUBCASE("even while its INVITE is being prepared") {}
    desk.pass(2s);
    desk.tell(CallerLeft{contact});
    CHECK(desk.last_offer_end() == OfferEnd::caller_left);
    CHECK(desk.end_of(contact) == ContactEnd::abandoned);
    CHECK(desk.state_of("amal") == AgentState::ready);
    CHECK(desk.the("amal").idle_since == idle_since);
    // He is still the longest idle: the next caller is his.
    desk.caller("+971502222222");
    CHECK(desk.last<OfferMade>().agent == AgentId{"amal"});
}

TEST_CASE("case 2: an answer that crosses our CANCEL is nothing, and counts nothing") {
    Desk desk{{"amal"}};
    const ContactId contact = desk.caller();
    const OfferId offer = desk.offer_to("amal");
    desk.tell(ReportRinging{offer});
    desk.tell(CallerLeft{contact});
    CHECK(desk.tell(AcceptOffer{offer}).empty());
    CHECK(desk.state_of("amal") == AgentState::ready);
    CHECK(desk.all<OfferAccepted>().empty());
    CHECK(desk.all<ContactEnded>().size() == 1);
}

TEST_CASE("case 3: a BYE that crosses the answer: the first in the journal decides") {
    Desk desk{{"amal"}};
    const ContactId contact = desk.caller();
    const OfferId offer = desk.offer_to("amal");
    desk.tell(AcceptOffer{offer});
    desk.tell(CallerLeft{contact});
    CHECK(desk.end_of(contact) == ContactEnd::completed);
    CHECK(desk.state_of("amal") == AgentState::wrap_up);
}

TEST_CASE("case 4: of two answers to one offer the first wins") {
    Desk desk{{"amal"}};
    desk.caller();
    const OfferId offer = desk.offer_to("amal");
    desk.tell(AcceptOffer{offer});
    CHECK(desk.tell(AcceptOffer{offer}).empty());
    CHECK(desk.tell(DeclineOffer{offer, DeclineReason::busy}).empty());
    CHECK(desk.all<ContactConnected>().size() == 1);
}

TEST_CASE("case 5: a phone that is gone before it answers: offered on at once, never an abandon") {
    Desk desk{{"amal", "basim"}};
    const ContactId contact = desk.caller();
    const Instant since = desk.last<ContactQueued>().since;
    desk.pass(4s);
    desk.tell(DeclineOffer{desk.offer_to("amal"), DeclineReason::unreachable});
    CHECK(desk.last<OfferMade>().agent == AgentId{"basim"});
    CHECK(desk.the(contact).queued_since == since);
    CHECK(desk.all<ContactEnded>().empty());
}

TEST_CASE("case 6: a decline delays the agent five seconds and keeps the caller's place") {
    Desk desk{{"amal", "basim"}};
    const ContactId contact = desk.caller();
    desk.tell(DeclineOffer{desk.offer_to("amal"), DeclineReason::rejected});
    CHECK(desk.state_of("amal") == AgentState::not_ready);
    CHECK(desk.the("amal").reason == "declined");
    CHECK(desk.last<OfferMade>().agent == AgentId{"basim"});
    CHECK(desk.last<OfferMade>().contact == contact);
    desk.tell(DeclineOffer{desk.offer_to("basim"), DeclineReason::busy});
    CHECK(desk.the(contact).stage == Stage::queued);
    desk.pass(5s);  // amal is ready again, and is offered him again
    CHECK(desk.state_of("amal") == AgentState::reserved);
}

TEST_CASE("case 6: an unreachable phone is no fault of its agent and comes back by itself") {
    Desk desk{{"amal"}};
    desk.caller();
    desk.tell(DeclineOffer{desk.offer_to("amal"), DeclineReason::unreachable});
    CHECK(desk.the("amal").reason == "unreachable");
    SUBCASE("after half a minute") {
        desk.pass(29s);
        CHECK(desk.state_of("amal") == AgentState::not_ready);
        desk.pass(1s);
    }
    SUBCASE("or when it registers again") { desk.tell(RegisterPhone{AgentId{"amal"}}); }
    CHECK(desk.state_of("amal") == AgentState::reserved);
}

TEST_CASE("case 7: two queues want one agent: one gets him, the other its next candidate") {
    Desk desk{{"amal", "basim"}};
    const ContactId general = desk.caller();
    CHECK(desk.the(desk.last<OfferMade>().contact).id == general);
    CHECK(desk.last<OfferMade>().agent == AgentId{"amal"});
    // A caller for housing, which amal alone serves, waits for her; one for general has basim.
    desk.caller("+971502222222");
    CHECK(desk.last<OfferMade>().agent == AgentId{"basim"});
    CHECK(desk.last<OfferMade>().passed_over[1] == queue::PassedOver{"busy", "1", {}});
}

TEST_CASE("two callers and one agent: the second waits and gets him the moment he is free") {
    Desk desk{{"basim"}};
    const ContactId first = desk.caller();
    desk.pass(1s);
    const ContactId second = desk.caller("+971502222222");
    desk.tell(AcceptOffer{desk.offer_to("basim")});
    CHECK(desk.last<ContactConnected>().contact == first);
    CHECK(desk.the(second).stage == Stage::queued);
    desk.tell(CallerLeft{first});
    CHECK(desk.the(second).stage == Stage::queued);
    const auto events = desk.tell(FinishWrapUp{AgentId{"basim"}});
    // Free and offered in one decision.
    CHECK(desk.the(second).stage == Stage::offered);
    CHECK(events.size() == 3);
}

TEST_CASE("no answer in the ring time: the agent is not ready, the caller goes on to the next") {
    Desk desk{{"amal", "basim"}};
    const ContactId contact = desk.caller();
    const Instant since = desk.last<ContactQueued>().since;
    desk.tell(ReportRinging{desk.offer_to("amal")});
    desk.pass(14999ms);
    CHECK(desk.state_of("amal") == AgentState::ringing);
    desk.pass(1ms);
    CHECK(desk.last_offer_end() == OfferEnd::no_answer);
    CHECK(desk.state_of("amal") == AgentState::not_ready);
    CHECK(desk.the("amal").reason == "no_answer");
    CHECK(desk.last<OfferMade>().agent == AgentId{"basim"});
    CHECK(desk.the(contact).queued_since == since);
    desk.pass(1h);  // he stays so until he says otherwise
    CHECK(desk.state_of("amal") == AgentState::not_ready);
}

TEST_CASE("a caller who is passed on keeps his place before later callers") {
    Desk desk{{"amal"}};
    const ContactId first = desk.caller();
    desk.pass(1s);
    desk.caller("+971502222222");
    desk.pass(14s);  // amal did not answer the first
    desk.tell(SetReady{AgentId{"amal"}});
    CHECK(desk.last<OfferMade>().contact == first);
}

TEST_CASE("case 8: log out or a break asked while the phone rings waits, and then holds") {
    Desk desk{{"amal"}};
    const ContactId contact = desk.caller();
    const OfferId offer = desk.offer_to("amal");
    desk.tell(ReportRinging{offer});
    desk.tell(SetNotReady{AgentId{"amal"}, "break"});
    CHECK(desk.state_of("amal") == AgentState::ringing);
    CHECK(desk.tell(SetNotReady{AgentId{"amal"}, "break"}).empty());
    SUBCASE("when he answers, until his work is done") {
        desk.tell(AcceptOffer{offer});
        desk.tell(CallerLeft{contact});
        CHECK(desk.state_of("amal") == AgentState::wrap_up);
        desk.pass(20s);
        CHECK(desk.state_of("amal") == AgentState::not_ready);
        CHECK(desk.the("amal").reason == "break");
    }
    SUBCASE("when the caller leaves, at once") {
        desk.tell(CallerLeft{contact});
        CHECK(desk.state_of("amal") == AgentState::not_ready);
        CHECK(desk.the("amal").reason == "break");
    }
    SUBCASE("unless he takes it back") {
        desk.tell(SetReady{AgentId{"amal"}});
        desk.tell(CallerLeft{contact});
        CHECK(desk.state_of("amal") == AgentState::ready);
    }
}

TEST_CASE("case 9: log out asked while talking comes after the wrap-up") {
    Desk desk{{"amal"}};
    const ContactId contact = desk.caller();
    desk.tell(AcceptOffer{desk.offer_to("amal")});
    desk.tell(LogOut{AgentId{"amal"}});
    CHECK(desk.tell(LogOut{AgentId{"amal"}}).empty());
    desk.tell(CallerLeft{contact});
    CHECK(desk.state_of("amal") == AgentState::wrap_up);
    desk.pass(20s);
    CHECK(desk.state_of("amal") == AgentState::logged_out);
    // His phone's next refresh does not log him in again; his own word does.
    CHECK(desk.tell(RegisterPhone{AgentId{"amal"}}).empty());
    desk.tell(SetReady{AgentId{"amal"}});
    CHECK(desk.state_of("amal") == AgentState::ready);
}

TEST_CASE("case 10: a phone that goes away while he talks logs him out after his work") {
    Desk desk{{"amal"}};
    const ContactId contact = desk.caller();
    desk.tell(AcceptOffer{desk.offer_to("amal")});
    desk.tell(UnregisterPhone{AgentId{"amal"}});
    SUBCASE("if it stays away") {
        CHECK(desk.refused(SetReady{AgentId{"amal"}}).reason == RejectionReason::not_allowed_now);
        desk.tell(CallerLeft{contact});
        desk.pass(20s);
        CHECK(desk.state_of("amal") == AgentState::logged_out);
    }
    SUBCASE("but not if it comes back") {
        desk.tell(RegisterPhone{AgentId{"amal"}});
        desk.tell(CallerLeft{contact});
        desk.pass(20s);
        CHECK(desk.state_of("amal") == AgentState::ready);
    }
}

TEST_CASE("case 13: with nobody logged in callers wait, and the first who comes is theirs") {
    Desk desk{{}};
    const ContactId contact = desk.caller();
    desk.pass(10min);
    CHECK(desk.the(contact).stage == Stage::queued);
    // He is told now and then that he is not forgotten.
    CHECK(desk.all<PromptStarted>().size() == 20);
    CHECK(prompts_of(desk.last<PromptStarted>()) == std::vector<std::string>{"Q-NONE"});
    desk.tell(RegisterPhone{AgentId{"basim"}});
    CHECK(desk.the(contact).stage == Stage::offered);
}

TEST_CASE("case 14: an agent added while callers wait is offered one in the same decision") {
    Configuration rules = configuration();
    rules.agents[1].queues = {QueueId{"housing"}};
    Desk desk{{"basim"}, rules};
    const ContactId contact = desk.caller();
    CHECK(desk.the(contact).stage == Stage::queued);
    desk.tell(PublishConfiguration{configuration()});  // basim serves general now
    CHECK(desk.the(contact).stage == Stage::offered);
}

TEST_CASE("case 15: a higher priority leaves the ringing offer alone and comes next") {
    Configuration rules = configuration();
    Desk desk{{"basim"}, rules};
    const ContactId first = desk.caller();
    desk.pass(1s);
    const ContactId second = desk.caller("+971502222222");
    desk.pass(1min);
    const ContactId late = desk.call("600500500", "+971503333333");
    desk.hear_out(late);
    desk.press(late, "1");
    desk.hear_out(late);
    desk.press(late, "5");  // priority: worth ten minutes of waiting
    CHECK(desk.the(late).stage == Stage::queued);
    desk.tell(SetReady{AgentId{"basim"}});  // after the missed offer to the first
    CHECK(desk.last<OfferMade>().contact == late);
    CHECK(desk.the(first).stage == Stage::queued);
    CHECK(desk.the(second).stage == Stage::queued);
}

TEST_CASE("a contact is offered to who speaks its language, and why not the others is kept") {
    Desk desk{{"carla", "basim"}};
    desk.caller();  // Arabic; carla has waited longer but speaks English
    CHECK(desk.last<OfferMade>().agent == AgentId{"basim"});
    CHECK(desk.last<OfferMade>().passed_over ==
          std::vector<queue::PassedOver>{{"unregistered", "1", {}}, {"language", "3", {}}});
}

TEST_CASE("a caller whom nobody free can serve does not stand in the way of the next") {
    Desk desk{{"carla"}};
    const ContactId arabic = desk.caller();
    const ContactId english = desk.call("600500500", "+971502222222");
    desk.hear_out(english);
    desk.press(english, "2");
    desk.hear_out(english);
    desk.press(english, "0");
    CHECK(desk.the(english).stage == Stage::offered);
    CHECK(desk.the(arabic).stage == Stage::queued);
}

TEST_CASE("who waits too long for the queue's rule leaves it, but not while a phone rings") {
    Configuration rules = configuration();
    rules.queues[0].longest_wait_ms = 60'000;
    rules.queues[0].announce_every_ms = 0;
    Desk desk{{}, rules};
    const ContactId contact = desk.caller();
    SUBCASE("after the longest wait he is asked for a message, and a promise is made") {
        desk.pass(60s);
        CHECK(desk.the(contact).step == StepId{"message"});
        CHECK(desk.last<PromiseMade>().promise.origin == callback::Promise::Origin::queue);
    }
    SUBCASE("an offer that is out is let finish first") {
        desk.pass(55s);
        desk.tell(RegisterPhone{AgentId{"basim"}});
        desk.pass(10s);
        CHECK(desk.the(contact).stage == Stage::offered);
        desk.pass(5s);  // nobody answered
        CHECK(desk.the(contact).step == StepId{"message"});
    }
}

TEST_CASE("an agent's state changes only as it may") {
    Desk desk{{"amal"}};
    CHECK(desk.tell(SetReady{AgentId{"amal"}}).empty());
    CHECK(desk.tell(RegisterPhone{AgentId{"amal"}}).empty());
    CHECK(desk.tell(FinishWrapUp{AgentId{"amal"}}).empty());
    CHECK(desk.refused(SetReady{AgentId{"basim"}}).reason == RejectionReason::not_allowed_now);
    CHECK(desk.refused(SetNotReady{AgentId{"basim"}, "break"}).reason ==
          RejectionReason::not_allowed_now);
    CHECK(desk.tell(LogOut{AgentId{"basim"}}).empty());
    desk.tell(SetNotReady{AgentId{"amal"}, "break"});
    CHECK(desk.tell(SetNotReady{AgentId{"amal"}, "break"}).empty());
    desk.caller();
    CHECK(desk.all<OfferMade>().empty());
    desk.tell(UnregisterPhone{AgentId{"amal"}});
    CHECK(desk.tell(UnregisterPhone{AgentId{"amal"}}).empty());
    CHECK(desk.the("amal").reason == "unregistered");
}

TEST_CASE("who registers but is not ready by himself says so first") {
    Configuration rules = configuration();
    rules.agents[0].ready_on_register = false;
    Desk desk{{"amal"}, rules};
    CHECK(desk.state_of("amal") == AgentState::not_ready);
    desk.tell(SetReady{AgentId{"amal"}});
    CHECK(desk.state_of("amal") == AgentState::ready);
}

TEST_CASE("without wrap-up an agent is ready, and offered the next, in the same decision") {
    Configuration rules = configuration();
    rules.agents[1].wrap_up_ms = 0;
    Desk desk{{"basim"}, rules};
    const ContactId first = desk.caller();
    const ContactId second = desk.caller("+971502222222");
    desk.tell(AcceptOffer{desk.offer_to("basim")});
    desk.tell(CallerLeft{first});
    CHECK(desk.the(second).stage == Stage::offered);
}

TEST_CASE("the break gives no advantage: idle counts from the last contact's end") {
    Desk desk{{"amal", "basim"}};
    const ContactId contact = desk.caller();
    desk.tell(AcceptOffer{desk.offer_to("amal")});
    desk.tell(CallerLeft{contact});
    desk.tell(FinishWrapUp{AgentId{"amal"}});  // amal idle from now on; basim since his login
    desk.tell(SetNotReady{AgentId{"basim"}, "break"});
    desk.pass(1min);
    desk.tell(SetReady{AgentId{"basim"}});
    desk.caller("+971502222222");
    CHECK(desk.last<OfferMade>().agent == AgentId{"basim"});
}

}  // namespace amer::centre::example
