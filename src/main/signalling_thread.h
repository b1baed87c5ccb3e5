#pragma once

#include <functional>
#include <memory>

#include "base/instant.h"

namespace boost::asio {
class io_context;
}

namespace amer {

// The thread that runs the wire and everything that decides about it (house rule: sip 1). It runs
// from start() to stop(); stop() is called by its owner's thread before what it works on goes.
class SignallingThread {
public:
    SignallingThread();
    ~SignallingThread();
    SignallingThread(const SignallingThread&) = delete;
    SignallingThread& operator=(const SignallingThread&) = delete;

    boost::asio::io_context& context();

    void start();
    void stop();
    // Runs work on the thread after a while; may be called on the thread only.
    void after(Duration pause, std::function<void()> work);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace amer
