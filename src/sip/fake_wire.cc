#include "sip/fake_wire.h"

namespace amer::sip {

FakeWire::FakeWire(std::uint64_t seed, Weather weather) : rng_{seed}, weather_{weather} {}

void FakeWire::attach(const Endpoint& host, Receive receive) {
    hosts_.insert_or_assign(host, std::move(receive));
}

void FakeWire::add_clock(const void* whose, std::function<std::optional<MonotonicInstant>()> next,
                         std::function<void(MonotonicInstant)> fire) {
    clocks_.push_back({whose, std::move(next), std::move(fire)});
}

void FakeWire::remove_clock(const void* whose) {
    std::erase_if(clocks_, [whose](const Clock& clock) { return clock.whose == whose; });
}

void FakeWire::send(const Endpoint& from, const Endpoint& to, std::string_view bytes) {
    const Datagram datagram{Flow{Transport::udp, to, from, 0}, std::string{bytes}};
    if (gate_ && !gate_(datagram.flow, bytes)) return;
    if (has_luck(weather_.loss_percent)) return;
    post(datagram);
    if (has_luck(weather_.double_percent)) post(datagram);
}

void FakeWire::post(const Datagram& datagram) {
    Duration late = weather_.delay;
    if (weather_.jitter > Duration{}) {
        const auto most = static_cast<std::uint64_t>(weather_.jitter.count());
        late += Duration{static_cast<std::int64_t>(rng_.below(most))};
    }
    under_way_.emplace(std::pair{now_ + late, ++count_}, datagram);
}

void FakeWire::run_for(Duration span) {
    const MonotonicInstant end = now_ + span;
    for (;;) {
        MonotonicInstant next = end;
        if (!under_way_.empty()) next = std::min(next, under_way_.begin()->first.first);
        for (const Clock& clock : clocks_) {
            if (const auto wanted = clock.next()) next = std::min(next, *wanted);
        }
        now_ = std::max(now_, next);
        deliver_due();
        for (const Clock& clock : clocks_) {
            const auto wanted = clock.next();
            if (wanted && *wanted <= now_) clock.fire(now_);
        }
        if (now_ >= end) return;
    }
}

void FakeWire::deliver_due() {
    while (!under_way_.empty() && under_way_.begin()->first.first <= now_) {
        const Datagram datagram = std::move(under_way_.begin()->second);
        under_way_.erase(under_way_.begin());
        const auto host = hosts_.find(datagram.flow.local);
        if (host != hosts_.end()) host->second(datagram.flow, datagram.bytes);
    }
}

FakePhone::FakePhone(FakeWire& wire, Endpoint at, std::uint64_t seed, UserAgentOptions options)
    : wire_{wire}, at_{std::move(at)}, options_{std::move(options)} {
    plug_in(seed);
}

FakePhone::~FakePhone() {
    wire_.detach(at_);
    wire_.remove_clock(this);
}

void FakePhone::plug_in(std::uint64_t seed) {
    agent_ = std::make_unique<UserAgent>(options_, *this, *this, *this, seed);
    wire_.attach(at_, [this](const Flow& flow, std::string_view bytes) {
        agent_->on_datagram(flow, bytes, wire_.now());
    });
    wire_.remove_clock(this);
    wire_.add_clock(
        this, [this] { return agent_->next_timer(); },
        [this](MonotonicInstant now) { agent_->on_timer(now); });
}

void FakePhone::restart(std::uint64_t seed) {
    heard_.clear();
    plug_in(seed);
}

Uri FakePhone::uri() const {
    Uri uri;
    uri.scheme = "sip";
    uri.user = "phone";
    uri.host = at_.address;
    uri.port = at_.port;
    return uri;
}

CallId FakePhone::call(const FakePhone& other, std::string offer) {
    UserAgent::Invitation invitation;
    invitation.target = other.uri();
    invitation.from.uri = uri();
    invitation.offer = std::move(offer);
    return agent_->invite(std::move(invitation), wire_.now());
}

std::size_t FakePhone::count(std::string_view what) const {
    return static_cast<std::size_t>(std::count_if(
        heard_.begin(), heard_.end(), [&](const Heard& heard) { return heard.what == what; }));
}

const FakePhone::Heard* FakePhone::last(std::string_view what) const {
    for (auto heard = heard_.rbegin(); heard != heard_.rend(); ++heard) {
        if (heard->what == what) return &*heard;
    }
    return nullptr;
}

void FakePhone::send(const Flow& flow, std::string_view bytes) {
    wire_.send(at_, flow.remote, bytes);
}

Endpoint FakePhone::advertised(const Flow& /*flow*/) const { return at_; }

AccessPolicy::Verdict FakePhone::admit(const Message& /*request*/, const Flow& /*flow*/) {
    return verdict;
}

std::optional<std::string> FakePhone::secret_of(std::string_view user, DigestAlgorithm algorithm) {
    const auto found = passwords.find(std::string{user});
    if (found == passwords.end()) return {};
    return digest_ha1(algorithm, user, options_.realm, found->second);
}

void FakePhone::note(std::string what, CallId call, int status, std::string_view text) {
    heard_.push_back({std::move(what), call, status, std::string{text}});
}

void FakePhone::on_incoming(const IncomingCall& incoming) {
    note("incoming", incoming.call, 0, incoming.offer);
    if (when_incoming) return when_incoming(incoming);
    if (rings) agent_->ring(incoming.call);
    if (answers) agent_->answer(incoming.call, sdp);
}

void FakePhone::on_ringing(CallId call, int status, std::string_view text) {
    note("ringing", call, status, text);
}

void FakePhone::on_answered(CallId call, std::string_view text) {
    note("answered", call, 200, text);
}

void FakePhone::on_confirmed(CallId call, std::string_view text) {
    note("confirmed", call, 0, text);
}

void FakePhone::on_refused(CallId call, int status, std::string_view reason) {
    note("refused", call, status, reason);
}

void FakePhone::on_offer(CallId call, std::string_view text) {
    note("offer", call, 0, text);
    if (accepts_offers) agent_->answer_offer(call, sdp);
}

void FakePhone::on_offer_answered(CallId call, std::string_view text) {
    note("offer answered", call, 200, text);
}

void FakePhone::on_offer_refused(CallId call, int status) {
    note("offer refused", call, status, {});
}

void FakePhone::on_digit(CallId call, char digit) {
    note("digit", call, 0, std::string_view{&digit, 1});
}

void FakePhone::on_ended(CallId call, EndCause cause) {
    note("ended", call, static_cast<int>(cause), {});
}

void FakePhone::on_registered(const std::string& user) { note("registered", {}, 0, user); }

void FakePhone::on_unregistered(const std::string& user) { note("unregistered", {}, 0, user); }

FakeStranger::FakeStranger(FakeWire& wire, Endpoint at) : wire_{wire}, at_{std::move(at)} {
    wire_.attach(at_, [this](const Flow&, std::string_view bytes) {
        if (auto message = parse_datagram(bytes)) received_.push_back(std::move(*message));
    });
}

Message FakeStranger::request(Method method, const FakePhone& to, std::string_view body) {
    Message request;
    request.method = method;
    request.method_text = text_of(method);
    request.request_uri = to.uri();
    Via via{"UDP", at_.address, at_.port, {}};
    via.parameters.set("branch", "z9hG4bKstranger" + std::to_string(++count_));
    request.via = {via};
    request.from.uri = to.uri();
    request.from.uri.user = "stranger";
    request.from.parameters.set("tag", "s1");
    request.to.uri = to.uri();
    request.call_id = "call-of-" + at_.address;
    request.cseq = count_;
    request.cseq_method = method;
    request.cseq_method_text = request.method_text;
    request.max_forwards = 70;
    NameAddress contact;
    contact.uri = to.uri();
    contact.uri.user = "stranger";
    contact.uri.host = at_.address;
    contact.uri.port = at_.port;
    request.contacts = {contact};
    if (!body.empty()) {
        request.content_type = "application/sdp";
        request.body = body;
    }
    return request;
}

std::vector<int> FakeStranger::statuses() const {
    std::vector<int> statuses;
    for (const Message& message : received_) {
        if (!message.is_request) statuses.push_back(message.status);
    }
    return statuses;
}

const Message* FakeStranger::last(Method method) const {
    for (auto message = received_.rbegin(); message != received_.rend(); ++message) {
        if (message->is_request && message->method == method) return &*message;
    }
    return nullptr;
}

}  // namespace amer::sip
