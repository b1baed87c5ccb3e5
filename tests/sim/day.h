#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "disk.h"
#include "draws.h"
#include "engine/cycle.h"
#include "engine/fake_clock.h"
#include "witness.h"

namespace amer::sim {

enum class Life : std::uint8_t {
    world,   // people, who live on when our process dies
    process  // legs, prompts, phones that ring: they end with it
};

struct Caller {
    std::optional<PhoneNumber> number;  // nothing: hidden
    std::string dialled;
    int calls_left = 0;  // he redials so often
    ContactId contact;
};

// One simulated day around the real engine: carriers, phones, callers, agents, disk and clock are
// made up from a seed. Same seed, same journal.
class Day {
public:
    explicit Day(std::uint64_t seed);

    void live();
    std::string journal_hash() const;

    Draws draws;
    Disk disk;
    Witness witness;

private:
    using Action = std::function<void()>;
    struct Planned {
        Action action;
        Life life = Life::process;
    };

    // day.cc: time and the engine
    void at(Instant when, Action action, Life life);
    void in(Duration delay, Action action, Life life = Life::process);
    void post(const centre::Command& command);
    void post_in(Duration delay, const centre::Command& command);
    void live_until(Instant end);
    std::optional<Instant> next_instant() const;
    void gather(Instant until);
    void run_engine();
    void answered(const centre::Command& command, const engine::Outcome& outcome);
    void start_process();
    void restart();
    void insist(const centre::Command& command);
    void judge_end();

    // plan.cc: what the day holds
    void plan_day();
    void plan_callers(Instant from, Instant until, Duration mean_gap);
    void plan_shift(const char* agent, Instant from, Instant until);
    void plan_mishaps();
    void plan_publications();
    void plan_desks();
    void rule_from_desk();
    void close_or_reopen();
    void write_to_people();
    void choose_from_desk(const centre::ContactHeld& held);
    void wake_world();

    // callers.cc
    void ring(std::size_t caller);
    void hang_up(ContactId contact);
    void open_leg(const centre::ContactOpened& opened);
    void speak(const centre::PromptStarted& prompt);
    void type(const centre::InputAwaited& awaited);
    void record(const centre::RecordingStarted& started);
    void finish_recording(RecordingId recording);
    void ended(const centre::ContactEnded& ended);
    void wait(const centre::ContactQueued& queued);
    void press_while_waiting(ContactId contact);
    void answer_attempt(const centre::AttemptStarted& started);

    // agents.cc
    void ring_phone(const centre::OfferMade& made);
    void cancel_phone(const centre::OfferEnded& ended);
    void talk(const centre::ContactConnected& connected);
    void live_agent(const centre::AgentStateChanged& changed);

    // talks.cc
    void act_on_talk(ContactId contact);
    void ring_party(const centre::PartyInvited& invited);
    void join_talk(const centre::PartyJoined& joined);
    void go_on_talking(const centre::ContactHandedOver& over);

    void react(const engine::Entry& entry);
    bool lives(ContactId contact) const { return witness.state().contacts.contains(contact); }

    Instant begin_;
    engine::FakeClock clock_;
    std::unique_ptr<engine::Cycle> cycle_;
    std::multimap<Instant, Planned> agenda_;
    std::vector<engine::Submission> batch_;
    std::vector<engine::Entry> published_;
    std::vector<Caller> callers_;
    std::vector<RecordingId> messages_;
    bool is_over_ = false;  // nobody new comes
};

}  // namespace amer::sim
