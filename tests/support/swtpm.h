#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

namespace support {

/// A TPM 2.0 in software: a process of swtpm, with its state and its sockets in a directory of its own. Throws
/// std::runtime_error where it does not start.
class Swtpm {
public:
    Swtpm();
    ~Swtpm();
    Swtpm(const Swtpm&) = delete;
    Swtpm& operator=(const Swtpm&) = delete;

    /// How tpm2-tss reaches it.
    [[nodiscard]] std::string tcti() const { return "swtpm:path=" + socket().string(); }

    /// TPM2_PCR_Extend of the SHA-256 bank: what firmware does while a machine starts.
    void extend(std::uint8_t pcr, std::uint8_t filledWith);

    /// Ends the process: from now on nobody answers.
    void stop();

private:
    [[nodiscard]] std::filesystem::path socket() const { return m_directory / "tpm"; }

    std::filesystem::path m_directory;
    int m_process = -1;
};

}
