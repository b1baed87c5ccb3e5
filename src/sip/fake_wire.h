#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "sip/user_agent.h"

namespace amer::sip {

// A little network with a clock of its own, for tests: hosts exchange datagrams, some of which are
// lost, doubled or late, as a seed decides. Nothing here waits for real time.
class FakeWire {
public:
    struct Weather {
        unsigned loss_percent = 0;
        unsigned double_percent = 0;
        Duration delay = std::chrono::milliseconds{5};
        Duration jitter{};  // up to this much more: overtaking becomes possible
    };
    using Receive = std::function<void(const Flow& flow, std::string_view bytes)>;
    // Whether this datagram gets through; asked before the weather is.
    using Gate = std::function<bool(const Flow& flow, std::string_view bytes)>;

    explicit FakeWire(std::uint64_t seed = 1) : FakeWire{seed, Weather{}} {}
    FakeWire(std::uint64_t seed, Weather weather);

    void attach(const Endpoint& host, Receive receive);
    void detach(const Endpoint& host) { hosts_.erase(host); }
    // Called whenever the clock moves; returns when it wants to be called next.
    void add_clock(const void* whose, std::function<std::optional<MonotonicInstant>()> next,
                   std::function<void(MonotonicInstant)> fire);
    void remove_clock(const void* whose);

    void send(const Endpoint& from, const Endpoint& to, std::string_view bytes);
    void run_for(Duration span);

    MonotonicInstant now() const { return now_; }
    Weather& weather() { return weather_; }
    void set_gate(Gate gate) { gate_ = std::move(gate); }

private:
    struct Datagram {
        Flow flow;  // as the receiver sees it
        std::string bytes;
    };
    struct Clock {
        const void* whose;
        std::function<std::optional<MonotonicInstant>()> next;
        std::function<void(MonotonicInstant)> fire;
    };
    bool has_luck(unsigned percent) { return rng_.below(100) < percent; }
    void post(const Datagram& datagram);
    void deliver_due();

    Rng rng_;
    Weather weather_;
    MonotonicInstant now_{std::chrono::seconds{1000}};
    std::uint64_t count_ = 0;
    std::map<std::pair<MonotonicInstant, std::uint64_t>, Datagram> under_way_;
    std::map<Endpoint, Receive> hosts_;
    std::vector<Clock> clocks_;
    Gate gate_;
};

// One user agent on a FakeWire with an owner that writes down what it hears.
class FakePhone : public Sender, public AccessPolicy, public Listener {
public:
    struct Heard {
        std::string what;  // "incoming", "ringing", "answered", ...
        CallId call;
        int status = 0;
        std::string text;  // SDP, digit, reason or user
    };

    FakePhone(FakeWire& wire, Endpoint at, std::uint64_t seed, UserAgentOptions options = {});
    ~FakePhone() override;
    FakePhone(const FakePhone&) = delete;
    FakePhone& operator=(const FakePhone&) = delete;

    CallId call(const FakePhone& other, std::string sdp = "offer");
    // Throws the user agent away and starts an empty one, as after a crash.
    void restart(std::uint64_t seed);

    UserAgent& agent() { return *agent_; }
    const std::vector<Heard>& heard() const { return heard_; }
    std::size_t count(std::string_view what) const;
    const Heard* last(std::string_view what) const;
    CallId last_call() const { return heard_.empty() ? CallId{} : heard_.back().call; }
    const Endpoint& at() const { return at_; }
    Uri uri() const;

    // --- how this phone behaves; by default it does nothing by itself ---
    bool answers = false;        // every call at once, with `sdp`
    bool rings = false;          // 180 first
    bool accepts_offers = true;  // re-INVITE and UPDATE, with `sdp`
    std::string sdp = "answer";
    Verdict verdict{Admission::trunk, "trunk"};
    std::map<std::string, std::string> passwords;  // by user
    std::function<void(const IncomingCall&)> when_incoming;

    void send(const Flow& flow, std::string_view bytes) override;
    Endpoint advertised(const Flow& flow) const override;
    Verdict admit(const Message& request, const Flow& flow) override;
    std::optional<std::string> secret_of(std::string_view user, DigestAlgorithm algorithm) override;
    void on_incoming(const IncomingCall& incoming) override;
    void on_ringing(CallId call, int status, std::string_view sdp) override;
    void on_answered(CallId call, std::string_view sdp) override;
    void on_confirmed(CallId call, std::string_view sdp) override;
    void on_refused(CallId call, int status, std::string_view reason) override;
    void on_offer(CallId call, std::string_view sdp) override;
    void on_offer_answered(CallId call, std::string_view sdp) override;
    void on_offer_refused(CallId call, int status) override;
    void on_digit(CallId call, char digit) override;
    void on_ended(CallId call, EndCause cause) override;
    void on_registered(const std::string& user) override;
    void on_unregistered(const std::string& user) override;

private:
    void plug_in(std::uint64_t seed);
    void note(std::string what, CallId call, int status, std::string_view text);

    FakeWire& wire_;
    Endpoint at_;
    UserAgentOptions options_;
    std::vector<Heard> heard_;
    std::unique_ptr<UserAgent> agent_;
};

// A host that speaks raw text: for what no user agent of ours would send.
class FakeStranger {
public:
    FakeStranger(FakeWire& wire, Endpoint at);
    ~FakeStranger() { wire_.detach(at_); }
    FakeStranger(const FakeStranger&) = delete;
    FakeStranger& operator=(const FakeStranger&) = delete;

    void send(const Endpoint& to, std::string_view text) { wire_.send(at_, to, text); }
    void send(const Endpoint& to, const Message& message) { send(to, serialise(message)); }
    // A request with all that RFC 3261 demands; a new branch each time.
    Message request(Method method, const FakePhone& to, std::string_view body = {});

    const std::vector<Message>& received() const { return received_; }
    std::vector<int> statuses() const;  // of the responses, in order
    const Message& last() const { return received_.at(received_.size() - 1); }
    // The last request of this method; null when there was none.
    const Message* last(Method method) const;
    void forget() { received_.clear(); }
    const Endpoint& at() const { return at_; }

private:
    FakeWire& wire_;
    Endpoint at_;
    std::vector<Message> received_;
    unsigned count_ = 0;
};

}  // namespace amer::sip
