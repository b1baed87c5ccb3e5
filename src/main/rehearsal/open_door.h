#pragma once

#include "sip/user_agent.h"

namespace amer::rehearsal {

// Rehearsal telephones take every call that reaches them and know no users.
class OpenDoor : public sip::AccessPolicy {
public:
    Verdict admit(const sip::Message&, const sip::Flow&) override {
        return {sip::Admission::trunk, "network"};
    }
    std::optional<std::string> secret_of(std::string_view, sip::DigestAlgorithm) override {
        return std::nullopt;
    }
};

// Only what a telephone does not care about.
class QuietListener : public sip::Listener {
public:
    void on_incoming(const sip::IncomingCall&) override {}
    void on_ringing(sip::CallId, int, std::string_view) override {}
    void on_answered(sip::CallId, std::string_view) override {}
    void on_confirmed(sip::CallId, std::string_view) override {}
    void on_refused(sip::CallId, int, std::string_view) override {}
    void on_offer(sip::CallId, std::string_view) override {}
    void on_digit(sip::CallId, char) override {}
    void on_ended(sip::CallId, sip::EndCause) override {}
    void on_registered(const std::string&) override {}
    void on_unregistered(const std::string&) override {}
};

}  // namespace amer::rehearsal
