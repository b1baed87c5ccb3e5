#include "main/secrets/passwords.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "main/config/toml_value.h"
#include "main/secrets/secret_file.h"

namespace amer::secrets {
namespace {

namespace fs = std::filesystem;

// Without 0 O o 1 l I and vowels that spell words.
constexpr std::string_view kAlphabet = "bcdfghjkmnpqrstvwxyz23456789BCDF";
constexpr std::size_t kLength = 16;

void prepare() { AMER_CHECK(sodium_init() >= 0); }

tl::unexpected<Error> system_failure(const fs::path& file, const char* what) {
    return failure(fmt::format("{}: {}: {}", file.string(), what, std::strerror(errno)));
}

Result<Passwords> passwords_from(const fs::path& file, const std::string& text) {
    const auto value = config::parse_toml(text, file.string());
    if (!value) return failure(value.error().line());
    const config::TomlMember* table = value->find("passwords");
    if (table == nullptr) return failure(fmt::format("{}: no [passwords]", file.string()));
    Passwords passwords;
    for (const config::TomlMember& member : table->value.members) {
        if (member.value.kind != config::TomlValue::Kind::text || member.value.text.empty()) {
            return failure(fmt::format("{}:{}: expected a password as a text", file.string(),
                                       member.place.line));
        }
        passwords[member.key] = member.value.text;
    }
    return passwords;
}

std::string in_quotes(std::string_view text) {
    std::string all = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') all += '\\';
        all += letter;
    }
    return all + "\"";
}

std::string text_of(const Passwords& passwords) {
    std::string text =
        "# Made by Amer: the passwords of the agents' telephones. The user name is the agent's "
        "id.\n"
        "# Change one here and restart the centre; delete a line to get a new "
        "one.\n\n[passwords]\n";
    for (const auto& [user, password] : passwords) {
        text += fmt::format("{} = {}\n", in_quotes(user), in_quotes(password));
    }
    return text;
}

Result<void> write_all(int descriptor, std::string_view text, const fs::path& file) {
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return system_failure(file, "cannot be written");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (fsync(descriptor) != 0) return system_failure(file, "cannot be written");
    return {};
}

// A reader finds the old file or the new one, never half of one, even after a power cut.
Result<void> replace_file(const fs::path& file, const std::string& text) {
    const fs::path draft = file.string() + ".new";
    unlink(draft.c_str());
    const int descriptor =
        open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return system_failure(draft, "cannot be written");
    const Result<void> written = write_all(descriptor, text, draft);
    close(descriptor);
    if (!written) return written;
    if (rename(draft.c_str(), file.c_str()) != 0) return system_failure(file, "cannot be written");
    const int folder = open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return {};
}

}  // namespace

fs::path passwords_file(const fs::path& data) { return data / "secrets.toml"; }

Result<Passwords> read_passwords(const fs::path& data) {
    const fs::path file = passwords_file(data);
    if (const auto fine = refuse_readable_by_others(file); !fine) {
        return tl::unexpected<Error>{fine.error()};
    }
    std::ifstream stream{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream) return failure(fmt::format("{}: cannot be read", file.string()));
    return passwords_from(file, text);
}

Result<Passwords> keep_passwords(const fs::path& data, const std::vector<std::string>& users) {
    std::error_code failed;
    Passwords passwords;
    if (fs::exists(passwords_file(data), failed)) {
        auto known = read_passwords(data);
        if (!known) return known;
        passwords = std::move(*known);
    }
    bool has_new = false;
    for (const std::string& user : users) {
        if (passwords.try_emplace(user, "").second) {
            passwords[user] = make_password();
            has_new = true;
        }
    }
    if (!has_new) return passwords;
    fs::create_directories(data, failed);
    const auto written = replace_file(passwords_file(data), text_of(passwords));
    if (!written) return tl::unexpected<Error>{written.error()};
    return passwords;
}

std::string make_password() {
    prepare();
    std::string password;
    for (std::size_t i = 0; i < kLength; ++i) {
        password += kAlphabet[randombytes_uniform(static_cast<std::uint32_t>(kAlphabet.size()))];
    }
    return password;
}

std::uint64_t random_seed() {
    prepare();
    std::uint64_t seed = 0;
    randombytes_buf(&seed, sizeof seed);
    return seed;
}

}  // namespace amer::secrets
