#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "core/centre/command.h"
#include "engine/engine.h"

namespace amer::telephony {

// Takes commands to the engine and never loses one that reports a fact: while the mailbox is full
// or the journal cannot be written it keeps them and offers them again, in the order in which they
// were reported: no fact is decided before an earlier one. Facts are idempotent, so a second
// delivery does no harm. Signalling thread only.
class CommandPost {
public:
    // As Engine::submit: false when the mailbox is full; the answer comes on the signalling thread.
    using Submit =
        std::function<bool(centre::Command, engine::Answer, std::uint64_t failures_heard)>;
    // after: calls back later on the signalling thread.
    using After = std::function<void(Duration, std::function<void()>)>;

    CommandPost(Submit submit, After after);

    // A fact about the world: delivered until the engine has taken it.
    void report(centre::Command fact);
    // A wish whose refusal matters to the one who asks; full mailbox = answered as failed.
    void ask(centre::Command wish, engine::Answer answer);

    std::size_t kept() const { return kept_.size(); }

private:
    void deliver();
    void on_answer(std::uint64_t number, const centre::Command& fact,
                   const engine::Outcome& outcome);
    void try_again_later();

    Submit submit_;
    After after_;
    std::uint64_t next_number_ = 1;
    std::map<std::uint64_t, centre::Command> kept_;  // by when they were reported
    std::size_t under_way_ = 0;                      // facts not answered yet
    std::uint64_t failures_heard_ = 0;
    bool is_waiting_ = false;   // for the next try
    bool is_in_doubt_ = false;  // one has failed, and others are still under way
};

}  // namespace amer::telephony
