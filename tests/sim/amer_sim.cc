// amer-sim: lives through simulated days, one per seed, and tells the first thing that is not true.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/canonical_json.h"
#include "day.h"

namespace {

using amer::sim::Day;
using amer::sim::DayFailed;

struct Options {
    std::uint64_t first = 1;
    std::uint64_t seeds = 100;
    bool tells_all = false;   // print the events of the day
    bool is_verbose = false;  // a line for each seed
    bool wants_all = false;   // every type of event must have come about
    std::string freeze;       // write the hashes there
    std::string compare;      // the hashes stand there
};

struct Sum {
    std::uint64_t events = 0;
    std::uint64_t talks = 0;
    std::uint64_t promises = 0;
    std::uint64_t mishaps = 0;
    std::map<std::string_view, std::uint64_t> by_type;
};

using EventTypes = std::make_index_sequence<std::variant_size_v<amer::centre::Event>>;

template <std::size_t... Index>
std::vector<std::string_view> names_of(std::index_sequence<Index...>) {
    return {std::variant_alternative_t<Index, amer::centre::Event>::kTypeName...};
}

// How often each type of event came about; which never did.
std::vector<std::string_view> print_types(const Sum& sum) {
    std::vector<std::string_view> missed;
    for (const std::string_view name : names_of(EventTypes{})) {
        const auto found = sum.by_type.find(name);
        if (found == sum.by_type.end()) missed.push_back(name);
        fmt::print("  {:>9} {}\n", found == sum.by_type.end() ? 0 : found->second, name);
    }
    return missed;
}

void print_events(const Day& day, std::size_t count) {
    const auto& entries = day.disk.entries();
    const std::size_t first = entries.size() - std::min(count, entries.size());
    for (std::size_t at = first; at < entries.size(); ++at) {
        fmt::print("  {} {} {}\n", entries[at].sequence, entries[at].at.time_since_epoch().count(),
                   amer::to_json(entries[at].event));
    }
}

// The hash of the day's journal; "" when something was not true.
std::string live(std::uint64_t seed, const Options& options, Sum& sum) {
    Day day{seed};
    std::string sentence;
    try {
        day.live();
    } catch (const DayFailed& failed) {
        sentence = failed.sentence;
    }
    if (options.tells_all) print_events(day, day.disk.entries().size());
    sum.events += day.disk.entries().size();
    sum.talks += day.witness.talks();
    sum.promises += day.witness.promises();
    sum.mishaps += day.disk.mishaps_met();
    for (const auto& [name, count] : day.witness.events()) sum.by_type[name] += count;
    if (!sentence.empty()) {
        if (!options.tells_all) print_events(day, 30);
        fmt::print("seed {} FAILED: {}\nrepeat it: amer-sim --seed {}\n", seed, sentence, seed);
        return "";
    }
    const std::string hash = day.journal_hash();
    if (options.is_verbose) {
        fmt::print("{} {} events, {} talks, {} promises, {}\n", seed, day.disk.entries().size(),
                   day.witness.talks(), day.witness.promises(), hash);
    }
    return hash;
}

Options read(std::span<char*> words) {
    Options options;
    for (std::size_t at = 1; at < words.size(); ++at) {
        const std::string name = words[at];
        if (name == "--verbose") {
            options.is_verbose = true;
            continue;
        }
        if (name == "--all-events") {
            options.wants_all = true;
            continue;
        }
        const std::string value = at + 1 < words.size() ? words[++at] : "";
        if (name == "--first") options.first = std::stoull(value);
        if (name == "--seeds") options.seeds = std::stoull(value);
        if (name == "--freeze") options.freeze = value;
        if (name == "--compare") options.compare = value;
        if (name == "--seed") {
            options.first = std::stoull(value);
            options.seeds = 1;
            options.tells_all = true;
        }
    }
    return options;
}

// The frozen list agrees with this build, or says where it does not.
bool agrees(const std::string& file, const std::string& hashes) {
    std::ifstream in{file};
    const std::string frozen{std::istreambuf_iterator<char>{in}, {}};
    if (frozen == hashes) return true;
    fmt::print(
        "the journals are not those of {}:\n{}"
        "if the rules were changed on purpose: amer-sim --freeze {} --seeds 12\n",
        file, hashes, file);
    return false;
}

int run(const Options& options) {
    Sum sum;
    std::string hashes;
    for (std::uint64_t seed = options.first; seed < options.first + options.seeds; ++seed) {
        const std::string hash = live(seed, options, sum);
        if (hash.empty()) return 1;
        hashes += fmt::format("{} {}\n", seed, hash);
    }
    fmt::print("{} days: {} events, {} talks, {} promises, {} writes that failed or died\n",
               options.seeds, sum.events, sum.talks, sum.promises, sum.mishaps);
    const std::vector<std::string_view> missed = print_types(sum);
    if (options.wants_all && !missed.empty()) {
        fmt::print("these never came about: {}\n", fmt::join(missed, ", "));
        return 1;
    }
    if (!options.freeze.empty()) std::ofstream{options.freeze} << hashes;
    return options.compare.empty() || agrees(options.compare, hashes) ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run(read({words, static_cast<std::size_t>(count)}));
    } catch (const std::exception& error) {
        fmt::print("amer-sim [--seeds N] [--first S] [--verbose] [--all-events] | --seed S: {}\n",
                   error.what());
        return 2;
    }
}
