"""Do the tree, the map and the timeline show what they rest on, and can each be judged there?"""

from __future__ import annotations

import html
import re

from firsthand.case import load_case
from firsthand.case.judgements import read_judgements
from tests.workbench.test_accessible import check_page

OFFICIAL, DEBY = "a-ec8f3de3411b", "a-8eb1dc60a398"


def find_lines(words: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="(/provenance/line\?[^"]+)"', words)]


def test_every_line_of_the_tree_leads_to_what_it_rests_on(serve, example, asker):
    ask = asker(serve(example))
    words = ask.get("/provenance").words
    lines = dict.fromkeys(find_lines(words))
    table = words.split('id="lines"')[1].split("</table>")[0]
    drawn = words.split("<figure")[1].split("</figure>")[0]
    assert set(find_lines(table)) == set(lines), "the table holds every line"
    assert len(set(find_lines(drawn))) >= len(lines) - 4, "the drawing links them too, echoes by their mark"
    for one in lines:
        told = ask.get(f"{one}&part=yes")
        assert told.status == 200
        assert "read in place" in told.words
        assert "<html" not in told.words


def test_a_line_opens_below_the_tree_and_escape_goes_back_to_it(serve, example, visit):
    seen = visit(serve(example))
    page = seen.open("/provenance")
    line = page.locator('figure .wide a[href*="from=r-003f09b7485e&to=o-official"]').first
    line.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#opened")
    panel.locator("article").first.wait_for()
    assert "25" in panel.locator("h2").inner_text()
    assert panel.locator(".side-by-side > div").count() >= 2
    assert panel.locator("mark").count() > 0
    assert page.evaluate("document.activeElement.id") == "opened"
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert "o-official" in page.evaluate("document.activeElement.getAttribute('href')")
    assert seen.complaints == []


def test_the_tree_of_one_claim_holds_only_what_bears_on_it(serve, example, asker):
    ask = asker(serve(example))
    whole, one = ask.get("/provenance").words, ask.get("/provenance?claim=convoy").words
    assert "James Stavridis" in whole.split("</figure>")[0]
    assert "Unnamed Algerian" in one.split("</figure>")[0].split("<figure")[1]
    assert "James Stavridis" not in one.split("</figure>")[0].split("<figure")[1]
    assert all("claim=convoy" in each for each in find_lines(one))
    assert ask.get("/provenance?claim=nobody").status == 404
    assert ask.get("/provenance?origin=nobody").status == 404
    assert ask.get("/provenance/line?from=a&to=b&how=c").status == 404


def test_two_origins_are_judged_one_and_the_voices_of_the_claim_follow(serve, example, visit):
    page = visit(serve(example)).open("/provenance?claim=missiles")
    form = page.locator("form.merge")
    form.locator("select[name=child]").select_option(OFFICIAL)
    form.locator("select[name=parent]").select_option(DEBY)
    form.locator("input[name=why]").fill("He speaks for the same people")
    form.get_by_role("button", name="are one").click()
    said = page.locator(".news .said").inner_text()
    assert "1 origin, 2 origins (1–2) before" in said
    assert read_judgements(example)[-1].about == f"lineage.{OFFICIAL}.{DEBY}"
    ruled = page.locator("#ruled + ul li")
    assert "one origin" in ruled.inner_text()
    ruled.get_by_role("button").click()
    page.locator(".news .said").wait_for()
    assert load_case(example).lineages == ()
    assert page.locator("#ruled").count() == 0


def test_an_origin_is_not_judged_to_be_itself_or_by_nothing(serve, example, asker):
    ask = asker(serve(example))
    for told in (
        {"child": DEBY, "parent": DEBY, "value": "same", "why": "x"},
        {"child": DEBY, "parent": "", "value": "same", "why": "x"},
        {"child": DEBY, "parent": OFFICIAL, "value": "perhaps", "why": "x"},
        {"child": DEBY, "parent": OFFICIAL, "value": "same", "why": " "},
    ):
        assert ask.post("/provenance/judge", told).status == 400
    assert read_judgements(example) == ()


def test_the_tree_can_be_read_and_judged_without_script(serve, example, visit):
    page = visit(serve(example), java_script_enabled=False).open("/provenance")
    page.locator("#lines ~ table a.line").nth(5).click()
    assert page.locator("main .opened article").count() > 0
    page.locator("form.lineage button").first.click()
    assert "Recorded: one origin" in page.locator(".news .said").inner_text()


def test_the_map_asks_which_place_is_meant_and_draws_what_was_answered(serve, example, visit):
    page = visit(serve(example)).open("/map")
    assert "which Tripoli?" in page.locator(".to-judge").inner_text()
    assert page.locator(".sheet.wide .town.unsure").count() == 2, "both readings, neither of them chosen"
    form = page.locator(".which")
    form.get_by_label("Tripoli, Libya").check()
    form.locator("input[name=why]").fill("Libya is named in the same report")
    form.get_by_role("button").click()
    assert page.locator(".to-judge").count() == 0
    assert page.locator(".sheet.wide .town.unsure").count() == 0
    assert page.locator(".sheet.wide .town.sure").count() == 1
    told = read_judgements(example)[-1]
    assert (told.about, told.value) == ("place.tripoli", "LY")
    assert load_case(example).judgements == (told,)
    page.get_by_role("button", name="Take it back").click()
    assert "which Tripoli?" in page.locator(".to-judge").inner_text()


def test_the_map_moves_by_buttons_keys_and_finger(serve, example, visit):
    seen = visit(serve(example))
    page = seen.open("/map")
    sheet = page.locator(".sheet.wide")

    def read_bar() -> str:
        return sheet.locator("text.degree").last.inner_html()

    def wait_for_view(act) -> str:
        with page.expect_response(lambda one: "part=wide" in one.url):
            act()
        page.wait_for_function("document.querySelector('.sheet.wide svg').viewBox.baseVal.x === 0")
        return page.url

    first = read_bar()
    nearer = wait_for_view(lambda: page.locator("[data-move=in]").click())
    assert "view=" in nearer
    assert read_bar() != first
    sheet.focus()
    east = wait_for_view(lambda: page.keyboard.press("ArrowRight"))
    assert east != nearer
    box = sheet.bounding_box()
    page.mouse.move(box["x"] + 400, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 320, steps=4)
    dragged = wait_for_view(page.mouse.up)
    assert dragged != east
    assert seen.complaints == []


def test_the_map_moves_by_links_where_there_is_no_script(serve, example, visit):
    page = visit(serve(example), java_script_enabled=False).open("/map")
    page.locator("[data-move=in]").click()
    assert "view=" in page.url
    assert page.locator(".sheet.wide svg").count() == 1


def test_a_strange_window_is_the_whole_map(serve, example, asker):
    ask = asker(serve(example))
    for view in ("abc", "nan,1,2,3", "1,2,3", "5,5,5,5", "-1e9,1,2,3", "inf,1,2,3"):
        assert ask.get(f"/map?view={view}").status == 200
    for view in ("-500,-90,500,90", "170,80,400,90"):
        assert ask.get(f"/map?part=wide&view={view}").words.startswith("<svg")
    assert ask.get("/map?claim=nobody").status == 404


def test_no_place_is_judged_that_nobody_named(serve, example, asker):
    ask = asker(serve(example))
    for about, value in (("place.tripoli", "XX"), ("place.atlantis", "LY"), ("hypothesis.sam.prior", "LY")):
        assert ask.post("/map/judge", {"about": about, "value": value, "why": "x"}).status == 400
    assert read_judgements(example) == ()


def test_a_place_leads_to_the_sentence_that_names_it(serve, example, visit):
    page = visit(serve(example)).open("/map")
    page.locator("#place-3 .of a").first.click()
    assert "/reports/" in page.url
    assert page.locator("main").inner_text().count("eastern Libya") > 0


def test_the_timeline_shows_every_time_with_its_precision_and_its_words(serve, example, asker):
    ask = asker(serve(example))
    words = ask.get("/timeline").words
    rows = words.split('id="said"')[1].split("</table>")[0]
    assert "1 Apr 2011" in rows
    assert "one day of" in rows
    assert 'class="when loose"' in words
    assert "When something should have appeared" in words
    assert words.count("/silence#expected-") >= 3
    assert ask.get("/timeline?claim=nobody").status == 404


def test_a_judgement_of_a_place_redoes_nothing_else(serve, example, asker):
    bench = serve(example)
    before = bench.desk.look().assessment
    asker(bench).post("/map/judge", {"about": "place.tripoli", "value": "open", "why": "nothing tells"})
    after = bench.desk.look().assessment
    assert after.trace is before.trace
    assert after.posteriors == before.posteriors


def test_axe_finds_nothing_where_a_line_is_open(serve, example, visit):
    page = visit(serve(example), color_scheme="dark").open("/provenance")
    page.locator("#lines ~ table a.line").nth(5).click()
    page.locator("#opened article").first.wait_for()
    assert check_page(page) == []
    page.goto(page.url.split("/provenance")[0] + page.locator("#lines ~ table a.line").nth(5).get_attribute("href"))
    assert check_page(page) == []
