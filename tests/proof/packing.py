"""Bundles taken apart and packed again, as somebody does who changes one."""

import hashlib
import zipfile

from annotations.captures.tokens import read_certificates
from annotations.exchange.proof.texts import text_again
from annotations.exchange.proof.verifying import Outcome, verify_bundle


def failures(path, **more):
    checks = verify_bundle(path, read_text=text_again, **more)
    return [f"{one.about}: {one.detail}" for one in checks if one.outcome == Outcome.FAILED]


def files_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def relisted(files):
    """The same files with a list that fits them: what somebody does who means to deceive."""
    beside = ("MANIFEST.sha256", "timestamps/MANIFEST.sha256.tsr", "timestamps/MANIFEST.sha256.tsq")
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
        if name not in beside
    ]
    return files | {"MANIFEST.sha256": "".join(lines).encode()}


def trusted(authority):
    return read_certificates(authority.ca.read_bytes())
