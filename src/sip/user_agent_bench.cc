
#include <benchmark/benchmark.h>

#include "sip/fake_wire.h"

namespace {

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

constexpr std::string_view kSdp =
    "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n";

// One contact: a carrier calls the centre, the centre calls an agent's phone, all hang up. The
// cost is that of all three user agents and of the wire between them.
void two_legs(benchmark::State& state) {
    FakeWire wire;
    FakePhone carrier{wire, {"10.0.0.1", 5060}, 1};
    FakePhone centre{wire, {"10.0.0.2", 5060}, 2};
    FakePhone phone{wire, {"10.0.0.3", 5060}, 3};
    phone.answers = phone.rings = true;
    centre.answers = centre.rings = true;
    for (FakePhone* side : {&phone, &centre}) side->sdp = std::string{kSdp};
    for (auto _ : state) {
        const CallId incoming = carrier.call(centre, std::string{kSdp});
        wire.run_for(15ms);
        const CallId outgoing = centre.call(phone, std::string{kSdp});
        wire.run_for(15ms);
        carrier.agent().hang_up(incoming, wire.now());
        centre.agent().hang_up(outgoing, wire.now());
        wire.run_for(20ms);
    }
    state.counters["calls_left"] =
        static_cast<double>(carrier.agent().statistics().calls + centre.agent().statistics().calls +
                            phone.agent().statistics().calls);
    state.counters["retained_transactions"] =
        static_cast<double>(centre.agent().statistics().transactions);
}
BENCHMARK(two_legs)->Iterations(5000)->Unit(benchmark::kMicrosecond);

void challenge_a_stranger(benchmark::State& state) {
    FakeWire wire;
    FakePhone centre{wire, {"10.0.0.2", 5060}, 2};
    centre.verdict = {Admission::challenge, ""};
    FakeStranger host{wire, {"10.0.0.9", 5060}};
    const std::string invite = serialise(host.request(Method::invite, centre, std::string{kSdp}));
    const Flow flow{Transport::udp, centre.at(), {"10.0.0.8", 5060}, 0};
    for (auto _ : state) centre.agent().on_datagram(flow, invite, wire.now());
}
BENCHMARK(challenge_a_stranger)->Unit(benchmark::kMicrosecond);

}  // namespace
