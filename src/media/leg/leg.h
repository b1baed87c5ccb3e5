#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/rng.h"
#include "media/leg/counters.h"
#include "media/listen/answer_ear.h"
#include "media/mix/mix.h"
#include "media/net/latch.h"
#include "media/net/port_pool.h"
#include "media/play/player.h"
#include "media/rtp/digit_receiver.h"
#include "media/rtp/digit_sender.h"
#include "media/rtp/packet.h"
#include "media/rtp/receive_stream.h"
#include "media/rtp/rtcp.h"
#include "media/rtp/send_stream.h"
#include "media/sdp/session.h"

namespace amer::media {

using Sink = std::function<void(const Fact&)>;

// The media thread's present: wall-like monotonic time, and its own clock of 8 kHz samples that
// moves by whole ticks.
struct Moment {
    MonotonicInstant now{};
    std::uint32_t samples = 0;
};

// One RTP stream pair with one far side; lives on one media thread. Knows nothing of other legs:
// whoever owns it carries packets between legs.
class Leg {
public:
    static constexpr std::chrono::seconds kReportEvery{5};
    // A far side that hears nothing for long gives the call up: one frame of silence keeps it and
    // the way through NAT open (RFC 6263).
    static constexpr std::chrono::seconds kKeepAlive{5};

    Leg(LegId id, PortPair ports, std::shared_ptr<LegCounters> counters, std::uint64_t seed);

    LegId id() const noexcept { return id_; }
    int rtp_descriptor() const noexcept { return ports_.rtp.descriptor(); }
    int rtcp_descriptor() const noexcept { return ports_.rtcp.descriptor(); }

    void set_remote(const AudioAgreement& audio, const Address& rtp, const Address& rtcp,
                    bool latch_any_address, Moment moment) noexcept;

    // What the far side said in one packet, accepted and counted.
    struct Heard {
        RtpPacket packet;
        std::optional<Codec> codec;  // audio
        bool is_digit = false;       // or a telephone-event
        DigitReceiver::News digits;
        bool is_first = false;
    };
    // Reads one datagram. Nothing when none waits, or it is not for us to hear.
    std::optional<Heard> receive(std::span<std::uint8_t> buffer, Moment moment) noexcept;
    void receive_report(std::span<std::uint8_t> buffer, Moment moment) noexcept;

    // Sends on what another leg heard; `buffer` holds its datagram, of which the payload stays as
    // it is for other hearers.
    void relay(const Heard& heard, std::span<std::uint8_t> buffer, Moment moment) noexcept;

    // Once per 20 ms: sends the next frame of keys, playback, music or the mix.
    struct Tick {
        std::optional<Player::Ended> ended;
        std::optional<DigitReceiver::Press> press;
        bool is_lost = false;
        std::optional<Answerer> answerer;
    };
    Tick tick(Moment moment, std::chrono::milliseconds lost_after) noexcept;

    Player& player() noexcept { return player_; }
    // What the far side hears of other legs when they are several; empty otherwise.
    Mix& mix() noexcept { return mix_; }
    void send_digit(char digit) noexcept;
    // BYE to the RTCP port (RFC 3550 section 6.6); the last thing a leg says.
    void say_goodbye(Moment moment) noexcept;

    // Recordings and mixes that take this leg's received audio.
    void attach(Capture& capture) { captures_.push_back(&capture); }
    void detach(Capture& capture) { std::erase(captures_, &capture); }

    // Who has answered? Told by a tick, once; nothing: not asked any more.
    void judge_answer(std::unique_ptr<AnswerEar> ear);

private:
    bool may_send() const noexcept;
    bool may_receive() const noexcept;
    void send_paced(std::span<const std::uint8_t> payload, std::uint8_t payload_type,
                    Moment moment) noexcept;
    void send_packet(std::span<const std::uint8_t> datagram, std::size_t payload,
                     Moment moment) noexcept;
    bool send_digit_packet(Moment moment) noexcept;
    void send_frame(Moment moment) noexcept;
    void send_report(bool says_goodbye, Moment moment) noexcept;
    std::optional<Codec> codec_of(std::uint8_t payload_type) const noexcept;
    bool is_digit_type(std::uint8_t payload_type) const noexcept;
    bool comes_from_far_side(const Address& source) const noexcept;
    Address report_target() const noexcept;

    LegId id_;
    PortPair ports_;
    std::shared_ptr<LegCounters> counters_;
    std::array<char, 24> cname_{};

    AudioAgreement audio_;  // its addresses are in latch_ and remote_rtcp_
    bool has_remote_ = false;
    Latch latch_;
    Address remote_rtcp_;

    ReceiveStream received_;
    DigitReceiver digits_;
    std::vector<Capture*> captures_;
    std::unique_ptr<AnswerEar> ear_;
    MonotonicInstant expected_since_{};  // when silence of the far side began to count
    bool has_begun_ = false;
    bool is_told_lost_ = false;

    SendStream stream_;
    DigitSender keys_;
    Player player_;
    Mix mix_{kMixedDepth};
    MonotonicInstant sent_at_{};
    std::uint32_t sent_packets_ = 0;
    std::uint32_t sent_bytes_ = 0;
    bool has_sent_since_report_ = false;
    MonotonicInstant next_report_{};
    std::uint32_t last_sender_report_ = 0;
    MonotonicInstant last_sender_report_at_{};
};

}  // namespace amer::media
