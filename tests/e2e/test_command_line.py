from __future__ import annotations

import json
import shlex
import signal
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from bot.running.cli import reading
from bot.running.cli.pieces import PIECE
from tests.drawing import drawn
from tests.e2e.run import environment, khobor, process
from tests.shared import shared_path

PAGE = """<html><head><title>হাওরে পাখি ফিরেছে - হাওর বার্তা</title><meta property="og:site_name" content="হাওর বার্তা">
<link rel="canonical" href="https://haor.example/news/5"></head><body><article><h1>হাওরে পাখি ফিরেছে</h1>
<p>প্রকাশ: ২৩ জুন ২০২৫, ১৮:১২</p>
<p>এ বছর হাওরে গত তিন বছরের চেয়ে বেশি পাখি এসেছে বলে জানিয়েছেন গবেষকেরা। দুই দিন ধরে গণনা চলে।</p>
<p>শিকার কমে আসায় পাখি বেড়েছে বলে মনে করেন তাঁরা। আগামী মাসে আবার গণনা হবে।</p></article></body></html>"""


def test_the_first_run_has_something_to_show_without_token_or_network(tmp_path: Path) -> None:
    done = process(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "কোনো টোকেন দেওয়া নেই" in done.stdout
    assert "সর্বশেষ খবর" in done.stdout
    assert done.stdout.count("নমুনা পোর্টাল") == 5
    assert done.stderr == ""


def test_an_archive_may_start_without_the_catalogue(tmp_path: Path) -> None:
    done = khobor(tmp_path, "chat", say="/sources\n/latest\n", CATALOGUE="none")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("নমুনা পোর্টাল") >= 5, "samples stay"
    assert "প্রথম আলো" not in done.stdout


def test_a_page_is_imported_asked_for_and_read(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    first = process(tmp_path, "import", "page.html")
    assert (first.returncode, first.stdout) == (0, "page.html: 1 new, 0 changed, 0 known already\n"), first.stderr
    assert "0 new, 0 changed, 1 known already" in khobor(tmp_path, "import", "page.html").stdout
    said = khobor(tmp_path, "chat", say="/latest\nহাওর\n১\n/status\n")
    assert said.returncode == 0, said.stderr
    assert said.stdout.count("১  হাওরে পাখি ফিরেছে") == 3
    assert "হাওর বার্তা" in said.stdout
    assert "সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২ (৯ আষাঢ় ১৪৩২)" in said.stdout
    assert "জমা আছে ১টি খবর।" in said.stdout


def test_unreadable_files_are_named_and_the_others_are_taken(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "noise.json").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "folder.txt").mkdir()
    with (tmp_path / "huge.html").open("wb") as huge:
        huge.truncate(200 * 2**20)
    names = ("empty.xml", "noise.json", "folder.txt", "missing.txt", "huge.html")
    done = khobor(tmp_path, "import", *names, "page.html")
    assert done.returncode == 1
    assert tuple(line.split(":")[0] for line in done.stderr.splitlines()) == names, done.stderr
    assert "Traceback" not in done.stderr
    assert "page.html: 1 new" in done.stdout


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_what_never_ends_is_not_read_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2**20)
    (tmp_path / "endless.json").symlink_to("/dev/zero")
    for command in ("import", "extract"):
        done = khobor(tmp_path, command, "endless.json")
        assert done.returncode == 1
        assert "endless.json: more than is read from one file" in done.stderr


def test_a_files_name_moves_no_cursor(tmp_path: Path) -> None:
    names = ("\x1b[31mred.html", "two\nlines.html", "\u202eback.html")
    for name in names:
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    done = khobor(tmp_path, "import", *names)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == len(names)
    assert "\x1b" not in done.stdout
    assert "red.html: 1 new" in done.stdout
    assert "\u202e" not in done.stdout + khobor(tmp_path, "extract", "\u202enone").stderr


def test_extract_prints_and_stores_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = khobor(tmp_path, "extract", "page.html", "--json")
    read = json.loads(done.stdout)
    assert read["title"] == "হাওরে পাখি ফিরেছে"
    assert read["publisher"] == "হাওর বার্তা"
    assert read["published_at"] == "2025-06-23T12:12:00Z"
    assert len(read["body"]) == 2
    assert not (tmp_path / "data").exists()
    assert "title:" in khobor(tmp_path, "extract", "page.html").stdout
    assert "cannot be read" in khobor(tmp_path, "extract", "missing.html").stderr


def test_the_seed_reads_and_answers_as_the_issue_demands(tmp_path: Path) -> None:
    seed = shared_path("seed", "article.txt")
    lines = [line for line in seed.read_text(encoding="utf-8").splitlines() if line.strip()]
    title = lines[2]
    read = json.loads(khobor(tmp_path, "extract", str(seed), "--json").stdout)
    begin = next(i for i, line in enumerate(lines) if line.startswith("মস্কো,"))
    assert read == {
        "title": title,
        "publisher": None,
        "published_at": None,
        "updated_at": "2025-06-23T12:12:45Z",
        "dateline": "মস্কো",
        "byline": None,
        "body": lines[begin : begin + 5],
        "wire_sources": ["তাস", "ক্রেমলিন বিবৃতি"],
        "tags": [],
        "views": 614,
        "image": None,
    }
    khobor(tmp_path, "import", str(seed), "--source", "বাংলা পোর্টাল")
    said = khobor(tmp_path, "chat", say="/latest 1\n/tag রাশিয়া\nট্যাগ ইরান\nইরান\n/read 1\n").stdout
    assert said.count(title) == 5
    assert said.count("বাংলা পোর্টাল · সূত্র: তাস, ক্রেমলিন বিবৃতি\n") == 5
    assert said.count("আপডেট: সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২ (৯ আষাঢ় ১৪৩২)\n") == 5
    flat = " ".join(said.split())
    sentences = [part.strip() + "।" for paragraph in read["body"][:2] for part in paragraph.split("।")][:4]
    first = sentences[0].removeprefix("মস্কো, ২৩ জুন ২০২৫: ")
    assert flat.count(" ".join([first, sentences[1], sentences[3]])) >= 4, "three sentences, the dateline taken off"
    assert all(" ".join(paragraph.split()) in flat for paragraph in read["body"])


def test_a_thousand_articles_are_imported_once(tmp_path: Path) -> None:
    articles = shared_path("data", "articles", "articles.jsonl")
    sample = tmp_path / "some.jsonl"
    lines = articles.read_text(encoding="utf-8").split("\n")
    sample.write_text("\n".join(lines[:60]), encoding="utf-8")
    assert "60 new" in khobor(tmp_path, "import", "some.jsonl").stdout
    assert "0 new, 0 changed, 60 known already" in khobor(tmp_path, "import", "some.jsonl").stdout


def test_a_large_file_of_articles_is_read_piece_by_piece(tmp_path: Path) -> None:
    text = " ".join(["সেতুটি দিয়ে নদী পার হয়ে শহরে আসছেন কৃষক ও ব্যবসায়ীরা।"] * 2400)
    articles = [{"id": f"n{n}", "title": f"{n} নম্বর সেতুর খবর", "body": text, "source": "নমুনা"} for n in range(6)]
    lines = [json.dumps(one, ensure_ascii=False) for one in articles]
    lines.insert(3, "no article")
    (tmp_path / "large.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert (tmp_path / "large.jsonl").stat().st_size > 2 * PIECE
    done = khobor(tmp_path, "import", "large.jsonl")
    assert "large.jsonl: 6 new, 0 changed, 0 known already, 1 skipped" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("POLL_MINUTES", "often", "POLL_MINUTES"),
        ("ADMINS", "nobody", "ADMINS"),
        ("FETCH_ALLOW", "everything", "FETCH_ALLOW"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(tmp_path: Path, setting: str, value: str, words: str) -> None:
    done = khobor(tmp_path, "check", **{setting: value})
    assert done.returncode == 1
    assert words in done.stderr
    assert value not in done.stderr
    assert "Traceback" not in done.stderr


def test_check_names_unknown_keys_and_what_is_well(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_NAME=আমার খবর\nPOL_MINUTES=3\n", encoding="utf-8")
    done = khobor(tmp_path, "check")
    assert done.returncode == 0, done.stderr
    assert "POL_MINUTES: no setting is called so" in done.stdout
    assert "can be read and written" in done.stdout
    assert "আমার খবর" in khobor(tmp_path, "chat", say="/start\n").stdout


def test_check_fails_where_the_database_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("এটি ডেটাবেজ নয়। " * 100, encoding="utf-8")
    done = khobor(tmp_path, "check", DATABASE_PATH="notes.db")
    assert done.returncode == 1
    assert "✗" in done.stdout
    assert "not a database of ours" in done.stdout
    chat = khobor(tmp_path, "chat", DATABASE_PATH="notes.db")
    assert chat.returncode == 1
    assert chat.stderr.startswith("khobor: ")
    assert len(chat.stderr.splitlines()) == 1


def test_migrate_sources_and_an_unknown_name(tmp_path: Path) -> None:
    every = sorted(file.name for file in files("storage").joinpath("migrations").iterdir())
    assert khobor(tmp_path, "migrate").stdout == "".join(f"applied {name}\n" for name in every)
    assert khobor(tmp_path, "migrate").stdout == "The database is up to date.\n"
    assert "No sources yet." in khobor(tmp_path, "sources").stdout
    assert "--as" in khobor(tmp_path, "chat", "--as", "../x").stderr
    assert khobor(tmp_path, "dance").returncode == 2


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_chat_in_order(tmp_path: Path, sign: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write("/follow সেতু\n")
    process.stdin.flush()
    assert "ফলো করছেন" in process.stdout.readline()
    process.send_signal(sign)
    _, problems = process.communicate(timeout=20)
    assert process.returncode == 0
    assert problems == ""
    with sqlite3.connect(tmp_path / "data" / "khobor.db") as raw:
        assert raw.execute("SELECT count(*) FROM subscriptions").fetchone() == (1,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()


def test_whoever_stops_reading_gets_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.close()
    assert process.stdin
    process.stdin.write(b"/latest\n/latest\n")
    process.stdin.close()
    assert process.stderr
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(20)


def test_shards_that_nothing_has_or_that_cannot_be_are_refused_in_words(tmp_path: Path) -> None:
    for shards, extra, words in (
        ("0-3/8", {}, "set DISCORD_BOT_TOKEN, and name discord in --only"),
        ("4/4", {"DISCORD_BOT_TOKEN": "not-shown"}, "such as 0-3/8"),
    ):
        done = khobor(tmp_path, "run", "--shards", shards, **extra)
        assert done.returncode == 1
        assert words in done.stderr
        assert "not-shown" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("closed", [*drawn(("<&-", ">&-", "2>&-"), 1), "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault_and_no_file_is_taken_for_one(tmp_path: Path, closed: str) -> None:
    command = f"exec {shlex.quote(sys.executable)} -m bot chat {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        env=environment(DATABASE_PATH="khobor.db"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "khobor.db").read_bytes().startswith(b"SQLite format 3")


def test_a_device_without_an_end_holds_up_nothing_and_fills_nothing(tmp_path: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        running = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"],
            cwd=tmp_path,
            env=environment(DATABASE_PATH="khobor.db"),
            stdin=endless,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with running:
            while not (tmp_path / "khobor.db").exists():
                assert running.poll() is None
            running.send_signal(signal.SIGTERM)
            _, said = running.communicate(timeout=30)
    assert b"Traceback" not in said


def test_a_full_disk_behind_the_output_is_said_in_a_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "chat"],
            cwd=tmp_path,
            env=environment(DATABASE_PATH="khobor.db"),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "khobor: the output cannot be written: No space left on device\n"


def test_what_a_name_holds_moves_no_cursor(tmp_path: Path) -> None:
    odd = "no\x1b[31m\x07\u202efile"
    for words in (("restore", odd), ("backup", odd), ("extract", odd), ("import", odd), ("check",)):
        done = khobor(tmp_path, *words, DATABASE_PATH=f"{odd}.db")
        assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout + done.stderr)
