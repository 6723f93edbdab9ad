"""What README.txt in a proof bundle says. PURE."""

from __future__ import annotations

_HEAD = """PROOF BUNDLE

This archive holds what is known of one event: something that was changed, withdrawn,
removed or restored after it was said, and how that is known. It can be checked without
any access to where it was made, and without a network.

WHAT IS IN IT

event.json       The event: what happened to what, when it happened, was noticed and was
                 recorded, who reports it and through whom, every assessment of how sure
                 this is in its order, and the claims that rest on it with their verdicts.
                 People are named by an id and the name they go by.
prov.json        The same as provenance: PROV-JSON, W3C Member Submission of 2013-04-24.
captures.json    The captured pages: what was asked and when, what came, how it was
                 judged, and the digests of what was archived.
"""
_CAPTURES = """\
warc/            The captured pages as they came over the wire: WARC files (ISO 28500).
texts/           The words of those pages, read out of them, in UTF-8. Where a page's text
                 is not here, captures.json says why ("text_note").
"""
_NO_CAPTURES = """
No pages were captured for this event: there are no folders warc/ and texts/. What is
here is what people recorded, and nothing that shows by itself that it is so.
"""
_STAMPS = """\
timestamps/      Tokens of a time-stamp authority (RFC 3161): NAME.tsr is its answer and
                 NAME.tsq what it was asked. Those of captures are over the WARC file of
                 the same name{manifest}.
"""
_MANIFEST_STAMP = """; MANIFEST.sha256.tsr is over the list of files, so that
                 everything here existed when it was signed"""
_NO_STAMPS = """
No time-stamp authority has signed anything in here: that the files are unchanged since
this bundle was made can be checked, when it was made cannot.
"""
_MANIFEST = """MANIFEST.sha256  The SHA-256 of every other file but those over this list itself.
"""
_CHECK = """
HOW TO CHECK IT

1. Unpack it and check that no file was changed:

     sha256sum -c MANIFEST.sha256

   (macOS: shasum -a 256 -c MANIFEST.sha256.) Every line has to end in OK. Anything that
   the list does not name, but for MANIFEST.sha256.tsr and .tsq, does not belong here.
   Who changes a file and the list alike is found out by the tokens, or by the SHA-256 of
   the archive as whoever made it reads it out to you.
"""
_OPENSSL = """
2. Check the tokens. Get the authority's root certificate from the authority itself, not
   from this archive, and save it as ca.pem:

{commands}
   To read when one was signed:

     openssl ts -reply -in timestamps/NAME.tsr -text

   openssl asks whether the certificates are good today. Once one of them has expired, have
   it ask about the time of signing: add "-attime N", where N is that time in seconds since
   1970-01-01 00:00:00 UTC.
"""
_COMMAND = """     openssl ts -verify -data {data} \\
       -in {reply} -CAfile ca.pem
"""
_TRUSTED = """
   timestamps/authority.pem holds the certificates that were trusted where this was made.
"""
_TOOL = """
{number}. With Factcheck, all of that and more (the digests inside of the WARC files, the texts
   read out of them anew) at once:

     manage.py verify_bundle BUNDLE.zip{ca}

{unsigned}HOW TO READ prov.json

wasQuotedFrom      who repeats whom: in this format "wasDerivedFrom" with "prov:type"
                   "prov:Quotation"; such relations are named "_:wasQuotedFrom1" and so on.
hadPrimarySource   "wasDerivedFrom" with "prov:type" "prov:PrimarySource", named
                   "_:hadPrimarySource1" and so on: the first who said it, or the page that
                   a capture shows.
wasInvalidatedBy   what ended by what happened: the statement or article where it was
                   withdrawn; the page where it was removed, or the statement itself
                   where it has no address. Its "prov:time" is the last moment at which
                   that can have been; the activity's start and end are the first and the
                   last. Of an event whose standing is "refuted" there is none: it did not
                   happen.
uid:...            a row of the project, by its id (urn:uuid:...).

What somebody could not see when they asked for this bundle is not in it. Names that are
withheld are marked so.
"""
_UNSIGNED = """\
   The authority did not answer when this bundle was made: nobody has signed the list of
   files. The tokens that are here are over WARC files and show nothing of what stands
   beside these. With --ca-file ca.pem they are checked too, and that the list is not
   signed is told as a failure: who changes a file and the list is not found out by a token.

"""


def write_readme(
    *, captures: int, stamped: list[str], is_list_stamped: bool, has_certificates: bool
) -> bytes:
    """Return README.txt for a bundle with so many captures.

    `stamped` are the names of the WARC files that have a token, in order; `has_certificates` says
    whether the authority's are in it.
    """
    has_stamps = bool(stamped) or is_list_stamped
    commands = [(f"warc/{one}.warc.gz", f"timestamps/{one}.tsr") for one in stamped]
    if is_list_stamped:
        commands.append(("MANIFEST.sha256", "timestamps/MANIFEST.sha256.tsr"))
    parts = [_HEAD]
    if captures:
        parts.append(_CAPTURES)
    if has_stamps:
        parts.append(_STAMPS.format(manifest=_MANIFEST_STAMP if is_list_stamped else ""))
    parts.append(_MANIFEST)
    if not captures:
        parts.append(_NO_CAPTURES)
    if not has_stamps:
        parts.append(_NO_STAMPS)
    parts.append(_CHECK)
    if has_stamps:
        lines = "".join(_COMMAND.format(data=data, reply=reply) for data, reply in commands)
        parts.append(_OPENSSL.format(commands=lines))
        parts.append(_TRUSTED if has_certificates else "")
    number = 3 if has_stamps else 2
    unsigned = _UNSIGNED if stamped and not is_list_stamped else ""
    ca = " --ca-file ca.pem" if is_list_stamped else ""
    parts.append(_TOOL.format(number=number, ca=ca, unsigned=unsigned))
    return "".join(parts).encode("ascii")


def commands_of(name: str, *, is_stamped: bool) -> tuple[str, str]:
    """Return what checks a bundle of this file name: by hand once it is unpacked, and by us."""
    by_hand = "sha256sum -c MANIFEST.sha256"
    if is_stamped:
        by_hand += (
            "\nopenssl ts -verify -data MANIFEST.sha256"
            " -in timestamps/MANIFEST.sha256.tsr -CAfile ca.pem"
        )
    return by_hand, f"manage.py verify_bundle {name}{' --ca-file ca.pem' if is_stamped else ''}"
