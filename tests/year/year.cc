#include "year.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "core/centre/example_centre.h"
#include "engine/state_hash.h"

namespace amer::year {

using namespace centre;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kEntriesBetweenSnapshots = 4'000;
constexpr int kMostAtOnce = 5'000;

}  // namespace

Year::Year(std::uint64_t seed, const Manners& manners, Instant begin)
    : draws{sim::Draws{Rng{seed}}}, manners_{manners}, clock_{begin} {}

void Year::at(Instant when, std::function<void()> action, Life life) {
    agenda_.emplace(std::max(when, clock_.now()), Planned{std::move(action), life});
}
void Year::in(Duration delay, std::function<void()> action, Life life) {
    at(clock_.now() + delay, std::move(action), life);
}

void Year::post(const Command& command) {
    batch_.push_back(
        {command, [this, command](const engine::Outcome& outcome) { answered(command, outcome); }});
}
void Year::post_in(Duration delay, const Command& command) {
    in(delay, [this, command] { post(command); });
}

// What failed is asked for again, as the adapters do; a caller who is turned away rings again.
void Year::answered(const Command& command, const engine::Outcome& outcome) {
    using Kind = engine::Outcome::Kind;
    const auto* open = std::get_if<OpenContact>(&command);
    if (outcome.kind == Kind::failed) {
        witness.excuse(clock_.now() + 2s);
        if (open == nullptr) return post_in(1s, command);
    }
    if (outcome.kind == Kind::rejected &&
        outcome.rejection.reason == RejectionReason::bad_configuration) {
        throw YearFailed{outcome.rejection.text};
    }
    if (open == nullptr || outcome.kind == Kind::done) return;
    const auto found = on_line_.find(open->leg);
    if (found == on_line_.end()) return;
    const Caller caller = found->second;
    on_line_.erase(found);
    ++outside.heard_nothing;
    if (draws.chance(manners_.calls_again_when_cut)) call_again(caller);
}

std::optional<Instant> Year::next_instant() const {
    std::optional<Instant> next = cycle_->next_wake();
    if (agenda_.empty()) return next;
    const Instant planned = agenda_.begin()->first;
    return next ? std::min(*next, planned) : planned;
}

void Year::gather(Instant until) {
    while (!agenda_.empty() && agenda_.begin()->first <= until) {
        const std::function<void()> action = std::move(agenda_.begin()->second.action);
        agenda_.erase(agenda_.begin());
        action();
    }
}

void Year::live_until(Instant end) {
    int at_once = 0;
    for (;;) {
        const auto next = next_instant();
        if (!next || *next > end) break;
        at_once = *next <= clock_.now() ? at_once + 1 : 0;
        if (at_once > kMostAtOnce) throw YearFailed{"a deadline that no Tick moves"};
        clock_.move_to(*next);
        if (draws.chance(manners_.late_engine)) clock_.advance(draws.between(1ms, 400ms));
        try {
            gather(clock_.now());
            run_engine();
        } catch (const ProcessDied&) {
            restart();
        }
    }
    clock_.move_to(end);
    witness.look_at_clock(end);
}

void Year::run_engine() {
    std::vector<engine::Submission> batch = std::move(batch_);
    batch_.clear();
    const std::uint64_t failures = journal.failures();
    cycle_->run(batch);
    if (journal.failures() != failures) witness.excuse(clock_.now() + 2s);
    witness.follow(journal);
    witness.look_at_clock(clock_.now());
    const std::vector<engine::Entry> news = std::move(published_);
    published_.clear();
    hear(news);
    if (journal.last() >= journal.first() + kEntriesBetweenSnapshots) keep_snapshot();
}

void Year::hear(const std::vector<engine::Entry>& news) {
    for (const engine::Entry& entry : news) {
        ++effects;
        if (effects_left_ > 0 && --effects_left_ == 0) throw ProcessDied{};
        react(entry);
    }
}

void Year::keep_snapshot() {
    compare_states();
    journal.keep_snapshot(witness.state());
}

void Year::start_process() {
    cycle_ = std::make_unique<engine::Cycle>(journal, clock_, nullptr);
    cycle_->subscribe([this](const std::vector<engine::Entry>& entries) {
        published_.insert(published_.end(), entries.begin(), entries.end());
    });
    if (!cycle_->load()) throw YearFailed{"the journal cannot be read"};
}

// The first command of a process comes before all others, however often it fails.
void Year::insist(const Command& command) {
    for (;;) {
        bool is_done = false;
        std::vector<engine::Submission> batch;
        batch.push_back({command, [&](const engine::Outcome& outcome) {
                             is_done = outcome.kind == engine::Outcome::Kind::done;
                         }});
        cycle_->run(batch);
        witness.excuse(clock_.now() + 2s);
        witness.follow(journal);
        if (is_done) return;
        clock_.advance(1s);
    }
}

// All that was ours has ended with the process: legs, what they played, what was not written.
void Year::restart() {
    ++crashes;
    std::erase_if(agenda_, [](const auto& each) { return each.second.life == Life::process; });
    batch_.clear();
    published_.clear();
    cut_off();
    clock_.advance(draws.exponential(20s));
    witness.excuse(clock_.now() + 2s);
    try {
        come_back();
    } catch (const ProcessDied&) {
        restart();  // a crash in the recovery: once more
    }
}

void Year::come_back() {
    witness.follow(journal);
    start_process();
    compare_states();
    insist(RecoverFromCrash{});
    const std::vector<engine::Entry> news = std::move(published_);
    published_.clear();
    hear(news);
    wake_world();
}

void Year::compare_states() const {
    if (!(witness.state() == cycle_->state())) throw YearFailed{"the journal makes another state"};
}

void Year::judge_end() {
    compare_states();
    const std::string replayed = engine::state_hash(witness.state());
    if (replayed != engine::state_hash(cycle_->state())) {
        throw YearFailed{"the replayed journal has another hash"};
    }
    witness.judge_end();
}

void Year::begin() {
    start_process();
    insist(RecoverFromCrash{});
    insist(PublishConfiguration{rules_of_new_year()});
    published_.clear();
}

void Year::live_through_2026(unsigned months) {
    last_call_ = example::dubai(months < 12 ? fmt::format("2026-{:02}-01 00:00", months + 1)
                                            : "2027-01-01 00:00");
    begin();
    plan_calls();
    plan_orders();
    plan_mishaps();
    plan_days();
    live_until(last_call_);
    // Nobody new rings; what is owed is done in the two weeks after it.
    live_until(last_call_ + std::chrono::days{15});
    judge_end();
}

// What the world does when it hears of it. Events that mean nothing to it pass.
void Year::react(const engine::Entry& entry) {
    std::visit(Overloaded{
                   [&](const ContactOpened& event) { open_leg(event); },
                   [&](const PromptStarted& event) { speak(event); },
                   [&](const InputAwaited& event) { type(event); },
                   [&](const RecordingStarted& event) { record(event); },
                   [&](const ContactQueued& event) { wait(event); },
                   [&](const ContactEnded& event) { end_call(event); },
                   [&](const OfferMade& event) { ring_agent(event); },
                   [&](const ContactConnected& event) { talk(event); },
                   [&](const AttemptStarted& event) { ring_citizen(event); },
                   [&](const NotificationOwed& event) { post_letter(event.notification.id); },
                   [](const auto&) {},
               },
               entry.event);
}

}  // namespace amer::year
