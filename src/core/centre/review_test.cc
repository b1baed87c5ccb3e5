#include "core/centre/test_story.h"

// The caller hears what he said, and says it again, before it is sent.
namespace amer::centre::example {

namespace {

using Words = std::vector<std::string>;

Configuration with_review() {
    Configuration rules = configuration();
    for (flow::Flow& flow : rules.flows) {
        for (flow::Step& step : flow.steps) {
            auto* message = std::get_if<flow::TakeMessage>(&step.body);
            if (message == nullptr) continue;
            message->review = PromptId{"CLS-REV"};
            message->heard = PromptId{"CLS-HEAR"};
        }
    }
    return rules;
}

struct Night : Story {
    Night() : Story{"2026-11-19 18:00", with_review()} {
        contact = call("8006679");
        hear_out(contact);
        leave(9'000);
    }
    void leave(std::int64_t length_ms) {
        tell(FinishRecording{last<RecordingStarted>().recording, length_ms, 1, "ab", false});
    }
    Words said() const { return prompts_of(last<PromptStarted>()); }
    ContactId contact;
};

}  // namespace

TEST_CASE("he is asked what to do; the message counts already") {
    Night story;
    CHECK(story.said() == Words{"CLS-REV"});
    CHECK(story.the(PromiseId{1}).message == RecordingId{1});
    CHECK(story.last<MessageLeft>().sha256 == "ab");
    SUBCASE("he sends it") { story.press(story.contact, "3"); }
    SUBCASE("he says nothing") {
        story.hear_out(story.contact);
        story.pass(std::chrono::seconds{6});
    }
    CHECK(story.last<ReviewEnded>().is_sent);
    CHECK(story.said() == Words{"CLS-OK"});
    story.hear_out(story.contact);
    CHECK(story.the(story.contact).step == StepId{"goodbye"});
    CHECK(story.all<RecordingStarted>().size() == 1);
}

TEST_CASE("he hears it, and is asked again") {
    Night story;
    story.press(story.contact, "1");
    CHECK(story.said() == Words{"CLS-HEAR", "CLS-REV"});
    const PromptStarted prompt = story.last<PromptStarted>();
    const SpokenValue* heard = value_in(prompt, "message");
    REQUIRE(heard != nullptr);
    CHECK(heard->kind == SpokenValue::Kind::recording);
    CHECK(heard->amount == 1);
    story.hear_out(story.contact);
    story.press(story.contact, "3");
    CHECK(story.said() == Words{"CLS-OK"});
}

TEST_CASE("he says it again: the last one is the message") {
    Night story;
    story.press(story.contact, "2");
    CHECK(story.last<RecordingStarted>().recording == RecordingId{2});
    CHECK(story.the(PromiseId{1}).message == RecordingId{1});
    SUBCASE("another one") {
        story.leave(4'000);
        CHECK(story.said() == Words{"CLS-REV"});
        CHECK(story.the(PromiseId{1}).message == RecordingId{2});
    }
    SUBCASE("only silence: the first one stays") {
        story.leave(200);
        CHECK(story.the(PromiseId{1}).message == RecordingId{1});
    }
    SUBCASE("he hangs up in the middle: the file is still awaited, and counts") {
        story.tell(CallerLeft{story.contact});
        story.leave(4'000);
        CHECK(story.the(PromiseId{1}).message == RecordingId{2});
    }
}

TEST_CASE("another key asks again; hanging up sends it") {
    Night story;
    story.press(story.contact, "8");
    CHECK(story.said() == Words{"CLS-REV"});
    story.tell(CallerLeft{story.contact});
    CHECK(story.end_of(story.contact) == ContactEnd::promised);
    CHECK(story.the(PromiseId{1}).message == RecordingId{1});
}

}  // namespace amer::centre::example
