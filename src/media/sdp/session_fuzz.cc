#include "base/check.h"
#include "media/sdp/session.h"

namespace {

using namespace amer::media;

LocalAudio centre() {
    LocalAudio local;
    local.address = "192.0.2.1";
    local.port = 20000;
    local.session_id = 1;
    return local;
}

}  // namespace

// Strangers' session descriptions: whatever is understood must be written and read back the same,
// and whatever is answered must be an answer that a parser understands, section for section.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    const auto session = parse_session(text);
    if (session) {
        const std::string written = serialise(*session);
        // Writing may lengthen a text that was at its limit.
        if (written.size() <= 32 * 1024) {
            const auto read_back = parse_session(written);
            AMER_CHECK(read_back && *read_back == *session);
        }
    }

    LocalAudio local = centre();
    const auto first = answer_offer(local, text);
    if (first) {
        AMER_CHECK(session.has_value());
        const auto answer = parse_session(first->answer);
        AMER_CHECK(answer && answer->media.size() == session->media.size());
        const auto again = answer_offer(local, text);
        AMER_CHECK(again && again->answer == first->answer);
        AMER_CHECK(parse_session(make_offer(local)).has_value());
    }

    LocalAudio offerer = centre();
    make_offer(offerer);
    const auto accepted = accept_answer(offerer, text);
    AMER_CHECK(!accepted || accepted->remote_port != 0);
    return 0;
}
