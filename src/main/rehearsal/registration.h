#pragma once

#include <functional>
#include <string>

#include "main/rehearsal/line.h"
#include "main/rehearsal/transcript.h"
#include "sip/token/token_source.h"
#include "sip/wire/message.h"

namespace amer::rehearsal {

// A telephone's registration (RFC 3261 section 10.2): asked for, proved by digest, refreshed, asked
// for again when the centre does not answer, and taken back at the end.
class Registration {
public:
    struct Options {
        sip::Endpoint server;
        std::string user;
        std::string password;
        std::chrono::seconds expires{300};
        std::chrono::milliseconds refresh{120'000};
    };

    Registration(Options options, Line& line, const Transcript& transcript, std::uint64_t seed);

    void begin();
    // True when the datagram was an answer to one of our REGISTERs.
    bool take(const std::string& datagram);
    // Unregisters; `done` is called when that was answered, or after a second without an answer.
    void end(std::function<void()> done);

private:
    void ask(std::chrono::seconds expires);
    void send_again(std::uint32_t cseq, Duration wait);
    void on_final(const sip::Message& answer);
    void settle(bool is_registered, int status);

    Options options_;
    Line& line_;
    const Transcript& transcript_;
    sip::TokenSource tokens_;
    std::string call_id_;
    std::string tag_;
    sip::Message request_;  // the present one
    std::uint32_t cseq_ = 0;
    bool awaits_answer_ = false;
    bool was_registered_ = false;
    bool has_told_trouble_ = false;  // once for each time of trouble
    std::function<void()> done_;
};

}  // namespace amer::rehearsal
