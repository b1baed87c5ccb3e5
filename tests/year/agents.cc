// Agents, and citizens who are called back: they answer, are busy, miss it, answer too late, talk.
#include "year.h"

namespace amer::year {

using namespace centre;
using namespace std::chrono_literals;

void Year::ring_agent(const OfferMade& made) {
    const OfferId offer = made.offer;
    post_in(draws.between(20ms, 500ms), ReportRinging{offer});
    if (draws.chance(manners_.agent_accepts)) {
        return post_in(draws.lognormal(3500ms), AcceptOffer{offer});
    }
    switch (draws.below(4)) {
        case 0: return post_in(draws.lognormal(2s), DeclineOffer{offer, DeclineReason::rejected});
        case 1: return post_in(draws.lognormal(1s), DeclineOffer{offer, DeclineReason::busy});
        case 2: {  // at the very moment the ringing ends
            const Duration rings = made.ring_until - clock_.now();
            const Duration crossing = draws.between(-2ms, 2ms);
            return post_in(rings + crossing, AcceptOffer{offer});
        }
        default: return;  // he lets it ring
    }
}

void Year::talk(const ContactConnected& connected) {
    const ContactId contact = connected.contact;
    const auto ours = called_for_.find(contact);
    const auto leg = legs_.find(contact);
    if (ours != called_for_.end()) ++outside.conversations[ours->second];
    if (leg != legs_.end()) {
        const auto caller = on_line_.find(leg->second);
        const bool shows = caller != on_line_.end() && !caller->second.is_hidden;
        if (shows && caller->second.number) {
            outside.talked_at[*caller->second.number] = clock_.now();
        }
    }
    const Duration lasts = draws.lognormal(100s);
    if (draws.chance(50)) {
        in(lasts, [this, contact] { hang_up(contact); });
    } else {
        post_in(lasts, AgentLeft{contact, connected.agent});
    }
}

// What comes of a call to a citizen is known outside before it is known here.
void Year::ring_citizen(const AttemptStarted& started) {
    using enum callback::AttemptOutcome;
    const ContactId contact = started.contact;
    ++outside.rang;
    const bool is_missed = ++dials_ <= manners_.misses;
    const Duration when = draws.lognormal(7s);
    if (draws.chance(manners_.crash_while_ringing)) {
        in(
            draws.between(0s, 20s), [] { throw ProcessDied{}; }, Life::world);
    }
    if (draws.chance(manners_.crash_at_answer)) {
        const auto mishap = static_cast<Mishap>(draws.below(3));
        in(when, [this, mishap] { journal.plan(0, mishap); });
    }
    const bool is_no_number = started.number.e164().ends_with("97");
    if (is_no_number) return post_in(when, CustomerFailed{contact, invalid_number});
    if (is_missed) return post_in(when, CustomerFailed{contact, no_answer});
    if (draws.chance(manners_.citizen_answers)) {
        ++outside.picked_up;
        post_in(when, CustomerAnswered{contact});
        if (draws.chance(manners_.early_hang_up)) {
            in(when + 900ms, [this, contact] { hang_up(contact); });
        }
        return;
    }
    constexpr AttemptOutcome kEnds[] = {busy,     busy,      no_answer, no_answer,
                                        rejected, voicemail, network};
    const std::uint64_t how = draws.below(8);
    if (how < std::size(kEnds)) post_in(when, CustomerFailed{contact, kEnds[how]});
    // else nobody ever says anything: the centre's own timer ends it
}

// The gateway takes it, sometimes after hours, or never.
void Year::post_letter(NotificationId letter) {
    const Duration later = draws.chance(5) ? draws.exponential(3h) : draws.exponential(5s);
    const bool is_sent = !draws.chance(2);
    post_in(later,
            ReportNotification{letter, is_sent, is_sent ? "250 queued" : "550 no such user"});
}

// After a restart: phones register again, the files of recordings are found, letters are posted.
void Year::wake_world() {
    const State& state = witness.state();
    for (const auto& [id, pending] : state.recordings) {
        in(draws.between(100ms, 5s), [this, id = id] { finish_recording(id, false); });
    }
    for (const AgentId& agent : on_shift_) post_in(draws.exponential(15s), RegisterPhone{agent});
    for (const auto& [id, letter] : state.notifications) post_letter(id);
}

}  // namespace amer::year
