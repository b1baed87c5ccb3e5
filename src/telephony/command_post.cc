#include "telephony/command_post.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace amer::telephony {

using namespace std::chrono_literals;

// Long enough not to hammer a full disk, short enough that nobody waits for it.
constexpr Duration kPauseBeforeNextTry = 200ms;

CommandPost::CommandPost(Submit submit, After after)
    : submit_{std::move(submit)}, after_{std::move(after)} {}

void CommandPost::report(centre::Command fact) {
    kept_.emplace(next_number_++, std::move(fact));
    deliver();
}

void CommandPost::ask(centre::Command wish, engine::Answer answer) {
    if (submit_(std::move(wish), answer, engine::kAnyOrder)) return;
    engine::Outcome full;
    full.kind = engine::Outcome::Kind::failed;
    full.failure = "the engine's mailbox is full";
    answer(full);
}

void CommandPost::deliver() {
    while (!kept_.empty() && !is_waiting_ && !is_in_doubt_) {
        auto first = kept_.extract(kept_.begin());
        const std::uint64_t number = first.key();
        const centre::Command fact = std::move(first.mapped());
        ++under_way_;
        const auto answer = [this, number, fact](const engine::Outcome& outcome) {
            on_answer(number, fact, outcome);
        };
        if (submit_(fact, answer, failures_heard_)) continue;
        --under_way_;
        kept_.emplace(number, fact);
        try_again_later();
    }
}

// After a failure everything that is under way fails too (Engine::submit). Only when all of it is
// back is it told again: a later fact could be decided before an earlier one otherwise.
void CommandPost::on_answer(std::uint64_t number, const centre::Command& fact,
                            const engine::Outcome& outcome) {
    --under_way_;
    if (outcome.kind == engine::Outcome::Kind::failed) {
        kept_.emplace(number, fact);
        failures_heard_ = std::max(failures_heard_, outcome.failures);
        is_in_doubt_ = true;
    }
    if (!is_in_doubt_ || under_way_ > 0) return;
    is_in_doubt_ = false;
    try_again_later();
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
