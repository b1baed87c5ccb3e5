// Journals of the first release are read for ever: tests/corpus/journal_release_1 was written by
// the program at its first release and is never made anew. Each line: microseconds since 1970,
// event.
#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "core/centre/centre.h"
#include "core/centre/invariants.h"
#include "engine/journal.h"
#include "store/journal/event_reader.h"
#include "store/migrations/migrations.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {

namespace {

struct Line {
    std::int64_t at_us = 0;
    std::string body;
};

std::vector<Line> lines_of(const std::string& name) {
    std::ifstream file{std::string{AMER_SOURCE_DIR} + "/tests/corpus/journal_release_1/" + name};
    REQUIRE(file);
    std::vector<Line> lines;
    Line line;
    while (file >> line.at_us && file.get() == ' ' && std::getline(file, line.body)) {
        lines.push_back(line);
    }
    return lines;
}

struct Past {
    explicit Past(const std::string& name) {
        for (const Line& line : lines_of(name)) {
            const auto event = read_old_event(line.body, 1);
            REQUIRE_MESSAGE(event, event.error().what);
            types.insert(event->index());
            apply(state, *event, Instant{Duration{line.at_us}});
            events.push_back(*event);
        }
    }
    std::set<std::size_t> types;
    std::vector<centre::Event> events;
    centre::State state;
};

std::string agents_of(const centre::OfferMade& made, const std::string& rule) {
    std::string names;
    for (const queue::PassedOver& row : made.passed_over) {
        if (row.rule != rule) continue;
        for (const AgentId& agent : row.names) names += agent.value + " ";
    }
    return names;
}

}  // namespace

TEST_CASE("a journal of the first release: many days, every promise and number still right") {
    const Past past{"many_days.jsonl"};
    CHECK(past.events.size() == 935);
    CHECK(past.state.last.contact == 57);
    CHECK(past.state.last.offer == 29);
    CHECK(past.state.last.promise == 20);
    CHECK(past.state.last.recording == 28);
    CHECK(past.state.contacts.empty());
    CHECK(past.state.configuration.version == 3);
    CHECK(past.state.ended_promises.size() == 18);
    REQUIRE(past.state.promises.size() == 2);
    const callback::Promise& first = past.state.promises.at(PromiseId{15});
    CHECK(first.reference == "100153");
    CHECK(first.tries_made == 1);
    CHECK(first.queue == QueueId{"general"});
    CHECK(past.state.promises.at(PromiseId{17}).reference == "100177");
    for (const std::string& sentence : centre::broken_invariants(past.state)) FAIL_CHECK(sentence);
}

TEST_CASE("a journal of the first release: who was passed over is still told by name") {
    const Past past{"hidden_caller.jsonl"};
    const centre::OfferMade* made = nullptr;
    for (const centre::Event& event : past.events) {
        if (const auto* one = std::get_if<centre::OfferMade>(&event)) made = one;
    }
    REQUIRE(made != nullptr);
    CHECK(made->agent == AgentId{"basim"});
    CHECK(agents_of(*made, "unregistered") == "amal carla ");
    CHECK(past.state.configuration.agents[0].queues[1] ==
          centre::Membership{QueueId{"housing"}, 1, 1});
    CHECK(past.state.promises.at(PromiseId{1}).number->e164() == "+971501234567");
    for (const std::string& sentence : centre::broken_invariants(past.state)) FAIL_CHECK(sentence);
}

TEST_CASE("the two journals have every type of event that the first release knew") {
    std::set<std::size_t> types = Past{"many_days.jsonl"}.types;
    types.merge(Past{"hidden_caller.jsonl"}.types);
    CHECK(types.size() == 36);
}

TEST_CASE("a data folder of the first release is read, and goes on in today's form") {
    const TestFolder folder{"release-1"};
    std::filesystem::create_directories(folder.path());
    folder.sql("create table schema_version (version bigint not null)");
    for (const Migration& step : migrations()) {
        if (step.number() > 2) continue;
        for (const std::string& statement : step.statements()) folder.sql(statement);
        folder.sql("insert into schema_version values (" + std::to_string(step.number()) + ")");
    }
    std::size_t sequence = 0;
    for (const Line& line : lines_of("hidden_caller.jsonl")) {
        const std::string number = std::to_string(++sequence);
        std::string body = line.body;
        for (std::size_t at = body.find('\''); at != body.npos; at = body.find('\'', at + 2)) {
            body.insert(at, "'");
        }
        folder.sql("insert into journal values (" + number + "," + number + "," +
                   std::to_string(line.at_us) + ",'-','" + body + "')");
    }
    const auto count = [](engine::Journal& journal) {
        std::size_t entries = 0;
        const auto read = journal.read(1, [&](const engine::Entry&) { ++entries; });
        REQUIRE_MESSAGE(read, read.error().what);
        return entries;
    };
    {
        auto looking = SqliteJournal::open_read_only(folder.path());
        REQUIRE(looking);
        CHECK(count(**looking) == sequence);
    }
    auto journal = SqliteJournal::open(folder.path());
    REQUIRE_MESSAGE(journal, journal.error().what);
    CHECK(count(**journal) == sequence);
    const Past past{"hidden_caller.jsonl"};
    centre::OfferMade made;
    made.passed_over = {{"busy", "1-3", {}}};
    const Instant at = Instant{Duration{lines_of("hidden_caller.jsonl").back().at_us}};
    REQUIRE((*journal)->append({engine::Entry{sequence + 1, sequence + 1, at, made}}));
    CHECK(folder.sql("select type, version from journal order by sequence desc limit 1") ==
          "OfferMade|2\n");
    std::optional<centre::Event> last;
    REQUIRE(
        (*journal)->read(sequence + 1, [&](const engine::Entry& entry) { last = entry.event; }));
    CHECK(last == centre::Event{made});
}

}  // namespace amer::store
