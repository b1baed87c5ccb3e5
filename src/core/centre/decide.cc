#include "base/overloaded.h"
#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using MaybeRejection = std::optional<Rejection>;

// A contact or promise that never was is the asker's mistake; one that has ended is late news.
template <typename IdType>
MaybeRejection unless_given(IdType id, std::uint64_t last, RejectionReason reason,
                            const char* what) {
    if (id && id.value <= last) return std::nullopt;
    return Rejection{reason, fmt::format("there has never been a {} {}", what, id.value)};
}

struct Commands {
    Deciding& deciding;
    const State& state;

    MaybeRejection unknown(ContactId id) const {
        return unless_given(id, state.last.contact, RejectionReason::unknown_contact, "contact");
    }
    MaybeRejection unknown(PromiseId id) const {
        return unless_given(id, state.last.promise, RejectionReason::unknown_promise, "promise");
    }
    MaybeRejection unknown(const AgentId& id) const {
        if (state.agents.contains(id)) return std::nullopt;
        return Rejection{RejectionReason::unknown_agent,
                         fmt::format("there is no agent '{}'", id.value)};
    }

    // Runs `rule` when the thing is known.
    template <typename IdType, typename Rule>
    MaybeRejection known(const IdType& id, Rule rule) const {
        if (MaybeRejection rejection = unknown(id)) return rejection;
        if constexpr (std::is_void_v<decltype(rule())>) {
            rule();
            return std::nullopt;
        } else {
            return rule();
        }
    }

    MaybeRejection operator()(const PublishConfiguration& command) const {
        return decide_publish(deciding, command.configuration);
    }
    MaybeRejection operator()(const RecoverFromCrash&) const {
        decide_recover(deciding);
        return std::nullopt;
    }
    MaybeRejection operator()(const Tick&) const {
        decide_tick(deciding, state);
        return std::nullopt;
    }
    MaybeRejection operator()(const OpenContact& command) const {
        return decide_open(deciding, command);
    }
    MaybeRejection operator()(const CallerConnected& command) const {
        return known(command.contact, [&] { decide_caller_connected(deciding, command.contact); });
    }
    MaybeRejection operator()(const PressDigit& command) const {
        return known(command.contact,
                     [&] { decide_digit(deciding, command.contact, command.digit); });
    }
    MaybeRejection operator()(const FinishPrompt& command) const {
        return known(command.contact,
                     [&] { decide_prompt_finished(deciding, command.contact, command.playback); });
    }
    MaybeRejection operator()(const FinishRecording& command) const {
        decide_recording_finished(deciding, command);
        return std::nullopt;
    }
    MaybeRejection operator()(const CallerLeft& command) const {
        return known(command.contact, [&] { decide_caller_left(deciding, command.contact); });
    }
    MaybeRejection operator()(const AcceptOffer& command) const {
        decide_accept(deciding, command.offer);
        return std::nullopt;
    }
    MaybeRejection operator()(const ReportRinging& command) const {
        decide_ringing(deciding, command.offer);
        return std::nullopt;
    }
    MaybeRejection operator()(const DeclineOffer& command) const {
        decide_decline(deciding, command.offer, command.reason);
        return std::nullopt;
    }
    MaybeRejection operator()(const AgentLeft& command) const {
        return known(command.contact,
                     [&] { decide_agent_left(deciding, command.contact, command.agent); });
    }
    MaybeRejection operator()(const SkipBriefing& command) const {
        return known(command.contact, [&] { end_briefing(deciding, command.contact); });
    }
    MaybeRejection operator()(const CustomerAnswered& command) const {
        return known(command.contact, [&] { decide_customer_answered(deciding, command.contact); });
    }
    MaybeRejection operator()(const CustomerFailed& command) const {
        return known(command.contact,
                     [&] { decide_customer_failed(deciding, command.contact, command.outcome); });
    }
    MaybeRejection operator()(const RegisterPhone& command) const {
        return known(command.agent, [&] { decide_register(deciding, command.agent); });
    }
    MaybeRejection operator()(const UnregisterPhone& command) const {
        return known(command.agent, [&] { decide_unregister(deciding, command.agent); });
    }
    MaybeRejection operator()(const SetReady& command) const {
        return known(command.agent, [&] { return decide_set_ready(deciding, command.agent); });
    }
    MaybeRejection operator()(const SetNotReady& command) const {
        return known(command.agent,
                     [&] { return decide_set_not_ready(deciding, command.agent, command.reason); });
    }
    MaybeRejection operator()(const LogOut& command) const {
        return known(command.agent, [&] { decide_log_out(deciding, command.agent); });
    }
    MaybeRejection operator()(const FinishWrapUp& command) const {
        return known(command.agent, [&] { decide_wrap_up_over(deciding, command.agent); });
    }
    MaybeRejection operator()(const ExtendWrapUp& command) const {
        return known(command.agent,
                     [&] { return decide_extend_wrap_up(deciding, command.agent, command.by_ms); });
    }
    MaybeRejection operator()(const ReportPhoneUse& command) const {
        return known(command.agent,
                     [&] { decide_phone_use(deciding, command.agent, command.is_in_use); });
    }
    MaybeRejection operator()(const LoseAgent& command) const {
        return known(command.contact,
                     [&] { decide_lose_agent(deciding, command.contact, command.agent); });
    }
    // Both are known.
    template <typename Rule>
    MaybeRejection known(const ContactId& contact, const AgentId& agent, Rule rule) const {
        if (MaybeRejection rejection = unknown(contact)) return rejection;
        return known(agent, rule);
    }
    MaybeRejection operator()(const AssignContact& command) const {
        return known(command.contact, command.agent,
                     [&] { return decide_assign(deciding, command); });
    }
    MaybeRejection operator()(const PreferAgent& command) const {
        return known(command.contact, command.agent,
                     [&] { return decide_prefer(deciding, command); });
    }
    MaybeRejection operator()(const TransferContact& command) const {
        return known(command.contact, [&] { return decide_transfer(deciding, command); });
    }
    MaybeRejection operator()(const ConsultAgent& command) const {
        return known(command.contact, command.agent,
                     [&] { return decide_consult(deciding, command); });
    }
    MaybeRejection operator()(const ConferAll& command) const {
        return known(command.contact, [&] { return decide_confer(deciding, command.contact); });
    }
    MaybeRejection operator()(const HandOver& command) const {
        return known(command.contact, [&] { return decide_hand_over(deciding, command.contact); });
    }
    MaybeRejection operator()(const DismissParty& command) const {
        return known(command.contact, command.agent,
                     [&] { return decide_dismiss(deciding, command); });
    }
    MaybeRejection operator()(const Supervise& command) const {
        return known(command.contact, command.agent,
                     [&] { return decide_supervise(deciding, command); });
    }
    MaybeRejection operator()(const PauseRecording& command) const {
        return known(command.contact, [&] { return decide_pause_recording(deciding, command); });
    }
    MaybeRejection operator()(const ResumeRecording& command) const {
        return known(command.contact, [&] { decide_resume_recording(deciding, command); });
    }
    MaybeRejection operator()(const CloseCentre& command) const {
        return decide_close(deciding, command);
    }
    MaybeRejection operator()(const ReopenCentre& command) const {
        return decide_reopen(deciding, command);
    }
    MaybeRejection operator()(const ReportNotification& command) const {
        decide_notification_reported(deciding, command);
        return std::nullopt;
    }
    MaybeRejection operator()(const SetNotice& command) const {
        return decide_notice(deciding, command);
    }
    MaybeRejection operator()(const EndNotice& command) const {
        if (state.notice) deciding.add(NoticeEnded{command.by});
        return std::nullopt;
    }
    MaybeRejection operator()(const WithdrawPromise& command) const {
        return known(command.promise, [&] { return decide_withdraw(deciding, command); });
    }
};

}  // namespace

Decision decide(const State& state, const Command& command, Instant now) {
    const bool replaces_rules = std::holds_alternative<PublishConfiguration>(command) ||
                                std::holds_alternative<CloseCentre>(command) ||
                                std::holds_alternative<ReopenCentre>(command);
    Deciding deciding{state, now, replaces_rules ? Deciding::Over::copy : Deciding::Over::changes};
    if (const MaybeRejection rejection = std::visit(Commands{deciding, state}, command)) {
        return tl::unexpected<Rejection>{*rejection};
    }
    settle(deciding);
    return deciding.take_events();
}

}  // namespace amer::centre
