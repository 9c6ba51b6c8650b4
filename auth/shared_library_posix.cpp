#include "auth/shared_library.h"

#include <dlfcn.h>
#include <utility>

namespace auth {

base::Result<SharedLibrary> SharedLibrary::open(const std::string& path)
{
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return base::Error{base::Errc::TokenModule, dlerror()};
    return SharedLibrary(handle);
}

SharedLibrary::~SharedLibrary()
{
    if (m_handle)
        dlclose(m_handle);
}

SharedLibrary::SharedLibrary(SharedLibrary&& other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
{
}

SharedLibrary& SharedLibrary::operator=(SharedLibrary&& other) noexcept
{
    std::swap(m_handle, other.m_handle);
    return *this;
}

void* SharedLibrary::symbol(const char* name) const
{
    return dlsym(m_handle, name);
}

}
