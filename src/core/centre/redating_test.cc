// What a second change of the calendar does to what the first one moved (issue 4).
#include "core/centre/test_story.h"

namespace amer::centre::example {

using namespace std::chrono_literals;

namespace {

calendar::Closure storm(Instant from, const std::string& until) {
    calendar::Closure closure;
    closure.id = "storm";
    closure.from = from;
    closure.until = dubai(until);
    return closure;
}

Configuration with_holiday(unsigned day) {
    Configuration rules = configuration();
    calendar::Holiday holiday;
    holiday.id = "mourning";
    holiday.first_day = holiday.last_day = local_day(2026, 11, day);
    rules.calendar.holidays.push_back(holiday);
    return rules;
}

}  // namespace

TEST_CASE("a promise that was moved to another day is moved again when that day is closed too") {
    Story story{"2026-11-23 18:00"};
    story.tell(CallerLeft{story.call("8006679")});
    const PromiseId promise{1};
    story.pass_until("2026-11-24 10:00");
    story.tell(CloseCentre{storm(story.now, "2026-11-24 20:00"), "duty"});
    CHECK(story.the(promise).due.from == dubai("2026-11-25 07:30"));
    story.pass_until("2026-11-24 21:00");
    story.tell(PublishConfiguration{with_holiday(25)});
    CHECK(story.the(promise).due == Window{dubai("2026-11-26 07:30"), dubai("2026-11-26 16:30")});
    CHECK(story.the(promise).next_try == dubai("2026-11-26 07:30"));
}

TEST_CASE("a promise that was moved stays when another day is closed") {
    Story story{"2026-11-23 18:00"};
    story.tell(CallerLeft{story.call("8006679")});
    story.pass_until("2026-11-24 10:00");
    story.tell(CloseCentre{storm(story.now, "2026-11-24 20:00"), "duty"});
    story.tell(PublishConfiguration{with_holiday(26)});
    CHECK(story.the(PromiseId{1}).due.from == dubai("2026-11-25 07:30"));
    CHECK(story.all<PromiseRedated>().size() == 1);
}

TEST_CASE(
    "a promise that a closing moved is due at once when the centre opens again before its time") {
    Story story{"2026-11-24 09:00", with_choices(configuration())};
    story.log_in({"basim"});
    story.tell(SetNotReady{AgentId{"basim"}, "break"});
    const ContactId waiting = story.call("8006679");
    story.press(waiting, "1");  // he keeps his place
    story.tell(CallerLeft{waiting});
    const PromiseId promise{1};
    REQUIRE(story.the(promise).due == Window{story.now, dubai("2026-11-24 16:30")});
    story.pass_until("2026-11-24 10:00");
    story.tell(CloseCentre{storm(story.now, "2026-11-24 14:00"), "duty"});
    CHECK(story.the(promise).due == Window{dubai("2026-11-24 14:00"), dubai("2026-11-24 16:30")});
    story.pass_until("2026-11-24 11:00");
    story.tell(ReopenCentre{"storm", "duty"});
    CHECK(story.the(promise).due == Window{story.now, dubai("2026-11-24 16:30")});
    SUBCASE("and stays so whatever is decided on another day") {
        story.pass(1h);
        story.tell(PublishConfiguration{with_holiday(26)});
        CHECK(story.all<PromiseRedated>().size() == 2);
    }
}

TEST_CASE("a closure that is made longer keeps the instant at which it began") {
    Story story{"2026-11-24 10:00"};
    story.tell(CloseCentre{storm(story.now, "2026-11-24 12:00"), "duty"});
    story.pass(1h);
    story.tell(CloseCentre{storm(story.now, "2026-11-24 14:00"), "duty"});
    CHECK(story.state.closures.at(0).from == dubai("2026-11-24 10:00"));
    CHECK(story.state.closures.at(0).until == dubai("2026-11-24 14:00"));
}

}  // namespace amer::centre::example
