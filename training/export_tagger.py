"""Writes a trained tagger as the product reads it: `python -m training.export_tagger tagger.pt`.

Four files in `verify/spotting/trained/`: the encoder in ONNX with 8-bit weights, the second head for NumPy, the
vocabulary (not touched), and a card with version, thresholds and checksums.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from training.encoder import TaggerNetwork
from training.train_tagger import load_network

FOLDER = Path(__file__).parents[1] / "verify" / "spotting" / "trained"
LONGEST = 192  # places that are kept: a window and the two marks need 162


def export_encoder(network: TaggerNetwork, path: Path) -> None:
    """Writes everything up to the second head, fused for the runtime, with weights in 8 bits."""
    network.places.weight = torch.nn.Parameter(network.places.weight[:LONGEST].clone())
    example = torch.ones(2, 8, dtype=torch.long)
    names = ["pieces", "features", "mask"]
    outputs = ["cues", "words", "heads", "worth"]
    with tempfile.TemporaryDirectory() as name:
        plain, fused = Path(name) / "plain.onnx", Path(name) / "fused.onnx"
        torch.onnx.export(
            network,
            (example, torch.zeros_like(example), torch.ones(2, 8)),
            str(plain),
            input_names=names,
            output_names=outputs,
            dynamic_axes={one: {0: "rows", 1: "pieces"} for one in names + outputs},
            opset_version=17,
            dynamo=False,
        )
        width = network.norm.weight.shape[0]
        options = FusionOptions("bert")
        options.enable_skip_layer_norm = False  # its kernel is far slower than the two that it replaces
        optimizer.optimize_model(
            str(plain),
            model_type="bert",
            num_heads=width // 32,
            hidden_size=width,
            opt_level=0,
            optimization_options=options,
        ).save_model_to_file(str(fused))
        quantize_dynamic(
            fused, path, weight_type=QuantType.QInt8, per_channel=True, extra_options={"DefaultTensorType": 1}
        )


def main() -> None:
    """Exports, checks the exported encoder against the network, and writes the card."""
    parser = argparse.ArgumentParser(description="Exports a trained tagger into the product.")
    parser.add_argument("trained", type=Path)
    parser.add_argument("--version", required=True, help="such as 1")
    parser.add_argument("--cue-threshold", type=float, default=0.5)
    parser.add_argument("--worth-threshold", type=float, default=0.6)
    parser.add_argument("--into", type=Path, default=FOLDER)
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    network = load_network(options.trained)
    export_encoder(network, options.into / "tagger.onnx")
    np.savez(
        options.into / "roles.npz",
        positions=network.distances.weight.detach().numpy(),
        weight=network.role.weight.detach().numpy().T.copy(),
        bias=network.role.bias.detach().numpy(),
    )
    files = ("tagger.onnx", "roles.npz", "vocabulary.txt")
    card = {
        "version": options.version,
        "cue_threshold": options.cue_threshold,
        "worth_threshold": options.worth_threshold,
        "sha256": {
            name: hashlib.sha256((options.into / name).read_bytes()).hexdigest()
            for name in files
            if (options.into / name).exists()
        },
    }
    (options.into / "tagger.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    _compare(network, options.into / "tagger.onnx")


def _compare(network: TaggerNetwork, path: Path) -> None:
    """Says how far the 8-bit cue scores are from the network's own, so that a broken export is seen."""
    pieces = torch.randint(1000, 20000, (4, 40))
    rest = torch.zeros_like(pieces), torch.ones(4, 40)
    with torch.no_grad():
        ours = network(pieces, *rest)[0].numpy()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    fed = {"pieces": pieces.numpy(), "features": rest[0].numpy(), "mask": rest[1].numpy()}
    theirs = session.run(None, fed)[0]
    print(f"mean difference of cue scores after export: {np.abs(ours - theirs).mean():.4f}")


if __name__ == "__main__":
    main()
