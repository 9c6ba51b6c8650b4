#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace base {

/// A PIN or password: locked in memory where the system allows, left out of core dumps, wiped when it dies. It moves
/// but never copies, has no text conversion and no stream operator; only the call that consumes it sees the bytes.
class SecretBytes {
public:
    static constexpr std::size_t Capacity = 256;

    SecretBytes();
    ~SecretBytes();
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    /// Appends; what does not fit in Capacity is refused whole and false returned.
    [[nodiscard]] bool append(std::span<const char> bytes);
    /// Drops the last UTF-8 character.
    void chopCharacter();
    void clear();

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    /// Valid until the next change of this object. Do not copy it anywhere that outlives the call.
    [[nodiscard]] std::string_view reveal() const { return {m_data, m_size}; }

private:
    char* m_data; ///< Capacity bytes on locked pages, or null after a move
    std::size_t m_size = 0;
};

/// Overwrites memory in a way the compiler may not remove.
void wipe(void* data, std::size_t size);

}
