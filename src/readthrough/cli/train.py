"""`readthrough train`: make the encoder anew, from public sets to the artefact."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readthrough.domain.errors import SettingsError, SourceNotFound

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train")(train)


def train(
    data: Annotated[Path, typer.Option("--data", help="A folder of public sets, one folder each.")],
    weights: Annotated[
        Path, typer.Option("--weights", help="MiniLM-L6 as Hugging Face keeps it: a local folder.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Where the model goes.")] = Path("var/model"),
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same examples and order.")] = 7,
    share: Annotated[
        float, typer.Option("--share", min=0.001, max=1.0, help="Share of the examples, to try it out.")
    ] = 1.0,
) -> None:
    """Train the encoder, write it as ONNX, and measure it on what was kept apart. Needs the extra `train`.

    \b
    readthrough train --data ~/sets --weights ~/all-MiniLM-L6-v2
    READTHROUGH_ENCODER__MODEL=var/model readthrough analyze article.txt

    Two to three hours on two cores.
    """  # fmt: skip
    for folder in (data, weights):
        if not folder.is_dir():
            raise SourceNotFound(f"There is no folder {folder}.", remedy="Name the folder that holds it.")
    try:
        from readthrough.training.card import card
        from readthrough.training.run import train as train_all
        from readthrough.training.together import beside_rules
    except ImportError as error:
        raise SettingsError(
            f"Training needs {error.name}, which is not installed.",
            remedy="Run `pip install 'readthrough[train]'`.",
        ) from error
    from readthrough.cli.console import print_table, remark

    made = train_all(data, weights, out, seed=seed, tell=remark, share=share)
    remark("measuring the whole reading with and without it")
    (out / "MODEL_CARD.md").write_text(card(made, beside_rules(data, out)), encoding="utf-8")
    rows = [((f.set, f.name, f"{f.value:.3f}", f"{f.count:,}"), "") for f in made.figures]
    print_table(("set", "measure", "value", "items"), rows, right=("value", "items"))
    remark(f"the model lies in {out}; its digest begins {made.digest[:12]}")
