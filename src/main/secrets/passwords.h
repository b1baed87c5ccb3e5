#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace amer::secrets {

// Passwords of the agents' telephones by user name (the agent's id). They live in one file that
// only its owner may read, <data>/secrets.toml.
using Passwords = std::map<std::string, std::string>;

std::filesystem::path passwords_file(const std::filesystem::path& data);

// Fails when the file is missing, broken, or may be read by anybody but its owner.
Result<Passwords> read_passwords(const std::filesystem::path& data);

// As read_passwords, and makes a password for every user who has none yet; the file is replaced as
// a whole or not at all. Passwords of users who are not named stay.
Result<Passwords> keep_passwords(const std::filesystem::path& data,
                                 const std::vector<std::string>& users);

// 16 characters that cannot be mistaken for one another when read aloud or typed: 80 bits.
std::string make_password();

// From the operating system; for Call-IDs, tags and branches, which strangers must not guess.
std::uint64_t random_seed();

}  // namespace amer::secrets
