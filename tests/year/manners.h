#pragma once

#include <cstdint>

namespace amer::year {

// How people and machines outside behave; chances in percent.
struct Manners {
    std::uint64_t early_hang_up = 6;
    std::uint64_t early_key = 12;
    std::uint64_t leaves_message = 70;
    std::uint64_t calls_again = 12;           // though he is owed a call
    std::uint64_t calls_again_when_cut = 60;  // off by a crash
    std::uint64_t agent_accepts = 78;
    std::uint64_t citizen_answers = 55;
    std::uint64_t misses = 0;  // the first so many calls to citizens ring in vain
    std::uint64_t late_engine = 10;
    std::uint64_t crash_while_ringing = 1;  // a citizen's telephone
    std::uint64_t crash_at_answer = 1;      // his answer is the write that dies

    // Everybody does what he is asked to do; nothing dies by chance.
    static Manners polite() {
        Manners manners;
        manners.early_hang_up = manners.early_key = manners.calls_again = 0;
        manners.leaves_message = manners.agent_accepts = manners.citizen_answers = 100;
        manners.calls_again_when_cut = 100;
        manners.late_engine = manners.crash_while_ringing = manners.crash_at_answer = 0;
        return manners;
    }
};

}  // namespace amer::year
