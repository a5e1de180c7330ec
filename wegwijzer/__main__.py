"""The command line: ``python -m wegwijzer assess|interview|coverage`` (contract section 1)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from wegwijzer import FactError, Facts, assess
from wegwijzer.law.announced import ANNOUNCED, supposing


def today() -> date:
    """The calendar day in Brussels."""
    return datetime.now(ZoneInfo("Europe/Brussels")).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; it takes YYYY-MM-DD") from None


def _supposition(text: str) -> tuple[str, date]:
    id, sign, day = text.partition("=")
    if id not in ANNOUNCED or not sign:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no supposition; it takes {' or '.join(ANNOUNCED)} and =YYYY-MM-DD"
        )
    return id, _day(day)


def _language(text: str) -> str:
    from wegwijzer.texts import languages

    if text not in languages():
        raise argparse.ArgumentTypeError(f"{text!r} is not offered; it takes one of {', '.join(languages())}")
    return text


def assess_json(data: Any, as_of: date, lang: str | None) -> dict[str, Any]:
    """Assess a JSON object of facts; ``as_of`` beside the facts, or around them, wins. FactError for bad input."""
    if not isinstance(data, Mapping):
        raise FactError("facts", "the input is not a JSON object of facts")
    facts = dict(data)
    if "as_of" in facts:
        stated = facts.pop("as_of")
        try:
            as_of = date.fromisoformat(stated)
        except (TypeError, ValueError):
            raise FactError("as_of", f"{stated!r} is not a day; it takes YYYY-MM-DD") from None
    if isinstance(facts.get("facts"), Mapping):
        facts = dict(facts["facts"])
    return assess(Facts.from_json(facts), as_of).to_json(lang)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FactError("facts", f"the input is not JSON ({str(error)[:100]})") from None


def _assess(arguments: argparse.Namespace) -> int:
    as_of = arguments.as_of or today()
    if arguments.jsonl:
        for line in sys.stdin:
            if line.strip():
                try:
                    result = assess_json(_parse(line), as_of, arguments.lang)
                except FactError as error:
                    result = {"error": str(error)}
                print(json.dumps(result, ensure_ascii=False), flush=True)
        return 0
    try:
        text = sys.stdin.read() if arguments.file == "-" else Path(arguments.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        kind = error.__class__.__name__
        print(f"{arguments.file}: cannot be read ({kind}); it takes a file of JSON facts", file=sys.stderr)
        return 2
    try:
        result = assess_json(_parse(text), as_of, arguments.lang)
    except FactError as error:
        print(str(error), file=sys.stderr)
        return 2
    print(json.dumps(result, ensure_ascii=False, indent=2))
    return 0


def _interview(arguments: argparse.Namespace) -> int:
    from wegwijzer.terminal import run

    return run(arguments.lang or "nl", arguments.as_of or today(), sys.stdin, sys.stdout)


def _coverage(arguments: argparse.Namespace) -> int:
    from wegwijzer.coverage import report

    return report(sys.stdout)


def _rulebook(arguments: argparse.Namespace) -> int:
    from wegwijzer.law.case import CHECKED_UNTIL
    from wegwijzer.rulebook.book import page

    target = Path(arguments.to)
    target.mkdir(parents=True, exist_ok=True)
    # As of the day on which the sources were last compared: the same rules always print the same page.
    (target / "index.html").write_text(page(arguments.as_of or CHECKED_UNTIL), encoding="utf-8")
    print(target / "index.html")
    return 0


def _review(arguments: argparse.Namespace) -> int:
    from wegwijzer.rulebook.review import SIGNED, reviews, unsigned_cases

    waiting = [review for review in reviews(arguments.as_of or today()) if review.state != SIGNED]
    for review in waiting:
        print(f"{review.id:<42} {review.state:<9} {review.hash} {review.by or ''}".rstrip())
    cases = unsigned_cases()
    print(f"{len(waiting)} provisions and {len(cases)} cases wait for a signature")
    return 0


def _changes(arguments: argparse.Namespace) -> int:
    from wegwijzer.rulebook.changes import changes

    try:
        print("\n".join(changes(arguments.first, arguments.last)))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _enumerate(arguments: argparse.Namespace) -> int:
    from wegwijzer import enumeration

    if arguments.store:
        enumeration.store()
        print(enumeration.DIGEST)
        return 0
    return enumeration.report(arguments.profiles or enumeration.TOTAL, arguments.processes)


def _impact(arguments: argparse.Namespace) -> int:
    from wegwijzer.enumeration import impact

    try:
        print("\n".join(impact(arguments.base)))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _case(arguments: argparse.Namespace) -> int:
    from wegwijzer.rulebook.cases import as_case

    try:
        print(as_case(_parse(Path(arguments.file).read_text(encoding="utf-8")), arguments.as_of or today()), end="")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{arguments.file}: cannot be read ({error.__class__.__name__}); it takes a file of JSON facts",
              file=sys.stderr)  # fmt: skip
        return 2
    except FactError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def main(argv: list[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Run a command; the exit code: 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m wegwijzer", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("assess", help="facts as JSON in, the assessment as JSON out")
    command.add_argument("file", nargs="?", default="-", help="a file of facts, or - for standard input")
    command.add_argument("--jsonl", action="store_true", help="one JSON object a line in, one assessment a line out")
    command.set_defaults(run=_assess)
    interview = commands.add_parser("interview", help="asks in the terminal what matters and tells the result")
    interview.set_defaults(run=_interview)
    coverage = commands.add_parser("coverage", help="shows that the cases make every provision true, false and open")
    coverage.set_defaults(run=_coverage)
    rulebook = commands.add_parser("rulebook", help="prints the rules in Dutch for lawyers, as an HTML page")
    rulebook.add_argument("--to", default="docs/rulebook", metavar="FOLDER", help="where the page is written")
    rulebook.set_defaults(run=_rulebook)
    review = commands.add_parser("review", help="lists what no lawyer has signed, or signed too long ago")
    review.set_defaults(run=_review)
    changed = commands.add_parser("changes", help="what changed in the law between two days")
    changed.add_argument("first", type=_day, metavar="FROM")
    changed.add_argument("last", type=_day, metavar="TO")
    changed.set_defaults(run=_changes)
    case = commands.add_parser("case", help="a file of facts as a case for tests/law, without identity")
    case.add_argument("file", help="a file of facts as JSON")
    case.set_defaults(run=_case)
    every = commands.add_parser("enumerate", help="runs every meaningful kind of person and checks the invariants")
    every.add_argument("--profiles", type=int, default=0, help="at most so many; all when not given")
    every.add_argument("--processes", type=int, default=2)
    every.add_argument("--store", action="store_true", help="write the digest of tests/law anew instead")
    every.set_defaults(run=_enumerate)
    difference = commands.add_parser("impact", help="which kinds of people change outcome since a git revision")
    difference.add_argument("base", metavar="REV", nargs="?", default="HEAD")
    difference.set_defaults(run=_impact)
    for each in (command, difference):
        each.add_argument("--suppose", type=_supposition, action="append", default=[], metavar="ID=YYYY-MM-DD",
                          help=f"announced law as if in force from that day: {', '.join(ANNOUNCED)}")  # fmt: skip
    for each in (command, interview, rulebook, review, case):
        each.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the day of the law and of the facts")
        each.add_argument("--lang", type=_language, metavar="xx", help="language of the texts")
    arguments = parser.parse_args(argv)
    suppositions = dict(getattr(arguments, "suppose", ()))
    for id, day in suppositions.items():
        print(f"supposed, not in force: {id} from {day}", file=sys.stderr)
    with supposing(suppositions):
        return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
