#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/calendar/calendar.h"
#include "main/cli/command.h"
#include "main/cli/show_problems.h"
#include "main/config/load.h"
#include "main/rehearsal/script.h"
#include "main/whatif/texts.h"
#include "main/why/words.h"
#include "measure/measures.h"
#include "whatif/compare.h"

namespace amer::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeed = 1;

struct Given {
    fs::path data = "data";
    std::string day;
    std::vector<std::string> changes;
    int reruns = 40;
    std::string target = "20s";
    Language language = Language::english;
};

struct ReadDay {
    whatif::RecordedDay day;
    whatif::Outcome real;
};

Result<ReadDay> read_day(const fs::path& data, calendar::LocalDay day,
                         std::chrono::milliseconds target) {
    const auto journal = open_journal(data);
    if (!journal) return tl::unexpected<Error>{journal.error()};
    whatif::DayReader reader{day};
    measure::Measures measures{{target, std::chrono::seconds{5}}};
    const auto read = (*journal)->read(1, [&](const engine::Entry& entry) {
        reader.take(entry.event, entry.at);
        measures.take(entry.event, entry.at);
    });
    if (!read) return tl::unexpected<Error>{read.error()};
    return ReadDay{reader.recorded(), whatif::outcome_of(measures.report({day, day}))};
}

// Every change in turn; a folder is a whole configuration in the place of the day's.
Result<whatif::Circumstances> changed_by(const Given& given, const whatif::RecordedDay& day) {
    whatif::Circumstances circumstances = whatif::as_it_was(day);
    for (const std::string& change : given.changes) {
        std::error_code unknown;
        if (fs::is_directory(change, unknown)) {
            const auto loaded = config::load(change, std::nullopt);
            if (!loaded) {
                show_problems(loaded.error(), false);
                return failure(fmt::format("{} is not a good configuration", change));
            }
            circumstances.rules = loaded->centre;
            continue;
        }
        auto next = whatif::changed(day, std::move(circumstances), change);
        if (!next) return tl::unexpected<Error>{next.error()};
        circumstances = std::move(*next);
    }
    return circumstances;
}

void print_text(const whatif::Compared& compared, const ReadDay& read, const Given& given,
                const why::Words& words) {
    std::string changes;
    for (const std::string& each : given.changes) changes += (changes.empty() ? "" : ", ") + each;
    fmt::print("{}\n", words.say("title", {{"day", given.day},
                                           {"arrivals", std::to_string(read.day.arrivals.size())},
                                           {"reruns", std::to_string(compared.reruns)},
                                           {"changes", changes}}));
    fmt::print("{}\n", words.say("columns"));
    for (const whatif::Comparison& row : compared.measures) {
        const bool is_part = !row.measure.ends_with("_s");
        const auto number = [&](double value) {
            return is_part ? fmt::format("{:.2f} %", value * 100) : fmt::format("{:.1f}", value);
        };
        const std::string numbers =
            fmt::format("{:>10} | {:>10} | {:>10} | {}{}, ± {}", number(row.real),
                        number(row.before), number(row.after), row.difference > 0 ? "+" : "",
                        number(row.difference), number(row.margin));
        fmt::print("{}  {}\n", words.isolated(numbers), words.say("measure." + row.measure));
    }
    if (read.day.rule_changes > 0) {
        fmt::print("{}\n",
                   words.say("rules_changed", {{"count", std::to_string(read.day.rule_changes)}}));
    }
    if (compared.not_placed > 0) {
        fmt::print("{}\n",
                   words.say("not_placed", {{"count", std::to_string(compared.not_placed)}}));
    }
    fmt::print("{}\n{}\n", words.say("drawn"), words.say("not_rerun"));
}

void print_json(const whatif::Compared& compared, const ReadDay& read, const Given& given) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const whatif::Comparison& row : compared.measures) {
        rows.push_back({{"measure", row.measure},
                        {"real", row.real},
                        {"before", row.before},
                        {"after", row.after},
                        {"difference", row.difference},
                        {"margin_95", row.margin}});
    }
    const nlohmann::ordered_json answer{{"day", given.day},
                                        {"changes", given.changes},
                                        {"arrivals", read.day.arrivals.size()},
                                        {"reruns", compared.reruns},
                                        {"not_placed", compared.not_placed},
                                        {"rule_changes", read.day.rule_changes},
                                        {"measures", rows}};
    fmt::print("{}\n", answer.dump());
}

int tell_whatif(const Invocation& invocation, const Given& given) {
    const auto day = day_of("--day", given.day);
    const auto target = rehearsal::parse_length(given.target);
    if (!day || !target) {
        fail(day ? fmt::format("--target: {}", target.error().what) : day.error().what);
        return kMisused;
    }
    const auto read = read_day(given.data, *day, *target);
    if (!read) return fail(read.error().what);
    const why::Words words = why::Words::from(
        given.language, given.language == Language::arabic ? whatif::kArabic : whatif::kEnglish);
    if (read->day.arrivals.empty()) return fail(words.say("no_arrivals", {{"day", given.day}}));
    const auto after = changed_by(given, read->day);
    if (!after) return fail(after.error().what);
    const whatif::Compared compared = whatif::compare(
        read->day, read->real, whatif::as_it_was(read->day), *after, given.reruns, kSeed, *target);
    if (invocation.as_json) {
        print_json(compared, *read, given);
    } else {
        print_text(compared, *read, given, words);
    }
    return kDone;
}

}  // namespace

void add_whatif(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "whatif",
        "Live a day of the journal again under other rules, in the same code, and tell the "
        "difference and how sure it is; changes nothing");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command->add_option("--day,--journal", given->day, "The day, such as 2026-11-19")->required();
    command
        ->add_option("--change", given->changes,
                     "agents+2, agents-1, handling*0.9, or a configuration folder; may be repeated")
        ->required();
    command->add_option("--reruns", given->reruns, "How often each is rerun")
        ->check(CLI::Range(2, 10'000))
        ->capture_default_str();
    command->add_option("--target", given->target, "A wait as long as this is in time")
        ->capture_default_str();
    add_language_option(*command, given->language, "In which it is told");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_whatif(invocation, *given); };
    });
}

}  // namespace amer::cli
