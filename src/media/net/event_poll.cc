#include "media/net/event_poll.h"

#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>

#include "base/check.h"

namespace amer::media {

EventPoll::EventPoll(std::chrono::microseconds period)
    : poll_{::epoll_create1(EPOLL_CLOEXEC)},
      timer_{::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)},
      bell_{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)} {
    AMER_CHECK(poll_ >= 0 && timer_ >= 0 && bell_ >= 0);
    timespec each{};
    each.tv_sec = period.count() / 1'000'000;
    each.tv_nsec = (period.count() % 1'000'000) * 1000;
    const itimerspec times{each, each};
    AMER_CHECK(::timerfd_settime(timer_, 0, &times, nullptr) == 0);
    watch(timer_, kTimer);
    watch(bell_, kBell);
}

EventPoll::~EventPoll() {
    ::close(bell_);
    ::close(timer_);
    ::close(poll_);
}

void EventPoll::watch(int descriptor, std::uint64_t name) noexcept {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = name;
    // Refused only when descriptors or watches are used up, for which the limits of the process
    // are set; a leg that is not watched is reported by MediaLost.
    static_cast<void>(::epoll_ctl(poll_, EPOLL_CTL_ADD, descriptor, &event));
}

void EventPoll::ring() noexcept {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(bell_, &one, sizeof one));
}

std::span<const epoll_event> EventPoll::wait() noexcept {
    const int count = ::epoll_wait(poll_, events_.data(), static_cast<int>(events_.size()), -1);
    return std::span{events_}.first(static_cast<std::size_t>(std::max(count, 0)));
}

std::uint64_t EventPoll::take_timer() noexcept {
    std::uint64_t periods = 0;
    return ::read(timer_, &periods, sizeof periods) == sizeof periods ? periods : 0;
}

void EventPoll::take_bell() noexcept {
    std::uint64_t rings = 0;
    static_cast<void>(!::read(bell_, &rings, sizeof rings));
}

}  // namespace amer::media
