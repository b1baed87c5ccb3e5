#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/centre/deciding.h"

// The rules of the centre, a file per theme. Each adds what follows to the decision; what no longer
// fits the state adds nothing.
namespace amer::centre {

inline Rejection not_now(std::string why) {
    return Rejection{RejectionReason::not_allowed_now, std::move(why)};
}

// decide_arrival.cc
std::optional<Rejection> decide_open(Deciding& deciding, const OpenContact& command);
void decide_caller_connected(Deciding& deciding, ContactId contact);
void decide_caller_left(Deciding& deciding, ContactId contact);
// He is gone before a queue or a message: what we owe him stays.
void leave_in_flow(Deciding& deciding, ContactId contact);

// decide_flow.cc
void enter_step(Deciding& deciding, ContactId contact, StepId step);
void decide_digit(Deciding& deciding, ContactId contact, const std::string& digit);
void decide_prompt_finished(Deciding& deciding, ContactId contact, PlaybackId playback);
void decide_step_timeout(Deciding& deciding, ContactId contact);
// His agent hung up first: he goes on in the flow his number names for it. False: it names none.
bool go_on_after_agent(Deciding& deciding, ContactId contact);
void start_prompt(Deciding& deciding, ContactId contact, std::vector<Saying> sayings,
                  bool cut_by_key);

std::optional<Rejection> decide_notice(Deciding& deciding, const SetNotice& command);

// decide_recording.cc
void start_contact_recording(Deciding& deciding, ContactId contact);
void start_message(Deciding& deciding, ContactId contact, const flow::TakeMessage& step);
void decide_recording_finished(Deciding& deciding, const FinishRecording& command);
void thank_for_message(Deciding& deciding, ContactId contact, bool is_left);
// He was asked what to do with the message he left: 1 plays it, 2 records it again, 3 sends it.
void decide_review_key(Deciding& deciding, ContactId contact, const flow::TakeMessage& step,
                       const std::string& digit);
void send_message(Deciding& deciding, ContactId contact);
std::optional<Rejection> decide_pause_recording(Deciding& deciding, const PauseRecording& command);
void decide_resume_recording(Deciding& deciding, const ResumeRecording& command);
// A pause ends, if there is one (acd.md 6.4, 28).
void go_on_recording(Deciding& deciding, ContactId contact, ResumeReason why,
                     const std::string& by = "");

// decide_offers.cc
void settle(Deciding& deciding);
void decide_accept(Deciding& deciding, OfferId offer);
void decide_ringing(Deciding& deciding, OfferId offer);
void decide_decline(Deciding& deciding, OfferId offer, DeclineReason reason);
void decide_ring_time_over(Deciding& deciding, OfferId offer);
void end_offer(Deciding& deciding, OfferId offer, OfferEnd how);
// All that are out for the contact, but the one of `except`.
void end_offers(Deciding& deciding, ContactId contact, OfferEnd how, OfferId except = {});
void decide_ring_next(Deciding& deciding, ContactId contact);

// Through one of the contact's queues: by its rules, to one of its agents.
void make_offer(Deciding& deciding, ContactId contact, const QueueId& through, const AgentId& agent,
                std::uint64_t draw);

// decide_holds.cc
// It has just come to its queue: is it held for the agent its caller knows, or for another's
// choice?
void hold_back(Deciding& deciding, ContactId contact);
// Those whose agent has gone are anybody's.
void release_held(Deciding& deciding);
std::optional<Rejection> decide_assign(Deciding& deciding, const AssignContact& command);
std::optional<Rejection> decide_prefer(Deciding& deciding, const PreferAgent& command);

// decide_waiting.cc
// From the queue he waits in to another one, with his place.
void move_to_queue(Deciding& deciding, ContactId contact, const QueueId& queue);
void join_queue(Deciding& deciding, ContactId contact, const QueueId& queue, std::int32_t priority,
                bool is_emergency);
// A queue that is no longer configured hands its callers over with their places.
void return_to_queue(Deciding& deciding, ContactId contact);
// Is there no room for him? Who comes back to a place that is kept for him needs none.
bool is_full(Deciding& deciding, ContactId contact, const QueueId& queue);
// Before whatever takes him out of it; does nothing for a contact that waits in none.
void leave_queue(Deciding& deciding, ContactId contact, QueueExit how);
// Something happens by itself to one who waits: less is asked of an agent, he is spoken to, his
// longest wait is over.
void decide_waiting(Deciding& deciding, ContactId contact);
void decide_key_while_waiting(Deciding& deciding, ContactId contact, const std::string& digit);
// The step of his flow that brought him to the queue; nullptr: there is none any more.
const flow::Enqueue* enqueue_of(const World& world, const contact::Contact& contact);

// decide_several_queues.cc: contacts that stand in several queues at once (acd.md 6.4, 16).
// The further queues of a step that are configured and have room for one who comes to it now.
std::vector<QueueId> other_queues(Deciding& deciding, ContactId contact, const flow::Enqueue& step);
void join_other_queues(Deciding& deciding, ContactId contact, const std::vector<QueueId>& queues);
// He is sent back to the queue of his step: to all of them, then.
void join_other_queues_again(Deciding& deciding, ContactId contact);
// Before the first one is left, for this reason.
void leave_other_queues(Deciding& deciding, ContactId contact, QueueExit how);
// Those of his further queues that are no longer configured.
void leave_removed_others(Deciding& deciding, ContactId contact);
// His first queue is no longer configured: the next of the others is his first one, joined anew
// with his place. False: there is none.
bool promote_other_queue(Deciding& deciding, ContactId contact);
// Has he waited long enough for the next step of one of the further queues, or for its end?
bool relax_other_queues(Deciding& deciding, ContactId contact);

// decide_announcement.cc: how he stands and what he may do, said to one who waits.
void announce_wait(Deciding& deciding, ContactId contact);

// decide_agents.cc
std::optional<Rejection> decide_set_ready(Deciding& deciding, const AgentId& agent);
std::optional<Rejection> decide_set_not_ready(Deciding& deciding, const AgentId& agent,
                                              const std::string& reason);
void decide_log_out(Deciding& deciding, const AgentId& agent);
void decide_register(Deciding& deciding, const AgentId& agent);
void decide_unregister(Deciding& deciding, const AgentId& agent);
void decide_wrap_up_over(Deciding& deciding, const AgentId& agent);
std::optional<Rejection> decide_extend_wrap_up(Deciding& deciding, const AgentId& agent,
                                               std::int32_t by_ms);
void decide_phone_use(Deciding& deciding, const AgentId& agent, bool is_in_use);
void decide_lose_agent(Deciding& deciding, ContactId contact, const AgentId& agent);
void decide_agent_timeout(Deciding& deciding, const AgentId& agent);
void decide_agent_left(Deciding& deciding, ContactId contact, const AgentId& agent);
void change_agent(Deciding& deciding, const AgentId& agent, agent::AgentState state,
                  const std::string& reason = "", std::optional<Instant> until = std::nullopt,
                  ContactId contact = ContactId{});
// He has nothing to do any more: ready, or what he asked for meanwhile.
void free_agent(Deciding& deciding, const AgentId& agent);
// The contact he talked on is over.
void start_wrap_up(Deciding& deciding, const AgentId& agent, ContactId contact,
                   std::optional<Duration> longest = std::nullopt);

// decide_transfer.cc
std::optional<Rejection> decide_transfer(Deciding& deciding, const TransferContact& command);

// decide_parties.cc
// Caller and agent hear each other; else why not.
std::optional<Rejection> unless_talked_on(const contact::Contact* contact);
std::optional<Rejection> decide_consult(Deciding& deciding, const ConsultAgent& command);
std::optional<Rejection> decide_confer(Deciding& deciding, ContactId contact);
std::optional<Rejection> decide_hand_over(Deciding& deciding, ContactId contact);
std::optional<Rejection> decide_dismiss(Deciding& deciding, const DismissParty& command);
std::optional<Rejection> decide_supervise(Deciding& deciding, const Supervise& command);
// Does the offer ask somebody to come to a talk, and not to take a contact from its queue?
bool is_invitation(const World& world, const queue::Offer& offer);
void join_talk(Deciding& deciding, const queue::Offer& invitation);
void end_invitation(Deciding& deciding, const queue::Offer& invitation, OfferEnd how);
// Before whatever ends the talk.
void part_from_all(Deciding& deciding, ContactId contact, PartyEnd how);
// A party hung up; false: he is none.
bool leave_talk(Deciding& deciding, ContactId contact, const AgentId& agent);
// The agent is gone and somebody who talks with the caller goes on; false: there is nobody.
bool go_on_with_party(Deciding& deciding, ContactId contact);

// decide_promises.cc
void owe_call(Deciding& deciding, ContactId contact, callback::Promise::Origin origin,
              const QueueId& queue);
// He stands, or stood, in a queue: the call back keeps that place.
void owe_call_at_place(Deciding& deciding, ContactId contact);
// He rings again: what keeps his place in this queue is his to take, and no call back stands there
// for him while he lives (acd.md 6.4, 19). Nothing: he has none.
std::optional<callback::Promise> take_place_again(Deciding& deciding, ContactId contact,
                                                  const QueueId& queue);
// When to try next if it may not be before `earliest`.
Instant next_try_at(Deciding& deciding, const QueueId& queue, Instant earliest);
void keep_promises(Deciding& deciding, ContactId contact);
std::optional<Rejection> decide_withdraw(Deciding& deciding, const WithdrawPromise& command);
void decide_overdue(Deciding& deciding, PromiseId promise);
// The calendars before a change of them.
struct CalendarsBefore {
    calendar::Calendar centre;
    Directory directory;

    const calendar::Calendar& of(const QueueId& queue) const {
        return calendar_of(directory, centre, queue);
    }
};
CalendarsBefore calendars_before(const Deciding& deciding);
void redate_promises(Deciding& deciding, const CalendarsBefore& before);

// decide_callbacks.cc
bool begin_due_callback(Deciding& deciding, const queue::Lane& lane);
void put_back_unreached(Deciding& deciding, const queue::Lane& lane);
// By the agent, or before any, for the queue in which the citizen will wait.
void start_attempt(Deciding& deciding, ContactId contact, const AgentId& agent,
                   const QueueId& queue = {});
// The agent who has the call back hears what the citizen said; then, or when there is nothing to
// hear, the citizen is dialled.
void brief_agent(Deciding& deciding, ContactId contact, const AgentId& agent);
void end_briefing(Deciding& deciding, ContactId contact);
// Of an agent, if there is one, who had a call back that reached nobody.
void wrap_up_unreached(Deciding& deciding, const AgentId& agent, ContactId contact);
void decide_customer_answered(Deciding& deciding, ContactId contact);
void decide_customer_failed(Deciding& deciding, ContactId contact, AttemptOutcome outcome);
// He has heard who calls, or all we had to say to him.
void end_greeting(Deciding& deciding, ContactId contact);
void connect(Deciding& deciding, ContactId contact, const AgentId& agent);
void fail_attempt(Deciding& deciding, ContactId contact, AttemptOutcome outcome);
// No agent took it before the day closed, or the queue let it wait no longer: not a try.
void end_callback_unreached(Deciding& deciding, ContactId contact);
void break_promise(Deciding& deciding, PromiseId promise, BreakReason reason);
void leave_before_answer(Deciding& deciding, ContactId contact);

// decide_customer_first.cc: citizens who are dialled before an agent is asked.
// He has heard who calls and waits for an agent, before all but emergencies.
void await_agent(Deciding& deciding, ContactId contact);
// Nobody can be there for him any more: he is told so.
void apologise_to_customer(Deciding& deciding, ContactId contact, QueueExit how);
// Those who wait where the last agent has gone.
void release_customers(Deciding& deciding);

// decide_publish.cc
std::optional<Rejection> decide_publish(Deciding& deciding, const Configuration& configuration);

// decide_closure.cc
std::optional<Rejection> decide_close(Deciding& deciding, const CloseCentre& command);
std::optional<Rejection> decide_reopen(Deciding& deciding, const ReopenCentre& command);

// decide_notifications.cc
// Somebody outside is to know it, if the configuration says so.
void notify(Deciding& deciding, notification::Occasion occasion, PromiseId promise);
void notify_of_centre(Deciding& deciding, notification::Occasion occasion);
void decide_notification_reported(Deciding& deciding, const ReportNotification& command);

// decide_recovery.cc
void decide_recover(Deciding& deciding);

// decide_tick.cc
void decide_tick(Deciding& deciding, const State& state);

// sayings.cc: prompts with the values that are known of this contact. Leaves out what is not true
// now and chooses the wording that is (CLS-MSG, CLS-TODAY, CLS-NODATE).
std::vector<Saying> sayings_for(const Deciding& deciding, ContactId contact,
                                const std::vector<PromptId>& prompts);
// To the agent who is to keep this promise: the message, and how often it was tried. Nothing: there
// is nothing to tell.
std::vector<Saying> sayings_of_briefing(const World& world, const callback::Promise& promise);

}  // namespace amer::centre
