// While he waits: what he is told, what he may choose, and what the day's end does to him.
#include "core/centre/waiting.h"
#include "core/centre/test_story.h"

namespace amer::centre::example {

namespace {

using namespace std::chrono_literals;
using Stage = contact::Contact::Stage;
using Words = std::vector<std::string>;

Queue& general(Configuration& rules) { return rules.queues[0]; }

struct Hall : Story {
    explicit Hall(Configuration rules = with_choices(configuration()),
                  const std::string& begin = "2026-11-19 10:00")
        : Story{begin, std::move(rules)} {}

    ContactId caller() { return call("8006679", number_of(++last_caller)); }
    static std::string number_of(int caller) { return "+97150" + std::to_string(caller); }
    // Basim serves one caller of so long a talk, so that the hour knows something.
    void serve(Duration talk) {
        const ContactId contact = caller();
        tell(AcceptOffer{offer_to("basim")});
        pass(talk);
        tell(CallerLeft{contact});
        tell(FinishWrapUp{AgentId{"basim"}});
    }
    // What this caller was last told, prompt by prompt.
    Words told(ContactId contact) const {
        Words words;
        for (const PromptStarted& each : all<PromptStarted>()) {
            if (each.contact == contact) words = prompts_of(each);
        }
        return words;
    }
    WaitTold wait_of(ContactId contact) const {
        WaitTold found;
        for (const WaitTold& each : all<WaitTold>()) {
            if (each.contact == contact) found = each;
        }
        return found;
    }
    std::vector<QueueExit> exits_of(ContactId contact) const {
        std::vector<QueueExit> exits;
        for (const QueueLeft& each : all<QueueLeft>()) {
            if (each.contact == contact) exits.push_back(each.how);
        }
        return exits;
    }
    int last_caller = 1'000'000;
};

// Basim has served six callers of three minutes each and talks with a seventh.
struct BusyHall : Hall {
    explicit BusyHall(Configuration rules = with_choices(configuration()),
                      const std::string& begin = "2026-11-19 10:00")
        : Hall{std::move(rules), begin} {
        log_in({"basim"});
        for (int at = 0; at < 6; ++at) serve(3min);
        talking = caller();
        tell(AcceptOffer{offer_to("basim")});
    }
    ContactId talking;
};

}  // namespace

TEST_CASE("who waits is told his place and the wait that the last hour shows") {
    BusyHall hall;
    const ContactId first = hall.caller();
    const ContactId second = hall.caller();
    hall.pass(10s);
    CHECK(hall.told(first) == Words{"Q-BUSY", "Q-NEXT", "Q-EWT", "Q-OFFER"});
    CHECK(hall.told(second) == Words{"Q-BUSY", "Q-POS", "Q-EWT", "Q-OFFER"});
    const PromptStarted said = hall.last<PromptStarted>();
    CHECK(value_in(said, "n")->amount == 2);
    CHECK(value_in(said, "minutes")->amount == 6);
    const WaitTold wait = hall.wait_of(second);
    CHECK(wait.position == 2);
    CHECK(wait.agents == 1);
    REQUIRE(wait.estimate);
    CHECK(wait.estimate->expected_ms == 360'000);
    CHECK(wait.estimate->low_ms < 360'000);
    CHECK(wait.estimate->high_ms > 360'000);
}

TEST_CASE("less than a minute is said as that") {
    Configuration rules = with_choices(configuration());
    general(rules).wait_known_after = 2;
    Hall hall{rules};
    hall.log_in({"basim"});
    for (int at = 0; at < 3; ++at) hall.serve(20s);
    hall.caller();
    const ContactId waiting = hall.caller();
    hall.pass(10s);
    CHECK(hall.told(waiting) == Words{"Q-BUSY", "Q-NEXT", "Q-SOON", "Q-OFFER"});
}

TEST_CASE(
    "a wait is not told when too little is known, and a place is not where a queue will not") {
    Configuration rules = with_choices(configuration());
    general(rules).says_position = false;
    Hall hall{rules};
    hall.log_in({"basim"});
    hall.serve(3min);
    hall.caller();
    const ContactId waiting = hall.caller();
    hall.pass(10s);
    CHECK(hall.told(waiting) == Words{"Q-BUSY", "Q-OFFER"});
    CHECK_FALSE(hall.wait_of(waiting).estimate);
}

TEST_CASE("announcements come from start to start, and offers that fail do not put them off") {
    BusyHall hall;
    const ContactId waiting = hall.caller();
    hall.tell(CallerLeft{hall.talking});
    hall.tell(FinishWrapUp{AgentId{"basim"}});
    REQUIRE(hall.the(waiting).stage == Stage::offered);
    hall.pass(9s);
    hall.tell(DeclineOffer{hall.offer_to("basim"), DeclineReason::rejected});
    const std::size_t before = hall.all<WaitTold>().size();
    hall.pass(1s);
    CHECK(hall.all<WaitTold>().size() == before + 1);
    hall.pass(4s + 15s);  // basim is ready again after 5 s, and does not answer
    hall.pass(10s);
    CHECK(hall.all<WaitTold>().size() == before + 1);
    hall.pass(1s);
    CHECK(hall.all<WaitTold>().size() == before + 2);
}

TEST_CASE("a small rise of the expected wait is not told") {
    BusyHall hall;
    hall.caller();
    const ContactId waiting = hall.caller();
    hall.pass(10s);
    REQUIRE(hall.wait_of(waiting).minutes == 6);
    // An emergency comes before him: one more departure of three minutes is more than one step.
    Configuration rules = with_choices(configuration());
    hall.pass(5s);
    const ContactId another = hall.caller();
    hall.pass(30s);
    CHECK(hall.wait_of(waiting).minutes == 6);
    CHECK(hall.wait_of(another).minutes == 9);
}

TEST_CASE("callers of another queue count as far as they want the same agents") {
    Configuration rules = with_choices(configuration());
    // Basim alone serves "general" in Arabic, but amal serves both: of housing's one agent one is
    // shared.
    Hall hall{rules};
    hall.log_in({"amal", "basim"});
    hall.tell(SetNotReady{AgentId{"amal"}, "break"});
    hall.tell(SetNotReady{AgentId{"basim"}, "break"});
    const ContactId housing = hall.call("600500500", "+971502000001");
    hall.hear_out(housing);
    hall.press(housing, "1");
    hall.hear_out(housing);
    hall.press(housing, "1");
    REQUIRE(hall.the(housing).stage == Stage::queued);
    REQUIRE(hall.the(housing).queue == QueueId{"housing"});
    const ContactId waiting = hall.caller();
    const World world{static_cast<const State&>(hall.state), hall.now};
    const Standing standing = standing_of(world, hall.the(waiting), hall.now);
    CHECK(standing.position == 1);
    CHECK(standing.ahead == 1);
    CHECK(standing.agents == 2);
    const Standing other = standing_of(world, hall.the(housing), hall.now);
    CHECK(other.position == 1);
    CHECK(other.ahead == 0);
    CHECK(other.agents == 1);
}

TEST_CASE("case 18: with a key his place is kept, and he is called when his turn comes") {
    BusyHall hall;
    const ContactId first = hall.caller();
    const Instant since = hall.now;
    hall.pass(1min);
    const ContactId after_him = hall.caller();
    hall.press(first, "1");
    CHECK(hall.exits_of(first) == std::vector{QueueExit::callback});
    const PromiseMade made = hall.last<PromiseMade>();
    CHECK(made.promise.origin == callback::Promise::Origin::queue);
    // Served after the one who talks, three minutes each: at 10:23 and some, said as 10:25.
    CHECK(hall.told(first) == Words{"CB-OK"});
    CHECK(value_in(hall.last<PromptStarted>(), "time")->amount == 10 * 60 + 25);
    CHECK(hall.the(made.promise.id).place == since);
    hall.hear_out(first);
    hall.hear_out(first);
    REQUIRE_FALSE(hall.lives(first));
    CHECK(hall.end_of(first) == ContactEnd::promised);
    // His call back stands at his place, before those who came after him.
    hall.pass(0s);
    const ContactId callback{hall.state.last.contact};
    CHECK(hall.the(callback).stage == Stage::queued);
    CHECK(hall.the(callback).queued_since == since);
    hall.tell(CallerLeft{hall.talking});
    hall.tell(FinishWrapUp{AgentId{"basim"}});
    CHECK(hall.the(callback).stage == Stage::offered);
    CHECK(hall.the(after_him).stage == Stage::queued);
    hall.tell(AcceptOffer{hall.offer_to("basim")});
    hall.tell(CustomerAnswered{callback});
    hall.hear_out(callback);
    CHECK(hall.last<PromiseKept>().promise == made.promise.id);
}

TEST_CASE("case 18: kept places stand in their order, however late they were kept") {
    BusyHall hall;
    const ContactId first = hall.caller();
    hall.pass(1s);
    const ContactId second = hall.caller();
    for (const ContactId contact : {second, first}) {
        hall.press(contact, "1");
        hall.tell(CallerLeft{contact});
    }
    hall.pass(0s);
    hall.tell(CallerLeft{hall.talking});
    hall.tell(FinishWrapUp{AgentId{"basim"}});
    const ContactId called = hall.last<OfferMade>().contact;
    CHECK(hall.the(called).caller.number == phone(Hall::number_of(hall.last_caller - 1)));
}

TEST_CASE("case 18: no answer is a try, and the place is kept until the next") {
    BusyHall hall;
    const ContactId first = hall.caller();
    const Instant since = hall.now;
    hall.press(first, "1");
    hall.tell(CallerLeft{first});
    hall.pass(0s);
    hall.tell(CallerLeft{hall.talking});
    hall.tell(FinishWrapUp{AgentId{"basim"}});
    const ContactId callback = hall.last<OfferMade>().contact;
    hall.tell(AcceptOffer{hall.offer_to("basim")});
    hall.tell(CustomerFailed{callback, AttemptOutcome::no_answer});
    const PromiseId promise = hall.last<PromiseMade>().promise.id;
    CHECK(hall.the(promise).tries_made == 1);
    CHECK(hall.the(promise).place == since);
    hall.pass(2h);
    CHECK(hall.the(ContactId{hall.state.last.contact}).queued_since == since);
}

TEST_CASE("case 19: he rings again and has his earlier place; his call back is over") {
    BusyHall hall;
    const ContactId first = hall.caller();
    const std::string his_number = Hall::number_of(hall.last_caller);
    const Instant since = hall.now;
    hall.pass(1min);
    hall.caller();
    hall.press(first, "1");
    hall.tell(CallerLeft{first});
    hall.pass(1min);
    const ContactId callback{hall.state.last.contact};
    REQUIRE(hall.the(callback).is_callback);
    const ContactId again = hall.call("8006679", his_number);
    CHECK_FALSE(hall.lives(callback));
    CHECK(hall.exits_of(callback) == std::vector{QueueExit::elsewhere});
    CHECK(hall.the(again).queued_since == since);
    hall.pass(10s);
    CHECK(hall.wait_of(again).position == 1);
    SUBCASE("and is served: the promise is kept") {
        hall.tell(CallerLeft{hall.talking});
        hall.tell(FinishWrapUp{AgentId{"basim"}});
        REQUIRE(hall.the(again).stage == Stage::offered);
        hall.tell(AcceptOffer{hall.offer_to("basim")});
        CHECK(hall.last<PromiseKept>().contact == again);
    }
    SUBCASE("and hangs up: he is called back all the same") {
        hall.tell(CallerLeft{again});
        hall.pass(0s);
        const ContactId other{hall.state.last.contact};
        CHECK(hall.the(other).is_callback);
        CHECK(hall.the(other).queued_since == since);
    }
}

TEST_CASE("case 20: a number that several share gives nobody's place away, but a reference does") {
    Configuration rules = with_choices(configuration());
    rules.promises.shared_numbers = {phone("+97142000000")};
    BusyHall hall{rules};
    const ContactId one = hall.call("8006679", "+97142000000");
    const Instant since = hall.now;
    hall.press(one, "1");
    hall.tell(CallerLeft{one});
    hall.pass(1min);
    const ContactId colleague = hall.call("8006679", "+97142000000");
    CHECK(hall.the(colleague).queued_since == hall.now);
    hall.tell(CallerLeft{colleague});
    const std::string reference = hall.last<PromiseMade>().promise.reference;
    const ContactId himself = hall.call("600500500", "+97142000000");
    hall.hear_out(himself);
    hall.press(himself, "1");
    hall.hear_out(himself);
    hall.press(himself, "8");
    hall.hear_out(himself);
    for (const char digit : reference) hall.press(himself, std::string(1, digit));
    hall.press(himself, "#");
    REQUIRE(hall.the(himself).reference == reference);
    CHECK(hall.last<PromiseMade>().promise.place.value_or(since) == since);
}

TEST_CASE("another key leads him on in his flow") {
    BusyHall hall;
    const ContactId contact = hall.caller();
    hall.press(contact, "9");
    CHECK(hall.the(contact).stage == Stage::queued);
    hall.press(contact, "2");
    CHECK(hall.exits_of(contact) == std::vector{QueueExit::key});
    CHECK(hall.the(contact).step == StepId{"message"});
}

TEST_CASE("a key while a phone rings for him is obeyed; the agent is free and pays nothing") {
    BusyHall hall;
    const ContactId contact = hall.caller();
    hall.tell(CallerLeft{hall.talking});
    hall.tell(FinishWrapUp{AgentId{"basim"}});
    REQUIRE(hall.the(contact).stage == Stage::offered);
    hall.press(contact, "1");
    CHECK(hall.last<OfferEnded>().how == OfferEnd::caller_left);
    CHECK(hall.state_of("basim") == agent::AgentState::ready);
}

TEST_CASE("a full queue sends the next caller another way and says so in the journal") {
    Configuration rules = with_choices(configuration());
    general(rules).most_waiting = 2;
    Hall hall{rules};
    hall.caller();
    hall.caller();
    const ContactId third = hall.caller();
    CHECK(hall.told(third) == Words{"SORRY"});
    CHECK(hall.last<QueueFull>().waiting == 2);
    CHECK(hall.exits_of(third).empty());
    hall.tell(CallerLeft{ContactId{1}});
    CHECK(hall.the(hall.caller()).stage == Stage::queued);
}

TEST_CASE(
    "case 13: with no agent there he is told so, and goes his flow's way where the queue says") {
    Configuration rules = with_choices(configuration());
    SUBCASE("a queue that waits") {
        Hall hall{rules};
        const ContactId contact = hall.caller();
        hall.pass(10s);
        CHECK(hall.told(contact) == Words{"Q-NONE", "Q-OFFER"});
        hall.pass(10min);
        CHECK(hall.the(contact).stage == Stage::queued);
    }
    SUBCASE("one that does not") {
        general(rules).nobody_after_ms = 20'000;
        Hall hall{rules};
        const ContactId contact = hall.caller();
        hall.pass(20s - 1ms);
        CHECK(hall.the(contact).stage == Stage::queued);
        hall.pass(1ms);
        CHECK(hall.exits_of(contact) == std::vector{QueueExit::no_agent});
        CHECK(hall.the(contact).step == StepId{"nobody"});
    }
    SUBCASE("the last agent leaves: within one announcement") {
        general(rules).nobody_after_ms = 20'000;
        BusyHall hall{rules};
        const ContactId contact = hall.caller();
        hall.pass(60s);
        CHECK(hall.the(contact).stage == Stage::queued);
        hall.tell(LogOut{AgentId{"basim"}});
        hall.tell(CallerLeft{hall.talking});
        hall.tell(FinishWrapUp{AgentId{"basim"}});
        hall.pass(30s);
        CHECK(hall.exits_of(contact) == std::vector{QueueExit::no_agent});
    }
    SUBCASE("and where nobody is spoken to: within a minute") {
        general(rules).nobody_after_ms = 20'000;
        general(rules).announce_every_ms = 0;
        BusyHall hall{rules};
        const ContactId contact = hall.caller();
        hall.pass(60s);
        hall.tell(LogOut{AgentId{"basim"}});
        hall.tell(CallerLeft{hall.talking});
        hall.tell(FinishWrapUp{AgentId{"basim"}});
        hall.pass(60s);
        CHECK(hall.exits_of(contact) == std::vector{QueueExit::no_agent});
    }
}

TEST_CASE("the longest wait ends on its own way") {
    Configuration rules = with_choices(configuration());
    general(rules).longest_wait_ms = 45'000;
    BusyHall hall{rules};
    const ContactId contact = hall.caller();
    hall.pass(45s);
    CHECK(hall.exits_of(contact) == std::vector{QueueExit::timeout});
    CHECK(hall.the(contact).step == StepId{"too-long"});
}

TEST_CASE("case 22: before closing who may not be served is warned") {
    BusyHall hall{with_choices(configuration()), "2026-11-19 15:30"};
    hall.pass_until("2026-11-19 16:09:45");
    const ContactId contact = hall.caller();
    hall.pass(15s);
    // An hour's knowledge says three minutes: he will be served.
    CHECK(hall.told(contact) == Words{"Q-BUSY", "Q-NEXT", "Q-EWT", "Q-OFFER"});
    for (int at = 0; at < 20; ++at) hall.caller();
    const ContactId late = hall.caller();
    hall.pass(30s);
    CHECK(hall.told(late) == Words{"Q-BUSY", "Q-POS", "Q-EWT", "Q-CLOSE", "Q-OFFER"});
    CHECK(value_in(hall.last<PromptStarted>(), "closing")->amount == 16 * 60 + 30);
}

TEST_CASE("case 22: who came in time is served after closing, until the grace is over") {
    BusyHall hall{with_choices(configuration()), "2026-11-19 15:55"};
    hall.pass_until("2026-11-19 16:29:59");
    const ContactId contact = hall.caller();
    const Instant since = hall.now;
    hall.pass_until("2026-11-19 16:59:59");
    CHECK(hall.the(contact).stage == Stage::queued);
    SUBCASE("an agent comes free") {
        hall.tell(CallerLeft{hall.talking});
        hall.tell(FinishWrapUp{AgentId{"basim"}});
        CHECK(hall.the(contact).stage == Stage::offered);
    }
    SUBCASE("the grace is over: a dated call back, first in the morning") {
        hall.pass_until("2026-11-19 17:00");
        CHECK(hall.exits_of(contact) == std::vector{QueueExit::closing});
        CHECK(hall.the(contact).step == StepId{"message"});
        const PromiseId promise = hall.last<PromiseMade>().promise.id;
        CHECK(hall.the(promise).due.from == dubai("2026-11-20 07:30"));
        CHECK(hall.the(promise).place == since);
        hall.tell(CallerLeft{contact});
        CHECK(hall.end_of(contact) == ContactEnd::promised);
        hall.tell(CallerLeft{hall.talking});
        hall.tell(FinishWrapUp{AgentId{"basim"}});
        hall.pass_until("2026-11-20 07:30");
        CHECK(hall.last<OfferMade>().contact == ContactId{hall.state.last.contact});
        CHECK(hall.the(ContactId{hall.state.last.contact}).queued_since == since);
    }
    SUBCASE("his agent is lost meanwhile: he is not late for it") {
        hall.tell(CallerLeft{hall.talking});
        hall.tell(FinishWrapUp{AgentId{"basim"}});
        hall.tell(AcceptOffer{hall.offer_to("basim")});
        hall.pass(30s);
        hall.tell(LoseAgent{contact, AgentId{"basim"}});
        REQUIRE(hall.the(contact).stage == Stage::queued);
        hall.pass(0s);
        CHECK(hall.exits_of(contact).back() == QueueExit::closing);
    }
}

TEST_CASE("case 22: when the last agent has left after closing, nobody is kept waiting") {
    BusyHall hall{with_choices(configuration()), "2026-11-19 15:55"};
    hall.pass_until("2026-11-19 16:29:59");
    const ContactId contact = hall.caller();
    hall.tell(LogOut{AgentId{"basim"}});
    hall.pass_until("2026-11-19 16:31");
    CHECK(hall.the(contact).stage == Stage::queued);
    hall.tell(CallerLeft{hall.talking});
    hall.tell(FinishWrapUp{AgentId{"basim"}});
    hall.pass(30s);
    CHECK(hall.exits_of(contact) == std::vector{QueueExit::closing});
    CHECK(hall.the(hall.last<PromiseMade>().promise.id).place.has_value());
}

TEST_CASE("case 21: kept at 16:29 and not reached: tried on the next working day, not tonight") {
    BusyHall hall{with_choices(configuration()), "2026-11-19 15:55"};
    hall.pass_until("2026-11-19 16:29");
    const ContactId contact = hall.caller();
    hall.press(contact, "1");
    CHECK(hall.told(contact) == Words{"CB-TURN"});
    hall.tell(CallerLeft{contact});
    hall.pass(0s);
    hall.tell(CallerLeft{hall.talking});
    hall.tell(FinishWrapUp{AgentId{"basim"}});
    const ContactId callback = hall.last<OfferMade>().contact;
    hall.tell(AcceptOffer{hall.offer_to("basim")});
    hall.tell(CustomerFailed{callback, AttemptOutcome::no_answer});
    const PromiseId promise = hall.last<PromiseMade>().promise.id;
    CHECK(hall.the(promise).next_try == dubai("2026-11-20 07:30"));
}

TEST_CASE(
    "case 17: overflow to a second queue keeps the first place, and each queue its own exit") {
    Configuration rules = with_choices(configuration());
    general(rules).longest_wait_ms = 45'000;
    for (flow::Flow& flow : rules.flows) {
        if (flow.id != FlowId{"direct"}) continue;
        for (flow::Step& row : flow.steps) {
            auto* enqueue = std::get_if<flow::Enqueue>(&row.body);
            if (enqueue == nullptr) continue;
            enqueue->after_longest = StepId{"second"};
            enqueue->keys["3"] = StepId{"too-long"};
        }
        flow::Enqueue second{QueueId{"housing"}, 0, std::nullopt, StepId{"message"}};
        flow.steps.push_back(step("second", second));
    }
    BusyHall hall{rules};
    const ContactId contact = hall.caller();
    const Instant since = hall.now;
    hall.pass(45s);
    CHECK(hall.exits_of(contact) == std::vector{QueueExit::timeout});
    CHECK(hall.the(contact).queue == QueueId{"housing"});
    CHECK(hall.the(contact).queued_since == since);
    hall.log_in({"amal"});
    CHECK(hall.the(contact).stage == Stage::offered);
    CHECK(hall.last<OfferMade>().queue == QueueId{"housing"});
}

TEST_CASE(
    "case 23: who rings before the opening and stays may enter the queue; his item is served") {
    Configuration rules = configuration();
    for (flow::Flow& flow : rules.flows) {
        if (flow.id != FlowId{"direct"}) continue;
        flow::Menu stay;
        stay.prompts = {PromptId{"STAY"}};
        stay.keys = {{"1", StepId{"hours"}}};
        stay.wait_ms = 30'000;
        stay.otherwise = StepId{"message"};
        flow.steps[0] = step("hours", flow::Hours{StepId{"queue"}, StepId{"stay"}});
        flow.steps.push_back(step("stay", stay));
    }
    Hall early{rules, "2026-11-19 07:29:40"};
    early.log_in({"basim"});
    const ContactId contact = early.caller();
    const PromiseMade made = early.last<PromiseMade>();
    CHECK(made.promise.due.from == dubai("2026-11-19 07:30"));
    early.press(contact, "1");  // still closed: he hears it again
    CHECK(early.the(contact).step == StepId{"stay"});
    early.hear_out(contact);
    early.pass_until("2026-11-19 07:30:05");
    // His own call is not called back while he is on the line.
    CHECK(early.all<PromiseOffered>().empty());
    early.press(contact, "1");
    REQUIRE(early.the(contact).stage == Stage::offered);
    early.tell(AcceptOffer{early.offer_to("basim")});
    CHECK(early.last<PromiseKept>().promise == made.promise.id);
    CHECK(early.last<PromiseKept>().contact == contact);
}

TEST_CASE("a notice is said to who calls while it is in force, and a key leads on") {
    Hall hall;
    hall.tell(SetNotice{UnitId{"housing"}, hall.now + 1h, "supervisor"});
    const ContactId contact = hall.caller();
    CHECK(hall.told(contact) == Words{"STORM"});
    CHECK(value_in(hall.last<PromptStarted>(), "area")->text == "UNIT-housing");
    SUBCASE("no key: on as usual") {
        hall.hear_out(contact);
        CHECK(hall.the(contact).stage == Stage::in_flow);
        hall.pass(3s);
        CHECK(hall.the(contact).stage == Stage::queued);
    }
    SUBCASE("its key, even while it is said") {
        hall.press(contact, "1");
        CHECK(hall.the(contact).step == StepId{"message"});
    }
    SUBCASE("any other key: on at once") {
        hall.press(contact, "7");
        CHECK(hall.the(contact).stage == Stage::queued);
    }
    SUBCASE("its time is over") {
        hall.pass(1h);
        CHECK(hall.the(hall.caller()).stage == Stage::queued);
    }
    SUBCASE("it is taken back, once") {
        hall.tell(EndNotice{"supervisor"});
        CHECK(hall.the(hall.caller()).stage == Stage::queued);
        CHECK(hall.tell(EndNotice{"supervisor"}).empty());
    }
    SUBCASE("a restart keeps it") {
        hall.tell(RecoverFromCrash{});
        CHECK(hall.told(hall.caller()) == Words{"STORM"});
    }
}

TEST_CASE("a notice for nowhere, or that never ends, is refused in plain words") {
    Hall hall;
    CHECK(hall.refused(SetNotice{UnitId{"moon"}, hall.now + 1h, "s"}).text ==
          "'moon' is no department or branch of this centre");
    CHECK(hall.refused(SetNotice{UnitId{"housing"}, hall.now, "s"}).text ==
          "a notice ends in the future, and within a week");
}

}  // namespace amer::centre::example
