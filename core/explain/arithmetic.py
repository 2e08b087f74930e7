"""What a filled-in formula comes to, so that none is shown that does not lead to the value beside it."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_SIGNS = str.maketrans(
    {"−": "-", "×": "*", "·": "*", "[": "(", "]": ")", "½": "(1/2)", "²": "**2", "^": "**", "≥": ">="}
)
_BARS = re.compile(r"\|([^|]*)\|")
_LN = re.compile(r"\bln ([\d.]+|\([^()]*\))")
_TWO: Mapping[type[ast.operator], Callable[[float, float], float]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.Pow: operator.pow,
    }
)
_FUNCTIONS: Mapping[str, Callable[..., float]] = MappingProxyType({"abs": abs, "ln": math.log, "max": max, "min": min})


def computed(formula: str) -> float | None:
    """The value of a formula of numbers, as `core.explain.filling.filled` writes it; None for what is none."""
    text = formula.translate(_SIGNS)
    while _BARS.search(text):
        text = _BARS.sub(r"abs(\1)", text)
    try:
        return _value(ast.parse(_LN.sub(r"ln(\1)", text), mode="eval").body)
    except (SyntaxError, ArithmeticError, ValueError, TypeError):
        return None


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _TWO:
        return float(_TWO[type(node.op)](_value(node.left), _value(node.right)))
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Gt | ast.GtE):
        left, right = _value(node.left), _value(node.comparators[0])
        return float(left >= right if isinstance(node.ops[0], ast.GtE) else left > right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        return float(_FUNCTIONS[node.func.id](*map(_value, node.args)))
    raise ValueError
