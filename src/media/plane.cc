#include "media/plane.h"

#include <random>
#include <unordered_map>
#include <utility>

#include "base/guarded.h"
#include "media/leg/media_thread.h"
#include "media/net/monotonic_clock.h"
#include "media/net/port_pool.h"
#include "media/record/writer.h"

namespace amer::media {
namespace {

std::uint64_t random_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

}  // namespace

// The control side: which thread has which leg, and the ports. Media threads never look in here;
// the locks are for callers on other threads than the signalling thread (statistics).
struct Plane::Impl {
    struct LegRoute {
        std::size_t thread = 0;
        std::uint16_t port = 0;
        bool is_v6 = false;
        std::shared_ptr<LegCounters> counters;
    };
    struct Routes {
        std::unordered_map<LegId, LegRoute> legs;
        std::unordered_map<RecordingId, std::size_t> recordings;
        PortPool ports;
    };

    Impl(const Options& chosen, Sink told)
        : options{chosen},
          sink{std::move(told)},
          routes{Routes{{}, {}, PortPool{chosen.port_low, chosen.port_high}}},
          writer{chosen.flush_every, [this](const Fact& fact) { tell_closed(fact); }} {
        for (int i = 0; i < std::max(options.threads, 1); i++) {
            threads.push_back(std::make_unique<MediaThread>(options, writer, sink));
        }
    }

    void tell_closed(const Fact& fact) {
        if (const auto* closed = std::get_if<RecordingClosed>(&fact)) {
            routes.with([&](Routes& all) { all.recordings.erase(closed->recording); });
        }
        sink(fact);
    }

    std::optional<LegRoute> route(LegId leg) const {
        return routes.with([&](const Routes& all) -> std::optional<LegRoute> {
            const auto found = all.legs.find(leg);
            if (found == all.legs.end()) return std::nullopt;
            return found->second;
        });
    }

    // To the leg's thread; nowhere when the leg is unknown.
    void post(LegId leg, Control order) {
        if (const auto to = route(leg)) threads[to->thread]->post(std::move(order));
    }

    void post(RecordingId recording, Control order) {
        const auto thread = routes.with([&](const Routes& all) -> std::optional<std::size_t> {
            const auto found = all.recordings.find(recording);
            if (found == all.recordings.end()) return std::nullopt;
            return found->second;
        });
        if (thread) threads[*thread]->post(std::move(order));
    }

    std::size_t thread_of(std::uint64_t together) const {
        return static_cast<std::size_t>(together % threads.size());
    }

    Result<void> record(RecordingId recording, std::uint64_t together,
                        const std::filesystem::path& file, LegId left, LegId right,
                        std::optional<MessageLimits> limits) {
        const bool is_known =
            routes.with([&](const Routes& all) { return all.recordings.contains(recording); });
        if (is_known) return failure("the recording has begun already");
        const std::uint16_t channels = limits ? 1 : 2;
        auto created = WavFile::create(file, channels);
        if (!created) return tl::unexpected(created.error());
        auto spool = std::make_shared<RecordingSpool>();
        spool->id = recording;
        spool->file = std::move(*created);
        spool->channels = channels;
        const std::size_t thread = thread_of(together);
        routes.with([&](Routes& all) { all.recordings[recording] = thread; });
        writer.begin(spool);
        threads[thread]->post(control::Record{
            std::make_unique<Recorder>(std::move(spool), std::move(limits)), left, {right}});
        return {};
    }

    const Options options;
    const Sink sink;
    Guarded<Routes> routes;
    // The threads end before the writer, so that it sees every recording over.
    RecordingWriter writer;
    std::vector<std::unique_ptr<MediaThread>> threads;
};

Plane::Plane(Options options, std::function<void(const Fact&)> sink)
    : impl_{std::make_unique<Impl>(options, std::move(sink))} {}

Plane::~Plane() = default;

Result<std::uint16_t> Plane::open_leg(LegId leg, std::uint64_t together,
                                      const std::string& address) {
    using Opened = Result<std::pair<PortPair, std::shared_ptr<LegCounters>>>;
    const std::size_t thread = impl_->thread_of(together);
    auto opened = impl_->routes.with([&](Impl::Routes& routes) -> Opened {
        if (routes.legs.contains(leg)) return failure("the leg is open already");
        if (routes.legs.size() >= impl_->options.max_legs) return failure("too many legs are open");
        auto ports = routes.ports.open(address, monotonic_now());
        if (!ports) return tl::unexpected(ports.error());
        auto counters = std::make_shared<LegCounters>();
        const bool is_v6 = ports->rtp.local().family() == AF_INET6;
        routes.legs[leg] = {thread, ports->port, is_v6, counters};
        return std::pair{std::move(*ports), std::move(counters)};
    });
    if (!opened) return tl::unexpected(opened.error());
    const std::uint16_t port = opened->first.port;
    impl_->threads[thread]->post(control::Open{std::make_unique<Leg>(
        leg, std::move(opened->first), std::move(opened->second), random_seed())});
    return port;
}

void Plane::close_leg(LegId leg) {
    impl_->post(leg, control::Close{leg});
    impl_->routes.with([&](Impl::Routes& routes) {
        const auto found = routes.legs.find(leg);
        if (found == routes.legs.end()) return;
        routes.ports.give_back(found->second.port, monotonic_now());
        routes.legs.erase(found);
    });
}

void Plane::set_remote(LegId leg, const AudioAgreement& audio, bool latch_any_address) {
    const auto route = impl_->route(leg);
    if (!route) return;
    // An address that is no literal is one that we cannot reach: the leg stays silent.
    Address rtp = Address::parse(audio.remote_address, audio.remote_port).value_or(Address{});
    if (route->is_v6) rtp = rtp.mapped_to_v6();
    const std::uint16_t beside = static_cast<std::uint16_t>(audio.remote_port + 1U);
    const Address rtcp =
        rtp.with_port(audio.remote_rtcp_port == 0 ? beside : audio.remote_rtcp_port);
    impl_->post(leg, control::SetRemote{leg, audio, rtp, rtcp, latch_any_address});
}

void Plane::play(LegId leg, PlaybackId playback, std::vector<ClipPtr> clips, bool cut_by_key) {
    impl_->post(leg, control::Play{leg, playback, std::move(clips), cut_by_key});
}

void Plane::play_music(LegId leg, ClipPtr music) {
    impl_->post(leg, control::PlayMusic{leg, std::move(music)});
}

void Plane::stop_music(LegId leg) { impl_->post(leg, control::StopMusic{leg}); }

void Plane::stop_playing(LegId leg) { impl_->post(leg, control::StopPlaying{leg}); }

void Plane::bridge(LegId one, LegId other) { impl_->post(one, control::Bridge{one, other}); }

void Plane::unbridge(LegId leg) { impl_->post(leg, control::Unbridge{leg}); }

void Plane::set_heard(LegId leg, std::vector<LegId> heard) {
    impl_->post(leg, control::SetHeard{leg, std::move(heard)});
}

void Plane::send_digit(LegId leg, char digit) { impl_->post(leg, control::SendDigit{leg, digit}); }

void Plane::judge_answer(LegId leg, std::chrono::milliseconds machine_after) {
    impl_->post(leg, control::JudgeAnswer{leg, std::make_unique<AnswerEar>(machine_after)});
}

void Plane::stop_judging(LegId leg) { impl_->post(leg, control::JudgeAnswer{leg, nullptr}); }

Result<void> Plane::start_recording(RecordingId recording, std::uint64_t together,
                                    const std::filesystem::path& file, LegId left, LegId right) {
    return impl_->record(recording, together, file, left, right, std::nullopt);
}

void Plane::set_recorded(RecordingId recording, LegId left, std::vector<LegId> right) {
    impl_->post(recording, control::SetRecorded{recording, left, std::move(right)});
}

void Plane::pause_recording(RecordingId recording) {
    impl_->post(recording, control::PauseRecording{recording, true});
}

void Plane::resume_recording(RecordingId recording) {
    impl_->post(recording, control::PauseRecording{recording, false});
}

Result<void> Plane::start_message(RecordingId recording, std::uint64_t together,
                                  const std::filesystem::path& file, LegId leg,
                                  std::chrono::milliseconds longest,
                                  std::chrono::milliseconds silence, std::string end_keys) {
    return impl_->record(recording, together, file, leg, LegId{},
                         MessageLimits{longest, silence, std::move(end_keys)});
}

void Plane::stop_recording(RecordingId recording) {
    impl_->post(recording, control::StopRecording{recording});
}

LegStatistics Plane::statistics(LegId leg) const {
    const auto route = impl_->route(leg);
    if (!route) return {};
    const LegCounters& counters = *route->counters;
    return {.packets_received = counters.packets_received.get(),
            .packets_sent = counters.packets_sent.get(),
            .packets_strange = counters.packets_strange.get(),
            .packets_bad = counters.packets_bad.get(),
            .packets_lost = counters.packets_lost.get(),
            .jitter_us = static_cast<std::uint32_t>(counters.jitter_us.get()),
            .round_trip_us = static_cast<std::uint32_t>(counters.round_trip_us.get())};
}

std::size_t Plane::legs() const {
    return impl_->routes.with([](const Impl::Routes& routes) { return routes.legs.size(); });
}

}  // namespace amer::media
