#include "outbox/mail_gateway.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "core/notification/address.h"
#include "outbox/mail_form.h"
#include "outbox/transfer.h"
#include "outbox/url.h"

namespace amer::outbox {
namespace {

using Kind = Delivery::Kind;
using Security = MailSettings::Security;

unsigned usual_port(Security security) {
    if (security == Security::tls) return 465;
    return security == Security::starttls ? 587 : 25;
}

std::string url_of(const MailSettings& settings) {
    const HostAndPort server = host_and_port(settings.server).value_or(HostAndPort{});
    const bool is_ipv6 = server.host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}", settings.security == Security::tls ? "smtps" : "smtp",
                       is_ipv6 ? "[" : "", server.host, is_ipv6 ? "]" : "",
                       server.port != 0 ? server.port : usual_port(settings.security));
}

std::size_t read_mail(char* room, std::size_t size, std::size_t count, void* source) {
    auto& rest = *static_cast<std::string_view*>(source);
    const std::size_t length = std::min(size * count, rest.size());
    std::memcpy(room, rest.data(), length);
    rest.remove_prefix(length);
    return length;
}

Delivery delivery_of(const Transfer::Answer& answer, const std::string& secret) {
    if (answer.has_come) {
        return {Kind::sent, one_line(fmt::format("SMTP {}", answer.code), secret)};
    }
    // A login somebody will put right (RFC 4954: 530, 535) says nothing about this mail.
    const bool is_about_us = answer.is_login_refused || answer.code == 530 || answer.code == 535;
    const bool is_refusal = answer.code >= 500 && answer.code < 600 && !is_about_us;
    const std::string said =
        answer.code == 0 ? answer.trouble : fmt::format("SMTP {} {}", answer.code, answer.trouble);
    return {is_refusal ? Kind::never : Kind::later, one_line(said, secret)};
}

}  // namespace

std::vector<Complaint> complaints_of(const MailSettings& settings) {
    std::vector<Complaint> all;
    const auto server = host_and_port(settings.server);
    if (!server) {
        all.push_back(
            {"server", R"(expected a name such as "mail.example" or "mail.example:587")"});
    }
    if (!notification::is_address(settings.from)) {
        all.push_back({"from", R"(expected an address such as "amer@ministry.example")"});
    }
    const bool is_open = settings.security == Security::none;
    if (server && is_open && !is_loopback(server->host) && !settings.allow_insecure) {
        all.push_back({"security",
                       "mails would leave this machine unencrypted: expected \"starttls\" or "
                       "\"tls\", or allow_insecure = true"});
    }
    return all;
}

Delivery MailGateway::send(const Message& message) {
    Transfer transfer{
        {.protocols = "smtp,smtps", .ca_file = settings_.ca_file, .timeout = settings_.timeout},
        stopping_};
    CURL* const handle = transfer.handle();
    const std::string mail = mail_of(message, settings_.from);
    std::string_view rest{mail};
    const std::string from = fmt::format("<{}>", settings_.from);
    const bool is_starttls = settings_.security == Security::starttls;
    curl_easy_setopt(handle, CURLOPT_USE_SSL,
                     static_cast<long>(is_starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!settings_.user.empty()) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, settings_.user.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, settings_.secret.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT,
                     transfer.list_of({fmt::format("<{}>", message.to)}));
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &read_mail);
    curl_easy_setopt(handle, CURLOPT_READDATA, &rest);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    return delivery_of(transfer.run(url_of(settings_)), settings_.secret);
}

}  // namespace amer::outbox
