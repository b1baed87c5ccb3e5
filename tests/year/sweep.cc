#include "sweep.h"

#include <functional>
#include <string>

#include <fmt/format.h>

#include "core/centre/example_centre.h"
#include "year.h"

namespace amer::year {

namespace {

using namespace centre;
using namespace std::chrono_literals;
using example::dubai;

// How a life went.
struct Ending {
    std::uint64_t writes = 0;   // of the whole life
    std::uint64_t effects = 0;  // that the world heard of
    std::uint64_t crashes = 0;
    Sum sum;
    std::uint64_t conversations = 0;
};

// A citizen rings on Monday evening and leaves a message; on three mornings two agents come.

Ending live(const Manners& manners, const std::function<void(Year&)>& plan_death) {
    Year year{7, manners, dubai("2026-01-05 17:00")};
    year.begin();
    const std::uint64_t first_write = year.journal.writes();
    plan_death(year);
    Caller citizen;
    citizen.number = example::phone("+971501234567");
    citizen.dialled = "600500500";
    year.at(
        dubai("2026-01-05 18:00"), [&year, citizen] { year.ring(citizen); }, Life::world);
    for (const char* const morning : {"2026-01-06 07:20", "2026-01-07 07:20", "2026-01-08 07:20"}) {
        for (const char* const agent : {"amal", "basim"}) {
            year.plan_shift(AgentId{agent}, dubai(morning), dubai(morning) + 9h + 20min);
        }
    }
    try {
        year.live_until(dubai("2026-01-08 20:00"));
        year.judge_end();
    } catch (const YearFailed& failed) {
        for (const std::string& line : year.witness.history(PromiseId{1})) {
            fmt::print("  {}\n", line);
        }
        throw;
    }
    Ending life{year.journal.writes() - first_write, year.effects, year.crashes, year.witness.sum(),
                0};
    for (const auto& [promise, number] : year.outside.conversations) life.conversations += number;
    return life;
}

// What must be true however the process died.
void judge(const Ending& life) {
    const Sum& sum = life.sum;
    if (life.crashes != 1) throw YearFailed{fmt::format("it died {} times", life.crashes)};
    if (sum.made != 1) throw YearFailed{fmt::format("{} promises were made", sum.made)};
    if (sum.kept + sum.broken != 1) throw YearFailed{"the promise is kept once, or broken aloud"};
    if (life.conversations > 1) throw YearFailed{"the citizen was talked with twice", PromiseId{1}};
}

struct Tally {
    std::uint64_t deaths = 0;
    std::uint64_t kept = 0;
    std::uint64_t broken = 0;
    std::uint64_t unheard = 0;  // kept by the journal, cut off before a word was said

    void add(const Ending& life) {
        ++deaths;
        kept += life.sum.kept;
        broken += life.sum.broken;
        if (life.sum.kept > 0 && life.conversations == 0) ++unheard;
    }
};

Tally die_everywhere(const Manners& manners, const Ending& whole) {
    Tally tally;
    std::string where;
    const auto die = [&](std::string place, const std::function<void(Year&)>& plan) {
        where = std::move(place);
        const Ending life = live(manners, plan);
        judge(life);
        tally.add(life);
    };
    try {
        for (std::uint64_t write = 0; write < whole.writes; ++write) {
            die(fmt::format("before write {}", write + 1),
                [write](Year& year) { year.journal.plan(write, Mishap::dies_before); });
            die(fmt::format("after write {}", write + 1),
                [write](Year& year) { year.journal.plan(write, Mishap::dies_after); });
        }
        for (std::uint64_t effect = 1; effect <= whole.effects; ++effect) {
            die(fmt::format("before the world heard of event {}", effect),
                [effect](Year& year) { year.die_after_effects(effect); });
        }
    } catch (const YearFailed& failed) {
        throw YearFailed{where + ": " + failed.sentence, failed.promise};
    }
    return tally;
}

}  // namespace

bool sweep() {
    for (const std::uint64_t misses : {0U, 1U}) {
        Manners manners = Manners::polite();
        manners.misses = misses;
        try {
            const Ending whole = live(manners, [](Year&) {});
            if (whole.conversations != 1 || whole.sum.kept != 1) {
                throw YearFailed{"without a crash the promise is kept"};
            }
            const Tally tally = die_everywhere(manners, whole);
            fmt::print(
                "a life with {} calls to the citizen, {} writes and {} effects: died {} times; "
                "kept "
                "{}, broken aloud {}; {} times cut off before a word\n",
                whole.sum.attempts, whole.writes, whole.effects, tally.deaths, tally.kept,
                tally.broken, tally.unheard);
        } catch (const YearFailed& failed) {
            fmt::print("the sweep FAILED: {}\n", failed.sentence);
            return false;
        }
    }
    return true;
}

}  // namespace amer::year
