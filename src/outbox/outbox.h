#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "core/centre/command.h"
#include "core/centre/configuration.h"
#include "outbox/gateway.h"
#include "outbox/schedule.h"
#include "outbox/wording.h"

namespace amer::outbox {

// The centre's time. Who waits for an instant sleeps until `sleep_until` of it; nothing: the time
// is moved by hand, and look() is called then. Any thread.
struct Time {
    std::function<Instant()> now;
    std::function<std::optional<std::chrono::steady_clock::time_point>(Instant)> sleep_until;
};

// Tells the core what became of a notification. `answered` is called once, from any thread, with
// whether it is written down now; if not, the outbox says it again.
using Report = std::function<void(const centre::ReportNotification& what,
                                  std::function<void(bool is_written_down)> answered)>;

struct Options {
    centre::NotificationPlan plan;  // what is not named there is not sent
    Pace pace;
    std::uint64_t seed = 0;
    Duration report_pause = std::chrono::seconds{1};  // before one that failed is said again
    // Told in English of every try that failed, without secrets; the outbox's thread, be quick.
    std::function<void(const std::string&)> on_trouble = {};
};

// The ways out; nothing: none is set.
struct Gateways {
    std::unique_ptr<Gateway> text;
    std::unique_ptr<Gateway> mail;
};

struct OutboxStatus {
    std::size_t owed = 0;        // not yet sent, nor given up
    std::uint64_t sent = 0;      // since it began
    std::uint64_t given_up = 0;  // likewise
    std::size_t unreported = 0;  // ended, and the core does not know yet
    std::string last_error;      // "" when all went well so far
    std::optional<Instant> failed_at;
    std::optional<Instant> next_try;  // nothing: nothing is owed
    std::uint64_t looks = 0;          // times it has looked what there is to do
};

// Sends what the core owes to people outside, on a thread of its own, and reports each end. What is
// owed lies in the core's state, so nothing is kept here: a process that dies sends again what it
// had not reported, under the same id.
class Outbox {
public:
    Outbox(Options options, Wording wording, Gateways gateways, Time time, Report report);
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    // Any thread; each id once, in the order of the ids. What was owed before start() is sent then.
    void owe(const notification::Notification& notification);
    void start();
    // Ends the thread, and a try that is under way.
    void stop();
    // The time has moved by hand.
    void look();
    OutboxStatus status() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace amer::outbox
