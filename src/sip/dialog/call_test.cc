#include <doctest/doctest.h>

#include "sip/fake_wire.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

namespace {

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

bool is_cause(const FakePhone::Heard* heard, EndCause cause) {
    return heard != nullptr && heard->status == static_cast<int>(cause);
}

}  // namespace

TEST_CASE("a call rings, is answered, confirmed and ended by the caller") {
    World world;
    world.bob.rings = true;
    const CallId call = world.alice.call(world.bob);
    world.wire.run_for(2s);
    REQUIRE(world.alice.count("ringing") == 1);
    CHECK(world.alice.last("ringing")->status == 180);
    CHECK(world.bob.last("incoming")->text == "offer");

    world.bob.agent().answer(world.bobs_call(), "answer");
    world.wire.run_for(1s);
    CHECK(world.alice.last("answered")->call == call);
    CHECK(world.alice.last("answered")->text == "answer");
    CHECK(world.bob.count("confirmed") == 1);

    world.alice.agent().hang_up(call, world.wire.now());
    world.wire.run_for(1s);
    CHECK(is_cause(world.bob.last("ended"), EndCause::bye));
    CHECK(world.alice.count("ended") == 0);  // who hangs up hears no more
    world.check_nothing_is_left();
}

TEST_CASE("the called side hangs up") {
    World world;
    world.talk();
    world.bob.agent().hang_up(world.bobs_call(), world.wire.now());
    world.wire.run_for(1s);
    CHECK(is_cause(world.alice.last("ended"), EndCause::bye));
    world.check_nothing_is_left();
}
