// A contact in several queues at once (acd.md 6.4, 16): one place in each, the first answer removes
// it from all, and it is counted in its first queue. Callers of the direct number wait for housing,
// and in the general queue and that of roads too.
#include "core/centre/test_story.h"
#include "core/centre/world.h"

namespace amer::centre::example {

namespace {

using namespace std::chrono_literals;
using agent::AgentState;
using queue::Strategy;
using Stage = contact::Contact::Stage;

const QueueId kHousing{"housing"};
const QueueId kGeneral{"general"};
const QueueId kRoads{"roads"};

Queue& queue_of(Configuration& rules, const QueueId& id) {
    for (Queue& queue : rules.queues) {
        if (queue.id == id) return queue;
    }
    FAIL("no such queue");
    return rules.queues.front();
}

flow::Enqueue& step_of(Configuration& rules) {
    for (flow::Step& step : rules.flows[1].steps) {
        if (auto* enqueue = std::get_if<flow::Enqueue>(&step.body)) return *enqueue;
    }
    FAIL("the direct flow leads to a queue");
    return std::get<flow::Enqueue>(rules.flows[1].steps.front().body);
}

// huda serves housing, ghali the general queue, rami roads, amal all; none has wrap-up.
Configuration three_queues() {
    Configuration rules = configuration();
    Queue roads = rules.queues[0];
    roads.id = kRoads;
    rules.queues.push_back(roads);
    rules.agents.clear();
    const auto add = [&](const char* name, std::vector<QueueId> queues) {
        AgentRow row = agent(name, std::move(queues), {Language::arabic, Language::english});
        row.wrap_up_ms = 0;
        rules.agents.push_back(row);
    };
    add("amal", {kGeneral, kHousing, kRoads});
    add("ghali", {kGeneral});
    add("huda", {kHousing});
    add("rami", {kRoads});
    step_of(rules).queue = kHousing;
    step_of(rules).also = {kGeneral, kRoads};
    return rules;
}

Configuration without(Configuration rules, const QueueId& gone) {
    std::erase_if(rules.queues, [&](const Queue& queue) { return queue.id == gone; });
    for (AgentRow& row : rules.agents) {
        std::erase_if(row.queues, [&](const Membership& each) { return each.queue == gone; });
        if (row.queues.empty()) row.queues = {rules.queues[0].id};
    }
    rules.promises.queue = rules.queues[0].id;
    flow::Enqueue& step = step_of(rules);
    std::erase(step.also, gone);
    if (step.queue == gone) {
        step.queue = step.also.front();
        step.also.erase(step.also.begin());
    }
    for (flow::Step& row : rules.flows[0].steps) {
        auto* enqueue = std::get_if<flow::Enqueue>(&row.body);
        if (enqueue != nullptr && enqueue->queue == gone) enqueue->queue = rules.queues[0].id;
    }
    return rules;
}

using Exits = std::vector<std::pair<QueueId, QueueExit>>;

struct Hall : Story {
    explicit Hall(Configuration rules = three_queues(), const std::vector<std::string>& agents = {})
        : Story{"2026-11-19 10:00", std::move(rules)} {
        log_in(agents);
    }
    ContactId caller(const std::string& from = "+971501111111") { return call("8006679", from); }
    bool is_offered(ContactId contact, const char* agent, const QueueId& through) const {
        const OfferId offer = the(agent).offer;
        return state.offers.contains(offer) && state.offers.at(offer).contact == contact &&
               state.offers.at(offer).queue == through;
    }
    Exits exits_of(ContactId contact) const {
        Exits exits;
        for (const QueueLeft& left : all<QueueLeft>()) {
            if (left.contact == contact) exits.emplace_back(left.queue, left.how);
        }
        return exits;
    }
    std::vector<QueueId> queues_of(ContactId contact) const {
        std::vector<QueueId> queues{the(contact).queue};
        for (const contact::AlsoIn& also : the(contact).also) queues.push_back(also.queue);
        return queues;
    }
    std::size_t places_in(const QueueId& queue) const {
        return World{state, now}.waiting_in(queue);
    }
};

}  // namespace

TEST_CASE("case 16: one call has one place in each of its queues; the first answer removes all") {
    Hall hall;
    const Instant came = hall.now;
    const ContactId contact = hall.caller();
    for (const QueueId& queue : {kHousing, kGeneral, kRoads}) {
        CHECK(hall.places_in(queue) == 1);
    }
    CHECK(totals(hall.state).waiting == 1);
    CHECK(hall.last<ContactAlsoQueued>() == ContactAlsoQueued{contact, kRoads, came});
    hall.pass(1min);
    hall.log_in({"ghali"});
    CHECK(hall.is_offered(contact, "ghali", kGeneral));
    hall.tell(AcceptOffer{hall.offer_to("ghali")});
    CHECK(hall.the(contact).stage == Stage::connected);
    for (const QueueId& queue : {kHousing, kGeneral, kRoads}) {
        CHECK(hall.places_in(queue) == 0);
    }
    // Nobody else is rung for it any more.
    hall.log_in({"huda", "rami"});
    CHECK(hall.state_of("huda") == AgentState::ready);
    CHECK(hall.state_of("rami") == AgentState::ready);
}

TEST_CASE(
    "case 16: whoever answered, it is answered in its first queue and elsewhere in the rest") {
    Hall hall{three_queues(), {"rami"}};
    const ContactId contact = hall.caller();
    hall.tell(AcceptOffer{hall.offer_to("rami")});
    CHECK(hall.exits_of(contact) == Exits{{kGeneral, QueueExit::answered_elsewhere},
                                          {kRoads, QueueExit::answered_elsewhere},
                                          {kHousing, QueueExit::answered}});
    // What the agent does for it is done for the queue through which he got it.
    hall.pass(2min);
    hall.tell(CallerLeft{contact});
    CHECK(agent::tally_of(hall.the("rami"), kRoads).calls == 1);
    CHECK(hall.state.recent.at(kRoads).sum(hall.now).handled == 1);
    CHECK(hall.state.recent.at(kHousing).sum(hall.now).handled == 0);
}

TEST_CASE("case 16: who gives up has given up in his first queue only") {
    Hall hall;
    const ContactId contact = hall.caller();
    hall.pass(40s);
    hall.tell(CallerLeft{contact});
    CHECK(hall.exits_of(contact) == Exits{{kGeneral, QueueExit::elsewhere},
                                          {kRoads, QueueExit::elsewhere},
                                          {kHousing, QueueExit::abandoned}});
}

TEST_CASE("an offer goes by the rules of the queue it goes through, and names its other agents") {
    Configuration rules = three_queues();
    queue_of(rules, kGeneral).strategy = Strategy::fewest_calls;
    queue_of(rules, kGeneral).ring_ms = 8'000;
    Hall hall{rules};
    hall.caller();
    hall.pass(5s);
    hall.log_in({"ghali"});
    const OfferMade made = hall.last<OfferMade>();
    CHECK(made.queue == kGeneral);
    CHECK(made.strategy == Strategy::fewest_calls);
    CHECK(made.passed_over == std::vector<queue::PassedOver>{{"unregistered", "1", {}}});
    hall.pass(8s);  // rings as long as that queue says: then he waits in all of them again
    CHECK(hall.last<OfferEnded>().how == OfferEnd::no_answer);
    hall.log_in({"rami"});
    CHECK(hall.last<OfferMade>().queue == kRoads);
}

TEST_CASE("an agent of several of its queues is offered it through the earliest, or the heaviest") {
    Configuration rules = three_queues();
    SUBCASE("the earliest in its flow, whatever their names") {
        Hall hall{rules, {"amal"}};
        CHECK(hall.is_offered(hall.caller(), "amal", kHousing));
    }
    SUBCASE("its wait counts twice in a queue of weight 2") {
        queue_of(rules, kRoads).weight = 2;
        Hall hall{rules};
        const ContactId contact = hall.caller();
        hall.pass(1min);
        hall.log_in({"amal"});
        CHECK(hall.is_offered(contact, "amal", kRoads));
    }
}

TEST_CASE("it takes its turn in each queue by the time it came") {
    Hall hall;
    const ContactId first = hall.call("600500500", "+971503333333");  // the general queue alone
    hall.hear_out(first);
    hall.press(first, "1");
    hall.hear_out(first);
    hall.press(first, "0");
    REQUIRE(hall.queues_of(first) == std::vector<QueueId>{kGeneral});
    hall.pass(10s);
    const ContactId second = hall.caller();
    hall.pass(10s);
    hall.log_in({"ghali", "rami"});
    CHECK(hall.is_offered(first, "ghali", kGeneral));
    CHECK(hall.is_offered(second, "rami", kRoads));
}

TEST_CASE("each queue asks less of its agents after its own times") {
    Configuration rules = three_queues();
    const queue::Need loans{SkillId{"loans"}, 2, 1};
    queue_of(rules, kHousing).steps = {{{loans}, 0, 60'000}, {{}, 0, 0}};
    queue_of(rules, kGeneral).steps = {{{loans}, 0, 20'000}, {{}, 0, 0}};
    queue_of(rules, kRoads).steps = {{{loans}, 0, 30'000}};  // and then no more
    Hall hall{rules, {"huda", "ghali", "rami"}};
    const ContactId contact = hall.caller();
    CHECK(hall.the(contact).stage == Stage::queued);
    hall.pass(19s);
    CHECK(hall.all<OfferMade>().empty());
    hall.pass(1s);
    CHECK(hall.last<RequirementRelaxed>() == RequirementRelaxed{contact, 1, kGeneral});
    CHECK(hall.is_offered(contact, "ghali", kGeneral));
    CHECK(hall.last<OfferMade>().step == 1);
    hall.pass(15s);  // he does not come
    CHECK(hall.queues_of(contact) == std::vector<QueueId>{kHousing, kGeneral});
    CHECK(hall.exits_of(contact) == Exits{{kRoads, QueueExit::no_agent}});
    hall.pass(25s);
    CHECK(hall.is_offered(contact, "huda", kHousing));
    hall.tell(AcceptOffer{hall.offer_to("huda")});
    CHECK(hall.exits_of(contact) == Exits{{kRoads, QueueExit::no_agent},
                                          {kGeneral, QueueExit::answered_elsewhere},
                                          {kHousing, QueueExit::answered}});
}

TEST_CASE("phones ring in one of its queues at a time") {
    Configuration rules = three_queues();
    queue_of(rules, kGeneral).strategy = Strategy::ring_all;
    Hall hall{rules};
    const ContactId contact = hall.caller();
    hall.log_in({"ghali"});
    REQUIRE(hall.is_offered(contact, "ghali", kGeneral));
    hall.log_in({"huda"});
    CHECK(hall.state_of("huda") == AgentState::ready);
    hall.log_in({"amal"});  // of the general queue too: his phone rings beside
    CHECK(hall.is_offered(contact, "amal", kGeneral));
    // Nobody comes: now it is huda's turn, through housing.
    hall.tell(DeclineOffer{hall.offer_to("amal"), DeclineReason::busy});
    hall.tell(DeclineOffer{hall.offer_to("ghali"), DeclineReason::busy});
    CHECK(hall.is_offered(contact, "huda", kHousing));
}

TEST_CASE("the rules of its first queue say how long it waits and what it is told") {
    Configuration rules = three_queues();
    queue_of(rules, kHousing).longest_wait_ms = 90'000;
    queue_of(rules, kGeneral).longest_wait_ms = 30'000;
    queue_of(rules, kHousing).announce_every_ms = 0;
    queue_of(rules, kRoads).announce_every_ms = 5'000;
    Hall hall{rules};
    const ContactId contact = hall.caller();
    hall.pass(89s);
    CHECK(hall.queues_of(contact).size() == 3);
    CHECK(hall.all<WaitTold>().empty());
    hall.pass(1s);
    CHECK(hall.exits_of(contact) == Exits{{kGeneral, QueueExit::elsewhere},
                                          {kRoads, QueueExit::elsewhere},
                                          {kHousing, QueueExit::timeout}});
    CHECK(hall.the(contact).stage == Stage::in_flow);
}

TEST_CASE("somebody is there as long as there is one of any of its queues") {
    Configuration rules = three_queues();
    queue_of(rules, kHousing).nobody_after_ms = 20'000;
    queue_of(rules, kHousing).announce_first_ms = 10'000;
    queue_of(rules, kHousing).announce_every_ms = 10'000;
    Hall hall{rules, {"rami"}};
    const ContactId before = hall.caller("+971502222222");
    hall.tell(AcceptOffer{hall.offer_to("rami")});
    const ContactId contact = hall.caller();
    hall.pass(30s);
    CHECK(hall.the(contact).stage == Stage::queued);
    // He is told how he stands where somebody is.
    CHECK(hall.last<WaitTold>().queue == kRoads);
    CHECK(hall.last<WaitTold>().agents == 1);
    hall.tell(LogOut{AgentId{"rami"}});
    hall.tell(CallerLeft{before});
    hall.pass(10s);
    CHECK(hall.exits_of(contact).back() == std::pair{kHousing, QueueExit::no_agent});
}

TEST_CASE("a full queue is not entered; the first one's being full sends him another way") {
    Configuration rules = three_queues();
    SUBCASE("one of the further ones") {
        queue_of(rules, kRoads).most_waiting = 1;
        Hall hall{rules};
        hall.caller("+971502222222");
        const ContactId contact = hall.caller();
        CHECK(hall.queues_of(contact) == std::vector<QueueId>{kHousing, kGeneral});
        CHECK(hall.last<QueueFull>() == QueueFull{contact, kRoads, 1});
    }
    SUBCASE("the first one") {
        queue_of(rules, kHousing).most_waiting = 1;
        Hall hall{rules};
        hall.caller("+971502222222");
        const ContactId contact = hall.caller();
        CHECK(hall.the(contact).stage == Stage::in_flow);
        CHECK(hall.exits_of(contact).empty());
    }
}

TEST_CASE("held: for an agent of any of its queues, by the rules of the first") {
    Configuration rules = three_queues();
    SUBCASE("the last agent may be one of a further queue") {
        queue_of(rules, kHousing).last_agent_ms = 60'000;
        Hall hall{rules, {"rami"}};
        const ContactId before = hall.caller();
        hall.tell(AcceptOffer{hall.offer_to("rami")});
        hall.tell(CallerLeft{before});
        const ContactId other = hall.caller("+971502222222");
        hall.tell(AcceptOffer{hall.offer_to("rami")});
        hall.log_in({"huda"});
        const ContactId again = hall.caller();
        CHECK(hall.last<ContactHeld>().agent == AgentId{"rami"});
        CHECK(hall.state_of("huda") == AgentState::ready);
        SUBCASE("he is free again") {
            hall.tell(CallerLeft{other});
            CHECK(hall.is_offered(again, "rami", kRoads));
            CHECK(hall.last<OfferMade>().passed_over ==
                  std::vector<queue::PassedOver>{{"unregistered", "1", {}}});
        }
        SUBCASE("he goes") {
            hall.tell(LogOut{AgentId{"rami"}});
            hall.tell(CallerLeft{other});
            CHECK(hall.last<HoldEnded>().how == HoldEnd::agent_away);
            CHECK(hall.is_offered(again, "huda", kHousing));
        }
        SUBCASE("his queue's last step ends, the hold with it") {
            Configuration next = rules;
            queue_of(next, kRoads).steps = {{{}, 0, 20'000}};
            hall.tell(PublishConfiguration{next});
            CHECK(hall.the(again).held_for == AgentId{"rami"});
            hall.pass(20s);
            CHECK(hall.last<HoldEnded>().contact == again);
            CHECK(hall.is_offered(again, "huda", kHousing));
        }
    }
    SUBCASE("an external first queue holds it back in all") {
        queue_of(rules, kHousing).strategy = Strategy::external;
        Hall hall{rules, {"rami", "ghali"}};
        const ContactId contact = hall.caller();
        CHECK(hall.all<OfferMade>().empty());
        hall.tell(AssignContact{contact, AgentId{"ghali"}, "desk"});
        CHECK(hall.is_offered(contact, "ghali", kGeneral));
    }
    SUBCASE("an external further queue does not: there the longest idle is asked at once") {
        queue_of(rules, kRoads).strategy = Strategy::external;
        Hall hall{rules, {"rami"}};
        CHECK(hall.is_offered(hall.caller(), "rami", kRoads));
        CHECK(hall.all<ContactHeld>().empty());
    }
}

TEST_CASE("a further queue that is no longer configured is left; it stays in the others") {
    Hall hall;
    const ContactId contact = hall.caller();
    const Instant joined = hall.the(contact).joined_at;
    hall.pass(10s);
    hall.tell(PublishConfiguration{without(three_queues(), kGeneral)});
    CHECK(hall.queues_of(contact) == std::vector<QueueId>{kHousing, kRoads});
    CHECK(hall.exits_of(contact) == Exits{{kGeneral, QueueExit::elsewhere}});
    CHECK(hall.the(contact).joined_at == joined);
}

TEST_CASE("its first queue is no longer configured: the next is its first, with the old place") {
    Hall hall;
    const Instant came = hall.now;
    const ContactId contact = hall.caller();
    hall.pass(10s);
    SUBCASE("while it waits") {
        hall.tell(PublishConfiguration{without(three_queues(), kHousing)});
    }
    SUBCASE("while a phone rings for it, when that has come to nothing") {
        hall.log_in({"rami"});
        hall.tell(PublishConfiguration{without(three_queues(), kHousing)});
        CHECK(hall.queues_of(contact).front() == kHousing);
        hall.tell(DeclineOffer{hall.offer_to("rami"), DeclineReason::rejected});
    }
    CHECK(hall.queues_of(contact) == std::vector<QueueId>{kGeneral, kRoads});
    CHECK(hall.exits_of(contact) == Exits{{kGeneral, QueueExit::elsewhere},
                                          {kRoads, QueueExit::elsewhere},
                                          {kHousing, QueueExit::transfer}});
    CHECK(hall.the(contact).queued_since == came);
}

TEST_CASE("who keeps his place keeps it in his first queue, and finds it there again") {
    Configuration rules = three_queues();
    step_of(rules).callback_key = "1";
    step_of(rules).callback = StepId{"message"};
    Hall hall{rules};
    const Instant came = hall.now;
    const ContactId contact = hall.caller();
    hall.pass(20s);
    hall.press(contact, "1");
    CHECK(hall.exits_of(contact).back() == std::pair{kHousing, QueueExit::callback});
    const PromiseId promise = hall.the(contact).promise;
    CHECK(hall.the(promise).queue == kHousing);
    hall.tell(CallerLeft{contact});
    SUBCASE("the call back is one of that queue alone") {
        hall.log_in({"ghali", "rami"});
        CHECK(hall.all<OfferMade>().empty());
        hall.log_in({"huda"});
        CHECK(hall.last<OfferMade>().queue == kHousing);
    }
    SUBCASE("he rings again: all his queues count his wait from then") {
        hall.pass(1min);
        const ContactId again = hall.caller();
        CHECK(hall.the(again).queued_since == came);
        CHECK(hall.last<ContactAlsoQueued>() == ContactAlsoQueued{again, kRoads, came});
    }
}

TEST_CASE("who has lost his agent waits in all his queues again, before others") {
    Hall hall{three_queues(), {"rami"}};
    const ContactId contact = hall.caller();
    hall.tell(AcceptOffer{hall.offer_to("rami")});
    hall.pass(1min);
    hall.tell(LoseAgent{contact, AgentId{"rami"}});
    CHECK(hall.queues_of(contact) == std::vector<QueueId>{kHousing, kGeneral, kRoads});
    hall.log_in({"ghali"});
    CHECK(hall.is_offered(contact, "ghali", kGeneral));
}

TEST_CASE("the process dies: lost once, in the first queue, which owes the call") {
    Hall hall;
    const ContactId contact = hall.caller();
    hall.pass(10s);
    hall.tell(RecoverFromCrash{});
    CHECK(hall.exits_of(contact) == Exits{{kGeneral, QueueExit::elsewhere},
                                          {kRoads, QueueExit::elsewhere},
                                          {kHousing, QueueExit::failed}});
    CHECK(hall.last<PromiseMade>().promise.queue == kHousing);
}

TEST_CASE("while a phone rings the queues lose steps: what it needs next is one that there is") {
    Configuration rules = three_queues();
    for (Queue& queue : rules.queues) queue.steps = {{{}, 0, 5'000}, {{}, 0, 0}};
    Hall hall{rules};
    const ContactId contact = hall.caller();
    hall.pass(10s);
    hall.log_in({"rami"});
    REQUIRE(hall.the(contact).stage == Stage::offered);
    hall.tell(PublishConfiguration{three_queues()});
    hall.log_in({"huda"});
    hall.tell(DeclineOffer{hall.offer_to("rami"), DeclineReason::rejected});
    CHECK(hall.is_offered(contact, "huda", kHousing));
    hall.tell(DeclineOffer{hall.offer_to("huda"), DeclineReason::rejected});
    hall.log_in({"ghali"});
    CHECK(hall.is_offered(contact, "ghali", kGeneral));
}

}  // namespace amer::centre::example
