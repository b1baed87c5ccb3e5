#include "core/centre/test_story.h"

// What follows from how a try to call a citizen back ended.
namespace amer::centre::example {

namespace {

using callback::AttemptRule;

// One caller of Thursday night; basim has answered on Friday morning and the citizen's phone rings.
struct Dialling : Story {
    explicit Dialling(const Configuration& rules, const std::string& begin = "2026-11-20 07:30")
        : Story{"2026-11-19 18:00", rules} {
        tell(CallerLeft{call("8006679", "+971501234567")});
        pass_until("2026-11-20 07:00");
        log_in({"basim"});
        pass_until(begin);
        dial();
    }
    void dial() {
        contact = last<PromiseOffered>().contact;
        tell(AcceptOffer{offer_to("basim")});
    }
    void fail(AttemptOutcome outcome) { tell(CustomerFailed{contact, outcome}); }
    ContactId contact;
};

Configuration with(std::vector<AttemptRule> outcomes, std::int32_t tries = 2) {
    Configuration rules = configuration();
    rules.promises.tries = tries;
    rules.promises.pause_ms = 7'200'000;
    rules.promises.outcomes = std::move(outcomes);
    return rules;
}

}  // namespace

TEST_CASE("an end with a rule of its own waits as long as that says, the others as usual") {
    const std::vector<AttemptRule> rules{{AttemptOutcome::busy, 900'000, true, false}};
    SUBCASE("busy") {
        Dialling story{with(rules)};
        story.fail(AttemptOutcome::busy);
        CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-20 07:45"));
    }
    SUBCASE("no answer") {
        Dialling story{with(rules)};
        story.fail(AttemptOutcome::no_answer);
        CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-20 09:30"));
    }
}

TEST_CASE("a try that does not count is not used up") {
    Dialling story{with({{AttemptOutcome::network, 300'000, false, false}}, 1)};
    for (int time = 0; time < 3; ++time) {
        story.fail(AttemptOutcome::network);
        CHECK(story.the(PromiseId{1}).tries_made == 0);
        CHECK_FALSE(story.last<AttemptFailed>().counts);
        story.pass(std::chrono::minutes{5});
        story.dial();
    }
    story.fail(AttemptOutcome::no_answer);
    CHECK(story.last<PromiseBroken>().reason == BreakReason::tries_used_up);
}

TEST_CASE("after an end without hope there is no other try, and it is said aloud") {
    Dialling story{with({{AttemptOutcome::invalid_number, 0, true, true}}, 5)};
    story.fail(AttemptOutcome::invalid_number);
    CHECK(story.last<PromiseBroken>().reason == BreakReason::invalid_number);
    CHECK_FALSE(story.last<AttemptFailed>().next_try.has_value());
}

TEST_CASE("not knowing how it ended waits ten minutes, whatever a rule says") {
    Dialling story{with({{AttemptOutcome::unknown, 0, true, false}})};
    story.tell(RecoverFromCrash{});
    CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-20 07:40"));
}

TEST_CASE("hours in which one may call: not before, and not after, though the centre is open") {
    Configuration rules = with({});
    rules.promises.call_from_minute = 9 * 60;
    rules.promises.call_until_minute = 11 * 60;
    Dialling story{rules, "2026-11-20 09:00"};
    CHECK(story.last<PromiseMade>().promise.due.from == dubai("2026-11-20 07:30"));
    CHECK(story.last<PromiseMade>().promise.next_try == dubai("2026-11-20 09:00"));
    story.fail(AttemptOutcome::no_answer);  // 11:00 is too late, the next morning is Monday's
    CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-23 09:00"));
}

TEST_CASE("calls back leave agents for callers: a third of three is one at a time") {
    Configuration rules = configuration();
    for (AgentRow& row : rules.agents) row.languages = {Language::arabic};
    rules.promises.share_percent = 34;
    SUBCASE("a third") {}
    SUBCASE("all of them") { rules.promises.share_percent = 100; }
    Story story{"2026-11-19 18:00", rules};
    for (const char* const number : {"+971501111111", "+971502222222", "+971503333333"}) {
        story.tell(CallerLeft{story.call("8006679", number)});
    }
    story.pass_until("2026-11-20 07:00");
    story.log_in({"amal", "basim", "carla"});
    story.pass_until("2026-11-20 07:30");
    const std::size_t expected = rules.promises.share_percent == 34 ? 1 : 3;
    CHECK(story.all<OfferMade>().size() == expected);
    if (expected == 3) return;
    // The next one begins when the first is over.
    const ContactId first = story.last<PromiseOffered>().contact;
    story.tell(AcceptOffer{story.last<OfferMade>().offer});
    story.tell(CustomerAnswered{first});
    story.hear_out(first);
    story.tell(CallerLeft{first});
    CHECK(story.all<PromiseOffered>().size() == 2);
}

}  // namespace amer::centre::example
