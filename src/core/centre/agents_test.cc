// Agents: reasons, pauses after an offer that came to nothing, wrap-up, a phone used elsewhere, an
// agent who is lost: acd.md 6.3 and 6.4, cases 6, 8-12.
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using Stage = contact::Contact::Stage;
using namespace std::chrono_literals;

namespace {

struct Room : Story {
    explicit Room(Configuration rules = configuration())
        : Story{"2026-11-19 10:00", std::move(rules)} {}
    ContactId caller() { return call("8006679", "+97150" + std::to_string(++last_caller)); }
    ContactId talk(const std::string& agent) {
        const ContactId contact = caller();
        tell(AcceptOffer{offer_to(agent)});
        return contact;
    }
    int last_caller = 1'000'000;
};

const AgentId kBasim{"basim"};

}  // namespace

TEST_CASE("a reason that is not the centre's is refused, with those there are") {
    Configuration rules = configuration();
    rules.agent_plan.reasons = {{"break", {}}, {"prayer", {}}};
    Room room{rules};
    room.log_in({"basim"});
    const Rejection rejection = room.refused(SetNotReady{kBasim, "fishing"});
    CHECK(rejection.reason == RejectionReason::unknown_reason);
    CHECK(rejection.text == "'fishing' is no reason of this centre: one of break, prayer");
    room.tell(SetNotReady{kBasim, "prayer"});
    CHECK(room.the("basim").reason == "prayer");
}

TEST_CASE("case 6: each way an offer fails has its own pause") {
    Configuration rules = configuration();
    rules.agent_plan.rejected_ms = 1'000;
    rules.agent_plan.busy_ms = 2'000;
    rules.agent_plan.unreachable_ms = 3'000;
    rules.agent_plan.no_answer_ms = 4'000;
    Room room{rules};
    room.log_in({"basim"});
    room.caller();
    Duration pause{};
    SUBCASE("rejected") {
        room.tell(DeclineOffer{room.offer_to("basim"), DeclineReason::rejected});
        pause = 1s;
    }
    SUBCASE("busy") {
        room.tell(DeclineOffer{room.offer_to("basim"), DeclineReason::busy});
        pause = 2s;
    }
    SUBCASE("unreachable") {
        room.tell(DeclineOffer{room.offer_to("basim"), DeclineReason::unreachable});
        pause = 3s;
    }
    SUBCASE("no answer") {
        room.pass(15s);
        pause = 4s;
    }
    CHECK(room.state_of("basim") == AgentState::not_ready);
    room.pass(pause - 1ms);
    CHECK(room.state_of("basim") == AgentState::not_ready);
    room.pass(1ms);
    CHECK(room.state_of("basim") == AgentState::reserved);
}

TEST_CASE(
    "case 6: without a pause the next offer is made in the same step, without end to the wait") {
    Configuration rules = configuration();
    rules.agent_plan.rejected_ms = 0;
    Room room{rules};
    room.log_in({"basim"});
    const ContactId contact = room.caller();
    room.tell(DeclineOffer{room.offer_to("basim"), DeclineReason::rejected});
    CHECK(room.the(contact).stage == Stage::offered);
    CHECK(room.all<OfferMade>().size() == 2);
}

TEST_CASE("case 6: after three declines of one contact the supervisor is told, once") {
    Configuration rules = configuration();
    rules.agent_plan.rejected_ms = 0;
    Room room{rules};
    room.log_in({"basim"});
    const ContactId contact = room.caller();
    const auto decline = [&](DeclineReason reason) {
        room.tell(DeclineOffer{room.offer_to("basim"), reason});
    };
    decline(DeclineReason::rejected);
    decline(DeclineReason::unreachable);  // no fault of his
    room.tell(RegisterPhone{kBasim});
    decline(DeclineReason::rejected);
    CHECK(room.all<AlarmRaised>().empty());
    decline(DeclineReason::rejected);
    CHECK(room.all<AlarmRaised>() == std::vector<AlarmRaised>{{"offers_declined", contact}});
    decline(DeclineReason::rejected);
    CHECK(room.all<AlarmRaised>().size() == 1);
}

TEST_CASE(
    "case 8: not ready while it rings: the ringing goes on, and what he asked for comes after") {
    Room room;
    room.log_in({"basim"});
    const ContactId contact = room.caller();
    room.tell(SetNotReady{kBasim, "break"});
    CHECK(room.the(contact).stage == Stage::offered);
    SUBCASE("answered: wrap-up first") {
        room.tell(AcceptOffer{room.offer_to("basim")});
        room.tell(CallerLeft{contact});
        CHECK(room.state_of("basim") == AgentState::wrap_up);
        room.pass(20s);
    }
    SUBCASE("not answered: his break, not a missed offer") { room.pass(15s); }
    SUBCASE("the caller hangs up") { room.tell(CallerLeft{contact}); }
    CHECK(room.state_of("basim") == AgentState::not_ready);
    CHECK(room.the("basim").reason == "break");
}

TEST_CASE("wrap-up is extended as often as he likes up to the longest, and ended early") {
    Configuration rules = configuration();
    rules.agent_plan.longest_wrap_up_ms = 60'000;
    Room room{rules};
    room.log_in({"basim"});
    CHECK(room.refused(ExtendWrapUp{kBasim, 1'000}).text == "he is not in wrap-up");
    const ContactId contact = room.talk("basim");
    room.tell(CallerLeft{contact});
    const Instant begin = room.now;
    room.tell(ExtendWrapUp{kBasim, 30'000});
    CHECK(room.the("basim").until == begin + 50s);
    CHECK(room.the("basim").since == begin);
    CHECK(room.the("basim").contact == contact);
    room.pass(30s);
    CHECK(room.state_of("basim") == AgentState::wrap_up);
    room.tell(ExtendWrapUp{kBasim, 30'000});
    CHECK(room.the("basim").until == begin + 60s);
    CHECK(room.refused(ExtendWrapUp{kBasim, 1}).text == "this wrap-up is as long as it may be");
    SUBCASE("until it is over") {
        room.pass(30s - 1ms);
        CHECK(room.state_of("basim") == AgentState::wrap_up);
        room.pass(1ms);
    }
    SUBCASE("ended early") { room.tell(FinishWrapUp{kBasim}); }
    CHECK(room.state_of("basim") == AgentState::ready);
}

TEST_CASE(
    "case 10: who speaks with somebody else on his phone is offered nothing until he is done") {
    Room room;
    room.log_in({"basim", "amal"});
    room.tell(ReportPhoneUse{kBasim, true});
    CHECK(room.tell(ReportPhoneUse{kBasim, true}).empty());
    room.caller();
    CHECK(room.last<OfferMade>().agent == AgentId{"amal"});
    CHECK(room.last<OfferMade>().passed_over ==
          std::vector<queue::PassedOver>{{"unregistered", "3", {}}, {"on_phone", "2", {}}});
    const ContactId second = room.caller();
    CHECK(room.the(second).stage == Stage::queued);
    room.tell(ReportPhoneUse{kBasim, false});
    CHECK(room.the(second).stage == Stage::offered);
}

TEST_CASE("case 12: an agent lost in the call: the caller waits again, first of all, and is told") {
    Room room;
    room.log_in({"basim"});
    const ContactId contact = room.talk("basim");
    const Instant place = room.the(contact).queued_since.value();
    const RecordingId recording = room.the(contact).recording;
    room.pass(1min);
    const ContactId waiting = room.caller();
    room.pass(10min);
    room.tell(LoseAgent{contact, kBasim});
    CHECK(room.the(contact).stage == Stage::queued);
    CHECK(room.the(contact).queued_since == place);
    CHECK(room.the(contact).recording == recording);  // it goes on
    CHECK(prompts_of(room.last<PromptStarted>()) == std::vector<std::string>{"Q-LOST"});
    CHECK(room.state_of("basim") == AgentState::not_ready);
    CHECK(room.the("basim").reason == "unreachable");
    room.pass(30s);
    CHECK(room.the(contact).stage == Stage::offered);
    CHECK(room.the(waiting).stage == Stage::queued);
    // Late news of the lost leg changes nothing.
    CHECK(room.tell(AgentLeft{contact, kBasim}).empty());
}

TEST_CASE("case 12: the caller who comes back is at the first step of the queue again") {
    Configuration rules = configuration();
    const SkillId loans{"loans"};
    rules.agents[1].skills = {{loans, 1}};
    rules.queues[0].steps = {queue::Step{{{loans, 2, 1}}, 0, 10'000}, queue::Step{}};
    Room room{rules};
    room.log_in({"basim"});
    const ContactId contact = room.caller();
    room.pass(10s);
    CHECK(room.the(contact).queue_step == 1);
    room.tell(AcceptOffer{room.offer_to("basim")});
    room.tell(LoseAgent{contact, kBasim});
    CHECK(room.the(contact).queue_step == 0);
    room.pass(30s);
    CHECK(room.the(contact).stage == Stage::offered);
}

TEST_CASE("case 12: an agent lost before the citizen answers: put back as when he leaves") {
    Room room;
    room.pass_until("2026-11-19 17:00");
    room.tell(CallerLeft{room.caller()});
    room.pass_until("2026-11-20 07:31");
    room.log_in({"basim"});
    room.tell(AcceptOffer{room.offer_to("basim")});
    const ContactId contact{room.state.last.contact};
    room.tell(LoseAgent{contact, kBasim});
    CHECK(room.end_of(contact) == ContactEnd::agent_left);
    CHECK(room.state.promises.size() == 1);
}

}  // namespace amer::centre::example
