#include "auth/pkcs11_module.h"

#include "auth/padded_text.h"
#include "auth/token_errors.h"

#include <openssl/ui.h>

#include <filesystem>
#include <utility>

namespace auth {

namespace {

base::Error moduleError(const std::string& path, const std::string& reason)
{
    return {base::Errc::TokenModule, "PKCS#11 module " + path + ": " + reason};
}

int refuseToPrompt(UI*, UI_STRING*)
{
    return 0;
}

}

base::Status checkModulePath(const std::string& path, const std::set<std::string>& allowed)
{
    const std::filesystem::path file(path);
    if (!file.is_absolute() || file.lexically_normal() != file)
        return moduleError(path, "expected an absolute path without '.' and '..'");
    if (!allowed.contains(path))
        return moduleError(path, "is not in the list of allowed modules");
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return moduleError(path, error ? error.message() : "is not a regular file");
    return base::Ok{};
}

base::Result<std::unique_ptr<Pkcs11Module>> Pkcs11Module::load(
    const std::string& path, const std::set<std::string>& allowed)
{
    if (auto status = checkModulePath(path, allowed); !status)
        return status.error();
    auto library = SharedLibrary::open(path);
    if (!library)
        return moduleError(path, library.error().detail);

    const auto getFunctions = reinterpret_cast<CK_C_GetFunctionList>(library->symbol("C_GetFunctionList"));
    CK_FUNCTION_LIST* functions = nullptr;
    if (!getFunctions || getFunctions(&functions) != CKR_OK || !functions)
        return moduleError(path, "is a library but not a PKCS#11 module");

    std::unique_ptr<Pkcs11Module> module(new Pkcs11Module(*std::move(library), functions));
    if (auto status = module->initialise(path); !status)
        return status.error();
    return module;
}

Pkcs11Module::Pkcs11Module(SharedLibrary library, CK_FUNCTION_LIST* functions)
    : m_library(std::move(library))
    , m_functions(functions)
    , m_noPrompt(UI_create_method("no prompt"))
    , m_context(PKCS11_CTX_new())
{
}

Pkcs11Module::~Pkcs11Module()
{
    if (m_loaded)
        PKCS11_CTX_unload(m_context);
    PKCS11_CTX_free(m_context);
    UI_destroy_method(m_noPrompt);
    ERR_clear_error();
}

base::Status Pkcs11Module::initialise(const std::string& path)
{
    if (!m_context || !m_noPrompt)
        return base::Error{base::Errc::Internal, "out of memory"};
    // Without arguments: one thread makes every call, so the module needs no locks. Those of OpenSC 0.23 it takes twice
    // where a card goes before C_GetTokenInfo, and then waits for itself for ever. libp11 would ask for locks; it takes
    // a module that is initialised already as it is.
    const CK_RV initialised = m_functions->C_Initialize(nullptr);
    if (initialised != CKR_OK && initialised != CKR_CRYPTOKI_ALREADY_INITIALIZED)
        return moduleError(path, "cannot be initialised: " + returnName(initialised));
    if (PKCS11_CTX_load(m_context, path.c_str()) != 0) {
        const auto code = takeModuleError();
        m_functions->C_Finalize(nullptr);
        return moduleError(path, "cannot be initialised: " + (code ? returnName(*code) : "no reason given"));
    }
    m_loaded = true;
    // Otherwise a key that wants the PIN for each signature makes libp11 ask for it on the terminal.
    UI_method_set_reader(m_noPrompt, refuseToPrompt);
    PKCS11_set_ui_method(m_context, m_noPrompt, nullptr);
    return base::Ok{};
}

std::string Pkcs11Module::description() const
{
    CK_INFO info{};
    if (m_functions->C_GetInfo(&info) != CKR_OK)
        return {};
    const auto& version = info.libraryVersion;
    return paddedText(info.libraryDescription) + ' ' + std::to_string(version.major) + '.'
        + std::to_string(version.minor) + " (" + paddedText(info.manufacturerID) + ')';
}

}
