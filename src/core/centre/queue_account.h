#pragma once

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/centre/event.h"
#include "core/centre/state.h"

namespace amer::centre::example {

// Books who enters and leaves queues, event by event (acd.md 6.1, I3 and I4): a contact stands in
// one queue at a time, leaves it once with one reason, and is in none when it talks, goes on in its
// flow or has ended. For tests; not part of the program.
class QueueAccount {
public:
    QueueAccount() = default;
    // From a state on: who stands in it stands in the books.
    explicit QueueAccount(const State& state) {
        using Stage = contact::Contact::Stage;
        for (const auto& [id, contact] : state.contacts) {
            const bool stands = contact.stage == Stage::queued || contact.stage == Stage::offered;
            if (stands) standing_[id] = contact.queue;
        }
    }

    // The sentences that this event makes untrue.
    std::vector<std::string> take(const Event& event) {
        broken_.clear();
        if (const auto* queued = std::get_if<ContactQueued>(&event)) {
            expect(!standing_.contains(queued->contact), queued->contact,
                   "enters only from outside");
            standing_[queued->contact] = queued->queue;
        } else if (const auto* left = std::get_if<QueueLeft>(&event)) {
            const auto found = standing_.find(left->contact);
            const bool is_his = found != standing_.end() && found->second == left->queue;
            expect(is_his, left->contact, "leaves the queue it stands in");
            if (found != standing_.end()) standing_.erase(found);
        } else if (const auto* entered = std::get_if<StepEntered>(&event)) {
            is_outside(entered->contact);
        } else if (const auto* connected = std::get_if<ContactConnected>(&event)) {
            is_outside(connected->contact);
        } else if (const auto* ended = std::get_if<ContactEnded>(&event)) {
            is_outside(ended->contact);
        }
        return broken_;
    }

    bool operator==(const QueueAccount& other) const { return standing_ == other.standing_; }

    std::size_t waiting() const { return standing_.size(); }

private:
    void expect(bool is_true, ContactId contact, const char* what) {
        if (!is_true) broken_.push_back(fmt::format("contact {} {}", contact.value, what));
    }
    void is_outside(ContactId contact) {
        expect(!standing_.contains(contact), contact, "has left its queue before what follows");
    }

    std::map<ContactId, QueueId> standing_;
    std::vector<std::string> broken_;
};

}  // namespace amer::centre::example
