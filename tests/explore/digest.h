#pragma once

#include <bit>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "core/centre/state.h"

namespace amer::explore {

// 128 bits of all that is put into it, in order: two states with one digest are taken for one. By
// the birthday bound ten million states collide with a chance below 2^-80.
class Digest {
public:
    using Key = std::pair<std::uint64_t, std::uint64_t>;

    Key key() const { return {one_, other_}; }

    void add(std::uint64_t value) {
        one_ = std::rotl((one_ ^ value) * 0x9e3779b97f4a7c15ULL, 29);
        other_ = std::rotl(other_ + value * 0xc2b2ae3d27d4eb4fULL, 31) * 0xd6e8feb86659fd93ULL;
    }
    template <typename T>
    requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void add(T value) {
        add(static_cast<std::uint64_t>(value));
    }
    void add(const std::string& text) {
        add(text.size());
        std::uint64_t word = 0;
        unsigned filled = 0;
        for (const char letter : text) {
            word = word << 8U | static_cast<unsigned char>(letter);
            if (++filled % 8 == 0) add(std::exchange(word, 0));
        }
        add(word);
    }
    void add(const PhoneNumber& number) { add(number.e164()); }
    template <typename Tag>
    void add(const Id<Tag>& id) {
        add(id.value);
    }
    template <typename Tag>
    void add(const Name<Tag>& name) {
        add(name.value);
    }
    template <typename Rep, typename Period>
    void add(std::chrono::duration<Rep, Period> duration) {
        add(duration.count());
    }
    void add(Instant instant) { add(instant.time_since_epoch()); }
    template <typename T>
    void add(const std::optional<T>& value) {
        add(value.has_value());
        if (value) add(*value);
    }
    template <typename... Ts>
    void add(const std::tuple<Ts...>& values) {
        std::apply([&](const auto&... value) { (add(value), ...); }, values);
    }
    template <typename A, typename B>
    void add(const std::pair<A, B>& values) {
        add(values.first);
        add(values.second);
    }
    template <typename... Ts>
    void add(const std::variant<Ts...>& value) {
        add(value.index());
        std::visit([&](const auto& alternative) { add(alternative); }, value);
    }
    template <std::ranges::range T>
    void add(const T& values) {
        std::uint64_t size = 0;
        for (const auto& value : values) {
            add(value);
            ++size;
        }
        add(size);
    }
    template <HasFields T>
    void add(const T& value) {
        std::apply([&](const auto&... field) { (add(value.*field.member), ...); }, T::fields());
    }

    // Its lines tell how the state was reached; nothing that may happen hangs on them.
    void add(const callback::Ledger& ledger) { add(ledger.seal_at); }
    void add(const centre::Deadline& deadline) {
        add(std::tie(deadline.at, deadline.kind, deadline.number, deadline.name));
    }
    void add(const queue::Lane& lane) { add(std::tie(lane.queue, lane.language)); }
    void add(const queue::Pool& pool) { add(std::tie(pool.queue, pool.language, pool.step)); }
    void add(const queue::Place& place) {
        add(std::tie(place.pool, place.is_ordinary, place.score, place.is_callback, place.since,
                     place.contact));
    }
    void add(const queue::Idle& idle) {
        add(std::tie(idle.pool, idle.tier, idle.rank, idle.since, idle.agent));
    }
    void add(const centre::LaneTally& tally) {
        add(std::tie(tally.logged_in, tally.callbacks_waiting, tally.callbacks_with_agents,
                     tally.present, tally.customers_dialled, tally.deadline,
                     tally.first_due_and_closing));
    }
    // What is derived counts too: were it wrong after one of two ways to the same rows, both ways
    // would be gone on from.
    void add(const centre::Indexes& indexes) {
        add(std::tie(indexes.deadlines, indexes.places, indexes.held, indexes.idle,
                     indexes.availability, indexes.promises_due, indexes.holders, indexes.callbacks,
                     indexes.promises_by_number, indexes.last_agents_by_time,
                     indexes.promises_by_reference, indexes.ended_promises, indexes.tallies,
                     indexes.present, indexes.customers_dialled, indexes.contacts_by_version));
    }

private:
    std::uint64_t one_ = 0x243f6a8885a308d3ULL;
    std::uint64_t other_ = 0x13198a2e03707344ULL;
};

}  // namespace amer::explore
