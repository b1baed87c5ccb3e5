// What a day holds, drawn before it begins: who rings when, who works when, what is published, what
// goes wrong.
#include "base/overloaded.h"
#include "core/centre/example_centre.h"
#include "day.h"
#include "rules_of_day.h"

namespace amer::sim {

using namespace centre;
using namespace std::chrono_literals;

namespace {

Instant clock_time(const char* text) { return example::dubai(text); }

}  // namespace

void Day::plan_callers(Instant from, Instant until, Duration mean_gap) {
    for (Instant when = from; when < until;) {
        when += draws.exponential(mean_gap) + 1ms;
        Caller caller;
        if (!draws.chance(15)) {
            // Few numbers, so that the same caller comes again.
            const std::uint64_t which = draws.below(30);
            caller.number = which == 0 ? example::phone("+971999")
                            : which == 1
                                ? example::phone("+971600500500")
                                : example::phone("+97150" + std::to_string(1'000'000 + which * 37));
        }
        caller.dialled = draws.chance(2) ? "911" : draws.chance(60) ? "600500500" : "8006679";
        caller.calls_left = draws.chance(30) ? 2 : 0;
        callers_.push_back(caller);
        at(
            when, [this, index = callers_.size() - 1] { ring(index); }, Life::world);
    }
}

void Day::plan_shift(const char* agent, Instant from, Instant until) {
    const AgentId id{agent};
    const Instant begin = from + draws.between(0s, 40min);
    const Instant end = until + draws.between(-20min, 40min);
    const auto say = [&](Instant when, const Command& command) {
        at(
            when, [this, command] { post(command); }, Life::world);
    };
    say(begin, RegisterPhone{id});
    say(begin + 2s, SetReady{id});
    for (Instant when = begin + draws.exponential(50min); when < end;
         when += draws.exponential(50min) + 1min) {
        const Duration away = draws.lognormal(4min);
        switch (draws.below(4)) {
            case 0:
                say(when, SetNotReady{id, "break"});
                say(when + away, SetReady{id});
                break;
            case 1:
                say(when, UnregisterPhone{id});
                say(when + away, RegisterPhone{id});
                break;
            case 2:
                say(when, ReportPhoneUse{id, true});
                say(when + away, ReportPhoneUse{id, false});
                break;
            default:
                say(when, LogOut{id});
                say(when + away, SetReady{id});
                say(when + away + 1s, RegisterPhone{id});
                say(when + away + 2s, SetReady{id});
        }
    }
    say(end, LogOut{id});
}

void Day::plan_mishaps() {
    for (std::uint64_t count = draws.below(4); count > 0; --count) {
        const std::uint64_t first = 5 + draws.below(900);
        const auto mishap = static_cast<Mishap>(draws.below(3));
        // Several in a row: a full disk for seconds, or a crash in the recovery.
        for (std::uint64_t length = 1 + draws.below(3); length > 0; --length) {
            disk.plan(first + length, mishap);
        }
    }
}

void Day::plan_publications() {
    for (std::uint64_t count = draws.below(4); count > 0; --count) {
        const Instant when = begin_ + draws.between(30min, 30h);
        at(
            when, [this] { post(PublishConfiguration{draw_rules(draws)}); }, Life::world);
    }
}

// Desks and other systems say who serves whom, withdraw promises, and speak to all who ring.
void Day::plan_desks() {
    const Instant end = begin_ + 33h;
    for (Instant when = begin_ + 10min; when < end; when += draws.exponential(12min) + 1s) {
        at(
            when, [this] { rule_from_desk(); }, Life::world);
    }
}

void Day::rule_from_desk() {
    const AgentId agent{kAgents[draws.below(std::size(kAgents))]};
    const auto& contacts = witness.state().contacts;
    ContactId contact{1 + draws.below(400)};  // nobody's, or one long gone
    if (!contacts.empty() && !draws.chance(10)) {
        contact =
            std::next(contacts.begin(), static_cast<std::ptrdiff_t>(draws.below(contacts.size())))
                ->first;
    }
    const auto& promises = witness.state().promises;
    switch (draws.below(10)) {
        case 0:
        case 1:
        case 2: return post(AssignContact{contact, agent, "desk"});
        case 3:
        case 4: return post(PreferAgent{contact, agent, 20'000, "desk"});
        case 5:
            if (!promises.empty())
                post(WithdrawPromise{promises.begin()->first, "desk", "settled by letter"});
            return;
        case 6:
            return post(
                SetNotice{UnitId{"housing"}, clock_.now() + draws.between(1min, 3h), "desk"});
        case 7: return close_or_reopen();
        case 8: return write_to_people();
        default: return post(EndNotice{"desk"});
    }
}

// A storm, in the centre or one office; not often, or nothing else would happen.
void Day::close_or_reopen() {
    if (draws.chance(50)) return post(ReopenCentre{"", "desk"});
    if (!draws.chance(20)) return;
    CloseCentre close;
    close.closure.until = clock_.now() + draws.between(10min, 3h);
    close.by = "desk";
    if (draws.chance(50)) {
        close.closure.scope = {calendar::Scope::Kind::office, "housing"};
    }
    post(close);
}

// The gateway takes what is owed, or never will.
void Day::write_to_people() {
    const auto& owed = witness.state().notifications;
    if (owed.empty()) return;
    const bool is_sent = !draws.chance(25);
    post(
        ReportNotification{owed.begin()->first, is_sent, is_sent ? "250 taken" : "no such number"});
}

// Another system is asked who is offered it, and names somebody who is ready; now and then nobody.
void Day::choose_from_desk(const ContactHeld& held) {
    if (held.why != HoldReason::external || draws.chance(30)) return;
    in(draws.between(200ms, 4s), [this, contact = held.contact] {
        std::vector<AgentId> ready;
        for (const auto& [id, agent] : witness.state().agents) {
            if (agent.state == agent::AgentState::ready) ready.push_back(id);
        }
        if (ready.empty()) return;
        post(AssignContact{contact, ready[draws.below(ready.size())], "router"});
    });
}

void Day::plan_day() {
    insist(RecoverFromCrash{});
    insist(PublishConfiguration{draw_rules(draws)});
    published_.clear();
    plan_callers(clock_time("2026-11-23 07:05"), clock_time("2026-11-23 07:40"), 6min);
    plan_callers(clock_time("2026-11-23 09:30"), clock_time("2026-11-23 10:00"), 45s);
    plan_callers(clock_time("2026-11-23 10:00"), clock_time("2026-11-23 16:00"), 25min);
    if (draws.chance(25)) {  // more than any queue takes
        plan_callers(clock_time("2026-11-23 12:00"), clock_time("2026-11-23 12:08"), 7s);
    }
    plan_callers(clock_time("2026-11-23 16:20"), clock_time("2026-11-23 16:40"), 90s);
    plan_callers(clock_time("2026-11-23 16:40"), clock_time("2026-11-23 23:00"), 40min);
    plan_callers(clock_time("2026-11-24 07:20"), clock_time("2026-11-24 08:30"), 8min);
    for (const char* agent : kAgents) {
        plan_shift(agent, clock_time("2026-11-23 07:10"), clock_time("2026-11-23 16:30"));
        plan_shift(agent, clock_time("2026-11-24 07:10"), clock_time("2026-11-24 16:30"));
    }
    plan_publications();
    plan_desks();
    plan_mishaps();
}

// After a restart: phones register again, the files of recordings are found.
void Day::wake_world() {
    for (const auto& [recording, pending] : witness.state().recordings) {
        in(
            draws.between(100ms, 5s), [this, id = recording] { finish_recording(id); },
            Life::process);
    }
    for (const auto& [id, agent] : witness.state().agents) {
        if (agent.reason == agent::kRestart) post_in(draws.exponential(15s), RegisterPhone{id});
    }
}

// What the world does when it hears of it. Events that mean nothing to it pass.
void Day::react(const engine::Entry& entry) {
    std::visit(Overloaded{
                   [&](const ContactOpened& event) { open_leg(event); },
                   [&](const PromptStarted& event) { speak(event); },
                   [&](const InputAwaited& event) { type(event); },
                   [&](const RecordingStarted& event) { record(event); },
                   [&](const ContactEnded& event) { ended(event); },
                   [&](const AttemptStarted& event) { answer_attempt(event); },
                   [&](const OfferMade& event) { ring_phone(event); },
                   [&](const OfferEnded& event) { cancel_phone(event); },
                   [&](const ContactConnected& event) { talk(event); },
                   [&](const PartyInvited& event) { ring_party(event); },
                   [&](const PartyJoined& event) { join_talk(event); },
                   [&](const ContactHandedOver& event) { go_on_talking(event); },
                   [&](const AgentStateChanged& event) { live_agent(event); },
                   [&](const ContactQueued& event) { wait(event); },
                   [&](const ContactHeld& event) { choose_from_desk(event); },
                   [&](const WaitTold& event) { press_while_waiting(event.contact); },
                   [](const auto&) {},
               },
               entry.event);
}

}  // namespace amer::sim
