#include "telephony/caller_identity.h"

#include <doctest/doctest.h>

using namespace amer;

namespace {

sip::Message invite_from(std::string_view from) {
    sip::Message invite;
    invite.method = sip::Method::invite;
    invite.from = sip::parse_name_address(from).value();
    invite.request_uri = sip::parse_uri("sip:600500500@192.0.2.1").value();
    return invite;
}

}  // namespace

TEST_CASE("the asserted identity is believed before what the phone claims") {
    sip::Message invite = invite_from("\"Somebody\" <sip:0509999999@192.0.2.9>;tag=1");
    invite.add_header("Remote-Party-ID", "<sip:0502222222@192.0.2.9>;party=calling");
    CHECK(telephony::identify_caller(invite, "AE").number->e164() == "+971502222222");
    invite.add_header("P-Asserted-Identity", "\"Noura\" <sip:+971501234567@trunk.example>");
    const CallerIdentity caller = telephony::identify_caller(invite, "AE");
    REQUIRE(caller.number);
    CHECK(caller.number->e164() == "+971501234567");
    CHECK(caller.display_name == "Noura");
    CHECK_FALSE(caller.is_hidden);
}

TEST_CASE("a tel URI and a user part with parameters are understood") {
    sip::Message invite = invite_from("<sip:0501234567@192.0.2.9>;tag=1");
    invite.add_header("P-Asserted-Identity", "<tel:+971501234567>");
    CHECK(telephony::identify_caller(invite, "AE").number->e164() == "+971501234567");
}

TEST_CASE("who asks for privacy is hidden, whatever the network tells") {
    sip::Message by_header = invite_from("<sip:0501234567@192.0.2.9>;tag=1");
    by_header.add_header("Privacy", "id");
    sip::Message by_name = invite_from("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1");
    sip::Message by_word = invite_from("<sip:Restricted@192.0.2.9>;tag=1");
    sip::Message by_party = invite_from("<sip:0501234567@192.0.2.9>;tag=1");
    by_party.add_header("Remote-Party-ID", "<sip:0501234567@192.0.2.9>;privacy=full");
    for (const sip::Message& invite : {by_header, by_name, by_word, by_party}) {
        const CallerIdentity caller = telephony::identify_caller(invite, "AE");
        CHECK(caller.is_hidden);
        CHECK_FALSE(caller.number);
    }
}

TEST_CASE("a number that is none is kept as it came and not hidden") {
    const auto caller = telephony::identify_caller(invite_from("<sip:171@192.0.2.9>;tag=1"), "AE");
    CHECK_FALSE(caller.number);
    CHECK_FALSE(caller.is_hidden);
    CHECK(caller.raw == "sip:171@192.0.2.9");
}

TEST_CASE("a premium number is not taken for a call back") {
    const auto caller =
        telephony::identify_caller(invite_from("<sip:900212345@192.0.2.9>;tag=1"), "AE");
    CHECK_FALSE(caller.number);
}

TEST_CASE("the dialled number is the request URI's user") {
    CHECK(telephony::dialled_by(invite_from("<sip:0501234567@192.0.2.9>;tag=1")) == "600500500");
}
