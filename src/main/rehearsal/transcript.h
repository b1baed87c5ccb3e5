#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "main/rehearsal/line.h"

namespace amer::rehearsal {

using Json = nlohmann::ordered_json;

// What happens in a rehearsal, a line at once for each happening: for people
//   "  1.204 s  call 1  connected", or for programs {"at_ms":1204,"call":1,"what":"connected"}.
// `what` is one word; `more` adds to it.
class Transcript {
public:
    explicit Transcript(bool as_json) : as_json_{as_json}, began_{sip::steady_now()} {}

    // Call 0: of no call in particular.
    void tell(int call, const std::string& what, const Json& more = Json::object()) const;

private:
    bool as_json_;
    MonotonicInstant began_;
};

}  // namespace amer::rehearsal
