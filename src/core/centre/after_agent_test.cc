// When the agent hangs up first, the caller is asked how it was: keys 1 to 3, and why.
#include "core/centre/check_configuration.h"
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using Stage = contact::Contact::Stage;
using namespace std::chrono_literals;

namespace {

const char* const kMorning = "2026-11-19 10:00";

// A caller whose agent has just hung up.
struct Asked {
    explicit Asked(const std::string& begin = kMorning)
        : story{begin, configuration_with_survey()} {
        story.log_in({"basim"});
        contact = story.call("8006679");
        story.tell(AcceptOffer{story.offer_to("basim")});
        story.pass(60s);
        story.tell(AgentLeft{contact, AgentId{"basim"}});
    }

    std::vector<std::string> answers() const {
        std::vector<std::string> all;
        for (const SurveyAnswered& given : story.all<SurveyAnswered>()) {
            all.push_back(given.question + "=" + given.answer);
        }
        return all;
    }

    // He hears everything and presses nothing.
    void only_listen_until(const char* step) {
        for (int turn = 0; turn < 10 && story.the(contact).step != StepId{step}; ++turn) {
            if (story.the(contact).playback) {
                story.hear_out(contact);
            } else {
                story.pass(5s);
            }
        }
        REQUIRE(story.the(contact).step == StepId{step});
    }

    Story story;
    ContactId contact;
};

}  // namespace

TEST_CASE("the agent rests as ever, the caller is asked, and nothing has ended yet") {
    Asked asked;
    Story& story = asked.story;
    CHECK(story.state_of("basim") == AgentState::wrap_up);
    CHECK(story.the(asked.contact).stage == Stage::in_flow);
    CHECK(story.the(asked.contact).step == StepId{"happy"});
    CHECK(story.last<TalkEnded>() == TalkEnded{asked.contact, AgentId{"basim"}, FlowId{"survey"}});
    CHECK(prompts_of(story.last<PromptStarted>()) == std::vector<std::string>{"SVY"});
    CHECK(story.all<ContactEnded>().empty());
    story.tell(AgentLeft{asked.contact, AgentId{"basim"}});  // said twice
    CHECK(story.all<TalkEnded>().size() == 1);
}

TEST_CASE("a happy caller is thanked; his answer names whom he talked with, and where") {
    Asked asked;
    Story& story = asked.story;
    story.press(asked.contact, "1");
    CHECK(story.last<SurveyAnswered>() == SurveyAnswered{asked.contact, "happiness", "happy",
                                                         AgentId{"basim"}, QueueId{"general"}});
    CHECK(prompts_of(story.last<PromptStarted>()) == std::vector<std::string>{"SVY-TY", "BYE"});
    story.hear_out(asked.contact);
    CHECK(story.end_of(asked.contact) == ContactEnd::completed);
}

TEST_CASE("an unhappy one is asked why; without words keys answer themselves") {
    Asked asked;
    asked.story.press(asked.contact, "3");
    CHECK(asked.story.the(asked.contact).step == StepId{"why"});
    SUBCASE("he says why") {
        asked.story.press(asked.contact, "4");
        CHECK(asked.answers() == std::vector<std::string>{"happiness=unhappy", "why=4"});
    }
    SUBCASE("he says nothing more") {
        asked.only_listen_until("thanks");
        CHECK(asked.answers() == std::vector<std::string>{"happiness=unhappy"});
    }
    asked.story.hear_out(asked.contact);
    CHECK(asked.story.end_of(asked.contact) == ContactEnd::completed);
}

TEST_CASE("the star repeats the question and answers nothing") {
    Asked asked;
    asked.story.press(asked.contact, "*");
    CHECK(asked.answers().empty());
    CHECK(prompts_of(asked.story.last<PromptStarted>()) == std::vector<std::string>{"SVY"});
    asked.story.press(asked.contact, "2");
    CHECK(asked.answers() == std::vector<std::string>{"happiness=neutral"});
}

TEST_CASE("a key that is no answer is none") {
    Asked asked;
    asked.story.press(asked.contact, "7");
    CHECK(asked.answers().empty());
    CHECK(prompts_of(asked.story.last<PromptStarted>()) == std::vector<std::string>{"INV", "SVY"});
}

TEST_CASE("who hangs up while he is asked was served all the same, also after closing time") {
    Asked asked{"2026-11-19 16:29"};
    asked.story.pass(1s);
    REQUIRE(asked.story.now >= dubai("2026-11-19 16:30"));
    asked.story.tell(CallerLeft{asked.contact});
    CHECK(asked.story.end_of(asked.contact) == ContactEnd::completed);
    CHECK(asked.story.all<PromiseMade>().empty());
}

TEST_CASE("who only listens is let go") {
    Asked asked;
    asked.only_listen_until("goodbye");
    CHECK(asked.answers().empty());
    asked.story.hear_out(asked.contact);
    CHECK(asked.story.end_of(asked.contact) == ContactEnd::completed);
}

TEST_CASE("a caller who hangs up first is asked nothing") {
    Story story{kMorning, configuration_with_survey()};
    story.log_in({"basim"});
    const ContactId contact = story.call("8006679");
    story.tell(AcceptOffer{story.offer_to("basim")});
    story.tell(CallerLeft{contact});
    CHECK(story.end_of(contact) == ContactEnd::completed);
    CHECK(story.all<TalkEnded>().empty());
}

TEST_CASE("a caller is asked by the survey that was in force when he rang") {
    Story story{kMorning, configuration_with_survey()};
    story.log_in({"basim"});
    const ContactId contact = story.call("8006679");
    story.tell(AcceptOffer{story.offer_to("basim")});
    SUBCASE("it was taken away meanwhile") {
        story.tell(PublishConfiguration{configuration()});
        story.tell(AgentLeft{contact, AgentId{"basim"}});
        story.press(contact, "2");
        CHECK(story.last<SurveyAnswered>().answer == "neutral");
    }
    SUBCASE("there was none") {
        story.tell(CallerLeft{contact});
        story.tell(PublishConfiguration{configuration()});
        story.pass(1min);
        const ContactId second = story.call("8006679");
        story.tell(AcceptOffer{story.offer_to("basim")});
        story.tell(PublishConfiguration{configuration_with_survey()});
        story.tell(AgentLeft{second, AgentId{"basim"}});
        CHECK(story.end_of(second) == ContactEnd::completed);
        CHECK(story.all<TalkEnded>().empty());
    }
}

TEST_CASE("what follows the agent leads to no queue and promises nothing") {
    Configuration rules = configuration_with_survey();
    CHECK(check_configuration(rules).empty());
    SUBCASE("a flow of callers") {
        rules.numbers[1].after_agent = FlowId{"direct"};
        const std::vector<Problem> problems = check_configuration(rules);
        REQUIRE(problems.size() == 3);
        CHECK(problems[1] ==
              Problem{"numbers.+9718006679.after_agent",
                      "a flow without queue, message and hours; step 'queue' of 'direct' is one"});
    }
    SUBCASE("no flow at all") {
        rules.numbers[0].after_agent = FlowId{"surbey"};
        const std::vector<Problem> problems = check_configuration(rules);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].expected == "the id of a flow; 'surbey' is none");
    }
    SUBCASE("a question without a name for its answers") {
        std::get<flow::Menu>(rules.flows[2].steps[0].body).stores = "";
        CHECK(check_configuration(rules)[0].path == "flows.survey.happy");
    }
    SUBCASE("an answer to a key that is none") {
        std::get<flow::Menu>(rules.flows[2].steps[0].body).answers["9"] = "sleepy";
        CHECK(check_configuration(rules)[0].expected == "key '9' of 'answers' is also in 'keys'");
    }
    SUBCASE("a word that would break a table") {
        std::get<flow::Menu>(rules.flows[2].steps[0].body).answers["1"] = "very=happy";
        CHECK(check_configuration(rules)[0].path == "flows.survey.happy");
    }
}

}  // namespace amer::centre::example
