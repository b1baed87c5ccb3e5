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

template <typename Is>
void for_contacts(const Here& here, Is is, auto make, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        if (is(contact)) add(moves, here.now, make(contact));
    }
}

template <typename Is>
void for_agents(const Here& here, Is is, auto make, Moves& moves) {
    for (const auto& [id, agent] : here.state.agents) {
        if (is(agent)) add(moves, here.now, make(agent));
    }
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
    const auto may = [](const Contact& contact) {
        return !contact.is_callback || !contact.waits();
    };
    for_contacts(
        here, may, [](const Contact& contact) { return CallerLeft{contact.id}; }, moves);
}

void caller_presses(const Here& here, Moves& moves, const std::string& key) {
    const auto may = [](const Contact& contact) { return contact.waits() && !contact.is_callback; };
    for_contacts(
        here, may,
        [&](const Contact& contact) {
            return PressDigit{contact.id, key};
        },
        moves);
}

void prompt_finishes(const Here& here, Moves& moves) {
    const auto may = [](const Contact& contact) { return static_cast<bool>(contact.playback); };
    for_contacts(
        here, may,
        [](const Contact& contact) {
            return FinishPrompt{contact.id, contact.playback};
        },
        moves);
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

namespace {

bool has_agent(const Contact& contact) {
    return contact.stage == Stage::connected || contact.stage == Stage::dialling ||
           contact.stage == Stage::greeting;
}

}  // namespace

void agent_hangs_up(const Here& here, Moves& moves) {
    for_contacts(
        here, has_agent,
        [](const Contact& contact) {
            return AgentLeft{contact.id, contact.agent};
        },
        moves);
}

void agent_is_lost(const Here& here, Moves& moves) {
    for_contacts(
        here, has_agent,
        [](const Contact& contact) {
            return LoseAgent{contact.id, contact.agent};
        },
        moves);
}

namespace {

bool is_talked_on(const Contact& contact) { return contact.stage == Stage::connected; }

// Each contact that is talked on with each agent.
void for_talks(const Here& here, auto make, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        if (!is_talked_on(contact)) continue;
        for (const auto& [name, agent] : here.state.agents) {
            add(moves, here.now, make(id, name));
        }
    }
}

void for_parties(const Here& here, auto make, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        for (const contact::Party& party : contact.parties) {
            add(moves, here.now, make(id, party.agent));
        }
    }
}

}  // namespace

void agent_consults(const Here& here, Moves& moves) {
    for_talks(
        here,
        [](ContactId contact, const AgentId& agent) {
            return ConsultAgent{contact, agent};
        },
        moves);
}

void all_confer(const Here& here, Moves& moves) {
    for_contacts(
        here, is_talked_on, [](const Contact& contact) { return ConferAll{contact.id}; }, moves);
}

void contact_is_handed_over(const Here& here, Moves& moves) {
    for_contacts(
        here, is_talked_on, [](const Contact& contact) { return HandOver{contact.id}; }, moves);
}

void contact_is_transferred(const Here& here, Moves& moves) {
    for (const Queue& queue : here.state.configuration.queues) {
        for_contacts(
            here, is_talked_on,
            [&](const Contact& contact) {
                return TransferContact{contact.id, queue.id, "desk"};
            },
            moves);
    }
}

void supervisor_comes(const Here& here, Moves& moves, contact::Part part) {
    for_talks(
        here,
        [&](ContactId contact, const AgentId& agent) {
            return Supervise{contact, agent, part};
        },
        moves);
}

void party_is_dismissed(const Here& here, Moves& moves) {
    for_parties(
        here,
        [](ContactId contact, const AgentId& agent) {
            return DismissParty{contact, agent};
        },
        moves);
}

void party_hangs_up(const Here& here, Moves& moves) {
    for_parties(
        here,
        [](ContactId contact, const AgentId& agent) {
            return AgentLeft{contact, agent};
        },
        moves);
}

void party_is_lost(const Here& here, Moves& moves) {
    for_parties(
        here,
        [](ContactId contact, const AgentId& agent) {
            return LoseAgent{contact, agent};
        },
        moves);
}

void recording_pauses(const Here& here, Moves& moves) {
    for_contacts(
        here, is_talked_on,
        [](const Contact& contact) {
            return PauseRecording{contact.id, "desk"};
        },
        moves);
}

void recording_goes_on(const Here& here, Moves& moves) {
    for_contacts(
        here, is_talked_on,
        [](const Contact& contact) {
            return ResumeRecording{contact.id, "desk"};
        },
        moves);
}

void agent_registers(const Here& here, Moves& moves) {
    const auto may = [](const agent::Agent& agent) {
        return agent.state == AgentState::logged_out || agent.state == AgentState::not_ready ||
               agent.deferred.has_value();
    };
    for_agents(
        here, may, [](const agent::Agent& agent) { return RegisterPhone{agent.id}; }, moves);
}

void agent_unregisters(const Here& here, Moves& moves) {
    for_agents(
        here, [](const agent::Agent&) { return true; },
        [](const agent::Agent& agent) { return UnregisterPhone{agent.id}; }, moves);
}

void agent_is_ready(const Here& here, Moves& moves) {
    const auto may = [](const agent::Agent& agent) { return agent.state != AgentState::ready; };
    for_agents(
        here, may, [](const agent::Agent& agent) { return SetReady{agent.id}; }, moves);
}

void agent_is_not_ready(const Here& here, Moves& moves) {
    const auto may = [](const agent::Agent& agent) {
        return agent.state != AgentState::logged_out;
    };
    for_agents(
        here, may,
        [](const agent::Agent& agent) {
            return SetNotReady{agent.id, "break"};
        },
        moves);
}

void agent_logs_out(const Here& here, Moves& moves) {
    const auto may = [](const agent::Agent& agent) {
        return agent.state != AgentState::logged_out;
    };
    for_agents(
        here, may, [](const agent::Agent& agent) { return LogOut{agent.id}; }, moves);
}

void agent_uses_phone(const Here& here, Moves& moves) {
    for_agents(
        here, [](const agent::Agent&) { return true; },
        [](const agent::Agent& agent) {
            return ReportPhoneUse{agent.id, !agent.is_phone_in_use};
        },
        moves);
}

namespace {

bool wraps_up(const agent::Agent& agent) { return agent.state == AgentState::wrap_up; }

}  // namespace

void wrap_up_finishes(const Here& here, Moves& moves) {
    for_agents(
        here, wraps_up, [](const agent::Agent& agent) { return FinishWrapUp{agent.id}; }, moves);
}

void wrap_up_is_extended(const Here& here, Moves& moves) {
    for_agents(
        here, wraps_up,
        [](const agent::Agent& agent) {
            return ExtendWrapUp{agent.id, 10'000};
        },
        moves);
}

namespace {

bool is_dialled(const Contact& contact) { return contact.stage == Stage::dialling; }

}  // namespace

void citizen_answers(const Here& here, Moves& moves) {
    for_contacts(
        here, is_dialled, [](const Contact& contact) { return CustomerAnswered{contact.id}; },
        moves);
}

void citizen_fails(const Here& here, Moves& moves) {
    for_contacts(
        here, is_dialled,
        [](const Contact& contact) {
            return CustomerFailed{contact.id, AttemptOutcome::busy};
        },
        moves);
}

void promise_is_withdrawn(const Here& here, Moves& moves) {
    for (const auto& [id, promise] : here.state.promises) {
        add(moves, here.now, WithdrawPromise{id, "desk", "settled"});
    }
}

namespace {

// Each contact that waits with each agent.
void for_pairs(const Here& here, auto make, Moves& moves) {
    for (const auto& [id, contact] : here.state.contacts) {
        if (contact.stage != Stage::queued) continue;
        for (const auto& [name, agent] : here.state.agents) {
            add(moves, here.now, make(id, name));
        }
    }
}

}  // namespace

void desk_assigns(const Here& here, Moves& moves) {
    for_pairs(
        here,
        [](ContactId contact, const AgentId& agent) {
            return AssignContact{contact, agent, "desk"};
        },
        moves);
}

void desk_prefers(const Here& here, Moves& moves) {
    for_pairs(
        here,
        [](ContactId contact, const AgentId& agent) {
            return PreferAgent{contact, agent, 20'000, "desk"};
        },
        moves);
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
