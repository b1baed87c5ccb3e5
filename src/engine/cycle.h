#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/centre/centre.h"
#include "engine/clock.h"
#include "engine/engine.h"
#include "engine/journal.h"

namespace amer::engine {

struct Submission {
    centre::Command command;
    Answer answer;
    std::uint64_t failures_heard = kAnyOrder;
};

// What the engine does with one batch, without its thread: decide, apply, write, publish, answer.
// Simulations run it as it is. One thread.
class Cycle {
public:
    using OnTrouble = std::function<void(const std::string&)>;

    Cycle(Journal& journal, Clock& clock, OnTrouble on_trouble);

    void subscribe(Subscriber subscriber);
    Result<void> load();

    // A Tick first, when a deadline has passed; `batch` may be empty.
    void run(std::vector<Submission>& batch);

    // When run() should be called even without commands.
    std::optional<Instant> next_wake() const;

    const centre::State& state() const { return state_; }
    EngineStatus status();

private:
    struct Decided {
        std::size_t first = 0, last = 0;  // of entries_
        std::optional<Outcome> outcome;   // when it is known before the journal is written
    };

    bool is_failing() const { return failing_since_.has_value(); }
    bool may_try(Instant now) const { return !is_failing() || now >= next_try_; }
    Instant read_clock();
    Decided decide(const Submission& submission, Instant now);
    Decided decide(const centre::Command& command, Instant now);
    Outcome failed(std::string why) const;
    void decide_tick(Instant now);
    Result<void> write(Instant now);
    void fall_back(Instant now, std::uint64_t before, const Error& error);
    void count_failure(const std::vector<Submission>& batch);
    void sound_alarm(Instant now, const Error& error);
    Result<void> reload();
    Result<void> rebuild(Snapshot from);
    void publish(const std::vector<Entry>& entries);
    void trouble(const std::string& what) const;

    Journal& journal_;
    Clock& clock_;
    OnTrouble on_trouble_;
    std::vector<Subscriber> subscribers_;

    centre::State state_;
    std::uint64_t sequence_ = 0;  // of the last entry applied to state_
    // The last one that subscribers know; nothing before load().
    std::optional<std::uint64_t> published_;
    Instant last_at_;
    std::vector<Entry> entries_;  // of the batch at hand

    std::optional<Instant> failing_since_;
    std::string failure_;
    Instant next_try_;
    Instant next_alarm_;
    bool state_is_lost_ = false;         // a failed write could not be undone yet
    std::optional<centre::State> kept_;  // while failing: the state before the batch
    std::optional<Instant> next_tick_;   // not before: the last Tick had no effect

    std::uint64_t failures_ = 0;  // batches that failed, of those that had commands in order
    std::uint64_t commands_ = 0;
    std::uint64_t batches_ = 0;
    std::uint64_t hashed_at_ = 0;
    std::string hash_;
};

}  // namespace amer::engine
