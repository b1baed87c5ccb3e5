#include "core/centre/test_story.h"

// A machine answers when a citizen is called back: the adapter hears it and says so.
namespace amer::centre::example {

namespace {

// One caller of Thursday night; basim has taken the call back on Friday morning.
struct Answered : Story {
    explicit Answered(std::vector<callback::AttemptRule> outcomes = {})
        : Story{"2026-11-19 18:00", with(std::move(outcomes))} {
        tell(CallerLeft{call("8006679", "+971501234567")});
        pass_until("2026-11-20 07:00");
        log_in({"basim"});
        pass_until("2026-11-20 07:30");
        contact = last<PromiseOffered>().contact;
        tell(AcceptOffer{offer_to("basim")});
        pass(std::chrono::seconds{6});
    }
    static Configuration with(std::vector<callback::AttemptRule> outcomes) {
        Configuration rules = configuration();
        rules.promises.outcomes = std::move(outcomes);
        return rules;
    }
    std::vector<Event> suspect_machine() {
        return tell(CustomerFailed{contact, AttemptOutcome::voicemail});
    }
    ContactId contact;
};

constexpr PromiseId kPromise{1};

}  // namespace

TEST_CASE("a machine in the greeting ends the attempt as voicemail: the next try, the agent free") {
    Answered story;
    story.tell(CustomerAnswered{story.contact});
    story.pass(std::chrono::seconds{4});
    story.suspect_machine();
    const AttemptFailed failed = story.last<AttemptFailed>();
    CHECK(failed.outcome == AttemptOutcome::voicemail);
    CHECK(failed.counts);
    CHECK(failed.next_try == story.now + std::chrono::hours{2});
    CHECK(story.end_of(story.contact) == ContactEnd::not_reached);
    CHECK(story.all<ContactConnected>().empty());
    CHECK(story.the(kPromise).tries_made == 1);
    CHECK(story.the("basim").until == story.now + std::chrono::seconds{5});  // little to write down
    story.pass(std::chrono::seconds{5});
    CHECK(story.state_of("basim") == agent::AgentState::ready);
}

TEST_CASE("what follows from a machine is said by its rule") {
    Answered story{{{AttemptOutcome::voicemail, 1'800'000, false, false}}};
    story.tell(CustomerAnswered{story.contact});
    story.suspect_machine();
    CHECK(story.the(kPromise).tries_made == 0);
    CHECK(story.the(kPromise).next_try == story.now + std::chrono::minutes{30});
}

TEST_CASE("a machine that is heard before his answer is known is one all the same") {
    Answered story;
    story.suspect_machine();
    CHECK(story.last<AttemptFailed>().outcome == AttemptOutcome::voicemail);
    CHECK(story.tell(CustomerAnswered{story.contact}).empty());
}

TEST_CASE("nobody who talks with an agent, or has gone, is taken for a machine any more") {
    Answered story;
    story.tell(CustomerAnswered{story.contact});
    SUBCASE("he pressed the key") { story.press(story.contact, "1"); }
    SUBCASE("the greeting is over") { story.hear_out(story.contact); }
    CHECK(story.suspect_machine().empty());
    CHECK(story.all<AttemptFailed>().empty());
    CHECK(story.the(story.contact).stage == contact::Contact::Stage::connected);
    story.tell(AgentLeft{story.contact, AgentId{"basim"}});
    CHECK(story.suspect_machine().empty());
}

}  // namespace amer::centre::example
