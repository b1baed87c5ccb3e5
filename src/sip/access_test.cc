// Who is let in, what he is told, and what he costs: RFC 3261 sections 8.2 and 22.
#include "sip/authentication/respond.h"
#include "sip/dialog/test_two_phones.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

namespace {

struct Door {
    int send(const Message& request) {
        host.forget();
        host.send(bob.at(), request);
        wire.run_for(20ms);
        return host.received().empty() ? 0 : host.last().status;
    }

    FakeWire wire{1};
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22};
    FakeStranger host{wire, {"10.0.0.9", 5060}};
};

}  // namespace

TEST_CASE("strangers get 403 for everything and leave nothing behind") {
    Door door;
    door.bob.verdict = {Admission::refuse, ""};
    for (const Method method : {Method::invite, Method::register_, Method::options, Method::bye,
                                Method::message, Method::info}) {
        CHECK(door.send(door.host.request(method, door.bob)) == 403);
    }
    CHECK(door.bob.heard().empty());
    CHECK(door.bob.agent().statistics().refused_strangers == 6);
    CHECK(door.bob.agent().statistics().transactions == 0);
    CHECK_FALSE(door.bob.agent().next_timer());
    // The same question gets the same answer, tag and all.
    const Message invite = door.host.request(Method::invite, door.bob);
    door.send(invite);
    const Message first = door.host.last();
    door.send(invite);
    CHECK(door.host.last() == first);
    CHECK(first.to.tag().size() >= 8);
}

TEST_CASE("a challenged INVITE is let in with the right password, under the user's name") {
    World world;
    world.bob.verdict = {Admission::challenge, ""};
    world.bob.passwords = {{"alice", "secret"}};
    std::string peer;
    world.bob.when_incoming = [&](const IncomingCall& incoming) {
        peer = incoming.peer;
        CHECK(incoming.is_registered_user);
        world.bob.agent().answer(incoming.call, "answer");
    };
    UserAgent::Invitation invitation;
    invitation.target = world.bob.uri();
    invitation.from.uri = world.alice.uri();
    invitation.offer = "offer";
    invitation.username = "alice";
    invitation.password = "secret";
    const CallId call = world.alice.agent().invite(invitation, world.wire.now());
    world.wire.run_for(1s);
    CHECK(peer == "alice");
    CHECK(world.alice.count("answered") == 1);
    CHECK(world.bob.count("confirmed") == 1);
    world.alice.agent().hang_up(call, world.wire.now());
    world.check_nothing_is_left();
}

TEST_CASE("a wrong password is tried once and then the caller is told") {
    World world;
    world.bob.verdict = {Admission::challenge, ""};
    world.bob.passwords = {{"alice", "secret"}};
    UserAgent::Invitation invitation;
    invitation.target = world.bob.uri();
    invitation.from.uri = world.alice.uri();
    invitation.username = "alice";
    invitation.password = "guess";
    int invites = 0;
    world.wire.set_gate([&](const Flow&, std::string_view bytes) {
        if (bytes.starts_with("INVITE")) ++invites;
        return true;
    });
    world.alice.agent().invite(invitation, world.wire.now());
    world.wire.run_for(1s);
    CHECK(world.alice.last("refused")->status == 407);
    CHECK(invites == 2);
    CHECK(world.bob.count("incoming") == 0);
    world.check_nothing_is_left();
}

TEST_CASE("a carrier that challenges BYE and re-INVITE gets its answer") {
    World world;
    FakeStranger carrier{world.wire, {"10.0.0.7", 5060}};
    UserAgent::Invitation invitation;
    invitation.target = world.bob.uri();
    invitation.target.host = carrier.at().address;
    invitation.from.uri = world.alice.uri();
    invitation.offer = "offer";
    invitation.username = "alice";
    invitation.password = "secret";
    const CallId call = world.alice.agent().invite(invitation, world.wire.now());
    const auto step = [&] { world.wire.run_for(20ms); };
    const auto challenge = [&](Method method, const std::string& nonce, bool is_stale) {
        Message refusal = make_response(*carrier.last(method), 407, "c1");
        DigestChallenge asked;
        asked.realm = "carrier";
        asked.nonce = nonce;
        asked.stale = is_stale;
        refusal.add_header("Proxy-Authenticate", asked.text());
        carrier.send(world.alice.at(), refusal);
        step();
    };
    const auto nonce_in = [&](Method method) {
        const auto header = carrier.last(method)->header("Proxy-Authorization");
        return header ? parse_credentials(*header)->nonce : std::string{"none"};
    };
    step();
    challenge(Method::invite, "n1", false);
    CHECK(nonce_in(Method::invite) == "n1");
    challenge(Method::invite, "n2", true);  // ours had worn out
    CHECK(nonce_in(Method::invite) == "n2");
    Message ok = make_response(*carrier.last(Method::invite), 200, "c1");
    ok.contacts = {NameAddress{"", invitation.target, {}}};
    carrier.send(world.alice.at(), ok);
    step();
    CHECK(world.alice.count("answered") == 1);
    CHECK(nonce_in(Method::ack) == "n2");  // section 22.1

    const std::uint32_t before = carrier.last(Method::invite)->cseq;
    world.alice.agent().offer(call, "hold", world.wire.now());
    step();
    challenge(Method::invite, "n3", false);
    CHECK(nonce_in(Method::invite) == "n3");
    CHECK(carrier.last(Method::invite)->cseq == before + 2);
    carrier.send(world.alice.at(), make_response(*carrier.last(Method::invite), 488, "c1"));
    step();
    world.alice.agent().hang_up(call, world.wire.now());
    step();
    challenge(Method::bye, "n4", false);
    CHECK(nonce_in(Method::bye) == "n4");
    carrier.send(world.alice.at(), make_response(*carrier.last(Method::bye), 200, "c1"));
    step();
    CHECK(world.alice.agent().statistics().calls == 0);
    world.check_nothing_is_left();
}

TEST_CASE("the checks of section 8.2.2 and their headers") {
    Door door;
    Message request = door.host.request(Method::publish, door.bob);
    CHECK(door.send(request) == 405);
    CHECK(door.host.last().header("Allow") ==
          "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER");

    request = door.host.request(Method::other, door.bob);
    request.method_text = request.cseq_method_text = "RE%47IST%45R";
    CHECK(door.send(request) == 501);

    request = door.host.request(Method::invite, door.bob);
    request.add_header("Accept", "text/nobodyKnowsThis");
    CHECK(door.send(request) == 406);

    request = door.host.request(Method::invite, door.bob);
    request.request_uri = *parse_uri("gopher:hole");
    CHECK(door.send(request) == 416);

    request = door.host.request(Method::invite, door.bob);
    request.add_header("Require", "100rel, foo");
    request.add_header("Require", "bar");
    CHECK(door.send(request) == 420);
    CHECK(door.host.last().header("Unsupported") == "100rel, foo, bar");

    request = door.host.request(Method::invite, door.bob, "body");
    request.content_type = "text/plain";
    CHECK(door.send(request) == 415);
    CHECK(door.host.last().header("Accept")->find("application/sdp") != std::string_view::npos);
    request.add_header("Content-Disposition", "render;handling=optional");
    request.via.front().parameters.set("branch", "z9hG4bKoptional");
    CHECK(door.send(request) == 100);
    CHECK(door.bob.last("incoming")->text.empty());

    request = door.host.request(Method::options, door.bob);
    request.max_forwards = 0;
    CHECK(door.send(request) ==
          200);  // we forward nothing, so nothing has been forwarded too often
    CHECK(door.host.last().header("Allow"));
}

TEST_CASE("the session is found inside a multipart body") {
    Door door;
    Message request =
        door.host.request(Method::invite, door.bob,
                          "--next\r\nContent-Type: application/isup\r\n\r\nxyz\r\n"
                          "--next\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--next--\r\n");
    request.content_type = "multipart/mixed;boundary=\"next\"";
    CHECK(door.send(request) == 100);
    CHECK(door.bob.last("incoming")->text == "v=0\r\n");
}

TEST_CASE("one request that comes by two ways is served once") {
    Door door;
    Message request = door.host.request(Method::invite, door.bob, "offer");
    CHECK(door.send(request) == 100);
    CHECK(door.send(request) == 100);  // a retransmission
    request.via.front().parameters.set("branch", "z9hG4bKother-way");
    CHECK(door.send(request) == 482);
    CHECK(door.bob.count("incoming") == 1);
    CHECK(door.bob.agent().statistics().absorbed == 1);
}

TEST_CASE("callers of RFC 2543, without the magic cookie, are served") {
    Door door;
    door.bob.answers = true;
    Message request = door.host.request(Method::invite, door.bob, "offer");
    request.via.front().parameters.remove("branch");
    CHECK(door.send(request) == 200);
    CHECK(door.send(request) == 0);  // absorbed: the core repeats its 200 itself
    CHECK(door.bob.count("incoming") == 1);

    Door busy;
    busy.bob.when_incoming = [&](const IncomingCall& incoming) {
        busy.bob.agent().refuse(incoming.call, 486);
    };
    request = busy.host.request(Method::invite, busy.bob, "offer");
    request.via.front().parameters.set("branch", "z9hG4bK");  // the bare cookie is no branch
    CHECK(busy.send(request) == 486);
    Message ack = request;
    ack.method = ack.cseq_method = Method::ack;
    ack.method_text = ack.cseq_method_text = "ACK";
    ack.to = busy.host.last().to;
    busy.send(ack);
    busy.host.forget();
    busy.wire.run_for(10s);
    CHECK(busy.host.received().empty());  // the ACK was understood
}

TEST_CASE("a CANCEL from elsewhere with a guessed branch ends nothing") {
    Door door;
    const Message invite = door.host.request(Method::invite, door.bob, "offer");
    CHECK(door.send(invite) == 100);
    FakeStranger thief{door.wire, {"10.6.6.6", 5060}};
    Message cancel = invite;
    cancel.method = cancel.cseq_method = Method::cancel;
    cancel.method_text = cancel.cseq_method_text = "CANCEL";
    thief.send(door.bob.at(), cancel);
    door.wire.run_for(20ms);
    // Without rport the answer goes to the thief's address and the port in Via.
    CHECK(thief.last().status == 481);
    CHECK(door.bob.count("ended") == 0);
}

TEST_CASE("answers go where RFC 3581 and RFC 3261 18.2.2 send them") {
    Door door;
    FakeStranger behind_nat{door.wire, {"203.0.113.5", 61234}};
    Message options = door.host.request(Method::options, door.bob);
    options.via.front().parameters.set("rport", std::nullopt);
    behind_nat.send(door.bob.at(), options);
    door.wire.run_for(20ms);
    REQUIRE(behind_nat.received().size() == 1);
    CHECK(behind_nat.last().via.front().parameters.find("rport") == "61234");
    CHECK(behind_nat.last().via.front().parameters.find("received") == "203.0.113.5");

    FakeStranger at_sent_by_port{door.wire, {"203.0.113.5", 5060}};
    behind_nat.forget();
    options = door.host.request(Method::options, door.bob);
    behind_nat.send(door.bob.at(), options);
    door.wire.run_for(20ms);
    CHECK(behind_nat.received().empty());
    REQUIRE(at_sent_by_port.received().size() == 1);
}

TEST_CASE("floods are bounded: calls, transactions, and a BYE still gets through") {
    UserAgentOptions options;
    options.max_calls = 3;
    options.max_transactions = 3;
    FakeWire wire;
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22, options};
    bob.answers = true;
    std::vector<std::unique_ptr<FakeStranger>> hosts;
    std::vector<Message> invites;
    for (int i = 0; i < 50; ++i) {
        hosts.push_back(
            std::make_unique<FakeStranger>(wire, Endpoint{"10.1.0." + std::to_string(i), 5060}));
        invites.push_back(hosts.back()->request(Method::invite, bob, "offer"));
        hosts.back()->send(bob.at(), invites.back());
        wire.run_for(20ms);
        CHECK(bob.agent().statistics().calls <= 3);
        CHECK(bob.agent().statistics().transactions <= 3);
    }
    CHECK(bob.count("incoming") == 3);
    CHECK(hosts[10]->last().status == 503);
    CHECK(hosts[10]->last().header("Retry-After") == "5");
    CHECK(bob.agent().statistics().overloaded == 47);

    REQUIRE(bob.agent().statistics().transactions == 3);  // full to the brim
    Message bye = hosts[0]->request(Method::bye, bob);
    bye.to = hosts[0]->received().back().to;
    bye.call_id = invites[0].call_id;
    bye.from = invites[0].from;
    hosts[0]->send(bob.at(), bye);
    wire.run_for(20ms);
    CHECK(hosts[0]->last().status == 200);
    CHECK(bob.agent().statistics().calls == 2);
}

TEST_CASE("calls are bounded by themselves, however much room transactions have") {
    UserAgentOptions options;
    options.max_calls = 2;
    FakeWire wire;
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22, options};
    std::vector<int> statuses;
    for (int i = 0; i < 4; ++i) {
        FakeStranger host{wire, {"10.1.0." + std::to_string(i), 5060}};
        host.send(bob.at(), host.request(Method::invite, bob, "offer"));
        wire.run_for(20ms);
        statuses.push_back(host.last().status);
    }
    CHECK(statuses == std::vector<int>{100, 100, 503, 503});
}

TEST_CASE("our own calls are bounded too; the refusal comes after invite() returned") {
    UserAgentOptions options;
    options.max_calls = 1;
    FakeWire wire;
    FakePhone alice{wire, {"10.0.0.1", 5060}, 11, options};
    FakePhone bob{wire, {"10.0.0.2", 5060}, 22};
    alice.call(bob);
    const CallId second = alice.call(bob);
    CHECK(alice.count("refused") == 0);
    wire.run_for(20ms);
    REQUIRE(alice.count("refused") == 1);
    CHECK(alice.last("refused")->call == second);
    CHECK(alice.last("refused")->status == 503);
}

TEST_CASE("garbage is counted and dropped, answerable faults are answered") {
    Door door;
    const std::string all_octets = [] {
        std::string text;
        for (int octet = 0; octet < 256; ++octet) text += static_cast<char>(octet);
        return text;
    }();
    for (const std::string& garbage : {std::string{}, std::string{"\r\n\r\n"}, all_octets,
                                       std::string{"INVITE sip:x SIP/2.0\r\n\r\n"}}) {
        door.host.send(door.bob.at(), garbage);
    }
    door.wire.run_for(20ms);
    CHECK(door.host.received().empty());
    CHECK(door.bob.agent().statistics().malformed_dropped == 4);
    std::string bad = serialise(door.host.request(Method::options, door.bob));
    bad.replace(bad.find("SIP/2.0"), 7, "SIP/7.0");
    door.host.send(door.bob.at(), bad);
    door.wire.run_for(20ms);
    REQUIRE(door.host.received().size() == 1);
    CHECK(door.host.last().status == 505);
    CHECK(door.bob.agent().statistics().malformed_answered == 1);
}
