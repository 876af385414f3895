"""A block's lanes in compiled code: a type of `WORDS` words, which LLVM keeps in the machine's widest registers.

Every function is of compiled code only (`numba.njit`). Where registers are narrower, LLVM takes more of them.
"""

# numba describes its types while it compiles, none of them to a type checker.
# pyright: basic

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import extending
from numba.core import cgutils, types
from numba.extending import models, register_model

from foedus.cascade.compiled import WORDS

intrinsic: Any = extending.intrinsic
_WORD = ir.IntType(64)
_VECTOR = ir.VectorType(_WORD, WORDS)
_BYTE_OF_TESTS = ir.IntType(WORDS)


class Lanes(types.Type):
    """So many words, as numba's compiler knows them."""

    def __init__(self) -> None:
        super().__init__(name="Lanes")


LANES_TYPE = Lanes()


@register_model(Lanes)
class _Model(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)


def _splat(builder: Any, word: Any) -> Any:
    one = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), word, ir.Constant(ir.IntType(32), 0))
    places = ir.Constant(ir.VectorType(ir.IntType(32), WORDS), [0] * WORDS)
    return builder.shuffle_vector(one, ir.Constant(_VECTOR, ir.Undefined), places)


def _place(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [index]), _VECTOR.as_pointer())


@intrinsic
def load(_typing: Any, array: Any, index: Any) -> Any:
    """A row of an array of words, from a place on."""

    def code(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        found = builder.load(_place(context, builder, array, args[0], args[1]))
        found.align = 8
        return found

    return LANES_TYPE(array, index), code


@intrinsic
def store(_typing: Any, array: Any, index: Any, value: Any) -> Any:
    """Write a row of an array of words, from a place on."""

    def code(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        builder.store(args[2], _place(context, builder, array, args[0], args[1])).align = 8
        return context.get_dummy_value()

    return types.void(array, index, value), code


@intrinsic
def splat(_typing: Any, _word: Any) -> Any:
    """A word, over and over."""

    def code(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return _splat(builder, args[0])

    return LANES_TYPE(types.uint64), code


def _binary(make: Callable[[Any, Any, Any], Any], doc: str) -> Any:
    def operation(_typing: Any, _one: Any, _other: Any) -> Any:
        def code(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
            return make(builder, args[0], args[1])

        return LANES_TYPE(LANES_TYPE, LANES_TYPE), code

    operation.__doc__ = doc
    return intrinsic(operation)


both = _binary(lambda b, x, y: b.and_(x, y), "x and y")
either = _binary(lambda b, x, y: b.or_(x, y), "x or y")
differ = _binary(lambda b, x, y: b.xor(x, y), "x or y, not both")
without = _binary(lambda b, x, y: b.and_(x, b.not_(y)), "x and not y")
plus = _binary(lambda b, x, y: b.add(x, y), "Words added")
times = _binary(lambda b, x, y: b.mul(x, y), "Words multiplied")
shifted = _binary(lambda b, x, y: b.lshr(x, y), "Words shifted down")


@intrinsic
def some(_typing: Any, _value: Any) -> Any:
    """Whether any lane is set."""

    def code(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        tests = builder.icmp_unsigned("!=", args[0], ir.Constant(_VECTOR, [0] * WORDS))
        byte = builder.bitcast(tests, _BYTE_OF_TESTS)
        return builder.icmp_unsigned("!=", byte, ir.Constant(_BYTE_OF_TESTS, 0))

    return types.boolean(LANES_TYPE), code


@intrinsic
def counted(_typing: Any, _value: Any) -> Any:
    """How many lanes are set."""

    def code(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        module = builder.module
        count = cgutils.get_or_insert_function(
            module, ir.FunctionType(_VECTOR, [_VECTOR]), f"llvm.ctpop.v{WORDS}i64"
        )
        add = cgutils.get_or_insert_function(
            module, ir.FunctionType(_WORD, [_VECTOR]), f"llvm.vector.reduce.add.v{WORDS}i64"
        )
        return builder.call(add, [builder.call(count, args)])

    return types.int64(LANES_TYPE), code
