"""The head of a record, signed: how many entries there are, and the one hash that stands for them.

A head is a C2SP checkpoint (https://c2sp.org/tlog-checkpoint) in a signed note (https://c2sp.org/signed-note): text
that may be printed, sent or read aloud, with one line for each signature. The server signs every head; delegations
add theirs at the close. A head that left the server is what makes a later change of the record visible.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_PRIVATE = ("PRIVATE", "KEY")


@dataclass(frozen=True, slots=True)
class Key:
    """Somebody's public key: `name` (no spaces, no plus), 32 bytes."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def line(self) -> str:
        """The key as one line, to be handed on: `name+id+key`."""
        coded = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{coded}"

    @staticmethod
    def read(line: str) -> Key:
        """A key from its line. Raises ValueError."""
        name, stated, coded = line.strip().split("+", 2)
        raw = base64.b64decode(coded, validate=True)
        made = Key(name, raw[1:])
        if raw[:1] != _ED25519 or len(raw) != 33 or made.id.hex() != stated or not is_name(name):
            raise ValueError(line)
        return made

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key signed the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A key with which to sign; the private part never leaves it but by `secret`."""

    name: str
    private: Ed25519PrivateKey

    @staticmethod
    def new(name: str) -> Signer:
        """A fresh key. Raises ValueError for a name with spaces or a plus."""
        if not is_name(name):
            raise ValueError(name)
        return Signer(name, Ed25519PrivateKey.generate())

    @staticmethod
    def of(name: str, secret: bytes) -> Signer:
        """A key from its 32 secret bytes."""
        return Signer(name, Ed25519PrivateKey.from_private_bytes(secret))

    @staticmethod
    def read(line: str) -> Signer:
        """A key from its line (`line`). Raises ValueError."""
        mark, kind, name, stated, coded = line.strip().split("+", 4)
        raw = base64.b64decode(coded, validate=True)
        if (mark, kind) != _PRIVATE or raw[:1] != _ED25519 or len(raw) != 33 or not is_name(name):
            raise ValueError("no key to sign with")
        made = Signer.of(name, raw[1:])
        if made.key.id.hex() != stated:
            raise ValueError("no key to sign with")
        return made

    def line(self) -> str:
        """The key with its private part, as one line to be kept: `PRIVATE+KEY+name+id+key`, as signed notes have it."""
        coded = base64.b64encode(_ED25519 + self.secret).decode()
        return "+".join((*_PRIVATE, self.name, self.key.id.hex(), coded))

    @property
    def secret(self) -> bytes:
        """The 32 bytes to keep where nobody else reads."""
        return self.private.private_bytes_raw()

    @property
    def key(self) -> Key:
        """The public part."""
        return Key(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, head: Head) -> Head:
        """The head with this signature added (or made anew)."""
        others = tuple(s for s in head.signatures if (s.name, s.id) != (self.name, self.key.id))
        mine = Signature(self.name, self.key.id, self.private.sign(head.text().encode()))
        return replace(head, signatures=(*others, mine))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under a head."""

    name: str
    id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a record: `origin` names it, `size` counts its entries, `root` is the hash over them."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[Signature, ...] = ()

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def note(self) -> str:
        """The head with its signatures, as it is handed on."""
        lines = [f"— {s.name} {base64.b64encode(s.id + s.signature).decode()}\n" for s in self.signatures]
        return f"{self.text()}\n{''.join(lines)}"

    def same(self, other: Head) -> bool:
        """Whether both stand for the same entries of the same record, whoever signed them."""
        return self.text() == other.text()

    def joined(self, other: Head) -> Head:
        """The same head with the signatures under another, too. Raises ValueError where it is not the same."""
        if not self.same(other):
            raise ValueError("another head")
        return replace(self, signatures=tuple(dict.fromkeys((*self.signatures, *other.signatures))))

    def signed_by(self, key: Key) -> bool:
        """Whether a signature under this head is the key's, and right."""
        return any(
            (s.name, s.id) == (key.name, key.id) and key.signed(self.text(), s.signature)
            for s in self.signatures
        )

    @staticmethod
    def read(note: str) -> Head:
        """A head from its note. Raises ValueError for anything else."""
        text, mark, below = note.partition("\n\n")
        parts = text.split("\n")
        if not mark or len(parts) != 3 or not parts[0] or not parts[1].isascii() or not parts[1].isdigit():
            raise ValueError("no head of a record")
        if len(parts[1]) > 16 or str(int(parts[1])) != parts[1]:
            raise ValueError("no head of a record")
        try:
            root = base64.b64decode(parts[2], validate=True)
            signatures = tuple(_signature(line) for line in below.splitlines())
        except binascii.Error as error:
            raise ValueError("no head of a record") from error
        if len(root) != 32:
            raise ValueError("no head of a record")
        return Head(parts[0], int(parts[1]), root, signatures)


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, coded = rest.partition(" ")
    raw = base64.b64decode(coded, validate=True)
    if dash != "—" or not is_name(name) or len(raw) != 68:
        raise ValueError("no signature of a head")
    return Signature(name, raw[:4], raw[4:])


def is_name(name: str) -> bool:
    """Whether this may name a key: something, without spaces or a plus."""
    return bool(name) and "+" not in name and not any(c.isspace() for c in name) and name.isprintable()
