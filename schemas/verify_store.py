#!/usr/bin/env python3
"""Verifies a store of banli without banli: store.md says what must hold.

    verify_store.py county.db [--checkpoint FILE --public checkpoint.pub]

Prints "case number: reason" for the first event of every case that does not fit; exit code 1 if there
is any, 3 if a file cannot be read. Python's standard library alone; the store must not be in use.
"""

import argparse
import base64
import hashlib
import json
import sqlite3
import sys
from pathlib import Path

TABLES = "SELECT name FROM sqlite_schema"
DIGEST = "SELECT value FROM store WHERE name = 'digest'"
CASES = "SELECT id, item, definition, version, chain FROM cases ORDER BY id"
EVENTS = "SELECT number, request, json, hash FROM events WHERE case_id = ? AND number <= ? ORDER BY number"
ORPHANS = "SELECT case_id, min(number) FROM events WHERE case_id NOT IN (SELECT id FROM cases) GROUP BY case_id"
AUDIT = "SELECT number, json, hash FROM audit ORDER BY number"


def hash_of(digest, *lines):
    return hashlib.new(digest, "\n".join(lines).encode()).hexdigest()


def next_hash(digest, previous, case, text):
    return hash_of(digest, previous, case["id"], case["item"], case["definition"], text)


def first_fault(digest, case, events):
    """The number and the reason of the first event that does not fit; None if all do."""
    chain, last, request = "0" * 64, 0, None
    for expected, (number, named, text, kept) in enumerate(events, 1):
        if expected > case["version"]:
            return expected, f"the case ends with event {case['version']}"
        if number != expected:
            return expected, "missing"
        chain = next_hash(digest, chain, case, text)
        if chain != kept:
            return expected, "does not fit the chain"
        request = request if named is None else named
        quoted = json.dumps(request, ensure_ascii=False)  # the shortest escapes, as banli writes them
        if request is None or not text.startswith(f'{{"number":{number},"request":{quoted},'):
            return expected, "the record of its request is wrong"
        last = expected
    if last < case["version"]:
        return last + 1, "missing"
    return None if chain == case["chain"] else (last, "the case records another hash")


def first_audit_fault(digest, records):
    """The same of the refused commands."""
    chain = "0" * 64
    for expected, (number, text, kept) in enumerate(records, 1):
        chain = hash_of(digest, chain, "audit", text)
        if number != expected:
            return expected, "missing"
        if chain != kept:
            return expected, "does not fit the chain"
        if json.loads(text).get("number") != number:
            return expected, "has another number"
    return None


def verify(db, digest, audit):
    if fault := first_audit_fault(digest, audit):
        yield "", *fault
    for case in db.execute(CASES).fetchall():
        if fault := first_fault(digest, case, db.execute(EVENTS, (case["id"], 1 << 62))):
            yield case["id"], *fault
    for case, number in db.execute(ORPHANS):
        yield case, number, "the store has no such case, only events of it"


# Checkpoints: a Merkle tree, signed with Ed25519 (RFC 8032, 5.1.7, in the plainest form).

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    """The sum of two points in extended coordinates."""
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, d - c, d + c, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    if n == 0:
        return 0, 1, 1, 0
    rest = times(n >> 1, add(point, point))
    return add(point, rest) if n & 1 else rest


def point_of(bytes32):
    y = int.from_bytes(bytes32, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    r, s = point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, point_of(public)))
    same = (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0
    return s < Q and same


def root_of(digest, lines):
    level = [hashlib.new(digest, b"\0" + line).digest() for line in lines] or [hashlib.new(digest).digest()]
    while len(level) > 1:
        pairs = [hashlib.new(digest, b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2])]
        level = pairs + level[len(pairs) * 2:]
    return level[0].hex()


def read_checkpoint(data, public_pem):
    """Digest, refusals (a number and a hash) and cases of a checkpoint that is signed with a key."""
    head, _, body = data.partition(b"\n\n")
    said = dict(line.split(b" ", 1) for line in head.split(b"\n"))
    lines = body.split(b"\n")[:-1]
    names = [b"banli", b"taken", b"digest", b"cases", b"root", b"refusals", b"signature"]
    if list(said) != names or said[b"banli"] != b"checkpoint 1":
        raise ValueError("no checkpoint")
    digest = said[b"digest"].decode()
    if int(said[b"cases"]) != len(lines) or root_of(digest, lines) != said[b"root"].decode():
        raise ValueError("the cases are not those that were signed")
    der = base64.b64decode("".join(public_pem.strip().splitlines()[1:-1]))
    message = head[:head.rindex(b"\nsignature ") + 1]
    if len(der) != 44 or not signed(der[-32:], message, bytes.fromhex(said[b"signature"].decode())):
        raise ValueError("not signed with this key")
    number, kept = said[b"refusals"].decode().split(" ")
    return digest, (int(number), kept), [line.decode().split(" ", 2) for line in lines]


def compare(db, digest, audit, checkpoint):
    taken_with, (number, kept), cases = checkpoint
    if taken_with != digest:
        raise ValueError("the checkpoint is made with another digest")
    if len(audit) < number:
        yield "", len(audit) + 1, f"the checkpoint saw {number} refusals"
    elif number and audit[number - 1][2] != kept:
        yield "", number, "other refusals than the checkpoint saw"
    now = {case["id"]: case for case in db.execute(CASES)}
    for version, chain, case in cases:
        version = int(version)
        if case not in now:
            yield case, 1, "gone"
        elif now[case]["version"] < version:
            yield case, now[case]["version"] + 1, f"the checkpoint saw {version} events"
        else:
            hash_now = "0" * 64
            for _, _, text, _ in db.execute(EVENTS, (case, version)):
                hash_now = next_hash(digest, hash_now, now[case], text)
            if hash_now != chain:
                yield case, version, "another history than the checkpoint saw"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("store", "--checkpoint", "--public"):
        arguments.add_argument(name)
    a = arguments.parse_args()
    try:
        db = sqlite3.connect(Path(a.store).resolve().as_uri() + "?mode=ro", uri=True)
        db.row_factory = sqlite3.Row
        tables = {row[0] for row in db.execute(TABLES)}
        digest = db.execute(DIGEST).fetchone()[0] if "store" in tables else "sha256"
        audit = db.execute(AUDIT).fetchall() if "audit" in tables else []
        faults = list(verify(db, digest, audit))
        if a.checkpoint:
            kept = read_checkpoint(Path(a.checkpoint).read_bytes(), Path(a.public).read_text())
            faults += compare(db, digest, audit, kept)
    except (OSError, sqlite3.Error, ValueError, TypeError) as e:
        print(f"cannot be verified: {e}", file=sys.stderr)
        return 3
    for case, number, reason in faults:
        print(f"{case} {number}: {reason}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
