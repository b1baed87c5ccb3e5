#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "main/rehearsal/conversation.h"

namespace amer::rehearsal {

// A citizen, or many: calls as the public network brings them.
struct CallerOptions {
    std::string number;  // to be called, as dialled
    sip::Endpoint server{"127.0.0.1", 5060};
    sip::Endpoint bind{"127.0.0.2", 0};  // a trunk's address, in the centre's eyes
    std::string from = "+971501234567";  // each further call comes from the next number
    bool is_hidden = false;
    std::chrono::milliseconds longest{30'000};  // from the answer; then the caller hangs up
    std::chrono::milliseconds ring_longest{60'000};
    int count = 1;
    double rate = 1;                  // new calls in a second
    bool hangs_up_when_done = false;  // after the script, when what follows falls silent
    bool as_json = false;
    Manners manners;
};

// Places the calls and tells what happens. The exit code: 0 when every call was answered.
int place_calls(const CallerOptions& options);

}  // namespace amer::rehearsal
