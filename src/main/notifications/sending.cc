#include "main/notifications/sending.h"

#include <utility>
#include <variant>

#include <spdlog/spdlog.h>

#include "main/secrets/passwords.h"
#include "main/secrets/secret_file.h"

namespace amer::notifications {
namespace {

Result<outbox::Gateways> gateways_of(const config::NotificationSettings& settings) {
    outbox::Gateways gateways;
    if (settings.text_gateway) {
        outbox::TextGatewaySettings gateway = *settings.text_gateway;
        if (!settings.text_secret.empty()) {
            auto secret = secrets::read_secret(settings.text_secret);
            if (!secret) return tl::unexpected<Error>{secret.error()};
            gateway.secret = std::move(*secret);
        }
        gateways.text = std::make_unique<outbox::TextGateway>(std::move(gateway));
    }
    if (settings.mail) {
        outbox::MailSettings mail = *settings.mail;
        if (!settings.mail_secret.empty()) {
            auto secret = secrets::read_secret(settings.mail_secret);
            if (!secret) return tl::unexpected<Error>{secret.error()};
            mail.secret = std::move(*secret);
        }
        gateways.mail = std::make_unique<outbox::MailGateway>(std::move(mail));
    }
    return gateways;
}

}  // namespace

Result<std::unique_ptr<Sending>> Sending::make(const config::NotificationSettings& settings,
                                               const centre::NotificationPlan& plan,
                                               engine::Engine& engine, engine::Clock& clock) {
    auto gateways = gateways_of(settings);
    if (!gateways) return tl::unexpected<Error>{gateways.error()};
    if (!settings.wording) return failure("there are no texts for what people are told");
    outbox::Options options;
    options.plan = plan;
    options.pace = settings.pace;
    options.seed = secrets::random_seed();
    options.on_trouble = [](const std::string& trouble) { spdlog::warn("{}", trouble); };
    return std::unique_ptr<Sending>{
        new Sending{std::move(options), *settings.wording, std::move(*gateways), engine, clock}};
}

Sending::Sending(outbox::Options options, outbox::Wording wording, outbox::Gateways gateways,
                 engine::Engine& engine, engine::Clock& clock)
    : engine_{&engine},
      outbox_{std::move(options), std::move(wording), std::move(gateways),
              outbox::Time{[&clock] { return clock.now(); },
                           [&clock](Instant until) { return clock.sleep_until(until); }},
              [&engine](const centre::ReportNotification& what,
                        const std::function<void(bool)>& answered) {
                  const bool was_taken =
                      engine.submit(what, [answered](const engine::Outcome& outcome) {
                          answered(outcome.kind != engine::Outcome::Kind::failed);
                      });
                  if (!was_taken) answered(false);
              }} {
    engine.subscribe([this](const std::vector<engine::Entry>& entries) { take(entries); });
}

void Sending::start() {
    engine_->inspect([this](const centre::State& state) {
        for (const auto& [id, notification] : state.notifications) outbox_.owe(notification);
    });
    outbox_.start();
}

void Sending::take(const std::vector<engine::Entry>& entries) {
    for (const engine::Entry& entry : entries) {
        if (const auto* owed = std::get_if<centre::NotificationOwed>(&entry.event)) {
            outbox_.owe(owed->notification);
        } else if (const auto* end = std::get_if<centre::NotificationGivenUp>(&entry.event)) {
            spdlog::error("ALARM: notification {} was given up: {}", end->notification.value,
                          end->why);
        }
    }
}

}  // namespace amer::notifications
