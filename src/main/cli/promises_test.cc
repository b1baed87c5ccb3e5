// `amer promises proof` and `verify` upon a real data folder: what they print, and how they end.
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "base/sha256.h"
#include "core/centre/test_night.h"
#include "main/cli/test_run.h"
#include "main/proof/texts.h"
#include "main/why/words.h"
#include "store/archive/archive.h"
#include "store/sqlite/test_days.h"

namespace amer::cli {
namespace {

using centre::example::Night;
using nlohmann::json;
using store::contains;

struct Data {
    explicit Data(const std::string& name) : folder{name} {
        journal = store::open(folder);
        std::vector<engine::Entry> entries;
        for (std::size_t at = 0; at < night.happened.size(); ++at) {
            entries.push_back({at + 1, at + 1, night.happened_at[at], night.happened[at]});
        }
        REQUIRE(journal->append(entries));
        write_message("test");  // its digest is the night's
    }
    std::filesystem::path message() const {
        return folder.path() / "recordings" / "000000" /
               ("00000000" + std::to_string(recording()) + ".wav");
    }
    std::uint64_t recording() const { return night.last<centre::MessageLeft>().recording.value; }
    void write_message(const std::string& sound) const {
        std::filesystem::create_directories(message().parent_path());
        std::ofstream{message()} << sound;
    }
    Ended amer(std::vector<std::string> words) const {
        words.insert(words.end(), {"--data", folder.path().string()});
        return run_kept(words);
    }
    Ended proof(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"promises", "proof", "--day", "2026-11-19"};
        words.insert(words.end(), more.begin(), more.end());
        return amer(words);
    }
    json verify(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"promises", "verify", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        const Ended ended = amer(words);
        const json answer = json::parse(ended.out);
        CHECK(ended.code == (answer["is_good"] == true ? 0 : 1));
        return answer;
    }
    // The only fault.
    std::string fault(const std::vector<std::string>& more = {}) const {
        const json answer = verify(more);
        REQUIRE(answer["faults"].size() == 1);
        return answer["faults"][0];
    }

    Night night;
    store::TestFolder folder;
    std::unique_ptr<store::SqliteJournal> journal;  // as beside a running centre
};

}  // namespace

TEST_CASE("the proof's texts are the same in both languages") {
    const why::Words english = why::Words::from(Language::english, proof::kEnglish);
    const why::Words arabic = why::Words::from(Language::arabic, proof::kArabic);
    REQUIRE(english.all().size() > 60);
    CHECK(english.all().size() == arabic.all().size());
    const auto holes_of = [](const std::string& text) {
        std::vector<std::string> holes;
        for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
            holes.push_back(text.substr(at, text.find('}', at) - at));
        }
        std::sort(holes.begin(), holes.end());
        return holes;
    };
    for (const auto& entry : english.all()) {
        CAPTURE(entry.first);
        REQUIRE(arabic.all().contains(entry.first));
        CHECK(holes_of(arabic.all().at(entry.first)) == holes_of(entry.second));
    }
}

TEST_CASE("the proof tells every call outside hours for people") {
    const Data data{"proof-text"};
    const Ended proof = data.proof();
    CHECK(proof.code == 0);
    for (const char* const said : {
             "Ministry of Public Works\nProof of the promises of 2026-11-19\n",
             "Calls that came outside hours: 5\n",
             "1. 2026-11-19 18:00:00  +971501234567, Arabic; dialled +9718006679; contact 4; "
             "outside hours by calendar version 1\n   Promise 2, reference ",
             "   Promised: a call 2026-11-20 07:30:00 until 2026-11-20 12:00:00, by calendar "
             "version 1\n",
             ": 0:12, recording 1, SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15"
             "b0f00a08: the file is there and its digest is right\n",
             "   The same caller called again: contacts 5\n",
             "   Re-dated on 2026-11-19 23:30:00 by calendar version 2: 2026-11-23 07:30:00 until "
             "2026-11-23 16:30:00; before: 2026-11-20 07:30:00 until 2026-11-20 12:00:00\n",
             "   Attempt 1 on 2026-11-23 07:30:00 by basim to +971501234567: no answer; next try "
             "from 2026-11-23 09:30:00\n",
             "in contact 12, in time.\n",
             "   Joined promise 2, which is told above.\n",
             "   Withdrawn on 2026-11-19 20:00:00 by mariam: came    in person.\n",
             "the agent left while it rang, so it did not count",
             "   Overdue: still to be called.\n",
             "Other promises made on this day: 1\n",
             "   5 calls came outside hours: 4 led to a promise, 1 joined one that was owed, 0 "
             "have "
             "none.\n   Every call outside hours has its promise.\n",
             "   2026-11-19, sealed on 2026-11-20 00:00:00: ",
             ": agrees with the journal\n",
         }) {
        CHECK_MESSAGE(contains(proof.out, said), said);
    }
    CHECK_FALSE(contains(proof.out, "NOT"));
    CHECK(contains(proof.out, "| sha256sum"));
    CHECK(contains(proof.out, "printf '%s %s\\n'"));
}

TEST_CASE("a line of the proof is checked by hand as the proof says") {
    const Data data{"proof-by-hand"};
    const json proof = json::parse(data.proof({"--json"}).out);
    const json line = proof["promises"][0]["lines"][1];
    const std::string before = line["head_before"];
    const std::string text = line["text"];
    CHECK(sha256(before + " " + text + "\n") == line["head"]);
    const std::string told = data.proof().out;
    for (const char* const part : {"text", "head_before", "head"}) {
        CHECK(contains(told, line[part].get<std::string>()));
    }
}

TEST_CASE("the proof in Arabic says every line from right to left, numbers kept whole") {
    const Data data{"proof-arabic"};
    const Ended proof = data.proof({"--language", "ar"});
    CHECK(proof.code == 0);
    CHECK(contains(proof.out,
                   "\u200Fإثبات وعود يوم \u2068"
                   "2026-11-19\u2069\n"));
    CHECK(contains(proof.out, "لكل مكالمة خارج الدوام وعدها."));
    CHECK(contains(proof.out, "الملف موجود وبصمته صحيحة"));
    const why::Words words = why::Words::from(Language::arabic, proof::kArabic);
    for (const char* const group : {"outcome.", "standing.", "why.", "file.", "origin."}) {
        CHECK_FALSE(contains(proof.out, group));  // a key whose sentence is lacking
    }
}

TEST_CASE("the proof for programs, from the archive as from the database") {
    const Data data{"proof-json"};
    const std::string before = data.proof({"--json"}).out;
    const json proof = json::parse(before);
    CHECK(proof["calls_outside_hours"] == 5);
    CHECK(proof["calls_without_promise"] == 0);
    CHECK(proof["calls"][0]["at"] == "2026-11-19T18:00:00+04:00");
    CHECK(proof["calls"][0]["without"] == nullptr);
    CHECK(proof["promises"][0]["standing"] == "kept_in_time");
    CHECK(proof["promises"][0]["messages"][0]["file"] == "right");
    CHECK(proof["totals"]["overdue"] == 1);
    CHECK(proof["head"] == data.night.state.ledger.head);
    REQUIRE(data.amer({"journal", "archive", "--before", "2026-11-21"}).code == 0);
    CHECK(data.folder.sql("select count(*) from archive_segment") != "0\n");
    CHECK(data.proof({"--json"}).out == before);
}

TEST_CASE("the proof looks at the files of messages") {
    const Data data{"proof-files"};
    const auto file = [&] {
        const json proof = json::parse(data.proof({"--json"}).out);
        return proof["promises"][0]["messages"][0]["file"].get<std::string>();
    };
    CHECK(file() == "right");
    data.write_message("tesT");
    CHECK(file() == "altered");
    CHECK(contains(data.proof().out, "THE FILE WAS ALTERED"));
    std::filesystem::remove(data.message());
    CHECK(file() == "missing");
}

TEST_CASE("a day on which nobody called outside hours says so") {
    const Data data{"proof-quiet"};
    const Ended proof = data.amer({"promises", "proof", "--day", "2026-11-21"});
    CHECK(proof.code == 0);
    CHECK(contains(proof.out, "No call came outside hours.\n"));
    CHECK(contains(proof.out, "0 calls came outside hours"));
}

TEST_CASE("an untouched ledger is verified: every seal is good, and so is the printed proof") {
    const Data data{"verify-good"};
    const Ended told = data.amer({"promises", "verify"});
    CHECK(told.code == 0);
    CHECK(contains(told.out, "2026-11-19  "));
    CHECK(contains(told.out, "  good\n"));
    CHECK(contains(told.out, "good: 2 seals of the ledger, the lists and the files of messages"));
    const json answer = data.verify();
    CHECK(answer["is_good"] == true);
    CHECK(answer["first_altered_day"] == nullptr);
    CHECK(answer["seals"].size() == 2);
    CHECK(answer["remarks"].empty());
    // As the seal of the day before says, and as the proof of that day printed it.
    const json seal = json::parse(data.proof({"--json"}).out)["seals"][0];
    CHECK(data.verify({"--head", seal["head"], "--lines", seal["lines"].dump()})["is_good"] ==
          true);
}

TEST_CASE("a printed proof that is not what the journal says any more is found") {
    const Data data{"verify-printed"};
    const std::string lines = std::to_string(data.night.state.ledger.lines);
    CHECK(contains(data.fault({"--head", "abc", "--lines", lines}), "the printed proof says abc"));
    CHECK(contains(data.fault({"--head", "abc", "--lines", "999"}), "lines were taken away"));
}

TEST_CASE("what was altered behind the program's back is found and named") {
    const Data data{"verify-altered"};
    SUBCASE("a due in the journal") {
        const std::string until =
            std::to_string(centre::example::dubai("2026-11-20 12:00").time_since_epoch().count());
        data.folder.sql("update journal set body = replace(body, '" + until + "', '" + until +
                        "1') where type = 'PromiseMade' and body like '%+971501234567%'");
        CHECK(contains(data.fault(), "the promise ledger of 2026-11-19 does not agree"));
        const json answer = data.verify();
        CHECK(answer["first_altered_day"] == "2026-11-19");
        CHECK(answer["seals"][0]["is_good"] == false);
        CHECK(answer["seals"][1]["is_good"] == true);
        CHECK(contains(data.amer({"promises", "verify"}).out, "  ALTERED\n"));
        CHECK(contains(data.proof().out, "DOES NOT AGREE with the journal"));
    }
    SUBCASE("an entry deleted") {
        data.folder.sql(
            "delete from journal where sequence = "
            "(select min(sequence) from journal where type = 'AttemptFailed')");
        CHECK(contains(data.fault(), "is missing"));
        CHECK(data.proof().code == 1);
    }
    SUBCASE("an attempt in the list") {
        data.folder.sql("update promise_attempt set agent = 'amal' where outcome = 'no_answer'");
        CHECK(contains(data.fault(), "attempt 1 of promise 2 in the list of attempts"));
    }
    SUBCASE("one byte of a message") {
        data.write_message("tesT");
        CHECK(contains(data.fault(), "the file of the message of promise 2"));
    }
}

TEST_CASE("a message whose file is gone is a remark: its time may have been over") {
    const Data data{"verify-missing"};
    std::filesystem::remove(data.message());
    const json answer = data.verify();
    CHECK(answer["is_good"] == true);
    CHECK(contains(answer["remarks"].at(0).get<std::string>(), "is not there"));
}

TEST_CASE("promises without a further word lists them as before; what makes no sense ends with 2") {
    const Data data{"promises-list"};
    CHECK(data.amer({"promises"}).code == 1);  // no centre runs here
    CHECK(data.amer({"promises", "proof"}).code == 2);
    CHECK(data.amer({"promises", "proof", "--day", "yesterday"}).code == 2);
    CHECK(data.amer({"promises", "verify", "--head", "abc"}).code == 2);
    CHECK(data.amer({"promises", "verify", "--lines", "0", "--head", "abc"}).code == 2);
    CHECK(data.amer({"promises", "prove"}).code == 2);
    for (const char* const part : {"proof", "verify"}) {
        std::vector<std::string> words{"promises", part, "--data", "no/such/folder"};
        if (std::string{part} == "proof") words.insert(words.end(), {"--day", "2026-11-19"});
        CHECK(run_kept(words).code == 1);
    }
    // The folder may stand before the part, too.
    const std::string folder = data.folder.path().string();
    CHECK(run_kept({"promises", "--data", folder, "verify"}).code == 0);
}

}  // namespace amer::cli
