#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::callback {

// What we owe a caller: ring this number inside this window. A promise ends kept, broken aloud or
// withdrawn; it is never deleted, so "did we call her back?" always has an answer.
struct Promise {
    enum class State : std::uint8_t { waiting, offered, dialling, kept, broken, withdrawn };
    enum class Origin : std::uint8_t { out_of_hours, queue, crash };

    PromiseId id;
    std::string reference;  // spoken to the caller: digits, unique
    Origin origin = Origin::out_of_hours;
    std::optional<PhoneNumber> number;  // none: hidden and never told; ends broken aloud
    Language language = Language::arabic;
    QueueId queue;  // who should return it
    ContactId made_in;
    Instant made_at;
    Window due;        // called not before `from`, and before `until`
    Instant next_try;  // >= due.from
    std::uint64_t calendar_version = 0;
    std::int32_t tries_made = 0;
    RecordingId message;  // 0: no message was left
    std::int64_t message_ms = 0;
    State state = State::waiting;
    bool is_overdue = false;  // its window passed while open: said aloud once
    // He stood in a queue since then, with this priority: his place is kept for the call back.
    std::optional<Instant> place = std::nullopt;
    std::int32_t priority = 0;
    // He answered once and no agent was there: next time the agent is asked first.
    bool was_left_waiting = false;

    bool is_open() const {
        return state == State::waiting || state == State::offered || state == State::dialling;
    }
    AMER_FIELDS(Promise, id, reference, origin, number, language, queue, made_in, made_at, due,
                next_try, calendar_version, tries_made, message, message_ms, state, is_overdue,
                place, priority, was_left_waiting)
};

}  // namespace amer::callback
