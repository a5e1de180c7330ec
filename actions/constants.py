"""Names that the actions share with domain.yml and data/rules.yml."""

from wegwijzer.facts import PARSERS
from wegwijzer.interview import SPECIAL

FORM = "eligibility_form"
FACT_SLOTS = tuple(PARSERS)
ANSWER_SLOTS = (*FACT_SLOTS, SPECIAL)
ASSESSMENT = "assessment"
LANGUAGE = "language"
SUBJECT = "subject"
# Bookkeeping of the running check; no fact of a person but what waits for a "yes, that is right".
CHECK = "check"
# The only slot that the dialogue policy sees: set by our own test of completeness, asked by the rule of the verdict.
COMPLETE = "check_complete"

INFORM = "inform"
START = "start_check"
CORRECT = "correct_answer"
GO_BACK = "go_back"
AFFIRM = "affirm"
DENY = "deny"
OUT_OF_SCOPE = "out_of_scope"

# Politeness while the form waits: the form only asks its question again.
POLITE = frozenset({"greet", "thank"})
# Intents that are answered by a rule while the form waits, after which the form asks again.
DIGRESSIONS = frozenset(
    {
        "goodbye", "why_ask", "restart", "change_language", "help", "human_handoff", "delete_data", "repeat",
        "bot_challenge", "summary", "stop", OUT_OF_SCOPE,
    }
)  # fmt: skip
QUESTION_PREFIX = "faq_"

# Below this a reading is asked back before it counts.
SURE = 0.9
# Below this an intent does not interrupt the form.
CLEAR_INTENT = 0.4
