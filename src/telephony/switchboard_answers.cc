#include <chrono>

#include "telephony/switchboard.h"

// The part of the switchboard that asks who has answered when a citizen is called back.
namespace amer::telephony {

using namespace std::chrono_literals;

// From the answer on: what came before it is the network's.
void Switchboard::judge_answer(const Leg& leg) {
    const std::chrono::milliseconds machine_after{configuration_.promises.machine_after_ms};
    if (machine_after > 0ms) wiring_.media.judge_answer(leg.media, machine_after);
}

// Who talks with an agent is a person, whatever is heard of him late.
void Switchboard::answer_judged(const media::AnswerJudged& judged) {
    const auto place = place_of_leg_.find(judged.leg);
    if (place == place_of_leg_.end() || judged.answerer != media::Answerer::machine) return;
    const Contact* contact = find(place->second.contact);
    if (contact == nullptr || contact->is_connected) return;
    wiring_.commands.report(centre::CustomerFailed{contact->id, centre::AttemptOutcome::voicemail});
}

}  // namespace amer::telephony
