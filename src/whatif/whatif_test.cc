// A day is lived in the core, folded out of its own journal, and lived again.
#include <doctest/doctest.h>

#include "core/centre/test_story.h"
#include "measure/measures.h"
#include "whatif/compare.h"
#include "whatif/patience.h"

namespace amer::whatif {

namespace {

using namespace std::chrono_literals;
using centre::example::Story;

constexpr std::chrono::milliseconds kTarget{20'000};
const calendar::LocalDay kDay = centre::example::local_day(2026, 11, 19);

// Basim alone, from 09:00; callers come every two minutes and want three; each fourth gives up
// after a minute. Phones are answered after three seconds.
Story busy_morning() {
    Story story{"2026-11-19 09:00"};
    story.log_in({"basim"});
    std::map<ContactId, Instant> talks_until;
    std::map<ContactId, Instant> gives_up;
    std::map<OfferId, Instant> answers;
    int next = 0;
    for (int second = 0; second < 3'600; ++second) {
        story.pass(1s);
        if (second % 120 == 0 && second < 2'400) {
            const ContactId contact =
                story.call("8006679", "+97150100" + std::to_string(1'000 + next));
            if (++next % 4 == 0) gives_up[contact] = story.now + 60s;
        }
        const auto offers = story.state.offers;
        for (const auto& [id, offer] : offers) answers.try_emplace(id, story.now + 3s);
        for (const auto& [id, offer] : offers) {
            if (answers[id] > story.now) continue;
            story.tell(centre::AcceptOffer{id});
            talks_until[offer.contact] = story.now + 180s;
        }
        const auto contacts = story.state.contacts;
        for (const auto& [id, contact] : contacts) {
            const bool is_served = talks_until.contains(id);
            const bool is_over = is_served ? talks_until[id] <= story.now
                                           : gives_up.contains(id) && gives_up[id] <= story.now;
            if (is_over) story.tell(centre::CallerLeft{id});
        }
    }
    return story;
}

struct Read {
    RecordedDay day;
    Outcome real;
};

Read read(const Story& story) {
    DayReader reader{kDay};
    measure::Measures measures{{kTarget, 5s}};
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        reader.take(story.happened[at], story.happened_at[at]);
        measures.take(story.happened[at], story.happened_at[at]);
    }
    return {reader.recorded(), outcome_of(measures.report({kDay, kDay}))};
}

const Comparison& row_of(const Compared& compared, const std::string& measure) {
    for (const Comparison& row : compared.measures) {
        if (row.measure == measure) return row;
    }
    REQUIRE_MESSAGE(false, "no such measure");
    return compared.measures.front();
}

Compared compare_with(const Read& read, const Circumstances& after, int reruns = 10) {
    return compare(read.day, read.real, as_it_was(read.day), after, reruns, 7, kTarget);
}

}  // namespace

TEST_CASE("patience is that of those who gave up, and of those who were answered before") {
    // Kaplan and Meier by hand: of five, one gives up at 10 s (4/5 stay); one is answered at 20 s;
    // of three one gives up at 30 s (2/3 of them stay).
    const Patience patience{{{10s, true}, {20s, false}, {30s, true}, {40s, false}, {50s, false}}};
    CHECK(patience.still_there(9s) == doctest::Approx(1.0));
    CHECK(patience.still_there(10s) == doctest::Approx(0.8));
    CHECK(patience.still_there(30s) == doctest::Approx(0.8 * 2 / 3));
    CHECK(patience.gives_up(0s, 0.9) == Duration{10s});
    CHECK(patience.gives_up(0s, 0.6) == Duration{30s});
    CHECK_FALSE(patience.gives_up(0s, 0.5));
    CHECK_FALSE(patience.gives_up(10s, 0.6));
    CHECK(patience.gives_up(10s, 0.7) == Duration{30s});
}

TEST_CASE("a day is told apart into what came from outside") {
    const Read morning = read(busy_morning());
    CHECK(morning.day.arrivals.size() == 20);
    CHECK(morning.day.rule_changes == 0);
    REQUIRE(morning.day.attendance.size() == 1);
    CHECK(morning.day.attendance[0].agent == AgentId{"basim"});
    const Arrival& first = morning.day.arrivals.front();
    CHECK(first.queue == QueueId{"general"});
    CHECK(first.waited == Duration{3s});
    CHECK(first.talk == Duration{180s});
    CHECK(first.wrap_up == Duration{20s});
    CHECK(morning.day.arrivals[3].has_given_up);
    CHECK(morning.day.arrivals[3].waited == Duration{60s});
    for (const Duration& answer : morning.day.answers) CHECK(answer == Duration{3s});
}

TEST_CASE("what the day showed comes out again, and the rest is within what the draws allow") {
    const Read morning = read(busy_morning());
    const Outcome again = rerun(morning.day, as_it_was(morning.day), 3, kTarget);
    CHECK(again.offered == morning.real.offered);
    CHECK(again.not_placed == 0);
    CHECK(again.answered_in_target == morning.real.answered_in_target);
    CHECK(again.answered + again.abandoned == morning.real.answered + morning.real.abandoned);
    CHECK(again.mean_wait_s == doctest::Approx(morning.real.mean_wait_s).epsilon(0.3));
}

TEST_CASE("the same seed lives the same day; nothing changed is no difference at all") {
    const Read morning = read(busy_morning());
    const Compared same = compare_with(morning, as_it_was(morning.day));
    for (const Comparison& row : same.measures) {
        CAPTURE(row.measure);
        CHECK(row.difference == 0);
        CHECK(row.margin == 0);
        CHECK(row.before == row.after);
    }
}

TEST_CASE("one more agent: shorter waits, fewer who give up, and surely so") {
    const Read morning = read(busy_morning());
    const auto more = changed(morning.day, as_it_was(morning.day), "agents+1");
    REQUIRE(more);
    CHECK(more->attendance.size() == 2);
    const Compared compared = compare_with(morning, *more);
    const Comparison& level = row_of(compared, "sl_negative");
    CHECK(level.difference > 0.3);
    CHECK(level.margin < level.difference);
    CHECK(row_of(compared, "asa_s").difference < -60);
    CHECK(row_of(compared, "abandon_rate").difference < 0);
    CHECK(row_of(compared, "occupancy").difference < 0);
}

TEST_CASE("shorter talks help as well; nobody at work serves nobody") {
    const Read morning = read(busy_morning());
    const auto shorter = changed(morning.day, as_it_was(morning.day), "handling*0.5");
    REQUIRE(shorter);
    CHECK(row_of(compare_with(morning, *shorter), "asa_s").difference < -60);
    const auto nobody = changed(morning.day, as_it_was(morning.day), "agents-1");
    REQUIRE(nobody);
    CHECK(rerun(morning.day, *nobody, 1, kTarget).answered == 0);
}

TEST_CASE("other rules: a queue that is not in them is said to be missing") {
    const Read morning = read(busy_morning());
    Circumstances other = as_it_was(morning.day);
    other.rules.queues.erase(other.rules.queues.begin());
    for (centre::AgentRow& row : other.rules.agents) row.queues = {QueueId{"housing"}};
    other.rules.promises.queue = QueueId{"housing"};
    CHECK(compare_with(morning, other, 2).not_placed == 20);
}

TEST_CASE("a caller who stood in several queues stands in them again, those that there still are") {
    centre::Configuration rules = centre::example::configuration();
    for (flow::Step& step : rules.flows[1].steps) {
        auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
        if (enqueue != nullptr) enqueue->also = {QueueId{"housing"}};
    }
    rules.agents[0].queues = {QueueId{"housing"}};
    Story story{"2026-11-19 09:00", rules};
    const ContactId gives_up = story.call("8006679", "+971502222222");
    story.pass(40s);
    story.tell(centre::CallerLeft{gives_up});
    story.log_in({"amal"});
    const ContactId answered = story.call("8006679");
    story.pass(5s);
    story.tell(centre::AcceptOffer{story.offer_to("amal")});
    story.pass(60s);
    story.tell(centre::CallerLeft{answered});
    const Read day = read(story);
    REQUIRE(day.day.arrivals.size() == 2);
    CHECK(day.day.arrivals[0].has_given_up);
    CHECK(day.day.arrivals[0].also == std::vector<QueueId>{QueueId{"housing"}});
    CHECK(rerun(day.day, as_it_was(day.day), 1, kTarget).answered == 1);
    Circumstances apart = as_it_was(day.day);
    apart.rules.queues.pop_back();
    apart.rules.agents[0].queues = {QueueId{"general"}};
    const Outcome alone = rerun(day.day, apart, 1, kTarget);
    CHECK(alone.not_placed == 0);
    CHECK(alone.answered == 1);
}

TEST_CASE("a change that is none is refused with what would be one") {
    const Read morning = read(busy_morning());
    for (const char* const change :
         {"agents", "agents*2", "agents+0", "agents+1.5", "handling*0", "handling*x", "more", ""}) {
        CAPTURE(change);
        const auto wrong = changed(morning.day, as_it_was(morning.day), change);
        REQUIRE_FALSE(wrong);
        CHECK(wrong.error().what.find("expected such as agents+2") != std::string::npos);
    }
    const auto too_many = changed(morning.day, as_it_was(morning.day), "agents-2");
    REQUIRE_FALSE(too_many);
    CHECK(too_many.error().what == "only 1 agents were at work on that day");
}

}  // namespace amer::whatif
