#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/instant.h"
#include "base/result.h"
#include "sip/transport/steady_now.h"
#include "sip/user_agent.h"

namespace amer::rehearsal {

// A telephone line for rehearsals: one UDP socket, timers and the loop that serves both; everything
// happens on the thread that runs it. The centre's own wire is sip/transport.
class Line : public sip::Sender {
public:
    // Port 0: any free one.
    static Result<std::unique_ptr<Line>> open(const sip::Endpoint& at);
    ~Line() override;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    // Datagrams go to `first`, and when it returns false to the agent. Both must outlive run().
    void attach(sip::UserAgent& agent, std::function<bool(const std::string& bytes)> first = {});
    void at(MonotonicInstant when, std::function<void()> work);
    void after(Duration wait, std::function<void()> work) {
        at(sip::steady_now() + wait, std::move(work));
    }
    // Serves until end() is called, or SIGINT or SIGTERM came and `on_signal` has run; a second
    // signal ends the loop at once.
    void run(const std::function<void()>& on_signal);
    void end() { is_ended_ = true; }

    const sip::Endpoint& local() const { return local_; }
    sip::Flow flow_to(const sip::Endpoint& remote) const;

    void send(const sip::Flow& flow, std::string_view bytes) override;
    sip::Endpoint advertised(const sip::Flow& flow) const override;

private:
    Line(int socket, sip::Endpoint local);
    void receive();
    void run_timers();
    int milliseconds_to_wait() const;

    int socket_;
    sip::Endpoint local_;
    sip::UserAgent* agent_ = nullptr;
    std::function<bool(const std::string&)> first_;
    std::multimap<MonotonicInstant, std::function<void()>> timers_;
    bool is_ended_ = false;
};

}  // namespace amer::rehearsal
