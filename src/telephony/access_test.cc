#include "telephony/access.h"

#include <doctest/doctest.h>

using namespace amer;
using sip::Admission;

namespace {

centre::Trunk trunk(const char* id, std::vector<std::string> peers) {
    centre::Trunk row;
    row.id = TrunkId{id};
    row.peers = std::move(peers);
    return row;
}

sip::Flow from(std::string address, std::uint16_t port) {
    sip::Flow flow;
    flow.remote = {std::move(address), port};
    return flow;
}

sip::Message request(sip::Method method) {
    sip::Message message;
    message.method = method;
    return message;
}

}  // namespace

TEST_CASE("a trunk is known by its address, or by address and port") {
    telephony::Access access{{trunk("operator", {"192.0.2.10"}), trunk("pbx", {"192.0.2.20:5070"})},
                             {}};
    const auto admit = [&](std::string address, std::uint16_t port) {
        return access.admit(request(sip::Method::invite), from(std::move(address), port));
    };
    CHECK(admit("192.0.2.10", 5060).admission == Admission::trunk);
    CHECK(admit("192.0.2.10", 5060).peer == "operator");
    CHECK(admit("192.0.2.20", 5070).peer == "pbx");
    CHECK(admit("192.0.2.20", 5060).admission == Admission::challenge);
    CHECK(admit("198.51.100.1", 5060).admission == Admission::challenge);
}

TEST_CASE("a stranger may only try to prove himself; anything else is refused") {
    telephony::Access access{{}, {}};
    const auto verdict = [&](sip::Method method) {
        return access.admit(request(method), from("198.51.100.1", 5060)).admission;
    };
    CHECK(verdict(sip::Method::register_) == Admission::challenge);
    CHECK(verdict(sip::Method::invite) == Admission::challenge);
    CHECK(verdict(sip::Method::options) == Admission::refuse);
    CHECK(verdict(sip::Method::message) == Admission::refuse);
}

TEST_CASE("a phone on a trunk's machine still has to prove who registers") {
    telephony::Access access{{trunk("operator", {"192.0.2.10"})}, {}};
    CHECK(access.admit(request(sip::Method::register_), from("192.0.2.10", 5060)).admission ==
          Admission::challenge);
}

TEST_CASE("secrets are given by user and algorithm") {
    telephony::Access access{{}, {{"maryam", {"aa", "bb"}}}};
    CHECK(access.secret_of("maryam", sip::DigestAlgorithm::md5) == "aa");
    CHECK(access.secret_of("maryam", sip::DigestAlgorithm::sha256) == "bb");
    CHECK_FALSE(access.secret_of("nobody", sip::DigestAlgorithm::md5));
}
