// Callers and citizens: they ring, listen, press keys, speak, lose patience and hang up.
#include <algorithm>

#include "day.h"

namespace amer::sim {

using namespace centre;
using namespace std::chrono_literals;

void Day::ring(std::size_t index) {
    const Caller& caller = callers_[index];
    OpenContact open;
    open.leg = LegId{index + 1};
    open.dialled = caller.dialled;
    open.trunk = TrunkId{"operator"};
    open.caller.number = caller.number;
    open.caller.is_hidden = !caller.number;
    if (caller.number) open.caller.raw = caller.number->e164();
    post(open);
}

void Day::hang_up(ContactId contact) {
    if (!lives(contact)) return;
    post(CallerLeft{contact});
    if (draws.chance(15)) post_in(30ms, CallerLeft{contact});
}

void Day::open_leg(const ContactOpened& opened) {
    if (opened.kind != ContactKind::inbound) return;
    callers_[opened.leg.value - 1].contact = opened.contact;
    const ContactId contact = opened.contact;
    if (!draws.chance(2)) post_in(draws.between(20ms, 300ms), CallerConnected{contact});
    // Impatient ones leave in the greeting, most stay; all have gone within the hour.
    const Duration patience = draws.chance(10) ? draws.exponential(8s) : draws.exponential(8min);
    in(patience, [this, contact] { hang_up(contact); });
    in(1h, [this, contact] { hang_up(contact); });
}

void Day::speak(const PromptStarted& prompt) {
    const auto words = static_cast<std::int64_t>(prompt.sayings.size());
    const Duration lasts = draws.between(800ms, 3s) * words;
    const FinishPrompt finished{prompt.contact, prompt.playback};
    post_in(lasts, finished);
    if (draws.chance(5)) post_in(lasts + 20ms, finished);
    if (draws.chance(30)) {
        const std::string key(1, "0123456789*#"[draws.below(12)]);
        post_in(draws.between(100ms, lasts), PressDigit{prompt.contact, key});
    }
}

void Day::type(const InputAwaited& awaited) {
    if (draws.chance(15)) return;  // none
    const ContactId contact = awaited.contact;
    const auto found = witness.state().contacts.find(contact);
    if (found == witness.state().contacts.end()) return;
    std::string keys(1, "0123456789*#"[draws.below(12)]);
    if (draws.chance(75)) keys = std::string(1, "01258"[draws.below(5)]);
    if (found->second.step == StepId{"ask-number"}) {
        keys = draws.chance(70) ? "0501000037#" : "12#";
    } else if (found->second.step == StepId{"ask-reference"}) {
        keys = draws.chance(50) ? "100017#" : "77#";
    }
    Duration when = draws.lognormal(1500ms);
    for (const char key : keys) {
        post_in(when, PressDigit{contact, std::string{key}});
        when += draws.between(120ms, 900ms);
    }
}

void Day::finish_recording(RecordingId recording) {
    FinishRecording finish;
    finish.recording = recording;
    finish.length_ms = static_cast<std::int64_t>(draws.below(40'000));
    if (draws.chance(10)) finish.length_ms = 400;
    finish.bytes = static_cast<std::uint64_t>(finish.length_ms) * 16;
    finish.sha256 = "5ha";
    finish.has_failed = draws.chance(4);
    post(finish);
    if (draws.chance(8)) post_in(40ms, finish);
}

void Day::record(const RecordingStarted& started) {
    if (started.kind != RecordingKind::message) return;
    const Duration speaks = draws.lognormal(12s);
    const RecordingId recording = started.recording;
    if (draws.chance(40)) {  // he says it and hangs up
        in(speaks, [this, contact = started.contact] { hang_up(contact); });
    } else {
        in(speaks, [this, recording] { finish_recording(recording); });
    }
}

void Day::ended(const ContactEnded& ended) {
    for (const auto& [recording, pending] : witness.state().recordings) {
        if (pending.contact != ended.contact) continue;
        in(draws.between(20ms, 2s), [this, id = recording] { finish_recording(id); });
    }
    const auto caller = std::find_if(callers_.begin(), callers_.end(), [&](const Caller& each) {
        return each.contact == ended.contact;
    });
    if (caller == callers_.end() || caller->calls_left == 0 || is_over_) return;
    if (ended.how == ContactEnd::completed) return;
    --caller->calls_left;
    const auto index = static_cast<std::size_t>(caller - callers_.begin());
    in(
        draws.exponential(3min), [this, index] { ring(index); }, Life::world);
}

void Day::wait(const ContactQueued& queued) {
    in(draws.exponential(150s), [this, id = queued.contact] { hang_up(id); });
    if (draws.chance(15)) press_while_waiting(queued.contact);
}

// Keeps his place, leaves a message, or presses what means nothing.
void Day::press_while_waiting(ContactId contact) {
    if (!draws.chance(25)) return;
    // One draw after the other: every compiler makes the same day.
    const std::string key(1, "1129"[draws.below(4)]);
    post_in(draws.between(200ms, 8s), PressDigit{contact, key});
}

void Day::answer_attempt(const AttemptStarted& started) {
    const ContactId contact = started.contact;
    const Duration when = draws.lognormal(7s);
    const std::uint64_t luck = draws.below(100);
    if (luck < 60) {
        post_in(when, CustomerAnswered{contact});
        if (draws.chance(10)) post_in(when + 15ms, CustomerAnswered{contact});
        if (draws.chance(10)) in(when + 900ms, [this, contact] { hang_up(contact); });
    } else if (luck < 90) {
        post_in(when, CustomerFailed{contact, static_cast<AttemptOutcome>(draws.below(6))});
    }  // else nobody ever says anything: the centre's own timer ends it
}

}  // namespace amer::sim
