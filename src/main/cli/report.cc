#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/canonical_json.h"
#include "main/cli/command.h"
#include "main/rehearsal/script.h"
#include "main/report/forms.h"
#include "measure/measures.h"

namespace amer::cli {
namespace {

struct Given {
    std::filesystem::path data = "data";
    std::string day;
    std::string from;
    std::string until;
    std::string queue;
    std::string target = "20s";
    std::string short_abandon = "5s";
    std::string format = "text";
    Language language = Language::english;
};

struct Wanted {
    std::optional<measure::Span> span;  // nothing: the last day of the journal
    measure::Limits limits;
};

Result<std::chrono::milliseconds> length_of(const char* option, const std::string& text) {
    const auto length = rehearsal::parse_length(text);
    if (!length) return failure(fmt::format("{}: {}", option, length.error().what));
    return *length;
}

Result<measure::Span> span_of(const Given& given) {
    const bool is_one_day = !given.day.empty();
    const auto from = is_one_day ? day_of("--day", given.day) : day_of("--from", given.from);
    if (!from) return tl::unexpected<Error>{from.error()};
    const auto until = is_one_day ? from : day_of("--until", given.until);
    if (!until) return tl::unexpected<Error>{until.error()};
    if (*until < *from) {
        return failure(fmt::format("--until: {} is before {}", given.until, given.from));
    }
    return measure::Span{*from, *until};
}

Result<Wanted> wanted_by(const Given& given) {
    Wanted wanted;
    if (!given.day.empty() || !given.from.empty()) {
        const auto span = span_of(given);
        if (!span) return tl::unexpected<Error>{span.error()};
        wanted.span = *span;
    }
    const auto target = length_of("--target", given.target);
    if (!target) return tl::unexpected<Error>{target.error()};
    const auto short_abandon = length_of("--short", given.short_abandon);
    if (!short_abandon) return tl::unexpected<Error>{short_abandon.error()};
    wanted.limits = {*target, *short_abandon};
    return wanted;
}

int unknown_queue(const measure::Measures& measures, const std::string& queue) {
    std::string known;
    for (const auto& [id, title] : measures.ledger().queues()) {
        known += (known.empty() ? "" : ", ") + id.value;
    }
    return fail(fmt::format("--queue: '{}' is no queue of this journal: one of {}", queue, known));
}

int tell_report(const Invocation& invocation, const Given& given) {
    const auto wanted = wanted_by(given);
    if (!wanted) {
        fail(wanted.error().what);
        return kMisused;
    }
    const auto journal = open_journal(given.data);
    if (!journal) return fail(journal.error().what);
    measure::Measures measures{wanted->limits};
    const auto read = (*journal)->read(
        1, [&](const engine::Entry& entry) { measures.take(entry.event, entry.at); });
    if (!read) return fail(read.error().what);
    const why::Words words = report::words_of(given.language);
    const auto last = measures.last_day();
    if (!last) return fail(words.say("empty_journal"));
    std::optional<QueueId> only;
    if (!given.queue.empty()) {
        only = QueueId{given.queue};
        if (!measures.knows(*only)) return unknown_queue(measures, given.queue);
    }
    const measure::Report told =
        measures.report(wanted->span.value_or(measure::Span{*last, *last}), only);
    if (invocation.as_json || given.format == "json") {
        fmt::print("{}\n", to_json(told));
    } else if (given.format == "csv") {
        fmt::print("{}", report::as_csv(told, words));
    } else {
        fmt::print("{}", report::as_text(told, measures.ledger().calendar(), words));
    }
    return kDone;
}

}  // namespace

void add_report(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "report",
        "How a day went, or several: service levels by every formula, waits, agents, promises; "
        "reads the journal only (docs/reports.md)");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    auto* day = command->add_option("--day", given->day,
                                    "A day of the centre's calendar, 2026-11-19 [the last one]");
    auto* from =
        command->add_option("--from", given->from, "Several days: the first")->excludes(day);
    auto* until = command->add_option("--until", given->until, "and the last of them")->needs(from);
    from->needs(until);
    command->add_option("--queue", given->queue, "Of this queue only");
    command->add_option("--target", given->target, "A wait as long as this is in time")
        ->capture_default_str();
    command->add_option("--short", given->short_abandon, "An abandon within this is short")
        ->capture_default_str();
    add_language_option(*command, given->language, "In which it is told");
    command->add_option("--format", given->format, "text, csv (for a spreadsheet) or json")
        ->check(CLI::IsMember({"text", "csv", "json"}))
        ->capture_default_str();
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_report(invocation, *given); };
    });
}

}  // namespace amer::cli
