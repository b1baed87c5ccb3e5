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

TEST_CASE("a caller whose step is gone begins the flow again; whose flow is gone is let go") {
    Story story{kMorning};
    const ContactId contact = story.call("600500500", kCaller);
    story.hear_out(contact);
    Configuration rules = configuration();
    SUBCASE("the step is gone") {
        auto& steps = rules.flows[0].steps;
        steps.erase(steps.begin() + 1);
        std::get<flow::Say>(steps[0].body).next = StepId{"hours"};
        story.tell(PublishConfiguration{rules});
        story.press(contact, "1");
        CHECK(story.the(contact).step == StepId{"greeting"});
    }
    SUBCASE("the flow is gone") {
        rules.flows.erase(rules.flows.begin());
        rules.numbers.erase(rules.numbers.begin());
        story.tell(PublishConfiguration{rules});
        story.press(contact, "1");
        CHECK(story.end_of(contact) == ContactEnd::flow_ended);
    }
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
