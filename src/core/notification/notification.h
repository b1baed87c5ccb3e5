#pragma once

#include <cstdint>
#include <string>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::notification {

// Why somebody is written to.
enum class Occasion : std::uint8_t {
    promise_made,     // we shall call you back
    promise_redated,  // on another day than we said
    promise_broken,   // nobody could be reached, or there was no number
    promise_overdue,  // its window passed, it is still owed
    no_opening,       // the calendar has no opening in 30 days
};

enum class Channel : std::uint8_t { text, mail };

// What somebody outside is to be told, in writing, by a way that may fail for hours. It stays owed
// until the gateway has taken it or it was given up; its id is what a gateway knows it again by.
struct Notification {
    NotificationId id;
    Channel channel = Channel::text;
    Occasion occasion = Occasion::promise_made;
    std::string to;  // E.164, or an address
    Language language = Language::arabic;
    PromiseId promise;
    std::string reference;
    std::string number;  // of the citizen; "" when it is not known
    std::string day;     // when he is called, local "2026-12-03"; "": the next working day
    std::int32_t from_minute = 0;  // of that day
    std::int32_t until_minute = 0;
    Instant owed_at = {};

    AMER_FIELDS(Notification, id, channel, occasion, to, language, promise, reference, number, day,
                from_minute, until_minute, owed_at)
};

}  // namespace amer::notification
