#include "main/secrets/secret_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <sys/stat.h>

namespace amer::secrets {

namespace fs = std::filesystem;

Result<void> refuse_readable_by_others(const fs::path& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0) {
        return failure(fmt::format("{}: cannot be read: {}", file.string(), std::strerror(errno)));
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
    return failure(fmt::format("{}: others may read it; make it yours alone with: chmod 600 {}",
                               file.string(), file.string()));
}

Result<std::string> read_secret(const fs::path& file) {
    if (const auto fine = refuse_readable_by_others(file); !fine) {
        return tl::unexpected<Error>{fine.error()};
    }
    std::ifstream stream{file};
    std::string secret;
    std::string more;
    std::getline(stream, secret);
    const bool has_more = static_cast<bool>(std::getline(stream, more));
    if (secret.empty() || has_more) {
        return failure(fmt::format("{}: expected one line, the secret", file.string()));
    }
    return secret;
}

}  // namespace amer::secrets
