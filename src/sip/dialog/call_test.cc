#include "sip/dialog/test_two_phones.h"

using namespace amer::sip;
using namespace std::chrono_literals;

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

TEST_CASE("nobody at home: the caller hears 408 after 64*T1") {
    World world;
    world.lose("INVITE", 100);
    const CallId call = world.alice.call(world.bob);
    world.wire.run_for(31s);
    CHECK(world.alice.count("refused") == 0);
    world.wire.run_for(2s);
    REQUIRE(world.alice.count("refused") == 1);
    CHECK(world.alice.last("refused")->call == call);
    CHECK(world.alice.last("refused")->status == 408);
    world.check_nothing_is_left();
}

TEST_CASE("a busy phone's 486 reaches the caller once, though its ACK is lost") {
    World world;
    world.bob.when_incoming = [&](const IncomingCall& incoming) {
        world.bob.agent().refuse(incoming.call, 486);
    };
    world.lose("ACK", 3);
    world.alice.call(world.bob);
    world.wire.run_for(10s);
    CHECK(world.alice.count("refused") == 1);
    CHECK(world.alice.last("refused")->status == 486);
    CHECK(world.bob.agent().statistics().retransmissions >= 3);
    world.check_nothing_is_left();
}

TEST_CASE("a refusal may say when to come back") {
    World world;
    FakeStranger caller{world.wire, {"10.0.0.9", 5060}};
    world.bob.when_incoming = [&](const IncomingCall& incoming) {
        world.bob.agent().refuse(incoming.call, 503, "Full House", 7s);
    };
    caller.send(world.bob.at(), caller.request(Method::invite, world.bob, "offer"));
    world.wire.run_for(100ms);
    CHECK(caller.last().status == 503);
    CHECK(caller.last().reason == "Full House");
    CHECK(caller.last().header("Retry-After") == "7");
}

TEST_CASE("a lost ACK is sent again with the repeated 200") {
    World world;
    world.bob.answers = true;
    world.lose("ACK", 2);
    world.alice.call(world.bob);
    world.wire.run_for(5s);
    CHECK(world.alice.count("answered") == 1);
    CHECK(world.bob.count("confirmed") == 1);
    CHECK(world.bob.agent().statistics().retransmissions == 2);
}

TEST_CASE("a lost 200 comes again; the call is set up once") {
    World world;
    world.bob.answers = true;
    world.lose("SIP/2.0 200", 3);
    world.alice.call(world.bob);
    world.wire.run_for(10s);
    CHECK(world.alice.count("answered") == 1);
    CHECK(world.bob.count("incoming") == 1);
    CHECK(world.bob.count("confirmed") == 1);
}

TEST_CASE("a 200 that is never acknowledged ends the call with BYE after 64*T1") {
    World world;
    world.bob.answers = true;
    world.lose("ACK", 1000);
    world.alice.call(world.bob);
    world.wire.run_for(31s);
    CHECK(world.bob.count("ended") == 0);
    world.wire.run_for(2s);
    CHECK(is_cause(world.bob.last("ended"), EndCause::ack_missing));
    CHECK(is_cause(world.alice.last("ended"), EndCause::bye));
    world.check_nothing_is_left();
}

TEST_CASE("CANCEL waits for a provisional response") {
    World world;
    world.lose("SIP/2.0 1", 1);
    FakeStranger bob{world.wire, {"10.0.0.3", 5060}};
    UserAgent::Invitation invitation;
    invitation.target = world.bob.uri();
    invitation.target.host = bob.at().address;
    invitation.from.uri = world.alice.uri();
    const CallId call = world.alice.agent().invite(invitation, world.wire.now());
    world.wire.run_for(100ms);
    world.alice.agent().hang_up(call, world.wire.now());
    world.wire.run_for(100ms);
    CHECK(bob.last(Method::cancel) == nullptr);

    const Message invite = *bob.last(Method::invite);
    bob.send(world.alice.at(), make_response(invite, 180, "b1"));
    world.wire.run_for(100ms);  // that one was lost
    CHECK(bob.last(Method::cancel) == nullptr);
    bob.send(world.alice.at(), make_response(invite, 180, "b1"));
    world.wire.run_for(100ms);
    REQUIRE(bob.last(Method::cancel) != nullptr);
    CHECK(bob.last(Method::cancel)->via == invite.via);
    CHECK(bob.last(Method::cancel)->cseq == invite.cseq);
    CHECK(bob.last(Method::cancel)->to.tag().empty());
    world.check_nothing_is_left();  // although nobody ever answered the INVITE
}

TEST_CASE("why a call is given up stands in its CANCEL, and in the BYE when 200 crossed it") {
    World world;
    FakeStranger bob{world.wire, {"10.0.0.3", 5060}};
    UserAgent::Invitation invitation;
    invitation.target = world.bob.uri();
    invitation.target.host = bob.at().address;
    invitation.from.uri = world.alice.uri();
    const CallId call = world.alice.agent().invite(invitation, world.wire.now());
    world.wire.run_for(100ms);
    const Message invite = *bob.last(Method::invite);
    bob.send(world.alice.at(), make_response(invite, 180, "b1"));
    world.wire.run_for(100ms);
    const std::string elsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";
    world.alice.agent().hang_up(call, world.wire.now(), elsewhere);
    world.wire.run_for(100ms);
    REQUIRE(bob.last(Method::cancel) != nullptr);
    CHECK(bob.last(Method::cancel)->header("Reason") == elsewhere);
    Message ok = make_response(invite, 200, "b1");
    ok.contacts = {NameAddress{"", invite.request_uri, {}}};
    bob.send(world.alice.at(), ok);
    world.wire.run_for(100ms);
    REQUIRE(bob.last(Method::bye) != nullptr);
    CHECK(bob.last(Method::bye)->header("Reason") == elsewhere);
}

TEST_CASE("the caller gives up while it rings") {
    World world;
    world.bob.rings = true;
    const CallId call = world.alice.call(world.bob);
    world.wire.run_for(1s);
    world.alice.agent().hang_up(call, world.wire.now());
    world.wire.run_for(1s);
    CHECK(is_cause(world.bob.last("ended"), EndCause::cancelled));
    world.bob.agent().answer(world.bobs_call(), "too late");  // ignored
    CHECK(world.alice.count("refused") == 0);
    world.check_nothing_is_left();
}

TEST_CASE("200 and CANCEL cross: ACK, then BYE") {
    World world;
    world.bob.rings = true;
    const CallId call = world.alice.call(world.bob);
    world.wire.run_for(1s);
    world.bob.agent().answer(world.bobs_call(), "answer");
    world.alice.agent().hang_up(call, world.wire.now());
    world.wire.run_for(2s);
    CHECK(world.bob.count("confirmed") == 1);
    CHECK(is_cause(world.bob.last("ended"), EndCause::bye));
    CHECK(world.alice.count("answered") == 0);
    world.check_nothing_is_left();
}

TEST_CASE("CANCEL is lost and 200 comes instead") {
    World world;
    world.bob.rings = true;
    const CallId call = world.alice.call(world.bob);
    world.wire.run_for(1s);
    world.lose("CANCEL", 2);
    world.alice.agent().hang_up(call, world.wire.now());
    world.wire.run_for(200ms);
    world.bob.agent().answer(world.bobs_call(), "answer");
    world.wire.run_for(5s);
    CHECK(is_cause(world.bob.last("ended"), EndCause::bye));
    world.check_nothing_is_left();
}

TEST_CASE("the called side hangs up before its ACK came: BYE follows the ACK") {
    World world;
    world.bob.answers = true;
    world.lose("ACK", 1);
    world.alice.call(world.bob);
    world.wire.run_for(50ms);
    world.bob.agent().hang_up(world.bobs_call(), world.wire.now());
    world.wire.run_for(100ms);
    CHECK(world.alice.count("ended") == 0);
    world.wire.run_for(2s);
    CHECK(is_cause(world.alice.last("ended"), EndCause::bye));
    CHECK(world.bob.count("confirmed") == 0);
    world.check_nothing_is_left();
}

TEST_CASE("BYE and 200 to INVITE cross") {
    World world;
    world.bob.rings = true;
    const CallId call = world.alice.call(world.bob);
    world.wire.run_for(1s);
    world.bob.agent().answer(world.bobs_call(), "answer");
    world.wire.run_for(6ms);  // alice has the 200, her ACK is on its way
    world.alice.agent().hang_up(call, world.wire.now());
    world.bob.agent().hang_up(world.bobs_call(), world.wire.now());
    world.wire.run_for(2s);
    world.check_nothing_is_left();
}

TEST_CASE("both hang up at once: both BYEs are answered") {
    World world;
    const CallId call = world.talk();
    world.alice.agent().hang_up(call, world.wire.now());
    world.bob.agent().hang_up(world.bobs_call(), world.wire.now());
    world.wire.run_for(1s);
    CHECK(world.alice.count("ended") == 0);
    CHECK(world.bob.count("ended") == 0);
    CHECK(world.alice.agent().statistics().calls == 0);
    CHECK(world.bob.agent().statistics().calls == 0);
    world.check_nothing_is_left();
}

TEST_CASE("a BYE that nobody answers ends the call all the same") {
    World world;
    const CallId call = world.talk();
    world.lose("BYE", 1000);
    world.alice.agent().hang_up(call, world.wire.now());
    world.wire.run_for(40s);
    CHECK(world.alice.agent().statistics().calls == 0);
}

TEST_CASE("a late offer is answered in the ACK") {
    World world;
    world.bob.answers = true;
    world.bob.sdp = "bob offers";
    const CallId call = world.alice.call(world.bob, "");
    world.wire.run_for(100ms);
    REQUIRE(world.alice.count("answered") == 1);
    CHECK(world.alice.last("answered")->text == "bob offers");
    CHECK(world.bob.count("confirmed") == 0);
    world.wire.run_for(2s);  // his 200 comes again and again; that is no second answer
    CHECK(world.alice.count("answered") == 1);
    world.alice.agent().acknowledge(call, "alice answers");
    world.wire.run_for(1s);
    REQUIRE(world.bob.count("confirmed") == 1);
    CHECK(world.bob.last("confirmed")->text == "alice answers");
    world.alice.agent().hang_up(call, world.wire.now());
    world.check_nothing_is_left();
}

TEST_CASE("the second branch of a fork is acknowledged and hung up") {
    World world;
    FakeStranger proxy{world.wire, {"10.0.0.7", 5060}};
    UserAgent::Invitation invitation;
    invitation.target = world.bob.uri();
    invitation.target.host = proxy.at().address;
    invitation.from.uri = world.alice.uri();
    invitation.offer = "offer";
    world.alice.agent().invite(invitation, world.wire.now());
    world.wire.run_for(50ms);
    const Message invite = *proxy.last(Method::invite);
    const auto answer_as = [&](const std::string& tag) {
        Message ok = make_response(invite, 200, tag);
        ok.contacts = {NameAddress{"", invitation.target, {}}};
        ok.content_type = "application/sdp";
        ok.body = "answer";
        proxy.send(world.alice.at(), ok);
        world.wire.run_for(50ms);
    };
    answer_as("first");
    CHECK(world.alice.count("answered") == 1);
    CHECK(proxy.last(Method::ack)->to.tag() == "first");
    CHECK(proxy.last(Method::bye) == nullptr);
    proxy.forget();
    answer_as("second");
    CHECK(world.alice.count("answered") == 1);
    REQUIRE(proxy.last(Method::ack) != nullptr);
    CHECK(proxy.last(Method::ack)->to.tag() == "second");
    REQUIRE(proxy.last(Method::bye) != nullptr);
    CHECK(proxy.last(Method::bye)->to.tag() == "second");
    proxy.send(world.alice.at(), make_response(*proxy.last(Method::bye), 200));
    world.wire.run_for(50ms);
    proxy.forget();
    answer_as("second");  // its ACK was lost: once more the ACK, but no second BYE
    CHECK(proxy.last(Method::ack) != nullptr);
    CHECK(proxy.last(Method::bye) == nullptr);
    CHECK(world.alice.agent().statistics().calls == 1);
}

TEST_CASE("a redirection is a refusal, not an order") {
    World world;
    FakeStranger bob{world.wire, {"10.0.0.3", 5060}};
    UserAgent::Invitation invitation;
    invitation.target = world.bob.uri();
    invitation.target.host = bob.at().address;
    invitation.from.uri = world.alice.uri();
    world.alice.agent().invite(invitation, world.wire.now());
    world.wire.run_for(50ms);
    Message moved = make_response(*bob.last(Method::invite), 302, "x");
    moved.contacts = {NameAddress{"", world.bob.uri(), {}}};
    bob.send(world.alice.at(), moved);
    world.wire.run_for(50ms);
    CHECK(world.alice.last("refused")->status == 302);
    CHECK(world.bob.count("incoming") == 0);
    world.check_nothing_is_left();
}
