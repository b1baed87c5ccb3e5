// prompts/pieces.<language>.toml is what tools/render_prompts renders; it must list exactly the
// pieces of this room. When it does not, the right file is left in the build folder.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "core/spoken/spoken.h"

using namespace amer;

namespace {

std::string listed(Language language) {
    std::string text =
        "# The pieces that spoken values are made of. Generated from src/core/spoken and compared\n"
        "# with it by the test core/spoken/pieces; do not edit.\n";
    for (const spoken::Piece& piece : spoken::all_pieces(language)) {
        text += fmt::format("\n[{}]\ndisplay = \"{}\"\nspeech = \"{}\"\n", piece.id, piece.display,
                            piece.speech);
    }
    return text;
}

void compare(const std::string& name, Language language) {
    std::ifstream file{std::string{AMER_SOURCE_DIR} + "/prompts/" + name, std::ios::binary};
    const std::string there{std::istreambuf_iterator<char>{file}, {}};
    const bool is_same = there == listed(language);
    if (!is_same) {
        const std::string right = std::string{AMER_BINARY_DIR} + "/" + name;
        std::ofstream{right, std::ios::binary} << listed(language);
        MESSAGE("copy ", right, " to prompts/");
    }
    CHECK(is_same);
}

}  // namespace

TEST_CASE("the Arabic pieces that are rendered are the pieces that are spoken") {
    compare("pieces.ar.toml", Language::arabic);
}

TEST_CASE("the English pieces that are rendered are the pieces that are spoken") {
    compare("pieces.en.toml", Language::english);
}
