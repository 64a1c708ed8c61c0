"""Rich menus at LINE: made once, everybody led over before the old go, and nothing lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from aiohttp.test_utils import TestServer

from bot.line.client import CallFailed
from bot.richmenu import links as links_module
from bot.richmenu.client import RichMenuClient
from bot.richmenu.links import BULK_FROM, MenuLinks
from bot.richmenu.sync import Done, sync
from bot.richmenu.wanted import Wanted, wanted_menus
from bot.simulator.faults import Fault
from bot.simulator.people import Person
from handlers.menus import MENUS, Menu
from models.rules.office import Role
from models.tables import organisation
from models.tables.richmenu import RichMenu, RichMenuLink
from tests.bot.simulator.loopback import MORNING, TOKEN, World, line
from tests.bot.simulator.test_platform_rich_menus import created as somebody_elses

TODAY = MORNING.date()
CHANGES = {"POST", "DELETE"}


@pytest.fixture(scope="module")
def wanted() -> tuple[Wanted, ...]:
    """All menus, drawn once."""
    return wanted_menus()


@dataclass
class Stage:
    """LINE with its two servers, an office in the database, and what brings them together."""

    world: World
    links: MenuLinks
    client: RichMenuClient
    unit: organisation.Unit
    data_api: str
    people: int = 0

    async def person(self, *roles: Role, until: date | None = None, approved: bool = True, known: bool = True) -> str:
        """The LINE id of a new person with these roles."""
        self.people += 1
        user_id = f"U{self.people:032x}"
        if known:
            self.world.platform.people.add(Person(f"คนที่ {self.people}", id=user_id))
        person = await organisation.Person.create(line_user_id=user_id, name="นภา", created_at=MORNING)
        for role in roles:
            await organisation.Membership.create(
                person=person,
                unit=self.unit,
                role=role.value,
                valid_from=TODAY,
                valid_to=until,
                approved_at=MORNING if approved else None,
            )
        return user_id

    async def bring(self, wanted: tuple[Wanted, ...]) -> Done:
        """A whole run."""
        done = Done()
        await sync(self.client, wanted, self.links, done)
        return done

    def shown(self, user_id: str) -> str:
        """The name of the menu that a person sees, without its fingerprint."""
        menu = self.world.platform.rich_menus.shown_to(user_id)
        return menu["name"].rpartition(" ")[0] if menu else ""

    def calls(self, *endpoints: str) -> list[str]:
        """The calls that were made of these endpoints, or all that change something, in order."""
        return [
            each.endpoint
            for each in self.world.platform.calls
            if (each.endpoint in endpoints if endpoints else each.method in CHANGES)
        ]


@pytest.fixture
async def stage(database: str) -> AsyncIterator[Stage]:
    """LINE without menus, and an office without people."""
    async with staged() as built:
        yield built


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """The same, on the open database."""
    async with line() as world, TestServer(world.platform.application()) as data_server:
        unit = await organisation.Unit.create(code="23000301", name="ห้องสมุด", kind="library")
        data_api = str(data_server.make_url("")).rstrip("/")
        client = RichMenuClient(world.session, api_base_url=world.url, data_api_base_url=data_api, access_token=TOKEN)
        yield Stage(world, MenuLinks(client, world.platform.clock.now), client, unit, data_api)


async def test_everybody_gets_the_menu_of_their_duty(stage: Stage, wanted: tuple[Wanted, ...]) -> None:
    """A run makes every menu once, with its picture at LINE's other server, and links each person with theirs."""
    people = {
        await stage.person(): Menu.STRANGER,
        await stage.person(Role.REPORTER): Menu.REPORTER,
        await stage.person(Role.REPORTER, Role.COORDINATOR): Menu.COORDINATOR,
        await stage.person(Role.EVALUATOR): Menu.EVALUATOR,
        await stage.person(Role.ADMINISTRATOR): Menu.ADMINISTRATOR,
        await stage.person(Role.REPORTER, approved=False): Menu.STRANGER,
        await stage.person(Role.REPORTER, until=TODAY - timedelta(days=1)): Menu.STRANGER,
    }
    done = await stage.bring(wanted)
    assert done.created == [each.name for each in wanted]
    assert (done.default, done.linked, done.deleted) == (True, 4, [])
    assert {user_id: stage.shown(user_id) for user_id in people} == {
        user_id: f"raingan {menu}" for user_id, menu in people.items()
    }
    uploads = [each for each in stage.world.platform.calls if each.endpoint == "richmenu_upload"]
    assert {f"http://{each.headers['Host']}" for each in uploads} == {stage.data_api} != {stage.world.url}


async def test_again_nothing_changes(stage: Stage, wanted: tuple[Wanted, ...]) -> None:
    """A second run asks what there is, and changes nothing at all."""
    await stage.person(Role.REPORTER)
    assert await stage.bring(wanted)
    stage.world.platform.calls.clear()
    assert not await stage.bring(wanted)
    assert stage.calls() == []
    assert stage.calls("richmenu_list") == ["richmenu_list"]


async def test_the_new_are_there_before_the_old_go(stage: Stage, wanted: tuple[Wanted, ...]) -> None:
    """What changed is made and everybody led over before the old is deleted; somebody else's menu is left alone."""
    reporter = await stage.person(Role.REPORTER)
    foreign = await somebody_elses(stage.world, name="of the Official Account Manager")
    await stage.bring(tuple(as_before(each) for each in wanted[:5]) + wanted[5:])
    before = stage.world.platform.rich_menus.linked_to(reporter)
    stage.world.platform.calls.clear()
    done = await stage.bring(wanted)
    assert (len(done.created), len(done.deleted), done.kept) == (5, 5, [])
    order = stage.calls()
    assert order == [
        *["richmenu_create", "richmenu_upload"] * 5,
        "richmenu_default",
        "richmenu_link",
        *["richmenu_delete"] * 5,
    ]
    assert stage.world.platform.rich_menus.linked_to(reporter) != before
    assert foreign in {each.id for each in await stage.client.listed()}


def as_before(each: Wanted, mark: str = "before") -> Wanted:
    """The same menu as another release had it."""
    name = f"{each.name} {mark}"
    return replace(each, name=name, definition={**each.definition, "name": name})


BROKEN = {
    "the list": ("richmenu_list", Fault(status=500)),
    "creating": ("richmenu_create", Fault(status=500)),
    "creating, and LINE had done it": ("richmenu_create", Fault(reset=True, after_accepting=True)),
    "creating, too often this hour": ("richmenu_create", Fault(status=429)),
    "the picture": ("richmenu_upload", Fault(reset=True)),
    "the picture, and LINE had it": ("richmenu_upload", Fault(status=500, after_accepting=True)),
    "everybody's": ("richmenu_default", Fault(status=500)),
    "linking": ("richmenu_link", Fault(status=500)),
    "linking, and LINE had done it": ("richmenu_link", Fault(reset=True, after_accepting=True)),
    "deleting": ("richmenu_delete", Fault(status=500)),
}


@pytest.mark.parametrize(("endpoint", "fault"), BROKEN.values(), ids=BROKEN.keys())
async def test_a_run_that_broke_goes_on(
    sqlite_database: str, wanted: tuple[Wanted, ...], endpoint: str, fault: Fault
) -> None:
    """Wherever a run breaks off, the next ends with each menu once, whole, and everybody linked."""
    async with staged() as stage:
        people = [await stage.person(Role.REPORTER), await stage.person(Role.COORDINATOR)]
        old = tuple(as_before(each) for each in wanted[:1])
        await stage.bring(old + wanted[1:2] if endpoint == "richmenu_delete" else old)
        stage.world.platform.faults.add(endpoint, fault)
        with pytest.raises(CallFailed):
            await stage.bring(wanted)
        await stage.bring(wanted)
        assert not await stage.bring(wanted)
        assert sorted(each.name for each in await stage.client.listed()) == sorted(each.name for each in wanted)
        for each in await stage.client.listed():
            assert await stage.client.has_picture(each.id)
        assert [stage.shown(user_id) for user_id in people] == ["raingan reporter", "raingan coordinator"]


async def test_a_change_of_duty_changes_the_menu(stage: Stage, wanted: tuple[Wanted, ...]) -> None:
    """Joining, being let in, another role, the end of a deputy's days and being forgotten each bring another menu."""
    await stage.bring(wanted)
    newcomer = await stage.person(Role.REPORTER, approved=False)
    deputy = await stage.person(Role.COORDINATOR, until=TODAY)
    assert await stage.links.set_right() == 1
    assert (stage.shown(newcomer), stage.shown(deputy)) == ("raingan stranger", "raingan coordinator")

    await organisation.Membership.filter(person__line_user_id=newcomer).update(approved_at=MORNING)
    assert await stage.links.set_right() == 1
    assert stage.shown(newcomer) == "raingan reporter"

    stage.world.platform.forward(timedelta(days=1))
    await organisation.Membership.filter(person__line_user_id=newcomer).update(role=Role.EVALUATOR.value)
    assert await stage.links.set_right() == 2
    assert (stage.shown(newcomer), stage.shown(deputy)) == ("raingan evaluator", "raingan stranger")

    await organisation.Person.filter(line_user_id=newcomer).update(line_user_id=None)
    assert await stage.links.set_right() == 1
    assert stage.shown(newcomer) == "raingan stranger"
    assert not await RichMenuLink.filter(id=newcomer).exists()
    assert await stage.links.set_right() == 0


async def test_many_are_linked_in_bulk(stage: Stage, wanted: tuple[Wanted, ...]) -> None:
    """Fifty with the same menu take one call; LINE's fourth of an hour is refused, and then each takes a call."""
    many = {}
    for role in (Role.REPORTER, Role.COORDINATOR, Role.EVALUATOR, Role.EXECUTIVE):
        for _ in range(BULK_FROM):
            many[await stage.person(role)] = f"raingan {role}"
    few = await stage.person(Role.ADMINISTRATOR)
    done = await stage.bring(wanted)
    assert done.linked == 4 * BULK_FROM + 1
    assert stage.calls("richmenu_bulk_link") == ["richmenu_bulk_link"] * 4
    assert {user_id: stage.shown(user_id) for user_id in many} == many
    assert stage.shown(few) == "raingan administrator"
    assert len(stage.calls("richmenu_link")) <= BULK_FROM + 1
    assert not await stage.bring(wanted)


@pytest.mark.line_refuses("userId")
async def test_whom_line_does_not_know_holds_up_nobody(stage: Stage, wanted: tuple[Wanted, ...]) -> None:
    """Somebody LINE refuses is left out and not asked for again, until there is another menu for them."""
    gone, here = await stage.person(Role.REPORTER, known=False), await stage.person(Role.REPORTER)
    await stage.bring(wanted)
    assert stage.shown(here) == "raingan reporter"
    assert await stage.links.set_right() == 0
    stage.world.platform.people.add(Person("กลับมา", id=gone))
    await stage.bring(tuple(as_before(each, "after") for each in wanted))
    assert stage.shown(gone).startswith("raingan reporter")


async def test_while_line_is_away_nothing_is_lost(
    sqlite_database: str, wanted: tuple[Wanted, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that fails is tried again by itself, with pauses, until LINE takes it."""
    monkeypatch.setattr(links_module, "_FIRST_DELAY", 0.01)
    async with staged() as stage:
        await stage.bring(wanted)
        running = asyncio.create_task(stage.links.run())
        reporter = await stage.person(Role.REPORTER)
        stage.world.platform.faults.add("richmenu_link", Fault(status=500), Fault(reset=True), Fault(status=429))
        stage.links.wake()
        await until(lambda: stage.shown(reporter) == "raingan reporter")
        assert stage.calls("richmenu_link") == ["richmenu_link"] * 4
        stage.links.close()
        await asyncio.wait_for(running, 5)


async def until(true: Callable[[], bool]) -> None:
    """Return as soon as it is so, within ten seconds."""
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_before_any_run_nobody_is_asked(stage: Stage) -> None:
    """A bot whose menus were never brought to LINE makes no call for them."""
    await stage.person(Role.REPORTER)
    assert await stage.links.set_right() == 0
    assert stage.calls() == []
    assert not await RichMenu.exists()
    assert len(MENUS) == len(Menu)
