#include "media/net/latch.h"

namespace amer::media {

void Latch::expect(const Address& negotiated, bool any_host, MonotonicInstant now) noexcept {
    if (negotiated == negotiated_) return;
    negotiated_ = negotiated;
    remote_ = negotiated;
    any_host_ = any_host;
    has_moved_ = false;
    open_until_ = now + kWindow;
}

bool Latch::admits(const Address& source, MonotonicInstant now) const noexcept {
    if (source == remote_) return true;
    if (now >= open_until_) return false;
    if (source == negotiated_) return true;
    return !has_moved_ && (any_host_ || source.is_same_host(negotiated_));
}

void Latch::lock(const Address& source, MonotonicInstant now) noexcept {
    if (source == negotiated_) {
        remote_ = negotiated_;
        has_moved_ = false;
        open_until_ = MonotonicInstant{};
        return;
    }
    if (source == remote_ || now >= open_until_) return;
    remote_ = source;
    has_moved_ = true;
}

}  // namespace amer::media
