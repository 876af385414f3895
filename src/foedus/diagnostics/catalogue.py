"""Every code, with its severity and the wording of its title and help.

A *title* says what is wrong in the treaty's or dossier's own words, a *help* what to do; both are
templates into which a problem's values are filled. The severity of an `error` stops the work; a
`warning` does not. Codes go by hundreds: F0 files and pages, F1 writing, F2 names and sorts, F3
meaning, F4 dossiers and evidence, F5 the command line, F6 documents and votes, F7 the room of a council. Each has a
page in `pages/`. What delegations can be shown (`at_the_table`) is said in the language spoken, all else in English.

>>> from foedus.diagnostics.span import Place
>>> title_of(Problem("F012", Place("lir.md")))
'there is nothing to read on this page: it has no `foedus` block'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.research import RESEARCH
from foedus.diagnostics.room import MESSAGE, ROOM, at_the_table
from foedus.diagnostics.suggest import suggest
from foedus.diagnostics.visible import visible
from foedus.words.speech import aloud, template_in

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `title` and `help` are templates: `{name}` is filled from a problem's values."""

    code: str
    severity: Severity
    title: str
    help: str = ""


_ROWS: tuple[tuple[str, Severity, str, str], ...] = (
    # F0: files and pages
    ("F001", "error", "there is no file `{path}`", "{near}"),
    ("F002", "error", "`{path}` is empty", ""),
    ("F003", "error", "`{path}` is {what}, not a text", "Save it as plain text (Markdown) in UTF-8."),
    ("F004", "error", "`{path}` is not UTF-8, nor clearly in any other encoding",
     "Open it in the program that wrote it and save it as UTF-8."),
    ("F005", "warning", "`{path}` was read as {encoding}, which is a guess",
     "Check the names in it, and save it as UTF-8."),
    ("F006", "error", "`{path}` is too large: {size}, and the limit is {limit}",
     "Split it into several pages."),
    ("F007", "error", "`{path}` is a {found}, and a {wanted} is wanted here", ""),
    ("F008", "error", "`{path}` cannot be opened: {why}", ""),
    ("F010", "error", "this block is never closed", "Close it with {fence} on a line of its own."),
    ("F011", "error", "there is no kind of block called `{kind}`",
     "The kinds are `foedus` (a treaty's norms), `record` (facts of a trial) and `ask` (its questions)."),
    ("F012", "error", "there is nothing to read on this page: it has no `foedus` block",
     "Put the treaty's norms between a line ```` ```foedus ```` and a line ```` ``` ````."),
    ("F013", "error", "this page has more mistakes than these {most}; the rest is not shown",
     "Mend these first: one slip often causes several others."),
    ("F014", "error", "this page holds an unfinished merge",
     "Two people changed the same thing: keep what is right of the two, and delete the lines {marks}."),
    ("F015", "error", "this page is written in language {mark}, and this Foedus reads language {known}",
     "Install a newer Foedus; `foedus --version` says which one this is."),
    ("F016", "error", "`{mark}` is no language of pages", "Write `foedus: {known}`, or leave the line out."),
    ("F017", "error", "`{path}` is a link that leads out of `{folder}`",
     "Copy the file into the folder: a dossier is read from its own folder alone."),
    ("F018", "error", "`{word}` has letters that no name has: {letters}",
     "Names are made of the letters a to z, digits, `_` and `-`; other alphabets have letters that look the same."),
    # F1: writing
    ("F101", "error", "a tab indents this line", "Indent with spaces, two for each level."),
    ("F102", "error", "this line is indented by {indent}, which is no level of the lines above it",
     "Indent it as far as the lines beside which it belongs."),
    ("F103", "error", "`{word}` continues a line, and there is none before it",
     "Put the line that it continues above it, in the same block."),
    ("F104", "error", "this quotation is never closed",
     "Close it with `\"`. If it goes on below, indent those lines deeper."),
    ("F105", "error", "`{sign}` is opened here and never closed",
     "Close it with `{other}`. If it goes on below, indent those lines deeper."),
    ("F106", "error", "{what} stand in one another more than {most} deep",
     "Give a part of it a name: a `term` of its own."),
    ("F107", "error", "this line has more than {most} characters",
     "Divide it: a `term` can stand for a part."),
    ("F108", "error", "there is a hidden character here ({code})",
     "Delete it: such characters make a line read otherwise than it looks."),
    ("F109", "error", "`{sign}` closes nothing: no `{other}` is open",
     "Take it away, or open a bracket before it."),
    ("F110", "error", "`{date}` is not a date",
     "Write year, month and day, as in `2022-01-05`; a month is `2022-01`, a year `2022`."),
    ("F111", "error", "the calendar has no `{date}`", ""),
    ("F112", "error", "`{date}` ends before it begins", "Write the earlier date first."),
    ("F113", "error", "`{date}` is a form of date that Foedus does not read",
     "Write a day `2022-01-05`, one of two `[2022-01-05,2022-01-06]`, or a span `2022-01-05/2022-01-06`."),
    ("F120", "error", "no line that can stand here begins with `{word}`", "A line here begins with {lines}."),
    ("F121", "error", "`{word}` has no place under {under}", "A line here begins with {lines}."),
    ("F122", "error", "`{word}` belongs in a `{right}` block, and this is a `{block}` block",
     "Open a block ```` ```{right} ```` for it."),
    ("F123", "error", "after `{after}` a `:` is missing", ""),
    ("F124", "error", "`{after}` is followed by {wanted}", ""),
    ("F125", "error", "{word} does not belong on this line", "Such a line is written: `{line}`."),
    ("F126", "error", "`{word}` is written `{right}` here",
     "Codes of states, groups and organs are in capitals; all other names are not."),
    ("F127", "error", "`{sign}` means nothing here", "Write {right}."),
    ("F128", "error", "a list is joined by `,`, not by `{word}`",
     "Write `ARV, BOR`. For alternatives, write two conditions joined by `or`."),
    ("F129", "error", "after `{verb}` the word `that` is missing", "Write `{verb} that` and what is said."),
    ("F130", "error", "this `{item}` lacks {what}", "Add a line such as `{example}`."),
    ("F131", "error", "{word} stands here twice", "Keep one of them, or join them with `and`."),
    ("F132", "error", "{missing} is missing on this line", "Such a line is written: `{line}`."),
    ("F133", "error", "nothing can stand below `{above}`",
     "If it belongs beside the line above it, indent it as far as that."),
    ("F134", "error", "nothing stands below `{line}`",
     "Write what belongs to it on the line, or indented below it."),
    ("F135", "error", "the condition is complete before this line",
     "Begin the line with `and` or `or` to continue it."),
    ("F136", "error", "`{written}` names no source",
     "Write the source's id, and the place in it after a space: `[gazette-0712 ¶3]`."),
    ("F137", "error", "the motion is called `{motion}` above, and `{name}` here", "Use one name for it."),
    ("F138", "error", "`{number}` cannot be counted", "Write a whole number from 1 to {most}."),
    ("F139", "error", "`{word}` is not a class of duty", "The classes are {classes}."),
    ("F140", "error", "`{word}` can be said only in a trial",
     "In a dossier standing follows from the claims, and parties from the treaty's page."),
    ("F141", "error", "`{address}` is not an address of the web", "Write `<https://…>`."),
    ("F142", "error", "`{word}` is not a verdict", "The verdicts are: {verdicts}."),
    ("F143", "error", "this question stands outside of a trial",
     "Put it under a heading that begins with “Trial”."),
    ("F144", "error", "`{word}` is not a word for what came of it", "The words are: {words}."),
    ("F145", "error", "the class is not said for {missing}", "Write one line for each answer of the question."),
    ("F146", "error", "`{share}` is no share of a whole", "Write a part such as 1/2 or 2/3: `more than 1/2 of party p: …`."),
    ("F147", "error", "a share is one of parties, and `{name}` is no role of theirs", "Write `at least 2/3 of party p: …`, or say of whom: `at least 2/3 of {name} p who …: …`."),
    # F2: names and sorts
    ("F201", "error", "nothing is called `{name}`", "Declare the word in the vocabulary, or correct its spelling."),
    ("F202", "error", "there is no state, organ or group with the code `{name}`",
     "States have ISO 3166-1 codes of three letters; declare any other with `state`, `organ` or `group`."),
    ("F203", "error", "`{name}` takes {takes} names, and {given} are given", "It is written `{shape}`."),
    ("F204", "error", "`{name}` is not one of the roles here", ""),
    ("F205", "error", "`{word}` has the role `{name}` twice", "Keep one of them."),
    ("F206", "error", "`{name}` cannot stand here: it is of sort {sort}, and `{role}` takes {wanted}", ""),
    ("F207", "error", "there is no norm called `{name}`", "Norms of another instrument are written `instrument.norm`."),
    ("F208", "error", "there is no question called `{name}`", "Questions of another instrument are written `instrument.question`."),
    ("F209", "error", "“{name}” is not an answer of this question", ""),
    ("F210", "error", "this instrument has no text called `{name}`", "Declare it below `instrument`: `text {name} from …`."),
    ("F211", "error", "there is no source called `{name}`", "Declare it in a `record` block: `source {name} \"…\"`."),
    ("F212", "error", "nobody who speaks is called `{name}`",
     "Declare who it is: `speaker {name} \"…\"`, and for whom it speaks, if for another."),
    ("F213", "error", "`{name}` is declared twice", "Rename one of them."),
    ("F214", "warning", "`{name}` occurs once, and looks like a slip for `{near}`",
     "Spell it the same, or write `_` if anybody is meant."),
    ("F215", "error", "`{name}` means something else on another page",
     "Words are shared by all pages: use the same roles and sorts, or another word."),
    ("F216", "error", "`{name}` stands for {one} and for {two}, and nothing can be both", "Use two names."),
    ("F217", "error", "there is no instrument called `{name}`", ""),
    ("F218", "error", "there is no sort of things called `{name}`", ""),
    ("F219", "error", "the record names nothing `{name}`",
     "In a record every name stands for something: name a fact, declare `someone`, or write `_`."),
    ("F220", "error", "`{name}` cannot be named with `as`", "Only incidents and acts are individuals with names."),
    ("F222", "error", "`{name}` is a term of a treaty, not a fact",
     "State the facts on which it rests, in words of the vocabulary."),
    # F3: meaning
    ("F301", "error", "`{name}` is defined by way of itself: {chain}", "Take one of them out of the circle."),
    ("F302", "error", "`not` denies something about `{name}`, and nothing says what `{name}` is",
     "If nothing of the kind is meant, write `no`; otherwise name `{name}` outside as well."),
    ("F303", "error", "the answers of `{name}` are not all here: {missing} has no formula",
     "Write one line for every answer."),
    ("F304", "warning", "the texts {one} and {two} overlap", "End the earlier one when the later begins: `until …`."),
    ("F305", "warning", "no text is in force between {one} and {two}", "If that is so, nothing need be done."),
    ("F306", "error", "`{name}` does not say when", "Add `when …`; if it is always so, `when always`."),
    ("F307", "warning", "`{name}` has no norm and no rule", ""),
    ("F308", "error", "the text {text} begins on {date}, before the signature on {signed}", ""),
    ("F309", "warning", "{state} is bound from {date}, before the signature on {signed}", ""),
    ("F310", "warning", "no clause asks the question `{name}`", "Use it in a clause with `by`, or take it out."),
    ("F311", "error", "the act of `{name}` does not name {who}, who is to do it", "Put {who} into `{act}(…)`."),
    ("F312", "error", "`{name}` has no meaning under the text of {text}",
     "It is defined under the text of {texts} only: give the clause the same tag, or define it here as well."),
    ("F313", "error", "this is more than Foedus reads: {what} (at most {most})", "Divide it with a term."),
    ("F314", "error", "this belongs to an instrument, and the page has none", "Begin the page with `instrument …`."),
    ("F315", "error", "`{name}` is not one act", "Name one incident or act of the vocabulary, without `[… | …]`."),
    ("F316", "error", "`{name}` is not a class of duty",
     "The classes are consult, meet-danger, as-deemed-necessary, necessary-help, all-means, guarantee, none, unseen."),
    ("F317", "error", "`{name}` is compared with something, and nothing says what `{name}` is",
     "Name it in an incident, an act or another word of the clause as well."),
    ("F318", "warning", "the authors of an incident inside `{name}` cannot be left out",
     "Make the incident a parameter of the term, so that `each other party` knows whom it leaves out."),
    ("F319", "error", "`decided` needs the words `announced(by: …)` and `regular(…)`", "Declare them in the vocabulary."),
    # F4: dossiers and evidence
    ("F402", "error", "`{name}` is a judgement, and a record cannot be complete for judgements",
     "Whoever closed it would take a side. Record who makes the judgement and who does not."),
    ("F403", "error", "this claim has no source", "Write the source in brackets: `{verb} … [source]`."),
    ("F405", "error", "a {kind} is not {word}: `{name}`",
     "Facts are established, refuted, asserted, denied, disputed or contested; judgements undisputed or disputed."),
    ("F406", "error", "this is not a dossier: no line begins with `dossier`", "Begin with `dossier name \"title\"`."),
    ("F407", "error", "the dossier has two title pages", "Keep one of them."),
    ("F408", "error", "`{value}` is not a figure", "Write digits, with a point for decimals."),
    ("F409", "error", "parties of which instrument?", "Write `as party of …`."),
    ("F420", "error", "`{name}` derives from itself",
     "Say of each of them from which document it really took its words."),
    ("F421", "error", "`{name}` speaks for itself by way of others: {circle}",
     "One of them speaks for nobody else: leave its `for` out."),
    ("F422", "error", "`{name}` is a judgement, and nobody presumes a judgement",
     "Presume the facts on which it rests, or record who makes the judgement and who does not."),
    ("F423", "warning", "a value of “{name}” is as of {as_of}, but `{source}` is of {date}",
     "Correct one of the dates: a document can give no figure for a day after its own."),
    ("F424", "error", "`{name}` derives from more than {most} documents",
     "Name only those from which it took its words."),
    ("F425", "warning", "the words quoted from `{source}` are not in its document",
     "Look the words up again in {file}, or quote them as they stand there. `foedus anchors` says whether they were edited."),
    # F5: the command line
    ("F501", "error", "there is no dossier “{name}”", "`foedus dossiers` lists those that ship with Foedus. Or give the path of a folder or page."),
    ("F502", "error", "{option} takes one day, and “{text}” is several", "Write a day: {option} {first}."),
    ("F503", "error", "`{name}` cannot be supposed to be “{value}”", "It can be: {known}."),
    ("F504", "error", "{option} takes a name and a value, and “{text}” is not that", "Write it as {option} name=value."),
    ("F505", "error", "the weights cannot be read: {why}", "Run `foedus why F505` for an example of such a file."),
    ("F506", "error", "the weight of `{name}` cannot be {value}: {why}", ""),
    ("F507", "error", "the page could not be written: {why}", ""),
    ("F508", "error", "there is no page for the instrument `{name}`", "Give your own with --treaties FOLDER, or mend the name."),
    ("F509", "error", "the folder has no page", "A dossier is a folder with a page `dossier.md`."),
    ("F510", "error", "nothing here is called `{name}`", "{known}"),
    ("F511", "error", "this asks for more than can be laid out: {what}", "Close what the dossier is complete for, or ask for one norm with --only."),
    ("F512", "error", "what is supposed cannot all be so: {what}", "Take one of the suppositions back."),
    ("F521", "error", "`{path}` cannot be used as a table: {why}", ""),
    ("F522", "error", "the first row names no columns of a table",
     "Put the names of columns above the rows ({known}), or begin with `foedus export`."),
    ("F523", "error", "there is no column `{name}`", "Did you mean `{near}`?"),
    ("F524", "warning", "{what} is not taken over", "Foedus has no place for it; everything else is read."),
    ("F525", "error", "`{value}` cannot stand {where}", "{why}"),
    ("F526", "error", "this cell holds {what}: `{value}`", "Put its value in its place (in most programs: copy, then paste as values)."),
    ("F527", "error", "{what} stands there twice", "Keep one of them."),
    ("F528", "error", "`{column}` is empty, and a row needs it", ""),
    ("F529", "error", "`{path}` is too large: {size}, and the limit is {limit}", "Keep the rows that change, and leave the rest out: what a table does not have stays as it is."),
    ("F530", "error", "workbooks (.xlsx) need openpyxl, which is not installed", "Install it with `pip install 'foedus[tables]'`, or use CSV."),
    ("F531", "error", "the cells {cells} are merged", "Part them, so that each row has cells of its own."),
    ("F532", "error", "`{path}` is not written to: {why}", ""),
    ("F533", "error", "there is a file `{path}` already", "Name another, or overwrite it with --replace."),
    ("F534", "error", "the dossier has no claim `{claim}`", "{near}For a new claim leave the cell empty."),
    ("F535", "error", "nothing can be called `{name}` here: {why}", ""),
    ("F536", "error", "`{path}` {what}", "Choose another name, or move away what is there; nothing is written over."),
    ("F537", "error", "the title cannot be that: {why}", "Give a short title on one line: --title \"Pact of the Marsh\"."),
    ("F538", "error", "no state is called `{name}`", ""),
    ("F539", "error", "nothing is supposed by that", "Name another state as the attacker: --attacked-by ARV, with --in for where it strikes."),
    ("F540", "error", "`{path}` is not {what}: {why}", "Give the file as its makers publish it; it is read where it lies, and not kept."),
    ("F541", "error", "`{value}` cannot be read: {why}", "Compare the row with the file as its makers publish it."),
    ("F542", "warning", "the page of `{name}` carries ATOP's number {number}, which this file does not have", "Mend `code atop {number}` on the page, or give another version of the file."),
    ("F543", "warning", "the page of `{name}` carries ATOP's number {number}, and has no state in common with it", "Mend `code atop {number}` on the page."),
    ("F550", "error", "there are no interface words in “{code}”", "There are: {known}. Another language is one file: see docs/how-to/another-language.md."),
    ("F551", "error", "the words in “{code}” cannot be read: {why}", "Mend the file, or take it out of the folder that FOEDUS_CATALOGUES names."),
    ("F553", "error", "`{name}` cannot be {given}", ""),
    ("F554", "error", "this data frame needs {library}, which is not installed", "Install it: pip install {install}"),
    ("F555", "error", "{count} things here are called `{name}`", "Give the id of one of them: {known}."),
    ("F559", "error", "`{option}` needs the library {library}, which is not installed", "Install it with the rest: pip install 'foedus[{extra}]'."),
    ("F560", "error", "no text of a treaty asked about was found in `{folder}`", "Name each file by its instrument: {names}."),
    # F6: documents and what stands in several of them; votes
    ("F600", "error", "there is nothing to read in `{path}`", ""),
    ("F601", "error", "`{path}` is {what}, which is not read here", "Save it as text, HTML, PDF, JSONL, Parquet or WARC."),
    ("F602", "error", "`{path}` is in no encoding that can be told", "Open it in the program that wrote it and save it as UTF-8."),
    ("F603", "warning", "`{path}` was read as {encoding}, which is a guess", "Look at a few names in it; if they are wrong, save it as UTF-8."),
    ("F604", "warning", "`{path}` is in two encodings: {first} and, as a guess, {second}", "Look at the line marked, and save the file as UTF-8."),
    ("F605", "warning", "`{path}` has {n} places that are no character of {encoding}; they show as �", "The file is damaged there; everything else of it is read."),
    ("F606", "warning", "`{path}` holds characters that are not seen: {characters}", "They stay where they are, and are no part of any word. Reversed writing can show a text as what it is not."),
    ("F607", "error", "`{path}` is too large: {size}, and the limit for one document is {limit}", "Split it, or give a higher limit."),
    ("F608", "error", "`{path}` unpacks to far more than any text would: {size} out of {packed}", "What comes after that in this file is not read."),
    ("F609", "error", "no page of `{path}` has text: {n} of {n} are pictures or empty", "Letters in pictures are not read (no OCR); give the file a text layer first."),
    ("F610", "warning", "`{path}` has no text on {n} of {all} pages: {pages}", "Letters in pictures are not read (no OCR); the other pages are."),
    ("F611", "error", "`{path}` is locked with a password", "Save a copy without one."),
    ("F612", "error", "`{path}` cannot be read as {format}: {why}", "The file is damaged or not whole; fetch it again."),
    ("F613", "error", "line {record} of `{path}` is no record: {why}", "A record is one JSON object on one line; the others are read."),
    ("F614", "error", "there is no text in record {record} of `{path}`", "Its text is looked for in the field `text`, `content` or `body`."),
    ("F615", "warning", "{fields} in `{path}` is not understood, and left out", "Foedus understands id, text, title, publisher, speaker, author, date, url, language and source."),
    ("F616", "warning", "two documents are called `{id}`; this one is `{now}` here", ""),
    ("F617", "warning", "`{path}` gives a date that is not taken over: `{text}`", "It is no day, or may be two: write it as 2022-01-06."),
    ("F618", "error", "`{path}` is JSON, but not one record on each line", "Write each record on a line of its own (JSONL)."),
    ("F619", "error", "there is no document in the folder `{path}`", "Hidden files are passed over. Name another folder, or the files themselves."),
    ("F620", "error", "the rule `{name}` says what passes for all texts, and again for the text {text}",
     "Say it for each text, or once for all."),
    ("F621", "error", "a share is one of somebody: {share} of whom?",
     "Write `{quantifier} {share} of member p: …`; of those who voted only, `… of member p who (vote(p, m) or objects(p, m)): …`."),
    ("F622", "error", "`{name}` by itself says nothing: of whom, and what of those who abstain or are away?",
     "Write {instead}."),
    ("F623", "warning", "this way of deciding is never tried: {why}", "Take one of the two out."),
    ("F624", "error", "{who} has a say in the rule `{name}`, and is no member", "The members are {members}."),
    ("F625", "error", "`{path}` is no index of `foedus trace`", "Name an empty or a new folder, or one that is an index; nothing is written over."),
    ("F626", "error", "the index `{path}` was made by another version of Foedus (its format is {made}, here it is {here})", "Make it anew in another folder."),
    ("F627", "error", "the index is damaged: `{path}` is not as it was written", "Make the index anew in another folder."),
    ("F628", "error", "another process is working on the index `{path}`", "Wait until it has finished, or make an index in another folder."),
    ("F629", "error", "the index `{path}` was made with other settings: {made}", "Leave the settings as they are, or make an index in another folder."),
    ("F631", "error", "`--engine spark` needs Java, and none was found", "Install Java 17 or later, or leave --engine out: DuckDB needs none."),
    ("F632", "error", "Spark has stopped: {why}", "What is finished is kept: the same command goes on from there."),
    ("F634", "error", "the index `{path}` cannot be written to: {why}", "What is finished is kept: make room, and the same command goes on from there."),
    ("F635", "error", "a worker process ended before its work on the index `{path}` was done", "Most often the memory was too small. What is finished is kept: the same command goes on from there."),
    ("F636", "error", "the work on the index `{path}` needs more memory than {memory}", "What is finished is kept: allow more, and the same command goes on from there."),
    ("F637", "error", "`{written}` is no number of hours", "Write them in digits: `by silence 72 hours`; or `by silence` where the text states no time."),
    ("F638", "error", "no weighting is called `{name}`", "Declare it: `weighting {name} \"…\"`, with a line for each state or without any."),
    ("F639", "error", "a `member` can be spoken of in a rule only", "Write `party p`, or a role that the page gives to parties."),
    ("F640", "error", "`{word}` cannot stand here among the ways of deciding", "Write `{right}`: the first way begins with `by`, every further one with `failing that by`."),
    ("F641", "error", "`{name}` is no member under the rule `{rule}` on {day}",
     "The members on that day: {known}. Leave `{name}` out, or ask about another day: --on DATE."),
    ("F642", "error", "the rule `{rule}` weighs its members by {name}, and nobody says what these weigh: {who}",
     "Give it in a file with the columns state and weight: --weights {name}=FILE.csv."),
    ("F643", "error", "`{text}` is no weight of `{state}`", "Write a number that is not below nothing, 83.2 or 5/3, once for each state."),
    ("F644", "error", "the rule `{rule}` weighs nobody by `{name}`", "{known}"),
    ("F645", "warning", "`{first}` and `{second}` share {words} words, and the dossier declares no derivation",
     "Say `derives from` in the one that copies, or in both if they have it from a third; if they quote a common text, put that into the folder `known` beside their texts."),
    ("F646", "warning", "`{copy}` is declared to derive from `{origin}`, and their texts do not bear it out",
     "{why}. If it tells in words of its own what the other says, let `derives from` say so; if only a part of a text is at hand, get the rest."),
    ("F647", "warning", "what is said of an origin does not agree: {why}",
     "Correct the date or the derivation, whichever is wrong."),
    ("F648", "warning", "the text of `{source}` was not compared: {why}",
     "Its claims count as the dossier declares them."),
    ("F649", "error", "`{name}` is not among the {kind} of `{of}`", "Declare it, or correct its spelling."),
    ("F650", "error", "nothing leads on from the stage `{stage}` of `{track}`",
     "Write a step that leads on from it; if it may end there, `ends {stage}` below the track."),
    ("F651", "warning", "nothing leads to the stage `{stage}` of `{track}`", "Write a step that leads to it, or take the stage out."),
    ("F652", "error", "the step `{name}` moves nothing", "Say what it moves: `on matter from asked to decided`."),
    ("F653", "error", "no rule of decision is called `{name}`", "Rules of another instrument are written `instrument.rule`."),
    ("F654", "error", "`{who}` can never take the step `{name}`",
     "A decision is taken by the organ of its rule; anything else by a party, an organ, or who holds an office."),
    ("F655", "error", "nothing says what `{name}` is in the step `{step}`",
     "Let the mover or the act of the step name it, or an act of another step `as {name}`."),
    ("F656", "error", "this is no deed: `{name}`: {why}", "Each kind of deed has its own fields; their values are text, whole numbers and instants in UTC."),
    ("F657", "error", "the procedure `{procedure}` has no step `{name}`", ""),
    ("F658", "error", "{step} is not taken from where the matter stands: {track} is at `{stage}`, and it starts from {sources}", ""),
    ("F659", "error", "{step} is not for {who} to do", "It is for: {movers}."),
    ("F660", "error", "there is nothing to compare: {found}",
     "Give two documents or more, or a folder of them: foedus trace first.txt second.txt."),
    ("F661", "warning", "no document here is named after a source of the dossier `{dossier}`",
     "A document `letter.txt` is the source `letter`; the dossier's sources are {sources}."),
    ("F662", "warning", "{n} documents are compared in memory, which is meant for some {most}",
     "Put them into an index, which takes any number: --index FOLDER."),
    ("F663", "error", "{option} goes with --index", "Name the folder of the index: --index FOLDER."),
    ("F664", "error", "`{path}` cannot be looked up: {why}", "Give a file that holds one document."),
    ("F665", "error", "{option} shows up to {most} documents, and the index holds {n}",
     "Ask about one of them with --query FILE, or take all passages with --parquet FILE."),
    ("F666", "error", "{option} does not go with --index", "{why}"),
    ("F667", "error", "{step} has to wait: {track} is at `{stage}`, and it asks for {stages}", ""),
    ("F668", "error", "{step} is not allowed: what the article asks for is not so", "Its condition stands in the page, where this message leads."),
    ("F669", "error", "{what} waits for what is open: {open}", "The chair rules on it first, and says why."),
    ("F670", "error", "`{path}` holds no anchors: {why}",
     "Mend it, or move it away: `foedus anchors` with --save then writes a new one."),
    ("F671", "warning", "anchors in `{path}` left out: {count}; the first, of `{claim}`: {why}",
     "Their quotations are looked up by the words alone. Save them again with `foedus anchors` and --save."),
    ("F672", "error", "no text of a source that is quoted is at hand in `{folder}`", "Name each file by its source ({names}), and give their folder with --documents."),
    ("F673", "error", "{step} is not taken in this way: {why}", ""),
    ("F674", "error", "{why}", ""),
    ("F675", "error", "{what}", ""),
    ("F676", "error", "{who} has no say here: {why}", ""),
    ("F677", "error", "the time of {what} is over: it ended on {until}", "What comes at the last second is in time, and nothing later. A time that is over is not extended."),
    ("F678", "error", "{step} goes beyond the mandate: {why}", ""),
    ("F679", "error", "this is not its turn: {why}", ""),
    ("F680", "error", "`{path}` is not a record of a session: {why}",
     "Ask for the file that the council's server exports: a zip with record.json, entries.jsonl and heads.jsonl."),
    ("F681", "error", "`{key}` is not a key",
     "A key is one line, name+id+key, as the council hands it on; or name a file that holds such lines."),
    ("F682", "error", "`{path}` is not the head of a record",
     "A head is a text of three lines, an empty line and signatures, as the council hands it on."),
    ("F683", "error", "no procedure is laid down for `{name}`", "Its pages ({pages}) have none: write `procedure … of ORGAN` on a page, and give its folder with --treaties."),
    ("F684", "error", "`{name}` is no step on record in `{dossier}`", "Name one of its facts that the procedure knows as a step: `foedus procedure` lists them."),
    ("F685", "error", "`{name}` is a page and holds no facts: no date can be moved", "Name a dossier, or leave --move out."),
    ("F686", "error", "`{path}` is not a scenario: {why}",
     "A scenario is a folder with scenario.toml; `foedus session` lists those that ship."),
    ("F687", "error", "`{key}` in the scenario: {why}", ""),
    ("F688", "error", "`{key}` in the scenario: “{value}”: {why}", ""),
    ("F689", "error", "the record in `{path}` cannot be kept: {why}", "{advice}"),
    ("F690", "error", "no rule of decision is called `{name}`", "There are: {known}."),
    ("F691", "error", "`{name}` has several rules of decision", "Say which: {known}."),
    ("F692", "error", "the rule `{name}` is known in words only: “{title}”", "What passes under it was not read, or is not encoded: write `passes(m): …` on the page once it is read."),
    ("F693", "error", "nobody is said to have voted", "Say who did what: --for ARV,BOR --against CAD --abstain DUN --absent EIN."),
    ("F694", "error", "`{name}` is said to have done two things", "Name each state once."),
    ("F695", "error", "what power members have under the rule `{rule}` hangs on what is open: {names}", "Suppose a reading: --reading 'QUESTION=ANSWER'; say who the members are: --members ARV,BOR."),
    ("F696", "error", "the rule `{rule}` has no index of power: {why}", "{help}"),
    ("F697", "error", "two ways of reading the rule `{name}` disagree on this vote: {one}, and {other}", "That is a mistake in Foedus: please report it, with the command."),
    ("F698", "warning", "the texts at hand for the dossier `{dossier}` were not compared: {library} is not installed",
     "Install it: pip install 'foedus[trace]'. Until then nothing is known of copies that nobody declared."),
    ("F699", "error", "nobody decides by the rule `{name}` on {day}: {why}",
     "Ask for another day with --on, or by the rule of what came before or after."),
)  # fmt: skip

CATALOGUE: dict[str, Entry] = {row[0]: Entry(*row) for row in sorted((*_ROWS, *ROOM, *RESEARCH))}
"""Every code. Add a row above and a page in `pages/`; a test holds the two sets equal."""

PAGES = Path(__file__).with_name("pages")
LONGEST_VALUE = 200
_HOLE = re.compile(r"\{([a-z_]+)\}")


def templates() -> Iterator[str]:
    """What catalogues of words have to say: titles and helps, but for those that are one value and nothing else."""
    for entry in CATALOGUE.values():
        if at_the_table(entry.code):
            yield from (each for each in (entry.title, entry.help) if each and not _HOLE.fullmatch(each))


def severity_of(problem: Problem) -> Severity:
    """`error` or `warning`; a code that the catalogue lacks is an error."""
    entry = CATALOGUE.get(problem.code)
    return entry.severity if entry else "error"


def title_of(problem: Problem) -> str:
    """The title with the problem's values filled in; of a code that the catalogue lacks, the values."""
    entry = CATALOGUE.get(problem.code)
    return _filled(entry.title, problem) if entry else ", ".join(map(_short, problem.values.values()))


def help_of(problem: Problem) -> str:
    """What to do: the problem's own help, else the catalogue's, filled in; empty if unknown."""
    if problem.help:
        return aloud(problem.help)
    entry = CATALOGUE.get(problem.code)
    return _filled(entry.help, problem).strip() if entry else ""


def _filled(template: str, problem: Problem) -> str:
    """A value that is missing shows as `…`: a message with a gap still helps, a crash does not.

    A help that is one value and nothing else is left out where that value is missing.
    """
    alone, spoken = _HOLE.fullmatch(template), at_the_table(problem.code)
    if alone:
        found = problem.values.get(alone[1], "")
        return aloud(found) if spoken else found
    if not spoken:
        return _HOLE.sub(lambda hole: _short(problem.values.get(hole[1], "…")), template)
    said = template_in(MESSAGE, template)
    if not set(_HOLE.findall(said)) <= set(_HOLE.findall(template)):
        said = template  # a translation that asks for what there is not
    return _HOLE.sub(lambda hole: _short(aloud(problem.values.get(hole[1], "…"))), said)


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def explain(code: str) -> str:
    """The page of `code` in Markdown (`f110` and `110` mean F110); else a sentence with the nearest code.

    >>> explain("F111").splitlines()[0]
    '# F111: no such day'
    >>> explain("F119")
    'There is no code F119. The nearest is F011: `foedus why F011`.'
    """
    wanted = code.strip().upper()
    if re.fullmatch(r"[0-9]{3}", wanted):
        wanted = f"F{wanted}"
    if wanted in CATALOGUE:
        page = PAGES / f"{wanted}.md"
        if page.is_file():
            return page.read_text(encoding="utf-8")
        entry = CATALOGUE[wanted]
        return f"# {wanted}\n\n{entry.title}\n\n{entry.help}".rstrip() + "\n"
    near = suggest(wanted, CATALOGUE)
    said = f"There is no code {visible(code.strip())[:40]}."
    return f"{said} The nearest is {near}: `foedus why {near}`." if near else said
