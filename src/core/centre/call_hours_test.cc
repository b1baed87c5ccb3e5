// Nobody is dialled outside the official hours or the hours in which one may call, however the call
// back came to stand there (issue 4; domain.md section 4).
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using callback::Promise;
using namespace std::chrono_literals;

namespace {

constexpr std::int32_t kEight = 8 * 60;
constexpr std::int32_t kFour = 16 * 60;

Configuration from_eight_to_four() {
    Configuration rules = configuration();
    rules.promises.call_from_minute = kEight;
    rules.promises.call_until_minute = kFour;
    return rules;
}

// Promised on the evening of Monday, due on Tuesday the 24th from 07:30 to 16:30.
struct Tuesday : Story {
    explicit Tuesday(Configuration rules = configuration())
        : Story{"2026-11-23 18:00", std::move(rules)} {
        tell(CallerLeft{call("8006679")});
    }
    // An agent comes then, is offered the call back and answers so much later.
    void answer(const std::string& agent_comes, Duration later) {
        pass_until(agent_comes);
        log_in({"basim"});
        const OfferId offer = offer_to("basim");
        REQUIRE(offer);
        pass(later);
        tell(AcceptOffer{offer});
    }
    // Nobody was dialled; he is called on that day.
    void expect_put_back(const std::string& next_try) {
        CHECK(all<AttemptStarted>().empty());
        CHECK(the(PromiseId{1}).state == Promise::State::waiting);
        CHECK(the(PromiseId{1}).next_try == dubai(next_try));
        CHECK(the(PromiseId{1}).tries_made == 0);
        CHECK(state.contacts.empty());
    }
};

}  // namespace

TEST_CASE("the agent answers his phone a second after closing: nobody is dialled") {
    Tuesday story;
    story.answer("2026-11-24 16:29:50", 9s);
    story.expect_put_back("2026-11-25 07:30");
    CHECK(story.state_of("basim") == AgentState::ready);
}

TEST_CASE("the agent answers his phone a second before closing: he is dialled") {
    Tuesday story;
    story.answer("2026-11-24 16:29:50", 8s);
    CHECK(story.all<AttemptStarted>().size() == 1);
}

TEST_CASE("the centre closes while the agent's phone rings: nobody is dialled") {
    Tuesday story;
    story.pass_until("2026-11-24 10:00");
    story.log_in({"basim"});
    const OfferId offer = story.offer_to("basim");
    calendar::Closure storm;
    storm.id = "storm";
    storm.from = story.now;
    storm.until = dubai("2026-11-24 20:00");
    story.tell(CloseCentre{storm, "duty"});
    story.tell(AcceptOffer{offer});
    story.expect_put_back("2026-11-25 07:30");
}

TEST_CASE("call hours: nobody is dialled before they begin, and then at once") {
    Tuesday story{from_eight_to_four()};
    story.pass_until("2026-11-24 07:40");
    story.log_in({"basim"});
    CHECK_FALSE(story.offer_to("basim"));
    story.pass_until("2026-11-24 08:00");
    CHECK(story.offer_to("basim"));
}

TEST_CASE("call hours: an agent who comes after their end is offered no call back") {
    Tuesday story{from_eight_to_four()};
    story.pass_until("2026-11-24 16:10");
    story.log_in({"basim"});
    story.pass(1min);
    story.expect_put_back("2026-11-25 08:00");
    CHECK(story.state_of("basim") == AgentState::ready);
}

TEST_CASE("call hours: a call back that still waits or rings at their end is put back") {
    Tuesday story{from_eight_to_four()};
    SUBCASE("its agent answers too late") { story.answer("2026-11-24 15:59:50", 9s); }
    SUBCASE("its agent lets it ring") {
        story.pass_until("2026-11-24 15:59:50");
        story.log_in({"basim"});
        story.tell(SetNotReady{AgentId{"basim"}, "prayer"});
        story.pass_until("2026-11-24 16:00:30");
    }
    story.expect_put_back("2026-11-25 08:00");
}

TEST_CASE("call hours: who chose to be called back keeps his place until they begin") {
    Story story{"2026-11-24 07:40", with_choices(from_eight_to_four())};
    const ContactId contact = story.call("8006679");
    story.pass(5s);
    story.press(contact, "1");
    story.tell(CallerLeft{contact});
    story.log_in({"basim"});
    CHECK_FALSE(story.offer_to("basim"));
    CHECK(story.the(PromiseId{1}).next_try == dubai("2026-11-24 08:00"));
    story.pass_until("2026-11-24 08:00");
    CHECK(story.offer_to("basim"));
}

}  // namespace amer::centre::example
