// The rehearsal commands against each other and against a registrar, over real sockets.
#include <doctest/doctest.h>

#include <filesystem>
#include <future>
#include <thread>

#include <unistd.h>

#include "main/rehearsal/caller.h"
#include "main/rehearsal/open_door.h"
#include "main/rehearsal/phone.h"
#include "media/play/tone_meter.h"
#include "sip/wire/digest.h"

using namespace amer;
using namespace amer::rehearsal;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// Addresses that no other test of this machine uses.
std::string address(int last) {
    return fmt::format("127.77.{}.{}", 1 + getpid() % 250, last + (getpid() / 250) % 60 * 4);
}

fs::path wav(const std::string& name) {
    return fs::path{AMER_BINARY_DIR} / fmt::format("rehearsal_{}_{}.wav", getpid(), name);
}

CallerOptions caller_of(const sip::Endpoint& server) {
    CallerOptions options;
    options.number = "600500500";
    options.server = server;
    options.bind = {address(2), 0};
    options.as_json = true;
    return options;
}

// A registrar that knows mariam.
class FakeRegistrar : public QuietListener, public sip::AccessPolicy {
public:
    explicit FakeRegistrar(const sip::Endpoint& at)
        : line_{Line::open(at).value()}, agent_{{}, *line_, *this, *this, 7} {
        line_->attach(agent_);
        line_->after(Duration{0}, [this] { look_for_end(); });
        thread_ = std::thread{[this] { line_->run([] {}); }};
    }
    ~FakeRegistrar() override { finish(); }
    FakeRegistrar(const FakeRegistrar&) = delete;
    FakeRegistrar& operator=(const FakeRegistrar&) = delete;

    void finish() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
    }

    Verdict admit(const sip::Message&, const sip::Flow&) override {
        return {sip::Admission::challenge, ""};
    }
    std::optional<std::string> secret_of(std::string_view user,
                                         sip::DigestAlgorithm algorithm) override {
        if (user != "mariam") return std::nullopt;
        return sip::digest_ha1(algorithm, "mariam", "amer", "right");
    }
    void on_registered(const std::string& user) override { registered.push_back(user); }
    void on_unregistered(const std::string& user) override { unregistered.push_back(user); }

    std::vector<std::string> registered;  // to be read after finish()
    std::vector<std::string> unregistered;

private:
    void look_for_end() {
        if (is_over_) return line_->end();
        line_->after(10ms, [this] { look_for_end(); });
    }

    std::unique_ptr<Line> line_;
    sip::UserAgent agent_;
    std::atomic<bool> is_over_ = false;
    std::thread thread_;
};

PhoneOptions mariams_phone(const std::string& password) {
    PhoneOptions options;
    options.user = "mariam";
    options.password = password;
    options.server = {address(1), 5060};
    options.bind = {address(3), 0};
    options.lifetime = 300ms;
    options.as_json = true;
    return options;
}

}  // namespace

TEST_CASE("caller and telephone hear each other's tone and each other's keys") {
    const sip::Endpoint there{address(1), 5062};
    PhoneOptions phone;
    phone.bind = there;
    phone.answer_after = 50ms;
    phone.count = 1;
    phone.as_json = true;
    phone.manners.voice = media::make_tone(660, 1s);
    phone.manners.says_on_and_on = true;
    phone.manners.keep_heard = wav("phone");
    CallerOptions caller = caller_of(there);
    caller.manners.voice = media::make_tone(440, 1s);
    caller.manners.says_on_and_on = true;
    caller.manners.script = parse_script("12#@700ms,bye@1500ms").value();
    caller.manners.keep_heard = wav("caller");

    // Not called before the telephone listens: INVITEs are sent again until somebody answers.
    auto answered = std::async(std::launch::async, [&] { return run_phone(phone); });
    CHECK(place_calls(caller) == 0);
    CHECK(answered.get() == 0);

    const auto heard_by_caller = media::load_clip(wav("caller"));
    const auto heard_by_phone = media::load_clip(wav("phone"));
    REQUIRE(heard_by_caller);
    REQUIRE(heard_by_phone);
    CHECK(media::has_tone((*heard_by_caller)->samples, 660));
    CHECK_FALSE(media::has_tone((*heard_by_caller)->samples, 440));
    CHECK(media::has_tone((*heard_by_phone)->samples, 440));
    CHECK_FALSE(media::has_tone((*heard_by_phone)->samples, 660));
    fs::remove(wav("caller"));
    fs::remove(wav("phone"));
}

TEST_CASE("a refused call and a call nobody answers are failures of the caller") {
    const sip::Endpoint there{address(1), 5062};
    PhoneOptions phone;
    phone.bind = there;
    phone.answer = PhoneOptions::Answer::busy;
    phone.count = 1;
    phone.as_json = true;
    auto answered = std::async(std::launch::async, [&] { return run_phone(phone); });
    CHECK(place_calls(caller_of(there)) == 1);
    CHECK(answered.get() == 0);

    phone.answer = PhoneOptions::Answer::never;
    answered = std::async(std::launch::async, [&] { return run_phone(phone); });
    CallerOptions impatient = caller_of(there);
    impatient.ring_longest = 700ms;
    CHECK(place_calls(impatient) == 1);
    CHECK(answered.get() == 0);
}

TEST_CASE("an agent's telephone registers by digest and takes its registration back") {
    FakeRegistrar registrar{{address(1), 5060}};
    CHECK(run_phone(mariams_phone("right")) == 0);
    registrar.finish();
    CHECK(registrar.registered == std::vector<std::string>{"mariam"});
    CHECK(registrar.unregistered == std::vector<std::string>{"mariam"});
}

TEST_CASE("a wrong password registers nobody") {
    FakeRegistrar registrar{{address(1), 5060}};
    CHECK(run_phone(mariams_phone("wrong")) == 0);
    registrar.finish();
    CHECK(registrar.registered.empty());
}

TEST_CASE("a taken address is told, not waited for") {
    const auto line = Line::open({address(1), 5062});
    REQUIRE(line);
    PhoneOptions phone;
    phone.bind = {address(1), 5062};
    CHECK(run_phone(phone) == 1);
}
