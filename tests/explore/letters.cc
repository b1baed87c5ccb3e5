#include "letters.h"

#include <algorithm>

#include "base/canonical_json.h"
#include "core/centre/example_centre.h"

namespace amer::explore {

using namespace centre;
using namespace std::chrono_literals;
using agent::AgentState;
using contact::Contact;
using Stage = contact::Contact::Stage;

std::string text_of(const Move& move) {
    std::string text = fmt::format("{} ", move.at.time_since_epoch().count());
    if (!move.also.empty()) return text + move.also;
    if (move.commands.empty()) return text + "time passes";
    for (const Command& command : move.commands) text += to_json(command) + " ";
    return text;
}

Moves moves_of(const std::vector<Letter>& alphabet, const Here& here) {
    Moves moves;
    for (std::size_t letter = 0; letter < alphabet.size(); ++letter) {
        const std::size_t first = moves.size();
        alphabet[letter].add(here, moves);
        for (std::size_t at = first; at < moves.size(); ++at) moves[at].letter = letter;
    }
    return moves;
}

namespace {

void add(Moves& moves, Instant at, Command command) {
    moves.push_back(Move{{std::move(command)}, at, "", 0});
}

// A second later, so that who came first can be told from who came next; not past a deadline.
Instant a_little_later(const Here& here) {
    const Instant later = here.now + 1s;
    const auto deadline = next_deadline(here.state);
    return deadline && *deadline < later ? std::max(here.now, *deadline) : later;
}

// Each adds a command for everything that is so: its id first (of a contact and an agent both), and
// then the rest.
template <typename Asked, typename... Rest>
void ask_of_contacts(const Here& here, Moves& moves, bool (*is)(const Contact&),
                     const Rest&... rest) {
    for (const auto& [id, contact] : here.state.contacts) {
        if (is(contact)) add(moves, here.now, Asked{id, rest...});
    }
}

template <typename Asked, typename... Rest>
void ask_of_agents(const Here& here, Moves& moves, bool (*is)(const agent::Agent&),
                   const Rest&... rest) {
    for (const auto& [id, agent] : here.state.agents) {
        if (is(agent)) add(moves, here.now, Asked{id, rest...});
    }
}

// Each such contact with each agent.
template <typename Asked, typename... Rest>
void ask_of_pairs(const Here& here, Moves& moves, bool (*is)(const Contact&), const Rest&... rest) {
    for (const auto& [id, contact] : here.state.contacts) {
        if (!is(contact)) continue;
        for (const auto& [name, agent] : here.state.agents) {
            add(moves, here.now, Asked{id, name, rest...});
        }
    }
}

// Each contact that an agent has, with him.
template <typename Asked>
void ask_of_their_agents(const Here& here, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        const bool has_agent = contact.stage == Stage::connected ||
                               contact.stage == Stage::dialling || contact.stage == Stage::greeting;
        if (has_agent && contact.agent) add(moves, here.now, Asked{id, contact.agent});
    }
}

template <typename Asked>
void ask_of_parties(const Here& here, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        for (const contact::Party& party : contact.parties) {
            add(moves, here.now, Asked{id, party.agent});
        }
    }
}

bool is_caller_waiting(const Contact& contact) { return contact.waits() && !contact.is_callback; }
bool has_somebody_on_it(const Contact& contact) {
    return !contact.is_callback || !contact.waits() || contact.has_citizen;
}
bool is_queued(const Contact& contact) { return contact.stage == Stage::queued; }
bool is_dialled(const Contact& contact) { return contact.stage == Stage::dialling; }
bool is_talked_on(const Contact& contact) { return contact.stage == Stage::connected; }

bool is_anybody(const agent::Agent&) { return true; }
bool is_logged_in(const agent::Agent& agent) { return agent.state != AgentState::logged_out; }
bool is_not_ready(const agent::Agent& agent) { return agent.state != AgentState::ready; }
bool wraps_up(const agent::Agent& agent) { return agent.state == AgentState::wrap_up; }
bool may_register(const agent::Agent& agent) {
    return agent.state == AgentState::logged_out || agent.state == AgentState::not_ready ||
           agent.deferred.has_value();
}

void closes(const Here& here, Moves& moves, const calendar::Scope& scope) {
    for (const calendar::Closure& closure : here.state.closures) {
        if (here.now < closure.until) return;
    }
    CloseCentre close;
    close.closure.until = here.now + std::chrono::minutes{30};
    close.closure.scope = scope;
    close.by = "desk";
    add(moves, here.now, close);
}

}  // namespace

namespace letters {

void caller_arrives(const Here& here, Moves& moves, std::uint64_t most) {
    const std::uint64_t number = here.state.last.contact + 1;
    if (number > most) return;
    const auto& numbers = here.state.configuration.numbers;
    OpenContact open;
    open.leg = LegId{number};
    open.dialled = numbers[number % numbers.size()].also.front();
    open.caller.number = example::phone("+97150100000" + std::to_string(number));
    moves.push_back(Move{{open, CallerConnected{ContactId{number}}}, a_little_later(here), "", 0});
}

void caller_leaves(const Here& here, Moves& moves) {
    ask_of_contacts<CallerLeft>(here, moves, has_somebody_on_it);
}

void caller_presses(const Here& here, Moves& moves, const std::string& key) {
    ask_of_contacts<PressDigit>(here, moves, is_caller_waiting, key);
}

void prompt_finishes(const Here& here, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        if (contact.playback) add(moves, here.now, FinishPrompt{id, contact.playback});
    }
}

void phone_rings(const Here& here, Moves& moves) {
    for (const auto& [id, offer] : here.state.offers) {
        const auto agent = here.state.agents.find(offer.agent);
        const bool is_silent =
            agent != here.state.agents.end() && agent->second.state == AgentState::reserved;
        if (is_silent) add(moves, here.now, ReportRinging{id});
    }
}

void offer_is_accepted(const Here& here, Moves& moves) {
    for (const auto& [id, offer] : here.state.offers) add(moves, here.now, AcceptOffer{id});
    OfferId late = here.state.last.offer ? OfferId{here.state.last.offer} : OfferId{};
    while (late && here.state.offers.contains(late)) --late.value;
    if (late) add(moves, here.now, AcceptOffer{late});
}

void offer_is_declined(const Here& here, Moves& moves, DeclineReason reason) {
    for (const auto& [id, offer] : here.state.offers) {
        add(moves, here.now, DeclineOffer{id, reason});
    }
}

void agent_hangs_up(const Here& here, Moves& moves) { ask_of_their_agents<AgentLeft>(here, moves); }

void agent_is_lost(const Here& here, Moves& moves) { ask_of_their_agents<LoseAgent>(here, moves); }

void agent_registers(const Here& here, Moves& moves) {
    ask_of_agents<RegisterPhone>(here, moves, may_register);
}

void agent_unregisters(const Here& here, Moves& moves) {
    ask_of_agents<UnregisterPhone>(here, moves, is_anybody);
}

void agent_is_ready(const Here& here, Moves& moves) {
    ask_of_agents<SetReady>(here, moves, is_not_ready);
}

void agent_is_not_ready(const Here& here, Moves& moves) {
    ask_of_agents<SetNotReady>(here, moves, is_logged_in, "break");
}

void agent_logs_out(const Here& here, Moves& moves) {
    ask_of_agents<LogOut>(here, moves, is_logged_in);
}

void agent_uses_phone(const Here& here, Moves& moves) {
    for (const auto& [id, agent] : here.state.agents) {
        add(moves, here.now, ReportPhoneUse{id, !agent.is_phone_in_use});
    }
}

void wrap_up_finishes(const Here& here, Moves& moves) {
    ask_of_agents<FinishWrapUp>(here, moves, wraps_up);
}

void wrap_up_is_extended(const Here& here, Moves& moves) {
    ask_of_agents<ExtendWrapUp>(here, moves, wraps_up, 10'000);
}

void agent_consults(const Here& here, Moves& moves) {
    ask_of_pairs<ConsultAgent>(here, moves, is_talked_on);
}

void all_confer(const Here& here, Moves& moves) {
    ask_of_contacts<ConferAll>(here, moves, is_talked_on);
}

void contact_is_handed_over(const Here& here, Moves& moves) {
    ask_of_contacts<HandOver>(here, moves, is_talked_on);
}

void contact_is_transferred(const Here& here, Moves& moves) {
    for (const Queue& queue : here.state.configuration.queues) {
        ask_of_contacts<TransferContact>(here, moves, is_talked_on, queue.id, "desk");
    }
}

void supervisor_comes(const Here& here, Moves& moves, contact::Part part) {
    ask_of_pairs<Supervise>(here, moves, is_talked_on, part);
}

void party_is_dismissed(const Here& here, Moves& moves) {
    ask_of_parties<DismissParty>(here, moves);
}

void party_hangs_up(const Here& here, Moves& moves) { ask_of_parties<AgentLeft>(here, moves); }

void party_is_lost(const Here& here, Moves& moves) { ask_of_parties<LoseAgent>(here, moves); }

void recording_pauses(const Here& here, Moves& moves) {
    ask_of_contacts<PauseRecording>(here, moves, is_talked_on, "desk");
}

void recording_goes_on(const Here& here, Moves& moves) {
    ask_of_contacts<ResumeRecording>(here, moves, is_talked_on, "desk");
}

void agent_skips_briefing(const Here& here, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        if (contact.stage == Stage::briefing) add(moves, here.now, SkipBriefing{id});
    }
}

void citizen_answers(const Here& here, Moves& moves) {
    ask_of_contacts<CustomerAnswered>(here, moves, is_dialled);
}

void citizen_fails(const Here& here, Moves& moves) {
    ask_of_contacts<CustomerFailed>(here, moves, is_dialled, AttemptOutcome::busy);
}

void promise_is_withdrawn(const Here& here, Moves& moves) {
    for (const auto& [id, promise] : here.state.promises) {
        add(moves, here.now, WithdrawPromise{id, "desk", "settled"});
    }
}

void desk_assigns(const Here& here, Moves& moves) {
    ask_of_pairs<AssignContact>(here, moves, is_queued, "desk");
}

void desk_prefers(const Here& here, Moves& moves) {
    ask_of_pairs<PreferAgent>(here, moves, is_queued, 20'000, "desk");
}

void centre_closes(const Here& here, Moves& moves) { closes(here, moves, {}); }

void office_closes(const Here& here, Moves& moves) {
    closes(here, moves, {calendar::Scope::Kind::office, "service"});
}

void it_opens_again(const Here& here, Moves& moves) {
    for (const calendar::Closure& closure : here.state.closures) {
        if (here.now < closure.until) add(moves, here.now, ReopenCentre{closure.id, "desk"});
    }
}

void deadline_comes(const Here& here, Moves& moves) {
    const auto deadline = next_deadline(here.state);
    if (deadline) add(moves, std::max(here.now, *deadline), Tick{});
}

void time_passes(const Here& here, Moves& moves) {
    const auto deadline = next_deadline(here.state);
    if (deadline && *deadline > here.now) moves.push_back(Move{{}, *deadline, "", 0});
}

void tick_comes(const Here& here, Moves& moves) {
    const auto deadline = next_deadline(here.state);
    if (deadline && *deadline <= here.now) add(moves, here.now, Tick{});
}

void process_dies(const Here& here, Moves& moves) { add(moves, here.now, RecoverFromCrash{}); }

void rules_change(const Here& here, Moves& moves, const Configuration& rules,
                  const std::string& which) {
    moves.push_back(Move{{PublishConfiguration{rules}}, here.now, "publish " + which, 0});
}

}  // namespace letters

}  // namespace amer::explore
