// Callers: they ring, listen, press keys, speak, lose patience, hang up, and ring again.
#include "core/callback/reference.h"
#include "year.h"

namespace amer::year {

using namespace centre;
using namespace std::chrono_literals;

void Year::ring(const Caller& caller) {
    const LegId leg{++last_leg_};
    on_line_[leg] = caller;
    OpenContact open;
    open.leg = leg;
    open.dialled = caller.dialled;
    open.trunk = TrunkId{"operator"};
    open.caller.is_hidden = caller.is_hidden;
    if (!caller.is_hidden && caller.number) {
        open.caller.number = caller.number;
        open.caller.raw = caller.number->e164();
    }
    post(open);
}

void Year::call_again(const Caller& caller) {
    in(
        1min + draws.exponential(5min),
        [this, caller] {
            if (last_call_ == Instant{} || clock_.now() < last_call_) ring(caller);
        },
        Life::world);
}

// Everybody on the line hears that it is dead.
void Year::cut_off() {
    const std::map<LegId, Caller> cut = std::move(on_line_);
    on_line_.clear();
    legs_.clear();
    called_for_.clear();
    for (const auto& [leg, caller] : cut) {
        ++outside.cut_off;
        if (draws.chance(manners_.calls_again_when_cut)) call_again(caller);
    }
}

void Year::hang_up(ContactId contact) {
    if (lives(contact)) post(CallerLeft{contact});
}

void Year::open_leg(const ContactOpened& opened) {
    const ContactId contact = opened.contact;
    if (opened.kind == ContactKind::callback) {
        called_for_[contact] = opened.promise;
        return;
    }
    legs_[contact] = opened.leg;
    if (!draws.chance(manners_.early_hang_up / 3)) {
        post_in(draws.between(20ms, 300ms), CallerConnected{contact});
    }
    const Duration patience =
        draws.chance(manners_.early_hang_up) ? draws.exponential(15s) : Duration{1h};
    in(patience, [this, contact] { hang_up(contact); });
}

void Year::speak(const PromptStarted& prompt) {
    const auto words = static_cast<std::int64_t>(prompt.sayings.size());
    const Duration lasts = draws.between(800ms, 4s) * words;
    post_in(lasts, FinishPrompt{prompt.contact, prompt.playback});
    if (!draws.chance(manners_.early_key)) return;
    const std::string key(1, "01239*#"[draws.below(7)]);
    post_in(draws.between(100ms, lasts), PressDigit{prompt.contact, key});
}

std::string Year::keys_for(const contact::Contact& contact) {
    const std::string step = contact.step.value;
    if (step == "language") return draws.chance(70) ? "1" : "2";
    if (step == "menu") return std::string(1, "0001358*"[draws.below(8)]);
    if (step == "ask-reference") {
        const PromiseId any{1 + draws.below(witness.state().last.promise + 1)};
        return callback::reference_of(any) + "#";
    }
    if (step != "ask-number") return "1";
    const auto leg = legs_.find(contact.id);
    const auto caller = leg == legs_.end() ? on_line_.end() : on_line_.find(leg->second);
    const std::uint64_t mood = draws.below(100);
    if (mood < 20 || caller == on_line_.end() || !caller->second.number) return "12#";
    if (mood < 30) return "600500500#";  // ours
    return "00" + caller->second.number->e164().substr(1) + "#";
}

void Year::type(const InputAwaited& awaited) {
    const auto found = witness.state().contacts.find(awaited.contact);
    const bool is_typing = found != witness.state().contacts.end() && !found->second.digits.empty();
    if (found == witness.state().contacts.end() || is_typing) return;
    if (draws.chance(manners_.early_key)) return;  // no key at all
    Duration when = draws.lognormal(1500ms);
    for (const char key : keys_for(found->second)) {
        post_in(when, PressDigit{awaited.contact, std::string{key}});
        when += draws.between(120ms, 600ms);
    }
}

void Year::finish_recording(RecordingId recording, bool is_empty) {
    FinishRecording finish;
    finish.recording = recording;
    finish.length_ms = is_empty ? 400 : 2'000 + static_cast<std::int64_t>(draws.below(40'000));
    finish.bytes = static_cast<std::uint64_t>(finish.length_ms) * 16;
    finish.sha256 = "5ha";
    finish.has_failed = manners_.early_hang_up > 0 && draws.chance(2);
    post(finish);
}

void Year::record(const RecordingStarted& started) {
    if (started.kind != RecordingKind::message) return;
    const RecordingId recording = started.recording;
    const bool is_empty = !draws.chance(manners_.leaves_message);
    const Duration speaks = draws.lognormal(12s);
    if (draws.chance(manners_.early_hang_up * 4)) {  // he says it and hangs up
        in(speaks, [this, contact = started.contact] { hang_up(contact); });
    } else {
        in(speaks, [this, recording, is_empty] { finish_recording(recording, is_empty); });
    }
}

void Year::wait(const ContactQueued& queued) {
    const ContactId contact = queued.contact;
    if (called_for_.contains(contact)) return;
    in(30s + draws.exponential(4min), [this, contact] { hang_up(contact); });
    if (draws.chance(25)) post_in(draws.between(5s, 60s), PressDigit{contact, "1"});
}

void Year::end_call(const ContactEnded& ended) {
    for (const auto& [recording, pending] : witness.state().recordings) {
        if (pending.contact != ended.contact) continue;
        in(draws.between(20ms, 2s), [this, id = recording] { finish_recording(id, false); });
    }
    called_for_.erase(ended.contact);
    const auto leg = legs_.find(ended.contact);
    if (leg == legs_.end()) return;
    const auto found = on_line_.find(leg->second);
    legs_.erase(leg);
    if (found == on_line_.end()) return;
    const Caller caller = found->second;
    on_line_.erase(found);
    if (ended.how == ContactEnd::completed || !draws.chance(manners_.calls_again)) return;
    // Soon, or in the morning when he should be called himself.
    const Duration later = draws.chance(50) ? draws.exponential(40min) : draws.exponential(14h);
    in(
        later, [this, caller] { call_again(caller); }, Life::world);
}

}  // namespace amer::year
