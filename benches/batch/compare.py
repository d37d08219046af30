#!/usr/bin/env python3
"""How many documents a second: `vanthu batch` beside docxtpl, docxtpl with LibreOffice, and Typst.

    python benches/batch/compare.py --vanthu target/dist/vanthu [--units 200] [--all] [--markdown FILE]

All make the same documents, one for each commune of xa-phuong.csv, from ke-hoach.yaml:
  - vanthu from the plan; its time is that of the whole command: it starts, reads the plan and the list, reads each
    file back to prove its words, writes thumbnails and reports;
  - docxtpl from the Word file that vanthu makes of the plan with tags as values; jinja without escaping (its default);
  - LibreOffice from docxtpl's files, all in one call: tagged PDF/A-2b and PDF/UA-1 (it has no PDF/A-2a);
  - Typst from the Typst source that vanthu makes of the plan with tags as values: one compiler kept for all documents,
    PDF/A-2a and PDF/UA-1 as vanthu, no system fonts, one thread. Three ways to give it a unit's data are measured.
Of the opponents only the work itself is timed: not the start of Python, imports, or making the templates, and not the
first start of LibreOffice. Each round runs all of them in turn; the best round of each counts.

No ratio is printed unless the documents have the same words.

Needs: pip install docxtpl typst pypdf; apt-get install libreoffice-writer. What is missing is skipped.
"""

import argparse
import csv
import datetime
import importlib.metadata
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent.parent / "fonts"
PLAN = HERE / "ke-hoach.yaml"
COMMUNES = HERE / "xa-phuong.csv"

TAG = re.compile(r"\{\{(\w+)\}\}")
# The data in vanthu's Typst source: JSON inside a string.
TYPST_DATA = re.compile(r'json\(bytes\(("(?:[^"\\]|\\.)*")\)\)')
# At the end, where it does not undo Typst's cache: at the start it costs a third of the speed.
TYPST_TITLE = "\n#set document(title: du-lieu.ten-van-ban)\n"
TYPST_WAYS = {"file": "main.typ rewritten", "json": "data.json rewritten", "inputs": "sys_inputs"}
PDF_A = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
)


# ---- The list of units ----


def unit(number, row):
    """The variables of one commune; what is not in xa-phuong.csv is invented, the same in every run."""
    place = f"{row['loai']} {row['ten']}"

    def pick(what, low, high):
        return low + zlib.crc32(f"{what} {number} {place}".encode()) % (high - low + 1)

    def person(what):
        parts = ("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi", "Đức Minh Ngọc Thanh Hải Xuân", "An Bình Hà Hương Lâm Sơn Tú Yến")
        return " ".join(names.split()[pick(f"{what} {names}", 0, len(names.split()) - 1)] for names in parts)

    def dots(value):
        return f"{value:,}".replace(",", ".")

    province = f"{row['cap_tinh']} {row['tinh']}"
    return {
        "stt": name_of(number),
        "don_vi.dia_ban": place,
        "don_vi.dia_danh": row["ten"],
        "don_vi.tinh": province,
        "don_vi.nguoi_ky": person("ky"),
        "quyet_dinh.so": str(1200 + zlib.crc32(province.encode()) % 800),
        "quyet_dinh.ngay": f"{10 + zlib.crc32(province.encode()) % 20} tháng 10 năm 2026",
        "chi_tieu.so_thon": str(pick("thon", 8, 60)),
        "chi_tieu.so_to": str(pick("to", 8, 70)),
        "chi_tieu.so_ho": dots(pick("ho", 1100, 19000)),
        "chi_tieu.ho_so": dots(pick("ho so", 2000, 48000)),
        "chi_tieu.mang": str(pick("mang", 70, 95)),
        "chi_tieu.han": f"{pick('han', 96, 99)},{pick('le', 1, 9)}",
        "chi_tieu.so_hoa": str(pick("so hoa", 85, 100)),
        "chi_tieu.phi": str(pick("phi", 60, 90)),
        "chi_tieu.vneid": str(pick("vneid", 55, 90)),
        "chi_tieu.lop": str(pick("lop", 10, 40)),
        "chi_tieu.kinh_phi": dots(pick("kinh phi", 90, 950) * 1_000_000),
        "dau_moi.ho_ten": person("dau moi"),
        "dau_moi.dien_thoai": f"02{pick('vung', 10, 99)}.3{pick('dau', 100, 999)}.{pick('cuoi', 100, 999)}",
    }


def name_of(number):
    """The first column, the name of the files: communes of two provinces may have one name."""
    return f"{number:05}"


def all_units(count=None):
    """All communes, or as many units, the communes again and again."""
    with open(COMMUNES, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [unit(number, rows[(number - 1) % len(rows)]) for number in range(1, (count or len(rows)) + 1)]


def write_list(path, units):
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, units[0])
        rows.writeheader()
        rows.writerows(units)


def tag_of(variable):
    return variable.split(".")[-1]


def tag_values(variables):
    """What the tags of a template stand for: `{{dia_ban}}`, and `{{DIA_BAN}}` where the plan prints capitals."""
    small = {tag_of(name): value for name, value in variables.items()}
    return small | {tag.upper(): value.upper() for tag, value in small.items()}


# ---- Templates for the opponents, made by vanthu from the plan ----


def make_templates(vanthu, folder, units):
    """mau.docx and mau.typ: the plan with every variable set to its own tag; values.json: what the tags stand for."""
    command = [vanthu, "render", PLAN, "--quiet", "-o", folder / "tags.docx", "-o", folder / "mau.typ"]
    for variable in list(units[0])[1:]:
        command += ["--dat", f"{variable}={{{{{tag_of(variable)}}}}}"]
    subprocess.run(command, check=True)
    title = clean_word_template(folder / "tags.docx", folder / "mau.docx")
    (folder / "title.txt").write_text(title, encoding="utf-8")
    (folder / "values.json").write_text(json.dumps([tag_values(u) for u in units]), encoding="utf-8")


def clean_word_template(source, target):
    """Each tag must stand in one run. Properties that docxtpl does not fill lose their tags. Gives the title."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        title = re.search("<dc:title>(.*?)</dc:title>", old.read("docProps/core.xml").decode()).group(1)
        for part in old.namelist():
            data = old.read(part)
            if part == "word/document.xml":
                text = data.decode()
                if text.count("{{") != len(TAG.findall(text)):
                    sys.exit("The Word template has a tag that is not in one run.")
            if part == "docProps/custom.xml":
                data = TAG.sub("", data.decode()).encode()
            if part == "docProps/core.xml":
                data = re.sub("<cp:keywords>.*?</cp:keywords>", "", data.decode()).encode()
            new.writestr(part, data)
    return title


# ---- Runs: each gives seconds, CPU seconds, and peak memory in MB ----


def run(command, **options):
    """Runs a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], **options)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"Exit code {process.returncode}: {' '.join(map(str, command))}")
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024}


def expect(folder, extension, count):
    made = sum(1 for path in folder.iterdir() if path.suffix == extension)
    if made != count:
        sys.exit(f"{folder.name}: {made} {extension} files instead of {count}")


def vanthu_batch(vanthu, units_file, count, folder, formats, jobs, keep=False):
    if not keep and folder.exists():
        # Not deleted: a file system that has just lost thousands of files is slow at making new ones.
        folder.rename(folder.with_name(f"{folder.name}-{time.monotonic_ns()}"))
    command = [vanthu, "batch", PLAN, "--units", units_file, "-o", folder, "--name", "{{ stt }}"]
    result = run([*command, "--formats", formats, "--jobs", jobs, "--quiet"])
    for extension in formats.split(","):
        expect(folder, f".{extension}", count)
    return result


def worker(kind, folder, count):
    """Runs an opponent written in Python in a process of its own, on one thread."""
    (folder / kind).mkdir(exist_ok=True)
    command = [sys.executable, __file__, "--worker", kind, folder]
    environment = os.environ | {"RAYON_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    expect(folder / kind, ".docx" if kind == "docxtpl" else ".pdf", count)
    return json.loads(done.stdout)


def libreoffice(folder, files, out):
    """Converts files in one call, with a profile of its own and only the fonts that the PDF of vanthu uses."""
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{FONTS}</dir>
  <cachedir>{folder}/font-cache</cachedir>
  <alias binding="same"><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias>
</fontconfig>
"""
    )
    shutil.rmtree(out, ignore_errors=True)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", PDF_A]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    result = run([*command, "--outdir", out, *files], env=os.environ | {"FONTCONFIG_FILE": str(fonts)}, **quiet)
    expect(out, ".pdf", len(files))
    return result


def both(first, second):
    """One after the other."""
    return {
        "seconds": first["seconds"] + second["seconds"],
        "cpu": first["cpu"] + second["cpu"],
        "mb": max(first["mb"], second["mb"]),
    }


# ---- The opponents' own work, in a process of its own ----


def work(kind, folder):
    """Makes all documents of one opponent and prints what it took."""
    import resource

    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    one = docxtpl_one(folder) if kind == "docxtpl" else typst_one(kind, folder)
    start, cpu = time.perf_counter(), time.process_time()
    for number, tags in enumerate(values, 1):
        one(tags, folder / kind / name_of(number))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "mb": memory}))


def docxtpl_one(folder):
    from docxtpl import DocxTemplate

    template = (folder / "mau.docx").read_bytes()

    def one(tags, path):
        document = DocxTemplate(io.BytesIO(template))
        document.render(tags)
        document.save(f"{path}.docx")

    return one


def typst_one(way, folder):
    import typst

    source = (folder / "mau.typ").read_text(encoding="utf-8") + TYPST_TITLE
    found = TYPST_DATA.search(source)
    if not found:
        sys.exit("The Typst source of vanthu holds its data in another way now: see TYPST_DATA.")
    title = json.dumps((folder / "title.txt").read_text(encoding="utf-8"), ensure_ascii=False)
    data = json.loads(found.group(1)).removesuffix("}") + f',"ten-van-ban":{title}}}'
    root = folder / f"typst-{way}"
    root.mkdir(exist_ok=True)
    main, data_file = root / "main.typ", root / "data.json"

    def source_with(load):
        return source[: found.start()] + load + source[found.end() :]

    def quoted(text):
        return json.dumps(text, ensure_ascii=False)

    before, after = source_with("json(bytes(\0))").split("\0")
    load = {"file": 'json("data.json")', "json": 'json("data.json")', "inputs": "json(bytes(sys.inputs.data))"}[way]
    main.write_text(source_with(load), encoding="utf-8")
    compiler = typst.Compiler(main, root=root, font_paths=[FONTS], ignore_system_fonts=True)

    def one(tags, path):
        filled = TAG.sub(lambda tag: quoted(tags[tag.group(1)])[1:-1], data)
        more = {}
        if way == "file":
            main.write_text(before + quoted(filled) + after, encoding="utf-8")
        elif way == "json":
            data_file.write_text(filled, encoding="utf-8")
        else:
            more["sys_inputs"] = {"data": filled}
        compiler.compile(output=f"{path}.pdf", pdf_standards=["a-2a", "ua-1"], **more)

    return one


# ---- The same words ----


def docx_words(path):
    """The words of the body; a line break is a blank, a hyphen that does not break is a hyphen."""
    from docx import Document
    from docx.oxml.ns import qn

    words = []
    for paragraph in Document(path).element.body.iter(qn("w:p")):
        signs = {qn("w:br"): " ", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
        parts = [signs.get(e.tag) or e.text or "" for e in paragraph.iter(qn("w:t"), *signs)]
        words += "".join(parts).split()
    return words


def pdf_pages(path):
    """The letters of each page, without blanks, in an order that does not depend on the program."""
    from pypdf import PdfReader

    return ["".join(sorted("".join(page.extract_text().split()))) for page in PdfReader(path).pages]


def check_docx(ours, theirs, count):
    """What differs, or nothing."""
    for number in range(1, count + 1):
        name = f"{name_of(number)}.docx"
        a, b = docx_words(ours / name), docx_words(theirs / name)
        if a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            return f"{name}: {' '.join(a[at : at + 8])!r} and {' '.join(b[at : at + 8])!r}"
    return ""


def check_pdf(ours, theirs, count):
    """Looks at about twenty documents. Gives what differs in letters, or nothing, and a note on pages."""
    numbers = range(1, count + 1, max(1, count // 20))
    same_pages = 0
    for number in numbers:
        name = f"{name_of(number)}.pdf"
        a, b = pdf_pages(ours / name), pdf_pages(theirs / name)
        if sorted("".join(a)) != sorted("".join(b)):
            return f"{name}: other letters", ""
        same_pages += len(a) == len(b)
    return "", f"{same_pages} of {len(numbers)} documents looked at have as many pages"


# ---- The comparison ----


def missing_tools():
    """Names of what is not here; says how to get it."""
    here = {name: importlib.util.find_spec(name) is not None for name in ("docxtpl", "typst", "pypdf")}
    missing = {name for name, found in here.items() if not found}
    if not shutil.which("soffice"):
        missing.add("soffice")
    for name in sorted(missing):
        how = "apt-get install libreoffice-writer" if name == "soffice" else f"pip install {name}"
        print(f"{name} is not here, skipped: {how}", file=sys.stderr)
    return missing


def measure(vanthu, folder, units, rounds, missing):
    """The best run of each contestant, by name."""
    count = len(units)
    units_file = folder / "units.csv"
    write_list(units_file, units)
    make_templates(vanthu, folder, units)

    def batch(formats, jobs):
        out = folder / f"vanthu-{formats}-{jobs}"
        return lambda: vanthu_batch(vanthu, units_file, count, out, formats, jobs)

    contestants = {f"vanthu {f} {jobs}": batch(f, jobs) for f in ("docx", "pdf", "docx,pdf") for jobs in (1, 2)}
    if "docxtpl" not in missing:
        contestants["docxtpl"] = lambda: worker("docxtpl", folder, count)
        if "soffice" not in missing:
            files = [folder / "docxtpl" / f"{name_of(n)}.docx" for n in range(1, count + 1)]
            contestants["soffice"] = lambda: libreoffice(folder, files, folder / "soffice")
    if "typst" not in missing:
        contestants |= {way: lambda way=way: worker(way, folder, count) for way in TYPST_WAYS}

    best = {}
    for turn in range(rounds):
        for name, go in contestants.items():
            if name == "soffice" and turn == 0:
                libreoffice(folder, files[:1], folder / "soffice")
            result = go()
            print(f"round {turn + 1}: {name}: {count / result['seconds']:.1f} documents/s", file=sys.stderr)
            if name not in best or result["seconds"] < best[name]["seconds"]:
                best[name] = result
    if "soffice" in best:
        best["soffice"] = both(best["docxtpl"], best["soffice"])
    return best


def check(folder, best, count, missing):
    """Stops if any document differs in words; else gives notes on what was compared."""
    notes = []
    if "docxtpl" in best:
        problem = check_docx(folder / "vanthu-docx-1", folder / "docxtpl", count)
        if problem:
            sys.exit(f"vanthu and docxtpl differ, no ratios: {problem}")
        notes.append(f"All {count} Word files of docxtpl have the words of vanthu's, in the same order.")
    for name in ("soffice", *TYPST_WAYS):
        if name in best and "pypdf" not in missing:
            problem, pages = check_pdf(folder / "vanthu-pdf-1", folder / name, count)
            label = "LibreOffice" if name == "soffice" else f"Typst ({TYPST_WAYS[name]})"
            if problem:
                sys.exit(f"The PDFs of vanthu and {label} differ, no ratios: {problem}")
            notes.append(f"PDFs of {label}: the same letters as vanthu's; {pages}.")
    if "pypdf" in missing:
        notes.append("The PDFs were not compared: pypdf is missing.")
    return notes


def table(title, count, best, base, rows):
    """A Markdown table; `base` is the run that the others are measured by."""
    lines = [f"## {title}", "", "| | documents/s | CPU ms a document | peak MB | vanthu, 1 job, is |", "|---|---:|---:|---:|---:|"]
    for label, name in rows:
        if name in best:
            it = best[name]
            times = it["seconds"] / best[base]["seconds"]
            ratio = "" if name.startswith("vanthu") else f"{times:.2f} times as fast"
            speed = f"{count / it['seconds']:.1f} | {it['cpu'] / count * 1000:.1f} | {it['mb']:.0f}"
            lines.append(f"| {label} | {speed} | {ratio} |")
    return [*lines, ""]


def report(count, best):
    def ours(formats):
        return [("vanthu, 1 job", f"vanthu {formats} 1"), ("vanthu, 2 jobs", f"vanthu {formats} 2")]

    ways = sorted((way for way in TYPST_WAYS if way in best), key=lambda way: best[way]["seconds"])
    typst = [(f"Typst, kept compiler, {TYPST_WAYS[way]}", way) for way in ways]
    lines = table("DOCX", count, best, "vanthu docx 1", [*ours("docx"), ("docxtpl", "docxtpl")])
    rows = [*ours("pdf"), *typst, ("docxtpl, then LibreOffice", "soffice")]
    lines += table("PDF (A-2a, UA-1)", count, best, "vanthu pdf 1", rows)
    return lines + table("PDF and DOCX", count, best, "vanthu docx,pdf 1", ours("docx,pdf"))


def all_communes(vanthu, folder):
    """Every commune of the country and more, both formats, all cores; each list once more with nothing changed."""
    jobs = os.cpu_count()
    lines = [
        f"## 100 to 10,000 units (3,321 is every commune), PDF, DOCX, reports, with the proof of words, {jobs} jobs",
        "",
        "| units | seconds | units/s | peak MB | again, nothing changed: seconds | peak MB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for count in (100, 1000, 3321, 10000):
        write_list(folder / "all.csv", all_units(count))
        first, again = (
            vanthu_batch(vanthu, folder / "all.csv", count, folder / f"all-{count}", "pdf,docx", jobs, keep)
            for keep in (False, True)
        )
        speed = f"{first['seconds']:.1f} | {count / first['seconds']:.1f} | {first['mb']:.0f}"
        lines.append(f"| {count} | {speed} | {again['seconds']:.2f} | {again['mb']:.0f} |")
    return [*lines, ""]


def versions(vanthu, missing):
    def first_line(*command):
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")[0].strip()

    found = [first_line(vanthu, "--version"), f"Python {platform.python_version()}"]
    for package in ("docxtpl", "python-docx", "typst"):
        if package.replace("python-", "") not in missing and importlib.util.find_spec(package.replace("python-", "")):
            found.append(f"{package} {importlib.metadata.version(package)}")
    if "soffice" not in missing:
        found.append(" ".join(first_line("soffice", "--version").split()[:2]))
    return ", ".join(found)


def processor():
    try:
        info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        return re.search(r"model name\s*:\s*(.*)", info).group(1)
    except (OSError, AttributeError):
        return platform.machine()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--vanthu", type=Path, default=HERE.parent.parent / "target/dist/vanthu")
    options.add_argument("--units", type=int, default=200, help="how many documents each makes (200)")
    options.add_argument("--rounds", type=int, default=3, help="how often; the best counts (3)")
    options.add_argument("--all", action="store_true", help="also 100 to 10,000 units, vanthu alone")
    options.add_argument("--date", default=datetime.date.today().isoformat(), help="the date to print (today)")
    options.add_argument("--markdown", type=Path, help="also write the tables to this file")
    options.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.worker:
        return work(given.worker[0], Path(given.worker[1]))

    vanthu = given.vanthu.resolve()
    missing = missing_tools()
    units = all_units()[: given.units]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        best = measure(vanthu, folder, units, given.rounds, missing)
        notes = check(folder, best, len(units), missing)
        lines = [
            "# Batches: vanthu, docxtpl, LibreOffice, Typst",
            "",
            f"{given.date}; {len(units)} documents of about 3 pages; best of {given.rounds} rounds; "
            f"{os.cpu_count()} cores, {processor()}.",
            versions(vanthu, missing) + ".",
            "",
            *report(len(units), best),
            *(f"- {note}" for note in notes),
            "",
            *(all_communes(vanthu, folder) if given.all else []),
        ]
    print("\n".join(lines))
    if given.markdown:
        given.markdown.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
