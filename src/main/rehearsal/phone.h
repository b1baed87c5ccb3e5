#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "main/rehearsal/conversation.h"

namespace amer::rehearsal {

// A telephone that is called: an agent's, which registers, or a citizen's, which the trunk reaches.
struct PhoneOptions {
    enum class Answer : std::uint8_t { accept, reject, busy, never };

    std::string user;  // "": a citizen's, not registered
    std::string password;
    sip::Endpoint server{"127.0.0.1", 5060};
    sip::Endpoint bind{"127.0.0.1", 0};
    std::chrono::milliseconds refresh{120'000};  // of the registration
    Answer answer = Answer::accept;
    std::chrono::milliseconds answer_after{1'000};
    std::optional<std::chrono::milliseconds> hang_up_after;  // from the answer
    int count = 0;                                           // ends after so many calls; 0: never
    std::optional<std::chrono::milliseconds> lifetime;       // ends then
    bool as_json = false;
    Manners manners;
};

// Waits for calls and tells what happens, until SIGINT or SIGTERM, `count` or `lifetime`. The exit
// code: 0; 1 when the line could not be opened.
int run_phone(const PhoneOptions& options);

}  // namespace amer::rehearsal
