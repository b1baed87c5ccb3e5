#pragma once

#include <doctest/doctest.h>

#include "sip/dialog/dialog_state.h"
#include "sip/fake_wire.h"

namespace amer::sip {

using namespace std::chrono_literals;

// Two phones on one wire.
struct World {
    explicit World(std::uint64_t seed = 1) : wire{seed} {}

    FakeWire wire;
    FakePhone alice{wire, {"10.0.0.1", 5060}, 11};
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22};

    CallId alices_call() const { return alice.last("answered")->call; }
    CallId bobs_call() const { return bob.last("incoming")->call; }

    // A call that both sides hold for established.
    CallId talk() {
        bob.answers = true;
        const CallId call = alice.call(bob);
        wire.run_for(1s);
        REQUIRE(alice.count("answered") == 1);
        REQUIRE(bob.count("confirmed") == 1);
        return call;
    }
    // Everybody has hung up and every timer has run out.
    void check_nothing_is_left() {
        wire.run_for(80s);
        for (FakePhone* phone : {&alice, &bob}) {
            CHECK(phone->agent().statistics().calls == 0);
            CHECK(phone->agent().statistics().transactions == 0);
            CHECK_FALSE(phone->agent().next_timer());
        }
    }
    // Loses every datagram that begins so, `times` times.
    void lose(std::string beginning, int times) {
        wire.set_gate([beginning, times](const Flow&, std::string_view bytes) mutable {
            return !(bytes.starts_with(beginning) && times-- > 0);
        });
    }
};

inline bool is_cause(const FakePhone::Heard* heard, EndCause cause) {
    return heard != nullptr && heard->status == static_cast<int>(cause);
}

}  // namespace amer::sip
