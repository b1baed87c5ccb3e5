#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "core/calendar/calendar.h"
#include "main/cli/ask_centre.h"
#include "main/cli/journal.h"
#include "main/control/server.h"
#include "store/archive/archive.h"

namespace amer::cli {
namespace {

struct Given {
    std::filesystem::path data = "data";
    std::string before;
    int keep_days = 0;
};

// Midnight of the centre's own days.
Instant instant_wanted(const std::optional<calendar::LocalDay>& before, int keep_days,
                       const store::JournalEnd& end) {
    if (before) return calendar::instant_of(end.calendar, *before, 0);
    const auto last = calendar::local_time(end.calendar, end.at).day;
    const std::chrono::year_month_day first{std::chrono::sys_days{last} -
                                            std::chrono::days{keep_days - 1}};
    return calendar::instant_of(end.calendar, first, 0);
}

int archive(const Invocation& invocation, const Given& given) {
    std::optional<calendar::LocalDay> before;
    if (!given.before.empty()) {
        const auto day = day_of("--before", given.before);
        if (!day) {
            fail(day.error().what);
            return kMisused;
        }
        before = *day;
    }
    // Also says that there is none.
    if (const auto journal = open_journal(given.data); !journal) return fail(journal.error().what);
    const auto end = store::journal_end(given.data);
    if (!end) return fail(end.error().what);
    const auto archived =
        store::archive_before(given.data, instant_wanted(before, given.keep_days, *end));
    if (!archived) return fail(archived.error().what);
    control::Json files = control::Json::array();
    for (const store::Segment& segment : archived->segments) {
        files.push_back(store::segment_file(given.data, segment).string());
    }
    const control::Json answer{{"entries", archived->entries},
                               {"first_in_database", archived->first_kept},
                               {"segments", files}};
    print_answer(invocation, answer, [&](const control::Json&) {
        for (const control::Json& file : files) fmt::print("{}\n", file.get<std::string>());
        fmt::print("{} entries moved to the archive; the database begins with entry {}\n",
                   archived->entries, archived->first_kept);
    });
    return kDone;
}

}  // namespace

void add_journal_archive(CLI::App& journal, Invocation& invocation) {
    CLI::App* command = journal.add_subcommand(
        "archive",
        "Move old entries out of the database into files of the data folder, from which everything "
        "still reads them. May run beside a running centre");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    auto* which = command->add_option_group("which");
    which->add_option("--before", given->before, "Entries before this day, 2026-11-19");
    which
        ->add_option("--keep", given->keep_days,
                     "All but so many days, such as 90d; the last one is that of the last entry")
        ->transform(CLI::AsNumberWithUnit(std::map<std::string, int>{{"d", 1}},
                                          CLI::AsNumberWithUnit::UNIT_REQUIRED, "DAYS"))
        ->check(CLI::Range(1, 100'000));
    which->require_option(1);
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return archive(invocation, *given); };
    });
}

}  // namespace amer::cli
