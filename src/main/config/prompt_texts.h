#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/centre/check_configuration.h"
#include "main/config/problem.h"

namespace amer::config {

// What is said, for eyes: each prompt's text by language. {ministry} is filled in already; the
// other placeholders are the call's.
using PromptTexts = std::map<PromptId, std::map<Language, std::string>>;

// Are the files of texts (ar.toml, en.toml) in this folder?
bool has_prompt_texts(const std::filesystem::path& folder);

// As tools/prompt_texts.py reads them: the files of `folder`, then the names of units and holidays,
// then the ministry's own wording beside its configuration; the later one wins.
PromptTexts read_prompt_texts(const std::filesystem::path& folder,
                              const std::filesystem::path& configuration_folder,
                              const centre::Configuration& centre, Findings& findings);

centre::KnownPrompts known_prompts(const PromptTexts& texts);

}  // namespace amer::config
