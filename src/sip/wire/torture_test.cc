// The valid messages of RFC 4475 (sections 3.1.1, 3.2, 3.3, 3.4) in words of our own: each case
// makes the RFC's point with a message written by hand.
#include <doctest/doctest.h>

#include "sip/wire/message.h"
#include "sip/wire/test_messages.h"

namespace amer::sip {
namespace {

Message accepted(const std::string& text) {
    const auto parsed = parse_datagram(text);
    REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().reason));
    const auto again = parse_datagram(serialise(*parsed));
    REQUIRE(again);
    CHECK((*again == *parsed));
    return *parsed;
}

// An OPTIONS with one line of interest; `line` replaces the header of the same name.
Message options_with(std::string_view line) {
    std::string text = "OPTIONS sip:desk@acd.test SIP/2.0\r\n";
    for (const std::string_view usual :
         {"Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKtorture", "From: <sip:ann@acd.test>;tag=a1",
          "To: <sip:desk@acd.test>", "Call-ID: torture-1", "CSeq: 7 OPTIONS", "Max-Forwards: 70"}) {
        const bool is_replaced = line.substr(0, line.find(':')) == usual.substr(0, usual.find(':'));
        if (!is_replaced) text.append(usual).append("\r\n");
    }
    return accepted(text.append(line).append("\r\nContent-Length: 0\r\n\r\n"));
}

TEST_CASE("wsinv: white space, folding, compact forms and odd case are all ordinary") {
    const Message message = accepted(message_of({
        "INVITE sip:desk@acd.test;oddparam SIP/2.0",
        "tO  :",
        "  <sip:desk@acd.test>   ;  tag   = 77n",
        "F: \"Ann \\\"A\\\" \\\\\"      <sip:ann@phones.test>",
        "  ;",
        "  tag =  q1",
        "mAX-forwards: 0012",
        "i   : fold-1@phones.test",
        "cseq: 0031",
        "   INVITE",
        "Via :  SIP  /   2.0",
        " / UDP",
        "   192.0.2.9  ; branch = 1stbranch",
        "subject :",
        "X-Fancy:   one",
        "    two",
        "X-Separators: ;;,,;,",
        "v: SIP / 2.0 / TCP  edge.test  ;",
        "  branch = z9hG4bKsecond ,",
        "  SIP/2.0/ TLS 192.0.2.10 : 5063 ;branch=",
        "  z9hG4bKthird",
        "Route:",
        "  <sip:proxy.test;lr;x=1>",
        "m: \"Quoted \\\"\\\"\" <sip:ann@phones.test> ; q = 0.33 ; flag",
        "l  : 0",
    }));
    CHECK(message.request_uri.parameters.has("oddparam"));
    CHECK(message.to.tag() == "77n");
    CHECK(message.from.display_name == "Ann \"A\" \\");
    CHECK(message.from.tag() == "q1");
    CHECK(message.max_forwards == 12);
    CHECK(message.call_id == "fold-1@phones.test");
    CHECK(message.cseq == 31);
    REQUIRE(message.via.size() == 3);
    CHECK(message.via[0].branch() == "1stbranch");
    CHECK(message.via[1].transport == "TCP");
    CHECK(message.via[2].port == 5063);
    CHECK(message.via[2].branch() == "z9hG4bKthird");
    CHECK(message.header("Subject") == "");
    CHECK(message.header("X-Fancy") == "one two");
    CHECK(message.header("X-Separators") == ";;,,;,");
    CHECK(message.route.at(0).uri.parameters.has("lr"));
    CHECK(message.contacts.at(0).display_name == "Quoted \"\"");
    CHECK(message.contacts.at(0).parameters.find("q") == "0.33");
    CHECK(message.contacts.at(0).parameters.has("flag"));
}

TEST_CASE("intmeth: every character that the grammar allows is taken where it is allowed") {
    const std::string_view method = "!odd-Method9_*+`.%and'~";
    const Message message = accepted(message_of({
        std::string{method} + " sip:a-._~!*'()&=+$,;?/:pass&=+$,word@acd.test SIP/2.0",
        "Via: SIP/2.0/TCP a.test;branch=z9hG4bK-.!%77*_+`'~",
        "To: \"bell \\\a del \\\x7f\" <sip:a;?b@acd.test>",
        "From: word1~` word2'+_ word3*%!.- "
        "<sip:b@acd.test>;p''~+*_!.-%=\"\xd1\x80\";tag=_t~1'+`*%!-.",
        "Call-ID: word%Z!.*_+'@word`~)(><:\\/\"][?}{",
        "CSeq: 5 " + std::string{method},
        "Max-Forwards: 255",
        "x-!.%*+_`'~: \xef\xbb\xbf\xe5\xa4\xa7",
        "Content-Length: 0",
    }));
    CHECK(message.method == Method::other);
    CHECK(message.method_text == method);
    CHECK(message.request_uri.user == "a-._~!*'()&=+$,;?/");
    CHECK(message.request_uri.password == "pass&=+$,word");
    CHECK(message.to.display_name == "bell \a del \x7f");
    CHECK(message.to.uri.user == "a;?b");
    CHECK(message.from.display_name == "word1~` word2'+_ word3*%!.-");
    CHECK(message.from.parameters.find("p''~+*_!.-%") == "\xd1\x80");
    CHECK(message.from.tag() == "_t~1'+`*%!-.");
    CHECK(message.call_id == "word%Z!.*_+'@word`~)(><:\\/\"][?}{");
    CHECK(message.max_forwards == 255);
    CHECK(message.header("x-!.%*+_`'~") == "\xef\xbb\xbf\xe5\xa4\xa7");
}

TEST_CASE("esc01: escaped separators in a user part are data") {
    const Message message = accepted(message_of({
        "INVITE sip:sip%3Aann%40home.test@acd.test SIP/2.0",
        "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKesc",
        "From: <sip:two%20words@acd.test>;tag=a",
        "To: sip:d%65sk@acd.test",
        "i: esc-1",
        "CSeq: 8 INVITE",
        "Contact: <sip:c%41ll@acd.test;%6C%72;n%61me=v%61l%25%34%31>",
        "l: 0",
    }));
    CHECK(message.request_uri.host == "acd.test");
    CHECK(message.request_uri.user == "sip:ann@home.test");
    CHECK(message.request_uri.text() == "sip:sip%3Aann%40home.test@acd.test");
    CHECK(message.from.uri.user == "two words");
    CHECK(message.to.uri.user == "desk");
    CHECK(message.contacts.at(0).uri.user == "cAll");
    CHECK(message.contacts.at(0).uri.parameters.find("n%61me") == "v%61l%25%34%31");
}

TEST_CASE("escnull: an escaped NUL is one octet, not the end") {
    const Message message = options_with("To: <sip:a%00%00b@acd.test>");
    CHECK(message.to.uri.user == std::string("a\0\0b", 4));
    CHECK(message.to.text() == "<sip:a%00%00b@acd.test>");
}

TEST_CASE("esc02: a percent sign outside URIs is only a percent sign") {
    const Message message = accepted(message_of({
        "OPT%49ONS sip:desk@acd.test SIP/2.0",
        "Via: SIP/2.0/TCP 192.0.2.7;branch=z9hG4bK9%zz1",
        "To: \"%Z%41\" <sip:desk@acd.test>",
        "From: \"%Z%41\" <sip:ann@acd.test>;tag=1",
        "Call-ID: esc-2",
        "CSeq: 9 OPT%49ONS",
        "C%6Fntact: <sip:hidden@acd.test>",
        "Contact: <sip:seen@acd.test>",
        "l: 0",
    }));
    CHECK(message.method == Method::other);
    CHECK(message.method_text == "OPT%49ONS");
    CHECK(message.to.display_name == "%Z%41");
    CHECK(message.via[0].branch() == "z9hG4bK9%zz1");
    CHECK(message.contacts.size() == 1);
    CHECK(message.header("C%6Fntact") == "<sip:hidden@acd.test>");
}

TEST_CASE("lwsdisp: no space is needed between a display name and its bracket") {
    const Message message = options_with("From: ann<sip:ann@acd.test>;tag=5");
    CHECK(message.from.display_name == "ann");
    CHECK(message.from.uri.user == "ann");
}

TEST_CASE("longreq: long names, values and thirty Via lines are no reason to refuse") {
    const std::string word(300, 'w');
    std::string text = "INVITE sip:desk@acd.test SIP/2.0\r\n";
    for (int i = 0; i < 30; i++) text.append("viA: SIP/2.0/TCP hop").append("x.test\r\n");
    text.append("From: <sip:" + word + "@acd.test>;tag=" + word + "\r\n");
    text.append("To: \"" + word + "\" <sip:desk@acd.test;" + word + "=" + word + ">\r\n");
    text.append("Call-ID: " + word + "\r\nCSeq: 1 INVITE\r\nX-" + word + ": " + word + "\r\n\r\n");
    const Message message = accepted(text);
    CHECK(message.via.size() == 30);
    CHECK(message.from.tag() == word);
    CHECK(message.to.uri.parameters.find(word) == word);
    CHECK(message.header("x-" + word) == word);
}

TEST_CASE("dblreq: octets behind the body of a datagram are ignored") {
    const std::string first =
        message_of({"REGISTER sip:acd.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKd",
                    "From: <sip:ann@acd.test>;tag=1", "To: <sip:ann@acd.test>", "Call-ID: double",
                    "CSeq: 8 REGISTER", "Content-Length: 3"},
                   "abc");
    const Message message = accepted(first + "\r\nINVITE sip:eve@acd.test SIP/2.0\r\n\r\n");
    CHECK(message.method == Method::register_);
    CHECK(message.body == "abc");
}

TEST_CASE("semiuri: a semicolon before the '@' belongs to the user") {
    const auto uri = parse_uri("sip:ann;ext=9%40desk@acd.test;lr");
    REQUIRE(uri);
    CHECK(uri->user == "ann;ext=9@desk");
    CHECK(uri->host == "acd.test");
    CHECK(uri->parameters.has("lr"));
    CHECK_FALSE(uri->parameters.has("ext"));
}

TEST_CASE("transports: any transport may stand in a Via") {
    const Message message = options_with(
        "Via: SIP/2.0/UDP a.test, SIP/2.0/SCTP b.test, SIP/2.0/wss c.test, SIP/2.0/CARRIER d.test");
    REQUIRE(message.via.size() == 4);
    CHECK(message.via[1].transport == "SCTP");
    CHECK(message.via[2].transport == "WSS");
    CHECK(message.via[3].transport == "CARRIER");
}

TEST_CASE("mpart01: a binary multipart body is kept octet by octet") {
    const std::string body{"--b\r\n\r\nHello\r\n--b\r\n\r\n\x00\x82\r\n\r\n\xff\r\n--b--", 36};
    const Message message = accepted(message_of(
        {"MESSAGE sip:desk@acd.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKm;rport",
         "From: <sip:ann@acd.test>;tag=1", "To: <sip:desk@acd.test>", "Call-ID: parts",
         "CSeq: 1 MESSAGE", "c: multipart/mixed;boundary=b", "l: 36"},
        body));
    CHECK(message.content_type == "multipart/mixed;boundary=b");
    CHECK(message.body == body);
    CHECK(message.via[0].parameters.find("rport") == "");
}

Message response_with(std::string_view status_line) {
    return accepted(message_of({status_line, "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKr",
                                "From: <sip:ann@acd.test>;tag=1", "To: <sip:desk@acd.test>;tag=2",
                                "Call-ID: reasons", "CSeq: 1 INVITE", "Content-Length: 0"}));
}

TEST_CASE("unreason: a reason phrase may hold anything, in any script") {
    const Message message = response_with("SIP/2.0 200 = 2**3 * 5**2 \xd0\xbd\xd0\xbe");
    CHECK(message.status == 200);
    CHECK(message.reason == "= 2**3 * 5**2 \xd0\xbd\xd0\xbe");
}

TEST_CASE("noreason: a reason phrase may be empty") {
    const Message message = response_with("SIP/2.0 100 ");
    CHECK(message.status == 100);
    CHECK(message.reason.empty());
}

TEST_CASE("baddate: a date that cannot be is text as any other") {
    CHECK(options_with("Date: Fri, 01 Jan 2010 16:00:00 EST").header("Date") ==
          "Fri, 01 Jan 2010 16:00:00 EST");
}

TEST_CASE("badaspec: space inside the angle brackets is forgiven") {
    const Message message = options_with("To: \"Bell, Ann\" <  sip:desk@acd.test   >");
    CHECK(message.to.uri.text() == "sip:desk@acd.test");
    CHECK(message.to.display_name == "Bell, Ann");
}

TEST_CASE("badbranch: a branch that is only the cookie is a branch") {
    CHECK(options_with("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK").via[0].branch() == "z9hG4bK");
}

TEST_CASE("unkscm: a request URI of an unknown scheme parses and stays opaque") {
    const auto uri = parse_uri("noSuchScheme:whatever;this/is");
    REQUIRE(uri);
    CHECK(uri->scheme == "nosuchscheme");
    CHECK(uri->opaque == "whatever;this/is");
    CHECK_FALSE(uri->is_sip());
}

TEST_CASE("novelsc: a scheme with a dot and an authority stays opaque too") {
    const auto uri = parse_uri("soap.beep://192.0.2.9:3002");
    REQUIRE(uri);
    CHECK(uri->scheme == "soap.beep");
    CHECK(uri->opaque == "//192.0.2.9:3002");
}

TEST_CASE("unksm2: headers may hold URIs of any scheme") {
    const Message message = options_with("To: isbn:2983792873");
    CHECK(message.to.uri.scheme == "isbn");
    CHECK(message.to.uri.opaque == "2983792873");
    CHECK(options_with("Contact: <name:Ann_Bell>").contacts.at(0).uri.scheme == "name");
    CHECK(options_with("From: <http://www.acd.test>;tag=3").from.tag() == "3");
}

TEST_CASE("bext01: required extensions are a list for the user agent") {
    const Message message = options_with("Require: one,  two");
    REQUIRE(message.list("require").size() == 2);
    CHECK(message.list("require")[1] == "two");
}

TEST_CASE("invut: the parser does not care what a body is") {
    const Message message = accepted(message_of(
        {"INVITE sip:desk@acd.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKu",
         "From: <sip:ann@acd.test>;tag=1", "To: <sip:desk@acd.test>", "Call-ID: unknown-type",
         "CSeq: 1 INVITE", "Content-Type: application/unheard-of", "Content-Length: 4"},
        "<a/>"));
    CHECK(message.content_type == "application/unheard-of");
    CHECK(message.body == "<a/>");
}

TEST_CASE("regaut01: credentials of an unknown scheme are text") {
    CHECK(options_with("Authorization: Unheard opaque-data=here").header("authorization") ==
          "Unheard opaque-data=here");
}

TEST_CASE("bcast: a response that came a long way parses with all its Vias") {
    const Message message = accepted(message_of(
        {"SIP/2.0 200 OK", "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1",
         "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK2", "From: <sip:ann@acd.test>;tag=1",
         "To: <sip:desk@acd.test>;tag=2", "Call-ID: broadcast", "CSeq: 35 INVITE", "l: 0"}));
    CHECK(message.via.size() == 2);
}

TEST_CASE("zeromf: no hops left is a number as any other here") {
    CHECK(options_with("Max-Forwards: 0").max_forwards == 0);
}

TEST_CASE("cparam01: without brackets a parameter is the header's") {
    const Message message = options_with("Contact: sip:+15550100@gw.test;odd");
    CHECK(message.contacts.at(0).parameters.has("odd"));
    CHECK_FALSE(message.contacts.at(0).uri.parameters.has("odd"));
}

TEST_CASE("cparam02: within brackets a parameter is the URI's") {
    const Message message = options_with("Contact: <sip:+15550100@gw.test;odd>");
    CHECK(message.contacts.at(0).uri.parameters.has("odd"));
    CHECK_FALSE(message.contacts.at(0).parameters.has("odd"));
}

TEST_CASE("regescrt: a contact in brackets may carry headers") {
    const Message message = options_with("Contact: <sip:ann@acd.test?Route=%3Csip:p.test%3E>");
    CHECK(message.contacts.at(0).uri.headers == "Route=%3Csip:p.test%3E");
}

TEST_CASE("sdp01: what the caller accepts is a list for the user agent") {
    const Message message = options_with("Accept: text/nobody-knows");
    REQUIRE(message.list("Accept").size() == 1);
    CHECK(message.list("Accept")[0] == "text/nobody-knows");
}

TEST_CASE("inv2543: a request as RFC 2543 wrote it is taken") {
    const Message message =
        accepted(message_of({"INVITE sip:desk@acd.test SIP/2.0", "Via: SIP/2.0/UDP old.test",
                             "From: <sip:+15550100@old.test;user=phone>",
                             "Record-Route: <sip:desk@acd.test;maddr=ss1.test>",
                             "To: sip:+15550111@ss1.test;user=phone", "Call-ID: old",
                             "CSeq: 56 INVITE", "Content-Type: application/sdp"},
                            "v=0\r\n"));
    CHECK(message.via[0].branch().empty());
    CHECK(message.from.tag().empty());
    CHECK_FALSE(message.max_forwards);
    CHECK(message.record_route.at(0).uri.parameters.find("maddr") == "ss1.test");
    CHECK(message.to.parameters.find("user") == "phone");
    CHECK(message.body == "v=0\r\n");
}

}  // namespace
}  // namespace amer::sip
