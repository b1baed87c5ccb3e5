// What is done to a contact that is being talked on: transfer, consultation, conference,
// supervisors, pauses of its recording (acd.md 6.4, cases 11, 26, 28 and 29).
#include "core/centre/test_story.h"

namespace amer::centre::example {

namespace {

using namespace std::chrono_literals;
using agent::AgentState;
using contact::Part;
using Stage = contact::Contact::Stage;

const AgentId kAmal{"amal"};
const AgentId kBasim{"basim"};
const AgentId kCarla{"carla"};

Configuration with_supervisor() {
    Configuration rules = configuration();
    rules.agents[2].is_supervisor = true;
    rules.agents[2].languages = {Language::arabic, Language::english};
    return rules;
}

// Amal talks with a caller, whose call is recorded; the others are ready.
struct Talk : Story {
    explicit Talk(Configuration rules = with_supervisor(),
                  const std::string& begin = "2026-11-19 10:00")
        : Story{begin, std::move(rules)} {
        log_in({"amal"});
        contact = call("600500500");
        hear_out(contact);    // the greeting
        press(contact, "1");  // Arabic
        hear_out(contact);    // the recording notice
        press(contact, "0");
        tell(AcceptOffer{offer_to("amal")});
        log_in({"basim", "carla"});
        REQUIRE(the(contact).agent == kAmal);
    }
    // Basim is asked and comes.
    void consult_basim() {
        tell(ConsultAgent{contact, kBasim});
        tell(AcceptOffer{offer_to("basim")});
    }
    void supervise(Part part) {
        tell(Supervise{contact, kCarla, part});
        tell(AcceptOffer{offer_to("carla")});
    }
    bool is_on(const AgentId& agent) const { return the(contact).party(agent) != nullptr; }
    std::string refused_because(const Command& command) { return refused(command).text; }

    ContactId contact;
};

}  // namespace

TEST_CASE("a caller is transferred: he keeps his first place, the agent wraps up from now") {
    Talk talk;
    const Instant came = *talk.the(talk.contact).queued_since;
    talk.pass(5min);
    talk.tell(TransferContact{talk.contact, QueueId{"housing"}, "amal"});
    CHECK(talk.last<ContactTransferred>().queue == QueueId{"housing"});
    CHECK(talk.last<ContactQueued>().since == came);
    // Amal alone serves housing: he waits for her, and the others are not asked.
    CHECK(talk.the(talk.contact).stage == Stage::queued);
    CHECK(talk.state_of("amal") == AgentState::wrap_up);
    SUBCASE("case 11: whatever goes on elsewhere, the wrap-up ends when it would") {
        talk.pass(20s - 1ms);
        CHECK(talk.state_of("amal") == AgentState::wrap_up);
        talk.pass(1ms);
        CHECK(talk.state_of("amal") == AgentState::reserved);
        CHECK(talk.the("amal").contact == talk.contact);
    }
    SUBCASE("he may still hang up, and is counted once as abandoned") {
        talk.tell(CallerLeft{talk.contact});
        CHECK(talk.end_of(talk.contact) == ContactEnd::abandoned);
        CHECK(talk.all<QueueLeft>().size() == 2);
    }
}

TEST_CASE("case 26: nobody is sent to a queue that is closed, or where nobody comes") {
    SUBCASE("after closing: refused, with the next opening") {
        Talk talk{with_supervisor(), "2026-11-19 16:29:00"};
        talk.pass_until("2026-11-19 16:30");
        CHECK(talk.refused_because(TransferContact{talk.contact, QueueId{"general"}, "amal"}) ==
              "the centre is closed; it opens on 2026-11-20 at 07:30");
        CHECK(talk.the(talk.contact).agent == kAmal);  // the talk goes on
        return;
    }
    Talk talk;
    CHECK(talk.refused_because(TransferContact{talk.contact, QueueId{"moon"}, "amal"}) ==
          "there is no queue 'moon'");
    SUBCASE("nobody is logged in for it") {
        talk.tell(LogOut{kAmal});  // put off: she talks
        talk.tell(ConsultAgent{talk.contact, kBasim});
        talk.tell(AcceptOffer{talk.offer_to("basim")});
        talk.tell(HandOver{talk.contact});
        talk.pass(20s);
        REQUIRE(talk.state_of("amal") == AgentState::logged_out);
        CHECK(talk.refused_because(TransferContact{talk.contact, QueueId{"housing"}, "basim"}) ==
              "nobody is logged in who serves it in the caller's language");
    }
    SUBCASE("it is full") {
        Configuration rules = with_supervisor();
        rules.queues[1].most_waiting = 1;
        talk.tell(PublishConfiguration{rules});
        talk.tell(SetNotReady{kBasim, "break"});
        talk.tell(SetNotReady{kCarla, "break"});
        talk.tell(TransferContact{talk.contact, QueueId{"housing"}, "amal"});
        const ContactId second = talk.call("8006679", "+971502222222");
        talk.tell(SetReady{kBasim});
        talk.tell(AcceptOffer{talk.offer_to("basim")});
        CHECK(talk.refused_because(TransferContact{second, QueueId{"housing"}, "basim"}) ==
              "no more callers may wait in it");
    }
}

TEST_CASE("case 28: a pause that is left on ends by itself") {
    Talk talk;
    talk.tell(PauseRecording{talk.contact, "amal"});
    CHECK(talk.last<RecordingPaused>().until == talk.now + 2min);
    CHECK(talk.tell(PauseRecording{talk.contact, "amal"}).empty());
    SUBCASE("when the longest pause is over") {
        talk.pass(2min - 1ms);
        CHECK(talk.all<RecordingResumed>().empty());
        talk.pass(1ms);
        CHECK(talk.last<RecordingResumed>().why == ResumeReason::time_over);
        talk.tell(PauseRecording{talk.contact, "amal"});  // and may be asked for again
        CHECK(talk.all<RecordingPaused>().size() == 2);
    }
    SUBCASE("when he says so, and then no later") {
        talk.tell(ResumeRecording{talk.contact, "amal"});
        CHECK(talk.last<RecordingResumed>().why == ResumeReason::asked);
        talk.pass(10min);
        CHECK(talk.all<RecordingResumed>().size() == 1);
    }
    SUBCASE("when the caller goes to another queue") {
        talk.tell(TransferContact{talk.contact, QueueId{"general"}, "amal"});
        CHECK(talk.last<RecordingResumed>().why == ResumeReason::next_agent);
    }
    SUBCASE("when another agent takes over") {
        talk.consult_basim();
        talk.tell(HandOver{talk.contact});
        CHECK(talk.last<RecordingResumed>().why == ResumeReason::next_agent);
    }
    SUBCASE("when the line to the agent breaks") {
        talk.tell(LoseAgent{talk.contact, kAmal});
        CHECK(talk.last<RecordingResumed>().why == ResumeReason::next_agent);
    }
    SUBCASE("and it ends with the call") {
        talk.tell(CallerLeft{talk.contact});
        talk.pass(10min);
        CHECK(talk.all<RecordingResumed>().empty());
    }
}

TEST_CASE(
    "case 28: what is not recorded cannot be paused: the caller refused, or it is never done") {
    Configuration rules = with_supervisor();
    SUBCASE("recording is off") {
        rules.recording.is_on = false;
        Talk talk{rules};
        CHECK(talk.refused_because(PauseRecording{talk.contact, "amal"}) ==
              "it is not being recorded");
    }
    SUBCASE("pauses are off") {
        rules.recording.longest_pause_ms = 0;
        Talk talk{rules};
        CHECK(talk.refused_because(PauseRecording{talk.contact, "amal"}) ==
              "recordings are not paused in this centre");
    }
}

TEST_CASE("a colleague is asked: he comes, and the three talk, or he takes over, or he goes") {
    Talk talk;
    talk.tell(ConsultAgent{talk.contact, kBasim});
    CHECK(talk.state_of("basim") == AgentState::reserved);
    CHECK(talk.last<PartyInvited>().ring_until == talk.now + 30s);
    CHECK(talk.refused_because(HandOver{talk.contact}) == "no colleague is there to take it over");
    talk.tell(ReportRinging{talk.offer_to("basim")});
    CHECK(talk.state_of("basim") == AgentState::ringing);
    talk.tell(AcceptOffer{talk.offer_to("basim")});
    CHECK(talk.state_of("basim") == AgentState::talking);
    CHECK(talk.refused_because(ConsultAgent{talk.contact, kCarla}) ==
          "somebody else is being asked already");
    SUBCASE("all three") {
        talk.tell(ConferAll{talk.contact});
        CHECK(talk.the(talk.contact).party(kBasim)->part == Part::conferring);
        SUBCASE("the first agent hangs up: the second goes on") {
            talk.tell(AgentLeft{talk.contact, kAmal});
            CHECK(talk.the(talk.contact).agent == kBasim);
            CHECK(talk.state_of("amal") == AgentState::wrap_up);
            CHECK(talk.the(talk.contact).parties.empty());
        }
        SUBCASE("the line to the first breaks: the second goes on") {
            talk.tell(LoseAgent{talk.contact, kAmal});
            CHECK(talk.the(talk.contact).agent == kBasim);
            CHECK(talk.the("amal").reason == "unreachable");
        }
        SUBCASE("the second hangs up: back to two") {
            talk.tell(AgentLeft{talk.contact, kBasim});
            CHECK(talk.last<PartyLeft>().how == PartyEnd::left);
            CHECK(talk.state_of("basim") == AgentState::ready);
            CHECK(talk.the(talk.contact).stage == Stage::connected);
        }
    }
    SUBCASE("handed over: his from now on, and the first wraps up") {
        talk.tell(HandOver{talk.contact});
        CHECK(talk.the(talk.contact).agent == kBasim);
        CHECK(talk.state_of("amal") == AgentState::wrap_up);
        talk.tell(AgentLeft{talk.contact, kBasim});
        CHECK(talk.end_of(talk.contact) == ContactEnd::completed);
        CHECK(talk.state_of("basim") == AgentState::wrap_up);
    }
    SUBCASE("dismissed: the talk goes on as it was") {
        talk.tell(DismissParty{talk.contact, kBasim});
        CHECK_FALSE(talk.is_on(kBasim));
        CHECK(talk.state_of("basim") == AgentState::ready);
        CHECK(talk.the(talk.contact).agent == kAmal);
    }
}

TEST_CASE("a colleague who does not come costs nothing: the caller is with his agent again") {
    Talk talk;
    talk.tell(SetNotReady{kBasim, "break"});
    talk.tell(ConsultAgent{talk.contact, kBasim});
    SUBCASE("no answer") {
        talk.pass(30s);
        CHECK(talk.last<PartyLeft>().how == PartyEnd::no_answer);
    }
    SUBCASE("busy") {
        talk.tell(DeclineOffer{talk.offer_to("basim"), DeclineReason::busy});
        CHECK(talk.last<PartyLeft>().how == PartyEnd::busy);
    }
    SUBCASE("the agent thinks better of it") {
        talk.tell(DismissParty{talk.contact, kBasim});
        CHECK(talk.last<PartyLeft>().how == PartyEnd::dismissed);
    }
    CHECK_FALSE(talk.is_on(kBasim));
    CHECK_FALSE(talk.the(talk.contact).is_caller_aside());
    // He was on his break and is on it again.
    CHECK(talk.state_of("basim") == AgentState::not_ready);
    CHECK(talk.the("basim").reason == "break");
    CHECK(talk.all<OfferEnded>().empty());  // no offer of a queue was missed
}

TEST_CASE("case 29: an agent who hangs up while he consults leaves the caller first in line") {
    Talk talk;
    talk.tell(SetNotReady{kCarla, "break"});
    const Instant came = *talk.the(talk.contact).queued_since;
    SUBCASE("the colleague was there") { talk.consult_basim(); }
    SUBCASE("his telephone still rang") { talk.tell(ConsultAgent{talk.contact, kBasim}); }
    talk.tell(AgentLeft{talk.contact, kAmal});
    CHECK(talk.last<PartyLeft>().how == PartyEnd::talk_ended);
    CHECK(talk.last<ContactReturned>().contact == talk.contact);
    CHECK(talk.last<ContactQueued>().since == came);
    CHECK(talk.last<ContactQueued>().is_emergency);
    CHECK(prompts_of(talk.last<PromptStarted>()) == std::vector<std::string>{"Q-LOST"});
    CHECK(talk.state_of("amal") == AgentState::wrap_up);
    // The colleague is free in the same decision, and it is he who is offered the caller.
    CHECK(talk.last<OfferMade>().agent == kBasim);
}

TEST_CASE("case 29: a supervisor barges in, agent and caller leave: nobody is left on the line") {
    Talk talk;
    talk.supervise(Part::barging);
    CHECK(talk.state_of("carla") == AgentState::talking);
    SUBCASE("agent first: the supervisor has the caller, until he leaves") {
        talk.tell(AgentLeft{talk.contact, kAmal});
        CHECK(talk.the(talk.contact).agent == kCarla);
        talk.tell(CallerLeft{talk.contact});
    }
    SUBCASE("caller first") {
        talk.tell(CallerLeft{talk.contact});
        CHECK(talk.last<PartyLeft>().how == PartyEnd::talk_ended);
        talk.tell(AgentLeft{talk.contact, kAmal});
    }
    CHECK(talk.end_of(talk.contact) == ContactEnd::completed);
    CHECK(talk.state_of("amal") == AgentState::wrap_up);
    talk.pass(20s);
    CHECK(talk.state_of("amal") == AgentState::ready);
    CHECK(talk.state_of("carla") == AgentState::ready);
    CHECK(talk.state.contacts.empty());
}

TEST_CASE("a supervisor listens, whispers and joins, with one telephone call") {
    Talk talk;
    CHECK(talk.refused_because(Supervise{talk.contact, kBasim, Part::listening}) ==
          "he is no supervisor");
    CHECK(talk.refused_because(Supervise{talk.contact, kCarla, Part::consulted}) ==
          "that is no part of a supervisor");
    talk.supervise(Part::listening);
    for (const Part part : {Part::whispering, Part::barging, Part::listening}) {
        talk.tell(Supervise{talk.contact, kCarla, part});
        CHECK(talk.last<PartyChanged>().part == part);
    }
    CHECK(talk.tell(Supervise{talk.contact, kCarla, Part::listening}).empty());
    CHECK(talk.all<PartyInvited>().size() == 1);
    // He only listens: the talk ends when the agent hangs up.
    talk.tell(AgentLeft{talk.contact, kAmal});
    CHECK(talk.end_of(talk.contact) == ContactEnd::completed);
    CHECK(talk.state_of("carla") == AgentState::ready);
}

TEST_CASE("who is on a contact is not offered another, nor asked to a second") {
    Talk talk;
    talk.supervise(Part::listening);
    talk.tell(SetNotReady{kBasim, "break"});
    const ContactId second = talk.call("8006679", "+971502222222");
    CHECK(talk.the(second).stage == Stage::queued);
    CHECK(talk.refused_because(ConsultAgent{talk.contact, kCarla}) == "he is on it already");
    talk.tell(LogOut{kBasim});
    CHECK(talk.refused_because(ConsultAgent{talk.contact, kBasim}) == "he is not logged in");
    CHECK(talk.refused_because(ConsultAgent{second, kAmal}) == "nobody talks on it now");
    // Released, he takes the caller who waits, in the same decision.
    talk.tell(DismissParty{talk.contact, kCarla});
    CHECK(talk.last<OfferMade>().agent == kCarla);
}

TEST_CASE("a crash takes everybody off the line, and the caller is owed a call") {
    Talk talk;
    talk.consult_basim();
    talk.tell(Supervise{talk.contact, kCarla, Part::listening});
    talk.tell(RecoverFromCrash{});
    CHECK(talk.all<PartyLeft>().size() == 2);
    CHECK(talk.state.offers.empty());
    CHECK(talk.last<PromiseMade>().promise.made_in == talk.contact);
}

}  // namespace amer::centre::example
