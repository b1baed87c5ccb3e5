#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "draws.h"
#include "engine/cycle.h"
#include "engine/fake_clock.h"
#include "journal_of_year.h"
#include "manners.h"
#include "outside.h"
#include "rules_of_year.h"
#include "witness.h"

namespace amer::year {

enum class Life : std::uint8_t {
    world,   // people, who live on when our process dies
    process  // legs, prompts, phones that ring: they end with it
};

struct Caller {
    std::optional<PhoneNumber> number;  // whose telephone it is
    bool is_hidden = false;             // and does not show it
    std::string dialled;
};

// The world around the real engine, with a disk and a clock of its own, made up from a seed: same
// seed, same journal. Lives through whatever was planned into it.
class Year {
public:
    Year(std::uint64_t seed, const Manners& manners, Instant begin);

    // A whole year, and then as long as it takes until every promise has an end.
    void live_through_2026(unsigned months = 12);  // its first ones only
    // plan.cc: a process starts, by the rules of the new year.
    void begin();
    void live_until(Instant end);
    void judge_end();

    void at(Instant when, std::function<void()> action, Life life);
    void in(Duration delay, std::function<void()> action, Life life = Life::process);
    void ring(const Caller& caller);
    void plan_shift(const AgentId& agent, Instant from, Instant until);
    void order(const Order& order);
    // The process dies when the world has heard of so many more events.
    void die_after_effects(std::uint64_t number) { effects_left_ = number; }

    sim::Draws draws;
    JournalOfYear journal;
    Outside outside;
    Witness witness{outside};
    std::uint64_t crashes = 0;
    std::uint64_t effects = 0;  // events that the world heard of

private:
    // year.cc: time, the engine, the process
    void post(const centre::Command& command);
    void post_in(Duration delay, const centre::Command& command);
    void answered(const centre::Command& command, const engine::Outcome& outcome);
    std::optional<Instant> next_instant() const;
    void gather(Instant until);
    void run_engine();
    void hear(const std::vector<engine::Entry>& news);
    void start_process();
    void restart();
    void come_back();
    void insist(const centre::Command& command);
    void compare_states() const;
    void keep_snapshot();

    // plan.cc
    void plan_calls();
    void plan_week(Instant begin);
    void plan_call(Instant when);
    void plan_orders();
    void plan_mishaps();
    void plan_days();
    void begin_day(Instant morning);
    void withdraw_one();
    void follow_order(const Order& order);
    bool is_done(const centre::Command& command);
    Caller draw_caller();
    std::optional<PhoneNumber> draw_number();

    // callers.cc
    void hang_up(ContactId contact);
    void open_leg(const centre::ContactOpened& opened);
    void speak(const centre::PromptStarted& prompt);
    void type(const centre::InputAwaited& awaited);
    std::string keys_for(const contact::Contact& contact);
    void record(const centre::RecordingStarted& started);
    void finish_recording(RecordingId recording, bool is_empty);
    void wait(const centre::ContactQueued& queued);
    void end_call(const centre::ContactEnded& ended);
    void call_again(const Caller& caller);
    void cut_off();

    // agents.cc: agents, and citizens who are called back
    void ring_agent(const centre::OfferMade& made);
    void talk(const centre::ContactConnected& connected);
    void ring_citizen(const centre::AttemptStarted& started);
    void post_letter(NotificationId letter);
    void wake_world();

    void react(const engine::Entry& entry);
    bool lives(ContactId contact) const { return witness.state().contacts.contains(contact); }

    const Manners manners_;
    engine::FakeClock clock_;
    std::unique_ptr<engine::Cycle> cycle_;
    struct Planned {
        std::function<void()> action;
        Life life = Life::process;
    };
    std::multimap<Instant, Planned> agenda_;
    std::vector<engine::Submission> batch_;
    std::vector<engine::Entry> published_;
    std::map<LegId, Caller> on_line_;
    std::uint64_t last_leg_ = 0;
    std::map<ContactId, LegId> legs_;
    std::map<ContactId, PromiseId> called_for_;  // our own calls that are out
    std::set<AgentId> on_shift_;
    std::uint64_t dials_ = 0;
    std::uint64_t effects_left_ = 0;  // 0: it does not die by them
    Instant last_call_;               // nobody new rings after it
};

}  // namespace amer::year
