#pragma once

#include <cstdint>
#include <optional>

#include "core/callback/promise.h"

namespace amer::callback {

// The centre looks into the calendar; here is what follows for a promise.

// A failed try: is there another?
inline bool may_be_tried_again(const Promise& promise, std::int32_t tries) {
    return promise.tries_made < tries;
}

// The instant it can be called at; once passed, as soon as somebody is there.
inline Instant due_at(const Promise& promise) {
    return promise.next_try > promise.due.from ? promise.next_try : promise.due.from;
}

}  // namespace amer::callback
