"""The duty in the Flemish Region and its exemptions (D13 art. 27; law.md sections 2-3)."""

from __future__ import annotations

from datetime import date

from wegwijzer.law import terms as t
from wegwijzer.law.announced import REGISTERED_SINCE_LABOUR_PACKAGE
from wegwijzer.law.provision import Citation, Provision
from wegwijzer.law.target_group import BELGIAN_BORN_ABROAD, D13_START, FOREIGNER_ADULT, REFORM, RIGHT
from wegwijzer.logic import All, Any_, Condition, OpenPoint
from wegwijzer.timeline import anniversary

LIVES_HERE = t.in_region("flanders")
START = D13_START.toordinal()
REGISTERED = All(t.IN_FOREIGNERS_REGISTER, t.past("registration_date"))
FIRST = t.flag("first_registration")
ELSEWHERE = t.code("first_registration_region", "brussels", "wallonia", "german_community")
ADULT_AT_REGISTRATION = t.reached_at("adult_age", "registration_date")
ADULT_AT_FIRST_REGISTRATION = t.reached_at("adult_age", "first_registration_date")

# --- title of more than three months ---------------------------------------------------------------------------------

# Orange card or annex 15 while a request is pending: does the duty already run? (law.md 12.4)
PENDING_TITLE = OpenPoint(
    "pending_title",
    All(t.PENDING_DOCUMENT, ~t.ASYLUM_ONLY, t.LONG_TITLE),
    ("agii",),
    ("D13 art. 27 §1", "BW"),
)
# Cards S and P: in the register, so in the target group; whether in duty is not settled (law.md 12.10).
PROTOCOL_CARD = OpenPoint("protocol_card", t.PROTOCOL_CARD_IN_REGISTER, ("agii",), ("D13 art. 27 §1", "AG2"))
TITLE: Condition = Any_(
    t.BELGIAN,
    All(t.LONG_TITLE, ~t.PENDING_DOCUMENT, ~t.PROTOCOL_CARD_IN_REGISTER),
    PENDING_TITLE,
    PROTOCOL_CARD,
)

# --- grounds of the duty ---------------------------------------------------------------------------------------------


def _before_the_decree(id: str, *parts: Condition) -> OpenPoint:
    """First registrations before 2016-02-29 fall under older law, which is not modelled (law.md 12.9)."""
    return OpenPoint(id, All(*parts), ("agii",), ("D13 art. 27 §1 (in force 2016-02-29)",))


MOVED_IN_TIME = All(
    REGISTERED,
    ~FIRST,
    ELSEWHERE,
    ~t.more_than_years("moved_in_years", "first_registration_date", "registration_date"),
)
# Exactly five years: the text says "during the last five years" (law.md 12.8).
EXACTLY_FIVE = OpenPoint(
    "exactly_five_years",
    All(MOVED_IN_TIME, t.exactly_years("moved_in_years", "first_registration_date", "registration_date")),
    ("agii",),
    ("D13 art. 27 §1 1° b, 3° b",),
)
MOVED_AS_MINOR = OpenPoint(
    "moved_as_minor",
    All(MOVED_IN_TIME, ~ADULT_AT_FIRST_REGISTRATION),
    ("agii",),
    ("D13 art. 27 §1 1° b, 3° b",),
)
WITHIN_FIVE = All(
    MOVED_IN_TIME,
    t.within_years("moved_in_years", "first_registration_date", "registration_date"),
    ADULT_AT_FIRST_REGISTRATION,
)
RETURNED = All(REGISTERED, ~FIRST, t.code("first_registration_region", "flanders"), ADULT_AT_FIRST_REGISTRATION)
ADULT_FIRST = All(REGISTERED, FIRST, ADULT_AT_REGISTRATION)
SINCE_DECREE = t.since_day("registration_date", START)
FIRST_SINCE_DECREE = t.since_day("first_registration_date", START)

FIRST_REGISTRATION = Provision(
    "duty.first_registration",
    All(FOREIGNER_ADULT, ADULT_FIRST, SINCE_DECREE),
    Citation("D13", "27 §1 1° a", D13_START),
)
MOVED_IN = Provision(
    "duty.moved_in",
    All(FOREIGNER_ADULT, WITHIN_FIVE, FIRST_SINCE_DECREE),
    Citation("D13", "27 §1 1° b", D13_START),
)
KEPT = Provision(
    "duty.kept",
    All(FOREIGNER_ADULT, RETURNED, FIRST_SINCE_DECREE),
    Citation("D13", "27 §1 1°", D13_START, confidence="medium"),
)
MINISTER = Provision(
    "duty.minister",
    All(Any_(FOREIGNER_ADULT, BELGIAN_BORN_ABROAD), t.IN_NATIONAL_REGISTER, t.RECOGNISED_MINISTER),
    Citation("D13", "27 §1 2°", D13_START),
)
# Nationality takes five years of residence. Who registered longer ago may have come as a foreigner and become Belgian
# since; what then becomes of a duty that was not fulfilled is not settled (law.md 12.11).
LONG_RESIDENT = t.years_ago("moved_in_years", "registration_date")
BECAME_BELGIAN = OpenPoint(
    "became_belgian",
    All(BELGIAN_BORN_ABROAD, ADULT_FIRST, SINCE_DECREE, LONG_RESIDENT),
    ("agii",),
    ("D13 art. 27 §1 1°, 3°",),
)
BELGIAN_FIRST_REGISTRATION = Provision(
    "duty.belgian_first_registration",
    All(BELGIAN_BORN_ABROAD, ADULT_FIRST, SINCE_DECREE, ~LONG_RESIDENT),
    Citation("D13", "27 §1 3° a", D13_START, confidence="medium"),
)
BELGIAN_MOVED_IN = Provision(
    "duty.belgian_moved_in",
    All(BELGIAN_BORN_ABROAD, WITHIN_FIVE, FIRST_SINCE_DECREE),
    Citation("D13", "27 §1 3° b", D13_START, confidence="medium"),
)
BELGIAN_KEPT = Provision(
    "duty.belgian_kept",
    All(BELGIAN_BORN_ABROAD, RETURNED, FIRST_SINCE_DECREE),
    Citation("D13", "27 §1 3°", D13_START, confidence="medium"),
)
# Registered as a child less than twelve months before the 18th birthday, with another language at home.
TURNED_18_REGISTERED = All(REGISTERED, FIRST, ~ADULT_AT_REGISTRATION, t.NEW_AT_18)
# Who registered as a child since the decree turned 18 since then too: said once more, so that nobody who is long of age
# is asked about the language at home.
TURNED_18 = Provision(
    "duty.turned_18",
    All(FOREIGNER_ADULT, t.adult_since(START), TURNED_18_REGISTERED, SINCE_DECREE, ~t.flag("home_language_dutch")),
    Citation("D13", "27 §6", D13_START),
)
OLD_LAW = _before_the_decree(
    "before_decree",
    Any_(FOREIGNER_ADULT, BELGIAN_BORN_ABROAD),
    Any_(
        All(ADULT_FIRST, ~SINCE_DECREE),
        All(Any_(WITHIN_FIVE, RETURNED), ~FIRST_SINCE_DECREE),
        All(t.FOREIGNER, TURNED_18_REGISTERED, ~SINCE_DECREE, ~t.flag("home_language_dutch")),
    ),
)
# §6 speaks of foreign minor newcomers; whether a Belgian who came as a child is caught by §1 3° is not said.
BELGIAN_AS_MINOR = OpenPoint(
    "belgian_as_minor",
    All(BELGIAN_BORN_ABROAD, REGISTERED, FIRST, ~ADULT_AT_REGISTRATION),
    ("agii",),
    ("D13 art. 27 §1 3°, §6",),
)

GROUNDS = (
    FIRST_REGISTRATION, MOVED_IN, KEPT, MINISTER, BELGIAN_FIRST_REGISTRATION, BELGIAN_MOVED_IN, BELGIAN_KEPT, TURNED_18,
)  # fmt: skip
OPEN_GROUNDS = (
    All(Any_(FOREIGNER_ADULT, BELGIAN_BORN_ABROAD), EXACTLY_FIVE),
    All(Any_(FOREIGNER_ADULT, BELGIAN_BORN_ABROAD), MOVED_AS_MINOR),
    OLD_LAW,
    BELGIAN_AS_MINOR,
    BECAME_BELGIAN,
)
# Who was new at 18 and speaks another language at home is obliged whether registered just before or after the birthday.
EITHER_SIDE_OF_18 = All(
    FOREIGNER_ADULT,
    REGISTERED,
    FIRST,
    SINCE_DECREE,
    t.NEW_AT_18,
    ~t.LONG_OF_AGE_AT_REGISTRATION,
    t.adult_since(anniversary(START, -2).first),
    ~t.flag("home_language_dutch"),
)
GROUND = All(LIVES_HERE, TITLE, Any_(*GROUNDS, EITHER_SIDE_OF_18, *OPEN_GROUNDS))

# --- why the duty does not arise (shown as reasons; they decide nothing) ---------------------------------------------

NO_GROUND = (
    Provision("none.under_18", LIVES_HERE & ~t.ADULT, Citation("D13", "27 §1", D13_START)),
    Provision(
        "none.title_three_months",
        All(LIVES_HERE, t.FOREIGNER, ~t.LONG_TITLE, ~t.EU_NATIONAL),
        Citation("D13", "27 §1", D13_START),
    ),
    Provision(
        "none.waiting_register",
        All(LIVES_HERE, t.code("registered", "waiting")),
        Citation("D13", "27 §1", D13_START, confidence="medium"),
    ),
    Provision(
        "none.moved_over_five_years",
        All(
            LIVES_HERE,
            ~FIRST,
            ELSEWHERE,
            t.more_than_years("moved_in_years", "first_registration_date", "registration_date"),
        ),
        Citation("D13", "27 §1 1° b, 3° b", D13_START),
    ),
    Provision(
        "none.registered_as_child",
        All(LIVES_HERE, t.ADULT, t.FOREIGNER, FIRST, ~t.NEW_AT_18),
        Citation("D13", "27 §6", D13_START, confidence="medium"),
    ),
    Provision(
        "none.home_language_dutch",
        All(LIVES_HERE, t.ADULT, TURNED_18_REGISTERED, t.flag("home_language_dutch")),
        Citation("D13", "2 20°, 27 §6", D13_START),
    ),
    Provision("none.fulfilled", LIVES_HERE & t.FULFILLED, Citation("D13", "27 §1 1°", D13_START)),
)

# --- exemptions (art. 27 §2), in the contract's order ----------------------------------------------------------------

FAMILY_OF_EU = All(t.FOREIGNER, t.SPONSOR_EU, t.DIRECTIVE_FAMILY)
EU_NATIONAL = Provision("exempt.eu_national", t.EU_NATIONAL, Citation("D13", "27 §2 1°, §7", D13_START))
EU_FAMILY = Provision("exempt.eu_family", FAMILY_OF_EU, Citation("D13", "27 §2 2°", D13_START))
EU_FAMILY_DOUBT = OpenPoint(
    "eu_family_doubt",
    Any_(
        All(t.SPONSOR_BELGIAN_AND_EU, t.DIRECTIVE_FAMILY | t.DOUBTFUL_FAMILY),
        All(t.SPONSOR_EU, t.DOUBTFUL_FAMILY),
        All(t.BELGIAN, t.SPONSOR_EU, t.DIRECTIVE_FAMILY),
    ),
    ("agii",),
    ("D13 art. 27 §2 2°", "BW"),
)
FAMILY_OF_MOBILE_BELGIAN = All(t.SPONSOR_BELGIAN, t.flag("sponsor_used_free_movement"), t.DIRECTIVE_FAMILY)
MOBILE_BELGIAN = (t.BELGIAN & t.flag("used_free_movement")) | FAMILY_OF_MOBILE_BELGIAN
BELGIAN_FREE_MOVEMENT = Provision(
    "exempt.belgian_free_movement", MOBILE_BELGIAN, Citation("D13", "27 §2 3°", D13_START)
)
MOBILE_BELGIAN_DOUBT = OpenPoint(
    "belgian_family_doubt",
    All(t.SPONSOR_BELGIAN, t.flag("sponsor_used_free_movement"), t.DOUBTFUL_FAMILY),
    ("agii",),
    ("D13 art. 27 §2 2°", "BW"),
)
ATTEST = Provision("exempt.attest", t.code("civic_certificate", "attest"), Citation("D13", "27 §2 4°", D13_START))
STATEMENT = Provision(
    "exempt.statement_of_efforts",
    t.code("civic_certificate", "statement_of_efforts"),
    Citation("D13", "27 §3 al. 3", REFORM),
)
MEDICAL = Provision("exempt.medical", t.PERMANENTLY_ILL, Citation("D13", "27 §2 5°", D13_START))
RECEPTION_YEAR = Provision(
    "exempt.reception_year",
    t.RECEPTION_YEAR & ~t.RECOGNISED_MINISTER,
    Citation("D13", "27 §2 al. 1 6°", D13_START),
)
RECEPTION_MINISTER = OpenPoint(
    "minister_reception_year",
    t.RECEPTION_YEAR & t.RECOGNISED_MINISTER,
    ("agii",),
    ("D13 art. 27 §2 al. 1 6°", "IPDC-old"),
)
AGE_65 = Provision(
    "exempt.age_65",
    t.reached("exempt_age") & ~t.RECOGNISED_MINISTER,
    Citation("D13", "27 §2 al. 2", D13_START),
)
SCHOOL_DIPLOMA = t.code("diploma", "belgian", "dutch", "overseas_dutch")
DIPLOMA = Provision(
    "exempt.diploma", SCHOOL_DIPLOMA & ~t.RECOGNISED_MINISTER, Citation("D13", "27 §2 al. 3", D13_START)
)
DIPLOMA_EQUIVALENCE = OpenPoint(
    "diploma_equivalence",
    t.code("diploma", "foreign_recognised") & ~t.RECOGNISED_MINISTER,
    ("agii",),
    ("D13 art. 27 §2 al. 3",),
)
TREATY = Provision(
    "exempt.treaty", t.FOREIGNER & t.WITHDRAWAL, Citation("D13", "27 §2 al. 4", D13_START, confidence="medium")
)
# Who was here before the end of the transition period mostly falls under the Withdrawal Agreement, also when the card
# that was shown is another one (law.md 3.6).
TRANSITION_END = date(2021, 1, 1)
BRITISH_BEFORE_2021 = OpenPoint(
    "british_before_2021",
    All(t.BRITISH, ~t.since_day("registration_date", TRANSITION_END.toordinal()), ~t.WITHDRAWAL),
    ("agii",),
    ("D13 art. 27 §2 al. 4", "BW"),
)
LABOUR = t.FOREIGNER & t.listed("stay_reason", "labour_reasons")
UNLIMITED = t.listed("residence_document", "unlimited_documents")
TEMPORARY_PROTECTION = t.FOREIGNER & t.code("stay_reason", "temporary_protection")
# Announced for 2027, switched off: new labour migrants who work for more than a year lose the exemption (N2).
LABOUR_PACKAGE = All(LABOUR, FIRST, REGISTERED_SINCE_LABOUR_PACKAGE, ~t.STAY_AT_MOST_A_YEAR)
PROVISIONAL = t.FOREIGNER & ((LABOUR & ~UNLIMITED) | t.code("stay_reason", "student"))
PROVISIONAL_STAY = Provision(
    "exempt.provisional_stay",
    All(PROVISIONAL, ~t.RECOGNISED_MINISTER, ~LABOUR_PACKAGE),
    Citation("D13", "27 §2 al. 5", D13_START),
)
# Known to hold until the end of the protection that the sources state (law.md 3.3, 12.3).
TEMPORARY_PROTECTION_STAY = Provision(
    "exempt.temporary_protection",
    TEMPORARY_PROTECTION & ~t.RECOGNISED_MINISTER,
    Citation("D13", "27 §2 al. 5", D13_START, date(2026, 3, 4)),
)
TEMPORARY_PROTECTION_DOUBT = OpenPoint(
    "temporary_protection",
    Provision(
        "open.temporary_protection",
        TEMPORARY_PROTECTION,
        Citation("D13", "27 §2 al. 5", date(2026, 3, 5), confidence="medium"),
    ),
    ("agii",),
    ("D13 art. 27 §2 al. 5", "VL2"),
)
LABOUR_UNLIMITED = OpenPoint("labour_unlimited", LABOUR & UNLIMITED, ("agii",), ("D13 art. 27 §2 al. 5", "N2"))
MINISTER_PROVISIONAL = OpenPoint(
    "minister_provisional",
    (PROVISIONAL | TEMPORARY_PROTECTION) & t.RECOGNISED_MINISTER,
    ("agii",),
    ("D13 art. 27 §2 al. 5", "IPDC-old"),
)
SCHOOL_ENROLMENT = Provision(
    "exempt.school_enrolment",
    All(t.adult_since(START), TURNED_18_REGISTERED, t.SCHOOL_YEAR_OVER, t.IN_SCHOOL),
    Citation("D13", "27 §6", D13_START),
)

EXEMPTIONS: tuple[tuple[str, Provision], ...] = (
    ("eu_national", EU_NATIONAL),
    ("eu_family", EU_FAMILY),
    ("belgian_free_movement", BELGIAN_FREE_MOVEMENT),
    ("attest", ATTEST),
    ("statement_of_efforts", STATEMENT),
    ("medical", MEDICAL),
    ("reception_year", RECEPTION_YEAR),
    ("age_65", AGE_65),
    ("diploma", DIPLOMA),
    ("treaty", TREATY),
    ("provisional_stay", PROVISIONAL_STAY),
    ("provisional_stay", TEMPORARY_PROTECTION_STAY),
    ("school_enrolment", SCHOOL_ENROLMENT),
)
EXEMPT = Any_(
    *(provision for _, provision in EXEMPTIONS),
    EU_FAMILY_DOUBT, MOBILE_BELGIAN_DOUBT, RECEPTION_MINISTER, DIPLOMA_EQUIVALENCE, TEMPORARY_PROTECTION_DOUBT,
    LABOUR_UNLIMITED, MINISTER_PROVISIONAL, BRITISH_BEFORE_2021,
)  # fmt: skip

# --- exemptions that people expect and that do not hold (told, decide nothing) ---------------------------------------

REFUSED = (
    Provision(
        "refused.belgian_family",
        All(t.SPONSOR_BELGIAN, ~t.SPONSOR_BELGIAN_AND_EU, ~t.flag("sponsor_used_free_movement")),
        Citation("D13", "27 §2 2°", D13_START),
    ),
    Provision(
        "refused.minister",
        t.RECOGNISED_MINISTER & (t.reached("exempt_age") | SCHOOL_DIPLOMA),
        Citation("D13", "27 §2 al. 2-3", D13_START),
    ),
    Provision(
        "refused.temporary_illness", t.code("medical", "temporary"), Citation("D13", "27 §2 5°, §3 al. 4", D13_START)
    ),
    Provision("refused.no_certificate", t.code("medical", "not_certified"), Citation("D13", "27 §2 5°", D13_START)),
    Provision(
        "refused.foreign_diploma",
        t.code("diploma", "foreign", "unsubsidised"),
        Citation("D13", "27 §2 al. 3", D13_START),
    ),
    Provision(
        "refused.reception_short",
        t.SOME_RECEPTION_CLASS & ~t.RECEPTION_YEAR,
        Citation("D13", "27 §2 al. 1 6°", D13_START),
    ),
    Provision("refused.part_only", t.code("civic_certificate", "part_only"), Citation("D13", "34/1", REFORM)),
    Provision(
        "refused.other_attest",
        t.code("civic_certificate", "brussels_bapa", "wallonia", "german_community"),
        Citation("D13", "30 §3", date(2023, 9, 1), confidence="medium"),
    ),
)

DUTY = All(RIGHT, GROUND, ~t.FULFILLED, ~EXEMPT)

# A third-country national with EU long-term residence of another member state, who met integration conditions there,
# follows only the Dutch part (art. 27 §5). A pupil's duty is suspended until 31 August (§6).
DUTCH_ONLY = Provision("duty.dutch_only", t.LONG_TERM_RESIDENT, Citation("D13", "27 §5", D13_START))
SUSPENDED = Provision(
    "duty.suspended",
    All(TURNED_18, ~t.SCHOOL_YEAR_OVER, t.IN_SCHOOL),
    Citation("D13", "27 §6", D13_START),
)
