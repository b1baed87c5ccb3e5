// Real sockets on the loopback. No test waits a fixed time: the loop runs until what is expected
// has happened, or the deadline says that it never will.
#include "sip/transport/transports.h"

#include <coroutine>
#include <thread>
#include <utility>

#include <doctest/doctest.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/write.hpp>

#include "sip/fake_wire.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;

namespace {

// A user agent behind real doors; its owner is a FakePhone that is never plugged in.
struct Side {
    explicit Side(asio::io_context& context, TcpOptions tcp_options = {}, std::uint64_t seed = 1)
        : transports{context,
                     {Endpoint{"127.0.0.1", 0}, Endpoint{"127.0.0.1", 0}, "", tcp_options}},
          agent{{}, transports, owner, owner, seed, &transports} {
        REQUIRE(transports.open(agent));
        owner.when_incoming = [this](const IncomingCall& incoming) {
            incoming_transport = incoming.invite.via.front().transport;
            agent.answer(incoming.call, "answer");
        };
    }
    ~Side() { transports.detach(); }

    FakeWire wire;
    FakePhone owner{wire, {"10.0.0.1", 5060}, 1};
    Transports transports;
    UserAgent agent;
    std::string incoming_transport;
};

struct Loop {
    template <typename Condition>
    bool until(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            context.restart();
            context.run_one_for(50ms);
        }
        return true;
    }
    tcp::socket connect_to(const Endpoint& at) {
        tcp::socket socket{context};
        socket.connect({asio::ip::make_address(at.address), at.port});
        socket.non_blocking(true);
        return socket;
    }
    // Everything that came so far; sets `is_closed` when the other side has closed.
    static std::string drain(tcp::socket& socket, bool& is_closed) {
        std::string text;
        std::array<char, 4096> buffer{};
        boost::system::error_code error;
        for (;;) {
            const std::size_t size = socket.read_some(asio::buffer(buffer), error);
            text.append(buffer.data(), size);
            if (error == asio::error::would_block) return text;
            if (error) {
                is_closed = true;
                return text;
            }
        }
    }

    asio::io_context context;
};

std::string options_request(const std::string& branch, const std::string& extra = {}) {
    return "OPTIONS sip:amer@127.0.0.1 SIP/2.0\r\n"
           "Via: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bK" +
           branch +
           ";rport\r\n"
           "From: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:amer@127.0.0.1>\r\n"
           "Call-ID: x" +
           branch + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n" + extra +
           "Content-Length: 0\r\n\r\n";
}

UserAgent::Invitation invitation_to(const Endpoint& at, bool is_tcp) {
    UserAgent::Invitation invitation;
    invitation.target = *parse_uri("sip:bob@" + at.address + ":" + std::to_string(at.port) +
                                   (is_tcp ? ";transport=tcp" : ""));
    invitation.from.uri = *parse_uri("sip:alice@127.0.0.1");
    invitation.offer = "offer";
    return invitation;
}

}  // namespace

TEST_CASE("two user agents call each other over real UDP and real TCP") {
    for (const bool is_tcp : {false, true}) {
        Loop loop;
        Side alice{loop.context, {}, 1};
        Side bob{loop.context, {}, 2};
        const Endpoint at = is_tcp ? bob.transports.tcp_local() : bob.transports.udp_local();
        CallId call;
        alice.transports.post([&] {
            call = alice.agent.invite(invitation_to(at, is_tcp),
                                      MonotonicInstant{std::chrono::time_point_cast<Duration>(
                                          std::chrono::steady_clock::now())});
        });
        REQUIRE(loop.until([&] { return bob.owner.count("confirmed") == 1; }));
        CHECK(alice.owner.count("answered") == 1);
        CHECK(bob.incoming_transport == (is_tcp ? "TCP" : "UDP"));
        bob.transports.post([&] {
            bob.agent.hang_up(
                bob.owner.last("incoming")->call,
                std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now()));
        });
        CHECK(loop.until([&] { return alice.owner.count("ended") == 1; }));
    }
}

TEST_CASE("work posted from another thread runs on the thread of the loop") {
    Loop loop;
    Side side{loop.context};
    std::thread::id ran_on;
    std::thread other{[&] { side.transports.post([&] { ran_on = std::this_thread::get_id(); }); }};
    CHECK(loop.until([&] { return ran_on != std::thread::id{}; }));
    other.join();
    CHECK(ran_on == std::this_thread::get_id());
}

TEST_CASE("a name is resolved and called; a name that leads nowhere is refused") {
    Loop loop;
    Side alice{loop.context, {}, 1};
    Side bob{loop.context, {}, 2};
    auto named = invitation_to(bob.transports.udp_local(), false);
    named.target.host = "localhost";
    auto nowhere = named;
    nowhere.target.host = "no-such-host.invalid";
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
    alice.transports.post([&] {
        alice.agent.invite(named, now);
        alice.agent.invite(nowhere, now);
    });
    CHECK(loop.until(
        [&] { return alice.owner.count("answered") == 1 && alice.owner.count("refused") == 1; }));
    CHECK(alice.owner.last("refused")->status == 503);
}

TEST_CASE("a connection that cannot be made refuses the call with 503") {
    Loop loop;
    Side alice{loop.context};
    std::uint16_t closed_port = 0;
    {
        tcp::acceptor taken{loop.context, {asio::ip::make_address("127.0.0.1"), 0}};
        closed_port = taken.local_endpoint().port();
    }
    alice.transports.post([&] {
        alice.agent.invite(
            invitation_to({"127.0.0.1", closed_port}, true),
            std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now()));
    });
    CHECK(loop.until([&] { return alice.owner.count("refused") == 1; }));
    CHECK(alice.owner.last("refused")->status == 503);
}

TEST_CASE("garbage datagrams are counted and harm nothing") {
    Loop loop;
    Side side{loop.context};
    udp::socket socket{loop.context, {asio::ip::make_address("127.0.0.1"), 0}};
    const Endpoint door = side.transports.udp_local();
    const udp::endpoint at{asio::ip::make_address(door.address), door.port};
    for (const std::size_t size : {1U, 3U, 500U, 60'000U}) {
        socket.send_to(asio::buffer(std::string(size, '\xff')), at);
    }
    socket.send_to(asio::buffer(std::string{}), at);
    CHECK(loop.until([&] { return side.agent.statistics().malformed_dropped == 5; }));
    std::string request = options_request("udp");
    request.replace(request.find("TCP"), 3, "UDP");
    socket.send_to(asio::buffer(request), at);
    CHECK(loop.until([&] { return socket.available() > 0; }));
}

TEST_CASE("a stream may be cut anywhere; pings are answered") {
    Loop loop;
    Side side{loop.context};
    tcp::socket socket = loop.connect_to(side.transports.tcp_local());
    const std::string text = options_request("one") + "\r\n\r\n" + options_request("two");
    for (std::size_t at = 0; at < text.size(); at += 7) {
        asio::write(socket, asio::buffer(text.substr(at, 7)));
        loop.context.restart();
        loop.context.poll();
    }
    std::string got;
    bool is_closed = false;
    CHECK(loop.until([&] {
        got += Loop::drain(socket, is_closed);
        return got.find("Call-ID: xtwo") != std::string::npos;
    }));
    CHECK(got.find("SIP/2.0 200") == 0);
    CHECK(got.find("\r\n\r\n\r\nSIP/2.0 200") != std::string::npos);  // the pong in between
    CHECK_FALSE(is_closed);
}

TEST_CASE("a giant header closes the connection, and only that one") {
    Loop loop;
    Side side{loop.context};
    tcp::socket good = loop.connect_to(side.transports.tcp_local());
    tcp::socket bad = loop.connect_to(side.transports.tcp_local());
    std::string sent = "OPTIONS sip:x SIP/2.0\r\nSubject: ";
    bool is_bad_closed = false;
    CHECK(loop.until([&] {
        boost::system::error_code ignored;
        sent.assign(8'000, 'a');
        bad.write_some(asio::buffer(sent), ignored);
        Loop::drain(bad, is_bad_closed);
        return is_bad_closed;
    }));
    asio::write(good, asio::buffer(options_request("good")));
    bool is_good_closed = false;
    CHECK(loop.until([&] { return !Loop::drain(good, is_good_closed).empty(); }));
    CHECK_FALSE(is_good_closed);
}

TEST_CASE("a half message and a silent stranger are not waited for for ever") {
    TcpOptions hurried;
    hurried.half_message = 100ms;
    TcpOptions restless;
    restless.idle = 100ms;
    for (const auto& [options, text] :
         {std::pair{hurried, "OPTIONS sip:x SI"}, std::pair{restless, ""}}) {
        Loop loop;
        Side side{loop.context, options};
        tcp::socket socket = loop.connect_to(side.transports.tcp_local());
        asio::write(socket, asio::buffer(std::string{text}));
        bool is_closed = false;
        CHECK(loop.until([&] {
            Loop::drain(socket, is_closed);
            return is_closed;
        }));
    }
}

TEST_CASE("a connection with a call on it is kept however silent it is") {
    Loop loop;
    TcpOptions options;
    options.idle = 100ms;
    Side alice{loop.context, options, 1};
    Side bob{loop.context, options, 2};
    alice.transports.post([&] {
        alice.agent.invite(
            invitation_to(bob.transports.tcp_local(), true),
            std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now()));
    });
    REQUIRE(loop.until([&] { return bob.owner.count("confirmed") == 1; }));
    tcp::socket stranger = loop.connect_to(bob.transports.tcp_local());
    bool is_stranger_closed = false;
    // The sweep that closes the stranger has looked at the call's connection as well.
    REQUIRE(loop.until([&] {
        Loop::drain(stranger, is_stranger_closed);
        return is_stranger_closed;
    }));
    bob.transports.post([&] {
        bob.agent.hang_up(bob.owner.last("incoming")->call,
                          std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now()));
    });
    CHECK(loop.until([&] { return alice.owner.count("ended") == 1; }));
}

TEST_CASE("one source may hold only so many connections") {
    Loop loop;
    TcpOptions options;
    options.max_per_source = 2;
    Side side{loop.context, options};
    std::vector<tcp::socket> sockets;
    for (int i = 0; i < 3; ++i) sockets.push_back(loop.connect_to(side.transports.tcp_local()));
    bool is_third_closed = false;
    CHECK(loop.until([&] {
        Loop::drain(sockets[2], is_third_closed);
        return is_third_closed;
    }));
    asio::write(sockets[0], asio::buffer(options_request("first")));
    bool is_first_closed = false;
    CHECK(loop.until([&] { return !Loop::drain(sockets[0], is_first_closed).empty(); }));
}

TEST_CASE("a door that is taken is an error with its name") {
    asio::io_context context;
    tcp::acceptor taken{context, {asio::ip::make_address("127.0.0.1"), 0}};
    FakeWire wire;
    FakePhone owner{wire, {"10.0.0.1", 5060}, 1};
    TransportsOptions options;
    options.tcp = Endpoint{"127.0.0.1", taken.local_endpoint().port()};
    Transports transports{context, options};
    const auto opened = transports.open(owner.agent());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().what.find("127.0.0.1") != std::string::npos);
}
