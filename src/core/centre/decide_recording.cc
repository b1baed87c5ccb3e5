#include "core/centre/rules.h"

namespace amer::centre {

using contact::Contact;

void start_contact_recording(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    const bool is_on = deciding.world().configuration().recording.is_on;
    if (contact == nullptr || contact->recording || !is_on) return;
    deciding.add(RecordingStarted{deciding.new_recording(), id, RecordingKind::contact, 0, 0});
}

void start_message(Deciding& deciding, ContactId id, const flow::TakeMessage& step) {
    deciding.add(RecordingStarted{deciding.new_recording(), id, RecordingKind::message,
                                  step.longest_ms, step.silence_ms});
}

namespace {

// The step that asked him for a message; nullptr: none did.
const flow::TakeMessage* message_step(const Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    const flow::Step* row =
        contact == nullptr ? nullptr : deciding.world().step_of(*contact, contact->step);
    return row == nullptr ? nullptr : std::get_if<flow::TakeMessage>(&row->body);
}

void ask_what_to_do(Deciding& deciding, ContactId id, const flow::TakeMessage& step,
                    bool is_heard_first) {
    deciding.add(ReviewBegan{id, RecordingId{deciding.world().find(id)->left_message}});
    std::vector<PromptId> prompts;
    if (is_heard_first && !step.heard.value.empty()) prompts.push_back(step.heard);
    prompts.push_back(step.review);
    std::vector<Saying> sayings = sayings_for(deciding, id, prompts);
    if (sayings.empty()) return send_message(deciding, id);
    start_prompt(deciding, id, std::move(sayings), true);
}

}  // namespace

void decide_recording_finished(Deciding& deciding, const FinishRecording& command) {
    const recording::Pending* found = deciding.world().find(command.recording);
    if (found == nullptr) return;
    const recording::Pending pending = *found;
    const Contact* contact = deciding.world().find(pending.contact);
    const bool is_awaited = contact != nullptr && contact->message == command.recording &&
                            contact->phase == Contact::Phase::recording;

    const RecordingKind kind = pending.is_message ? RecordingKind::message : RecordingKind::contact;
    deciding.add(RecordingFinished{command.recording, pending.contact, kind, command.length_ms,
                                   command.bytes, command.sha256, command.has_failed});
    if (!pending.is_message) return;
    const std::int32_t shortest = deciding.world().configuration().recording.shortest_message_ms;
    const bool is_left = !command.has_failed && command.length_ms >= shortest;
    if (is_left && pending.promise) {
        deciding.add(MessageLeft{pending.promise, pending.contact, command.recording,
                                 command.length_ms, command.sha256});
    }
    if (!is_awaited) return;
    const flow::TakeMessage* step = message_step(deciding, pending.contact);
    if (is_left && step != nullptr && !step->review.value.empty()) {
        return ask_what_to_do(deciding, pending.contact, flow::TakeMessage{*step}, false);
    }
    thank_for_message(deciding, pending.contact, is_left);
}

void decide_review_key(Deciding& deciding, ContactId id, const flow::TakeMessage& step,
                       const std::string& digit) {
    constexpr std::string_view kHear{"1"};
    constexpr std::string_view kAgain{"2"};
    constexpr std::string_view kSend{"3"};
    if (digit == kSend) return send_message(deciding, id);
    if (digit == kAgain) {  // what he left before stays his message until he has left another
        const RecordingId left = deciding.world().find(id)->left_message;
        deciding.add(ReviewEnded{id, left, false});
        return start_message(deciding, id, flow::TakeMessage{step});
    }
    ask_what_to_do(deciding, id, flow::TakeMessage{step}, digit == kHear);
}

void send_message(Deciding& deciding, ContactId id) {
    deciding.add(ReviewEnded{id, RecordingId{deciding.world().find(id)->left_message}, true});
    thank_for_message(deciding, id, true);
}

std::optional<Rejection> decide_pause_recording(Deciding& deciding, const PauseRecording& command) {
    const Contact* contact = deciding.world().find(command.contact);
    if (auto rejection = unless_talked_on(contact)) return rejection;
    const bool is_recorded =
        contact->recording && deciding.world().find(contact->recording) != nullptr;
    if (!is_recorded) return not_now("it is not being recorded");
    const std::chrono::milliseconds longest{
        deciding.world().configuration().recording.longest_pause_ms};
    if (longest.count() == 0) return not_now("recordings are not paused in this centre");
    if (contact->recording_goes_on) return std::nullopt;
    deciding.add(RecordingPaused{RecordingId{contact->recording}, command.contact, command.by,
                                 deciding.now() + longest});
    return std::nullopt;
}

void decide_resume_recording(Deciding& deciding, const ResumeRecording& command) {
    go_on_recording(deciding, command.contact, ResumeReason::asked, command.by);
}

void go_on_recording(Deciding& deciding, ContactId id, ResumeReason why, const std::string& by) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || !contact->recording_goes_on) return;
    deciding.add(RecordingResumed{RecordingId{contact->recording}, id, why, by});
}

void thank_for_message(Deciding& deciding, ContactId id, bool is_left) {
    if (deciding.world().find(id) == nullptr) return;
    const flow::TakeMessage* step = message_step(deciding, id);
    if (step == nullptr) {  // no step asked for a message
        deciding.add(ContactEnded{id, ContactEnd::promised});
        return;
    }
    std::vector<Saying> sayings =
        sayings_for(deciding, id, {is_left ? step->thanks : step->nothing_left});
    if (sayings.empty()) return enter_step(deciding, id, step->next);
    // The key that ended the message is still down: it must not cut the reference he is told.
    start_prompt(deciding, id, std::move(sayings), false);
}

}  // namespace amer::centre
