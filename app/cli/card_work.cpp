#include "app/cli/card_work.h"

#include <iostream>

namespace cli {

void tellCardWork(rfq::CardWork work)
{
    if (work == rfq::CardWork::Slow)
        std::cerr << "The card is working. Touch it if it blinks." << std::endl;
}

}
