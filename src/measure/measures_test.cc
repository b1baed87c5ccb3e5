#include "measure/measures.h"

#include <doctest/doctest.h>

#include "core/centre/queue_account.h"
#include "measure/test_day.h"

namespace amer::measure {

using example::day;
using example::fold;
using example::of_queue;
using example::percent_in;
using example::report_of;
using example::RestlessDay;
using example::small_day;
using example::Story;
using namespace std::chrono_literals;

namespace {

std::optional<std::int64_t> mean_in(const Group& group, const std::string& formula) {
    for (const Mean& mean : group.means) {
        if (mean.formula == formula) return mean.mean_ms;
    }
    REQUIRE_MESSAGE(false, "there is no " << formula);
    return std::nullopt;
}

bool is_sound(const Cohort& cohort) {
    const FlowOuts& outs = cohort.flow_outs;
    const AlsoStood& also = cohort.also;
    return cohort.entered == cohort.counts.offered() && cohort.counts.waiting >= 0 &&
           also.entered == also.answered + also.left + also.waiting && also.waiting >= 0 &&
           cohort.counts.flowed_out == outs.timeout + outs.key + outs.closing + outs.no_agent +
                                           outs.callback + outs.transfer + outs.elsewhere;
}

// I4 in every account and every half hour.
int unsound_in(const Report& report) {
    int unsound = 0;
    for (const Section& section : report.sections) {
        for (const Group* group : {&section.inbound, &section.callbacks}) {
            if (!is_sound(group->cohort)) ++unsound;
            for (const Interval& interval : group->intervals) {
                if (!is_sound(interval.cohort) || interval.waiting_at_end < 0) ++unsound;
            }
        }
    }
    return unsound;
}

std::int64_t waiting_in(const Section& section) {
    return section.inbound.cohort.counts.waiting + section.callbacks.cohort.counts.waiting;
}

}  // namespace

TEST_CASE("the small day has the numbers that a person counts in it") {
    const Story story = small_day();
    const Report report = report_of(story, day(19));
    const Section& general = of_queue(report, "general");
    const Cohort& cohort = general.inbound.cohort;
    CHECK(cohort.counts == Counts{2, 1, 3, 2, 1, 0, 0, 0});
    CHECK(cohort.longest_wait.us == 40'000'000);
    CHECK(percent_in(general.inbound.service_levels, "sl_negative") == "20.00");
    CHECK(percent_in(general.inbound.service_levels, "sl_positive") == "60.00");
    CHECK(percent_in(general.inbound.rates, "abandon_rate") == "60.00");
    CHECK(percent_in(general.inbound.rates, "rona_rate") == "33.33");
    CHECK(mean_in(general.inbound, "asa") == 17'000);  // 4 s and 30 s
    CHECK(mean_in(general.inbound, "aht") == 95'000);  // 60 and 90 s of talk, 20 s each after it
    CHECK(mean_in(general.inbound, "acw") == 20'000);
    CHECK(*report.arrivals == Arrivals{7, 2, 3, 1, 0, 1, 0, 0});
    CHECK(percent_in(report.rates, "ivr_exit_rate") == "14.29");
    CHECK(general.promises == Promises{});  // due on the day after
    CHECK(general.answers == std::vector<AnswerCount>{{"happiness", "happy", 1}});
    CHECK(of_queue(report, "housing").inbound.intervals.empty());
}

TEST_CASE("call backs stand apart from calls, and a promise is due on the day its window ends") {
    const Report report = report_of(small_day(), day(20));
    const Section& general = of_queue(report, "general");
    CHECK(general.inbound.cohort == Cohort{});
    CHECK(general.callbacks.cohort.counts.answered == 1);
    CHECK(mean_in(general.callbacks, "aht") == 120'000);  // dials 10 s, talks 90 s, 20 s after it
    CHECK(general.promises.due == 1);
    CHECK(general.promises.kept_in_time == 1);
    CHECK(percent_in(general.rates, "kept_promise_rate") == "100.00");
    CHECK(report.arrivals->opened == 0);
}

TEST_CASE("an agent's day: ringing and reserve are in neither side of occupancy") {
    const Report report = report_of(small_day(), day(19));
    REQUIRE(report.agents.size() == 3);
    const AgentLine& basim = report.agents[1];
    CHECK(basim.time.talking_us == 150'000'000);
    CHECK(basim.time.wrap_up_us == 40'000'000);
    CHECK(basim.time.reserved_us == 4'000'000);
    CHECK(basim.time.ringing_us > 0);
    CHECK(basim.time.handled == 2);
    CHECK(basim.time.offers.no_answer == 1);
    const Rate& occupancy = basim.rates.front();
    CHECK(occupancy.part == 190'000);
    CHECK(occupancy.of == 190'000 + basim.time.ready_us / 1'000);
    // He stays logged in over midnight: each day has its own part of it.
    CHECK(report.agents_together->time == basim.time);  // nobody else was there
    const std::int64_t all = basim.time.ready_us + basim.time.reserved_us + basim.time.ringing_us +
                             basim.time.talking_us + basim.time.wrap_up_us +
                             basim.time.not_ready_us;
    CHECK(all == std::int64_t{14} * 3'600 * 1'000'000);
}

TEST_CASE("N = A + B + F + failed + waiting after every event of restless days (I4)") {
    for (const std::uint64_t seed : {1U, 2U}) {
        CAPTURE(seed);
        const Story story = RestlessDay{seed}.story;
        Measures measures;
        centre::example::QueueAccount account;
        for (std::size_t at = 0; at < story.happened.size(); ++at) {
            measures.take(story.happened[at], story.happened_at[at]);
            CHECK(account.take(story.happened[at]).empty());
            const Report report = measures.report({day(19), day(20)});
            CHECK(unsound_in(report) == 0);
            std::int64_t waiting = 0;
            for (std::size_t of = 1; of < report.sections.size(); ++of) {
                waiting += waiting_in(report.sections[of]);
            }
            CHECK(waiting == static_cast<std::int64_t>(account.waiting()));
        }
        const Report report = measures.report({day(19), day(20)});
        const Cohort& cohort = report.sections.front().inbound.cohort;
        CAPTURE(to_json(cohort));
        CHECK(cohort.counts.answered > 5);
        CHECK(cohort.counts.abandoned > 2);
        CHECK(report.arrivals->opened > 20);
    }
}

TEST_CASE("half hours by arrival and by event reconcile to the day, and days to the span") {
    const Story story = RestlessDay{4}.story;
    const Report whole = report_of(story, day(19), day(20));
    const Group& all = whole.sections.front().inbound;
    Cohort cohort;
    Load load;
    for (const Interval& interval : all.intervals) {
        add(cohort, interval.cohort);
        add(load, interval.load);
    }
    CHECK(cohort == all.cohort);
    CHECK(load == all.load);
    // Nobody waited before or after: both countings agree.
    CHECK(all.waiting_at_begin == 0);
    CHECK(all.waiting_at_end == cohort.counts.waiting);
    CHECK(load.entered == cohort.entered);
    CHECK(load.answered == cohort.counts.answered);
    CHECK(load.abandoned == cohort.counts.abandoned);
    CHECK(load.flowed_out == cohort.counts.flowed_out);
    CHECK(load.failed == cohort.counts.failed);
    Arrivals arrivals = *report_of(story, day(19)).arrivals;
    add(arrivals, *report_of(story, day(20)).arrivals);
    CHECK(arrivals == *whole.arrivals);
    std::int64_t entered = 0;
    std::int64_t transfers = 0;
    for (std::size_t of = 1; of < whole.sections.size(); ++of) {
        entered += whole.sections[of].inbound.cohort.entered;
        transfers += whole.sections[of].inbound.cohort.flow_outs.transfer;
    }
    CHECK(entered - transfers == all.cohort.entered);
}

TEST_CASE("who waits over a half hour is in the service level of his arrival") {
    Story story{"2026-11-19 10:29:50"};
    story.log_in({"basim"});
    story.tell(centre::SetNotReady{AgentId{"basim"}, "break"});
    story.call("8006679");
    story.pass(15s);
    story.tell(centre::SetReady{AgentId{"basim"}});
    story.tell(centre::AcceptOffer{story.offer_to("basim")});
    const Group group = report_of(story, day(19)).sections.front().inbound;
    REQUIRE(group.intervals.size() == 2);
    CHECK(group.intervals[0].minute == 600);
    CHECK(group.intervals[0].cohort.counts.answered_in_target == 1);
    CHECK(group.intervals[0].load.answered == 0);
    CHECK(group.intervals[0].waiting_at_end == 1);
    CHECK(group.intervals[1].cohort.entered == 0);
    CHECK(group.intervals[1].load.answered == 1);
    CHECK(group.intervals[1].waiting_at_end == 0);
}

TEST_CASE("case 27: short abandons stand apart; exactly the limit is within it, more is not") {
    for (const Duration more : {0us, 1us}) {
        Story story{"2026-11-19 10:00"};
        const ContactId early = story.call("8006679");
        story.pass(5s + more);
        story.tell(centre::CallerLeft{early});
        const ContactId late = story.call("8006679");
        story.pass(20s + more);
        story.tell(centre::CallerLeft{late});
        const Report report = report_of(story, day(19));
        const Counts counts = report.sections.front().inbound.cohort.counts;
        CHECK(counts.abandoned_short == (more == 0us ? 1 : 0));
        CHECK(counts.abandoned_in_target == (more == 0us ? 2 : 1));
        const auto strict = fold(story, Limits{1s, 1s})->report({day(19), day(19)});
        CHECK(strict.sections.front().inbound.cohort.counts.abandoned_in_target == 0);
    }
}

TEST_CASE("a queue that is taken away hands its callers over: one contact, two queues") {
    Story story{"2026-11-19 10:00"};
    const ContactId contact = story.call("600500500");
    for (const char* key : {"1", "", "", "1"}) {
        *key == '\0' ? story.hear_out(contact) : story.press(contact, key);
    }
    for (int turn = 0; turn < 9 && story.the(contact).queue.value.empty(); ++turn) {
        story.the(contact).playback ? story.hear_out(contact) : story.press(contact, "1");
    }
    REQUIRE(story.the(contact).queue == QueueId{"housing"});
    story.pass(30s);
    centre::Configuration rules = centre::example::configuration();
    rules.queues.pop_back();
    for (auto& agent : rules.agents) agent.queues = {QueueId{"general"}};
    for (auto& flow : rules.flows) {
        for (auto& step : flow.steps) {
            auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
            if (enqueue != nullptr) enqueue->queue = QueueId{"general"};
        }
    }
    story.tell(centre::PublishConfiguration{rules});
    REQUIRE(story.the(contact).queue == QueueId{"general"});
    story.pass(10s);
    story.tell(centre::CallerLeft{contact});
    const Report report = report_of(story, day(19));
    const Cohort& housing = of_queue(report, "housing").inbound.cohort;
    CHECK(housing.counts.flowed_out == 1);
    CHECK(housing.flow_outs.transfer == 1);
    const Cohort& general = of_queue(report, "general").inbound.cohort;
    CHECK(general.counts.abandoned_in_target == 1);  // 10 s in this queue
    const Cohort& all = report.sections.front().inbound.cohort;
    CHECK(all.entered == 1);
    CHECK(all.counts.abandoned == 1);
    CHECK(all.counts.abandoned_in_target == 0);  // 40 s of his own time
}

TEST_CASE("case 16: who stands in several queues is counted once, in the first, whoever answers") {
    centre::Configuration rules = centre::example::configuration();
    for (flow::Step& step : rules.flows[1].steps) {
        auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
        if (enqueue != nullptr) enqueue->also = {QueueId{"housing"}};
    }
    rules.agents[0].queues = {QueueId{"housing"}};
    Story story{"2026-11-19 10:00", rules};
    const ContactId answered = story.call("8006679");
    story.pass(10s);
    story.log_in({"amal"});
    story.tell(centre::AcceptOffer{story.offer_to("amal")});
    const ContactId gives_up = story.call("8006679", "+971502222222");
    story.pass(40s);
    story.tell(centre::CallerLeft{gives_up});
    story.call("8006679", "+971503333333");
    story.tell(centre::CallerLeft{answered});
    story.tell(centre::FinishWrapUp{AgentId{"amal"}});
    const Report report = report_of(story, day(19));
    const Cohort& general = of_queue(report, "general").inbound.cohort;
    CHECK(general.counts == Counts{1, 1, 1, 0, 0, 0, 0, 1});
    CHECK(general.also == AlsoStood{});
    const Group& housing = of_queue(report, "housing").inbound;
    CHECK(housing.cohort.counts == Counts{});
    CHECK(housing.cohort.entered == 0);
    CHECK(housing.cohort.also == AlsoStood{3, 1, 1, 1});
    CHECK(housing.load.offers.accepted == 1);  // through it
    CHECK(housing.load.handling.handled == 1);
    CHECK(percent_in(of_queue(report, "general").inbound.service_levels, "sl_negative") == "33.33");
    CHECK(percent_in(housing.service_levels, "sl_negative") == "-");
    const Cohort& all = report.sections.front().inbound.cohort;
    CHECK(all.counts == general.counts);
    CHECK(all.also == AlsoStood{});
}

TEST_CASE("time without a living process is nobody's work") {
    Story story{"2026-11-19 10:00"};
    story.log_in({"basim"});
    story.call("8006679");
    story.tell(centre::AcceptOffer{story.offer_to("basim")});
    story.pass(30s);
    story.ring("8006679");
    story.now += 5min;  // the power was away
    story.tell(centre::RecoverFromCrash{});
    const Report report = report_of(story, day(19));
    CHECK(report.agents[1].time.talking_us == 30'000'000);
    CHECK(report.agents[1].time.handled == 1);
    CHECK(report.arrivals->broken_by_crash == 2);
}

TEST_CASE("the same journal gives the same report, byte for byte") {
    const Story story = RestlessDay{5}.story;
    const Report first = report_of(story, day(19));
    CHECK(to_json(first) == to_json(report_of(story, day(19))));
    CHECK(to_json(first) != to_json(report_of(story, day(20))));
    CHECK(to_json(report_of(RestlessDay{5}.story, day(19))) == to_json(first));
}

TEST_CASE("a day without calls says so; an empty journal has no last day") {
    CHECK_FALSE(Measures{}.last_day());
    const auto measures = fold(small_day());
    CHECK(measures->last_day() == day(20));
    CHECK(is_without_calls(measures->report({day(21), day(21)})));
    CHECK_FALSE(is_without_calls(measures->report({day(19), day(21)})));
    CHECK_FALSE(is_without_calls(measures->report({day(20), day(20)})));
    const Report one = measures->report({day(19), day(19)}, QueueId{"housing"});
    CHECK(one.sections.size() == 1);
    CHECK(is_without_calls(one));
}

}  // namespace amer::measure
