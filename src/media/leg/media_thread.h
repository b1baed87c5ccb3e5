#pragma once

#include <array>
#include <atomic>
#include <limits>
#include <memory>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/mailbox.h"
#include "media/leg/control.h"
#include "media/net/event_poll.h"

namespace amer::media {

// One thread that owns its legs, their bridges and their recordings: it sleeps in epoll, relays a
// packet as soon as it comes, and paces everything else by a tick of 5 ms. Legs are spread over
// four phases of 20 ms, so that a thousand of them do not send in one burst.
class MediaThread {
public:
    MediaThread(const Options& options, RecordingWriter& writer, Sink sink);
    ~MediaThread();  // closes its legs and ends its recordings
    MediaThread(const MediaThread&) = delete;
    MediaThread& operator=(const MediaThread&) = delete;

    // Any thread. Waits when the media thread is 16 000 orders behind: none may be lost.
    void post(Control order);

private:
    static constexpr std::size_t kPhases = 4;
    static constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

    struct Place {
        std::unique_ptr<Leg> leg;  // none: the place is free
        std::size_t phase = 0;
        // Whom the leg hears: one is relayed to it, several are mixed for it.
        std::vector<std::uint32_t> heard;
        std::vector<std::uint32_t> hearers;  // the same, seen from whom they hear
    };

    void run() noexcept;
    void on_rtp(std::uint32_t place) noexcept;
    void take_ticks(std::uint64_t count) noexcept;
    void tick() noexcept;
    void tick_leg(Place& place) noexcept;
    void tick_recorders(std::size_t phase) noexcept;

    void key_went_down(LegId leg, char digit) noexcept;
    void key_was_pressed(Leg& leg, const DigitReceiver::Press& press) noexcept;
    void tell_ended(const Leg& leg, const std::optional<Player::Ended>& ended) noexcept;

    void obey_all() noexcept;
    void obey(control::Open& order);
    void obey(control::Close& order);
    void obey(control::SetRemote& order);
    void obey(control::Play& order);
    void obey(control::PlayMusic& order);
    void obey(control::StopMusic& order);
    void obey(control::StopPlaying& order);
    void obey(control::Bridge& order);
    void obey(control::Unbridge& order);
    void obey(control::SetHeard& order);
    void obey(control::SendDigit& order);
    void obey(control::JudgeAnswer& order);
    void obey(control::Record& order);
    void obey(control::SetRecorded& order);
    void obey(control::PauseRecording& order);
    void obey(control::StopRecording& order);
    void obey(control::Stop& order);

    std::uint32_t place_of(LegId leg) const;
    Leg* find(LegId leg);
    void set_heard(std::uint32_t place, std::vector<std::uint32_t> heard);
    // The leg hears nobody and nobody hears it.
    void part(std::uint32_t place);
    void set_voices(Mix& mix, std::span<const LegId> legs);
    void release(Recorder& recorder);
    template <typename Use>
    void with_recorder(RecordingId recording, Use use);
    // Ends every recorder that `is_over` says, told once each.
    template <typename IsOver>
    void end_recorders(IsOver is_over);

    const std::chrono::milliseconds lost_after_;
    RecordingWriter& writer_;
    const Sink sink_;
    EventPoll poll_;
    std::atomic<std::size_t> waiting_{0};  // orders posted and not yet taken
    Mailbox<Control> orders_;

    Moment moment_;
    std::uint32_t ticks_ = 0;
    bool is_stopped_ = false;
    std::vector<Place> places_;
    std::vector<std::uint32_t> free_places_;
    std::unordered_map<LegId, std::uint32_t> place_by_leg_;
    std::array<std::vector<std::uint32_t>, kPhases> legs_by_phase_;
    std::array<std::vector<std::unique_ptr<Recorder>>, kPhases> recorders_by_phase_;
    // One datagram and a byte, so that a longer one is known by its size.
    std::array<std::uint8_t, kLargestDatagram + 1> buffer_{};
    std::thread thread_;
};

}  // namespace amer::media
