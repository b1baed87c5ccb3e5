// How fast events become text and text becomes events.
#include <benchmark/benchmark.h>

#include "base/arbitrary.h"
#include "base/canonical_json.h"
#include "store/journal/event_reader.h"

namespace amer::store {
namespace {

// As they come in a call; the few configurations of a year would hide them.
std::vector<centre::Event> events_of_calls() {
    Rng rng{1};
    std::vector<centre::Event> events;
    while (events.size() < 1'000) {
        auto event = arbitrary<centre::Event>(rng);
        if (!std::holds_alternative<centre::ConfigurationPublished>(event)) {
            events.push_back(std::move(event));
        }
    }
    return events;
}

void encode_event(benchmark::State& state) {
    const auto events = events_of_calls();
    std::string text;
    std::size_t next = 0;
    std::int64_t bytes = 0;
    for (auto turn : state) {
        text.clear();
        append_json(text, events[next++ % events.size()]);
        bytes += static_cast<std::int64_t>(text.size());
        benchmark::DoNotOptimize(text.data());
    }
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(bytes);
}
BENCHMARK(encode_event);

void decode_event(benchmark::State& state) {
    std::vector<std::string> texts;
    for (const auto& event : events_of_calls()) texts.push_back(to_json(event));
    std::size_t next = 0;
    for (auto turn : state) {
        auto event = read_event(texts[next++ % texts.size()]);
        benchmark::DoNotOptimize(event);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode_event);

}  // namespace
}  // namespace amer::store
