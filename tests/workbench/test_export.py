"""Can the case leave in every form, under a sensible name, without changing?"""

from __future__ import annotations

import csv
import io
import json
import zipfile

from firsthand.case import new_case
from firsthand.workbench.pages.exporting import FORMS


def read_files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def check_words(form, answer):
    """Look into a download as whoever opens it would."""
    if form.ending == "json":
        assert answer.told
    elif form.ending == "csv":
        assert len(list(csv.reader(io.StringIO(answer.words)))) >= 5
    elif form.ending == "zip":
        names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
        assert {"case/SHA256SUMS", "case/VERIFY.txt", "case/assessment.html", "case/case.toml"} <= set(names)
    else:
        assert "nlikely" in answer.words


def test_each_form_is_sent_as_a_download_and_changes_nothing(serve, example, asker):
    ask, before = asker(serve(example)), read_files(example)
    for form in FORMS:
        answer = ask.get(f"/export/{form.key}")
        assert answer.status == 200, form.key
        told = answer.headers["content-disposition"]
        assert told.startswith("attachment") and "2011-04-08" in told and told.rstrip('"').endswith(form.ending)
        check_words(form, answer)
    assert read_files(example) == before


def test_an_unknown_form_is_no_page(serve, example, asker):
    assert asker(serve(example)).get("/export/docx").status == 404


def test_without_a_verdict_nothing_is_sent(serve, tmp_path, asker):
    answer = asker(serve(tmp_path / "none")).get("/export/page")
    assert answer.status == 400 and "no assessment" in answer.words


def test_a_title_becomes_a_plain_file_name(serve, tmp_path, asker):
    new_case(tmp_path / "case", 'Did "../../x\\r\\n" happen; or\tnot?')
    told = asker(serve(tmp_path / "case")).get("/export/assessment")
    name = told.headers["content-disposition"].split("filename=")[1].strip('"')
    assert name.replace("-", "").replace(".", "").isalnum() and json.loads(told.words)


def test_a_click_downloads(serve, example, visit):
    seen = visit(serve(example))
    page = seen.open("/export")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="The assessment as Markdown").click()
    assert waiting.value.suggested_filename.endswith("2011-04-08.md")
    assert seen.complaints == []
