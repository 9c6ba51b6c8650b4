#pragma once

#include <cstdint>
#include <span>

namespace stepup {

/// Unpredictable bytes. Tests bring their own.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    /// False where the source has failed: nothing may be made from the bytes then.
    [[nodiscard]] virtual bool fill(std::span<std::uint8_t> bytes) = 0;
};

/// OpenSSL's generator, seeded by the operating system.
class SystemRandom final : public RandomSource {
public:
    [[nodiscard]] bool fill(std::span<std::uint8_t> bytes) override;
};

}
