#include "base/overloaded.h"
#include "core/callback/numbers.h"
#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using callback::Promise;
using contact::Contact;
using Phase = contact::Contact::Phase;
using Stage = contact::Contact::Stage;

// Steps in a row that need nothing of the caller; a checked flow never has so many.
constexpr int kLongestChain = 64;
// The adapter reports the key that cut a Say and the end of that Say in either order. When the end
// comes first, the key is still of the Say and chooses nothing in the menu behind it.
constexpr std::chrono::milliseconds kSamePress{100};

const char* const kBeginConnection = "1";

using NextStep = std::optional<StepId>;  // nothing: the step waits for something

NextStep speak(Deciding& deciding, ContactId id, const std::vector<PromptId>& prompts,
               bool cut_by_key, const StepId& next) {
    std::vector<Saying> sayings = sayings_for(deciding, id, prompts);
    if (sayings.empty()) return next;
    start_prompt(deciding, id, std::move(sayings), cut_by_key);
    return std::nullopt;
}

void await_input(Deciding& deciding, ContactId id, std::int32_t wait_ms) {
    deciding.add(InputAwaited{id, deciding.now() + std::chrono::milliseconds{wait_ms}});
}

void ask(Deciding& deciding, ContactId id, const std::vector<PromptId>& prompts,
         std::int32_t wait_ms) {
    std::vector<Saying> sayings = sayings_for(deciding, id, prompts);
    if (sayings.empty()) {
        await_input(deciding, id, wait_ms);
    } else {
        start_prompt(deciding, id, std::move(sayings), true);
    }
}

void end_in_flow(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const ContactEnd how = contact->talked_with ? ContactEnd::completed
                           : contact->promise   ? ContactEnd::promised
                                                : ContactEnd::flow_ended;
    deciding.add(ContactEnded{id, how});
}

void join_at_place(Deciding& deciding, ContactId id, const QueueId& queue,
                   const flow::Enqueue& step) {
    const std::optional<Promise> kept = take_place_again(deciding, id, queue);
    if (!kept) return join_queue(deciding, id, queue, step.priority, step.is_emergency);
    const std::int32_t priority = std::max(step.priority, kept->priority);
    const Instant since = std::min(*kept->place, deciding.now());
    deciding.add(ContactQueued{id, queue, priority, since, step.is_emergency});
}

// What a step does as soon as it is entered.
struct Beginning {
    Deciding& deciding;
    ContactId id;

    NextStep operator()(const flow::Say& step) const {
        return speak(deciding, id, step.prompts, step.cut_by_key, step.next);
    }
    NextStep operator()(const flow::Menu& step) const {
        ask(deciding, id, step.prompts, step.wait_ms);
        return std::nullopt;
    }
    NextStep operator()(const flow::Collect& step) const {
        ask(deciding, id, step.prompts, step.wait_ms);
        return std::nullopt;
    }
    NextStep operator()(const flow::Consent& step) const {
        const bool is_recorded = deciding.world().configuration().recording.is_on;
        const bool was_asked = deciding.world().find(id)->has_consent.has_value();
        if (!is_recorded || was_asked) return step.next;
        // The law wants the notice heard: only the refusal key cuts it.
        return speak(deciding, id, {step.prompt}, false, step.next);
    }
    NextStep operator()(const flow::Hours& step) const {
        if (deciding.is_open()) return step.open;
        const QueueId queue = deciding.world().configuration().promises.queue;
        owe_call(deciding, id, Promise::Origin::out_of_hours, queue);
        return step.closed;
    }
    NextStep operator()(const flow::CallerKnown& step) const {
        const CallerIdentity& caller = deciding.world().find(id)->caller;
        const bool is_known =
            caller.number && !caller.is_hidden && callback::may_be_called(*caller.number);
        return is_known ? step.known : step.hidden;
    }
    NextStep operator()(const flow::Enqueue& step) const {
        // His flow may be older than the queues: then he goes where its callers were handed over.
        const QueueId queue = deciding.world().queue_in_force(step.queue);
        if (!deciding.is_open(queue)) {
            owe_call(deciding, id, Promise::Origin::out_of_hours, queue);
            return step.when_closed;
        }
        if (is_full(deciding, id, queue)) return step.when_full ? step.when_full : step.when_closed;
        std::vector<QueueId> others;
        if (!step.also.empty()) others = other_queues(deciding, id, step);
        join_at_place(deciding, id, queue, step);
        join_other_queues(deciding, id, others);
        hold_back(deciding, id);
        if (step.said_before) {
            start_prompt(deciding, id, sayings_for(deciding, id, {*step.said_before}), false);
        }
        return std::nullopt;
    }
    NextStep operator()(const flow::TakeMessage& step) const {
        const QueueId queue = deciding.world().configuration().promises.queue;
        owe_call(deciding, id,
                 deciding.is_open() ? Promise::Origin::queue : Promise::Origin::out_of_hours,
                 queue);
        std::vector<Saying> sayings = sayings_for(deciding, id, step.prompts);
        if (sayings.empty()) {
            start_message(deciding, id, step);
        } else {
            start_prompt(deciding, id, std::move(sayings), true);
        }
        return std::nullopt;
    }
    NextStep operator()(const flow::LookUp& step) const {
        const auto found = deciding.world().promise_of(deciding.world().find(id)->reference);
        return speak(deciding, id, {found ? step.found : step.unknown}, true, step.next);
    }
    NextStep operator()(const flow::Notice& step) const {
        if (!deciding.world().notice_at(deciding.now())) return step.next;
        return speak(deciding, id, step.prompts, true, step.next);
    }
    NextStep operator()(const flow::HangUp& step) const {
        std::vector<Saying> sayings = sayings_for(deciding, id, step.prompts);
        if (sayings.empty()) {
            end_in_flow(deciding, id);
        } else {
            start_prompt(deciding, id, std::move(sayings), false);
        }
        return std::nullopt;
    }
};

// Wrong or no input: asked again, until the tries are used up.
template <typename Asking>
void refuse_input(Deciding& deciding, ContactId id, const Asking& step, const PromptId& why) {
    deciding.add(InputRefused{id});
    if (deciding.world().find(id)->tries >= step.tries) {
        enter_step(deciding, id, step.otherwise);
        return;
    }
    std::vector<PromptId> prompts{why};
    prompts.insert(prompts.end(), step.prompts.begin(), step.prompts.end());
    ask(deciding, id, prompts, step.wait_ms);
}

void finish_collecting(Deciding& deciding, ContactId id, const flow::Collect& step) {
    const Contact& contact = *deciding.world().find(id);
    const std::string digits = contact.digits;
    const PromiseId promise = contact.promise;
    const bool is_number = step.purpose == flow::Collect::Purpose::callback_number;
    std::optional<PhoneNumber> number;
    if (is_number) {
        number = callback::number_from_keys(digits, deciding.world().configuration().country);
        const bool is_ours = number && deciding.world().number_row(number->e164()) != nullptr;
        if (!number || is_ours) return refuse_input(deciding, id, step, step.invalid);
    } else if (digits.empty()) {
        return refuse_input(deciding, id, step, step.invalid);
    }
    deciding.add(DigitsCollected{id, step.purpose, digits, number});
    if (number && deciding.world().find(promise) != nullptr) {
        deciding.add(PromiseNumberGiven{promise, *number});
        notify(deciding, notification::Occasion::promise_made, promise);
    }
    enter_step(deciding, id, step.next);
}

// What a key does; the contact is in its flow and the step waits or speaks.
struct KeyPress {
    Deciding& deciding;
    const Contact contact;
    const std::string& digit;

    void operator()(const flow::Say& step) const {
        if (!step.cut_by_key) return;
        note();
        enter_step(deciding, contact.id, step.next);
    }
    void operator()(const flow::Menu& step) const {
        note();
        const auto target = step.keys.find(digit);
        if (target == step.keys.end()) {
            return refuse_input(deciding, contact.id, step, step.invalid);
        }
        if (!step.stores.empty()) keep_answer(step);
        const auto language = step.languages.find(digit);
        if (language != step.languages.end()) {
            deciding.add(LanguageChosen{contact.id, language->second});
        }
        enter_step(deciding, contact.id, target->second);
    }
    void operator()(const flow::Collect& step) const {
        note();
        const std::string& so_far = deciding.world().find(contact.id)->digits;
        const bool is_full = so_far.size() >= static_cast<std::size_t>(step.longest);
        if (digit == "#" || is_full) {
            finish_collecting(deciding, contact.id, step);
        } else {
            await_input(deciding, contact.id, step.wait_ms);
        }
    }
    void operator()(const flow::Consent& step) const {
        if (contact.phase == Phase::parting) {
            note();
            return enter_step(deciding, contact.id, step.next);
        }
        if (digit != step.refusal_key) return;
        note();
        const std::uint64_t version = contact.configuration_version;
        deciding.add(ConsentRecorded{contact.id, step.prompt, version, false});
        const NextStep next = speak(deciding, contact.id, {step.refused}, true, step.next);
        if (next) enter_step(deciding, contact.id, *next);
    }
    void operator()(const flow::TakeMessage& step) const {
        const bool is_asked = contact.phase == Phase::reviewing || contact.phase == Phase::awaiting;
        if (is_asked) {
            note();
            return decide_review_key(deciding, contact.id, step, digit);
        }
        // '#' ends it where it is recorded; until it is up it must not cut the thanks either.
        if (contact.phase != Phase::asking) return;
        note();
        start_message(deciding, contact.id, step);
    }
    void operator()(const flow::LookUp& step) const {
        note();
        enter_step(deciding, contact.id, step.next);
    }
    void operator()(const flow::Notice& step) const {
        note();
        const auto target = step.keys.find(digit);
        enter_step(deciding, contact.id, target == step.keys.end() ? step.next : target->second);
    }
    void operator()(const flow::Hours&) const {}
    void operator()(const flow::CallerKnown&) const {}
    void operator()(const flow::Enqueue&) const {}
    void operator()(const flow::HangUp&) const {}

    void note() const { deciding.add(DigitPressed{contact.id, digit}); }
    void keep_answer(const flow::Menu& step) const {
        const auto word = step.answers.find(digit);
        if (word == step.answers.end() && !step.answers.empty()) return;
        deciding.add(SurveyAnswered{contact.id, step.stores,
                                    step.answers.empty() ? digit : word->second,
                                    contact.talked_with, contact.queue});
    }
};

// What the end of the step's words does.
struct Spoken {
    Deciding& deciding;
    const Contact contact;

    void operator()(const flow::Say& step) const { enter_step(deciding, contact.id, step.next); }
    void operator()(const flow::Menu& step) const {
        await_input(deciding, contact.id, step.wait_ms);
    }
    void operator()(const flow::Collect& step) const {
        await_input(deciding, contact.id, step.wait_ms);
    }
    void operator()(const flow::Consent& step) const {
        if (contact.phase == Phase::asking) {
            const std::uint64_t version = contact.configuration_version;
            deciding.add(ConsentRecorded{contact.id, step.prompt, version, true});
            start_contact_recording(deciding, contact.id);
        }
        enter_step(deciding, contact.id, step.next);
    }
    void operator()(const flow::TakeMessage& step) const {
        if (contact.phase == Phase::asking) {
            start_message(deciding, contact.id, step);
        } else if (contact.phase == Phase::reviewing) {
            await_input(deciding, contact.id, step.review_wait_ms);
        } else {
            enter_step(deciding, contact.id, step.next);
        }
    }
    void operator()(const flow::LookUp& step) const { enter_step(deciding, contact.id, step.next); }
    void operator()(const flow::Notice& step) const {
        if (step.keys.empty()) return enter_step(deciding, contact.id, step.next);
        await_input(deciding, contact.id, step.wait_ms);
    }
    void operator()(const flow::HangUp&) const { end_in_flow(deciding, contact.id); }
    void operator()(const flow::Hours&) const { end_in_flow(deciding, contact.id); }
    void operator()(const flow::CallerKnown&) const { end_in_flow(deciding, contact.id); }
    void operator()(const flow::Enqueue&) const { end_in_flow(deciding, contact.id); }
};

// The step of a contact in its flow, as it was when the contact began. Without one he would wait
// for nothing: he is let go.
const flow::StepBody* body_of_step(Deciding& deciding, const Contact& contact) {
    const flow::Step* step = deciding.world().step_of(contact, contact.step);
    if (step != nullptr) return &step->body;
    end_in_flow(deciding, contact.id);
    return nullptr;
}

}  // namespace

bool is_full(Deciding& deciding, ContactId id, const QueueId& queue) {
    const World& world = deciding.world();
    const Queue* row = world.queue_row(queue);
    if (row == nullptr || row->most_waiting == 0) return false;
    if (world.find(id)->queued_since) return false;
    const auto waiting = static_cast<std::int64_t>(world.waiting_in(queue));
    if (waiting < row->most_waiting) return false;
    deciding.add(QueueFull{id, queue, waiting});
    return true;
}

void start_prompt(Deciding& deciding, ContactId id, std::vector<Saying> sayings, bool cut_by_key) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || sayings.empty()) return;
    const Language language = contact->language;
    deciding.add(
        PromptStarted{id, deciding.new_playback(), language, std::move(sayings), cut_by_key});
}

void enter_step(Deciding& deciding, ContactId id, StepId step) {
    for (int hop = 0; hop < kLongestChain; ++hop) {
        const Contact* contact = deciding.world().find(id);
        if (contact == nullptr) return;
        const flow::Step* row = deciding.world().step_of(*contact, step);
        if (row == nullptr) break;
        deciding.add(StepEntered{id, step});
        const NextStep next = std::visit(Beginning{deciding, id}, row->body);
        if (!next) return;
        step = *next;
    }
    end_in_flow(deciding, id);
}

std::optional<Rejection> decide_notice(Deciding& deciding, const SetNotice& command) {
    constexpr std::chrono::hours kLongest{7 * 24};
    if (deciding.world().unit_row(command.area) == nullptr) {
        return Rejection{
            RejectionReason::not_allowed_now,
            fmt::format("'{}' is no department or branch of this centre", command.area.value)};
    }
    if (command.until <= deciding.now() || command.until > deciding.now() + kLongest) {
        return Rejection{RejectionReason::not_allowed_now,
                         "a notice ends in the future, and within a week"};
    }
    deciding.add(NoticeSet{command.area, command.until, command.by});
    return std::nullopt;
}

bool go_on_after_agent(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || !contact->after_agent) return false;
    const flow::Flow* flow =
        deciding.world().flow_at(contact->after_agent, contact->configuration_version);
    if (flow == nullptr) return false;
    deciding.add(TalkEnded{id, AgentId{contact->agent}, FlowId{flow->id}});
    enter_step(deciding, id, StepId{flow->first});
    return true;
}

void decide_digit(Deciding& deciding, ContactId id, const std::string& digit) {
    const Contact* found = deciding.world().find(id);
    if (found == nullptr) return;
    const Contact contact = *found;
    if (contact.stage == Stage::greeting && !contact.has_citizen && digit == kBeginConnection) {
        deciding.add(DigitPressed{id, digit});
        end_greeting(deciding, id);
        return;
    }
    if (contact.waits()) return decide_key_while_waiting(deciding, id, digit);
    if (contact.stage != Stage::in_flow) return;
    const bool is_of_the_say =
        contact.say_ended_at && deciding.now() < *contact.say_ended_at + kSamePress;
    if (is_of_the_say) return;
    const flow::StepBody* body = body_of_step(deciding, contact);
    if (body != nullptr) std::visit(KeyPress{deciding, contact, digit}, *body);
}

void decide_prompt_finished(Deciding& deciding, ContactId id, PlaybackId playback) {
    const Contact* found = deciding.world().find(id);
    if (found == nullptr || !playback || found->playback != playback) return;
    const Contact contact = *found;
    if (contact.stage == Stage::briefing) return end_briefing(deciding, id);
    if (contact.stage == Stage::greeting) return end_greeting(deciding, id);
    if (contact.stage != Stage::in_flow) return;
    const flow::StepBody* body = body_of_step(deciding, contact);
    if (body != nullptr) std::visit(Spoken{deciding, contact}, *body);
}

void decide_step_timeout(Deciding& deciding, ContactId id) {
    const Contact* found = deciding.world().find(id);
    if (found == nullptr) return;
    const Contact contact = *found;
    const flow::StepBody* body = body_of_step(deciding, contact);
    if (body == nullptr) return;
    if (contact.phase == Phase::recording) return thank_for_message(deciding, id, false);
    if (contact.phase != Phase::awaiting) return std::visit(Spoken{deciding, contact}, *body);
    const Overloaded silence{
        [&](const flow::Menu& step) { refuse_input(deciding, id, step, step.no_input); },
        [&](const flow::Collect& step) { finish_collecting(deciding, id, step); },
        [&](const flow::Notice& step) { enter_step(deciding, id, step.next); },
        [&](const flow::TakeMessage&) { send_message(deciding, id); },
        [&](const auto&) { end_in_flow(deciding, id); },
    };
    std::visit(silence, *body);
}

}  // namespace amer::centre
