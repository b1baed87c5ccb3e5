#include "measure/queue_book.h"

namespace amer::measure {

namespace {

using centre::ContactEnd;
using centre::QueueExit;

// The one of F's reasons, or nothing: answered, abandoned and failed are none.
std::int64_t* flow_out_of(FlowOuts& outs, QueueExit how) {
    switch (how) {
        case QueueExit::timeout: return &outs.timeout;
        case QueueExit::key: return &outs.key;
        case QueueExit::closing: return &outs.closing;
        case QueueExit::no_agent: return &outs.no_agent;
        case QueueExit::callback: return &outs.callback;
        case QueueExit::transfer: return &outs.transfer;
        case QueueExit::elsewhere: return &outs.elsewhere;
        case QueueExit::answered:
        case QueueExit::abandoned:
        case QueueExit::answered_elsewhere:  // of a further queue: not counted there
        case QueueExit::failed: break;
    }
    return nullptr;
}

void count_exit(Cohort& cohort, QueueExit how, Duration wait, const Limits& limits) {
    Counts& counts = cohort.counts;
    counts.waiting -= 1;
    const bool is_in_target = wait <= limits.target;
    if (how == QueueExit::answered) {
        counts.answered += 1;
        if (is_in_target) counts.answered_in_target += 1;
        cohort.answered_waits_us += wait.count();
    } else if (how == QueueExit::abandoned) {
        counts.abandoned += 1;
        if (is_in_target) counts.abandoned_in_target += 1;
        if (wait <= limits.short_abandon) counts.abandoned_short += 1;
    } else if (std::int64_t* reason = flow_out_of(cohort.flow_outs, how)) {
        counts.flowed_out += 1;
        *reason += 1;
    } else {
        counts.failed += 1;  // how long he waited nobody knows: the process was gone
        return;
    }
    add(cohort.longest_wait, Longest{wait.count()});
}

void count_exit(Load& load, QueueExit how) {
    switch (how) {
        case QueueExit::answered: load.answered += 1; break;
        case QueueExit::abandoned: load.abandoned += 1; break;
        case QueueExit::failed: load.failed += 1; break;
        default: load.flowed_out += 1; break;
    }
}

QueueExit exit_before(ContactEnd how) {
    if (how == ContactEnd::abandoned) return QueueExit::abandoned;
    if (how == ContactEnd::broken_by_crash) return QueueExit::failed;
    return QueueExit::closing;
}

std::int64_t& end_of(Arrivals& arrivals, ContactEnd how) {
    switch (how) {
        case ContactEnd::abandoned: return arrivals.abandoned;
        case ContactEnd::left_in_flow: return arrivals.left_in_flow;
        case ContactEnd::flow_ended: return arrivals.flow_ended;
        case ContactEnd::promised: return arrivals.promised;
        case ContactEnd::broken_by_crash: return arrivals.broken_by_crash;
        case ContactEnd::completed:
        case ContactEnd::not_reached:
        case ContactEnd::agent_left: break;  // the last two: call backs only
    }
    return arrivals.completed;
}

}  // namespace

void QueueBook::on(const centre::ContactOpened& event, Instant at) {
    Contact& contact = contacts_[event.contact];
    contact.is_callback = event.kind == centre::ContactKind::callback;
    contact.opened = ledger_.half_hour_of(at).day;
    if (contact.is_callback) return;
    Arrivals& arrivals = ledger_.arrivals(contact.opened);
    arrivals.opened += 1;
    arrivals.alive += 1;
}

QueueBook::Wait QueueBook::enter(const Contact& contact, const QueueId& queue, Instant at) {
    const Wait wait{Account{queue, contact.is_callback}, ledger_.half_hour_of(at), at};
    Figures& figures = ledger_.figures(wait.arrived, wait.account);
    figures.cohort.entered += 1;
    figures.cohort.returned += contact.was_answered ? 1 : 0;
    figures.cohort.counts.waiting += 1;
    figures.load.entered += 1;
    return wait;
}

void QueueBook::leave(std::optional<Wait>& wait, QueueExit how, Instant at) {
    if (!wait) return;
    count_exit(ledger_.figures(wait->arrived, wait->account).cohort, how, at - wait->since,
               limits_);
    count_exit(ledger_.figures(ledger_.half_hour_of(at), wait->account).load, how);
    wait.reset();
}

void QueueBook::leave_both(Contact& contact, QueueExit how, Instant at) {
    leave(contact.in_queue, how, at);
    leave(contact.in_all, how, at);
    if (how == QueueExit::answered) contact.was_answered = true;
}

void QueueBook::on(const centre::ContactQueued& event, Instant at) {
    Contact& contact = contacts_[event.contact];
    leave(contact.in_queue, QueueExit::transfer, at);
    contact.in_queue = enter(contact, event.queue, at);
    if (!contact.in_all) contact.in_all = enter(contact, QueueId{}, at);
}

void QueueBook::on(const centre::ContactAlsoQueued& event, Instant at) {
    Contact& contact = contacts_[event.contact];
    const HalfHour now = ledger_.half_hour_of(at);
    if (!contact.also.emplace(event.queue, now).second) return;
    AlsoStood& also = ledger_.figures(now, Account{event.queue, contact.is_callback}).cohort.also;
    also.entered += 1;
    also.waiting += 1;
}

// False: it is the first of its queues.
bool QueueBook::leave_also(Contact& contact, const centre::QueueLeft& event) {
    const auto found = contact.also.find(event.queue);
    if (found == contact.also.end()) return false;
    const Account account{event.queue, contact.is_callback};
    AlsoStood& also = ledger_.figures(found->second, account).cohort.also;
    also.waiting -= 1;
    (event.how == QueueExit::answered_elsewhere ? also.answered : also.left) += 1;
    contact.also.erase(found);
    return true;
}

void QueueBook::on(const centre::QueueLeft& event, Instant at) {
    const auto found = contacts_.find(event.contact);
    if (found == contacts_.end() || leave_also(found->second, event)) return;
    if (event.how == QueueExit::transfer) {
        leave(found->second.in_queue, event.how, at);
    } else {
        leave_both(found->second, event.how, at);
    }
}

void QueueBook::follow(ContactId id, QueueExit how, Instant at) {
    const auto found = contacts_.find(id);
    if (found != contacts_.end()) leave_both(found->second, how, at);
}

void QueueBook::on(const centre::StepEntered& event, Instant at) {
    follow(event.contact, QueueExit::timeout, at);
}

void QueueBook::on(const centre::OfferAccepted& event, Instant at) {
    follow(event.contact, QueueExit::answered, at);
}

void QueueBook::on(const centre::ContactEnded& event, Instant at) {
    const auto found = contacts_.find(event.contact);
    if (found == contacts_.end()) return;
    Contact& contact = found->second;
    leave_both(contact, exit_before(event.how), at);
    if (!contact.is_callback) {
        Arrivals& arrivals = ledger_.arrivals(contact.opened);
        arrivals.alive -= 1;
        end_of(arrivals, event.how) += 1;
    }
    contacts_.erase(found);
}

bool QueueBook::is_callback(ContactId contact) const {
    const auto found = contacts_.find(contact);
    return found != contacts_.end() && found->second.is_callback;
}

}  // namespace amer::measure
