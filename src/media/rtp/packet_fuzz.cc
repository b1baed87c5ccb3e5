// RTP as strangers send it, and through everything that reads its payload.
#include "base/check.h"
#include "media/record/capture.h"
#include "media/rtp/digit_receiver.h"
#include "media/rtp/packet.h"
#include "media/rtp/receive_stream.h"
#include "media/rtp/send_stream.h"

using namespace amer;
using namespace amer::media;

namespace {

struct Listener {
    Capture capture;
    DigitReceiver digits;
    ReceiveStream stream;
    SendStream relay{1, 2, 3};
    MonotonicInstant now{};
};

void hear(Listener& listener, std::span<const std::uint8_t> datagram) {
    listener.now += std::chrono::milliseconds{7};
    const auto packet = parse_rtp(datagram);
    if (!packet) return;
    AMER_CHECK(packet->payload.size() + kRtpHeaderSize <= datagram.size());
    listener.stream.count(packet->header, listener.now);
    listener.stream.take_report();
    listener.digits.on_packet(*packet, listener.now);
    listener.digits.on_time(listener.now);
    listener.capture.push(*packet, decode_table(Codec::pcma));
    std::array<std::int16_t, Capture::kFrame> frame;
    listener.capture.pull(frame);
    const auto clock = static_cast<std::uint32_t>(listener.now.time_since_epoch().count() / 125);
    const auto samples = static_cast<std::uint32_t>(packet->payload.size());
    listener.relay.relayed(packet->header, 8, samples, clock);
}

}  // namespace

// One input is a stream: each packet is preceded by its length in one byte times eight.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    Listener listener;
    std::span<const std::uint8_t> rest{bytes, size};
    hear(listener, rest);
    while (!rest.empty()) {
        const std::size_t length =
            std::min<std::size_t>(rest[0] * std::size_t{8} + 4, rest.size() - 1);
        hear(listener, rest.subspan(1, length));
        rest = rest.subspan(1 + length);
    }
    return 0;
}
