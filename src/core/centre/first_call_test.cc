// The caller's way in: number, greeting, language, menu, queue, agent (issue, section 6.1 and 6.2).
#include "core/centre/test_story.h"

namespace amer::centre::example {

using agent::AgentState;
using Stage = contact::Contact::Stage;
using Words = std::vector<std::string>;
using namespace std::chrono_literals;

namespace {

const char* const kThursdayMorning = "2026-11-19 10:00";

// Up to the main menu with the recording notice heard.
ContactId caller_at_menu(Story& story) {
    const ContactId contact = story.call("600500500");
    story.hear_out(contact);    // the greeting
    story.press(contact, "1");  // Arabic
    story.hear_out(contact);    // the recording notice
    REQUIRE(story.the(contact).step == StepId{"menu"});
    return contact;
}

}  // namespace

TEST_CASE("in hours a caller is greeted, chooses, is queued and talks with the longest idle") {
    Story story{kThursdayMorning};
    story.log_in({"basim", "amal"});  // basim waits longer

    const ContactId contact = story.call("600500500");
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"GRT-U"});
    story.hear_out(contact);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"LNG"});
    story.hear_out(contact);
    CHECK(story.last<InputAwaited>().until == story.now + 5s);
    story.press(contact, "1");
    CHECK(story.last<LanguageChosen>().language == Language::arabic);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"REC"});
    CHECK_FALSE(story.last<PromptStarted>().cut_by_key);
    story.hear_out(contact);
    CHECK(story.last<ConsentRecorded>().is_given);
    CHECK(story.last<ConsentRecorded>().configuration_version == 1);
    CHECK(story.last<RecordingStarted>().kind == RecordingKind::contact);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"U-MAIN"});
    story.press(contact, "0");
    CHECK(story.last<ContactQueued>().queue == QueueId{"general"});
    CHECK(story.last<ContactQueued>().since == story.now);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"XFER"});
    CHECK(value_in(story.last<PromptStarted>(), "department")->text == "UNIT-service");

    // The announcement delays nothing: basim is offered the contact in the same decision.
    const OfferMade offer = story.last<OfferMade>();
    CHECK(offer.agent == AgentId{"basim"});
    CHECK(offer.ring_until == story.now + 15s);
    CHECK(offer.passed_over ==
          std::vector<queue::PassedOver>{{"unregistered", "3", {}}, {"ranked_after", "1", {}}});
    CHECK(story.state_of("basim") == AgentState::reserved);
    story.tell(ReportRinging{offer.offer});
    CHECK(story.state_of("basim") == AgentState::ringing);
    CHECK(story.tell(ReportRinging{offer.offer}).empty());
    story.pass(3s);
    story.tell(AcceptOffer{offer.offer});
    REQUIRE_FALSE(story.all<ContactConnected>().empty());
    CHECK(story.last<ContactConnected>().contact == contact);
    CHECK(story.last<ContactConnected>().agent == AgentId{"basim"});
    CHECK(story.state_of("basim") == AgentState::talking);

    story.pass(60s);
    story.tell(AgentLeft{contact, AgentId{"basim"}});
    CHECK(story.end_of(contact) == ContactEnd::completed);
    CHECK(story.state_of("basim") == AgentState::wrap_up);
    CHECK(story.tell(CallerLeft{contact}).empty());  // his BYE crossed ours
    story.pass(20s);
    CHECK(story.state_of("basim") == AgentState::ready);
    // One continuous recording, and its file is still to come.
    CHECK(story.all<RecordingStarted>().size() == 1);
    story.tell(FinishRecording{story.last<RecordingStarted>().recording, 63'000, 9, "ab", false});
    CHECK(story.state.recordings.empty());
    CHECK(story.all<MessageLeft>().empty());
}

TEST_CASE("a number is known by every form a network sends, and no other is") {
    Story story{kThursdayMorning};
    OpenContact open;
    open.dialled = "600500055";
    CHECK(story.refused(open).reason == RejectionReason::unknown_number);
    open.dialled = "8006679";
    story.tell(open);
    CHECK(story.last<ContactOpened>().dialled == "+9718006679");
    CHECK(story.last<ContactOpened>().flow == FlowId{"direct"});
    open.dialled = "whatever";
    open.number = phone("+971600500500");
    story.tell(open);
    CHECK(story.last<ContactOpened>().dialled == "+971600500500");
}

TEST_CASE("before the first configuration there is no number to call") {
    State state;
    OpenContact open;
    open.dialled = "600500500";
    const Decision decision = decide(state, open, dubai(kThursdayMorning));
    REQUIRE_FALSE(decision);
    CHECK(decision.error().reason == RejectionReason::unknown_number);
}

TEST_CASE("a caller whose ACK never comes does not live for ever") {
    Story story{kThursdayMorning};
    const ContactId contact = story.ring("600500500");
    story.pass(59s);
    CHECK(story.lives(contact));
    story.pass(1s);
    CHECK(story.end_of(contact) == ContactEnd::left_in_flow);
}

TEST_CASE("a second ACK begins nothing anew") {
    Story story{kThursdayMorning};
    const ContactId contact = story.call("600500500");
    CHECK(story.tell(CallerConnected{contact}).empty());
}

TEST_CASE("the key that cuts a greeting only cuts it, whichever news of it comes first") {
    SUBCASE("the key first, then the end of the cut prompt") {
        Story story{kThursdayMorning};
        const ContactId contact = story.call("600500500");
        const PlaybackId greeting = story.the(contact).playback;
        story.press(contact, "1");
        CHECK(story.the(contact).step == StepId{"language"});
        CHECK(story.tell(FinishPrompt{contact, greeting}).empty());
        CHECK(story.the(contact).step == StepId{"language"});
    }
    SUBCASE("the end first, then the key") {
        Story story{kThursdayMorning};
        const ContactId contact = story.call("600500500");
        story.hear_out(contact);
        story.pass(20ms);
        CHECK(story.tell(PressDigit{contact, "1"}).empty());
        CHECK(story.the(contact).step == StepId{"language"});
        // And a key a moment later is meant for the menu.
        story.press(contact, "1");
        CHECK(story.the(contact).step == StepId{"consent"});
    }
}

TEST_CASE("a key chooses at once, while the menu still speaks, in either order of news") {
    Story story{kThursdayMorning};
    const ContactId early = story.call("600500500");
    story.press(early, "2");
    story.press(early, "2");
    CHECK(story.last<LanguageChosen>().language == Language::english);
    CHECK(story.the(early).step == StepId{"consent"});

    const ContactId late = story.call("600500500", "+971501111111");
    story.press(late, "2");
    story.hear_out(late);  // the end of the menu's prompt, cut by the key that follows
    story.press(late, "2");
    CHECK(story.the(late).step == StepId{"consent"});
}

TEST_CASE("a wrong key and no key are told apart, and after two of them the call goes on") {
    Story story{kThursdayMorning};
    const ContactId contact = caller_at_menu(story);
    story.press(contact, "7");
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"INV", "U-MAIN"});
    story.hear_out(contact);
    story.pass(4999ms);
    CHECK(story.the(contact).step == StepId{"menu"});
    story.pass(1ms);
    CHECK(story.the(contact).step == StepId{"general"});
    CHECK(story.all<InputRefused>().size() == 2);
}

TEST_CASE("a silent caller hears that nothing came before he is handed on") {
    Story story{kThursdayMorning};
    const ContactId contact = caller_at_menu(story);
    story.hear_out(contact);
    story.pass(5s);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"NOI", "U-MAIN"});
}

TEST_CASE("star repeats the menu with fresh tries") {
    Story story{kThursdayMorning};
    const ContactId contact = caller_at_menu(story);
    for (int again = 0; again < 5; ++again) {
        story.press(contact, "7");
        story.press(contact, "*");
        CHECK(prompts_of(story.last<PromptStarted>()) == Words{"U-MAIN"});
    }
    CHECK(story.the(contact).step == StepId{"menu"});
}

TEST_CASE("who refuses the recording is not recorded, and nothing else cuts the notice") {
    Story story{kThursdayMorning};
    const ContactId contact = story.call("600500500");
    story.hear_out(contact);
    story.press(contact, "1");
    story.pass(1s);
    CHECK(story.press(contact, "5").empty());
    const PlaybackId notice = story.the(contact).playback;
    story.press(contact, "9");
    CHECK_FALSE(story.last<ConsentRecorded>().is_given);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"REC-OFF"});
    CHECK(story.tell(FinishPrompt{contact, notice}).empty());
    story.hear_out(contact);
    CHECK(story.the(contact).step == StepId{"menu"});
    CHECK(story.all<RecordingStarted>().empty());
}

TEST_CASE("with recording switched off there is no notice and no recording") {
    Configuration rules = configuration();
    rules.recording.is_on = false;
    Story story{kThursdayMorning, rules};
    const ContactId contact = story.call("600500500");
    story.hear_out(contact);
    story.press(contact, "1");
    CHECK(story.the(contact).step == StepId{"menu"});
    CHECK(story.all<RecordingStarted>().empty());
    CHECK(story.all<ConsentRecorded>().empty());
}

TEST_CASE("case 27: a caller who hangs up in the menu left in the flow, and is no abandon") {
    Story story{kThursdayMorning};
    const ContactId contact = caller_at_menu(story);
    story.tell(CallerLeft{contact});
    CHECK(story.end_of(contact) == ContactEnd::left_in_flow);
    CHECK(story.tell(PressDigit{contact, "1"}).empty());
    CHECK(story.tell(FinishPrompt{contact, PlaybackId{1}}).empty());
    CHECK(story.tell(CallerLeft{contact}).empty());
}

TEST_CASE("who hangs up in the greeting at night is owed a call all the same") {
    Story story{"2026-11-19 18:00"};
    const ContactId contact = story.call("600500500");
    story.tell(CallerLeft{contact});
    CHECK(story.end_of(contact) == ContactEnd::promised);
    REQUIRE(story.all<PromiseMade>().size() == 1);
    CHECK(story.all<PromiseMade>()[0].promise.made_in == contact);
}

TEST_CASE("a contact that never was is a mistake, one that has ended is late news") {
    Story story{kThursdayMorning};
    CHECK(story.refused(PressDigit{ContactId{9}, "1"}).reason == RejectionReason::unknown_contact);
    CHECK(story.refused(SetReady{AgentId{"nobody"}}).reason == RejectionReason::unknown_agent);
    CHECK(story.refused(WithdrawPromise{PromiseId{4}, "x", "y"}).reason ==
          RejectionReason::unknown_promise);
}

TEST_CASE("a reference is keyed in, looked up and said with its date") {
    Story story{"2026-11-18 20:00"};
    const ContactId night = story.call("8006679");
    story.tell(CallerLeft{night});
    const std::string reference = story.last<PromiseMade>().promise.reference;

    story.pass_until("2026-11-19 07:00");  // still closed; the promise is due at 07:30
    story.now = dubai(kThursdayMorning);   // nobody logged in meanwhile, no deadline missed
    const ContactId contact = caller_at_menu(story);
    story.press(contact, "8");
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"REF-ASK"});
    for (const char digit : reference) story.press(contact, std::string{digit});
    story.press(contact, "#");
    CHECK(story.last<DigitsCollected>().digits == reference);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"REF-SAY"});
    CHECK(value_in(story.last<PromptStarted>(), "ref")->text == reference);
    CHECK(value_in(story.last<PromptStarted>(), "status")->text == "STA-OPEN");
    story.hear_out(contact);
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"BYE"});
    story.hear_out(contact);
    CHECK(story.end_of(contact) == ContactEnd::flow_ended);
}

TEST_CASE("an unknown reference is said to be unknown; star begins the digits again") {
    Story story{kThursdayMorning};
    const ContactId contact = caller_at_menu(story);
    story.press(contact, "8");
    story.press(contact, "4");
    story.press(contact, "*");
    story.press(contact, "7");
    story.pass(6s);  // silence ends the entry
    CHECK(story.last<DigitsCollected>().digits == "7");
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"REF-BAD"});
}

TEST_CASE("nothing keyed in is asked again, then handed on") {
    Story story{kThursdayMorning};
    const ContactId contact = caller_at_menu(story);
    story.press(contact, "8");
    story.press(contact, "#");
    CHECK(prompts_of(story.last<PromptStarted>()) == Words{"INV", "REF-ASK"});
    story.hear_out(contact);
    story.pass(6s);
    CHECK(story.the(contact).stage == Stage::queued);
}

TEST_CASE("a prompt whose end the adapter never tells does not hold the caller for ever") {
    Story story{kThursdayMorning};
    const ContactId contact = story.call("600500500");
    story.pass(10min);
    CHECK(story.the(contact).step == StepId{"language"});
}

}  // namespace amer::centre::example
