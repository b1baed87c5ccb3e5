#include <charconv>

#include <arpa/inet.h>

#include "main/config/table_reader.h"

// The forms of text that people write in the files: lengths of time, hours, days, addresses.
namespace amer::config {
namespace {

// Digits only, all of them; at most `digits` of them.
std::optional<std::int32_t> digits_from(std::string_view text, std::size_t digits) {
    if (text.empty() || text.size() > digits) return std::nullopt;
    std::int32_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

bool is_literal_address(const std::string& address) {
    in6_addr buffer{};
    return inet_pton(AF_INET, address.c_str(), &buffer) == 1 ||
           inet_pton(AF_INET6, address.c_str(), &buffer) == 1;
}

}  // namespace

std::optional<std::int32_t> milliseconds_from(std::string_view text) {
    const std::size_t unit_at = text.find_first_not_of("0123456789");
    if (unit_at == std::string_view::npos) return std::nullopt;
    const auto amount = digits_from(text.substr(0, unit_at), 8);
    if (!amount) return std::nullopt;
    const std::string_view unit = text.substr(unit_at);
    std::int64_t each = 0;
    if (unit == "ms") each = 1;
    if (unit == "s") each = 1'000;
    if (unit == "m") each = 60'000;
    if (unit == "h") each = 3'600'000;
    const std::int64_t all = each * *amount;
    if (each == 0 || all > 24 * 3'600'000) return std::nullopt;
    return static_cast<std::int32_t>(all);
}

std::optional<std::int32_t> minute_from(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = digits_from(text.substr(0, 2), 2);
    const auto minute = digits_from(text.substr(3), 2);
    if (!hour || !minute || *minute > 59) return std::nullopt;
    const std::int32_t all = *hour * 60 + *minute;
    if (all > 24 * 60) return std::nullopt;
    return all;
}

std::optional<calendar::OpenSpan> span_from(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto from = minute_from(text.substr(0, dash));
    const auto until = minute_from(text.substr(dash + 1));
    if (!from || !until || *from >= *until) return std::nullopt;
    return calendar::OpenSpan{*from, *until};
}

std::optional<calendar::LocalDay> day_from(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits_from(text.substr(0, 4), 4);
    const auto month = digits_from(text.substr(5, 2), 2);
    const auto day = digits_from(text.substr(8, 2), 2);
    if (!year || !month || !day) return std::nullopt;
    const calendar::LocalDay local{std::chrono::year{*year},
                                   std::chrono::month{static_cast<unsigned>(*month)},
                                   std::chrono::day{static_cast<unsigned>(*day)}};
    if (!local.ok()) return std::nullopt;
    return local;
}

std::optional<sip::Endpoint> endpoint_from(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
        address = address.substr(1, address.size() - 2);
    } else if (address.find(':') != std::string_view::npos) {
        return std::nullopt;  // IPv6 without brackets: which colon is the port's?
    }
    const auto port = digits_from(text.substr(colon + 1), 5);
    if (!port || *port == 0 || *port > 65'535) return std::nullopt;
    sip::Endpoint endpoint{std::string{address}, static_cast<std::uint16_t>(*port)};
    if (!is_literal_address(endpoint.address)) return std::nullopt;
    return endpoint;
}

std::optional<std::int32_t> offset_minutes_from(std::string_view text) {
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto minutes = minute_from(text.substr(1));
    if (!minutes || *minutes > 14 * 60) return std::nullopt;
    return text[0] == '-' ? -*minutes : *minutes;
}

}  // namespace amer::config
