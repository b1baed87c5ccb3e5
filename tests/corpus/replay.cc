// Runs a fuzz target once over every file of the folders named on the command line, so that each
// input that ever hurt stays a test with any compiler. An empty or missing folder is a failure.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

// libFuzzer's entry point (LLVM documentation, "Fuzz Target").
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

int main(int count, char** folders) {
    std::size_t inputs = 0;
    for (int i = 1; i < count; i++) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator{folders[i]}) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file{entry.path(), std::ios::binary};
            const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>{file}, {}};
            LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
            inputs++;
        }
    }
    std::printf("%zu inputs replayed\n", inputs);
    return inputs == 0 ? 1 : 0;
}
