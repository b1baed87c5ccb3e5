#pragma once

#include <deque>
#include <functional>

#include "core/centre/command.h"
#include "engine/engine.h"

namespace amer::telephony {

// Takes commands to the engine and never loses one that reports a fact: while the mailbox is full
// or the journal cannot be written it keeps them, in order, and offers them again. Facts are
// idempotent, so a second delivery does no harm. Signalling thread only.
class CommandPost {
public:
    // submit: false when the mailbox is full; the answer comes on the signalling thread.
    using Submit = std::function<bool(centre::Command, engine::Answer)>;
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
    void try_again_later();

    Submit submit_;
    After after_;
    std::deque<centre::Command> kept_;
    bool is_waiting_ = false;
};

}  // namespace amer::telephony
