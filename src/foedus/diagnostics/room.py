"""Messages of a council's room: the rows of its codes, F7, and which codes of all delegations can be shown.

What is shown at the table is said in the language of whoever reads it; all other messages are told in English.
"""

from __future__ import annotations

from typing import Literal

AT_THE_TABLE = (
    ("F656", "F659"), ("F667", "F669"), ("F673", "F679"), ("F682", "F682"), ("F689", "F689"), ("F700", "F799"),
)  # fmt: skip
"""From where to where the codes go that delegations, chairs and secretaries can be shown in a session."""

MESSAGE = "message with a code"
"""The context in which catalogues of words have their templates."""


def at_the_table(code: str) -> bool:
    """Whether what a code says is said in the language of whoever reads it.

    >>> at_the_table("F658"), at_the_table("F660"), at_the_table("F755")
    (True, False, True)
    """
    return any(first <= code <= last for first, last in AT_THE_TABLE)


ROOM: tuple[tuple[str, Literal["error", "warning"], str, str], ...] = (
    ("F700", "error", "the meeting is {sitting}", ""),
    ("F701", "error", "`{act}` is not for {who} to do", "It is for: {movers}."),
    ("F702", "error", "{who} has the floor", "It ends its speech, or the chair ends it: `yield`."),
    ("F703", "error", "a point of order of {who} is not ruled on", "The chair rules on it first: `ruling`."),
    ("F704", "error", "{motion} is to be decided first", "The chair puts it and closes it, and members show hands: `put`, `hand`, `settle`."),
    ("F705", "error", "it is not the turn of {whom}", "First on the list is {first}."),
    ("F706", "error", "{why}", ""),
    ("F707", "error", "{who} stands on the list for a {what}", "It speaks first, or takes its request back: `leave`."),
    ("F708", "error", "it has no right to speak now: {why}", "A speech is asked for in the ordinary way: `ask` speech."),
    ("F709", "error", "there is nothing to do here: {why}", ""),
    ("F710", "error", "the motion is not in order: {why}", ""),
    ("F711", "error", "{name} is not put now: {first} has precedence", "Put {first} first."),
    ("F712", "error", "no motion {name} waits for that", ""),
    ("F713", "error", "{who} shows no such hand", "It is one of: {known}."),
    ("F714", "error", "the hands do not decide on {name}: {why}", "The chair decides, and says why: `settle` with an answer (carried, lost) and a text."),
    ("F715", "error", "{name} is not decided in this way: {why}", ""),
    ("F716", "error", "the item {name} {why}", ""),
    ("F717", "error", "the paper {name} {why}", ""),
    ("F718", "error", "the manner of voting is not set: {why}", ""),
    ("F719", "error", "the record has no entry {entry}", "The last is {last}."),
    ("F720", "error", "the room's clock is not set: {why}", ""),
    ("F721", "error", "the act is dated {at}, before what stands above it in the record, or before the room's clock: {last}", "Date it no earlier than that."),
    ("F722", "error", "there is no such speaking time", "At most {most} seconds are given."),
    ("F723", "error", "there is nothing to appeal against: {why}", "A ruling is appealed against at once, before the next speech."),
    ("F724", "error", "these are no rules of order: `{name}`: {why}", "Leave the setting out, or write it as the page on the rules of order has it."),
    ("F725", "error", "too few members are at the table: {there} of {needed}", "Wait for more, or adjourn."),
    ("F726", "error", "there is no `{value}` here (`{name}`)", "It is one of: {known}."),
    ("F727", "error", "`{name}` of the act: {why}", ""),
    ("F728", "error", "{who} is not at the table", "It takes its seat first: `seat`."),
    # F73, F74: the room in the browser
    ("F730", "error", "this code does not let you in", "Check the twelve signs, or ask the secretary for a new one: each lets in only once, and for a time."),
    ("F731", "error", "`{name}` cannot be a name here: {why}", "Write the name by which the others know you, in at most 60 letters."),
    ("F732", "error", "this name and this passphrase do not belong together", "Try again, or ask the secretary for a code to come back with."),
    ("F733", "error", "this cannot be a passphrase: {why}", "Four or five words that have nothing to do with one another are long enough, and can be kept in mind."),
    ("F734", "error", "this did not come from a page of this room", "Open the room’s own page, and do it there. Nothing was done."),
    ("F735", "error", "this server does not go by the name `{host}`", "Use the address that `foedus serve` printed; whoever starts it can give it further names with --name."),
    ("F736", "error", "what was sent is too large: {limit} is the most", "Nothing of it was kept. Send less, or a smaller file."),
    ("F737", "error", "this is too much at once", "Wait {seconds} s, and do it again. Nothing was done."),
    ("F738", "error", "row {row}: `{value}` cannot stand in the column `{column}`: {why}", ""),
    ("F739", "error", "row {row}: `{name}` stands in row {first} already", "Names in a room differ by more than capitals and spaces: add a second name or a number."),
    ("F740", "error", "there is nothing at this address", "Go to the first page, and on from there."),
    ("F741", "error", "this is not for your role", "The page of your role has what you may do, and by which article."),
    ("F742", "error", "the room does not know this browser, or no longer", "Come in with your code, or with your name and passphrase."),
    ("F743", "error", "something in Foedus went wrong", "What was recorded is safe. Try again; if it happens again, tell whoever runs the server, who finds more in its log."),
    ("F744", "error", "what was being sent did not come to its end", "Nothing of it was kept. See whether the network holds, and do it again."),
    ("F745", "error", "what was sent cannot be read", "Load the page again, and do it from there. Nothing was done."),
    # F75: signatures under the head of a record
    ("F750", "error", "`{path}` holds no key to sign with: {why}",
     "A key of your own is made with --new-key FILE --name NAME."),
    ("F751", "error", "there is a file `{path}` already, and no key is written over it",
     "Name another file. A key that is lost cannot be made again."),
    ("F752", "error", "`{name}` cannot name a key",
     "A name is one word without spaces or a plus: the delegation's code."),
    ("F753", "error", "nothing is signed: the record in `{path}` is not as it was signed, or not by its rules",
     "`foedus verify {path}` says where. Ask whoever keeps the record, and the other delegations."),
    ("F754", "error", "`{path}` holds something else than this head, and is not written over", "Name another file."),
    ("F755", "error", "nothing is signed: no key that was given signed the head in `{path}`",
     "Give the council's key as you were handed it, or the head that the council signed."),
    ("F756", "error", "others can read the key in `{path}`",
     "Keep it to yourself, and let nobody else read the file: chmod 600 {path}"),
    ("F760", "error", "no map can be drawn from `{path}`: {why}",
     "A file of borders is GeoJSON or TopoJSON, of at most 8 MB, in degrees of longitude and latitude."),
    ("F761", "error", "nobody says whose borders `{path}` has",
     "Say from which viewpoint they are drawn, in a sentence that is shown with the map: --viewpoint \"…\"."),
    ("F762", "error", "the borders of `{path}` have no place on the map of this scenario",
     "Its places are invented, or it has none: real borders fit places that have a longitude and a latitude."),
    ("F765", "error", "the minutes could not be set in type: {why}", "Take them in another form: DOCX, Markdown."),
    ("F766", "error", "no minutes can be drawn up from `{path}`: {why}", ""),
    ("F770", "error", "the server cannot listen at {host}, port {port}: {why}",
     "Give another port (--port 0 takes any that is free), or end what has this one."),
    ("F771", "error", "another server has the record in `{path}`",
     "End it first, or give another file: --db FILE. One server keeps one file."),
    ("F772", "error", "the codes cannot be written to `{path}`: {why}", "Give another place: --codes FILE."),
    ("F775", "error", "two rooms would be called `{name}`", "Give each scenario once; --room names the first room."),
    ("F776", "error", "this signature is not taken in: {why}",
     "Sign the head that this page shows: foedus cosign, and hand in what it prints, with your public key."),
    # F777: papers
    ("F777", "error", "this cannot be a paper: {why}",
     "Papers are plain text, Markdown, PDF, DOCX or ODT, of at most 10 MiB."),
    ("F778", "error", "no more papers can be kept: {why}", "Throw drafts away, or hand in a smaller file."),
    ("F779", "error", "this file is not what was handed in",
     "Its digest is not the one that the record says. Ask whoever runs the server, or whoever wrote the paper."),
)  # fmt: skip
