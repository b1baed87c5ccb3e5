#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sip/dialog/call.h"
#include "sip/registrar/registrar.h"
#include "sip/transport/locator.h"

namespace amer::sip {

// All calls of one user agent: INVITE, ACK, CANCEL, BYE, re-INVITE, UPDATE and INFO as RFC 3261
// sections 12 to 15, RFC 3264 and RFC 3311 have them. Every event to the listener is the last thing
// a function does with a call, for the listener may end it.
class Calls : public TransactionUser {
public:
    Calls(Surroundings& surroundings, Transactions& transactions, Locator& locator,
          const Registrar& registrar, AccessPolicy& policy, Listener& listener)
        : around_{surroundings},
          transactions_{transactions},
          locator_{locator},
          registrar_{registrar},
          policy_{policy},
          listener_{listener} {}

    // --- requests; those outside a dialog have been admitted and inspected ---
    void on_invite(const Message& invite, const Flow& flow, const std::string& peer,
                   bool is_registered_user);
    void on_cancel(const Message& cancel, const Flow& flow);
    void on_ack(const Message& ack, const Flow& flow);
    void on_in_dialog(const Message& request, const Flow& flow);

    // --- what the owner wants ---
    void ring(CallId id);
    void answer(CallId id, std::string sdp);
    void refuse(CallId id, int status, const std::string& reason,
                std::optional<Duration> retry_after);
    CallId invite(UserAgent::Invitation invitation);
    void acknowledge(CallId id, const std::string& sdp);
    void answer_offer(CallId id, std::string sdp);
    void refuse_offer(CallId id, int status);
    void offer(CallId id, std::string sdp);
    void hang_up(CallId id, std::string reason);
    std::optional<DialogState> save(CallId id) const;
    CallId restore(const DialogState& dialog, Credentials credentials);

    // --- from below ---
    void on_response(ClientId id, const Owner& owner, const Message& request,
                     const Message& response) override;
    void on_failure(const Owner& owner, int status) override;
    void on_alarm(const Alarm& alarm);

    bool uses(const Flow& stream) const;
    bool is_full() const { return calls_.size() >= around_.options.max_calls; }
    std::size_t size() const { return calls_.size(); }

private:
    Call& create(Phase phase);
    Call* find(CallId id);
    Call* find_by_tag(const Message& request);
    void erase(CallId id);
    // Tells the owner, unless he let go or was told already; the call may be gone afterwards.
    void tell_ended(CallId id, EndCause cause);

    // accept.cc
    std::string respond(Call& call, ServerId server, int status, const std::string& sdp = {});
    void send_ok(Call& call, ServerId server, std::uint32_t cseq, const std::string& sdp,
                 bool carries_offer);
    void stop_ok(Call& call);
    void confirm(Call& call, const std::string& sdp);
    void repeat_ok(Call& call);
    void give_up_ok(Call& call);
    void repeat_ring(Call& call);

    // place.cc
    void place(CallId id, Message invite, std::optional<Flow> flow);
    void on_invite_response(ClientId id, const Owner& owner, const Message& request,
                            const Message& response);
    void on_invite_answered(ClientId id, Call& call, const Message& request,
                            const Message& response);
    void on_invite_refused(Call& call, const Owner& owner, const Message& request,
                           const Message& response);
    void end_fork(ClientId id, const Message& request, const Message& response);
    void send_ack(Call& call, ClientId invite, const Message& request, const std::string& sdp);
    bool send_again_with_credentials(Call& call, const Owner& owner, const Message& request,
                                     const Message& response);

    // refresh.cc
    void on_their_offer(Call& call, const Message& request, const Flow& flow);
    bool is_offer_timely(const Call& call, const Message& request, const Flow& flow);
    void send_queued_offer(Call& call);
    void on_offer_response(ClientId id, const Owner& owner, const Message& request,
                           const Message& response);
    void on_offer_accepted(ClientId id, Call& call, const Message& request,
                           const Message& response);

    // leave.cc
    void on_bye(Call& call, const Message& bye, const Flow& flow);
    void drop_their_offer(Call& call);
    void send_bye(Call& call);
    void on_bye_response(const Owner& owner, const Message& request, const Message& response);
    void lose(Call& call, EndCause cause);

    // in_dialog.cc
    bool is_from_peer(const Call& call, const Message& request, const Flow& flow);
    static bool is_in_order(const Call& call, const Message& request);
    void on_info(Call& call, const Message& info, const Flow& flow);
    void answer_at_once(Call& call, const Message& request, const Flow& flow, int status);
    void send_in_dialog(Call& call, Message request, Owner owner);
    void with_way(const Call& call, Locator::Use use);
    NameAddress own_contact(const Call& call, const Flow& flow) const;

    Surroundings& around_;
    Transactions& transactions_;
    Locator& locator_;
    const Registrar& registrar_;
    AccessPolicy& policy_;
    Listener& listener_;
    std::uint64_t last_id_ = 0;
    std::unordered_map<CallId, Call> calls_;
    std::unordered_map<std::string, CallId> by_tag_;  // by our own tag
    std::unordered_map<ServerId, CallId> by_server_;  // unanswered INVITEs, for CANCEL
};

}  // namespace amer::sip
