"""The count of origins: the cases an editor would try first."""

from time import process_time

from verify.origins.count import OriginCount, count_origins
from verify.origins.material import Appearance, Credit, Hop, Material, Source, Tie

FRONT = Source("1", "National Resistance Front", "organisation", ("NRF", "NRFA"), party=True)
TALIBAN = Source("2", "Taliban", "organisation", party=True)
MUJAHID = Source("3", "Zabihullah Mujahid", "person")
KARIMI = Source("4", "Bilal Karimi", "person")
DASHTI = Source("5", "Fahim Dashti", "person", ("Fahim Dashty",))
SOURCES = (FRONT, TALIBAN, MUJAHID, KARIMI, DASHTI)
TIES = (
    Tie("speaks_for", "3", "2", "31"),
    Tie("speaks_for", "4", "2", "32"),
    Tie("speaks_for", "5", "1", "33"),
)


def hop(name: str, kind: str = "person", **known: str | None) -> Hop:
    return Hop(name, kind, **known)


def seen_in(outlet: str, *chain: Hop, article: str | None = None, denies: bool = False) -> Appearance:
    return Appearance(article or outlet, hop(outlet, "outlet"), chain, denies)


def count(
    *appearances: Appearance, ties: tuple[Tie, ...] = TIES, credits: tuple[Credit, ...] = ()
) -> OriginCount:
    return count_origins(Material(appearances, SOURCES, ties, credits))


def bounds(result: OriginCount) -> tuple[int, int]:
    return result.lower, result.upper


def names(result: OriginCount) -> list[str]:
    return [origin.name for origin in result.origins]


def test_a_claim_that_nobody_printed_has_no_origin() -> None:
    assert bounds(count()) == (0, 0)


def test_seven_articles_quoting_one_party_have_one_origin() -> None:
    result = count(*(seen_in(f"Paper {n}", hop("the NRF", "organisation")) for n in range(7)))
    assert bounds(result) == (1, 1)
    assert result.summary == "7 articles → 1 origin (party)"


def test_spellings_confirmed_as_one_person_count_once() -> None:
    result = count(seen_in("Khaama", hop("Fahim Dashti")), seen_in("Samaa", hop("Fahim Dashty")))
    assert bounds(result) == (1, 1)
    assert names(result) == ["National Resistance Front"]


def test_two_spokesmen_of_one_organisation_are_one_origin() -> None:
    result = count(seen_in("AFP", hop("Zabihullah Mujahid")), seen_in("Reuters", hop("Bilal Karimi")))
    assert bounds(result) == (1, 1)
    assert names(result) == ["Taliban"]
    assert result.origins[0].party
    (step,) = (one for one in result.steps if one.tie == "32")
    assert step.reason == "Bilal Karimi speaks for Taliban, so the two count as one voice."
    assert step.source == "4"


def test_cutting_the_tie_of_a_spokesman_makes_two_origins() -> None:
    result = count(
        seen_in("AFP", hop("Zabihullah Mujahid")), seen_in("Reuters", hop("Bilal Karimi")), ties=TIES[:1]
    )
    assert bounds(result) == (2, 2)


def test_a_spokesman_of_two_sides_adds_no_origin_to_either() -> None:
    ties = (*TIES, Tie("speaks_for", "3", "1"))
    both = count(
        seen_in("A", hop("Zabihullah Mujahid")),
        seen_in("B", hop("NRF")),
        seen_in("C", hop("Taliban")),
        ties=ties,
    )
    assert bounds(both) == (2, 2)
    assert bounds(count(seen_in("A", hop("Zabihullah Mujahid")), ties=ties)) == (1, 1)


def test_reports_say_counts_nothing_below_and_one_above() -> None:
    result = count(seen_in("Gulf Daily", hop("reports", "anonymous")))
    assert bounds(result) == (0, 1)
    assert any("counts 0 in the lower bound and 1 in the upper" in step.reason for step in result.steps)


def test_reports_in_two_papers_may_be_two_origins() -> None:
    result = count(
        seen_in("Gulf Daily", hop("reports", "anonymous")),
        seen_in("Valley Post", hop("local media", "organisation")),
    )
    assert bounds(result) == (0, 2)


def test_an_outlets_own_voice_counts_nothing_below_and_one_above() -> None:
    result = count(seen_in("Gulf Daily"), seen_in("Gulf Daily", article="another"))
    assert bounds(result) == (0, 1)
    assert names(result) == ["Gulf Daily"]


def test_an_outlet_that_names_its_source_elsewhere_adds_no_origin() -> None:
    result = count(
        seen_in("Gulf Daily"), seen_in("Gulf Daily", hop("NRF", "organisation"), article="another")
    )
    assert bounds(result) == (1, 1)


def test_an_outlet_that_saw_it_itself_is_an_origin() -> None:
    own = Appearance("1", hop("Gulf Daily", "outlet", terms="own witness"))
    assert bounds(count(own)) == (1, 1)
    assert names(count(own)) == ["Gulf Daily as its own witness"]
    assert bounds(count(own, seen_in("AFP", hop("NRF", "organisation")))) == (2, 2)


def test_a_broadcaster_cited_for_its_own_claim_counts_only_while_nothing_firmer_stands() -> None:
    cited = seen_in("Gulf Daily", hop("Star TV", "outlet"))
    assert bounds(count(cited)) == (1, 1)
    assert names(count(cited)) == ["Star TV"]
    assert bounds(count(cited, seen_in("AFP", hop("NRF", "organisation")))) == (1, 2)
    assert bounds(count(cited, seen_in("AFP", hop("Tass", "agency")))) == (1, 2)


def test_a_broadcaster_whose_own_article_names_nobody_is_no_firm_origin() -> None:
    cited = seen_in("Gulf Daily", hop("Star TV", "outlet"))
    assert bounds(count(cited, seen_in("Star TV"))) == (0, 1)


def test_an_agency_that_is_quoted_leads_to_the_one_it_quotes() -> None:
    result = count(
        seen_in("Gulf Daily", hop("Tass", "agency")),
        seen_in("Tass", hop("NRF", "organisation")),
    )
    assert bounds(result) == (1, 1)
    assert names(result) == ["National Resistance Front"]


def test_papers_that_cite_each_other_have_no_certain_origin() -> None:
    result = count(seen_in("A Post", hop("B Post", "outlet")), seen_in("B Post", hop("A Post", "outlet")))
    assert bounds(result) == (0, 1)
    assert "circle" in [step.kind for step in result.steps]


def test_an_article_that_cites_its_own_outlet_is_a_circle() -> None:
    assert bounds(count(seen_in("A Post", hop("A Post", "outlet")))) == (0, 1)


def test_an_agency_credit_makes_a_copy_of_an_article() -> None:
    articles = seen_in("Gulf Daily", article="1"), seen_in("AFP", article="2")
    assert bounds(count(*articles)) == (0, 2)
    assert bounds(count(*articles, credits=(Credit("1", "AFP"),))) == (0, 1)


def test_witnesses_of_a_credited_agency_count_once() -> None:
    articles = (
        seen_in("Gulf Daily", hop("witnesses from the area", "anonymous"), article="1"),
        seen_in("Valley Post", hop("AP", "agency"), hop("witnesses", "anonymous"), article="2"),
    )
    assert bounds(count(*articles)) == (1, 2)
    assert bounds(count(*articles, credits=(Credit("1", "AP"),))) == (1, 1)


def test_the_same_pictures_in_two_articles_are_one_origin() -> None:
    pictures = hop("Pictures on social media", "media")
    assert bounds(count(seen_in("A Post", pictures), seen_in("B Post", pictures))) == (1, 1)


def test_unnamed_people_behind_a_named_speaker_are_that_speakers_word() -> None:
    result = count(
        seen_in("A Post", hop("NRF", "organisation"), hop("residents", "anonymous")),
        seen_in("B Post", hop("NRF", "organisation")),
    )
    assert bounds(result) == (1, 1)


def test_papers_of_one_owner_count_once() -> None:
    owner, one, two = (Source(str(n), f"Paper {n}", "outlet") for n in (11, 12, 13))
    ties = (Tie("owned_by", "12", "11"), Tie("owned_by", "13", "11"))
    articles = (seen_in("Paper 12"), seen_in("Paper 13"))
    assert bounds(count_origins(Material(articles, (owner, one, two)))) == (0, 2)
    result = count_origins(Material(articles, (owner, one, two), ties))
    assert bounds(result) == (0, 1)
    assert names(result) == ["Paper 11"]


def test_membership_collapses_the_lower_bound_only() -> None:
    articles = seen_in("A Post", hop("Fahim Dashti")), seen_in("B Post", hop("NRF", "organisation"))
    result = count(*articles, ties=(Tie("member_of", "5", "1"),))
    assert bounds(result) == (1, 2)
    assert any(step.kind == "member_of" for step in result.steps)


def test_spellings_nobody_confirmed_may_be_one_name() -> None:
    result = count(seen_in("A Post", hop("Abdul Wudod")), seen_in("B Post", hop("Abdul Wadod")))
    assert bounds(result) == (1, 2)


def test_a_denial_is_counted_apart() -> None:
    result = count(
        seen_in("A Post", hop("Zabihullah Mujahid")),
        seen_in("A Post", hop("NRF", "organisation"), denies=True),
    )
    assert bounds(result) == (1, 1)
    assert [origin.name for origin in result.denials] == ["National Resistance Front"]
    assert result.summary == "1 article → 1 origin (party); denied by 1 (party)"


def test_every_step_is_a_whole_sentence() -> None:
    result = count(
        seen_in("A Post", hop("Tass", "agency"), hop("a source in Kabul", "anonymous")),
        seen_in("B Post", hop("Mujahid")),
        seen_in("C Post", hop("Taliban"), article="3"),
        seen_in("D Post", hop("witnesses", "anonymous")),
        seen_in("E Post", hop("residents", "anonymous")),
    )
    assert result.steps
    for step in result.steps:
        assert step.reason[0].isupper() or step.reason[0] in "“0123456789"
        assert step.reason.endswith(".")


def test_five_hundred_appearances_are_counted_while_the_page_loads() -> None:
    speakers = [hop(f"Speaker number {chr(97 + n % 26)}{n}") for n in range(120)]
    articles = [
        seen_in(f"Paper {n % 90}", hop(f"Agency {n % 7}", "agency"), speakers[n % 120], article=str(n))
        for n in range(400)
    ] + [seen_in(f"Paper {n}", hop("reports", "anonymous"), article=str(n)) for n in range(400, 500)]
    spent = []
    for _ in range(3):
        started = process_time()
        result = count(*articles)
        spent.append(process_time() - started)
    assert min(spent) < 0.3
    assert result.articles == 500


def test_an_official_who_spoke_on_condition_of_anonymity_is_no_certain_origin() -> None:
    official = hop("a senior official", terms="on condition of anonymity")
    assert bounds(count(seen_in("Gulf Daily", official))) == (0, 1)


def test_of_two_that_may_be_one_the_registered_source_is_the_one_that_counts() -> None:
    result = count(seen_in("AFP", hop("Zabihullah Mujahid")), seen_in("Reuters", hop("Zabihullah Mujaheed")))
    assert bounds(result) == (1, 2)
    assert [(origin.name, origin.certain) for origin in result.origins] == [
        ("Taliban", True),
        ("Zabihullah Mujaheed", False),
    ]


def test_an_unnamed_spokesperson_is_the_voice_of_the_body() -> None:
    spokesperson = hop("A spokesperson of NRF", terms="unnamed")
    assert names(count(seen_in("TRT", spokesperson))) == ["National Resistance Front"]
    assert bounds(count(seen_in("TRT", spokesperson), seen_in("AFP", hop("Fahim Dashti")))) == (1, 1)


def test_somebody_who_is_described_but_not_named_is_no_certain_origin() -> None:
    assert bounds(count(seen_in("Gulf Daily", hop("a former member of parliament")))) == (0, 1)
