#pragma once

#include <cstdint>

#include "media/rtp/packet.h"

namespace amer::media {

// Our side of an RTP stream: one SSRC, and sequence numbers and timestamps that run on whatever
// is sent, be it a prompt, music, keys or a relayed voice. Timestamps follow the media clock over
// pauses, so the far side's jitter buffer sees silence and not a new stream.
//
// `clock` is the media thread's own clock in samples of 8 kHz; it only moves forward.
class SendStream {
public:
    SendStream(std::uint32_t ssrc, std::uint16_t first_sequence, std::uint32_t first_timestamp)
        : ssrc_{ssrc}, sequence_{first_sequence}, shift_{first_timestamp} {}

    // The next packet of something that we pace ourselves.
    RtpHeader paced(std::uint8_t payload_type, std::uint32_t samples, std::uint32_t clock) noexcept;

    // A packet of another leg's far side, its order and gaps kept: loss and reordering stay
    // visible to ours. Packets of one event keep one timestamp, as theirs did.
    RtpHeader relayed(const RtpHeader& theirs, std::uint8_t payload_type, std::uint32_t samples,
                      std::uint32_t clock) noexcept;
    // One of theirs was left out on purpose: the far side must not take it for loss.
    void skip_relayed(const RtpHeader& theirs) noexcept;

    // Begins an event (RFC 4733 section 2.5.1.2) and gives the timestamp of all its packets.
    std::uint32_t begin_event(std::uint32_t clock) noexcept;
    RtpHeader event_packet(std::uint8_t payload_type, bool is_first,
                           std::uint32_t timestamp) noexcept;
    void end_event(std::uint32_t timestamp, std::uint32_t samples) noexcept;

    // Nothing is being said any more: the next packet begins a talk spurt.
    void pause() noexcept { source_ = Source::none; }

    std::uint32_t ssrc() const noexcept { return ssrc_; }
    std::uint32_t timestamp_at(std::uint32_t clock) const noexcept { return clock + shift_; }

private:
    enum class Source : std::uint8_t { none, own, relay };

    std::uint32_t spurt_begin(std::uint32_t clock) const noexcept;
    bool still_follows(const RtpHeader& theirs) const noexcept;

    std::uint32_t ssrc_;
    std::uint16_t sequence_;  // of the next packet
    std::uint32_t shift_;     // from clock to timestamp
    bool has_sent_ = false;
    std::uint32_t next_timestamp_ = 0;  // where the last packet's audio ended
    Source source_ = Source::none;
    std::uint32_t relayed_ssrc_ = 0;
    std::uint16_t sequence_shift_ = 0;
    std::uint32_t timestamp_shift_ = 0;
    std::uint16_t relayed_sequence_ = 0;   // the highest of theirs so far
    std::uint32_t relayed_timestamp_ = 0;  // and its timestamp
};

}  // namespace amer::media
