#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/centre/event.h"
#include "core/centre/state.h"

namespace amer::centre::example {

// Books who enters and leaves queues, event by event (acd.md 6.1, I3 and I4): a contact that enters
// a queue from outside may enter others beside it; it leaves each once with one reason, the first
// one last and alone for a reason that counts, and is in none when it talks, goes on in its flow or
// has ended. For tests; not part of the program.
class QueueAccount {
public:
    QueueAccount() = default;
    // From a state on: who stands in it stands in the books.
    explicit QueueAccount(const State& state) {
        for (const auto& [id, contact] : state.contacts) {
            if (!contact.waits()) continue;
            Standing& standing = standing_[id];
            standing.first = contact.queue;
            for (const auto& also : contact.also) standing.others.insert(also.queue);
        }
    }

    // The sentences that this event makes untrue.
    std::vector<std::string> take(const Event& event) {
        broken_.clear();
        if (const auto* queued = std::get_if<ContactQueued>(&event)) {
            expect(!standing_.contains(queued->contact), queued->contact,
                   "enters only from outside");
            standing_[queued->contact] = {queued->queue, {}};
        } else if (const auto* also = std::get_if<ContactAlsoQueued>(&event)) {
            const auto found = standing_.find(also->contact);
            const bool stands = found != standing_.end() && found->second.first != also->queue;
            expect(stands && found->second.others.insert(also->queue).second, also->contact,
                   "enters a further queue once, beside its first one");
        } else if (const auto* left = std::get_if<QueueLeft>(&event)) {
            leave(*left);
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
    struct Standing {
        QueueId first;
        std::set<QueueId> others;

        bool operator==(const Standing&) const = default;
    };

    void leave(const QueueLeft& left) {
        const auto found = standing_.find(left.contact);
        if (found == standing_.end()) {
            expect(false, left.contact, "leaves the queue it stands in");
        } else if (found->second.others.erase(left.queue) > 0) {
            const bool is_counted = left.how != QueueExit::answered_elsewhere &&
                                    left.how != QueueExit::elsewhere &&
                                    left.how != QueueExit::no_agent;
            expect(!is_counted, left.contact, "is counted in its first queue");
        } else {
            expect(found->second.first == left.queue, left.contact,
                   "leaves the queue it stands in");
            expect(found->second.others.empty(), left.contact, "leaves its first queue last");
            expect(left.how != QueueExit::answered_elsewhere, left.contact,
                   "is counted in its first queue");
            standing_.erase(found);
        }
    }

    void expect(bool is_true, ContactId contact, const char* what) {
        if (!is_true) broken_.push_back(fmt::format("contact {} {}", contact.value, what));
    }
    void is_outside(ContactId contact) {
        expect(!standing_.contains(contact), contact, "has left its queue before what follows");
    }

    std::map<ContactId, Standing> standing_;
    std::vector<std::string> broken_;
};

}  // namespace amer::centre::example
