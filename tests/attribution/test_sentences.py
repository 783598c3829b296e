from firsthand.attribution.text.sentences import skip_dateline, split_paragraphs, split_sentences


def sentences(text: str) -> list[str]:
    return [text[s:e] for s, e in split_sentences(text, 0, len(text))]


def test_a_title_before_a_name_ends_no_sentence():
    assert sentences("Gen. Brock left. Adm. Sule stayed.") == ["Gen. Brock left.", "Adm. Sule stayed."]


def test_a_calibre_ends_no_sentence():
    assert len(sentences("They bought a .50 cal. ZPU gun in May. It was old.")) == 2


def test_money_and_approximations_end_no_sentence():
    assert len(sentences("It cost approx. $1.5 million. Nobody paid.")) == 2


def test_a_missing_blank_after_a_full_stop_still_ends_the_sentence():
    assert sentences("It cost a million.If so, who paid?") == ["It cost a million.", "If so, who paid?"]


def test_initials_of_a_country_end_no_sentence():
    assert len(sentences("The U.S. officials left. They flew home.")) == 2


def test_a_number_sign_before_a_figure_ends_no_sentence():
    assert len(sentences("School No. 4 was shut. No. It was open.")) == 3


def test_no_sentence_ends_inside_a_quotation():
    text = 'She said, "Go. Go now." He went.'
    assert [text[s:e] for s, e in split_sentences(text, 0, len(text), [(10, 23)])] == [
        'She said, "Go. Go now."',
        "He went.",
    ]


def test_wrapped_lines_are_one_paragraph_and_blank_lines_end_it():
    text = "The harbour master said on Monday that the two ferries\nwould stay in port.\n\nNobody was hurt."
    paragraphs = [text[s:e] for s, e in split_paragraphs(text, 0, len(text))]
    assert paragraphs == [text[: text.index("\n\n")], "Nobody was hurt."]


def test_long_lines_are_paragraphs_of_their_own():
    text = "word " * 60 + "end.\n" + "other " * 60 + "end."
    assert len(split_paragraphs(text, 0, len(text))) == 2


def test_a_dateline_is_no_part_of_the_sentence():
    text = "VARNEL, May 4 (Brill) - A ferry sank."
    assert text[skip_dateline(text, 0, len(text)) :] == "A ferry sank."
