"""What README.txt tells people to type comes to what it says, whoever has signed what, and when."""

import io
import re
import shlex
import shutil
import subprocess
import time
import zipfile

import pytest
from django.core.management import CommandError, call_command

from annotations.captures.stamping import capture_stamp
from annotations.exchange.proof.bundle import write_bundle
from annotations.exchange.proof.documents import event_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_signed(event, captures, reviewer, authority, tmp_path):
    """A bundle of stamped captures for whose list the authority did not answer."""
    for one in captures:
        capture_stamp(capture_uid=str(one.capture.uid))
    stream = io.BytesIO()
    document = event_document(event, reviewer).json
    write_bundle(stream, event=document, captures=captures, stamping=lambda _content: None)
    path = tmp_path / "bundle.zip"
    path.write_bytes(stream.getvalue())
    return path


def readme_of(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("README.txt").decode()


def told_command(path, authority):
    """What the README tells to type for our own tool, as arguments."""
    (line,) = re.findall(r"^ +manage\.py verify_bundle (.*)$", readme_of(path), re.MULTILINE)
    names = {"BUNDLE.zip": str(path), "ca.pem": str(authority.ca)}
    return [names.get(one, one) for one in shlex.split(line)]


def test_a_bundle_whose_list_nobody_signed_passes_as_it_tells_to_check_it(half_signed, authority):
    call_command("verify_bundle", *told_command(half_signed, authority))
    readme = readme_of(half_signed)
    assert "nobody has signed the list of\n   files" in readme
    assert max(len(line) for line in readme.splitlines()) < 100
    with pytest.raises(CommandError, match="1 failed: nothing shows"):
        call_command("verify_bundle", str(half_signed), "--ca-file", str(authority.ca))


def test_a_signed_bundle_passes_as_it_tells_to_check_it(bundle, authority, capsys):
    command = told_command(bundle, authority)
    assert "--ca-file" in command
    call_command("verify_bundle", *command)
    assert "OK: words of README.txt" in capsys.readouterr().out
    assert "nobody has signed" not in readme_of(bundle)


def test_once_certificates_have_expired_openssl_is_asked_about_the_time_of_signing(
    bundle, authority, tmp_path
):
    assert 'add "-attime N"' in " ".join(readme_of(bundle).split())
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "x")
    asked = ["openssl", "ts", "-verify", "-data", "MANIFEST.sha256", "-in",
             "timestamps/MANIFEST.sha256.tsr", "-CAfile", authority.ca, "-attime"]  # fmt: skip
    signed, later = int(time.time()), int(time.time()) + 60 * 86400
    codes = [
        subprocess.run(
            [*asked, str(moment)], cwd=tmp_path / "x", capture_output=True, check=False
        ).returncode
        for moment in (signed, later)
    ]
    assert codes == [0, 1]


@pytest.mark.skipif(shutil.which("zip") is None, reason="zip is not installed")
def test_a_bundle_packed_by_zip_passes(bundle, authority, tmp_path):
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "x")
    for n, options in enumerate((["-r"], ["-rX"], ["-r0"], ["-rfd"])):
        path = tmp_path / f"{n}.zip"
        subprocess.run(
            ["zip", "-q", *options, path, "."], cwd=tmp_path / "x", capture_output=True, check=True
        )
        call_command("verify_bundle", str(path), "--ca-file", str(authority.ca))
