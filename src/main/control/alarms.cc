#include "main/control/alarms.h"

#include "base/overloaded.h"

namespace amer::control {

void Alarms::take(const std::vector<engine::Entry>& entries) {
    for (const engine::Entry& entry : entries) {
        const auto raise = [&](const std::string& kind, ContactId contact, PromiseId promise) {
            kinds_.with([&](Kinds& kinds) {
                Kind& one = kinds[kind];
                if (one.times == 0) one.first = entry.at;
                one.times += 1;
                one.last = entry.at;
                one.contact = contact;
                one.promise = promise;
            });
        };
        const Overloaded hear{
            [&](const centre::AlarmRaised& event) { raise(event.what, event.contact, {}); },
            [&](const centre::PromiseOverdue& event) {
                raise("promise_overdue", {}, event.promise);
            },
            [&](const centre::PromiseBroken& event) { raise("promise_broken", {}, event.promise); },
            [&](const centre::NotificationGivenUp&) { raise("notification_given_up", {}, {}); },
            [](const auto&) {},  // said elsewhere
        };
        std::visit(hear, entry.event);
    }
}

}  // namespace amer::control
