#include "sip/registrar/registrar.h"

#include <doctest/doctest.h>

#include "sip/authentication/respond.h"
#include "sip/fake_wire.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

namespace {

// A registrar who knows alice, and a phone of raw messages.
struct Desk {
    explicit Desk(UserAgentOptions options = {})
        : registrar{wire, {"10.0.0.1", 5060}, 11, std::move(options)} {
        registrar.verdict = {Admission::challenge, ""};
        registrar.passwords = {{"alice", "secret"}, {"bob", "other"}};
    }

    Message make(const std::string& contact = "sip:alice@10.0.0.9:5060", int expires = 3600) {
        Message request = phone.request(Method::register_, registrar);
        request.request_uri.user.clear();
        request.from.uri.user = request.to.uri.user = "alice";
        request.contacts.clear();
        if (!contact.empty()) request.contacts = {*parse_name_address("<" + contact + ">")};
        if (expires >= 0) request.add_header("Expires", std::to_string(expires));
        return request;
    }
    int send(const Message& request) {
        phone.send(registrar.at(), request);
        wire.run_for(20ms);
        return phone.last().status;
    }
    // Answers the challenge to `request` as alice would.
    Message answered(Message request, const std::string& password = "secret",
                     const std::string& user = "alice") {
        send(request);
        auto again = with_credentials(request, phone.last(), {user, password}, tokens);
        REQUIRE(again);
        again->cseq = ++cseq;
        again->via.front().parameters.set("branch", "z9hG4bKagain" + std::to_string(cseq));
        return *again;
    }
    int do_register(const Message& request) { return send(answered(request)); }

    FakeWire wire{1};
    FakePhone registrar;
    FakeStranger phone{wire, {"10.0.0.9", 5060}};
    TokenSource tokens{5, ""};
    std::uint32_t cseq = 100;
};

}  // namespace

TEST_CASE("a phone registers with a password, is found, refreshes, leaves") {
    Desk desk;
    CHECK(desk.send(desk.make()) == 401);
    CHECK(desk.registrar.agent().statistics().transactions == 0);  // a challenge costs nothing
    CHECK(desk.do_register(desk.make()) == 200);
    REQUIRE(desk.phone.last().contacts.size() == 1);
    CHECK(desk.phone.last().contacts[0].parameters.find("expires") == "3600");
    CHECK(desk.registrar.last("registered")->text == "alice");

    const auto bindings = desk.registrar.agent().bindings_of("alice");
    REQUIRE(bindings.size() == 1);
    CHECK(bindings[0].contact.text() == "sip:alice@10.0.0.9:5060");
    CHECK(bindings[0].flow.remote == desk.phone.at());

    desk.wire.run_for(1800s);
    CHECK(desk.do_register(desk.make()) == 200);
    CHECK(desk.registrar.count("registered") == 1);
    CHECK(desk.registrar.agent().statistics().bindings == 1);
    CHECK(desk.do_register(desk.make("sip:alice@10.0.0.9:5060", 0)) == 200);
    CHECK(desk.phone.last().contacts.empty());
    CHECK(desk.registrar.last("unregistered")->text == "alice");
    CHECK(desk.registrar.agent().bindings_of("alice").empty());
}

TEST_CASE("both digests are offered, SHA-256 first, and both are taken") {
    for (const DigestAlgorithm algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::md5}) {
        Desk desk;
        desk.send(desk.make());
        const auto challenges = desk.phone.last().headers;
        std::vector<DigestChallenge> offered;
        for (const Header& header : challenges) {
            if (header.name == "WWW-Authenticate")
                offered.push_back(*parse_challenge(header.value));
        }
        REQUIRE(offered.size() == 2);
        CHECK(offered[0].algorithm == DigestAlgorithm::sha256);
        CHECK(offered[1].algorithm == DigestAlgorithm::md5);

        Message only_this = desk.phone.last();
        std::erase_if(only_this.headers, [&](const Header& header) {
            return header.name == "WWW-Authenticate" &&
                   parse_challenge(header.value)->algorithm != algorithm;
        });
        Message again = *with_credentials(desk.make(), only_this, {"alice", "secret"}, desk.tokens);
        CHECK(desk.send(again) == 200);
    }
}

TEST_CASE("the digests on offer are a setting; what is not offered is not taken") {
    UserAgentOptions options;
    options.digests = {DigestAlgorithm::md5};
    Desk desk{options};
    Message weak = desk.answered(desk.make());
    CHECK(parse_credentials(*weak.header("Authorization"))->algorithm == DigestAlgorithm::md5);
    CHECK(desk.send(weak) == 200);

    Message strong = desk.answered(desk.make());
    auto credentials = parse_credentials(*strong.header("Authorization"));
    credentials->algorithm = DigestAlgorithm::sha256;
    credentials->response = digest_response(
        *credentials, digest_ha1(DigestAlgorithm::sha256, "alice", "amer", "secret"), "REGISTER");
    for (Header& header : strong.headers) {
        if (header.name == "Authorization") header.value = credentials->text();
    }
    CHECK(desk.send(strong) == 401);
}

TEST_CASE("a registration ends when its time is up") {
    Desk desk;
    REQUIRE(desk.do_register(desk.make("sip:alice@10.0.0.9", 60)) == 200);
    desk.wire.run_for(59s);
    CHECK(desk.registrar.agent().bindings_of("alice").size() == 1);
    desk.wire.run_for(2s);
    CHECK(desk.registrar.agent().bindings_of("alice").empty());
    CHECK(desk.registrar.count("unregistered") == 1);
    CHECK(desk.registrar.agent().statistics().bindings == 0);
}

TEST_CASE("wrong password, unknown user and no credentials look the same from outside") {
    Desk desk;
    const auto shape = [&](const Message& request) {
        desk.send(request);
        Message answer = desk.phone.last();
        std::string text = std::to_string(answer.status) + answer.reason;
        for (const Header& header : answer.headers) {
            auto challenge = parse_challenge(header.value);
            if (!challenge) continue;
            text += challenge->realm + (challenge->stale ? " stale " : " fresh ");
            text += text_of(challenge->algorithm);
            text += std::to_string(challenge->nonce.size());
        }
        return text;
    };
    const std::string nothing = shape(desk.make());
    CHECK(nothing.starts_with("401"));
    CHECK(shape(desk.answered(desk.make(), "guess")) == nothing);
    CHECK(shape(desk.answered(desk.make(), "guess", "nobody")) == nothing);
    CHECK(desk.registrar.agent().statistics().transactions == 0);
    CHECK(desk.registrar.count("registered") == 0);
}

TEST_CASE("nobody registers for somebody else") {
    Desk desk;
    CHECK(desk.send(desk.answered(desk.make(), "other", "bob")) == 403);
    CHECK(desk.registrar.agent().statistics().bindings == 0);
}

TEST_CASE("credentials that were used are refused the second time, a worn out nonce is stale") {
    Desk desk;
    const auto is_stale = [&] {
        return parse_challenge(*desk.phone.last().header("WWW-Authenticate"))->stale;
    };
    Message first = desk.answered(desk.make());
    REQUIRE(desk.send(first) == 200);
    Message replay = first;
    replay.cseq += 1;
    replay.via.front().parameters.set("branch", "z9hG4bKreplay");
    CHECK(desk.send(replay) == 401);
    CHECK(is_stale());

    const Message late = desk.answered(desk.make());
    desk.wire.run_for(301s);
    CHECK(desk.send(late) == 401);
    CHECK(is_stale());

    Message forged = desk.answered(desk.make());
    for (Header& header : forged.headers) {
        auto credentials = parse_credentials(header.value);
        if (!credentials) continue;
        credentials->nonce[0] = credentials->nonce[0] == '0' ? '1' : '0';
        credentials->response = digest_response(
            *credentials, digest_ha1(credentials->algorithm, "alice", "amer", "secret"),
            "REGISTER");
        header.value = credentials->text();
    }
    CHECK(desk.send(forged) == 401);
}

TEST_CASE("credentials made for another request URI or method are not taken") {
    Desk desk;
    Message moved = desk.answered(desk.make());
    moved.request_uri.host = "10.0.0.77";
    CHECK(desk.send(moved) == 401);
    CHECK(desk.registrar.agent().statistics().bindings == 0);
}

TEST_CASE("too short a time is refused with the shortest allowed, too long a time is cut") {
    Desk desk;
    CHECK(desk.do_register(desk.make("sip:alice@10.0.0.9", 59)) == 423);
    CHECK(desk.phone.last().header("Min-Expires") == "60");
    CHECK(desk.registrar.agent().statistics().bindings == 0);
    CHECK(desk.do_register(desk.make("sip:alice@10.0.0.9", 1'000'000)) == 200);
    CHECK(desk.phone.last().contacts[0].parameters.find("expires") == "7200");
    Message own = desk.make("sip:alice@10.0.0.9", 3600);
    own.contacts[0].parameters.set("expires", "120");
    CHECK(desk.do_register(own) == 200);
    CHECK(desk.phone.last().contacts[0].parameters.find("expires") == "120");
}

TEST_CASE("the star removes everything, but only with Expires: 0 and alone") {
    Desk desk;
    REQUIRE(desk.do_register(desk.make("sip:alice@10.0.0.9")) == 200);
    REQUIRE(desk.do_register(desk.make("sip:alice@10.0.0.10")) == 200);
    Message star = desk.make("", 3600);
    star.contact_is_star = true;
    CHECK(desk.do_register(star) == 400);
    CHECK(desk.registrar.agent().bindings_of("alice").size() == 2);
    star = desk.make("", 0);
    star.contact_is_star = true;
    CHECK(desk.do_register(star) == 200);
    CHECK(desk.registrar.agent().bindings_of("alice").empty());
}

TEST_CASE("a REGISTER without Contact asks what is known") {
    Desk desk;
    CHECK(desk.do_register(desk.make("", -1)) == 200);
    CHECK(desk.phone.last().contacts.empty());
    REQUIRE(desk.do_register(desk.make("sip:alice@10.0.0.9")) == 200);
    CHECK(desk.do_register(desk.make("", -1)) == 200);
    CHECK(desk.phone.last().contacts.size() == 1);
}

TEST_CASE("an older REGISTER of the same phone does not undo a newer one") {
    Desk desk;
    Message older = desk.answered(desk.make("sip:alice@10.0.0.9", 3600));
    Message removal = desk.answered(desk.make("sip:alice@10.0.0.9", 3600));
    REQUIRE(desk.send(removal) == 200);
    CHECK(desk.send(older) == 500);
    CHECK(desk.registrar.agent().bindings_of("alice").size() == 1);
}

TEST_CASE("the sixth phone of a user takes the place of the one that ends first") {
    Desk desk;
    for (int phone = 0; phone < 6; ++phone) {
        desk.do_register(desk.make("sip:alice@10.0.1." + std::to_string(phone), 3600 - phone));
    }
    const auto bindings = desk.registrar.agent().bindings_of("alice");
    REQUIRE(bindings.size() == Registrar::kMostBindings);
    for (const Binding& binding : bindings) CHECK(binding.contact.host != "10.0.1.4");
    Message many = desk.make();
    for (int phone = 0; phone < 6; ++phone) many.contacts.push_back(many.contacts.front());
    CHECK(desk.do_register(many) == 403);
}

TEST_CASE(
    "a phone that listens on another port is found there; one behind a NAT where it came from") {
    Desk desk;
    const auto port_of = [&](const std::string& contact) {
        CHECK(desk.do_register(desk.make(contact)) == 200);
        return desk.registrar.agent().bindings_of("alice").back().flow.remote.port;
    };
    CHECK(port_of("sip:alice@10.0.0.9:5070") == 5070);
    CHECK(port_of("sip:alice@192.168.1.7:5080") == 5060);  // its own address, not the one we see
    FakeStranger other_port{desk.wire, {"10.0.0.9", 5071}};
    Message request = desk.answered(desk.make("sip:alice@10.0.0.9"));
    other_port.send(desk.registrar.at(), request);
    desk.wire.run_for(20ms);
    REQUIRE(desk.registrar.agent().bindings_of("alice").size() == 3);
    CHECK(desk.registrar.agent().bindings_of("alice").back().flow.remote.port == 5060);
}

TEST_CASE("a closed connection takes the registrations with it that came over it") {
    Desk desk;
    const Flow stream{Transport::tcp, {"10.0.0.1", 5060}, {"10.0.0.9", 40000}, 7};
    const Message request = desk.answered(desk.make());
    desk.registrar.agent().on_message(stream, *parse_datagram(serialise(request)), desk.wire.now());
    REQUIRE(desk.registrar.agent().bindings_of("alice").size() == 1);
    CHECK(desk.registrar.agent().is_flow_needed(stream));
    Flow other = stream;
    other.connection = 8;
    desk.registrar.agent().on_flow_closed(other, desk.wire.now());
    CHECK(desk.registrar.agent().bindings_of("alice").size() == 1);
    desk.registrar.agent().on_flow_closed(stream, desk.wire.now());
    CHECK(desk.registrar.agent().bindings_of("alice").empty());
    CHECK(desk.registrar.count("unregistered") == 1);
    CHECK_FALSE(desk.registrar.agent().is_flow_needed(stream));
}

TEST_CASE("an address of record or a contact that is no SIP URI is a bad request") {
    Desk desk;
    Message request = desk.make();
    request.to.uri = *parse_uri("isbn:2983792873");
    CHECK(desk.do_register(request) == 400);
    request = desk.make();
    request.contacts[0].uri = *parse_uri("name:John_Smith");
    CHECK(desk.do_register(request) == 400);
    CHECK(desk.registrar.agent().statistics().bindings == 0);
}

TEST_CASE("credentials of an unknown scheme are none") {
    Desk desk;
    Message request = desk.make();
    request.add_header("Authorization", "NoOneKnowsThisScheme opaque-data=here");
    CHECK(desk.send(request) == 401);
}
