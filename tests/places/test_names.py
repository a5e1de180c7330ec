"""From what people write to a commune: one, several to ask back, or none."""

import csv
import re
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegwijzer import places


def locality_rows():
    with open(places.DATA / "localities.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shared_names():
    by_name = defaultdict(set)
    for row in locality_rows():
        by_name[row["name"].casefold()].add(row["nis_code"])
    return {name: codes for name, codes in by_name.items() if len(codes) > 1}


def test_44_names_are_shared():
    assert len(shared_names()) == 44


@pytest.mark.parametrize("name", [*sorted(shared_names()), "Saint-Nicolas", "Forest"])
def test_a_shared_name_is_ambiguous(name):
    with pytest.raises(places.AmbiguousPlace) as error:
        places.municipality(name)
    codes = {place.nis for place in error.value.candidates}
    assert codes >= shared_names().get(name, set()) and len(codes) > 1
    found = places.find(f"ik woon in {name}")
    assert found.exact and found.ambiguous
    assert {item.municipality.nis for item in found.candidates} == codes
    assert all(item.postal_code in item.municipality.postal_codes for item in found.candidates)


def test_every_other_name_of_the_register_is_found():
    shared = shared_names()
    for row in locality_rows():
        if row["name"].casefold() in shared:
            continue
        try:
            assert places.municipality(row["name"]).nis == row["nis_code"]
        except places.AmbiguousPlace as error:
            # Shared with an official name in another language only.
            assert row["nis_code"] in {place.nis for place in error.candidates}
            assert row["name"] in ("Forest", "Saint-Nicolas"), row


def test_every_code_and_postal_code_names_its_commune():
    for nis, place in places.municipalities().items():
        assert places.municipality(nis) is place
        for code in (*place.postal_codes, *place.former_codes):
            assert places.municipality(code) is place


@pytest.mark.parametrize(
    ("given_name", "nis"),
    [
        ("Borsbeek", "11002"), ("11007", "11002"), ("Galmaarden", "23106"), ("Gooik", "23106"), ("Herne", "23106"),
        ("Ruiselede", "37021"), ("Meulebeke", "37022"), ("Nazareth", "44086"), ("De Pinte", "44086"),
        ("Wachtebeke", "44087"), ("Merelbeke", "44088"), ("Melle", "44088"), ("Kruibeke", "46030"),
        ("Zwijndrecht", "46030"), ("11056", "46030"), ("Tessenderlo", "71071"), ("Ham", "71071"),
        ("Kortessem", "71072"), ("71022", "71072"), ("Bilzen", "73110"), ("Hoeselt", "73110"), ("Tongeren", "73111"),
        ("Borgloon", "73111"), ("Bertogne", "82039"), ("82003", "82039"), ("Puurs", "12041"), ("Neerpelt", "72043"),
        ("54007", "57096"), ("brussel", "21004"), ("BRUXELLES", "21004"), ("Brussels", "21004"), ("Antwerp", "11002"),
        ("Löwen", "24062"), ("sint niklaas", "46021"), (" St-Truiden ", "71053"), ("braine l'alleud", "25014"),
        ("BRAINE-L’ALLEUD", "25014"), ("Liege", "62063"), ("My", "61019"), ("St. Vith", "63067"),
    ],
)  # fmt: skip
def test_one_commune(given_name, nis):
    assert places.municipality(given_name).nis == nis


def test_errors_help():
    with pytest.raises(places.UnknownPlace) as error:
        places.municipality("Antwerpn")
    assert error.value.suggestions[0] == "Antwerpen"
    for wrong in ("", "   ", "0000", "99999", "Parijs", "?", "34"):
        with pytest.raises(places.UnknownPlace):
            places.municipality(wrong)


TYPED = [
    # exactly: other languages, abbreviations, sentences, addresses
    ("Anvers", "11002", True), ("antwerp", "11002", True), ("Ghent", "44021", True), ("GAND", "44021", True),
    ("Bruges", "31005", True), ("brugge", "31005", True), ("Louvain", "24062", True), ("Malines", "12025", True),
    ("Courtrai", "34022", True), ("Ostende", "35013", True), ("Ypres", "33011", True), ("Molenbeek", "21012", True),
    ("Schaarbeek", "21015", True), ("schaerbeek", "21015", True), ("sint joost", "21014", True),
    ("Saint-Josse", "21014", True), ("st gillis", "21013", True), ("Sint-Gillis", "21013", True),
    ("Elsene", "21009", True), ("ixelles", "21009", True), ("ukkel", "21016", True), ("Laken", "21004", True),
    ("Borgerhout", "11002", True), ("st niklaas", "46021", True), ("sintniklaas", "46021", True),
    ("Liège", "62063", True), ("luik", "62063", True), ("Lüttich", "62063", True), ("Namur", "92094", True),
    ("j'habite à Mouscron", "57096", True), ("J’habite dans la commune d’Ixelles", "21009", True),
    ("ik woon in Gent", "44021", True), ("I live in Leuven since 2019", "24062", True),
    ("ik ben ingeschreven in de gemeente Lessen", "51069", True), ("wij wonen in Mol sinds vorig jaar", "13025", True),
    ("Kerkstraat 12, 9000 Gent", "44021", True), ("9000", "44021", True), ("1080 Brussel", "21012", True),
    ("B-2060", "11002", True), ("mijn postcode is 3500", "71072", True), ("code postal 1030", "21015", True),
    ("2018 Antwerpen", "11002", True), ("vorst brussel", "21007", True), ("Halle 1500", "23027", True),
    ("Aalst, Limburg", "71053", True), ("aalst in oost-vlaanderen", "41002", True), ("Deurne Antwerpen", "11002", True),
    ("Schaarbeek, Brussel", "21015", True), ("stad Brussel", "21004", True), ("ville de Bruxelles", "21004", True),
    ("Гент", "44021", True), ("غنت", "44021", True),
    # misspelled
    ("antwepren", "11002", False), ("Antwerpn", "11002", False), ("ik woon in antwerpe", "11002", False),
    ("Anverss", "11002", False), ("Mechlen", "12025", False), ("mechellen", "12025", False),
    ("Leuvenn", "24062", False), ("Molenbek", "21012", False), ("schaerbek", "21015", False),
    ("Scharbeek", "21015", False), ("Anderlect", "21001", False), ("anderlegt", "21001", False),
    ("etterbek", "21005", False), ("Oostend", "35013", False), ("kortrjik", "34022", False),
    ("Kortrik", "34022", False), ("roeselaare", "36015", False), ("Hasselt.", "71072", True),
    ("haselt", "71072", False), ("Vilvorde", "23088", True), ("vilvorden", "23088", False),
    ("sint niklas", "46021", False), ("sint truien", "71053", False), ("Charlroi", "52011", False),
    ("charleroy", "52011", False), ("louviere", "58001", False), ("la louvier", "58001", False),
    ("turnhaut", "13040", False), ("dendermond", "42006", False), ("Zaventhem", "23094", False),
    ("waregm", "34040", False), ("brughe", "31005", False), ("heist op de berg", "12014", False),
    ("I live in Mechlen and I work in a shop", "12025", False), ("Tournay", "84043", True),
    ("Tournaai", "57081", False),
    ("Vervier", "63079", False), ("genck", "71016", False), ("J'habite à Nivelle", "25072", False),
    ("oudenarde", "45035", False), ("willebrok", "12040", False), ("Koekelburg", "21011", False),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "nis", "exact"), TYPED)
def test_typed_spellings(typed, nis, exact):
    found = places.find(typed)
    assert found.only is not None, found.candidates
    assert (found.only.municipality.nis, found.exact) == (nis, exact)
    assert 0 <= found.start < found.end <= len(typed)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "?", "👍", "hallo", "Hallo!", "hello", "bonjour", "ja", "nee", "yes", "no", "oui", "non", "ok", "34",
        "I am 34", "ik ben 34 jaar", "j'ai 30 ans", "30 ans", "ik kom uit Marokko", "je viens de Syrie", "Poland",
        "Nederland", "Rusland", "Russland", "hollande", "refugee", "vluchteling", "oranje kaart", "carte orange",
        "F card", "bijlage 15", "annexe 35", "weet ik niet", "je ne sais pas", "I don't know", "sinds 2018",
        "since 2020", "15/03/2020", "12-05-2018", "15 mei 2018", "1000 euro", "2000 €",
        "ik verdien 1500 euro per maand",
        "0470 12 34 56", "tel 02 701 76 00", "Nederlandse lessen", "ik wil lessen volgen", "Dutch lessons",
        "j'ai mal", "mijn vrouw", "student", "ik werk", "je travaille", "stop", "help", "waarom?", "why do you ask",
        "hoeveel kost het", "what does it cost", "les cours sont gratuits", "twintig", "quarante", "acht", "zonder",
        "moet ik inburgeren", "am I obliged", "december", "juli 2020", "België", "Belgium", "celles-ci", "anders",
    ],
)  # fmt: skip
def test_no_place(text):
    found = places.find(text)
    assert not found and found.candidates == ()


@pytest.mark.parametrize("word", ["Brussel", "Bruxelles", "Brussels", "Brüssel", "ik woon in Brussel"])
def test_brussels_is_city_region_and_rim(word):
    found = places.find(word)
    assert [(item.kind, item.region) for item in found.candidates] == [
        ("municipality", "brussels"),
        ("region", "brussels"),
        ("periphery", "flanders"),
    ]
    assert found.exact and found.candidates[0].municipality.nis == "21004"


@pytest.mark.parametrize(
    ("text", "kind", "region"),
    [
        ("Vlaanderen", "region", "flanders"), ("in Flanders", "region", "flanders"),
        ("la Wallonie", "region", "wallonia"),
        ("Ostbelgien", "region", "german_community"), ("Duitstalige Gemeenschap", "region", "german_community"),
        ("Brussels gewest", "region", "brussels"), ("région bruxelloise", "region", "brussels"),
        ("Vlaamse Rand", "periphery", "flanders"), ("I live near Brussels", "periphery", "flanders"),
        ("in het buitenland", "region", "abroad"), ("à l'étranger", "region", "abroad"),
        ("West-Vlaanderen", "region", "flanders"), ("Brabant wallon", "region", "wallonia"),
    ],
)  # fmt: skip
def test_regions(text, kind, region):
    found = places.find(text)
    assert found.only is not None and (found.only.kind, found.only.region) == (kind, region)


def test_limburg_is_a_commune_and_a_province():
    found = places.find("Limburg")
    assert [(item.kind, item.region) for item in found.candidates] == [
        ("municipality", "wallonia"),
        ("region", "flanders"),
    ]


def test_two_places_are_both_offered():
    found = places.find("van Gent naar Leuven")
    assert {item.municipality.nis for item in found.candidates} == {"44021", "24062"}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_commune_or_one_of_two_errors(text):
    try:
        assert places.municipality(text).nis in places.municipalities()
    except (places.UnknownPlace, places.AmbiguousPlace) as error:
        assert error.text == text.strip()


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(
    ["Gent", "1000", "2020", "in", "ik", "woon", "Brussel", "Limburg", "Aalst", "rand", "mol", "30", "antwepren",
     ",", "/"]
), max_size=9).map(" ".join)))  # fmt: skip
def test_find_never_raises_and_points_into_the_text(text):
    found = places.find(text)
    assert 0 <= found.start <= found.end <= len(text)
    assert len(set(found.candidates)) == len(found.candidates)
    assert all((item.kind == "municipality") == (item.municipality is not None) for item in found.candidates)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(places.municipalities())),
    st.sampled_from([str.upper, str.lower, lambda s: re.sub("[- ]", " ", s)]),
)
def test_case_and_hyphens_do_not_count(nis, change):
    place = places.municipalities()[nis]
    try:
        assert places.municipality(change(place.name_nl)) is place
    except places.AmbiguousPlace as error:
        assert place in error.candidates
