"""The duty in the Brussels-Capital Region (O17 from 2022-06-01, O23 from 2024-01-01; law.md section 8)."""

from __future__ import annotations

from datetime import date

from wegwijzer.law import flanders
from wegwijzer.law import terms as t
from wegwijzer.law.provision import Citation, Provision
from wegwijzer.logic import All, Any_, OpenPoint

O17_START = date(2022, 6, 1)
O17_END = date(2023, 12, 31)
O23_START = date(2024, 1, 1)


def _cite(article: str, confidence: str = "high") -> tuple[Citation, Citation]:
    """The present ordinance, and before it the first one (whose article numbers were not read)."""
    return (
        Citation("O23", article, O23_START, confidence=confidence),
        Citation("O17", "-", O17_START, O17_END, confidence="medium"),
    )


LIVES_HERE = t.in_region("brussels")
REGISTERED = All(t.IN_FOREIGNERS_REGISTER, t.past("registration_date"))
SINCE_START = t.since_day("registration_date", O17_START.toordinal())
ADULT_THEN = t.reached_at("brussels_least_age", "registration_date")
OLD_THEN = t.reached_at("brussels_most_age", "registration_date")
SHORT_STAY = t.within_years("brussels_stay_years", "lawful_stay_since", "registration_date")

PENDING_TITLE = OpenPoint(
    "pending_title_brussels",
    All(t.code("residence_document", "annex_15", "annex_19ter"), t.LONG_TITLE),
    ("brussels",),
    ("O23 art. 2 1°", "BW"),
)
TITLE = Any_(
    All(
        t.LONG_TITLE,
        ~t.code("residence_document", "annex_15", "annex_19ter"),
        ~t.PROTOCOL_CARD_IN_REGISTER,
    ),
    PENDING_TITLE,
    OpenPoint("protocol_card_brussels", t.PROTOCOL_CARD_IN_REGISTER, ("brussels",), ("O23 art. 2 1°", "AG2")),
)
NEWCOMER = Provision(
    "duty.brussels",
    All(LIVES_HERE, t.FOREIGNER, ~t.ASYLUM_ONLY, REGISTERED, SINCE_START, ADULT_THEN, ~OLD_THEN, SHORT_STAY),
    *_cite("2 1°, 5 §1"),
)
GROUNDS = (NEWCOMER,)
GROUND = All(NEWCOMER, TITLE)

NO_GROUND = (
    Provision(
        "none.brussels_before_2022",
        LIVES_HERE,
        Citation("O17", "-", date(2016, 2, 29), date(2022, 5, 31)),
    ),
    Provision("none.brussels_registered_before_2022", All(LIVES_HERE, t.FOREIGNER, ~SINCE_START), *_cite("2 1°")),
    Provision("none.brussels_belgian", LIVES_HERE & t.BELGIAN, *_cite("2 1°")),
    Provision("none.brussels_age", All(LIVES_HERE, t.FOREIGNER, ~ADULT_THEN | OLD_THEN), *_cite("2 1°")),
    Provision("none.brussels_three_years", All(LIVES_HERE, t.FOREIGNER, ~SHORT_STAY), *_cite("2 1°")),
    Provision(
        "none.brussels_register",
        All(LIVES_HERE, t.FOREIGNER, ~t.IN_FOREIGNERS_REGISTER | t.ASYLUM_ONLY),
        *_cite("2 1°"),
    ),
    Provision("none.brussels_title", All(LIVES_HERE, t.FOREIGNER, ~t.LONG_TITLE, ~t.EU_NATIONAL), *_cite("2 1°")),
    Provision("none.brussels_fulfilled", LIVES_HERE & t.FULFILLED, *_cite("5 §2")),
)

EXEMPTIONS: tuple[tuple[str, Provision], ...] = (
    ("eu_national", Provision("exempt.brussels.eu_national", t.EU_NATIONAL, *_cite("5 §2 2°"))),
    (
        "eu_family",
        Provision("exempt.brussels.eu_family", All(t.FOREIGNER, t.SPONSOR_EU, t.DIRECTIVE_FAMILY), *_cite("5 §2 3°")),
    ),
    (
        "belgian_free_movement",
        Provision(
            "exempt.brussels.belgian_free_movement", flanders.FAMILY_OF_MOBILE_BELGIAN, Citation("BW", "-", O17_START)
        ),
    ),
    (
        "attest",
        Provision(
            "exempt.brussels.attest",
            t.code("civic_certificate", "attest", "brussels_bapa", "wallonia", "german_community"),
            *_cite("5 §2 6°"),
        ),
    ),
    ("medical", Provision("exempt.brussels.medical", t.PERMANENTLY_ILL, *_cite("5 §2 5°"))),
    ("diploma", Provision("exempt.brussels.diploma", t.code("diploma", "belgian"), *_cite("5 §2 8°"))),
    ("treaty", Provision("exempt.brussels.treaty", t.WITHDRAWAL, Citation("BW", "-", O17_START))),
    (
        "provisional_stay",
        Provision(
            "exempt.brussels.temporary_protection",
            flanders.TEMPORARY_PROTECTION,
            Citation("O23", "5 §2", O23_START, date(2026, 3, 4), confidence="medium"),
            Citation("O17", "-", O17_START, O17_END),
        ),
    ),
    (
        "exempt_in_other_region",
        Provision(
            "exempt.brussels.other_region",
            ~t.flag("first_registration") & t.flag("exempt_in_other_region"),
            *_cite("5 §2 7°"),
        ),
    ),
    ("temporary_stay", Provision("exempt.brussels.temporary_stay", t.TEMPORARY_PURPOSE, *_cite("5 §2 1°"))),
    (
        "eu_long_term_resident",
        Provision("exempt.brussels.eu_long_term_resident", t.LONG_TERM_RESIDENT, *_cite("5 §2 4°")),
    ),
)
OPEN_EXEMPTIONS = (
    OpenPoint(
        "brussels_provisional_stay",
        flanders.LABOUR | t.code("stay_reason", "student"),
        ("brussels",),
        ("O23 art. 5 §2 last al.",),
    ),
    OpenPoint(
        "temporary_protection_brussels",
        flanders.TEMPORARY_PROTECTION_DOUBT.children[0],
        ("brussels",),
        ("O23 art. 5 §2", "BW"),
    ),
    OpenPoint(
        "brussels_diploma",
        t.code("diploma", "dutch", "overseas_dutch", "foreign_recognised"),
        ("brussels",),
        ("O23 art. 5 §2 8°",),
    ),
    OpenPoint(
        "brussels_statement",
        t.code("civic_certificate", "statement_of_efforts"),
        ("brussels",),
        ("O23 art. 5 §2 6°",),
    ),
    OpenPoint(
        "eu_family_doubt_brussels",
        Any_(
            All(t.SPONSOR_BELGIAN_AND_EU, t.DIRECTIVE_FAMILY),
            All(t.SPONSOR_BELGIAN, t.flag("sponsor_used_free_movement"), t.DOUBTFUL_FAMILY),
        ),
        ("brussels",),
        ("O23 art. 5 §2 3°", "BW"),
    ),
)
EXEMPT = Any_(*(provision for _, provision in EXEMPTIONS), *OPEN_EXEMPTIONS)

REFUSED = (
    Provision(
        "refused.brussels_partner",
        All(LIVES_HERE, t.SPONSOR_EU, t.DOUBTFUL_FAMILY),
        Citation("BW", "-", O17_START),
    ),
    Provision(
        "refused.brussels_belgian_family",
        All(LIVES_HERE, t.SPONSOR_BELGIAN, ~t.SPONSOR_BELGIAN_AND_EU, ~t.flag("sponsor_used_free_movement")),
        *_cite("5 §2 3°"),
    ),
    Provision(
        "refused.brussels_illness",
        LIVES_HERE & t.code("medical", "temporary", "not_certified"),
        *_cite("5 §2 5°"),
    ),
    Provision("refused.brussels_diploma", LIVES_HERE & t.code("diploma", "foreign", "unsubsidised"), *_cite("5 §2 8°")),
)

DUTY = All(GROUND, ~t.FULFILLED, ~EXEMPT)
