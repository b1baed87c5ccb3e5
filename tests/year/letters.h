#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/centre/configuration.h"
#include "core/centre/event.h"

namespace amer::year {

// What is to be written to whom, by the words of the configuration, against what came to be owed.
class Letters {
public:
    // Somebody is to know it; `number` is the citizen's.
    void expect(const centre::NotificationPlan& plan, notification::Occasion occasion,
                PromiseId promise, const std::optional<PhoneNumber>& number);
    void take(const notification::Notification& owed);
    void end(NotificationId id) { under_way_.erase(id); }
    // Was somebody owed word of it, and nothing has been heard since?
    bool is_under_way(notification::Occasion occasion) const;
    // Of a decision that is over; "" when all agrees.
    std::string disagreement();

private:
    using Letter =
        std::tuple<notification::Occasion, notification::Channel, PromiseId, std::string>;

    std::multiset<Letter> expected_;
    std::multiset<Letter> owed_;
    std::map<NotificationId, notification::Occasion> under_way_;
};

}  // namespace amer::year
