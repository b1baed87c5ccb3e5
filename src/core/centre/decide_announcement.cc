#include "core/centre/rules.h"
#include "core/centre/waiting.h"
#include "core/centre/wordings.h"

namespace amer::centre {

namespace {

using contact::Contact;

bool closes_soon(const Contact& contact, const Queue& queue, Instant now) {
    if (!contact.closing || queue.closing_warning_ms == 0) return false;
    const std::chrono::milliseconds warning{queue.closing_warning_ms};
    return now + warning >= *contact.closing;
}

// Will he surely be served before the centre stops? Without an estimate nobody knows.
bool is_in_time(const Contact& contact, const Queue& queue, const WaitTold& told, Instant now) {
    if (!told.estimate) return false;
    const std::chrono::milliseconds expected{told.estimate->high_ms};
    return now + expected < *contact.closing + std::chrono::milliseconds{queue.closing_grace_ms};
}

WaitTold told_to(const Deciding& deciding, const Contact& contact) {
    const World& world = deciding.world();
    const Standing standing = standing_of(world, contact, deciding.now());
    WaitTold told;
    told.contact = contact.id;
    told.queue = standing.queue;
    told.position = standing.position;
    told.ahead = standing.ahead;
    told.agents = standing.agents;
    told.estimate = estimate_for(world, standing, deciding.now());
    if (!told.estimate) return told;
    const std::int32_t minutes = queue::told_minutes(told.estimate->expected_ms);
    told.minutes =
        contact.told_minutes ? queue::told_after(*contact.told_minutes, minutes) : minutes;
    return told;
}

std::vector<PromptId> words_of(const Deciding& deciding, const Contact& contact, const Queue& queue,
                               const WaitTold& told) {
    std::vector<PromptId> words;
    words.push_back(told.agents == 0 ? wordings::kNobodyThere : wordings::kAllBusy);
    if (queue.says_position && told.agents > 0) {
        words.push_back(told.position == 1 ? wordings::kNext : wordings::kPosition);
    }
    if (queue.says_wait && told.minutes) {
        words.push_back(*told.minutes == 0 ? wordings::kSoon : wordings::kExpectedWait);
    }
    if (closes_soon(contact, queue, deciding.now()) &&
        !is_in_time(contact, queue, told, deciding.now())) {
        words.push_back(is_after_closing(contact, deciding.now()) ? wordings::kHasClosed
                                                                  : wordings::kClosesSoon);
    }
    const flow::Enqueue* step = enqueue_of(deciding.world(), contact);
    if (step != nullptr && !step->callback_key.empty()) words.push_back(wordings::kKeepPlace);
    return words;
}

}  // namespace

void announce_wait(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const Queue* queue = deciding.world().queue_row(contact->queue);
    if (queue == nullptr) return;
    const WaitTold told = told_to(deciding, *contact);
    const std::vector<PromptId> words = words_of(deciding, *contact, *queue, told);
    deciding.add(told);
    std::vector<Saying> sayings = sayings_for(deciding, id, words);
    for (Saying& saying : sayings) {
        saying.values.push_back({"n", SpokenValue::Kind::number, told.position, ""});
        if (told.minutes) {
            saying.values.push_back({"minutes", SpokenValue::Kind::minutes, *told.minutes, ""});
        }
    }
    start_prompt(deciding, id, std::move(sayings), false);
}

}  // namespace amer::centre
