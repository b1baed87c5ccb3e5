#include "endings.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/centre/invariants.h"

namespace amer::explore {

namespace {

using namespace centre;
using agent::AgentState;
using contact::Contact;
using Stage = contact::Contact::Stage;

constexpr int kMostSteps = 400;

bool is_anybody_busy(const State& state) {
    return std::any_of(state.agents.begin(), state.agents.end(),
                       [](const auto& row) { return agent::is_busy(row.second.state); });
}

// Nothing: all is over.
std::optional<Command> while_everybody_leaves(const State& state) {
    for (const auto& [id, contact] : state.contacts) {
        const bool is_on_the_line = contact.stage == Stage::connected || contact.has_citizen;
        if (!contact.is_callback || is_on_the_line) return CallerLeft{id};
    }
    if (state.contacts.empty() && state.offers.empty() && !is_anybody_busy(state)) {
        return std::nullopt;
    }
    return Tick{};
}

std::optional<Command> by_an_agent(const agent::Agent& agent) {
    if (agent.is_phone_in_use) return ReportPhoneUse{agent.id, false};
    if (agent.deferred) {
        const bool has_no_phone = agent.deferred->reason == agent::kUnregistered;
        return has_no_phone ? Command{RegisterPhone{agent.id}} : Command{SetReady{agent.id}};
    }
    switch (agent.state) {
        case AgentState::logged_out:
            if (agent::is_logged_out_by_choice(agent)) return SetReady{agent.id};
            return RegisterPhone{agent.id};
        case AgentState::not_ready: return SetReady{agent.id};
        case AgentState::wrap_up: return FinishWrapUp{agent.id};
        case AgentState::ready:
        case AgentState::reserved:
        case AgentState::ringing:
        case AgentState::talking: return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Command> while_everybody_works(const State& state) {
    if (state.contacts.empty() && state.promises.empty()) return std::nullopt;
    for (const auto& [id, agent] : state.agents) {
        if (const auto command = by_an_agent(agent)) return command;
    }
    for (const auto& [id, offer] : state.offers) return AcceptOffer{id};
    for (const auto& [id, contact] : state.contacts) {
        if (contact.stage == Stage::arriving) return CallerConnected{id};
        if (contact.stage == Stage::dialling) return CustomerAnswered{id};
        if (contact.stage == Stage::connected) return AgentLeft{id, contact.agent};
        if (contact.playback && !contact.waits()) return FinishPrompt{id, contact.playback};
    }
    for (const auto& [id, pending] : state.recordings) {
        return FinishRecording{id, 5'000, 1, "hash", false};
    }
    return Tick{};
}

// Who waited waits on, is answered, or was sent elsewhere by a rule.
void look_at_waiting(const std::map<ContactId, Contact>& before, const State& state,
                     const std::vector<Event>& events) {
    for (const auto& [id, contact] : before) {
        if (!contact.waits() || contact.is_callback) continue;
        const auto found = state.contacts.find(id);
        if (found != state.contacts.end() &&
            (found->second.waits() || found->second.stage == Stage::connected)) {
            continue;
        }
        const bool is_by_rule =
            std::any_of(events.begin(), events.end(), [&, which = id](const Event& event) {
                const auto* left = std::get_if<QueueLeft>(&event);
                return left != nullptr && left->contact == which &&
                       left->how != QueueExit::abandoned;
            });
        if (!is_by_rule) {
            throw Violated{fmt::format("contact {} waited and was not served", id.value)};
        }
    }
}

}  // namespace

void Endings::run(const State& begin, Instant now, std::size_t rules, Next next,
                  std::set<Digest::Key>& good, const char* what) {
    State state = begin;
    Counts counts;
    std::vector<Digest::Key> chain;
    for (int step = 0; step < kMostSteps; ++step) {
        const Digest::Key key = key_of(state, now, rules);
        const std::optional<Command> command = next(state);
        if (!command || good.contains(key)) {
            good.insert(chain.begin(), chain.end());
            return;
        }
        chain.push_back(key);
        const bool is_tick = std::holds_alternative<Tick>(*command);
        const auto deadline = next_deadline(state);
        if (is_tick && !deadline) throw Violated{fmt::format("{}: nothing moves any more", what)};
        if (is_tick) now = std::max(now, *deadline);
        const std::map<ContactId, Contact> before = state.contacts;
        const std::vector<Event> events = think(state, *command, now);
        if (events.empty() && !is_tick) {
            throw Violated{fmt::format("{}: what should help changes nothing", what)};
        }
        happen(state, *command, events, now, counts);
        look_at(state);
        if (next == while_everybody_works) look_at_waiting(before, state, events);
    }
    throw Violated{fmt::format("{}: it does not end", what)};
}

void Endings::everybody_leaves(const State& state, Instant now, std::size_t rules) {
    run(state, now, rules, while_everybody_leaves, left_, "everybody leaves");
}

void Endings::everybody_works(const State& state, Instant now, std::size_t rules) {
    run(state, now, rules, while_everybody_works, worked_, "everybody works");
}

}  // namespace amer::explore
