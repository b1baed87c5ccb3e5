// The messages of RFC 4475 and RFC 5118 against a whole user agent: what it answers, and that it
// stands afterwards. The files lie beside the clone.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "sip/fake_wire.h"
#include "sip/wire/torture_table.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path{AMER_SOURCE_DIR} / ".." / "shared" / "torture" / "rfc4475";

std::string bytes_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// What we answer otherwise than the table's column, and why.
int expected_status(const TortureCase& one) {
    if (one.name == "zeromf") return 200;  // OPTIONS is for us; only who forwards may say 483
    if (one.name == "unksm2") return 401;  // who it is comes before what he wants
    return one.user_agent_status;
}

}  // namespace

TEST_CASE("torture messages get the answers of the table") {
    if (!fs::is_directory(kFolder)) {
        MESSAGE("no torture files beside this clone");
        return;
    }
    int judged = 0;
    for (const TortureCase& one : kTortureCases) {
        const fs::path path = kFolder / (std::string{one.name} + ".dat");
        if (!fs::exists(path)) continue;
        CAPTURE(one.name);
        FakeWire wire;
        FakePhone bob{wire, {"10.0.0.2", 5060}, 22};
        std::vector<int> statuses;
        // Whatever port the message names: the answer is caught on its way.
        wire.set_gate([&](const Flow& flow, std::string_view bytes) {
            const bool is_response = flow.remote == bob.at() && bytes.starts_with("SIP/2.0 ");
            if (is_response) statuses.push_back(std::stoi(std::string{bytes.substr(8, 3)}));
            return true;
        });
        bob.agent().on_datagram({Transport::udp, bob.at(), {"192.0.2.9", 5060}, 0}, bytes_of(path),
                                wire.now());
        const int first = statuses.empty() ? 0 : statuses.front();
        if (one.verdict == TortureVerdict::answer) CHECK(first == one.status);
        if (one.verdict == TortureVerdict::drop) CHECK(first == 0);
        if (one.verdict == TortureVerdict::accept && expected_status(one) != 0) {
            CHECK(first == expected_status(one));
        }
        ++judged;
        wire.run_for(200s);
        CHECK(bob.agent().statistics().transactions <= 1);  // an INVITE that rings for ever
    }
    CHECK(judged == 49);
}
