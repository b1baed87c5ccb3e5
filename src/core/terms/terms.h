#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/phone_number.h"

namespace amer {

using ContactId = Id<struct ContactTag>;
using OfferId = Id<struct OfferTag>;
using PromiseId = Id<struct PromiseTag>;
using RecordingId = Id<struct CentreRecordingTag>;
using PlaybackId = Id<struct CentrePlaybackTag>;
using NotificationId = Id<struct NotificationTag>;
// The adapter's own number for the caller's leg; the core only hands it back.
using LegId = Id<struct CentreLegTag>;

using AgentId = Name<struct AgentTag>;
using QueueId = Name<struct QueueTag>;
using SkillId = Name<struct SkillTag>;
using FlowId = Name<struct FlowTag>;
using StepId = Name<struct StepTag>;
using PromptId = Name<struct PromptTag>;
using TrunkId = Name<struct TrunkTag>;
using UnitId = Name<struct UnitTag>;  // a department or a branch

enum class Language : std::uint8_t { arabic, english };

// A half-open stretch of time [from, until).
struct Window {
    Instant from;
    Instant until;

    bool contains(Instant now) const { return now >= from && now < until; }
    AMER_FIELDS(Window, from, until)
};

// Who seems to call. The number is what could be normalised; it never proves who calls. `raw` is
// what the network sent, kept for the record.
struct CallerIdentity {
    std::optional<PhoneNumber> number;
    std::string raw;
    std::string display_name;
    bool is_hidden = false;

    AMER_FIELDS(CallerIdentity, number, raw, display_name, is_hidden)
};

// A value to be spoken in a prompt's placeholder.
struct SpokenValue {
    enum class Kind : std::uint8_t {
        number,    // amount: a cardinal
        minutes,   // amount: minutes, with the plural the language wants
        digits,    // text: digits spoken one by one (telephone numbers, references)
        date,      // text: local date "2026-11-20"
        time,      // amount: minutes since local midnight
        hours,     // text: the official week, "1=450-990 5=450-720" (core/spoken, say_hours)
        prompt,    // text: id of another prompt (a department's name, a holiday's name)
        recording  // amount: RecordingId of a message, as it was spoken
    };

    std::string placeholder;  // "date" for {date}
    Kind kind = Kind::number;
    std::int64_t amount = 0;
    std::string text;

    AMER_FIELDS(SpokenValue, placeholder, kind, amount, text)
};

// One prompt with its values; a playback says several in a row.
struct Saying {
    PromptId prompt;
    std::vector<SpokenValue> values;

    AMER_FIELDS(Saying, prompt, values)
};

}  // namespace amer
