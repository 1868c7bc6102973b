"""Benchmarks run only when asked for: pytest -m benchmark -n0 -s tests/benchmarks."""


def pytest_collection_modifyitems(config, items):
    if "benchmark" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("benchmark")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
