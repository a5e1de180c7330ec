"""Entities of whole messages: values, roles, offsets, and what must not be found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.constants import SURE
from assistant.nlu.entities import FactsInQuestions, LexiconEntityExtractor, extractor
from assistant.nlu.language import LANGUAGE, identifier
from tests.places.test_names import shared_names
from wegwijzer import lexicon
from wegwijzer.reading.answers import parse_answer, readings_anywhere

TODAY = date(2026, 11, 23)


def entities(text: str, lang: str | None) -> list[dict[str, Any]]:
    return extractor().extract(text, lang, TODAY)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("nl", "ik ben 34", [("age", 34)]),
        ("nl", "Keniaan, 37 jaar", [("country", "KE"), ("age", 37)]),
        ("nl", "ik heb het nu druk", []),
        ("nl", "2 jaar", [("duration_months", 24)]),
        ("nl", "ik ben 2 jaar in België", [("duration_months", 24), ("country", "BE")]),
        ("en", "a year and a half", [("duration_months", 18)]),
        ("fr", "il y a 3 mois", [("date", "2026-08"), ("duration_months", 3)]),
        ("nl", "geboren op 5 mei 1990", [("birth_date", "1990-05-05")]),
        ("nl", "ingeschreven op 5-10-26", [("date", "2026-10-05")]),
        ("en", "I speak Arabic", [("language", "ar")]),
        ("fr", "en néerlandais svp", [("language", "nl")]),
        ("nl", "F-kaart", [("residence_document", "F")]),
        ("nl", "ik heb E+", [("residence_document", "E+")]),
        ("fr", "j'ai l'annexe 15", [("residence_document", "annex_15")]),
        ("en", "I have a single permit", [("stay_reason", "employee")]),
        ("nl", "ik ben geen vluchteling", []),
        ("nl", "ik heb mei vrij", []),
        ("en", "may I do it in English?", [("language", "en")]),
        ("en", "no", []),
        ("nl", "zo", []),
        ("fr", "il est où ?", []),
        ("nl", "ma", []),
        ("en", "I have a card", []),
        ("en", "I have a card B", [("residence_document", "B")]),
        ("en", "what does the letter on my card stand for?", []),
        ("fr", "j'ai une carte effe plus", [("residence_document", "F+")]),
        ("fr", "ma carte d'identité", []),
        ("nl", "wat kost een Nederlandse cursus", [("language", "nl")]),
    ],
)
def test_entities_of_a_message(lang: str, text: str, expected: list[tuple[str, Any]]) -> None:
    assert [(entity["entity"], entity["value"]) for entity in entities(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text", "roles"),
    [
        ("nl", "geboren in Turkije, ik heb de Belgische nationaliteit", {"TR": "birth_country", "BE": "nationality"}),
        ("nl", "ik ben Marokkaan en Belg", {"MA": "nationality", "BE": "nationality"}),
        ("en", "I was born in Iraq and I have a Dutch passport", {"IQ": "birth_country", "NL": "nationality"}),
        ("fr", "je suis né au Mali", {"ML": "birth_country"}),
        ("fr", "je viens de Syrie", {"SY": None}),
        ("en", "I live in Belgium", {"BE": None}),
    ],
)
def test_role_follows_the_words_around(lang: str, text: str, roles: dict[str, str | None]) -> None:
    assert {entity["value"]: entity.get("role") for entity in entities(text, lang)} == roles


def test_misspelt_country_is_less_sure() -> None:
    [entity] = entities("ik kom uit Marroko", "nl")
    assert entity["value"] == "MA"
    assert entity["confidence"] < 0.9


def test_name_of_two_countries_gives_both() -> None:
    [entity] = entities("Congo", "nl")
    assert {choice["value"] for choice in entity["candidates"]} == {"CD", "CG"}
    assert entity["confidence"] <= 0.5


def test_municipality_has_its_dutch_name_and_code() -> None:
    [entity] = entities("j'habite à Anvers", "fr")
    assert (entity["value"], entity["nis"]) == ("Antwerpen", "11002")


def test_every_country_is_found_by_its_name_in_every_language() -> None:
    from wegwijzer import countries

    missed = []
    for lang in lexicon.languages():
        for code in sorted(countries.codes()):
            name = countries.country_name(code, lang)
            found = [entity for entity in entities(name, lang) if entity["entity"] == "country"]
            values = {choice["value"] for entity in found for choice in entity.get("candidates", [entity])}
            if code not in values:
                missed.append((lang, code, name))
    assert missed == []


def test_every_nationality_of_the_lexicons_is_found() -> None:
    missed = []
    for lang in lexicon.languages():
        for code, phrases in lexicon.load(lang).demonyms.items():
            for phrase in phrases:
                found = entities(phrase, lang)
                values = {choice["value"] for entity in found for choice in entity.get("candidates", [entity])}
                if code not in values:
                    missed.append((lang, code, phrase))
    assert missed == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ja", "nl"),
        ("neen", "nl"),
        ("yes", "en"),
        ("oui", "fr"),
        ("goeiedag", "nl"),
        ("hello", "en"),
        ("bonjour", "fr"),
        ("moet ik inburgering doen", "nl"),
        ("do I have to follow the course", "en"),
        ("est-ce que je dois suivre le cours", "fr"),
        ("ik weet het niet", "nl"),
        ("how much does it cost", "en"),
        ("combien ça coûte", "fr"),
        ("mijn man werkt in Antwerpen", "nl"),
        ("my husband works in Antwerp", "en"),
        ("mon mari travaille à Anvers", "fr"),
        ("vierendertig", "nl"),
        ("thirty-four", "en"),
        ("trente-quatre", "fr"),
        ("tengo tarjeta naranja, ¿debo ir a la escuela?", "es"),
        ("turuncu kartım var okula gidecek miyim", "tr"),
        ("معي كرت برتقالي لازم روح عالمدرسة؟", "ar"),
        ("ma3i kart borto2ali lazem rou7 3al madrase?", "ar"),
        ("у мене помаранчева картка, чи треба мені на курс?", "uk"),
        ("у меня оранжевая карта, надо ли мне на курс?", "ru"),
        ("کارت نارنجی دارم باید کلاس بروم؟", "fa"),
        ("karte narenji daram bayad beram kelas?", "fa"),
        ("نارنجي کارت لرم کورس ته باید لاړ شم؟", "ps"),
        ("kaarka oranjiga ah ayaan haystaa, dugsi ma aadaa?", "so"),
        ("ኣራንሾኒ ካርድ ኣለኒ ቤት ትምህርቲ ክኸይድ ዶ", "ti"),
        ("kab eritra eye ab gent enebr", "ti"),
    ],
)
def test_language_of_a_message(text: str, code: str) -> None:
    assert identifier().identify(text)[0] == code


@pytest.mark.parametrize("text", ["", "34", "F+", "👍", "!!!", "12/03/1985"])
def test_no_language_where_nothing_tells(text: str) -> None:
    assert identifier().identify(text) == (None, 0.0)


ASKED = [
    "age",
    "birth_date",
    "nationalities",
    "municipality",
    "registration_date",
    "residence_document",
    "stay_reason",
    "permit_months",
    "registered",
    "first_registration",
    "special_situations",
    "family_relation",
]

HOSTILE = [
    "\u202e\u202d\u2066\u2069",
    "<script>alert(1)</script>",
    "<b></b><img src=x onerror=y>",
    "9" * 2000,
    "99999999999999999999",
    "00/00/0000",
    "99/99/9999",
    "🙂🙂🙂",
    "\x00\x01\x02",
    "{{7*7}} ${x} %s %d",
    "'; DROP TABLE events; --",
    "²³½Ⅷ①",
    "\u0660\u0660\u0660\u0660\u0660",
    "-" * 2000,
    "zqxj " * 400,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lang", lexicon.languages())
def test_hostile_text_gives_no_fact(text: str, lang: str) -> None:
    found = entities(text, lang)
    assert readings_anywhere(text, lang, TODAY, found) == []
    for fact in ASKED:
        assert parse_answer(fact, text, lang, TODAY, found) == []


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300), lang=st.sampled_from([*lexicon.languages(), "xx", ""]))
def test_any_text_is_survived(text: str, lang: str) -> None:
    found = entities(text, identifier().identify(text)[0])
    for entity in found:
        assert 0 <= entity["start"] < entity["end"] <= len(text)
        assert 0 < entity["confidence"] <= 1
    readings_anywhere(text, lang, TODAY, found)
    for fact in ASKED:
        parse_answer(fact, text, lang, TODAY, found)


WORDS = [
    "34",
    "1990",
    "2",
    "12/03/1985",
    "jaar",
    "mei",
    "sinds",
    "geleden",
    "half",
    "maanden",
    "geboren",
    "in",
    "uit",
    "ik",
    "ben",
    "Marokko",
    "Gent",
    "kaart",
    "F",
    "+",
    "niet",
    "geen",
    "years",
    "ago",
    "since",
    "un",
    "an",
    "et",
    "demi",
    "il",
    "y",
    "a",
]


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_order_of_words_is_survived(words: list[str]) -> None:
    text = " ".join(words)
    for lang in lexicon.languages():
        found = entities(text, lang)
        readings_anywhere(text, lang, TODAY, found)
        for fact in ASKED:
            parse_answer(fact, text, lang, TODAY, found)


# --- the other languages ----------------------------------------------------------------------------------------------

PEOPLE = [
    ("es", "tengo 34 años, soy peruana y vivo en Gante", "PE"),
    ("tr", "34 yaşındayım, Faslıyım, Gentte oturuyorum", None),
    ("ar", "عمري 34 سنة أنا سوري ساكن في غنت", "SY"),
    ("uk", "мені 34 роки, я українка, живу в Генті", "UA"),
    ("ru", "мне 34 года, я грузин, живу в Генте", "GE"),
    ("fa", "۳۴ ساله هستم، افغان، در گنت زندگی می‌کنم", "AF"),
    ("ps", "زه ۳۴ کلن یم، افغان یم، په ګنت کې اوسېږم", "AF"),
    ("so", "34 jir ayaan ahay, soomaali, gent ayaan degganahay", "SO"),
    ("ti", "34 ዓመተይ ኤርትራዊ እየ ኣብ ጌንት እነብር", "ER"),
]


@pytest.mark.parametrize(("lang", "said", "country"), PEOPLE)
def test_age_nationality_and_town_of_one_message(lang: str, said: str, country: str | None) -> None:
    assert identifier().identify(said)[0] == lang
    found = {entity["entity"]: entity["value"] for entity in entities(said, lang)}
    assert found["age"] == 34
    assert found["municipality"] == "Gent"
    assert country is None or found["country"] == country


@pytest.mark.parametrize(
    ("said", "lang", "value", "calendar"),
    [
        ("۱۵ حمل ۱۳۷۰", "fa", "1991-04-04", "solar_hijri"),
        ("15 farvardin 1370", "fa", "1991-04-04", "solar_hijri"),
        ("1370/1/15", "ps", "1991-04-04", "solar_hijri"),
        ("١ رمضان ١٤٤٥", "ar", "2024-03-11", "islamic"),
        ("1 መስከረም 2000", "ti", "2007-09-12", "ethiopian"),
        ("መስከረም 1 2000", "ti", "2007-09-12", "ethiopian"),
    ],
)
def test_a_date_of_another_calendar_is_converted_and_never_sure(
    said: str, lang: str, value: str, calendar: str
) -> None:
    (found,) = [entity for entity in entities(said, lang) if entity["entity"] in ("date", "birth_date")]
    assert (found["value"], found["calendar"]) == (value, calendar)
    assert found["confidence"] <= 0.5


@pytest.mark.parametrize(
    ("said", "lang", "meanings"),
    [
        # A solar year covers parts of two Gregorian ones; 1370 may be a lunar year too.
        ("متولد ۱۳۷۰", "fa", ["1991", "1992", "1950", "1951"]),
        ("۱۴۲۰ زېږېدلی", "ps", ["1999", "2000"]),
        # Eritreans count as the Gregorian calendar does, Ethiopians seven or eight years behind it.
        ("ብ 1985 ተወሊደ", "ti", ["1985", "1992", "1993"]),
        ("12/03/1990", "ti", ["1990-03-12", "1997-11-21"]),
        ("23 ግንቦት 1987 ተወሊደ", "ti", ["1995-05-31", "1987-05-23"]),
        # This Ethiopian year is still to come.
        ("12/03/2024", "ti", None),
        ("5 ጥቅምቲ 2026", "ti", None),
        ("12/03/1990", "ar", None),
        ("رجب 1440", "ar", ["2019-03", "2019-04"]),
    ],
)
def test_a_date_that_fits_two_calendars_or_two_years_keeps_all_its_meanings(
    said: str, lang: str, meanings: list[str] | None
) -> None:
    (found,) = [entity for entity in entities(said, lang) if entity["entity"] in ("date", "birth_date")]
    choices = found.get("candidates")
    assert (choices and [choice["value"] for choice in choices]) == meanings
    assert (found["confidence"] < 0.9) == (meanings is not None)


@pytest.mark.parametrize(
    ("said", "lang"), [("od 2019 roku", "pl"), ("с 2019 года", "ru"), ("з 2019 року", "uk"), ("w 2019 roku", "pl")]
)
def test_a_year_with_the_word_year_is_a_date(said: str, lang: str) -> None:
    found = {
        entity["entity"]: entity["value"] for entity in entities(f"mieszkam {said}" if lang == "pl" else said, lang)
    }
    assert found.get("date") == "2019"
    assert "duration_months" not in found


def test_the_year_may_stand_before_the_month() -> None:
    (found,) = [entity for entity in entities("د ۲۰۲۲ کال د جون له میاشتې ثبت یم", "ps") if entity["entity"] == "date"]
    assert found["value"] == "2022-06"


@pytest.mark.parametrize(
    ("said", "lang"), [("afgan değilim", "tr"), ("زه افغان نه یم", "ps"), ("من ایرانی نیستم", "fa")]
)
def test_what_is_denied_after_the_word_is_not_stated(said: str, lang: str) -> None:
    assert not [entity for entity in entities(said, lang) if entity["entity"] == "country"]


@pytest.mark.parametrize(
    ("said", "lang", "own"),
    [
        ("il est belge je suis marocaine", "fr", "MA"),
        ("hij is belg ik ben marokkaanse", "nl", "MA"),
        ("زه افغان یم", "ps", "AF"),
    ],
)
def test_am_after_the_word_counts_where_verbs_stand_last(said: str, lang: str, own: str) -> None:
    roles = {entity["value"]: entity.get("role") for entity in entities(said, lang) if entity["entity"] == "country"}
    assert [code for code, role in roles.items() if role == "nationality"] == [own]


def test_a_common_word_is_no_month() -> None:
    assert not [entity for entity in entities("urodziłem się w 1990", "pl") if entity["value"] == "1990-08"]


def test_a_gregorian_date_names_no_calendar() -> None:
    (found,) = entities("5 mei 1990", "nl")
    assert "calendar" not in found


@pytest.mark.parametrize(
    ("lang", "text", "months"),
    [
        ("ar", "صارلي سنتين هون", 24),
        ("ar", "أنا هنا منذ شهرين", 2),
        ("ru", "полгода", 6),
        ("ru", "живу тут год", 12),
        ("uk", "півроку тому", 6),
        ("pl", "mieszkam tu rok", 12),
        ("nl", "ik ben hier al anderhalf jaar", 18),
        ("es", "llevo un año y medio aquí", 18),
    ],
)
def test_a_length_of_time_needs_no_number(lang: str, text: str, months: int) -> None:
    assert months in [entity["value"] for entity in entities(text, lang) if entity["entity"] == "duration_months"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ar", "من سنة 2019"), ("ar", "من شهر 5"), ("ru", "в 2019 год"), ("pl", "od roku 2019"), ("pl", "który to rok")],
)
def test_a_year_or_month_that_is_named_is_no_length_of_time(lang: str, text: str) -> None:
    assert "duration_months" not in {entity["entity"] for entity in entities(text, lang)}


def test_the_year_of_since_may_stand_before_it() -> None:
    assert [(item["entity"], item["value"]) for item in entities("2022den beri", "tr")] == [("date", "2022")]


def test_the_relative_may_stand_after_the_age() -> None:
    [age] = entities("9 yaşındaki oğlum", "tr")
    assert (age["value"], age["about"]) == (9, "relative")


def test_a_case_form_of_a_country_is_no_language() -> None:
    assert [(item["entity"], item["value"]) for item in entities("mam dyplom z Polski", "pl")] == [("country", "PL")]
    assert [(item["entity"], item["value"]) for item in entities("uczę się polskiego", "pl")] == [("language", "pl")]


def _after_the_classifier(text: str, intent: str, lang: str) -> list[float]:
    message = Message({TEXT: text, INTENT: {"name": intent}, LANGUAGE: {"code": lang}, ENTITIES: entities(text, lang)})
    FactsInQuestions().process([message])
    return [entity["confidence"] for entity in message.get(ENTITIES)]


@pytest.mark.parametrize(
    ("lang", "text", "intent"),
    [
        ("en", "companies bring in staff with a work permit, does it apply to them", "faq_work_permit"),
        ("fr", "les étudiants étrangers sont ils concernés", "faq_student"),
        ("nl", "ik was vorige week afwezig in de les is dat erg?", "faq_attendance"),
    ],
)
def test_a_question_states_no_sure_fact(lang: str, text: str, intent: str) -> None:
    confidences = _after_the_classifier(text, intent, lang)
    assert confidences and max(confidences) < SURE


@pytest.mark.parametrize(
    ("lang", "text", "intent"),
    [
        ("en", "I am a refugee", "faq_refugee"),
        ("nl", "student", "faq_student"),
        ("en", "Dutch", "change_language"),
        ("en", "I am a refugee, must I follow it?", "start_check"),
        ("en", "is there a course in Arabic?", "faq_course_language"),
    ],
)
def test_what_one_says_of_oneself_and_languages_stay_sure(lang: str, text: str, intent: str) -> None:
    assert min(_after_the_classifier(text, intent, lang)) >= SURE


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl", "ik woon in {}"),
        ("en", "I live in {}"),
        ("fr", "j'habite à {}"),
        ("es", "vivo en {}"),
        ("ar", "ساكن في {}"),
        ("tr", "{} da oturuyorum"),
        ("uk", "я живу в {}"),
        ("ru", "я живу в {}"),
        ("fa", "من در {} زندگی میکنم"),
        ("ps", "زه په {} کې اوسېږم"),
        ("so", "waxaan ku noolahay {}"),
        ("ti", "ኣብ {} እየ ዝነብር"),
        ("pl", "mieszkam w {}"),
    ],
)
def test_a_name_that_fits_several_communes_is_asked_back(lang: str, sentence: str) -> None:
    wrong = []
    for name, codes in sorted(shared_names().items()):
        for said in (name.title(), sentence.format(name.title())):
            found = [entity for entity in entities(said, lang) if entity["entity"] == "municipality"]
            sure = any(entity["confidence"] >= SURE for entity in found)
            offered = {choice.get("nis") for entity in found for choice in entity.get("candidates", ())}
            if sure or not codes <= offered:
                wrong.append((said, found))
    assert not wrong


def test_a_month_that_is_an_everyday_word_counts_after_a_day() -> None:
    [found] = entities("od 15 maja 2023", "pl")
    assert (found["entity"], found["value"]) == ("date", "2023-05-15")
    assert not entities("oni maja dzieci", "pl")


@pytest.mark.parametrize(
    ("lang", "text"), [("uk", "12.05.1990"), ("fr", "le 5 mai 1979"), ("tr", "1995 mart"), ("nl", "geboren 12/05/2021")]
)
def test_a_date_of_long_ago_on_its_own_is_a_birthday(lang: str, text: str) -> None:
    assert [item["entity"] for item in entities(text, lang)] == ["birth_date"]


@pytest.mark.parametrize(
    ("lang", "text"), [("uk", "12.05.2023"), ("en", "since 5 May 1999"), ("ru", "с 5 мая 1999"), ("nl", "1999")]
)
def test_other_dates_are_no_birthday(lang: str, text: str) -> None:
    assert [item["entity"] for item in entities(text, lang)] == ["date"]


def test_a_nationality_as_a_clause_is_sure_and_elsewhere_likely() -> None:
    clause = entities("киргиз, 32 года", "ru")[0]
    assert (clause["role"], clause.get("inferred")) == ("nationality", None)
    within = next(
        item for item in entities("Моему клиенту 36 лет, он афганец с картой A", "ru") if item["value"] == "AF"
    )
    assert (within["role"], within["inferred"]) == ("nationality", True)
    said = "Моему клиенту 36 лет, он афганец с картой A"
    stated = readings_anywhere(said, "ru", TODAY, entities(said, "ru"))
    assert all(item.confidence < SURE for item in stated if item.fact == "nationalities")


def test_a_comma_ends_an_age() -> None:
    said = "я из Чечни, живу тут три года, мне надо проходить эту интеграцию?"
    assert "age" not in {item["entity"] for item in entities(said, "ru")}


def test_a_long_dutch_word_does_not_change_the_script() -> None:
    assert identifier().identify("чем занимается trajectbegeleider")[0] == "ru"
    assert identifier().identify("من وين بجيب رقم rijksregister")[0] == "ar"


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("ru", "ya iz Gruzii", ("country", "GE")),
        ("ru", "kak stat belgiycem", ("country", "BE")),
        ("uk", "ya z Hruziji", ("country", "GE")),
        ("uk", "zhyvu v Antverpeni", ("municipality", "Antwerpen")),
        ("ru", "ya poluchil status bezhenca", ("stay_reason", "refugee")),
    ],
)
def test_cyrillic_words_are_known_by_their_sounds_in_latin_letters(
    lang: str, text: str, found: tuple[str, str]
) -> None:
    assert found in [(item["entity"], item["value"]) for item in entities(text, lang)]


def test_sounds_are_not_sought_in_other_languages() -> None:
    assert entities("vossojedinenie semji", "ru") and not entities("vossojedinenie semji", "nl")


@pytest.mark.parametrize(
    ("lang", "text", "reason"),
    [
        ("en", "my partner is a Dutch citizen", "family_eu"),
        ("tr", "eşim hollandalı", "family_eu"),
        ("fa", "زنم لهستانیه", "family_eu"),
        ("ti", "ሰበይተይ ጣልያናዊት እያ", "family_eu"),
        ("ar", "جيت لم شمل على زوجي هو بلجيكي", "family_belgian"),
        ("fr", "mon mari est belge", "family_belgian"),
    ],
)
def test_a_partner_of_the_union_is_a_reason_of_stay(lang: str, text: str, reason: str) -> None:
    found = entities(text, lang)
    assert [item["value"] for item in found if item["entity"] == "stay_reason"] == [reason]
    assert not [item for item in found if item.get("role") == "nationality" and not item.get("inferred")]


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "my brother is German"), ("en", "my wife is Syrian"), ("nl", "ik ben Duits")]
)
def test_others_of_the_union_are_no_reason_of_stay(lang: str, text: str) -> None:
    assert "stay_reason" not in {item["entity"] for item in entities(text, lang)}


def test_of_two_numbers_the_one_that_is_not_denied_is_meant() -> None:
    for said, lang, age in (("c'est 43 pas 34", "fr", 43), ("35 እምበር 53 ኣይኮንኩን", "ti", 35)):
        assert [(item["entity"], item["value"]) for item in entities(said, lang)] == [("age", age)]


def test_a_letter_of_a_card_may_stand_alone_in_another_script() -> None:
    cards = [item["value"] for item in entities("شنو الفرق بين كارت A وكارت B", "ar")]
    assert cards == ["A", "B"]
    assert not entities("A أو B أحسن", "ar")


def test_letters_of_cards_in_a_general_question_are_not_sure() -> None:
    for said, lang in (("شنو الفرق بين كارت A وكارت B", "ar"), ("فرق کارت A و B چی است", "fa")):
        assert all(item["confidence"] < SURE for item in entities(said, lang))


def test_a_card_beside_no_card_is_the_card() -> None:
    assert [item["value"] for item in entities("no card yet just annex 35", "en")] == ["annex_35"]


def test_a_year_takes_endings() -> None:
    assert [(item["entity"], item["value"]) for item in entities("2021de geldim", "tr")] == [("date", "2021")]


def said(text: str, lang: str) -> dict[tuple[str, Any], dict[str, Any]]:
    return {(item["entity"], item["value"]): item for item in entities(text, lang)}


@pytest.mark.parametrize(
    ("lang", "text", "fact"),
    [
        # Words in any order and form.
        ("nl", "mijn asiel, daar wacht ik nog altijd op een antwoord van", ("stay_reason", "asylum_pending")),
        ("uk", "притулок просили давно, досі чекаємо", ("stay_reason", "asylum_pending")),
        ("tr", "geldim buraya üniversitede master için", ("stay_reason", "student")),
        ("pl", "karty żadnej wciąż nie mam", ("residence_document", "none")),
        # Years of birth.
        ("nl", "ben van 88", ("birth_date", "1988")),
        ("fr", "née en 92 au Togo", ("birth_date", "1992")),
        ("en", "my client: 17/9/1979, we live in Lokeren", ("birth_date", "1979-09-17")),
        ("en", "sorry it must be 1989 instead", ("birth_date", "1989")),
        # Since when.
        ("en", "moved 2021 to Ghent with my wife", ("date", "2021")),
        # Letters of cards.
        ("nl", "mijn verblijfskaart is van type B", ("residence_document", "B")),
        ("en", "its not the A card, its B", ("residence_document", "B")),
        # Ages without "years".
        ("nl", "eenenvijftig, Afghaanse", ("age", 51)),
    ],
)
def test_what_is_said_without_a_phrase_is_found_and_asked_back(lang: str, text: str, fact: tuple[str, Any]) -> None:
    found = said(text, lang)
    assert fact in found and found[fact]["confidence"] < SURE


@pytest.mark.parametrize(
    ("lang", "text", "fact"),
    [
        ("nl", "ingeschreven op 17/9/2001 in Lokeren", ("date", "2001-09-17")),
        ("nl", "ik woon sinds 17/9/2001 in Lokeren", ("date", "2001-09-17")),
        ("es", "nací el 14 de febrero del 98", ("birth_date", "1998-02-14")),
        ("en", "I have F plus card", ("residence_document", "F+")),
    ],
)
def test_what_the_words_around_make_sure(lang: str, text: str, fact: tuple[str, Any]) -> None:
    assert said(text, lang)[fact]["confidence"] >= SURE


@pytest.mark.parametrize(
    ("lang", "text", "kinds"),
    [
        ("nl", "31/02/1990", {"date", "birth_date", "age"}),
        ("nl", "certificaat B1 van de school", {"residence_document"}),
        ("nl", "ik pluk appels", {"municipality"}),
        ("ps", "درې کاله کېږي چې دلته یم", {"language"}),
        ("fr", "je suis né au Togo", {"age"}),
        ("nl", "1000 Brussel", {"birth_date", "date"}),
        ("nl", "postcode 2018 Antwerpen, ik woon daar", {"birth_date", "date"}),
    ],
)
def test_what_only_looks_like_a_fact_is_none(lang: str, text: str, kinds: set[str]) -> None:
    assert not kinds & {item["entity"] for item in entities(text, lang)}


def test_a_word_of_the_own_language_is_no_name_in_another() -> None:
    # A Persian spelling of Switzerland, an Arabic one of Casablanca, a Spanish plural of Malian.
    assert ("country", "CH") not in said("je suis née au Gabon", "fr")
    assert ("country", "MA") not in said("mi casa queda en Anderlecht", "es")
    assert ("country", "ML") not in said("j'habite à Malines", "fr")


@pytest.mark.parametrize(
    ("lang", "text"),
    [("nl", "kaart A voor een jaar"), ("es", "tarjeta A de un año"), ("fr", "carte A valable 1 an")],
)
def test_how_long_a_card_is_valid_is_not_how_long_one_is_here(lang: str, text: str) -> None:
    assert said(text, lang)[("duration_months", 12)]["confidence"] < SURE


def test_yesterday_in_a_sentence_about_something_else_is_not_sure() -> None:
    assert said("yesterday I turned forty with a big party", "en")[("date", "2026-11-22")]["confidence"] < SURE
    assert said("registered yesterday at the town hall", "en")[("date", "2026-11-22")]["confidence"] >= SURE


@pytest.mark.parametrize(
    ("lang", "text", "reason", "country"),
    [
        ("en", "joined my husband here, he is from Portugal", "family_eu", "PT"),
        ("nl", "ik kwam met mijn vrouw mee, zij is Italiaanse", "family_eu", "IT"),
        ("ru", "приехала к мужу, он француз", "family_eu", "FR"),
    ],
)
def test_the_nationality_of_whom_one_joined_is_not_ones_own(lang: str, text: str, reason: str, country: str) -> None:
    found = said(text, lang)
    assert found[("stay_reason", reason)]["confidence"] < SURE
    assert found[("country", country)]["about"] == "relative" and "role" not in found[("country", country)]


def test_a_reason_of_stay_names_a_country_or_a_card_beside_itself() -> None:
    found = said("ik ben getrouwd met een Belg", "nl")
    assert found[("stay_reason", "family_belgian")]["confidence"] >= SURE
    assert found[("country", "BE")]["about"] == "relative" and found[("country", "BE")]["confidence"] < SURE


@pytest.mark.parametrize("text", ["23 March 1986", "23 mars 1986", "23 marzo 1986", "23 марта 1986"])
def test_a_short_date_is_read_in_the_language_of_its_month(text: str) -> None:
    assert ("birth_date", "1986-03-23") in said(text, "nl")


def test_a_people_without_a_state_is_no_sure_language() -> None:
    assert said("I am Kurdish, from Iraq", "en")[("language", "ku")]["confidence"] < SURE
    assert said("I speak Kurdish", "en")[("language", "ku")]["confidence"] >= SURE


def test_a_correction_with_two_values_of_a_kind_is_sure_of_neither() -> None:
    text = "I said two years but it is four years"
    message = Message({TEXT: text, LANGUAGE: {"code": "en"}, INTENT: {"name": "correct_answer"}})
    message.set(ENTITIES, entities(text, "en"))
    FactsInQuestions().process([message])
    lengths = [item["confidence"] for item in message.get(ENTITIES) if item["entity"] == "duration_months"]
    assert len(lengths) == 2 and all(confidence < SURE for confidence in lengths)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("so", "kun sagaal boqol iyo sagaashan iyo laba ayay hooyo i dhashay", ("birth_date", "1992")),
        ("ti", "ብሽሕን ትሽዓተ ሚእትን ሰማንያን ሓደን እየ ተወሊደ", ("birth_date", "1981")),
        ("fr", "né en mille neuf cent nonante deux", ("birth_date", "1992")),
        ("ps", "د دوه زره یوویشت په ژمي کې راورسېدم", ("date", "2021")),
        ("ar", "سجلوني هنا سنة الفين وثمنطعش", ("date", "2018")),
        ("ti", "ዕድመይ ኣርብዓን ሽዱሽተን", ("age", 46)),
        ("fa", "سنم چهل و شش است", ("age", 46)),
        ("so", "waxaan ahay lixdan iyo sagaal jir", ("age", 69)),
        ("fa", "تولد ۱۹۹۰/۰۴/۲۳", ("birth_date", "1990-04-23")),
        ("nl", "geboren 1990/04/23", ("birth_date", "1990-04-23")),
        ("ar", "صارلي هون سنة ونص", ("duration_months", 18)),
        ("ar", "عندي هنا عامين وشهرين", ("duration_months", 26)),
        ("ar", "hadi 3am w nos", ("duration_months", 18)),
        ("ar", "hadi rba3 snin w ana f gent", ("duration_months", 48)),
        ("so", "sanad iyo bar baan degganahay", ("duration_months", 18)),
        ("ti", "ዓመትን ፈረቓን እየ ኣብዚ ዘለኹ", ("duration_months", 18)),
        ("ru", "год и два месяца", ("duration_months", 14)),
        ("nl", "een jaar en twee maanden", ("duration_months", 14)),
    ],
)
def test_numbers_that_are_said_in_parts(lang: str, text: str, expected: tuple[str, Any]) -> None:
    assert expected in [(entity["entity"], entity["value"]) for entity in entities(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "abi a7chi wiya mowazaf"),
        ("ar", "sheikh el jame3 3am byehki"),
        ("tr", "b1 e gitmem lazim mi"),
    ],
)
def test_a_figure_within_a_word_is_no_number(lang: str, text: str) -> None:
    assert {"age", "duration_months", "date", "birth_date"}.isdisjoint(item["entity"] for item in entities(text, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "no sé leer ni escribir"),
        ("es", "hay rebaja para gente con pocos ingresos"),
        ("fr", "je ne sais pas lire"),
        ("nl", "kan iemand mijn kinderen bewaren als ik leer"),
        ("ps", "نه مننه نه غواړم"),
        ("ps", "اوس نه مننه"),
        ("tr", "bende ne varsa"),
        ("ti", "ብሩኽ ንግሆ"),
        ("fa", "dastetoon tala, kheyli lotf kardin"),
        ("ru", "а что меняется от того"),
        ("uk", "zitrit moi dani"),
        ("ps", "har kala rasha"),
    ],
)
def test_an_everyday_word_is_no_place_and_no_country(lang: str, text: str) -> None:
    assert entities(text, lang) == []


def test_a_name_in_the_spelling_of_another_language_is_asked_back() -> None:
    [ghent] = entities("gente", "nl")
    assert ghent["value"] == "Gent" and ghent["confidence"] < SURE
    assert [item["confidence"] for item in entities("я живу в Генте", "ru")] == [1.0]


@pytest.mark.parametrize("text", ["صارلي سنتين ببلجيكا", "جواز سفري تشادي وصارلي ببلجيكا سنتين"])
def test_belgium_is_where_everybody_lives(text: str) -> None:
    [belgium] = [item for item in entities(text, "ar") if item["value"] == "BE"]
    assert belgium["confidence"] < SURE


def test_a_nationality_beside_a_country_of_birth_has_its_own_role() -> None:
    roles = {item["value"]: item.get("role") for item in entities("born in Belgium, Moroccan", "en")}
    assert roles == {"BE": "birth_country", "MA": "nationality"}


def test_a_country_with_a_capital_is_one() -> None:
    assert [(item["entity"], item["value"]) for item in entities("я из Того", "ru")] == [("country", "TG")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "I said two years but it is four years"),
        ("fr", "j'ai dit 2 ans mais ça fait 4 ans que je vis ici"),
        ("es", "antes dije dos años pero en verdad llevo tres años y medio"),
        ("tr", "bir sene dedim ama üç yıldır burdayım"),
    ],
)
def test_of_two_lengths_of_time_neither_is_sure(lang: str, text: str) -> None:
    lengths = [item["confidence"] for item in entities(text, lang) if item["entity"] == "duration_months"]
    assert len(lengths) == 2 and max(lengths) < SURE


def test_words_are_read_when_the_component_is_loaded() -> None:
    """Else the first person who writes after a start waits for them, for longer than a page does."""
    extractor.cache_clear()
    LexiconEntityExtractor.create({}, None, None, None)
    assert extractor.cache_info().currsize == 1


def test_spacy_keeps_no_word_that_people_write() -> None:
    words = extractor()._vocab.strings
    entities("Xylophanes", "nl")
    before = len(words)
    entities("Xylophanes Qwertzuiop uit Zwrkstraat, 34 jaar", "nl")
    assert len(words) == before and "qwertzuiop" not in words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "ik heb asiel gevraagd"),
        ("nl", "ik heb asiel aangevraagd"),
        ("nl", "ik wacht op asiel"),
        ("en", "I asked for asylum"),
        ("en", "I have applied for asylum"),
        ("fr", "j'ai demandé l'asile"),
        ("es", "he pedido asilo"),
        ("es", "solicité asilo"),
        ("ar", "طلبت اللجوء"),
        ("ar", "قدمت على اللجوء"),
        ("tr", "iltica ettim"),
        ("tr", "sığınma talebinde bulundum"),
        ("uk", "я попросив притулку"),
        ("uk", "подала на притулок"),
        ("ru", "я попросил убежище"),
        ("ru", "подала на убежище"),
        ("fa", "درخواست پناهندگی دادم"),
        ("fa", "تقاضای پناهندگی کردم"),
        ("ps", "د پناه غوښتنه مې کړې ده"),
        ("so", "magangalyo ayaan codsaday"),
        ("ti", "ዑቕባ ሓቲተ"),
        ("pl", "złożyłam wniosek o azyl"),
        ("pl", "poprosiłem o azyl"),
    ],
)
def test_who_asked_for_asylum_has_not_got_it(lang: str, text: str) -> None:
    reasons = [item["value"] for item in entities(text, lang) if item["entity"] == "stay_reason"]
    assert reasons == ["asylum_pending"]


def test_a_partner_of_the_union_is_never_a_sure_reason() -> None:
    assert said("my wife is German", "en")[("stay_reason", "family_eu")]["confidence"] < SURE
