#include "main/rehearsal/conversation.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "media/record/wav_file.h"

namespace amer::rehearsal {
namespace {

// Samples as the bytes of a WAV file, little end first.
std::vector<std::uint8_t> bytes_of(std::span<const std::int16_t> samples) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(samples.size() * 2);
    for (const std::int16_t sample : samples) {
        const auto word = static_cast<std::uint16_t>(sample);
        bytes.push_back(static_cast<std::uint8_t>(word & 0xFFU));
        bytes.push_back(static_cast<std::uint8_t>(word >> 8U));
    }
    return bytes;
}

Result<void> write_wav(const std::filesystem::path& path, std::span<const std::int16_t> samples) {
    std::error_code failed;
    std::filesystem::remove(path, failed);
    auto file = media::WavFile::create(path, 1);
    if (!file) return tl::unexpected<Error>{file.error()};
    if (!file->append(bytes_of(samples)) || !file->finish()) {
        return failure(fmt::format("{}: the disk refused", path.string()));
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Conversation>> Conversation::open(int number, const std::string& address,
                                                         const Manners& manners,
                                                         const Transcript& transcript) {
    auto sound = media::RtpEndpoint::open(address);
    if (!sound) return tl::unexpected<Error>{sound.error()};
    std::unique_ptr<Conversation> conversation{new Conversation{number, manners, transcript}};
    conversation->sound_ = std::move(*sound);
    conversation->local_.address = address;
    conversation->local_.port = conversation->sound_->port();
    conversation->local_.session_id = static_cast<std::uint64_t>(number) + 1;
    return conversation;
}

Conversation::Conversation(int number, Manners manners, const Transcript& transcript)
    : number_{number},
      manners_{std::move(manners)},
      transcript_{transcript},
      silence_{media::make_silence(std::chrono::seconds{1})},
      ear_{manners_.tones} {}

Result<void> Conversation::accept(std::string_view answer) {
    const auto agreed = media::accept_answer(local_, answer);
    if (!agreed) return tl::unexpected<Error>{agreed.error()};
    return sound_->set_remote(*agreed);
}

Result<std::string> Conversation::answer(std::string_view offer) {
    const auto agreed = media::answer_offer(local_, offer);
    if (!agreed) return tl::unexpected<Error>{agreed.error()};
    if (const auto set = sound_->set_remote(agreed->audio); !set) {
        return tl::unexpected<Error>{set.error()};
    }
    return agreed->answer;
}

void Conversation::begin() {
    began_ = sip::steady_now();
    last_item_ = *began_;
    bool waits_to_speak = false;
    for (const ScriptItem& item : manners_.script) {
        waits_to_speak = waits_to_speak || item.action == ScriptItem::Action::say;
    }
    sound_->say_on_and_on(silence_);  // so that the far side can learn where we are
    if (!waits_to_speak) speak();
}

void Conversation::speak() {
    if (!manners_.voice) return;
    if (manners_.says_on_and_on) {
        sound_->say_on_and_on(manners_.voice);
    } else {
        sound_->say(manners_.voice);
    }
    is_voice_over_ = manners_.says_on_and_on;
    transcript_.tell(number_, "speaking");
}

bool Conversation::tick() {
    if (!began_) return false;
    std::vector<std::int16_t> newer;
    std::string digits;
    const auto look = [&](const media::RtpEndpoint::Heard& heard) {
        // The oldest minutes are forgotten one day; then everything there is counts as new.
        if (heard.samples.size() < samples_listened_) samples_listened_ = 0;
        newer.assign(heard.samples.begin() + static_cast<std::ptrdiff_t>(samples_listened_),
                     heard.samples.end());
        samples_listened_ = heard.samples.size();
        digits = heard.digits.substr(std::min(digits_told_, heard.digits.size()));
        digits_told_ = heard.digits.size();
        return true;
    };
    sound_->wait_until(look, std::chrono::milliseconds{0});
    if (!digits.empty()) transcript_.tell(number_, "keys-heard", {{"keys", digits}});

    const Ear::Change change = ear_.listen(newer, sip::steady_now());
    heard_since_item_ = heard_since_item_ || ear_.hears_sound();
    if (change == Ear::Change::sound_began) transcript_.tell(number_, "sound-began");
    if (change == Ear::Change::sound_ended) transcript_.tell(number_, "sound-ended");
    if (manners_.voice && !is_voice_over_ && !sound_->is_saying()) {
        is_voice_over_ = true;
        sound_->say_on_and_on(silence_);
    }

    if (script_at_ == manners_.script.size()) return false;
    const ScriptItem& item = manners_.script[script_at_];
    const bool is_time = item.after ? sip::steady_now() - last_item_ >= *item.after
                                    : heard_since_item_ && !ear_.hears_sound();
    if (!is_time) return false;
    ++script_at_;
    last_item_ = sip::steady_now();
    heard_since_item_ = false;
    return perform(item);
}

bool Conversation::is_done() const {
    return began_ && script_at_ == manners_.script.size() && heard_since_item_ &&
           !ear_.hears_sound();
}

bool Conversation::perform(const ScriptItem& item) {
    using Action = ScriptItem::Action;
    if (item.action == Action::hang_up) return true;
    if (item.action == Action::say) {
        speak();
        return false;
    }
    sound_->press(item.keys);
    transcript_.tell(number_, "keys-pressed", {{"keys", item.keys}});
    return false;
}

Json Conversation::end() {
    const auto length =
        began_ ? std::chrono::duration_cast<std::chrono::milliseconds>(sip::steady_now() - *began_)
               : std::chrono::milliseconds{0};
    Json summary{{"length_ms", length.count()}, {"sound_ms", ear_.sound().count()}};
    const media::RtpEndpoint::Heard heard = sound_->heard();
    summary["keys"] = heard.digits;
    summary["packets"] = heard.packet_count;
    if (!manners_.tones.empty()) {
        Json tones = Json::object();
        for (const double tone : manners_.tones) {
            const auto all = ear_.tones();
            const auto found = all.find(tone);
            tones[fmt::format("{}", tone)] = found == all.end() ? 0 : found->second.count();
        }
        summary["tones_ms"] = tones;
    }
    if (!manners_.keep_heard.empty()) {
        const auto written = write_wav(manners_.keep_heard, heard.samples);
        if (!written) summary["trouble"] = written.error().what;
    }
    return summary;
}

}  // namespace amer::rehearsal
