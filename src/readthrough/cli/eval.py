"""`readthrough eval`: how right the reading is, in one table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readthrough.desk.evaluate import Measure
    from readthrough.desk.open import Desk

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("eval")(evaluate)


def evaluate(
    context: typer.Context,
    data: Annotated[
        Path | None, typer.Option("--data", help="A folder of public sets, one folder each.")
    ] = None,
    gold: Annotated[Path, typer.Option("--gold", help="The folder of gold articles.")] = Path("evals/gold"),
    part: Annotated[str, typer.Option("--part", help="development, unseen or both.")] = "both",
    only: Annotated[
        list[str] | None, typer.Option("--set", help="Only this set (again for more); gold and real are two.")
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="Print each miss of the development part.")
    ] = False,
    floors: Annotated[Path, typer.Option("--floors", help="The file of least values.")] = Path(
        "evals/floors.toml"
    ),
    write_floors: Annotated[
        bool, typer.Option("--write-floors", help="Raise the floors to what is measured.")
    ] = False,
    lower_because: Annotated[
        str, typer.Option("--lower-because", help="Lower floors too, for this reason.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a measure.")] = False,
) -> None:
    """Measure the reading on gold articles, and on public sets where you have them.

    \b
    readthrough eval
    readthrough eval --data ~/sets
    readthrough eval --part development --misses
    readthrough eval --data ~/sets --set sentfin --set fiqa_sa
    readthrough eval --set grounding --part development --misses
    readthrough eval --data ~/sets --set notes
    READTHROUGH_ENCODER__MODEL=own readthrough eval --data ~/sets --set sides

    The set `sides` asks for the side of single sentences and of marked companies, in texts no model of ours was
    taught. All but `grounding` and `notes` are read with the encoder of the settings.
    The exit status is 1 when a measure is under its floor.
    """  # fmt: skip
    from readthrough.cli.console import plain, print_json, remark
    from readthrough.cli.session import open_cli_desk
    from readthrough.desk import evaluate as desk_evaluate
    from readthrough.samples import sample_articles

    parts = ("development", "unseen") if part == "both" else (part,)
    found: list[Measure] = []
    missed: list[str] = []
    with open_cli_desk(context) as desk:
        for measure in desk_evaluate.evaluate(
            desk,
            gold=gold,
            data=data,
            parts=parts,
            only=tuple(only or ()),
            samples=sample_articles(),
            told=missed.append if misses else None,
        ):
            if not found or found[-1].set != measure.set:
                remark(f"measured {plain(measure.set)}")
            found.append(measure)
        if data is not None and "sides" in (only or ()):
            found += _sides(desk, data)
    if json:
        for m in found:
            print_json({"set": m.set, "measure": m.name, "value": round(m.value, 4), "count": m.count})
    else:
        _show(found)
    for miss in missed:
        typer.echo(plain(miss))
    if write_floors:
        for words in desk_evaluate.write_floors(floors, found, lower_because=lower_because):
            remark(("lowered: " if lower_because else "kept, though measured lower: ") + words)
    under = desk_evaluate.below_floors(found, desk_evaluate.read_floors(floors))
    for words in under:
        remark(f"error: {words}")
    if under:
        raise typer.Exit(1)


def _sides(desk: Desk, data: Path) -> list[Measure]:
    from readthrough.cli.console import remark
    from readthrough.desk.evaluate import Measure
    from readthrough.training.assemble import kept_apart
    from readthrough.training.together import measured_together

    remark("measuring sides, which takes minutes with an encoder")
    figures = measured_together(desk.universe, desk.sentence_reader, data, kept_apart(data))
    return [Measure(set=f"sides {f.set}", name=f.name, value=f.value, count=f.count) for f in figures]


def _show(found: list[Measure]) -> None:
    from readthrough.cli.console import print_table

    rows = [((m.set, m.name, f"{m.value:.3f}", f"{m.count:,}"), "") for m in found]
    print_table(("set", "measure", "value", "items"), rows, right=("value", "items"))
