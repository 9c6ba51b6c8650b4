#pragma once

#include "core/base/result.h"

#include <memory>
#include <tss2/tss2_esys.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

namespace device {

/// The functions of tpm2-tss that are called here, of libraries that are loaded for as long as this object lives.
class TssLibrary {
public:
    /// Errors: TokenModule.
    [[nodiscard]] static base::Result<std::unique_ptr<TssLibrary>> load();
    ~TssLibrary();
    TssLibrary(const TssLibrary&) = delete;
    TssLibrary& operator=(const TssLibrary&) = delete;

    decltype(&Tss2_TctiLdr_Initialize) tctiInitialize = nullptr;
    decltype(&Tss2_TctiLdr_Finalize) tctiFinalize = nullptr;
    decltype(&Esys_Initialize) initialize = nullptr;
    decltype(&Esys_Finalize) finalize = nullptr;
    decltype(&Esys_SetTimeout) setTimeout = nullptr;
    decltype(&Esys_Free) release = nullptr;
    decltype(&Esys_CreatePrimary_Async) createPrimary = nullptr;
    decltype(&Esys_CreatePrimary_Finish) createPrimaryFinish = nullptr;
    decltype(&Esys_PCR_Read_Async) pcrRead = nullptr;
    decltype(&Esys_PCR_Read_Finish) pcrReadFinish = nullptr;
    decltype(&Esys_Quote_Async) quote = nullptr;
    decltype(&Esys_Quote_Finish) quoteFinish = nullptr;
    decltype(&Esys_FlushContext_Async) flush = nullptr;
    decltype(&Esys_FlushContext_Finish) flushFinish = nullptr;
    decltype(&Tss2_RC_Decode) decode = nullptr;

private:
    TssLibrary() = default;
    void* m_esys = nullptr;
    void* m_tcti = nullptr;
    void* m_rc = nullptr;
};

}
