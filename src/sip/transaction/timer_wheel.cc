#include "sip/transaction/timer_wheel.h"

#include <bit>

namespace amer::sip {
namespace {

std::int64_t tick_before(MonotonicInstant at) { return at.time_since_epoch() / TimerWheel::kSlot; }

}  // namespace

// Node 0 is nobody, so that a zero index can mean "none".
TimerWheel::TimerWheel() : nodes_(1), lists_(kSlots + 1) {}

TimerId TimerWheel::set(MonotonicInstant now, MonotonicInstant at, Alarm alarm) {
    std::uint32_t index = 0;
    if (free_.empty()) {
        index = static_cast<std::uint32_t>(nodes_.size());
        nodes_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    // Rounded up: never early.
    std::int64_t tick = tick_before(at + kSlot - Duration{1});
    if (size_ == 0) tick_ = std::max(tick_, tick_before(now));
    if (tick <= tick_) tick = tick_ + 1;
    nodes_[index].tick = tick;
    nodes_[index].alarm = alarm;
    append(static_cast<std::size_t>(tick) % kSlots, index);
    ++size_;
    return {index, nodes_[index].generation};
}

void TimerWheel::cancel(TimerId& timer) {
    const TimerId which = std::exchange(timer, {});
    if (!which || nodes_[which.node].generation != which.generation) return;
    unlink(which.node);
    release(which.node);
}

std::optional<Alarm> TimerWheel::take_due(MonotonicInstant now) {
    const std::int64_t until = tick_before(now);
    while (lists_[kDue].first == 0) {
        const auto next_tick = next_occupied_tick();
        if (!next_tick || *next_tick > until) {
            tick_ = std::max(tick_, until);
            return {};
        }
        tick_ = *next_tick;
        collect_slot();
    }
    const std::uint32_t index = lists_[kDue].first;
    const Alarm alarm = nodes_[index].alarm;
    unlink(index);
    release(index);
    return alarm;
}

std::optional<MonotonicInstant> TimerWheel::next() const {
    const auto at_tick = [](std::int64_t tick) { return MonotonicInstant{tick * kSlot}; };
    if (lists_[kDue].first != 0) return at_tick(tick_);
    const auto tick = next_occupied_tick();
    if (!tick) return {};
    return at_tick(*tick);
}

void TimerWheel::append(std::size_t list, std::uint32_t index) {
    Node& node = nodes_[index];
    node.list = static_cast<std::uint32_t>(list);
    node.before = lists_[list].last;
    node.after = 0;
    if (node.before != 0) {
        nodes_[node.before].after = index;
    } else {
        lists_[list].first = index;
    }
    lists_[list].last = index;
    if (list < kSlots) occupied_[list / 64] |= std::uint64_t{1} << (list % 64);
}

void TimerWheel::unlink(std::uint32_t index) {
    const Node& node = nodes_[index];
    List& list = lists_[node.list];
    (node.before != 0 ? nodes_[node.before].after : list.first) = node.after;
    (node.after != 0 ? nodes_[node.after].before : list.last) = node.before;
    if (list.first == 0 && node.list < kSlots) {
        occupied_[node.list / 64] &= ~(std::uint64_t{1} << (node.list % 64));
    }
}

void TimerWheel::release(std::uint32_t index) {
    ++nodes_[index].generation;
    free_.push_back(index);
    --size_;
}

// Moves what is due out of the slot of tick_; a later round of the wheel stays.
void TimerWheel::collect_slot() {
    std::uint32_t index = lists_[static_cast<std::size_t>(tick_) % kSlots].first;
    while (index != 0) {
        const std::uint32_t after = nodes_[index].after;
        if (nodes_[index].tick <= tick_) {
            unlink(index);
            append(kDue, index);
        }
        index = after;
    }
}

std::optional<std::int64_t> TimerWheel::next_occupied_tick() const {
    const auto start = static_cast<std::size_t>(tick_ + 1) % kSlots;
    // The word that holds `start` is looked at twice: its upper part first, its lower part last.
    for (std::size_t step = 0; step <= occupied_.size(); ++step) {
        const std::size_t word = (start / 64 + step) % occupied_.size();
        std::uint64_t bits = occupied_[word];
        const std::uint64_t from_start = ~std::uint64_t{0} << (start % 64);
        if (step == 0) bits &= from_start;
        if (step == occupied_.size()) bits &= ~from_start;
        if (bits == 0) continue;
        const std::size_t slot = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        const std::size_t distance = (slot + kSlots - start) % kSlots;
        return tick_ + 1 + static_cast<std::int64_t>(distance);
    }
    return {};
}

}  // namespace amer::sip
