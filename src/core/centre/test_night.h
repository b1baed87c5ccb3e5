#pragma once

#include "core/centre/test_story.h"

// A night of promises and what became of them, for tests of this room and of those that prove it.
// Not part of the program.
namespace amer::centre::example {

// Thursday 19 November 2026, until Tuesday midnight. Contacts by their numbers:
//   1 talks; 2 keeps his place by a promise (1), which contact 3 keeps at once
//   4 leaves a message at 18:00 (promise 2), 5 is the same caller again; tried Monday at 07:30 in
//     vain, kept two hours later
//   6 hides his number (promise 3), which is withdrawn with hostile words
//   7 leaves no message (promise 4); the agent leaves the first try, the second one keeps it
//   8 speaks English (promise 5): nobody who does is there, it is overdue
// At 23:30 Friday becomes a holiday and all open ones are re-dated to Monday.
class Night : public Story {
public:
    Night() : Story{"2026-11-19 15:50", with_notifications()} {
        daytime();
        night();
        morning();
    }

    static constexpr const char* kDigest =
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";  // of "test"

private:
    static Configuration with_notifications() {
        using notification::Occasion;
        auto rules = with_choices(configuration());
        rules.notifications.by_text = {Occasion::promise_made, Occasion::promise_redated};
        return rules;
    }

    void leave(ContactId contact) { tell(CallerLeft{contact}); }
    // Basim takes what is offered him next.
    ContactId take() {
        for (int second = 0; second < 600 && !offer_to("basim"); ++second) {
            pass(std::chrono::seconds{1});
        }
        const ContactId contact = last<OfferMade>().contact;
        tell(AcceptOffer{offer_to("basim")});
        return contact;
    }
    void reach(ContactId contact) {
        pass(std::chrono::seconds{5});
        tell(CustomerAnswered{contact});
        hear_out(contact);
        pass(std::chrono::minutes{1});
        tell(AgentLeft{contact, AgentId{"basim"}});
    }

    void daytime() {
        log_in({"basim"});
        call("8006679", "+971501111111");
        const ContactId first = take();
        const ContactId kept_place = call("8006679", "+971502222222");
        press(kept_place, "1");
        leave(kept_place);
        tell(AgentLeft{first, AgentId{"basim"}});
        reach(take());
        tell(UnregisterPhone{AgentId{"basim"}});
    }

    void night() {
        pass_until("2026-11-19 18:00");
        const ContactId speaker = call("8006679", "+971501234567");
        hear_out(speaker);
        pass(std::chrono::seconds{12});
        const RecordingId message = last<RecordingStarted>().recording;
        tell(FinishRecording{message, 12'000, 96'000, kDigest, false});
        leave(speaker);
        tell(ReportNotification{NotificationId{state.last.notification}, true, "gw-1"});
        pass_until("2026-11-19 19:00");
        leave(call("8006679", "+971501234567"));
        pass_until("2026-11-19 20:00");
        leave(call("8006679", ""));
        tell(WithdrawPromise{PromiseId{3}, "mariam", "came\n   in person"});
        pass_until("2026-11-19 22:00");
        leave(call("8006679", "+971503333333"));
        const ContactId english = call("600500500", "+971504444444");
        hear_out(english);
        press(english, "2");
        leave(english);
        pass_until("2026-11-19 23:30");
        Configuration changed = state.configuration;
        calendar::Holiday storm = changed.calendar.holidays.front();
        storm.id = "storm";
        storm.first_day = local_day(2026, 11, 20);
        storm.last_day = storm.first_day;
        changed.calendar.holidays.push_back(storm);
        tell(PublishConfiguration{changed});
    }

    void morning() {
        pass_until("2026-11-23 07:00");
        log_in({"basim"});
        pass_until("2026-11-23 07:30");
        tell(CustomerFailed{take(), AttemptOutcome::no_answer});
        tell(AgentLeft{take(), AgentId{"basim"}});
        reach(take());
        pass_until("2026-11-23 09:30");
        reach(take());
        tell(UnregisterPhone{AgentId{"basim"}});
        pass_until("2026-11-24 00:00");
    }
};

}  // namespace amer::centre::example
