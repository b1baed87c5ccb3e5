#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sip/token/token_source.h"
#include "sip/transaction/timer_wheel.h"
#include "sip/user_agent.h"

namespace amer::sip {

// What every part of one user agent shares: settings, time, timers, tokens, the way out, counters.
struct Surroundings {
    UserAgentOptions options;
    Sender& sender;
    TokenSource tokens;
    TimerWheel timers{};
    MonotonicInstant now{};  // of the event being worked on
    UserAgent::Statistics counts{};

    void send(const Flow& flow, std::string_view bytes) {
        ++counts.sent;
        sender.send(flow, bytes);
    }
    TimerId after(Duration delay, AlarmKind kind, std::uint64_t subject) {
        return timers.set(now, now + delay, Alarm{kind, subject});
    }
    Duration patience() const { return 64 * options.t1; }  // "64*T1" of RFC 3261
    Duration lifetime() const { return 10 * options.t1; }  // T4: 5 s when T1 is 500 ms
};

inline void set_retry_after(Message& response, Duration delay) {
    const auto whole = std::chrono::ceil<std::chrono::seconds>(delay);
    response.add_header("Retry-After", std::to_string(whole.count()));
}

inline bool is_reliable(const Flow& flow) { return flow.transport != Transport::udp; }

}  // namespace amer::sip
