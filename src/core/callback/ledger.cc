#include "core/callback/ledger.h"

#include "base/sha256.h"

namespace amer::callback {

std::string ledger_head(std::string_view head_before, std::string_view line) {
    std::string text{head_before};
    text += ' ';
    text += line;
    text += '\n';
    return sha256(text);
}

}  // namespace amer::callback
