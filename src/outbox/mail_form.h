#pragma once

#include <string>
#include <string_view>

#include "outbox/gateway.h"

// A mail as it goes over the wire. Pure.
namespace amer::outbox {

std::string base64(std::string_view bytes);
// A header's value in letters of any language (RFC 2047), folded.
std::string encoded_words(std::string_view text);
// RFC 5322: text in UTF-8, the same bytes at every try. The message's id is its Message-ID.
std::string mail_of(const Message& message, const std::string& from);

}  // namespace amer::outbox
