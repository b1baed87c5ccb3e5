#include "core/centre/test_story.h"

// Citizens who are dialled before an agent is asked.
namespace amer::centre::example {

namespace {

using agent::AgentState;
using callback::DialMode;
using std::chrono::minutes;
using std::chrono::seconds;
using Stage = contact::Contact::Stage;

const char* const kDirect = "8006679";

// Three agents who all speak Arabic; one citizen is dialled ahead for each of them unless a test
// says otherwise.
Configuration customer_first(std::int32_t agents_per_customer = 1) {
    Configuration rules = configuration();
    for (AgentRow& row : rules.agents) row.languages = {Language::arabic};
    rules.promises.mode = DialMode::customer_first;
    rules.promises.agents_per_customer = agents_per_customer;
    rules.promises.share_percent = 100;
    return rules;
}

// So many citizens called on Thursday night; on Friday at 07:30 these agents are there.
struct Morning : Story {
    explicit Morning(const Configuration& rules, std::size_t citizens,
                     const std::vector<std::string>& agents = {"basim"})
        : Story{"2026-11-19 18:00", rules} {
        for (std::size_t number = 1; number <= citizens; ++number) {
            tell(CallerLeft{call(kDirect, "+97150123000" + std::to_string(number))});
        }
        pass_until("2026-11-20 07:00");
        log_in(agents);
        pass_until("2026-11-20 07:30");
    }

    std::size_t dialled() const { return all<AttemptStarted>().size(); }

    // The citizen who was dialled last answers and hears who calls.
    ContactId answer() {
        const ContactId contact = last<AttemptStarted>().contact;
        tell(CustomerAnswered{contact});
        CHECK(prompts_of(last<PromptStarted>()) == std::vector<std::string>{"CB-OUT"});
        hear_out(contact);
        return contact;
    }

    // A caller takes the agent for himself.
    ContactId keep_busy(const std::string& agent, const std::string& from = "+971551110000") {
        const ContactId caller = call(kDirect, from);
        tell(AcceptOffer{offer_to(agent)});
        REQUIRE(the(caller).stage == Stage::connected);
        return caller;
    }
};

// One citizen waits on the line while basim talks with a caller.
struct Waiting : Morning {
    explicit Waiting(const Configuration& rules = customer_first()) : Morning{rules, 1} {
        caller = keep_busy("basim");
        citizen = answer();
    }
    ContactId caller;
    ContactId citizen;
};

}  // namespace

TEST_CASE("customer first: his telephone rings while the agent is still free") {
    Morning story{customer_first(), 1};
    const auto started = story.last<AttemptStarted>();
    CHECK(started.agent.value.empty());
    CHECK(started.queue == QueueId{"general"});
    CHECK(started.attempt == 1);
    CHECK(story.state_of("basim") == AgentState::ready);
    CHECK(story.the(started.contact).stage == Stage::dialling);
    CHECK(story.the(PromiseId{1}).state == callback::Promise::State::dialling);
}

TEST_CASE("he answers, hears who calls, and the free agent's telephone rings for him") {
    Morning story{customer_first(), 1};
    const ContactId citizen = story.answer();
    CHECK(story.the(citizen).stage == Stage::offered);
    CHECK(story.the(citizen).has_citizen);
    story.tell(AcceptOffer{story.offer_to("basim")});
    CHECK(story.the(citizen).stage == Stage::connected);
    CHECK(story.last<ContactConnected>().agent == AgentId{"basim"});
    CHECK(story.last<PromiseKept>().promise == PromiseId{1});
    CHECK(story.dialled() == 1);
    story.tell(CallerLeft{citizen});
    CHECK(story.end_of(citizen) == ContactEnd::completed);
    CHECK(story.state_of("basim") == AgentState::wrap_up);
}

TEST_CASE("a key ends the greeting") {
    Morning story{customer_first(), 1};
    const ContactId citizen = story.last<AttemptStarted>().contact;
    story.tell(CustomerAnswered{citizen});
    story.press(citizen, "1");
    CHECK(story.the(citizen).stage == Stage::offered);
}

TEST_CASE("a machine that is known late rings no agent any more") {
    SUBCASE("it waits") {
        Waiting story;
        story.tell(CustomerFailed{story.citizen, AttemptOutcome::voicemail});
        CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::voicemail);
        CHECK(story.end_of(story.citizen) == ContactEnd::not_reached);
        CHECK_FALSE(story.the(PromiseId{1}).was_left_waiting);
    }
    SUBCASE("an agent's telephone rings for it") {
        Morning story{customer_first(), 1};
        const ContactId machine = story.answer();
        REQUIRE(story.the(machine).stage == Stage::offered);
        story.tell(CustomerFailed{machine, AttemptOutcome::voicemail});
        CHECK(story.end_of(machine) == ContactEnd::not_reached);
        CHECK(story.state_of("basim") == AgentState::ready);
    }
}

TEST_CASE("nobody is free: he waits with music and is served before those who waited longer") {
    Waiting story;
    CHECK(story.the(story.citizen).stage == Stage::queued);
    CHECK(story.last<ContactQueued>().priority == 1'440);
    const ContactId other = story.call(kDirect, "+971552220000");
    story.pass(minutes{5});
    const ContactId late = story.call(kDirect, "+971553330000");
    story.tell(CallerLeft{story.caller});
    story.tell(FinishWrapUp{AgentId{"basim"}});
    CHECK(story.the(story.citizen).stage == Stage::offered);
    CHECK(story.the(other).stage == Stage::queued);
    CHECK(story.the(late).stage == Stage::queued);
}

TEST_CASE("he who waits is not put back because the hours in which one may call are over") {
    Configuration rules = customer_first();
    rules.promises.call_until_minute = 7 * 60 + 40;
    Waiting story{rules};
    story.pass_until("2026-11-20 07:45");
    story.tell(CallerLeft{story.caller});
    story.tell(FinishWrapUp{AgentId{"basim"}});
    story.tell(AcceptOffer{story.offer_to("basim")});
    CHECK(story.the(story.citizen).stage == Stage::connected);
}

TEST_CASE("he hangs up while he waits: no try of his, and next time the agent is asked first") {
    Waiting story;
    story.tell(CallerLeft{story.citizen});
    CHECK_FALSE(story.lives(story.citizen));
    CHECK(story.last<QueueLeft>().how == QueueExit::abandoned);
    const auto failed = story.last<AttemptFailed>();
    CHECK(failed.outcome == AttemptOutcome::left_waiting);
    CHECK_FALSE(failed.counts);
    CHECK(story.the(PromiseId{1}).tries_made == 0);
    CHECK(story.the(PromiseId{1}).was_left_waiting);
    story.tell(CallerLeft{story.caller});
    story.tell(FinishWrapUp{AgentId{"basim"}});
    story.pass_until("2026-11-20 09:30");  // the usual pause is two hours
    CHECK(story.dialled() == 1);
    CHECK(story.state_of("basim") == AgentState::reserved);
    story.tell(AcceptOffer{story.offer_to("basim")});
    CHECK(story.last<AttemptStarted>().agent == AgentId{"basim"});
    CHECK(story.last<AttemptStarted>().attempt == 1);
}

TEST_CASE("he hangs up in the greeting, or while a telephone rings for him: the same") {
    Morning story{customer_first(), 1};
    const ContactId citizen = story.last<AttemptStarted>().contact;
    SUBCASE("greeting") { story.tell(CustomerAnswered{citizen}); }
    SUBCASE("ringing") { story.answer(); }
    story.tell(CallerLeft{citizen});
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::left_waiting);
    CHECK(story.state_of("basim") == AgentState::ready);
}

TEST_CASE("an end with a rule of its own follows it: who was left waiting may count too") {
    Configuration rules = customer_first();
    rules.promises.outcomes = {{AttemptOutcome::left_waiting, 1'800'000, true, false}};
    Waiting story{rules};
    story.tell(CallerLeft{story.citizen});
    CHECK(story.the(PromiseId{1}).tries_made == 1);
    CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-20 08:00"));
}

TEST_CASE("he does not answer: a try like any other, and no agent lost a second") {
    Morning story{customer_first(), 1};
    story.pass(seconds{30});
    const auto failed = story.last<AttemptFailed>();
    CHECK(failed.outcome == AttemptOutcome::no_answer);
    CHECK(failed.counts);
    CHECK_FALSE(story.the(PromiseId{1}).was_left_waiting);
    CHECK(story.state_of("basim") == AgentState::ready);
    story.pass_until("2026-11-20 09:30:30");
    CHECK(story.dialled() == 2);
    CHECK(story.last<AttemptStarted>().agent.value.empty());
}

TEST_CASE("one citizen for so many agents at work: the next is dialled when one has his agent") {
    Morning story{customer_first(3), 3, {"amal", "basim", "carla"}};
    CHECK(story.dialled() == 1);
    const ContactId citizen = story.answer();
    CHECK(story.dialled() == 1);
    story.tell(AcceptOffer{story.last<OfferMade>().offer});
    REQUIRE(story.the(citizen).stage == Stage::connected);
    CHECK(story.dialled() == 2);
    story.tell(CustomerFailed{story.last<AttemptStarted>().contact, AttemptOutcome::busy});
    CHECK(story.dialled() == 3);
}

TEST_CASE("with too few agents at work the agent is asked first") {
    Configuration rules = customer_first(2);
    SUBCASE("one is logged in") {
        Morning story{rules, 1};
        CHECK(story.dialled() == 0);
        CHECK(story.state_of("basim") == AgentState::reserved);
    }
    SUBCASE("the other has a break") {
        Story story{"2026-11-19 18:00", rules};
        story.tell(CallerLeft{story.call(kDirect)});
        story.pass_until("2026-11-20 07:00");
        story.log_in({"basim", "carla"});
        story.tell(SetNotReady{AgentId{"carla"}, "break"});
        story.pass_until("2026-11-20 07:30");
        CHECK(story.all<AttemptStarted>().empty());
        CHECK(story.state_of("basim") == AgentState::reserved);
    }
}

TEST_CASE("who comes to work brings the next citizen's call with him") {
    Morning story{customer_first(1), 3, {"basim"}};
    CHECK(story.dialled() == 1);
    story.log_in({"carla"});
    CHECK(story.dialled() == 2);
    story.tell(SetNotReady{AgentId{"carla"}, "break"});
    story.tell(SetReady{AgentId{"carla"}});
    CHECK(story.dialled() == 2);
}

TEST_CASE("citizens who are dialled ahead are within the share of agents") {
    Configuration rules = customer_first(1);
    rules.promises.share_percent = 34;
    Morning story{rules, 3, {"amal", "basim", "carla"}};
    CHECK(story.dialled() == 1);
    story.answer();
    story.tell(AcceptOffer{story.last<OfferMade>().offer});
    CHECK(story.dialled() == 1);
    story.tell(CallerLeft{story.last<ContactConnected>().contact});
    CHECK(story.dialled() == 2);
}

TEST_CASE("two lanes that share their agents do not dial for each of them twice") {
    Configuration rules = customer_first(1);
    Story story{"2026-11-19 18:00", rules};
    // Two promises in two queues, both of amal.
    story.tell(CallerLeft{story.call(kDirect, "+971501230001")});
    rules.promises.queue = QueueId{"housing"};
    story.tell(PublishConfiguration{rules});
    story.tell(CallerLeft{story.call(kDirect, "+971501230002")});
    story.pass_until("2026-11-20 07:00");
    story.log_in({"amal"});
    story.pass_until("2026-11-20 07:30");
    REQUIRE(story.all<PromiseMade>().back().promise.queue == QueueId{"housing"});
    REQUIRE(story.all<AttemptStarted>().size() == 1);
    const ContactId first = story.last<AttemptStarted>().contact;
    story.tell(CustomerFailed{first, AttemptOutcome::busy});
    CHECK(story.all<AttemptStarted>().size() == 2);
}

TEST_CASE("the grace after closing is over: he is told that we are sorry, and put back") {
    Configuration rules = customer_first();
    rules.queues[0].closing_grace_ms = 600'000;
    Waiting story{rules};
    story.pass_until("2026-11-20 12:09:59");
    CHECK(story.the(story.citizen).stage == Stage::queued);
    story.pass_until("2026-11-20 12:10");
    CHECK(story.last<QueueLeft>().how == QueueExit::closing);
    CHECK(prompts_of(story.last<PromptStarted>()) == std::vector<std::string>{"CB-SORRY"});
    CHECK(story.lives(story.citizen));
    story.press(story.citizen, "1");  // there is nobody to be connected with
    CHECK(story.lives(story.citizen));
    story.hear_out(story.citizen);
    CHECK(story.end_of(story.citizen) == ContactEnd::not_reached);
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::left_waiting);
    CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-23 07:30"));
}

TEST_CASE("the last agent goes while he waits: he is told that we are sorry") {
    Morning story{customer_first(), 1, {"basim", "carla"}};
    story.keep_busy("basim");
    story.keep_busy("carla", "+971552220000");
    const ContactId citizen = story.answer();
    story.tell(SetNotReady{AgentId{"carla"}, "break"});  // when her talk is over
    story.tell(SetNotReady{AgentId{"basim"}, "break"});
    std::vector<ContactId> talks;
    for (const auto& [id, contact] : story.state.contacts) {
        if (id != citizen) talks.push_back(id);
    }
    story.tell(CallerLeft{talks[0]});
    story.pass(seconds{20});
    CHECK(story.the(citizen).stage == Stage::queued);
    story.tell(CallerLeft{talks[1]});
    story.pass(seconds{20});
    CHECK(story.last<QueueLeft>().how == QueueExit::no_agent);
    CHECK(prompts_of(story.last<PromptStarted>()) == std::vector<std::string>{"CB-SORRY"});
    SUBCASE("and hears it out") { story.hear_out(citizen); }
    SUBCASE("and hangs up") { story.tell(CallerLeft{citizen}); }
    SUBCASE("and nobody tells us that it was played") { story.pass(minutes{10}); }
    CHECK_FALSE(story.lives(citizen));
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::left_waiting);
}

TEST_CASE("after a crash it is not known whether he was reached, in whatever stage") {
    Morning story{customer_first(), 1};
    const ContactId citizen = story.last<AttemptStarted>().contact;
    SUBCASE("his telephone rings") {}
    SUBCASE("he hears who calls") { story.tell(CustomerAnswered{citizen}); }
    SUBCASE("a telephone rings for him") { story.answer(); }
    SUBCASE("he waits") {
        story.keep_busy("basim");
        story.answer();
    }
    SUBCASE("he hears that we are sorry") {
        story.answer();
        story.tell(DeclineOffer{story.offer_to("basim"), DeclineReason::unreachable});
        CHECK(prompts_of(story.last<PromptStarted>()) == std::vector<std::string>{"CB-SORRY"});
    }
    story.tell(RecoverFromCrash{});
    CHECK(story.end_of(citizen) == ContactEnd::broken_by_crash);
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::unknown);
    CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-20 07:40"));
    CHECK_FALSE(story.the(PromiseId{1}).was_left_waiting);
}

TEST_CASE("one who keeps his place stands there: he is not served before those he stood behind") {
    Configuration rules = customer_first();
    for (flow::Flow& flow : rules.flows) {
        for (flow::Step& step : flow.steps) {
            auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
            if (enqueue == nullptr) continue;
            enqueue->callback_key = "2";
            enqueue->callback = StepId{"goodbye"};
        }
    }
    Morning story{rules, 0};
    story.keep_busy("basim");
    story.call(kDirect, "+971551110001");
    const ContactId keeper = story.call(kDirect, "+971501230001");
    story.press(keeper, "2");
    story.tell(CallerLeft{keeper});
    story.pass(seconds{1});
    REQUIRE(story.last<PromiseOffered>().promise == PromiseId{1});
    CHECK(story.dialled() == 0);
    CHECK(story.the(story.last<PromiseOffered>().contact).stage == Stage::queued);
}

TEST_CASE("his queue is taken away while he waits: he waits in the one for calls back") {
    Configuration rules = customer_first();
    rules.promises.queue = QueueId{"housing"};
    Morning story{rules, 1, {"amal"}};
    story.keep_busy("amal");
    const ContactId citizen = story.answer();
    REQUIRE(story.the(citizen).queue == QueueId{"housing"});
    rules.promises.queue = QueueId{"general"};
    std::erase_if(rules.queues, [](const Queue& queue) { return queue.id.value == "housing"; });
    for (AgentRow& row : rules.agents) row.queues = {{QueueId{"general"}}};
    for (flow::Flow& flow : rules.flows) {
        for (flow::Step& step : flow.steps) {
            if (auto* enqueue = std::get_if<flow::Enqueue>(&step.body)) {
                enqueue->queue = QueueId{"general"};
            }
        }
    }
    story.tell(PublishConfiguration{rules});
    CHECK(story.the(citizen).stage == Stage::queued);
    CHECK(story.the(citizen).queue == QueueId{"general"});
    CHECK(story.the(citizen).has_citizen);
}

}  // namespace amer::centre::example
