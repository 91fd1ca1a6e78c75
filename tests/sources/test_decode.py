from __future__ import annotations

import codecs
import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.decode import SNIFFED, BadEncodingError, TooLargeError, Unpacker, decode

NEWS = "বাংলাদেশের খবর: আজ সারা দেশে বৃষ্টি, ২৫ নভেম্বর।"
CAP = 100_000


def unpack(body: bytes, encoding: str | None, *, step: int = 1 << 16, cap: int = CAP) -> bytes:
    unpacker = Unpacker(encoding, cap)
    for start in range(0, len(body), step):
        unpacker.feed(body[start : start + step])
    return unpacker.finish()


def raw_deflate(body: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(body) + squeeze.flush()


# --- compression ---


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_every_accepted_packing_comes_out_as_it_went_in_however_it_is_cut(body: bytes, step: int) -> None:
    assert unpack(body, None, step=step) == body
    assert unpack(gzip.compress(body), "gzip", step=step) == body
    assert unpack(gzip.compress(body) + gzip.compress(body), "x-gzip", step=step) == body * 2
    assert unpack(zlib.compress(body), " Deflate ", step=step) == body
    assert unpack(raw_deflate(body), "deflate", step=step) == body


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "utf-8", "*", "\x00"])
def test_another_encoding_is_refused_before_a_byte_is_read(encoding: str) -> None:
    with pytest.raises(BadEncodingError, match="gzip and deflate"):
        Unpacker(encoding, CAP)


@pytest.mark.parametrize("encoding", ["", "identity", "Identity", None])
def test_no_encoding_has_more_than_one_name(encoding: str | None) -> None:
    assert unpack(b"plain", encoding) == b"plain"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_empty_body_needs_no_packing(encoding: str) -> None:
    assert unpack(b"", encoding) == b""


@given(st.data())
def test_a_body_cut_short_is_an_error(data: st.DataObject) -> None:
    encoding, packed = data.draw(
        st.sampled_from([("gzip", gzip.compress(b"news" * 50)), ("deflate", zlib.compress(b"news" * 50))])
    )
    kept = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(BadEncodingError):
        unpack(packed[:kept], encoding)


@given(st.binary(min_size=1, max_size=200), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_unpack_or_are_a_bad_encoding(body: bytes, encoding: str) -> None:
    try:
        unpack(body, encoding)
    except BadEncodingError as error:
        assert encoding in str(error)  # noqa: PT017 - most draws fail, some do not


def test_a_wrong_checksum_is_corrupt() -> None:
    packed = bytearray(gzip.compress(b"news"))
    packed[-5] ^= 1
    with pytest.raises(BadEncodingError, match="corrupt"):
        unpack(bytes(packed), "gzip")


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_bytes_behind_the_end_are_ignored_even_if_they_look_like_a_member_later(step: int) -> None:
    assert unpack(gzip.compress(b"news") + b"\0\0\0\0\x1f\x8b", "gzip", step=step) == b"news"
    assert unpack(raw_deflate(b"news") + b"rest", "deflate", step=step) == b"news"


def test_the_cap_is_a_length_that_is_still_allowed() -> None:
    assert len(unpack(bytes(CAP), None)) == CAP
    assert len(unpack(gzip.compress(bytes(CAP)), "gzip")) == CAP
    for body, encoding in ((bytes(CAP + 1), None), (gzip.compress(bytes(CAP + 1)), "gzip")):
        with pytest.raises(TooLargeError):
            unpack(body, encoding)


def bomb(megabytes: int) -> bytes:
    """Pack zeros as gzip without making them.

    A flushed block may be repeated (its checksum is never reached).
    """
    squeeze = zlib.compressobj(9, wbits=-15)
    block = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + block * megabytes


@pytest.mark.parametrize("step", [1 << 16, 1 << 30])
def test_a_bomb_of_a_gigabyte_stops_at_the_cap_with_its_memory_bounded(step: int) -> None:
    packed = bomb(1024)
    cap = 2 * len(packed)
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            unpack(packed, "gzip", step=step, cap=cap)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * cap + 2 * len(packed)


def test_what_was_unpacked_before_the_cap_can_still_be_had() -> None:
    unpacker = Unpacker("gzip", 100)
    with pytest.raises(TooLargeError):
        unpacker.feed(gzip.compress(b"x" * 1000))
    assert unpacker.taken() == b"x" * 101


def test_a_heap_of_empty_members_is_not_unpacked() -> None:
    with pytest.raises(BadEncodingError, match="too many"):
        unpack(gzip.compress(b"") * 1000, "gzip")


# --- character encoding ---


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "nonsense"])
def test_a_byte_order_mark_wins_over_any_label(name: str, declared: str | None) -> None:
    assert decode(NEWS.encode(name), declared) == NEWS


@pytest.mark.parametrize(
    "body", [codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), codecs.BOM_UTF32_BE + NEWS.encode("utf-32-be")]
)
def test_a_mark_tells_the_byte_order(body: bytes) -> None:
    assert decode(body, None) == NEWS


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_markup_in_utf_16_is_known_without_a_mark_even_where_it_is_valid_utf_8(name: str) -> None:
    for text in (f"<rss>{NEWS}</rss>", "<rss>plain</rss>"):
        assert decode(text.encode(name), None) == text


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "utf-16le"])
def test_a_header_that_says_utf_16_is_believed_if_there_are_nuls(declared: str) -> None:
    assert decode(f'{{"title": "{NEWS}"}}'.encode("utf-16-le"), declared).startswith('{"title": "বাংলা')
    assert decode(f'{{"title": "{NEWS}"}}'.encode(), declared).startswith('{"title": "বাংলা')


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1252", "utf-16", "gbk", "x-user-defined"])
def test_valid_utf_8_wins_over_any_label(declared: str | None) -> None:
    body = f'<?xml version="1.0" encoding="windows-1252"?><t>{NEWS}</t>'
    assert decode(body.encode(), declared) == body


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "utf-8"])
@pytest.mark.parametrize("bad", [b"\xff", b"\x92", b"\xe0\xa6"])
def test_one_bad_byte_costs_one_character_and_not_the_feed(bad: bytes, declared: str | None) -> None:
    assert decode(NEWS.encode() + bad + NEWS.encode(), declared) == f"{NEWS}\ufffd{NEWS}"


def test_three_good_sequences_of_four_are_mostly_utf_8_and_two_are_not() -> None:
    assert decode("“a” …".encode() + b"\x92", None) == "“a” …\ufffd"
    assert decode("“a”".encode() + b"\x92", None) == "“a”".encode().decode("cp1252", "replace") + "’"


def test_replacement_characters_that_were_sent_count_as_good() -> None:
    assert decode("\ufffd".encode() * 9 + b"\x92", None) == "\ufffd" * 10


LEGACY = {
    "gbk": "中华人民共和国国务院总理今天在北京会见了来访的孟加拉国外长双方就两国关系和共同关心的国际地区问题交换了意见",
    "big5": "中華民國總統今天在台北會見了來訪的外賓雙方就兩國關係交換了意見新聞報導說經濟成長",
    "shift_jis": "日本の首相は今日、東京で記者会見を開き、経済政策について説明しました。ニュースによると、",
    "euc-jp": "日本の首相は今日、東京で記者会見を開き、経済政策について説明しました。ニュースによると、",
    "euc-kr": "대한민국 대통령은 오늘 서울에서 기자회견을 열고 경제 정책에 대해 설명했습니다",
    "windows-1251": "Президент сегодня встретился с министром иностранных дел",
    "koi8-r": "Президент сегодня встретился с министром иностранных дел",
    "windows-1256": "رئيس الوزراء يلتقي وزير الخارجية اليوم",
}


@pytest.mark.parametrize(("name", "text"), LEGACY.items())
def test_a_declared_encoding_is_used_from_header_xml_or_meta(name: str, text: str) -> None:
    pages = {
        text: name.upper(),
        f'<?xml version="1.0" encoding="{name}"?>\n<t>{text}</t>': None,
        f"<html><meta charset={name}><p>{text}": "nonsense",
        f"<META http-equiv='Content-Type' content='text/html; charset={name}'>{text}": None,
    }
    for page, header in pages.items():
        assert decode(page.encode(name), header) == page


def test_the_header_outweighs_the_page() -> None:
    page = f'<meta charset="koi8-r">{LEGACY["windows-1251"]}'
    assert decode(page.encode("windows-1251"), "windows-1251") == page


def test_a_declaration_far_down_is_not_looked_for() -> None:
    page = " " * SNIFFED + f'<meta charset="windows-1251">{LEGACY["windows-1251"]}'
    assert decode(page.encode("windows-1251"), None) != page


@pytest.mark.parametrize(
    "declared", ["iso-8859-1", "ISO8859-1", "latin-1", "us-ascii", '"windows-1252"', "x-cp1252", None]
)
def test_latin_labels_mean_windows_1252(declared: str | None) -> None:
    assert decode("“déjà vu” – £5".encode("cp1252"), declared) == "“déjà vu” – £5"


UNKNOWN = [
    "", "nonsense", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "rot13", "hex", "base64", "zlib",
    "mbcs", "utf-7", "undefined", "aliases", "..", "a\0b", "প", "\ud800", "x" * 10_000, "iso-8859-99", "utf-16 le",
]  # fmt: skip


@pytest.mark.parametrize("label", UNKNOWN)
def test_a_label_that_names_no_text_encoding_is_none(label: str) -> None:
    assert decode(b"caf\xe9 \\u0041 +AGE-", label) == "café \\u0041 +AGE-"
    assert decode(f"<meta charset='{label}'>".encode("utf-8", "replace") + b"caf\xe9", None).endswith("café")


def test_a_page_that_can_be_read_is_not_utf_16_whatever_it_says() -> None:
    assert decode(b"<meta charset=utf-16><p>caf\xe9", None) == "<meta charset=utf-16><p>café"


LABELS = [
    *LEGACY, "utf-8", "utf-16", "utf-16be", "utf-32", "utf-32be", "gb18030", "big5-hkscs", "iso-2022-jp", "cp949",
    "tis-620", "koi8-u", "iso-8859-8-i", "ks_c_5601-1987", "macintosh", "cp866", "cp932", "windows-874", "sjis",
    "latin2", None,
]  # fmt: skip


@given(
    st.binary(max_size=300) | st.text(max_size=80).map(lambda t: t.encode("utf-16-le", "surrogatepass")),
    st.sampled_from(LABELS) | st.text(max_size=20),
    st.sampled_from(
        [b"", b"<\0", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\xef\xbb\xbf", b"<meta charset=", b"\x1b$B"]
    ),
)
def test_any_bytes_under_any_label_become_text_without_surrogates(
    body: bytes, declared: str | None, head: bytes
) -> None:
    decode(head + body, declared).encode("utf-8")
