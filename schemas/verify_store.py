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


def quoted(text):
    """A JSON string as banli writes it: the shortest escapes, everything else as it is."""
    return json.dumps(text, ensure_ascii=False)


def next_hash(digest, previous, case, text):
    lines = [previous, case["id"], case["item"], case["definition"], text]
    return hashlib.new(digest, "\n".join(lines).encode()).hexdigest()


def first_fault(digest, case, events):
    """The number and the reason of the first event that does not fit; None if all do."""
    chain, last, request = "0" * 64, 0, None
    for number, named, text, kept in events:
        expected = last + 1
        if expected > case["version"]:
            return expected, f"the case ends with event {case['version']}"
        if number != expected:
            return expected, "missing"
        chain = next_hash(digest, chain, case, text)
        if chain != kept:
            return expected, "does not fit the chain"
        request = request if named is None else named
        if request is None or not text.startswith(f'{{"number":{number},"request":{quoted(request)},'):
            return expected, "the record of its request is wrong"
        last = expected
    if last < case["version"]:
        return last + 1, "missing"
    if chain != case["chain"]:
        return last, "the case records another hash"
    return None


def read_digest(db):
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'store'").fetchone() is None:
        return "sha256"
    return db.execute("SELECT value FROM store WHERE name = 'digest'").fetchone()[0]


def cases_of(db):
    db.row_factory = sqlite3.Row
    return db.execute("SELECT id, item, definition, version, chain FROM cases ORDER BY id").fetchall()


def events_of(db, case, until):
    rows = db.execute("SELECT number, request, json, hash FROM events WHERE case_id = ? AND number <= ? "
                      "ORDER BY number", (case, until))
    return [tuple(row) for row in rows]


def first_audit_fault(digest, records):
    """The same of the refused commands."""
    chain, last = "0" * 64, 0
    for number, text, kept in records:
        chain = hashlib.new(digest, "\n".join([chain, "audit", text]).encode()).hexdigest()
        if number != last + 1:
            return last + 1, "missing"
        if chain != kept:
            return number, "does not fit the chain"
        if json.loads(text).get("number") != number:
            return number, "has another number"
        last = number
    return None


def audit_of(db):
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'audit'").fetchone() is None:
        return []
    return [tuple(row) for row in db.execute("SELECT number, json, hash FROM audit ORDER BY number")]


def verify(db, digest):
    fault = first_audit_fault(digest, audit_of(db))
    if fault:
        yield "", *fault
    for case in cases_of(db):
        fault = first_fault(digest, case, events_of(db, case["id"], 1 << 62))
        if fault:
            yield (case["id"], *fault)
    for row in db.execute("SELECT case_id, min(number) FROM events WHERE case_id NOT IN "
                          "(SELECT id FROM cases) GROUP BY case_id"):
        yield row[0], row[1], "the store has no such case, only events of it"


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
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, point)
        point = add(point, point)
        n >>= 1
    return out


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
    level = [hashlib.new(digest, b"\0" + line).digest() for line in lines] or [hashlib.new(digest, b"").digest()]
    while len(level) > 1:
        pairs = [hashlib.new(digest, b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2])]
        level = pairs + level[len(pairs) * 2:]
    return level[0].hex()


def read_checkpoint(data, public_pem):
    """The digest and the cases of a checkpoint that is signed with a key."""
    head, _, body = data.partition(b"\n\n")
    first, taken, digest, count, root, signature = (line.split(b" ", 1) for line in head.split(b"\n"))
    lines = body.split(b"\n")[:-1]
    names = [first[0], taken[0], digest[0], count[0], root[0], signature[0]]
    if first[1] != b"checkpoint 1" or names != [b"banli", b"taken", b"digest", b"cases", b"root", b"signature"]:
        raise ValueError("no checkpoint")
    der = base64.b64decode("".join(public_pem.strip().splitlines()[1:-1]))
    digest = digest[1].decode()
    if int(count[1]) != len(lines) or root_of(digest, lines) != root[1].decode():
        raise ValueError("the cases are not those that were signed")
    message = head[:head.rindex(b"\nsignature ") + 1]
    if len(der) != 44 or not signed(der[-32:], message, bytes.fromhex(signature[1].decode())):
        raise ValueError("not signed with this key")
    return digest, [line.decode().split(" ", 2) for line in lines]


def compare(db, digest, checkpoint):
    if checkpoint[0] != digest:
        raise ValueError("the checkpoint is made with another digest")
    now = {case["id"]: case for case in cases_of(db)}
    for version, chain, case in checkpoint[1]:
        version = int(version)
        if case not in now:
            yield case, 1, "gone"
            continue
        if now[case]["version"] < version:
            yield case, now[case]["version"] + 1, f"the checkpoint saw {version} events"
            continue
        hash_now = "0" * 64
        for _, _, text, _ in events_of(db, case, version):
            hash_now = next_hash(digest, hash_now, now[case], text)
        if hash_now != chain:
            yield case, version, "another history than the checkpoint saw"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("store")
    arguments.add_argument("--checkpoint")
    arguments.add_argument("--public")
    a = arguments.parse_args()
    try:
        db = sqlite3.connect(Path(a.store).resolve().as_uri() + "?mode=ro", uri=True)
        digest = read_digest(db)
        faults = list(verify(db, digest))
        if a.checkpoint:
            kept = read_checkpoint(Path(a.checkpoint).read_bytes(), Path(a.public).read_text())
            faults += compare(db, digest, kept)
    except (OSError, sqlite3.Error, ValueError, TypeError) as e:
        print(f"cannot be verified: {e}", file=sys.stderr)
        return 3
    for case, number, reason in faults:
        print(f"{case} {number}: {reason}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
