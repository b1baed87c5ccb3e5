#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/centre/configuration.h"
#include "main/config/prompt_texts.h"
#include "outbox/mail_gateway.h"
#include "outbox/schedule.h"
#include "outbox/text_gateway.h"
#include "outbox/wording.h"
#include "sip/transport/flow.h"
#include "telephony/desk_code.h"

namespace amer::config {

// What this machine needs to know and the core does not: sockets, ports, folders, limits, codes
// that agents dial. From config/centre.toml, tables [sip], [media], [limits], [journal],
// [prompts], [notifications], [text_gateway], [mail], and agents.toml; relative paths are relative
// to the configuration folder.
struct SipSettings {
    std::optional<sip::Endpoint> udp =
        sip::Endpoint{"127.0.0.1", 5060};  // nothing: not listened on
    std::optional<sip::Endpoint> tcp = sip::Endpoint{"127.0.0.1", 5060};
    std::string advertised_address;  // in Via and Contact; "": the address listened on
    std::string realm = "amer";
};

struct MediaSettings {
    std::string address = "127.0.0.1";  // RTP is bound and offered here
    std::uint16_t port_low = 20'000;
    std::uint16_t port_high = 29'999;
    int threads = 1;
    std::chrono::milliseconds lost_after{10'000};
};

struct LimitSettings {
    std::size_t calls = 2'000;               // above it 503
    std::size_t new_calls_per_second = 200;  // INVITEs outside a dialog, from everybody together
    std::size_t message_bytes = 65'535;      // one SIP message
};

// What new callers meet while the journal cannot be written.
struct JournalSettings {
    enum class WhenUnwritable : std::uint8_t {
        refuse,    // 503: their network tries another way, or says so
        announce,  // they are answered and asked to call again
    };

    WhenUnwritable when_unwritable = WhenUnwritable::refuse;
    std::size_t announced_at_once = 50;  // more are refused
};

struct PromptSettings {
    std::filesystem::path recorded;  // WAVs a person recorded; each replaces the rendered one
};

// By which ways people outside are told, and how hard it is tried.
struct NotificationSettings {
    std::optional<outbox::TextGatewaySettings> text_gateway;
    std::filesystem::path text_secret;  // the file; read when the centre starts
    std::optional<outbox::MailSettings> mail;
    std::filesystem::path mail_secret;
    outbox::Pace pace;
    std::optional<outbox::Wording> wording;  // nothing: nobody is told anything
};

struct SystemSettings {
    SipSettings sip;
    MediaSettings media;
    LimitSettings limits;
    JournalSettings journal;
    PromptSettings prompts;
    NotificationSettings notifications;
    std::vector<telephony::DeskCode> desk_codes;  // agents.toml, [[code]]
};

// A whole configuration folder, read and checked.
struct Loaded {
    centre::Configuration centre;
    SystemSettings system;
    std::optional<PromptTexts> texts;  // nothing: they are not here
};

}  // namespace amer::config
