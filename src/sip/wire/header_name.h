#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace amer::sip {

// The headers that Message keeps in fields of their own; all others are `other`.
enum class KnownHeader : std::uint8_t {
    other,
    via,
    from,
    to,
    call_id,
    cseq,
    max_forwards,
    contact,
    route,
    record_route,
    content_length,
    content_type
};

struct HeaderName {
    std::string_view canonical;  // as RFC 3261 and its extensions spell it
    char compact = 0;            // the one-letter form (RFC 3261 section 7.3.3), 0: none
    KnownHeader known = KnownHeader::other;
    bool is_single = false;  // may stand in a message only once
};

// Names compare without case; compact forms are found too. nullptr for names that are not ours.
const HeaderName* find_header_name(std::string_view name);
// The row of a name that find_header_name() gave, below kHeaderNameCount.
std::size_t row_of(const HeaderName& name);
inline constexpr std::size_t kHeaderNameCount = 128;

}  // namespace amer::sip
