"""The right to the Flemish programme (D13 art. 26; law.md section 1), in Flanders and in Brussels."""

from __future__ import annotations

from datetime import date

from wegwijzer.law import terms as t
from wegwijzer.law.provision import Citation, Provision
from wegwijzer.logic import All, Any_, OpenPoint

D13_START = date(2016, 2, 29)
REFORM = date(2022, 3, 1)
DAY_BEFORE_REFORM = date(2022, 2, 28)

IN_TERRITORY = t.in_region("flanders", "brussels")

TEMPORARY_PURPOSE = Provision(
    "right.excluded.temporary_purpose",
    t.TEMPORARY_PURPOSE & ~(t.code("stay_reason", "student")),
    Citation("D13", "26 §1 1°, al. 2", D13_START),
)
# A student whose stay cannot pass one year (some exchanges): the sources do not say (law.md 3.2).
SHORT_STUDENT = OpenPoint(
    "short_student",
    ~t.EU_NATIONAL & t.code("stay_reason", "student") & t.STAY_AT_MOST_A_YEAR,
    ("agii",),
    ("D13 art. 26 §1 al. 2", "AG5"),
)
ASYLUM_SEEKER = Provision(
    "right.excluded.asylum_seeker",
    t.ASYLUM_ONLY & ~t.EU_NATIONAL,
    Citation("D13", "26 §1 1° (D21 art. 18)", REFORM),
)
ASYLUM_SEEKER_BEFORE_REFORM = Provision(
    "right.excluded.asylum_four_months",
    t.ASYLUM_ONLY & ~t.EU_NATIONAL & ~t.ASYLUM_FOUR_MONTHS,
    Citation("KH", "-", D13_START, DAY_BEFORE_REFORM, confidence="medium"),
)
NOT_REGISTERED = Provision(
    "right.excluded.not_registered", ~t.IN_NATIONAL_REGISTER, Citation("D13", "26 §1", D13_START)
)
NO_RIGHT_DOCUMENT = t.code("residence_document", "special_id_c", "special_id_d", "annex_3", "N") | t.code(
    "stay_reason", "tourist"
)
NO_LAWFUL_STAY = Provision(
    "right.excluded.no_lawful_stay",
    t.FOREIGNER & ~t.LAWFUL_STAY & (~t.IN_NATIONAL_REGISTER | NO_RIGHT_DOCUMENT),
    Citation("D13", "2 27°, 26 §1 1°", D13_START),
)
# Registered, but no document or reason that the sources name as lawful stay (no card shown, annex 35, special card E).
UNCLEAR_STAY = OpenPoint(
    "unclear_stay",
    t.IN_NATIONAL_REGISTER & ~NO_RIGHT_DOCUMENT & ~t.LAWFUL_STAY,
    ("agii",),
    ("D13 art. 2 27°", "AG2"),
)
LAWFUL = t.LAWFUL_STAY | UNCLEAR_STAY

FOREIGNER_ADULT = Provision(
    "right.foreigner_adult",
    All(
        t.FOREIGNER,
        t.ADULT,
        LAWFUL,
        ~TEMPORARY_PURPOSE,
        ~SHORT_STUDENT,
        ~ASYLUM_SEEKER,
        ~ASYLUM_SEEKER_BEFORE_REFORM,
    ),
    Citation("D13", "26 §1 1°", D13_START),
)
BELGIAN_BORN_ABROAD = Provision(
    "right.belgian_born_abroad",
    All(t.BELGIAN, t.ADULT, t.BORN_ABROAD, t.PARENT_BORN_ABROAD),
    Citation("D13", "26 §1 2°", D13_START),
)
# "Useful on top of compulsory schooling" is for the agency to judge.
USEFUL_BESIDE_SCHOOL = OpenPoint(
    "minor_useful", ~t.flag("compulsory_schooling_completed"), ("agii",), ("D13 art. 26 §1 3°",)
)
MINOR = Provision(
    "right.minor",
    All(
        t.FOREIGNER,
        ~t.ADULT,
        LAWFUL,
        t.flag("compulsory_schooling_completed") | USEFUL_BESIDE_SCHOOL,
        ~TEMPORARY_PURPOSE,
        ~(ASYLUM_SEEKER & ~t.flag("unaccompanied_minor")),
    ),
    Citation("D13", "26 §1 3°", D13_START),
)
BELGIAN_NOT_TARGET = Provision(
    "right.excluded.belgian",
    t.BELGIAN & Any_(~t.BORN_ABROAD, ~t.PARENT_BORN_ABROAD),
    Citation("D13", "26 §1 2°", D13_START),
)
BELGIAN_MINOR = Provision(
    "right.excluded.belgian_minor", t.BELGIAN & ~t.ADULT, Citation("D13", "26 §1 2°-3°", D13_START)
)
ASYLUM_MINOR = Provision(
    "right.excluded.asylum_minor",
    All(t.FOREIGNER, ~t.ADULT, ASYLUM_SEEKER, ~t.flag("unaccompanied_minor")),
    Citation("D13", "26 §1 3° (D21 art. 18)", REFORM),
)
ABROAD = Provision(
    "right.excluded.abroad",
    t.in_region("abroad"),
    Citation("D13", "26 §4, 34/6", REFORM),
    Citation("D13", "26 §1", D13_START, DAY_BEFORE_REFORM),
)

GROUNDS = (FOREIGNER_ADULT, BELGIAN_BORN_ABROAD, MINOR)
EXCLUSIONS = (
    NOT_REGISTERED, NO_LAWFUL_STAY, TEMPORARY_PURPOSE, ASYLUM_MINOR, ASYLUM_SEEKER, ASYLUM_SEEKER_BEFORE_REFORM,
    BELGIAN_MINOR, BELGIAN_NOT_TARGET,
)  # fmt: skip

RIGHT = All(IN_TERRITORY, t.IN_NATIONAL_REGISTER, Any_(*GROUNDS))
