#pragma once

#include "base/fields.h"
#include "core/callback/promise.h"

namespace amer::callback {

// What is kept of a promise that ended, so that a caller with its reference is still answered.
struct EndedPromise {
    PromiseId id;
    std::string reference;
    Promise::State state = Promise::State::kept;
    Window due;
    Instant ended_at;

    AMER_FIELDS(EndedPromise, id, reference, state, due, ended_at)
};

}  // namespace amer::callback
