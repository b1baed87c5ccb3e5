#include "outbox/schedule.h"

#include <algorithm>

namespace amer::outbox {

using notification::Notification;

namespace {

constexpr int kFailuresOfAWay = 3;  // in a row, before everybody waits
constexpr int kMostDoublings = 20;  // more would leave the range of a Duration
constexpr int kJitterPercent = 20;

}  // namespace

Schedule::Due Schedule::due_of(const std::string& to, const Line& line) const {
    const auto& [id, first] = *line.waiting.begin();
    const Instant gives_up = first.owed_at + pace_.give_up_after;
    return {std::min(std::max(first.owed_at, line.next_try), gives_up), id, to};
}

// Doubled with every try, never the same for two that failed together.
Duration Schedule::pause(int tries) {
    const int doublings = std::clamp(tries - 1, 0, kMostDoublings);
    const Duration whole = std::min(pace_.first_pause * (1 << doublings), pace_.longest_pause);
    const auto percent = static_cast<int>(rng_.below(2 * kJitterPercent + 1)) - kJitterPercent;
    return whole + whole * percent / 100;
}

void Schedule::owe(const Notification& notification) {
    Way& way = way_of(notification);
    Line& line = way.lines[notification.to];
    if (!line.waiting.empty()) way.dues.erase(due_of(notification.to, line));
    if (line.waiting.emplace(notification.id, notification).second) ++size_;
    way.dues.insert(due_of(notification.to, line));
}

// What has been due for the longest, so that neither way keeps the other waiting.
std::optional<Notification> Schedule::due(Instant now) const {
    const Way* first = nullptr;
    for (const Way& way : ways_) {
        if (way.dues.empty() || way.closed_until > now) continue;
        if (first == nullptr || *way.dues.begin() < *first->dues.begin()) first = &way;
    }
    if (first == nullptr) return std::nullopt;
    const auto& [at, id, to] = *first->dues.begin();
    if (at > now) return std::nullopt;
    return first->lines.at(to).waiting.at(id);
}

std::optional<Instant> Schedule::next_due() const {
    std::optional<Instant> next;
    for (const Way& way : ways_) {
        if (way.dues.empty()) continue;
        const Instant at = std::max(std::get<Instant>(*way.dues.begin()), way.closed_until);
        next = std::min(at, next.value_or(at));
    }
    return next;
}

void Schedule::ended(const Notification& notification, bool has_answered) {
    Way& way = way_of(notification);
    if (has_answered) {
        way.failures = 0;
        way.closed_until = Instant::min();
    }
    const auto found = way.lines.find(notification.to);
    if (found == way.lines.end() || !found->second.waiting.contains(notification.id)) return;
    Line& line = found->second;
    way.dues.erase(due_of(notification.to, line));
    line.waiting.erase(notification.id);
    --size_;
    line.tries = 0;
    line.next_try = Instant::min();
    if (line.waiting.empty()) {
        way.lines.erase(found);
    } else {
        way.dues.insert(due_of(notification.to, line));
    }
}

void Schedule::failed(const Notification& notification, Instant now) {
    Way& way = way_of(notification);
    way.failures += 1;
    const int beyond = way.failures - kFailuresOfAWay + 1;
    if (beyond > 0) way.closed_until = now + pause(beyond);
    const auto found = way.lines.find(notification.to);
    if (found == way.lines.end()) return;
    Line& line = found->second;
    way.dues.erase(due_of(notification.to, line));
    line.tries += 1;
    line.next_try = now + pause(line.tries);
    way.dues.insert(due_of(notification.to, line));
}

}  // namespace amer::outbox
