#include <algorithm>
#include <utility>

#include "sip/wire/message_reader.h"

namespace amer::sip {
namespace {

// The body's length as the header states it; nothing when it is missing, stated twice or senseless.
std::optional<std::uint64_t> read_content_length(std::string_view head) {
    HeadReader lines{head};
    HeaderLine line;
    std::optional<std::uint64_t> length;
    for (auto step = lines.next(line); step != HeadReader::Step::end; step = lines.next(line)) {
        if (step == HeadReader::Step::broken_line || !line.known) continue;
        if (line.known->known != KnownHeader::content_length) continue;
        if (length) return std::nullopt;
        length = read_number(line.value, 1ULL << 32U);
        if (!length) return std::nullopt;
    }
    return length;
}

Parsed<Message> too_large() {
    return tl::unexpected{Malformed{513, "Message Too Large", std::nullopt}};
}

}  // namespace

void StreamParser::feed(std::string_view bytes) {
    if (is_broken_) return;
    if (buffer_.size() - start_ > limits_.message_bytes) {
        is_broken_ = true;
        buffer_ = {};
        return;
    }
    if (start_ > 0) {
        buffer_.erase(0, start_);
        start_ = 0;
    }
    buffer_.append(bytes);
}

// Between messages there may be any number of CRLFs; each pair is a ping.
void StreamParser::skip_blank_lines() {
    while (start_ < buffer_.size() && (buffer_[start_] == '\r' || buffer_[start_] == '\n')) {
        if (buffer_[start_] == '\n') blank_lines_++;
        start_++;
        if (blank_lines_ < 2) continue;
        blank_lines_ = 0;
        pings_++;
    }
}

std::optional<Parsed<Message>> StreamParser::next() {
    if (is_broken_) return std::nullopt;
    if (scanned_ == 0 && message_bytes_ == 0) skip_blank_lines();
    const std::string_view bytes = std::string_view{buffer_}.substr(start_);
    if (bytes.empty()) return std::nullopt;
    blank_lines_ = 0;
    if (message_bytes_ == 0) {
        const std::size_t body = find_body(bytes, scanned_);
        if (body == std::string_view::npos) {
            // An empty line is at most three octets long, and may be half here.
            scanned_ = std::max<std::size_t>(bytes.size(), 3) - 3;
            if (bytes.size() <= limits_.message_bytes) return std::nullopt;
            return give_up(too_large());
        }
        head_bytes_ = body;
        if (body > limits_.message_bytes) return give_up(too_large());
        const auto length = read_content_length(bytes.substr(0, body));
        if (!length || *length > limits_.body_bytes) {
            MessageReader reader{limits_, Framing::stream};
            return give_up(reader.read(bytes.substr(0, body), {}));
        }
        if (body + *length > limits_.message_bytes) return give_up(too_large());
        message_bytes_ = body + static_cast<std::size_t>(*length);
    }
    if (bytes.size() < message_bytes_) return std::nullopt;

    MessageReader reader{limits_, Framing::stream};
    auto message = reader.read(bytes.substr(0, head_bytes_),
                               bytes.substr(head_bytes_, message_bytes_ - head_bytes_));
    start_ += message_bytes_;
    scanned_ = head_bytes_ = message_bytes_ = 0;
    return message;
}

// Nobody can tell where the next message begins: nothing more is read from this stream.
Parsed<Message> StreamParser::give_up(Parsed<Message> last) {
    is_broken_ = true;
    buffer_ = {};
    start_ = 0;
    return last;
}

std::size_t StreamParser::take_pings() {
    if (scanned_ == 0 && message_bytes_ == 0 && !is_broken_) skip_blank_lines();
    return std::exchange(pings_, 0);
}

}  // namespace amer::sip
