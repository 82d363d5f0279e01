"""Archives: what is in them comes out, and what a hostile one does costs no more than itself."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qingdan.batch import entries as bounds
from qingdan.batch import sources, tars, zips
from qingdan.batch.archives import container
from qingdan.batch.entries import Wanted
from qingdan.cli import app
from qingdan.model import QingdanError

PAGE = "甲国对话成果清单\n1、双方同意。\n2、双方将于2031年5月会晤。\n".encode()
Found = list[tuple[str, bytes | str]]


def found(*paths: Path | str, **wanted: object) -> Found:
    """The entries of paths: the path of each, and its bytes or the reason why there are none."""
    listing: Found = []
    for entry in sources.entries([str(path) for path in paths], Wanted(**wanted)):  # type: ignore[arg-type]
        try:
            listing.append((entry.inner, entry.read()))
        except QingdanError as error:
            listing.append((entry.inner, str(error)))
    return listing


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_txt", ".txt"), data)
    return path


def tarred(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return written.getvalue()


def member(name: str, data: bytes = PAGE, kind: bytes = tarfile.REGTYPE, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, data


def zst(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


def record(body: bytes, address: str) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-05-06T00:00:00Z\r\n"
    return f"{head}Content-Type: application/http\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def test_a_folder_by_its_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/x.txt", "a/x.png", "a.txt", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAGE)
    assert [name for name, _ in found(tmp_path)] == ["a/x.txt", "a.txt", "b.txt"]
    assert [name for name, _ in found(tmp_path, exclude=("a/*",))] == ["a.txt", "b.txt"]
    assert [name for name, _ in found(tmp_path, include=("*.png", "b*"))] == ["a/x.png", "b.txt"]
    assert [name for name, _ in found(tmp_path / "a.txt", tmp_path)] == ["a.txt", "a/x.txt", "b.txt"], "each file once"
    assert {reason for _, reason in found(tmp_path, largest=10)} == {f"is larger than 9.537e-06 MB ({len(PAGE)} bytes; --max-size)"}


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "x.tar": bytes, "x.tar.gz": gzip.compress,
    "x.tgz": gzip.compress, "x.tar.bz2": bz2.compress, "x.tar.xz": lzma.compress, "x.tar.zst": zst
}  # fmt: skip


def test_what_was_written_before_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE)
    assert run(tmp_path, "data") == ["a.txt"]
    (tmp_path / "data" / "json" / "mine.txt").write_bytes(PAGE + b"3")
    assert run(tmp_path, "data") == run(tmp_path, ".") == run(tmp_path, "data") == ["a.txt", "data/json/mine.txt"]


def run(folder: Path, out: str) -> list[str]:
    """The paths that a run over a folder found, whose output stands in it."""
    told = CliRunner().invoke(app, ["convert", str(folder), "--out", str(folder / out), "--jobs", "0", "--include", "*"])
    assert told.exit_code == 0, told.output
    return [line.partition(",")[0] for line in (folder / out / "manifest.csv").read_text(encoding="utf-8").splitlines()[1:]]


def test_folders_that_cannot_be_listed_and_links_to_nothing_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("closed", "closed too", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(PAGE)
    scandir = os.scandir

    def refusing(folder: str) -> object:
        if "closed" in str(folder):
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    try:
        (tmp_path / "z.txt").symlink_to("nowhere.txt")
    except OSError:
        pytest.skip("no links here")
    assert found(tmp_path, exclude=("closed too/*",)) == [
        ("closed", "Permission denied"),
        ("open/a.txt", PAGE),
        ("z.txt", "no such file"),
    ]
    assert found(tmp_path / "closed") == [("", "Permission denied")]


@pytest.mark.parametrize(("name", "pack"), PACKINGS.items(), ids=list(PACKINGS))
def test_tar_in_every_packing(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / name).write_bytes(pack(tarred([member("2031/清单.txt"), member("a.png"), member("b.txt", b"2")])))
    assert found(tmp_path) == [(f"{name}/2031/清单.txt", PAGE), (f"{name}/b.txt", b"2")]
    assert found(tmp_path / name) == found(tmp_path)


def test_zip_and_web_archives(tmp_path: Path) -> None:
    zipped(tmp_path / "x.zip", y__a_txt=PAGE)
    (tmp_path / "y.warc").write_bytes(
        record(PAGE, "https://example.org/1") + b"WARC/1.0\r\nbroken\r\n\r\n" + record(PAGE, "https://example.org/2")
    )
    (tmp_path / "z.warc.gz").write_bytes(gzip.compress(record(PAGE, "https://example.org/3")))
    listing = found(tmp_path)
    assert [name for name, _ in listing] == [
        "x.zip/y/a.txt", "y.warc/https://example.org/1", listing[2][0], "y.warc/https://example.org/2", "z.warc.gz/https://example.org/3"
    ]  # fmt: skip
    assert "broken" in str(listing[2][1])
    assert {data for _, data in listing} - {listing[2][1]} == {PAGE}


def test_an_archive_in_an_archive_and_no_deeper(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "c.zip", a_txt=PAGE).read_bytes()
    middle = tarred([member("b/c.zip", inner), member("d.warc", record(PAGE, "https://example.org/"))])
    packed = gzip.compress(PAGE)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("c.zip", inner)
        archive.writestr("m.tar", middle)
        archive.writestr("n.gz", packed)
    (tmp_path / "c.zip").unlink()
    assert found(tmp_path) == [
        ("outer.zip/c.zip/a.txt", PAGE),
        ("outer.zip/m.tar/b/c.zip", "is an archive in an archive that is in another; unpack that first"),
        ("outer.zip/m.tar/d.warc", "is an archive in an archive that is in another; unpack that first"),
        ("outer.zip/n.gz", packed),
    ]


def test_what_holds_nothing_says_so_and_what_is_called_an_archive_is_looked_into(tmp_path: Path) -> None:
    empty, pictures = zipped(tmp_path / "empty.zip"), zipped(tmp_path / "pictures.zip", **{"a.png": b"-"})
    nothing = "no files here that can be read"
    assert found(empty, pictures) == [("empty.zip", nothing), ("pictures.zip", nothing)]
    assert found(empty, empty) == [("empty.zip", nothing)]
    (tmp_path / "data").mkdir()
    inner = {"bad.tar.xz": b"garbage" * 9, "zero.tgz": b"", "list.zip": PAGE}
    outer = zipped(tmp_path / "data" / "outer.zip", **inner)
    assert found(outer) == [(f"outer.zip/{name}", data) for name, data in inner.items()]
    assert found(outer, include=("*.txt",)) == [("outer.zip", nothing)]
    (tmp_path / "data" / "list.zip").write_bytes(PAGE)
    assert found(tmp_path / "data", exclude=("outer.zip",)) == [("list.zip", PAGE)]
    assert found(tmp_path / "data", exclude=("outer.zip",), include=("*.txt",)) == [("", nothing)]


def test_office_files_are_documents_and_not_archives(tmp_path: Path) -> None:
    for names, kind in ((("[Content_Types].xml", "word/document.xml"), None), (("mimetype",), None), (("a.txt",), "zip")):
        with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
            for name in names:
                archive.writestr(name, b"x")
        with (tmp_path / "x.docx").open("rb") as file:
            assert container(file) == kind
    assert found(tmp_path) == [("x.docx/a.txt", b"x")]


@pytest.mark.parametrize("name", ["../../escape.txt", "/etc/escape.txt", "C:\\escape.txt", "a/../../escape.txt", "..\\escape.txt"])
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(name, PAGE)
    (tmp_path / "y.tar").write_bytes(tarred([member(name)]))
    listing = found(tmp_path)
    assert len(listing) == 2
    for _, reason in listing:
        assert str(reason).startswith("its name ")


LINKS = {tarfile.SYMTYPE: "symbolic link", tarfile.LNKTYPE: "hard link", tarfile.CHRTYPE: "device", tarfile.FIFOTYPE: "device"}


@pytest.mark.parametrize(("kind", "words"), LINKS.items(), ids=["symbolic", "hard", "character", "pipe"])
def test_links_and_devices_are_not_followed(tmp_path: Path, kind: bytes, words: str) -> None:
    (tmp_path / "x.tar").write_bytes(tarred([member("a.txt"), member("passwd.txt", b"", kind, "/etc/passwd"), member("z.txt")]))
    assert [name for name, _ in found(tmp_path)] == ["x.tar/a.txt", "x.tar/passwd.txt", "x.tar/z.txt"]
    assert words in str(found(tmp_path)[1][1])


def test_with_include_what_is_refused_is_what_was_asked_for(tmp_path: Path) -> None:
    archive = tmp_path / "a.tar"
    archive.write_bytes(tarred([member("a.txt"), member("latest", b"", tarfile.SYMTYPE, "a.txt"), member("../up.txt")]))
    assert len(found(archive)) == 3
    assert found(archive, include=("a.*",)) == [("a.tar/a.txt", PAGE)]
    assert len(found(archive, include=("latest",))) == 1


def test_links_and_devices_in_zip_are_not_followed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name, mode in (("link", stat.S_IFLNK), ("device.txt", stat.S_IFCHR)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (mode | 0o777) << 16
            archive.writestr(info, b"/etc/passwd")
    assert found(tmp_path) == [
        ("x.zip/link", "is a symbolic link; not followed"),
        ("x.zip/device.txt", "is a device or the like; not read"),
    ]


def test_bombs_by_their_ratio(tmp_path: Path) -> None:
    zipped(tmp_path / "x.zip", a_txt=bytes(8 << 20), b_txt=PAGE)
    (tmp_path / "y.tar.xz").write_bytes(lzma.compress(tarred([member("a.txt", bytes(8 << 20)), member("b.txt")])))
    (name, reason), *rest = found(tmp_path / "x.zip")
    assert (name, rest) == ("x.zip/a.txt", [("x.zip/b.txt", PAGE)])
    assert "times its size" in str(reason)
    assert found(tmp_path / "y.tar.xz", largest=1 << 20)[1:] == [("y.tar.xz/b.txt", PAGE)], "skipped, and the rest goes on"


def test_bombs_by_what_they_unpack_to_altogether(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (zips, tars):
        monkeypatch.setattr(module, "TOTAL_FROM", 3 << 20)
    noise = bytes(1 << 20)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(9):
            archive.writestr(f"{i}.txt", noise)
    (tmp_path / "y.tar.gz").write_bytes(gzip.compress(tarred([member(f"{i}.txt", noise) for i in range(9)])))
    for archive_path in (tmp_path / "x.zip", tmp_path / "y.tar.gz"):
        *some, (name, reason) = found(archive_path)
        assert (len(some), name) == (3, archive_path.name)
        assert "far more than it packs; the rest is not read" in str(reason)


def test_a_zip_bomb_of_entries_that_overlap(tmp_path: Path) -> None:
    whole = bytearray(zipped(tmp_path / "x.zip", a_txt=os.urandom(4000), b_txt=os.urandom(4000)).read_bytes())
    second = whole.rfind(b"PK\x01\x02")
    struct.pack_into("<II", whole, second + 20, 7000, 7000)  # its sizes reach beyond its bytes
    (tmp_path / "x.zip").write_bytes(whole)
    ((name, reason),) = found(tmp_path)
    assert name == "x.zip"
    assert "overlap" in str(reason)


def test_a_zip_of_a_million_entries_is_refused_at_once(tmp_path: Path) -> None:
    count = 1_000_000
    entry = struct.pack("<4sBBHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * count
    wide = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(directory), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04" + directory + wide + locator + end)
    tracemalloc.start()
    ((_, reason),) = found(tmp_path)
    assert "more than 250,000 entries" in str(reason)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_a_tar_of_a_million_entries_is_read_as_far_as_it_is_sane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tars, "MOST_ENTRIES", 1000)
    (tmp_path / "x.tar").write_bytes(tarred([member(f"{i}.txt", b"x") for i in range(1500)]))
    listing = found(tmp_path)
    assert len(listing) == 1001
    assert "more than 1,000 entries; the rest is not read" in str(listing[-1][1])


def test_a_web_archive_that_is_cut_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    pages = [record(PAGE + str(number).encode() * 9000, f"http://甲.example/{number}") for number in range(9)]
    path.write_bytes(b"".join(pages))
    entries = sources.entries([str(path)], Wanted())
    assert next(entries).inner == "a.warc/http://甲.example/0"
    os.truncate(path, len(pages[0]))
    (last,) = entries
    with pytest.raises(QingdanError, match="was cut while it was read"):
        last.read()


def test_names_in_gbk_and_big5(tmp_path: Path) -> None:
    for encoding, name in (
        ("gbk", "中俄投资合作清单/第一批成果.txt"),
        ("big5", "兩岸經貿合作清單/第一批成果.txt"),
        ("utf-8", "中俄投资/成果.txt"),
    ):
        raw = name.encode(encoding)
        whole = zipped(tmp_path / "x.zip", **{"Q" * len(raw): PAGE}).read_bytes()
        (tmp_path / "x.zip").write_bytes(whole.replace(b"Q" * len(raw), raw))
        assert found(tmp_path) == [(f"x.zip/{name}", PAGE)], encoding
        with tarfile.open(tmp_path / "y.tar", "w", encoding=encoding, format=tarfile.GNU_FORMAT) as archive:
            info, data = member(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        assert found(tmp_path / "y.tar") == [(f"y.tar/{name}", PAGE)]
        (tmp_path / "y.tar").unlink()


def test_duplicate_names_all_come(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    assert [data for _, data in found(tmp_path)] == [b"1", b"2"]


def test_locked_entries(tmp_path: Path) -> None:
    whole = bytearray(zipped(tmp_path / "x.zip", a_txt=PAGE, b_txt=PAGE).read_bytes())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.find(magic) + at] |= 1
    (tmp_path / "x.zip").write_bytes(whole)
    assert found(tmp_path) == [("x.zip/a.txt", "is locked with a password"), ("x.zip/b.txt", PAGE)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, zst])
def test_a_tar_that_is_cut_off_gives_what_it_has(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(tarred([member("a.txt"), member("b.txt", os.urandom(400_000)), member("c.txt")]))
    (tmp_path / "x.tar").write_bytes(packed[: len(packed) // 2])
    listing = found(tmp_path / "x.tar")
    assert listing[-1][0] in ("x.tar", "x.tar/b.txt")
    assert "broken" in str(listing[-1][1])
    assert listing[0] == ("x.tar/a.txt", PAGE)


def test_a_zip_that_is_cut_off_or_broken_inside(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "x.zip", a_txt=os.urandom(5000), b_txt=PAGE).read_bytes()
    (tmp_path / "x.zip").write_bytes(whole[:-40])
    ((name, reason),) = found(tmp_path)
    assert name == "x.zip"
    assert "broken or cut off" in str(reason)
    (tmp_path / "x.zip").write_bytes(whole[:2000] + b"????" + whole[2004:])
    (_, reason), rest = found(tmp_path)
    assert "broken in the archive" in str(reason)
    assert rest == ("x.zip/b.txt", PAGE)


@pytest.mark.parametrize("seed", range(60))
def test_nothing_but_reasons_comes_out_of_broken_bytes(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    makers: list[Callable[[], bytes]] = [
        lambda: zipped(tmp_path / "m.zip", a_txt=PAGE, b_txt=PAGE * 50).read_bytes(),
        lambda: tarred([member("a.txt"), member("b.txt", PAGE * 50)]),
        lambda: gzip.compress(tarred([member("a.txt"), member("b.txt", PAGE * 50)])),
        lambda: lzma.compress(tarred([member("a.txt"), member("b.txt", PAGE * 50)])),
        lambda: zst(tarred([member("a.txt"), member("b.txt", PAGE * 50)])),
        lambda: gzip.compress(record(PAGE, "https://example.org/")),
    ]
    data = bytearray(makers[seed % len(makers)]())
    for _ in range(chance.choice((1, 3, 20))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    (tmp_path / "m.zip").write_bytes(data)
    for _, content in found(tmp_path / "m.zip"):
        assert isinstance(content, bytes) or "\n" not in content


def test_a_header_of_a_tar_that_asks_for_all_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 200 << 20
    head = info.tobuf(tarfile.USTAR_FORMAT)
    (tmp_path / "x.tar.gz").write_bytes(gzip.compress(tarred([member("a.txt")])[:1024] + head + bytes(200 << 20), 1))
    tracemalloc.start()
    start = time.perf_counter()
    listing = found(tmp_path)
    assert tracemalloc.get_traced_memory()[1] < 60 << 20
    tracemalloc.stop()
    assert time.perf_counter() - start < 30
    assert listing[0] == ("x.tar.gz/a.txt", PAGE)
    assert "larger than any name" in str(listing[-1][1])


def test_a_dictionary_of_xz_that_asks_for_all_memory(tmp_path: Path) -> None:
    small = lzma.compress(tarred([member("a.txt")]), filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}])
    at = small.find(b"\x21\x01") + 2  # the size of the dictionary, one byte, in the header of the block
    changed = bytearray(small)
    changed[at] = 37  # 2 GB
    header = 12
    length = (changed[header] + 1) * 4
    struct.pack_into("<I", changed, header + length - 4, zlib.crc32(changed[header : header + length - 4]))
    (tmp_path / "x.tar.xz").write_bytes(changed)
    (entry,) = found(tmp_path / "x.tar.xz")
    assert not isinstance(entry[1], bytes) or entry[1] == bytes(changed)


def test_addresses_of_other_file_systems(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/lists/a.txt", PAGE)
    memory.pipe("/lists/b/x.zip", zipped(tmp_path / "x.zip", a_txt=b"1").read_bytes())
    memory.pipe("/lists/s.warc", record(PAGE, "https://example.org/"))
    memory.pipe("/lists/c.png", b"")
    assert found("memory://lists") == [("a.txt", PAGE), ("b/x.zip/a.txt", b"1"), ("s.warc/https://example.org/", PAGE)]
    assert found("memory://lists/a.txt") == [("a.txt", PAGE)]
    ((_, reason),) = found("memory://none/none.txt")
    assert "cannot be read" in str(reason)
    ((_, reason),) = found("nosuchsystem://x")
    assert "cannot be read" in str(reason)


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert found(tmp_path / "none.txt") == [("none.txt", "no such file")]
    assert found(tmp_path / "empty") == [("", "no files here that can be read")]
    assert len(found(tmp_path / "loop.txt", tmp_path / "empty")) == 2


def test_the_bounds_are_as_the_readme_says() -> None:
    assert (bounds.RATIO, bounds.TOTAL_RATIO, bounds.MOST_ENTRIES) == (200, 100, 250_000)
