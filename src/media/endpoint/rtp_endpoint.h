#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "media/plane.h"
#include "media/rtp/packet.h"

namespace amer::media {

// The far end of a call: one socket and one thread that say something every 20 ms and keep what
// they hear. For rehearsal calls, test phones and tests; the centre's own legs are Plane's.
// RFC 4733 keys in both directions, PCMA or PCMU; no RTCP. All methods may be called by any thread.
class RtpEndpoint {
public:
    // What came so far. The newest ten minutes are kept.
    struct Heard {
        std::vector<std::int16_t> samples;  // audio in the order it came, gaps left out
        std::string digits;
        std::vector<RtpHeader> packets;
        std::uint64_t packet_count = 0;
    };

    // Port 0: any free even port.
    static Result<std::unique_ptr<RtpEndpoint>> open(const std::string& address,
                                                     std::uint16_t port = 0);
    ~RtpEndpoint();
    RtpEndpoint(const RtpEndpoint&) = delete;
    RtpEndpoint& operator=(const RtpEndpoint&) = delete;

    const std::string& address() const;
    std::uint16_t port() const;

    // As negotiated; nothing is sent or heard before. A new address may be set at any time.
    Result<void> set_remote(const AudioAgreement& audio);

    void say(ClipPtr clip);            // once, then nothing is sent
    void say_on_and_on(ClipPtr clip);  // until fall_silent()
    void fall_silent();                // sends no packets any more
    bool is_saying() const;            // does a say() still run?
    void press(std::string_view digits);

    Heard heard() const;
    void forget_heard();
    // Waits until what was heard satisfies `enough`, which is asked after each packet; false when
    // `longest` passes first.
    bool wait_until(const std::function<bool(const Heard&)>& enough,
                    std::chrono::milliseconds longest) const;
    bool wait_for_samples(std::size_t count, std::chrono::milliseconds longest) const;
    bool wait_for_digits(std::string_view digits, std::chrono::milliseconds longest) const;

private:
    struct Impl;
    explicit RtpEndpoint(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// An agreement as two sides that both speak `codec` and keys as payload type 101 come to.
AudioAgreement agree_on(Codec codec, const std::string& remote_address, std::uint16_t remote_port,
                        Direction direction = Direction::sendrecv);

}  // namespace amer::media
