#pragma once

#include <string>

#include "core/notification/notification.h"

// Notifications as the core owes them, for tests.
namespace amer::outbox::example {

inline constexpr Instant kStart{std::chrono::sys_days{std::chrono::year{2026} / 11 / 19} +
                                std::chrono::hours{14}};

inline notification::Notification text_to(const std::string& number, std::uint64_t id) {
    notification::Notification row;
    row.id = NotificationId{id};
    row.to = number;
    row.number = number;
    row.language = Language::english;
    row.promise = PromiseId{id};
    row.reference = "4711";
    row.day = "2026-11-20";
    row.from_minute = 450;
    row.until_minute = 720;
    row.owed_at = kStart;
    return row;
}

inline notification::Notification mail_to(const std::string& address, std::uint64_t id) {
    notification::Notification row = text_to(address, id);
    row.channel = notification::Channel::mail;
    row.occasion = notification::Occasion::promise_broken;
    row.number = "+971501234567";
    return row;
}

}  // namespace amer::outbox::example
