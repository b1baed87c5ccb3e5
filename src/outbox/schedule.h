#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "base/instant.h"
#include "base/rng.h"
#include "core/notification/notification.h"

namespace amer::outbox {

struct Pace {
    Duration first_pause = std::chrono::seconds{30};  // after a try that failed; doubled each time
    Duration longest_pause = std::chrono::minutes{30};
    Duration give_up_after = std::chrono::hours{24};  // since it became owed
};

// Who is written to next, and when. To one recipient in the order of the ids, the next one only
// when the one before has ended. A recipient who could not be reached waits; when a way out has
// failed several times in a row, all who are told by it wait. Pure.
class Schedule {
public:
    Schedule(Pace pace, std::uint64_t seed) : pace_{pace}, rng_{seed} {}

    void owe(const notification::Notification& notification);
    // Whose turn it is; nothing: nobody's yet.
    std::optional<notification::Notification> due(Instant now) const;
    // When due() may give one; nothing: nobody is owed anything.
    std::optional<Instant> next_due() const;
    // It is too old to be of use.
    bool is_stale(const notification::Notification& notification, Instant now) const {
        return now - notification.owed_at >= pace_.give_up_after;
    }

    // What became of the one that was due. has_answered: the way out works, whatever it said.
    void ended(const notification::Notification& notification, bool has_answered);
    void failed(const notification::Notification& notification, Instant now);

    std::size_t size() const { return size_; }

private:
    struct Line {  // of one recipient
        std::map<NotificationId, notification::Notification> waiting;
        int tries = 0;  // of the first
        Instant next_try = Instant::min();
    };
    using Due = std::tuple<Instant, NotificationId, std::string>;
    struct Way {  // of one channel
        std::map<std::string, Line> lines;
        std::set<Due> dues;  // one of each line
        int failures = 0;    // in a row
        Instant closed_until = Instant::min();
    };

    Due due_of(const std::string& to, const Line& line) const;
    Duration pause(int tries);
    Way& way_of(const notification::Notification& notification) {
        return ways_.at(static_cast<std::size_t>(notification.channel));
    }

    Pace pace_;
    Rng rng_;
    std::array<Way, 2> ways_;
    std::size_t size_ = 0;
};

}  // namespace amer::outbox
