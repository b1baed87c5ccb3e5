#include "core/callback/numbers.h"
#include "core/centre/rules.h"

// Who outside is told what, in writing; whether it reached him is the gateway's word.
namespace amer::centre {

namespace {

using notification::Channel;
using notification::Notification;
using notification::Occasion;

// More would be owed than anybody will read: the way out has been broken for days.
constexpr std::size_t kMostOwed = 100'000;

bool is_named(const std::vector<Occasion>& occasions, Occasion occasion) {
    return std::find(occasions.begin(), occasions.end(), occasion) != occasions.end();
}

// The day is left out where a moon seen early or late would make it untrue, and where the calendar
// has no opening that could be named.
void tell_day(const World& world, const callback::Promise& promise, Notification& row) {
    const calendar::Calendar& calendar = world.calendar_of(promise.queue);
    const calendar::LocalTime from = calendar::local_time(calendar, promise.due.from);
    const calendar::LocalTime last =
        calendar::local_time(calendar, promise.due.until - Duration{1});
    row.from_minute = from.minute;
    row.until_minute = last.minute + 1;
    if (!calendar::is_open(calendar, promise.due.from)) return;
    if (calendar::rests_on_prediction(calendar, world.now(), promise.due)) return;
    row.day = calendar::text_of(from.day);
}

void owe(Deciding& deciding, Notification row, Channel channel, const std::string& to) {
    row.id = deciding.new_notification();
    row.channel = channel;
    row.to = to;
    deciding.add(NotificationOwed{row});
}

// What holds for the whole centre is owed once until somebody has it, however many promises have
// met it.
bool is_owed_already(Deciding& deciding, Occasion occasion) {
    const auto is_of_it = [&](const auto& entry) { return entry.second.occasion == occasion; };
    const auto& owed = deciding.world().base().notifications;
    return deciding.has_owed(occasion) || std::any_of(owed.begin(), owed.end(), is_of_it);
}

}  // namespace

void notify_of_centre(Deciding& deciding, Occasion occasion) {
    if (!is_owed_already(deciding, occasion)) notify(deciding, occasion, PromiseId{});
}

void notify(Deciding& deciding, Occasion occasion, PromiseId id) {
    const World& world = deciding.world();
    const NotificationPlan plan = world.configuration().notifications;
    const bool is_wanted = is_named(plan.by_text, occasion) || is_named(plan.by_mail, occasion);
    if (!is_wanted || world.base().notifications.size() >= kMostOwed) return;
    Notification row;
    row.occasion = occasion;
    row.promise = id;
    row.owed_at = deciding.now();
    std::optional<PhoneNumber> number;
    if (const callback::Promise* promise = world.find(id)) {
        row.language = promise->language;
        row.reference = promise->reference;
        number = promise->number;
        if (number) row.number = number->e164();
        tell_day(world, *promise, row);
    }
    const std::string& country = world.configuration().country;
    const bool can_read = number && callback::may_be_written_to(*number, country);
    if (is_named(plan.by_text, occasion) && can_read) {
        owe(deciding, row, Channel::text, row.number);
    }
    if (!is_named(plan.by_mail, occasion)) return;
    for (const std::string& address : plan.mail_to) owe(deciding, row, Channel::mail, address);
}

void decide_notification_reported(Deciding& deciding, const ReportNotification& command) {
    if (!deciding.world().base().notifications.contains(command.notification)) return;
    if (command.is_sent) {
        deciding.add(NotificationSent{command.notification, command.detail});
    } else {
        deciding.add(NotificationGivenUp{command.notification, command.detail});
    }
}

}  // namespace amer::centre
