#include "letters.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/reflected_name.h"

namespace amer::year {

namespace {

using notification::Channel;
using notification::Occasion;

bool names(const std::vector<Occasion>& occasions, Occasion occasion) {
    return std::count(occasions.begin(), occasions.end(), occasion) > 0;
}

// Mobile telephones of the country; of those abroad nobody knows.
bool can_show_text(const std::string& number) {
    return !number.starts_with("+971") || number.starts_with("+9715");
}

}  // namespace

void Letters::expect(const centre::NotificationPlan& plan, Occasion occasion, PromiseId promise,
                     const std::optional<PhoneNumber>& number) {
    if (names(plan.by_text, occasion) && number && can_show_text(number->e164())) {
        expected_.insert({occasion, Channel::text, promise, number->e164()});
    }
    if (!names(plan.by_mail, occasion)) return;
    for (const std::string& address : plan.mail_to) {
        expected_.insert({occasion, Channel::mail, promise, address});
    }
}

void Letters::take(const notification::Notification& owed) {
    owed_.insert({owed.occasion, owed.channel, owed.promise, owed.to});
    under_way_.emplace(owed.id, owed.occasion);
}

bool Letters::is_under_way(Occasion occasion) const {
    const auto is_of_it = [&](const auto& letter) { return letter.second == occasion; };
    return std::any_of(under_way_.begin(), under_way_.end(), is_of_it);
}

std::string Letters::disagreement() {
    std::string sentence;
    if (owed_ != expected_) {
        const auto tell = [&](const char* what, const std::multiset<Letter>& letters) {
            sentence += what;
            for (const auto& [occasion, channel, promise, to] : letters) {
                sentence +=
                    fmt::format(" {} to {} on promise {};", enum_name(occasion), to, promise.value);
            }
        };
        tell("to be written:", expected_);
        tell(" owed:", owed_);
    }
    expected_.clear();
    owed_.clear();
    return sentence;
}

}  // namespace amer::year
