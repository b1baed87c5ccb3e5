#include "sip/wire/header_name.h"

#include <array>
#include <cstddef>

#include "sip/wire/characters.h"

namespace amer::sip {
namespace {

using enum KnownHeader;

// Marked single: those where two values would let two hops of one call understand different things.
// clang-format off
constexpr std::array kNames = std::to_array<HeaderName>({
    {"Via", 'v', via}, {"From", 'f', from, true}, {"To", 't', to, true},
    {"Call-ID", 'i', call_id, true}, {"CSeq", 0, cseq, true},
    {"Max-Forwards", 0, max_forwards, true}, {"Contact", 'm', contact}, {"Route", 0, route},
    {"Record-Route", 0, record_route}, {"Content-Length", 'l', content_length, true},
    {"Content-Type", 'c', content_type, true},

    {"Expires", 0, other, true}, {"Min-Expires", 0, other, true}, {"Event", 'o', other, true},
    {"Refer-To", 'r', other, true}, {"Referred-By", 'b', other, true},
    {"Replaces", 0, other, true}, {"Session-Expires", 'x', other, true},
    {"Min-SE", 0, other, true}, {"RAck", 0, other, true}, {"RSeq", 0, other, true},

    {"Accept"}, {"Accept-Contact", 'a'}, {"Accept-Encoding"}, {"Accept-Language"}, {"Alert-Info"},
    {"Allow"}, {"Allow-Events", 'u'}, {"Authentication-Info"}, {"Authorization"}, {"Call-Info"},
    {"Content-Disposition"}, {"Content-Encoding", 'e'}, {"Content-ID"}, {"Content-Language"},
    {"Date"}, {"Diversion"}, {"Error-Info"}, {"Feature-Caps"}, {"Flow-Timer"}, {"Geolocation"},
    {"History-Info"}, {"Identity", 'y'}, {"Identity-Info", 'n'}, {"In-Reply-To"}, {"Info-Package"},
    {"Join"}, {"MIME-Version"}, {"Organization"}, {"P-Access-Network-Info"}, {"P-Asserted-Identity"},
    {"P-Associated-URI"}, {"P-Charging-Vector"}, {"P-Early-Media"}, {"P-Preferred-Identity"},
    {"Path"}, {"Priority"}, {"Privacy"}, {"Proxy-Authenticate"}, {"Proxy-Authorization"},
    {"Proxy-Require"}, {"Reason"}, {"Recv-Info"}, {"Refer-Sub"}, {"Reject-Contact", 'j'},
    {"Remote-Party-ID"}, {"Reply-To"}, {"Request-Disposition", 'd'}, {"Require"}, {"Retry-After"},
    {"SIP-ETag"}, {"SIP-If-Match"}, {"Server"}, {"Service-Route"}, {"Session-ID"}, {"Subject", 's'},
    {"Subscription-State"}, {"Supported", 'k'}, {"Suppress-If-Match"}, {"Target-Dialog"},
    {"Timestamp"}, {"Unsupported"}, {"User-Agent"}, {"User-to-User"}, {"WWW-Authenticate"},
    {"Warning"},
});
// clang-format on

constexpr std::size_t kSlots = 512;
constexpr std::uint8_t kEmpty = 255;
static_assert(kNames.size() <= kHeaderNameCount && kHeaderNameCount < kEmpty);

constexpr std::size_t slot_of(std::string_view name) {
    std::size_t hash = name.size();
    for (const char c : name) hash = hash * 31 + static_cast<unsigned char>(lower(c));
    return hash % kSlots;
}

// Open addressing: every name of every message is looked up here.
constexpr auto kTable = [] {
    std::array<std::uint8_t, kSlots> table{};
    table.fill(kEmpty);
    const auto put = [&table](std::string_view name, std::size_t index) {
        std::size_t slot = slot_of(name);
        while (table[slot] != kEmpty) slot = (slot + 1) % kSlots;
        table[slot] = static_cast<std::uint8_t>(index);
    };
    for (std::size_t i = 0; i < kNames.size(); i++) {
        put(kNames[i].canonical, i);
        if (kNames[i].compact != 0) put(std::string_view{&kNames[i].compact, 1}, i);
    }
    return table;
}();

}  // namespace

const HeaderName* find_header_name(std::string_view name) {
    for (std::size_t slot = slot_of(name); kTable[slot] != kEmpty; slot = (slot + 1) % kSlots) {
        const HeaderName& candidate = kNames[kTable[slot]];
        if (equals_ignoring_case(candidate.canonical, name)) return &candidate;
        if (name.size() == 1 && lower(name[0]) == candidate.compact) return &candidate;
    }
    return nullptr;
}

std::size_t row_of(const HeaderName& name) {
    return static_cast<std::size_t>(&name - kNames.data());
}

}  // namespace amer::sip
