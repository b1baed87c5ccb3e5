#pragma once

#include <cstdint>

#include "base/instant.h"
#include "media/rtp/packet.h"

namespace amer::media {

// Loss and jitter of what one source sends us (RFC 3550 section 6.4.1, appendix A.3 and A.8).
// A new SSRC, or a jump of the sequence that no network explains, begins the count anew; what was
// counted before is kept in the totals.
class ReceiveStream {
public:
    struct Report {  // the fields of a report block; taking it begins a new interval
        std::uint32_t ssrc = 0;
        std::uint8_t fraction_lost = 0;
        std::int32_t lost = 0;
        std::uint32_t highest_sequence = 0;
        std::uint32_t jitter = 0;
    };

    void count(const RtpHeader& header, MonotonicInstant now) noexcept;

    bool has_begun() const noexcept { return has_begun_; }
    std::uint64_t lost() const noexcept;
    std::uint32_t jitter_us() const noexcept;
    Report take_report() noexcept;

private:
    void begin(const RtpHeader& header) noexcept;
    std::uint32_t highest() const noexcept { return cycles_ + highest_; }
    std::int64_t lost_of_this_source() const noexcept;
    void measure_jitter(const RtpHeader& header, MonotonicInstant now) noexcept;

    bool has_begun_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint16_t highest_ = 0;
    std::uint32_t cycles_ = 0;
    std::uint32_t base_ = 0;
    std::uint32_t received_ = 0;
    std::uint64_t lost_before_ = 0;
    std::uint32_t expected_at_report_ = 0;
    std::uint32_t received_at_report_ = 0;
    bool has_transit_ = false;
    std::uint32_t transit_ = 0;
    std::uint32_t jitter_times_16_ = 0;
};

}  // namespace amer::media
