#include "auth/device/tss_library.h"

#include <dlfcn.h>

namespace device {

namespace {

using base::Errc;
using base::Error;

/// The dynamic linker's own places only, as for every library that a program is linked with.
void* openLibrary(const char* name)
{
    return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

template <typename Function>
bool find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(dlsym(library, name)); // POSIX: dlsym answers functions as data pointers
    return function != nullptr;
}

}

base::Result<std::unique_ptr<TssLibrary>> TssLibrary::load()
{
    std::unique_ptr<TssLibrary> tss(new TssLibrary());
    tss->m_esys = openLibrary("libtss2-esys.so.0");
    tss->m_tcti = tss->m_esys ? openLibrary("libtss2-tctildr.so.0") : nullptr;
    tss->m_rc = tss->m_tcti ? openLibrary("libtss2-rc.so.0") : nullptr;
    if (!tss->m_rc)
        return Error{Errc::TokenModule,
            std::string("tpm2-tss, which speaks to the TPM, cannot be loaded (Debian: libtss2-esys-3.0.2-0, "
                        "libtss2-tctildr0, libtss2-rc0): ")
                + dlerror()};
    const bool complete = find(tss->m_tcti, "Tss2_TctiLdr_Initialize", tss->tctiInitialize)
        && find(tss->m_tcti, "Tss2_TctiLdr_Finalize", tss->tctiFinalize)
        && find(tss->m_esys, "Esys_Initialize", tss->initialize) && find(tss->m_esys, "Esys_Finalize", tss->finalize)
        && find(tss->m_esys, "Esys_SetTimeout", tss->setTimeout) && find(tss->m_esys, "Esys_Free", tss->release)
        && find(tss->m_esys, "Esys_CreatePrimary_Async", tss->createPrimary)
        && find(tss->m_esys, "Esys_CreatePrimary_Finish", tss->createPrimaryFinish)
        && find(tss->m_esys, "Esys_PCR_Read_Async", tss->pcrRead)
        && find(tss->m_esys, "Esys_PCR_Read_Finish", tss->pcrReadFinish)
        && find(tss->m_esys, "Esys_Quote_Async", tss->quote) && find(tss->m_esys, "Esys_Quote_Finish", tss->quoteFinish)
        && find(tss->m_esys, "Esys_FlushContext_Async", tss->flush)
        && find(tss->m_esys, "Esys_FlushContext_Finish", tss->flushFinish)
        && find(tss->m_rc, "Tss2_RC_Decode", tss->decode);
    if (!complete)
        return Error{Errc::TokenModule, "the tpm2-tss that is installed lacks a function; version 3 or 4 has them all"};
    return tss;
}

TssLibrary::~TssLibrary()
{
    for (void* library : {m_rc, m_tcti, m_esys})
        if (library)
            dlclose(library);
}

}
