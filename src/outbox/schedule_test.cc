#include "outbox/schedule.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "outbox/test_notifications.h"

using namespace amer;
using namespace std::chrono_literals;
using notification::Notification;
using outbox::Schedule;
using outbox::example::kStart;
using outbox::example::mail_to;
using outbox::example::text_to;

namespace {

const char* const kMona = "+971501234567";
const char* const kSalem = "+971501234568";

Schedule schedule(std::uint64_t seed = 1) { return Schedule{{}, seed}; }

std::uint64_t due_id(const Schedule& schedule, Instant now) {
    const auto row = schedule.due(now);
    return row ? row->id.value : 0;
}

}  // namespace

TEST_CASE("what is owed is due at once, and once") {
    Schedule owed = schedule();
    CHECK_FALSE(owed.next_due());
    owed.owe(text_to(kMona, 1));
    owed.owe(text_to(kMona, 1));
    CHECK(owed.size() == 1);
    CHECK(owed.next_due() == kStart);
    CHECK(due_id(owed, kStart) == 1);
    owed.ended(text_to(kMona, 1), true);
    CHECK(owed.size() == 0);
    CHECK_FALSE(owed.due(kStart));
}

TEST_CASE("to one recipient in the order of the ids, also when the first one has to wait") {
    Schedule owed = schedule();
    owed.owe(text_to(kMona, 2));
    owed.owe(text_to(kMona, 1));
    owed.owe(text_to(kSalem, 3));
    CHECK(due_id(owed, kStart) == 1);
    owed.failed(text_to(kMona, 1), kStart);
    CHECK(due_id(owed, kStart) == 3);  // another recipient does not wait for him
    owed.ended(text_to(kSalem, 3), true);
    CHECK(due_id(owed, kStart) == 0);
    CHECK(due_id(owed, kStart + 1min) == 1);
    owed.ended(text_to(kMona, 1), true);
    CHECK(due_id(owed, kStart) == 2);
}

TEST_CASE("the pauses grow from half a minute to half an hour, a fifth more or less") {
    std::vector<Duration> pauses;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Schedule owed = schedule(seed);
        owed.owe(text_to(kMona, 1));
        Instant now = kStart;
        Duration usual = 30s;
        for (int attempt = 1; attempt <= 6; ++attempt) {
            owed.failed(text_to(kMona, 1), now);
            // Another way out is not shut: the whole of it is this recipient's pause.
            owed.ended(text_to("+971509999999", 9), true);
            const Duration pause = owed.next_due().value() - now;
            CHECK(pause >= usual * 8 / 10);
            CHECK(pause <= usual * 12 / 10);
            if (attempt == 1) pauses.push_back(pause);
            now = *owed.next_due();
            CHECK_FALSE(owed.due(now - 1ms));
            CHECK(owed.due(now));
            usual *= 2;
        }
        for (int attempt = 0; attempt < 30; ++attempt) owed.failed(text_to(kMona, 1), now);
        CHECK(owed.next_due().value() - now <= 36min);
    }
    CHECK(*std::min_element(pauses.begin(), pauses.end()) < 25s);
    CHECK(*std::max_element(pauses.begin(), pauses.end()) > 35s);
}

TEST_CASE("a way out that failed three times in a row is left alone, then tried with one") {
    Schedule owed = schedule();
    for (std::uint64_t id = 1; id <= 5; ++id) owed.owe(text_to(kMona + std::to_string(id), id));
    owed.owe(mail_to("duty@ministry.example", 6));
    for (std::uint64_t id = 1; id <= 3; ++id) {
        CHECK(due_id(owed, kStart) == id);
        owed.failed(text_to(kMona + std::to_string(id), id), kStart);
    }
    CHECK(due_id(owed, kStart) == 6);  // mails have a way of their own
    owed.ended(mail_to("duty@ministry.example", 6), true);
    CHECK(due_id(owed, kStart) == 0);
    CHECK(due_id(owed, kStart + 40s) == 4);
    owed.failed(text_to(kMona + std::string{"4"}, 4), kStart + 40s);
    CHECK(due_id(owed, kStart + 80s) == 0);  // the next pause is longer
    CHECK(owed.next_due().value() > kStart + 80s);
    const Instant later = kStart + 3min;
    owed.ended(text_to(kMona + std::string{"5"}, 5), true);
    CHECK(due_id(owed, later) != 0);  // it works again: everybody's turn
    CHECK(owed.size() == 4);
}

TEST_CASE("what has been due the longest comes first, by whichever way") {
    Schedule owed = schedule();
    owed.owe(mail_to("duty@ministry.example", 1));
    owed.owe(text_to(kMona, 2));
    CHECK(due_id(owed, kStart) == 1);
}

TEST_CASE("what is a day old is due for the last time, whatever its pause") {
    Schedule owed{{.first_pause = 23h, .longest_pause = 23h, .give_up_after = 24h}, 7};
    owed.owe(text_to(kMona, 1));
    owed.failed(text_to(kMona, 1), kStart + 20h);
    CHECK(owed.next_due() == kStart + 24h);
    CHECK_FALSE(owed.is_stale(text_to(kMona, 1), kStart + 24h - 1us));
    CHECK(owed.is_stale(text_to(kMona, 1), kStart + 24h));
}
