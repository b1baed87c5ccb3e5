#include "store/sqlite/read_ahead.h"

#include <stdexcept>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "store/sqlite/journal.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using engine::Entry;
using namespace std::chrono_literals;

constexpr std::uint64_t kEntries = 2'000;  // more than may be on the way

struct Written {
    explicit Written(const char* name) : folder{name} {
        auto opened = SqliteJournal::open(folder.path());
        REQUIRE(opened);
        journal = std::move(*opened);
        std::vector<Entry> entries;
        for (std::uint64_t at = 1; at <= kEntries; ++at) {
            entries.push_back(Entry{at, at, Instant{1'795'000'000s},
                                    centre::NoticeEnded{"notice " + std::to_string(at)}});
        }
        REQUIRE(journal->append(entries));
    }
    Result<void> read(const std::function<void(const Entry&)>& take) {
        return journal->read(1, take);
    }
    std::uint64_t count() {
        std::uint64_t entries = 0;
        REQUIRE(read([&](const Entry& entry) { CHECK(entry.sequence == ++entries); }));
        return entries;
    }

    TestFolder folder;
    std::unique_ptr<SqliteJournal> journal;
};

}  // namespace

TEST_CASE("entries that are read ahead come in order, on the thread that asked for them") {
    Written written{"ahead-order"};
    std::uint64_t expected = 0;
    const auto asker = std::this_thread::get_id();
    const auto read = written.read([&](const Entry& entry) {
        REQUIRE(entry.sequence == ++expected);
        REQUIRE(std::this_thread::get_id() == asker);
        CHECK(std::get<centre::NoticeEnded>(entry.event).by ==
              "notice " + std::to_string(expected));
    });
    CHECK(read);
    CHECK(expected == kEntries);
}

TEST_CASE("all that come before an entry that cannot be read are told, and none after it") {
    Written written{"ahead-damaged"};
    written.folder.sql("update journal set body = 'x' where sequence = 1500");
    std::uint64_t last = 0;
    const auto read = written.read([&](const Entry& entry) { last = entry.sequence; });
    REQUIRE_FALSE(read);
    CHECK(read.error().what.find("journal entry 1500 cannot be read") != std::string::npos);
    CHECK(last == 1'499);
}

TEST_CASE("who stops in the middle leaves a journal that can be read again") {
    Written written{"ahead-stopped"};
    for (const std::uint64_t at : {std::uint64_t{1}, std::uint64_t{700}, kEntries}) {
        const auto read = written.read([&](const Entry& entry) {
            if (entry.sequence == at) throw std::runtime_error{"enough"};
        });
        REQUIRE_FALSE(read);
        CHECK(read.error().what.find("enough") != std::string::npos);
        CHECK(written.count() == kEntries);
    }
}

}  // namespace amer::store
