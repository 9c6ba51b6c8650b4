#include "core/stepup/admission_words.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace {

TEST(AdmissionWords, TellAReferenceAndAWaitWhereThatIsAll)
{
    EXPECT_EQ(stepup::admissionRefusal("7K2M-Q4TZ", std::nullopt), "Access refused. Reference 7K2M-Q4TZ.");
    EXPECT_EQ(stepup::admissionRefusal("7K2M-Q4TZ", 30s), "Access refused: wait 30 s. Reference 7K2M-Q4TZ.");
}

TEST(AdmissionWords, AWaitIsFoundInWhatWasSaid)
{
    EXPECT_EQ(stepup::waitIn(stepup::admissionRefusal("A-1", 900s)), 900s);
    EXPECT_EQ(stepup::waitIn("the counterparty refused our Logon, \"Access refused: wait 1 s. Reference A-1.\""), 1s);
    EXPECT_EQ(stepup::waitIn(stepup::admissionRefusal("A-1", 3'600s)), 3'600s);
}

TEST(AdmissionWords, WhateverElseWasSaidIsNoWait)
{
    for (const char* words : {"", "Access refused. Reference A-1.", "Access refused: wait", "Access refused: wait s. ",
             "Access refused: wait 0 s. Reference A-1.", "Access refused: wait -5 s. Reference A-1.",
             "Access refused: wait 3601 s. Reference A-1.",
             "Access refused: wait 99999999999999999999 s. Reference A-1.",
             "Access refused: wait 5 min. Reference A-1.", "Access refused: wait 5 s.", "wait 5 s. Reference A-1."})
        EXPECT_FALSE(stepup::waitIn(words)) << words;
}

}
