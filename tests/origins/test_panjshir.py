"""Claims of the first week of September 2021, with chains as the articles had them."""

from verify.origins.count import OriginCount, count_origins
from verify.origins.material import Appearance, Credit, Hop, Material, Source, Tie

SOURCES = (
    Source(
        "front",
        "National Resistance Front",
        "organisation",
        ("NRF", "NRFA", "National Resistance Force"),
        True,
    ),
    Source("taliban", "Taliban", "organisation", ("Islamic Emirate",), party=True),
    Source("mujahid", "Zabihullah Mujahid", "person"),
    Source("karimi", "Bilal Karimi", "person"),
    Source("star", "Star TV", "outlet", party=True),
    Source("ap", "Associated Press", "agency", ("AP",)),
    Source("afp", "AFP", "agency"),
)
TIES = (Tie("speaks_for", "mujahid", "taliban"), Tie("speaks_for", "karimi", "taliban"))


def says(article: str, *chain: tuple[str, str], denies: bool = False) -> Appearance:
    hops = tuple(Hop(name, kind) for name, kind in chain)
    return Appearance(article, Hop(f"Daily {article}", "outlet"), hops, denies)


def count(*appearances: Appearance, credits: tuple[Credit, ...] = ()) -> OriginCount:
    return count_origins(Material(appearances, SOURCES, TIES, credits))


def told(result: OriginCount) -> tuple[int, int, list[str]]:
    return result.lower, result.upper, [origin.name for origin in result.origins]


def test_the_death_of_a_spokesman_leads_back_to_his_front_alone() -> None:
    result = count(
        says("one", ("The National Resistance Force", "organisation")),
        says("two", ("the NRF", "organisation")),
        says("three", ("Samaa News", "outlet"), ("NRF", "organisation")),
    )
    assert told(result) == (1, 1, ["National Resistance Front"])
    assert result.summary == "3 articles → 1 origin (party)"


def test_control_of_the_valley_has_one_party_that_asserts_and_one_that_denies() -> None:
    result = count(
        says("one", ("Zabihullah Mujahid", "person")),
        says("two", ("The Taliban", "organisation")),
        says("three", ("AFP", "agency"), ("Zabihullah Mujahid", "person")),
        says("four", ("Bilal Karimi", "person")),
        says("two", ("NRF", "organisation"), denies=True),
    )
    assert told(result) == (1, 1, ["Taliban"])
    assert [origin.name for origin in result.denials] == ["National Resistance Front"]
    assert result.summary == "4 articles → 1 origin (party); denied by 1 (party)"


def test_the_drones_are_one_broadcaster_with_a_stake() -> None:
    result = count(says("one", ("Star TV", "outlet")))
    assert told(result) == (1, 1, ["Star TV"])
    assert result.origins[0].party


def test_eight_districts_are_the_witnesses_of_one_agency() -> None:
    result = count(
        says("three", ("witnesses from the area", "anonymous")),
        says("four", ("The Associated Press", "agency"), ("witnesses", "anonymous")),
        credits=(Credit("three", "AP"),),
    )
    assert told(result) == (1, 1, ["Unnamed witnesses who spoke to Associated Press"])


def test_pictures_at_the_gate_are_one_origin_in_two_articles() -> None:
    pictures = ("Pictures on social media", "media")
    assert told(count(says("one", pictures), says("three", pictures))) == (1, 1, ["Pictures on social media"])


def test_a_source_in_the_capital_whom_only_an_agency_knows_is_no_certain_origin() -> None:
    result = count(says("one", ("Tass", "agency"), ("a source in Kabul", "anonymous")))
    assert told(result) == (0, 1, ["“a source in Kabul” who spoke to Tass"])


def test_a_delay_that_reports_speak_of_has_no_certain_origin() -> None:
    assert count(says("two", ("reports", "anonymous"))).summary == "1 article → 0–1 origins"
