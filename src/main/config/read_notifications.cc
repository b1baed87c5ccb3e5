#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/reflected_name.h"
#include "main/config/sections.h"

namespace amer::config {
namespace {

using notification::Channel;
using notification::Occasion;

constexpr std::int32_t kDayMs = 24 * 3'600'000;

std::vector<Occasion> occasions(TableReader& table, std::string_view key, Channel channel) {
    std::string known;
    for (const Occasion one : outbox::occasions_of(channel)) {
        known += fmt::format("{}{}", known.empty() ? "" : ", ", enum_name(one));
    }
    std::vector<Occasion> all;
    for (const std::string& word : table.texts(key, {})) {
        const auto occasion = enum_value<Occasion>(word);
        const auto& told = outbox::occasions_of(channel);
        if (occasion && std::find(told.begin(), told.end(), *occasion) != told.end()) {
            all.push_back(*occasion);
        } else {
            table.refuse(key,
                         fmt::format("'{}' has \"{}\": expected some of {}", key, word, known));
        }
    }
    return all;
}

Duration pause(TableReader& table, std::string_view key, Duration usual) {
    using std::chrono::milliseconds;
    const auto usual_ms = std::chrono::duration_cast<milliseconds>(usual).count();
    return milliseconds{table.milliseconds(key, static_cast<std::int32_t>(usual_ms))};
}

void read_plan(TableReader& table, centre::NotificationPlan& plan, outbox::Pace& pace) {
    plan.by_text = occasions(table, "by_text", Channel::text);
    plan.by_mail = occasions(table, "by_mail", Channel::mail);
    plan.mail_to = table.texts("mail_to", {});
    pace.first_pause = pause(table, "first_pause", pace.first_pause);
    pace.longest_pause = pause(table, "longest_pause", pace.longest_pause);
    pace.give_up_after = pause(table, "give_up_after", pace.give_up_after);
    if (pace.first_pause < std::chrono::seconds{1}) {
        table.refuse("first_pause", "'first_pause' is too short: expected \"1s\" or more");
    }
    if (pace.longest_pause < pace.first_pause) {
        table.refuse("longest_pause", "'longest_pause' is shorter than 'first_pause'");
    }
    if (pace.give_up_after < std::chrono::minutes{1}) {
        table.refuse("give_up_after", "'give_up_after' is too short: expected \"1m\" or more");
    }
    table.finish();
}

std::chrono::milliseconds timeout_of(TableReader& table) {
    const std::int32_t timeout = table.milliseconds("timeout", 30'000);
    if (timeout < 1'000 || timeout > kDayMs / 24) {
        table.refuse("timeout", "'timeout' is not between \"1s\" and \"1h\"");
    }
    return std::chrono::milliseconds{timeout};
}

void refuse_all(TableReader& table, const std::vector<outbox::Complaint>& complaints) {
    for (const outbox::Complaint& complaint : complaints) {
        table.refuse(complaint.key, fmt::format("'{}': {}", complaint.key, complaint.what));
    }
}

bool names_secret(const outbox::TextGatewaySettings& gateway) {
    bool is_named = outbox::names(gateway.url, "secret") || outbox::names(gateway.body, "secret");
    for (const std::string& header : gateway.headers) {
        is_named = is_named || outbox::names(header, "secret");
    }
    return is_named;
}

void read_text_gateway(TableReader& table, NotificationSettings& settings) {
    using Form = outbox::TextGatewaySettings::Form;
    outbox::TextGatewaySettings gateway;
    gateway.url = table.text("url");
    gateway.method = table.text("method", gateway.method);
    gateway.headers = table.texts("headers", {});
    gateway.body = table.text("body", "");
    gateway.form = table.choice<Form>("form", {{"json", Form::json}, {"form", Form::form}},
                                      Form::json, "json");
    gateway.sender = table.text("sender", "");
    gateway.ca_file = table.text("ca_file", "");
    gateway.allow_insecure = table.truth("allow_insecure", false);
    gateway.timeout = timeout_of(table);
    settings.text_secret = table.text("secret_file", "");
    if (!gateway.url.empty()) refuse_all(table, complaints_of(gateway));
    if (names_secret(gateway) != !settings.text_secret.empty()) {
        table.refuse("secret_file",
                     "'secret_file' and {secret} belong together: expected both or "
                     "neither");
    }
    table.finish();
    settings.text_gateway = std::move(gateway);
}

void read_mail(TableReader& table, NotificationSettings& settings) {
    using Security = outbox::MailSettings::Security;
    outbox::MailSettings mail;
    mail.server = table.text("server");
    mail.from = table.text("from");
    mail.security = table.choice<Security>(
        "security",
        {{"starttls", Security::starttls}, {"tls", Security::tls}, {"none", Security::none}},
        Security::starttls, "starttls");
    mail.user = table.text("user", "");
    mail.ca_file = table.text("ca_file", "");
    mail.allow_insecure = table.truth("allow_insecure", false);
    mail.timeout = timeout_of(table);
    settings.mail_secret = table.text("secret_file", "");
    if (!mail.server.empty() && !mail.from.empty()) refuse_all(table, complaints_of(mail));
    if (mail.user.empty() != settings.mail_secret.empty()) {
        table.refuse("user", "'user' and 'secret_file' belong together: expected both or neither");
    }
    table.finish();
    settings.mail = std::move(mail);
}

}  // namespace

void read_notifications(TableReader& file, centre::NotificationPlan& plan,
                        NotificationSettings& settings) {
    auto table = file.table("notifications", "notifications");
    if (table) read_plan(*table, plan, settings.pace);
    if (auto way = file.table("text_gateway", "text_gateway")) read_text_gateway(*way, settings);
    if (auto way = file.table("mail", "mail")) read_mail(*way, settings);
    if (!plan.by_text.empty() && !settings.text_gateway) {
        table->refuse("by_text",
                      "'by_text' names what is told by short message, and there is no "
                      "gateway to send it: expected a table [text_gateway]");
    }
    if (!plan.by_mail.empty() && !settings.mail) {
        table->refuse("by_mail",
                      "'by_mail' names what is told by mail, and there is no server to "
                      "send it: expected a table [mail]");
    }
}

}  // namespace amer::config
