"""What each data set is called, on which terms it may be used, how it is cited: as far as we know, and no further.

>>> print(edition("cow-wars", "4", date(2007, 12, 31)).bibtex)
@book{sarkees2010resort,
  author = {Sarkees, Meredith Reid and Wayman, Frank Whelon},
  title = {Resort to War: 1816--2007},
  publisher = {CQ Press},
  address = {Washington, DC},
  year = {2010},
  note = {Inter-State War Data, version 4}
}
<BLANKLINE>
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foedus.sources.edition import Edition

COW_TERMS = (
    "Cite the version and the article that introduces the data. As far as we know, others may not hand it on."
)
UCDP_TERMS = "CC BY 4.0; cite the version, the article below, and the article of the year of the version."
_COW = "https://correlatesofwar.org/data-sets/"


@dataclass(frozen=True, slots=True)
class Cited:
    """A work to cite: its key and kind in BibTeX, its fields, and the sentence for a list of references."""

    key: str
    kind: str
    said: str
    fields: Mapping[str, str]


ATOP = Cited(
    "leeds2002atop",
    "article",
    "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long. 2002. “Alliance Treaty "
    "Obligations and Provisions, 1815-1944.” International Interactions 28: 237-260.",
    {
        "author": "Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.",
        "title": "Alliance Treaty Obligations and Provisions, 1815--1944",
        "journal": "International Interactions",
        "year": "2002",
        "volume": "28",
        "pages": "237--260",
    },
)
STATES = Cited(
    "cow_states",
    "misc",
    "Correlates of War Project. “State System Membership List.” Online, https://correlatesofwar.org.",
    {
        "author": "{Correlates of War Project}",
        "title": "State System Membership List",
        "howpublished": "Online",
        "url": f"{_COW}state-system-membership/",
    },
)
ALLIANCES = Cited(
    "gibler2009alliances",
    "book",
    "Gibler, Douglas M. 2009. International Military Alliances, 1648-2008. Washington, DC: CQ Press.",
    {
        "author": "Gibler, Douglas M.",
        "title": "International Military Alliances, 1648--2008",
        "publisher": "CQ Press",
        "address": "Washington, DC",
        "year": "2009",
    },
)
WARS = Cited(
    "sarkees2010resort",
    "book",
    "Sarkees, Meredith Reid and Frank Whelon Wayman. 2010. Resort to War: 1816-2007. Washington, DC: CQ Press.",
    {
        "author": "Sarkees, Meredith Reid and Wayman, Frank Whelon",
        "title": "Resort to War: 1816--2007",
        "publisher": "CQ Press",
        "address": "Washington, DC",
        "year": "2010",
    },
)
CAPABILITIES = Cited(
    "singer1972capability",
    "incollection",
    "Singer, J. David, Stuart Bremer and John Stuckey. 1972. “Capability Distribution, Uncertainty, and Major Power "
    "War, 1820-1965.” In Peace, War, and Numbers, ed. Bruce Russett. Beverly Hills: Sage, 19-48.",
    {
        "author": "Singer, J. David and Bremer, Stuart and Stuckey, John",
        "title": "Capability Distribution, Uncertainty, and Major Power War, 1820--1965",
        "booktitle": "Peace, War, and Numbers",
        "editor": "Russett, Bruce",
        "publisher": "Sage",
        "address": "Beverly Hills",
        "year": "1972",
        "pages": "19--48",
    },
)
INDEPENDENT = Cited(
    "gleditsch1999states",
    "article",
    "Gleditsch, Kristian S. and Michael D. Ward. 1999. “A Revised List of Independent States since the Congress of "
    "Vienna.” International Interactions 25: 393-413.",
    {
        "author": "Gleditsch, Kristian S. and Ward, Michael D.",
        "title": "A Revised List of Independent States since the Congress of Vienna",
        "journal": "International Interactions",
        "year": "1999",
        "volume": "25",
        "pages": "393--413",
    },
)
EVENTS = Cited(
    "sundberg2013ged",
    "article",
    "Sundberg, Ralph and Erik Melander. 2013. “Introducing the UCDP Georeferenced Event Dataset.” Journal of Peace "
    "Research 50: 523-532.",
    {
        "author": "Sundberg, Ralph and Melander, Erik",
        "title": "Introducing the {UCDP} Georeferenced Event Dataset",
        "journal": "Journal of Peace Research",
        "year": "2013",
        "volume": "50",
        "pages": "523--532",
    },
)
CONFLICT = Cited(
    "gleditsch2002armed",
    "article",
    "Gleditsch, Nils Petter, Peter Wallensteen, Mikael Eriksson, Margareta Sollenberg and Håvard Strand. 2002. "
    "“Armed Conflict 1946-2001: A New Dataset.” Journal of Peace Research 39: 615-637.",
    {
        "author": "Gleditsch, Nils Petter and Wallensteen, Peter and Eriksson, Mikael and Sollenberg, Margareta and "
        "Strand, H{\\aa}vard",
        "title": "Armed Conflict 1946--2001: A New Dataset",
        "journal": "Journal of Peace Research",
        "year": "2002",
        "volume": "39",
        "pages": "615--637",
    },
)


FULFILMENT = Cited(
    "berkemeier2018fulfillment",
    "article",
    "Berkemeier, Molly and Matthew Fuhrmann. 2018. “Reassessing the Fulfillment of Alliance Commitments in War.” "
    "Research & Politics 5 (2).",
    {
        "author": "Berkemeier, Molly and Fuhrmann, Matthew",
        "title": "Reassessing the Fulfillment of Alliance Commitments in War",
        "journal": "Research \\& Politics",
        "year": "2018",
        "volume": "5",
        "number": "2",
    },
)


@dataclass(frozen=True, slots=True)
class About:
    """A kind of file: what it is called, what it is part of (for the note of a citation), since when it covers."""

    name: str
    part: str
    first: date
    cited: Cited
    url: str
    terms: str = ""


_ATOP_URL = "http://www.atopdata.org"
_GW_URL = "http://ksgleditsch.com/data-4.html"
_UCDP_URL = "https://ucdp.uu.se/downloads/"
_VIENNA = date(1816, 1, 1)

ABOUT: Mapping[str, About] = {
    "atop-member": About("ATOP, member level", "ATOP, member level", date(1815, 1, 1), ATOP, _ATOP_URL),
    "atop-alliance": About("ATOP, alliance level", "ATOP, alliance level", date(1815, 1, 1), ATOP, _ATOP_URL),
    "atop-directed": About(
        "ATOP, directed dyad-years", "ATOP, directed dyad-years", date(1815, 1, 1), ATOP, _ATOP_URL
    ),
    "cow-states": About(
        "COW, State System Membership",
        "State System Membership List",
        _VIENNA,
        STATES,
        f"{_COW}state-system-membership/",
        COW_TERMS,
    ),
    "cow-majors": About(
        "COW, major powers",
        "Major powers of the State System Membership List",
        _VIENNA,
        STATES,
        f"{_COW}state-system-membership/",
        COW_TERMS,
    ),
    **{
        kind: About(
            f"COW, Formal Alliances, {by}",
            f"Formal Alliances, {by}",
            _VIENNA,
            ALLIANCES,
            f"{_COW}formal-alliances/",
            COW_TERMS,
        )
        for kind, by in (
            ("cow-alliances", "by directed dyad"),
            ("cow-alliances-yearly", "by directed dyad and year"),
            ("cow-alliances-dyad", "by dyad"),
            ("cow-alliances-dyad-yearly", "by dyad and year"),
            ("cow-alliances-member", "by member"),
            ("cow-alliances-member-yearly", "by member and year"),
        )
    },
    "cow-wars": About(
        "COW, inter-state wars", "Inter-State War Data", _VIENNA, WARS, f"{_COW}cow-war/", COW_TERMS
    ),
    "nmc": About(
        "COW, National Material Capabilities",
        "National Material Capabilities",
        _VIENNA,
        CAPABILITIES,
        f"{_COW}national-material-capabilities/",
        COW_TERMS,
    ),
    "gw-states": About(
        "Gleditsch & Ward, independent states", "List of independent states", _VIENNA, INDEPENDENT, _GW_URL
    ),
    "gw-microstates": About(
        "Gleditsch & Ward, microstates", "List of microstates", _VIENNA, INDEPENDENT, _GW_URL
    ),
    "ucdp-ged": About(
        "UCDP, Georeferenced Event Dataset", "UCDP GED", date(1989, 1, 1), EVENTS, _UCDP_URL, UCDP_TERMS
    ),
    "ucdp-conflict": About(
        "UCDP/PRIO, Armed Conflict",
        "UCDP/PRIO Armed Conflict Dataset",
        date(1946, 1, 1),
        CONFLICT,
        _UCDP_URL,
        UCDP_TERMS,
    ),
    "fulfilment": About(
        "Berkemeier & Fuhrmann, alliances honoured in war",
        "Replication file",
        _VIENNA,
        FULFILMENT,
        "https://journals.sagepub.com/home/rap",
    ),
}
"""By `Edition.id`."""


def edition(kind: str, version: str, last: date, first: date | None = None) -> Edition:
    """The edition of a file of that kind: `last` is the last day that it covers, `first` the first one, if the file
    begins later than its data set."""
    about = ABOUT[kind]
    note = f"{about.part}, version {version}" if version else f"{about.part}; the file names no version"
    said = f"{about.cited.said} {note}."
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in about.cited.fields.items())
    bibtex = f"@{about.cited.kind}{{{about.cited.key},\n{fields}  note = {{{note}}}\n}}\n"
    begun = max(first, about.first) if first is not None else about.first
    return Edition(
        kind, about.name, version, begun, last, about.terms, said, about.cited.key, bibtex, about.url
    )
