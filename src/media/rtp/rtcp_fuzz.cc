#include "base/check.h"
#include "media/rtp/rtcp.h"

using namespace amer::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto report = parse_rtcp({bytes, size});
    if (!report) return 0;
    AMER_CHECK(report->block_count <= report->blocks.size());
    AMER_CHECK(report->block_count * 24 <= size);
    // What was understood can be said again and is understood the same.
    OutgoingReport again;
    again.ssrc = report->ssrc;
    again.sender = report->sender;
    if (report->block_count > 0) again.block = report->blocks[0];
    again.says_goodbye = report->says_goodbye;
    std::array<std::uint8_t, kLargestReport> datagram;
    const auto read = parse_rtcp(std::span{datagram}.first(write_rtcp(again, datagram)));
    AMER_CHECK(read && read->ssrc == report->ssrc);
    AMER_CHECK(read->block_count == 0 ||
               read->blocks[0].heard.lost == report->blocks[0].heard.lost);
    return 0;
}
