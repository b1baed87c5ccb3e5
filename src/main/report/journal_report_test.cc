// Reports of journals as they lie on disk: the frozen ones of the first release, and a data folder.
#include <doctest/doctest.h>

#include <fstream>

#include "base/canonical_json.h"
#include "main/cli/run.h"
#include "measure/test_day.h"
#include "store/journal/event_reader.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_folder.h"

namespace amer::report {

namespace {

using measure::example::Story;

// As it was written, or written anew in today's form and read again.
enum class Form : std::uint8_t { old_form, todays_form };

std::unique_ptr<measure::Measures> fold_first_release(const std::string& name,
                                                      Form form = Form::old_form) {
    std::ifstream file{std::string{AMER_SOURCE_DIR} + "/tests/corpus/journal_release_1/" + name};
    REQUIRE(file);
    auto measures = std::make_unique<measure::Measures>();
    std::int64_t at_us = 0;
    std::string body;
    while (file >> at_us && file.get() == ' ' && std::getline(file, body)) {
        auto event = store::read_old_event(body, 1);
        REQUIRE_MESSAGE(event, event.error().what);
        if (form == Form::todays_form) event = store::read_event(to_json(*event));
        REQUIRE_MESSAGE(event, event.error().what);
        measures->take(*event, Instant{Duration{at_us}});
    }
    return measures;
}

measure::Span all_days() {
    return {centre::example::local_day(2000, 1, 1), centre::example::local_day(2100, 1, 1)};
}

void write_journal(store::SqliteJournal& journal, const Story& story) {
    std::vector<engine::Entry> entries;
    for (std::size_t at = 0; at < story.happened.size(); ++at) {
        entries.push_back({at + 1, at + 1, story.happened_at[at], story.happened[at]});
    }
    REQUIRE(journal.append(entries));
}

int run(std::vector<const char*> words) {
    words.insert(words.begin(), {"amer", "report"});
    return cli::run(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("journals of the first release give the same report for ever, byte for byte") {
    for (const char* name : {"many_days.jsonl", "hidden_caller.jsonl"}) {
        CAPTURE(name);
        const auto first = fold_first_release(name)->report(all_days());
        CHECK(to_json(first) == to_json(fold_first_release(name)->report(all_days())));
        const auto anew = fold_first_release(name, Form::todays_form);
        CHECK(to_json(first) == to_json(anew->report(all_days())));
        for (const measure::Section& section : first.sections) {
            for (const measure::Group* group : {&section.inbound, &section.callbacks}) {
                CHECK(group->cohort.entered == group->cohort.counts.offered());
            }
        }
    }
    const auto many = fold_first_release("many_days.jsonl")->report(all_days());
    const measure::Section& all = many.sections.front();
    // Counted apart from this code, by a few lines of Python over the same file.
    CHECK(all.inbound.cohort.counts == measure::Counts{13, 5, 1, 1, 1, 0, 0, 0});
    CHECK(all.inbound.cohort.answered_waits_us == 969'599'095'000);
    CHECK(all.inbound.cohort.longest_wait.us == 291'899'305'000);
    CHECK(all.callbacks.cohort.counts == measure::Counts{5, 3, 0, 0, 0, 2, 0, 0});
    CHECK(all.callbacks.cohort.answered_waits_us == 16'825'939'000);
    CHECK(all.callbacks.cohort.flow_outs.closing == 2);
    CHECK(*many.arrivals == measure::Arrivals{50, 13, 1, 8, 0, 27, 1, 0});
    CHECK(all.promises == measure::Promises{18, 4, 1, 0, 0, 13, 0, 2});
}

TEST_CASE("amer report reads a data folder, also while a centre has it open") {
    const store::TestFolder folder{"report"};
    const std::string data = folder.path().string();
    const auto journal = store::SqliteJournal::open(folder.path());
    REQUIRE(journal);
    CHECK(run({"--data", data.c_str()}) == 1);  // it is empty
    write_journal(**journal, measure::example::small_day());
    CHECK(run({"--data", data.c_str()}) == 0);
    CHECK(run({"--data", data.c_str(), "--json", "--day", "2026-11-19"}) == 0);
    CHECK(run({"--data", data.c_str(), "--format", "csv", "--language", "ar"}) == 0);
    CHECK(run({"--data", data.c_str(), "--from", "2026-11-18", "--until", "2026-11-21", "--queue",
               "housing", "--target", "500ms", "--short", "1.5s"}) == 0);
    CHECK(run({"--data", data.c_str(), "--queue", "hosing"}) == 1);
    CHECK(run({"--data", "no/such/folder"}) == 1);
}

TEST_CASE("a report that makes no sense ends with 2") {
    CHECK(run({"--day", "2026-13-01"}) == 2);
    CHECK(run({"--day", "yesterday"}) == 2);
    CHECK(run({"--from", "2026-11-19"}) == 2);
    CHECK(run({"--until", "2026-11-19"}) == 2);
    CHECK(run({"--from", "2026-11-19", "--until", "2026-11-18"}) == 2);
    CHECK(run({"--from", "2026-11-19", "--until", "2026-11-20", "--day", "2026-11-19"}) == 2);
    CHECK(run({"--target", "20"}) == 2);
    CHECK(run({"--short", "soon"}) == 2);
    CHECK(run({"--format", "pdf"}) == 2);
    CHECK(run({"--language", "fr"}) == 2);
}

}  // namespace amer::report
