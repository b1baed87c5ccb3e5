#include "main/cli/table.h"

#include <algorithm>
#include <cstdint>

namespace amer::cli {
namespace {

// Marks that stand above or below the letter before them, and marks of direction.
bool takes_no_cell(std::uint32_t point) {
    const bool is_combining = point >= 0x0300 && point <= 0x036F;
    const bool is_arabic_vowel = (point >= 0x064B && point <= 0x065F) || point == 0x0670;
    const bool is_direction = (point >= 0x200B && point <= 0x200F) ||
                              (point >= 0x202A && point <= 0x202E) ||
                              (point >= 0x2066 && point <= 0x2069);
    return is_combining || is_arabic_vowel || is_direction;
}

}  // namespace

std::size_t cells_of(std::string_view text) {
    std::size_t cells = 0;
    std::uint32_t point = 0;
    std::size_t following = 0;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x80) {
            ++cells;
        } else if (byte >= 0xC0) {
            following = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
            point = byte & (0x3FU >> following);
        } else if (following > 0) {
            point = (point << 6U) | (byte & 0x3FU);
            if (--following == 0 && !takes_no_cell(point)) ++cells;
        }
    }
    return cells;
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], cells_of(row[i]));
        }
    }
    std::string all;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(widths[i] - cells_of(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        all += line + "\n";
    }
    return all;
}

}  // namespace amer::cli
