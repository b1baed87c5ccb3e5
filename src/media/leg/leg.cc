#include "media/leg/leg.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "media/codec/g711.h"

namespace amer::media {
namespace {

constexpr std::uint8_t kStaticPcmu = 0;  // RFC 3551 table 4
constexpr std::uint8_t kStaticPcma = 8;

// 32.32 seconds of the monotonic clock: a sender report needs differences, not the date.
std::uint64_t ntp_of(MonotonicInstant now) {
    const auto us = static_cast<std::uint64_t>(now.time_since_epoch().count());
    return ((us / 1'000'000U) << 32U) | (((us % 1'000'000U) << 32U) / 1'000'000U);
}

// 1/65536 s, the unit of RTCP delays.
std::uint32_t short_ntp_of(MonotonicInstant now) {
    return static_cast<std::uint32_t>(ntp_of(now) >> 16U);
}

void encode_all(Codec codec, std::span<const std::int16_t, Mix::kFrame> samples,
                std::span<std::uint8_t, Player::kFrame> codes) noexcept {
    for (std::size_t i = 0; i < samples.size(); i++) codes[i] = encode(codec, samples[i]);
}

}  // namespace

Leg::Leg(LegId id, PortPair ports, std::shared_ptr<LegCounters> counters, std::uint64_t seed)
    : id_{id},
      ports_{std::move(ports)},
      counters_{std::move(counters)},
      stream_{static_cast<std::uint32_t>(Rng{seed}.next()),
              // Half the range: a first number near the wrap confuses some receivers.
              static_cast<std::uint16_t>(Rng{seed + 1}.next() & 0x7FFFU),
              static_cast<std::uint32_t>(Rng{seed + 2}.next())} {
    // A random name for each leg (RFC 7022 section 4.2): legs must not be linked by it.
    Rng random{seed + 3};
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz234567";
    for (char& letter : cname_) letter = kLetters[random.below(kLetters.size())];
}

bool Leg::may_send() const noexcept {
    return has_remote_ && latch_.remote().is_reachable() &&
           (audio_.local_direction == Direction::sendrecv ||
            audio_.local_direction == Direction::sendonly);
}

bool Leg::may_receive() const noexcept {
    return has_remote_ && (audio_.local_direction == Direction::sendrecv ||
                           audio_.local_direction == Direction::recvonly);
}

void Leg::set_remote(const AudioAgreement& audio, const Address& rtp, const Address& rtcp,
                     bool latch_any_address, Moment moment) noexcept {
    const bool could_receive = may_receive();
    latch_.expect(rtp, latch_any_address, moment.now);
    audio_ = audio;
    remote_rtcp_ = rtcp;
    if (!has_remote_) {
        next_report_ = moment.now + kReportEvery;
        sent_at_ = moment.now;
    }
    has_remote_ = true;
    if (may_receive() && !could_receive) {
        expected_since_ = moment.now;
        is_told_lost_ = false;
    }
}

// An answer names one codec, but a far side may use any that was offered: the static types say
// by themselves what they are.
std::optional<Codec> Leg::codec_of(std::uint8_t payload_type) const noexcept {
    if (payload_type == audio_.payload_type) return audio_.codec;
    if (payload_type == kStaticPcma) return Codec::pcma;
    if (payload_type == kStaticPcmu) return Codec::pcmu;
    return std::nullopt;
}

bool Leg::is_digit_type(std::uint8_t payload_type) const noexcept {
    return audio_.digit_payload_type && *audio_.digit_payload_type == payload_type;
}

std::optional<Leg::Heard> Leg::receive(std::span<std::uint8_t> buffer, Moment moment) noexcept {
    Address source;
    const auto datagram = ports_.rtp.receive(buffer, source);
    if (!datagram) return std::nullopt;
    if (!has_remote_ || !latch_.admits(source, moment.now)) {
        counters_->packets_strange.add();
        return std::nullopt;
    }
    const auto packet = parse_rtp(buffer.first(datagram->size));
    if (!packet || datagram->was_cut) {
        counters_->packets_bad.add();
        return std::nullopt;
    }
    Heard heard;
    heard.packet = *packet;
    const std::uint8_t type = packet->header.payload_type;
    heard.is_digit = is_digit_type(type);
    if (!heard.is_digit) heard.codec = codec_of(type);
    constexpr std::uint8_t kComfortNoise = 13;  // RFC 3389: a sign of life, no sound
    if (!heard.is_digit && !heard.codec && type != kComfortNoise) {
        counters_->packets_bad.add();
        return std::nullopt;
    }
    latch_.lock(source, moment.now);
    counters_->packets_received.add();
    received_.count(packet->header, moment.now);
    counters_->packets_lost.set(received_.lost());
    counters_->jitter_us.set(received_.jitter_us());
    expected_since_ = moment.now;
    is_told_lost_ = false;
    if (!may_receive()) return std::nullopt;
    heard.is_first = !std::exchange(has_begun_, true);
    if (heard.is_digit) {
        heard.digits = digits_.on_packet(*packet, moment.now);
    } else if (heard.codec) {
        for (Capture* capture : captures_) capture->push(*packet, decode_table(*heard.codec));
    }
    return heard;
}

void Leg::relay(const Heard& heard, std::span<std::uint8_t> buffer, Moment moment) noexcept {
    const RtpHeader& theirs = heard.packet.header;
    const bool can_say_it = heard.codec || (heard.is_digit && audio_.digit_payload_type);
    if (!may_send() || player_.is_busy() || keys_.is_busy() || !can_say_it) {
        stream_.skip_relayed(theirs);
        return;
    }
    const std::size_t size = heard.packet.payload.size();
    const std::uint8_t type = heard.is_digit ? *audio_.digit_payload_type : audio_.payload_type;
    const auto samples = static_cast<std::uint32_t>(heard.is_digit ? 0 : size);
    const RtpHeader header = stream_.relayed(theirs, type, samples, moment.samples);
    if (heard.codec && *heard.codec != audio_.codec) {
        std::array<std::uint8_t, kLargestDatagram> ours;
        const TranscodeTable& table = transcode_table(*heard.codec, audio_.codec);
        std::transform(heard.packet.payload.begin(), heard.packet.payload.end(),
                       ours.begin() + kRtpHeaderSize,
                       [&](std::uint8_t code) { return table[code]; });
        write_rtp_header(header, ours);
        send_packet(std::span{ours}.first(kRtpHeaderSize + size), size, moment);
        return;
    }
    // The header is written right before the payload; theirs was at least as long.
    const auto payload_at = static_cast<std::size_t>(heard.packet.payload.data() - buffer.data());
    const auto datagram = buffer.subspan(payload_at - kRtpHeaderSize, kRtpHeaderSize + size);
    write_rtp_header(header, datagram);
    send_packet(datagram, size, moment);
}

void Leg::send_packet(std::span<const std::uint8_t> datagram, std::size_t payload,
                      Moment moment) noexcept {
    sent_at_ = moment.now;
    if (!ports_.rtp.send(datagram, latch_.remote())) return;
    counters_->packets_sent.add();
    sent_packets_++;
    sent_bytes_ += static_cast<std::uint32_t>(payload);
    has_sent_since_report_ = true;
}

void Leg::send_paced(std::span<const std::uint8_t> payload, std::uint8_t payload_type,
                     Moment moment) noexcept {
    std::array<std::uint8_t, kRtpHeaderSize + Player::kFrame> datagram;
    const auto samples = static_cast<std::uint32_t>(payload.size());
    write_rtp_header(stream_.paced(payload_type, samples, moment.samples), datagram);
    std::copy(payload.begin(), payload.end(), datagram.begin() + kRtpHeaderSize);
    send_packet(std::span{datagram}.first(kRtpHeaderSize + payload.size()), payload.size(), moment);
}

bool Leg::send_digit_packet(Moment moment) noexcept {
    if (!keys_.is_busy()) return false;
    if (!may_send() || !audio_.digit_payload_type) {
        keys_.forget();
        return false;
    }
    const auto key = keys_.next(stream_, *audio_.digit_payload_type, moment.samples);
    if (!key) return true;
    std::array<std::uint8_t, kRtpHeaderSize + kTelephoneEventSize> datagram;
    write_rtp_header(key->header, datagram);
    write_event(key->event, std::span{datagram}.subspan(kRtpHeaderSize));
    send_packet(datagram, kTelephoneEventSize, moment);
    return true;
}

void Leg::send_frame(Moment moment) noexcept {
    // Pulled whatever is sent: time goes on for those who are heard.
    std::array<std::int16_t, Mix::kFrame> voices;
    const bool has_voices = !mix_.is_empty() && mix_.pull(voices);
    if (!has_remote_ || send_digit_packet(moment)) return;
    if (!may_send()) {
        player_.skip();
        return;
    }
    std::array<std::uint8_t, Player::kFrame> frame;
    const bool is_mix_heard = has_voices && !player_.is_busy();
    if (is_mix_heard) encode_all(audio_.codec, voices, frame);
    if (is_mix_heard || player_.next(audio_.codec, frame)) {
        if (ear_) ear_->note_sent(audio_.codec, frame);
        send_paced(frame, audio_.payload_type, moment);
        return;
    }
    if (moment.now - sent_at_ < kKeepAlive) return;
    frame.fill(silence_code(audio_.codec));
    send_paced(frame, audio_.payload_type, moment);
    stream_.pause();
}

Leg::Tick Leg::tick(Moment moment, std::chrono::milliseconds lost_after) noexcept {
    Tick result;
    send_frame(moment);
    result.ended = player_.take_ended();
    if (ear_) result.answerer = ear_->tick();
    result.press = digits_.on_time(moment.now);
    if (has_remote_ && moment.now >= next_report_) send_report(false, moment);
    if (may_receive() && !is_told_lost_ && moment.now - expected_since_ >= lost_after) {
        is_told_lost_ = true;
        result.is_lost = true;
    }
    return result;
}

void Leg::judge_answer(std::unique_ptr<AnswerEar> ear) {
    if (ear_) detach(ear_->voice());
    ear_ = std::move(ear);
    if (ear_) attach(ear_->voice());
}

void Leg::send_digit(char digit) noexcept {
    if (may_send() && audio_.digit_payload_type) keys_.press(digit);
}

// RTCP follows RTP: to the negotiated port, or beside the source that was latched to.
Address Leg::report_target() const noexcept {
    if (!latch_.has_moved()) return remote_rtcp_;
    const Address& rtp = latch_.remote();
    return rtp.with_port(static_cast<std::uint16_t>(rtp.port() + 1U));
}

void Leg::send_report(bool says_goodbye, Moment moment) noexcept {
    next_report_ = moment.now + kReportEvery;
    OutgoingReport report;
    report.ssrc = stream_.ssrc();
    report.cname = {cname_.data(), cname_.size()};
    report.says_goodbye = says_goodbye;
    if (std::exchange(has_sent_since_report_, false)) {
        report.sender = SenderInfo{.ntp = ntp_of(moment.now),
                                   .rtp_timestamp = stream_.timestamp_at(moment.samples),
                                   .packets = sent_packets_,
                                   .bytes = sent_bytes_};
    }
    if (received_.has_begun()) {
        ReportBlock block{.heard = received_.take_report()};
        if (last_sender_report_ != 0) {
            block.last_sender_report = last_sender_report_;
            block.since_last_sender_report =
                short_ntp_of(moment.now) - short_ntp_of(last_sender_report_at_);
        }
        report.block = block;
    }
    std::array<std::uint8_t, kLargestReport> datagram;
    const std::size_t size = write_rtcp(report, datagram);
    const Address target = report_target();
    if (target.is_reachable()) ports_.rtcp.send(std::span{datagram}.first(size), target);
}

void Leg::say_goodbye(Moment moment) noexcept {
    if (has_remote_) send_report(true, moment);
}

bool Leg::comes_from_far_side(const Address& source) const noexcept {
    return source.is_same_host(latch_.remote()) && source == report_target();
}

void Leg::receive_report(std::span<std::uint8_t> buffer, Moment moment) noexcept {
    Address source;
    const auto datagram = ports_.rtcp.receive(buffer, source);
    if (!datagram) return;
    if (!has_remote_ || !comes_from_far_side(source)) {
        counters_->packets_strange.add();
        return;
    }
    const auto report = parse_rtcp(buffer.first(datagram->size));
    if (!report || datagram->was_cut) {
        counters_->packets_bad.add();
        return;
    }
    if (report->sender) {
        last_sender_report_ = static_cast<std::uint32_t>(report->sender->ntp >> 16U);
        last_sender_report_at_ = moment.now;
    }
    for (const ReportBlock& block : std::span{report->blocks}.first(report->block_count)) {
        if (block.heard.ssrc != stream_.ssrc() || block.last_sender_report == 0) continue;
        const std::uint32_t round_trip =
            short_ntp_of(moment.now) - block.last_sender_report - block.since_last_sender_report;
        constexpr std::uint32_t kAbsurd = 60U << 16U;  // also what a liar's figures come to
        if (round_trip < kAbsurd) {
            counters_->round_trip_us.set(std::uint64_t{round_trip} * 1'000'000U >> 16U);
        }
    }
}

}  // namespace amer::media
