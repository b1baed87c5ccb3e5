#include "outbox/outbox.h"

#include <algorithm>
#include <map>
#include <thread>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "base/guarded.h"
#include "base/mailbox.h"
#include "base/overloaded.h"
#include "base/reflected_name.h"

namespace amer::outbox {
namespace {

using notification::Channel;
using notification::Notification;
using Kind = Delivery::Kind;

// The core owes 100,000 at most at a time, and each of them is reported once.
constexpr std::size_t kMailbox = 400'000;

struct Reported {
    NotificationId id;
    bool is_written_down = false;
};
struct Look {};
using Order = std::variant<Notification, Reported, Look>;

bool is_wanted(const centre::NotificationPlan& plan, const Notification& row) {
    const auto& named = row.channel == Channel::text ? plan.by_text : plan.by_mail;
    const auto& known = occasions_of(row.channel);
    const auto has = [&](const std::vector<notification::Occasion>& all) {
        return std::find(all.begin(), all.end(), row.occasion) != all.end();
    };
    return has(named) && has(known);
}

}  // namespace

struct Outbox::Impl {
    Impl(Options chosen, Wording texts, Gateways ways, Time clock, Report tell)
        : options{std::move(chosen)},
          wording{std::move(texts)},
          gateways{std::move(ways)},
          time{std::move(clock)},
          report{std::move(tell)},
          schedule{options.pace, options.seed} {}

    void run();
    std::optional<std::chrono::steady_clock::time_point> wait_until(Instant now) const;
    void take(Order order);
    void take_report(const Reported& reported);
    void repeat_reports(Instant now);
    void send_next();
    Delivery attempt(const Notification& row);
    void end(const Notification& row, const Delivery& delivery);
    void postpone(const Notification& row, const Delivery& delivery);
    void tell(const centre::ReportNotification& what);
    void show();

    const Options options;
    const Wording wording;
    const Gateways gateways;
    const Time time;
    const Report report;
    // Shared with the answers to reports, which may come when the outbox has gone.
    std::shared_ptr<Mailbox<Order>> orders = std::make_shared<Mailbox<Order>>(kMailbox);
    Guarded<OutboxStatus> shown;  // asked by the control thread, rarely
    std::thread thread;

    // The thread's own.
    Schedule schedule;
    std::map<NotificationId, centre::ReportNotification> unreported;
    std::map<NotificationId, Instant> report_again;
    std::map<NotificationId, std::string> last_errors;  // of those that are owed
    OutboxStatus counts;
};

std::optional<std::chrono::steady_clock::time_point> Outbox::Impl::wait_until(Instant now) const {
    std::optional<Instant> next = schedule.next_due();
    for (const auto& [id, at] : report_again) next = std::min(at, next.value_or(at));
    if (!next) return std::nullopt;
    if (*next <= now) return std::chrono::steady_clock::time_point{};
    return time.sleep_until(*next);
}

void Outbox::Impl::run() {
    while (!orders->is_closed()) {
        const Instant now = time.now();
        repeat_reports(now);
        send_next();
        show();
        if (schedule.due(time.now())) {
            for (Order& order : orders->take_all()) take(std::move(order));
            continue;
        }
        for (Order& order : orders->wait(wait_until(time.now()))) take(std::move(order));
    }
}

void Outbox::Impl::take(Order order) {
    const Overloaded one{
        [&](const Notification& row) { schedule.owe(row); },
        [&](const Reported& reported) { take_report(reported); },
        [](const Look&) {},
    };
    std::visit(one, order);
}

void Outbox::Impl::take_report(const Reported& reported) {
    if (reported.is_written_down) {
        unreported.erase(reported.id);
    } else {
        report_again[reported.id] = time.now() + options.report_pause;
    }
}

void Outbox::Impl::repeat_reports(Instant now) {
    std::vector<NotificationId> again;
    for (const auto& [id, at] : report_again) {
        if (at <= now) again.push_back(id);
    }
    for (const NotificationId id : again) {
        report_again.erase(id);
        tell(unreported.at(id));
    }
}

void Outbox::Impl::send_next() {
    const Instant now = time.now();
    const auto row = schedule.due(now);
    if (!row) return;
    if (!is_wanted(options.plan, *row)) {
        return end(*row, {Kind::never, "the configuration does not ask for it any more"});
    }
    if (schedule.is_stale(*row, now)) {
        const auto last = last_errors.find(row->id);
        const std::string why = last == last_errors.end() ? "it could not be tried" : last->second;
        return end(*row, {Kind::never, fmt::format("not delivered in time: {}", why)});
    }
    const Delivery delivery = attempt(*row);
    if (delivery.kind == Kind::later) return postpone(*row, delivery);
    end(*row, delivery);
}

Delivery Outbox::Impl::attempt(const Notification& row) {
    const bool is_text = row.channel == Channel::text;
    Gateway* const way = is_text ? gateways.text.get() : gateways.mail.get();
    if (way == nullptr) {
        return {Kind::later, fmt::format("no gateway for {} is configured",
                                         is_text ? "short messages" : "mail")};
    }
    return way->send(wording.write(row));
}

void Outbox::Impl::end(const Notification& row, const Delivery& delivery) {
    const bool is_sent = delivery.kind == Kind::sent;
    counts.sent += is_sent ? 1 : 0;
    counts.given_up += is_sent ? 0 : 1;
    if (!is_sent) {
        counts.last_error = delivery.detail;
        counts.failed_at = time.now();
    }
    schedule.ended(row, is_sent);
    last_errors.erase(row.id);
    tell({row.id, is_sent, delivery.detail});
}

void Outbox::Impl::postpone(const Notification& row, const Delivery& delivery) {
    if (orders->is_closed()) return;  // the try was cut off because we end
    const Instant now = time.now();
    counts.last_error = delivery.detail;
    counts.failed_at = now;
    last_errors[row.id] = delivery.detail;
    schedule.failed(row, now);
    if (options.on_trouble) {
        options.on_trouble(fmt::format("notification {} ({}, {}) is tried again later: {}",
                                       row.id.value, enum_name(row.channel),
                                       enum_name(row.occasion), delivery.detail));
    }
}

void Outbox::Impl::tell(const centre::ReportNotification& what) {
    unreported[what.notification] = what;
    report(what, [box = orders, id = what.notification](bool is_written_down) {
        // Full: told again after the next start, when the core still owes it.
        static_cast<void>(box->post(Reported{id, is_written_down}));
    });
}

void Outbox::Impl::show() {
    counts.owed = schedule.size();
    counts.unreported = unreported.size();
    counts.next_try = schedule.next_due();
    counts.looks += 1;
    shown.with([&](OutboxStatus& status) { status = counts; });
}

Outbox::Outbox(Options options, Wording wording, Gateways gateways, Time time, Report report)
    : impl_{std::make_unique<Impl>(std::move(options), std::move(wording), std::move(gateways),
                                   std::move(time), std::move(report))} {}

Outbox::~Outbox() { stop(); }

void Outbox::owe(const Notification& notification) {
    const bool was_taken = impl_->orders->post(notification);
    if (was_taken || !impl_->options.on_trouble) return;
    impl_->options.on_trouble("the outbox is full: what is owed is sent after the next start");
}

void Outbox::start() {
    impl_->thread = std::thread{[this] { impl_->run(); }};
}

void Outbox::stop() {
    impl_->orders->close();
    if (impl_->gateways.text) impl_->gateways.text->stop();
    if (impl_->gateways.mail) impl_->gateways.mail->stop();
    if (impl_->thread.joinable()) impl_->thread.join();
}

void Outbox::look() { static_cast<void>(impl_->orders->post(Look{})); }

OutboxStatus Outbox::status() const {
    return impl_->shown.with([](const OutboxStatus& status) { return status; });
}

}  // namespace amer::outbox
