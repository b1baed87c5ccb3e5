#include "core/centre/test_story.h"

// The agent hears the message before the citizen is dialled.
namespace amer::centre::example {

namespace {

using namespace std::chrono_literals;
using agent::AgentState;
using contact::Contact;
using Stage = Contact::Stage;
using Words = std::vector<std::string>;
using callback::Promise;

Configuration with_briefing() {
    Configuration rules = configuration();
    rules.promises.briefing = PromptId{"CB-BRIEF"};
    return rules;
}

// A message of Thursday evening; on Friday morning Basim answers his telephone.
struct Briefing : Story {
    explicit Briefing(std::int64_t length_ms = 9'000) : Story{"2026-11-19 18:00", with_briefing()} {
        const ContactId night = call("8006679");
        hear_out(night);
        tell(FinishRecording{last<RecordingStarted>().recording, length_ms, 1, "ab", false});
        tell(CallerLeft{night});
        log_in({"basim"});
        pass_until("2026-11-20 07:30:00");
        contact = last<PromiseOffered>().contact;
        tell(AcceptOffer{offer_to("basim")});
    }
    ContactId contact;
    PromiseId promise{1};
};

}  // namespace

TEST_CASE("briefing: the agent hears when it came and what was said; nobody is dialled meanwhile") {
    Briefing story;
    CHECK(story.the(story.contact).stage == Stage::briefing);
    CHECK(story.state_of("basim") == AgentState::talking);
    CHECK(story.all<AttemptStarted>().empty());
    const PromptStarted heard = story.last<PromptStarted>();
    CHECK(heard.is_to_agent);
    CHECK(heard.language == Language::arabic);
    CHECK(prompts_of(heard) == Words{"CB-BRIEF"});
    CHECK(value_in(heard, "message")->kind == SpokenValue::Kind::recording);
    CHECK(value_in(heard, "message")->amount == 1);
    CHECK(value_in(heard, "date")->text == "2026-11-19");
    CHECK(value_in(heard, "time")->amount == 18 * 60);
    SUBCASE("to the end") { story.hear_out(story.contact); }
    SUBCASE("or until he presses a key") { story.tell(SkipBriefing{story.contact}); }
    SUBCASE("or until his telephone has said nothing for ten minutes") { story.pass(10min); }
    CHECK(story.the(story.contact).stage == Stage::dialling);
    CHECK(story.all<AttemptStarted>().size() == 1);
    CHECK(story.last<AttemptStarted>().agent == AgentId{"basim"});
    CHECK(story.tell(SkipBriefing{story.contact}).empty());
    story.tell(CustomerAnswered{story.contact});
    story.hear_out(story.contact);
    CHECK(story.last<PromiseKept>().promise == story.promise);
}

TEST_CASE("briefing: without a message there is nothing to hear") {
    Briefing story{0};
    CHECK(story.the(story.contact).stage == Stage::dialling);
    CHECK(story.all<AttemptStarted>().size() == 1);
}

TEST_CASE("briefing: who was tried before in vain is called by one who knows how often") {
    Briefing story;
    story.hear_out(story.contact);
    story.tell(CustomerFailed{story.contact, callback::AttemptOutcome::no_answer});
    story.pass(2h + 1s);
    story.tell(AcceptOffer{story.offer_to("basim")});
    const PromptStarted heard = story.last<PromptStarted>();
    CHECK(prompts_of(heard) == Words{"CB-BRIEF", "CB-TRIED"});
    CHECK(heard.sayings.at(1).values.at(0).amount == 1);
    CHECK(story.all<AttemptStarted>().size() == 1);
}

TEST_CASE("briefing: the agent hangs up before it is over, and the promise waits") {
    Briefing story;
    story.tell(AgentLeft{story.contact, AgentId{"basim"}});
    CHECK(story.end_of(story.contact) == ContactEnd::agent_left);
    CHECK(story.all<AttemptStarted>().empty());
    CHECK(story.the(story.promise).state == Promise::State::waiting);
    CHECK(story.the(story.promise).tries_made == 0);
}

TEST_CASE("briefing: the centre closes while he listens; nobody is dialled") {
    Briefing story;
    calendar::Closure storm;
    storm.id = "storm";
    storm.from = story.now;
    storm.until = story.now + 2h;
    story.tell(CloseCentre{storm, "hamad"});
    story.hear_out(story.contact);
    CHECK(story.all<AttemptStarted>().empty());
    CHECK(story.end_of(story.contact) == ContactEnd::not_reached);
    CHECK(story.the(story.promise).state == Promise::State::waiting);
    CHECK(story.state_of("basim") == AgentState::wrap_up);
}

TEST_CASE("briefing: the promise needs no call any more while he listens; he is free again") {
    Briefing story;
    SUBCASE("the citizen rings and talks with a colleague") {
        story.log_in({"amal"});
        story.call("8006679");
        story.tell(AcceptOffer{story.offer_to("amal")});
        CHECK(story.last<PromiseKept>().promise == story.promise);
    }
    SUBCASE("it is withdrawn") {
        story.tell(WithdrawPromise{story.promise, "hamad", "settled"});
        CHECK(story.state.promises.empty());
    }
    CHECK(story.end_of(story.contact) == ContactEnd::not_reached);
    CHECK(story.all<AttemptStarted>().empty());
    CHECK(story.state_of("basim") == AgentState::wrap_up);
    story.pass(5s);
    CHECK(story.state_of("basim") == AgentState::ready);
}

TEST_CASE("briefing: the process dies; nobody was dialled, so nobody is waited for") {
    Briefing story;
    story.tell(RecoverFromCrash{});
    CHECK(story.all<AttemptFailed>().empty());
    CHECK(story.the(story.promise).state == Promise::State::waiting);
    CHECK(story.the(story.promise).next_try <= story.now);
}

}  // namespace amer::centre::example
