#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "media/plane.h"
#include "media/record/capture.h"

namespace amer::media {

// The sum of some voices, 20 ms at a time: what a leg that hears several hears, and what is on one
// side of a recording. Voices come and go by orders; only then is memory taken.
class Mix {
public:
    static constexpr std::size_t kFrame = Capture::kFrame;
    static constexpr std::size_t kMost = 7;

    explicit Mix(CaptureDepth depth) noexcept : depth_{depth} {}

    bool is_empty() const noexcept { return voices_.empty(); }
    bool has(LegId leg) const noexcept { return find(leg) != nullptr; }
    std::vector<LegId> legs() const;

    // Where the leg's packets go; nullptr when the mix is full. A voice that is in it stays as it
    // is, with what waits of it; its place in memory is the same until it is removed.
    Capture* add(LegId leg);
    Capture* find(LegId leg) const noexcept;
    void remove(LegId leg);

    // False, and silence, until the first of the voices has begun.
    bool pull(std::span<std::int16_t, kFrame> frame) noexcept;
    void mute_waiting() noexcept;

private:
    struct Voice {
        LegId leg;
        std::unique_ptr<Capture> capture;
    };

    CaptureDepth depth_;
    std::vector<Voice> voices_;
    bool has_begun_ = false;
};

}  // namespace amer::media
