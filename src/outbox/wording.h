#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "core/centre/configuration.h"
#include "core/notification/notification.h"
#include "outbox/gateway.h"

namespace amer::outbox {

// The texts of one language by their keys: "text.promise_made", "mail.no_opening.subject",
// "form.date" (texts/notifications.<language>.toml, then the ministry's own).
using Texts = std::map<std::string, std::string>;

// Whom an occasion may be told to: citizens by short message, those who answer for the centre by
// mail.
const std::vector<notification::Occasion>& occasions_of(notification::Channel channel);

// So many parts a telephone network cuts a short message into: GSM 03.38 where its letters do,
// else UCS-2.
std::size_t segments_of(std::string_view text);
inline constexpr std::size_t kMostSegments = 3;

// Writes what is told, in the citizen's language; mails in both, Arabic first.
class Wording {
public:
    // Every text is tried with and without a day; all that is wrong comes back, a sentence each.
    static tl::expected<Wording, std::vector<std::string>> make(
        const std::map<Language, Texts>& texts, const centre::TextPair& ministry);

    // Only occasions of the notification's channel (occasions_of).
    Message write(const notification::Notification& notification) const;

private:
    struct Impl;
    explicit Wording(std::shared_ptr<const Impl> impl) : impl_{std::move(impl)} {}
    std::shared_ptr<const Impl> impl_;
};

// By which a gateway knows a notification again; no other centre gives the same.
std::string message_id(const notification::Notification& notification);

}  // namespace amer::outbox
