// amer-year: lives through the year 2026, once per seed, and tells the first thing that is not
// true.
#include <chrono>
#include <span>
#include <string>

#include <fmt/format.h>

#include "base/canonical_json.h"
#include "core/centre/example_centre.h"
#include "sweep.h"
#include "year.h"

namespace {

using namespace amer;
using amer::year::Manners;
using amer::year::Year;
using amer::year::YearFailed;

struct Options {
    std::uint64_t first = 1;
    std::uint64_t seeds = 1;
    std::uint64_t why = 0;  // the promise whose history is told
    unsigned months = 12;
    bool is_sweep = false;  // one life instead of a year, died at every step of it
};

void print_history(const Year& year, PromiseId promise) {
    fmt::print("the year's story of promise {}:\n", promise.value);
    for (const std::string& line : year.witness.history(promise)) fmt::print("  {}\n", line);
}

void print_last_entries(const Year& year) {
    const std::uint64_t last = year.journal.last();
    const std::uint64_t first = std::max(year.journal.first(), last < 40 ? 1 : last - 40);
    for (std::uint64_t at = first; at <= last; ++at) {
        const engine::Entry& entry = year.journal.entry(at);
        const std::string text = to_json(entry.event);
        fmt::print("  {} {} {}\n", entry.sequence, entry.at.time_since_epoch().count(),
                   text.substr(0, 400));
    }
}

void print_sum(std::uint64_t seed, const Year& year, double seconds) {
    const year::Sum& sum = year.witness.sum();
    fmt::print(
        "year {}: {} calls, {} outside the hours; {} heard nothing, {} were cut off\n"
        "  promises: {} made, {} joined; {} kept, {} of them in time, {} broken, {} withdrawn; "
        "{} dated anew, {} overdue\n"
        "  {} calls to citizens, {} telephones rang; {} talks; {} letters; {} days sealed\n"
        "  {} crashes, {} failed writes; {} events in {:.1f} s, {:.0f} a second; ledger {}\n",
        seed, sum.calls, sum.calls_outside_hours, year.outside.heard_nothing, year.outside.cut_off,
        sum.made, sum.joined, sum.kept, sum.kept_in_time, sum.broken, sum.withdrawn, sum.redated,
        sum.overdue, sum.attempts, year.outside.rang, sum.talks, sum.letters, sum.seals,
        year.crashes, year.journal.failures(), sum.events, seconds,
        static_cast<double>(sum.events) / seconds, year.witness.ledger_head().substr(0, 16));
}

bool live(std::uint64_t seed, const Options& options) {
    const auto begin = std::chrono::steady_clock::now();
    Year year{seed, Manners{}, centre::example::dubai("2026-01-01 00:00")};
    bool is_true = true;
    try {
        year.live_through_2026(options.months);
    } catch (const YearFailed& failed) {
        is_true = false;
        print_last_entries(year);
        if (failed.promise) print_history(year, failed.promise);
        fmt::print("year {} FAILED: {}\nrepeat it: amer-year --seed {}\n", seed, failed.sentence,
                   seed);
    }
    const std::chrono::duration<double> lasted = std::chrono::steady_clock::now() - begin;
    if (options.why > 0) print_history(year, PromiseId{options.why});
    print_sum(seed, year, lasted.count());
    return is_true;
}

Options read(std::span<char*> words) {
    Options options;
    for (std::size_t at = 1; at < words.size(); ++at) {
        const std::string name = words[at];
        if (name == "--sweep") {
            options.is_sweep = true;
            continue;
        }
        const std::uint64_t value = at + 1 < words.size() ? std::stoull(words[++at]) : 0;
        if (name == "--first" || name == "--seed") options.first = value;
        if (name == "--seeds") options.seeds = value;
        if (name == "--why") options.why = value;
        if (name == "--months") options.months = static_cast<unsigned>(value);
    }
    return options;
}

int run(const Options& options) {
    if (options.is_sweep) return amer::year::sweep() ? 0 : 1;
    for (std::uint64_t seed = options.first; seed < options.first + options.seeds; ++seed) {
        if (!live(seed, options)) return 1;
    }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run(read({words, static_cast<std::size_t>(count)}));
    } catch (const std::exception& error) {
        fmt::print(
            "amer-year [--first S] [--seeds N] [--months M] | --seed S [--why PROMISE] | --sweep: "
            "{}\n",
            error.what());
        return 2;
    }
}
