#include "sip/dialog/test_two_phones.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

namespace {

// A stranger of the raw kind who has called bob and is in a call with him.
struct RawCaller {
    RawCaller() {
        bob.answers = true;
        invite = host.request(Method::invite, bob, "offer");
        host.send(bob.at(), invite);
        wire.run_for(20ms);
        ok = host.last();
        send(Method::ack, invite.cseq);
        wire.run_for(20ms);
        REQUIRE(bob.count("confirmed") == 1);
        host.forget();
    }

    Message make(Method method, std::string_view body = {}) {
        Message request = host.request(method, bob, body);
        request.call_id = invite.call_id;
        request.to = ok.to;
        request.cseq = ++cseq;
        return request;
    }
    Message send(Method method, std::uint32_t number = 0, std::string_view body = {}) {
        Message request = make(method, body);
        if (number != 0) request.cseq = number;
        host.send(bob.at(), request);
        wire.run_for(20ms);
        return request;
    }
    CallId call() const { return bob.last("incoming")->call; }

    FakeWire wire{1};
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22};
    FakeStranger host{wire, {"10.0.0.9", 5060}};
    Message invite;
    Message ok;
    std::uint32_t cseq = 100;
};

}  // namespace

TEST_CASE("hold and take back: two re-INVITEs, each answered and acknowledged") {
    World world;
    const CallId call = world.talk();
    world.bob.sdp = "recvonly";
    world.alice.agent().offer(call, "sendonly", world.wire.now());
    world.wire.run_for(1s);
    CHECK(world.bob.last("offer")->text == "sendonly");
    CHECK(world.alice.last("offer answered")->text == "recvonly");

    world.bob.sdp = "sendrecv";
    world.alice.agent().offer(call, "sendrecv again", world.wire.now());
    world.wire.run_for(1s);
    CHECK(world.alice.last("offer answered")->text == "sendrecv");
    CHECK(world.bob.count("confirmed") == 1);  // a re-INVITE's plain ACK is no news
    CHECK(world.bob.agent().statistics().retransmissions == 0);
    world.alice.agent().hang_up(call, world.wire.now());
    world.check_nothing_is_left();
}

TEST_CASE("a refused offer leaves the call as it was") {
    World world;
    const CallId call = world.talk();
    world.bob.accepts_offers = false;
    world.alice.agent().offer(call, "video", world.wire.now());
    world.wire.run_for(20ms);
    world.bob.agent().refuse_offer(world.bobs_call(), 488);
    world.wire.run_for(1s);
    CHECK(world.alice.last("offer refused")->status == 488);
    CHECK(world.alice.count("ended") == 0);
    CHECK(world.alice.agent().statistics().calls == 1);
}

TEST_CASE("offers from both sides at once: both get 491 and both succeed later") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        World world{seed};
        const CallId call = world.talk();
        world.alice.agent().offer(call, "from alice", world.wire.now());
        world.bob.agent().offer(world.bobs_call(), "from bob", world.wire.now());
        world.wire.run_for(50ms);
        CHECK(world.alice.count("offer") == 0);
        CHECK(world.bob.count("offer") == 0);
        world.wire.run_for(2050ms);  // the called side waits less than two seconds
        CHECK(world.alice.last("offer")->text == "from bob");
        world.wire.run_for(3s);
        CHECK(world.bob.last("offer")->text == "from alice");
        CHECK(world.alice.count("offer answered") == 1);
        CHECK(world.bob.count("offer answered") == 1);
    }
}

TEST_CASE("an offer made before the last one is settled waits, and only the newest is sent") {
    World world;
    const CallId call = world.talk();
    for (const char* sdp : {"one", "two", "three"}) {
        world.alice.agent().offer(call, sdp, world.wire.now());
    }
    world.wire.run_for(1s);
    CHECK(world.bob.count("offer") == 2);
    CHECK(world.bob.last("offer")->text == "three");
    CHECK(world.alice.count("offer answered") == 2);
}

TEST_CASE("UPDATE with an offer is answered, without one it is a sign of life") {
    RawCaller caller;
    caller.bob.sdp = "new answer";
    caller.send(Method::update, 0, "new offer");
    CHECK(caller.bob.last("offer")->text == "new offer");
    CHECK(caller.host.last().status == 200);
    CHECK(caller.host.last().body == "new answer");
    caller.send(Method::update);
    CHECK(caller.host.last().status == 200);
    CHECK(caller.host.last().body.empty());
    CHECK(caller.bob.count("offer") == 1);
}

TEST_CASE("a re-INVITE without SDP gets our offer, its ACK brings the answer") {
    RawCaller caller;
    caller.bob.sdp = "our offer";
    const Message invite = caller.send(Method::invite);
    CHECK(caller.bob.last("offer")->text.empty());
    CHECK(caller.host.last().body == "our offer");
    // Our offer is out: neither side may start another one.
    caller.send(Method::update, 0, "meanwhile");
    CHECK(caller.host.last().status == 491);
    caller.bob.agent().offer(caller.call(), "impatient", caller.wire.now());
    caller.wire.run_for(100ms);
    CHECK(caller.host.last(Method::invite) == nullptr);

    caller.send(Method::ack, invite.cseq, "their answer");
    CHECK(caller.bob.last("confirmed")->text == "their answer");
    REQUIRE(caller.host.last(Method::invite) != nullptr);
    CHECK(caller.host.last(Method::invite)->body == "impatient");
}

TEST_CASE("a second INVITE while one waits for our decision gets 500 and Retry-After") {
    RawCaller caller;
    caller.bob.accepts_offers = false;
    caller.send(Method::invite, 0, "first");
    caller.host.forget();
    caller.send(Method::invite, 0, "second");
    CHECK(caller.host.last().status == 500);
    CHECK(caller.host.last().header("Retry-After"));
    caller.send(Method::update, 0, "third");
    CHECK(caller.host.last().status == 500);
    CHECK(caller.bob.count("offer") == 1);
}

TEST_CASE("a re-INVITE can be cancelled; the call goes on") {
    RawCaller caller;
    caller.bob.accepts_offers = false;
    const Message invite = caller.send(Method::invite, 0, "offer");
    Message cancel = caller.make(Method::cancel);
    cancel.via = invite.via;
    cancel.cseq = invite.cseq;
    cancel.contacts.clear();
    caller.host.forget();
    caller.host.send(caller.bob.at(), cancel);
    caller.wire.run_for(20ms);
    CHECK(caller.host.statuses() == std::vector<int>{200, 487});
    CHECK(caller.bob.count("ended") == 0);
    CHECK(caller.bob.agent().statistics().calls == 1);
}

TEST_CASE("a new re-INVITE proves that the 200 arrived whose ACK was lost") {
    FakeWire wire{1};
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22};
    FakeStranger host{wire, {"10.0.0.9", 5060}};
    bob.answers = true;
    Message invite = host.request(Method::invite, bob, "offer");
    host.send(bob.at(), invite);
    wire.run_for(20ms);
    Message again = host.request(Method::invite, bob, "hold");
    again.to = host.last().to;
    host.send(bob.at(), again);
    wire.run_for(20ms);
    CHECK(bob.count("confirmed") == 1);
    CHECK(bob.last("offer")->text == "hold");
    CHECK(host.last().status == 200);
}

TEST_CASE("digits come in INFO of both kinds; other contents get 415") {
    RawCaller caller;
    Message info = caller.make(Method::info, "Signal= 5\r\nDuration=160\r\n");
    info.content_type = "application/dtmf-relay";
    caller.host.send(caller.bob.at(), info);
    caller.wire.run_for(20ms);
    CHECK(caller.bob.last("digit")->text == "5");
    CHECK(caller.host.last().status == 200);
    info = caller.make(Method::info, "#");
    info.content_type = "Application/DTMF";
    caller.host.send(caller.bob.at(), info);
    caller.wire.run_for(20ms);
    CHECK(caller.bob.last("digit")->text == "#");
    info = caller.make(Method::info, "<x/>");
    info.content_type = "application/xml";
    caller.host.send(caller.bob.at(), info);
    caller.wire.run_for(20ms);
    CHECK(caller.host.last().status == 415);
    CHECK(caller.bob.count("digit") == 2);
}

TEST_CASE("requests out of order are refused, unknown dialogs and methods too") {
    RawCaller caller;
    caller.send(Method::info, 500);
    CHECK(caller.host.last().status == 200);
    caller.send(Method::info, 499);
    CHECK(caller.host.last().status == 500);
    caller.send(Method::options, 501);
    CHECK(caller.host.last().status == 200);
    CHECK(caller.host.last().header("Allow"));
    caller.send(Method::refer, 502);
    CHECK(caller.host.last().status == 405);
    CHECK(caller.host.last().header("Allow"));
    Message bye = caller.make(Method::bye);
    bye.cseq = 503;
    bye.to.parameters.set("tag", "no such tag");
    caller.host.send(caller.bob.at(), bye);
    caller.wire.run_for(20ms);
    CHECK(caller.host.last().status == 481);
    bye = caller.make(Method::bye);
    bye.cseq = 504;
    bye.from.parameters.set("tag", "wrong");
    caller.host.send(caller.bob.at(), bye);
    caller.wire.run_for(20ms);
    CHECK(caller.host.last().status == 481);
    CHECK(caller.bob.count("ended") == 0);
}

TEST_CASE("somebody else who knows the tags is not let into the call") {
    RawCaller caller;
    FakeStranger thief{caller.wire, {"10.6.6.6", 5060}};
    Message bye = caller.make(Method::bye);
    bye.via.front().host = thief.at().address;
    caller.bob.verdict = {Admission::challenge, ""};
    thief.send(caller.bob.at(), bye);
    caller.wire.run_for(20ms);
    CHECK(thief.last().status == 403);
    CHECK(caller.bob.count("ended") == 0);
    caller.bob.verdict = {Admission::trunk, "the carrier's other address"};
    thief.send(caller.bob.at(), bye);
    caller.wire.run_for(20ms);
    CHECK(thief.last().status == 200);
    CHECK(caller.bob.count("ended") == 1);
}

TEST_CASE("when the peer no longer knows the dialog our offer ends the call") {
    World world;
    const CallId call = world.talk();
    world.bob.restart(99);
    world.alice.agent().offer(call, "hold", world.wire.now());
    world.wire.run_for(1s);
    CHECK(is_cause(world.alice.last("ended"), EndCause::unreachable));
    world.check_nothing_is_left();
}

TEST_CASE("a dialog that was written down goes on in a new user agent") {
    for (const bool is_caller_restarted : {true, false}) {
        for (const bool does_restarted_hang_up : {true, false}) {
            CAPTURE(is_caller_restarted);
            CAPTURE(does_restarted_hang_up);
            World world;
            const CallId alices = world.talk();
            const CallId bobs = world.bobs_call();
            FakePhone& fallen = is_caller_restarted ? world.alice : world.bob;
            FakePhone& other = is_caller_restarted ? world.bob : world.alice;
            const CallId others_call = is_caller_restarted ? bobs : alices;

            const auto saved = fallen.agent().save(is_caller_restarted ? alices : bobs);
            REQUIRE(saved);
            CHECK(saved->local_sdp == (is_caller_restarted ? "offer" : "answer"));
            fallen.restart(4711);
            const CallId restored = fallen.agent().restore(*saved);

            fallen.agent().offer(restored, "still here", world.wire.now());
            world.wire.run_for(1s);
            CHECK(other.last("offer")->text == "still here");
            CHECK(fallen.count("offer answered") == 1);
            other.agent().offer(others_call, "so am I", world.wire.now());
            world.wire.run_for(1s);
            CHECK(fallen.last("offer")->text == "so am I");

            if (does_restarted_hang_up) {
                fallen.agent().hang_up(restored, world.wire.now());
            } else {
                other.agent().hang_up(others_call, world.wire.now());
            }
            world.wire.run_for(1s);
            FakePhone& told = does_restarted_hang_up ? other : fallen;
            CHECK(is_cause(told.last("ended"), EndCause::bye));
            world.check_nothing_is_left();
        }
    }
}
