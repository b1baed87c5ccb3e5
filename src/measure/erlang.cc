#include "measure/erlang.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/check.h"

namespace amer::measure {

namespace {

double seconds(std::chrono::seconds length) { return static_cast<double>(length.count()); }

Forecast erlang_c(const Demand& demand, int agents, std::chrono::seconds target) {
    const double load = demand.load();
    if (load <= 0) return Forecast{0, 0, 1, 0};
    const double spare = agents - load;
    if (spare <= 0) return Forecast{1, 0, 0, std::numeric_limits<double>::infinity()};
    double blocked = 1;  // Erlang B, agent by agent: no factorial grows out of bounds
    for (int agent = 1; agent <= agents; ++agent) {
        blocked = load * blocked / (agent + load * blocked);
    }
    const double waits = blocked * agents / (spare + load * blocked);
    const double handling = seconds(demand.handling);
    const double late = waits * std::exp(-spare * seconds(target) / handling);
    return Forecast{waits, 0, 1 - late, waits * handling / spare};
}

// Calls in the centre as a birth and death chain, cut where nothing of weight is left.
struct Chain {
    double arrives = 0;         // calls a second
    double serves = 0;          // calls a second that all agents end
    double leaves = 0;          // a second, each who waits
    double free = 0;            // chance that an agent is free
    std::vector<double> ahead;  // chance that all are busy and so many wait
};

Chain chain_of(const Demand& demand, int agents) {
    constexpr double kNothing = 1e-16;
    Chain chain;
    chain.arrives = static_cast<double>(demand.calls) / seconds(demand.interval);
    const double one_serves = 1 / seconds(demand.handling);
    chain.serves = agents * one_serves;
    chain.leaves = 1 / seconds(*demand.patience);
    double total = 1;
    double weight = 1;  // of "all are busy and nobody waits"; the others from there, up and down
    for (int busy = agents; busy > 0; --busy) {
        weight *= busy * one_serves / chain.arrives;
        chain.free += weight;
    }
    total += chain.free;
    weight = 1;
    for (std::size_t waiting = 0; weight > kNothing * total || waiting < 2;) {
        chain.ahead.push_back(weight);
        ++waiting;
        weight *= chain.arrives / (chain.serves + static_cast<double>(waiting) * chain.leaves);
        total += weight;
    }
    chain.free /= total;
    for (double& chance : chain.ahead) chance /= total;
    return chain;
}

// One who finds so many ahead: each of them is served or gives up, he himself may give up, and the
// first to be served is the first who came. By uniformization, in pieces short enough for exp().
double served_within(const Chain& chain, double target) {
    const auto most = static_cast<double>(chain.ahead.size());
    const double rate = chain.serves + (most + 1) * chain.leaves;
    const int pieces = static_cast<int>(rate * target / 100) + 1;
    const double steps_expected = rate * target / pieces;
    std::vector<double> waiting = chain.ahead;
    double served = 0;
    for (int piece = 0; piece < pieces; ++piece) {
        std::vector<double> now = waiting;
        double served_now = served;
        double chance = std::exp(-steps_expected);  // of so many steps in this piece
        std::vector<double> mixed(waiting.size(), 0);
        double served_mixed = 0;
        for (int step = 0; step < 100 || chance > 1e-18; ++step) {
            for (std::size_t at = 0; at < now.size(); ++at) mixed[at] += chance * now[at];
            served_mixed += chance * served_now;
            served_now += now[0] * chain.serves / rate;
            for (std::size_t at = 0; at < now.size(); ++at) {
                const double moves = chain.serves + static_cast<double>(at) * chain.leaves;
                now[at] *= 1 - (moves + chain.leaves) / rate;
                if (at + 1 < now.size()) now[at] += now[at + 1] * (moves + chain.leaves) / rate;
            }
            chance *= steps_expected / (step + 1);
        }
        waiting = mixed;
        served = served_mixed;
    }
    return served;
}

Forecast erlang_a(const Demand& demand, int agents, std::chrono::seconds target) {
    if (demand.load() <= 0) return Forecast{0, 0, 1, 0};
    const Chain chain = chain_of(demand, agents);
    double queue = 0;  // mean number who wait
    for (std::size_t at = 0; at < chain.ahead.size(); ++at) {
        queue += static_cast<double>(at) * chain.ahead[at];
    }
    const double mean_wait = queue / chain.arrives;
    return Forecast{1 - chain.free, chain.leaves * mean_wait,
                    chain.free + served_within(chain, seconds(target)), mean_wait};
}

}  // namespace

double Demand::load() const {
    return static_cast<double>(calls) * seconds(handling) / seconds(interval);
}

Forecast forecast(const Demand& demand, int agents, std::chrono::seconds target) {
    AMER_CHECK(demand.interval.count() > 0 && agents >= 0);
    AMER_CHECK(!demand.patience || demand.patience->count() > 0);
    if (demand.patience) return erlang_a(demand, agents, target);
    return erlang_c(demand, agents, target);
}

// More agents are never worse, so the number is found by halving.
std::optional<int> agents_for(const Demand& demand, std::chrono::seconds target, double part,
                              int at_most) {
    const auto is_enough = [&](int agents) {
        return forecast(demand, agents, target).in_target >= part;
    };
    int too_few = 0;
    int enough = 1;
    while (!is_enough(enough)) {
        if (enough >= at_most) return std::nullopt;
        too_few = enough;
        enough = std::min(2 * enough, at_most);
    }
    while (enough - too_few > 1) {
        const int middle = (enough + too_few) / 2;
        (is_enough(middle) ? enough : too_few) = middle;
    }
    return enough;
}

}  // namespace amer::measure
