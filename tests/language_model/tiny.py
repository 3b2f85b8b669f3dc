"""A real OpenAI-compatible server over a model of random weights: half a megabyte, made in a second.

What it says is noise, and yet it holds to the JSON schema it is given: everything about a model but its sense.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gguf
import numpy as np

_WIDTH, _INNER, _LAYERS, _HEADS = 64, 128, 2, 4
_CONTEXT = 40_960


def write_model(path: Path, *, seed: int = 7) -> None:
    """Write random weights as a GGUF file: a llama of two layers over single characters.

    Tokens of raw bytes, and escapes, would come out as broken UTF-8, so a channel that is the same for every token
    carries a bias against them: the first of each embedding is 5, no layer writes to it, and the output weighs it at
    -10. The same channel favours quotation marks and braces a little, which keeps strings short and lists filled.
    """
    rng = np.random.default_rng(seed)
    texts = [b"<unk>", b"<s>", b"</s>"]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    texts += [f"<0x{byte:02X}>".encode() for byte in range(256)]
    kinds += [gguf.TokenType.BYTE] * 256
    letters = ["\u2581", *map(chr, range(33, 127)), "\n"]
    texts += [letter.encode() for letter in letters]
    kinds += [gguf.TokenType.NORMAL] * len(letters)

    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_vocab_size(len(texts))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(texts)
    writer.add_token_scores([0.0 if kind == gguf.TokenType.NORMAL else -1000.0 for kind in kinds])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(
        "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
    )

    def random(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    ones = np.ones(_WIDTH, np.float32)
    embedding, output = random(len(texts), _WIDTH), random(len(texts), _WIDTH) / 5  # many letters are likely
    embedding[:, 0] = 5.0
    biases = {b'"': 1.6, b"{": 1.6, b"\\": -10.0, b"\n": -10.0}
    output[:, 0] = [
        biases.get(text, 0.0) if kind == gguf.TokenType.NORMAL else -10.0
        for text, kind in zip(texts, kinds, strict=True)
    ]
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    writer.add_tensor("output_norm.weight", ones)
    shapes = {f"attn_{name}": (_WIDTH, _WIDTH) for name in ("q", "k", "v", "output")}
    shapes |= {"ffn_gate": (_INNER, _WIDTH), "ffn_up": (_INNER, _WIDTH), "ffn_down": (_WIDTH, _INNER)}
    for layer in range(_LAYERS):
        for name, shape in shapes.items():
            tensor = random(*shape)
            if name in ("attn_output", "ffn_down"):
                tensor[0, :] = 0.0
            writer.add_tensor(f"blk.{layer}.{name}.weight", tensor)
        writer.add_tensor(f"blk.{layer}.attn_norm.weight", ones)
        writer.add_tensor(f"blk.{layer}.ffn_norm.weight", ones)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


_SERVER = """
import sys, xllamacpp
given = xllamacpp.CommonParams()
given.model.path, given.n_ctx = sys.argv[1], int(sys.argv[2])
given.port, given.n_parallel, given.warmup = 0, 1, False
given.n_batch = given.n_ubatch = 2048
given.sampling.seed = 1  # the same noise each time
given.cpuparams.n_threads = given.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(given)
print(server.listening_address, flush=True)
sys.stdin.read()  # until whoever started it goes away
"""


@contextmanager
def serving(model: Path, *, context: int = _CONTEXT) -> Iterator[str]:
    """Serve a model on a free loopback port from a process of its own; yields the address for `base_url`."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(model), str(context)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://"), "the server did not start"
            yield f"{address}/v1"
        finally:
            process.kill()
