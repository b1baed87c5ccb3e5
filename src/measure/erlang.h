#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace amer::measure {

// What so many agents could do with so many calls, by queueing theory. For planning, never for what
// happened: floating point, and steady calls without memory (acd.md section 2: nearer to life with
// patience than without, and optimistic with both).
struct Demand {
    std::int64_t calls = 0;  // in the interval
    std::chrono::seconds interval{1800};
    std::chrono::seconds handling{0};              // mean talk and wrap-up
    std::optional<std::chrono::seconds> patience;  // mean; nothing: callers wait for ever

    double load() const;  // in agents that never rest
};

struct Forecast {
    double waits = 0;        // part of the calls
    double abandons = 0;     // likewise
    double in_target = 0;    // answered within the target, of all calls
    double mean_wait_s = 0;  // of all calls, whatever became of them; infinite when they pile up
};

// Erlang C without patience, in closed form; Erlang A with it, the Markov chain itself.
Forecast forecast(const Demand& demand, int agents, std::chrono::seconds target);

// The smallest number of agents by which this part of all calls is answered within the target;
// nothing when not even `at_most` are enough.
std::optional<int> agents_for(const Demand& demand, std::chrono::seconds target, double part,
                              int at_most = 10'000);

}  // namespace amer::measure
