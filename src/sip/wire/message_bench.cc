// What one INVITE of about 1 kB costs to read and to write; the aim is below 6 us to read.
#include <benchmark/benchmark.h>

#include "sip/wire/message.h"
#include "sip/wire/test_messages.h"

namespace amer::sip {
namespace {

const std::string kInvite = message_of(
    {"INVITE sip:+15550123@acd.test:5060;transport=udp SIP/2.0",
     "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-524287-1---5d0b1f6a;rport",
     "Via: SIP/2.0/UDP 198.51.100.4:5060;branch=z9hG4bK77ef4c2312983.1;received=198.51.100.4",
     "Record-Route: <sip:192.0.2.10;lr;ftag=8f3a91c2>", "Max-Forwards: 69",
     "From: \"Ann Bell\" <sip:+15550100@carrier.test;user=phone>;tag=8f3a91c2",
     "To: <sip:+15550123@acd.test;user=phone>", "Call-ID: 7d1c5a42-1f0b-4ad2-9d86@198.51.100.4",
     "CSeq: 101 INVITE", "Contact: <sip:+15550100@198.51.100.4:5060;transport=udp>",
     "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO", "Supported: 100rel, timer",
     "Session-Expires: 1800;refresher=uac", "P-Asserted-Identity: <sip:+15550100@carrier.test>",
     "User-Agent: Carrier SBC 7.4", "Content-Type: application/sdp", "Content-Length: 227"},
    "v=0\r\no=carrier 3890 3890 IN IP4 198.51.100.5\r\ns=-\r\nc=IN IP4 198.51.100.5\r\nt=0 0\r\n"
    "m=audio 20480 RTP/AVP 8 0 9 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n"
    "a=rtpmap:9 G722/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n");

void read_invite(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(parse_datagram(kInvite));
    state.SetBytesProcessed(static_cast<std::int64_t>(kInvite.size()) *
                            static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(read_invite);

void write_invite(benchmark::State& state) {
    const auto message = parse_datagram(kInvite);
    if (!message) return state.SkipWithError("the benchmark's INVITE is malformed");
    for (auto _ : state) benchmark::DoNotOptimize(serialise(*message));
}
BENCHMARK(write_invite);

}  // namespace
}  // namespace amer::sip
