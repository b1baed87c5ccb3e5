#include "base/mailbox.h"

#include <thread>

#include <doctest/doctest.h>

using amer::Mailbox;

TEST_CASE("a mailbox keeps order, refuses when full and wakes only when it was empty") {
    int wakes = 0;
    Mailbox<int> mailbox{2, [&] { wakes++; }};
    CHECK(mailbox.post(1));
    CHECK(mailbox.post(2));
    CHECK_FALSE(mailbox.post(3));
    CHECK(wakes == 1);
    const auto taken = mailbox.take_all();
    REQUIRE(taken.size() == 2);
    CHECK(taken[0] == 1);
    CHECK(taken[1] == 2);
    CHECK(mailbox.post(4));
    CHECK(wakes == 2);
}

TEST_CASE("a waiting reader is woken by a post and by closing") {
    Mailbox<int> mailbox{8};
    std::thread poster{[&] { CHECK(mailbox.post(7)); }};
    const auto taken = mailbox.wait(std::nullopt);
    poster.join();
    REQUIRE(taken.size() == 1);
    CHECK(taken[0] == 7);
    mailbox.close();
    CHECK(mailbox.wait(std::nullopt).empty());
    CHECK(mailbox.is_closed());
}
