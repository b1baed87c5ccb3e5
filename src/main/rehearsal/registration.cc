#include "main/rehearsal/registration.h"

#include <utility>

#include <fmt/format.h>

#include "sip/authentication/respond.h"

namespace amer::rehearsal {
namespace {

constexpr Duration kFirstWait = std::chrono::milliseconds{500};
constexpr Duration kLongestWait = std::chrono::seconds{4};  // then everything begins anew
constexpr Duration kPauseAfterFailure = std::chrono::milliseconds{500};

std::string bracketed(const std::string& address) {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace

Registration::Registration(Options options, Line& line, const Transcript& transcript,
                           std::uint64_t seed)
    : options_{std::move(options)},
      line_{line},
      transcript_{transcript},
      tokens_{seed, "rehearsal registration"},
      call_id_{tokens_.hex(16)},
      tag_{tokens_.hex(8)} {}

void Registration::begin() { ask(options_.expires); }

void Registration::ask(std::chrono::seconds expires) {
    const sip::Endpoint& local = line_.local();
    request_ = sip::Message{};
    request_.method = sip::Method::register_;
    request_.method_text = "REGISTER";
    request_.request_uri.scheme = "sip";
    request_.request_uri.host = options_.server.address;
    request_.request_uri.port = options_.server.port;
    sip::Via via;
    via.transport = "UDP";
    via.host = local.address;
    via.port = local.port;
    request_.via.push_back(std::move(via));
    const auto self = sip::parse_name_address(
        fmt::format("<sip:{}@{}>", options_.user, bracketed(options_.server.address)));
    if (self) request_.from = request_.to = *self;
    request_.from.parameters.set("tag", tag_);
    request_.call_id = call_id_;
    request_.cseq_method = sip::Method::register_;
    request_.cseq_method_text = "REGISTER";
    request_.max_forwards = 70;
    const auto contact = sip::parse_name_address(
        fmt::format("<sip:{}@{}:{}>", options_.user, bracketed(local.address), local.port));
    if (contact) request_.contacts.push_back(*contact);
    request_.add_header("Expires", std::to_string(expires.count()));
    send_again(0, kFirstWait);
}

// `cseq` 0: a new request. A datagram may be lost: sent again until it is answered.
void Registration::send_again(std::uint32_t cseq, Duration wait) {
    if (cseq == 0) {
        request_.cseq = ++cseq_;
        request_.via.front().parameters.set("branch", "z9hG4bK" + tokens_.hex(8));
        cseq = cseq_;
        awaits_answer_ = true;
    }
    if (!awaits_answer_ || cseq != cseq_) return;
    if (wait > kLongestWait) return settle(false, 0);
    line_.send(line_.flow_to(options_.server), sip::serialise(request_));
    line_.after(wait, [this, cseq, wait] { send_again(cseq, wait * 2); });
}

bool Registration::take(const std::string& datagram) {
    if (!datagram.starts_with("SIP/2.0 ")) return false;
    const auto answer = sip::parse_datagram(datagram);
    if (!answer || answer->cseq_method != sip::Method::register_) return false;
    const bool is_ours = awaits_answer_ && answer->call_id == call_id_ && answer->cseq == cseq_;
    if (is_ours && answer->status >= 200) on_final(*answer);
    return true;
}

void Registration::on_final(const sip::Message& answer) {
    awaits_answer_ = false;
    if (answer.status < 300) return settle(true, answer.status);
    const bool is_challenge = answer.status == 401 || answer.status == 407;
    if (is_challenge) {
        const auto proved =
            sip::with_credentials(request_, answer, {options_.user, options_.password}, tokens_);
        if (proved) {
            request_ = *proved;
            return send_again(0, kFirstWait);
        }
    }
    settle(false, answer.status);
}

void Registration::settle(bool is_registered, int status) {
    awaits_answer_ = false;
    if (done_) return std::exchange(done_, {})();
    if (is_registered && !was_registered_) {
        transcript_.tell(0, "registered", {{"user", options_.user}});
    }
    if (!is_registered && !has_told_trouble_) {
        transcript_.tell(0, status == 0 ? "registration-unanswered" : "registration-refused",
                         {{"user", options_.user}, {"status", status}});
    }
    was_registered_ = is_registered;
    has_told_trouble_ = !is_registered;
    const Duration wait = is_registered ? Duration{options_.refresh} : kPauseAfterFailure;
    line_.after(wait, [this] {
        if (!done_) ask(options_.expires);
    });
}

void Registration::end(std::function<void()> done) {
    done_ = std::move(done);
    ask(std::chrono::seconds{0});
    line_.after(std::chrono::seconds{1}, [this] {
        if (done_) std::exchange(done_, {})();
    });
}

}  // namespace amer::rehearsal
