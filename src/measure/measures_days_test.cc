// What crosses the bounds of a day, a process or a promise's window.
#include <doctest/doctest.h>

#include "measure/measures.h"
#include "measure/test_day.h"

namespace amer::measure {

using example::day;
using example::fold;
using example::of_queue;
using example::percent_in;
using example::report_of;
using example::Story;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kHour = std::int64_t{3'600} * 1'000'000;

// 18:00 on Thursday the 19th: a promise for Friday, 07:30 until 12:00.
PromiseId promise_on(Story& story) {
    const ContactId contact = story.call("8006679");
    story.tell(centre::CallerLeft{contact});
    return story.last<centre::PromiseMade>().promise.id;
}

Promises promises_on(const Story& story, unsigned day_of_november) {
    return of_queue(report_of(story, day(day_of_november)), "general").promises;
}

}  // namespace

TEST_CASE("who waits over midnight is of the day he came; the next day begins with him") {
    centre::Configuration rules = centre::example::configuration();
    rules.queues[0].closing_grace_ms = 12 * 3'600'000;
    Story story{"2026-11-19 16:29", rules};
    story.log_in({"basim"});
    story.tell(centre::SetNotReady{AgentId{"basim"}, "break"});
    const ContactId contact = story.call("8006679");
    story.pass_until("2026-11-20 00:00");
    REQUIRE(story.lives(contact));
    story.pass(90s);
    story.tell(centre::CallerLeft{contact});
    const Group before = report_of(story, day(19)).sections.front().inbound;
    CHECK(before.cohort.counts.abandoned == 1);
    CHECK(before.load.abandoned == 0);
    CHECK(before.waiting_at_begin == 0);
    CHECK(before.waiting_at_end == 1);
    const Group after = report_of(story, day(20)).sections.front().inbound;
    CHECK(after.cohort == Cohort{});
    CHECK(after.load.abandoned == 1);
    CHECK(after.waiting_at_begin == 1);
    CHECK(after.waiting_at_end == 0);
    REQUIRE(after.intervals.size() == 1);
    CHECK(after.intervals.front().minute == 0);
}

TEST_CASE("a caller whose agent was lost is offered again, and it is said") {
    Story story{"2026-11-19 10:00"};
    story.log_in({"basim", "amal"});
    const ContactId contact = story.call("8006679");
    story.tell(centre::AcceptOffer{story.offer_to("basim")});
    story.pass(40s);
    story.tell(centre::LoseAgent{contact, AgentId{"basim"}});
    story.pass(3s);
    story.tell(centre::AcceptOffer{story.offer_to("amal")});
    story.pass(20s);
    story.tell(centre::CallerLeft{contact});
    story.pass(1min);
    const Group all = report_of(story, day(19)).sections.front().inbound;
    CHECK(all.cohort.entered == 2);
    CHECK(all.cohort.returned == 1);
    CHECK(all.cohort.counts.answered == 2);
    CHECK(all.cohort.answered_waits_us == 3'000'000);  // the second wait begins with the loss
    CHECK(all.load.handling == Handling{2, 60'000'000, 20'000'000});
}

TEST_CASE("what an agent is at this moment counts so far, in each day its own part") {
    Story story{"2026-11-19 20:00"};
    story.log_in({"basim"});
    story.pass_until("2026-11-20 01:00");
    story.tell(centre::ReportPhoneUse{AgentId{"amal"}, true});  // something happens elsewhere
    const auto ready_on = [&](calendar::LocalDay from, calendar::LocalDay until) {
        return report_of(story, from, until).agents[1].time.ready_us;
    };
    CHECK(ready_on(day(19), day(19)) == 4 * kHour);
    CHECK(ready_on(day(20), day(20)) == kHour);
    CHECK(ready_on(day(19), day(20)) == 5 * kHour);
    CHECK(ready_on(day(18), day(18)) == 0);
}

TEST_CASE("work after a talk is counted when it is over, not before") {
    Story story{"2026-11-19 10:00"};
    story.log_in({"basim"});
    const ContactId contact = story.call("8006679");
    story.tell(centre::AcceptOffer{story.offer_to("basim")});
    story.pass(29min + 50s);
    story.tell(centre::CallerLeft{contact});
    CHECK(report_of(story, day(19)).sections.front().inbound.load.handling == Handling{});
    story.pass(30s);
    const Group all = report_of(story, day(19)).sections.front().inbound;
    REQUIRE(all.intervals.size() == 2);
    CHECK(all.intervals[1].minute == 630);
    CHECK(all.intervals[1].load.handling == Handling{1, 1'790'000'000, 20'000'000});
}

TEST_CASE(
    "a promise is not yet due, then overdue, then late; withdrawn in time is as good as kept") {
    Story story{"2026-11-19 18:00"};
    const PromiseId promise = promise_on(story);
    CHECK(promises_on(story, 19) == Promises{});
    CHECK(promises_on(story, 20) == Promises{0, 0, 0, 0, 0, 0, 0, 1});
    CHECK(percent_in(of_queue(report_of(story, day(20)), "general").rates, "kept_promise_rate") ==
          "-");
    SUBCASE("withdrawn in time") {
        story.pass_until("2026-11-20 11:59:59");
        story.tell(centre::WithdrawPromise{promise, "amal", "came in person"});
        CHECK(promises_on(story, 20) == Promises{1, 0, 1, 0, 0, 0, 0, 0});
    }
    SUBCASE("overdue when the window is over, and late from then on") {
        story.pass_until("2026-11-20 12:00");
        CHECK(promises_on(story, 20) == Promises{1, 0, 0, 0, 0, 0, 1, 0});
        story.tell(centre::WithdrawPromise{promise, "amal", "came in person"});
        const Section general = of_queue(report_of(story, day(20)), "general");
        CHECK(general.promises == Promises{1, 0, 0, 0, 1, 0, 0, 0});
        CHECK(percent_in(general.rates, "kept_promise_rate") == "0.00");
    }
}

TEST_CASE("a promise that the calendar moved is due where it was moved to") {
    Story story{"2026-11-19 18:00"};
    promise_on(story);
    centre::Configuration rules = centre::example::configuration();
    calendar::Holiday friday;
    friday.id = "friday";
    friday.first_day = day(20);
    friday.last_day = day(20);
    rules.calendar.holidays.push_back(friday);
    rules.calendar.version += 1;
    story.tell(centre::PublishConfiguration{rules});
    CHECK(promises_on(story, 20) == Promises{});
    CHECK(promises_on(story, 23).not_yet_due == 1);  // Monday
}

TEST_CASE("hours that end at midnight belong to the day before it") {
    centre::Configuration rules = centre::example::configuration();
    for (auto& hours : rules.calendar.weekly[0].hours) hours = {{450, 24 * 60}};
    Story story{"2026-11-19 06:00", rules};
    promise_on(story);
    CHECK(promises_on(story, 19).not_yet_due == 1);
    CHECK(promises_on(story, 20) == Promises{});
}

TEST_CASE("means are rounded half up, and nothing of nothing is no mean") {
    CHECK(mean_of("asa", 1'499, 1).mean_ms == 1);
    CHECK(mean_of("asa", 1'500, 1).mean_ms == 2);
    CHECK(mean_of("asa", 10'000, 3).mean_ms == 3);
    CHECK_FALSE(mean_of("asa", 0, 0).mean_ms);
}

TEST_CASE("a survey's answers are counted on the day they were given, by question") {
    const auto measures = fold(example::small_day());
    CHECK(of_queue(measures->report({day(19), day(19)}), "").answers.size() == 1);
    CHECK(of_queue(measures->report({day(20), day(20)}), "").answers.empty());
}

}  // namespace amer::measure
