// Runs the messages of RFC 4475 and RFC 5118, byte for byte, against the table of verdicts. The
// files lie beside the clone; without them only the table is checked.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "sip/wire/message.h"
#include "sip/wire/torture_table.h"

namespace amer::sip {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path{AMER_SOURCE_DIR} / ".." / "shared" / "torture";

std::string bytes_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// The archive of RFC 5118 has Unix line ends, and the lengths printed in it fit neither them nor,
// in one case, the body at all. The messages are about addresses: both are put right.
std::string with_network_lines(const std::string& text) {
    std::string result;
    for (const char c : text) result.append(c == '\n' ? "\r\n" : std::string(1, c));
    const std::size_t body = result.find("\r\n\r\n");
    const std::size_t length = body == std::string::npos ? 0 : result.size() - body - 4;
    const std::string name = "Content-Length: ";
    const std::size_t at = result.find(name) + name.size();
    return result.replace(at, result.find('\r', at) - at, std::to_string(length));
}

std::map<std::string, std::string> torture_files() {
    std::map<std::string, std::string> files;
    for (const std::string rfc : {"rfc4475", "rfc5118"}) {
        if (!fs::is_directory(kFolder / rfc)) continue;
        for (const auto& entry : fs::directory_iterator{kFolder / rfc}) {
            if (entry.path().extension() != ".dat") continue;
            const std::string bytes = bytes_of(entry.path());
            files[entry.path().stem().string()] =
                rfc == "rfc5118" ? with_network_lines(bytes) : bytes;
        }
    }
    return files;
}

TortureVerdict verdict_of(const Parsed<Message>& parsed) {
    if (parsed) return TortureVerdict::accept;
    return parsed.error().answer ? TortureVerdict::answer : TortureVerdict::drop;
}

TEST_CASE("the table knows each message of both RFCs once") {
    std::set<std::string_view> names;
    for (const TortureCase& one : kTortureCases) names.insert(one.name);
    CHECK(names.size() == 49 + 12);
    CHECK(kTortureCases.size() == 49 + 12);
}

TEST_CASE("every torture message is judged as the table says") {
    const auto files = torture_files();
    if (files.empty()) {
        MESSAGE("no torture files beside this clone; only the table was checked");
        return;
    }
    CHECK(files.size() == kTortureCases.size());
    for (const auto& file : files) {
        const std::string& name = file.first;
        CAPTURE(name);
        const auto row = std::find_if(kTortureCases.begin(), kTortureCases.end(),
                                      [&](const TortureCase& one) { return one.name == name; });
        REQUIRE(row != kTortureCases.end());
        const auto parsed = parse_datagram(file.second);
        CHECK(verdict_of(parsed) == row->verdict);
        if (!parsed) {
            CAPTURE(parsed.error().reason);
            if (row->verdict == TortureVerdict::answer) CHECK(parsed.error().status == row->status);
            continue;
        }
        const auto again = parse_datagram(serialise(*parsed));
        REQUIRE(again);
        CHECK((*again == *parsed));
    }
}

TEST_CASE("the torture messages mean what the RFCs say") {
    const auto files = torture_files();
    if (files.empty()) {
        MESSAGE("no torture files beside this clone");
        return;
    }
    const auto message = [&files](const char* name) {
        const auto parsed = parse_datagram(files.at(name));
        REQUIRE_MESSAGE(parsed, name);
        return *parsed;
    };
    const Message wsinv = message("wsinv");
    CHECK(wsinv.via.size() == 3);
    CHECK(wsinv.via[1].host == "spindle.example.com");
    CHECK(wsinv.via[2].branch() == "z9hG4bK30239");
    CHECK(wsinv.from.display_name == "J Rosenberg \\\"");
    CHECK(wsinv.from.tag() == "98asjd8");
    CHECK(wsinv.max_forwards == 68);
    CHECK(wsinv.cseq == 9);
    CHECK(wsinv.contacts.at(0).parameters.find("q") == "0.33");
    CHECK(wsinv.header("NewFangledHeader") == "newfangled value continued newfangled value");
    CHECK(message("intmeth").method_text == "!interesting-Method0123456789_*+`.%indeed'~");
    CHECK(message("intmeth").to.display_name == std::string("BEL:\a NUL:\0 DEL:\x7f", 17));
    CHECK(message("esc01").request_uri.user == "sips:user@example.com");
    CHECK(message("escnull").contacts.at(1).uri.user == std::string(2, '\0'));
    CHECK(message("esc02").method == Method::other);
    CHECK(message("esc02").contacts.size() == 2);
    CHECK(message("dblreq").call_id == "dblreq.0ha0isndaksdj99sdfafnl3lk233412");
    CHECK(message("dblreq").body.empty());
    CHECK(message("semiuri").request_uri.user == "user;par=u@example.net");
    CHECK(message("longreq").via.size() == 34);
    CHECK(message("mpart01").body.size() == 553);
    CHECK(message("noreason").reason.empty());
    CHECK(message("badaspec").to.uri.user == "t.watson");
    CHECK(message("cparam01").contacts.at(0).parameters.has("unknownparam"));
    CHECK(message("cparam02").contacts.at(0).uri.parameters.has("unknownparam"));
    CHECK(message("regescrt").contacts.at(0).uri.headers == "Route=%3Csip:sip.example.com%3E");
    CHECK(message("port-ambiguous").request_uri.host == "2001:db8::10:5070");
    CHECK(message("port-ambiguous").request_uri.port == 0);
    CHECK(message("port-unambiguous").request_uri.port == 5070);
    CHECK(message("ipv6-bug-abnf-3-colons").request_uri.host == "2001:db8::192.0.2.1");
    CHECK(message("ipv4-mapped-ipv6").via.at(0).host == "::ffff:192.0.2.10");
}

}  // namespace
}  // namespace amer::sip
