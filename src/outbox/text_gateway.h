#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "outbox/gateway.h"
#include "outbox/request_template.h"

namespace amer::outbox {

// How a gateway of short messages is spoken to over HTTP; docs/notifications.md.
struct TextGatewaySettings {
    enum class Form : std::uint8_t { json, form };

    std::string url;
    std::string method = "POST";
    std::vector<std::string> headers;  // "Idempotency-Key: {id}"
    std::string body;
    Form form = Form::json;  // how values are written into the body
    std::string sender;      // the name a telephone shows
    std::string ca_file;     // "": the machine's own authorities
    bool allow_insecure = false;
    std::string secret;  // what its file held
    std::chrono::milliseconds timeout{30'000};
};

// Everything that is wrong with them, each with its key; the secret aside.
struct Complaint {
    std::string key;
    std::string what;
};
std::vector<Complaint> complaints_of(const TextGatewaySettings& settings);

class TextGateway final : public Gateway {
public:
    explicit TextGateway(TextGatewaySettings settings) : settings_{std::move(settings)} {}

    Delivery send(const Message& message) override;
    void stop() override { stopping_ = true; }

private:
    TextGatewaySettings settings_;
    std::atomic<bool> stopping_ = false;
};

}  // namespace amer::outbox
