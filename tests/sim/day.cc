#include "day.h"

#include <algorithm>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/canonical_json.h"
#include "core/centre/example_centre.h"
#include "engine/state_hash.h"
#include "rules_of_day.h"

namespace amer::sim {

using namespace centre;
using namespace std::chrono_literals;

Day::Day(std::uint64_t seed)
    : draws{Rng{seed}}, begin_{example::dubai("2026-11-23 07:00")}, clock_{begin_} {}

void Day::at(Instant when, Action action, Life life) {
    agenda_.emplace(std::max(when, clock_.now()), Planned{std::move(action), life});
}
void Day::in(Duration delay, Action action, Life life) {
    at(clock_.now() + delay, std::move(action), life);
}

void Day::post(const Command& command) {
    batch_.push_back(
        {command, [this, command](const engine::Outcome& outcome) { answered(command, outcome); }});
}
void Day::post_in(Duration delay, const Command& command) {
    in(delay, [this, command] { post(command); });
}

// What is answered as done is on the disk; what failed is asked for again, as the adapters do.
void Day::answered(const Command& command, const engine::Outcome& outcome) {
    using Kind = engine::Outcome::Kind;
    if (outcome.kind == Kind::failed) {
        if (!std::holds_alternative<OpenContact>(command)) post_in(1s, command);
        return;
    }
    if (outcome.kind == Kind::rejected) {
        const auto reason = outcome.rejection.reason;
        if (reason == RejectionReason::bad_configuration) throw DayFailed{outcome.rejection.text};
        return;
    }
    for (const engine::Entry& entry : outcome.entries) {
        const bool is_there =
            entry.sequence <= disk.entries().size() && disk.entries()[entry.sequence - 1] == entry;
        if (!is_there) throw DayFailed{"what was acknowledged is not on the disk"};
    }
}

std::optional<Instant> Day::next_instant() const {
    std::optional<Instant> next = cycle_->next_wake();
    if (agenda_.empty()) return next;
    const Instant planned = agenda_.begin()->first;
    return next ? std::min(*next, planned) : planned;
}

void Day::gather(Instant until) {
    while (!agenda_.empty() && agenda_.begin()->first <= until) {
        const Action action = std::move(agenda_.begin()->second.action);
        agenda_.erase(agenda_.begin());
        action();
    }
}

void Day::live_until(Instant end) {
    int at_once = 0;
    for (;;) {
        const auto next = next_instant();
        if (!next || *next > end) break;
        at_once = *next <= clock_.now() ? at_once + 1 : 0;
        if (at_once > 5'000) throw DayFailed{"time stands still: a deadline that no Tick moves"};
        clock_.move_to(*next);
        // Now and then the engine is late and decides several commands in one batch.
        if (draws.chance(10)) clock_.advance(draws.between(1ms, 400ms));
        gather(clock_.now());
        run_engine();
    }
    clock_.move_to(end);
}

void Day::run_engine() {
    std::vector<engine::Submission> batch = std::move(batch_);
    batch_.clear();
    try {
        cycle_->run(batch);
    } catch (const ProcessDied&) {
        restart();
        return;
    }
    witness.follow(disk);
    const std::vector<engine::Entry> news = std::move(published_);
    published_.clear();
    for (const engine::Entry& entry : news) react(entry);
}

void Day::start_process() {
    cycle_ = std::make_unique<engine::Cycle>(disk, clock_, nullptr);
    cycle_->subscribe([this](const std::vector<engine::Entry>& entries) {
        published_.insert(published_.end(), entries.begin(), entries.end());
    });
    if (!cycle_->load()) throw DayFailed{"the journal cannot be read"};
}

// The first command of a process comes before all others, however often it fails.
void Day::insist(const Command& command) {
    for (;;) {
        bool is_done = false;
        std::vector<engine::Submission> batch;
        batch.push_back({command, [&](const engine::Outcome& outcome) {
                             is_done = outcome.kind == engine::Outcome::Kind::done;
                         }});
        cycle_->run(batch);
        witness.follow(disk);
        if (is_done) return;
        clock_.advance(1s);
    }
}

// All that was ours has ended with the process: legs, what they played, what was not written.
void Day::restart() {
    for (;;) {
        std::erase_if(agenda_,
                      [](const auto& planned) { return planned.second.life == Life::process; });
        batch_.clear();
        published_.clear();
        clock_.advance(draws.exponential(20s));
        start_process();
        try {
            insist(RecoverFromCrash{});
            break;
        } catch (const ProcessDied&) {
            continue;  // a crash in the recovery: once more
        }
    }
    witness.follow(disk);
    published_.clear();
    wake_world();
}

void Day::live() {
    start_process();
    plan_day();
    const Instant end = example::dubai("2026-11-24 20:00");
    live_until(end);
    is_over_ = true;
    // A batch may have failed at the last moment; everything goes on by itself.
    live_until(end + 2h);
    judge_end();
}

void Day::judge_end() {
    witness.follow(disk);
    witness.judge_end();
    const auto replayed = engine::replay(disk);
    if (!replayed) throw DayFailed{"the journal cannot be replayed"};
    const std::string living = engine::state_hash(cycle_->state());
    if (replayed->state_hash != living) throw DayFailed{"the journal makes another state"};
    if (!(witness.state() == cycle_->state())) throw DayFailed{"the engine shows another state"};
}

std::string Day::journal_hash() const {
    std::string text;
    for (const engine::Entry& entry : disk.entries()) {
        text += fmt::format("{} {} {} {}\n", entry.sequence, entry.decision,
                            entry.at.time_since_epoch().count(), to_json(entry.event));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::string hash;
    for (unsigned index = 0; index < 16; ++index) hash += fmt::format("{:02x}", digest[index]);
    return hash;
}

}  // namespace amer::sim
