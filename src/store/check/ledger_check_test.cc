// Somebody altered the journal or the lists behind the program's back: what the ledger says to it.
#include "store/check/ledger_check.h"

#include "core/centre/test_night.h"
#include "store/archive/archive.h"
#include "store/check/check.h"
#include "store/sqlite/test_days.h"

namespace amer::store {
namespace {

using centre::example::Night;

std::vector<engine::Entry> entries_of(const Night& night) {
    std::vector<engine::Entry> entries;
    for (std::size_t at = 0; at < night.happened.size(); ++at) {
        entries.push_back({at + 1, at + 1, night.happened_at[at], night.happened[at]});
    }
    return entries;
}

struct Kept {
    explicit Kept(const std::string& name) : folder{name} {
        journal = open(folder);
        REQUIRE(journal->append(entries_of(night)));
    }
    CheckedLedger check(std::optional<std::uint64_t> lines = std::nullopt) const {
        const auto found = check_ledger(folder.path(), lines);
        REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().what));
        return *found;
    }
    // The one fault there is.
    std::string fault() const {
        const CheckedLedger found = check();
        REQUIRE(found.faults.size() == 1);
        return found.faults[0];
    }
    bool is_named(const std::string& part) const { return contains(fault(), part); }
    // The first journal entry of this type.
    std::uint64_t entry(const std::string& type) const {
        return std::stoull(
            folder.sql("select min(sequence) from journal where type = '" + type + "'"));
    }

    Night night;
    TestFolder folder;
    std::unique_ptr<SqliteJournal> journal;  // as beside a running centre
};

TEST_CASE("an untouched ledger is good, its seals are told, archived or not") {
    const Kept kept{"ledger-good"};
    bool is_archived = false;
    SUBCASE("all in the database") {}
    SUBCASE("the first day archived") {
        REQUIRE(archive_before(kept.folder.path(), centre::example::dubai("2026-11-20 00:00")));
        is_archived = true;
    }
    const CheckedLedger found = kept.check(3);
    for (const std::string& fault : found.faults) FAIL_CHECK(fault);
    CHECK((kept.folder.sql("select count(*) from archive_segment") != "0\n") == is_archived);
    CHECK(found.is_good());
    CHECK(found.remarks.empty());
    CHECK(found.sequence == kept.night.happened.size());
    CHECK(found.lines == kept.night.state.ledger.lines);
    CHECK(found.head == kept.night.state.ledger.head);
    CHECK(found.unsealed == 0);
    REQUIRE(found.seals.size() == 2);
    CHECK(found.seals[0].day == "2026-11-19");
    CHECK(found.seals[0].covered == found.seals[0].lines);
    CHECK(found.seals[0].promises.size() == 5);
    CHECK(found.seals[1].covered == found.lines - found.seals[0].lines);
    CHECK(found.seals[1].from == centre::example::dubai("2026-11-23 07:30"));
    REQUIRE(found.messages.size() == 1);
    CHECK(found.messages[0].sha256 == Night::kDigest);
    CHECK(found.head_asked.has_value());
    CHECK_FALSE(kept.check(found.lines + 1).head_asked.has_value());
    CHECK(kept.check(found.lines).head_asked == found.head);
}

TEST_CASE("an empty folder is good, none is told") {
    const TestFolder folder{"ledger-new"};
    open(folder);
    const auto found = check_ledger(folder.path());
    REQUIRE(found);
    CHECK(found->is_good());
    CHECK(found->lines == 0);
    CHECK_FALSE(check_ledger("no/such/folder"));
}

TEST_CASE("a promise's due that was altered in the journal breaks its day and no other") {
    const Kept kept{"ledger-due"};
    const std::string until =
        std::to_string(centre::example::dubai("2026-11-20 12:00").time_since_epoch().count());
    kept.folder.sql("update journal set body = replace(body, '" + until + "', '" + until +
                    "1') where type = 'PromiseMade' and body like '%+971501234567%'");
    const CheckedLedger found = kept.check();
    REQUIRE(found.seals.size() == 2);
    CHECK_FALSE(found.seals[0].is_good);
    CHECK(found.seals[1].is_good);
    REQUIRE(found.faults.size() == 1);
    CHECK(contains(found.faults[0], "the promise ledger of 2026-11-19 does not agree"));
    CHECK(contains(found.faults[0], "promises: 1, 2, 3, 4, 5"));
    CHECK(found.head != kept.night.state.ledger.head);
    // Whoever checks the whole journal is told, too.
    const auto checked = check_journal(kept.folder.path());
    REQUIRE(checked);
    CHECK(contains(checked->faults.at(0), "the promise ledger of 2026-11-19 does not agree"));
}

TEST_CASE("an altered instant, digest or reason is found in the day it was written on") {
    const Kept kept{"ledger-small"};
    SUBCASE("an instant") {
        const std::string withdrawn = std::to_string(kept.entry("PromiseWithdrawn"));
        kept.folder.sql("update journal set at_us = at_us + 1 where sequence = " + withdrawn);
    }
    SUBCASE("a digest") {
        kept.folder.sql(
            "update journal set body = replace(body, '9f86d0', '9f86d1') "
            "where type = 'MessageLeft'");
    }
    SUBCASE("who withdrew it") {
        kept.folder.sql(
            "update journal set body = replace(body, 'mariam', 'nobody') "
            "where type = 'PromiseWithdrawn'");
    }
    CHECK(contains(kept.check().faults.at(0), "the promise ledger of 2026-11-19 does not agree"));
}

TEST_CASE("an entry that was deleted is named; with the gap closed the seal finds it") {
    const Kept kept{"ledger-deleted"};
    const std::string failed = std::to_string(kept.entry("AttemptFailed"));
    kept.folder.sql("delete from journal where sequence = " + failed);
    CHECK(kept.is_named("journal entry " + failed + " is missing"));
    // Number by number: no two may be the same meanwhile.
    kept.folder.sql("update journal set sequence = -sequence where sequence > " + failed);
    kept.folder.sql("update journal set sequence = -sequence - 1 where sequence < 0");
    const CheckedLedger found = kept.check();
    CHECK(found.seals.at(0).is_good);
    CHECK_FALSE(found.seals.at(1).is_good);
    CHECK(found.seals[1].lines_found == found.seals[1].lines - 1);
    CHECK(contains(found.faults.at(0), "the promise ledger of 2026-11-23 does not agree"));
}

TEST_CASE("a seal made to fit an altered day gives away the next one") {
    const Kept kept{"ledger-forged"};
    kept.folder.sql(
        "update journal set body = replace(body, 'mariam', 'nobody') "
        "where type = 'PromiseWithdrawn'");
    const CheckedSeal first = kept.check().seals.at(0);
    kept.folder.sql("update journal set body = replace(body, '" + first.head + "', '" +
                    first.head_found + "') where type = 'LedgerSealed'");
    const CheckedLedger found = kept.check();
    CHECK(found.seals.at(0).is_good);
    CHECK_FALSE(found.seals.at(1).is_good);
    CHECK(contains(found.faults.at(0), "the promise ledger of 2026-11-23 does not agree"));
}

TEST_CASE("rows of the two lists that say otherwise than the ledger are named, column by column") {
    const Kept kept{"ledger-lists"};
    SUBCASE("a state") {
        kept.folder.sql("update callback_promise set state = 'kept' where promise_id = 5");
        CHECK(
            kept.is_named("promise 5 in the list of promises was altered: state is \"kept\", by "
                          "the ledger \"open\""));
    }
    SUBCASE("tries") {
        kept.folder.sql("update callback_promise set tries_made = 7 where promise_id = 2");
        CHECK(kept.is_named("promise 2 in the list of promises was altered: tries is 7"));
    }
    SUBCASE("a due") {
        kept.folder.sql("update callback_promise set due_until_us = 0 where promise_id = 2");
        CHECK(
            kept.is_named("due_until is \"1970-01-01T00:00:00.000000Z\", by the ledger "
                          "\"2026-11-23T12:30:00.000000Z\""));
    }
    SUBCASE("a message") {
        kept.folder.sql("update callback_promise set message_id = null where promise_id = 2");
        CHECK(kept.is_named("message is 0"));
    }
    SUBCASE("an outcome") {
        kept.folder.sql("update promise_attempt set outcome = 'busy' where outcome = 'no_answer'");
        CHECK(kept.is_named("was altered: outcome is \"busy\", by the ledger \"no_answer\""));
    }
    SUBCASE("an attempt taken out") {
        kept.folder.sql("delete from promise_attempt where outcome = 'no_answer'");
        CHECK(kept.is_named("attempt 1 of promise 2 in the list of attempts"));
        CHECK(kept.is_named("is lacking"));
    }
    SUBCASE("a promise put in") {
        kept.folder.sql(
            "insert into callback_promise select 99, reference, origin, number_e164, language, "
            "queue, made_in, made_us, due_from_us, due_until_us, next_try_us, calendar_version, "
            "tries_made, message_id, message_ms, state, overdue, ended_us, kept_in, why_ended, "
            "withdrawn_by, as_of from callback_promise where promise_id = 2");
        CHECK(kept.is_named("promise 99 in the list of promises is not in the ledger"));
    }
    SUBCASE("lists of another version are not judged") {
        kept.folder.sql("update callback_promise set tries_made = 7");
        kept.folder.sql("update projection set rules = 0");
        CHECK(kept.check().is_good());
        CHECK(contains(kept.check().remarks.at(0), "refilled at the next start"));
    }
}

TEST_CASE("entries of a release that knew no seals are covered by the first one that comes") {
    const TestFolder folder{"ledger-first-seal"};
    const Night night;
    std::vector<engine::Entry> entries;
    for (const engine::Entry& entry : entries_of(night)) {
        const auto* seal = std::get_if<centre::LedgerSealed>(&entry.event);
        if (seal != nullptr && seal->day == "2026-11-19") continue;
        entries.push_back(entry);
        entries.back().sequence = entries.back().decision = entries.size();
    }
    REQUIRE(open(folder)->append(entries));
    const auto found = check_ledger(folder.path());
    REQUIRE(found);
    CHECK(found->is_good());
    REQUIRE(found->seals.size() == 1);
    CHECK(found->seals[0].covered == night.state.ledger.lines);
}

}  // namespace
}  // namespace amer::store
