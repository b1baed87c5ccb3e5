#include "media/net/latch.h"

#include <doctest/doctest.h>

#include <cstring>
#include <new>

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

Address at(const char* host, std::uint16_t port) { return Address::parse(host, port).value(); }

const Address kNegotiated = at("192.0.2.1", 4000);
const Address kOtherPort = at("192.0.2.1", 5000);
const Address kThirdPort = at("192.0.2.1", 6000);
const Address kStranger = at("198.51.100.7", 4000);
const MonotonicInstant kStart{1h};

// A packet of well-formed media from `source`: is it heard?
bool hears(Latch& latch, const Address& source, MonotonicInstant now) {
    if (!latch.admits(source, now)) return false;
    latch.lock(source, now);
    return true;
}

}  // namespace

TEST_CASE("nobody is heard or answered before the far side is known") {
    Latch latch;
    CHECK_FALSE(hears(latch, kNegotiated, kStart));
    CHECK_FALSE(latch.remote().is_reachable());
}

TEST_CASE("the negotiated source is heard and the matter is settled") {
    Latch latch;
    latch.expect(kNegotiated, true, kStart);
    CHECK(hears(latch, kNegotiated, kStart + 10ms));
    CHECK_FALSE(hears(latch, kOtherPort, kStart + 20ms));
    CHECK_FALSE(hears(latch, kStranger, kStart + 20ms));
    CHECK(latch.remote() == kNegotiated);
}

TEST_CASE("another port of the same host is taken inside the window, and then only it") {
    Latch latch;
    latch.expect(kNegotiated, false, kStart);
    CHECK_FALSE(hears(latch, kStranger, kStart + 5ms));
    CHECK(hears(latch, kOtherPort, kStart + 10ms));
    CHECK(latch.remote() == kOtherPort);
    CHECK(latch.has_moved());
    CHECK_FALSE(hears(latch, kThirdPort, kStart + 20ms));
    CHECK_FALSE(hears(latch, kStranger, kStart + 20ms));
    CHECK(hears(latch, kOtherPort, kStart + 1h));
    CHECK_FALSE(hears(latch, kNegotiated, kStart + 1h));
}

TEST_CASE("any host is taken only when that was asked for") {
    Latch latch;
    latch.expect(kNegotiated, true, kStart);
    CHECK(hears(latch, kStranger, kStart + 10ms));
    CHECK(latch.remote() == kStranger);
    CHECK_FALSE(hears(latch, kOtherPort, kStart + 20ms));
}

TEST_CASE("a stranger who was quicker loses his place to the negotiated source") {
    Latch latch;
    latch.expect(kNegotiated, true, kStart);
    CHECK(hears(latch, kStranger, kStart + 1ms));
    CHECK(hears(latch, kNegotiated, kStart + 20ms));
    CHECK(latch.remote() == kNegotiated);
    CHECK_FALSE(latch.has_moved());
    CHECK_FALSE(hears(latch, kStranger, kStart + 30ms));
}

TEST_CASE("after two seconds only the negotiated source is heard") {
    Latch latch;
    latch.expect(kNegotiated, true, kStart);
    CHECK_FALSE(hears(latch, kStranger, kStart + 2s));
    CHECK_FALSE(hears(latch, kOtherPort, kStart + 2s));
    CHECK(hears(latch, kNegotiated, kStart + 3s));
}

TEST_CASE("a re-offer with the same address keeps the lock, one with another opens a new window") {
    Latch latch;
    latch.expect(kNegotiated, false, kStart);
    REQUIRE(hears(latch, kOtherPort, kStart + 10ms));
    latch.expect(kNegotiated, true, kStart + 10s);
    CHECK(latch.remote() == kOtherPort);
    CHECK_FALSE(hears(latch, kStranger, kStart + 10s));
    CHECK_FALSE(hears(latch, kNegotiated, kStart + 10s));

    latch.expect(kThirdPort, false, kStart + 20s);
    CHECK(latch.remote() == kThirdPort);
    CHECK_FALSE(hears(latch, kStranger, kStart + 20s));
    CHECK(hears(latch, kNegotiated, kStart + 20s));  // a source of the same host, in the window
    CHECK_FALSE(hears(latch, kOtherPort, kStart + 21s));
}

TEST_CASE("hosts are told apart in both families") {
    CHECK(at("::1", 5) == at("::1", 5));
    CHECK_FALSE(at("::1", 5) == at("::2", 5));
    CHECK(at("127.0.0.1", 5).mapped_to_v6() == at("::ffff:127.0.0.1", 5));
    CHECK_FALSE(at("127.0.0.1", 5) == at("::ffff:127.0.0.1", 5));
    CHECK_FALSE(at("0.0.0.0", 5).is_reachable());
    CHECK_FALSE(at("0.0.0.0", 5).mapped_to_v6().is_reachable());
    CHECK_FALSE(at("::", 5).is_reachable());
    CHECK_FALSE(at("127.0.0.1", 0).is_reachable());
    CHECK(at("127.0.0.1", 5).mapped_to_v6().is_reachable());
    CHECK_FALSE(Address::parse("localhost", 5));
    CHECK(at("::1", 9).text() == "[::1]:9");
}

TEST_CASE("an address made in used memory holds nothing of what was there") {
    alignas(Address) std::array<unsigned char, sizeof(Address)> memory;
    memory.fill(0xFF);
    // Compared as the kernel sees it: all bytes up to the longest family's size.
    const auto* empty = new (memory.data()) Address;
    const std::array<unsigned char, sizeof(sockaddr_in6)> nothing{};
    CHECK(std::memcmp(empty->data(), nothing.data(), nothing.size()) == 0);
}
