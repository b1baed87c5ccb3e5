#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/centre/queue_account.h"
#include "core/centre/state.h"
#include "journal_of_year.h"
#include "letters.h"
#include "outside.h"
#include "plain_hours.h"

namespace amer::year {

struct YearFailed {
    std::string sentence;
    PromiseId promise = {};  // whose history tells more; 0: it is about none
};

struct Sum {
    std::uint64_t events = 0;
    std::uint64_t decisions = 0;
    std::uint64_t calls = 0;
    std::uint64_t calls_outside_hours = 0;
    std::uint64_t talks = 0;
    std::uint64_t made = 0;
    std::uint64_t joined = 0;
    std::uint64_t kept = 0;
    std::uint64_t kept_in_time = 0;
    std::uint64_t broken = 0;
    std::uint64_t withdrawn = 0;
    std::uint64_t redated = 0;
    std::uint64_t overdue = 0;
    std::uint64_t attempts = 0;
    std::uint64_t letters = 0;
    std::uint64_t seals = 0;
};

// Reads the journal as it grows and judges each promise by rules of its own: the hours walked
// minute by minute, the pauses and letters as the configuration's words say them, and what the
// world outside has seen. What does not agree throws YearFailed.
class Witness {
public:
    explicit Witness(const Outside& outside) : outside_{outside} {}

    void follow(const JournalOfYear& journal);
    // Nothing was due before now and did not happen.
    void look_at_clock(Instant now);
    // The process was dead, or could not write, until then: what was due meanwhile comes late.
    void excuse(Instant until) { excused_until_ = std::max(excused_until_, until); }
    // All callers are gone, all promises have an end.
    void judge_end() const;

    const centre::State& state() const { return state_; }
    const Sum& sum() const { return sum_; }
    const std::string& ledger_head() const { return head_; }
    // The lines of a promise in the ledger, in order.
    std::vector<std::string> history(PromiseId promise) const;

private:
    struct Owed {
        callback::Promise as_made;
        Window due;
        std::optional<PhoneNumber> number;
        std::int32_t tries = 0;
        std::optional<centre::AttemptOutcome> failed_by;  // the last try
        Instant not_before;                               // not dialled before this
        bool is_dialling = false;
        bool is_overdue = false;
        bool is_open = true;
        bool keeps_place = false;
        std::vector<std::string> lines;
    };
    struct Call {
        Instant opened_at;
        bool was_open = false;
        bool is_callback = false;
        bool has_talked = false;
        CallerIdentity caller;
        PromiseId promise;
    };

    // witness.cc
    void take(const engine::Entry& entry);
    void write_ledger(const centre::Event& event, Instant at);
    void judge(const centre::Event& event, Instant at);
    void judge(const centre::ContactOpened& opened, Instant at);
    void judge(const centre::ContactConnected& connected, Instant at);
    void judge(const centre::ContactEnded& ended, Instant at);
    void judge(const centre::LedgerSealed& sealed, Instant at);
    void judge_after_decision(Instant at);
    void judge_state() const;

    // witness_promises.cc
    void judge(const centre::PromiseMade& made, Instant at);
    void judge(const centre::PromiseJoined& joined, Instant at);
    void judge(const centre::PromisePlaced& placed, Instant at);
    void judge(const centre::PromiseNumberGiven& given, Instant at);
    void judge(const centre::AttemptStarted& started, Instant at);
    void judge(const centre::AttemptFailed& failed, Instant at);
    void judge(const centre::PromisePutBack& back, Instant at);
    void judge(const centre::PromiseOverdue& overdue, Instant at);
    void judge(const centre::PromiseKept& kept, Instant at);
    void judge(const centre::PromiseBroken& broken, Instant at);
    void judge(const centre::PromiseWithdrawn& withdrawn, Instant at);
    void judge_number(const Owed& owed, Instant at) const;
    void judge_next_try(PromiseId id, Instant earliest, Instant next_try) const;
    void close(PromiseId id);
    void expect(bool is_true, const std::string& sentence, PromiseId promise = {}) const;
    Owed& open_promise(PromiseId id);
    bool is_late(Instant due, Instant at) const;

    // witness_calendar.cc
    void judge(const centre::ConfigurationPublished& published, Instant at);
    void judge(const centre::ClosureSet& set, Instant at);
    void judge(const centre::PromiseRedated& redated, Instant at);
    void change_calendar(const calendar::Calendar& rows);
    void judge_redating(Instant at);
    std::optional<Window> due_after_change(const Owed& owed, Instant at) const;
    const PlainHours& hours_of(const QueueId& queue) const;
    const PlainHours& hours_before(const QueueId& queue) const;
    calendar::Place place_of(const QueueId& queue) const;

    template <typename Event>
    void judge(const Event&, Instant) {}

    const Outside& outside_;
    centre::State state_;
    centre::example::QueueAccount account_;
    Letters letters_;
    std::uint64_t read_ = 0;
    Sum sum_;
    Instant excused_until_;

    std::map<PromiseId, Owed> promises_;
    std::set<std::pair<Instant, PromiseId>> to_be_told_;  // open, by the end of their window
    std::map<ContactId, Call> calls_;
    std::set<std::pair<PromiseId, ContactId>> dialled_;
    std::set<PromiseId> ended_now_;  // in this decision

    centre::Configuration rules_;                        // with the calendar that the witness keeps
    std::map<std::string, calendar::Closure> closures_;  // by command
    std::vector<std::pair<calendar::Place, PlainHours>> hours_;
    std::vector<std::pair<calendar::Place, PlainHours>> hours_before_;
    bool has_new_calendar_ = false;
    std::map<PromiseId, Window> redated_;  // in this decision: what was due before

    std::string head_;
    std::uint64_t lines_ = 0;
    std::optional<std::int64_t> unsealed_day_;
};

}  // namespace amer::year
