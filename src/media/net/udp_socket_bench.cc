// Does a connected socket send cheaper than one that names its target each time?
#include "media/net/udp_socket.h"

#include <benchmark/benchmark.h>

using namespace amer::media;

namespace {

constexpr std::size_t kDatagram = 172;

void send(benchmark::State& state, bool is_connected) {
    const auto here = Address::parse("127.0.0.1", 0).value();
    const auto sender = UdpSocket::bind(here).value();
    const auto receiver = UdpSocket::bind(here).value();
    const Address target = receiver.local();
    if (is_connected && ::connect(sender.descriptor(), target.data(), target.size()) != 0) {
        state.SkipWithError("cannot connect");
    }
    std::array<std::uint8_t, 2000> buffer{};
    Address source;
    for (auto _ : state) {
        const auto datagram = std::span{buffer}.first(kDatagram);
        if (is_connected) {
            benchmark::DoNotOptimize(::send(sender.descriptor(), datagram.data(), kDatagram, 0));
        } else {
            benchmark::DoNotOptimize(sender.send(datagram, target));
        }
        benchmark::DoNotOptimize(receiver.receive(buffer, source));
    }
}

void send_to_named_target(benchmark::State& state) { send(state, false); }
void send_when_connected(benchmark::State& state) { send(state, true); }

}  // namespace

BENCHMARK(send_to_named_target);
BENCHMARK(send_when_connected);
