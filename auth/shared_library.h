#pragma once

#include "core/base/result.h"

#include <string>

namespace auth {

/// A library of another maker in this process, for as long as this object lives.
class SharedLibrary {
public:
    /// `path` must be absolute: nothing is searched for. Errors: TokenModule.
    [[nodiscard]] static base::Result<SharedLibrary> open(const std::string& path);
    ~SharedLibrary();
    SharedLibrary(SharedLibrary&& other) noexcept;
    SharedLibrary& operator=(SharedLibrary&& other) noexcept;

    /// Null where there is no such symbol.
    [[nodiscard]] void* symbol(const char* name) const;

private:
    explicit SharedLibrary(void* handle)
        : m_handle(handle)
    {
    }
    void* m_handle;
};

}
