#include "core/centre/ledger_line.h"

#include <string_view>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "base/reflected_name.h"
#include "base/utc_text.h"

namespace amer::centre {

namespace {

std::string text_of(const Window& window) {
    return utc_text(window.from) + ".." + utc_text(window.until);
}

std::string text_of(const std::optional<PhoneNumber>& number) {
    return number ? number->e164() : "none";
}

// Words of people: one line of the ledger stays one line, and a value one word.
std::string word_of(std::string_view words) {
    std::string word;
    for (const char letter : words) {
        const bool is_plain = letter != '%' && static_cast<unsigned char>(letter) > ' ';
        word += is_plain ? std::string(1, letter)
                         : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return word;
}

struct Line {
    Instant at;

    std::string of(PromiseId promise, std::string_view what, std::string_view rest) const {
        return fmt::format("{} {} {}{}{}", utc_text(at), promise.value, what,
                           rest.empty() ? "" : " ", rest);
    }
};

}  // namespace

std::optional<std::string> ledger_line(const Event& event, Instant at) {
    using Maybe = std::optional<std::string>;
    const Line line{at};
    const Overloaded telling{
        [&](const PromiseMade& made) -> Maybe {
            const callback::Promise& promise = made.promise;
            return line.of(
                promise.id, "made",
                fmt::format("reference={} origin={} number={} language={} queue={} contact={} "
                            "due={} calendar={}",
                            promise.reference, enum_name(promise.origin), text_of(promise.number),
                            enum_name(promise.language), word_of(promise.queue.value),
                            promise.made_in.value, text_of(promise.due), promise.calendar_version));
        },
        [&](const PromiseJoined& joined) -> Maybe {
            return line.of(joined.promise, "joined",
                           fmt::format("contact={}", joined.contact.value));
        },
        [&](const PromiseNumberGiven& given) -> Maybe {
            return line.of(given.promise, "number", fmt::format("number={}", given.number.e164()));
        },
        [&](const MessageLeft& left) -> Maybe {
            return line.of(
                left.promise, "message",
                fmt::format("contact={} recording={} length_ms={} sha256={}", left.contact.value,
                            left.recording.value, left.length_ms, left.sha256));
        },
        [&](const PromisePlaced& placed) -> Maybe {
            return line.of(placed.promise, "placed",
                           fmt::format("queue={} since={}", word_of(placed.queue.value),
                                       utc_text(placed.since)));
        },
        [&](const PromiseRedated& redated) -> Maybe {
            return line.of(redated.promise, "redated",
                           fmt::format("due={} due_before={} calendar={}", text_of(redated.due),
                                       text_of(redated.due_before), redated.calendar_version));
        },
        [&](const AttemptStarted& started) -> Maybe {
            return line.of(started.promise, "dialled",
                           fmt::format("attempt={} contact={} agent={} number={}", started.attempt,
                                       started.contact.value,
                                       started.agent ? word_of(started.agent.value) : "none",
                                       started.number.e164()));
        },
        [&](const AttemptFailed& failed) -> Maybe {
            return line.of(failed.promise, "failed",
                           fmt::format("contact={} outcome={} next_try={}", failed.contact.value,
                                       enum_name(failed.outcome),
                                       failed.next_try ? utc_text(*failed.next_try) : "none"));
        },
        [&](const PromisePutBack& back) -> Maybe {
            return line.of(back.promise, "put_back",
                           fmt::format("next_try={}", utc_text(back.next_try)));
        },
        [&](const PromiseOverdue& overdue) -> Maybe {
            return line.of(overdue.promise, "overdue", "");
        },
        [&](const PromiseKept& kept) -> Maybe {
            return line.of(kept.promise, "kept", fmt::format("contact={}", kept.contact.value));
        },
        [&](const PromiseBroken& broken) -> Maybe {
            return line.of(broken.promise, "broken",
                           fmt::format("reason={}", enum_name(broken.reason)));
        },
        [&](const PromiseWithdrawn& withdrawn) -> Maybe {
            return line.of(
                withdrawn.promise, "withdrawn",
                fmt::format("by={} reason={}", word_of(withdrawn.by), word_of(withdrawn.reason)));
        },
        [&](const NotificationOwed& owed) -> Maybe {
            const notification::Notification& row = owed.notification;
            if (!row.promise) return std::nullopt;
            return line.of(
                row.promise, "notification",
                fmt::format("notification={} occasion={} channel={} to={}", row.id.value,
                            enum_name(row.occasion), enum_name(row.channel), word_of(row.to)));
        },
        [](const auto&) -> Maybe { return std::nullopt; },
    };
    return std::visit(telling, event);
}

PromiseId promise_of_line(const Event& event) {
    const Overloaded naming{
        [](const PromiseMade& made) { return made.promise.id; },
        [](const NotificationOwed& owed) { return owed.notification.promise; },
        [](const auto& other) {
            if constexpr (requires { PromiseId{other.promise}; }) return PromiseId{other.promise};
            return PromiseId{};
        },
    };
    return std::visit(naming, event);
}

}  // namespace amer::centre
