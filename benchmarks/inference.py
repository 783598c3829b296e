"""How quick, how exact and how frugal is inference beside pyAgrum and pgmpy? (`inference.py [--short]`)

Networks of 20 to 2,000 claims in a row, each with a source of its own that speaks of the next two as well, and 0 to 30
sources that speak of everything (two of them of each claim). Every answer is worked out in a process of its own, at
most 60 seconds and 4 GB: the chances of all variables from the same tables, and apart from that the time it takes to
make a network (for ours: a tree) of them. pyAgrum answers by LazyPropagation. pgmpy answers by elimination, a run for
each variable: its belief propagation was a thousand times slower and, on twenty claims, wrong in the third decimal.
Where a size was too much for an engine, larger ones are not tried. What is not installed is left out; libraries are
looked for by import, wherever PYTHONPATH says.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from table import print_row, print_title

from firsthand.errors import TooCostly
from firsthand.hypotheses import (
    ask_what_if,
    calibrate_factors,
    estimate_posterior,
    find_chances,
    leave_out,
    revise,
)
from firsthand.hypotheses.calibration import calibrate, climb_tree
from firsthand.hypotheses.compiling import BUDGET, compile_tree
from firsthand.hypotheses.tables import count_states
from firsthand.model import Factor, VariableId

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from networks import Network, make_network

CLAIMS, HUBS = (20, 100, 500, 2000), (0, 8, 12, 15, 30)
SECONDS, MEMORY = 60, 4 << 30
RUNS, ENOUGH = 5, 1.0
H = VariableId("H")
FASTER, RECORDED = 3, 50


def answer_here(network: Network) -> dict[str, object]:
    """The chances of every variable; from draws where exact inference would not fit."""
    factors = network.factors
    try:
        tree, making = clock(lambda: compile_tree([one.scope for one in factors], [H], count_states(factors)))
    except TooCostly:
        estimate, seconds = clock(lambda: estimate_posterior(factors))
        return {
            "seconds": seconds,
            "chances": estimate.chances.tolist(),
            "error": float(estimate.errors.max()),
            "effective": estimate.effective,
        }
    calibration, seconds = clock(lambda: calibrate(climb_tree(factors, [H], tree)))
    _, beliefs = clock(lambda: [find_chances(calibration, name) for name in tree.axes])
    said = range(len(network.frame), len(factors))
    _, without = clock(lambda: leave_out(calibration, said))
    chances = np.exp(calibration.posterior[:, 0]).tolist()
    return {"seconds": seconds + beliefs, "making": making, "chances": chances, "without": without}


def answer_pyagrum(network: Network) -> dict[str, object]:
    import pyagrum

    factors = network.factors

    def build() -> tuple[object, dict[str, int]]:
        net, nodes = pyagrum.BayesNet(), [*network.frame, *map(add_report, network.reports, range(len(factors)))]
        net.beginTopologyTransformation()
        for one in nodes:
            own = one.scope[-1]
            net.add(pyagrum.RangeVariable(own, own, 0, one.table.shape[len(one.scope) - 1] - 1))
            for parent in one.scope[:-1]:
                net.addArc(parent, own)
        net.endTopologyTransformation()
        for one in nodes:
            cpt = net.cpt(one.scope[-1])
            cpt[:] = order_axes(cpt, one, one.table[..., 0])
        return net, {one.scope[-1]: 1 for one in nodes if one.scope[-1].startswith("R:")}

    (net, seen), making = clock(build)

    def infer() -> object:
        engine = pyagrum.LazyPropagation(net)
        engine.setEvidence(seen)
        engine.makeInference()
        for one in network.frame:
            engine.posterior(one.scope[-1])
        return engine

    engine, seconds = clock(infer)
    beliefs = {one.scope[-1]: engine.posterior(one.scope[-1]).toarray().tolist() for one in network.frame}
    return {
        "seconds": seconds,
        "making": making,
        "chances": beliefs["H"],
        "beliefs": beliefs,
        "version": pyagrum.__version__,
    }


def add_report(said: Factor, number: int) -> Factor:
    """A report as a variable of its own, not seen or seen."""
    table = np.stack([1 - said.table, said.table], axis=-2)
    return Factor((*said.scope, VariableId(f"R:{number}")), table)


def order_axes(cpt: object, one: Factor, table: np.ndarray) -> np.ndarray:
    """The table with its axes where pyAgrum wants them: the last of its names first."""
    names = [*cpt.names][::-1]
    return np.ascontiguousarray(table.transpose([one.scope.index(name) for name in names]))


def answer_pgmpy(network: Network) -> dict[str, object]:
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteMarkovNetwork

    def build() -> object:
        net = DiscreteMarkovNetwork()
        for one in network.factors:
            net.add_nodes_from(one.scope)
            net.add_edges_from([(a, b) for a in one.scope for b in one.scope if a < b])
            net.add_factors(DiscreteFactor(list(one.scope), one.table.shape[:-1], one.table[..., 0]))
        return net

    net, making = clock(build, runs=1)

    def infer() -> np.ndarray:
        engine = VariableElimination(net)
        for one in network.frame[1:]:
            engine.query([one.scope[-1]], show_progress=False)
        return np.asarray(engine.query(["H"], show_progress=False).values)

    chances, seconds = clock(infer, runs=1)
    return {"seconds": seconds, "making": making, "chances": (chances / chances.sum()).tolist()}


ENGINES: Mapping[str, Callable[[Network], dict[str, object]]] = {
    "firsthand": answer_here,
    "pyAgrum": answer_pyagrum,
    "pgmpy": answer_pgmpy,
}


def clock(work: Callable[[], object], runs: int = RUNS) -> tuple[object, float]:
    """What the work gives, and the seconds it takes at best of a few runs, one where it takes long."""
    best, began = float("inf"), time.perf_counter()
    for _ in range(runs):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
        if time.perf_counter() - began > ENOUGH:
            break
    return found, best


def answer_alone(engine: str, claims: int, hubs: int) -> None:
    """Print one engine's answer as JSON; run in a process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    network = make_network(claims, hubs)
    try:
        answer = ENGINES[engine](network)
    except ImportError:
        answer = {"failed": "not installed"}
    except MemoryError:
        answer = {"failed": "out of memory"}
    except Exception as failure:  # whatever another library raises is its answer
        answer = {"failed": type(failure).__name__}
    answer["memory"] = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps(answer))


def ask(engine: str, claims: int, hubs: int) -> dict[str, object]:
    command = [sys.executable, __file__, "--alone", engine, str(claims), str(hubs)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"over {SECONDS} s"}
    if done.returncode:
        return {"failed": "out of memory" if "alloc" in done.stderr or done.returncode < 0 else "broke down"}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare_engines(sizes: Sequence[int], kinds: Sequence[int]) -> None:
    given_up: set[tuple[str, int]] = set()
    for hubs in kinds:
        print_title(f"Chances of every variable, {hubs or 'no'} sources that speak of everything")
        for claims in sizes:
            ours: dict[str, object] = {}
            for engine in ENGINES:
                if (engine, hubs) in given_up:
                    continue
                answer = ask(engine, claims, hubs)
                if "failed" in answer:
                    given_up.add((engine, hubs))
                ours = ours or answer
                show_answer(engine, claims, hubs, answer, ours)


def show_answer(engine: str, claims: int, hubs: int, answer: Mapping[str, object], ours: Mapping[str, object]) -> None:
    label = f"{claims:,} claims, {3 * claims - 3 + (2 * claims if hubs else 0):,} reports: {engine}"
    if "failed" in answer:
        print_row(label, str(answer["failed"]))
        return
    beside = f"{answer['memory']:.0f} MB"
    goal = ""
    if "error" in answer:
        beside += f", drawn: +-{answer['error']:.1g}, worth {answer['effective']:.0f} draws"
    elif engine == "firsthand":
        beside += f", every report left out {1000 * answer['without']:,.0f} ms"
        goal = f"made in {1000 * answer['making']:,.0f} ms"
    else:
        times = answer["seconds"] / ours["seconds"]
        apart = np.abs(np.subtract(answer["chances"], ours["chances"])).max()
        beside += f", {apart:.0e} apart, {times:.1f} times ours"
        goal = f"{FASTER} times" if "error" not in ours else "ours are drawn"
        goal += f"; made in {1000 * answer['making']:,.0f} ms"
    print_row(label, f"{1000 * answer['seconds']:,.1f} ms", beside, goal)


def measure_changes() -> None:
    """Print how quickly one engine answers what changes, and how far it goes."""
    print_title("From one calibration, 500 reports in a row (one core)")
    network = make_network(168)
    factors = list(network.factors)
    said = range(len(network.frame), len(factors))
    calibration, seconds = clock(lambda: calibrate_factors(factors))
    _, without = clock(lambda: leave_out(calibration, said))
    print_row("calibrate, and leave every report out", f"{1000 * (seconds + without):.1f} ms", "", "30 ms")
    changes = {item: Factor(factors[item].scope, 0.9 * factors[item].table + 0.05) for item in said}
    _, one = clock(lambda: [ask_what_if(calibration, {item: changes[item]}) for item in said])
    print_row("one number changed in one report", f"{1000 * one / len(said):.2f} ms", "mean of all", "1 ms")
    _, all_ = clock(lambda: ask_what_if(calibration, changes))
    print_row("numbers changed in all reports", f"{1000 * all_:.1f} ms", "", "50 ms")
    _, edit = clock(lambda: [revise(calibration, {item: changes[item]}) for item in said[::50]])
    print_row("one report edited, all beliefs anew", f"{1000 * edit / 10:.1f} ms", "mean of ten", "20 ms")
    large = make_network(2334).factors
    _, seconds = clock(lambda: calibrate_factors(large), runs=1)
    print_row("7,000 reports calibrated", f"{seconds:.2f} s", "", "1.5 s")
    many = [*make_network(300).frame, *(make_network(300).reports * 112)]
    calibration, seconds = clock(lambda: calibrate_factors(many), runs=1)
    finite = bool(np.isfinite(calibration.posterior).all())
    print_row("100,000 reports calibrated", f"{seconds:.2f} s", f"every log chance finite: {finite}", "no underflow")


def record_answers(path: Path) -> None:
    """Write what pyAgrum believes of fifty networks, for the tests to hold ours against without having it."""
    rows = []
    for seed in range(RECORDED):
        shape = {"claims": 8 + seed, "hubs": seed % 6, "seed": seed, "hypotheses": 3 + seed % 3}
        answer = answer_pyagrum(make_network(**shape))
        rows.append({"network": shape, "beliefs": answer["beliefs"]})
    text = json.dumps({"source": f"pyAgrum {answer['version']}, LazyPropagation", "answers": rows})
    path.write_text(text.replace('{"network"', '\n{"network"') + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="20 and 100 claims, 0 and 8 sources of everything")
    parser.add_argument("--alone", nargs=3, metavar=("ENGINE", "CLAIMS", "HUBS"), help=argparse.SUPPRESS)
    parser.add_argument("--record", type=Path, help="write pyAgrum's answers for the tests to this file, and stop")
    chosen = parser.parse_args()
    if chosen.record:
        record_answers(chosen.record)
        return
    if chosen.alone:
        answer_alone(chosen.alone[0], int(chosen.alone[1]), int(chosen.alone[2]))
        return
    measure_changes()
    print(f"\nExact tables up to {BUDGET:,} numbers; each answer at most {SECONDS} s and {MEMORY >> 30} GB.")
    compare_engines(CLAIMS[:2] if chosen.short else CLAIMS, HUBS[:2] if chosen.short else HUBS)


if __name__ == "__main__":
    main()
