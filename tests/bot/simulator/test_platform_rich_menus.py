"""Rich menus on the fake LINE: LINE's own SDK understands the answers, and what LINE refuses is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from tests.bot.simulator.loopback import ANONG, BOONMEE, TOKEN, World, line

TAPPED = {"type": "postback", "label": "รายงาน", "data": '["c","รายงาน"]', "displayText": "รายงาน"}


def area(x: int = 0, y: int = 0, width: int = 600, height: int = 405, **further: Any) -> dict[str, Any]:
    """An area with a postback."""
    return {"bounds": {"x": x, "y": y, "width": width, "height": height}, "action": {**TAPPED, **further}}


def menu(**further: Any) -> dict[str, Any]:
    """A menu of two areas, 1200 × 405."""
    return {
        "size": {"width": 1200, "height": 405},
        "selected": True,
        "name": "reporter-1",
        "chatBarText": "เมนู",
        "areas": [area(), area(x=600)],
        **further,
    }


def picture(width: int = 1200, height: int = 405, kind: str = "PNG", *, noise: bool = False) -> bytes:
    """A picture of that size; with `noise` one that does not get smaller when it is packed."""
    written = io.BytesIO()
    made = Image.effect_noise((width, height), 40) if noise else Image.new("RGB", (width, height), "navy")
    made.save(written, kind)
    return written.getvalue()


async def created(world: World, **further: Any) -> str:
    """The id of a new menu with its picture."""
    status, answer, _ = await world.call("/v2/bot/richmenu", menu(**further))
    assert status == 200, answer
    menu_id: str = answer["richMenuId"]
    assert await uploaded(world, menu_id) == 200
    return menu_id


async def uploaded(world: World, menu_id: str, data: bytes | None = None, kind: str = "image/png") -> int:
    """The status of an upload."""
    sent = picture() if data is None else data
    return (await world.call(f"/v2/bot/richmenu/{menu_id}/content", sent, **{"Content-Type": kind}))[0]


async def delete(world: World, path: str) -> int:
    """The status of a DELETE."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with world.session.delete(world.url + path, headers=headers) as answer:
        return answer.status


@pytest.mark.filterwarnings("ignore")  # the SDK's own pydantic.v1 shims
async def test_the_sdk_walks_through_the_life_of_a_menu() -> None:
    """Create, upload, everybody's, one person's, several people's, list and delete, each in the SDK's own models."""
    from linebot.v3.messaging import (
        AsyncApiClient,
        AsyncMessagingApi,
        AsyncMessagingApiBlob,
        Configuration,
        RichMenuBulkLinkRequest,
        RichMenuBulkUnlinkRequest,
        RichMenuRequest,
    )

    async with line() as world, AsyncApiClient(Configuration(host=world.url, access_token=TOKEN)) as client:
        api, blob = AsyncMessagingApi(client), AsyncMessagingApiBlob(client)
        wanted = RichMenuRequest.from_dict(menu())
        await api.validate_rich_menu_object(wanted)
        ids = [(await api.create_rich_menu(wanted)).rich_menu_id for _ in range(2)]
        for menu_id in ids:
            await blob.set_rich_menu_image(menu_id, picture(), _headers={"Content-Type": "image/png"})
        assert bytes(await blob.get_rich_menu_image(ids[0])) == picture()
        assert (await api.get_rich_menu(ids[0])).areas[1].bounds.x == 600
        await api.set_default_rich_menu(ids[0])
        assert (await api.get_default_rich_menu_id()).rich_menu_id == ids[0]
        await api.link_rich_menu_id_to_user(ANONG, ids[1])
        assert (await api.get_rich_menu_id_of_user(ANONG)).rich_menu_id == ids[1]
        await api.unlink_rich_menu_id_from_user(ANONG)
        both = [ANONG, BOONMEE, "U" + "9" * 32]
        await api.link_rich_menu_id_to_users(RichMenuBulkLinkRequest(richMenuId=ids[1], userIds=both))
        assert world.platform.rich_menus.linked_to(BOONMEE) == ids[1]
        await api.unlink_rich_menu_id_from_users(RichMenuBulkUnlinkRequest(userIds=both))
        assert world.platform.rich_menus.linked_to(BOONMEE) == ""
        listed = (await api.get_rich_menu_list()).richmenus
        assert [each.rich_menu_id for each in listed] == ids
        await api.delete_rich_menu(ids[0])
        await api.cancel_default_rich_menu()
        assert [each.rich_menu_id for each in (await api.get_rich_menu_list()).richmenus] == ids[1:]


async def test_who_is_shown_what() -> None:
    """A person's own menu comes before everybody's; deleting it brings everybody's back. Each change is in the chat."""
    async with line() as world:
        everybodys, own = await created(world), await created(world, name="own")

        def shown(user_id: str) -> str:
            found = world.platform.rich_menus.shown_to(user_id)
            return found["richMenuId"] if found else ""

        assert shown(ANONG) == ""
        await world.call(f"/v2/bot/user/all/richmenu/{everybodys}", {})
        await world.call(f"/v2/bot/user/{ANONG}/richmenu/{own}", {})
        assert (shown(ANONG), shown(BOONMEE)) == (own, everybodys)
        await world.call(f"/v2/bot/user/{ANONG}/richmenu/{own}", {})
        assert await delete(world, f"/v2/bot/richmenu/{own}") == 200
        assert shown(ANONG) == everybodys
        assert await delete(world, f"/v2/bot/richmenu/{everybodys}") == 200
        assert (shown(ANONG), shown(BOONMEE)) == ("", "")
        kinds = [[entry["kind"] for entry in world.platform.chat(user_id).entries] for user_id in (ANONG, BOONMEE)]
        assert kinds == [["menu"] * 4, ["menu"] * 2]


REFUSED_MENUS: dict[str, dict[str, Any]] = {
    "a name of nothing": {"name": " "},
    "a bar of 15 clusters": {"chatBarText": "ที่" * 15},
    "too narrow": {"size": {"width": 799, "height": 405}},
    "too high for its width": {"size": {"width": 1200, "height": 830}, "areas": []},
    "too low": {"size": {"width": 1200, "height": 249}, "areas": []},
    "21 areas": {"areas": [area()] * 21},
    "an area over the edge": {"areas": [area(x=700)]},
    "data of 301 units": {"areas": [area(data="ก" * 301)]},
    "a label of 21 clusters": {"areas": [area(label="ที่" * 21)]},
    "a camera, which only a quick reply opens": {"areas": [{**area(), "action": {"type": "camera", "label": "ก"}}]},
    "a property that LINE does not know": {"colour": "red"},
}


@pytest.mark.line_refuses("richmenu_")
@pytest.mark.parametrize("wrong", REFUSED_MENUS.values(), ids=REFUSED_MENUS.keys())
async def test_what_line_refuses_in_a_menu(wrong: dict[str, Any]) -> None:
    """Each limit of a rich menu is held when it is created and when it is validated."""
    async with line() as world:
        for path in ("/v2/bot/richmenu", "/v2/bot/richmenu/validate"):
            assert (await world.call(path, menu(**wrong)))[0] == 400
        assert (await world.call("/v2/bot/richmenu/list"))[1] == {"richmenus": []}


async def test_thai_is_counted_as_it_is_seen() -> None:
    """A bar of 14 clusters with all their vowels and tone marks is taken, though it is 42 code points."""
    async with line() as world:
        assert await created(world, chatBarText="ที่" * 14)


@pytest.mark.line_refuses("richmenu_upload")
async def test_what_line_refuses_in_a_picture() -> None:
    """Another size, another type, more than 1 MB, no picture at all, and a second one."""
    async with line() as world:
        menu_id = (await world.call("/v2/bot/richmenu", menu()))[1]["richMenuId"]
        assert await uploaded(world, menu_id, picture(1200, 406)) == 400
        assert await uploaded(world, menu_id, picture(kind="GIF"), "image/gif") == 400
        assert await uploaded(world, menu_id, picture(kind="JPEG")) == 400
        assert await uploaded(world, menu_id, b"\x89PNG and no more") == 400
        large = (await world.call("/v2/bot/richmenu", menu(size={"width": 1500, "height": 1000})))[1]["richMenuId"]
        assert await uploaded(world, large, picture(1500, 1000, noise=True)) == 400
        assert await uploaded(world, menu_id, picture(kind="JPEG"), "image/jpeg") == 200
        assert await uploaded(world, menu_id) == 400
        assert await uploaded(world, "richmenu-none") == 404


@pytest.mark.line_refuses("must upload richmenu image", "userId", "userIds")
async def test_what_cannot_be_linked() -> None:
    """A menu without its picture, one that is gone, somebody LINE does not know, and 501 people at once."""
    async with line() as world:
        bare = (await world.call("/v2/bot/richmenu", menu()))[1]["richMenuId"]
        for path in (f"/v2/bot/user/all/richmenu/{bare}", f"/v2/bot/user/{ANONG}/richmenu/{bare}"):
            assert (await world.call(path, {}))[0] == 400
        assert (await world.call("/v2/bot/richmenu/bulk/link", {"richMenuId": bare, "userIds": [ANONG]}))[0] == 400
        assert (await world.call(f"/v2/bot/user/{ANONG}/richmenu/richmenu-gone", {}))[0] == 404
        whole = await created(world)
        assert (await world.call(f"/v2/bot/user/U{'9' * 32}/richmenu/{whole}", {}))[0] == 400
        crowd = {"richMenuId": whole, "userIds": [f"U{number:032x}" for number in range(501)]}
        assert (await world.call("/v2/bot/richmenu/bulk/link", crowd))[0] == 400
        for path in ("/v2/bot/user/all/richmenu", f"/v2/bot/user/{ANONG}/richmenu"):
            assert (await world.call(path))[0] == 404


@pytest.mark.parametrize(
    ("path", "body", "most", "accepted"),
    [
        ("/v2/bot/richmenu", menu(), 100, 200),
        ("/v2/bot/richmenu/bulk/unlink", {"userIds": [ANONG]}, 3, 202),
    ],
)
async def test_the_limits_of_an_hour(path: str, body: dict[str, Any], most: int, accepted: int) -> None:
    """100 menus may be created in an hour, and three bulk calls made; the next is refused with 429."""
    async with line() as world:
        statuses = [(await world.call(path, body))[0] for _ in range(most + 1)]
        assert statuses == [accepted] * most + [429]


async def test_the_page_shows_the_menu_and_its_picture() -> None:
    """The page asks for a person's menu and its picture, and gets nothing that is not there."""
    async with line() as world:
        menu_id = await created(world)
        address = f"{world.url}/simulator/chats/{ANONG}/menu"
        async with world.session.get(address) as answer:
            assert await answer.json() == {"menu": None}
        await world.call(f"/v2/bot/user/{ANONG}/richmenu/{menu_id}", {})
        async with world.session.get(address) as answer:
            assert (await answer.json())["menu"]["chatBarText"] == "เมนู"
        async with world.session.get(f"{world.url}/simulator/richmenus/{menu_id}") as answer:
            assert (answer.content_type, await answer.read()) == ("image/png", picture())
        async with world.session.get(f"{world.url}/simulator/richmenus/none") as answer:
            assert answer.status == 404
