#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "outbox/gateway.h"
#include "outbox/text_gateway.h"

namespace amer::outbox {

struct MailSettings {
    enum class Security : std::uint8_t { starttls, tls, none };

    std::string server;  // "mail.ministry.example", with ":port" where it is not the usual one
    std::string from;
    Security security = Security::starttls;
    std::string user;     // "": without login
    std::string ca_file;  // "": the machine's own authorities
    bool allow_insecure = false;
    std::string secret;  // what its file held: the password
    std::chrono::milliseconds timeout{30'000};
};

std::vector<Complaint> complaints_of(const MailSettings& settings);

// Hands mails to the ministry's own server by SMTP (RFC 5321).
class MailGateway final : public Gateway {
public:
    explicit MailGateway(MailSettings settings) : settings_{std::move(settings)} {}

    Delivery send(const Message& message) override;
    void stop() override { stopping_ = true; }

private:
    MailSettings settings_;
    std::atomic<bool> stopping_ = false;
};

}  // namespace amer::outbox
