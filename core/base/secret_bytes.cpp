#include "core/base/secret_bytes.h"

#include "core/base/locked_memory.h"

#include <cstring>
#include <utility>

namespace base {

SecretBytes::SecretBytes()
    : m_data(static_cast<char*>(allocateLocked(Capacity)))
{
}

SecretBytes::~SecretBytes()
{
    if (!m_data)
        return;
    clear();
    freeLocked(m_data, Capacity);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    other.clear();
    return *this;
}

bool SecretBytes::append(std::span<const char> bytes)
{
    if (!m_data)
        m_data = static_cast<char*>(allocateLocked(Capacity));
    if (bytes.size() > Capacity - m_size)
        return false;
    std::memcpy(m_data + m_size, bytes.data(), bytes.size());
    m_size += bytes.size();
    return true;
}

void SecretBytes::chopCharacter()
{
    const auto isContinuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (m_size > 0) {
        const char last = m_data[--m_size];
        wipe(m_data + m_size, 1);
        if (!isContinuation(last))
            return;
    }
}

void SecretBytes::clear()
{
    if (m_data)
        wipe(m_data, Capacity);
    m_size = 0;
}

void wipe(void* data, std::size_t size)
{
    auto* bytes = static_cast<volatile unsigned char*>(data);
    while (size-- > 0)
        *bytes++ = 0;
}

}
