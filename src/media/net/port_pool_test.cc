#include "media/net/port_pool.h"

#include <doctest/doctest.h>

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

const MonotonicInstant kStart{1h};
constexpr const char* kHost = "127.0.0.1";

std::uint16_t open_and_close(PortPool& pool, MonotonicInstant now) {
    const auto pair = pool.open(kHost, now);
    REQUIRE(pair);
    pool.give_back(pair->port, now);
    return pair->port;
}

}  // namespace

TEST_CASE("RTP gets an even port and RTCP the next, in turn") {
    PortPool pool{42'301, 42'309};  // 42302, 42304, 42306, 42308
    const auto first = pool.open(kHost, kStart);
    const auto second = pool.open(kHost, kStart);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->port == 42'302);
    CHECK(first->rtp.local().port() == 42'302);
    CHECK(first->rtcp.local().port() == 42'303);
    CHECK(second->port == 42'304);
}

TEST_CASE("ports held by others are skipped, of a pair either one") {
    const auto held = UdpSocket::bind(Address::parse(kHost, 42'323).value());
    REQUIRE(held);
    PortPool pool{42'320, 42'325};
    CHECK(pool.open(kHost, kStart)->port == 42'320);
    CHECK(pool.open(kHost, kStart)->port == 42'324);
}

TEST_CASE("a port rests five seconds when others are free, and is used when none is") {
    PortPool pool{42'340, 42'343};
    CHECK(open_and_close(pool, kStart) == 42'340);
    CHECK(open_and_close(pool, kStart + 1s) == 42'342);
    {
        const auto tired = pool.open(kHost, kStart + 2s);  // both rest: the longer rested first
        REQUIRE(tired);
        CHECK(tired->port == 42'340);
        pool.give_back(tired->port, kStart + 2s);
    }
    CHECK(open_and_close(pool, kStart + 6s) == 42'342);  // rested since 1 s
    CHECK(open_and_close(pool, kStart + 7s) == 42'340);
}

TEST_CASE("no free pair is a failure that says so") {
    PortPool pool{42'360, 42'361};
    const auto only = pool.open(kHost, kStart);
    REQUIRE(only);
    const auto none = pool.open(kHost, kStart);
    REQUIRE_FALSE(none);
    CHECK(none.error().what.find("no RTP port pair is free") != std::string::npos);
    CHECK_FALSE(pool.open("example.com", kStart));
    CHECK_FALSE(PortPool(42'362, 42'362).open(kHost, kStart));  // no room for a pair
}
