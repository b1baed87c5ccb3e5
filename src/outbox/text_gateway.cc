#include "outbox/text_gateway.h"

#include <algorithm>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "outbox/transfer.h"
#include "outbox/url.h"

namespace amer::outbox {
namespace {

using Kind = Delivery::Kind;

bool is_header_named(const std::string& line, std::string_view name) {
    if (line.size() <= name.size() || line[name.size()] != ':') return false;
    return std::equal(name.begin(), name.end(), line.begin(), [](char wanted, char letter) {
        return wanted == (letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    });
}

Values values_of(const TextGatewaySettings& settings, const Message& message) {
    return {{"to", message.to},
            {"to_digits", message.to.starts_with('+') ? message.to.substr(1) : message.to},
            {"text", message.body},
            {"sender", settings.sender},
            {"id", message.id},
            {"secret", settings.secret}};
}

std::vector<std::string> headers_of(const TextGatewaySettings& settings, const Values& values) {
    std::vector<std::string> lines{"Expect:"};  // the whole request at once
    bool has_type = false;
    for (const std::string& header : settings.headers) {
        lines.push_back(filled(header, values, Escape::header));
        has_type = has_type || is_header_named(header, "content-type");
    }
    const bool is_json = settings.form == TextGatewaySettings::Form::json;
    if (!has_type && !settings.body.empty()) {
        lines.emplace_back(is_json ? "Content-Type: application/json; charset=utf-8"
                                   : "Content-Type: application/x-www-form-urlencoded");
    }
    return lines;
}

// Which answers are about this message, for good, and which about this hour: a timeout, a too early
// or too often (408, 425, 429), a login that somebody will put right (401, 407), a fault over
// there.
Kind kind_of(long code) {
    if (code >= 200 && code < 300) return Kind::sent;
    constexpr long kPassing[] = {401, 407, 408, 425, 429};
    const bool is_refusal = code >= 400 && code < 500;
    const bool passes =
        std::find(std::begin(kPassing), std::end(kPassing), code) != std::end(kPassing);
    return is_refusal && !passes ? Kind::never : Kind::later;
}

}  // namespace

std::vector<Complaint> complaints_of(const TextGatewaySettings& settings) {
    std::vector<Complaint> all;
    if (auto what = complaint_of_url(settings.url, settings.allow_insecure)) {
        all.push_back({"url", std::move(*what)});
    }
    if (settings.method != "POST" && settings.method != "PUT" && settings.method != "GET") {
        all.push_back({"method", "expected POST, PUT or GET"});
    }
    const std::string everywhere = settings.url + settings.body;
    for (const char* const name : {"to", "text"}) {
        const bool is_named = names(everywhere, name) ||
                              (std::string_view{name} == "to" && names(everywhere, "to_digits"));
        if (!is_named) all.push_back({"body", fmt::format("expected {{{}}} in it", name)});
    }
    for (const std::string& header : settings.headers) {
        const std::size_t colon = header.find(':');
        const bool is_line = colon != std::string::npos && colon > 0 &&
                             header.find_first_of("\r\n") == std::string::npos;
        if (!is_line) {
            all.push_back({"headers", R"(expected lines such as "Idempotency-Key: {id}")"});
        }
    }
    return all;
}

Delivery TextGateway::send(const Message& message) {
    const Values values = values_of(settings_, message);
    const bool is_json = settings_.form == TextGatewaySettings::Form::json;
    const std::string url = filled(settings_.url, values, Escape::form);
    const std::string body = filled(settings_.body, values, is_json ? Escape::json : Escape::form);
    Transfer transfer{
        {.protocols = "http,https", .ca_file = settings_.ca_file, .timeout = settings_.timeout},
        stopping_};
    curl_easy_setopt(transfer.handle(), CURLOPT_CUSTOMREQUEST, settings_.method.c_str());
    curl_easy_setopt(transfer.handle(), CURLOPT_HTTPHEADER,
                     transfer.list_of(headers_of(settings_, values)));
    if (settings_.method != "GET") {
        curl_easy_setopt(transfer.handle(), CURLOPT_POSTFIELDS, body.c_str());
        curl_easy_setopt(transfer.handle(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    }
    const Transfer::Answer answer = transfer.run(url);
    // It has taken the message with the first line of its answer; what follows is conversation.
    if (!answer.has_come && kind_of(answer.code) != Kind::sent) {
        return {Kind::later, one_line(answer.trouble, settings_.secret)};
    }
    const std::string said = fmt::format("HTTP {} {}", answer.code, answer.body);
    return {kind_of(answer.code), one_line(said, settings_.secret)};
}

}  // namespace amer::outbox
