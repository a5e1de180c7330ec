"""The register of communes, the offices and the countries: counts, codes and links."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from wegwijzer import countries, places

TODAY = date(2026, 11, 23)


def rows(name):
    with open(places.DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_counts_by_region():
    counts = Counter(place.region for place in places.municipalities().values())
    assert counts == {"flanders": 285, "brussels": 19, "wallonia": 252, "german_community": 9}


def test_codes_are_unique_and_well_formed():
    codes = [row["nis_code"] for row in rows("municipalities.csv")]
    assert len(codes) == len(set(codes)) == 565
    assert all(re.fullmatch(r"\d{5}", code) for code in codes)


def test_each_postal_code_once():
    codes = [code for row in rows("municipalities.csv") for code in row["postal_codes"].split(";")]
    assert len(codes) == len(set(codes)) == 1186
    assert all(re.fullmatch(r"[1-9]\d{3}", code) for code in codes)


def test_former_codes_lead_to_one_commune_and_are_no_present_code():
    codes = [code for row in rows("municipalities.csv") for code in row["former_codes"].split(";") if code]
    present = set(places.municipalities())
    assert len(codes) == len(set(codes)) >= 50
    assert not present & set(codes)


def test_localities_lie_in_the_commune_of_their_postal_code():
    for row in rows("localities.csv"):
        assert row["postal_code"] in places.municipalities()[row["nis_code"]].postal_codes, row


def test_german_community_is_the_german_language_area_and_the_rim_has_19_communes():
    for place in places.municipalities().values():
        assert (place.region == "german_community") == (place.language_area == "de")
    rim = [place for place in places.municipalities().values() if place.periphery]
    assert len(rim) == 19
    assert {place.province for place in rim} == {"Vlaams-Brabant"}


def test_every_office_is_known_and_every_office_is_used_or_offered():
    ids = set(places.office_ids())
    used = {place.office for place in places.municipalities().values()}
    assert used <= ids
    offered = {
        office.id
        for region in ("flanders", "brussels", "wallonia", "german_community", "abroad")
        for office in places.offices_for(region, TODAY)
    }
    assert used | offered == ids


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("Antwerpen", "atlas"),
        ("Borsbeek", "atlas"),
        ("Gent", "amal"),
        ("Mechelen", "agii"),
        ("Leuven", "agii_vlaams_brabant"),
        ("Vilvoorde", "agii_vlaamse_rand"),
        ("Zwijndrecht", "agii_oost_vlaanderen"),
        ("Kortrijk", "agii_west_vlaanderen"),
        ("Hasselt", "agii_limburg"),
        ("Schaarbeek", "bon"),
        ("Nivelles", "cri_brabant_wallon"),
        ("Charleroi", "cri"),
        ("Moeskroen", "cri"),
        ("Eupen", "info_integration"),
    ],
)
def test_office_of_a_commune(name, office):
    found = places.office_for(places.municipality(name), TODAY)
    assert found.id == office


def test_brussels_has_a_free_choice_and_abroad_has_no_office():
    ids = [office.id for office in places.offices_for(places.municipality("Jette"), TODAY)]
    assert ids == ["bon", "bapa_bxl", "via", "convivial", "huis_nl_brussel"]
    assert places.office_for("abroad", TODAY) is None
    with pytest.raises(KeyError):
        places.office_for("atlantis", TODAY)


def test_an_office_goes_stale_after_six_months():
    # Source of 2023-01-24.
    assert not places.office("agii_west_vlaanderen", date(2023, 7, 24)).stale
    assert places.office("agii_west_vlaanderen", date(2023, 7, 25)).stale
    # A year counts from its first day; an unknown date is never fresh.
    assert not places.office("atlas", date(2023, 7, 1)).stale
    assert places.office("atlas", date(2023, 7, 2)).stale
    assert places.office("bon", date(2000, 1, 1)).stale


def test_a_stale_office_shows_phone_and_web_only():
    stale = places.office("atlas", TODAY)
    assert stale.address == "Carnotstraat 110, 2060 Antwerpen"
    shown = stale.to_json()
    assert shown["address"] is None and shown["email"] is None
    assert shown["phone"] == "03 338 70 11" and shown["url"] == "https://www.atlas-antwerpen.be"
    fresh = places.office("atlas", date(2023, 3, 1)).to_json()
    assert fresh["address"] == "Carnotstraat 110, 2060 Antwerpen"
    assert list(fresh) == ["id", "name", "address", "phone", "email", "url", "verified_on"]


def test_offices_name_a_source():
    for office_id in places.office_ids():
        office = places.office(office_id, TODAY)
        assert office.source.startswith("http") and office.confidence in ("high", "medium", "low") and office.serves
    assert all(re.fullmatch(r"bring\.[a-z_]+", text_id) for text_id in places.what_to_bring())
    assert len(places.what_to_bring()) == 5


def test_countries():
    codes = countries.codes()
    assert {"XK", "PS", "BE", "TW", "VA"} <= codes
    assert not {"EU", "ZZ", "XA", "UN", "EZ"} & codes
    assert len(codes) >= 249
    assert countries.is_nationality("stateless") and not countries.is_country("stateless")
    assert not countries.is_country("ma") and not countries.is_country("QQ")
    with pytest.raises(KeyError):
        countries.country_name("ZZ", "nl")


@pytest.mark.parametrize(
    ("lang", "name", "code"),
    [
        ("nl", "Marokko", "MA"),
        ("nl", "Syrië", "SY"),
        ("fr", "Syrie", "SY"),
        ("fr", "Côte d’Ivoire", "CI"),
        ("en", "Türkiye", "TR"),
        ("en", "Kosovo", "XK"),
        ("ar", "سوريا", "SY"),
        ("uk", "Україна", "UA"),
        ("en", "USA", "US"),
        ("nl", "Engeland", "GB"),
    ],
)
def test_country_index(lang, name, code):
    assert countries.index(lang)[countries.normalise(name)] == code


def test_every_country_has_a_name_in_many_languages():
    for lang in ("nl", "fr", "en", "ar", "tr", "uk", "ti", "ps", "xx"):
        assert all(countries.country_name(code, lang) for code in countries.codes())
