"""Which language is this written in?"""

from __future__ import annotations

import sys

import pytest

from firsthand.reading.language import detect_language

TEXTS = {
    "en": "The river warden said that she had not seen the men who were there, and that it was dark.",
    "fr": "La gardienne a dit que les hommes n'étaient pas dans la ville, et que le pont est fermé pour une semaine.",
    "de": "Die Wärterin sagte, dass sie die Männer nicht gesehen habe und dass es auf der Brücke dunkel war.",
    "es": "La guardiana dijo que no había visto a los hombres en el puente, y que la noche era oscura para todos.",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_common_words_of_a_language_give_it_away(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


def test_words_outweigh_what_a_page_declares() -> None:
    assert detect_language(TEXTS["de"], "en-GB") == "de"


def test_what_is_declared_decides_where_the_words_do_not() -> None:
    assert detect_language("Orrin 4, Brede 2", "fr_FR") == "fr"


def test_a_few_letters_are_in_no_language() -> None:
    assert detect_language("Orrin 4, Brede 2") == ""


def test_the_large_model_is_not_loaded_for_a_text_that_gives_itself_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert detect_language(TEXTS["en"]) == "en"


def test_a_text_in_another_script_is_identified() -> None:
    assert detect_language("Мост через реку закрыт, сообщил в понедельник начальник станции, и никто не знает.") == "ru"


def test_the_script_rules_out_what_the_identifier_or_the_page_says() -> None:
    assert detect_language("Рыбный рынок закрыт с понедельника, сообщил начальник порта вчера вечером.", "en") == "ru"
    assert detect_language("أغلق سوق السمك يوم الاثنين بسبب عطل في آلة الثلج، قال مدير الميناء.", "fr") == "ar"
    assert detect_language("魚市場は月曜日から閉まっていると港長が述べた。製氷機が故障したためだという。") == "ja"
    assert detect_language("Η ψαραγορά είναι κλειστή από τη Δευτέρα, είπε ο λιμενάρχης στην εφημερίδα.") == "el"


def test_a_declared_language_stands_where_the_script_allows_it() -> None:
    assert detect_language("Рынок закрыт.", "uk") == "uk"
    assert detect_language("AFP", "ar") == "ar"
