// Contacts that are held: for the agent who talked with the caller before, for one somebody wants,
// or until somebody else has chosen. All of it stands in the journal.
#include "core/centre/test_story.h"

namespace amer::centre::example {

namespace {

using namespace std::chrono_literals;
using agent::AgentState;
using queue::Strategy;
using Stage = contact::Contact::Stage;

const AgentId kAmal{"amal"};
const AgentId kBasim{"basim"};

Configuration without_wrap_up() {
    Configuration rules = configuration();
    for (AgentRow& row : rules.agents) row.wrap_up_ms = 0;
    return rules;
}

Configuration with_last_agent() {
    Configuration rules = without_wrap_up();
    rules.queues[0].last_agent_ms = 30'000;
    return rules;
}

Configuration with_external() {
    Configuration rules = without_wrap_up();
    rules.queues[0].strategy = Strategy::external;
    return rules;
}

struct Room : Story {
    explicit Room(Configuration rules) : Story{"2026-11-19 10:00", std::move(rules)} {
        log_in({"amal", "basim"});
    }
    ContactId caller(const std::string& from = "+971501111111") { return call("8006679", from); }
    // Talks with this agent, who is chosen by hand, and hangs up.
    void talk_with(const AgentId& agent, const std::string& from) {
        const AgentId other = agent == kAmal ? kBasim : kAmal;
        tell(SetNotReady{other, "break"});
        const ContactId contact = caller(from);
        tell(AcceptOffer{offer_to(agent.value)});
        pass(1min);
        tell(CallerLeft{contact});
        tell(SetReady{other});
        pass(1s);
    }
    bool is_offered(ContactId contact, const char* agent) {
        return the(contact).stage == Stage::offered && the(agent).contact == contact;
    }
};

}  // namespace

TEST_CASE("last agent: who talked with him before is offered him, though another is longer idle") {
    Room room{with_last_agent()};
    room.talk_with(kBasim, "+971501111111");
    CHECK(room.is_offered(room.caller("+971502222222"), "amal"));
    room.tell(AcceptOffer{room.offer_to("amal")});
    room.tell(CallerLeft{ContactId{room.state.last.contact}});
    room.talk_with(kBasim, "+971501111111");
    room.pass(1s);
    const ContactId again = room.caller("+971501111111");
    CHECK(room.is_offered(again, "basim"));
    CHECK(room.last<ContactHeld>().why == HoldReason::last_agent);
    // The journal says why amal, who was ready, was not rung.
    const OfferMade made = room.last<OfferMade>();
    REQUIRE(made.passed_over.size() == 2);
    CHECK(made.passed_over.back().rule == std::string{queue::kNotChosen});
}

TEST_CASE("last agent: busy, he is waited for so long, and the place is not lost") {
    Room room{with_last_agent()};
    room.talk_with(kBasim, "+971501111111");
    room.tell(SetNotReady{kAmal, "break"});
    const ContactId other = room.caller("+971502222222");
    room.tell(AcceptOffer{room.offer_to("basim")});
    room.tell(SetReady{kAmal});
    const ContactId again = room.caller("+971501111111");
    const Instant since = room.now;
    CHECK(room.the(again).stage == Stage::queued);
    CHECK(room.state_of("amal") == AgentState::ready);
    SUBCASE("he comes free") {
        room.pass(20s);
        room.tell(CallerLeft{other});
        CHECK(room.is_offered(again, "basim"));
    }
    SUBCASE("the time is over") {
        room.pass(30s - 1ms);
        CHECK(room.the(again).stage == Stage::queued);
        room.pass(1ms);
        CHECK(room.last<HoldEnded>().how == HoldEnd::over);
        CHECK(room.is_offered(again, "amal"));
    }
    SUBCASE("he goes away meanwhile: at once anybody's") {
        room.tell(SetNotReady{kBasim, "break"});
        CHECK(room.the(again).stage == Stage::queued);  // put off until his call is over
        room.tell(CallerLeft{other});
        CHECK(room.last<HoldEnded>().how == HoldEnd::agent_away);
        CHECK(room.is_offered(again, "amal"));
    }
    CHECK(room.the(again).queued_since == since);
}

TEST_CASE("last agent: not there, he is not waited for") {
    Room room{with_last_agent()};
    room.talk_with(kBasim, "+971501111111");
    SUBCASE("on a break") { room.tell(SetNotReady{kBasim, "break"}); }
    SUBCASE("gone home") { room.tell(LogOut{kBasim}); }
    SUBCASE("it was yesterday") {
        room.pass_until("2026-11-20 11:02");
        room.talk_with(kAmal, "+971502222222");
        room.talk_with(kBasim, "+971503333333");  // amal is the longest idle
    }
    CHECK(room.is_offered(room.caller("+971501111111"), "amal"));
}

TEST_CASE("last agent: one who has not what the queue asks for is not waited for") {
    Configuration rules = with_last_agent();
    for (AgentRow& row : rules.agents) {
        if (row.id == kAmal) row.skills = {{SkillId{"loans"}, 2}};
    }
    Room story{rules};
    story.talk_with(kBasim, "+971501111111");
    rules.queues[0].steps = {queue::Step{{{SkillId{"loans"}, 1, 1}}, 0, 0}};
    story.tell(PublishConfiguration{rules});
    story.caller("+971501111111");
    CHECK(story.all<ContactHeld>().empty());
    CHECK(story.last<OfferMade>().agent == kAmal);
}

TEST_CASE("last agent: a caller who waits longer is served first by him") {
    Room room{with_last_agent()};
    room.talk_with(kBasim, "+971501111111");
    room.tell(SetNotReady{kAmal, "break"});
    const ContactId talking = room.caller("+971502222222");
    room.tell(AcceptOffer{room.offer_to("basim")});
    const ContactId longer = room.caller("+971503333333");
    room.pass(1s);
    const ContactId again = room.caller("+971501111111");
    room.tell(CallerLeft{talking});
    CHECK(room.is_offered(longer, "basim"));
    CHECK(room.the(again).stage == Stage::queued);
}

TEST_CASE("external: somebody else says who, and it is done at once") {
    Room room{with_external()};
    const ContactId contact = room.caller();
    CHECK(room.the(contact).stage == Stage::queued);
    CHECK(room.state_of("amal") == AgentState::ready);
    room.tell(AssignContact{contact, kBasim, "case-system"});
    CHECK(room.is_offered(contact, "basim"));
    CHECK(room.last<ContactAssigned>().by == "case-system");
    CHECK(room.refused(AssignContact{contact, kAmal, "case-system"}).text ==
          "it does not wait in a queue now");
}

TEST_CASE("external: the lease is over, and the longest idle is offered the contact") {
    Room room{with_external()};
    const ContactId contact = room.caller();
    room.pass(5s - 1ms);
    CHECK(room.the(contact).stage == Stage::queued);
    room.pass(1ms);
    CHECK(room.is_offered(contact, "amal"));
    // After that nobody else is asked again.
    room.tell(DeclineOffer{room.offer_to("amal"), DeclineReason::rejected});
    CHECK(room.is_offered(contact, "basim"));
}

TEST_CASE("assigning is refused in plain words where it cannot be") {
    Room room{with_external()};
    const ContactId contact = room.caller();
    SUBCASE("an agent who is busy: each is reserved once") {
        const ContactId other = room.caller("+971502222222");
        room.tell(AssignContact{contact, kBasim, "a"});
        CHECK(room.refused(AssignContact{other, kBasim, "b"}).text == "the agent is not ready");
    }
    SUBCASE("an agent of other languages") {
        room.log_in({"carla"});
        CHECK(room.refused(AssignContact{contact, AgentId{"carla"}, "a"}).text ==
              "the agent does not serve its queue in its language");
    }
    SUBCASE("nobody of that name") {
        CHECK(room.refused(AssignContact{contact, AgentId{"zayed"}, "a"}).reason ==
              RejectionReason::unknown_agent);
    }
    SUBCASE("no such contact") {
        CHECK(room.refused(AssignContact{ContactId{99}, kBasim, "a"}).reason ==
              RejectionReason::unknown_contact);
    }
}

TEST_CASE("a contact that waits is kept for an agent whom somebody wants for it") {
    Room room{without_wrap_up()};
    room.tell(SetNotReady{kAmal, "break"});
    const ContactId talking = room.caller("+971502222222");
    room.tell(AcceptOffer{room.offer_to("basim")});
    const ContactId contact = room.caller("+971501111111");
    room.tell(PreferAgent{contact, kBasim, 60'000, "supervisor"});
    room.tell(SetReady{kAmal});
    CHECK(room.the(contact).stage == Stage::queued);
    SUBCASE("he comes free") {
        room.tell(CallerLeft{talking});
        CHECK(room.is_offered(contact, "basim"));
    }
    SUBCASE("new rules take him away: anybody's at once") {
        Configuration rules = without_wrap_up();
        rules.agents[1].queues = {QueueId{"housing"}};
        room.tell(PublishConfiguration{rules});
        CHECK(room.is_offered(contact, "amal"));
    }
    SUBCASE("somebody who is away cannot be wanted, nor for no time") {
        CHECK(room.refused(PreferAgent{contact, kBasim, 0, "s"}).text ==
              "a contact is held for more than nothing and at most an hour");
        room.tell(SetNotReady{kAmal, "break"});
        CHECK(room.refused(PreferAgent{contact, kAmal, 1'000, "s"}).text ==
              "the agent is not there");
    }
}

}  // namespace amer::centre::example
