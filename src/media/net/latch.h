#pragma once

#include "base/instant.h"
#include "media/net/address.h"

namespace amer::media {

// Whose packets a leg hears and where it sends (the rules stand at Plane::set_remote). A packet
// exactly from the negotiated source settles the matter; another source may be taken for it only
// inside the window, and loses its place to the negotiated one inside the window, so that a
// stranger who is quicker by a packet does not keep the call.
class Latch {
public:
    static constexpr std::chrono::seconds kWindow{2};

    // Opens a new window when the negotiated address differs from the one in force.
    void expect(const Address& negotiated, bool any_host, MonotonicInstant now) noexcept;

    bool admits(const Address& source, MonotonicInstant now) const noexcept;
    // To be told of each admitted packet that proved to be well-formed media.
    void lock(const Address& source, MonotonicInstant now) noexcept;

    // Where to send; unreachable before the first expect().
    const Address& remote() const noexcept { return remote_; }
    // Is what we send to another source than negotiated?
    bool has_moved() const noexcept { return has_moved_; }

private:
    Address negotiated_;
    Address remote_;
    MonotonicInstant open_until_{};
    bool any_host_ = false;
    bool has_moved_ = false;
};

}  // namespace amer::media
