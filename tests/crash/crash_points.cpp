// A library to preload: kills the process at one exact step between click and result, where a signal from outside would
// hardly ever hit. A step is just before or just after a call that something durable or the wire depends on.
//
//   CRASH_ARM   a file; steps are counted from the moment it exists
//   CRASH_AT    the step to die at, from 1; 0: never, count only
//   CRASH_NOTE  a file; gets the step's name before the death, or the names of all steps at the end of the process
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <mutex>
#include <signal.h>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

/// What was passed so far, one name a line. Several threads take steps.
struct Passed {
    std::mutex mutex;
    long steps = 0;
    std::string names;
};
Passed& passed()
{
    static Passed* const all = new Passed; // outlives every thread
    return *all;
}

long wanted()
{
    const char* text = std::getenv("CRASH_AT");
    return text ? std::atol(text) : 0;
}

bool isArmed()
{
    static std::atomic<bool> armed{false};
    const char* file = std::getenv("CRASH_ARM");
    if (!armed && file && ::access(file, F_OK) == 0)
        armed = true;
    return armed;
}

/// By system calls of its own, which are no steps.
void note(const std::string& text)
{
    const char* file = std::getenv("CRASH_NOTE");
    const long handle = file ? ::syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (handle < 0)
        return;
    static_cast<void>(::syscall(SYS_write, handle, text.data(), text.size()));
    ::syscall(SYS_close, handle);
}

void step(const char* when, const char* call)
{
    if (!isArmed())
        return;
    const std::string name = std::string(when) + " " + call;
    const std::lock_guard lock(passed().mutex);
    passed().names += name + "\n";
    if (++passed().steps != wanted())
        return;
    note(name);
    ::syscall(SYS_kill, ::getpid(), SIGKILL);
}

struct AtExit {
    ~AtExit()
    {
        const std::lock_guard lock(passed().mutex);
        note(passed().names);
    }
} g_atExit;

template <typename Call, typename... Arguments>
auto between(const char* name, const char* call, Arguments... arguments)
{
    const auto real = reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
    step("before", call);
    const auto result = real(arguments...);
    step("after", call);
    return result;
}

}

extern "C" {

int fdatasync(int handle)
{
    return between<int (*)(int)>("fdatasync", "sync", handle);
}

int fsync(int handle)
{
    return between<int (*)(int)>("fsync", "sync", handle);
}

ssize_t pwrite(int handle, const void* data, size_t size, off_t offset)
{
    return between<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite", "file write", handle, data, size, offset);
}

ssize_t pwrite64(int handle, const void* data, size_t size, off64_t offset)
{
    return between<ssize_t (*)(int, const void*, size_t, off64_t)>(
        "pwrite64", "file write", handle, data, size, offset);
}

ssize_t write(int handle, const void* data, size_t size)
{
    // TLS records begin with their type; one byte wakes a thread and decides nothing.
    const bool isRecord = size > 5 && *static_cast<const unsigned char*>(data) == 0x17;
    if (!isRecord)
        return ::syscall(SYS_write, handle, data, size);
    return between<ssize_t (*)(int, const void*, size_t)>("write", "socket write", handle, data, size);
}
}
