#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sip/wire/head.h"
#include "sip/wire/message.h"

namespace amer::sip {

// Digits only, below `limit`; nothing otherwise.
std::optional<std::uint64_t> read_number(std::string_view text, std::uint64_t limit);

enum class Framing : std::uint8_t { datagram, stream };

// Turns the bytes of one message into a Message, or into what was wrong with it. The first fault is
// the one told; reading goes on behind it to find what a 400 must carry.
class MessageReader {
public:
    MessageReader(const Limits& limits, Framing framing) : limits_{limits}, framing_{framing} {}

    // `rest` begins with the body. Call once.
    Parsed<Message> read(std::string_view head, std::string_view rest);

private:
    bool read_start_line(std::string_view line);
    bool read_status_line(std::string_view line);
    void read_line(const HeaderLine& line);
    void read_single(const HeaderLine& line);
    void read_via_list(std::string_view value);
    void read_addresses(std::string_view value, std::vector<NameAddress>& into,
                        std::string_view fault);
    void read_contact(std::string_view value);
    void read_party(std::string_view value, NameAddress& into, bool& is_read,
                    std::string_view fault);
    void read_cseq(std::string_view value);
    void read_body(std::string_view rest);
    void check_mandatory();
    bool count_element();
    void fault(int status, std::string reason);
    Malformed malformed();

    Limits limits_;
    Framing framing_;
    Message message_;
    std::optional<Malformed> fault_;
    std::bitset<kHeaderNameCount> seen_;
    std::optional<std::uint64_t> content_length_;
    std::size_t elements_ = 0;
    bool has_from_ = false;
    bool has_to_ = false;
    bool has_cseq_ = false;
    bool is_version_2_ = true;
};

}  // namespace amer::sip
