#include "sip/wire/uri.h"

#include <doctest/doctest.h>

namespace amer::sip {
namespace {

Uri uri(std::string_view text) {
    auto parsed = parse_uri(text);
    REQUIRE_MESSAGE(parsed, text);
    return std::move(*parsed);
}

TEST_CASE("a SIP URI is taken apart") {
    const Uri one =
        uri("SIPS:Ann:secret@Acd.Test:5081;transport=TCP;lr?Subject=hi&Priority=urgent");
    CHECK(one.scheme == "sips");
    CHECK(one.user == "Ann");
    CHECK(one.password == "secret");
    CHECK(one.host == "acd.test");
    CHECK(one.port == 5081);
    CHECK(one.parameters.find("TRANSPORT") == "TCP");
    CHECK(one.parameters.find("lr") == "");
    CHECK_FALSE(one.parameters.find("maddr"));
    CHECK(one.headers == "Subject=hi&Priority=urgent");
    CHECK(one.text() ==
          "sips:Ann:secret@acd.test:5081;transport=TCP;lr?Subject=hi&Priority=urgent");
}

TEST_CASE("a URI is written so that it is read back the same") {
    for (const std::string_view text :
         {"sip:acd.test", "sip:a@[::1]:5060", "sip:%00%20%22%3C%3E%5C@acd.test",
          "sip:a%3Ab:c%40d@acd.test", "sip:a:@acd.test", "sip:100%25@acd.test",
          "tel:+1-555-0100;phone-context=acd.test", "urn:service:sos", "sip:a@acd.test;x=;y"}) {
        CHECK(uri(text).text() == text);
        CHECK((uri(uri(text).text()) == uri(text)));
    }
}

TEST_CASE("a percent sign that escapes nothing stands for itself") {
    CHECK(uri("sip:*97%@acd.test").user == "*97%");
    CHECK(uri("sip:%zz@acd.test").user == "%zz");
    CHECK(uri("sip:%zz@acd.test").text() == "sip:%25zz@acd.test");
}

TEST_CASE("a telephone number is kept as it was written") {
    const Uri number = uri("tel:+49-30-555;phone-context=+49");
    CHECK(number.opaque == "+49-30-555");
    CHECK(number.parameters.find("phone-context") == "+49");
    CHECK(number.host.empty());
}

TEST_CASE("what is no URI is refused") {
    for (const std::string_view text : {"",
                                        "sip",
                                        ":",
                                        "sip:",
                                        ":a",
                                        "1a:b",
                                        "s p:a",
                                        "sip:@acd.test",
                                        "sip:a@",
                                        "sip:a@b@c",
                                        "sip:a b@acd.test",
                                        "sip:acd.test:",
                                        "sip:acd.test:0",
                                        "sip:acd.test:65536",
                                        "sip:acd.test:99999999999999999999",
                                        "sip:acd.test:5o",
                                        "sip:[::1",
                                        "sip:[::1]x",
                                        "sip:[::g]",
                                        "sip:[]",
                                        "sip:[192.0.2.1]",
                                        "sip:2001:db8::1",
                                        "sip:acd.test;",
                                        "tel:",
                                        "sip:acd.test;;lr",
                                        "sip:acd.test;=x",
                                        "sip:acd test",
                                        "sip:a\"b@acd.test",
                                        "tel:;x",
                                        "sip:<a>@acd.test",
                                        "http:",
                                        "sip:acd.test?a b",
                                        "urn:a b",
                                        "sip:acd.test;a\"b"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_uri(text));
    }
}

// The pairs of RFC 3261 section 19.1.4, and ours for the rules it gives no example of.
TEST_CASE("URIs that mean the same address are equivalent") {
    const auto same = [](std::string_view left, std::string_view right) {
        CAPTURE(left);
        CAPTURE(right);
        CHECK(is_equivalent(uri(left), uri(right)) == is_equivalent(uri(right), uri(left)));
        return is_equivalent(uri(left), uri(right));
    };
    CHECK(same("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"));
    CHECK(same("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"));
    CHECK(same("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5"));
    CHECK(same("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
               "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"));
    CHECK(same("sip:alice@atlanta.com?subject=project%20x&priority=urgent",
               "sip:alice@atlanta.com?priority=urgent&subject=project%20x"));
    CHECK(same("tel:+1-555-0100", "tel:+1(555)0100"));
    CHECK(same("urn:service:sos", "urn:service:sos"));

    CHECK_FALSE(same("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"));
    CHECK_FALSE(same("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"));
    CHECK_FALSE(same("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"));
    CHECK_FALSE(same("sip:bob@biloxi.com", "sip:bob@biloxi.com;maddr=192.0.2.1"));
    CHECK_FALSE(same("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"));
    CHECK_FALSE(same("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"));
    CHECK_FALSE(same("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"));
    CHECK_FALSE(same("sip:bob@biloxi.com", "sips:bob@biloxi.com"));
    CHECK_FALSE(same("sip:bob:x@biloxi.com", "sip:bob@biloxi.com"));
    CHECK_FALSE(same("tel:+15550100", "tel:+15550101"));
    CHECK_FALSE(same("tel:100;phone-context=a", "tel:100"));
}

NameAddress address(std::string_view text) {
    auto parsed = parse_name_address(text);
    REQUIRE_MESSAGE(parsed, text);
    return std::move(*parsed);
}

TEST_CASE("a name and an address are told apart") {
    const NameAddress ann =
        address("\"Ann \\\"the\\\" Bell\" <sip:ann@acd.test;lr>;tag=x;expires=\"3,0\"");
    CHECK(ann.display_name == "Ann \"the\" Bell");
    CHECK(ann.uri.parameters.has("lr"));
    CHECK(ann.tag() == "x");
    CHECK(ann.parameters.find("expires") == "3,0");
    CHECK(ann.text() == "\"Ann \\\"the\\\" Bell\" <sip:ann@acd.test;lr>;tag=x;expires=\"3,0\"");
    CHECK(address("Ann  B <sip:a@b.test>").display_name == "Ann  B");
    CHECK(address("sip:a@b.test ; tag = y").tag() == "y");
    CHECK(address("\"\" <tel:+1>").display_name.empty());
    CHECK(address("<sip:a,b;c?d@b.test>").uri.user == "a,b;c?d");
}

TEST_CASE("what is no address is refused") {
    for (const std::string_view text : {"",
                                        "<>",
                                        "<sip:a@b.test",
                                        "sip:a@b.test>",
                                        "\"Ann <sip:a@b.test>",
                                        "\"Ann\" sip:a@b.test",
                                        "\"Ann\"",
                                        "Ann \"B\" <sip:a@b.test>",
                                        "<sip:a@b.test> x",
                                        "<sip:a@b.test>;",
                                        "<sip:a@b.test>;=1",
                                        "<sip:a@b.test>;a=\"1",
                                        "<sip:a@b.test>;a=\"1\"x",
                                        "<sip:a@b.test>,<sip:c@d.test>",
                                        ";x <sip:a@b.test>",
                                        ",",
                                        "<sip:a@b.test>;a b",
                                        "sip:a@b.test?x=y",
                                        "<<sip:a@b.test>>",
                                        "An\nn <sip:a@b.test>",
                                        "\"An\rn\" <sip:a@b.test>",
                                        "<sip:a@b.test>;a=\"\n\""}) {
        CAPTURE(text);
        CHECK_FALSE(parse_name_address(text));
    }
}

TEST_CASE("parameters are set, replaced and removed by name without case") {
    Parameters parameters;
    parameters.set("Tag", "1");
    parameters.set("lr", std::nullopt);
    parameters.set("tAG", "2");
    REQUIRE(parameters.all().size() == 2);
    CHECK(parameters.find("tag") == "2");
    CHECK(parameters.has("LR"));
    parameters.remove("TAG");
    CHECK_FALSE(parameters.has("tag"));
}

}  // namespace
}  // namespace amer::sip
