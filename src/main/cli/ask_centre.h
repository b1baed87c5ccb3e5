#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "main/cli/command.h"
#include "main/control/client.h"

namespace amer::cli {

// Asks the running centre and gives `take` its answer; the exit code.
int ask(const std::filesystem::path& data, const std::string& question,
        const control::Json& arguments,
        const std::function<void(const control::Json& answer)>& take);

// Prints an answer as JSON when that is wanted, else as `show` does.
void print_answer(const Invocation& invocation, const control::Json& answer,
                  const std::function<void(const control::Json& answer)>& show);

// Asks the running centre; prints the answer as JSON when that is wanted, else as `show` does.
int ask_and_show(const Invocation& invocation, const std::filesystem::path& data,
                 const std::string& question, const control::Json& arguments,
                 const std::function<void(const control::Json& answer)>& show);

// A value of an answer as a cell of a table; "-" for null and empty texts. Instants lose the "T"
// and the offset: tables show the centre's own time.
std::string cell(const control::Json& row, const std::string& key);
// Milliseconds as "1:05".
std::string length_cell(const control::Json& row, const std::string& key);

}  // namespace amer::cli
