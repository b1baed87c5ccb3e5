// `amer journal` and `amer replay` upon a real data folder: what they print, and how they end.
#include <nlohmann/json.hpp>

#include "base/canonical_json.h"
#include "main/cli/test_run.h"
#include "store/archive/archive.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/test_days.h"

namespace amer::cli {
namespace {

using nlohmann::json;

std::vector<json> lines_of(const std::string& text) {
    std::vector<json> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(json::parse(text.substr(at, end - at)));
        at = end + 1;
    }
    return lines;
}

struct Data {
    explicit Data(const std::string& name) : folder{name}, entries{store::story_entries()} {
        journal = store::open(folder);
        REQUIRE(journal->append(entries));
    }
    Ended amer(std::vector<std::string> words) const {
        words.insert(words.end(), {"--data", folder.path().string()});
        return run_kept(words);
    }

    store::TestFolder folder;
    std::vector<engine::Entry> entries;
    std::unique_ptr<store::SqliteJournal> journal;  // as beside a running centre
};

TEST_CASE("amer journal show tells the entries in their order, for people and for programs") {
    const Data data{"cli-show"};
    const Ended all = data.amer({"journal", "show", "--json"});
    CHECK(all.code == 0);
    const auto lines = lines_of(all.out);
    REQUIRE(lines.size() == data.entries.size());
    for (std::size_t at = 0; at < lines.size(); ++at) {
        CHECK(lines[at]["sequence"] == at + 1);
        CHECK(lines[at]["event"] == json::parse(to_json(data.entries[at].event)));
    }
    CHECK(lines[0]["at"] == "2026-11-23T11:00:00+04:00");

    const Ended some = data.amer({"journal", "show", "--from", "3", "--to", "5"});
    CHECK(some.code == 0);
    CHECK(std::count(some.out.begin(), some.out.end(), '\n') == 4);
    CHECK(store::contains(some.out, "    ENTRY  AT"));
    CHECK(store::contains(some.out, "        3  2026-11-23 11:00:0"));
    CHECK(store::contains(some.out, "agent=amal"));
}

TEST_CASE("amer journal show tells one contact, its offers and nothing of others") {
    const Data data{"cli-contact"};
    const auto lines = lines_of(data.amer({"journal", "show", "--contact", "2", "--json"}).out);
    REQUIRE(lines.size() > 5);
    CHECK(lines.front()["event"]["type"] == "ContactOpened");
    bool has_ended = false;
    for (const json& line : lines) {
        const json& event = line["event"];
        if (event.contains("contact")) CHECK(event["contact"] == 2);
        has_ended = has_ended || event["type"] == "ContactEnded";
    }
    CHECK(has_ended);
}

TEST_CASE("archived by day, everything is told as before, and the check says how large it is") {
    const Data data{"cli-archive"};
    const std::string shown = data.amer({"journal", "show", "--json"}).out;
    const std::string report = data.amer({"report", "--day", "2026-11-23"}).out;
    const std::string why = data.amer({"why", "1"}).out;
    CHECK(data.amer({"journal", "archive", "--keep", "2d"}).code == 0);
    CHECK(data.folder.sql("select count(*) from archive_segment") == "0\n");  // two days there are
    const Ended archived = data.amer({"journal", "archive", "--keep", "1d", "--json"});
    CHECK(archived.code == 0);
    const json answer = json::parse(archived.out);
    CHECK(answer["segments"].size() == 1);
    CHECK(answer["entries"] > 60);
    CHECK(data.amer({"journal", "show", "--json"}).out == shown);
    CHECK(data.amer({"report", "--day", "2026-11-23"}).out == report);
    CHECK(data.amer({"why", "1"}).out == why);
    CHECK(data.amer({"journal", "archive", "--before", "2026-11-24"}).out ==
          "0 entries moved to the archive; the database begins with entry " +
              answer["first_in_database"].dump() + "\n");

    const Ended checked = data.amer({"journal", "check"});
    CHECK(checked.code == 0);
    CHECK(store::contains(checked.out, answer["entries"].dump() + " entries in 1 segment,"));
    CHECK(store::contains(checked.out, "good: every entry reads"));
    const json found = json::parse(data.amer({"journal", "check", "--json"}).out);
    CHECK(found["is_good"] == true);
    CHECK(found["sizes"]["entries_archived"] == answer["entries"]);
    CHECK(found["until"] == lines_of(shown).back()["at"]);

    const std::string segment = answer["segments"][0];
    REQUIRE(std::filesystem::remove(segment));
    for (const char* question : {"replay", "report"}) CHECK(data.amer({question}).code == 1);
    CHECK(data.amer({"journal", "check"}).code == 1);
    const json without = json::parse(data.amer({"journal", "check", "--json"}).out);
    CHECK(store::contains(without["faults"][0].get<std::string>(), segment));
    store::check_start(*data.journal, data.entries);
}

TEST_CASE("amer replay says that the newest snapshot leads to the same state, or does not") {
    const Data data{"cli-replay"};
    CHECK(store::contains(data.amer({"replay"}).out, "there is no snapshot to compare with\n"));
    const std::uint64_t at = data.entries.size() - 10;
    const std::string digest = data.journal->entry_digest(at).value();
    engine::Snapshot kept = store::state_after(data.entries, at);
    REQUIRE(store::write_snapshot(data.folder.path(), kept, digest));
    const Ended same = data.amer({"replay"});
    CHECK(same.code == 0);
    CHECK(store::contains(same.out, "the same from the snapshot of entry " + std::to_string(at)));
    CHECK(json::parse(data.amer({"replay", "--json"}).out)["state_hash"] ==
          engine::state_hash(store::state_after(data.entries).state));

    kept.state.last.contact += 1'000;  // no later entry makes up for it
    REQUIRE(store::write_snapshot(data.folder.path(), kept, digest));
    const Ended other = data.amer({"replay", "--json"});
    CHECK(other.code == 1);
    CHECK(json::parse(other.out)["snapshot_agrees"] == false);
}

TEST_CASE("a journal command that makes no sense ends with 2, one without a journal with 1") {
    CHECK(run_kept({"journal"}).code == 2);
    CHECK(run_kept({"journal", "archive"}).code == 2);
    CHECK(run_kept({"journal", "archive", "--keep", "90"}).code == 2);
    CHECK(run_kept({"journal", "archive", "--keep", "0d"}).code == 2);
    CHECK(run_kept({"journal", "archive", "--before", "yesterday"}).code == 2);
    CHECK(run_kept({"journal", "archive", "--before", "2026-11-19", "--keep", "9d"}).code == 2);
    CHECK(run_kept({"journal", "show", "--from", "x"}).code == 2);
    for (const char* command : {"check", "show"}) {
        CHECK(run_kept({"journal", command, "--data", "no/such/folder"}).code == 1);
    }
    CHECK(run_kept({"journal", "archive", "--keep", "9d", "--data", "no/such/folder"}).code == 1);
}

}  // namespace
}  // namespace amer::cli
