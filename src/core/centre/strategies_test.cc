// Every strategy of acd.md 6.2, told with four agents and callers who come one after the other.
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using queue::Strategy;
using Stage = contact::Contact::Stage;
using namespace std::chrono_literals;

namespace {

const SkillId kLoans{"loans"};

// dana, eman, faris and ghada serve the general queue in Arabic; no wrap-up.
Configuration four(Strategy strategy) {
    Configuration rules = configuration();
    rules.queues[0].strategy = strategy;
    rules.agents.clear();
    for (const char* name : {"faris", "dana", "ghada", "eman"}) {
        AgentRow row = agent(name, {QueueId{"general"}}, {Language::arabic});
        row.wrap_up_ms = 0;
        rules.agents.push_back(row);
    }
    return rules;
}

AgentRow& row_of(Configuration& rules, const char* name) {
    for (AgentRow& row : rules.agents) {
        if (row.id == AgentId{name}) return row;
    }
    FAIL("no such agent");
    return rules.agents.front();
}

struct Office : Story {
    explicit Office(Configuration rules) : Story{"2026-11-19 10:00", std::move(rules)} {
        log_in({"dana", "eman", "faris", "ghada"});
    }
    ContactId caller() { return call("8006679", "+97150" + std::to_string(++last_caller)); }
    // The agent who is offered the next caller; he talks for so long.
    std::string serve(Duration talk = 1min) {
        const ContactId contact = caller();
        REQUIRE(the(contact).stage == Stage::offered);
        const OfferMade made = last<OfferMade>();
        tell(AcceptOffer{made.offer});
        pass(talk);
        tell(CallerLeft{contact});
        pass(1s);
        return made.agent.value;
    }
    std::vector<std::string> serve_each(int calls, Duration talk = 1min) {
        std::vector<std::string> agents;
        for (int at = 0; at < calls; ++at) agents.push_back(serve(talk));
        return agents;
    }
    int last_caller = 1'000'000;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("longest idle: by the end of the last contact; a break gives and costs nothing") {
    Office office{four(Strategy::longest_idle)};
    CHECK(office.serve_each(5) == Names{"dana", "eman", "faris", "ghada", "dana"});
    office.tell(SetNotReady{AgentId{"eman"}, "break"});
    office.pass(10min);
    office.tell(SetReady{AgentId{"eman"}});
    CHECK(office.serve() == "eman");
}

TEST_CASE("longest ready: a break costs the turn, an offer that is withdrawn does not") {
    Office office{four(Strategy::longest_ready)};
    office.tell(SetNotReady{AgentId{"dana"}, "break"});
    office.pass(1min);
    office.tell(SetReady{AgentId{"dana"}});
    const ContactId gone = office.caller();
    CHECK(office.last<OfferMade>().agent == AgentId{"eman"});
    office.pass(2s);
    office.tell(CallerLeft{gone});
    CHECK(office.serve_each(4) == Names{"eman", "faris", "ghada", "dana"});
}

TEST_CASE(
    "least recent: who had no contact comes first, then the oldest end; a login changes nothing") {
    Office office{four(Strategy::least_recent)};
    CHECK(office.serve_each(2) == Names{"dana", "eman"});
    office.tell(LogOut{AgentId{"dana"}});
    office.tell(SetReady{AgentId{"dana"}});
    CHECK(office.serve_each(4) == Names{"faris", "ghada", "dana", "eman"});
}

TEST_CASE("round robin: the next after the last one offered, whoever comes and goes meanwhile") {
    Office office{four(Strategy::round_robin)};
    CHECK(office.serve_each(2) == Names{"dana", "eman"});
    office.tell(LogOut{AgentId{"faris"}});
    CHECK(office.serve() == "ghada");
    office.tell(SetReady{AgentId{"faris"}});
    CHECK(office.serve() == "dana");
    SUBCASE("an offer that failed is a turn") {
        office.caller();
        office.tell(DeclineOffer{office.offer_to("eman"), DeclineReason::rejected});
        CHECK(office.last<OfferMade>().agent == AgentId{"faris"});
    }
    SUBCASE("remembered when the rules change and when the process starts again") {
        office.tell(RecoverFromCrash{});
        Configuration rules = office.state.configuration;
        rules.agents.erase(rules.agents.begin() + 1);  // dana, the last one offered, is gone
        office.tell(PublishConfiguration{rules});
        office.log_in({"ghada", "faris", "eman"});
        CHECK(office.serve() == "eman");
    }
}

TEST_CASE("linear: the first of the list who is ready, always") {
    Office office{four(Strategy::linear)};
    CHECK(office.serve_each(3) == Names{"faris", "faris", "faris"});
    office.tell(SetNotReady{AgentId{"faris"}, "break"});
    CHECK(office.serve_each(2) == Names{"dana", "dana"});
    // One unavailable at the end stops nothing (acd.md section 3, 20).
    office.tell(LogOut{AgentId{"eman"}});
    CHECK(office.serve() == "dana");
}

TEST_CASE("fewest calls: in this shift, counted once; a newcomer is level after midnight") {
    Office office{four(Strategy::fewest_calls)};
    office.tell(LogOut{AgentId{"ghada"}});
    CHECK(office.serve_each(4) == Names{"dana", "eman", "faris", "dana"});
    office.tell(SetReady{AgentId{"ghada"}});
    CHECK(office.serve_each(3) == Names{"ghada", "eman", "faris"});
    CHECK(agent::tally_of(office.the("dana"), std::nullopt).calls == 2);
    CHECK(office.serve() == "ghada");
    office.pass_until("2026-11-20 07:31");
    CHECK(agent::tally_of(office.the("dana"), std::nullopt).calls == 0);
    CHECK(office.last<DayBegan>().day == "2026-11-20");
    CHECK(office.serve_each(4) == Names{"dana", "eman", "faris", "ghada"});
}

TEST_CASE("least talk: who talked least in this shift, however many calls it was") {
    Office office{four(Strategy::least_talk)};
    CHECK(office.serve(10min) == "dana");
    CHECK(office.serve(1min) == "eman");
    CHECK(office.serve(4min) == "faris");
    CHECK(office.serve(5min) == "ghada");
    CHECK(office.serve_each(3, 1min) == Names{"eman", "eman", "eman"});
    // Now equal to faris' four minutes: the longest idle of the two.
    CHECK(office.serve(1min) == "faris");
}

TEST_CASE("least occupied: of the last half hour, ringing and breaks left out") {
    Office office{four(Strategy::least_occupied)};
    CHECK(office.serve(4min) == "dana");
    CHECK(office.serve(1min) == "eman");
    CHECK(office.serve(2min) == "faris");
    CHECK(office.serve(1min) == "ghada");
    CHECK(office.serve(1min) == "eman");  // eman 1 of 9 min, ghada 1 of 9, faris 2, dana 4
    office.pass(40min);                   // all that is forgotten
    CHECK(office.serve(1min) == "dana");
}

TEST_CASE("least occupied: what is long ago is forgotten, too, when new rules make the match") {
    Configuration rules = four(Strategy::least_occupied);
    Office office{rules};
    CHECK(office.serve(10min) == "dana");
    office.pass(40min);
    office.tell(SetNotReady{AgentId{"faris"}, "break"});
    office.tell(SetNotReady{AgentId{"ghada"}, "break"});
    CHECK(office.serve(1min) == "eman");
    rules.queues[0].steps = {queue::Step{{{kLoans, 1, 1}}, 0, 600'000}, queue::Step{}};
    office.tell(PublishConfiguration{rules});
    const ContactId contact = office.caller();
    CHECK(office.the(contact).stage == Stage::queued);
    rules.queues[0].steps.clear();
    office.tell(PublishConfiguration{rules});
    // In the last half hour eman talked one minute and dana not at all: her ten are over.
    CHECK(office.last<OfferMade>().agent == AgentId{"dana"});
}

TEST_CASE("random: the same history draws the same, and everybody has his share") {
    Office office{four(Strategy::random)};
    std::map<std::string, int> drawn;
    for (const std::string& agent : office.serve_each(200, 1s)) ++drawn[agent];
    CHECK(drawn.size() == 4);
    for (const auto& [agent, calls] : drawn) CHECK(calls > 25);
    Office again{four(Strategy::random)};
    for (int at = 0; at < 20; ++at) again.serve(1s);
    CHECK(again.all<OfferMade>().front().draw == office.all<OfferMade>().front().draw);
    CHECK(again.all<OfferMade>().back().agent == office.all<OfferMade>()[19].agent);
}

TEST_CASE("weighted random: in proportion to the weights") {
    Configuration rules = four(Strategy::weighted_random);
    row_of(rules, "dana").queues[0].weight = 7;
    Office office{rules};
    std::map<std::string, int> drawn;
    for (const std::string& agent : office.serve_each(500, 1s)) ++drawn[agent];
    CHECK(drawn["dana"] > 300);
    CHECK(drawn["dana"] < 400);
    CHECK(drawn["eman"] > 25);
}

TEST_CASE("tiers: the lowest with somebody ready, and inside it the queue's strategy") {
    Configuration rules = four(Strategy::longest_idle);
    row_of(rules, "dana").queues[0].tier = 2;
    row_of(rules, "eman").queues[0].tier = 2;
    Office office{rules};
    CHECK(office.serve_each(3) == Names{"faris", "ghada", "faris"});
    office.tell(SetNotReady{AgentId{"faris"}, "break"});
    office.tell(SetNotReady{AgentId{"ghada"}, "break"});
    CHECK(office.serve_each(3) == Names{"dana", "eman", "dana"});
}

TEST_CASE("tiers hold for strategies that weigh all who are ready, too") {
    for (const Strategy strategy : {Strategy::random, Strategy::round_robin,
                                    Strategy::least_occupied, Strategy::most_skilled}) {
        Configuration rules = four(strategy);
        row_of(rules, "dana").queues[0].tier = 2;
        row_of(rules, "eman").queues[0].tier = 2;
        Office office{rules};
        for (const std::string& agent : office.serve_each(10, 1s)) {
            CHECK(agent != "dana");
            CHECK(agent != "eman");
        }
    }
}

TEST_CASE("a shift begins at login: who comes back is level with a newcomer") {
    Office office{four(Strategy::fewest_calls)};
    CHECK(office.serve_each(5) == Names{"dana", "eman", "faris", "ghada", "dana"});
    office.tell(LogOut{AgentId{"dana"}});
    office.tell(SetReady{AgentId{"dana"}});
    CHECK(office.serve() == "dana");
}

TEST_CASE("in another queue he begins at its first step") {
    Configuration rules = four(Strategy::longest_idle);
    rules.queues[0].steps = {queue::Step{{{kLoans, 3, 1}}, 0, 10'000},
                             queue::Step{{{kLoans, 2, 1}}, 0, 0}};
    rules.queues[1].steps = {queue::Step{{{kLoans, 3, 1}}, 0, 10'000},
                             queue::Step{{{kLoans, 2, 1}}, 0, 0}};
    rules.promises.queue = QueueId{"housing"};
    Office office{rules};
    const ContactId contact = office.caller();
    office.pass(10s);
    CHECK(office.the(contact).queue_step == 1);
    rules.queues.erase(rules.queues.begin());
    for (AgentRow& row : rules.agents) row.queues = {Membership{QueueId{"housing"}}};
    for (flow::Flow& flow : rules.flows) {
        for (flow::Step& step : flow.steps) {
            if (auto* enqueue = std::get_if<flow::Enqueue>(&step.body)) {
                enqueue->queue = QueueId{"housing"};
            }
        }
    }
    office.tell(PublishConfiguration{rules});
    CHECK(office.the(contact).queue == QueueId{"housing"});
    CHECK(office.the(contact).queue_step == 0);
}

TEST_CASE("a tier that the step does not reach waits for its time, to the instant") {
    Configuration rules = four(Strategy::longest_idle);
    for (const char* name : {"dana", "eman"}) row_of(rules, name).queues[0].tier = 2;
    rules.queues[0].steps = {queue::Step{{}, 1, 20'000}, queue::Step{{}, 2, 0}};
    Office office{rules};
    for (const char* name : {"faris", "ghada"}) {
        office.tell(SetNotReady{AgentId{name}, "break"});
    }
    const ContactId contact = office.caller();
    office.pass(19'999ms);
    CHECK(office.the(contact).stage == Stage::queued);
    office.pass(1ms);
    CHECK(office.last<RequirementRelaxed>().step == 1);
    CHECK(office.last<OfferMade>().agent == AgentId{"dana"});
    CHECK(office.last<OfferMade>().step == 1);
    CHECK(office.last<OfferMade>().passed_over ==
          std::vector<queue::PassedOver>{{"not_ready", "3-4", {}}, {"ranked_after", "2", {}}});
}

TEST_CASE("skills: who lacks one is passed over and named; the step that asks less comes in time") {
    Configuration rules = four(Strategy::longest_idle);
    row_of(rules, "ghada").skills = {{kLoans, 5}};
    row_of(rules, "eman").skills = {{kLoans, 2}};
    rules.queues[0].steps = {queue::Step{{{kLoans, 3, 1}}, 0, 30'000},
                             queue::Step{{{kLoans, 1, 1}}, 0, 30'000}, queue::Step{}};
    Office office{rules};
    office.caller();
    CHECK(office.last<OfferMade>().agent == AgentId{"ghada"});
    CHECK(office.last<OfferMade>().passed_over ==
          std::vector<queue::PassedOver>{{"skill", "1-3", {}}});
    office.tell(AcceptOffer{office.offer_to("ghada")});
    const ContactId second = office.caller();
    CHECK(office.the(second).stage == Stage::queued);
    office.pass(30s);
    CHECK(office.the(second).stage == Stage::offered);
    CHECK(office.last<OfferMade>().agent == AgentId{"eman"});
    office.tell(AcceptOffer{office.offer_to("eman")});
    // One who waits for a skill holds up nobody who needs none.
    office.tell(SetNotReady{AgentId{"dana"}, "break"});
    office.tell(SetNotReady{AgentId{"faris"}, "break"});
    const ContactId third = office.caller();
    office.pass(60s);
    office.caller();
    office.tell(SetReady{AgentId{"dana"}});
    CHECK(office.last<OfferMade>().contact == third);
}

TEST_CASE("the last step closed: he leaves the queue with the reason that nobody was there") {
    Configuration rules = four(Strategy::longest_idle);
    rules.queues[0].steps = {queue::Step{{{kLoans, 3, 1}}, 0, 30'000}};
    Office office{rules};
    const ContactId contact = office.caller();
    office.pass(30s);
    CHECK(office.last<QueueLeft>() == QueueLeft{contact, QueueId{"general"}, QueueExit::no_agent});
    CHECK(office.the(contact).step == StepId{"message"});
}

TEST_CASE("most and least skilled: by weight and level of what is needed, then longest idle") {
    Strategy strategy = Strategy::most_skilled;
    Names order{"ghada", "eman", "dana", "faris"};
    SUBCASE("most") {}
    SUBCASE("least") {
        strategy = Strategy::least_skilled;
        order = {"dana", "faris", "eman", "ghada"};
    }
    Configuration rules = four(strategy);
    for (AgentRow& row : rules.agents) row.skills = {{kLoans, 1}, {SkillId{"urdu"}, 90}};
    row_of(rules, "eman").skills[0].level = 2;
    row_of(rules, "ghada").skills[0].level = 3;
    rules.queues[0].steps = {queue::Step{{{kLoans, 1, 2}}, 0, 0}};
    Office office{rules};
    Names offered;
    for (int at = 0; at < 4; ++at) {
        office.caller();
        offered.push_back(office.last<OfferMade>().agent.value);
    }
    CHECK(offered == order);
}

TEST_CASE("ring all: everybody ready, the first answer has it, the others lose nothing") {
    Office office{four(Strategy::ring_all)};
    const Instant idle_since = office.the("eman").idle_since;
    const ContactId contact = office.caller();
    REQUIRE(office.state.offers.size() == 4);
    CHECK(office.the(contact).offers.size() == 4);
    office.pass(3s);
    const OfferId late = office.offer_to("eman");
    SUBCASE("one winner by the journal's order (cases 2 and 4)") {
        const auto events = office.tell(AcceptOffer{office.offer_to("ghada")});
        CHECK(office.tell(AcceptOffer{late}).empty());
        CHECK(office.the(contact).agent == AgentId{"ghada"});
        int elsewhere = 0;
        for (const OfferEnded& ended : office.all<OfferEnded>()) {
            if (ended.how == OfferEnd::answered_elsewhere) ++elsewhere;
        }
        CHECK(elsewhere == 3);
        CHECK(office.all<ContactConnected>().size() == 1);
        CHECK(office.all<QueueLeft>().size() == 1);
    }
    SUBCASE("the caller hangs up: all stop, nobody pays") { office.tell(CallerLeft{contact}); }
    CHECK(office.state_of("eman") == AgentState::ready);
    CHECK(office.the("eman").idle_since == idle_since);
    CHECK(office.state.offers.empty());
}

TEST_CASE("ring all: who becomes ready meanwhile rings too; no answer is nobody's fault") {
    Office office{four(Strategy::ring_all)};
    office.tell(SetNotReady{AgentId{"dana"}, "break"});
    const ContactId contact = office.caller();
    CHECK(office.state.offers.size() == 3);
    office.pass(10s);
    office.tell(SetReady{AgentId{"dana"}});
    CHECK(office.state.offers.size() == 4);
    office.pass(5s);
    CHECK(office.the(contact).stage == Stage::offered);  // dana's phone has ten seconds left
    CHECK(office.the("eman").reason == "no_answer");
    office.pass(5s);  // after a short pause they ring again
    CHECK(office.the(contact).offers.size() == 4);
}

TEST_CASE("ring all: at most so many phones, and the next caller has the others") {
    Configuration rules = four(Strategy::ring_all);
    rules.queues[0].ring_at_most = 3;
    Office office{rules};
    const ContactId first = office.caller();
    const ContactId second = office.caller();
    CHECK(office.the(first).offers.size() == 3);
    CHECK(office.the(second).offers.size() == 1);
    office.tell(DeclineOffer{office.the(first).offers[0], DeclineReason::rejected});
    CHECK(office.the(first).stage == Stage::offered);
}

TEST_CASE("ring progressively: one more after each pause, and no more after the answer") {
    Office office{four(Strategy::ring_progressively)};
    const ContactId contact = office.caller();
    CHECK(office.the(contact).offers.size() == 1);
    office.pass(5s - 1ms);
    CHECK(office.the(contact).offers.size() == 1);
    office.pass(1ms);
    CHECK(office.the(contact).offers.size() == 2);
    office.pass(5s);
    CHECK(office.the(contact).offers.size() == 3);
    office.tell(AcceptOffer{office.offer_to("dana")});
    office.pass(1min);
    CHECK(office.all<OfferMade>().size() == 3);
    CHECK(office.state_of("ghada") == AgentState::ready);
}

TEST_CASE("several phones, and the process dies: all offers are released, once") {
    Office office{four(Strategy::ring_all)};
    office.caller();
    office.tell(RecoverFromCrash{});
    CHECK(office.state.offers.empty());
    CHECK(office.all<OfferEnded>().size() == 4);
}

TEST_CASE("queue weights: twice the weight, and half the wait is served first") {
    Configuration rules = four(Strategy::longest_idle);
    for (AgentRow& row : rules.agents) row.queues.emplace_back(QueueId{"housing"});
    rules.queues[1].weight = 3;
    for (flow::Step& step : rules.flows[1].steps) {
        if (step.id == StepId{"queue"}) {
            // The toll-free number's flow leads to housing; general is reached by the menu.
            std::get<flow::Enqueue>(step.body).queue = QueueId{"housing"};
        }
    }
    Story story{"2026-11-19 10:00", rules};
    const auto general = [&] {
        const ContactId contact = story.call("600500500", "+971502000001");
        story.hear_out(contact);
        story.press(contact, "1");
        story.hear_out(contact);
        story.press(contact, "0");
        return contact;
    };
    const ContactId first = general();
    story.pass(20s);
    const ContactId second = story.call("8006679", "+971502000002");
    SUBCASE("after 10 s: 30 s against 3 x 10 s and more") {
        story.pass(11s);
        story.log_in({"dana"});
        CHECK(story.last<OfferMade>().contact == second);
    }
    SUBCASE("before that the first is first") {
        story.pass(5s);
        story.log_in({"dana"});
        CHECK(story.last<OfferMade>().contact == first);
    }
}

TEST_CASE("an emergency is before all who wait, whatever they have waited; two by their time") {
    Configuration rules = four(Strategy::longest_idle);
    flow::Enqueue emergency{QueueId{"general"}, 0, std::nullopt, StepId{"message"}, true};
    rules.flows[1].steps[1].body = emergency;
    Story story{"2026-11-19 10:00", rules};
    const ContactId ordinary = story.call("600500500", "+971502000001");
    story.hear_out(ordinary);
    story.press(ordinary, "1");
    story.hear_out(ordinary);
    story.press(ordinary, "0");
    story.pass(1h);
    const ContactId urgent = story.call("8006679", "+971502000002");
    story.pass(1s);
    const ContactId urgent_too = story.call("8006679", "+971502000003");
    story.log_in({"dana", "eman", "faris"});
    const auto offers = story.all<OfferMade>();
    REQUIRE(offers.size() == 3);
    CHECK(offers[0].contact == urgent);
    CHECK(offers[1].contact == urgent_too);
    CHECK(offers[2].contact == ordinary);
}

TEST_CASE("new skills, tiers and steps count at once for those who wait (case 14)") {
    Configuration rules = four(Strategy::longest_idle);
    rules.queues[0].steps = {queue::Step{{{kLoans, 3, 1}}, 0, 600'000}, queue::Step{}};
    Office office{rules};
    const ContactId contact = office.caller();
    CHECK(office.the(contact).stage == Stage::queued);
    SUBCASE("an agent learns the skill") { row_of(rules, "eman").skills = {{kLoans, 3}}; }
    SUBCASE("the queue asks for nothing any more") { rules.queues[0].steps.clear(); }
    const auto events = office.tell(PublishConfiguration{rules});
    CHECK(office.the(contact).stage == Stage::offered);
    CHECK(std::holds_alternative<ConfigurationPublished>(events.front()));
}

}  // namespace amer::centre::example
