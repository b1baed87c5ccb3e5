#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/centre/ledger_chain.h"
#include "measure/promise_proof.h"

namespace amer::measure {

// Gathers the proof of a local day: takes every event of the journal in order, and is asked once.
// Keeps what is open or concerns that day; the rest it forgets as it passes.
class ProofBook {
public:
    explicit ProofBook(calendar::LocalDay day) : day_{day} {}

    void take(const centre::Event& event, Instant at);

    // In force last.
    const calendar::Calendar& calendar() const { return calendar_; }
    PromiseProof proof() const;

private:
    struct Call {  // one that came outside hours
        ProvedCall told;
        bool is_of_the_day = false;
        bool has_talked = false;
        bool has_waited = false;
        bool ended_in_hours = false;
    };

    void on(const centre::ConfigurationPublished& event);
    void on(const centre::ClosureSet& event);
    void on(const centre::ContactOpened& event);
    void on(const centre::LanguageChosen& event);
    void on(const centre::ContactQueued& event);
    void on(const centre::ContactConnected& event);
    void on(const centre::ContactEnded& event);
    void on(const centre::PromiseMade& event);
    void on(const centre::PromiseJoined& event);
    void on(const centre::PromiseNumberGiven& event);
    void on(const centre::MessageLeft& event);
    void on(const centre::PromisePlaced& event);
    void on(const centre::PromiseRedated& event);
    void on(const centre::AttemptStarted& event);
    void on(const centre::AttemptFailed& event);
    void on(const centre::PromisePutBack& event);
    void on(const centre::PromiseOverdue& event);
    void on(const centre::PromiseKept& event);
    void on(const centre::PromiseBroken& event);
    void on(const centre::PromiseWithdrawn& event);
    void on(const centre::NotificationOwed& event);
    void on(const centre::NotificationSent& event);
    void on(const centre::NotificationGivenUp& event);
    void on(const centre::LedgerSealed& event);
    template <typename Other>
    void on(const Other&) {}

    void write_line(const centre::Event& event);
    bool is_today() const;
    bool is_kept_in_mind(PromiseId promise) const;
    ProvedPromise* find(PromiseId promise);
    Call* call(ContactId contact);
    void link(ContactId contact, PromiseId promise, bool has_joined);
    ProvedAttempt* last_attempt(PromiseId promise, ContactId contact);
    void end(PromiseId promise, Standing how);
    void forget_ended(PromiseId promise);
    void end_notification(NotificationId id, bool is_sent, const std::string& detail);

    static WithoutPromise why_without(const Call& outside);
    void add_calls(PromiseProof& proof) const;
    void add_promises(PromiseProof& proof) const;
    void add_seals(PromiseProof& proof) const;

    const calendar::LocalDay day_;
    Instant at_;
    calendar::Calendar calendar_;
    centre::TextPair ministry_;
    centre::LedgerChain chain_;
    std::map<ContactId, Call> calls_;  // outside hours: those that live, and the day's
    std::map<PromiseId, ProvedPromise> promises_;
    std::map<NotificationId, PromiseId> notifications_;  // on their way, of promises_
    std::set<PromiseId> of_the_days_calls_;
    std::set<PromiseId> others_;
    std::vector<ProvedSeal> seals_;
};

}  // namespace amer::measure
