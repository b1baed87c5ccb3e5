#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"
#include "sip/authentication/credentials.h"
#include "sip/transport/flow.h"
#include "sip/wire/digest.h"
#include "sip/wire/message.h"

namespace amer::sip {

using CallId = Id<struct CallTag>;  // one dialog usage of ours; unique within the process

enum class EndCause : std::uint8_t {
    bye,          // the other side hung up
    cancelled,    // the other side gave up before we answered
    ack_missing,  // our 2xx was never acknowledged within 64*T1 (RFC 3261 section 13.3.1.4)
    unreachable,  // in-dialog request timed out or 481/408 came back
};

// An INVITE outside a dialog that the access policy let in.
struct IncomingCall {
    CallId call;
    std::string peer;  // trunk name, or the authenticated user
    bool is_registered_user = false;
    Message invite;     // identity headers, diversion, everything
    std::string offer;  // SDP, "" for a late offer
};

// One stored binding of an address of record (RFC 3261 section 10).
struct Binding {
    std::string user;
    Uri contact;
    // Where requests go: back to where the REGISTER came from (RFC 5626 in spirit), because a NAT
    // may stand between. A contact of that very address on UDP shows that none does; then the
    // contact's own port counts (RFC 3261 section 10.3), 5060 when it names none.
    Flow flow;
    MonotonicInstant expires_at;
};

// What happens on the wire, told to the owner on the signalling thread. A listener may call the
// user agent from inside these.
class Listener {
public:
    virtual ~Listener() = default;

    virtual void on_incoming(const IncomingCall& incoming) = 0;
    virtual void on_ringing(CallId call, int status, std::string_view sdp) = 0;  // 1xx but 100
    // 2xx to our INVITE. With our offer sent, `sdp` is the answer and the ACK has gone out. With a
    // late offer (we sent none), `sdp` is the offer: call acknowledge() with the answer.
    virtual void on_answered(CallId call, std::string_view sdp) = 0;
    // ACK to our 2xx; `sdp` is the answer when our 2xx carried the offer, else "". After a
    // re-INVITE only in that case.
    virtual void on_confirmed(CallId call, std::string_view sdp) = 0;
    // Final refusal of our INVITE (status 300-699; 408 for silence; 503 for a dead transport).
    virtual void on_refused(CallId call, int status, std::string_view reason) = 0;
    // re-INVITE or UPDATE with an offer: answer with answer_offer() or refuse_offer() at once.
    // An re-INVITE without SDP asks for ours: `sdp` is "".
    virtual void on_offer(CallId call, std::string_view sdp) = 0;
    // What became of our offer(): the answer, or the final refusal (the old session then goes on).
    // A glare (491) is tried again by itself and not told.
    virtual void on_offer_answered(CallId /*call*/, std::string_view /*sdp*/) {}
    virtual void on_offer_refused(CallId /*call*/, int /*status*/) {}
    virtual void on_digit(CallId call, char digit) = 0;  // SIP INFO dtmf-relay or dtmf
    virtual void on_ended(CallId call, EndCause cause) = 0;
    // A user's first binding, or none left (expired or removed).
    virtual void on_registered(const std::string& user) = 0;
    virtual void on_unregistered(const std::string& user) = 0;
};

enum class Admission : std::uint8_t { trunk, challenge, refuse };

// Who may come in; asked for every request outside a dialog before anything is stored for it.
class AccessPolicy {
public:
    virtual ~AccessPolicy() = default;

    // trunk: let in as `peer`. challenge: digest as a known user. refuse: 403.
    struct Verdict {
        Admission admission = Admission::refuse;
        std::string peer;
    };
    virtual Verdict admit(const Message& request, const Flow& flow) = 0;
    // HA1 (digest_ha1) of a user, or nothing when he is unknown.
    virtual std::optional<std::string> secret_of(std::string_view user,
                                                 DigestAlgorithm algorithm) = 0;
};

struct UserAgentOptions {
    std::string realm = "amer";
    std::string product = "Amer";
    Limits limits;
    Duration t1 = std::chrono::milliseconds{500};
    Duration t2 = std::chrono::seconds{4};
    Duration registration_min = std::chrono::seconds{60};
    Duration registration_max = std::chrono::hours{2};
    std::size_t max_calls = 20'000;  // above it 503 with Retry-After
    std::size_t max_transactions = 200'000;
    bool large_requests_over_tcp = false;  // RFC 3261 section 18.1.1; else datagrams may be cut
    // What a challenge offers, in this order; credentials of another kind are refused. The strong
    // one first is what RFC 8760 wants, but some old clients read nothing but the first challenge
    // and know only MD5: for them {md5, sha256} or {md5}.
    std::vector<DigestAlgorithm> digests{DigestAlgorithm::sha256, DigestAlgorithm::md5};
    std::string secret;  // mixed into the seed of tags and nonces; 16 random octets in production
};

// A dialog as plain data that can be written down and restored (RFC 3261 section 12); its fields
// are in sip/dialog/dialog_state.h.
struct DialogState;

class Resolver;  // sip/transport/resolver.h

// The whole SIP side as a state machine without I/O: bytes and time in, bytes out through Sender,
// events to Listener. Not thread-safe: one thread (the signalling thread) calls everything.
class UserAgent {
public:
    UserAgent(UserAgentOptions options, Sender& sender, AccessPolicy& policy, Listener& listener,
              std::uint64_t random_seed, Resolver* resolver = nullptr);
    ~UserAgent();
    UserAgent(const UserAgent&) = delete;
    UserAgent& operator=(const UserAgent&) = delete;

    // --- from the transports ---
    void on_datagram(const Flow& flow, std::string_view bytes, MonotonicInstant now);
    void on_message(const Flow& flow, Parsed<Message> message, MonotonicInstant now);  // streams
    void on_flow_closed(const Flow& flow, MonotonicInstant now);
    // Whether a registration or a call lives on this stream, so that silence is no reason to
    // close it.
    bool is_flow_needed(const Flow& flow) const;
    void on_timer(MonotonicInstant now);
    std::optional<MonotonicInstant> next_timer() const;

    // --- incoming calls ---
    // Whatever does not fit the call's state (an answer after a CANCEL crossed it) is ignored.
    void ring(CallId call);                     // 180
    void answer(CallId call, std::string sdp);  // 200 with answer (or our offer)
    void refuse(CallId call, int status, std::string reason = "",
                std::optional<Duration> retry_after = {});
    // --- outgoing calls ---
    struct Invitation {
        Uri target;  // request URI
        // Where to send, for the whole dialog (a Binding's flow); none: target's host, then what
        // Route and Contact say.
        std::optional<Flow> flow;
        NameAddress from;             // tag is added
        std::string offer;            // "" for a late offer
        std::vector<Header> headers;  // P-Asserted-Identity and the like
        std::string username;         // for digest challenges by the other side
        std::string password;
    };
    CallId invite(Invitation invitation, MonotonicInstant now);
    void acknowledge(CallId call, std::string sdp);  // after on_answered with a late offer
    // --- in a call ---
    void answer_offer(CallId call, std::string sdp);
    void refuse_offer(CallId call, int status);                      // 488 or 491
    void offer(CallId call, std::string sdp, MonotonicInstant now);  // our re-INVITE (hold, move)
    // CANCEL, BYE or refusal, as the state asks; the call is gone for the caller of this. `reason`
    // is the value of a Reason header (RFC 3326) of the first two; empty: none.
    void hang_up(CallId call, MonotonicInstant now, std::string reason = "");

    // --- registrations ---
    std::vector<Binding> bindings_of(std::string_view user) const;

    // --- persistence ---
    // Nothing unless the call is answered. A restored call lives on as an answered one;
    // `credentials` are for challenges of its requests, they are never written down.
    std::optional<DialogState> save(CallId call) const;
    CallId restore(const DialogState& dialog, Credentials credentials = {});

    struct Statistics {
        std::uint64_t received = 0, sent = 0, malformed_answered = 0, malformed_dropped = 0,
                      refused_strangers = 0, retransmissions = 0, absorbed = 0, overloaded = 0;
        std::size_t calls = 0, transactions = 0, bindings = 0;
    };
    Statistics statistics() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace amer::sip
