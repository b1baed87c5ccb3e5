// amer-explore: every state that a few moves can reach in a small centre, by the program's own
// decisions. Ends with 0 when nothing is wrong, 1 when a law was broken, 2 for a wrong word on the
// command line, 3 when it reached less than it should have. With --caught the other way round: 0
// when a law was broken, 4 when none was.
#include <span>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "exploration.h"

namespace {

using amer::explore::Findings;
using amer::explore::Scope;

struct Options {
    std::string scope;  // "": all of them
    int depth = 0;      // 0: the scope's own
    std::uint64_t least = 0;
    bool is_to_be_caught = false;
};

void print(const Scope& scope, const Findings& found) {
    fmt::print(
        "{}: {}\n  depth {}: {} states, {} transitions, {} duplicates, {} moves without effect\n",
        scope.name, scope.about, found.depth, found.states, found.transitions, found.duplicates,
        found.idle);
    fmt::print("  moves:");
    for (std::size_t at = 0; at < found.letters.size(); ++at) {
        fmt::print(" {} {};", scope.alphabet[at].name, found.letters[at]);
    }
    fmt::print("\n  events:");
    for (const auto& [name, count] : found.events) fmt::print(" {} {}", name, count);
    fmt::print("\n");
}

// Did the exploration reach what it should?
bool is_enough(const Scope& scope, const Findings& found, std::uint64_t least) {
    bool is_enough = found.states >= least;
    if (!is_enough) fmt::print("TOO FEW: at least {} states should be reached\n", least);
    for (std::size_t at = 0; at < found.letters.size(); ++at) {
        if (found.letters[at] > 0) continue;
        fmt::print("SILENT: '{}' never changed anything\n", scope.alphabet[at].name);
        is_enough = false;
    }
    return is_enough;
}

int explore(const Scope& scope, const Options& options) {
    amer::explore::Exploration exploration{scope};
    const Findings found = exploration.run(options.depth > 0 ? options.depth : scope.depth);
    print(scope, found);
    const bool is_violated = !found.violation.empty();
    if (is_violated) {
        fmt::print("VIOLATED: {}\nafter:\n", found.violation);
        for (const std::string& move : found.path) fmt::print("  {}\n", move);
    }
    if (options.is_to_be_caught) return is_violated ? 0 : 4;
    if (is_violated) return 1;
    return options.least == 0 || is_enough(scope, found, options.least) ? 0 : 3;
}

Options read(std::span<char*> words) {
    Options options;
    for (std::size_t at = 1; at < words.size(); ++at) {
        const std::string name = words[at];
        if (name == "--caught") {
            options.is_to_be_caught = true;
            continue;
        }
        const std::string value = at + 1 < words.size() ? words[++at] : "";
        if (name == "--scope") {
            options.scope = value;
        } else if (name == "--depth") {
            options.depth = std::stoi(value);
        } else if (name == "--least") {
            options.least = std::stoull(value);
        } else {
            throw std::invalid_argument{"what is " + name + "?"};
        }
    }
    return options;
}

int run(const Options& options) {
    bool is_known = false;
    for (const Scope& scope : amer::explore::scopes()) {
        if (!options.scope.empty() && scope.name != options.scope) continue;
        is_known = true;
        if (const int worst = explore(scope, options); worst != 0) return worst;
    }
    if (is_known) return 0;
    fmt::print("there is no scope {}\n", options.scope);
    return 2;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run(read({words, static_cast<std::size_t>(count)}));
    } catch (const std::exception& error) {
        fmt::print("amer-explore [--scope NAME] [--depth N] [--least STATES] [--caught]: {}\n",
                   error.what());
        return 2;
    }
}
