#include "main/signalling_thread.h"

#include <pthread.h>

#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace amer {

struct SignallingThread::Impl {
    boost::asio::io_context context{1};
    std::thread thread;
};

SignallingThread::SignallingThread() : impl_{std::make_unique<Impl>()} {}

SignallingThread::~SignallingThread() { stop(); }

boost::asio::io_context& SignallingThread::context() { return impl_->context; }

void SignallingThread::start() {
    impl_->thread = std::thread{[this] {
        pthread_setname_np(pthread_self(), "signalling");
        const auto stay = boost::asio::make_work_guard(impl_->context);
        impl_->context.run();
    }};
}

void SignallingThread::stop() {
    if (!impl_->thread.joinable()) return;
    impl_->context.stop();
    impl_->thread.join();
}

void SignallingThread::after(Duration pause, std::function<void()> work) {
    auto timer = std::make_shared<boost::asio::steady_timer>(impl_->context, pause);
    timer->async_wait([timer, work = std::move(work)](const boost::system::error_code& trouble) {
        if (!trouble) work();
    });
}

}  // namespace amer
