#pragma once

#include <memory>
#include <vector>

#include "core/centre/configuration.h"
#include "engine/clock.h"
#include "engine/engine.h"
#include "main/config/settings.h"
#include "outbox/outbox.h"

namespace amer::notifications {

// Joins the outbox to the engine: what becomes owed goes in, what became of it comes back as a
// command. Made and ended on the main thread; before the engine's start() and stop().
class Sending {
public:
    // Fails when a secret cannot be read.
    static Result<std::unique_ptr<Sending>> make(const config::NotificationSettings& settings,
                                                 const centre::NotificationPlan& plan,
                                                 engine::Engine& engine, engine::Clock& clock);

    // Sends what was owed before, in the order of the ids, and from now on what becomes owed.
    void start();
    void stop() { outbox_.stop(); }
    void look() { outbox_.look(); }  // the clock was moved by hand
    outbox::OutboxStatus status() const { return outbox_.status(); }

private:
    Sending(outbox::Options options, outbox::Wording wording, outbox::Gateways gateways,
            engine::Engine& engine, engine::Clock& clock);
    void take(const std::vector<engine::Entry>& entries);

    engine::Engine* engine_;
    outbox::Outbox outbox_;
};

}  // namespace amer::notifications
