// New rules while people are on the line: acd.md 6.4, cases 24 and 31.
#include "core/centre/check_configuration.h"
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using Stage = contact::Contact::Stage;
using namespace std::chrono_literals;

namespace {

const char* const kMorning = "2026-11-19 10:00";
const char* const kCaller = "+971501234567";

}  // namespace

TEST_CASE("rules that are in force already are no news, whatever version they are marked with") {
    Story story{kMorning};
    Configuration same = configuration();
    same.version = 77;
    same.calendar.version = 5;
    CHECK(story.tell(PublishConfiguration{same}).empty());
    CHECK(story.state.configuration.version == 1);
}

TEST_CASE("versions rise; the calendar's only with the calendar") {
    Story story{kMorning};
    Configuration rules = configuration();
    rules.queues[0].ring_ms = 20'000;
    story.tell(PublishConfiguration{rules});
    CHECK(story.state.configuration.version == 2);
    CHECK(story.state.configuration.calendar.version == 1);
    rules.calendar.weekly[0].hours[4] = {{450, 900}};
    story.tell(PublishConfiguration{rules});
    CHECK(story.state.configuration.version == 3);
    CHECK(story.state.configuration.calendar.version == 3);
}

TEST_CASE("rules with a mistake are refused with its place, and the old ones stay") {
    Story story{kMorning};
    Configuration rules = configuration();
    rules.queues[1].unit = UnitId{"attic"};
    const Rejection rejection = story.refused(PublishConfiguration{rules});
    CHECK(rejection.reason == RejectionReason::bad_configuration);
    CHECK(rejection.text == "queues.housing.unit: the id of a unit; 'attic' is none");
    CHECK(story.state.configuration.version == 1);
}

TEST_CASE("case 24: a moved holiday moves the open promises, and says from where to where") {
    Story story{"2026-12-01 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    const Window before = story.the(PromiseId{1}).due;
    CHECK(before.from == dubai("2026-12-04 07:30"));
    Configuration rules = configuration();
    rules.calendar.holidays[0].first_day = local_day(2026, 12, 3);
    story.tell(PublishConfiguration{rules});
    const PromiseRedated redated = story.last<PromiseRedated>();
    CHECK(redated.due_before == before);
    CHECK(redated.due.from == dubai("2026-12-02 07:30"));
    CHECK(redated.due.until == dubai("2026-12-02 16:30"));
    CHECK(redated.calendar_version == 2);
    CHECK(story.the(PromiseId{1}).next_try == redated.due.from);
    story.tell(RegisterPhone{AgentId{"basim"}});
    story.pass_until("2026-12-02 07:30");
    CHECK(story.all<PromiseOffered>().size() == 1);
}

TEST_CASE("a calendar change that leaves a promise's day alone leaves the promise alone") {
    Story story{"2026-12-01 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    Configuration rules = configuration();
    rules.calendar.holidays[0].name_en = "Union Day";
    story.tell(PublishConfiguration{rules});
    CHECK(story.all<PromiseRedated>().empty());
}

TEST_CASE("a day that becomes a holiday sends the calls back that stand to the next opening") {
    Story story{"2026-11-19 18:00"};
    story.tell(CallerLeft{story.call("8006679", kCaller)});
    story.log_in({"basim"});
    story.pass_until("2026-11-20 08:00");  // he lets it ring
    Configuration rules = configuration();
    calendar::Holiday sudden;
    sudden.id = "mourning";
    sudden.first_day = local_day(2026, 11, 20);
    sudden.last_day = local_day(2026, 11, 20);
    rules.calendar.holidays.push_back(sudden);
    story.tell(PublishConfiguration{rules});
    story.pass(1s);
    CHECK(story.state.contacts.empty());
    CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-23 07:30"));
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-23 07:30"));
}

TEST_CASE("case 31: callers keep their places; those of a removed queue go where calls back go") {
    Story story{kMorning};
    const ContactId general = story.call("8006679", kCaller);
    const ContactId housing = story.call("600500500", "+971502222222");
    story.hear_out(housing);
    story.press(housing, "1");
    story.hear_out(housing);
    story.press(housing, "1");
    REQUIRE(story.the(housing).queue == QueueId{"housing"});
    const Instant since = story.the(housing).queued_since.value_or(Instant{});
    story.pass(10s);
    Configuration rules = configuration();
    rules.queues.pop_back();
    rules.agents[0].queues = {QueueId{"general"}};
    rules.flows.erase(rules.flows.begin());
    rules.numbers.erase(rules.numbers.begin());
    story.tell(PublishConfiguration{rules});
    CHECK(story.the(housing).queue == QueueId{"general"});
    CHECK(story.the(housing).queued_since == since);
    story.log_in({"basim"});
    CHECK(story.last<OfferMade>().contact == general);
}

namespace {

// The same numbers, everybody straight to the general queue: no menu, no message, no housing.
Configuration rules_without_flows() {
    Configuration rules = configuration();
    flow::Flow straight{FlowId{"straight"}, StepId{"queue"}, {}};
    straight.steps = {
        step("queue", flow::Enqueue{QueueId{"general"}, 0, std::nullopt, StepId{"sorry"}}),
        step("sorry", flow::HangUp{{PromptId{"TECH"}}}),
    };
    rules.flows = {straight};
    for (DialledNumber& number : rules.numbers) number.flow = straight.id;
    rules.queues.pop_back();
    rules.agents[0].queues = {QueueId{"general"}};
    return rules;
}

// Every step that the caller goes through, and how he ends, when this is done with the centre when
// he stands in `where`.
template <typename Change>
std::vector<std::string> way_of_caller(const std::string& begin, const char* where, Change change) {
    Story story{begin};
    const ContactId contact = story.ring("600500500", "");
    const auto reached = [&] {
        if (story.lives(contact) && story.the(contact).step == StepId{where}) change(story);
    };
    story.tell(CallerConnected{contact});
    reached();
    // His keys in each step; none: he listens to the end.
    const std::map<std::string, std::vector<std::string>> keys = {
        {"language", {"2"}},
        {"menu", {"8"}},
        {"ask-reference", {"7", "#"}},
        {"ask-number", {"0", "5", "0", "1", "2", "3", "4", "5", "6", "7", "#"}},
    };
    for (int turn = 0; turn < 30 && story.lives(contact); ++turn) {
        const StepId step = story.the(contact).step;
        const auto his = keys.find(step.value);
        if (story.the(contact).message) {
            story.tell(FinishRecording{story.the(contact).message, 5'000, 1, "hash", false});
        } else if (his == keys.end()) {
            story.hear_out(contact);
        } else {
            for (const std::string& key : his->second) story.press(contact, key);
        }
        if (story.lives(contact) && story.the(contact).step != step) reached();
    }
    REQUIRE_FALSE(story.lives(contact));
    CHECK(story.state.retired_flows.empty());
    std::vector<std::string> way;
    for (const StepEntered& entered : story.all<StepEntered>()) way.push_back(entered.step.value);
    way.push_back(std::to_string(static_cast<int>(story.end_of(contact))));
    return way;
}

}  // namespace

TEST_CASE("whoever is in a flow goes through it to its end, whatever is published meanwhile") {
    const auto nothing = [](Story&) {};
    const auto take_all_away = [](Story& story) {
        story.tell(PublishConfiguration{rules_without_flows()});
        CHECK(story.state.retired_flows.size() == 2);
    };
    const auto change_steps = [](Story& story) {
        Configuration rules = configuration();
        rules.flows[0].first = StepId{"goodbye"};
        rules.flows[0].steps = {rules.flows[0].steps.back()};
        story.tell(PublishConfiguration{rules});
        CHECK(story.state.retired_flows.size() == 1);
    };
    for (const char* const begin : {kMorning, "2026-11-19 18:00"}) {
        const std::vector<std::string> way = way_of_caller(begin, "", nothing);
        REQUIRE(way.size() > 6);
        for (const std::string& where : way) {
            CAPTURE(where);
            CHECK(way_of_caller(begin, where.c_str(), take_all_away) == way);
            CHECK(way_of_caller(begin, where.c_str(), change_steps) == way);
        }
    }
}

TEST_CASE("one who waits with an old flow is told what that flow says; its queue is one in force") {
    Configuration before = configuration();
    for (Queue& queue : before.queues) queue.longest_wait_ms = 60'000;
    Story story{kMorning, before};
    const ContactId contact = story.call("8006679");
    Configuration rules = rules_without_flows();
    rules.queues[0].longest_wait_ms = 60'000;
    story.tell(PublishConfiguration{rules});
    story.pass(61s);
    CHECK(story.the(contact).step == StepId{"message"});
    CHECK(prompts_of(story.last<PromptStarted>())[0] == "CLS-MSG");
}

TEST_CASE("a flow older than the queues leads to the queue that took the removed one's callers") {
    Story story{kMorning};
    const ContactId contact = story.call("600500500");
    story.press(contact, "1");
    story.press(contact, "1");
    story.hear_out(contact);
    REQUIRE(story.the(contact).step == StepId{"menu"});
    story.tell(PublishConfiguration{rules_without_flows()});
    story.press(contact, "1");
    CHECK(story.the(contact).step == StepId{"housing"});
    CHECK(story.the(contact).queue == QueueId{"general"});
    CHECK(story.all<PromiseMade>().empty());
}

TEST_CASE("who rings after the publishing meets the new flow; the old one goes with its last") {
    Story story{kMorning};
    const ContactId first = story.call("600500500");
    const ContactId second = story.call("600500500", "+971502222222");
    Configuration rules = configuration();
    std::get<flow::Say>(rules.flows[0].steps[0].body).prompts = {PromptId{"GRT-T"}};
    story.tell(PublishConfiguration{rules});
    REQUIRE(story.state.retired_flows.size() == 1);  // the other flow did not change
    CHECK(story.state.retired_flows[0].since == 1);
    CHECK(story.state.retired_flows[0].until == 2);
    CHECK(story.state.flows_since.at(FlowId{"unified"}) == 2);
    CHECK(story.state.flows_since.at(FlowId{"direct"}) == 1);
    story.call("600500500", "+971503333333");
    CHECK(prompts_of(story.last<PromptStarted>())[0] == "GRT-T");
    story.tell(CallerLeft{first});
    CHECK(story.state.retired_flows.size() == 1);
    story.tell(CallerLeft{second});
    CHECK(story.state.retired_flows.empty());
}

TEST_CASE("a flow published thrice is kept once for each version that has a caller") {
    Story story{kMorning};
    const ContactId first = story.call("600500500");
    Configuration rules = configuration();
    for (const char* const greeting : {"ONE", "TWO"}) {
        std::get<flow::Say>(rules.flows[0].steps[0].body).prompts = {PromptId{greeting}};
        story.tell(PublishConfiguration{rules});
    }
    REQUIRE(story.state.retired_flows.size() == 1);  // nobody came while ONE was in force
    CHECK(story.state.retired_flows[0].flow == unified_flow());
    story.call("600500500", "+971502222222");
    story.tell(PublishConfiguration{configuration()});  // back to the first wording, a new version
    CHECK(story.state.retired_flows.size() == 2);
    story.tell(RecoverFromCrash{});
    CHECK_FALSE(story.lives(first));
    CHECK(story.state.retired_flows.empty());
}

TEST_CASE("an agent who is removed leaves when his contact is over") {
    Story story{kMorning};
    story.log_in({"basim", "carla"});
    const ContactId contact = story.call("8006679", kCaller);
    story.tell(AcceptOffer{story.offer_to("basim")});
    Configuration rules = configuration();
    rules.agents.resize(1);
    story.tell(PublishConfiguration{rules});
    CHECK_FALSE(story.state.agents.contains(AgentId{"carla"}));
    CHECK(story.state_of("basim") == AgentState::talking);
    story.tell(CallerLeft{contact});
    CHECK_FALSE(story.state.agents.contains(AgentId{"basim"}));
}

TEST_CASE("the example centre has no mistake") {
    CHECK(check_configuration(configuration()).empty());
}

TEST_CASE("every reference and range is checked, and every mistake names its row") {
    Configuration rules = configuration();
    std::string path;
    SUBCASE("a number without a flow") {
        rules.numbers[0].flow = FlowId{"nowhere"};
        path = "numbers.+971600500500.flow";
    }
    SUBCASE("a number answered twice") {
        rules.numbers[1].also = {"600500500"};
        path = "numbers.+9718006679.also";
    }
    SUBCASE("no number at all") {
        rules.numbers.clear();
        path = "numbers";
    }
    SUBCASE("a queue twice") {
        rules.queues.push_back(rules.queues[0]);
        path = "queues.general";
    }
    SUBCASE("a ring time of nothing") {
        rules.queues[0].ring_ms = 0;
        path = "queues.general.ring_ms";
    }
    SUBCASE("announcements without a pause") {
        rules.queues[0].announce_every_ms = 999;
        path = "queues.general.announce_every_ms";
    }
    SUBCASE("an agent of an unknown queue") {
        rules.agents[2].queues.push_back(QueueId{"garden"});
        path = "agents.carla.queues";
    }
    SUBCASE("an agent who speaks nothing") {
        rules.agents[1].languages.clear();
        path = "agents.basim.languages";
    }
    SUBCASE("a unit without an id") {
        rules.units[0].id = UnitId{};
        rules.queues[0].unit = UnitId{};
        path = "units";
    }
    SUBCASE("a trunk to nowhere") {
        rules.trunks[0].host.clear();
        path = "trunks.operator.host";
    }
    SUBCASE("promises without a trunk") {
        rules.promises.trunk = TrunkId{"other"};
        path = "promises.trunk";
    }
    SUBCASE("promises that are never tried") {
        rules.promises.tries = 0;
        path = "promises.tries";
    }
    SUBCASE("a machine that is known by a short word") {
        rules.promises.machine_after_ms = 1'499;
        path = "promises.machine_after_ms";
    }
    SUBCASE("messages of negative length") {
        rules.recording.shortest_message_ms = -1;
        path = "recording.shortest_message_ms";
    }
    SUBCASE("a step of a flow") {
        std::get<flow::Say>(rules.flows[0].steps[0].body).next = StepId{"langauge"};
        path = "flows.unified.greeting";
    }
    SUBCASE("a calendar without a zone") {
        rules.calendar.zone.clear();
        path = "calendar";
    }
    const std::vector<Problem> problems = check_configuration(rules);
    REQUIRE_FALSE(problems.empty());
    CHECK(problems[0].path == path);
}

}  // namespace amer::centre::example
