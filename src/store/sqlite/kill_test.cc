#include <csignal>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arbitrary.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using engine::Entry;
using namespace std::chrono_literals;

// The batch that begins with this sequence number is always the same one, so that who comes after
// the crash knows what must be there.
std::vector<Entry> batch_from(std::uint64_t first) {
    Rng rng{first};
    std::vector<Entry> batch(1 + rng.below(8));
    for (std::size_t index = 0; index < batch.size(); ++index) {
        const std::uint64_t sequence = first + index;
        batch[index] =
            Entry{sequence, first, Instant{sequence * 1s}, arbitrary<centre::Event>(rng)};
    }
    return batch;
}

// Appends as fast as it can until it is killed, and says after each batch which number is safe.
[[noreturn]] void write_until_killed(const TestFolder& folder, int safe) {
    auto journal = SqliteJournal::open(folder.path());
    if (!journal) ::_exit(1);
    for (std::uint64_t next = (*journal)->last_sequence().value() + 1;;) {
        const auto batch = batch_from(next);
        if (!(*journal)->append(batch)) ::_exit(2);
        next += batch.size();
        const std::uint64_t last = next - 1;
        if (::write(safe, &last, sizeof last) != sizeof last) ::_exit(3);
    }
}

// Lets a writer live for `batches` acknowledged batches; the last number it said was safe.
std::uint64_t kill_after(const TestFolder& folder, std::uint64_t batches) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t writer = ::fork();
    REQUIRE(writer >= 0);
    if (writer == 0) {
        ::close(ends[0]);
        write_until_killed(folder, ends[1]);
    }
    ::close(ends[1]);
    std::uint64_t safe = 0;
    for (std::uint64_t said = 0; said < batches; ++said) {
        REQUIRE(::read(ends[0], &safe, sizeof safe) == sizeof safe);
    }
    REQUIRE(::kill(writer, SIGKILL) == 0);
    while (::read(ends[0], &safe, sizeof safe) == sizeof safe) {
    }
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(writer, &status, 0) == writer);
    REQUIRE(WIFSIGNALED(status));
    return safe;
}

TEST_CASE("killed twenty times while writing: nothing that was acknowledged is lost") {
    const TestFolder folder{"kill"};
    Rng rng{20};
    for (int kill = 0; kill < 20; ++kill) {
        CAPTURE(kill);
        const std::uint64_t safe = kill_after(folder, 1 + rng.below(120));

        auto journal = SqliteJournal::open(folder.path());
        REQUIRE_MESSAGE(journal.has_value(), (journal ? "" : journal.error().what));
        std::vector<Entry> found;
        REQUIRE((*journal)->read(1, [&](const Entry& entry) { found.push_back(entry); }));
        CHECK(found.size() >= safe);

        std::vector<Entry> expected;
        while (expected.size() < found.size()) {
            const auto batch = batch_from(expected.size() + 1);
            expected.insert(expected.end(), batch.begin(), batch.end());
        }
        CHECK((found == expected));  // whole batches only

        const std::string after_crash = folder.projections();
        REQUIRE((*journal)->rebuild_projections());
        CHECK(folder.projections() == after_crash);
    }
}

}  // namespace
}  // namespace amer::store
