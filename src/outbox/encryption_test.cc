// Whom a secret and a citizen's number are told: only a server that shows who it is.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "outbox/fake_tls_server.h"
#include "outbox/text_gateway.h"

using namespace amer;
using namespace amer::outbox;
using Kind = Delivery::Kind;
namespace fs = std::filesystem;

namespace {

Delivery send(const std::string& url, const std::string& authorities) {
    TextGatewaySettings settings;
    settings.url = url;
    settings.body = "{to} {text}";
    settings.ca_file = authorities;
    TextGateway gateway{settings};
    return gateway.send({"amer-1-1", notification::Channel::text, "+971501234567", "", "x", {}});
}

}  // namespace

TEST_CASE("a server that nobody vouches for, or that has another name, is told nothing") {
    const fake::TlsServer server;
    const fs::path file =
        fs::temp_directory_path() / ("amer_encryption_test_" + std::to_string(getpid()) + ".pem");
    std::ofstream{file} << server.certificate();
    CHECK(send(server.url("127.0.0.1"), "").kind == Kind::later);
    CHECK(send(server.url("localhost"), file.string()).kind == Kind::later);
    CHECK(server.requests() == 0);
    CHECK(send(server.url("127.0.0.1"), file.string()).kind == Kind::sent);
    CHECK(server.requests() == 1);
    fs::remove(file);
}
