#include "sip/user_agent.h"

#include "sip/authentication/authenticate.h"
#include "sip/content/inspect.h"
#include "sip/dialog/calls.h"
#include "sip/transaction/key.h"

namespace amer::sip {
namespace {

constexpr Duration kComeBackLater = std::chrono::seconds{5};

}  // namespace

struct UserAgent::Impl {
    Impl(UserAgentOptions options, Sender& sender, AccessPolicy& access, Listener& listener,
         std::uint64_t seed, Resolver* resolver)
        : around{options, sender, TokenSource{seed, options.secret}},
          policy{access},
          transactions{around},
          locator{around, resolver},
          registrar{around, listener},
          authenticator{around, access},
          calls{around, transactions, locator, registrar, access, listener} {
        transactions.report_to(calls);
    }

    void receive(const Flow& flow, Parsed<Message>& message);
    void receive_request(Message& request, const Flow& flow);
    void receive_stranger(const Message& request, const Flow& flow);
    void serve(const Message& request, const Flow& flow, const std::string& peer, bool is_user);
    void serve_register(const Message& request, const Flow& flow, const std::string& user);
    void serve_options(const Message& request, const Flow& flow);
    void fire(const Alarm& alarm);

    Surroundings around;
    AccessPolicy& policy;
    Transactions transactions;
    Locator locator;
    Registrar registrar;
    Authenticator authenticator;
    Calls calls;
};

void UserAgent::Impl::receive(const Flow& flow, Parsed<Message>& message) {
    ++around.counts.received;
    if (message) {
        if (!message->is_request) return transactions.on_response(*message);
        return receive_request(*message, flow);
    }
    Malformed& fault = message.error();
    if (!fault.answer || fault.answer->via.empty() || fault.answer->method == Method::ack) {
        ++around.counts.malformed_dropped;
        return;
    }
    ++around.counts.malformed_answered;
    note_source(*fault.answer, flow);
    const std::string tag = transactions.stateless_tag(*fault.answer);
    transactions.respond_statelessly(*fault.answer, flow,
                                     make_response(*fault.answer, fault.status, tag, fault.reason));
}

void UserAgent::Impl::receive_request(Message& request, const Flow& flow) {
    note_source(request, flow);
    if (transactions.absorb(request, flow)) return;
    if (request.method == Method::ack) return calls.on_ack(request, flow);
    if (request.method == Method::cancel) return calls.on_cancel(request, flow);
    // Whoever wants to end something is let in however full it is.
    if (transactions.is_full() && request.method != Method::bye) {
        ++around.counts.overloaded;
        return transactions.refuse_statelessly(request, flow, 503, kComeBackLater);
    }
    const bool is_in_dialog = !request.to.tag().empty() && request.method != Method::register_;
    if (is_in_dialog) return calls.on_in_dialog(request, flow);
    receive_stranger(request, flow);
}

// RFC 3261 section 8.2: who is it, then what does he want. Nothing is kept until both are clear.
void UserAgent::Impl::receive_stranger(const Message& request, const Flow& flow) {
    const AccessPolicy::Verdict verdict = policy.admit(request, flow);
    if (verdict.admission == Admission::refuse) {
        ++around.counts.refused_strangers;
        return transactions.refuse_statelessly(request, flow, 403);
    }
    std::string peer = verdict.peer;
    // A trunk is known by its address, but a registration is always somebody's own.
    const bool is_user =
        verdict.admission == Admission::challenge || request.method == Method::register_;
    const std::string tag = transactions.stateless_tag(request);
    if (is_user) {
        auto outcome = authenticator.authenticate(request, tag);
        if (const Message* challenge = std::get_if<Message>(&outcome)) {
            return transactions.respond_statelessly(request, flow, *challenge);
        }
        peer = std::get<std::string>(std::move(outcome));
    }
    if (const auto refusal = inspect(request, tag)) {
        return transactions.respond_statelessly(request, flow, *refusal);
    }
    if (transactions.is_merged(request)) {
        return transactions.refuse_statelessly(request, flow, 482);
    }
    serve(request, flow, peer, is_user);
}

void UserAgent::Impl::serve(const Message& request, const Flow& flow, const std::string& peer,
                            bool is_user) {
    switch (request.method) {
        case Method::invite:
            if (calls.is_full()) {
                ++around.counts.overloaded;
                return transactions.refuse_statelessly(request, flow, 503, kComeBackLater);
            }
            return calls.on_invite(request, flow, peer, is_user);
        case Method::register_: return serve_register(request, flow, peer);
        case Method::options: return serve_options(request, flow);
        default: return transactions.refuse_statelessly(request, flow, 481);  // BYE, INFO, UPDATE
    }
}

void UserAgent::Impl::serve_register(const Message& request, const Flow& flow,
                                     const std::string& user) {
    const ServerId server = transactions.open(request, flow);
    const std::string tag = transactions.stateless_tag(request);
    transactions.respond(server, registrar.register_contacts(request, flow, user, tag));
    registrar.announce(user);
}

void UserAgent::Impl::serve_options(const Message& request, const Flow& flow) {
    Message response = make_response(request, 200, transactions.stateless_tag(request));
    response.add_header("Allow", std::string{kAllowed});
    response.add_header("Accept", std::string{kAccepted});
    response.add_header("Server", around.options.product);
    transactions.respond_statelessly(request, flow, response);
}

void UserAgent::Impl::fire(const Alarm& alarm) {
    switch (alarm.kind) {
        case AlarmKind::client_again:
        case AlarmKind::client_silent:
        case AlarmKind::client_over:
        case AlarmKind::server_again:
        case AlarmKind::server_over:
        case AlarmKind::cancel_unheard: return transactions.on_alarm(alarm);
        case AlarmKind::binding_over: return registrar.on_alarm(alarm);
        case AlarmKind::lookup_over: return locator.on_alarm(alarm);
        default: return calls.on_alarm(alarm);
    }
}

UserAgent::UserAgent(UserAgentOptions options, Sender& sender, AccessPolicy& policy,
                     Listener& listener, std::uint64_t random_seed, Resolver* resolver)
    : impl_{std::make_unique<Impl>(std::move(options), sender, policy, listener, random_seed,
                                   resolver)} {}

UserAgent::~UserAgent() = default;

void UserAgent::on_datagram(const Flow& flow, std::string_view bytes, MonotonicInstant now) {
    impl_->around.now = now;
    Parsed<Message> message = parse_datagram(bytes, impl_->around.options.limits);
    impl_->receive(flow, message);
}

void UserAgent::on_message(const Flow& flow, Parsed<Message> message, MonotonicInstant now) {
    impl_->around.now = now;
    impl_->receive(flow, message);
}

void UserAgent::on_flow_closed(const Flow& flow, MonotonicInstant now) {
    impl_->around.now = now;
    impl_->transactions.on_flow_closed(flow);
    impl_->registrar.on_flow_closed(flow);
}

bool UserAgent::is_flow_needed(const Flow& flow) const {
    return impl_->registrar.uses(flow) || impl_->calls.uses(flow);
}

void UserAgent::on_timer(MonotonicInstant now) {
    impl_->around.now = now;
    while (const auto alarm = impl_->around.timers.take_due(now)) impl_->fire(*alarm);
}

std::optional<MonotonicInstant> UserAgent::next_timer() const {
    return impl_->around.timers.next();
}

void UserAgent::ring(CallId call) { impl_->calls.ring(call); }

void UserAgent::answer(CallId call, std::string sdp) { impl_->calls.answer(call, std::move(sdp)); }

void UserAgent::refuse(CallId call, int status, std::string reason,
                       std::optional<Duration> retry_after) {
    impl_->calls.refuse(call, status, reason, retry_after);
}

CallId UserAgent::invite(Invitation invitation, MonotonicInstant now) {
    impl_->around.now = now;
    return impl_->calls.invite(std::move(invitation));
}

void UserAgent::acknowledge(CallId call, std::string sdp) { impl_->calls.acknowledge(call, sdp); }

void UserAgent::answer_offer(CallId call, std::string sdp) {
    impl_->calls.answer_offer(call, std::move(sdp));
}

void UserAgent::refuse_offer(CallId call, int status) { impl_->calls.refuse_offer(call, status); }

void UserAgent::offer(CallId call, std::string sdp, MonotonicInstant now) {
    impl_->around.now = now;
    impl_->calls.offer(call, std::move(sdp));
}

void UserAgent::hang_up(CallId call, MonotonicInstant now, std::string reason) {
    impl_->around.now = now;
    impl_->calls.hang_up(call, std::move(reason));
}

std::vector<Binding> UserAgent::bindings_of(std::string_view user) const {
    return impl_->registrar.bindings_of(user);
}

std::optional<DialogState> UserAgent::save(CallId call) const { return impl_->calls.save(call); }

CallId UserAgent::restore(const DialogState& dialog, Credentials credentials) {
    return impl_->calls.restore(dialog, std::move(credentials));
}

UserAgent::Statistics UserAgent::statistics() const {
    Statistics statistics = impl_->around.counts;
    statistics.calls = impl_->calls.size();
    statistics.transactions = impl_->transactions.size();
    statistics.bindings = impl_->registrar.size();
    return statistics;
}

}  // namespace amer::sip
