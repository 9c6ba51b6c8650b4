#include "auth/cert/cmp_transfer.h"

namespace cert {

namespace {

OSSL_CMP_MSG* passOn(OSSL_CMP_CTX* context, const OSSL_CMP_MSG* request)
{
    auto& over = *static_cast<CmpTransfer*>(OSSL_CMP_CTX_get_transfer_cb_arg(context));
    over.said.reset();
    OSSL_CMP_MSG* answer = OSSL_CMP_MSG_http_perform(context, request);
    if (!answer)
        return nullptr;
    over.said = refusalIn(*answer);
    if (!over.unlessBySecret
        || OSSL_CMP_CTX_set1_expected_sender(context, isProtectedBySecret(*answer) ? nullptr : over.unlessBySecret)
            == 1)
        return answer;
    OSSL_CMP_MSG_free(answer);
    return nullptr;
}

}

void transferOver(OSSL_CMP_CTX& context, CmpTransfer& transfer)
{
    OSSL_CMP_CTX_set_transfer_cb(&context, passOn);
    OSSL_CMP_CTX_set_transfer_cb_arg(&context, &transfer);
}

}
