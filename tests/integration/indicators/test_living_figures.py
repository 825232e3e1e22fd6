"""What is told in an RT is in every figure above it, as if everything had been measured anew."""

from random import Random

import pytest
from django.test import Client

from natapraja.foundation.access.reader import Refused
from natapraja.foundation.kernel.clock import now, today
from natapraja.mcd.indicators import actions as figures
from natapraja.mcd.indicators import keeper, queries, shown
from natapraja.mcd.indicators.models import CurrentFigures, Pulse
from natapraja.mcd.mart import partitions
from natapraja.mcd.registers import actions
from natapraja.mcd.registers.models import Outbox, Version
from tests.builders import regency, world
from tests.builders.regency import OTHER_RT, RT, RTS, VILLAGE, VILLAGES, anybody, operator, rt_head
from tests.builders.reports import PERSON, rows, soon, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
PEOPLE = "population"


def happen(people: list[int], chance: Random) -> None:
    """Sixteen things of every kind, told from all over the regency; some join a household far away."""
    there = dict(Version.objects.filter(unit__in=people).values_list("unit", "area__code"))
    homes = list(
        Version.objects.filter(register="households").values_list("unit", flat=True).order_by("unit")
    )
    for person in chance.sample(people, 16):
        area = there[person]
        match chance.choice(["changed", "corrected", "moved_out", "died", "moved_in", "joined"]):
            case "joined":
                tell(
                    "changed",
                    unit=person,
                    area=area,
                    reader=operator("33.09"),
                    household=chance.choice(homes),
                )
            case "changed":
                tell("changed", unit=person, area=area, working="ya")
            case "corrected":
                tell("corrected", unit=person, area=area, birth_date="1999-09-09")
            case "moved_out":
                actions.withdraw(submission=tell("moved_out", unit=person, area=area).pk, reader=rt_head(area),
                                 by="user:17", at=soon()) if chance.random() < 0.5 else None  # fmt: skip
            case "died":
                claim = tell("died", unit=person, area=area).claim
                village = operator(area[:13])
                actions.confirm_claim(claim=claim.pk, reader=village, by=village.actor, at=soon())
            case _:
                tell("moved_in", area=area, **PERSON)


@pytest.mark.parametrize("seed", [1, 2])
def test_catching_up_gives_bit_for_bit_what_measuring_everything_gives(seed: int):
    people = world.live(seed)
    world.measure()
    before = world.picture()
    happen(people, Random(seed))
    taken = world.catch_up()
    caught_up = world.picture()
    assert taken > 16
    assert not Outbox.objects.exists()
    assert before != caught_up
    world.measure()
    assert caught_up == world.picture()


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_keeper_that_goes_on_never_drifts(seed: int):
    """Figures first, files when there is time; kin in other villages are found, also those learnt a moment ago."""
    people, chance = world.live(seed), Random(seed)
    world.measure()
    keeping = keeper.Keeper()
    for _ in range(3):
        group = chance.sample(people, 20)
        people = [person for person in people if person not in group]
        happen(group, chance)
        while keeping.hear(at=now()):
            keeping.copy(seconds=0)
    assert Outbox.objects.exists()
    heard = world.picture()
    keeping.copy()
    assert not Outbox.objects.exists()
    figures.refresh(on=today(), at=now())  # from the files alone
    assert heard == world.picture()


def test_a_keeper_that_fell_before_copying_finds_its_work_again():
    people = world.live(6)
    world.measure()
    happen(people, Random(6))
    keeper.Keeper().hear(at=now())
    heard = world.picture()
    assert world.catch_up() == 0  # all is measured; only the files were behind
    assert not Outbox.objects.exists()
    figures.refresh(on=today(), at=now())
    assert world.picture() == heard


def count(area: str) -> float | None:
    figure = queries.figures(area).get(PEOPLE)
    return figure.value if figure else None


def test_an_arrival_is_counted_in_every_area_above_and_nowhere_else():
    world.live()
    world.measure()
    areas = [RT[:length] for length in (21, 17, 13, 8, 5)]
    before = {area: count(area) for area in (*areas, OTHER_RT, VILLAGES[1])}
    tell("moved_in", lives_here="ya", **PERSON)
    pulses = Pulse.objects.count()
    world.catch_up()
    assert {area: count(area) - before[area] for area in before} == {
        **dict.fromkeys(areas, 1), OTHER_RT: 0, VILLAGES[1]: 0,
    }  # fmt: skip
    assert count("33.09") == sum(count(village) for village in VILLAGES)
    assert Pulse.objects.count() == pulses + 1
    assert Pulse.objects.latest("id").villages == VILLAGE
    assert world.catch_up() == 0


def test_an_rt_that_everybody_left_has_no_figures_any_more():
    regency.build()
    alone, *_ = rows("people", [{**PERSON, "area": RT}, *({**PERSON, "area": each} for each in RTS[1:])])
    world.measure()
    assert CurrentFigures.objects.filter(area=RT, register="people").exists()
    tell("moved_out", unit=alone)
    world.catch_up()
    assert not CurrentFigures.objects.filter(area=RT, register="people").exists()
    assert CurrentFigures.objects.filter(area=OTHER_RT, register="people").exists()


def questions(client: Client, **asked: str) -> list[dict]:
    answer = client.get("/api/v1/figures", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_small_counts_are_the_officers_alone(client: Client):
    regency.build()
    sizes = dict(zip(VILLAGES, (3, 12, 20, 15, 16), strict=True))
    rows(
        "houses",
        [
            {"area": f"{village}.001.001", "occupied": True, **world.UNFIT}
            for village in sizes
            for _ in range(sizes[village])
        ],
    )
    world.measure()
    name = "unfit_house_count"
    public = shown.below(anybody(), "33.09", "village", [name])
    hidden = {area for area, found in public.items() if found[name].hidden}
    assert hidden == {VILLAGES[0], VILLAGES[1]}  # the three, and the twelve that would give them away
    assert shown.figures(anybody(), VILLAGES[0], [name])[name].value is None
    assert shown.trends(anybody(), [name], VILLAGES[0])[name] == []
    answers = {
        each["area"]: each for each in questions(client, area="33.09", level="village", indicator=name)
    }
    assert {area for area, each in answers.items() if each["hidden"]} == hidden
    assert {answers[area]["numerator"] for area in hidden} == {None}
    inside = operator(VILLAGES[0])
    assert shown.figures(inside, VILLAGES[0], [name])[name].value == 3
    seen = shown.below(inside, "33.09", "village", [name])
    assert {area for area, found in seen.items() if found[name].hidden} == {VILLAGES[1]}


@pytest.mark.parametrize("area", [RT, RT[:17]])
def test_the_public_sees_nothing_below_the_village(area: str, client: Client):
    world.live()
    world.measure()
    with pytest.raises(Refused):
        shown.figures(anybody(), area)
    with pytest.raises(Refused):
        shown.below(anybody(), VILLAGE, "rt", [PEOPLE])
    assert shown.figures(rt_head(RT), RT)[PEOPLE].value == count(RT)
    assert client.get("/api/v1/figures", {"area": area}).status_code in (401, 403)
    assert client.get("/api/v1/figures", {"area": VILLAGE, "level": "rt"}).status_code in (401, 403)
    assert client.get("/api/v1/figures", {"area": VILLAGE, "as_of": "2026-11-01"}).status_code in (401, 403)


def test_thirty_villages_cost_as_many_queries_as_three(client: Client, django_assert_max_num_queries):
    few = tuple(f"33.09.01.20{number:02d}" for number in range(1, 4))
    many = tuple(f"33.09.0{number % 3 + 2}.20{number:02d}" for number in range(1, 28))
    regency.build(few + many)
    rows("people", [{**PERSON, "area": f"{each}.001.001"} for each in few + many for _ in range(6)])
    world.measure()
    questions(client, area="33.09", level="village")  # what is worked out once is worked out
    with django_assert_max_num_queries(100) as three:
        found = questions(client, area="33.09.01", level="village")
    assert len({each["area"] for each in found}) == 3
    with django_assert_max_num_queries(len(three)):
        found = questions(client, area="33.09", level="village")
    assert len({each["area"] for each in found}) == 30


def test_the_mart_holds_no_personal_field():
    world.live(households=1)
    world.measure()
    import pyarrow.parquet as parquet

    from natapraja.mcd.registers.catalogue import registers

    for definition in registers().values():
        personal = {field.name for field in definition.fields if field.privacy == "personal"} | {
            definition.key
        }
        written = list(partitions.folder(definition.id).glob("village=*/part.parquet"))
        assert written
        for path in written:
            assert not personal & set(parquet.read_schema(path).names), path
