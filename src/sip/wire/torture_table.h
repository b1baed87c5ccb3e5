#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace amer::sip {

// What the parser alone makes of a message of RFC 4475 or RFC 5118.
enum class TortureVerdict : std::uint8_t {
    accept,  // a Message
    answer,  // malformed; `status` goes back
    drop,    // malformed; nothing can or may go back
};

struct TortureCase {
    std::string_view name;  // the RFC's, which is the file's
    TortureVerdict verdict = TortureVerdict::accept;
    int status = 0;             // of an answer
    int user_agent_status = 0;  // what the user agent answers an accepted request; 0: as any other
    std::string_view user_agent;  // what it must see to, when that is more than an ordinary message
};

// The torture messages, for the parser's tests and for the user agent's. Kept beside the parser
// because both must agree on who judges what.
// clang-format off
inline constexpr std::array kTortureCases = std::to_array<TortureCase>({
    // RFC 4475 section 3.1.1, valid messages
    {"wsinv", TortureVerdict::accept, 0, 0, ""},
    {"intmeth", TortureVerdict::accept, 0, 501, "an unknown method"},
    {"esc01", TortureVerdict::accept, 0, 0, ""},
    {"escnull", TortureVerdict::accept, 0, 0, "binds two contacts whose user parts are NULs"},
    {"esc02", TortureVerdict::accept, 0, 501, "RE%47IST%45R is not REGISTER"},
    {"lwsdisp", TortureVerdict::accept, 0, 0, ""},
    {"longreq", TortureVerdict::accept, 0, 0, ""},
    {"dblreq", TortureVerdict::accept, 0, 0, "the INVITE behind the REGISTER does not exist"},
    {"semiuri", TortureVerdict::accept, 0, 0, "the user is \"user;par=u@example.net\""},
    {"transports", TortureVerdict::accept, 0, 0, ""},
    {"mpart01", TortureVerdict::accept, 0, 0, ""},
    {"unreason", TortureVerdict::accept, 0, 0, ""},
    {"noreason", TortureVerdict::accept, 0, 0, ""},
    // RFC 4475 section 3.1.2, invalid messages
    {"badinv01", TortureVerdict::answer, 400, 0, ""},
    {"clerr", TortureVerdict::answer, 400, 0, ""},
    {"ncl", TortureVerdict::answer, 400, 0, ""},
    {"scalar02", TortureVerdict::answer, 400, 0, ""},
    {"scalarlg", TortureVerdict::drop, 0, 0, ""},
    {"quotbal", TortureVerdict::answer, 400, 0, ""},
    {"ltgtruri", TortureVerdict::answer, 400, 0, ""},
    {"lwsruri", TortureVerdict::answer, 400, 0, ""},
    {"lwsstart", TortureVerdict::answer, 400, 0, ""},
    {"trws", TortureVerdict::answer, 400, 0, ""},
    {"escruri", TortureVerdict::answer, 400, 0, ""},
    {"baddate", TortureVerdict::accept, 0, 0, "Date is not used, so a wrong zone is no reason to refuse"},
    {"regbadct", TortureVerdict::answer, 400, 0, ""},
    {"badaspec", TortureVerdict::accept, 0, 0, ""},
    {"baddn", TortureVerdict::answer, 400, 0, ""},
    {"badvers", TortureVerdict::answer, 505, 0, ""},
    {"mismatch01", TortureVerdict::answer, 400, 0, ""},
    {"mismatch02", TortureVerdict::answer, 400, 0, ""},
    {"bigcode", TortureVerdict::drop, 0, 0, ""},
    // RFC 4475 section 3.2, transaction layer
    {"badbranch", TortureVerdict::accept, 0, 0, "a bare magic cookie names no transaction: match as RFC 2543 did"},
    // RFC 4475 section 3.3, application layer
    {"insuf", TortureVerdict::drop, 0, 0, ""},
    {"unkscm", TortureVerdict::accept, 0, 416, "an unknown scheme in the request URI"},
    {"novelsc", TortureVerdict::accept, 0, 416, "a known scheme that is not SIP's"},
    {"unksm2", TortureVerdict::accept, 0, 400, "an address of record that is no SIP URI"},
    {"bext01", TortureVerdict::accept, 0, 420, "Unsupported lists both required extensions"},
    {"invut", TortureVerdict::accept, 0, 415, "Accept lists what we take"},
    {"regaut01", TortureVerdict::accept, 0, 401, "credentials of an unknown scheme are none"},
    {"multi01", TortureVerdict::answer, 400, 0, ""},
    {"mcl01", TortureVerdict::answer, 400, 0, ""},
    {"bcast", TortureVerdict::accept, 0, 0, "a response with a second Via is not for us: dropped"},
    {"zeromf", TortureVerdict::accept, 0, 483, ""},
    {"cparam01", TortureVerdict::accept, 0, 0, "the parameter is the header's, not the URI's"},
    {"cparam02", TortureVerdict::accept, 0, 0, "the parameter is the URI's, not the header's"},
    {"regescrt", TortureVerdict::accept, 0, 0, "the binding keeps the escaped Route; nothing is sent there"},
    {"sdp01", TortureVerdict::accept, 0, 406, "the caller accepts no SDP in answers"},
    // RFC 4475 section 3.4, backward compatibility
    {"inv2543", TortureVerdict::accept, 0, 0, "no branch, no tag, no Max-Forwards, no Contact"},
    // RFC 5118
    {"ipv6-good", TortureVerdict::accept, 0, 0, ""},
    {"ipv6-bad", TortureVerdict::answer, 400, 0, ""},
    {"port-ambiguous", TortureVerdict::accept, 0, 0, "5070 is part of the address, not a port"},
    {"port-unambiguous", TortureVerdict::accept, 0, 0, ""},
    {"via-received-param-with-delim", TortureVerdict::accept, 0, 0, ""},
    {"via-received-param-no-delim", TortureVerdict::accept, 0, 0, ""},
    {"ipv6-in-sdp", TortureVerdict::accept, 0, 0, ""},
    {"mult-ip-in-header", TortureVerdict::accept, 0, 0, ""},
    {"mult-ip-in-sdp", TortureVerdict::accept, 0, 0, ""},
    {"ipv4-mapped-ipv6", TortureVerdict::accept, 0, 0, ""},
    {"ipv6-bug-abnf-3-colons", TortureVerdict::accept, 0, 0, ""},
    {"ipv6-correct-abnf-2-colons", TortureVerdict::accept, 0, 0, ""},
});
// clang-format on

}  // namespace amer::sip
