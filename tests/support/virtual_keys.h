#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace support {

/// The control socket of tests/support/virtual_fido: what a person, a thief or a broken key does.
class VirtualKeys {
public:
    /// Throws std::runtime_error outside tests/support/virtual_fido/run.
    VirtualKeys();
    ~VirtualKeys();
    VirtualKeys(const VirtualKeys&) = delete;
    VirtualKeys& operator=(const VirtualKeys&) = delete;

    /// One request, e.g. `{"do", "touch"}, {"key", 1}, {"mode", "press"}`; its answer. Throws where it is refused.
    nlohmann::json ask(const nlohmann::json& request);

    [[nodiscard]] nlohmann::json status(int key = 0) { return ask({{"do", "status"}, {"key", key}}); }
    void touch(const std::string& mode, int key = 0) { ask({{"do", "touch"}, {"key", key}, {"mode", mode}}); }
    void waitTouch(int key = 0) { ask({{"do", "wait-touch"}, {"key", key}}); }
    /// Until it blinks no longer: a key is told to stop, and may take its time.
    void waitIdle(int key = 0) { ask({{"do", "wait-idle"}, {"key", key}}); }
    void unplug(int key = 0) { ask({{"do", "unplug"}, {"key", key}}); }
    std::string plug(int key = 0) { return ask({{"do", "plug"}, {"key", key}})["path"]; }
    std::string replug(int key = 0) { return ask({{"do", "replug"}, {"key", key}})["path"]; }
    /// A new key, empty and without PIN, plugged in.
    std::string fresh(int key = 0) { return ask({{"do", "fresh"}, {"key", key}})["path"]; }
    void setPin(const std::string& pin, int key = 0) { ask({{"do", "pin"}, {"key", key}, {"value", pin}}); }

private:
    int m_socket;
};

}
