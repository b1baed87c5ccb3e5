#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/centre/queue_account.h"
#include "core/centre/state.h"
#include "disk.h"

namespace amer::sim {

struct DayFailed {
    std::string sentence;
};

// Reads the journal as it grows and keeps its own state from it. After every decision the
// invariants hold and the books agree; what does not throws DayFailed.
class Witness {
public:
    // Reads what is new.
    void follow(const Disk& disk);
    void judge_end() const;

    const centre::State& state() const { return state_; }
    std::uint64_t decisions() const { return decisions_; }
    std::uint64_t talks() const { return talks_; }
    std::uint64_t promises() const { return promises_made_; }
    // How often each type of event came about.
    const std::map<std::string_view, std::uint64_t>& events() const { return events_; }

private:
    struct Books {  // of a queue: N = A + B + F + failed + still waiting (acd.md 6.1, I4)
        std::uint64_t entered = 0;
        std::uint64_t left = 0;
    };

    void take(const engine::Entry& entry);
    void before(const centre::Event& event, Instant at);
    void look_at_offer(const centre::OfferMade& made) const;
    void look_at_place(const centre::ContactQueued& queued);
    void look_at_place(const centre::ContactAlsoQueued& queued);
    void look_at_end(const centre::ContactEnded& ended, Instant at) const;
    void look_at_attempt(const centre::AttemptStarted& started);
    void look_after_decision();

    centre::State state_;
    centre::example::QueueAccount account_;
    std::map<QueueId, Books> books_;
    std::map<ContactId, Instant> first_place_;
    std::set<PromiseId> owed_;
    std::set<std::pair<PromiseId, ContactId>> dialled_;
    std::size_t read_ = 0;
    std::uint64_t decisions_ = 0;
    std::uint64_t talks_ = 0;
    std::uint64_t promises_made_ = 0;
    std::map<std::string_view, std::uint64_t> events_;
};

}  // namespace amer::sim
