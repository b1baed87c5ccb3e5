#include "media/leg/media_thread.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "media/net/monotonic_clock.h"

namespace amer::media {
namespace {

constexpr std::chrono::milliseconds kTick{5};
constexpr std::uint32_t kSamplesPerTick = 40;
constexpr std::size_t kMostOrders = 16'000;
// A thread that was held up sends what it owes, up to 200 ms; beyond that it drops the time, as a
// burst of seconds would only fill the far sides' buffers.
constexpr std::uint64_t kMostTicksOwed = 40;

constexpr std::uint64_t rtp_name(std::uint32_t place) { return std::uint64_t{place} * 2; }
constexpr std::uint64_t rtcp_name(std::uint32_t place) { return std::uint64_t{place} * 2 + 1; }

template <typename Lists>
std::size_t shortest(const Lists& lists) {
    const auto by_size = [](const auto& one, const auto& other) {
        return one.size() < other.size();
    };
    return static_cast<std::size_t>(std::min_element(lists.begin(), lists.end(), by_size) -
                                    lists.begin());
}

}  // namespace

MediaThread::MediaThread(const Options& options, RecordingWriter& writer, Sink sink)
    : lost_after_{options.lost_after},
      writer_{writer},
      sink_{std::move(sink)},
      poll_{kTick},
      orders_{2 * kMostOrders, [this] { poll_.ring(); }},
      thread_{[this] { run(); }} {}

MediaThread::~MediaThread() {
    post(control::Stop{});
    thread_.join();
}

void MediaThread::post(Control order) {
    while (waiting_.load(std::memory_order_relaxed) >= kMostOrders) {
        std::this_thread::sleep_for(kTick);
    }
    waiting_.fetch_add(1, std::memory_order_relaxed);
    AMER_CHECK(orders_.post(std::move(order)));
}

void MediaThread::run() noexcept {
    ::pthread_setname_np(::pthread_self(), "amer-media");
    while (!is_stopped_) {
        const auto events = poll_.wait();
        moment_.now = monotonic_now();
        bool has_rung = false;
        bool has_ticked = false;
        for (const epoll_event& event : events) {
            if (event.data.u64 == EventPoll::kTimer) {
                has_ticked = true;
            } else if (event.data.u64 == EventPoll::kBell) {
                has_rung = true;
            } else if (event.data.u64 % 2 == 0) {
                on_rtp(static_cast<std::uint32_t>(event.data.u64 / 2));
            } else {
                places_[event.data.u64 / 2].leg->receive_report(buffer_, moment_);
            }
        }
        if (has_ticked) take_ticks(poll_.take_timer());
        // Last, so that no event of this round names a leg that an order has closed.
        if (has_rung) obey_all();
    }
}

void MediaThread::on_rtp(std::uint32_t place) noexcept {
    Leg& leg = *places_[place].leg;
    const auto heard = leg.receive(buffer_, moment_);
    if (!heard) return;
    if (heard->is_first) sink_(MediaStarted{leg.id()});
    for (const std::uint32_t hearer : places_[place].hearers) {
        const bool hears_others = places_[hearer].heard.size() > 1;
        if (!hears_others) places_[hearer].leg->relay(*heard, buffer_, moment_);
    }
    if (heard->digits.press) key_was_pressed(leg, *heard->digits.press);
    if (heard->digits.down) key_went_down(leg.id(), *heard->digits.down);
}

void MediaThread::take_ticks(std::uint64_t count) noexcept {
    if (count > kMostTicksOwed) {
        // Whole rounds of phases, so that each leg and recording misses the same.
        const std::uint64_t rounds = (count - kMostTicksOwed) / kPhases;
        ticks_ += static_cast<std::uint32_t>(rounds * kPhases);
        count -= rounds * kPhases;
        for (auto& recorders : recorders_by_phase_) {
            for (auto& recorder : recorders) recorder->miss(static_cast<std::uint32_t>(rounds));
        }
    }
    while (count-- > 0) tick();
}

void MediaThread::tick() noexcept {
    ticks_++;
    moment_.samples = ticks_ * kSamplesPerTick;
    const std::size_t phase = ticks_ % kPhases;
    for (const std::uint32_t place : legs_by_phase_[phase]) tick_leg(places_[place]);
    tick_recorders(phase);
}

void MediaThread::tick_leg(Place& place) noexcept {
    Leg& leg = *place.leg;
    const Leg::Tick result = leg.tick(moment_, lost_after_);
    tell_ended(leg, result.ended);
    if (result.press) key_was_pressed(leg, *result.press);
    if (result.is_lost) sink_(MediaLost{leg.id()});
    if (result.answerer) sink_(AnswerJudged{leg.id(), *result.answerer});
}

void MediaThread::tick_recorders(std::size_t phase) noexcept {
    bool has_ended = false;
    for (auto& recorder : recorders_by_phase_[phase]) {
        if (recorder->tick()) continue;
        recorder->end();
        has_ended = true;
    }
    if (has_ended) end_recorders([](const Recorder& recorder) { return recorder.is_over(); });
}

void MediaThread::key_went_down(LegId leg, char digit) noexcept {
    find(leg)->player().hush();
    end_recorders([&](Recorder& recorder) {
        return recorder.is_message_of(leg) && !recorder.key_down(digit);
    });
}

void MediaThread::key_was_pressed(Leg& leg, const DigitReceiver::Press& press) noexcept {
    tell_ended(leg, leg.player().cut_by_key());
    sink_(DigitReceived{leg.id(), press.digit, press.length});
}

void MediaThread::tell_ended(const Leg& leg, const std::optional<Player::Ended>& ended) noexcept {
    if (ended) sink_(PlaybackFinished{leg.id(), ended->playback, ended->was_cut});
}

template <typename IsOver>
void MediaThread::end_recorders(IsOver is_over) {
    bool has_ended = false;
    for (auto& recorders : recorders_by_phase_) {
        std::erase_if(recorders, [&](const std::unique_ptr<Recorder>& recorder) {
            if (!is_over(*recorder)) return false;
            release(*recorder);
            has_ended = true;
            return true;
        });
    }
    if (has_ended) writer_.wake();
}

void MediaThread::release(Recorder& recorder) {
    set_voices(recorder.side(Recorder::Side::left), {});
    set_voices(recorder.side(Recorder::Side::right), {});
    recorder.end();
}

void MediaThread::obey_all() noexcept {
    poll_.take_bell();
    for (Control& order : orders_.take_all()) {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        if (!is_stopped_) std::visit([this](auto& known) { obey(known); }, order);
    }
}

std::uint32_t MediaThread::place_of(LegId leg) const {
    const auto found = place_by_leg_.find(leg);
    return found == place_by_leg_.end() ? kNobody : found->second;
}

Leg* MediaThread::find(LegId leg) {
    const std::uint32_t place = place_of(leg);
    return place == kNobody ? nullptr : places_[place].leg.get();
}

void MediaThread::obey(control::Open& order) {
    if (free_places_.empty()) {
        free_places_.push_back(static_cast<std::uint32_t>(places_.size()));
        places_.emplace_back();
    }
    const std::uint32_t place = free_places_.back();
    free_places_.pop_back();
    const std::size_t phase = shortest(legs_by_phase_);
    legs_by_phase_[phase].push_back(place);
    place_by_leg_[order.leg->id()] = place;
    poll_.watch(order.leg->rtp_descriptor(), rtp_name(place));
    poll_.watch(order.leg->rtcp_descriptor(), rtcp_name(place));
    places_[place].leg = std::move(order.leg);
    places_[place].phase = phase;
}

void MediaThread::obey(control::Close& order) {
    const std::uint32_t place = place_of(order.leg);
    if (place == kNobody) return;
    part(place);
    end_recorders([&](const Recorder& recorder) { return recorder.is_message_of(order.leg); });
    for (auto& recorders : recorders_by_phase_) {
        for (auto& recorder : recorders) {
            recorder->side(Recorder::Side::left).remove(order.leg);
            recorder->side(Recorder::Side::right).remove(order.leg);
        }
    }
    places_[place].leg->say_goodbye(moment_);
    std::erase(legs_by_phase_[places_[place].phase], place);
    place_by_leg_.erase(order.leg);
    places_[place] = {};
    free_places_.push_back(place);
}

void MediaThread::obey(control::SetRemote& order) {
    if (Leg* leg = find(order.leg)) {
        leg->set_remote(order.audio, order.rtp, order.rtcp, order.latch_any_address, moment_);
    }
}

void MediaThread::obey(control::Play& order) {
    Leg* leg = find(order.leg);
    if (leg == nullptr) return;
    tell_ended(*leg, leg->player().play(order.playback, std::move(order.clips), order.cut_by_key));
}

void MediaThread::obey(control::PlayMusic& order) {
    if (Leg* leg = find(order.leg)) leg->player().play_music(std::move(order.music));
}

void MediaThread::obey(control::StopMusic& order) {
    if (Leg* leg = find(order.leg)) leg->player().stop_music();
}

void MediaThread::obey(control::StopPlaying& order) {
    if (Leg* leg = find(order.leg)) tell_ended(*leg, leg->player().stop_playing());
}

// The one way in which what a leg hears changes. A voice that stays in a mix keeps what waits of
// it.
void MediaThread::set_heard(std::uint32_t place, std::vector<std::uint32_t> heard) {
    Place& hearer = places_[place];
    if (hearer.heard == heard) return;
    for (const std::uint32_t other : hearer.heard) std::erase(places_[other].hearers, place);
    for (const std::uint32_t other : heard) places_[other].hearers.push_back(place);
    std::vector<LegId> voices;
    if (heard.size() > 1) {
        for (const std::uint32_t other : heard) voices.push_back(places_[other].leg->id());
    }
    set_voices(hearer.leg->mix(), voices);
    hearer.heard = std::move(heard);
}

void MediaThread::part(std::uint32_t place) {
    set_heard(place, {});
    const std::vector<std::uint32_t> hearers = places_[place].hearers;
    for (const std::uint32_t hearer : hearers) {
        std::vector<std::uint32_t> heard = places_[hearer].heard;
        std::erase(heard, place);
        set_heard(hearer, std::move(heard));
    }
}

void MediaThread::obey(control::Bridge& order) {
    const std::uint32_t one = place_of(order.one);
    const std::uint32_t other = place_of(order.other);
    if (one == kNobody || other == kNobody || one == other) return;
    const bool is_bridged =
        places_[one].heard == std::vector{other} && places_[other].heard == std::vector{one};
    if (is_bridged) return;
    part(one);
    part(other);
    set_heard(one, {other});
    set_heard(other, {one});
}

void MediaThread::obey(control::Unbridge& order) {
    const std::uint32_t place = place_of(order.leg);
    if (place != kNobody) part(place);
}

void MediaThread::obey(control::SetHeard& order) {
    const std::uint32_t place = place_of(order.leg);
    if (place == kNobody) return;
    std::vector<std::uint32_t> heard;
    for (const LegId leg : order.heard) {
        const std::uint32_t other = place_of(leg);
        const bool is_new = std::find(heard.begin(), heard.end(), other) == heard.end();
        if (other == kNobody || other == place || !is_new || heard.size() == Mix::kMost) continue;
        heard.push_back(other);
    }
    set_heard(place, std::move(heard));
}

void MediaThread::obey(control::SendDigit& order) {
    if (Leg* leg = find(order.leg)) leg->send_digit(order.digit);
}

void MediaThread::obey(control::JudgeAnswer& order) {
    if (Leg* leg = find(order.leg)) leg->judge_answer(std::move(order.ear));
}

void MediaThread::set_voices(Mix& mix, std::span<const LegId> legs) {
    for (const LegId before : mix.legs()) {
        if (std::find(legs.begin(), legs.end(), before) != legs.end()) continue;
        if (Leg* leg = find(before)) leg->detach(*mix.find(before));
        mix.remove(before);
    }
    for (const LegId now : legs) {
        Leg* leg = find(now);
        if (leg == nullptr || mix.has(now)) continue;
        if (Capture* voice = mix.add(now)) leg->attach(*voice);
    }
}

void MediaThread::obey(control::Record& order) {
    auto& recorders = recorders_by_phase_[shortest(recorders_by_phase_)];
    recorders.push_back(std::move(order.recorder));
    Recorder& recorder = *recorders.back();
    set_voices(recorder.side(Recorder::Side::left), {&order.left, 1});
    set_voices(recorder.side(Recorder::Side::right), order.right);
}

template <typename Use>
void MediaThread::with_recorder(RecordingId recording, Use use) {
    for (auto& recorders : recorders_by_phase_) {
        for (auto& recorder : recorders) {
            if (recorder->id() == recording && !recorder->is_message()) use(*recorder);
        }
    }
}

void MediaThread::obey(control::SetRecorded& order) {
    with_recorder(order.recording, [&](Recorder& recorder) {
        set_voices(recorder.side(Recorder::Side::left), {&order.left, 1});
        set_voices(recorder.side(Recorder::Side::right), order.right);
    });
}

void MediaThread::obey(control::PauseRecording& order) {
    with_recorder(order.recording, [&](Recorder& recorder) {
        order.is_paused ? recorder.pause() : recorder.resume();
    });
}

void MediaThread::obey(control::StopRecording& order) {
    end_recorders([&](const Recorder& recorder) { return recorder.id() == order.recording; });
}

void MediaThread::obey(control::Stop&) {
    end_recorders([](const Recorder&) { return true; });
    for (Place& place : places_) {
        if (place.leg) place.leg->say_goodbye(moment_);
        place = {};
    }
    is_stopped_ = true;
}

}  // namespace amer::media
