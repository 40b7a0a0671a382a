"""A text's language is told from its words and letters, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.wire.language import language_of
from feeds.wire.parse import parse
from tests.wire.samples import ATOM, RECEIVED, SUBSCRIPTION

TEXTS = {
    "en": "Taliban fighters seized the northern city of Kunduz on Sunday, residents said. It was the third to fall.",
    "fr": "Les talibans ont pris dimanche la ville de Kunduz, dans le nord de l'Afghanistan, selon des habitants.",
    "es": "Los talibanes tomaron el domingo la ciudad de Kunduz, en el norte de Afganistán, según los vecinos.",
    "pt": "Os talibãs tomaram no domingo a cidade de Kunduz, no norte do Afeganistão, segundo moradores da região.",
    "it": "I talebani hanno conquistato domenica la città di Kunduz, nel nord del paese, secondo gli abitanti.",
    "de": "Die Taliban haben am Sonntag die Stadt Kundus im Norden Afghanistans eingenommen, sagten Bewohner.",
    "tr": "Taliban pazar günü ülkenin kuzeyindeki Kunduz kentini ele geçirdi ve bu bölge için daha çok çatışma var.",
    "id": "Taliban merebut kota Kunduz di utara pada hari Minggu, kata para pejabat yang tidak disebutkan namanya.",
    "fa": "طالبان روز یکشنبه شهر قندوز را در شمال افغانستان تصرف کردند، مقام‌ها گفتند.",
    "ps": "طالبانو د یکشنبې په ورځ د کندز ښار ونیو، چارواکو وویل چې جګړه روانه ده.",
    "ar": "سيطرت حركة طالبان على مدينة قندوز شمال البلاد يوم الأحد بعد معارك عنيفة مع القوات الحكومية.",
    "ur": "طالبان نے اتوار کو قندوز شہر پر قبضہ کر لیا، حکام نے بتایا ہے۔",
    "uk": "Російські війська відступили з Херсона, повідомили українські посадовці в п'ятницю.",
    "ru": "Российские войска вышли из Херсона, сообщили в пятницу украинские власти, это произошло ночью.",
    "zh": "塔利班周日占领了阿富汗北部城市昆都士，当地官员表示。",
    "ja": "タリバンは日曜日、アフガニスタン北部の都市クンドゥズを制圧したと当局が発表した。",
    "ko": "탈레반이 일요일 아프가니스탄 북부 도시 쿤두즈를 점령했다고 현지 관리들이 밝혔다.",
    "am": "የታሊባን ተዋጊዎች እሁድ ዕለት የኩንዱዝ ከተማን ተቆጣጠሩ",
    "my": "တာလီဘန်တို့က ကွန်ဒူးဇ်မြို့ကို သိမ်းပိုက်လိုက်သည်",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_told_by_one_sentence(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Kunduz: Taliban, NATO, UNAMA", "12.08.2021 14:30", "Vladimir Путин"])
def test_what_cannot_be_told_is_left_open(text: str) -> None:
    assert language_of(text) == ""


def test_names_in_another_script_change_nothing() -> None:
    assert language_of("The city of Kunduz (قندوز) fell to the Taliban on Sunday, officials said.") == "en"


@given(st.text(max_size=700))
def test_any_text_has_a_tag_or_none(text: str) -> None:
    found = language_of(text)
    assert found.isascii()
    assert len(found) <= 3


def test_words_count_before_what_the_feed_says() -> None:
    farsi = ATOM.replace("Governor of Ghazni confirms loss &amp; leaves", TEXTS["fa"]).replace(
        "&lt;p&gt;KABUL (AP) - The city is lost, the governor said.&lt;/p&gt;", TEXTS["fa"] * 3
    )
    said = replace(SUBSCRIPTION, language="en-GB")
    parsed = parse(farsi.encode(), said, content_type="application/atom+xml", received=RECEIVED)
    assert [story.language for story in parsed.stories] == ["fa", "en-GB"]
