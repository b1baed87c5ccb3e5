#include "media/rtp/receive_stream.h"

#include <doctest/doctest.h>

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

struct Source {
    ReceiveStream stream;
    MonotonicInstant now{};
    void packet(std::uint16_t sequence, std::uint32_t ssrc = 1) {
        now += 20ms;
        stream.count({false, 8, sequence, static_cast<std::uint32_t>(sequence) * 160, ssrc}, now);
    }
    void packets(std::initializer_list<std::uint16_t> sequences) {
        for (const std::uint16_t sequence : sequences) packet(sequence);
    }
};

}  // namespace

TEST_CASE("what is missing between the first and the highest number is lost") {
    Source source;
    source.packets({10, 11, 13, 12, 16});
    CHECK(source.stream.lost() == 2);
    const auto report = source.stream.take_report();
    CHECK(report.lost == 2);
    CHECK(report.highest_sequence == 16);
    CHECK(report.fraction_lost == 2 * 256 / 7);
}

TEST_CASE("the fraction lost is that of the last interval only") {
    Source source;
    source.packet(1);
    source.packet(3);
    source.stream.take_report();
    source.packet(4);
    CHECK(source.stream.take_report().fraction_lost == 0);
    CHECK(source.stream.take_report().fraction_lost == 0);  // nothing came at all
}

TEST_CASE("the sequence may wrap") {
    Source source;
    source.packets({65534, 65535, 0, 1});
    CHECK(source.stream.lost() == 0);
    CHECK(source.stream.take_report().highest_sequence == 0x10001);
}

TEST_CASE("duplicates make the loss negative in the report and nothing in the total") {
    Source source;
    source.packets({1, 2, 2, 2});
    CHECK(source.stream.take_report().lost == -2);
    CHECK(source.stream.lost() == 0);
}

TEST_CASE("a new source or a wild jump begins anew and keeps what was lost before") {
    Source source;
    source.packet(1);
    source.packet(4);
    source.packet(30'000);
    CHECK(source.stream.lost() == 2);
    source.packet(7, 2);
    source.packet(9, 2);
    CHECK(source.stream.lost() == 3);
}

TEST_CASE("jitter rises with uneven arrival and is nothing for an even one") {
    Source even;
    for (std::uint16_t i = 0; i < 100; i++) even.packet(i);
    CHECK(even.stream.jitter_us() == 0);

    Source uneven;
    for (std::uint16_t i = 0; i < 400; i++) {
        uneven.now += i % 2 == 0 ? 10ms : -10ms;
        uneven.packet(i);
    }
    // Each packet is 10 ms nearer or farther than the one before: the mean difference is 10 ms.
    CHECK(uneven.stream.jitter_us() > 9'000);
    CHECK(uneven.stream.jitter_us() < 11'000);
}
