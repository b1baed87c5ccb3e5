#pragma once

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::recording {

// A recording that was started and whose file is not complete yet. It outlives its contact, and a
// crash: the adapter finds the file and says so.
struct Pending {
    RecordingId id;
    ContactId contact;
    bool is_message = false;
    PromiseId promise;  // messages: whose it is
    Instant started_at;

    AMER_FIELDS(Pending, id, contact, is_message, promise, started_at)
};

}  // namespace amer::recording
