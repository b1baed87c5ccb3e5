#pragma once

#include <optional>
#include <set>
#include <vector>

#include "core/centre/centre.h"
#include "core/centre/world.h"

namespace amer::centre {

// A decision being made: the events so far, and the world as they leave it, so that each rule looks
// at what is already decided. References into `world` die at the next add().
class Deciding {
public:
    enum class Over : std::uint8_t {
        changes,  // copies what it touches
        copy,     // copies the whole state: for a new configuration
    };

    Deciding(const State& state, Instant instant, Over over = Over::changes);

    template <typename Happened>
    void add(Happened event) {
        note(Event{std::move(event)});
    }

    const World& world() const { return world_; }
    Instant now() const { return now_; }
    bool is_open() const;                      // is the centre, now?
    bool is_open(const QueueId& queue) const;  // is its office?
    // May its citizens be called now: in its official hours, and the hours in which one may call?
    bool may_call(const QueueId& queue) const;
    std::vector<Event> take_events() { return std::move(events_); }

    ContactId new_contact() { return ContactId{world_.last().contact + 1}; }
    OfferId new_offer() { return OfferId{world_.last().offer + 1}; }
    PromiseId new_promise() { return PromiseId{world_.last().promise + 1}; }
    RecordingId new_recording() { return RecordingId{world_.last().recording + 1}; }
    NotificationId new_notification() { return NotificationId{world_.last().notification + 1}; }
    PlaybackId new_playback() { return PlaybackId{world_.last().playback + 1}; }

    // Has this decision owed somebody a notification of it?
    bool has_owed(notification::Occasion occasion) const { return owed_.contains(occasion); }

    // Queues in which somebody may now be matched, or a promise called.
    std::set<QueueId>& touched() { return touched_; }
    void touch_all_queues();

private:
    void note(Event event);
    void touch(const Event& event);
    void touch_queues_of(ContactId contact);
    void touch_queues_of(const AgentId& agent);

    std::optional<State> copy_;
    World world_;
    Instant now_;
    mutable std::optional<bool> is_open_;
    std::vector<Event> events_;
    std::set<QueueId> touched_;
    std::set<notification::Occasion> owed_;
};

}  // namespace amer::centre
