/// Who may see and deal: how the window is locked, and how a sign-in ends.
#include "ui/widgets/main_window.h"

namespace ui {

namespace {

base::Error offBecause(const char* why)
{
    return {base::Errc::Refused, why};
}

}

void MainWindow::lock()
{
    if (m_access == Access::Open)
        cover(Access::Locked, offBecause("the desk is locked"), SignInPage::Purpose::Unlock);
    else
        m_signIn->disown();
}

void MainWindow::signOut()
{
    m_signIn->expect(std::nullopt);
    endSignIn(offBecause("nobody is signed in"), SignInPage::Purpose::SignIn);
    Q_EMIT signedOut();
}

void MainWindow::loseToken(const base::Error& reason)
{
    if (m_access == Access::SignedOut)
        return m_signIn->inspect();
    endSignIn(reason, SignInPage::Purpose::TokenLost);
}

void MainWindow::endSignIn(const base::Error& reason, SignInPage::Purpose purpose)
{
    m_expiry.signedOut();
    cover(Access::SignedOut, reason, purpose);
}

void MainWindow::cardsChanged()
{
    if (m_access != Access::Open)
        m_signIn->cardsChanged();
}

}
