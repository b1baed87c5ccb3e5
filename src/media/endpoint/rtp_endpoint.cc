#include "media/endpoint/rtp_endpoint.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "media/codec/g711.h"
#include "media/net/event_poll.h"
#include "media/net/latch.h"
#include "media/net/monotonic_clock.h"
#include "media/net/udp_socket.h"
#include "media/play/player.h"
#include "media/rtp/digit_receiver.h"
#include "media/rtp/digit_sender.h"
#include "media/rtp/send_stream.h"

namespace amer::media {
namespace {

constexpr std::chrono::milliseconds kTick{20};
constexpr std::size_t kMostSamples = 8'000 * 600;
constexpr std::size_t kMostPackets = 50 * 600;
constexpr std::uint64_t kSocket = 0;

// Drops the oldest half at once: cheaper than a little each time.
template <typename Values>
void keep_below(Values& values, std::size_t most) {
    if (values.size() < most) return;
    values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
}

// Two sockets bound for a moment show that the kernel's choice has the parity RTP likes.
Result<UdpSocket> bind_even(const Address& any) {
    if (any.port() != 0) return UdpSocket::bind(any);
    constexpr int kTries = 64;
    for (int i = 0; i < kTries; i++) {
        auto socket = UdpSocket::bind(any);
        if (!socket || socket->local().port() % 2 == 0) return socket;
        auto below =
            UdpSocket::bind(any.with_port(static_cast<std::uint16_t>(socket->local().port() - 1U)));
        if (below) return below;
    }
    return UdpSocket::bind(any);
}

}  // namespace

struct RtpEndpoint::Impl {
    template <typename Use>
    auto with(Use use) const {
        const std::scoped_lock hold{mutex};
        return use();
    }

    Impl(UdpSocket bound, std::string own_address)
        : socket{std::move(bound)}, address{std::move(own_address)} {
        poll.watch(socket.descriptor(), kSocket);
        thread = std::thread{[this] { run(); }};
    }

    ~Impl() {
        with([this] { is_stopped = true; });
        poll.ring();
        thread.join();
    }

    void run() {
        std::array<std::uint8_t, kLargestDatagram + 1> buffer;
        while (!with([this] { return is_stopped; })) {
            bool has_ticked = false;
            for (const epoll_event& event : poll.wait()) {
                if (event.data.u64 == kSocket) receive(buffer);
                if (event.data.u64 == EventPoll::kTimer) has_ticked = true;
                if (event.data.u64 == EventPoll::kBell) poll.take_bell();
            }
            if (!has_ticked) continue;
            for (std::uint64_t count = std::min<std::uint64_t>(poll.take_timer(), 10); count > 0;
                 count--) {
                with([this] { tick(); });
            }
        }
    }

    void receive(std::span<std::uint8_t> buffer) {
        Address source;
        const auto datagram = socket.receive(buffer, source);
        if (!datagram || datagram->was_cut) return;
        const auto packet = parse_rtp(buffer.first(datagram->size));
        if (!packet) return;
        with([&] { hear(*packet, source); });
        has_news.notify_all();
    }

    void hear(const RtpPacket& packet, const Address& source) {
        const MonotonicInstant now = monotonic_now();
        if (!latch.admits(source, now)) return;
        const std::uint8_t type = packet.header.payload_type;
        if (audio.digit_payload_type && type == *audio.digit_payload_type) {
            if (const auto press = digits.on_packet(packet, now).press) told.digits += press->digit;
        } else if (type == audio.payload_type) {
            const DecodeTable& decode = decode_table(audio.codec);
            keep_below(told.samples, kMostSamples);
            for (const std::uint8_t code : packet.payload) told.samples.push_back(decode[code]);
        } else {
            return;
        }
        latch.lock(source, now);
        keep_below(told.packets, kMostPackets);
        told.packets.push_back(packet.header);
        told.packet_count++;
    }

    void tick() {
        samples += Player::kFrame;
        const MonotonicInstant now = monotonic_now();
        if (const auto press = digits.on_time(now)) {
            told.digits += press->digit;
            has_news.notify_all();
        }
        if (!latch.remote().is_reachable()) return;
        std::array<std::uint8_t, kRtpHeaderSize + Player::kFrame> datagram;
        const std::span payload = std::span{datagram}.subspan(kRtpHeaderSize);
        if (keys.is_busy() && audio.digit_payload_type) {
            const auto key = keys.next(stream, *audio.digit_payload_type, samples);
            if (!key) return;
            write_rtp_header(key->header, datagram);
            write_event(key->event, payload);
            send(std::span{datagram}.first(kRtpHeaderSize + kTelephoneEventSize));
            return;
        }
        if (player.next(audio.codec, payload.first<Player::kFrame>())) {
            write_rtp_header(stream.paced(audio.payload_type, Player::kFrame, samples), datagram);
            send(datagram);
        }
        if (player.take_ended()) is_saying = false;
    }

    void send(std::span<const std::uint8_t> datagram) { socket.send(datagram, latch.remote()); }

    UdpSocket socket;
    const std::string address;
    EventPoll poll{kTick};

    // A rehearsal tool, not a media thread: the owner and the endpoint's thread share its state.
    mutable std::mutex mutex;
    mutable std::condition_variable has_news;
    bool is_stopped = false;
    AudioAgreement audio;
    Latch latch;
    SendStream stream{std::random_device{}(), static_cast<std::uint16_t>(std::random_device{}()),
                      std::random_device{}()};
    Player player;
    DigitSender keys;
    DigitReceiver digits;
    std::uint32_t samples = 0;
    bool is_saying = false;
    Heard told;
    std::thread thread;
};

RtpEndpoint::RtpEndpoint(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

RtpEndpoint::~RtpEndpoint() = default;

Result<std::unique_ptr<RtpEndpoint>> RtpEndpoint::open(const std::string& address,
                                                       std::uint16_t port) {
    const auto local = Address::parse(address, port);
    if (!local) return tl::unexpected(local.error());
    auto socket = bind_even(*local);
    if (!socket) return tl::unexpected(socket.error());
    return std::unique_ptr<RtpEndpoint>{
        new RtpEndpoint{std::make_unique<Impl>(std::move(*socket), address)}};
}

const std::string& RtpEndpoint::address() const { return impl_->address; }

std::uint16_t RtpEndpoint::port() const { return impl_->socket.local().port(); }

Result<void> RtpEndpoint::set_remote(const AudioAgreement& audio) {
    auto remote = Address::parse(audio.remote_address, audio.remote_port);
    if (!remote) return tl::unexpected(remote.error());
    if (impl_->socket.local().family() == AF_INET6) remote = remote->mapped_to_v6();
    impl_->with([&] {
        impl_->audio = audio;
        impl_->latch.expect(*remote, false, monotonic_now());
    });
    return {};
}

void RtpEndpoint::say(ClipPtr clip) {
    impl_->with([&] {
        impl_->player.stop_music();
        impl_->player.play(PlaybackId{1}, {std::move(clip)}, false);
        impl_->is_saying = true;
    });
}

void RtpEndpoint::say_on_and_on(ClipPtr clip) {
    impl_->with([&] {
        impl_->player.stop_playing();
        impl_->player.play_music(std::move(clip));
        impl_->is_saying = false;
    });
}

void RtpEndpoint::fall_silent() {
    impl_->with([&] {
        impl_->player.stop_music();
        impl_->player.stop_playing();
        impl_->is_saying = false;
    });
}

bool RtpEndpoint::is_saying() const {
    return impl_->with([&] { return impl_->is_saying; });
}

void RtpEndpoint::press(std::string_view digits) {
    impl_->with([&] {
        for (const char digit : digits) impl_->keys.press(digit);
    });
}

RtpEndpoint::Heard RtpEndpoint::heard() const {
    return impl_->with([&] { return impl_->told; });
}

void RtpEndpoint::forget_heard() {
    impl_->with([&] { impl_->told = {}; });
}

bool RtpEndpoint::wait_until(const std::function<bool(const Heard&)>& enough,
                             std::chrono::milliseconds longest) const {
    std::unique_lock hold{impl_->mutex};
    return impl_->has_news.wait_for(hold, longest, [&] { return enough(impl_->told); });
}

bool RtpEndpoint::wait_for_samples(std::size_t count, std::chrono::milliseconds longest) const {
    return wait_until([&](const Heard& heard) { return heard.samples.size() >= count; }, longest);
}

bool RtpEndpoint::wait_for_digits(std::string_view digits,
                                  std::chrono::milliseconds longest) const {
    return wait_until([&](const Heard& heard) { return heard.digits == digits; }, longest);
}

AudioAgreement agree_on(Codec codec, const std::string& remote_address, std::uint16_t remote_port,
                        Direction direction) {
    AudioAgreement audio;
    audio.codec = codec;
    audio.payload_type = codec == Codec::pcma ? 8 : 0;
    audio.digit_payload_type = 101;
    audio.remote_address = remote_address;
    audio.remote_port = remote_port;
    audio.remote_rtcp_port = static_cast<std::uint16_t>(remote_port + 1U);
    audio.local_direction = direction;
    return audio;
}

}  // namespace amer::media
