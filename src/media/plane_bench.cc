// CPU of the media and writer threads per call, measured over one second of real loopback traffic.
// The far ends send from a thread of their own and are not counted; what they send is delivered by
// the kernel in the sender's name, what we send in ours. Each benchmark's argument is the number of
// calls; the figure to read is `calls_per_core`.
#include <benchmark/benchmark.h>
#include <time.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "media/net/monotonic_clock.h"
#include "media/net/udp_socket.h"
#include "media/plane.h"
#include "media/rtp/packet.h"

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kTogether = 0;
constexpr std::uint16_t kFarPorts = 16'000;

double cpu_seconds(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// The far ends of all legs: one thread that sends a frame per leg and 20 ms, spread evenly, and
// lets what it is sent fall (its sockets drop when they are full, which costs nothing more).
class Crowd {
public:
    explicit Crowd(std::size_t size) {
        for (std::size_t i = 0; i < size; i++) {
            const auto port = static_cast<std::uint16_t>(kFarPorts + i);
            sockets_.push_back(UdpSocket::bind(Address::parse("127.0.0.1", port).value()).value());
        }
    }
    ~Crowd() { stop(); }

    static std::uint16_t port(std::size_t which) {
        return static_cast<std::uint16_t>(kFarPorts + which);
    }

    void speak(std::vector<std::uint16_t> to) {
        thread_ = std::thread{[this, to = std::move(to)] {
            std::array<std::uint8_t, kRtpHeaderSize + 160> datagram{};
            std::array<std::uint8_t, 1500> sink{};
            Address source;
            auto next = std::chrono::steady_clock::now();
            for (std::uint32_t frame = 0; !is_over_; frame++) {
                constexpr std::size_t kParts = 20;
                for (std::size_t part = 0; part < kParts; part++) {
                    for (std::size_t i = part; i < to.size(); i += kParts) {
                        write_rtp_header(
                            {frame == 0, 8, static_cast<std::uint16_t>(frame), frame * 160, 5},
                            datagram);
                        sockets_[i].send(datagram, Address::parse("127.0.0.1", to[i]).value());
                        while (sockets_[i].receive(sink, source)) {
                        }
                    }
                    next += 1ms;
                    std::this_thread::sleep_until(next);
                }
            }
            cpu_ = cpu_seconds(CLOCK_THREAD_CPUTIME_ID);
        }};
    }
    double stop() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
        return cpu_;
    }
    double cpu_so_far() {
        clockid_t clock{};
        if (!thread_.joinable() || ::pthread_getcpuclockid(thread_.native_handle(), &clock) != 0) {
            return 0.0;
        }
        return cpu_seconds(clock);
    }

private:
    std::vector<UdpSocket> sockets_;
    std::atomic<bool> is_over_{false};
    double cpu_ = 0;
    std::thread thread_;
};

enum class Load { relay, recorded, music, supervised, conference };

std::size_t legs_of(Load load) {
    switch (load) {
        case Load::music: return 1;
        case Load::relay:
        case Load::recorded: return 2;
        case Load::supervised:
        case Load::conference: return 3;
    }
    return 0;
}

// Legs `first` and the next ones are one call.
void begin_call(Plane& plane, Load load, std::uint64_t first, const ClipPtr& music,
                const std::filesystem::path& file) {
    const LegId caller{first};
    const LegId agent{first + 1};
    const LegId third{first + 2};
    if (load == Load::music) return plane.play_music(caller, music);
    plane.bridge(caller, agent);
    if (load == Load::recorded) {
        AMER_CHECK(plane.start_recording(RecordingId{first}, kTogether, file, caller, agent));
    } else if (load == Load::supervised) {
        plane.set_heard(third, {caller, agent});
    } else if (load == Load::conference) {
        plane.set_heard(caller, {agent, third});
        plane.set_heard(agent, {caller, third});
        plane.set_heard(third, {caller, agent});
    }
}

void run(benchmark::State& state, Load load) {
    const auto calls = static_cast<std::size_t>(state.range(0));
    const std::size_t legs_per_call = legs_of(load);
    const std::size_t legs = calls * legs_per_call;
    const auto folder = std::filesystem::temp_directory_path() / "amer_plane_bench";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    {
        Options options;
        Plane plane{options, [](const Fact&) {}};
        Crowd crowd{legs};
        std::vector<std::uint16_t> ports;
        for (std::size_t i = 0; i < legs; i++) {
            const LegId leg{i + 1};
            ports.push_back(plane.open_leg(leg, kTogether, "127.0.0.1").value());
            AudioAgreement audio;
            audio.remote_address = "127.0.0.1";
            audio.remote_port = Crowd::port(i);
            plane.set_remote(leg, audio);
        }
        const ClipPtr music = make_tone(440, 30s);
        for (std::size_t i = 0; i < calls; i++) {
            begin_call(plane, load, i * legs_per_call + 1, music,
                       folder / (std::to_string(i) + ".wav"));
        }
        if (load != Load::music) crowd.speak(ports);
        std::this_thread::sleep_for(500ms);

        double used = 0;
        double passed = 0;
        std::uint64_t sent = 0;
        const auto sent_now = [&] {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < legs; i++)
                sum += plane.statistics(LegId{i + 1}).packets_sent;
            return sum;
        };
        for (auto _ : state) {
            const std::uint64_t sent_before = sent_now();
            const double others_before = load == Load::music ? 0 : crowd.cpu_so_far();
            const double before = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
            const auto begun = monotonic_now();
            std::this_thread::sleep_for(2s);
            const double others = load == Load::music ? 0 : crowd.cpu_so_far() - others_before;
            used += cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - before - others;
            passed += std::chrono::duration<double>(monotonic_now() - begun).count();
            sent += sent_now() - sent_before;
        }
        // By the packets that were really sent: on a busy machine the far ends fall behind, and a
        // share of the core would flatter us.
        const double per_packet = used / static_cast<double>(sent);
        const double packets_per_call = 50.0 * static_cast<double>(legs_per_call);
        state.counters["core_percent"] = 100 * used / passed;
        state.counters["us_per_packet"] = 1e6 * per_packet;
        state.counters["packets_per_second"] = static_cast<double>(sent) / passed;
        state.counters["calls_per_core"] = 1.0 / (per_packet * packets_per_call);
    }
    std::filesystem::remove_all(folder);
}

void bridged(benchmark::State& state) { run(state, Load::relay); }
void bridged_and_recorded(benchmark::State& state) { run(state, Load::recorded); }
void waiting_with_music(benchmark::State& state) { run(state, Load::music); }
// A third leg hears both, as a supervisor does; or all three hear each other.
void supervised(benchmark::State& state) { run(state, Load::supervised); }
void conference_of_three(benchmark::State& state) { run(state, Load::conference); }

}  // namespace

BENCHMARK(bridged)->Arg(100)->Arg(300)->Arg(500)->Iterations(2)->Unit(benchmark::kSecond);
BENCHMARK(bridged_and_recorded)
    ->Arg(100)
    ->Arg(300)
    ->Arg(500)
    ->Iterations(2)
    ->Unit(benchmark::kSecond);
BENCHMARK(supervised)->Arg(100)->Arg(300)->Iterations(2)->Unit(benchmark::kSecond);
BENCHMARK(conference_of_three)->Arg(100)->Arg(300)->Iterations(2)->Unit(benchmark::kSecond);
BENCHMARK(waiting_with_music)->Arg(500)->Arg(1000)->Iterations(2)->Unit(benchmark::kSecond);
