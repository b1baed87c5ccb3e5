#include "main/rehearsal/caller.h"

#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "main/rehearsal/open_door.h"
#include "main/secrets/passwords.h"

namespace amer::rehearsal {
namespace {

constexpr std::chrono::milliseconds kTick{20};

struct Call {
    int number = 0;
    std::unique_ptr<Conversation> conversation;
    bool is_answered = false;
    bool is_ended = false;
    MonotonicInstant begun_at{};
    MonotonicInstant answered_at{};
};

// "+971501234567" and 2 make "+971501234569"; what is no number stays.
std::string number_after(const std::string& first, int index) {
    const std::size_t digits_at = first.find_first_not_of('+');
    if (index == 0 || digits_at == std::string::npos || first.size() - digits_at > 18 ||
        first.find_first_not_of("0123456789", digits_at) != std::string::npos) {
        return first;
    }
    const std::string digits = first.substr(digits_at);
    const std::uint64_t next = std::stoull(digits) + static_cast<std::uint64_t>(index);
    return first.substr(0, digits_at) + fmt::format("{:0{}}", next, digits.size());
}

class Caller : public QuietListener {
public:
    Caller(const CallerOptions& options, Line& line)
        : options_{options},
          line_{line},
          transcript_{options.as_json},
          agent_{sip_options(), line, door_, *this, secrets::random_seed()} {
        line_.attach(agent_);
    }

    int run() {
        begin_calls();
        tick();
        line_.run([this] { hang_up_all(); });
        const int failed = options_.count - answered_;
        if (options_.count > 1) {
            transcript_.tell(0, "summary", {{"calls", begun_}, {"answered", answered_}});
        }
        return failed == 0 ? 0 : 1;
    }

    void on_ringing(sip::CallId id, int status, std::string_view) override {
        if (Call* call = find(id)) tell(*call, "ringing", {{"status", status}});
    }

    void on_answered(sip::CallId id, std::string_view sdp) override {
        Call* call = find(id);
        if (call == nullptr) return;
        if (const auto agreed = call->conversation->accept(sdp); !agreed) {
            tell(*call, "no-sound", {{"why", agreed.error().what}});
            return hang_up(id, *call);
        }
        call->is_answered = true;
        call->answered_at = sip::steady_now();
        ++answered_;
        tell(*call, "connected");
        call->conversation->begin();
    }

    void on_refused(sip::CallId id, int status, std::string_view reason) override {
        Call* call = find(id);
        if (call == nullptr) return;
        tell(*call, "refused", {{"status", status}, {"reason", std::string{reason}}});
        call->is_ended = true;
    }

    void on_offer(sip::CallId id, std::string_view sdp) override {
        Call* call = find(id);
        if (call == nullptr) return;
        if (sdp.empty()) return agent_.answer_offer(id, call->conversation->make_offer());
        const auto answer = call->conversation->answer(sdp);
        if (!answer) return agent_.refuse_offer(id, 488);
        agent_.answer_offer(id, *answer);
    }

    void on_ended(sip::CallId id, sip::EndCause cause) override {
        Call* call = find(id);
        if (call == nullptr || call->is_ended) return;
        finish(*call, cause == sip::EndCause::bye ? "centre" : "network");
    }

private:
    static sip::UserAgentOptions sip_options() {
        sip::UserAgentOptions options;
        options.product = "Amer rehearsal caller";
        return options;
    }

    Call* find(sip::CallId id) {
        const auto found = calls_.find(id);
        return found == calls_.end() ? nullptr : found->second.get();
    }

    void tell(const Call& call, const std::string& what, const Json& more = Json::object()) const {
        transcript_.tell(call.number, what, more);
    }

    void begin_calls() {
        if (is_ending_ || begun_ == options_.count) return;
        begin_one(++begun_);
        const auto pause = std::chrono::duration<double>{1.0 / options_.rate};
        line_.after(std::chrono::duration_cast<Duration>(pause), [this] { begin_calls(); });
    }

    void begin_one(int number) {
        auto call = std::make_unique<Call>();
        call->number = number;
        call->begun_at = sip::steady_now();
        Manners manners = options_.manners;
        if (options_.count > 1 && !manners.keep_heard.empty()) {
            const auto& path = options_.manners.keep_heard;
            manners.keep_heard =
                path.parent_path() /
                fmt::format("{}-{}{}", path.stem().string(), number, path.extension().string());
        }
        auto conversation = Conversation::open(number, line_.local().address, manners, transcript_);
        if (!conversation) {
            tell(*call, "failed", {{"why", conversation.error().what}});
            return;
        }
        call->conversation = std::move(*conversation);
        tell(*call, "calling", {{"number", options_.number}});
        auto invitation = invitation_from(number_after(options_.from, number - 1));
        invitation.offer = call->conversation->make_offer();
        const sip::CallId id = agent_.invite(std::move(invitation), sip::steady_now());
        calls_.emplace(id, std::move(call));
    }

    sip::UserAgent::Invitation invitation_from(const std::string& from) const {
        sip::UserAgent::Invitation invitation;
        invitation.target.scheme = "sip";
        invitation.target.user = options_.number;
        invitation.target.host = options_.server.address;
        invitation.target.port = options_.server.port;
        invitation.flow = line_.flow_to(options_.server);
        invitation.from.uri.scheme = "sip";
        invitation.from.uri.user = options_.is_hidden ? "anonymous" : from;
        invitation.from.uri.host = options_.is_hidden ? "anonymous.invalid" : line_.local().address;
        if (options_.is_hidden) {
            invitation.from.display_name = "Anonymous";
            invitation.headers.push_back({"Privacy", "id"});
        }
        return invitation;
    }

    void tick() {
        bool has_living = false;
        for (auto& [id, call] : calls_) {
            if (call->is_ended) continue;
            has_living = true;
            serve(id, *call);
        }
        const bool all_begun = begun_ == options_.count || is_ending_;
        if (all_begun && !has_living) {
            // A moment for the answers to our last requests.
            line_.after(std::chrono::milliseconds{100}, [this] { line_.end(); });
            return;
        }
        line_.after(kTick, [this] { tick(); });
    }

    void serve(sip::CallId id, Call& call) {
        if (!call.is_answered) {
            if (sip::steady_now() - call.begun_at > options_.ring_longest) hang_up(id, call);
            return;
        }
        const bool script_hangs_up = call.conversation->tick();
        const bool is_done = options_.hangs_up_when_done && call.conversation->is_done();
        if (script_hangs_up || is_done || sip::steady_now() - call.answered_at > options_.longest) {
            hang_up(id, call);
        }
    }

    void hang_up(sip::CallId id, Call& call) {
        agent_.hang_up(id, sip::steady_now());
        finish(call, "caller");
    }

    void hang_up_all() {
        is_ending_ = true;
        for (auto& [id, call] : calls_) {
            if (!call->is_ended) hang_up(id, *call);
        }
    }

    void finish(Call& call, const char* by) {
        call.is_ended = true;
        Json summary{{"by", by}};
        summary.update(call.conversation->end());
        tell(call, "ended", summary);
        call.conversation.reset();
    }

    const CallerOptions& options_;
    Line& line_;
    Transcript transcript_;
    OpenDoor door_;
    sip::UserAgent agent_;
    std::map<sip::CallId, std::unique_ptr<Call>> calls_;
    int begun_ = 0;
    int answered_ = 0;
    bool is_ending_ = false;
};

}  // namespace

int place_calls(const CallerOptions& options) {
    const auto line = Line::open(options.bind);
    if (!line) {
        fmt::print(stderr, "amer: cannot call from {}\n", line.error().what);
        return 1;
    }
    return Caller{options, **line}.run();
}

}  // namespace amer::rehearsal
