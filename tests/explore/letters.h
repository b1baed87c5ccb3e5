#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/centre/centre.h"

namespace amer::explore {

// Where an exploration stands.
struct Here {
    const centre::State& state;
    Instant now;
};

// What may happen next: commands at one instant, which may be later than now. None: time passes.
struct Move {
    std::vector<centre::Command> commands;
    Instant at;
    std::string also;        // what the commands do not say in few words
    std::size_t letter = 0;  // of the alphabet that has it
};
using Moves = std::vector<Move>;

// Adds what may happen of its kind to everything that lives, and what of it may come too late.
struct Letter {
    std::string name;
    std::function<void(const Here&, Moves&)> add;
};

Moves moves_of(const std::vector<Letter>& alphabet, const Here& here);

std::string text_of(const Move& move);

// A new command gets a letter here and a scope that has it.
namespace letters {

// At most so many contacts in all; they ring the two numbers in turn, each caller from his own.
void caller_arrives(const Here& here, Moves& moves, std::uint64_t most);
void caller_leaves(const Here& here, Moves& moves);
void caller_presses(const Here& here, Moves& moves, const std::string& key);  // while he waits
void prompt_finishes(const Here& here, Moves& moves);

void phone_rings(const Here& here, Moves& moves);
void offer_is_accepted(const Here& here, Moves& moves);  // and one that is over
void offer_is_declined(const Here& here, Moves& moves, centre::DeclineReason reason);

void agent_hangs_up(const Here& here, Moves& moves);
void agent_is_lost(const Here& here, Moves& moves);
void agent_registers(const Here& here, Moves& moves);
void agent_unregisters(const Here& here, Moves& moves);
void agent_is_ready(const Here& here, Moves& moves);
void agent_is_not_ready(const Here& here, Moves& moves);
void agent_logs_out(const Here& here, Moves& moves);
void agent_uses_phone(const Here& here, Moves& moves);  // or no more
void wrap_up_finishes(const Here& here, Moves& moves);
void wrap_up_is_extended(const Here& here, Moves& moves);

// On a contact that is talked on, whether or not it fits.
void agent_consults(const Here& here, Moves& moves);
void all_confer(const Here& here, Moves& moves);
void contact_is_handed_over(const Here& here, Moves& moves);
void contact_is_transferred(const Here& here, Moves& moves);  // to each queue
void supervisor_comes(const Here& here, Moves& moves, contact::Part part);
void party_is_dismissed(const Here& here, Moves& moves);
void party_hangs_up(const Here& here, Moves& moves);
void party_is_lost(const Here& here, Moves& moves);
void recording_pauses(const Here& here, Moves& moves);
void recording_goes_on(const Here& here, Moves& moves);

void agent_skips_briefing(const Here& here, Moves& moves);
void citizen_answers(const Here& here, Moves& moves);
void citizen_fails(const Here& here, Moves& moves);
void promise_is_withdrawn(const Here& here, Moves& moves);

void desk_assigns(const Here& here, Moves& moves);
void desk_prefers(const Here& here, Moves& moves);

// For half an hour from now, unless it is closed already.
void centre_closes(const Here& here, Moves& moves);
void office_closes(const Here& here, Moves& moves);  // that of the queue "general"
void it_opens_again(const Here& here, Moves& moves);

void deadline_comes(const Here& here, Moves& moves);  // time passes to it, and it gets its Tick
void time_passes(const Here& here, Moves& moves);     // to the next deadline; the Tick is late
void tick_comes(const Here& here, Moves& moves);      // for a deadline that has passed
void process_dies(const Here& here, Moves& moves);
void rules_change(const Here& here, Moves& moves, const centre::Configuration& rules,
                  const std::string& which);

}  // namespace letters

}  // namespace amer::explore
