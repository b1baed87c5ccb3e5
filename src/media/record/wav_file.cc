#include "media/record/wav_file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "media/plane.h"

namespace amer::media {
namespace {

constexpr std::uint32_t kRate = 8'000;
constexpr std::uint32_t kLargestData = std::numeric_limits<std::uint32_t>::max() - kWavHeaderSize;

void put_tag(std::span<std::uint8_t> header, std::size_t at, std::string_view tag) {
    std::memcpy(header.data() + at, tag.data(), tag.size());
}

void put(std::span<std::uint8_t> header, std::size_t at, std::uint32_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; i++) {
        header[at + i] = static_cast<std::uint8_t>(value >> (8U * i));
    }
}

bool write_all(int descriptor, std::span<const std::uint8_t> bytes, std::uint64_t at) {
    while (!bytes.empty()) {
        const ssize_t put_now =
            ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (put_now < 0 && errno == EINTR) continue;
        if (put_now <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(put_now));
        at += static_cast<std::uint64_t>(put_now);
    }
    return true;
}

std::chrono::milliseconds length_of(std::uint64_t data_bytes, std::uint16_t channels) {
    return std::chrono::milliseconds{data_bytes * 1000U / (std::uint64_t{kRate} * 2U * channels)};
}

class OpenFile {
public:
    OpenFile(const std::filesystem::path& path, int flags)
        : descriptor_{::open(path.c_str(), flags | O_CLOEXEC)} {}
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int get() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }

private:
    int descriptor_;
};

bool sync_folder_of(const std::filesystem::path& path) {
    const auto parent = path.parent_path();
    const OpenFile folder{parent.empty() ? "." : parent, O_RDONLY | O_DIRECTORY};
    return folder && ::fsync(folder.get()) == 0;
}

tl::unexpected<Error> trouble(const std::filesystem::path& path, const char* what) {
    return failure(path.string() + ": " + what + ": " + std::strerror(errno));
}

}  // namespace

std::array<std::uint8_t, kWavHeaderSize> wav_header(std::uint16_t channels,
                                                    std::uint32_t data_bytes) noexcept {
    std::array<std::uint8_t, kWavHeaderSize> header{};
    constexpr std::uint32_t kFormatSize = 16, kPcm = 1, kBits = 16;
    const std::uint32_t frame = channels * kBits / 8U;
    put_tag(header, 0, "RIFF");
    put(header, 4, data_bytes + static_cast<std::uint32_t>(kWavHeaderSize) - 8U, 4);
    put_tag(header, 8, "WAVEfmt ");
    put(header, 16, kFormatSize, 4);
    put(header, 20, kPcm, 2);
    put(header, 22, channels, 2);
    put(header, 24, kRate, 4);
    put(header, 28, kRate * frame, 4);
    put(header, 32, frame, 2);
    put(header, 34, kBits, 2);
    put_tag(header, 36, "data");
    put(header, 40, data_bytes, 4);
    return header;
}

WavFile::~WavFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

WavFile::WavFile(WavFile&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      path_{std::move(other.path_)},
      channels_{other.channels_},
      data_bytes_{other.data_bytes_} {}

WavFile& WavFile::operator=(WavFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    path_ = std::move(other.path_);
    channels_ = other.channels_;
    data_bytes_ = other.data_bytes_;
    return *this;
}

Result<WavFile> WavFile::create(const std::filesystem::path& path, std::uint16_t channels) {
    WavFile file;
    file.descriptor_ =
        ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file.descriptor_ < 0) return trouble(path, "cannot create the recording");
    file.path_ = path;
    file.channels_ = channels;
    if (!write_all(file.descriptor_, wav_header(channels, 0), 0)) {
        return trouble(path, "cannot write the recording's header");
    }
    return file;
}

bool WavFile::append(std::span<const std::uint8_t> data) noexcept {
    if (data.empty()) return true;
    if (data.size() > kLargestData - data_bytes_) return false;
    if (!write_all(descriptor_, data, bytes())) return false;
    data_bytes_ += static_cast<std::uint32_t>(data.size());
    return write_all(descriptor_, wav_header(channels_, data_bytes_), 0);
}

bool WavFile::finish() noexcept {
    // A torn append may have left bytes behind what the header counts.
    const bool is_cut = ::ftruncate(descriptor_, static_cast<off_t>(bytes())) == 0;
    const bool is_synced = ::fsync(descriptor_) == 0;
    return is_cut && is_synced && sync_folder_of(path_);
}

std::chrono::milliseconds WavFile::length() const { return length_of(data_bytes_, channels_); }

Result<std::string> sha256_of_file(const std::filesystem::path& path) {
    const OpenFile file{path, O_RDONLY};
    if (!file) return trouble(path, "cannot open");
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    const std::unique_ptr<EVP_MD_CTX, Free> digest{EVP_MD_CTX_new()};
    if (!digest || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1) {
        return failure("SHA-256 is not available");
    }
    std::vector<std::uint8_t> block(256U << 10U);
    while (true) {
        const ssize_t got = ::read(file.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return trouble(path, "cannot read");
        if (got == 0) break;
        EVP_DigestUpdate(digest.get(), block.data(), static_cast<std::size_t>(got));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    EVP_DigestFinal_ex(digest.get(), sum.data(), &size);
    std::string hex;
    for (unsigned i = 0; i < size; i++) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hex += kDigits[sum[i] >> 4U];
        hex += kDigits[sum[i] & 15U];
    }
    return hex;
}

Result<RecoveredRecording> recover_recording(const std::filesystem::path& path) {
    std::uint64_t whole = 0;
    std::uint16_t channels = 0;
    {
        const OpenFile file{path, O_RDWR};
        if (!file) return trouble(path, "cannot open the recording");
        struct stat status {};
        if (::fstat(file.get(), &status) != 0) return trouble(path, "cannot measure the recording");
        const auto size = static_cast<std::uint64_t>(status.st_size);
        std::array<std::uint8_t, kWavHeaderSize> header{};
        const ssize_t got = ::pread(file.get(), header.data(), header.size(), 0);
        if (got != static_cast<ssize_t>(header.size())) {
            return failure(path.string() + ": shorter than a WAV header");
        }
        // Only files we began are repaired: all but the two lengths must be exactly ours.
        channels = header[22] == 2 ? 2 : 1;
        auto expected = wav_header(channels, 0);
        std::copy_n(header.begin() + 4, 4, expected.begin() + 4);
        std::copy_n(header.begin() + 40, 4, expected.begin() + 40);
        if (header != expected) return failure(path.string() + ": not a recording of ours");

        const std::uint64_t data = std::min<std::uint64_t>(size - kWavHeaderSize, kLargestData);
        const std::uint64_t whole_data = data - data % (2U * channels);
        whole = kWavHeaderSize + whole_data;
        const auto repaired = wav_header(channels, static_cast<std::uint32_t>(whole_data));
        if (::ftruncate(file.get(), static_cast<off_t>(whole)) != 0 ||
            !write_all(file.get(), repaired, 0) || ::fsync(file.get()) != 0) {
            return trouble(path, "cannot repair the recording");
        }
    }
    auto digest = sha256_of_file(path);
    if (!digest) return tl::unexpected(digest.error());
    return RecoveredRecording{length_of(whole - kWavHeaderSize, channels), whole,
                              std::move(*digest)};
}

}  // namespace amer::media
