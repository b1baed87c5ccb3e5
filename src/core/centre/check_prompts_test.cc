// What is said is checked with the rest: every prompt in each language, every placeholder known.
#include "core/centre/check_prompts.h"

#include "core/centre/test_story.h"

namespace amer::centre::example {

namespace {

using Texts = std::map<Language, std::set<std::string>>;

Texts both(const std::set<std::string>& placeholders) {
    return {{Language::arabic, placeholders}, {Language::english, placeholders}};
}

KnownPrompts written() {
    KnownPrompts known;
    for (const char* const plain :
         {"GRT-U",         "LNG",          "REC",          "REC-OFF",  "U-MAIN",
          "INV",           "NOI",          "REF-ASK",      "REF-BAD",  "CLS-HID",
          "CLS-NONE",      "BYE",          "STA-OPEN",     "STA-KEPT", "STA-BROKEN",
          "STA-WITHDRAWN", "UNIT-service", "UNIT-housing", "Q-BUSY",   "Q-NONE",
          "Q-NEXT",        "Q-SOON",       "Q-OFFER",      "Q-LOST",   "Q-CLOSED"}) {
        known[PromptId{plain}] = both({});
    }
    known[PromptId{"Q-POS"}] = both({"n"});
    known[PromptId{"Q-EWT"}] = both({"minutes"});
    known[PromptId{"Q-CLOSE"}] = both({"closing"});
    known[PromptId{"CLS-OK"}] = both({"ref"});
    known[PromptId{"CB-OUT"}] = both({"ref"});
    known[PromptId{"CB-SORRY"}] = both({"ref"});
    known[PromptId{"XFER"}] = both({"department"});
    known[PromptId{"CLS-HRS"}] = both({"hours"});
    known[PromptId{"CLS-HOL"}] = both({"holiday"});
    known[PromptId{"CLS-MSG"}] = both({"date", "time"});
    known[PromptId{"CLS-TODAY"}] = both({"time"});
    known[PromptId{"CLS-NODATE"}] = both({});
    known[PromptId{"REF-SAY"}] = both({"ref", "status", "date"});
    return known;
}

std::vector<Problem> problems(const Configuration& rules, const KnownPrompts& known) {
    return check_configuration(rules, &known);
}

}  // namespace

TEST_CASE("the example centre says only what is written and known") {
    CHECK(problems(configuration(), written()) == std::vector<Problem>{});
}

TEST_CASE("a prompt that a language lacks is named with its step and field") {
    Configuration rules = configuration();
    KnownPrompts known = written();
    SUBCASE("not in English") {
        known[PromptId{"GRT-U"}].erase(Language::english);
        CHECK(
            problems(rules, known) ==
            std::vector<Problem>{{"flows.unified.greeting.prompts[0]",
                                  "a prompt in each language; 'GRT-U' is not written in English"}});
    }
    SUBCASE("in none") {
        std::get<flow::HangUp>(rules.flows[0].steps.back().body).prompts = {PromptId{"BYE"},
                                                                            PromptId{"BYEE"}};
        CHECK(problems(rules, known) ==
              std::vector<Problem>{{"flows.unified.goodbye.prompts[1]",
                                    "the id of a prompt; 'BYEE' is written in no language"}});
    }
    SUBCASE("the words for a wrong key") {
        known.erase(PromptId{"NOI"});
        REQUIRE(problems(rules, known).size() == 2);
        CHECK(problems(rules, known)[1].path == "flows.unified.menu.no_input");
    }
    SUBCASE("the wording of another day") {
        known.erase(PromptId{"CLS-TODAY"});
        REQUIRE(problems(rules, known).size() == 2);  // both flows take messages
        CHECK(problems(rules, known)[1].path == "flows.direct.message.prompts[0]");
    }
    SUBCASE("how a promise stands") {
        known.erase(PromptId{"STA-BROKEN"});
        REQUIRE(problems(rules, known).size() == 1);
        CHECK(problems(rules, known)[0].path == "flows.unified.look-up.found");
    }
    SUBCASE("a department's name") {
        known.erase(PromptId{"UNIT-housing"});
        REQUIRE(problems(rules, known).size() == 1);
        CHECK(problems(rules, known)[0].path == "units.housing.spoken");
    }
    SUBCASE("who calls back") {
        known.erase(PromptId{"CB-OUT"});
        REQUIRE(problems(rules, known).size() == 1);
        CHECK(problems(rules, known)[0].path == "promises.greeting");
    }
    SUBCASE("who is sorry that nobody is there") {
        known.erase(PromptId{"CB-SORRY"});
        REQUIRE(problems(rules, known).size() == 1);
        CHECK(problems(rules, known)[0].path == "promises.sorry");
    }
    SUBCASE("what the agent hears before") {
        rules.promises.briefing = PromptId{"CB-BRIEF"};
        REQUIRE(problems(rules, known).size() == 2);  // the message, and how often it was tried
        CHECK(problems(rules, known)[0].path == "promises.briefing");
        CHECK(problems(rules, known)[1].path == "promises.briefing");
    }
}

TEST_CASE("a value that the centre does not have there is named with its prompt") {
    Configuration rules = configuration();
    KnownPrompts known = written();
    const auto one = [&] {
        const std::vector<Problem> all = problems(rules, known);
        REQUIRE(all.size() == 1);
        return all[0].path + ": " + all[0].expected;
    };
    SUBCASE("a reference before any promise, in one language") {
        known[PromptId{"GRT-U"}][Language::arabic] = {"ref"};
        CHECK(
            one() ==
            "flows.unified.greeting.prompts[0]: only what is known here to be spoken; 'GRT-U' has "
            "{ref} in Arabic");
    }
    SUBCASE("a placeholder that nothing fills") {
        known[PromptId{"REF-ASK"}] = Texts{{Language::arabic, {}}, {Language::english, {"n"}}};
        CHECK(one().ends_with("'REF-ASK' has {n} in English"));
    }
    SUBCASE("the department only once he is on his way to it") {
        known[PromptId{"BYE"}] = both({"department"});
        CHECK(problems(rules, known).size() == 4);  // two flows, two languages
    }
    SUBCASE("his number while he may hide it") {
        known[PromptId{"CLS-HID"}][Language::english] = {"number"};
        CHECK(one().starts_with("flows.unified.ask-number.prompts[0]"));
    }
    SUBCASE("a holiday, but where it is known to be one") {
        known[PromptId{"CLS-HRS"}][Language::english] = {"holiday"};
        CHECK(one().starts_with("flows.unified.message.prompts[0]"));
    }
}

TEST_CASE("who asked after another promise still hears the reference of his own") {
    Configuration rules = configuration();
    for (flow::Step& step : rules.flows[0].steps) {
        if (auto* look_up = std::get_if<flow::LookUp>(&step.body)) {
            look_up->next = StepId{"message"};
        }
    }
    Story story{"2026-11-19 18:00", rules};
    story.tell(CallerLeft{story.call("8006679", "+971501234567")});
    const std::string asked = story.the(PromiseId{1}).reference;
    const auto reference = [&] {
        const PromptStarted prompt = story.last<PromptStarted>();
        const SpokenValue* said = value_in(prompt, "ref");
        REQUIRE(said != nullptr);
        return said->text;
    };
    story.pass_until("2026-11-20 07:31");
    const ContactId again = story.call("600500500", "+971502222222");
    story.press(again, "1");
    story.press(again, "1");
    story.hear_out(again);
    story.press(again, "8");
    for (const char digit : asked) story.press(again, std::string(1, digit));
    story.press(again, "#");
    REQUIRE(story.the(again).step == StepId{"look-up"});
    CHECK(reference() == asked);
    story.hear_out(again);
    REQUIRE(story.the(again).step == StepId{"message"});
    const std::string own = story.the(story.the(again).promise).reference;
    CHECK(own != asked);
    CHECK(reference() == own);
}

}  // namespace amer::centre::example
