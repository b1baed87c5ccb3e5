#include <fstream>
#include <functional>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "engine/system_clock.h"
#include "main/cli/calendar.h"
#include "main/icalendar/icalendar.h"
#include "main/official/toml_rows.h"

// The calendar as an iCalendar file for other programs, and holidays from theirs.
namespace amer::cli {
namespace {

using calendar::HolidayStatus;
using calendar::LocalDay;

struct GivenOut {
    CalendarMeant meant;
    std::string from;
    std::string until;
};

struct GivenIn {
    std::filesystem::path file;
    std::optional<HolidayStatus> status;
};

// Days, both inside; far away where none is given.
struct Stretch {
    LocalDay first{std::chrono::year{1}, std::chrono::January, std::chrono::day{1}};
    LocalDay last{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};
};

template <typename Row>
void keep_rows(std::vector<Row>& rows, const calendar::Place& place, bool has_place,
               const std::function<bool(const Row&)>& is_inside) {
    std::erase_if(rows, [&](const Row& row) {
        return !is_inside(row) || (has_place && !calendar::holds_at(row.scope, place));
    });
}

// The rows keep their scope: whoever reads the file sees for whom each is.
void keep(calendar::Calendar& calendar, const calendar::Place& place, const Stretch& stretch) {
    const bool has_place = !place.office.empty();
    const auto is_inside = [&](LocalDay first, LocalDay last) {
        return last >= stretch.first && first <= stretch.last;
    };
    keep_rows<calendar::Holiday>(calendar.holidays, place, has_place, [&](const auto& row) {
        return is_inside(row.first_day, row.last_day);
    });
    keep_rows<calendar::DatedProfile>(calendar.dated, place, has_place, [&](const auto& row) {
        return is_inside(row.first_day, row.last_day);
    });
    const calendar::Calendar zone = calendar;
    keep_rows<calendar::Closure>(calendar.closures, place, has_place, [&](const auto& row) {
        return is_inside(calendar::local_time(zone, row.from).day,
                         calendar::local_time(zone, row.until).day);
    });
}

Result<Stretch> stretch_of(const GivenOut& given) {
    Stretch stretch;
    if (!given.from.empty()) {
        const auto first = day_of("--from", given.from);
        if (!first) return tl::unexpected<Error>{first.error()};
        stretch.first = *first;
    }
    if (!given.until.empty()) {
        const auto last = day_of("--until", given.until);
        if (!last) return tl::unexpected<Error>{last.error()};
        stretch.last = *last;
    }
    if (stretch.first <= stretch.last) return stretch;
    return failure(fmt::format("--until: {} is before {}", given.until, given.from));
}

int write_out(const GivenOut& given, bool as_json) {
    const auto stretch = stretch_of(given);
    if (!stretch) {
        fail(stretch.error().what);
        return kMisused;
    }
    auto configuration = configuration_of(given.meant, as_json);
    if (!configuration) return kFailed;
    const auto place = place_meant(given.meant, configuration->units);
    if (!place) return kFailed;
    keep(configuration->calendar, *place, *stretch);
    const Instant now = engine::SystemClock{}.now();
    fmt::print("{}", icalendar::write(configuration->calendar, now));
    return kDone;
}

Result<std::string> text_of(const std::filesystem::path& file) {
    std::error_code failed;
    if (std::filesystem::is_directory(file, failed)) return failure("it is a folder");
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return failure("it cannot be read");
    std::string text(icalendar::kLargestFile + 1, '\0');  // one more tells that it is too large
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad()) return failure("it cannot be read");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

void print_rows(const icalendar::Imported& imported) {
    for (const icalendar::Imported::Passed& passed : imported.passed_over) {
        fmt::print("# Line {}: {}: left out, only holidays and closures are read.\n\n", passed.line,
                   passed.what);
    }
    for (const icalendar::Imported::Row& row : imported.holidays) {
        if (row.has_one_name) {
            fmt::print("# Line {}: the file has one name for both languages.\n", row.line);
        }
        fmt::print("{}\n", official::as_toml(row.holiday));
    }
    for (const calendar::Closure& closure : imported.closures) {
        fmt::print("{}\n", official::as_toml(closure));
    }
}

int read_in(const GivenIn& given) {
    const auto text = text_of(given.file);
    if (!text) return fail(fmt::format("{}: {}", given.file.string(), text.error().what));
    const auto imported = icalendar::read(*text, given.status);
    if (!imported) return fail(fmt::format("{}: {}", given.file.string(), imported.error().what));
    print_rows(*imported);
    return kDone;
}

}  // namespace

void add_calendar_export(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command = calendar.add_subcommand(
        "export", "Holidays, dated hours and closures as an iCalendar file, to standard output");
    const auto given = std::make_shared<GivenOut>();
    given->meant.add_options(*command);
    command->add_option("--from", given->from, "Only what reaches to this day or later");
    command->add_option("--until", given->until, "Only what begins on this day or before");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return write_out(*given, invocation.as_json); };
    });
}

void add_calendar_import(CLI::App& calendar, Invocation& invocation) {
    static const std::map<std::string, HolidayStatus> kStatuses{
        {"predicted", HolidayStatus::predicted},
        {"announced", HolidayStatus::announced},
        {"confirmed", HolidayStatus::confirmed}};
    CLI::App* command = calendar.add_subcommand(
        "import",
        "The holidays and closures of an iCalendar file as rows for calendar.toml, to "
        "standard output");
    const auto given = std::make_shared<GivenIn>();
    command->add_option("FILE", given->file, "Such as holidays.ics")->required();
    command
        ->add_option_function<std::string>(
            "--status", [given](const std::string& word) { given->status = kStatuses.at(word); },
            "Of all that are not cancelled: predicted, announced or confirmed [what the file "
            "says, else announced]")
        ->check(CLI::IsMember(kStatuses));
    command->callback(
        [given, &invocation] { invocation.work = [given] { return read_in(*given); }; });
}

}  // namespace amer::cli
