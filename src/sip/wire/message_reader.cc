#include "sip/wire/message_reader.h"

#include <utility>

#include "sip/wire/grammar.h"

namespace amer::sip {
namespace {

constexpr std::uint64_t kCseqEnd = 1ULL << 31U;  // RFC 3261 section 8.1.1.5

bool is_version(std::string_view text) {
    if (text.size() < 7 || !equals_ignoring_case(text.substr(0, 4), "SIP/")) return false;
    const std::size_t dot = text.find('.');
    return dot != std::string_view::npos && read_number(text.substr(4, dot - 4), 1'000'000) &&
           read_number(text.substr(dot + 1), 1'000'000);
}

}  // namespace

std::optional<std::uint64_t> read_number(std::string_view text, std::uint64_t limit) {
    if (text.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
        if (value >= limit) return std::nullopt;
    }
    return value;
}

void MessageReader::fault(int status, std::string reason) {
    if (!fault_) fault_ = Malformed{status, std::move(reason), std::nullopt};
}

bool MessageReader::count_element() {
    if (elements_ < limits_.headers) {
        elements_++;
        return true;
    }
    fault(400, "Too Many Headers");
    return false;
}

// A message that does not even begin like SIP is not worth reading on.
bool MessageReader::read_start_line(std::string_view line) {
    if (equals_ignoring_case(line.substr(0, 4), "SIP/")) return read_status_line(line);
    if (line.size() > limits_.start_line_bytes) fault(414, "Request-URI Too Long");
    const std::string_view trimmed = trim(line);
    const std::size_t first = trimmed.find(' ');
    const std::size_t last = trimmed.rfind(' ');
    if (first == std::string_view::npos || first == last) return false;
    const std::string_view method = trimmed.substr(0, first);
    const std::string_view version = trimmed.substr(last + 1);
    if (!is_token(method) || !is_version(version)) return false;
    message_.method = method_from(method);
    message_.method_text = std::string{method};
    is_version_2_ = version.substr(4) == "2.0";
    if (!is_version_2_) fault(505, "Version Not Supported");

    const std::string_view target = trimmed.substr(first + 1, last - first - 1);
    if (trimmed.size() != line.size() || trim(target).size() != target.size()) {
        fault(400, "Extra White Space In Request Line");
    }
    if (fault_) return true;
    auto uri = parse_uri(target);
    // Headers behind '?' make no sense in a request line (RFC 3261 section 19.1.1, table 1).
    if (!uri || !uri->headers.empty()) {
        fault(400, "Bad Request-URI");
        return true;
    }
    message_.request_uri = std::move(*uri);
    return true;
}

bool MessageReader::read_status_line(std::string_view line) {
    message_.is_request = false;
    if (line.size() > limits_.start_line_bytes || line.substr(4, 4) != "2.0 ") return false;
    const auto status = read_number(line.substr(8, 3), 700);
    if (!status || *status < 100 || !all_of(line.substr(8, 3), kToken)) return false;
    const std::string_view reason = line.substr(11);
    for (const char c : reason) {
        if (is_of(c, kControl)) return false;
    }
    if (!reason.empty() && reason[0] != ' ') return false;
    message_.status = static_cast<int>(*status);
    message_.reason = std::string{trim(reason)};
    return true;
}

void MessageReader::read_via_list(std::string_view value) {
    Cursor cursor{value};
    do {
        if (!count_element()) return;
        Via via;
        const bool is_good = read_via(cursor, via, is_version_2_);
        if (!via.host.empty()) message_.via.push_back(std::move(via));
        if (!is_good) return fault(400, "Bad Via");
    } while (cursor.take(','));
}

void MessageReader::read_addresses(std::string_view value, std::vector<NameAddress>& into,
                                   std::string_view reason) {
    Cursor cursor{value};
    do {
        if (!count_element()) return;
        auto address = read_name_address(cursor);
        if (!address) return fault(400, std::string{reason});
        into.push_back(std::move(*address));
    } while (cursor.take(','));
}

void MessageReader::read_contact(std::string_view value) {
    const bool is_star = value == "*";
    if (message_.contact_is_star || (is_star && !message_.contacts.empty())) {
        return fault(400, "Bad Contact");
    }
    if (is_star) {
        message_.contact_is_star = true;
        return;
    }
    read_addresses(value, message_.contacts, "Bad Contact");
}

void MessageReader::read_party(std::string_view value, NameAddress& into, bool& is_read,
                               std::string_view reason) {
    auto address = parse_name_address(value);
    if (address) {
        into = std::move(*address);
        is_read = true;
        return;
    }
    fault(400, std::string{reason});
    auto salvaged = salvage_name_address(value);
    if (!salvaged) return;
    into = std::move(*salvaged);
    is_read = true;
}

// A number out of range is answered with the largest one: the 400 finds its way by the branch.
void MessageReader::read_cseq(std::string_view value) {
    const std::size_t end = value.find_first_of(" \t");
    if (end == std::string_view::npos) return fault(400, "Bad CSeq");
    const std::string_view digits = value.substr(0, end);
    const std::string_view method = trim(value.substr(end));
    if (!is_token(method)) return fault(400, "Bad CSeq");
    message_.cseq_method = method_from(method);
    message_.cseq_method_text = std::string{method};
    has_cseq_ = true;
    const auto number = read_number(digits, kCseqEnd);
    if (!number) fault(400, "Bad CSeq");
    message_.cseq = number ? static_cast<std::uint32_t>(*number) : 0xffff'ffffU;
}

void MessageReader::read_single(const HeaderLine& line) {
    switch (line.known->known) {
        case KnownHeader::from: return read_party(line.value, message_.from, has_from_, "Bad From");
        case KnownHeader::to: return read_party(line.value, message_.to, has_to_, "Bad To");
        case KnownHeader::cseq: return read_cseq(line.value);
        case KnownHeader::call_id:
            if (line.value.empty() || !all_of(line.value, kVisible)) {
                return fault(400, "Bad Call-ID");
            }
            message_.call_id = std::string{line.value};
            return;
        case KnownHeader::max_forwards: {
            const auto hops = read_number(line.value, 256);
            if (!hops) return fault(400, "Bad Max-Forwards");
            message_.max_forwards = static_cast<std::uint8_t>(*hops);
            return;
        }
        case KnownHeader::content_length:
            content_length_ = read_number(line.value, 1ULL << 32U);
            if (!content_length_) fault(400, "Bad Content-Length");
            return;
        case KnownHeader::content_type: message_.content_type = std::string{line.value}; return;
        default:
            message_.headers.push_back(
                Header{std::string{line.known->canonical}, std::string{line.value}});
    }
}

void MessageReader::read_line(const HeaderLine& line) {
    if (line.value.size() > limits_.header_bytes) return fault(400, "Header Too Long");
    const KnownHeader known = line.known ? line.known->known : KnownHeader::other;
    switch (known) {
        case KnownHeader::via: return read_via_list(line.value);
        case KnownHeader::contact: return read_contact(line.value);
        case KnownHeader::route: return read_addresses(line.value, message_.route, "Bad Route");
        case KnownHeader::record_route:
            return read_addresses(line.value, message_.record_route, "Bad Record-Route");
        default: break;
    }
    if (!count_element()) return;
    if (!line.known || !line.known->is_single) {
        const std::string_view name = line.known ? line.known->canonical : line.name;
        message_.headers.push_back(Header{std::string{name}, std::string{line.value}});
        return;
    }
    const std::size_t row = row_of(*line.known);
    if (seen_[row]) return fault(400, "Duplicate " + std::string{line.known->canonical});
    seen_[row] = true;
    read_single(line);
}

void MessageReader::check_mandatory() {
    if (message_.via.empty()) fault(400, "Missing Via");
    if (!has_from_) fault(400, "Missing From");
    if (!has_to_) fault(400, "Missing To");
    if (message_.call_id.empty()) fault(400, "Missing Call-ID");
    if (!has_cseq_) fault(400, "Missing CSeq");
    if (message_.is_request && message_.cseq_method_text != message_.method_text) {
        fault(400, "CSeq Method Mismatch");
    }
}

void MessageReader::read_body(std::string_view rest) {
    if (framing_ == Framing::stream && !content_length_) fault(400, "Missing Content-Length");
    const std::uint64_t length = content_length_.value_or(rest.size());
    if (length > limits_.body_bytes) return fault(413, "Request Entity Too Large");
    if (length > rest.size()) return fault(400, "Body Shorter Than Content-Length");
    if (!fault_) message_.body = std::string{rest.substr(0, length)};
}

// An ACK is never answered (RFC 3261 section 17), nor is a response.
Malformed MessageReader::malformed() {
    Malformed result = std::move(*fault_);
    const bool is_answerable = message_.is_request && message_.method != Method::ack &&
                               !message_.via.empty() && has_from_ && has_to_ && has_cseq_ &&
                               !message_.call_id.empty();
    if (is_answerable) result.answer = std::move(message_);
    return result;
}

Parsed<Message> MessageReader::read(std::string_view head, std::string_view rest) {
    HeadReader lines{head};
    if (!read_start_line(lines.start_line())) {
        return tl::unexpected{Malformed{400, "Not SIP", std::nullopt}};
    }
    HeaderLine line;
    while (elements_ < limits_.headers || !fault_) {
        const HeadReader::Step step = lines.next(line);
        if (step == HeadReader::Step::end) break;
        if (step == HeadReader::Step::line) {
            read_line(line);
        } else {
            fault(400, "Bad Header Line");
            if (!count_element()) break;
        }
    }
    check_mandatory();
    read_body(rest);
    if (fault_) return tl::unexpected{malformed()};
    return std::move(message_);
}

Parsed<Message> parse_datagram(std::string_view bytes, const Limits& limits) {
    if (bytes.size() > limits.message_bytes) {
        return tl::unexpected{Malformed{513, "Message Too Large", std::nullopt}};
    }
    const std::size_t start = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
    bytes.remove_prefix(start);
    // The end of the datagram ends the headers too when the empty line is missing.
    const std::size_t body = std::min(find_body(bytes), bytes.size());
    MessageReader reader{limits, Framing::datagram};
    return reader.read(bytes.substr(0, body), bytes.substr(body));
}

}  // namespace amer::sip
