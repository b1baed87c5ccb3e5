#include <set>

#include "sip/dialog/test_two_phones.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kSeeds = 200;
constexpr int kCalls = 20;

// Twenty calls through a wire that loses, doubles and reorders; both owners act by a seed.
struct Storm {
    explicit Storm(std::uint64_t seed)
        : rng{seed},
          wire{seed, {.loss_percent = 30, .double_percent = 10, .delay = 5ms, .jitter = 400ms}},
          alice{wire, {"10.0.0.1", 5060}, seed + 1},
          bob{wire, {"10.0.0.2", 5060}, seed + 2} {
        bob.when_incoming = [this](const IncomingCall& incoming) {
            if (is_closing) return bob.agent().refuse(incoming.call, 480);
            if (rng.below(2) == 0) bob.agent().ring(incoming.call);
            waiting.push_back(incoming.call);
        };
    }

    // One of the two does something to one of his calls, or nothing.
    void act() {
        switch (rng.below(6)) {
            case 0:
                if (placed.size() < kCalls) {
                    const std::string name = "call " + std::to_string(placed.size());
                    placed.emplace(alice.call(bob, name), name);
                }
                break;
            case 1: settle_waiting(); break;
            case 2: hang_up(alice, pick(placed)); break;
            case 3: hang_up(bob, pick(live(bob))); break;
            case 4: offer(alice, pick(live(alice))); break;
            case 5: offer(bob, pick(live(bob))); break;
        }
    }

    void settle_waiting() {
        if (waiting.empty()) return;
        const CallId call = waiting.back();
        waiting.pop_back();
        if (rng.below(4) == 0) {
            bob.agent().refuse(call, 486);
            left[&bob].insert(call);
        } else {
            bob.agent().answer(call, "answer");
        }
    }

    void hang_up(FakePhone& phone, CallId call) {
        if (!call || rng.below(3) != 0) return;
        phone.agent().hang_up(call, wire.now());
        left[&phone].insert(call);
    }

    void offer(FakePhone& phone, CallId call) {
        if (call) phone.agent().offer(call, "again", wire.now());
    }

    // The calls that this phone holds for established, by what the caller named them.
    std::map<CallId, std::string> live(const FakePhone& phone) {
        std::map<CallId, std::string> calls;
        std::map<CallId, std::string> names = placed;
        for (const auto& heard : phone.heard()) {
            if (heard.what == "incoming") names[heard.call] = heard.text;
            if (heard.what == "answered" || heard.what == "confirmed") {
                calls[heard.call] = names[heard.call];
            }
            if (heard.what == "ended" || heard.what == "refused") calls.erase(heard.call);
        }
        for (const CallId call : left[&phone]) calls.erase(call);
        return calls;
    }

    CallId pick(const std::map<CallId, std::string>& calls) {
        if (calls.empty()) return {};
        return std::next(calls.begin(), static_cast<std::ptrdiff_t>(rng.below(calls.size())))
            ->first;
    }

    static std::set<std::string> names_of(const std::map<CallId, std::string>& calls) {
        std::set<std::string> names;
        for (const auto& [call, name] : calls) names.insert(name);
        return names;
    }

    Rng rng;
    FakeWire wire;
    FakePhone alice;
    FakePhone bob;
    std::map<CallId, std::string> placed;
    std::vector<CallId> waiting;
    bool is_closing = false;  // bob takes no more calls
    std::map<const FakePhone*, std::set<CallId>> left;
};

}  // namespace

TEST_CASE("through 30 percent loss both sides end with the same knowledge and nothing is left") {
    std::size_t survivors = 0;
    std::size_t renegotiations = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        CAPTURE(seed);
        Storm storm{seed};
        for (int step = 0; step < 150; ++step) {
            storm.act();
            storm.wire.run_for(std::chrono::milliseconds{storm.rng.below(400)});
        }
        storm.is_closing = true;
        for (const CallId call : storm.waiting) storm.bob.agent().refuse(call, 480);
        storm.wire.run_for(140s);
        const auto names = Storm::names_of(storm.live(storm.alice));
        REQUIRE(names == Storm::names_of(storm.live(storm.bob)));
        REQUIRE(storm.alice.agent().statistics().calls == names.size());
        REQUIRE(storm.bob.agent().statistics().calls == names.size());
        survivors += names.size();
        renegotiations += storm.alice.count("offer answered") + storm.bob.count("offer answered");

        for (const auto& [call, name] : storm.live(storm.alice)) {
            storm.alice.agent().hang_up(call, storm.wire.now());
        }
        storm.wire.run_for(80s);
        for (FakePhone* phone : {&storm.alice, &storm.bob}) {
            REQUIRE(phone->agent().statistics().calls == 0);
            REQUIRE(phone->agent().statistics().transactions == 0);
            REQUIRE_FALSE(phone->agent().next_timer());
        }
    }
    CHECK(survivors > kSeeds);  // else the storm has blown everything away and shown nothing
    CHECK(renegotiations > kSeeds);
}

TEST_CASE("the same seed makes the same storm") {
    const auto story = [] {
        Storm storm{77};
        for (int step = 0; step < 100; ++step) {
            storm.act();
            storm.wire.run_for(200ms);
        }
        std::string text;
        for (const auto& heard : storm.bob.heard()) {
            text += heard.what + std::to_string(heard.call.value) + heard.text + ";";
        }
        return text;
    };
    CHECK(story() == story());
}
