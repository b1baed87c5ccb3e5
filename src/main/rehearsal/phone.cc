#include "main/rehearsal/phone.h"

#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "main/rehearsal/open_door.h"
#include "main/rehearsal/registration.h"
#include "main/secrets/passwords.h"

namespace amer::rehearsal {
namespace {

constexpr std::chrono::milliseconds kTick{20};

struct Call {
    int number = 0;
    std::unique_ptr<Conversation> conversation;
    bool is_connected = false;
    MonotonicInstant connected_at{};
};

const char* word_for(sip::EndCause cause) {
    switch (cause) {
        case sip::EndCause::bye: return "centre";
        case sip::EndCause::cancelled: return "cancelled";
        case sip::EndCause::ack_missing:
        case sip::EndCause::unreachable: break;
    }
    return "network";
}

class Phone : public QuietListener {
public:
    Phone(const PhoneOptions& options, Line& line)
        : options_{options},
          line_{line},
          transcript_{options.as_json},
          agent_{sip_options(), line, door_, *this, secrets::random_seed()} {
        if (!options_.user.empty()) {
            registration_.emplace(
                Registration::Options{options_.server, options_.user, options_.password,
                                      std::chrono::seconds{300}, options_.refresh},
                line_, transcript_, secrets::random_seed());
        }
        line_.attach(agent_, [this](const std::string& datagram) {
            return registration_ && registration_->take(datagram);
        });
    }

    int run() {
        transcript_.tell(
            0, "listening",
            {{"address", fmt::format("{}:{}", line_.local().address, line_.local().port)}});
        if (registration_) registration_->begin();
        if (options_.lifetime) line_.after(*options_.lifetime, [this] { leave(); });
        tick();
        line_.run([this] { leave(); });
        return 0;
    }

    void on_incoming(const sip::IncomingCall& incoming) override {
        Call call;
        call.number = ++taken_;
        const sip::Uri& from = incoming.invite.from.uri;
        transcript_.tell(call.number, "called",
                         {{"from", from.user}, {"name", incoming.invite.from.display_name}});
        if (options_.answer == PhoneOptions::Answer::reject) {
            return turn_away(incoming.call, call.number, 603);
        }
        if (options_.answer == PhoneOptions::Answer::busy) {
            return turn_away(incoming.call, call.number, 486);
        }
        agent_.ring(incoming.call);
        calls_.emplace(incoming.call, std::move(call));
        if (options_.answer == PhoneOptions::Answer::never) return;
        line_.after(options_.answer_after,
                    [this, id = incoming.call, offer = incoming.offer] { answer(id, offer); });
    }

    void on_confirmed(sip::CallId id, std::string_view sdp) override {
        Call* call = find(id);
        if (call == nullptr || call->is_connected || call->conversation == nullptr) return;
        if (!sdp.empty()) {
            if (const auto agreed = call->conversation->accept(sdp); !agreed) {
                transcript_.tell(call->number, "no-sound", {{"why", agreed.error().what}});
                return hang_up(id);
            }
        }
        call->is_connected = true;
        call->connected_at = sip::steady_now();
        transcript_.tell(call->number, "connected");
        call->conversation->begin();
    }

    void on_offer(sip::CallId id, std::string_view sdp) override {
        Call* call = find(id);
        if (call == nullptr || call->conversation == nullptr) return;
        if (sdp.empty()) return agent_.answer_offer(id, call->conversation->make_offer());
        const auto answer = call->conversation->answer(sdp);
        if (!answer) return agent_.refuse_offer(id, 488);
        agent_.answer_offer(id, *answer);
    }

    void on_ended(sip::CallId id, sip::EndCause cause) override { finish(id, word_for(cause)); }

private:
    static sip::UserAgentOptions sip_options() {
        sip::UserAgentOptions options;
        options.product = "Amer rehearsal phone";
        return options;
    }

    Call* find(sip::CallId id) {
        const auto found = calls_.find(id);
        return found == calls_.end() ? nullptr : &found->second;
    }

    void turn_away(sip::CallId id, int number, int status) {
        agent_.refuse(id, status);
        transcript_.tell(number, "refused", {{"status", status}});
        count_ended();
    }

    void answer(sip::CallId id, const std::string& offer) {
        Call* call = find(id);
        if (call == nullptr) return;  // the caller gave up
        Manners manners = options_.manners;
        if (call->number > 1 && !manners.keep_heard.empty()) {
            const auto& path = options_.manners.keep_heard;
            manners.keep_heard =
                path.parent_path() / fmt::format("{}-{}{}", path.stem().string(), call->number,
                                                 path.extension().string());
        }
        auto conversation =
            Conversation::open(call->number, line_.local().address, manners, transcript_);
        if (!conversation) return refuse_answer(id, *call, 500, conversation.error().what);
        call->conversation = std::move(*conversation);
        if (offer.empty()) return agent_.answer(id, call->conversation->make_offer());
        const auto sdp = call->conversation->answer(offer);
        if (!sdp) return refuse_answer(id, *call, 488, sdp.error().what);
        transcript_.tell(call->number, "answering");
        agent_.answer(id, *sdp);
    }

    void refuse_answer(sip::CallId id, const Call& call, int status, const std::string& why) {
        transcript_.tell(call.number, "refused", {{"status", status}, {"why", why}});
        agent_.refuse(id, status);
        calls_.erase(id);
        count_ended();
    }

    void tick() {
        std::vector<sip::CallId> to_end;
        for (auto& [id, call] : calls_) {
            if (!call.is_connected) continue;
            const bool script_hangs_up = call.conversation->tick();
            const bool is_over = options_.hang_up_after &&
                                 sip::steady_now() - call.connected_at > *options_.hang_up_after;
            if (script_hangs_up || is_over) to_end.push_back(id);
        }
        for (const sip::CallId id : to_end) hang_up(id);
        line_.after(kTick, [this] { tick(); });
    }

    void hang_up(sip::CallId id) {
        agent_.hang_up(id, sip::steady_now());
        finish(id, "phone");
    }

    void finish(sip::CallId id, const char* by) {
        const auto found = calls_.find(id);
        if (found == calls_.end()) return;
        Json summary{{"by", by}};
        if (found->second.conversation) summary.update(found->second.conversation->end());
        transcript_.tell(found->second.number, "ended", summary);
        calls_.erase(found);
        count_ended();
    }

    void count_ended() {
        if (++ended_ == options_.count) leave();
    }

    void leave() {
        if (std::exchange(is_leaving_, true)) return;
        std::vector<sip::CallId> living;
        for (const auto& [id, call] : calls_) living.push_back(id);
        for (const sip::CallId id : living) hang_up(id);
        const auto end = [this] {
            // A moment for the answers to our last requests.
            line_.after(std::chrono::milliseconds{100}, [this] { line_.end(); });
        };
        if (registration_) {
            registration_->end(end);
        } else {
            end();
        }
    }

    const PhoneOptions& options_;
    Line& line_;
    Transcript transcript_;
    OpenDoor door_;
    sip::UserAgent agent_;
    std::optional<Registration> registration_;
    std::map<sip::CallId, Call> calls_;
    int taken_ = 0;
    int ended_ = 0;
    bool is_leaving_ = false;
};

}  // namespace

int run_phone(const PhoneOptions& options) {
    const auto line = Line::open(options.bind);
    if (!line) {
        fmt::print(stderr, "amer: no line at {}\n", line.error().what);
        return 1;
    }
    return Phone{options, **line}.run();
}

}  // namespace amer::rehearsal
