#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "sip/fake_wire.h"

namespace {

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

void must(bool condition) {
    if (!condition) std::abort();
}

// Tags and branches of the live call are not known to the fuzzer's corpus: '%' followed by one of
// these letters is replaced by what the call is really made of.
std::string fill_in(std::string_view text, const Message& invite, const Message& ok) {
    std::string filled;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char next = text[at] == '%' && at + 1 < text.size() ? text[at + 1] : '\0';
        switch (next) {
            case 'C': filled += invite.call_id; break;
            case 'F': filled += invite.from.tag(); break;
            case 'T': filled += ok.to.tag(); break;
            case 'B': filled += invite.via.front().branch(); break;
            default: filled += text[at]; continue;
        }
        ++at;
    }
    return filled;
}

}  // namespace

// The bytes are cut at NULs into datagrams; every one reaches a user agent with a live call, some
// from the caller's address and some from elsewhere. At the end everything must come to rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FakeWire wire;
    UserAgentOptions options;
    options.max_calls = 20;
    options.max_transactions = 50;
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22, options};
    bob.answers = bob.rings = true;
    bob.passwords = {{"alice", "secret"}};
    FakeStranger alice{wire, {"10.0.0.1", 5060}};
    const Message invite = alice.request(Method::invite, bob, "offer");
    alice.send(bob.at(), invite);
    wire.run_for(20ms);
    const Message ok = alice.last();

    std::string_view rest{reinterpret_cast<const char*>(data), size};
    for (int count = 0; count < 64 && !rest.empty(); ++count) {
        const std::size_t end = rest.find('\0');
        const std::string datagram = fill_in(rest.substr(0, end), invite, ok);
        const Endpoint from{count % 4 == 3 ? "10.0.0.66" : "10.0.0.1", 5060};
        bob.agent().on_datagram({Transport::udp, bob.at(), from, 0}, datagram, wire.now());
        wire.run_for(std::chrono::milliseconds{100 * (count % 3)});
        must(bob.agent().statistics().calls <= options.max_calls);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    for (const auto& heard : bob.heard()) {
        if (heard.call) bob.agent().hang_up(heard.call, wire.now());
    }
    wire.run_for(200s);
    must(bob.agent().statistics().calls == 0);
    must(bob.agent().statistics().transactions == 0);
    return 0;
}
