#include "telephony/command_post.h"

#include <chrono>
#include <utility>

namespace amer::telephony {

using namespace std::chrono_literals;

// Long enough not to hammer a full disk, short enough that nobody waits for it.
constexpr Duration kPauseBeforeNextTry = 200ms;

CommandPost::CommandPost(Submit submit, After after)
    : submit_{std::move(submit)}, after_{std::move(after)} {}

void CommandPost::report(centre::Command fact) {
    kept_.push_back(std::move(fact));
    if (!is_waiting_) deliver();
}

void CommandPost::ask(centre::Command wish, engine::Answer answer) {
    if (submit_(std::move(wish), answer)) return;
    engine::Outcome full;
    full.kind = engine::Outcome::Kind::failed;
    full.failure = "the engine's mailbox is full";
    answer(full);
}

void CommandPost::deliver() {
    while (!kept_.empty() && !is_waiting_) {
        const centre::Command fact = kept_.front();
        const auto answer = [this, fact](const engine::Outcome& outcome) {
            if (outcome.kind != engine::Outcome::Kind::failed) return;
            kept_.push_back(fact);
            try_again_later();
        };
        if (!submit_(fact, answer)) return try_again_later();
        kept_.pop_front();
    }
}

void CommandPost::try_again_later() {
    if (is_waiting_) return;
    is_waiting_ = true;
    after_(kPauseBeforeNextTry, [this] {
        is_waiting_ = false;
        deliver();
    });
}

}  // namespace amer::telephony
